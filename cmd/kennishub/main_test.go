package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"kennishub/internal/attachment"
)

// asProgram makes the test binary behave as kennishub.
const asProgram = "KENNISHUB_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	attachment.Main()
	if os.Getenv(asProgram) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"kennishub": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    code,
			"absent":  absent,
			"fill":    fill,
			"latin1":  latin1,
			"snap":    snapshot,
			"same":    same,
			"settled": settled,
		},
	})
}

// code N COMMAND… runs a command that must end with exit code N.
func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N command…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// absent TEXT DIR… fails when a file in a folder, or its name, holds the text.
func absent(ts *testscript.TestScript, neg bool, args []string) {
	found := ""
	files := 0
	for _, dir := range args[1:] {
		ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			data, err := os.ReadFile(name)
			if bytes.Contains(data, []byte(args[0])) || strings.Contains(name, args[0]) {
				found = name
			}
			return err
		}))
	}
	switch {
	case files == 0:
		ts.Fatalf("no files to look in")
	case neg && found == "":
		ts.Fatalf("no file holds %q", args[0])
	case !neg && found != "":
		ts.Fatalf("%s holds %q", found, args[0])
	}
}

// fill FILE MEGABYTES makes a large Markdown file.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	size, err := strconv.Atoi(args[1])
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = io.WriteString(f, "---\ntitle: Groot\n---\n")
	line := []byte(strings.Repeat("Een regel tekst die heel vaak terugkomt. ", 25) + "\n\n")
	for n := 0; err == nil && n < size<<20; n += len(line) {
		_, err = f.Write(line)
	}
	ts.Check(errors.Join(err, f.Close()))
}

// latin1 FILE writes a page in another encoding than UTF-8.
func latin1(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("---\ntitle: Cafe\n---\neen caf\xe9 met \xe9\xe9n tafel\n"), 0o666))
}

// state is what a folder holds: names, bytes and times.
func state(ts *testscript.TestScript, dir string) string {
	var b strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(dir), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		fmt.Fprintf(&b, "%s %d %x\n", name, info.ModTime().UnixNano(), data)
		return err
	}))
	return b.String()
}

var snapshots sync.Map // folder → state

// snap DIR remembers a folder; same DIR fails when it changed since.
func snapshot(ts *testscript.TestScript, _ bool, args []string) {
	snapshots.Store(ts.MkAbs(args[0]), state(ts, args[0]))
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	before, ok := snapshots.Load(ts.MkAbs(args[0]))
	if !ok || (state(ts, args[0]) == before) == neg {
		ts.Fatalf("the folder changed: %v", !neg)
	}
}

// settled waits until files that were just written count as left alone.
func settled(*testscript.TestScript, bool, []string) { time.Sleep(150 * time.Millisecond) }

// program runs the test binary as kennishub.
func program(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// running is a command that serves.
type running struct {
	url    string
	output *lockedBuffer
	stop   func() error
}

// start runs a command that serves, in a process of its own, and waits until it
// says where.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	cmd := program(ctx, append(args, "--addr", "127.0.0.1:0")...)
	out := &lockedBuffer{}
	cmd.Stdout, cmd.Stderr = out, out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 20 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	r := &running{output: out}
	r.stop = func() error {
		cancel()
		err := <-ended
		ended <- err
		if errors.Is(err, context.Canceled) {
			return nil // it was asked to stop, and ended with exit code 0
		}
		return err
	}
	t.Cleanup(func() { r.stop() })
	address := regexp.MustCompile(`http://\S+`)
	for range 600 {
		if r.url = address.FindString(out.String()); r.url != "" {
			return r
		}
		select {
		case err := <-ended:
			ended <- err
			t.Fatalf("ended: %v\n%s", err, out)
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatalf("no address in\n%s", out)
	return nil
}

func (r *running) get(t *testing.T, path string) (int, string) {
	t.Helper()
	resp, err := http.Get(strings.TrimSuffix(r.url, "/") + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// eventually asks until the answer holds the text.
func (r *running) eventually(t *testing.T, path, text string) {
	t.Helper()
	body := ""
	for range 200 {
		if _, body = r.get(t, path); strings.Contains(body, text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s never held %q:\n%s\n\noutput:\n%s", path, text, body, r.output)
}

// write makes files of a site.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	out, err := program(t.Context(), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("kennishub %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func TestServeNeedsOnlyTheOutput(t *testing.T) {
	source, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "www")
	write(t, source, map[string]string{
		"site.yaml":         "title: Proef\nbaseURL: https://example.org/hub/\n",
		"content/a/vis.md":  "---\ntitle: Vissen\ndate: 2024-05-01\n---\nOver de zeebaars.\n",
		"content/_index.md": "---\ntitle: Welkom\n---\nHallo.\n",
	})
	mustRun(t, "build", "--source", source)
	if err := os.Rename(filepath.Join(source, "public"), elsewhere); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "tellingen")
	r := start(t, "serve", "--source", t.TempDir(), "--output", elsewhere, "--data", data)
	if !strings.HasSuffix(r.url, "/hub/") {
		t.Errorf("address %s", r.url)
	}
	for path, want := range map[string]string{
		"/":                           "Welkom",
		"/a/vis/":                     "zeebaars",
		"/api/search?q=zeebaars":      `"total":1`,
		"/zoeken/?q=zeebaars":         "<mark>zeebaars</mark>",
		"/healthz":                    `"ok"`,
		"/feed.xml":                   "https://example.org/hub/a/vis/",
		"/sitemap.xml":                "https://example.org/hub/a/vis/",
		"/robots.txt":                 "Disallow: /hub/zoeken/",
		"/api/search?q=x&limit=later": `"error"`,
	} {
		if _, body := r.get(t, path); !strings.Contains(body, want) {
			t.Errorf("%s does not hold %q:\n%.600s", path, want, body)
		}
	}
	if status, _ := r.get(t, "/geen/pagina/"); status != http.StatusNotFound {
		t.Errorf("status %d", status)
	}
	if err := r.stop(); err != nil {
		t.Errorf("serve did not end well: %v\n%s", err, r.output)
	}
	// The same question at once by program and by page is one.
	if out := mustRun(t, "search", "--gaps", "--data", data); !strings.Contains(out, "1 zoekvraag, 0 zonder resultaat") {
		t.Errorf("counted: %s", out)
	}
}

func TestServeTakesUpANewBuild(t *testing.T) {
	source := t.TempDir()
	write(t, source, map[string]string{"site.yaml": "title: Proef", "content/a.md": "---\ntitle: A\n---\nappel\n"})
	mustRun(t, "build", "--source", source)
	r := start(t, "serve", "--source", source)
	r.eventually(t, "/api/search?q=appel", `"total":1`)
	write(t, source, map[string]string{"content/a.md": "---\ntitle: A\n---\npeer\n"})
	mustRun(t, "build", "--source", source)
	r.eventually(t, "/api/search?q=peer", `"total":1`)
	r.eventually(t, "/a/", "peer")
	r.eventually(t, "/api/search?q=appel", `"total":0`)
}

func TestPortInUse(t *testing.T) {
	source := t.TempDir()
	write(t, source, map[string]string{"site.yaml": "title: Proef", "content/a.md": "---\ntitle: A\n---\n"})
	mustRun(t, "build", "--source", source)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, command := range []string{"serve", "watch"} {
		out, err := program(t.Context(), command, "--source", source, "--addr", l.Addr().String()).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitMachine || !strings.Contains(string(out), "--addr") {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
}

func TestWatchFollowsEdits(t *testing.T) {
	source := t.TempDir()
	write(t, source, map[string]string{
		"site.yaml":    "title: Proef\n",
		"content/a.md": "---\ntitle: A\n---\nappel\n",
		"content/b.md": "---\ntitle: B\n---\nbes\n",
	})
	r := start(t, "watch", "--source", source)
	r.eventually(t, "/a/", "appel")

	// Editors that write a temporary file and rename it.
	write(t, source, map[string]string{"content/.a.md.swp": "x", "content/a.md.tmp": "---\ntitle: A\n---\nperzik\n"})
	if err := os.Rename(filepath.Join(source, "content/a.md.tmp"), filepath.Join(source, "content/a.md")); err != nil {
		t.Fatal(err)
	}
	r.eventually(t, "/a/", "perzik")
	r.eventually(t, "/api/search?q=perzik", `"total":1`)

	// A fault shows on its page, and the rest goes on.
	write(t, source, map[string]string{"content/a.md": "---\ntitel: A\n---\nperzik\n", "content/b.md": "---\ntitle: B\n---\nbraam\n"})
	r.eventually(t, "/a/", "onbekende sleutel")
	r.eventually(t, "/b/", "braam")
	if _, body := r.get(t, "/b/"); strings.Contains(body, "onbekende sleutel") {
		t.Error("a page shows the faults of another")
	}
	r.eventually(t, "/b/", `<a href="/a/">content/a.md</a>: 2 fouten`)

	// A broken site.yaml keeps the last good site.
	write(t, source, map[string]string{"site.yaml": "title: [Proef\n"})
	r.eventually(t, "/b/", "site.yaml:")
	r.eventually(t, "/b/", "braam")
	write(t, source, map[string]string{"site.yaml": "title: Beter\n", "content/a.md": "---\ntitle: A\n---\nhersteld\n"})
	r.eventually(t, "/a/", "hersteld")
	r.eventually(t, "/a/", "Beter")

	// What goes, goes.
	if err := os.Remove(filepath.Join(source, "content/b.md")); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		if status, _ := r.get(t, "/b/"); status == http.StatusNotFound {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if status, _ := r.get(t, "/b/"); status != http.StatusNotFound {
		t.Errorf("the removed page answers %d", status)
	}
	if _, err := os.Stat(filepath.Join(source, "public")); err == nil {
		t.Error("watch wrote public/")
	}
	if err := r.stop(); err != nil {
		t.Errorf("watch did not end well: %v\n%s", err, r.output)
	}
}

func TestWatchTellsTheBrowser(t *testing.T) {
	source := t.TempDir()
	write(t, source, map[string]string{"site.yaml": "title: Proef", "content/a.md": "---\ntitle: A\n---\nappel\n"})
	r := start(t, "watch", "--source", source)
	resp, err := http.Get(r.url + ".kennishub/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	events := make(chan string, 100)
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := resp.Body.Read(buf)
			if err != nil {
				close(events)
				return
			}
			events <- string(buf[:n])
		}
	}()
	if hello := <-events; !strings.Contains(hello, "hello") {
		t.Fatalf("first event: %q", hello)
	}
	write(t, source, map[string]string{"content/a.md": "---\ntitle: A\n---\npeer\n"})
	select {
	case e := <-events:
		if !strings.Contains(e, "reload") {
			t.Errorf("event %q", e)
		}
	case <-time.After(20 * time.Second):
		t.Error("no event")
	}
}

// A build that is killed at any moment leaves whole files, and the next one heals.
func TestKilledBuildsHeal(t *testing.T) {
	source, clean := t.TempDir(), t.TempDir()
	site := func(round int) map[string]string {
		files := map[string]string{"site.yaml": "title: Proef\n"}
		for i := range 150 {
			files[fmt.Sprintf("content/s%d/p%d.md", i%7, i)] = fmt.Sprintf("---\ntitle: Pagina %d\ntags: [t%d]\n---\nTekst van ronde %d. %s\n", i, (i+round)%5, round, strings.Repeat("Woorden genoeg. ", 50))
		}
		return files
	}
	killed := 0
	for round := range 12 {
		write(t, source, site(round))
		cmd := program(t.Context(), "build", "--source", source)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(15+round*25) * time.Millisecond)
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			killed++
		}
		wholeFiles(t, filepath.Join(source, "public"))
	}
	if killed == 0 {
		t.Fatal("every build was done before it could be killed: this tested nothing")
	}
	mustRun(t, "build", "--source", source)
	mustRun(t, "build", "--source", source, "--output", clean)
	sameFiles(t, filepath.Join(source, "public"), clean)
	if out := mustRun(t, "search", "--source", source, "ronde"); !strings.Contains(out, "150 resultaten") {
		t.Errorf("search: %.300s", out)
	}
}

// wholeFiles checks that every page in a folder is a whole page.
func wholeFiles(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" || strings.HasPrefix(d.Name(), ".") {
			return err // what begins with a dot is never served
		}
		data, err := os.ReadFile(name)
		if !bytes.HasSuffix(bytes.TrimSpace(data), []byte("</html>")) {
			t.Errorf("%s is not whole: …%.80q", name, data[max(0, len(data)-80):])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sameFiles compares what readers see of two output folders.
func sameFiles(t *testing.T, a, b string) {
	t.Helper()
	read := func(dir string) map[string]string {
		files := map[string]string{}
		filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			rel, _ := filepath.Rel(dir, name)
			if err != nil {
				return err
			}
			if base := d.Name(); base == ".kennishub-manifest" || base == ".kennishub-lock" || rel == ".search" {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if !d.IsDir() {
				data, _ := os.ReadFile(name)
				files[rel] = string(data)
			}
			return nil
		})
		return files
	}
	x, y := read(a), read(b)
	if len(x) < 100 {
		t.Fatalf("only %d files", len(x))
	}
	for name := range x {
		if x[name] != y[name] {
			t.Errorf("%s differs", name)
		}
	}
	for name := range y {
		if _, ok := x[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}
