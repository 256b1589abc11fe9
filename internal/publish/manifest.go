package publish

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"kennishub/internal/parallel"
)

// manifest says what of the folder is ours: one line a file, sorted by path.
//
//	kennishub manifest 1
//	<fingerprint> <content digest> <size> <time> <path>
//
// An entry that is all zero is a file that a run was going to write.
type manifest map[string]entry

type entry struct {
	fingerprint Fingerprint
	content     [16]byte // SHA-256 of the bytes, first half
	size        int64
	time        int64 // modification time in ns since 1970
}

const manifestHead = "kennishub manifest 1\n"

// isAt reports whether the file there still has the size and time of the entry.
func (e entry) isAt(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && info.Mode().IsRegular() && info.Size() == e.size && info.ModTime().UnixNano() == e.time
}

func readManifest(name string) (manifest, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	rest, ok := strings.CutPrefix(string(data), manifestHead)
	if !ok {
		return nil, fmt.Errorf("%s: not a manifest of this version of kennishub; empty the folder and build again", name)
	}
	m := make(manifest, strings.Count(rest, "\n"))
	line := 1
	for rest != "" {
		var text string
		line++
		if text, rest, ok = strings.Cut(rest, "\n"); !ok {
			return nil, fmt.Errorf("%s:%d: the line is cut off; empty the folder and build again", name, line)
		}
		p, e, err := parseEntry(text)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w; empty the folder and build again", name, line, err)
		}
		m[p] = e
	}
	return m, nil
}

func parseEntry(text string) (p string, e entry, err error) {
	f := strings.SplitN(text, " ", 5)
	if len(f) != 5 || !validPath(f[4]) {
		return "", e, fmt.Errorf("not an entry: %q", text)
	}
	if err := decode(e.fingerprint[:], f[0]); err != nil {
		return "", e, err
	}
	if err := decode(e.content[:], f[1]); err != nil {
		return "", e, err
	}
	if e.size, err = strconv.ParseInt(f[2], 10, 64); err != nil {
		return "", e, err
	}
	if e.time, err = strconv.ParseInt(f[3], 10, 64); err != nil {
		return "", e, err
	}
	return f[4], e, nil
}

func decode(to []byte, digits string) error {
	if len(digits) != hex.EncodedLen(len(to)) {
		return fmt.Errorf("not a digest: %q", digits)
	}
	_, err := hex.Decode(to, []byte(digits))
	return err
}

func (f *Folder) writeManifest(m manifest) error {
	var b bytes.Buffer
	w := bufio.NewWriter(&b)
	w.WriteString(manifestHead)
	for _, p := range slices.Sorted(maps.Keys(m)) {
		e := m[p]
		fmt.Fprintf(w, "%x %x %d %d %s\n", e.fingerprint[:], e.content[:], e.size, e.time, p)
	}
	w.Flush()
	temp := filepath.Join(f.dir, tempManifest)
	if err := os.WriteFile(temp, b.Bytes(), 0o666); err != nil {
		return err
	}
	return os.Rename(temp, filepath.Join(f.dir, manifestName))
}

// Paths returns the files that the manifest of a folder names, sorted; a folder
// without one has none.
func Paths(dir string) ([]string, error) {
	m, err := readManifest(filepath.Join(dir, manifestName))
	if os.IsNotExist(err) {
		return nil, nil
	}
	return slices.Sorted(maps.Keys(m)), err
}

// State stands for everything of ours in a folder: it changes when a file of the
// manifest is written, touched or removed by anybody. It is an error when a file
// is not as the manifest has it, because then the folder needs healing.
func State(dir string) (state [sha256.Size]byte, err error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return state, err
	}
	m, err := readManifest(filepath.Join(dir, manifestName))
	if err != nil {
		return state, err
	}
	paths := slices.Collect(maps.Keys(m))
	var wrong atomic.Bool
	parallel.Each(len(paths), func(i int) {
		if !wrong.Load() && !m[paths[i]].isAt(filepath.Join(dir, filepath.FromSlash(paths[i]))) {
			wrong.Store(true)
		}
	})
	if wrong.Load() {
		return state, fmt.Errorf("%s: a file is not as the manifest has it", dir)
	}
	return sha256.Sum256(data), nil
}
