// Package publish brings a folder to a list of artifacts.
//
//	folder, err := publish.Open("public")
//	defer folder.Close()
//	err = folder.Begin(paths)               // everything the folder is going to hold
//	err = folder.Write(ctx, assets)         // as often as needed, in the order it should land
//	err = folder.Write(ctx, pages)
//	result, err := folder.Finish()          // removes what is no longer wanted
//
// # What is promised
//
// Only what changed is written: an artifact whose fingerprint is the one in the
// folder's manifest, and whose file still has the size and time that were noted,
// is not even rendered. An artifact that renders to the bytes that are there is
// not written, so times of files change only when their contents do.
//
// Every file is whole at any moment: it is written elsewhere in the folder and
// renamed. A run that was killed leaves old or new files, and the next run heals
// the rest, because Begin notes what is going to be written before it is.
//
// Only files in the manifest are ever replaced or removed. A folder that holds
// anything else and has no manifest is refused ([ErrForeign]).
package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/lockedfile"

	"kennishub/internal/parallel"
)

// Fingerprint stands for everything that decides the bytes of an artifact.
type Fingerprint [16]byte

// Artifact is a file to be published.
type Artifact struct {
	Path        string // slash-separated, relative to the folder, clean
	Fingerprint Fingerprint
	Write       func(io.Writer) error // writes the contents; may be called from any goroutine
}

// Result counts what a run did.
type Result struct {
	Written   int
	Unchanged int
	Removed   int
	Changed   []string // paths of the files that were written or removed, sorted
}

// ErrForeign is the error of [Open] for a folder that holds files and has no
// manifest of ours, and of [Folder.Begin] for a path where a file of others stands.
var ErrForeign = errors.New("niet van kennishub")

const (
	manifestName = ".kennishub-manifest"
	lockName     = ".kennishub-lock"
	busyName     = ".kennishub-busy" // there while files are written: a run that was killed leaves it
	tempPrefix   = ".kennishub-tmp-"
	tempManifest = tempPrefix + "manifest" // a first run that was killed leaves it alone in the folder
)

// tolerated are files that may stand in an output folder that was never
// published to: what keeps an empty folder in a git repository, and what a first run
// leaves that is killed before it has a manifest.
var tolerated = []string{".gitignore", ".gitkeep", lockName, tempManifest}

// Folder is an output folder that is being brought up to date.
type Folder struct {
	dir    string
	unlock func()

	old    manifest        // as it was found
	noted  manifest        // as it stands in the folder; nil before the first run
	wanted map[string]bool // what Begin was told
	within map[string]bool // the folders that wanted files stand in
	dirs   sync.Map        // folders known to be there, by slash path
	busy   sync.Once       // notes that files are being written

	mu     sync.Mutex
	next   manifest
	result Result
}

// Open opens a folder for publishing, making it when it is missing, and locks it
// against other runs.
func Open(dir string) (*Folder, error) {
	old, err := readManifest(filepath.Join(dir, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		if err := checkEmpty(dir); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(dir, lockName)).Lock()
	if err != nil {
		return nil, err
	}
	// Another run may have finished while this one waited for the lock.
	if again, err := readManifest(filepath.Join(dir, manifestName)); err == nil {
		old = again
	}
	return &Folder{dir: dir, unlock: unlock, old: old, next: manifest{}}, nil
}

func checkEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(tolerated, e.Name()) {
			return fmt.Errorf("%w: %s", ErrForeign, filepath.Join(dir, e.Name()))
		}
	}
	return nil
}

// Close releases the folder. It is safe to call after Finish.
func (f *Folder) Close() {
	if f.unlock != nil {
		f.unlock()
		f.unlock = nil
	}
}

// Begin says what the folder is going to hold: the paths of all artifacts that
// will be passed to Write. It notes them in the manifest, so that files of a run
// that is killed are known to be ours.
func (f *Folder) Begin(paths []string) error {
	f.wanted, f.within = make(map[string]bool, len(paths)), map[string]bool{}
	planned := manifest{}
	maps.Copy(planned, f.old)
	f.noted = maps.Clone(f.old)
	grows := false
	for _, p := range paths {
		if !validPath(p) {
			return fmt.Errorf("publish: %q is not a path inside the folder", p)
		}
		if f.wanted[p] {
			return fmt.Errorf("publish: two artifacts for %s", p)
		}
		f.wanted[p] = true
		for dir := path.Dir(p); dir != "." && !f.within[dir]; dir = path.Dir(dir) {
			f.within[dir] = true
		}
		if _, ok := planned[p]; !ok {
			if info, err := os.Lstat(f.file(p)); err == nil && !info.IsDir() {
				return fmt.Errorf("%w: %s", ErrForeign, f.file(p))
			}
			planned[p] = entry{}
			grows = true
		}
	}
	f.sweep()
	if grows || f.noted == nil {
		if err := f.writeManifest(planned); err != nil {
			return err
		}
		f.noted = planned
	}
	// A page that became a folder, or the other way round, stands in the way of
	// what comes: only these are removed early.
	for p := range f.old {
		if !f.wanted[p] && f.blocks(p) {
			if err := f.remove(p); err != nil {
				return err
			}
			delete(f.old, p)
		}
	}
	return nil
}

func validPath(p string) bool {
	return fs.ValidPath(p) && p != "." && !strings.ContainsAny(p, "\\\n\x00") &&
		p != manifestName && p != lockName && p != busyName && !strings.HasPrefix(path.Base(p), tempPrefix)
}

// sweep removes the temporary files that a killed run left: each stands beside
// the file that it was to become.
func (f *Folder) sweep() {
	busy := filepath.Join(f.dir, busyName)
	if _, err := os.Lstat(busy); err != nil {
		return
	}
	for p := range f.old {
		os.Remove(f.temp(p))
	}
	os.Remove(busy)
}

// temp is where an artifact is written before it takes its place. It is in the
// same folder: creating many files at once in one folder for all would make the
// cores wait for each other.
func (f *Folder) temp(p string) string {
	dir, base := path.Split(p)
	if len(tempPrefix+base) > 255 { // more than file systems take
		base = fmt.Sprintf("%x", sha256.Sum256([]byte(base)))
	}
	return f.file(dir + tempPrefix + base)
}

// note that files are being written, for the sweep of the next run.
func (f *Folder) noteBusy() error {
	var err error
	f.busy.Do(func() { err = os.WriteFile(filepath.Join(f.dir, busyName), nil, 0o666) })
	return err
}

// blocks reports whether the old file p is where a wanted file needs a folder,
// or in a folder where a wanted file must be.
func (f *Folder) blocks(p string) bool {
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if f.wanted[dir] {
			return true
		}
	}
	return f.within[p]
}

func (f *Folder) file(p string) string { return filepath.Join(f.dir, filepath.FromSlash(p)) }

// Write brings files of the folder up to date, many at once, and returns the
// errors of all that failed, joined. Each path must have been given to Begin.
func (f *Folder) Write(ctx context.Context, artifacts []Artifact) error {
	errs := make([]error, len(artifacts)+1)
	parallel.Each(len(artifacts), func(i int) {
		if ctx.Err() != nil {
			return
		}
		s := spools.Get().(*spool)
		defer spools.Put(s)
		if err := f.bring(s, artifacts[i]); err != nil {
			errs[i] = fmt.Errorf("%s: %w", artifacts[i].Path, err)
		}
	})
	errs[len(artifacts)] = ctx.Err()
	return errors.Join(errs...)
}

// spools are used again and again, because their memory is.
var spools = sync.Pool{New: func() any { return new(spool) }}

func (f *Folder) bring(s *spool, a Artifact) error {
	if !f.wanted[a.Path] {
		return fmt.Errorf("publish: not announced to Begin")
	}
	target := f.file(a.Path)
	old, known := f.old[a.Path]
	known = known && old.isAt(target)
	if known && old.fingerprint == a.Fingerprint {
		f.note(a.Path, old, false)
		return nil
	}
	if err := f.makeDir(path.Dir(a.Path)); err != nil {
		return err
	}
	if err := f.noteBusy(); err != nil {
		return err
	}
	content, err := s.fill(f.temp(a.Path), a.Write)
	if err != nil {
		return err
	}
	if known && old.content == content {
		s.drop()
		old.fingerprint = a.Fingerprint
		f.note(a.Path, old, false)
		return nil
	}
	info, err := s.move(target)
	if err != nil {
		return err
	}
	f.note(a.Path, entry{fingerprint: a.Fingerprint, content: content, size: info.Size(), time: info.ModTime().UnixNano()}, true)
	return nil
}

func (f *Folder) note(p string, e entry, written bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.next[p] = e
	if !written {
		f.result.Unchanged++
		return
	}
	f.result.Written++
	f.result.Changed = append(f.result.Changed, p)
}

// makeDir makes a folder inside the output folder. A symbolic link on the way is
// refused: it could lead out.
func (f *Folder) makeDir(dir string) error {
	if dir == "." {
		return nil
	}
	if _, ok := f.dirs.Load(dir); ok {
		return nil
	}
	if err := f.makeDir(path.Dir(dir)); err != nil {
		return err
	}
	name := f.file(dir)
	err := os.Mkdir(name, 0o777)
	if errors.Is(err, fs.ErrExist) {
		var info fs.FileInfo
		if info, err = os.Lstat(name); err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is in the way: it is not a folder", name)
		}
	}
	if err == nil {
		f.dirs.Store(dir, true)
	}
	return err
}

// Finish removes the files of the manifest that are no longer wanted, and the
// folders this empties, and writes the manifest.
func (f *Folder) Finish() (Result, error) {
	var errs []error
	for _, p := range slices.Sorted(maps.Keys(f.old)) {
		if !f.wanted[p] {
			if err := f.remove(p); err != nil {
				errs = append(errs, err)
				f.next[p] = f.old[p]
			}
		}
	}
	if err := os.Remove(filepath.Join(f.dir, busyName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		errs = append(errs, err)
	}
	if !maps.Equal(f.next, f.noted) {
		if err := f.writeManifest(f.next); err != nil {
			errs = append(errs, err)
		}
	}
	slices.Sort(f.result.Changed)
	return f.result, errors.Join(errs...)
}

// remove goes through [os.Root], so that not even a symbolic link that somebody
// put into the folder makes it reach outside.
func (f *Folder) remove(p string) error {
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return err
	}
	defer root.Close()
	err = root.Remove(filepath.FromSlash(p))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	f.mu.Lock()
	f.result.Removed++
	f.result.Changed = append(f.result.Changed, p)
	f.mu.Unlock()
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if root.Remove(filepath.FromSlash(dir)) != nil {
			break // not empty
		}
		f.dirs.Delete(dir)
	}
	return nil
}

// spool holds what an artifact writes: in memory, or in a file once it is large.
type spool struct {
	buf  bytes.Buffer
	temp string
	file *os.File
}

const spoolLimit = 1 << 20

// fill runs write and returns the digest of what it wrote.
func (s *spool) fill(temp string, write func(io.Writer) error) (content [16]byte, err error) {
	s.buf.Reset()
	s.temp = temp
	if err := write(s); err != nil {
		s.drop()
		return content, err
	}
	if s.file == nil {
		full := sha256.Sum256(s.buf.Bytes())
		return [16]byte(full[:16]), nil
	}
	h := sha256.New()
	if _, err := s.file.Write(s.buf.Bytes()); err != nil {
		s.drop()
		return content, err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		s.drop()
		return content, err
	}
	if _, err := io.Copy(h, s.file); err != nil {
		s.drop()
		return content, err
	}
	return [16]byte(h.Sum(nil)[:16]), nil
}

// Write implements [io.Writer] for the artifact.
func (s *spool) Write(p []byte) (int, error) {
	if s.buf.Len()+len(p) <= spoolLimit {
		return s.buf.Write(p)
	}
	if s.file == nil {
		if err := s.create(); err != nil {
			return 0, err
		}
	}
	if _, err := s.file.Write(s.buf.Bytes()); err != nil {
		return 0, err
	}
	s.buf.Reset()
	if len(p) > spoolLimit {
		return s.file.Write(p)
	}
	return s.buf.Write(p)
}

func (s *spool) create() error {
	file, err := os.OpenFile(s.temp, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
	s.file = file
	return err
}

// move puts what was spooled in place of target.
func (s *spool) move(target string) (fs.FileInfo, error) {
	if s.file == nil {
		if err := s.create(); err != nil {
			return nil, err
		}
		if _, err := s.file.Write(s.buf.Bytes()); err != nil {
			s.drop()
			return nil, err
		}
	}
	file := s.file
	s.file = nil
	info, err := file.Stat()
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(s.temp, target)
	}
	if err != nil {
		os.Remove(s.temp)
		return nil, err
	}
	return info, nil
}

func (s *spool) drop() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.temp)
		s.file = nil
	}
}
