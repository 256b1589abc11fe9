package publish

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// site is a list of files to publish.
type site map[string]string

func (s site) artifacts(rendered *atomic.Int64) []Artifact {
	var list []Artifact
	for _, p := range slices.Sorted(maps.Keys(s)) {
		sum := sha256.Sum256([]byte(s[p]))
		list = append(list, Artifact{Path: p, Fingerprint: Fingerprint(sum[:16]), Write: func(w io.Writer) error {
			rendered.Add(1)
			_, err := io.WriteString(w, s[p])
			return err
		}})
	}
	return list
}

func (s site) publish(t testing.TB, dir string) (Result, int64) {
	t.Helper()
	var rendered atomic.Int64
	result, err := publishAll(dir, s.artifacts(&rendered))
	if err != nil {
		t.Fatal(err)
	}
	return result, rendered.Load()
}

func publishAll(dir string, artifacts []Artifact) (Result, error) {
	folder, err := Open(dir)
	if err != nil {
		return Result{}, err
	}
	defer folder.Close()
	var paths []string
	for _, a := range artifacts {
		paths = append(paths, a.Path)
	}
	if err := folder.Begin(paths); err != nil {
		return Result{}, err
	}
	if err := folder.Write(context.Background(), artifacts); err != nil {
		return Result{}, err
	}
	return folder.Finish()
}

// files reads what a reader would see of a folder.
func files(t testing.TB, dir string) site {
	t.Helper()
	got := site{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if base := d.Name(); base == manifestName || base == lockName || base == busyName {
			return nil
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func check(t testing.TB, dir string, want site) {
	t.Helper()
	if got := files(t, dir); !maps.Equal(got, want) {
		t.Fatalf("the folder holds %v\nwant %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

func TestSecondRunWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	s := site{"index.html": "home", "a/index.html": "a", "a/b/index.html": "b"}
	if r, n := s.publish(t, dir); r.Written != 3 || n != 3 {
		t.Fatalf("first: %+v, %d rendered", r, n)
	}
	check(t, dir, s)
	before, _ := os.Stat(filepath.Join(dir, manifestName))
	r, n := s.publish(t, dir)
	if r.Written != 0 || r.Removed != 0 || r.Unchanged != 3 || n != 0 || len(r.Changed) != 0 {
		t.Errorf("second: %+v, %d rendered", r, n)
	}
	if after, _ := os.Stat(filepath.Join(dir, manifestName)); !os.SameFile(before, after) {
		t.Error("the manifest was written again")
	}
}

func TestSameBytesAreNotWritten(t *testing.T) {
	dir := t.TempDir()
	artifact := func(print byte) []Artifact {
		return []Artifact{{Path: "a", Fingerprint: Fingerprint{print}, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, "same")
			return err
		}}}
	}
	if _, err := publishAll(dir, artifact(1)); err != nil {
		t.Fatal(err)
	}
	before, _ := os.Stat(filepath.Join(dir, "a"))
	r, err := publishAll(dir, artifact(2))
	if err != nil || r.Written != 0 || r.Unchanged != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if after, _ := os.Stat(filepath.Join(dir, "a")); !os.SameFile(before, after) {
		t.Error("a file with the same bytes was replaced")
	}
}

func TestTouchedFilesAreHealed(t *testing.T) {
	dir := t.TempDir()
	s := site{"a": "aaa", "b": "bbb", "c/d": "ddd"}
	s.publish(t, dir)
	os.WriteFile(filepath.Join(dir, "a"), []byte("xxxx"), 0o666)
	os.Remove(filepath.Join(dir, "b"))
	os.RemoveAll(filepath.Join(dir, "c"))
	if r, _ := s.publish(t, dir); r.Written != 3 {
		t.Errorf("%+v", r)
	}
	check(t, dir, s)
}

func TestOnlyOursIsRemoved(t *testing.T) {
	dir := t.TempDir()
	site{"a": "a", "old/page/index.html": "x", "old/kept.txt": "y"}.publish(t, dir)
	theirs := filepath.Join(dir, "old", "theirs.txt")
	if err := os.WriteFile(theirs, []byte("not ours"), 0o666); err != nil {
		t.Fatal(err)
	}
	r, _ := site{"a": "a"}.publish(t, dir)
	if r.Removed != 2 {
		t.Errorf("%+v", r)
	}
	check(t, dir, site{"a": "a", "old/theirs.txt": "not ours"})
}

// A file that somebody put where a page is going to be is not overwritten.
func TestForeignFilesAreNotOverwritten(t *testing.T) {
	dir := t.TempDir()
	site{"a": "a"}.publish(t, dir)
	os.MkdirAll(filepath.Join(dir, "b"), 0o777)
	os.WriteFile(filepath.Join(dir, "b", "c"), []byte("not ours"), 0o666)
	var n atomic.Int64
	if _, err := publishAll(dir, site{"a": "new", "b/c": "ours"}.artifacts(&n)); !errors.Is(err, ErrForeign) || !strings.Contains(err.Error(), "c") {
		t.Errorf("got %v", err)
	}
	check(t, dir, site{"a": "a", "b/c": "not ours"})
}

func TestForeignFoldersAreRefused(t *testing.T) {
	dir := t.TempDir()
	os.WriteFile(filepath.Join(dir, "thesis.txt"), []byte("years of work"), 0o666)
	if _, err := Open(dir); !errors.Is(err, ErrForeign) {
		t.Fatalf("got %v", err)
	}
	empty := t.TempDir()
	os.WriteFile(filepath.Join(empty, ".gitignore"), []byte("*"), 0o666)
	site{"a": "a"}.publish(t, empty)
}

// A first run that is killed while it writes its manifest leaves a folder that is
// still ours.
func TestKilledBeforeTheFirstManifest(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{lockName, tempManifest} {
		os.WriteFile(filepath.Join(dir, name), []byte("half"), 0o666)
	}
	s := site{"a": "a"}
	s.publish(t, dir)
	check(t, dir, s)
}

func TestFilesAndFoldersSwapPlaces(t *testing.T) {
	dir := t.TempDir()
	for _, s := range []site{{"a": "file", "b/c": "x"}, {"a/b": "in a folder", "b": "file"}, {"a": "file", "b/c/d": "deep"}} {
		s.publish(t, dir)
		check(t, dir, s)
	}
}

func TestLargeArtifactsPassThroughAFile(t *testing.T) {
	dir := t.TempDir()
	piece := strings.Repeat("0123456789abcdef", 1<<12)
	write := func(w io.Writer) error {
		for range 40 {
			if _, err := io.WriteString(w, piece); err != nil {
				return err
			}
		}
		return nil
	}
	for run, want := range []int{1, 0} {
		r, err := publishAll(dir, []Artifact{{Path: "big", Fingerprint: Fingerprint{byte(run)}, Write: write}})
		if err != nil || r.Written != want {
			t.Fatalf("run %d: %+v, %v", run, r, err)
		}
	}
	if got := files(t, dir)["big"]; got != strings.Repeat(piece, 40) {
		t.Errorf("%d bytes arrived", len(got))
	}
}

func TestSymbolicLinksDoNotLeadOut(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	site{"a/x": "1"}.publish(t, dir)
	os.WriteFile(filepath.Join(outside, "x"), []byte("precious"), 0o666)
	os.RemoveAll(filepath.Join(dir, "a"))
	if err := os.Symlink(outside, filepath.Join(dir, "a")); err != nil {
		t.Skipf("skipped: needs symbolic links: %v", err)
	}
	var n atomic.Int64
	if _, err := publishAll(dir, site{"a/x": "2", "a/y": "3"}.artifacts(&n)); err == nil {
		t.Error("published through a symbolic link")
	}
	publishAll(dir, nil)
	if got := files(t, outside); got["x"] != "precious" || len(got) != 1 {
		t.Errorf("outside now holds %v", got)
	}
}

// A run that is told to stop says so once, however many files were left.
func TestCancelledRunsStop(t *testing.T) {
	dir := t.TempDir()
	folder, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	var rendered atomic.Int64
	s := site{"a": "a", "b": "b", "c": "c"}
	if err := folder.Begin(slices.Sorted(maps.Keys(s))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := folder.Write(ctx, s.artifacts(&rendered)); !errors.Is(err, context.Canceled) || err.Error() != context.Canceled.Error() || rendered.Load() != 0 {
		t.Errorf("%v, and %d files were rendered", err, rendered.Load())
	}
}

// A name may be as long as file systems take.
func TestLongNames(t *testing.T) {
	a, b := strings.Repeat("x", 255), "y"+strings.Repeat("x", 254)
	dir := t.TempDir()
	want := site{"m/" + a: "een", "m/" + b: "twee"}
	if want.publish(t, dir); !maps.Equal(files(t, dir), want) {
		t.Errorf("%q", files(t, dir))
	}
}

func TestPathsStayInside(t *testing.T) {
	for _, p := range []string{"../x", "/x", "a/../../x", ".", "", "a//b", `a\b`, "a\nb", manifestName, lockName, busyName, "a/" + tempPrefix + "x"} {
		if _, err := publishAll(t.TempDir(), []Artifact{{Path: p}}); err == nil {
			t.Errorf("%q was accepted", p)
		}
	}
	if _, err := publishAll(t.TempDir(), []Artifact{{Path: "a"}, {Path: "a"}}); err == nil {
		t.Error("two artifacts for one path were accepted")
	}
}

func TestAllFailuresAreReported(t *testing.T) {
	fail := func(io.Writer) error { return errors.New("no") }
	_, err := publishAll(t.TempDir(), []Artifact{{Path: "a", Write: fail}, {Path: "b", Write: fail}})
	if err == nil || !strings.Contains(err.Error(), "a: no") || !strings.Contains(err.Error(), "b: no") {
		t.Errorf("got %v", err)
	}
}

// A run that stops anywhere leaves whole files, old or new, and the next run
// brings the folder to exactly what is wanted.
func TestStoppedRunsHeal(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	var previous site
	for round := range 60 {
		s := site{}
		for i := range 12 {
			if random.IntN(3) > 0 {
				s[fmt.Sprintf("d%d/f%d", i%4, i)] = fmt.Sprint("text ", random.IntN(4))
			}
		}
		var n atomic.Int64
		artifacts := s.artifacts(&n)
		stop := random.IntN(len(artifacts) + 1)
		folder, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for _, a := range artifacts {
			paths = append(paths, a.Path)
		}
		if err := folder.Begin(paths); err != nil {
			t.Fatal(err)
		}
		if err := folder.Write(context.Background(), artifacts[:stop]); err != nil {
			t.Fatal(err)
		}
		folder.Close() // the run ends here, without Finish, in the middle of a file
		if len(paths) > 0 {
			os.MkdirAll(filepath.Dir(folder.temp(paths[0])), 0o777)
			os.WriteFile(folder.temp(paths[0]), []byte("ha"), 0o666)
			folder.noteBusy()
		}
		for p, text := range files(t, dir) {
			if strings.HasPrefix(path.Base(p), tempPrefix) {
				continue
			}
			if text != s[p] && text != previous[p] {
				t.Fatalf("round %d: %s holds %q", round, p, text)
			}
		}
		s.publish(t, dir)
		check(t, dir, s)
		previous = s
	}
}
