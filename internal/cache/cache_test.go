package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func key(s string) Key { return KeyOf([]byte(s)) }

func TestKeyOfKeepsPartsApart(t *testing.T) {
	if KeyOf([]byte("ab"), []byte("c")) == KeyOf([]byte("a"), []byte("bc")) {
		t.Error("two lists of parts share a key")
	}
}

func TestValuesSurviveSave(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deep", "cache")
	s := Open(file)
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() { s.Put(key(fmt.Sprint(i)), []byte(fmt.Sprintf("value %d", i))) })
	}
	wg.Wait()
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	s = Open(file)
	for i := range 100 {
		got, ok := s.Get(key(fmt.Sprint(i)))
		if !ok || string(got) != fmt.Sprintf("value %d", i) {
			t.Fatalf("value %d: got %q, %v", i, got, ok)
		}
	}
	before, _ := os.Stat(file)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Stat(file); !os.SameFile(before, after) {
		t.Error("an unchanged cache was written again")
	}
}

func TestUnusedValuesLeaveTheFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cache")
	s := Open(file)
	s.Put(key("secret"), []byte("a text that was deleted"))
	s.Put(key("kept"), []byte("kept"))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	s = Open(file)
	s.Get(key("kept"))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(data, []byte("deleted")) || !bytes.Contains(data, []byte("kept")) {
		t.Errorf("the file holds %q", data)
	}
}

func TestDamageCostsOnlyWork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cache")
	s := Open(file)
	s.Put(key("a"), []byte("first"))
	s.Put(key("b"), []byte("second"))
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	whole, _ := os.ReadFile(file)
	for cut := range len(whole) {
		if err := os.WriteFile(file, whole[:cut], 0o666); err != nil {
			t.Fatal(err)
		}
		s := Open(file)
		if got, ok := s.Get(key("a")); ok && string(got) != "first" {
			t.Fatalf("cut at %d: %q", cut, got)
		}
	}
	flipped := bytes.Clone(whole)
	flipped[len(magic)+headerSize] ^= 1
	os.WriteFile(file, flipped, 0o666)
	if got, ok := Open(file).Get(key("a")); ok {
		t.Errorf("a flipped bit went unseen: %q", got)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	s := Open(filepath.Join(dir, "cache"))
	s.Put(key("a"), []byte("a"))
	s.Discard()
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRunsAtTheSameTime(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cache")
	a, b := Open(file), Open(file)
	a.Put(key("a"), []byte("a"))
	b.Put(key("b"), []byte("b"))
	for _, s := range []*Store{a, b} {
		if err := s.Save(); err != nil {
			t.Fatal(err)
		}
	}
	if got, ok := Open(file).Get(key("b")); !ok || string(got) != "b" {
		t.Errorf("got %q, %v", got, ok)
	}
}

// Who only peeks leaves no trace, also where there was nothing.
func TestPeek(t *testing.T) {
	file := filepath.Join(t.TempDir(), "map", "cache")
	a, b := KeyOf([]byte("a")), KeyOf([]byte("b"))
	peek := Peek(file)
	peek.Put(a, []byte("A"))
	if err := peek.Save(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(file)); !os.IsNotExist(err) {
		t.Errorf("a folder was made: %v", err)
	}
	store := Open(file)
	store.Put(a, []byte("A"))
	if err := store.Save(); err != nil {
		t.Fatal(err)
	}
	peek = Peek(file)
	peek.Put(b, []byte("B"))
	peek.Save()
	again := Open(file)
	if value, ok := again.Get(a); !ok || string(value) != "A" {
		t.Errorf("what was there became %q", value)
	}
	if _, ok := again.Get(b); ok {
		t.Error("what a peek put was kept")
	}
}
