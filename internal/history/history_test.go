package history

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// needGit skips a test that cannot do without git, and keeps the settings of the
// person who runs it out.
func needGit(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI has no git")
		}
		t.Skip("needs git")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(t.TempDir(), "none"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
}

// repo is a work tree.
type repo struct {
	t   testing.TB
	dir string
}

func newRepo(t testing.TB, dir string) repo {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	r := repo{t, dir}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r repo) git(args ...string) string { return r.gitAt("2024-01-01T12:00:00Z", "", args...) }

func (r repo) gitAt(when, input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "protocol.file.allow=always", "-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
	cmd.Dir = r.dir
	cmd.Env = append(environment(os.Environ()), "GIT_COMMITTER_DATE="+when, "GIT_AUTHOR_DATE=2001-01-01T12:00:00Z")
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// write gives files their contents; files without are removed.
func (r repo) write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		name = filepath.Join(r.dir, name)
		err := os.MkdirAll(filepath.Dir(name), 0o777)
		if err == nil && text == "" {
			err = os.Remove(name)
		} else if err == nil {
			err = os.WriteFile(name, []byte(text), 0o666)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r repo) commit(when string, files map[string]string) {
	r.t.Helper()
	r.write(files)
	if len(when) == len("2024-01-01") {
		when += "T12:00:00Z"
	}
	r.git("add", "-A")
	r.gitAt(when, "", "commit", "-q", "-m", "x")
}

func read1(t testing.TB, dir string) *History {
	t.Helper()
	h, err := Read(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// days shows the dates of a history as "first last".
func days(h *History) map[string]string {
	m := map[string]string{}
	for name := range h.files {
		dates, ok := h.Of(name)
		m[name] = fmt.Sprint(dates.First.Format(time.DateOnly), " ", dates.Last.Format(time.DateOnly))
		if !ok || dates.First != dates.First.UTC().Truncate(24*time.Hour) {
			m[name] = "no day"
		}
	}
	return m
}

func equal(t *testing.T, h *History, want map[string]string) {
	t.Helper()
	if got := days(h); h.Problem != "" || !maps.Equal(got, want) {
		t.Errorf("%s\ngot  %q\nwant %q", h.Problem, got, want)
	}
}

type files = map[string]string

// text is a text of which changes of a line leave most as it was.
func text(seed string) string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "%s %d\n", strings.Repeat(seed, 9), i)
	}
	return b.String()
}

const settings = `
[alias]  log = version
[color]  ui = always
[core]   quotePath = true
         pager = false
         abbrev = 5
[diff]   relative = true
         renames = false
         renameLimit = 1
         external = false
         noprefix = true
[format] pretty = fuller
[log]    follow = true
         showRoot = false
         showSignature = true
         decorate = full
         date = relative
         diffMerges = off
         mailmap = true
`

func TestDates(t *testing.T) {
	needGit(t)
	const a, b = "content/a.md", "content/b.md"
	edited := func(seed, mark string) string { return strings.Replace(text(seed), " 3\n", " "+mark+"\n", 1) }
	for name, test := range map[string]struct {
		make func(repo)
		want files
	}{
		"changes": {func(r repo) {
			r.commit("2024-01-01", files{a: "1", b: "1", "site.yaml": "x"})
			r.commit("2024-01-02", files{a: "2"})
			r.commit("2024-01-03", files{"site.yaml": "y"})
			r.write(files{a: "not committed", "content/new.md": "not tracked"})
		}, files{"a.md": "2024-01-01 2024-01-02", "b.md": "2024-01-01 2024-01-01"}},
		"a clock that went back": {func(r repo) {
			r.commit("2024-03-01", files{a: "1"})
			r.commit("2024-01-01", files{a: "2"})
		}, files{"a.md": "2024-01-01 2024-03-01"}},
		"renames": {func(r repo) {
			r.commit("2024-01-01", files{a: text("a")})
			r.commit("2024-01-02", files{a: "", b: edited("a", "x")})
			r.commit("2024-01-03", files{b: "", "content/sub/c.md": edited("a", "x"), "content/d.md": text("d"), "content/e.md": text("e")})
			r.commit("2024-01-04", files{"content/d.md": "", "content/e.md": "", "content/f.md": edited("d", "x"), "content/g.md": edited("e", "x")})
		}, files{"sub/c.md": "2024-01-01 2024-01-03", "f.md": "2024-01-03 2024-01-04", "g.md": "2024-01-03 2024-01-04"}},
		"a new file at the old name": {func(r repo) {
			r.commit("2024-01-01", files{a: text("a")})
			r.commit("2024-01-02", files{a: "", b: text("a")})
			r.commit("2024-01-03", files{a: text("new")})
			r.commit("2024-01-04", files{a: edited("new", "x")})
		}, files{"a.md": "2024-01-03 2024-01-04", "b.md": "2024-01-01 2024-01-02"}},
		"a rename to the name of what was removed": {func(r repo) {
			r.commit("2024-01-01", files{b: text("b")})
			r.commit("2024-01-02", files{b: "", a: text("a")})
			r.commit("2024-01-03", files{a: "", b: text("a")})
		}, files{"b.md": "2024-01-02 2024-01-03"}},
		"removed, and back": {func(r repo) {
			r.commit("2024-01-01", files{a: "1", b: "1"})
			r.commit("2024-01-02", files{a: "", b: ""})
			r.commit("2024-01-03", files{a: "another"})
		}, files{"a.md": "2024-01-01 2024-01-03"}},
		"from elsewhere": {func(r repo) {
			r.commit("2024-01-01", files{"draft.md": text("a"), b: text("b")})
			r.commit("2024-01-02", files{"draft.md": "", a: text("a")})
			r.commit("2024-01-03", files{b: "", "away.md": text("b")})
		}, files{"a.md": "2024-01-02 2024-01-02"}},
		"odd names": {func(r repo) {
			r.commit("2024-01-01", files{"content/één twee.md": "1", "content/\"'\\.md": "2", "content/a\nb": "3", "content/-M": "4", "content/@12": "5", "content/\xff": "6", "content/M": "7", "content/content/a": "8"})
			r.commit("2024-01-02", files{"content/a\nb": "4"})
		}, files{"één twee.md": "2024-01-01 2024-01-01", "\"'\\.md": "2024-01-01 2024-01-01", "a\nb": "2024-01-01 2024-01-02", "-M": "2024-01-01 2024-01-01", "@12": "2024-01-01 2024-01-01", "\xff": "2024-01-01 2024-01-01", "M": "2024-01-01 2024-01-01", "content/a": "2024-01-01 2024-01-01"}},
		"the day in Amsterdam": {func(r repo) {
			for name, when := range (files{
				"winter-before": "2024-01-31T22:59:59Z", "winter-after": "2024-01-31T23:00:00Z",
				"summer-before": "2024-07-31T21:59:59Z", "summer-after": "2024-07-31T22:00:00Z",
				"march-before": "2024-03-30T23:30:00Z", "march-after": "2024-03-31T22:30:00Z",
				"october-before": "2024-10-26T22:30:00Z", "october-after": "2024-10-27T22:30:00Z",
				"far": "2024-05-01T16:00:00-0800",
			}) {
				r.commit(when, files{"content/" + name: name})
			}
		}, files{
			"winter-before": "2024-01-31 2024-01-31", "winter-after": "2024-02-01 2024-02-01",
			"summer-before": "2024-07-31 2024-07-31", "summer-after": "2024-08-01 2024-08-01",
			"march-before": "2024-03-31 2024-03-31", "march-after": "2024-04-01 2024-04-01",
			"october-before": "2024-10-27 2024-10-27", "october-after": "2024-10-27 2024-10-27",
			"far": "2024-05-02 2024-05-02",
		}},
		"a merge that only merges": {func(r repo) {
			r.commit("2024-01-01", files{a: "1", b: "1"})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{a: "2"})
			r.git("switch", "-q", "main")
			r.commit("2024-01-03", files{b: "2"})
			r.gitAt("2024-01-09T12:00:00Z", "", "merge", "-q", "--no-ff", "-m", "x", "side")
		}, files{"a.md": "2024-01-01 2024-01-02", "b.md": "2024-01-01 2024-01-03"}},
		"a merge that changes": {func(r repo) {
			r.commit("2024-01-01", files{a: "1"})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{a: "2"})
			r.git("switch", "-q", "main")
			r.commit("2024-01-03", files{a: "3"})
			r.git("merge", "-q", "-s", "ours", "--no-commit", "side")
			r.commit("2024-01-09", files{a: "4", b: "made in the merge"})
		}, files{"a.md": "2024-01-01 2024-01-09", "b.md": "2024-01-09 2024-01-09"}},
		"renamed here, changed there": {func(r repo) {
			r.commit("2024-01-01", files{a: text("a"), b: text("b")})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{a: edited("a", "x"), b: "", "content/b2.md": text("b")})
			r.git("switch", "-q", "main")
			r.commit("2024-01-03", files{a: "", "content/a2.md": text("a"), b: edited("b", "x")})
			r.gitAt("2024-01-09T12:00:00Z", "", "merge", "-q", "--no-ff", "-m", "x", "side")
		}, files{"a2.md": "2024-01-01 2024-01-09", "b2.md": "2024-01-01 2024-01-09"}},
		"renamed there, kept here": {func(r repo) {
			r.commit("2024-01-01", files{a: text("a")})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{a: "", b: text("a")})
			r.git("switch", "-q", "main")
			r.commit("2024-01-03", files{"content/c.md": "1"})
			r.git("merge", "-q", "-s", "ours", "--no-commit", "side")
			r.commit("2024-01-09", files{b: text("a")})
		}, files{"a.md": "2024-01-01 2024-01-01", "b.md": "2024-01-01 2024-01-02", "c.md": "2024-01-03 2024-01-03"}},
		"renamed in a merge": {func(r repo) {
			r.commit("2024-01-01", files{a: text("a")})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{"content/c.md": "1"})
			r.git("switch", "-q", "main")
			r.commit("2024-01-03", files{"content/d.md": "1"})
			r.git("merge", "-q", "--no-commit", "side")
			r.commit("2024-01-09", files{a: "", b: text("a")})
		}, files{"b.md": "2024-01-01 2024-01-09", "c.md": "2024-01-02 2024-01-02", "d.md": "2024-01-03 2024-01-03"}},
		"changed on a branch and changed back": {func(r repo) {
			r.commit("2024-01-01", files{a: "1"})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-01-02", files{a: "2"})
			r.commit("2024-01-03", files{a: "1"})
			r.git("switch", "-q", "main")
			r.commit("2024-01-04", files{b: "1"})
			r.gitAt("2024-01-09T12:00:00Z", "", "merge", "-q", "--no-ff", "-m", "x", "side")
		}, files{"a.md": "2024-01-01 2024-01-01", "b.md": "2024-01-04 2024-01-04"}},
		"a clock that went back on a branch": {func(r repo) {
			r.commit("2024-03-01", files{a: text("a")})
			r.git("switch", "-q", "-c", "side")
			r.commit("2024-04-01", files{"content/c.md": "1"})
			r.git("switch", "-q", "main")
			r.commit("2024-02-01", files{a: "", b: text("a")})
			r.gitAt("2024-05-01T12:00:00Z", "", "merge", "-q", "--no-ff", "-m", "x", "side")
		}, files{"b.md": "2024-02-01 2024-03-01", "c.md": "2024-04-01 2024-04-01"}},
		"three branches": {func(r repo) {
			r.commit("2024-01-01", files{a: "1"})
			for i, branch := range []string{"one", "two"} {
				r.git("switch", "-q", "-c", branch, "main")
				r.commit(fmt.Sprintf("2024-01-0%d", i+2), files{"content/" + branch: branch})
			}
			r.git("switch", "-q", "main")
			r.commit("2024-01-04", files{a: "2"})
			r.gitAt("2024-01-09T12:00:00Z", "", "merge", "-q", "--no-commit", "one", "two")
			r.commit("2024-01-09", files{b: "made in the merge"})
		}, files{"a.md": "2024-01-01 2024-01-04", "one": "2024-01-02 2024-01-02", "two": "2024-01-03 2024-01-03", "b.md": "2024-01-09 2024-01-09"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRepo(t, t.TempDir())
			test.make(r)
			h := read1(t, r.dir)
			equal(t, h, test.want)
			// Settings of the repository change nothing, nor would those of a user.
			config, err := os.OpenFile(filepath.Join(r.dir, ".git", "config"), os.O_APPEND|os.O_WRONLY, 0)
			if err == nil {
				_, err = config.WriteString(settings)
				config.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
			equal(t, read1(t, r.dir), test.want)
		})
	}
}

// Random histories without branches, against dates that are kept from the oldest
// commit to the newest.
func TestDatesOfRandomHistories(t *testing.T) {
	needGit(t)
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 0))
		r := newRepo(t, filepath.Join(t.TempDir(), "-r"))
		now, past := map[string]*Dates{}, map[string]*Dates{} // past: of removed files
		var input strings.Builder
		for i := range 400 {
			day := time.Date(2020, 1, 1+i, 0, 0, 0, 0, time.UTC)
			name := string(rune('a' + random.IntN(12)))
			other := string(rune('a' + random.IntN(12)))
			var change string
			switch dates := now[name]; {
			case dates == nil:
				if dates = past[name]; dates == nil {
					dates = &Dates{First: day}
				}
				delete(past, name)
				dates.Last = day
				now[name] = dates
				change = fmt.Sprintf("M 100644 inline content/%s\ndata 5\n%05d\n", name, i)
			case random.IntN(4) == 0:
				past[name] = dates
				delete(now, name)
				change = fmt.Sprintf("D content/%s\n", name)
			case now[other] == nil:
				dates.Last = day
				now[other] = dates
				delete(now, name)
				delete(past, other)
				change = fmt.Sprintf("R content/%s content/%s\n", name, other)
			default:
				dates.Last = day
				change = fmt.Sprintf("M 100644 inline content/%s\ndata 5\n%05d\n", name, i)
			}
			fmt.Fprintf(&input, "commit refs/heads/main\ncommitter a <a@example.org> %d +0000\ndata 1\nx\n%s\n", day.Add(12*time.Hour).Unix(), change)
		}
		r.gitAt("", input.String(), "fast-import", "--quiet")
		r.git("checkout", "-q", "main")
		want := files{}
		for name, dates := range now {
			want[name] = dates.First.Format(time.DateOnly) + " " + dates.Last.Format(time.DateOnly)
		}
		if len(want) < 3 {
			t.Fatalf("only %d files are left", len(want))
		}
		equal(t, read1(t, r.dir), want)
	}
}

// Wherever a site is, its history is found and the stamp names the same commit.
func TestPlaces(t *testing.T) {
	needGit(t)
	const day = "2024-01-01 2024-01-01"
	base := t.TempDir()
	main := newRepo(t, filepath.Join(base, "main"))
	main.commit("2024-01-01", files{"content/a": "1", " -site\n/content/b": "1", "bundel/c": "1", "link/x": "1"})
	main.git("worktree", "add", "-q", "../linked", "-b", "linked")
	main.git("clone", "-q", "--depth=1", "file://"+filepath.ToSlash(main.dir), "../flat") // all there is, so not shallow
	main.git("clone", "-q", ".", "../clone")
	if err := os.Symlink("../bundel", filepath.Join(main.dir, "link", "content")); err != nil {
		t.Skip("needs symbolic links: ", err)
	}
	outer := newRepo(t, filepath.Join(base, "outer"))
	outer.git("submodule", "--quiet", "add", "../main", "content")
	detached := repo{t, filepath.Join(base, "clone")}
	detached.git("checkout", "-q", "--detach")
	detached.git("pack-refs", "--all")

	for name, test := range map[string]struct {
		dir  string
		want files
	}{
		"root":             {"main", files{"a": day}},
		"folder":           {"main/ -site\n", files{"b": day}},
		"no content":       {"main/bundel", nil},
		"linked folder":    {"main/link", files{"c": day}},
		"linked work tree": {"linked", files{"a": day}},
		"submodule":        {"outer", files{"content/a": day, " -site\n/content/b": day, "bundel/c": day, "link/x": day}},
		"detached":         {"clone", files{"a": day}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(base, filepath.FromSlash(test.dir))
			t.Setenv("GIT_DIR", filepath.Join(outer.dir, ".git")) // as a hook would have it
			t.Setenv("GIT_WORK_TREE", outer.dir)
			t.Setenv("GIT_INDEX_FILE", "nowhere")
			t.Setenv("GIT_PREFIX", "x/")
			h := read1(t, dir)
			equal(t, h, test.want)
			if stamp := Stamp(dir); test.want != nil && (len(h.Head) < 40 || !bytes.Contains(stamp, []byte("\x00"+h.Head+"\x00"))) {
				t.Errorf("head %q, stamp %q", h.Head, stamp)
			}
			t.Chdir(dir)
			equal(t, read1(t, "."), test.want)
			if !bytes.Equal(Stamp("."), Stamp(dir)) {
				t.Error("the stamp depends on how a folder is named")
			}
		})
	}
}

func TestShallow(t *testing.T) {
	needGit(t)
	base := t.TempDir()
	whole := newRepo(t, filepath.Join(base, "whole"))
	whole.commit("2024-01-01", files{"content/a": "1"})
	whole.commit("2024-01-02", files{"content/b": "1"})
	whole.git("clone", "-q", "--depth=1", "file://"+filepath.ToSlash(whole.dir), "../shallow")
	r := repo{t, filepath.Join(base, "shallow")}
	before := Stamp(r.dir)
	if h := read1(t, r.dir); !h.Shallow || h.Head == "" || h.Problem != "" || len(h.files) != 0 {
		t.Errorf("%+v", h)
	}
	r.git("fetch", "-q", "--unshallow")
	h := read1(t, r.dir)
	equal(t, h, files{"a": "2024-01-01 2024-01-01", "b": "2024-01-02 2024-01-02"})
	if h.Shallow || bytes.Equal(Stamp(r.dir), before) {
		t.Error("the rest came, and nobody knows")
	}
}

func TestNoHistory(t *testing.T) {
	needGit(t)
	dir := t.TempDir()
	os.Mkdir(filepath.Join(dir, "content"), 0o777)
	t.Run("no repository", func(t *testing.T) {
		// The folder for temporary files may be in one.
		t.Setenv("GIT_CONFIG_COUNT", "0")
		if out, err := exec.Command("git", "-C", dir, "rev-parse").CombinedOutput(); err == nil {
			t.Skip("all is in a repository here: ", string(out))
		}
		if h := read1(t, dir); h.Head != "" || h.Problem != "" || len(h.files) != 0 || Stamp(dir) != nil {
			t.Errorf("%+v, stamp %q", h, Stamp(dir))
		}
	})
	r := newRepo(t, dir)
	r.write(files{"content/a": "1"})
	t.Run("no commit", func(t *testing.T) {
		before := Stamp(dir)
		if h := read1(t, dir); h.Head != "" || h.Problem != "" || len(h.files) != 0 || before == nil {
			t.Errorf("%+v, stamp %q", h, before)
		}
		r.commit("2024-01-01", nil)
		if bytes.Equal(Stamp(dir), before) {
			t.Error("the stamp did not see the first commit")
		}
	})
	t.Run("no git", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		if h := read1(t, dir); h.Head != "" || h.Problem != "" || len(h.files) != 0 {
			t.Errorf("%+v", h)
		}
	})
	t.Run("another owner", func(t *testing.T) {
		if os.Getuid() != 0 {
			t.Skip("only root can give files away")
		}
		for _, name := range []string{"", ".git"} {
			if err := os.Chown(filepath.Join(dir, name), 54321, 54321); err != nil {
				t.Skip(err)
			}
		}
		h := read1(t, dir)
		if h.Head != "" || !strings.Contains(h.Problem, "andere gebruiker") || !strings.Contains(h.Remedy, "git config --global --add safe.directory "+dir) {
			t.Errorf("%+v", h)
		}
		t.Setenv("GIT_CONFIG_COUNT", "1")
		t.Setenv("GIT_CONFIG_KEY_0", "safe.directory")
		t.Setenv("GIT_CONFIG_VALUE_0", "*")
		equal(t, read1(t, dir), files{"a": "2024-01-01 2024-01-01"})
	})
	t.Run("a damaged repository", func(t *testing.T) {
		r := newRepo(t, t.TempDir())
		r.commit("2024-01-01", files{"content/a": "1"})
		r.commit("2024-01-02", files{"content/a": "2"})
		commit := r.git("rev-parse", "HEAD^")
		if err := os.Remove(filepath.Join(r.dir, ".git", "objects", commit[:2], commit[2:])); err != nil {
			t.Fatal(err)
		}
		if h := read1(t, r.dir); h.Head != "" || !strings.Contains(h.Problem, "geen goed antwoord") || h.Remedy == "" {
			t.Errorf("%+v", h)
		}
	})
}

// A stamp changes with the commit that is checked out, and with nothing else.
func TestStamp(t *testing.T) {
	needGit(t)
	r := newRepo(t, t.TempDir())
	r.commit("2024-01-01", files{"content/a": "1", "sub/content/a": "1"})
	stamp := Stamp(r.dir)
	if bytes.Equal(stamp, Stamp(filepath.Join(r.dir, "sub"))) {
		t.Error("another folder has the same stamp")
	}
	for _, step := range []struct {
		name string
		do   func()
		same bool
	}{
		{"edit", func() { r.write(files{"content/a": "2"}) }, true},
		{"new branch", func() { r.git("switch", "-q", "-c", "new") }, true},
		{"symbolic branch", func() {
			r.git("symbolic-ref", "refs/heads/symbolic", "refs/heads/new")
			r.git("switch", "-q", "symbolic")
		}, true},
		{"commit", func() { r.commit("2024-01-02", nil) }, false},
		{"pack", func() { r.git("gc", "-q"); r.git("pack-refs", "--all") }, true},
		{"detach", func() { r.git("checkout", "-q", "--detach") }, true},
		{"back", func() { r.git("switch", "-q", "main") }, false},
	} {
		before := stamp
		step.do()
		stamp = Stamp(r.dir)
		if bytes.Equal(stamp, before) != step.same {
			t.Errorf("after %s: %q, before: %q", step.name, stamp, before)
		}
		if h := read1(t, r.dir); !bytes.Contains(stamp, []byte(h.Head)) {
			t.Errorf("after %s: head %s is not in %q", step.name, h.Head, stamp)
		}
	}
}

// A git that hangs is given up with the context; one that talks nonsense is told of.
func TestStrangeGit(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("needs sh")
	}
	dir, bin := t.TempDir(), t.TempDir()
	os.Mkdir(filepath.Join(dir, "content"), 0o777)
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	script := func(text string) {
		if err := os.WriteFile(filepath.Join(bin, "git"), []byte("#!/bin/sh\n"+text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	script(`case $1 in rev-parse) printf 'content/\nfalse\nabc\n';; ls-tree) printf 'a\0';; *) printf 'hallo\0';; esac`)
	if h := read1(t, dir); h.Head != "" || h.Problem == "" || h.Remedy == "" {
		t.Errorf("nonsense: %+v", h)
	}
	script("exec sleep 1000")
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if h, err := Read(ctx, dir); err != context.DeadlineExceeded || h.Head != "" {
		t.Errorf("%+v, %v", h, err)
	}
}

// tokens is an answer of git.
func tokens(list ...string) string { return strings.Join(list, "\x00") + "\x00" }

func FuzzWalk(f *testing.F) {
	const names = "a\x00b c\x00\xff\n\x00"
	good := tokens("@1709251200", "", "MR", "p/a", "p/old", "p/a", "AA", "x", "y", "z",
		"@1709164800", "\nM", "p/old", "R087", "p/b", "p/b c",
		"@1709078400", "\nA", "p/old", "C75", "p/b", "p/\xff\n")
	w := newWalk("p/", names)
	if _, err := w.Write([]byte(good)); err != nil {
		f.Fatal(err)
	}
	want := files{"a": "2024-02-28 2024-03-01", "b c": "2024-02-29 2024-02-29", "\xff\n": "2024-02-28 2024-02-28"}
	if got := days(&History{files: w.dates()}); !maps.Equal(got, want) {
		f.Fatalf("%q", got)
	}
	f.Add(good)
	for _, bad := range []string{tokens("hallo"), tokens("@"), tokens("@1x"), tokens("@1", "12"), tokens("@1", "\nM", "p/a", "p/a")} {
		if _, err := newWalk("p/", names).Write([]byte(bad)); err != errStrange {
			f.Fatalf("%q is taken: %v", bad, err)
		}
		f.Add(bad)
	}
	for _, late := range []string{tokens("@-1", "\nA", "p/a"), tokens("@9223372036854775807", "\nA", "p/a"), tokens("A", "p/a")} {
		w := newWalk("p/", names)
		if _, err := w.Write([]byte(late)); err != nil || len(w.dates()) != 0 {
			f.Fatalf("%q: %v, %v", late, err, w.dates())
		}
		f.Add(late)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		whole, pieces := newWalk("p/", names), newWalk("p/", names)
		_, err := whole.Write([]byte(answer))
		var again error
		for i := 0; i < len(answer) && again == nil; i++ {
			_, again = pieces.Write([]byte(answer[i : i+1]))
		}
		h := &History{Head: "abc", files: whole.dates()}
		if err != again || !maps.Equal(h.files, pieces.dates()) {
			t.Errorf("in pieces %v %v, whole %v %v", again, pieces.dates(), err, h.files)
		}
		for name, dates := range h.files {
			if !slices.Contains([]string{"a", "b c", "\xff\n"}, name) || dates.Last.Before(dates.First) || dates.First.Year() < 1970 {
				t.Errorf("%q: %v", name, dates)
			}
		}
		var back History
		data, _ := h.AppendBinary(nil)
		if err := back.UnmarshalBinary(data); err != nil || back.Head != h.Head || !maps.Equal(back.files, h.files) {
			t.Errorf("%v: %v became %v", err, h, back)
		}
	})
}

func FuzzUnmarshalBinary(f *testing.F) {
	day := time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	good, _ := (&History{Head: "abc", Shallow: true, files: map[string]Dates{"a": {day, day}, "b/é": {day, day.AddDate(1, 0, 0)}}}).AppendBinary(nil)
	var h History
	if err := h.UnmarshalBinary(good); err != nil || h.Head != "abc" || !h.Shallow || days(&h)["b/é"] != "2024-02-29 2025-03-01" || len(h.files) != 2 {
		f.Fatal(h, err)
	}
	for cut := range len(good) {
		if h.UnmarshalBinary(good[:cut]) == nil {
			f.Fatalf("cut at %d goes unseen", cut)
		}
	}
	f.Add(good)
	f.Add([]byte{})
	f.Add([]byte("\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var h, again History
		if h.UnmarshalBinary(data) != nil {
			return
		}
		once, _ := h.AppendBinary(nil)
		if err := again.UnmarshalBinary(once); err != nil || !maps.Equal(again.files, h.files) || again.Head != h.Head || again.Shallow != h.Shallow {
			t.Errorf("%v: %v became %v", err, h, again)
		}
	})
}

// 2,000 commits of 3,000 files: a tenth are merges, one in twenty renames.
func BenchmarkRead(b *testing.B) {
	needGit(b)
	r := newRepo(b, b.TempDir())
	random := rand.New(rand.NewPCG(1, 2))
	names := make([]string, 3000)
	page := func(i int) string { return text(fmt.Sprintf("%x", i*7919)) + strings.Repeat("en verder\n", 100) }
	var in strings.Builder
	begin := func(i int, branch string, merge string) {
		fmt.Fprintf(&in, "commit refs/heads/%s\nmark :%d\ncommitter a <a@example.org> %d +0100\ndata 1\nx\n%s", branch, i+1, 1600000000+i*7200, merge)
	}
	write := func(name, text string) {
		fmt.Fprintf(&in, "M 100644 inline %s\ndata %d\n%s\n", name, len(text), text)
	}
	begin(0, "main", "")
	for i := range names {
		names[i] = fmt.Sprintf("content/deel-%02d/tekst-%04d.md", i%40, i)
		write(names[i], page(i))
	}
	for i := 1; i < 2000; i++ {
		switch n := random.IntN(len(names)); {
		case i%10 == 8: // a change on a branch, that the next commit merges
			begin(i, "side", fmt.Sprintf("from :%d\n", i))
			write(names[n], page(n+i))
		case i%10 == 9:
			begin(i, "main", fmt.Sprintf("from :%d\nmerge :%d\n", i-1, i))
			write(names[n], page(n+i))
			fmt.Fprintf(&in, "M 100644 inline %s\ndata 3\nabc\n", names[random.IntN(len(names))])
		case i%20 == 5:
			begin(i, "main", fmt.Sprintf("from :%d\n", i))
			moved := fmt.Sprintf("content/deel-%02d/nieuw-%04d.md", i%40, i)
			fmt.Fprintf(&in, "R %s %s\n", names[n], moved)
			names[n] = moved
		default:
			begin(i, "main", fmt.Sprintf("from :%d\n", i))
			for range 1 + random.IntN(4) {
				n := random.IntN(len(names))
				write(names[n], page(n+i))
			}
		}
	}
	r.gitAt("", in.String(), "fast-import", "--quiet")
	r.git("checkout", "-q", "main")
	b.Run("git", func(b *testing.B) {
		for b.Loop() {
			if h := read1(b, r.dir); len(h.files) != 3000 {
				b.Fatal(len(h.files), h.Problem)
			}
		}
	})
	h := read1(b, r.dir)
	data, _ := h.AppendBinary(nil)
	b.Run("stamp", func(b *testing.B) {
		for b.Loop() {
			Stamp(r.dir)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if err := h.UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
		}
	})
}
