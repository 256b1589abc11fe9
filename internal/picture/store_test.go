package picture

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// kept is an original that counts how often it is opened.
type kept struct {
	file   []byte
	sum    [sha256.Size]byte
	opened atomic.Int64
}

func newKept(width int) *kept {
	file := pngOf(corners(image.NewRGBA(image.Rect(0, 0, width, 30))))
	return &kept{file: file, sum: sha256.Sum256(file)}
}

func (k *kept) open() (io.ReadCloser, error) {
	k.opened.Add(1)
	return opener(k.file)()
}

func (k *kept) from(t testing.TB, s *Store, width int) []byte {
	t.Helper()
	r, err := s.Open(k.sum, "a.png", width, []int{50, 100}, k.open)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// names are the files in a folder.
func names(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestStoreMakesAllWidthsOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "pictures")
	a := newKept(200)
	want := made(t, a.file, 50, 100)
	for range 3 {
		s := NewStore(dir)
		var wg sync.WaitGroup
		for i := range 20 {
			width := 50 + i%2*50
			wg.Go(func() {
				if got := a.from(t, s, width); !bytes.Equal(got, want[width]) {
					t.Errorf("%d: other bytes", width)
				}
			})
		}
		wg.Wait()
		if err := s.Prune(); err != nil {
			t.Fatal(err)
		}
	}
	if n := a.opened.Load(); n != 2 { // the head, and the whole
		t.Errorf("the original was opened %d times", n)
	}
	if got := names(t, dir); !slices.Equal(got, slices.Sorted(slices.Values([]string{fileName(a.sum, 100), fileName(a.sum, 50)}))) {
		t.Errorf("the folder holds %v", got)
	}
}

func TestStoreWithoutFolder(t *testing.T) {
	s, a := NewStore(""), newKept(200)
	for width, want := range made(t, a.file, 50, 100) {
		if !bytes.Equal(a.from(t, s, width), want) {
			t.Errorf("%d: other bytes", width)
		}
	}
	s.Keep(a.sum, 50)
	if err := s.Prune(); err != nil {
		t.Error(err)
	}
	if r, err := s.Open(a.sum, "a.png", 50, []int{50}, opener([]byte("text"))); err == nil || r != nil {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestPruneLeavesWhatIsWanted(t *testing.T) {
	dir := t.TempDir()
	asked, marked, left := newKept(200), newKept(202), newKept(204)
	first := NewStore(dir)
	for _, k := range []*kept{asked, marked, left} {
		k.from(t, first, 50)
	}
	stale := fileName(left.sum, 50) + tempMark + "1"
	fresh := fileName(left.sum, 100) + tempMark + "2"
	older := fileName(asked.sum, 50) + "0" // version 10 and on, or 0
	for _, name := range []string{"README", stale, fresh, older, "0123-50-v1"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	if err := os.Chtimes(filepath.Join(dir, stale), yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	s := NewStore(dir)
	asked.from(t, s, 50)
	s.Keep(marked.sum, 100)
	if err := s.Prune(); err != nil {
		t.Fatal(err)
	}
	want := []string{"README", fresh, "0123-50-v1", fileName(asked.sum, 50), fileName(marked.sum, 100)}
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestNothingWrongIsKept(t *testing.T) {
	dir := t.TempDir()
	a, b := newKept(200), newKept(202)
	s := NewStore(dir)
	var fault Fault
	for name, c := range map[string]struct {
		file  []byte
		width int
		fault bool
	}{
		"changed":  {b.file, 50, false},
		"grown":    {append(slices.Clone(a.file), 0), 50, false},
		"cut":      {a.file[:len(a.file)/2], 50, true},
		"no width": {a.file, 60, false},
	} {
		r, err := s.Open(a.sum, "a.png", c.width, []int{50, 100}, opener(c.file))
		if err == nil || r != nil || errors.As(err, &fault) != c.fault {
			t.Errorf("%s: got %v, %v", name, r, err)
		}
	}
	if got := names(t, dir); got != nil {
		t.Errorf("the folder holds %v", got)
	}
	if !bytes.Equal(a.from(t, s, 50), made(t, a.file, 50)[50]) {
		t.Error("what was wrong stayed")
	}
}

func TestStoreTellsThatItCannotWrite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	a := newKept(200)
	if r, err := NewStore(filepath.Join(file, "pictures")).Open(a.sum, "a.png", 50, []int{50}, a.open); err == nil || r != nil {
		t.Errorf("got %v, %v", r, err)
	}
}
