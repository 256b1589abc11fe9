package view

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/themes"
)

const siteYAML = `
title: Proef
baseURL: https://voorbeeld.nl/hub/
kinds:
  ding:
    folder: De Dingen
    label: {one: Ding, many: Dingen}
    fields:
      tekst: text
      getal: number
      waar: bool
      dag: date
      periode: period
      studiejaar: schoolyear
      keuze: {type: choice, of: {a: De eerste, b: De tweede}}
      thema: {type: term, vocabulary: themas}
      zie: {type: ref, kind: ding}
      web: url
      mail: email
      bestand: file
      lijst: {type: list, of: {type: choice, of: [x y, z]}}
      groep: {type: group, fields: {titel: text, bestand: file}}
      groepen: {type: list, of: {bestand: file, titel: text, dag: date}}
  iets:
    folder: iets
    label: {one: Iets, many: Ietsen}
vocabularies:
  themas:
    label: {one: Thema, many: Thema's}
    terms: {ai: {label: AI & recht, description: Over AI}, privacy: Privacy}
`

var today = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// hub is a site whose files can change.
type hub struct {
	t      testing.TB
	cfg    *config.Config
	files  fstest.MapFS
	loader *content.Loader
	look   *theme.Theme
	memo   Memo
	clock  time.Time

	expected string // the code of a message that is no fault of the test
}

func newHub(t testing.TB, yaml string, pairs ...string) *hub {
	t.Helper()
	cfg, said := config.Load(fstest.MapFS{config.File: {Data: []byte(yaml)}})
	if len(said) > 0 {
		t.Fatal(said)
	}
	h := &hub{t: t, cfg: cfg, files: fstest.MapFS{}, clock: today}
	h.loader = content.NewLoader(h.files, "content", nil)
	h.look = look(t, cfg, nil)
	h.write(pairs...)
	return h
}

// write puts files in the content folder, out of pairs of name and text. A page
// that does not begin with "---" gets the name of its file as its title.
func (h *hub) write(pairs ...string) {
	h.clock = h.clock.Add(time.Second)
	for i := 0; i < len(pairs); i += 2 {
		name, text := pairs[i], pairs[i+1]
		if strings.HasSuffix(name, ".md") && !strings.HasPrefix(text, "---") {
			text = "---\ntitle: " + name + "\n---\n" + text
		}
		h.files[name] = &fstest.MapFile{Data: []byte(text), ModTime: h.clock}
	}
}

// views makes the views of the hub as it is.
func (h *hub) views() *Views {
	h.t.Helper()
	tree := h.loader.Load(h.cfg, nil)
	s, messages := site.New(h.cfg, tree, site.Options{Now: today, Drafts: true})
	for _, d := range tree.Documents {
		messages = append(messages, d.Messages...)
	}
	for _, m := range append(messages, tree.Messages...) {
		if m.Code != h.expected {
			h.t.Fatalf("%s: %s", m.Position(), m.Text)
		}
	}
	return New(s, h.look, &h.memo)
}

// look is a small theme, with templates that say nothing.
func look(t testing.TB, cfg *config.Config, drop []string) *theme.Theme {
	t.Helper()
	files := fstest.MapFS{
		"templates/base.html": {Data: []byte(`<!doctype html><title>{{.Title}}</title>{{block "main" .}}{{end}}`)},
		"messages/nl.json":    {Data: []byte(`{"404.title": "Niet gevonden", "tags": "Onderwerpen", "related": "Zie ook", "list.sections": "Onderdelen", "search.page": "Zoeken"}`)},
		"messages/en.json":    {Data: []byte(`{"404.title": "Not found", "tags": "Topics", "related": "See also", "list.sections": "Sections", "search.page": "Search"}`)},
		"assets/site.css":     {Data: []byte("p{}")},
	}
	for _, name := range strings.Fields("page list home term terms ding ding-list breed foto-list zoeken 404") {
		files["templates/"+name+".html"] = &fstest.MapFile{Data: []byte(`{{define "main"}}` + name + `{{end}}`)}
	}
	for _, name := range drop {
		delete(files, "templates/"+name+".html")
	}
	th, said := theme.Open(files, theme.Options{Name: "klein", BasePath: cfg.BasePath, Language: cfg.Language})
	if len(said) > 0 {
		t.Fatal(said)
	}
	return th
}

// page returns the only view of a page.
func page(t testing.TB, v *Views, url string) *theme.Page {
	t.Helper()
	p := v.site.Page(url)
	if p == nil {
		t.Fatalf("there is no %s", url)
	}
	switch value := v.Of(p)[0].Value.(type) {
	case *theme.Page:
		return value
	case *theme.List:
		return &value.Page
	}
	panic("no page")
}

func list(t testing.TB, v *Views, url string) *theme.List {
	t.Helper()
	return v.Of(v.site.Page(url))[0].Value.(*theme.List)
}

// shown writes fields as readers see them.
func shown(fields []theme.Field) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "%s %s (%s):", f.Name, f.Type, f.Label)
		for _, v := range f.Values {
			b.WriteString(" [" + v.Text)
			if v.URL != "" {
				b.WriteString(" → " + v.URL)
			}
			if v.ISO != "" {
				b.WriteString(" = " + v.ISO)
			}
			if v.Group != nil {
				b.WriteString("{" + strings.ReplaceAll(strings.TrimSpace(shown(v.Group)), "\n", "; ") + "}")
			}
			b.WriteString("]")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Fields of every type, in words.
func TestFields(t *testing.T) {
	files := []string{"De Dingen/a/index.md", `---
title: A
tekst: "<b> & zo"
getal: -1234.5
waar: true
dag: 2024-03-01
periode: najaar 2023
studiejaar: 2023-2024
keuze: b
thema: ai
zie: b
web: https://x.nl/?a=1&b=2
mail: a@b.nl
bestand: map/een bestand.pdf
lijst: [x y, z]
groep: {titel: T, bestand: p.pdf}
groepen: [{titel: U}, {dag: 2024-03-02}]
---
`, "De Dingen/b.md", "---\ntitle: Bé\nwaar: false\ngetal: 3\n---\n", "De Dingen/a/map/een bestand.pdf", "x", "De Dingen/a/p.pdf", "x"}
	want := `tekst text (Tekst): [<b> & zo]
getal number (Getal): [-1234,5]
waar bool (Waar): [ja]
dag date (Dag): [1 maart 2024 = 2024-03-01]
periode period (Periode): [najaar 2023]
studiejaar schoolyear (Studiejaar): [2023-2024]
keuze choice (Keuze): [De tweede]
thema term (Thema): [AI & recht → /hub/themas/ai/]
zie ref (Zie): [Bé → /hub/de-dingen/b/]
web url (Web): [https://x.nl/?a=1&b=2 → https://x.nl/?a=1&b=2]
mail email (Mail): [a@b.nl → mailto:a@b.nl]
bestand file (Bestand): [een bestand.pdf → /hub/De%20Dingen/a/map/een%20bestand.pdf]
lijst list (Lijst): [x y] [z]
groep group (Groep): [{titel text (Titel): [T]; bestand file (Bestand): [p.pdf → /hub/De%20Dingen/a/p.pdf]}]
groepen list (Groepen): [{titel text (Titel): [U]}] [{dag date (Dag): [2 maart 2024 = 2024-03-02]}]
`
	want = strings.Replace(want, "[x y] [z]", "[X y] [Z]", 1)
	nl := newHub(t, siteYAML, files...).views()
	if got := shown(page(t, nl, "/de-dingen/a/").Fields); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got, want := shown(page(t, nl, "/de-dingen/b/").Fields), "getal number (Getal): [3]\nwaar bool (Waar): [nee]\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	en := newHub(t, siteYAML+"language: en\n", files...).views()
	for from, to := range map[string]string{"-1234,5": "-1234.5", "[ja]": "[yes]", "1 maart 2024": "1 March 2024", "2 maart 2024": "2 March 2024", "najaar": "autumn"} {
		want = strings.Replace(want, from, to, 1)
	}
	if got := shown(page(t, en, "/de-dingen/a/").Fields); got != want {
		t.Errorf("in English: got\n%s\nwant\n%s", got, want)
	}
	if p := page(t, en, "/de-dingen/b/"); p.Kind != "ding" || p.KindLabel != "Ding" {
		t.Errorf("kind %q, %q", p.Kind, p.KindLabel)
	}
}

// A field whose target is gone stays text: that is what a preview of a faulty page
// shows.
func TestFaultyFields(t *testing.T) {
	h := newHub(t, siteYAML, "De Dingen/a.md", "---\ntitle: A\nzie: nergens\nbestand: nergens.pdf\n---\n")
	tree := h.loader.Load(h.cfg, nil)
	s, messages := site.New(h.cfg, tree, site.Options{Now: today})
	if len(messages) != 1 {
		t.Fatal(messages)
	}
	v := New(s, h.look, &h.memo)
	if got, want := shown(page(t, v, "/de-dingen/a/").Fields), "zie ref (Zie): [nergens]\nbestand file (Bestand): [nergens.pdf]\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Downloads: the files that fields name, then the others in the folder but for
// the images that the text shows.
func TestDownloads(t *testing.T) {
	v := newHub(t, siteYAML,
		"De Dingen/a/index.md", `---
title: A
groepen: [{titel: Het affiche, bestand: poster.pdf}, {bestand: los.pdf}]
groep: {titel: Nog eens, bestand: poster.pdf}
bestand: ../samen.docx
---
![Foto](foto.avif) [tabel](tabel.xlsx)
`,
		"De Dingen/a/poster.pdf", strings.Repeat("x", 1_234_567), "De Dingen/a/los.pdf", "x", "De Dingen/a/foto.avif", "x", "De Dingen/a/tabel.xlsx", "x",
		"De Dingen/a/map/a.zip", "x", "De Dingen/a/b/index.md", "", "De Dingen/a/b/van b.pdf", "x", "De Dingen/samen.docx", "x",
		"De Dingen/c.md", "---\ntitle: C\nbestand: samen.docx\n---\n",
	).views()
	for _, test := range []struct{ url, want string }{
		{"/de-dingen/a/", `/hub/De%20Dingen/samen.docx samen.docx (samen.docx) Word 1 bytes
/hub/De%20Dingen/a/poster.pdf Nog eens (poster.pdf) PDF 1,2 MB
/hub/De%20Dingen/a/los.pdf los.pdf (los.pdf) PDF 1 bytes
/hub/De%20Dingen/a/map/a.zip a.zip (a.zip) ZIP 1 bytes
/hub/De%20Dingen/a/tabel.xlsx tabel.xlsx (tabel.xlsx) Excel 1 bytes
`},
		{"/de-dingen/a/b/", "/hub/De%20Dingen/a/b/van%20b.pdf van b.pdf (van b.pdf) PDF 1 bytes\n"},
		{"/de-dingen/c/", "/hub/De%20Dingen/samen.docx samen.docx (samen.docx) Word 1 bytes\n"},
	} {
		var b strings.Builder
		for _, d := range page(t, v, test.url).Downloads {
			fmt.Fprintf(&b, "%s %s (%s) %s %s\n", d.URL, d.Title, d.Name, d.Type, d.Size)
			if d.MIME == "" {
				t.Errorf("%s has no type", d.URL)
			}
		}
		if got := b.String(); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.url, got, test.want)
		}
	}
}

// many makes pairs for n pages.
func many(folder string, n int) []string {
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("%s/p%04d.md", folder, i), "")
	}
	return pairs
}

// pages writes the numbers of a pager; the page itself has brackets.
func pages(p *theme.Pager) string {
	if p == nil {
		return "none"
	}
	var b strings.Builder
	for _, l := range p.Pages {
		switch {
		case l.Number == 0:
			b.WriteString(" …")
		case l.URL == "":
			fmt.Fprintf(&b, " [%d]", l.Number)
		default:
			fmt.Fprintf(&b, " %d=%s", l.Number, strings.TrimPrefix(l.URL, "/hub/x/"))
		}
	}
	return strings.TrimSpace(b.String() + " <" + strings.TrimPrefix(p.Previous, "/hub/x/") + " >" + strings.TrimPrefix(p.Next, "/hub/x/"))
}

func TestPager(t *testing.T) {
	for _, test := range []struct {
		count int
		want  map[int]string
	}{
		{1, map[int]string{1: "none"}},
		{20, map[int]string{1: "none"}},
		{21, map[int]string{1: "[1] 2=pagina/2/ < >pagina/2/", 2: "1= [2] < >"}},
		{140, map[int]string{
			1: "[1] 2=pagina/2/ 3=pagina/3/ … 7=pagina/7/ < >pagina/2/",
			4: "1= 2=pagina/2/ 3=pagina/3/ [4] 5=pagina/5/ 6=pagina/6/ 7=pagina/7/ <pagina/3/ >pagina/5/",
			7: "1= … 5=pagina/5/ 6=pagina/6/ [7] <pagina/6/ >",
		}},
		{1000, map[int]string{
			1:  "[1] 2=pagina/2/ 3=pagina/3/ … 50=pagina/50/ < >pagina/2/",
			25: "1= … 23=pagina/23/ 24=pagina/24/ [25] 26=pagina/26/ 27=pagina/27/ … 50=pagina/50/ <pagina/24/ >pagina/26/",
			50: "1= … 48=pagina/48/ 49=pagina/49/ [50] <pagina/49/ >",
		}},
	} {
		v := newHub(t, siteYAML, append(many("x", test.count), "x/_index.md", "Tekst.", "x/onder/y.md", "")...).views()
		views := v.Of(v.site.Page("/x/"))
		if want := (test.count + 19) / 20; len(views) != want {
			t.Errorf("%d pages in %d parts, want %d", test.count, len(views), want)
		}
		seen := map[string]bool{}
		for i, part := range views {
			l := part.Value.(*theme.List)
			if want, ok := test.want[i+1]; ok && pages(l.Pager) != want {
				t.Errorf("%d pages, part %d: %s, want %s", test.count, i+1, pages(l.Pager), want)
			}
			if want := strings.TrimPrefix(site.PartURL("/x/", i+1), "/"); part.Path != want+"index.html" || l.URL != "/hub/"+want || l.Canonical != "https://voorbeeld.nl/hub/"+want {
				t.Errorf("part %d is at %s, %s, %s", i+1, part.Path, l.URL, l.Canonical)
			}
			if l.Title != "x/_index.md" || l.Total != test.count {
				t.Errorf("part %d has the title %q, and %d pages in all", i+1, l.Title, l.Total)
			}
			if first := i == 0; (l.Body != nil) != first || (len(l.Sections) == 1) != first {
				t.Errorf("part %d shows the text: %v, the sections: %v", i+1, l.Body != nil, l.Sections)
			}
			for _, c := range l.Cards {
				if seen[c.URL] {
					t.Errorf("%s is in two parts", c.URL)
				}
				seen[c.URL] = true
			}
		}
		if len(seen) != test.count {
			t.Errorf("%d pages are shown of %d", len(seen), test.count)
		}
	}
}

func TestBreadcrumbs(t *testing.T) {
	v := newHub(t, siteYAML, "a/b/c.md", "---\ntitle: C\n---\n", "De Dingen/x.md", "---\ntitle: X\nthema: ai\ntags: [Nieuw]\n---\n").views()
	for _, test := range []struct{ url, want string }{
		{"/", ""},
		{"/a/", "Proef=/hub/ A="},
		{"/a/b/c/", "Proef=/hub/ A=/hub/a/ B=/hub/a/b/ C="},
		{"/themas/ai/", "Proef=/hub/ Thema's=/hub/themas/ AI & recht="},
		{"/tags/nieuw/", "Proef=/hub/ Onderwerpen=/hub/tags/ Nieuw="},
	} {
		var got []string
		for _, l := range page(t, v, test.url).Breadcrumbs {
			got = append(got, l.Text+"="+l.URL)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, want %q", test.url, got, test.want)
		}
	}
}

// The entry of the menu under which a page falls is the nearest; the home page is
// only itself.
func TestMenu(t *testing.T) {
	yaml := siteYAML + `
menu:
  - {page: _index.md, label: Begin}
  - a/_index.md
  - {page: a/b/_index.md, label: Diep}
  - {url: 'https://x.nl/', label: Elders}
footer: [over.md]
contact: {label: De redactie, email: a@b.nl}
repository: https://github.com/a/b
`
	h := newHub(t, yaml, "_index.md", "", "over.md", "", "a/_index.md", "---\ntitle: Aa\n---\n", "a/x.md", "", "a/b/y.md", "", "a/b/c/z.md", "", "los/q.md", "")
	v := h.views()
	for _, test := range []struct{ url, want string }{
		{"/", "/hub/"}, {"/over/", ""}, {"/a/", "/hub/a/"}, {"/a/x/", "/hub/a/"}, {"/a/b/", "/hub/a/b/"}, {"/a/b/y/", "/hub/a/b/"},
		{"/a/b/c/z/", "/hub/a/b/"}, {"/los/q/", ""}, {"/themas/", ""},
	} {
		if got := page(t, v, test.url).Current; got != test.want {
			t.Errorf("%s is under %q, want %q", test.url, got, test.want)
		}
	}
	want := &theme.Site{
		Title: "Proef", Language: "nl", HomeURL: "/hub/", SearchURL: "/hub/zoeken/", OpenSearchURL: "/hub/opensearch.xml", FeedURL: "/hub/feed.xml",
		Menu:       []theme.Link{{Text: "Begin", URL: "/hub/"}, {Text: "Aa", URL: "/hub/a/"}, {Text: "Diep", URL: "/hub/a/b/"}, {Text: "Elders", URL: "https://x.nl/"}},
		Footer:     []theme.Link{{Text: "over.md", URL: "/hub/over/"}},
		Contact:    &theme.Link{Text: "De redactie", URL: "mailto:a@b.nl"},
		Repository: &theme.Link{Text: "github.com/a/b", URL: "https://github.com/a/b"},
	}
	if theme.Seal(want); !reflect.DeepEqual(v.part, want) {
		t.Errorf("got\n%+v\nwant\n%+v", v.part, want)
	}
	// Without a menu, the sections are it.
	v = newHub(t, siteYAML, "a/x.md", "", "b/y.md", "").views()
	if got := fmt.Sprint(v.part.Menu); got != "[{A /hub/a/} {B /hub/b/}]" || page(t, v, "/b/y/").Current != "/hub/b/" {
		t.Errorf("menu %s, current %q", got, page(t, v, "/b/y/").Current)
	}
}

// What is filled in where links and images go.
func TestBody(t *testing.T) {
	v := newHub(t, siteYAML,
		"a/b.md", "", "a/c/index.md", "## Kop {#kop}\n", "a/p q.pdf", "x", "a/foto.avif", "x",
		"a/links.md", `
[b](b.md) [kop](c/#kop) [zelf](#hier) [titel](b.md "Zeg <\"ja\"> & 'nee'") [pdf](<p q.pdf>) [blad](p%20q.pdf#page=2)
[uit](https://x.nl/?a=1&b=2) [mail](mailto:a@b.nl) [zoek](/zoeken/?q=ibp) [fout](nergens.md) [anker](b.md#nergens) [top](b.md#top)

![Een \"foto\" & zo](foto.avif "T")
![weg](nergens.png) ![elders](https://x.nl/y.png) ![pagina](b.md)

## Hier
`).views()
	body := page(t, v, "/a/links/").Body
	for _, want := range []string{
		`<a href="/hub/a/b/">b</a>`,
		`<a href="/hub/a/c/#kop">kop</a>`,
		`<a href="#hier">zelf</a>`,
		`<a href="/hub/a/b/" title="Zeg &lt;&#34;ja&#34;&gt; &amp; &#39;nee&#39;">titel</a>`,
		`<a href="/hub/a/p%20q.pdf">pdf <span class="count">(PDF, 1 bytes)</span></a>`,
		`<a href="/hub/a/p%20q.pdf#page=2">blad <span class="count">(PDF, 1 bytes)</span></a>`,
		`<a href="https://x.nl/?a=1&amp;b=2">uit</a>`,
		`<a href="mailto:a@b.nl">mail</a>`,
		`<a href="/hub/zoeken/?q=ibp">zoek</a>`,
		`<a>fout</a>`,
		`<a href="/hub/a/b/#nergens">anker</a>`,
		`<a href="/hub/a/b/#top">top</a>`,
		`<img src="/hub/a/foto.avif" alt="Een &#34;foto&#34; &amp; zo" title="T" loading="lazy" decoding="async">`,
		`<span class="missing-image">weg</span> <span class="missing-image">elders</span> <span class="missing-image">pagina</span>`,
	} {
		if html := strings.ReplaceAll(string(body.HTML), "\n", " "); !strings.Contains(html, want) {
			t.Errorf("there is no %s in\n%s", want, html)
		}
	}
	if got := fmt.Sprint(body.Contents); got != "[{hier Hier []}]" || body.Minutes != 1 {
		t.Errorf("contents %s, %d minutes", got, body.Minutes)
	}
	if page(t, v, "/a/b/").Body != nil {
		t.Error("a page without a text has a body")
	}
}

func TestContentsAndMinutes(t *testing.T) {
	text := "## Een\n\n### Onder een\n\n#### Te diep\n\n## Twee\n\n" + strings.Repeat("woord ", 500)
	body := page(t, newHub(t, siteYAML, "a.md", text).views(), "/a/").Body
	if got := fmt.Sprint(body.Contents); got != "[{een Een [{onder-een Onder een []}]} {twee Twee []}]" {
		t.Error(got)
	}
	if body.Minutes != 3 { // 507 words with the headings, 200 a minute
		t.Errorf("%d minutes", body.Minutes)
	}
}

func TestCards(t *testing.T) {
	v := newHub(t, siteYAML,
		"De Dingen/a.md", "---\ntitle: A\ndescription: Waarover\ndate: 2024-03-01\nthema: ai\ntags: [een, twee, drie, vier]\nvoorbeeld: true\ndraft: true\n---\n",
		"los.md", "---\ntitle: Los\n---\n\n## Kop\n\n  Eerste   alinea,\nop twee regels.\n\nTweede.\n",
	).views()
	card := v.cards[v.site.Page("/de-dingen/a/")]
	want := &theme.Card{URL: "/hub/de-dingen/a/", Title: "A", Description: "Waarover", KindLabel: "Ding", Date: theme.Date{ISO: "2024-03-01", Text: "1 maart 2024"}, Example: true, Draft: true,
		Facets: []theme.Link{{Text: "AI & recht", URL: "/hub/themas/ai/"}, {Text: "een", URL: "/hub/tags/een/"}, {Text: "twee", URL: "/hub/tags/twee/"}, {Text: "drie", URL: "/hub/tags/drie/"}}}
	if theme.Seal(want); !reflect.DeepEqual(card, want) {
		t.Errorf("got\n%+v\nwant\n%+v", card, want)
	}
	card = v.cards[v.site.Page("/los/")]
	if card.Description != "Eerste alinea, op twee regels. Tweede." || card.KindLabel != "" || card.Date != (theme.Date{}) {
		t.Errorf("%+v", card)
	}
	if section := v.cards[v.site.Page("/de-dingen/")]; section.KindLabel != "" || section.Title != "Dingen" {
		t.Errorf("a section has the card %+v", section)
	}
	if card := v.cards[v.site.Page("/tags/")]; card.Title != "Onderwerpen" {
		t.Errorf("the overview of tags has the title %q", card.Title)
	}
}

func TestSummary(t *testing.T) {
	words := strings.Repeat("woorden ", 40)
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"Kort.", "Kort."},
		{words, strings.Repeat("woorden ", 24) + "woorden…"},
		{strings.Repeat("woorden, ", 40), strings.Repeat("woorden, ", 21) + "woorden…"},
		{strings.Repeat("é", 300), strings.Repeat("é", 100) + "…"},
		{"a" + strings.Repeat("é", 300), "a" + strings.Repeat("é", 99) + "…"},
		{"x" + strings.Repeat(" ", 996) + "éé", "x é"}, // no half letters
	} {
		v := newHub(t, siteYAML, "a.md", test.text).views()
		// The beginning of a text is not shown above that text.
		if a := v.site.Page("/a/"); v.page(a).Description != a.Description || v.page(a).Summary != test.want {
			t.Errorf("the page shows %q, and tells search engines %q", v.page(a).Description, v.page(a).Summary)
		}
		if got := Summary(v.site.Page("/a/")); got != test.want {
			t.Errorf("%.20q: %q, want %q", test.text, got, test.want)
		}
	}
}

// A list of a section, term and vocabulary; the home page with its groups; and a
// page that has pages below it.
func TestLists(t *testing.T) {
	v := newHub(t, siteYAML,
		"De Dingen/a.md", "---\ntitle: A\nthema: ai\ndate: 2024-01-01\n---\n", "De Dingen/b.md", "---\ntitle: B\nthema: ai\nzie: a\ndate: 2024-01-02\n---\n",
		"De Dingen/c.md", "---\ntitle: C\ndate: 2024-01-03\n---\n", "De Dingen/d.md", "---\ntitle: D\ndate: 2024-01-04\ntags: [x]\n---\n",
		"los/index.md", "", "los/onder.md", "---\ntitle: Onder\n---\n", "los/map/x.md", "",
		"themas/_index.md", "Over thema's.", "themas/uitleg.md", "---\ntitle: Uitleg\n---\n",
	).views()
	titles := func(cards []*theme.Card) string {
		var list []string
		for _, c := range cards {
			list = append(list, c.Title)
		}
		return strings.Join(list, " ")
	}
	home := list(t, v, "/")
	if len(home.Groups) != 1 || home.Groups[0].Label != "Dingen" || home.Groups[0].URL != "/hub/de-dingen/" || titles(home.Groups[0].Cards) != "D C B" || !home.Home {
		t.Errorf("%+v", home.Groups)
	}
	if titles(home.Sections) != "Dingen" || len(home.Cards) > 0 {
		t.Errorf("home: sections %q, pages %q", titles(home.Sections), titles(home.Cards))
	}
	if small := list(t, newHub(t, siteYAML, "a.md", "").views(), "/"); titles(small.Cards) != "a.md" || small.Total != 1 {
		t.Errorf("a home page without sections shows %q", titles(small.Cards))
	}
	if l := list(t, v, "/de-dingen/"); titles(l.Cards) != "D C B A" || l.Total != 4 || l.Pager != nil || l.Groups != nil || l.Kind != "" {
		t.Errorf("%+v", l)
	}
	if l := list(t, v, "/themas/ai/"); titles(l.Cards) != "B A" || l.Description != "Over AI" {
		t.Errorf("%+v", l)
	}
	l := list(t, v, "/themas/")
	if got := fmt.Sprint(l.Terms); got != "[{{AI & recht /hub/themas/ai/} Over AI 2} {{Privacy /hub/themas/privacy/}  0}]" || titles(l.Cards) != "Uitleg" || l.Sections != nil || l.Body == nil {
		t.Errorf("terms %s, cards %s, sections %v", got, titles(l.Cards), l.Sections)
	}
	if p := page(t, v, "/de-dingen/a/"); len(p.Relations) != 1 || p.Relations[0].Label != "Dingen" || titles(p.Relations[0].Cards) != "B" {
		t.Errorf("relations %+v", p.Relations)
	}
	if p := page(t, v, "/los/"); len(p.Relations) != 1 || p.Relations[0].Label != "Onderdelen" || titles(p.Relations[0].Cards) != "Map Onder" {
		t.Errorf("pages below a page: %+v", p.Relations)
	}
	b := page(t, v, "/de-dingen/b/")
	if fmt.Sprint(b.Previous, b.Next) != "&{C /hub/de-dingen/c/} &{A /hub/de-dingen/a/}" {
		t.Errorf("neighbours %v, %v", b.Previous, b.Next)
	}
	if d := page(t, v, "/de-dingen/d/"); d.Previous != nil || fmt.Sprint(d.Tags) != "[{x /hub/tags/x/}]" {
		t.Errorf("previous %v, tags %v", d.Previous, d.Tags)
	}
	if search := v.Search(); fmt.Sprint(search.Browse) != "[{Dingen /hub/de-dingen/}]" || search.Title != "Zoeken" || !search.NoIndex || search.URL != "/hub/zoeken/" {
		t.Errorf("%+v", search)
	}
	missing := v.NotFound()
	if p := missing.Value.(*theme.Page); missing.Path != "404.html" || missing.Template != "404" || p.Title != "Niet gevonden" || !p.NoIndex {
		t.Errorf("%+v", missing)
	}
}

// Which template shows a page.
func TestTemplates(t *testing.T) {
	pairs := []string{
		"a.md", "", "b.md", "---\ntitle: B\nlayout: breed\n---\n", "De Dingen/c.md", "", "De Dingen/d.md", "---\ntitle: D\nlayout: breed\nthema: ai\ntags: [x]\n---\n",
		"iets/e.md", "", "fotos/_index.md", "---\ntitle: F\nlayout: foto-list\n---\n", "themas/ai.md", "---\ntitle: AI\nlayout: foto-list\n---\n",
		"list.md", "---\ntitle: L\nlayout: list\n---\n", "zoek.md", "---\ntitle: Z\nlayout: zoeken\n---\n", "breed/_index.md", "---\ntitle: M\nlayout: breed\n---\n",
	}
	h := newHub(t, siteYAML, pairs...)
	for _, test := range []struct {
		drop string
		want map[string]string
	}{
		{"", map[string]string{"/": "home", "/a/": "page", "/b/": "breed", "/de-dingen/": "ding-list", "/de-dingen/c/": "ding", "/de-dingen/d/": "breed",
			"/iets/": "list", "/iets/e/": "page", "/fotos/": "foto-list", "/themas/": "terms", "/themas/ai/": "foto-list", "/themas/privacy/": "term",
			"/tags/": "terms", "/tags/x/": "term", "/list/": "page", "/zoek/": "page", "/breed/": "list", "404": "404"}},
		{"home term terms ding ding-list breed foto-list 404", map[string]string{"/": "list", "/b/": "page", "/de-dingen/": "list", "/de-dingen/c/": "page",
			"/themas/": "list", "/themas/ai/": "list", "/tags/": "list", "404": "page"}},
	} {
		h.look = look(t, h.cfg, strings.Fields(test.drop))
		v := h.views()
		for url, want := range test.want {
			if url == "404" {
				if got := v.NotFound(); got.Template != want || got.Value.(*theme.Page).Template != want {
					t.Errorf("without %q, the page for what is not there has the template %s, want %s", test.drop, got.Template, want)
				}
				continue
			}
			got := v.Of(v.site.Page(url))[0]
			if inside := page(t, v, url).Template; got.Template != want || inside != want {
				t.Errorf("without %q, %s has the template %s (%s), want %s", test.drop, url, got.Template, inside, want)
			}
			if err := h.look.Render(new(strings.Builder), got.Template, got.Value); err != nil {
				t.Errorf("%s: %v", url, err)
			}
		}
	}
}

func TestURLs(t *testing.T) {
	for _, test := range []struct{ base, address, url, absolute string }{
		{"https://x.nl/", "/a/b/", "/a/b/", "https://x.nl/a/b/"},
		{"https://x.nl/hub/", "/", "/hub/", "https://x.nl/hub/"},
		{"https://x.nl/hub", "/a b/é?#%.pdf", "/hub/a%20b/%C3%A9%3F%23%25.pdf", "https://x.nl/hub/a%20b/%C3%A9%3F%23%25.pdf"},
		{"https://x.nl/hub/", "/книги/", "/hub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8/", "https://x.nl/hub/%D0%BA%D0%BD%D0%B8%D0%B3%D0%B8/"},
		{"https://x.nl/", "/a:b.pdf", "/a:b.pdf", "https://x.nl/a:b.pdf"},
	} {
		cfg := &config.Config{}
		if err := cfg.Override(test.base); err != nil {
			t.Fatal(err)
		}
		if got := URL(cfg, test.address); got != test.url {
			t.Errorf("%s at %s: %s, want %s", test.address, test.base, got, test.url)
		}
		if got := Absolute(cfg, test.address); got != test.absolute {
			t.Errorf("%s at %s: %s, want %s", test.address, test.base, got, test.absolute)
		}
	}
}

// Where a page is edited and reported, per forge.
func TestRepository(t *testing.T) {
	for _, test := range []struct{ repository, edit, report string }{
		{"https://github.com/a/b", "https://github.com/a/b/edit/main/content/map/een%20pagina.md", "https://github.com/a/b/issues/new"},
		{"{url: 'https://gitlab.com/a/b.git', branch: dev, folder: hub}", "https://gitlab.com/a/b/-/edit/dev/hub/content/map/een%20pagina.md", "https://gitlab.com/a/b/-/issues/new"},
		{"https://gitlab.school.nl/a/b", "https://gitlab.school.nl/a/b/-/edit/main/content/map/een%20pagina.md", "https://gitlab.school.nl/a/b/-/issues/new"},
		{"https://codeberg.org/a/b/", "https://codeberg.org/a/b/_edit/main/content/map/een%20pagina.md", "https://codeberg.org/a/b/issues/new"},
		{"https://git.school.nl/a/b", "", ""},
	} {
		v := newHub(t, siteYAML+"repository: "+test.repository+"\n", "map/een pagina.md", "").views()
		p := page(t, v, "/map/een-pagina/")
		if p.EditURL != test.edit || p.ReportURL != test.report {
			t.Errorf("%s: %q, %q", test.repository, p.EditURL, p.ReportURL)
		}
		if made := page(t, v, "/map/"); made.EditURL != "" {
			t.Errorf("%s: a page without a file is edited at %q", test.repository, made.EditURL)
		}
	}
	if p := page(t, newHub(t, siteYAML, "a.md", "").views(), "/a/"); p.EditURL != "" || p.ReportURL != "" {
		t.Errorf("without a repository: %q, %q", p.EditURL, p.ReportURL)
	}
}

// A text that did not change, with the same links, is the same part in the next
// build; when what it links to moves, it is another.
func TestMemo(t *testing.T) {
	h := newHub(t, siteYAML, "a.md", "[b](b.md)", "b.md", "Tekst.", "c.md", "Tekst.")
	body := func(url string) *theme.Body {
		v := h.views()
		return page(t, v, url).Body
	}
	// One build asks for each body, as a real one does.
	all := func() map[string]*theme.Body {
		v := h.views()
		m := map[string]*theme.Body{}
		for _, p := range v.site.Pages {
			m[p.URL] = page(t, v, p.URL).Body
		}
		return m
	}
	first, second := all(), all()
	for _, url := range []string{"/a/", "/b/", "/c/"} {
		if first[url] == nil || first[url] != second[url] {
			t.Errorf("%s did not change, but its body is another", url)
		}
	}
	h.write("b.md", "---\ntitle: B\nslug: bee\n---\nTekst.")
	third := all()
	if third["/a/"] == first["/a/"] || !strings.Contains(string(third["/a/"].HTML), "/hub/bee/") || third["/a/"].Sum() == first["/a/"].Sum() {
		t.Errorf("b moved, but a is still %s", third["/a/"].HTML)
	}
	if third["/c/"] != first["/c/"] {
		t.Error("c did not change, but its body is another")
	}
	h.write("b.md", "Tekst.")
	if fourth := all(); fourth["/a/"].Sum() != first["/a/"].Sum() {
		t.Error("b moved back, but a is not what it was")
	}
	// What one build did not ask for is forgotten after the next.
	body("/a/")
	if body("/c/"); body("/c/") == first["/c/"] {
		t.Error("a body is kept that a build did not use")
	}
}

// Parts are sealed, so that they cannot change after they were hashed.
func TestPartsAreSealed(t *testing.T) {
	v := newHub(t, siteYAML, "De Dingen/a.md", "Tekst.", "De Dingen/b.md", "---\ntitle: B\nzie: a\n---\n").views()
	p := page(t, v, "/de-dingen/a/")
	for name, part := range map[string]interface{ Sum() theme.Sum }{
		"the site": p.Site, "a body": p.Body, "a card": p.Relations[0].Cards[0],
	} {
		if part.Sum() == (theme.Sum{}) {
			t.Errorf("%s is not sealed", name)
		}
	}
	if list(t, v, "/de-dingen/").Cards[0] != p.Relations[0].Cards[0] {
		t.Error("a page has two cards")
	}
	for _, q := range v.site.Pages {
		for _, view := range v.Of(q) {
			theme.SumOf(view.Value) // panics when a part is not sealed
		}
	}
}

// Views can be made from many goroutines, and are the same every time.
func TestParallel(t *testing.T) {
	h := newHub(t, siteYAML, append(many("De Dingen", 50), "a.md", "[x](De%20Dingen/p0001.md) ![y](nergens.png)")...)
	v := h.views()
	sums := make([]string, 4)
	var wg sync.WaitGroup
	for i := range sums {
		wg.Go(func() {
			var b strings.Builder
			for _, p := range v.site.Pages {
				for _, view := range v.Of(p) {
					fmt.Fprintln(&b, view.Path, theme.SumOf(view.Value))
				}
			}
			sums[i] = b.String()
		})
	}
	wg.Wait()
	for _, s := range sums {
		if s != sums[0] {
			t.Error("the same page has other views")
		}
	}
}

// Every text that views ask for is in the built-in theme, in both languages.
func TestTexts(t *testing.T) {
	fsys, err := fs.Sub(themes.FS, "mbodigitaal")
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range []string{"nl", "en"} {
		th, said := theme.Open(fsys, theme.Options{Name: "mbodigitaal", BasePath: "/", Language: language})
		if th == nil {
			t.Fatal(said)
		}
		for _, key := range []string{"404.title", "tags", "related", "list.sections", "search.page"} {
			if th.Text(key) == key {
				t.Errorf("%s: no text for %q", language, key)
			}
		}
	}
}
