package serve

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"kennishub/internal/search"
)

func TestPreview(t *testing.T) {
	dir := publish(t, "/hub/")
	before, err := os.ReadFile(dir + "/a/index.html")
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, Options{Dir: dir, Preview: true})
	script := `<script src="/hub/.kennishub/reload.js?` + s.events.state() + `" defer></script></body>`
	for target, status := range map[string]int{"/hub/": 200, "/hub/a/": 200, "/hub/nee/": 404, "/hub/zoeken/?q=rekenen": 200, "/hub/zoeken/?q=a&sort=x": 400} {
		w := get(t, s, target)
		if w.Code != status || strings.Count(w.Body.String(), script) != 1 || strings.Contains(w.Body.String(), "kennishub-faults") {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s is kept: %q", target, w.Header().Get("Cache-Control"))
		}
	}
	if body := get(t, s, "/hub/groot.html").Body.String(); !strings.HasSuffix(body, strings.TrimSuffix(script, "</body>")) {
		t.Error("a page without an end has no script")
	}
	if body := get(t, s, "/hub/assets/logo.svg").Body.String(); body != "<svg/>" {
		t.Errorf("another file: %s", body)
	}
	for target, kind := range map[string]string{"/hub/.kennishub/reload.js": "text/javascript; charset=utf-8", "/hub/.kennishub/preview.css": "text/css; charset=utf-8"} {
		if w := get(t, s, target); w.Code != 200 || w.Header().Get("Content-Type") != kind || w.Body.Len() == 0 {
			t.Errorf("%s: %d %s", target, w.Code, w.Header())
		}
	}
	if w := get(t, s, "/hub/.kennishub/iets"); w.Code != 404 {
		t.Errorf("anything else: %d", w.Code)
	}

	s.SetFaults(map[string][]string{"/hub/a/": {`content/a.md:3:1: <b>fout</b> "x"`}, "/hub/nee/": {"weg"}}, []string{"overal"})
	w := get(t, s, "/hub/a/")
	for _, want := range []string{
		`<body><link rel="stylesheet" href="/hub/.kennishub/preview.css"><aside class="kennishub-faults"`,
		"Er zijn 2 fouten gevonden", "<li>content/a.md:3:1: &lt;b&gt;fout&lt;/b&gt; &#34;x&#34;</li><li>overal</li></ul></aside>pagina a",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("lacks %q:\n%s", want, w.Body)
		}
	}
	if body := get(t, s, "/hub/").Body.String(); !strings.Contains(body, "Er is 1 fout gevonden") {
		t.Errorf("home: %s", body)
	}
	if w := get(t, s, "/hub/nee/"); w.Code != 404 || !strings.Contains(w.Body.String(), "<li>weg</li>") {
		t.Errorf("a page that could not be made: %d %s", w.Code, w.Body)
	}
	if body := get(t, s, "/hub/zoeken/").Body.String(); !strings.Contains(body, `<body class="x"><link`) {
		t.Errorf("search page: %s", body)
	}
	s.SetFaults(nil, nil)
	if body := get(t, s, "/hub/a/").Body.String(); strings.Contains(body, "kennishub-faults") {
		t.Errorf("after mending: %s", body)
	}
	after, err := os.ReadFile(dir + "/a/index.html")
	if err != nil || string(after) != string(before) {
		t.Errorf("the file changed: %s %v", after, err)
	}
}

func TestLive(t *testing.T) {
	dir := publish(t, "/")
	if err := search.Remove(dir + "/" + indexFolder); err != nil {
		t.Fatal(err)
	}
	var live *search.Live
	s := open(t, Options{Dir: dir, Preview: true, Live: func() *search.Live { return live }})
	if w := get(t, s, "/api/search?q=zebra"); w.Code != 503 {
		t.Errorf("before the first build: %d", w.Code)
	}
	live, err := search.NewLive(settings)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := live.Apply([]search.Document{{URL: "/z/", Title: "Zebra"}}); err != nil {
		t.Fatal(err)
	}
	if w := get(t, s, "/zoeken/?q=zebra"); w.Code != 200 || !strings.Contains(w.Body.String(), "hit /z/") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(t, s, "/healthz"); !strings.Contains(w.Body.String(), "live-") {
		t.Errorf("%s", w.Body)
	}
	if err := live.Close(); err != nil {
		t.Fatal(err)
	}
	if w := get(t, s, "/api/search?q=zebra"); w.Code != 503 {
		t.Errorf("while it is replaced: %d", w.Code)
	}
}

func TestEvents(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/"), Preview: true})
	server := httptest.NewServer(s)
	defer server.Close()
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	r, err := http.NewRequestWithContext(ctx, "GET", server.URL+"/.kennishub/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Type"); got != "text/event-stream; charset=utf-8" {
		t.Errorf("type %q", got)
	}
	lines := bufio.NewScanner(response.Body)
	next := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.HasPrefix(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended before %q: %v", want, lines.Err())
	}
	next("event: hello")
	next("data: " + s.events.state())
	s.Notify(Event{URLs: []string{"/a/"}})
	next("event: reload")
	next(`data: {"urls":["/a/"]}`)
	s.Notify(Event{})
	next(`data: {"urls":null}`)

	// A page that was made before an event learns of it when it begins to listen.
	if before, after := s.events.state(), func() string { s.Notify(Event{}); return s.events.state() }(); before == after {
		t.Errorf("%s before and after an event", before)
	}

	// A page that leaves is forgotten; telling nobody is fine.
	leave()
	for s.open() != 0 {
		time.Sleep(time.Millisecond) // the test's own time limit ends this
	}
	s.Notify(Event{})
}

func (s *Server) open() int {
	s.events.mu.Lock()
	defer s.events.mu.Unlock()
	return len(s.events.streams)
}

func TestNotifyWithoutPreview(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	s.Notify(Event{}) // nothing to tell, and nobody to tell it to
	s.SetFaults(nil, []string{"fout"})
	if body := get(t, s, "/a/").Body.String(); strings.Contains(body, "fout") {
		t.Errorf("a published page shows faults: %s", body)
	}
}
