package check

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

const siteYAML = `
title: Proef
kinds:
  ding:
    folder: dingen
    label: {one: Ding, many: Dingen}
    fields:
      bestand: file
      meer: {type: list, of: {titel: text, bestand: file}}
`

var today = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// run makes a site out of site.yaml and pairs of file and text, and says what the
// rules find.
func run(t testing.TB, yaml string, now time.Time, pairs ...string) string {
	t.Helper()
	s, said := graph(t, yaml, now, pairs...)
	for _, m := range said {
		t.Fatalf("%s: %s", m.Position(), m.Text)
	}
	return written(Run(s, look(t, "breed foto-list zoeken"), now))
}

// graph makes a site, and says what the rooms before this one find.
func graph(t testing.TB, yaml string, now time.Time, pairs ...string) (*site.Site, []diag.Message) {
	t.Helper()
	cfg, said := config.Load(fstest.MapFS{config.File: {Data: []byte(yaml)}})
	files := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1]), ModTime: today}
	}
	tree := content.NewLoader(files, "content", nil).Load(cfg, nil)
	for _, d := range tree.Documents {
		said = append(said, d.Messages...)
	}
	s, more := site.New(cfg, tree, site.Options{Now: now})
	return s, append(append(said, tree.Messages...), more...)
}

// look is a theme with templates that say nothing: page, list and more.
func look(t testing.TB, more string) *theme.Theme {
	t.Helper()
	files := fstest.MapFS{
		"templates/base.html": {Data: []byte("<!doctype html><title>{{.Title}}</title>{{block \"main\" .}}{{end}}")},
		"messages/nl.json":    {Data: []byte("{}")},
		"assets/site.css":     {Data: []byte("p{}")},
	}
	for name := range strings.FieldsSeq("page list " + more) {
		files["templates/"+name+".html"] = &fstest.MapFile{Data: []byte("{{define \"main\"}}{{end}}")}
	}
	th, faults := theme.Open(files, theme.Options{Name: "proef", BasePath: "/", Language: "nl"})
	for _, m := range faults {
		t.Fatalf("%s: %s", m.Position(), m.Text)
	}
	return th
}

// written is messages as an author reads them.
func written(messages []diag.Message) string {
	var list diag.List
	list.Add(messages...)
	var b strings.Builder
	diag.Write(&b, list.Sorted())
	return b.String()
}

const titled = "---\ntitle: T\n---\n"

func TestLinks(t *testing.T) {
	others := []string{"b.md", titled + "## Kop\n", "map/_index.md", titled, "foto.avif", "x", "p.pdf", "x", "concept.md", "---\ntitle: C\ndraft: true\n---\n"}
	for _, test := range []struct{ text, want string }{
		{"[a](b.md), [b](b.md#kop), [c](#hier), [d](map/), [e](/b/), [f](p.pdf), [g](https://x.nl), [h](mailto:a@b.nl), [i](/zoeken/?q=x), ![j](foto.avif)\n\n## Hier\n", ""},
		{"tekst\n\nen [a](c.md)", "7:4: fout: de link c.md wijst naar een bestand dat er niet is: content/c.md [dode-link]\n    schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld programma/_index.md\n"},
		{"één [a](b.md#kopp)", "5:5: fout: op de pagina /b/ is geen plaats met de naam #kopp [dood-anker]\n    bedoelde je \"kop\"? toegestaan: kop\n"},
		{"[a](#kop)", "5:1: fout: op deze pagina is geen plaats met de naam #kop [dood-anker]\n    haal #kop weg: die pagina heeft geen koppen\n"},
		{"[a](../b.md)", "5:1: fout: de link ../b.md wijst buiten de map content [dode-link]\n    link alleen naar bestanden in content/, of schrijf een heel adres met https://\n"},
		{"[a](//x.nl/)", "5:1: fout: de link //x.nl/ mist https: [dode-link]\n    schrijf https: ervoor: https://x.nl/\n"},
		{"[a](concept.md)", "5:1: fout: de pagina content/concept.md wordt niet gepubliceerd: concept (draft: true) [dode-link]\n    haal de link weg, of publiceer de pagina\n"},
		{"![a](fotos.avif)", "5:1: fout: de afbeelding fotos.avif wijst naar een bestand dat er niet is: content/fotos.avif [dode-link]\n    bedoelde je content/foto.avif?\n"},
		{"![a](heel-iets-anders.png)", "5:1: fout: de afbeelding heel-iets-anders.png wijst naar een bestand dat er niet is: content/heel-iets-anders.png [dode-link]\n    zet de afbeelding in de map van deze pagina, of schrijf het pad naar haar bestand vanaf die map\n"},
		{"![a](../foto.avif)", "5:1: fout: de afbeelding ../foto.avif wijst buiten de map content [dode-link]\n    zet de afbeelding in de map van deze pagina, of schrijf het pad naar haar bestand vanaf die map\n"},
		{"![a](www.x.nl/foto.avif)", "5:1: fout: de afbeelding www.x.nl/foto.avif staat niet in content [dode-link]\n    zet het bestand in de map van de pagina; zo ziet geen andere site wie de pagina leest\n"},
		{"![a](b.md)", "5:1: fout: de afbeelding b.md is een pagina [dode-link]\n    noem een bestand met een afbeelding\n"},
		{"![a](b.md#nergens)", "5:1: fout: op de pagina /b/ is geen plaats met de naam #nergens [dood-anker]\n    toegestaan: kop\n"},
		{"![a](p.pdf)", "5:1: fout: het bestand p.pdf is geen afbeelding [geen-afbeelding]\n    maak er een link van, zonder uitroepteken\n"},
		{"![a](https://x.nl/foto.avif)", "5:1: fout: de afbeelding https://x.nl/foto.avif staat niet in content [dode-link]\n    zet het bestand in de map van de pagina; zo ziet geen andere site wie de pagina leest\n"},
		{"![a](/feed.xml)", "5:1: fout: de afbeelding /feed.xml staat niet in content [dode-link]\n    zet het bestand in de map van de pagina; zo ziet geen andere site wie de pagina leest\n"},
		{"[a](x.md) [b](y.md#z)", "5:1: fout: de link x.md wijst naar een bestand dat er niet is: content/x.md [dode-link]\n    schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld programma/_index.md\n" +
			"5:11: fout: de link y.md#z wijst naar een bestand dat er niet is: content/y.md [dode-link]\n    schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld programma/_index.md\n"},
	} {
		got := run(t, siteYAML, today, append(others, "a.md", "---\ntitle: Eigen\n---\n\n"+test.text)...)
		if got = strings.ReplaceAll(got, "content/a.md:", ""); got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.text, got, test.want)
		}
	}
}

func TestFiles(t *testing.T) {
	files := []string{"dingen/a/poster.pdf", "x", "dingen/a/map/foto.avif", "x", "dingen/los.pdf", "x", "boven.pdf", "x", "elders/x.pdf", "x"}
	for _, test := range []struct{ front, want string }{
		{"bestand: poster.pdf\nmeer: [{bestand: map/foto.avif}, {bestand: ../los.pdf}, {bestand: ../../boven.pdf}]\nimage: {file: map/foto.avif, alt: Foto}", ""},
		{"bestand: Poster.pdf", "3:10: fout: het bestand \"Poster.pdf\" is er niet [bestand-ontbreekt]\n    bedoelde je \"poster.pdf\"? toegestaan: poster.pdf\n"},
		{"image: {file: ../los.pdf, alt: Los}", "3:15: fout: het bestand \"../los.pdf\" is geen afbeelding [geen-afbeelding]\n    noem een bestand zoals foto.jpg\n"},
		{"meer: [{bestand: map/fotos.avif}]", "3:18: fout: het bestand \"map/fotos.avif\" is er niet [bestand-ontbreekt]\n    bedoelde je \"map/foto.avif\"? toegestaan: map/foto.avif\n"},
		{"bestand: ../los.pfd", "3:10: fout: het bestand \"../los.pfd\" is er niet [bestand-ontbreekt]\n    bedoelde je \"../los.pdf\"? toegestaan: ../los.pdf\n"},
		{"bestand: ../../bovenop.pdf", "3:10: fout: het bestand \"../../bovenop.pdf\" is er niet [bestand-ontbreekt]\n    bedoelde je \"../../boven.pdf\"? toegestaan: ../../boven.pdf\n"},
		{"bestand: leeg/x.pdf", "3:10: fout: het bestand \"leeg/x.pdf\" is er niet [bestand-ontbreekt]\n    zet het bestand in content/dingen/a/leeg, of haal het veld weg\n"},
		{"bestand: ../../../x.pdf", "3:10: fout: het bestand \"../../../x.pdf\" is er niet [bestand-ontbreekt]\n    noem een bestand in content/\n"},
		{"image: {file: index.md, alt: X}", "3:15: fout: \"index.md\" is een pagina, geen bestand [bestand-ontbreekt]\n    maak er in de tekst een link van, of noem een bijlage\n"},
	} {
		got := run(t, siteYAML, today, append(files, "dingen/a/index.md", "---\ntitle: T\n"+test.front+"\n---\n")...)
		if got = strings.ReplaceAll(got, "content/dingen/a/index.md:", ""); got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.front, got, test.want)
		}
	}
	got := run(t, siteYAML, today, "over.md", "---\ntitle: T\nimage: {file: bovenn.pdf, alt: X}\n---\n", "boven.pdf", "x")
	if want := "content/over.md:3:15: fout: het bestand \"bovenn.pdf\" is er niet [bestand-ontbreekt]\n    bedoelde je \"boven.pdf\"? toegestaan: boven.pdf\n"; got != want {
		t.Errorf("at the top: got\n%s\nwant\n%s", got, want)
	}
}

func TestMenu(t *testing.T) {
	yaml := "title: T\nmenu:\n  - a.md\n  - map/_index.md\n  - {page: nergens.md, label: X}\n  - {url: 'https://x.nl/', label: Y}\nfooter: [concept.md, ab.md]\n"
	got := run(t, yaml, today, "a.md", titled, "map/b.md", titled, "concept.md", "---\ntitle: C\ndraft: true\n---\n", "abc.md", titled)
	want := `site.yaml:5:5: fout: page "nergens.md": de link nergens.md wijst naar een bestand dat er niet is: content/nergens.md [menu-pagina]
    schrijf het pad naar het bestand vanaf content/, bijvoorbeeld programma/_index.md
site.yaml:7:10: fout: page "concept.md": de pagina content/concept.md wordt niet gepubliceerd: concept (draft: true) [menu-pagina]
    haal de link weg, of publiceer de pagina
site.yaml:7:22: fout: page "ab.md": de link ab.md wijst naar een bestand dat er niet is: content/ab.md [menu-pagina]
    bedoelde je content/a.md?
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestLayouts(t *testing.T) {
	layout := func(name string) string { return "---\ntitle: T\nlayout: " + name + "\n---\n" }
	got := run(t, siteYAML, today,
		"a.md", layout("breed"), "b.md", layout("page"), "map/_index.md", layout("foto-list"), "_index.md", layout("list"),
		"c.md", layout("bered"), "d.md", layout("list"), "e.md", layout("zoeken"), "ook/_index.md", layout("breed"),
	)
	want := `content/c.md:3:1: fout: er is geen sjabloon "bered" voor een pagina [layout-onbekend]
    bedoelde je "breed"? toegestaan: breed, page
content/d.md:3:1: fout: er is geen sjabloon "list" voor een pagina [layout-onbekend]
    toegestaan: breed, page
content/e.md:3:1: fout: er is geen sjabloon "zoeken" voor een pagina [layout-onbekend]
    toegestaan: breed, page
content/ook/_index.md:3:1: fout: er is geen sjabloon "breed" voor een lijst [layout-onbekend]
    toegestaan: foto-list, list
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A day to come is no day on which a page came out, unless the page waits for it.
func TestDates(t *testing.T) {
	const yaml = "title: T\nkinds: {avond: {folder: avonden, calendar: true, fields: {begin: {type: date, property: startDate}}}, post: {file: data/posten.yaml}}\n"
	const fault = "waarschuwing: de datum ligt in de toekomst [datum-toekomst]\n    bedoel je publishDate? daarmee verschijnt de pagina pas op die dag\n"
	page := func(front string) string { return "---\ntitle: T\n" + front + "\n---\n" }
	for _, test := range []struct{ name, file, text, want string }{
		{"none", "a.md", page(""), ""},
		{"today", "a.md", page("date: 2024-03-01"), ""},
		{"tomorrow", "a.md", page("draft: false\ndate: 2024-03-02"), "content/a.md:4:1: " + fault},
		{"waited for, and come", "a.md", page("date: 2024-03-02\npublishDate: 2024-03-01"), ""},
		{"of an event", "avonden/a.md", page("begin: 2024-12-01"), ""},
		{"of an item", "data/posten.yaml", "- title: T\n  date: 2025-01-01\n", "content/data/posten.yaml:2:3: " + fault},
	} {
		files := []string{test.file, test.text}
		if test.file != "data/posten.yaml" {
			files = append(files, "data/posten.yaml", "")
		}
		s, said := graph(t, yaml, today, files...)
		if got := written(append(said, Run(s, look(t, "collection"), today)...)); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestSecurity(t *testing.T) {
	const yaml = "title: T\nsecurity: {contact: 'mailto:a@b.nl', expires: 2024-06-30}\n"
	const hint = " op 2024-06-30 [security-verloopt]\n    controleer het contact en zet een nieuwe datum bij security: expires\n"
	const soon, past = "site.yaml:2:11: waarschuwing: security.txt verloopt" + hint, "site.yaml:2:11: waarschuwing: security.txt is verlopen" + hint
	day := func(m time.Month, d int) time.Time { return time.Date(2024, m, d, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		now  time.Time
		want string
	}{{day(4, 30), ""}, {day(5, 1), soon}, {day(6, 29), soon}, {day(6, 30), past}, {day(7, 1), past}} {
		if got := run(t, yaml, test.now); got != test.want {
			t.Errorf("on %v: got %q, want %q", test.now, got, test.want)
		}
	}
	if got := run(t, "title: T", day(7, 1)); got != "" {
		t.Errorf("without security.txt: %s", got)
	}
}
