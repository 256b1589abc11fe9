package build

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"kennishub/internal/cache"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/history"
	"kennishub/internal/parallel"
	"kennishub/internal/publish"
	"kennishub/internal/search"
)

// A build is a function of its inputs. When all of them, and every file it left,
// are as they were after the last build, its result is the last result: reading,
// modelling and hashing again would only show the same. What is compared is what
// the file system says of each file, never contents.

// memory is what the last build into a folder is remembered by: a line of JSON,
// and after it the messages.
type memory struct {
	Inputs cache.Key
	Output cache.Key
	Result *Result
}

// listing is what the file system says of a tree of files.
type listing struct {
	hash [sha256.Size]byte
	racy bool // a file was written so recently that the next write may not show
}

func (l listing) digest() []byte { return l.hash[:] }

// tree lists everything below a folder of fsys; a folder that is not there is an
// empty one.
func tree(fsys fs.FS, folder string) listing {
	type file struct {
		name  string
		entry fs.DirEntry
		info  fs.FileInfo
	}
	var files []file
	fs.WalkDir(fsys, folder, func(name string, d fs.DirEntry, err error) error {
		if err == nil {
			files = append(files, file{name: name, entry: d})
		}
		return nil
	})
	parallel.Each(len(files), func(i int) {
		if f := &files[i]; f.entry.Type()&fs.ModeSymlink != 0 {
			f.info, _ = fs.Stat(fsys, f.name)
		} else {
			f.info, _ = f.entry.Info()
		}
	})
	h := sha256.New()
	var l listing
	var b []byte
	for _, f := range files {
		b = append(append(b[:0], f.name...), 0)
		switch {
		case f.info == nil:
			b = append(b, "gone"...)
		case f.info.IsDir():
			b = append(b, "dir"...)
		default:
			s := content.StampOf(f.info)
			l.racy = l.racy || s.Racy
			b = s.Append(b)
		}
		h.Write(append(b, '\n'))
	}
	h.Sum(l.hash[:0])
	return l
}

// inputs is the digest of everything that the result depends on; false when it
// cannot be relied on yet.
func (b *Builder) inputs() (cache.Key, bool) {
	fsys := b.root.FS()
	config, contents, themes := tree(fsys, "site.yaml"), tree(fsys, "content"), tree(fsys, "themes")
	o := b.options
	return cache.KeyOf(b.program[:], config.digest(), contents.digest(), themes.digest(), history.Stamp(b.options.Source),
		fmt.Append(nil, o.BaseURL, "\n", o.Now.Format(time.DateOnly), o.Drafts, o.Future, o.Lenient, o.NoSearch),
	), !config.racy && !contents.racy && !themes.racy
}

// remembered reports whether results of this builder are kept. A preview builds
// only when something changed.
func (b *Builder) remembered() bool { return !b.options.Preview && !b.options.Check }

func (b *Builder) memoryFile() string {
	dir, err := filepath.Abs(b.options.Output)
	if err != nil {
		dir = b.options.Output
	}
	sum := sha256.Sum256([]byte(dir))
	return filepath.Join(b.options.Source, workFolder, fmt.Sprintf("last-%x", sum[:6]))
}

// last gives the result of the last build when it still holds.
func (b *Builder) last() (*Result, bool) {
	if !b.remembered() {
		return nil, false
	}
	var (
		state    cache.Key
		stateErr error
		looking  sync.WaitGroup
	)
	looking.Go(func() { state, stateErr = b.outputState() })
	b.began, _ = b.inputs()
	looking.Wait()
	data, err := os.ReadFile(b.memoryFile())
	if err != nil {
		return nil, false
	}
	var m memory
	line, messages, _ := strings.Cut(string(data), "\n")
	if json.Unmarshal([]byte(line), &m) != nil || m.Result == nil {
		return nil, false
	}
	if b.began != m.Inputs {
		return nil, false
	}
	if stateErr != nil || state != m.Output {
		return nil, false
	}
	r := m.Result
	if r.Messages, err = diag.Decode(messages); err != nil {
		return nil, false
	}
	r.Unchanged += r.Written
	r.Written, r.Removed = 0, 0
	return r, true
}

// remember keeps the result for the next build, when the inputs have not changed
// under it.
func (b *Builder) remember(r *Result) {
	if !b.remembered() {
		return
	}
	name := b.memoryFile()
	if b.history != nil && b.history.Head == "" {
		os.Remove(name) // git may have an answer the next time
		return
	}
	key, settled := b.inputs()
	state, err := b.outputState()
	data, jsonErr := json.Marshal(memory{key, state, r})
	if !settled || err != nil || jsonErr != nil || key != b.began || os.MkdirAll(filepath.Dir(name), 0o777) != nil {
		os.Remove(name)
		return
	}
	data = diag.Append(append(data, '\n'), r.Messages)
	temp := name + ".tmp"
	if os.WriteFile(temp, data, 0o666) != nil || os.Rename(temp, name) != nil {
		os.Remove(name)
	}
}

// outputState is the digest of what the output folder holds of ours; an error
// when a file is not as the manifest has it.
func (b *Builder) outputState() (cache.Key, error) {
	state, err := publish.State(b.options.Output)
	if err != nil {
		return cache.Key{}, err
	}
	id, err := search.Current(filepath.Join(b.options.Output, indexFolder))
	if err != nil {
		return cache.Key{}, err
	}
	return cache.KeyOf(state[:], []byte(id)), nil
}
