package serve

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"kennishub/internal/diag"
	"kennishub/internal/search"
	"kennishub/internal/tally"
	"kennishub/internal/theme"
)

// themeFiles is the smallest theme that shows all that a search page can.
var themeFiles = fstest.MapFS{
	"templates/base.html": {Data: []byte(`<!doctype html><html lang="nl"><head><title>{{.Title}}</title></head><body class="x">{{block "main" .}}{{end}}</body></html>`)},
	"templates/page.html": {Data: []byte(`{{define "main"}}{{.Title}}{{end}}`)},
	"templates/list.html": {Data: []byte(`{{define "main"}}{{.Title}}{{end}}`)},
	"templates/zoeken.html": {Data: []byte(`{{define "main"}}q=[{{.Query}}] asked={{if .Asked}}true{{else}}false{{end}} error=[{{.Error}}] total={{.Total}} sort={{.Sort}}
{{range .Hits}}<p>hit {{.URL}} {{.Title}} ({{.KindLabel}}, {{.Date.Text}}) {{.Excerpt}}{{range .Sections}} [{{.URL}} {{.Title}} {{.Excerpt}}]{{end}}</p>
{{end}}{{range .Facets}}{{$n := .Name}}<fieldset>{{.Label}}:{{range .Values}} {{$n}}={{.Value}} {{.Label}} {{.Count}}{{if .Chosen}} chosen{{end}};{{end}}</fieldset>
{{end}}{{range .Chosen}}<p>without <a href="{{.URL}}">{{.Text}}</a></p>
{{end}}{{with .Unfiltered}}<p>unfiltered <a href="{{.}}"></a></p>
{{end}}{{with .Pager}}<p>page {{.Number}} of {{.Of}} prev=<a href="{{.Previous}}"></a> next=<a href="{{.Next}}"></a>{{range .Pages}} {{.Number}}{{end}}</p>
{{end}}{{range .Missing}}<p>missing {{.}}</p>{{end}}{{range .Nearest}}<p>near {{.URL}} {{.Title}} {{.KindLabel}}</p>{{end}}{{end}}`)},
	"messages/nl.json": {Data: []byte(`{}`)},
	"assets/site.css":  {Data: []byte(`body { color: black }`)},
}

var settings = search.Settings{
	Language: "nl",
	Kinds:    []search.Value{{Value: "experiment", Label: "Experimenten"}, {Value: "publicatie", Label: "Publicaties"}},
	Facets:   []search.Facet{{Name: "thema", Label: "Thema", Values: []search.Value{{Value: "rekenen", Label: "Rekenen"}, {Value: "ai", Label: "AI"}}}},
}

func documents(base string) []search.Document {
	docs := []search.Document{
		{URL: base + "a/", Title: "Rekenen met <b>blokken</b>", Kind: "experiment", Date: "2024-03-01", Fields: map[string]string{"kind": "Experiment"},
			Facets: map[string][]string{"thema": {"rekenen"}}, Sections: []search.Section{{Text: "Vooraf."}, {ID: "doel", Title: "Doel", Text: "Leren rekenen & <script>alert(1)</script> meer."}}},
		{URL: base + "b/", Title: "Een chatbot", Kind: "publicatie", Date: "2023-12-25", Facets: map[string][]string{"thema": {"ai"}},
			Sections: []search.Section{{Text: "De chatbot rekent mee bij het rekenen."}}},
	}
	for i := range 34 {
		docs = append(docs, search.Document{URL: fmt.Sprintf("%sv/%02d/", base, i), Title: fmt.Sprintf("Verslag %02d", i), Sections: []search.Section{{Text: "Een verslag."}}})
	}
	return docs
}

// leads is a page as a build writes it at an old address.
func leads(to string) string {
	return `<!doctype html><meta http-equiv="refresh" content="0; url=` + to + `"><a href="` + to + `">A</a>`
}

// publish makes a published folder.
func publish(t *testing.T, base string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "index.html", "<html><body>home</body></html>")
	write(t, dir, "404.html", "<html><body>eigen 404</body></html>")
	write(t, dir, "a/index.html", "<html><body>pagina a</body></html>")
	write(t, dir, "b c/é/index.html", "<html><body>bc</body></html>")
	write(t, dir, "leeg/foto.png", "png")
	write(t, dir, "oud/index.html", leads(base+"b%20c/%C3%A9/"))
	write(t, dir, "nieuwste/index.html", leads(base+"a/x&amp;y-1.zip"))
	write(t, dir, "elders/index.html", leads("//elders.example/"))
	write(t, dir, "ver/index.html", leads("https://elders.example/"))
	write(t, dir, "lang/index.html", leads(base+"a/")+strings.Repeat("<p>tekst</p>", 1000))
	write(t, dir, "assets/site-0A1B2C3D.css", strings.Repeat("body { color: black }\n", 200))
	write(t, dir, "assets/logo.svg", "<svg/>")
	write(t, dir, "groot.html", strings.Repeat("<p>tekst</p>", 1000))
	write(t, dir, ".well-known/security.txt", "Contact: mailto:a@example.org")
	write(t, dir, ".well-known/.geheim", "x")
	write(t, dir, ".geheim", "x")
	write(t, dir, ".git/config", "x")
	write(t, dir, "a/.geheim/x.txt", "x")
	publishPage(t, dir, base)
	publishIndex(t, dir, documents(base))
	return dir
}

func write(t *testing.T, dir, name, data string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
}

func publishPage(t *testing.T, dir, base string) {
	t.Helper()
	engine, found := theme.Open(themeFiles, theme.Options{Name: "proef", BasePath: base, Language: "nl"})
	if engine == nil {
		var b strings.Builder
		diag.Write(&b, found)
		t.Fatal(b.String())
	}
	site := theme.Seal(&theme.Site{Title: "Hub", Language: "nl", HomeURL: base, SearchURL: base + "zoeken/"})
	view := &theme.Search{Page: theme.Page{Site: site, Title: "Zoeken", URL: base + "zoeken/"}}
	data, err := engine.Bundle(view)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, pageFile, string(data))
}

func publishIndex(t *testing.T, dir string, docs []search.Document) {
	t.Helper()
	if _, err := search.Build(filepath.Join(dir, indexFolder), docs, settings); err != nil {
		t.Fatal(err)
	}
	if err := search.Prune(filepath.Join(dir, indexFolder)); err != nil {
		t.Fatal(err)
	}
}

// open makes a server and checks that it closes.
func open(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// remote is the name for who asks, among the headers of a test. Else it is the
// machine itself.
const remote = "(remote)"

// get asks for a target as it stands in a request line; headers are names and
// values by turns.
func get(t *testing.T, s http.Handler, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	return request(t, s, "GET", target, headers...)
}

func request(t *testing.T, s http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, "/", nil)
	r.RemoteAddr = "127.0.0.1:1"
	r.RequestURI = target
	u, err := url.ParseRequestURI(target)
	if err != nil {
		t.Fatal(err)
	}
	r.URL = u
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == remote {
			r.RemoteAddr = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	for _, header := range securityHeaders {
		if got := w.Header().Get(header[0]); got != header[1] {
			t.Errorf("%s: %s is %q", target, header[0], got)
		}
	}
	return w
}

func TestFiles(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	const html, none = "text/html; charset=utf-8", "eigen 404"
	tests := []struct {
		target string
		status int
		kind   string
		body   string // contained
	}{
		{"/", 200, html, "home"},
		{"/index.html", 200, html, "home"},
		{"/a/", 200, html, "pagina a"},
		{"/a/?x=1", 200, html, "pagina a"},
		{"/b%20c/%C3%A9/", 200, html, "bc"},
		{"/assets/site-0A1B2C3D.css", 200, "text/css; charset=utf-8", "color"},
		{"/assets/logo.svg", 200, "image/svg+xml; charset=utf-8", "<svg/>"},
		{"/leeg/foto.png", 200, "image/png", "png"},
		{"/.well-known/security.txt", 200, "text/plain; charset=utf-8", "Contact"},
		{"/404.html", 200, html, none},

		{"/nee/", 404, html, none},
		{"/nee", 404, html, none},
		{"/leeg/", 404, html, none}, // no listings
		{"/leeg", 404, html, none},
		{"/leeg/foto.png/", 404, html, none},
		{"/.geheim", 404, html, none},
		{"/.git/config", 404, html, none},
		{"/%2egit/config", 404, html, none},
		{"/a/.geheim/x.txt", 404, html, none},
		{"/.well-known/.geheim", 404, html, none},
		{"/.search/current", 404, html, none},
		{"/.search/site.json", 404, html, none},
		{"/.kennishub/reload.js", 404, html, none}, // not a preview
		{"/../etc/passwd", 404, html, none},
		{"/a/../index.html", 404, html, none},
		{"/a/%2e%2e/index.html", 404, html, none},
		{"/%2e%2e/%2e%2e/etc/passwd", 404, html, none},
		{"/..%2f..%2fetc%2fpasswd", 404, html, none},
		{"/..%5c..%5cetc%5cpasswd", 404, html, none},
		{"/a\\..\\index.html", 404, html, none},
		{"/./a/", 404, html, none},
		{"//a/", 404, html, none},
		{"//example.org/a", 404, html, none},
		{"/a//", 404, html, none},
		{"/index.html%00.png", 404, html, none},
		{"/%00", 404, html, none},
		{"/%ff%fe/", 404, html, none},
		{"/" + strings.Repeat("a", 300), 404, html, none},
		{"/" + strings.Repeat("a/", 100_000), 404, html, none},
		{"/api", 404, jsonType, "not-found"},
		{"/api/elders", 404, jsonType, "not-found"},
	}
	for _, test := range tests {
		w := get(t, s, test.target)
		name := test.target[:min(len(test.target), 60)]
		if w.Code != test.status || w.Header().Get("Content-Type") != test.kind || !strings.Contains(w.Body.String(), test.body) {
			t.Errorf("%s: %d %s %.80q", name, w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		head := request(t, s, "HEAD", test.target)
		if head.Code != w.Code || head.Header().Get("Content-Length") != w.Header().Get("Content-Length") {
			t.Errorf("%s: HEAD gives %d %s", name, head.Code, head.Header().Get("Content-Length"))
		}
	}
}

func TestLinksOutOfTheFolder(t *testing.T) {
	dir := publish(t, "/")
	outside := t.TempDir()
	write(t, outside, "geheim.html", "GEHEIM")
	for name, target := range map[string]string{"uit.html": filepath.Join(outside, "geheim.html"), "uit": outside, "op": "..", "in.html": "a/index.html"} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skipf("skipped: needs symbolic links: %v", err)
		}
	}
	s := open(t, Options{Dir: dir})
	for target, status := range map[string]int{"/uit.html": 404, "/uit/geheim.html": 404, "/uit/": 404, "/uit": 404, "/op/": 404, "/in.html": 200} {
		if w := get(t, s, target); w.Code != status || strings.Contains(w.Body.String(), "GEHEIM") {
			t.Errorf("%s: %d %q", target, w.Code, w.Body)
		}
	}
}

func FuzzFileName(f *testing.F) {
	for path, want := range map[string]bool{
		"": true, "a": true, "a/": true, "a/b.html": true, ".well-known/x": true, "é ü": true,
		"/": false, "..": false, "a/../b": false, "a//b": false, ".x": false, "a/.x": false, "a/.well-known": false, "a\\b": false, "a\x00": false,
	} {
		if _, ok := fileName(path); ok != want {
			f.Errorf("%q: %v", path, ok)
		}
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		name, ok := fileName(path)
		if !ok {
			return
		}
		if name != "" && !fs.ValidPath(name) && utf8.ValidString(name) {
			t.Errorf("%q gives %q", path, name)
		}
		if rest := strings.TrimPrefix(name, ".well-known"); strings.HasPrefix(rest, ".") || strings.Contains(rest, "/.") {
			t.Errorf("%q gives the dot file %q", path, name)
		}
	})
}

func TestRedirects(t *testing.T) {
	root := open(t, Options{Dir: publish(t, "/")})
	below := open(t, Options{Dir: publish(t, "/kennishub/")})
	tests := []struct {
		s        *Server
		target   string
		status   int
		location string
	}{
		{root, "/a", 301, "/a/"},
		{root, "/oud/", 302, "/b%20c/%C3%A9/"},
		{root, "/nieuwste/", 302, "/a/x&y-1.zip"},
		{below, "/kennishub/nieuwste/", 302, "/kennishub/a/x&y-1.zip"},
		{root, "/elders/", 200, ""},
		{root, "/ver/", 200, ""},
		{root, "/lang/", 200, ""},
		{root, "/a?x=1&y=%20", 301, "/a/?x=1&y=%20"},
		{root, "/b%20c/%C3%A9", 301, "/b%20c/%C3%A9/"},
		{root, "/zoeken?q=a", 301, "/zoeken/?q=a"},
		{below, "/", 302, "/kennishub/"},
		{below, "/kennishub", 302, "/kennishub/"},
		{below, "/kennishub/a", 301, "/kennishub/a/"},
		{below, "/kennishub/zoeken?q=a", 301, "/kennishub/zoeken/?q=a"},
	}
	for _, test := range tests {
		w := get(t, test.s, test.target)
		if w.Code != test.status || w.Header().Get("Location") != test.location {
			t.Errorf("%s: %d %s", test.target, w.Code, w.Header().Get("Location"))
		}
	}
}

func TestBasePath(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/kennishub/")})
	for target, status := range map[string]int{
		"/kennishub/": 200, "/kennishub/a/": 200, "/kennishub/zoeken/": 200, "/kennishub/api/search?q=rekenen": 200, "/kennishub/healthz": 200,
		"/a/": 404, "/zoeken/": 404, "/api/search?q=rekenen": 404, "/healthz": 404, "/kennishubx/": 404, "/kennishub//": 404,
	} {
		if w := get(t, s, target); w.Code != status {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	if body := get(t, s, "/kennishub/zoeken/?kind=experiment").Body.String(); !strings.Contains(body, `hit /kennishub/a/`) || !strings.Contains(body, `without <a href="/kennishub/zoeken/">`) {
		t.Errorf("search page: %s", body)
	}
}

func TestMethods(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"} {
		for _, target := range []string{"/", "/api/search", "/nee"} {
			if w := request(t, s, method, target); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" {
				t.Errorf("%s %s: %d %q", method, target, w.Code, w.Header().Get("Allow"))
			}
		}
	}
}

func TestCaching(t *testing.T) {
	dir := publish(t, "/")
	s := open(t, Options{Dir: dir})
	for target, want := range map[string]string{
		"/": "no-cache", "/assets/logo.svg": "no-cache", "/assets/site-0A1B2C3D.css": "public, max-age=31536000, immutable",
		"/nee": "no-cache", "/zoeken/": "no-store", "/api/search?q=a": "no-store", "/healthz": "no-store",
	} {
		if got := get(t, s, target).Header().Get("Cache-Control"); got != want {
			t.Errorf("%s: %q", target, got)
		}
	}

	for _, encoding := range []string{"", "gzip"} {
		first := get(t, s, "/groot.html", "Accept-Encoding", encoding)
		tag := first.Header().Get("Etag")
		if first.Code != 200 || tag == "" || first.Header().Get("Vary") != "Accept-Encoding" {
			t.Fatalf("%q: %d %v", encoding, first.Code, first.Header())
		}
		for _, known := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
			w := get(t, s, "/groot.html", "Accept-Encoding", encoding, "If-None-Match", known)
			if w.Code != 304 || w.Body.Len() != 0 || w.Header().Get("Etag") != tag {
				t.Errorf("%q %s: %d", encoding, known, w.Code)
			}
		}
		if w := get(t, s, "/groot.html", "Accept-Encoding", encoding, "If-None-Match", `"x"`); w.Code != 200 {
			t.Errorf("another tag: %d", w.Code)
		}
		write(t, dir, "groot.html", strings.Repeat("<p>tekst</p>", 1001))
		if w := get(t, s, "/groot.html", "Accept-Encoding", encoding, "If-None-Match", tag); w.Code != 200 {
			t.Errorf("%q: a changed file gives %d", encoding, w.Code)
		}
		write(t, dir, "groot.html", strings.Repeat("<p>tekst</p>", 1000))
	}
}

func TestGzip(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	tests := []struct {
		target, accept string
		packed         bool
	}{
		{"/groot.html", "gzip", true},
		{"/groot.html", "br, gzip;q=0.5", true},
		{"/groot.html", "gzip;q=0", false},
		{"/groot.html", "gzip; q=0.0", false},
		{"/groot.html", "gzip;x", false},
		{"/groot.html", "br", false},
		{"/groot.html", "", false},
		{"/assets/site-0A1B2C3D.css", "gzip, deflate", true},
		{"/", "gzip", false}, // too small
		{"/leeg/foto.png", "gzip", false},
		{"/api/search?q=verslag", "gzip", true},
	}
	for _, test := range tests {
		w := get(t, s, test.target, "Accept-Encoding", test.accept)
		packed := w.Header().Get("Content-Encoding") == "gzip"
		if packed != test.packed {
			t.Errorf("%s %q: packed is %v", test.target, test.accept, packed)
		}
		if w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
			t.Errorf("%s %q: length %s of %d", test.target, test.accept, w.Header().Get("Content-Length"), w.Body.Len())
		}
		if !packed {
			continue
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		if want := get(t, s, test.target).Body.Bytes(); !strings.Contains(test.target, "?") && !bytes.Equal(got, want) {
			t.Errorf("%s: other bytes", test.target)
		}
	}
}

func TestRanges(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	tests := []struct {
		target, ask string
		status      int
		answer      string
	}{
		{"/leeg/foto.png", "bytes=1-", 206, "ng"},
		{"/leeg/foto.png", "bytes=-1", 206, "g"},
		{"/leeg/foto.png", "bytes=9-", 416, ""},
		{"/groot.html", "bytes=3-7", 206, "tekst"}, // never compressed
	}
	for _, test := range tests {
		w := get(t, s, test.target, "Range", test.ask, "Accept-Encoding", "gzip")
		if w.Code != test.status || test.status == 206 && w.Body.String() != test.answer {
			t.Errorf("%s %s: %d %q", test.target, test.ask, w.Code, w.Body)
		}
	}
}

func TestNoOwn404(t *testing.T) {
	dir := publish(t, "/")
	if err := os.Remove(filepath.Join(dir, "404.html")); err != nil {
		t.Fatal(err)
	}
	if w := get(t, open(t, Options{Dir: dir}), "/nee"); w.Code != 404 || !strings.Contains(w.Body.String(), "bestaat niet") {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestHTTPS(t *testing.T) {
	dir := publish(t, "/")
	if got := get(t, open(t, Options{Dir: dir}), "/").Header().Get("Strict-Transport-Security"); got != "" {
		t.Errorf("unasked: %q", got)
	}
	if got := get(t, open(t, Options{Dir: dir, HTTPS: true}), "/").Header().Get("Strict-Transport-Security"); got != strictTransport {
		t.Errorf("asked: %q", got)
	}
}

func TestHealth(t *testing.T) {
	dir := publish(t, "/")
	id, err := search.Current(filepath.Join(dir, indexFolder))
	if err != nil || id == "" {
		t.Fatal(id, err)
	}
	w := get(t, open(t, Options{Dir: dir}), "/healthz")
	if want := fmt.Sprintf(`{"status":"ok","build":%q}`, id); w.Code != 200 || strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestAPI(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	w := get(t, s, "/api/search?q=rekenen+doel")
	if w.Code != 200 || w.Header().Get("Content-Type") != jsonType || w.Header().Get("X-Robots-Tag") != "noindex" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	var r search.Results
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	want := search.HitSection{URL: "/a/#doel", Title: "Doel"}
	if r.Total != 2 || r.Hits[0].URL != "/a/" || len(r.Hits[0].Sections) != 1 || r.Hits[0].Sections[0] != want ||
		!strings.Contains(r.Hits[0].Excerpt, "<mark>rekenen</mark> &amp; &lt;script&gt;") {
		t.Errorf("%s", w.Body)
	}

	tests := []struct {
		query  string
		status int
		code   string
		says   string
	}{
		{"", 200, "", ""},
		{"q=", 200, "", ""},
		{"q=rekenen&kind=experiment&kind=publicatie&thema=ai&thema=rekenen&sort=date&limit=2&offset=1", 200, "", ""},
		{"q=a%00b%0a%ff", 200, "", ""},
		{"limit=0", 400, search.CodeBadLimit, "1 tot en met 50"},
		{"limit=-1", 400, search.CodeBadLimit, ""},
		{"limit=51", 400, search.CodeBadLimit, ""},
		{"limit=1e3", 400, search.CodeBadLimit, ""},
		{"limit=+5", 400, search.CodeBadLimit, ""},
		{"limit=", 400, search.CodeBadLimit, ""},
		{"limit=99999999999999999999", 400, search.CodeBadLimit, ""},
		{"offset=-1", 400, search.CodeBadOffset, ""},
		{"offset=1001", 400, search.CodeBadOffset, ""},
		{"sort=titel", 400, search.CodeBadSort, "relevance of date"},
		{"kind=experimenten", 400, search.CodeUnknownKind, "experiment, publicatie"},
		{"q=a&q=b", 400, codeRepeated, "q "},
		{"q=%zz", 400, codeBadQuery, ""},
		{"q=a;b=c", 400, codeBadQuery, ""},
		{"tema=ai", 400, codeUnknownParameter, `"thema"`},
		{"Q=a", 400, codeUnknownParameter, `"q"`},
		{"<script>=1", 400, codeUnknownParameter, ""},
		{strings.Repeat("x", 5000) + "=1", 400, codeUnknownParameter, ""},
		{"q=" + strings.Repeat("a", 10_000), 400, search.CodeQueryTooLong, "200"},
		{"q=" + strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyz", ""), "1+") + "1", 400, search.CodeTooManyWords, "16"},
	}
	for _, test := range tests {
		w := get(t, s, "/api/search?"+strings.ReplaceAll(test.query, "<script>", "%3Cscript%3E"))
		var answer struct {
			Error struct{ Code, Message string }
			Hits  []any
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Errorf("%.60s: %v in %.100q", test.query, err, w.Body)
		}
		if w.Code != test.status || answer.Error.Code != test.code || !strings.Contains(answer.Error.Message, test.says) || test.status == 400 && answer.Error.Message == "" {
			t.Errorf("%.60s: %d %.300s", test.query, w.Code, w.Body)
		}
		if test.status == 200 && answer.Hits == nil {
			t.Errorf("%.60s: hits is null", test.query)
		}
		if w.Body.Len() > 4000 && test.status == 400 {
			t.Errorf("%.60s: %d bytes to say no", test.query, w.Body.Len())
		}
	}
}

func TestSuggestions(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/kennishub/")})
	w := get(t, s, "/kennishub/api/suggest?q=rek+met")
	want := `{"suggestions":[{"text":"Rekenen met <b>blokken</b>","url":"/kennishub/a/","kind":"Experiment"}]}`
	if w.Code != 200 || strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for name, value := range map[string]string{"Content-Type": jsonType, "X-Robots-Tag": "noindex", "Cache-Control": "no-store"} {
		if got := w.Header().Get(name); got != value {
			t.Errorf("%s is %q", name, got)
		}
	}
	for _, test := range []struct {
		query  string
		status int
		code   string
		count  int
	}{
		{"", 200, "", 0},
		{"q=", 200, "", 0},
		{"q=r", 200, "", 1},
		{"q=doel", 200, "", 1},
		{"q=chatbott", 200, "", 1},
		{"q=verslag", 200, "", suggestions},
		{"q=v", 200, "", suggestions},
		{"q=...%2F%3F*()%5B%22", 200, "", 0},
		{"q=rek%00enen%0a", 200, "", 0},
		{"q=%00chatbot%00", 200, "", 1},
		{"q=%ffchatbot", 200, "", 1},
		{"q=%ff%fe", 200, "", 0},
		{"q=%F0%9F%98%80+chatbot", 200, "", 1},
		{"q=%E2%80%AEchatbot", 200, "", 1},
		{"q=%D7%A9%D7%9C%D7%95%D7%9D", 200, "", 0},
		{"q=" + strings.Repeat("a", 10_000), 400, search.CodeQueryTooLong, 0},
		{"q=" + strings.Join(strings.Split("abcdefghijklmnopqrstuvwxyz", ""), "1+") + "1", 400, search.CodeTooManyWords, 0},
		{"q=a&q=b", 400, codeRepeated, 0},
		{"q=%zz", 400, codeBadQuery, 0},
		{"q=a&limit=3", 400, codeUnknownParameter, 0},
		{strings.Repeat("x", 5000) + "=1", 400, codeUnknownParameter, 0},
	} {
		w := get(t, s, "/kennishub/api/suggest?"+test.query)
		var answer struct {
			Error       struct{ Code, Message string }
			Suggestions []search.Suggestion
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Errorf("%.60s: %v in %.100q", test.query, err, w.Body)
		}
		if w.Code != test.status || answer.Error.Code != test.code || len(answer.Suggestions) != test.count ||
			(answer.Suggestions == nil) != (test.status == 400) || (answer.Error.Message == "") == (test.status == 400) || w.Body.Len() > 2000 {
			t.Errorf("%.60s: %d %.300s", test.query, w.Code, w.Body)
		}
	}
}

func TestSearchPage(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	tests := []struct {
		query  string
		status int
		has    []string
		hasNot []string
	}{
		{"", 200, []string{"q=[] asked=false", "Soort: kind=experiment Experimenten 1; kind=publicatie Publicaties 1;", "Thema: thema=rekenen Rekenen 1;", "sort=relevance"}, []string{"hit ", "without"}},
		{"q=rekenen", 200, []string{"q=[rekenen] asked=true error=[] total=2", "hit /a/ Rekenen met &lt;b&gt;blokken&lt;/b&gt; (Experiment, 1 maart 2024)",
			"<mark>rekenen</mark>", "[/a/#doel Doel", "hit /b/ Een chatbot (Publicaties, 25 december 2023)"}, []string{"<script>alert", "page 1"}},
		{"q=rekenen&kind=experiment", 200, []string{"total=1", "kind=experiment Experimenten 1 chosen;", "kind=publicatie Publicaties 1;", `without <a href="/zoeken/?q=rekenen">Experimenten</a>`}, []string{"hit /b/", "unfiltered"}},
		{"kind=experiment&thema=ai&thema=rekenen", 200, []string{"asked=true", "total=1", `<a href="/zoeken/?thema=ai&amp;thema=rekenen">Experimenten</a>`,
			`<a href="/zoeken/?kind=experiment&amp;thema=rekenen">AI</a>`, `unfiltered <a href="/zoeken/">`}, nil},
		{"q=rekenen&sort=date&offset=0&kind=experiment&thema=rekenen", 200, []string{`unfiltered <a href="/zoeken/?q=rekenen&amp;sort=date">`}, nil},
		{"thema=weg", 200, []string{"total=0", `without <a href="/zoeken/">weg</a>`}, nil},
		{"thema=%3Cscript%3E", 200, []string{"&lt;script&gt;"}, []string{"<script>"}},
		{"q=verslag", 200, []string{"total=34", "page 1 of 4", `prev=<a href="">`, `next=<a href="/zoeken/?offset=10&amp;q=verslag">`, " 1 2 3 4<"}, nil},
		{"q=verslag&offset=20&sort=date", 200, []string{"page 3 of 4", `prev=<a href="/zoeken/?offset=10&amp;q=verslag&amp;sort=date">`, "sort=date"}, nil},
		{"q=zebra", 200, []string{"asked=true", "total=0", "missing zebra"}, []string{"near"}},
		{"q=chatbot&kind=experiment", 200, []string{"total=0", "near /b/ Een chatbot "}, nil},
		{"q=chatbot", 200, []string{"total=1"}, []string{"near"}},
		{"q=rekenen&utm_source=post&fbclid=1", 200, []string{"total=2"}, nil}, // somebody's tracking is not the reader's fault
		{"q=%3Cscript%3Ealert(1)%3C/script%3E", 200, []string{"q=[&lt;script&gt;"}, []string{"<script>"}},
		{"q=" + strings.Repeat("a", 201), 400, []string{"asked=true", "error=[De zoekvraag is langer dan 200 tekens; gebruik minder woorden.]", "kind=experiment Experimenten 1;"}, []string{strings.Repeat("a", 201)}},
		{"q=rekenen&offset=-1", 400, []string{"q=[rekenen]", "error=[Offset "}, []string{"hit "}},
		{"q=rekenen&sort=x", 400, []string{"error=[Sort "}, nil},
		{"q=rekenen&kind=nee", 400, []string{"error=[De soort", `without <a href="/zoeken/?q=rekenen">nee</a>`}, nil},
		{"q=%zz", 400, []string{"error=[Het adres"}, nil},
	}
	for _, test := range tests {
		w := get(t, s, "/zoeken/?"+test.query)
		if w.Code != test.status || w.Header().Get("Content-Type") != htmlType || w.Header().Get("X-Robots-Tag") != "noindex" {
			t.Errorf("%.60s: %d %v", test.query, w.Code, w.Header())
		}
		for _, want := range test.has {
			if !strings.Contains(w.Body.String(), want) {
				t.Errorf("%.60s lacks %q:\n%s", test.query, want, w.Body)
			}
		}
		for _, not := range test.hasNot {
			if strings.Contains(w.Body.String(), not) {
				t.Errorf("%.60s has %q:\n%s", test.query, not, w.Body)
			}
		}
	}
}

func TestPager(t *testing.T) {
	tests := []struct {
		total, offset, deepest int
		want                   string // number/of: pages, 0 for a gap
	}{
		{10, 0, 1000, ""},
		{11, 0, 1000, "1/2: 1 2"},
		{95, 40, 1000, "5/10: 1 0 3 4 5 6 7 0 10"},
		{95, 90, 1000, "10/10: 1 0 8 9 10"},
		{95, 45, 1000, "5/10: 1 0 3 4 5 6 7 0 10"},
		{95, 500, 1000, "10/10: 1 0 8 9 10"},
		{5000, 0, 40, "1/5: 1 2 3 0 5"},
	}
	for _, test := range tests {
		got := ""
		if p := pager(test.total, search.Query{Offset: test.offset, Limit: pageHits}, test.deepest, searchAddress{page: "/z/"}); p != nil {
			got = fmt.Sprintf("%d/%d:", p.Number, p.Of)
			for _, n := range p.Pages {
				got += fmt.Sprint(" ", n.Number)
				if (n.URL == "") != (n.Number == 0 || n.Number == p.Number) {
					t.Errorf("page %d leads to %q", n.Number, n.URL)
				}
			}
		}
		if got != test.want {
			t.Errorf("%d %d: got %q, want %q", test.total, test.offset, got, test.want)
		}
	}
}

func TestNoIndex(t *testing.T) {
	dir := publish(t, "/")
	if err := search.Remove(filepath.Join(dir, indexFolder)); err != nil {
		t.Fatal(err)
	}
	s := open(t, Options{Dir: dir})
	for target, says := range map[string]string{"/healthz": "no-index", "/api/search?q=a": "no-index", "/zoeken/?q=a": "Zoeken kan nu niet"} {
		if w := get(t, s, target); w.Code != 503 || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	if w := get(t, s, "/a/"); w.Code != 200 {
		t.Errorf("pages: %d", w.Code)
	}
}

func TestNoSearchPage(t *testing.T) {
	dir := publish(t, "/")
	for _, data := range []string{"", "{", "{}", `{"Version":-1}`} {
		write(t, dir, pageFile, data)
		var log bytes.Buffer
		s := open(t, Options{Dir: dir, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		if w := get(t, s, "/zoeken/?q=a"); w.Code != 503 {
			t.Errorf("%q: %d %s", data, w.Code, w.Body)
		}
		if w := get(t, s, "/api/search?q=rekenen"); w.Code != 200 {
			t.Errorf("%q: the API gives %d", data, w.Code)
		}
		if !strings.Contains(log.String(), "zoekpagina") {
			t.Errorf("%q: logged %q", data, log.String())
		}
	}
}

func TestNoFolder(t *testing.T) {
	_, err := New(Options{Dir: filepath.Join(t.TempDir(), "public")})
	if err == nil || !strings.Contains(err.Error(), "kennishub build") {
		t.Errorf("got %v", err)
	}
}

// lookAgain makes the next request look for a new build.
func lookAgain(s *Server) { s.lastLook.Store(0) }

func TestNewBuild(t *testing.T) {
	dir := publish(t, "/")
	s := open(t, Options{Dir: dir})
	total := func() int {
		t.Helper()
		var r search.Results
		w := get(t, s, "/api/search?q=zebra")
		if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		return r.Total
	}
	if total() != 0 {
		t.Fatal("a zebra already")
	}
	publishIndex(t, dir, append(documents("/"), search.Document{URL: "/z/", Title: "Zebra"}))
	if total() != 0 {
		t.Error("it looks more often than it should")
	}
	lookAgain(s)
	if total() != 1 {
		t.Error("the new build is not taken up")
	}

	// A build that is damaged is not taken up, and the old one goes on.
	write(t, dir, indexFolder+"/current", "0123456789abcdef")
	lookAgain(s)
	if total() != 1 {
		t.Error("a damaged build was taken up")
	}
	publishIndex(t, dir, documents("/"))
	lookAgain(s)
	if total() != 0 {
		t.Error("the mended build is not taken up")
	}

	// Another search page, for another base.
	publishPage(t, dir, "/hub/")
	lookAgain(s)
	if w := get(t, s, "/hub/a/"); w.Code != 200 {
		t.Errorf("another base: %d", w.Code)
	}

	// The whole folder is replaced.
	old := dir + ".old"
	if err := os.Rename(dir, old); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(old) })
	lookAgain(s)
	if w := get(t, s, "/hub/a/"); w.Code != 200 {
		t.Errorf("while the folder is away: %d", w.Code)
	}
	write(t, dir, "index.html", "nieuw")
	lookAgain(s)
	get(t, s, "/")
	publishPage(t, dir, "/")
	lookAgain(s)
	if w := get(t, s, "/"); w.Body.String() != "nieuw" {
		t.Errorf("the new folder: %d %q", w.Code, w.Body)
	}
}

// Builds come and go while readers search: none of them notices.
func TestNewBuildsUnderLoad(t *testing.T) {
	dir := publish(t, "/")
	s := open(t, Options{Dir: dir})
	server := httptest.NewServer(s)
	defer server.Close()
	done := make(chan struct{})
	var wait sync.WaitGroup
	for i := range 6 {
		target := []string{"/api/search?q=rekenen", "/zoeken/?q=rekenen", "/a/", "/healthz"}[i%4]
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				response, err := http.Get(server.URL + target)
				if err != nil {
					t.Error(err)
					return
				}
				body, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil || response.StatusCode != 200 {
					t.Errorf("%s: %d %v %s", target, response.StatusCode, err, body)
					return
				}
			}
		})
	}
	for i := range 12 {
		publishIndex(t, dir, append(documents("/"), search.Document{URL: "/n/", Title: fmt.Sprint("Nieuw ", i)}))
		lookAgain(s)
	}
	close(done)
	wait.Wait()
}

// panicking is an index that does what none should.
type panicking struct{ searcher }

func (panicking) Search(_ context.Context, q search.Query) (*search.Results, error) {
	if q.Text == "index" {
		return nil, []error{}[len(q.Text)]
	}
	panic("oeps: " + q.Text)
}

func TestPanic(t *testing.T) {
	var log bytes.Buffer
	s := open(t, Options{Dir: publish(t, "/"), Logger: slog.New(slog.NewTextHandler(&log, nil)), Data: t.TempDir()})
	whole := s.state.index
	s.state.index = panicking{whole}
	for i, test := range []struct{ target, kind, says, logged string }{
		{"/zoeken/?q=geheim", textType, "ging iets mis", "keer=1"},
		{"/api/search?q=geheim", jsonType, `"code":"internal"`, "keer=2"},
		{"/api/search?q=index", jsonType, `"code":"internal"`, "out of range"},
	} {
		w := get(t, s, test.target)
		if w.Code != 500 || w.Header().Get("Content-Type") != test.kind || !strings.Contains(w.Body.String(), test.says) || strings.Contains(w.Body.String(), "oeps") {
			t.Errorf("%d: %d %s", i, w.Code, w.Body)
		}
		if !strings.Contains(log.String(), test.logged) || !strings.Contains(log.String(), "serve.panicking.Search") || strings.Contains(log.String(), "geheim") {
			t.Errorf("%d: logged %s", i, log.String())
		}
	}
	s.state.index = whole
	for range cap(s.state.gate.slots) + 1 { // all leave the gate
		if w := get(t, s, "/api/search?q=rekenen"); w.Code != 200 {
			t.Errorf("afterwards: %d", w.Code)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if days, err := tally.Read(s.options.Data); err != nil || len(days) == 0 || days[0].Failed != 3 {
		t.Errorf("%+v %v", days, err)
	}
}

func TestClosed(t *testing.T) {
	s, err := New(Options{Dir: publish(t, "/")})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if w := get(t, s, "/"); w.Code != 503 {
		t.Errorf("%d", w.Code)
	}
}

func TestRun(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/"), Preview: true})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	address := make(chan net.Addr, 1)
	go func() { ended <- s.Run(ctx, "127.0.0.1:0", func(a net.Addr) { address <- a }) }()
	addr := (<-address).String()
	response, err := http.Get("http://" + addr + "/a/")
	if err != nil || response.StatusCode != 200 {
		t.Fatal(response, err)
	}
	response.Body.Close()

	err = s.Run(context.Background(), addr, nil)
	if !errors.Is(err, ErrPortInUse) || !strings.Contains(err.Error(), "--addr") || !strings.Contains(err.Error(), addr) {
		t.Errorf("the same address again: %v", err)
	}
	if err := s.Run(context.Background(), "nergens:nergens", nil); err == nil || errors.Is(err, ErrPortInUse) {
		t.Errorf("a bad address: %v", err)
	}

	// An open stream does not keep it from stopping.
	stream, err := http.Get("http://" + addr + "/.kennishub/events")
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	began := time.Now()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if time.Since(began) >= grace {
		t.Error("it waited for the stream")
	}
}
