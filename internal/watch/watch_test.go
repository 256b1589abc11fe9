package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// expect collects batches until every wanted path was in one.
func expect(t *testing.T, w *Watcher, want ...string) {
	t.Helper()
	missing := slices.Clone(want)
	for len(missing) > 0 {
		select {
		case batch, ok := <-w.Batches():
			if !ok {
				t.Fatalf("watching ended: %v", w.Err())
			}
			if len(batch) == 0 || !slices.IsSorted(batch) {
				t.Errorf("batch %q", batch)
			}
			missing = slices.DeleteFunc(missing, func(name string) bool { return slices.Contains(batch, name) })
		case <-time.After(20 * time.Second):
			t.Fatalf("no event for %q", missing)
		}
	}
}

func start(t *testing.T) (string, *Watcher) {
	t.Helper()
	root := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(root, "content", "a"), 0o777))
	must(t, os.WriteFile(filepath.Join(root, "site.yaml"), []byte("title: x"), 0o666))
	w, err := New(root, "content", "themes")
	must(t, err)
	t.Cleanup(func() { w.Close() })
	return root, w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, root, name, text string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o666))
}

func TestSavesAreSeen(t *testing.T) {
	root, w := start(t)
	write(t, root, "content/a/page.md", "one")
	expect(t, w, "content/a/page.md")
	write(t, root, "content/a/page.md", "two")
	expect(t, w, "content/a/page.md")
	must(t, os.Remove(filepath.Join(root, "content/a/page.md")))
	expect(t, w, "content/a/page.md")
}

func TestSavesByRenameAreSeen(t *testing.T) {
	root, w := start(t)
	for i := range 3 {
		write(t, root, "content/a/page.md.new", fmt.Sprint(i))
		must(t, os.Rename(filepath.Join(root, "content/a/page.md.new"), filepath.Join(root, "content/a/page.md")))
		expect(t, w, "content/a/page.md")
	}
	write(t, root, "site.yaml.new", "title: y")
	must(t, os.Rename(filepath.Join(root, "site.yaml.new"), filepath.Join(root, "site.yaml")))
	expect(t, w, "site.yaml")
}

func TestNewFoldersAreWatched(t *testing.T) {
	root, w := start(t)
	must(t, os.MkdirAll(filepath.Join(root, "content", "b", "c"), 0o777))
	expect(t, w, "content/b")
	write(t, root, "content/b/c/page.md", "deep")
	expect(t, w, "content/b/c/page.md")
	must(t, os.Mkdir(filepath.Join(root, "themes"), 0o777))
	expect(t, w, "themes")
	write(t, root, "themes/x.html", "theme")
	expect(t, w, "themes/x.html")
}

func TestOtherFoldersAreLeftAlone(t *testing.T) {
	root, w := start(t)
	for _, dir := range []string{"public", ".git", "content/.hidden"} {
		must(t, os.MkdirAll(filepath.Join(root, dir), 0o777))
		write(t, root, dir+"/file", "not watched")
	}
	write(t, root, "content/a/last.md", "watched")
	for {
		batch := <-w.Batches()
		for _, name := range batch {
			if name == "public/file" || filepath.Base(filepath.Dir(name)) == ".git" || filepath.Base(filepath.Dir(name)) == ".hidden" {
				t.Errorf("event for %s", name)
			}
		}
		if slices.Contains(batch, "content/a/last.md") {
			return
		}
	}
}

func TestManyEventsMakeFewBatches(t *testing.T) {
	root, w := start(t)
	var want []string
	for i := range 200 {
		name := fmt.Sprintf("content/a/%d.md", i)
		write(t, root, name, "x")
		want = append(want, name)
	}
	expect(t, w, want...)
}

func TestCloseEndsTheBatches(t *testing.T) {
	root, w := start(t)
	write(t, root, "content/a/page.md", "nobody takes this batch")
	time.Sleep(2 * longest)
	must(t, w.Close())
	time.Sleep(longest) // the batch that waited is not given any more
	for batch := range w.Batches() {
		t.Errorf("batch %q after Close", batch)
	}
	if w.Err() != nil {
		t.Error(w.Err())
	}
}
