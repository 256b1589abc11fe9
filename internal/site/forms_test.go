package site

import (
	"path"
	"regexp"
	"strings"
	"testing"
)

const formsYAML = `
title: Proef
kinds:
  stuk:
    folder: stukken
    label: {one: Stuk, many: Stukken}
    bundle: true
    cite: report
    fields: {versie: {type: text, property: version}, bestand: file, meer: {type: list, of: {naam: text, bestand: file}}}
  avond:
    folder: avonden
    calendar: true
    fields: {begin: {type: date, property: startDate}}
  fase:
    file: data/fasen.yaml
    calendar: true
    fields: {begin: {type: date, property: startDate}}
`

// forms writes the forms of a page, without its address.
func forms(p *Page) string {
	var list []string
	for _, f := range p.Forms {
		list = append(list, strings.TrimPrefix(f.URL, p.URL))
	}
	return strings.Join(list, " ")
}

// sum is the version of a package that is told by its files.
var sum = regexp.MustCompile(`-[0-9a-f]{8}\.zip`)

// Which forms each sort of page has.
func TestForms(t *testing.T) {
	s, said := sketch(t, formsYAML, Options{},
		"stukken/a/index.md", "date: 2024-02-01\nversie: \"1.1\"\ntags: [x]", "stukken/a/p.pdf", "x", "stukken/a/map/q.pdf", "x", "stukken/a/c/index.md", "", "stukken/a/c/r.pdf", "x",
		"stukken/b.md", "date: 2024-02-01\nupdated: 2024-02-03\nbestand: los.pdf", "stukken/los.pdf", "x",
		"stukken/leeg/index.md", "versie: 2", "stukken/d.md", "bestand: ../boven.pdf\nmeer: [{naam: x, bestand: los.pdf}, {bestand: los.pdf}]", "boven.pdf", "x",
		"avonden/e.md", "begin: 2024-05-01", "data/fasen.yaml", "- {title: F, begin: 2024-01-01}\n", "over/index.md", "", "over/o.pdf", "x", "los/x.md", "tags: [y]",
	)
	if said != "" {
		t.Fatal(said)
	}
	for _, test := range []struct{ url, want string }{
		{"/", "feed.xml feed.json"},
		{"/stukken/", "feed.xml feed.json stukken.csv stukken.json"},
		{"/stukken/a/", "a.bib a.ris a.csl.json a-1.1.zip"},
		{"/stukken/a/c/", "c-SUM.zip"}, // no version and no day: its files; not to be cited
		{"/stukken/b/", "b.bib b.ris b.csl.json b-2024-02-03.zip"},
		{"/stukken/d/", "d-SUM.zip"},
		{"/stukken/leeg/", ""}, // no files, no ZIP
		{"/avonden/", "avonden.ics avonden.csv avonden.json"},
		{"/avonden/e/", "e.ics"},
		{"/fasen/", "fasen.ics fasen.csv fasen.json"},
		{"/tags/", ""}, {"/tags/x/", "feed.xml feed.json"}, {"/tags/y/", ""}, // no news
		{"/over/", ""}, {"/los/", ""},
	} {
		p := s.Page(test.url)
		got := sum.ReplaceAllString(forms(p), "-SUM.zip")
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.url, got, test.want)
		}
		if p.Form(Atom) == "" == strings.Contains(test.want, "feed.xml") {
			t.Errorf("%s: Form gives %q", test.url, p.Form(Atom))
		}
	}
	for _, test := range []struct{ url, files, version string }{
		{"/stukken/a/", "stukken/a/map/q.pdf stukken/a/p.pdf", "1.1"},
		{"/stukken/d/", "boven.pdf stukken/los.pdf", ""},
		{"/stukken/b/", "stukken/los.pdf", "2024-02-03"},
	} {
		var files []string
		p := s.Page(test.url)
		for _, r := range s.Files(p) {
			files = append(files, r.File)
		}
		if strings.Join(files, " ") != test.files || p.Version() != test.version || p.NewestURL() != test.url+"nieuwste/" {
			t.Errorf("%s: files %q, version %q, newest %s", test.url, files, p.Version(), p.NewestURL())
		}
	}
	// The newest ZIP has an address that leads on.
	newest := 0
	for _, r := range s.Redirects {
		if strings.HasSuffix(r.From, "/nieuwste/") && r.To == s.Page(strings.TrimSuffix(r.From, "nieuwste/")).Form(ZIP) {
			newest++
		}
	}
	if newest != 4 || len(s.Redirects) != 4 {
		t.Errorf("%+v", s.Redirects)
	}
}

// The version of a page is what its own field says, not one of something it names.
func TestVersionWithinGroups(t *testing.T) {
	yaml := "title: T\nkinds:\n  a:\n    folder: a\n    fields:\n      programma: {type: group, fields: {naam: text, versie: {type: text, property: version}}}\n      versie: {type: text, property: version}\n"
	s, _ := sketch(t, yaml, Options{}, "a/x.md", "programma: {naam: X, versie: 9}\nversie: 1", "a/y.md", "programma: {naam: X, versie: 9}")
	if x, y := s.Page("/a/x/").Version(), s.Page("/a/y/").Version(); x != "1" || y != "" {
		t.Errorf("versions %q and %q", x, y)
	}
}

// Forms find their places taken by pages; resources and aliases find them taken by
// forms. What is left out is told.
func TestFormCollisions(t *testing.T) {
	const made = "is voor een bestand dat kennishub maakt bij de pagina "
	const other = " [dubbele-url]\n    geef de pagina een andere naam\n"
	pages := []string{"stukken/a/index.md", "date: 2024-01-01\nversie: 1", "stukken/a/p.pdf", "x", "avonden/e.md", "begin: 2024-05-01\ndate: 2024-01-01"}
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"nothing", nil, ""},
		{"a page in the place of a form", []string{"stukken/a/a.bib.md", ""},
			"content/stukken/a/a.bib.md: fout: het adres /stukken/a/a.bib " + made + "/stukken/a/" + other},
		{"the section of a page in the place of a form", []string{"avonden/avonden.csv/x.md", ""},
			"content/avonden/avonden.csv/x.md: fout: het adres /avonden/avonden.csv " + made + "/avonden/" + other},
		{"a page in the place of the feed of a section", []string{"avonden/feed.xml.md", ""},
			"content/avonden/feed.xml.md: fout: het adres /avonden/feed.xml " + made + "/avonden/" + other},
		{"a page at the newest ZIP", []string{"stukken/a/nieuwste.md", ""},
			"content/stukken/a/index.md: fout: op het adres /stukken/a/nieuwste/ staat al de pagina content/stukken/a/nieuwste.md [dubbele-url]\n    geef een van beide een andere naam\n"},
		{"resources in the place of forms", []string{"stukken/a/a.ris", "x", "avonden/avonden.ics", "x", "stukken/a/nieuwste/index.html", "x", "stukken/a/a-1.zip", "x", "feed.json", "x", "datapackage.json", "x"},
			"content/avonden/avonden.ics: fout: op het adres /avonden/avonden.ics staat al een bestand dat kennishub maakt bij de pagina /avonden/ [dubbele-url]\n" + rename3 +
				"content/datapackage.json: fout: het adres /datapackage.json is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/feed.json: fout: het adres /feed.json is van de site zelf [adres-van-de-site]\n" + rename3 +
				"content/stukken/a/a-1.zip: fout: op het adres /stukken/a/a-1.zip staat al een bestand dat kennishub maakt bij de pagina /stukken/a/ [dubbele-url]\n" + rename3 +
				"content/stukken/a/a.ris: fout: op het adres /stukken/a/a.ris staat al een bestand dat kennishub maakt bij de pagina /stukken/a/ [dubbele-url]\n" + rename3 +
				"content/stukken/a/nieuwste/index.html: fout: op het adres /stukken/a/nieuwste/index.html staat al een bestand dat kennishub maakt bij de pagina /stukken/a/ [dubbele-url]\n" + rename3},
		{"aliases in the place of forms", []string{"x.md", "aliases: [/avonden/avonden.csv, /stukken/a/nieuwste/, /datapackage.json]"},
			"content/x.md:3:11: fout: op het adres /avonden/avonden.csv/ staat al een bestand dat kennishub maakt bij de pagina /avonden/ [alias]\n    haal de alias weg\n" +
				"content/x.md:3:33: fout: op het adres /stukken/a/nieuwste/ staat al een bestand dat kennishub maakt bij de pagina /stukken/a/ [alias]\n    haal de alias weg\n" +
				"content/x.md:3:55: fout: het adres /datapackage.json/ is van de site zelf [alias]\n    haal de alias weg\n"},
	} {
		s, got := sketch(t, formsYAML, Options{}, append(test.files, pages...)...)
		if got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, test.want)
		}
		checkFiles(t, test.name, s)
	}
}

// The tables of a kind may meet the feeds of its own section.
func TestKindCalledFeed(t *testing.T) {
	s, got := sketch(t, "title: T\nkinds: {a: {folder: feed}}\n", Options{}, "feed/x.md", "date: 2024-01-01")
	if !strings.Contains(got, "het adres /feed/feed.json is voor een bestand dat kennishub maakt bij de pagina /feed/ [dubbele-url]") || strings.Contains(got, "panic") {
		t.Error(got)
	}
	checkFiles(t, "feed", s)
}

// However pages and versions are called, their forms have names that a file system
// takes and that stay in the folder of the page.
func TestFormNames(t *testing.T) {
	long := strings.Repeat("x", 300)
	for _, name := range []string{"Met spatie", "één & twee", "a.b", long, "книги"} {
		for _, version := range []string{"1.1", "..", "../../x", "a/b", "\\x", "één twee", long, "-", "CON"} {
			s, said := sketch(t, formsYAML, Options{}, "stukken/"+name+"/index.md", "date: 2024-01-01\nversie: '"+version+"'", "stukken/"+name+"/p.pdf", "x")
			if said != "" {
				t.Errorf("%.20s, %.20s: %s", name, version, said)
			}
			p := s.Kinds[0][0]
			if len(p.Forms) != 4 {
				t.Errorf("%.20s, %.20s: %v", name, version, p.Forms)
			}
			for _, f := range p.Forms {
				base := path.Base(f.URL)
				if len(base) > 255 || path.Dir(f.URL)+"/" != p.URL || path.Clean(f.URL) != f.URL || strings.ContainsAny(base, "\\ ") {
					t.Errorf("%.20s, version %.20s: a form of %d bytes at %.60s…", name, version, len(base), f.URL)
				}
			}
			checkFiles(t, name, s)
		}
	}
}

// The pages of a kind may all be in folders below its own: its list has its forms.
func TestFormsOfPagesBelow(t *testing.T) {
	s, said := sketch(t, formsYAML, Options{}, "avonden/2024/e.md", "begin: 2024-05-01")
	if got := forms(s.Page("/avonden/")); got != "avonden.ics avonden.csv avonden.json" || said != "" {
		t.Errorf("%s; %s", got, said)
	}
	if got := forms(s.Page("/avonden/2024/")); got != "" {
		t.Error(got)
	}
}
