// Package history says on which days the files of a site were first and last
// changed, as git remembers it.
//
//	stamp := history.Stamp(dir)             // cheap: equal stamps, equal history
//	h, err := history.Read(ctx, dir)        // asks git, once for all files
//	dates, ok := h.Of("experimenten/a.md")  // ok is false for a file without commits
//
// A History with a Head may be kept under its stamp ([History.AppendBinary],
// [History.UnmarshalBinary]). One without may not: what is wrong with git, or that
// git is missing, is not in the stamp.
//
// # Which day
//
// A day is that of the committer's date of a commit in Amsterdam, whatever the time
// zones of the author and of this machine. A commit counts for the files that it
// adds, changes or renames. A merge counts for the files in which it differs from
// all its parents: those that someone, or git, put together in the merge.
//
// A renamed file keeps its first day, as long as git sees that it is the same file
// (half of it or more stayed) and both names are in content/. So does a file that
// was removed and came back under the same name. A new file at the old address of a
// renamed one is a new file. Changes that are not committed do not count.
package history

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // the day in Amsterdam is the same on every machine
)

// Dates are the days of the first and the last commit of a file, as midnight UTC.
type Dates struct{ First, Last time.Time }

// History is what git knows of the files in the folder content/ of a site.
type History struct {
	Head    string // the commit that is checked out, in hexadecimal; "" when there are no dates to be had
	Shallow bool   // the repository has only the latest commits, so there are no dates

	// What is wrong with git and what the author can do about it, in Dutch; "" when
	// nothing is, and also when there is no git, no repository or no commit.
	Problem, Remedy string

	files map[string]Dates
}

// Of returns the dates of a file, slash-separated and relative to content/.
func (h *History) Of(file string) (Dates, bool) {
	dates, ok := h.files[file]
	return dates, ok
}

// folder is the folder in a site that holds the files.
const folder = "content"

// Read reads the history of the files in content/ of the site in dir. It starts
// git three times, however many files there are. The error is that of ctx; for
// everything else that can fail, see [History].
func Read(ctx context.Context, dir string) (*History, error) {
	h, err := read(ctx, filepath.Join(dir, folder))
	if ctx.Err() != nil {
		return &History{}, ctx.Err()
	}
	if failed := (*gitError)(nil); errors.As(err, &failed) {
		problem, remedy := failed.explain()
		return &History{Problem: problem, Remedy: remedy}, nil
	}
	if err != nil { // git could not even be started
		return &History{}, nil
	}
	return h, nil
}

func read(ctx context.Context, content string) (*History, error) {
	var state bytes.Buffer
	err := git(ctx, content, &state, "rev-parse", "--show-prefix", "--is-shallow-repository", "--verify", "--quiet", "HEAD")
	if failed := (*gitError)(nil); errors.As(err, &failed) && (failed.said == "" || strings.Contains(failed.said, "not a git repository")) {
		return &History{}, nil // git is silent about a repository without commits
	}
	if err != nil {
		return nil, err
	}
	// The prefix, "site/content/", comes first and may contain anything.
	rest, head := cutLastLine(state.String())
	rest, shallow := cutLastLine(rest)
	prefix := strings.TrimSuffix(rest, "\n")
	h := &History{Head: head, Shallow: shallow == "true"}
	if h.Shallow {
		return h, nil
	}

	var names bytes.Buffer
	if err := git(ctx, content, &names, "ls-tree", "-r", "-z", "--name-only", head); err != nil {
		return nil, err
	}
	w := newWalk(prefix, names.String())
	err = git(ctx, content, w,
		"-c", "diff.relative=false", // the paths of merges never are
		"-c", "log.follow=false", // would take in what was changed back on a branch
		"-c", "log.showRoot=true",
		"-c", "log.showSignature=false", // would start another program
		"log",
		"--topo-order", // a commit comes before its parents, also when a clock was wrong
		"-c", "--combined-all-paths",
		"--name-status", "-M", "-l1000", // the limit is git's own, and not that of a user's settings
		"-z", "--format="+headerMark+"%ct",
		head, "--", ".")
	if err != nil {
		return nil, err
	}
	h.files = w.dates()
	return h, nil
}

// cutLastLine takes the last line off a text in which every line ends with \n.
func cutLastLine(text string) (before, last string) {
	text = strings.TrimSuffix(text, "\n")
	i := strings.LastIndexByte(text, '\n') + 1
	return text[:i], text[i:]
}

// git runs git in a folder and writes its answer to out. A *gitError says that git
// failed, or answered what out does not take.
func git(ctx context.Context, dir string, out io.Writer, args ...string) error {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = environment(os.Environ())
	cmd.Stdout = out
	var said bytes.Buffer
	cmd.Stderr = &said
	cmd.WaitDelay = time.Second // what git started may outlive it
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) || errors.Is(err, errStrange) {
		return &gitError{said.String()}
	}
	return err
}

// environment leaves out the variables that would lead git elsewhere, as a hook
// has them (GIT_DIR, GIT_INDEX_FILE and a dozen more), but keeps settings: they may
// say that a repository is to be trusted.
func environment(all []string) []string {
	var env []string
	for _, v := range all {
		if !strings.HasPrefix(v, "GIT_") || strings.HasPrefix(v, "GIT_CONFIG_") {
			env = append(env, v)
		}
	}
	return append(env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0")
}

// gitError is what git said when it failed.
type gitError struct{ said string }

func (e *gitError) Error() string { return "git: " + e.said }

// explain says in Dutch what is wrong.
func (e *gitError) explain() (problem, remedy string) {
	if strings.Contains(e.said, "dubious ownership") {
		remedy = "voeg de map toe aan safe.directory in de instellingen van git"
		for line := range strings.Lines(e.said) {
			if line = strings.TrimSpace(line); strings.HasPrefix(line, "git config ") {
				remedy = "vertrouw je deze map? voer dan uit: " + line
			}
		}
		return "de datums van de bestanden zijn niet bekend: de git-map is van een andere gebruiker en git leest haar daarom niet", remedy
	}
	problem = "de datums van de bestanden zijn niet bekend: git geeft geen goed antwoord"
	if first, _, _ := strings.Cut(strings.TrimPrefix(e.said, "fatal: "), "\n"); first != "" {
		problem += ": " + strings.ToValidUTF8(first, "�")
	}
	return problem, "kijk of git log in deze map werkt; zo niet, haal de map dan opnieuw op met git clone"
}
