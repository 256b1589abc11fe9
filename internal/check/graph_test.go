package check

import (
	"slices"
	"strings"
	"testing"
)

const graphYAML = `
title: Proef
kinds:
  post:
    file: data/posten.yaml
    label: {one: Post, many: Posten}
    fields: {bedrag: money, deel: money, rest: money, uitleg: markdown, bestand: file}
  avond:
    folder: avonden
    calendar: true
    fields:
      einde: {type: date, property: endDate}
      begin: {type: datetime, property: startDate}
      sprekers: {type: list, of: {naam: text, van: {type: datetime, property: startDate}}}
  week:
    folder: weken
    calendar: true
    fields:
      begin: {type: date, property: startDate}
      einde: {type: period, property: endDate}
      uitleg: markdown
`

// found is what the rules find in a site with these files.
func found(t testing.TB, pairs ...string) string {
	t.Helper()
	return inTheme(t, "collection foto-list", graphYAML, pairs...)
}

// inTheme is the same with a theme that has these templates besides page and list.
func inTheme(t testing.TB, templates, yaml string, pairs ...string) string {
	t.Helper()
	if !slices.Contains(pairs, "data/posten.yaml") {
		pairs = append(pairs, "data/posten.yaml", "") // a file that is missing is told by another room
	}
	s, said := graph(t, yaml, today, pairs...)
	for _, m := range said {
		t.Fatalf("%s: %s", m.Position(), m.Text)
	}
	return written(Run(s, look(t, templates), today))
}

// Links and images are followed in Markdown fields and in items too, and told where
// they stand.
func TestLinksInFields(t *testing.T) {
	const hint = " [dode-link]\n    schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../programma/_index.md\n"
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"good", []string{"data/posten.yaml", "- {title: A, uitleg: '[x](../b.md) [y](#a) [z](posten.yaml#a) [p](p.pdf) ![f](f.avif)', bestand: p.pdf}\n", "b.md", titled + "[a](data/posten.yaml#a) [b](/posten/#a)", "data/p.pdf", "x", "data/f.avif", "x"}, ""},
		{"a field of a page", []string{"weken/a.md", "---\ntitle: A\nbegin: 2024-01-01\nuitleg: |\n  Eerst.\n\n  Dan [x](b.md).\n---\n[y](c.md)"},
			"content/weken/a.md:7:5: fout: de link b.md wijst naar een bestand dat er niet is: content/weken/b.md" + hint +
				"content/weken/a.md:9:1: fout: de link c.md wijst naar een bestand dat er niet is: content/weken/c.md" + hint},
		{"an item", []string{"data/posten.yaml", "- title: A\n- title: B\n  uitleg: |\n    [x](b.md)\n"},
			"content/data/posten.yaml:4:1: fout: de link b.md wijst naar een bestand dat er niet is: content/data/b.md" + hint},
		{"the anchor of an item", []string{"data/posten.yaml", "- title: Alfa\n  uitleg: |\n    [x](#alfe)\n"},
			"content/data/posten.yaml:3:1: fout: op de pagina /posten/ is geen plaats met de naam #alfe [dood-anker]\n    bedoelde je \"alfa\"? toegestaan: alfa\n"},
		{"the file of an item", []string{"data/posten.yaml", "- {title: A, bestand: q.pdf}\n", "data/p.pdf", "x"},
			"content/data/posten.yaml:1:23: fout: het bestand \"q.pdf\" is er niet [bestand-ontbreekt]\n    bedoelde je \"p.pdf\"? toegestaan: p.pdf\n"},
		{"an image elsewhere", []string{"data/posten.yaml", "- title: A\n  uitleg: |\n    ![x](https://x.nl/y.png)\n"},
			"content/data/posten.yaml:3:1: fout: de afbeelding https://x.nl/y.png staat niet in content [dode-link]\n    zet het bestand in de map van de pagina; zo ziet geen andere site wie de pagina leest\n"},
	} {
		if got := found(t, test.files...); got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, test.want)
		}
	}
}

// An image has an alternative text, wherever it stands; the document says so.
func TestAlternatives(t *testing.T) {
	for text, fault := range map[string]bool{"![Foto](f.avif)": false, "![decoratief](f.avif)": false, "![](f.avif)": true, "[![](f.avif)](/)": true} {
		for name, whole := range map[string]string{"a.md": titled + text, "weken/a.md": "---\ntitle: A\nbegin: 2024-01-01\nuitleg: '" + text + "'\n---\n", "data/posten.yaml": "- {title: A, uitleg: '" + text + "'}\n"} {
			_, said := graph(t, graphYAML, today, name, whole)
			if got := written(said); strings.Contains(got, "[alt-ontbreekt]") != fault {
				t.Errorf("%s in %s: %s", text, name, got)
			}
		}
	}
}

// What site.yaml says adds up, adds up over the whole file.
func TestSums(t *testing.T) {
	declared := strings.Replace(graphYAML, "bestand: file}\n", "bestand: file}\n    sum:\n      - {of: bedrag, equals: totaal, except: [los]}\n      - {of: [deel, rest], equals: bedrag}\n", 1)
	const good = "- {title: A, bedrag: 100, deel: 60, rest: 40}\n- {title: B, bedrag: 1.250,-, deel: 1.250,-}\n- {title: Los, bedrag: 7, deel: 7}\n- {title: Totaal, bedrag: 1350, deel: 1350}\n"
	for _, test := range []struct{ name, old, new, want string }{
		{"right", "", "", ""},
		{"a total that is off", "bedrag: 1350, deel: 1350", "bedrag: 1351, deel: 1351",
			"content/data/posten.yaml:4:27: fout: veld \"bedrag\" van \"totaal\" is € 1.351, maar de delen zijn samen € 1.350 [som]\n    verbeter dit, of een van de delen: a € 100; b € 1.250\n"},
		{"a row that is off", "rest: 40", "rest: 41",
			"content/data/posten.yaml:1:22: fout: veld \"bedrag\" is € 100, maar de delen zijn samen € 101 [som]\n    verbeter dit, of een van de delen: deel € 60; rest € 41\n"},
		{"a total that is not there", "title: Totaal", "title: Samen", "totaal"},
		{"no items", good, "", ""},
	} {
		yaml := strings.Replace(good, test.old, test.new, 1)
		yaml = strings.ReplaceAll(yaml, "1.250,-", "'1.250,-'")
		got := inTheme(t, "collection", declared, "data/posten.yaml", yaml)
		if test.want == "totaal" {
			if !strings.Contains(got, "site.yaml:9:9: fout: een som van soort \"post\" noemt \"totaal\", maar geen onderdeel heet zo [declaratie]") {
				t.Errorf("%s: %s", test.name, got)
			}
		} else if got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, test.want)
		}
	}
}

// Nothing ends before it begins, to the precision in which it was written, in
// whichever order the fields are declared. What is within a field of the page is
// no beginning of it.
func TestEvents(t *testing.T) {
	const fault = ": fout: het einde ligt voor het begin [einde-voor-begin]\n    zet het einde na het begin\n"
	for _, test := range []struct{ name, file, front, want string }{
		{"a day later", "weken", "begin: 2024-03-01\neinde: 2024-03-02", ""},
		{"the same day", "weken", "begin: 2024-03-01\neinde: 2024-03-01", ""},
		{"a day earlier", "weken", "begin: 2024-03-02\neinde: 2024-03-01", "content/weken/a.md:4:8" + fault},
		{"in that month", "weken", "begin: 2024-03-15\neinde: 2024-03", ""},
		{"in that year", "weken", "begin: 2024-03-15\neinde: \"2024\"", ""},
		{"in the month before", "weken", "begin: 2024-03-15\neinde: 2024-02", "content/weken/a.md:4:8" + fault},
		{"no end", "weken", "begin: 2024-03-15", ""},
		{"no beginning", "weken", "einde: 2024-03-15", ""},
		{"the day of a moment", "avonden", "begin: 2024-03-15 19:30\neinde: 2024-03-15", ""},
		{"the day after a moment", "avonden", "begin: 2024-03-15 19:30\neinde: 2024-03-16", ""},
		{"the day before a moment, declared first", "avonden", "begin: 2024-03-15 19:30\neinde: 2024-03-14", "content/avonden/a.md:4:8" + fault},
		{"a moment within", "avonden", "begin: 2024-03-15 19:30\neinde: 2024-03-15\nsprekers: [{naam: x, van: 2024-03-17 10:00}]", ""},
	} {
		if got := found(t, test.file+"/a.md", "---\ntitle: A\n"+test.front+"\n---\n"); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

// A collection needs a template that can show items; a page asks for one by name.
func TestCollectionLayouts(t *testing.T) {
	const none = "site.yaml:4:3: fout: het thema heeft geen sjabloon dat de onderdelen van soort \"post\" toont [layout-onbekend]\n    maak templates/collection.html in het thema\n"
	item := []string{"data/posten.yaml", "- {title: A}\n"}
	for _, test := range []struct {
		templates string
		files     []string
		want      string
	}{
		{"", item, none},
		{"", nil, ""}, // no items, no collection
		{"collection foto-list", item, ""},
		{"post-list", item, ""},
		{"post", item, none},
		{"breed collection foto-list", append(item, "posten.md", "---\ntitle: P\nlayout: foto-list\n---\n"), ""},
		{"breed collection foto-list", append(item, "posten.md", "---\ntitle: P\nlayout: breed\n---\n"), "content/posten.md:3:1: fout: er is geen sjabloon \"breed\" voor een lijst [layout-onbekend]\n    toegestaan: collection, foto-list, list\n"},
	} {
		if got := inTheme(t, test.templates, graphYAML, test.files...); got != test.want {
			t.Errorf("with %q: got\n%s\nwant\n%s", test.templates, got, test.want)
		}
	}
}
