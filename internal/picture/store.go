package picture

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// Store keeps made pictures as files in a folder, each under the SHA-256 of its
// original, its width and [Version], so what is there is never wrong. It is safe
// for use by many goroutines, and a folder may have several stores.
type Store struct {
	dir    string
	making singleflight.Group

	mu   sync.Mutex
	kept map[string]bool // names of the files that Prune leaves
}

// NewStore returns a store with its files in dir, which need not be there. With
// "" for dir nothing is kept, and each picture is made when it is asked for.
func NewStore(dir string) *Store { return &Store{dir: dir, kept: map[string]bool{}} }

// Open returns an original in one of its widths. What is not there is made, in
// all widths of that original at once; who asks for one of them meanwhile waits.
// Sum is the SHA-256 of the original: when that turns out to be another, because
// the file was changed, Open fails. Further errors are those of [Make], and of
// writing the files.
func (s *Store) Open(sum [sha256.Size]byte, name string, width int, widths []int, open func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	if !slices.Contains(widths, width) {
		return nil, fmt.Errorf("picture: %s is not made %d wide, only %v", name, width, widths)
	}
	if s.dir == "" {
		made, err := makeInMemory(original{open, name}, sum, []int{width})
		if err != nil {
			return nil, err
		}
		return io.NopCloser(bytes.NewReader(made[width])), nil
	}
	s.Keep(sum, width)
	file, err := os.Open(s.file(sum, width))
	if err == nil {
		return file, nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	made, err, _ := s.making.Do(fmt.Sprint(sum, widths), func() (any, error) {
		return s.bring(original{open, name}, sum, widths)
	})
	if err != nil {
		return nil, err
	}
	return io.NopCloser(bytes.NewReader(made.(map[int][]byte)[width])), nil
}

// bring makes an original in all its widths and writes the files.
func (s *Store) bring(o original, sum [sha256.Size]byte, widths []int) (map[int][]byte, error) {
	// Another call may have done so since this one looked.
	made := map[int][]byte{}
	for _, width := range widths {
		if data, err := os.ReadFile(s.file(sum, width)); err == nil {
			made[width] = data
		}
	}
	if len(made) == len(widths) {
		return made, nil
	}
	made, err := makeInMemory(o, sum, widths)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(s.dir, 0o777); err != nil {
		return nil, err
	}
	for width, data := range made {
		if err := writeFile(s.file(sum, width), data); err != nil {
			return nil, err
		}
	}
	return made, nil
}

func makeInMemory(o original, sum [sha256.Size]byte, widths []int) (map[int][]byte, error) {
	made := map[int][]byte{}
	err := makeOf(o, &sum, widths, func(width int, data []byte) error {
		made[width] = data
		return nil
	})
	return made, err
}

// writeFile writes a file so that it is whole or not there, also when the machine
// stops: nobody looks at its contents again.
func writeFile(name string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+tempMark+"*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}

// tempMark is in the names of files that are being written.
const tempMark = ".tmp-"

func (s *Store) file(sum [sha256.Size]byte, width int) string {
	return filepath.Join(s.dir, fileName(sum, width))
}

func fileName(sum [sha256.Size]byte, width int) string {
	return fmt.Sprintf("%x-%d-v%d", sum, width, Version)
}

// ours are the names of files that a store, of this version or another, writes.
var ours = regexp.MustCompile(`^[0-9a-f]{64}-[0-9]+-v[0-9]+(` + regexp.QuoteMeta(tempMark) + `.*)?$`)

// Keep says that a picture is still wanted, without opening it.
func (s *Store) Keep(sum [sha256.Size]byte, width int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[fileName(sum, width)] = true
}

// Prune removes the pictures that were neither opened nor kept since [NewStore],
// so that what left the sources leaves this folder too, and what a run that was
// killed left half written. Files of others stay.
func (s *Store) Prune() error {
	if s.dir == "" {
		return nil
	}
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range entries {
		if !ours.MatchString(e.Name()) || s.kept[e.Name()] || busy(e) {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, e.Name())); !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// busy reports whether another run may be writing the file.
func busy(e fs.DirEntry) bool {
	if !strings.Contains(e.Name(), tempMark) {
		return false
	}
	info, err := e.Info()
	return err == nil && time.Since(info.ModTime()) < time.Hour
}
