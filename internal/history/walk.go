package history

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
)

// headerMark begins the token that opens a commit, and no status does.
const headerMark = "@"

// errStrange is the error for an answer that is not what was asked for.
var errStrange = errors.New("git: not the answer that was asked for")

// walk reads the answer of `git log -z --name-status -c --combined-all-paths`
// piece by piece, from the newest commit to the oldest, and follows files to the
// names that they used to have. The answer is a list of tokens that end with NUL:
//
//	@1709251200           a commit, with the committer's time in seconds since 1970
//	(nothing)             in a merge
//	\nM  path             a newline begins the first status of an ordinary commit
//	R087 old new          also C, a copy
//	MR   one two path     in a merge: the path in each parent, then in the merge
//
// It keeps as much as there are files now, not as many as there ever were.
type walk struct {
	prefix string             // of paths in content/
	now    map[string]*file   // the files of today, by name without prefix
	names  map[string][]*file // by the name, with prefix, that they had at this commit

	part  []byte // of a token that is not complete
	day   time.Time
	entry entry
}

type file struct {
	Dates
	born bool // a commit added it: at an older commit, another file may have its name
}

// entry is a line of a commit that waits for its paths.
type entry struct {
	status string
	wants  int
	paths  []string
}

// newWalk starts a walk at the files that exist, which end with NUL each.
func newWalk(prefix, files string) *walk {
	w := &walk{prefix: prefix, now: map[string]*file{}, names: map[string][]*file{}}
	for name := range strings.SplitSeq(strings.TrimSuffix(files, "\x00"), "\x00") {
		f := &file{}
		w.now[name] = f
		w.names[prefix+name] = []*file{f}
	}
	return w
}

// Write takes the next piece of git's answer.
func (w *walk) Write(piece []byte) (int, error) {
	for rest := piece; ; {
		token, after, complete := bytes.Cut(rest, []byte{0})
		if !complete {
			w.part = append(w.part, rest...)
			return len(piece), nil
		}
		if len(w.part) > 0 {
			w.part = append(w.part, token...)
			token, w.part = w.part, w.part[:0]
		}
		if err := w.token(string(token)); err != nil {
			return 0, err
		}
		rest = after
	}
}

func (w *walk) token(token string) error {
	if w.entry.wants > 0 {
		w.entry.paths = append(w.entry.paths, token)
		if len(w.entry.paths) == w.entry.wants {
			w.change(w.entry.status, w.entry.paths)
			w.entry = entry{}
		}
		return nil
	}
	token = strings.TrimPrefix(token, "\n")
	if seconds, ok := strings.CutPrefix(token, headerMark); ok {
		n, err := strconv.ParseInt(seconds, 10, 64)
		if err != nil {
			return errStrange
		}
		w.day = dayOf(n)
		return nil
	}
	if token == "" {
		return nil
	}
	status := strings.TrimRight(token, "0123456789")
	if status == "" || strings.Trim(status, "ACDMRT") != "" {
		return errStrange
	}
	w.entry = entry{status: status, wants: len(status) + 1}
	if len(status) == 1 && status != "R" && status != "C" {
		w.entry.wants = 1
	}
	return nil
}

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // the zones are in the program
	}
	return zone
}()

// maxSeconds is in the year 6325.
const maxSeconds = 1 << 37

// dayOf is the day of a moment. The zero time stands for what no clock says.
func dayOf(seconds int64) time.Time {
	if seconds < 0 || seconds > maxSeconds {
		return time.Time{}
	}
	year, month, day := time.Unix(seconds, 0).In(amsterdam).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// change follows one change back in time.
func (w *walk) change(status string, paths []string) {
	path := paths[len(paths)-1]
	files := w.names[path]
	for _, f := range files {
		w.touch(f)
	}
	switch status {
	case "A", "C":
		for _, f := range files {
			f.born = true
		}
	case "R":
		delete(w.names, path)
		// In a commit before this one the old name was this file's. Who has that
		// name now came later, unless a commit of another branch still changes it.
		w.names[paths[0]] = slices.DeleteFunc(w.names[paths[0]], func(f *file) bool { return f.born })
		w.alias(paths[0], files)
	default:
		for _, old := range paths[:len(paths)-1] {
			w.alias(old, files)
		}
	}
}

// touch counts the current commit for a file. The first and the last are taken from
// the dates, not from the order: that of branches is arbitrary.
func (w *walk) touch(f *file) {
	if w.day.IsZero() {
		return
	}
	if f.First.IsZero() || w.day.Before(f.First) {
		f.First = w.day
	}
	if w.day.After(f.Last) {
		f.Last = w.day
	}
}

func (w *walk) alias(name string, files []*file) {
	for _, f := range files {
		if !slices.Contains(w.names[name], f) {
			w.names[name] = append(w.names[name], f)
		}
	}
}

// dates returns what was found.
func (w *walk) dates() map[string]Dates {
	found := make(map[string]Dates, len(w.now))
	for name, f := range w.now {
		if !f.First.IsZero() {
			found[name] = f.Dates
		}
	}
	return found
}
