package site

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
)

const siteYAML = `
title: Proef
description: Waar het over gaat
kinds:
  proef:
    folder: proeven
    label: {one: Proef, many: Proeven}
    fields:
      net: {type: ref, kind: net}
      ook: {type: list, of: ref, kind: proef}
      team: {type: list, of: {rol: text, net: {type: ref, kind: net}}}
      themas: {type: list, of: term, vocabulary: themas}
  net:
    folder: De Netten
    label: {one: Netwerk, many: Netwerken}
    fields:
      proef: {type: ref, kind: proef}
vocabularies:
  themas:
    label: {one: Thema, many: Thema's}
    terms:
      privacy: {label: Privacy, description: Over gegevens}
      ai: Kunstmatige intelligentie
`

var today = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// read makes a tree out of pairs of file and text. A text that begins with "---"
// is the whole file, another one is front matter below a title of the file's name.
func read(t testing.TB, yaml string, pairs ...string) (*config.Config, *content.Tree) {
	t.Helper()
	cfg, messages := config.Load(fstest.MapFS{config.File: {Data: []byte(yaml)}})
	if len(messages) > 0 {
		t.Fatal(messages)
	}
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		name, text := pairs[i], pairs[i+1]
		if strings.HasSuffix(name, ".md") && !strings.HasPrefix(text, "---") {
			text = "---\ntitle: " + name + "\n" + text + "\n---\n"
		}
		files[name] = &fstest.MapFile{Data: []byte(text), ModTime: today}
	}
	tree := content.NewLoader(files, "content", nil).Load(cfg, nil)
	for _, d := range tree.Documents {
		tree.Messages = append(tree.Messages, d.Messages...)
	}
	for _, m := range tree.Messages {
		t.Fatalf("%s: %s", m.Position(), m.Text)
	}
	return cfg, tree
}

// graph makes a site, and what is wrong with it.
func graph(t testing.TB, pairs ...string) (*Site, string) {
	t.Helper()
	cfg, tree := read(t, siteYAML, pairs...)
	s, messages := New(cfg, tree, Options{Now: today})
	return s, written(messages)
}

func written(messages []diag.Message) string {
	var list diag.List
	list.Add(messages...)
	var b strings.Builder
	diag.Write(&b, list.Sorted())
	return b.String()
}

// good makes a site with which nothing is wrong.
func good(t testing.TB, pairs ...string) *Site {
	t.Helper()
	s, said := graph(t, pairs...)
	if said != "" {
		t.Fatal(said)
	}
	return s
}

// dump writes a graph as text. The pages that every site here has, of themas and
// the home page, are left out unless they hold something.
func dump(s *Site) string {
	var b strings.Builder
	line := func(name string, pages []*Page) {
		if len(pages) > 0 {
			fmt.Fprintf(&b, "  %s:", name)
			for _, p := range pages {
				b.WriteString(" " + p.URL)
			}
			b.WriteByte('\n')
		}
	}
	for _, p := range s.Pages {
		kind := ""
		if p.Kind != nil {
			kind = " " + p.Kind.Name
		}
		fmt.Fprintf(&b, "%s %s%s %q %s\n", p.URL, [...]string{"plain", "section", "term", "terms"}[p.Role], kind, p.Title, p.File())
		if p.Parent != nil {
			line("in", []*Page{p.Parent})
		}
		line("pages", p.Pages)
		line("sections", p.Sections)
		line("labels", p.Labels)
		for _, r := range p.Related {
			name := "related"
			if r.Kind != nil {
				name += " " + r.Kind.Name
			}
			line(name, r.Pages)
		}
		if p.Previous != nil {
			line("previous", []*Page{p.Previous})
		}
		if p.Next != nil {
			line("next", []*Page{p.Next})
		}
	}
	for i, pages := range s.Kinds {
		fmt.Fprintf(&b, "kind %s:", s.Config.Kinds[i].Name)
		for _, p := range pages {
			b.WriteString(" " + p.URL)
		}
		b.WriteByte('\n')
	}
	for _, r := range s.Redirects {
		fmt.Fprintf(&b, "redirect %s to %s\n", r.From, r.To)
	}
	for _, r := range s.Resources {
		fmt.Fprintf(&b, "resource %s\n", r.File)
	}
	for _, k := range s.Skipped {
		fmt.Fprintf(&b, "skipped %s: %s\n", k.File, k.Reason)
	}
	return b.String()
}

// without takes the pages of the vocabulary out of a dump.
func without(text string) string {
	var b strings.Builder
	skip := false
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, " ") {
			skip = strings.HasPrefix(line, "/themas/")
		}
		if !skip {
			b.WriteString(line)
		}
	}
	return b.String()
}

// Which pages there are, and where each stands.
func TestTree(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", nil, `
/ section "Proef" 
`},
		{"a home page", []string{"_index.md", "", "over.md", ""}, `
/ section "_index.md" content/_index.md
  pages: /over/
/over/ plain "over.md" content/over.md
  in: /
`},
		{"a home page that is a bundle", []string{"index.md", "", "over.md", ""}, `
/ section "index.md" content/index.md
  pages: /over/
/over/ plain "over.md" content/over.md
  in: /
`},
		{"sections given and made", []string{"a/_index.md", "", "a/x.md", "", "één-twee/diep/y.md", "", "книги/z.md", ""}, `
/ section "Proef" 
  sections: /a/ /een-twee/ /книги/
/a/ section "a/_index.md" content/a/_index.md
  in: /
  pages: /a/x/
/a/x/ plain "a/x.md" content/a/x.md
  in: /a/
/een-twee/ section "Een twee" 
  in: /
  sections: /een-twee/diep/
/een-twee/diep/ section "Diep" 
  in: /een-twee/
  pages: /een-twee/diep/y/
/een-twee/diep/y/ plain "één-twee/diep/y.md" content/één-twee/diep/y.md
  in: /een-twee/diep/
/книги/ section "Книги" 
  in: /
  pages: /книги/z/
/книги/z/ plain "книги/z.md" content/книги/z.md
  in: /книги/
`},
		{"a page with pages below it", []string{"a/index.md", "", "a/b.md", "", "a/c/d.md", ""}, `
/ section "Proef" 
  pages: /a/
/a/ plain "a/index.md" content/a/index.md
  in: /
  pages: /a/b/
  sections: /a/c/
/a/b/ plain "a/b.md" content/a/b.md
  in: /a/
/a/c/ section "C" 
  in: /a/
  pages: /a/c/d/
/a/c/d/ plain "a/c/d.md" content/a/c/d.md
  in: /a/c/
`},
		{"kinds", []string{"proeven/p.md", "", "De Netten/n.md", "", "De Netten/diep/m.md", ""}, `
/ section "Proef" 
  sections: /de-netten/ /proeven/
/de-netten/ section net "Netwerken" 
  in: /
  pages: /de-netten/n/
  sections: /de-netten/diep/
/de-netten/diep/ section "Diep" 
  in: /de-netten/
  pages: /de-netten/diep/m/
/de-netten/diep/m/ plain net "De Netten/diep/m.md" content/De Netten/diep/m.md
  in: /de-netten/diep/
/de-netten/n/ plain net "De Netten/n.md" content/De Netten/n.md
  in: /de-netten/
/proeven/ section proef "Proeven" 
  in: /
  pages: /proeven/p/
/proeven/p/ plain proef "proeven/p.md" content/proeven/p.md
  in: /proeven/
kind proef: /proeven/p/
kind net: /de-netten/diep/m/ /de-netten/n/
`},
		{"the page of a kind", []string{"proeven/_index.md", "", "proeven/p.md", ""}, `
/ section "Proef" 
  sections: /proeven/
/proeven/ section proef "proeven/_index.md" content/proeven/_index.md
  in: /
  pages: /proeven/p/
/proeven/p/ plain proef "proeven/p.md" content/proeven/p.md
  in: /proeven/
kind proef: /proeven/p/
kind net:
`},
		{"order: weight, then the newest, then the title; and neighbours", []string{
			"a/licht.md", "weight: -1", "a/zwaar.md", "weight: 9\ndate: 2024-01-01", "a/oud.md", "date: 2023-01-01", "a/nieuw.md", "date: 2024-01-01",
			"a/1.md", "---\ntitle: Éclair\n---\n", "a/2.md", "---\ntitle: echo\n---\n", "a/3.md", "---\ntitle: Ebbe\n---\n",
		}, `
/ section "Proef" 
  sections: /a/
/a/ section "A" 
  in: /
  pages: /a/licht/ /a/zwaar/ /a/nieuw/ /a/oud/ /a/3/ /a/2/ /a/1/
/a/1/ plain "Éclair" content/a/1.md
  in: /a/
  previous: /a/2/
/a/2/ plain "echo" content/a/2.md
  in: /a/
  previous: /a/3/
  next: /a/1/
/a/3/ plain "Ebbe" content/a/3.md
  in: /a/
  previous: /a/oud/
  next: /a/2/
/a/licht/ plain "a/licht.md" content/a/licht.md
  in: /a/
  next: /a/zwaar/
/a/nieuw/ plain "a/nieuw.md" content/a/nieuw.md
  in: /a/
  previous: /a/zwaar/
  next: /a/oud/
/a/oud/ plain "a/oud.md" content/a/oud.md
  in: /a/
  previous: /a/nieuw/
  next: /a/3/
/a/zwaar/ plain "a/zwaar.md" content/a/zwaar.md
  in: /a/
  previous: /a/licht/
  next: /a/nieuw/
`},
	} {
		s := good(t, test.files...)
		got := strings.Replace(without(dump(s)), "kind proef:\nkind net:\n", "", 1)
		if want := test.want[1:]; got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, want)
		}
	}
}

// Terms and tags have pages, which a document can give a text.
func TestTerms(t *testing.T) {
	s := good(t,
		"proeven/p.md", "themas: [ai, privacy]\ntags: [Nieuw, nieuw, Één]",
		"proeven/q.md", "themas: [ai]\ntags: [NIEUW]",
		"los.md", "tags: [Één]",
	)
	got := dump(s)
	for _, want := range []string{
		"/themas/ terms \"Thema's\" \n  in: /\n  sections: /themas/privacy/ /themas/ai/\n", // as declared
		"/themas/ai/ term \"Kunstmatige intelligentie\" \n  in: /themas/\n  pages: /proeven/p/ /proeven/q/\n",
		"/themas/privacy/ term \"Privacy\" \n  in: /themas/\n  pages: /proeven/p/\n",
		"/tags/ terms \"\" \n  in: /\n  sections: /tags/een/ /tags/nieuw/\n", // by title
		"/tags/nieuw/ term \"Nieuw\" \n  in: /tags/\n  pages: /proeven/p/ /proeven/q/\n",
		"/tags/een/ term \"Één\" \n  in: /tags/\n  pages: /los/ /proeven/p/\n",
		"/proeven/p/ plain proef \"proeven/p.md\" content/proeven/p.md\n  in: /proeven/\n  labels: /themas/ai/ /themas/privacy/ /tags/nieuw/ /tags/een/\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no\n%s\nin\n%s", want, got)
		}
	}
	if d := s.Page("/themas/privacy/").Description; d != "Over gegevens" {
		t.Errorf("the description of a term is %q", d)
	}
	if strings.Contains(got, "/themas/ /tags/") || strings.Count(got, "  sections: /proeven/") != 1 {
		t.Errorf("overviews are no sections of the home page:\n%s", got)
	}
}

// Documents at the addresses of made pages give them their texts, whatever sort
// of file they are, and other documents in those folders are not lost.
func TestTermTexts(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  []string
	}{
		{"documents for all", []string{"themas/_index.md", "", "themas/ai.md", "", "tags/_index.md", "", "tags/nieuw.md", ""}, []string{
			"/themas/ terms \"themas/_index.md\" content/themas/_index.md\n  in: /\n  sections: /themas/privacy/ /themas/ai/\n",
			"/themas/ai/ term \"themas/ai.md\" content/themas/ai.md\n  in: /themas/\n  pages: /p/\n",
			"/tags/ terms \"tags/_index.md\" content/tags/_index.md\n  in: /\n  sections: /tags/nieuw/\n",
			"/tags/nieuw/ term \"tags/nieuw.md\" content/tags/nieuw.md\n  in: /tags/\n  pages: /p/\n",
		}},
		{"documents for terms alone", []string{"themas/ai.md", "", "tags/nieuw.md", ""}, []string{
			"/themas/ terms \"Thema's\" \n  in: /\n  sections: /themas/privacy/ /themas/ai/\n",
			"/themas/ai/ term \"themas/ai.md\" content/themas/ai.md\n  in: /themas/\n  pages: /p/\n",
			"/tags/ terms \"\" \n  in: /\n  sections: /tags/nieuw/\n",
			"/tags/nieuw/ term \"tags/nieuw.md\" content/tags/nieuw.md\n  in: /tags/\n  pages: /p/\n",
		}},
		{"bundles and sections", []string{"themas/ai/index.md", "", "tags/nieuw/_index.md", "", "tags/nieuw/x.md", ""}, []string{
			"/themas/ai/ term \"themas/ai/index.md\" content/themas/ai/index.md\n  in: /themas/\n  pages: /p/\n",
			"/tags/nieuw/ term \"tags/nieuw/_index.md\" content/tags/nieuw/_index.md\n  in: /tags/\n  pages: /p/ /tags/nieuw/x/\n",
		}},
		{"a page of a term that has the term", []string{"tags/nieuw.md", "tags: [nieuw]", "tags/nieuw/x.md", "tags: [nieuw]"}, []string{
			"/tags/nieuw/ term \"tags/nieuw.md\" content/tags/nieuw.md\n  in: /tags/\n  pages: /p/ /tags/nieuw/x/\n/",
		}},
		{"other pages in those folders", []string{"themas/uitleg.md", "", "tags/uitleg.md", ""}, []string{
			"/themas/ terms \"Thema's\" \n  in: /\n  pages: /themas/uitleg/\n  sections: /themas/privacy/ /themas/ai/\n",
			"/tags/ terms \"\" \n  in: /\n  pages: /tags/uitleg/\n  sections: /tags/nieuw/\n",
		}},
	} {
		s := good(t, append(test.files, "p.md", "tags: [nieuw]", "proeven/q.md", "themas: [ai]")...)
		got := strings.ReplaceAll(dump(s), "  pages: /proeven/q/\n", "  pages: /p/\n")
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: there is no\n%s\nin\n%s", test.name, want, got)
			}
		}
		for _, p := range s.Pages {
			if p != s.Home && p.Parent == nil {
				t.Errorf("%s: %s is nowhere", test.name, p.URL)
			}
		}
	}
}

// Relations are shown on the page that is named, once, unless it names the other
// itself.
func TestRelations(t *testing.T) {
	s := good(t,
		"proeven/a.md", "net: n\nteam: [{rol: x, net: n}, {rol: y, net: m}]\nook: [b]",
		"proeven/b.md", "net: n\nook: [c]",
		"proeven/c.md", "ook: [a]\nnet: m",
		"De Netten/n.md", "proef: b",
		"De Netten/m.md", "id: m",
	)
	for _, test := range []struct{ url, want string }{
		{"/de-netten/n/", "proef: /proeven/a/"},             // b is named by n itself
		{"/de-netten/m/", "proef: /proeven/a/ /proeven/c/"}, // through groups in lists too
		{"/proeven/a/", "proef: /proeven/c/"},               // round in a circle
		{"/proeven/b/", "proef: /proeven/a/"},               // n is named by b itself
		{"/proeven/c/", "proef: /proeven/b/"},
	} {
		var got []string
		for _, r := range s.Page(test.url).Related {
			line := r.Kind.Name + ":"
			for _, p := range r.Pages {
				line += " " + p.URL
			}
			got = append(got, line)
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("%s: %q, want %q", test.url, got, test.want)
		}
	}
	if s.Ref("net", "n") != s.Page("/de-netten/n/") || s.Ref("net", "x") != nil || s.Of("De Netten/n.md") != s.Page("/de-netten/n/") {
		t.Error("a page is not found by its id or file")
	}
}

const (
	rename  = "    geef de map of het bestand een andere naam\n"
	rename2 = "    geef een van beide een andere naam of een slug\n"
	rename3 = "    geef het bestand een andere naam\n"
	ownID   = "    geef een van beide een eigen id\n"
	noAlias = "    schrijf het zonder https:// en naam van de site, bijvoorbeeld /oud/adres/\n"
)

// What is wrong with the graph, where, and what becomes of it.
func TestFaults(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
		gone  []string // addresses that must not be there
	}{
		// Addresses.
		{"two pages for one address", []string{"a.md", "", "a/index.md", ""},
			"content/a/index.md:1:1: fout: het adres /a/ is ook van content/a.md [dubbele-url]\n" + rename2, nil},
		{"two pages for one address by a slug", []string{"a.md", "slug: b", "b.md", ""},
			"content/b.md:1:1: fout: het adres /b/ is ook van content/a.md [dubbele-url]\n" + rename2, []string{"/a/"}},
		{"the slug of the second", []string{"a.md", "", "b.md", "slug: a"},
			"content/b.md:3:1: fout: het adres /a/ is ook van content/a.md [dubbele-url]\n" + rename2, []string{"/b/"}},
		{"names that differ in capitals", []string{"A.md", "", "a.md", ""},
			"content/a.md:1:1: fout: het adres /a/ is ook van content/A.md [dubbele-url]\n" + rename2, nil},
		{"two home pages", []string{"_index.md", "", "index.md", ""},
			"content/index.md:1:1: fout: het adres / is ook van content/_index.md [dubbele-url]\n" + rename2, nil},
		{"reserved folders", []string{"api/x.md", "", "zoeken.md", "", "assets/index.md", "", "id/_index.md", "", "oai/x/y.md", "", "API/z.md", "", "healthz.md", ""},
			"content/API/z.md:1:1: fout: het adres /api/z/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/api/x.md:1:1: fout: het adres /api/x/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/assets/index.md:1:1: fout: het adres /assets/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/healthz.md:1:1: fout: het adres /healthz/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/id/_index.md:1:1: fout: het adres /id/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/oai/x/y.md:1:1: fout: het adres /oai/x/y/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/zoeken.md:1:1: fout: het adres /zoeken/ is van de site zelf [adres-van-de-site]\n" + rename,
			[]string{"/api/", "/api/x/", "/zoeken/", "/assets/", "/id/", "/oai/"}},
		{"pages where the site writes files", []string{"feed.xml.md", "", "404.html.md", "", "robots.txt/x.md", "", "sitemap.xml.md", "", "a/feed.xml.md", ""},
			"content/404.html.md:1:1: fout: het adres /404.html/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/feed.xml.md:1:1: fout: het adres /feed.xml/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/robots.txt/x.md:1:1: fout: het adres /robots.txt/x/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/sitemap.xml.md:1:1: fout: het adres /sitemap.xml/ is van de site zelf [adres-van-de-site]\n" + rename,
			[]string{"/feed.xml/", "/404.html/"}},
		{"pages at the parts of lists", []string{"a/pagina/2.md", "", "pagina/13/x.md", "", "pagina/twee.md", "", "pagina/_index.md", "", "pagina.2.md", ""},
			"content/a/pagina/2.md:1:1: fout: het adres /a/pagina/2/ is van de site zelf [adres-van-de-site]\n" + rename +
				"content/pagina/13/x.md:1:1: fout: het adres /pagina/13/x/ is van de site zelf [adres-van-de-site]\n" + rename,
			[]string{"/a/pagina/2/", "/pagina/13/"}},

		// Resources.
		{"files where the site writes files", []string{"feed.xml", "x", "sitemap.xml", "x", "robots.txt", "x", "404.html", "x", "api/v1.json", "x", "assets/a.css", "x", "a/feed.xml", "x", "api.json", "x"},
			"content/404.html: fout: het adres /404.html is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/api/v1.json: fout: het adres /api/v1.json is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/assets/a.css: fout: het adres /assets/a.css is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/feed.xml: fout: het adres /feed.xml is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/robots.txt: fout: het adres /robots.txt is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/sitemap.xml: fout: het adres /sitemap.xml is van de site zelf [adres-van-de-site]\n" + rename3,
			nil},
		{"a file at the address of a page", []string{"a.md", "", "a/index.html", "x", "los/index.html", "x", "index.html", "x", "b/c.md", "", "b/index.html", "x"},
			"content/a/index.html: fout: op het adres /a/index.html staat al de pagina content/a.md [dubbele-url]\n" + rename3 +
				"content/b/index.html: fout: op het adres /b/index.html staat al de pagina \"B\" [dubbele-url]\n" + rename3 +
				"content/index.html: fout: op het adres /index.html staat al de pagina \"Proef\" [dubbele-url]\n" + rename3,
			nil},
		{"a file where a page needs a folder", []string{"a.md", "", "a", "x", "tags", "x", "b.md", "tags: [x]"},
			"content/a: fout: op het adres /a staat al de pagina content/a.md [dubbele-url]\n" + rename3 +
				"content/tags: fout: op het adres /tags staat al de pagina /tags/ [dubbele-url]\n" + rename3,
			nil},
		{"a file at a part of a list", append(many("a/p", 21), "a/pagina/2/index.html", "x", "a/pagina/3/index.html", "x"),
			"content/a/pagina/2/index.html: fout: op het adres /a/pagina/2/index.html staat al de pagina \"A\" [dubbele-url]\n" + rename3, nil},

		// Ids and references.
		{"an id twice", []string{"proeven/a.md", "", "proeven/diep/a.md", "", "De Netten/a.md", "", "proeven/b.md", "id: a"},
			"content/proeven/b.md:3:1: fout: het id \"a\" is ook van content/proeven/a.md [dubbel-id]\n" + ownID +
				"content/proeven/diep/a.md:1:1: fout: het id \"a\" is ook van content/proeven/a.md [dubbel-id]\n" + ownID, nil},
		{"references to nothing", []string{"proeven/a.md", "net: ibp\nook: [b]", "proeven/bb.md", "", "De Netten/ipb.md", ""},
			"content/proeven/a.md:3:6: fout: er is geen netwerk met id \"ibp\" [verwijzing-onbekend]\n    bedoelde je \"ipb\"? toegestaan: ipb\n" +
				"content/proeven/a.md:4:7: fout: er is geen proef met id \"b\" [verwijzing-onbekend]\n    toegestaan: a, bb\n", nil},
		{"a reference when there is nothing to refer to", []string{"proeven/a.md", "net: ibp"},
			"content/proeven/a.md:3:6: fout: er is geen netwerk met id \"ibp\" [verwijzing-onbekend]\n    maak de pagina, of haal de verwijzing weg\n", nil},
		{"a reference to a page that is not published", []string{"proeven/a.md", "net: n", "De Netten/n.md", "draft: true"},
			"content/proeven/a.md:3:6: fout: de pagina content/De Netten/n.md wordt niet gepubliceerd: concept (draft: true) [verwijzing-onbekend]\n    haal de verwijzing weg, of publiceer de pagina\n", nil},
		{"a reference to itself", []string{"proeven/a.md", "ook: [a]"},
			"content/proeven/a.md:3:7: fout: deze pagina verwijst naar zichzelf [verwijzing-naar-zichzelf]\n    haal de verwijzing weg\n", nil},

		// Aliases.
		{"aliases that are none", []string{"a.md", "aliases: ['https://x.nl/a', '/', '/a?b', 'x/../..', '/.git/', '/a b%20c/', \"/x\\ty/\"]"},
			"content/a.md:3:11: fout: \"https://x.nl/a\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:29: fout: \"/\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:34: fout: \"/a?b\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:42: fout: \"x/../..\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:53: fout: \"/.git/\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:63: fout: \"/a b%20c/\" is geen oud adres van deze site [alias]\n" + noAlias +
				"content/a.md:3:76: fout: \"/x\\ty/\" is geen oud adres van deze site [alias]\n" + noAlias, nil},
		{"an alias that no file system takes", []string{"a.md", "aliases: [/" + strings.Repeat("x", 256) + "/]"},
			"content/a.md:3:11: fout: \"/" + strings.Repeat("x", 256) + "/\" is geen oud adres van deze site [alias]\n" + noAlias, nil},
		{"aliases of the site itself", []string{"a.md", "aliases: [/zoeken/, /feed.xml, /404.html, /x/pagina/2/]"},
			"content/a.md:3:11: fout: het adres /zoeken/ is van de site zelf [alias]\n    haal de alias weg\n" +
				"content/a.md:3:21: fout: het adres /feed.xml/ is van de site zelf [alias]\n    haal de alias weg\n" +
				"content/a.md:3:32: fout: het adres /404.html is van de site zelf [alias]\n    haal de alias weg\n" +
				"content/a.md:3:43: fout: het adres /x/pagina/2/ is van de site zelf [alias]\n    haal de alias weg\n", nil},
		{"aliases where a page is", []string{"a.md", "aliases: [/b/, /b/index.html, b, /tags/, /a, /index.html]\ntags: [x]", "b.md", ""},
			"content/a.md:3:11: fout: op het adres /b/ staat al de pagina content/b.md [alias]\n    haal de alias weg\n" +
				"content/a.md:3:16: fout: op het adres /b/ staat al de pagina content/b.md [alias]\n    haal de alias weg\n" +
				"content/a.md:3:31: fout: op het adres /b/ staat al de pagina content/b.md [alias]\n    haal de alias weg\n" +
				"content/a.md:3:34: fout: op het adres /tags/ staat al de pagina /tags/ [alias]\n    haal de alias weg\n" +
				"content/a.md:3:42: fout: op het adres /a/ staat al de pagina content/a.md [alias]\n    haal de alias weg\n" +
				"content/a.md:3:46: fout: \"/index.html\" is geen oud adres van deze site [alias]\n" + noAlias, nil},
		{"aliases where a file is", []string{"a.md", "aliases: [/p.pdf, /oud.html, /x/, /map]", "p.pdf", "x", "oud.html", "x", "x/index.html", "x", "map/los.pdf", "x"},
			"content/a.md:3:11: fout: op het adres /p.pdf/ staat al het bestand content/p.pdf [alias]\n    haal de alias weg\n" +
				"content/a.md:3:19: fout: op het adres /oud.html staat al het bestand content/oud.html [alias]\n    haal de alias weg\n" +
				"content/a.md:3:30: fout: op het adres /x/ staat al het bestand content/x/index.html [alias]\n    haal de alias weg\n", nil},
		{"aliases of two pages", []string{"a.md", "aliases: [/oud/, /oud, /ouder.html]", "b.md", "aliases: [oud, /ouder.html/nog/, /ouder.html]"},
			"content/a.md:3:18: fout: op het adres /oud/ staat al een alias van content/a.md [alias]\n    haal de alias weg\n" +
				"content/b.md:3:11: fout: op het adres /oud/ staat al een alias van content/a.md [alias]\n    haal de alias weg\n" +
				"content/b.md:3:16: fout: op het adres /ouder.html/nog/ staat al een alias van content/a.md [alias]\n    haal de alias weg\n" +
				"content/b.md:3:34: fout: op het adres /ouder.html staat al een alias van content/a.md [alias]\n    haal de alias weg\n", nil},
	} {
		s, got := graph(t, test.files...)
		if got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, test.want)
		}
		for _, url := range test.gone {
			if s.Page(url) != nil {
				t.Errorf("%s: %s is there", test.name, url)
			}
		}
		for url := range s.byURL {
			if strings.Contains(url, "//") || s.Page(url).URL != url {
				t.Errorf("%s: a page at %s", test.name, url)
			}
		}
		checkFiles(t, test.name, s)
	}
}

// Whatever names authors choose, no two things are written to one place, and what
// is left out is told.
func TestNothingCollides(t *testing.T) {
	names := []string{"a", "A", "b", "pagina", "2", "3", "index.html", "tags", "themas", "ai", "feed.xml", "404.html", "x.html", "-"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		some := func() string {
			parts := make([]string, 1+r.IntN(3))
			for i := range parts {
				parts[i] = names[r.IntN(len(names))]
			}
			return strings.Join(parts, "/")
		}
		files := map[string]string{}
		for range 12 {
			name := some()
			switch r.IntN(4) {
			case 0:
				name += "/index.md"
			case 1:
				name += "/_index.md"
			case 2:
				name += ".md"
			}
			files[name] = "aliases: [/" + some() + "/, /" + some() + "]\ntags: [" + names[r.IntN(len(names))] + "]"
		}
		for i := range r.IntN(50) {
			files[fmt.Sprintf("a/%d.md", 100+i)] = "tags: [pagina]"
		}
		var pairs []string
		for name, text := range files {
			inTheWay := false
			for other := range files { // no file system has both
				inTheWay = inTheWay || strings.HasPrefix(other, name+"/")
			}
			if !inTheWay {
				pairs = append(pairs, name, text)
			}
		}
		s, said := graph(t, pairs...)
		if checkFiles(t, fmt.Sprint(pairs), s); t.Failed() {
			return
		}
		for i := 0; i < len(pairs); i += 2 {
			file := pairs[i]
			if s.Of(file) == nil && s.Resource(file) == nil && !strings.Contains(said, "content/"+file+":") {
				t.Errorf("%q: %s vanishes silently", pairs, file)
			}
		}
		for _, p := range s.Pages {
			if p != s.Home && !slices.Contains(p.Parent.Pages, p) && !slices.Contains(p.Parent.Sections, p) && p.Role < Terms {
				t.Errorf("%q: %s is in no list", pairs, p.URL)
			}
		}
	}
}

// many makes pairs for n pages.
func many(prefix string, n int) []string {
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("%s%02d.md", prefix, i), "")
	}
	return pairs
}

// checkFiles holds that no two things are written to one place, whatever is wrong
// with a site.
func checkFiles(t *testing.T, name string, s *Site) {
	t.Helper()
	files := map[string]string{}
	add := func(file, who string) {
		if other := files[file]; other != "" {
			t.Errorf("%s: %s is of %s and of %s", name, file, other, who)
		}
		files[file] = who
	}
	for _, own := range []string{"feed.xml", "sitemap.xml", "robots.txt", "404.html", ".search/site.json", ".well-known/security.txt", "assets/site.css"} {
		add(own, "the site")
	}
	for _, p := range s.Pages {
		for n := range p.Parts() {
			add(strings.TrimPrefix(PartURL(p.URL, n+1), "/")+"index.html", p.URL)
		}
	}
	for _, r := range s.Resources {
		add(r.File, "a resource")
	}
	for _, r := range s.Redirects {
		add(r.File(), "an alias")
	}
	for file, who := range files {
		for i, c := range file {
			if c == '/' && files[file[:i]] != "" {
				t.Errorf("%s: %s of %s is a folder for %s of %s", name, file[:i], files[file[:i]], file, who)
			}
		}
	}
}

// Aliases are tidied, and sorted.
func TestAliases(t *testing.T) {
	s := good(t, "a.md", "aliases: [oud, /ouder.html, '/Met Spatie/en.punt/', nog/ouder/index.html]", "b.md", "aliases: [/archief/b.php, /é/]")
	want := "redirect /Met Spatie/en.punt/ to /a/\nredirect /archief/b.php/ to /b/\nredirect /nog/ouder/ to /a/\nredirect /oud/ to /a/\nredirect /ouder.html to /a/\nredirect /é/ to /b/\n"
	if got := dump(s); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for i, file := range []string{"Met Spatie/en.punt/index.html", "archief/b.php/index.html", "nog/ouder/index.html", "oud/index.html", "ouder.html", "é/index.html"} {
		if got := s.Redirects[i].File(); got != file {
			t.Errorf("%s is written to %s, not to %s", s.Redirects[i].From, got, file)
		}
	}
}

// Pages that are not published now are listed with the reason, and the site says
// when it changes by itself.
func TestUnpublished(t *testing.T) {
	pairs := []string{
		"concept.md", "draft: true\npublishDate: 2024-03-02",
		"later.md", "publishDate: 2024-03-05\nexpiryDate: 2024-03-20",
		"nu.md", "publishDate: 2024-03-01\nexpiryDate: 2024-03-10",
		"voorbij.md", "expiryDate: 2024-03-01",
		"altijd.md", "",
	}
	day := func(d int) time.Time { return time.Date(2024, 3, d, 0, 0, 0, 0, time.UTC) }
	const (
		draft   = "skipped content/concept.md: concept (draft: true)\n"
		later   = "skipped content/later.md: verschijnt op 2024-03-05 (publishDate)\n"
		soon    = "skipped content/concept.md: verschijnt op 2024-03-02 (publishDate)\n"
		expired = "skipped content/voorbij.md: verlopen op 2024-03-01 (expiryDate)\n"
	)
	for _, test := range []struct {
		name    string
		options Options
		skipped string
		next    time.Time
	}{
		{"plain", Options{Now: today}, draft + later + expired, day(5)},
		{"with drafts", Options{Now: today, Drafts: true}, soon + later + expired, day(2)},
		{"with what comes", Options{Now: today, Future: true}, draft + expired, day(10)},
		{"with all", Options{Now: today, Drafts: true, Future: true}, expired, day(10)},
		{"before all", Options{Now: day(-30)}, draft + later + strings.Replace(later, "later.md: verschijnt op 2024-03-05", "nu.md: verschijnt op 2024-03-01", 1), day(1)},
		{"on the day", Options{Now: day(10)}, draft + strings.Replace(expired, "voorbij.md: verlopen op 2024-03-01", "nu.md: verlopen op 2024-03-10", 1) + expired, day(20)},
		{"after all", Options{Now: day(30)}, draft + strings.Replace(expired, "voorbij.md: verlopen op 2024-03-01", "later.md: verlopen op 2024-03-20", 1) +
			strings.Replace(expired, "voorbij.md: verlopen op 2024-03-01", "nu.md: verlopen op 2024-03-10", 1) + expired, time.Time{}},
	} {
		cfg, tree := read(t, siteYAML, pairs...)
		s, messages := New(cfg, tree, test.options)
		var got string
		for _, k := range s.Skipped {
			got += "skipped " + k.File + ": " + k.Reason + "\n"
		}
		if got != test.skipped || len(messages) > 0 {
			t.Errorf("%s: got\n%s\nwant\n%s\n%s", test.name, got, test.skipped, written(messages))
		}
		if !s.NextChange.Equal(test.next) {
			t.Errorf("%s: the site changes on %v, want %v", test.name, s.NextChange, test.next)
		}
	}
}

// The same tree gives the same graph and messages, every time.
func TestSameTreeSameGraph(t *testing.T) {
	pairs := append(many("proeven/p", 30), many("a/b/q", 25)...)
	pairs = append(pairs, "x.md", "tags: [a, B, A, c]\naliases: [/o/, /p/]", "y.md", "tags: [b, C]\naliases: [/p/, /q/]",
		"proeven/r.md", "net: n\nook: [p00, p01, nergens]\nthemas: [ai]", "De Netten/n.md", "proef: r", "De Netten/m.md", "", "De Netten/diep/m.md", "",
		"themas/ai.md", "", "p/index.html", "x", "api/x", "x", "d.md", "draft: true")
	var first string
	for i := range 20 {
		cfg, tree := read(t, siteYAML, pairs...)
		s, messages := New(cfg, tree, Options{Now: today})
		got := dump(s) + written(messages)
		if i == 0 {
			first = got
		} else if got != first {
			t.Fatalf("another graph:\n%s\nfirst\n%s", got, first)
		}
	}
	if strings.Count(first, "fout:") != 5 {
		t.Errorf("the site was to have five faults:\n%s", first)
	}
}

// The site keeps its own addresses from content as site.yaml keeps them from
// kinds and vocabularies. But a tag's page may have a text, and only the parts of
// lists are in pagina/.
func TestReservedAddresses(t *testing.T) {
	for _, name := range config.ReservedAddresses {
		if got := reserved("/" + name + "/x/"); got != (name != "tags" && name != partSegment) {
			t.Errorf("/%s/ is reserved: %v", name, got)
		}
	}
}

func TestParts(t *testing.T) {
	sections := []*Page{{}}
	for _, test := range []struct {
		page *Page
		n    int
		want int
	}{
		{&Page{Role: Section}, 0, 1}, {&Page{Role: Section}, 1, 1}, {&Page{Role: Section}, 20, 1}, {&Page{Role: Section}, 21, 2},
		{&Page{Role: Section, Sections: sections}, 21, 2}, {&Page{Role: Term}, 40, 2}, {&Page{Role: Terms}, 41, 3}, {&Page{Role: Plain}, 41, 1},
		{&Page{Role: Section, URL: "/"}, 41, 3}, {&Page{Role: Section, URL: "/", Sections: sections}, 41, 1},
	} {
		test.page.Pages = slices.Repeat([]*Page{{}}, test.n)
		if got := test.page.Parts(); got != test.want {
			t.Errorf("%+v: %d parts, want %d", test.page, got, test.want)
		}
	}
	if PartURL("/a/", 1) != "/a/" || PartURL("/a/", 2) != "/a/pagina/2/" || PartURL("/", 3) != "/pagina/3/" {
		t.Error(PartURL("/a/", 1), PartURL("/a/", 2), PartURL("/", 3))
	}
}

func BenchmarkNew(b *testing.B) {
	var pairs []string
	for i := range 3000 {
		pairs = append(pairs, fmt.Sprintf("map%d/p%04d.md", i%10, i), fmt.Sprintf("date: 2024-01-%02d\ntags: [een, t%d]\naliases: [/oud/%d/]", 1+i%28, i%50, i))
	}
	cfg, tree := read(b, siteYAML, pairs...)
	for b.Loop() {
		New(cfg, tree, Options{Now: today})
	}
}
