// Package watch tells which files of a site changed, in batches.
//
//	w, err := watch.New("site", "content", "themes")
//	defer w.Close()
//	for batch := range w.Batches() { … }
//
// It watches the top of a folder and, in full depth, the named folders below it,
// also when they are made or replaced later. Folders and not files are watched,
// because many editors save by writing a temporary file and renaming it over the
// old one. Events that come shortly after each other make one batch: a save is
// often three of them, a git checkout thousands. A batch says only where to look;
// what changed is for the reader of the files to find out, so an event too many
// does no harm.
package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	quiet   = 8 * time.Millisecond   // this long without events ends a batch
	longest = 150 * time.Millisecond // a batch is never held back longer
)

// Watcher watches a site's folder.
type Watcher struct {
	root    string
	deep    []string // folders below root that are watched in full depth
	notify  *fsnotify.Watcher
	batches chan []string
	closed  chan struct{}
	close   sync.Once
	failed  error // set before batches is closed
}

// New starts watching. Root must exist; the deep folders, relative to it, need not.
func New(root string, deep ...string) (*Watcher, error) {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, explain(err)
	}
	w := &Watcher{root: filepath.Clean(root), notify: notify, batches: make(chan []string), closed: make(chan struct{})}
	for _, d := range deep {
		w.deep = append(w.deep, filepath.Join(w.root, filepath.FromSlash(d)))
	}
	if err := notify.Add(w.root); err != nil {
		notify.Close()
		return nil, explain(err)
	}
	for _, d := range w.deep {
		if err := w.addTree(d); err != nil {
			notify.Close()
			return nil, explain(err)
		}
	}
	go w.run()
	return w, nil
}

// Batches gives the paths of each batch, sorted, slash-separated and relative to
// the root; it never gives an empty batch, but for ["."] when events were lost
// and anything may have changed. It is closed by Close, or when watching failed;
// see [Watcher.Err].
func (w *Watcher) Batches() <-chan []string { return w.batches }

// Err says why the batches ended, nil after Close. Call it once they are closed.
func (w *Watcher) Err() error { return w.failed }

// Close stops watching.
func (w *Watcher) Close() error {
	w.close.Do(func() { close(w.closed) })
	return w.notify.Close()
}

// addTree watches a folder and all folders in it. What is gone meanwhile is no
// error: its removal is an event of its own.
func (w *Watcher) addTree(dir string) error {
	return filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.IsDir() {
			return err
		}
		if hidden(d.Name()) && name != dir {
			return fs.SkipDir
		}
		if err := w.notify.Add(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	})
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

func (w *Watcher) run() {
	defer close(w.batches)
	var (
		batch  = map[string]bool{}
		timer  = time.NewTimer(time.Hour)
		oldest time.Time
	)
	timer.Stop()
	for {
		select {
		case e, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if !w.note(batch, e) {
				continue
			}
		case err, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				w.failed = explain(err)
				return
			}
			batch["."] = true
		case <-timer.C:
			// The reader may be busy with the batch before: what comes
			// meanwhile waits in the system's own queue.
			select {
			case w.batches <- sorted(batch):
			case <-w.closed:
				return
			}
			clear(batch)
			oldest = time.Time{}
			continue
		}
		if oldest.IsZero() {
			oldest = time.Now()
		}
		timer.Reset(min(quiet, max(0, longest-time.Since(oldest))))
	}
}

// note takes an event into the batch; it is false for what is of no interest.
func (w *Watcher) note(batch map[string]bool, e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod && !w.relevantChmod(e.Name) {
		return false
	}
	rel, err := filepath.Rel(w.root, e.Name)
	if err != nil {
		return false
	}
	if !w.inDeep(e.Name) && strings.ContainsRune(rel, filepath.Separator) {
		return false
	}
	if hidden(filepath.Base(e.Name)) {
		return false
	}
	if e.Has(fsnotify.Create) && w.inDeep(e.Name) {
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			if err := w.addTree(e.Name); err != nil {
				batch["."] = true
			}
		}
	}
	batch[filepath.ToSlash(rel)] = true
	return true
}

// relevantChmod: a file that became readable, or not, shows in its mode; but
// indexers and virus scanners touch attributes all day.
func (w *Watcher) relevantChmod(name string) bool {
	info, err := os.Stat(name)
	return err != nil || time.Since(info.ModTime()) < time.Second
}

func (w *Watcher) inDeep(name string) bool {
	return slices.ContainsFunc(w.deep, func(d string) bool {
		return name == d || strings.HasPrefix(name, d+string(filepath.Separator))
	})
}

func sorted(batch map[string]bool) []string {
	list := make([]string, 0, len(batch))
	for name := range batch {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// explain adds the remedy to the errors that a user can mend.
func explain(err error) error {
	if strings.Contains(err.Error(), "no space left on device") || strings.Contains(err.Error(), "too many open files") {
		return fmt.Errorf("er kunnen niet meer mappen in de gaten worden gehouden; verhoog fs.inotify.max_user_watches of fs.inotify.max_user_instances: %w", err)
	}
	return err
}
