package output

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/picture"
	"kennishub/internal/publish"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
	"kennishub/themes"
)

const siteYAML = `
title: Proef & zo
description: "Over <alles>"
baseURL: https://voorbeeld.nl/hub/
kinds:
  ding:
    folder: dingen
    label: {one: Ding, many: Dingen}
    fields:
      zie: {type: ref, kind: ding}
      thema: {type: term, vocabulary: themas}
      bestand: file
vocabularies:
  themas:
    label: {one: Thema, many: Thema's}
    terms: {ai: AI, privacy: Privacy}
`

var today = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// source is what a site is made from.
type source struct {
	yaml    string
	files   map[string]string
	theme   map[string]string // files that take the place of the built-in ones; "-" for none
	program string
	now     time.Time
}

func newSource(yaml string, pairs ...string) source {
	s := source{yaml: yaml, files: map[string]string{}, theme: map[string]string{}, now: today}
	for i := 0; i < len(pairs); i += 2 {
		s.files[pairs[i]] = pairs[i+1]
	}
	return s
}

// input makes a site. Its faults come along: a preview publishes it all the same.
func (s source) input(t testing.TB) (Input, []diag.Message) {
	t.Helper()
	cfg, messages := config.Load(fstest.MapFS{config.File: {Data: []byte(s.yaml)}})
	if len(messages) > 0 {
		t.Fatal(messages)
	}
	fsys := fstest.MapFS{}
	for name, text := range s.files {
		// The time stands for the contents, as it does in a file system.
		fsys[name] = &fstest.MapFile{Data: []byte(text), ModTime: today.Add(time.Duration(crc(text)) * time.Millisecond)}
	}
	tree := content.NewLoader(fsys, "content", nil).Load(cfg, nil)
	graph, messages := site.New(cfg, tree, site.Options{Now: s.now})
	messages = append(messages, tree.Messages...)
	for _, d := range tree.Documents {
		messages = append(messages, d.Messages...)
	}
	return Input{Site: graph, Theme: s.look(t, cfg), Content: fsys, Program: theme.SumOf(struct{ Program string }{s.program}), Memo: &view.Memo{}, Sizes: picture.NewStore("")}, messages
}

func crc(text string) (n uint32) {
	for _, b := range []byte(text) {
		n = n*31 + uint32(b)
	}
	return n
}

// looks are the built-in theme as it is, by base path and language: opening it takes
// far longer than making a small site.
var looks sync.Map

func (s source) look(t testing.TB, cfg *config.Config) *theme.Theme {
	t.Helper()
	key := cfg.BasePath + " " + cfg.Language
	if known, ok := looks.Load(key); ok && len(s.theme) == 0 {
		return known.(*theme.Theme)
	}
	builtIn, err := fs.Sub(themes.FS, "mbodigitaal")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	err = fs.WalkDir(builtIn, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(builtIn, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range s.theme {
		if files[name] = (&fstest.MapFile{Data: []byte(text)}); text == "-" {
			delete(files, name)
		}
	}
	look, said := theme.Open(files, theme.Options{Name: "mbodigitaal", BasePath: cfg.BasePath, Language: cfg.Language})
	if look == nil {
		t.Fatal(said)
	}
	if len(s.theme) == 0 {
		looks.Store(key, look)
	}
	return look
}

func (s source) plan(t testing.TB) *Plan {
	t.Helper()
	in, messages := s.input(t)
	for _, m := range messages {
		t.Fatalf("%s: %s", m.Position(), m.Text)
	}
	plan, err := Make(in)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func all(p *Plan) []publish.Artifact { return slices.Concat(p.Assets, p.Pages, p.Records) }

func text(t testing.TB, a publish.Artifact) string {
	t.Helper()
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		t.Fatalf("%s: %v", a.Path, err)
	}
	return b.String()
}

// file is what the plan writes to a path.
func file(t testing.TB, p *Plan, path string) string {
	t.Helper()
	for _, a := range all(p) {
		if a.Path == path {
			return text(t, a)
		}
	}
	t.Fatalf("there is no %s in %q", path, p.Paths())
	return ""
}

// hub is a site with a little of everything.
func hub() source {
	return newSource(siteYAML+"security: {contact: 'mailto:a@voorbeeld.nl', expires: 2025-01-31}\n",
		"_index.md", "---\ntitle: Welkom\n---\nTekst van de startpagina.\n",
		"over.md", "---\ntitle: Over\naliases: [/oud/, /ouder.html]\n---\nZie [A](dingen/a/index.md).\n",
		"dingen/a/index.md", "---\ntitle: \"A <b> & 'zo'\"\ndate: 2024-01-02\nthema: ai\ntags: [nieuw]\n---\n## Kop\n\n![Foto](foto.avif) [B](../b.md)\n",
		"dingen/a/foto.avif", "png",
		"dingen/b.md", "---\ntitle: B\ndate: 2024-01-03\nupdated: 2024-02-01\nzie: a\ndescription: \"Over <b> & meer\"\n---\nTekst.\n",
		"dingen/c.md", "---\ntitle: C\ndate: 2024-01-02\n---\nEerste zin. Tweede zin.\n",
		"los.pdf", "pdf",
	)
}

// What is in a plan, and in which order.
func TestPlan(t *testing.T) {
	plan := hub().plan(t)
	var assets []string
	for _, a := range plan.Assets {
		if strings.HasPrefix(a.Path, "assets/") {
			assets = append(assets, a.Path)
		}
	}
	if len(assets) < 3 {
		t.Errorf("only %q of the theme", assets)
	}
	paths := func(list []publish.Artifact) string {
		var b strings.Builder
		for _, a := range list {
			b.WriteString(a.Path + "\n")
		}
		return b.String()
	}
	if got, want := paths(plan.Assets[len(assets):]), "dingen/a/foto.avif\nlos.pdf\n"; got != want {
		t.Errorf("resources\n%s\nwant\n%s", got, want)
	}
	if got, want := paths(plan.Pages), `index.html
dingen/index.html
dingen/a/index.html
dingen/b/index.html
dingen/c/index.html
over/index.html
tags/index.html
tags/nieuw/index.html
themas/index.html
themas/ai/index.html
themas/privacy/index.html
404.html
oud/index.html
ouder.html
`; got != want {
		t.Errorf("pages\n%s\nwant\n%s", got, want)
	}
	if got, want := paths(plan.Records), `feed.xml
feed.json
dingen/feed.xml
dingen/feed.json
dingen/dingen.csv
dingen/dingen.json
tags/nieuw/feed.xml
tags/nieuw/feed.json
themas/ai/feed.xml
themas/ai/feed.json
sitemap.xml
robots.txt
datapackage.json
.search/site.json
opensearch.xml
.well-known/security.txt
`; got != want {
		t.Errorf("records\n%s\nwant\n%s", got, want)
	}
	if got := strings.Join(plan.Paths(), "\n") + "\n"; got != paths(all(plan)) {
		t.Errorf("the paths of the plan are\n%s", got)
	}
	if got := file(t, plan, "dingen/a/foto.avif"); got != "png" {
		t.Errorf("the resource holds %q", got)
	}
	if got := file(t, plan, "dingen/a/index.html"); !strings.Contains(got, "A &lt;b&gt; &amp; &#39;zo&#39;") || !strings.Contains(got, `<img src="/hub/dingen/a/foto.avif"`) {
		t.Errorf("the page is\n%s", got)
	}
}

// A theme without a search page makes a site without one.
func TestPlanWithoutSearchPage(t *testing.T) {
	s := hub()
	s.theme["templates/zoeken.html"] = "-"
	if paths := s.plan(t).Paths(); slices.Contains(paths, ServerFile) {
		t.Error("there is a search page without a template for it")
	}
}

// A plan can be published, whatever is wrong with the site: what would be written
// twice was left out by the room site.
func TestPlanHasEveryPathOnce(t *testing.T) {
	s := hub()
	for i := range 21 {
		s.files[fmt.Sprintf("lang/p%02d.md", i)] = "---\ntitle: P\n---\n"
	}
	for name, text := range map[string]string{
		"lang/pagina/2.md": "---\ntitle: X\n---\n", "feed.xml": "x", "robots.txt/a.md": "---\ntitle: X\n---\n", "over/index.html": "x", "dingen/b": "x",
		"x.md": "---\ntitle: X\naliases: [/los.pdf, /feed.xml, /over, /oud/index.html, /404.html, /lang/pagina/2/, /tags/]\n---\n", "lang/pagina/2/index.html": "x",
	} {
		s.files[name] = text
	}
	in, messages := s.input(t)
	if !diag.HasErrors(messages) {
		t.Error("nothing is said")
	}
	plan, err := Make(in)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := publish.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if err := folder.Begin(plan.Paths()); err != nil {
		t.Error(err)
	}
	if err := folder.Write(t.Context(), all(plan)); err != nil {
		t.Error(err)
	}
	if _, err := folder.Finish(); err != nil {
		t.Error(err)
	}
}

// The feed is Atom: parsed back, it has what RFC 4287 asks for.
func TestFeed(t *testing.T) {
	raw := file(t, hub().plan(t), "feed.xml")
	var feed struct {
		XMLName  xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		Lang     string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID       string   `xml:"id"`
		Title    string   `xml:"title"`
		Subtitle string   `xml:"subtitle"`
		Updated  string   `xml:"updated"`
		Author   string   `xml:"author>name"`
		Links    []struct {
			Rel  string `xml:"rel,attr"`
			Type string `xml:"type,attr"`
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Entries []struct {
			ID        string `xml:"id"`
			Title     string `xml:"title"`
			Published string `xml:"published"`
			Updated   string `xml:"updated"`
			Summary   string `xml:"summary"`
			Link      struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Categories []struct {
				Term string `xml:"term,attr"`
			} `xml:"category"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(raw), &feed); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	got := fmt.Sprintln(feed.Lang, feed.ID, feed.Title, feed.Subtitle, feed.Updated, feed.Author, feed.Links)
	for _, e := range feed.Entries {
		got += fmt.Sprintln(e.ID, e.Title, e.Published, e.Updated, e.Summary, e.Link, e.Categories)
	}
	want := `nl https://voorbeeld.nl/hub/ Proef & zo Over <alles> 2024-02-01T00:00:00Z Proef & zo [{self application/atom+xml https://voorbeeld.nl/hub/feed.xml} {alternate text/html https://voorbeeld.nl/hub/}]
https://voorbeeld.nl/hub/dingen/b/ B 2024-01-03T00:00:00Z 2024-02-01T00:00:00Z Over <b> & meer {alternate https://voorbeeld.nl/hub/dingen/b/} []
https://voorbeeld.nl/hub/dingen/a/ A <b> & 'zo' 2024-01-02T00:00:00Z 2024-01-02T00:00:00Z Foto B {alternate https://voorbeeld.nl/hub/dingen/a/} [{AI} {nieuw}]
https://voorbeeld.nl/hub/dingen/c/ C 2024-01-02T00:00:00Z 2024-01-02T00:00:00Z Eerste zin. Tweede zin. {alternate https://voorbeeld.nl/hub/dingen/c/} []
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.HasPrefix(raw, xml.Header) || strings.Contains(raw, "<b>") {
		t.Errorf("the feed is\n%s", raw)
	}
}

// A feed has a bounded number of entries, and is whole without any.
func TestFeedSizes(t *testing.T) {
	s := newSource("title: T\nfeeds: {items: 2}")
	if got := file(t, s.plan(t), "feed.xml"); strings.Contains(got, "<entry>") || !strings.Contains(got, "<updated>1970-01-01T00:00:00Z</updated>") || strings.Contains(got, "subtitle") {
		t.Errorf("an empty feed is\n%s", got)
	}
	for i := range 5 {
		s.files[fmt.Sprintf("p%d.md", i)] = fmt.Sprintf("---\ntitle: \"P%d \\u0007\"\ndate: 2024-01-0%d\n---\n", i, i+1)
	}
	got := file(t, s.plan(t), "feed.xml")
	if strings.Count(got, "<entry>") != 2 || strings.Index(got, "P4") > strings.Index(got, "P3") || !strings.Contains(got, "P3") {
		t.Errorf("the newest two are not in\n%s", got)
	}
	if err := xml.Unmarshal([]byte(got), new(struct{ XMLName xml.Name })); err != nil {
		t.Errorf("%v\n%s", err, got)
	}
}

func TestSitemapAndRobots(t *testing.T) {
	s := hub()
	s.files["Een map/é.md"] = "---\ntitle: É\n---\n"
	plan := s.plan(t)
	var set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Location string `xml:"loc"`
			Changed  string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(file(t, plan, "sitemap.xml")), &set); err != nil {
		t.Fatal(err)
	}
	var got string
	for _, u := range set.URLs {
		got += strings.TrimSpace(strings.TrimPrefix(u.Location, "https://voorbeeld.nl/hub")+" "+u.Changed) + "\n"
	}
	want := "/\n/dingen/\n/dingen/a/ 2024-01-02\n/dingen/b/ 2024-02-01\n/dingen/c/ 2024-01-02\n/een-map/\n/een-map/e/\n/over/\n/tags/\n/tags/nieuw/\n/themas/\n/themas/ai/\n/themas/privacy/\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := file(t, plan, "robots.txt"), "User-agent: *\nDisallow: /hub/zoeken/\nDisallow: /hub/api/\n\nSitemap: https://voorbeeld.nl/hub/sitemap.xml\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A browser that reads the description finds the search page with it.
func TestOpenSearch(t *testing.T) {
	for _, test := range []struct{ title, short, long string }{
		{"Proef & zo", "Proef & zo", "Proef & zo"},
		{"Kennishub MBO Digitaal", "Kennishub MBO", "Kennishub MBO Digitaal"},
		{"Zestien is genoeg", "Zestien is", "Zestien is genoeg"},
		{"Zestien genoeg é", "Zestien genoeg é", "Zestien genoeg é"},
		{strings.Repeat("é", 50), strings.Repeat("é", 16), strings.Repeat("é", 48)},
	} {
		plan := newSource("title: '"+test.title+"'\nbaseURL: https://voorbeeld.nl/hub/\n", "a.md", "---\ntitle: A\n---\n").plan(t)
		var got struct {
			XMLName                          xml.Name
			ShortName, LongName, Description string
			URL                              []struct {
				Type     string `xml:"type,attr"`
				Template string `xml:"template,attr"`
			} `xml:"Url"`
		}
		if err := xml.Unmarshal([]byte(file(t, plan, "opensearch.xml")), &got); err != nil {
			t.Fatal(err)
		}
		if got.XMLName.Space != "http://a9.com/-/spec/opensearch/1.1/" || got.ShortName != test.short || got.LongName != test.long || got.Description == "" ||
			got.URL[0].Type != "text/html" || got.URL[0].Template != "https://voorbeeld.nl/hub/zoeken/?q={searchTerms}" {
			t.Errorf("%s: %+v", test.title, got)
		}
		if page := file(t, plan, "a/index.html"); !strings.Contains(page, `<link rel="search" type="application/opensearchdescription+xml" href="/hub/opensearch.xml"`) {
			t.Errorf("%s: the page does not lead to it:\n%s", test.title, page)
		}
	}
}

// security.txt has the fields of RFC 9116: Contact and Expires are required, the
// order of preference of contacts is theirs.
func TestSecurity(t *testing.T) {
	for _, test := range []struct{ yaml, want string }{
		{"{contact: 'mailto:a@b.nl', expires: 2025-01-31}", "Contact: mailto:a@b.nl\nExpires: 2025-01-31T00:00:00Z\nPreferred-Languages: nl\nCanonical: https://x.nl/.well-known/security.txt\n"},
		{"{contact: ['https://x.nl/meld', 'tel:+31-20-123'], expires: 2025-01-31, languages: [nl, en], policy: 'https://x.nl/beleid'}",
			"Contact: https://x.nl/meld\nContact: tel:+31-20-123\nExpires: 2025-01-31T00:00:00Z\nPreferred-Languages: nl, en\nPolicy: https://x.nl/beleid\nCanonical: https://x.nl/.well-known/security.txt\n"},
	} {
		plan := newSource("title: T\nbaseURL: https://x.nl\nsecurity: " + test.yaml).plan(t)
		got := file(t, plan, ".well-known/security.txt")
		if got != test.want {
			t.Errorf("got\n%s\nwant\n%s", got, test.want)
		}
		for line := range strings.Lines(got) {
			if day, ok := strings.CutPrefix(line, "Expires: "); ok {
				if _, err := time.Parse(time.RFC3339, strings.TrimSpace(day)); err != nil {
					t.Error(err)
				}
			}
		}
	}
	if paths := newSource("title: T").plan(t).Paths(); slices.Contains(paths, ".well-known/security.txt") {
		t.Error("there is a security.txt without a contact")
	}
}

func TestRedirects(t *testing.T) {
	s := hub()
	s.files["nieuw/é.md"] = "---\ntitle: '<É> & \"zo\"'\naliases: [/weg/]\n---\n"
	want := `<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>&lt;É&gt; &amp; &#34;zo&#34;</title>
<link rel="canonical" href="https://voorbeeld.nl/hub/nieuw/e/">
<meta http-equiv="refresh" content="0; url=/hub/nieuw/e/">
<main><h1>&lt;É&gt; &amp; &#34;zo&#34;</h1><p><a href="/hub/nieuw/e/">/hub/nieuw/e/</a></p></main>
</html>
`
	if got := file(t, s.plan(t), "weg/index.html"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	s.files["книги.md"] = "---\ntitle: K\naliases: [/boeken/]\n---\n"
	if got := file(t, s.plan(t), "boeken/index.html"); !strings.Contains(got, `url=/hub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8/"`) {
		t.Error(got)
	}
}

// Over small edits of everything that a site is made from: an artifact with the
// fingerprint it had has the bytes it had. And an edit changes no more than it
// must: each says how many artifacts it may give other fingerprints.
func TestFingerprints(t *testing.T) {
	type state struct {
		fingerprint publish.Fingerprint
		text        string
	}
	known := map[string]map[publish.Fingerprint]string{} // bytes by path and fingerprint, over all edits
	look := func(name string, s source) map[string]state {
		plan, states := s.plan(t), map[string]state{}
		for _, a := range all(plan) {
			states[a.Path] = state{a.Fingerprint, text(t, a)}
			if known[a.Path] == nil {
				known[a.Path] = map[publish.Fingerprint]string{}
			}
			if before, ok := known[a.Path][a.Fingerprint]; ok && before != states[a.Path].text {
				t.Errorf("%s: %s has the same fingerprint and other bytes", name, a.Path)
			}
			known[a.Path][a.Fingerprint] = states[a.Path].text
		}
		return states
	}
	base := look("base", hub())
	if again := look("again", hub()); !equal(base, again) {
		t.Error("the same site has other fingerprints")
	}
	edit := func(file, old, new string) func(*source) {
		return func(s *source) {
			text := strings.Replace(s.files[file], old, new, 1)
			if text == s.files[file] {
				t.Fatalf("no %q in %s", old, file)
			}
			s.files[file] = text
		}
	}
	const everything = 1000
	for _, test := range []struct {
		name    string
		edit    func(*source)
		changes int // at most
	}{
		{"nothing", func(*source) {}, 0},
		{"another day", func(s *source) { s.now = s.now.AddDate(0, 0, 1) }, 0},
		{"a space after the front matter", edit("over.md", "---\nZie", "---\n\nZie"), 0},
		{"a word in a text that has a description", edit("dingen/b.md", "Tekst.", "Text."), 1},
		{"a word in a text without one", edit("dingen/c.md", "Eerste", "Erste"), 1 + 6}, // its card: dingen, home, and two feeds of each
		{"a title", edit("dingen/b.md", "title: B", "title: Bee"), 10},                  // neighbours, feeds and tables too
		{"a date", edit("dingen/b.md", "2024-01-03", "2024-01-04"), 10},
		{"an address", edit("dingen/b.md", "zie: a", "zie: a\nslug: bee"), 10},
		{"a relation", edit("dingen/b.md", "zie: a", "zie: c"), 5},
		{"a term", edit("dingen/a/index.md", "thema: ai", "thema: privacy"), 15},
		{"a tag", edit("dingen/a/index.md", "tags: [nieuw]", "tags: [oud]"), 14},
		{"an alias", edit("over.md", "/oud/", "/weg/"), 0},
		{"a draft", edit("dingen/c.md", "title: C", "title: C\ndraft: true"), 10},
		{"a resource", edit("los.pdf", "pdf", "PDF"), 1},
		{"the size of a resource", edit("dingen/a/foto.avif", "png", "pngg"), 1},
		{"a new resource", func(s *source) { s.files["dingen/a/x.pdf"] = "x" }, 1},
		{"a page less", func(s *source) { delete(s.files, "over.md") }, 1},
		{"a page more", func(s *source) { s.files["nieuw.md"] = "---\ntitle: N\n---\n" }, 2},
		{"the name of the site", func(s *source) { s.yaml = strings.Replace(s.yaml, "Proef", "Test", 1) }, everything},
		{"the address of the site", func(s *source) { s.yaml = strings.Replace(s.yaml, "/hub/", "/bus/", 1) }, everything},
		{"the language", func(s *source) { s.yaml += "language: en\n" }, everything},
		{"the label of a kind", func(s *source) { s.yaml = strings.Replace(s.yaml, "Dingen", "Zaken", 1) }, everything},
		{"the label of a term", func(s *source) { s.yaml = strings.Replace(s.yaml, "ai: AI", "ai: KI", 1) }, 16},
		{"an expiry", func(s *source) { s.yaml = strings.Replace(s.yaml, "2025-01-31", "2025-02-01", 1) }, 1},
		{"a template", func(s *source) { s.theme["templates/page.html"] = `{{define "main"}}{{.Title}}{{end}}` }, 4},
		{"a style", func(s *source) { s.theme["assets/css/page.css"] = `p { color: red }` }, everything},
		{"the program", func(s *source) { s.program = "2" }, everything},
	} {
		s := hub()
		test.edit(&s)
		states := look(test.name, s)
		var changed []string
		for path, now := range states {
			if before, ok := base[path]; ok && before.fingerprint != now.fingerprint {
				changed = append(changed, path)
			}
		}
		if slices.Sort(changed); len(changed) > test.changes {
			t.Errorf("%s: %d artifacts have another fingerprint, more than %d: %q", test.name, len(changed), test.changes, changed)
		}
		// Back again, everything is what it was.
		if back := look(test.name+", back", hub()); !equal(base, back) {
			t.Errorf("%s: undone, the site is another", test.name)
		}
	}
}

func equal[S comparable](a, b map[string]S) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// A resource that was written in this very moment has a fingerprint of its bytes,
// because its time may not tell of the next edit.
func TestFingerprintWithinTheTick(t *testing.T) {
	s := hub()
	in, _ := s.input(t)
	files := in.Content.(fstest.MapFS)
	tick := time.Now()
	seen := map[publish.Fingerprint]string{}
	for _, text := range []string{"een", "twee", "drie", "vier"} {
		files["los.pdf"] = &fstest.MapFile{Data: []byte(text), ModTime: tick}
		tree := content.NewLoader(files, "content", nil).Load(in.Site.Config, nil)
		in.Site, _ = site.New(in.Site.Config, tree, site.Options{Now: today})
		for _, a := range resources(in) {
			if a.Path == "los.pdf" {
				if before, ok := seen[a.Fingerprint]; ok {
					t.Errorf("%q and %q have one fingerprint", before, text)
				}
				seen[a.Fingerprint] = text
			}
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d fingerprints", len(seen))
	}
}

// BenchmarkMake is what a build without changes spends most of its time on.
func BenchmarkMake(b *testing.B) {
	s := hub()
	for i := range 3000 {
		s.files[fmt.Sprintf("map%d/p%04d.md", i%10, i)] = fmt.Sprintf("---\ntitle: P%d\ntags: [een, t%d]\n---\nTekst met een [link](p%04d.md).\n", i, i%50, i)
	}
	in, _ := s.input(b)
	for b.Loop() {
		if _, err := Make(in); err != nil {
			b.Fatal(err)
		}
	}
}
