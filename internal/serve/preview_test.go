package serve

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"kennishub/internal/diag"
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

	fault := func(file, text string) diag.Message {
		return diag.Message{Code: "x", Severity: diag.Error, File: file, Text: text}
	}
	s.SetFaults([]diag.Message{fault("content/a.md", `<b>fout</b> "x"`), fault("content/weg.md", "weg")},
		map[string]string{"content/a.md": "/hub/a/", "content/weg.md": "/hub/nee/"})
	w := get(t, s, "/hub/a/")
	for _, want := range []string{
		`<body><link rel="stylesheet" href="/hub/.kennishub/preview.css"><aside class="kennishub-faults"`,
		`<b>content/a.md: fout:</b> &lt;b&gt;fout&lt;/b&gt; &#34;x&#34; [x]</li></ul>`, "</aside>pagina a",
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("lacks %q:\n%s", want, w.Body)
		}
	}
	if w := get(t, s, "/hub/nee/"); w.Code != 404 || !strings.Contains(w.Body.String(), "weg [x]</li>") {
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

// A page shows what is wrong with it as a terminal does, and where else something is
// wrong.
func TestFaults(t *testing.T) {
	message := func(severity diag.Severity, file, hint string) diag.Message {
		return diag.Message{Code: "x", Severity: severity, File: file, Line: 2, Col: 1, Text: "t", Hint: hint}
	}
	wrong := func(file string) diag.Message { return message(diag.Error, file, "") }
	bad := func(file string) diag.Message { return message(diag.Warning, file, "") }
	urls := map[string]string{"content/a.md": "/a/", "content/b.md": "/b/?x&y"}
	var many []diag.Message
	for i := range mostFiles + 2 {
		many = append(many, bad(fmt.Sprintf("content/%02d.txt", i)))
	}
	const (
		red, amber = `<aside class="kennishub-faults`, `<aside class="kennishub-faults kennishub-warnings`
		titled     = `" aria-labelledby="kennishub-faults"><h2 id="kennishub-faults">`
		small      = ` kennishub-elsewhere" aria-label="Meldingen over andere pagina's"><details><summary>`
		explained  = "</ul><p>kennishub explain CODE zegt er meer over</p>"
		ofA        = "<li><b>content/a.md:2:1: fout:</b> t [x]</li>"
		toA, toB   = `<li><a href="/a/">content/a.md</a>: `, `<li><a href="/b/?x&amp;y">content/b.md</a>: `
		done       = "</ul></details></aside>"
	)
	for _, test := range []struct {
		name     string
		messages []diag.Message
		want     string // on the page /a/
	}{
		{"nothing", nil, ""},
		{"its own", []diag.Message{wrong("content/a.md")}, red + titled + "Er is 1 fout gevonden</h2><ul>" + ofA + explained + "</aside>"},
		{"a warning", []diag.Message{message(diag.Warning, "content/a.md", "doe <dit>")},
			amber + titled + "Er is 1 waarschuwing gevonden</h2><ul><li><b>content/a.md:2:1: waarschuwing:</b> t [x]<p>doe &lt;dit&gt;</p></li>" + explained + "</aside>"},
		{"several", []diag.Message{wrong("content/a.md"), wrong("content/a.md"), bad("content/a.md")},
			red + titled + "Er zijn 2 fouten en 1 waarschuwing gevonden</h2><ul>" + ofA + ofA + strings.Replace(ofA, "fout", "waarschuwing", 1) + explained + "</aside>"},
		{"of another page", []diag.Message{wrong("content/b.md")}, red + small + "1 fout op een andere pagina</summary><ul>" + toB + "1 fout</li>" + done},
		{"its own and of another", []diag.Message{wrong("content/a.md"), bad("content/b.md"), bad("content/b.md")},
			red + titled + "Er is 1 fout gevonden</h2><ul>" + ofA + explained + "<details><summary>2 waarschuwingen op een andere pagina</summary><ul>" + toB + "2 waarschuwingen</li>" + done},
		{"of the site", []diag.Message{bad("site.yaml")}, amber + titled + "Er is 1 waarschuwing gevonden</h2><ul><li><b>site.yaml:2:1: waarschuwing:</b> t [x]</li>" + explained + "</aside>"},
		{"a page that is not there", []diag.Message{wrong("content/c.md")}, red + titled + "Er is 1 fout gevonden</h2><ul><li><b>content/c.md:2:1: fout:</b> t [x]</li>" + explained + "</aside>"},
		{"errors first", []diag.Message{bad("content/0.txt"), wrong("content/b.md")}, red + small + "1 fout en 1 waarschuwing op andere pagina's</summary><ul>" + toB + "1 fout</li><li>content/0.txt: 1 waarschuwing</li>" + done},
		{"many", many, "<li>content/09.txt: 1 waarschuwing</li><li>en nog 2 bestanden</li>" + done},
	} {
		var b bytes.Buffer
		(&faults{test.messages, urls}).box(&b, "/", "/a/")
		got := strings.TrimPrefix(b.String(), `<link rel="stylesheet" href="/.kennishub/preview.css">`)
		if got != test.want && (test.name != "many" || !strings.HasSuffix(got, test.want)) {
			t.Errorf("%s:\ngot  %s\nwant %s", test.name, got, test.want)
		}
	}
	var b bytes.Buffer
	(&faults{[]diag.Message{wrong("content/a.md")}, urls}).box(&b, "/", "/elders/")
	if !strings.Contains(b.String(), toA) {
		t.Errorf("from elsewhere: %s", b.String())
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
	s.SetFaults([]diag.Message{{Severity: diag.Error, Text: "fout"}}, nil)
	if body := get(t, s, "/a/").Body.String(); strings.Contains(body, "fout") {
		t.Errorf("a published page shows faults: %s", body)
	}
}
