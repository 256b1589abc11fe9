package content

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/markdown"
)

// read loads a site of one document.
func read(t testing.TB, name, text string) (*Document, string) {
	t.Helper()
	tree := NewLoader(folder(name, text), "content", nil).Load(configure(t, siteYAML), nil)
	if len(tree.Documents) != 1 {
		t.Fatalf("%d documents", len(tree.Documents))
	}
	return tree.Documents[0], written(tree)
}

// The front matter that every page may have.
func TestFront(t *testing.T) {
	d, said := read(t, "dingen/a.md", `---
title:  Een titel
description: Waar het over gaat
date: 2024-03-01
updated: 2024-03-02
draft: true
publishDate: 2024-04-01
expiryDate: 2024-05-01
slug: eigen
aliases: [/oud/, "/ouder.html"]
weight: -3
tags: [ai, " privacy "]
layout: breed
image: {file: foto.jpg, alt: Een foto}
id: nummer-1
voorbeeld: true
ook_bekend_als: [Anders]
kleur: rood
---
Tekst.
`)
	if said != "" {
		t.Fatal(said)
	}
	day := func(m time.Month, d int) time.Time { return time.Date(2024, m, d, 0, 0, 0, 0, time.UTC) }
	f := d.Front
	for _, test := range []struct{ what, got, want any }{
		{"title", f.Title, "Een titel"},
		{"description", f.Description, "Waar het over gaat"},
		{"date", f.Date, day(3, 1)}, {"updated", f.Updated, day(3, 2)},
		{"publishDate", f.PublishDate, day(4, 1)}, {"expiryDate", f.ExpiryDate, day(5, 1)},
		{"draft", f.Draft, true}, {"example", f.Example, true},
		{"weight", f.Weight, -3}, {"layout", f.Layout, "breed"}, {"id", f.ID, "nummer-1"},
		{"aliases", fmt.Sprint(f.Aliases), "[{/oud/ 10 11} {/ouder.html 10 18}]"},
		{"tags", fmt.Sprint(f.Tags), "[{ai 12 8} {privacy 12 12}]"},
		{"image", *f.Image, Image{Text{"foto.jpg", 14, 15}, "Een foto"}},
		{"names", fmt.Sprint(f.Names), "[Anders]"},
		{"fields", len(f.Fields), 1},
		{"path", d.Path, "dingen/eigen/"},
		{"lines before the text", d.BodyLine, 19},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %v, want %v", test.what, test.got, test.want)
		}
	}
	if line, col := d.Position("weight"); line != 11 || col != 1 {
		t.Errorf("weight is at %d:%d", line, col)
	}
	if line, col := d.Position("nergens"); line != 1 || col != 1 {
		t.Errorf("a key that is not there is at %d:%d", line, col)
	}
}

// The title is `title`, else the first heading, else the name of the file.
func TestTitle(t *testing.T) {
	for _, test := range []struct{ file, text, want string }{
		{"a.md", "---\ntitle: Titel\n---\n# Kop\n", "Titel"},
		{"a.md", "---\ndraft: true\n---\n# Kop\n", "Kop"},
		{"a.md", "# *Kop* met `code`\n\ntekst", "Kop met code"},
		{"a.md", "Kop\n===\n", "Kop"},
		{"naam.md", "## Geen titel\n", "naam"},
		{"map/index.md", "", "map"},
		{"map/_index.md", "", "map"},
		{"_index.md", "", "index"},
		{"a.md", "---\ntitle: 2024\n---\n", "2024"},
		{"a.md", "---\ntitle: \"  \"\n---\n# Kop", "Kop"},
	} {
		if d, _ := read(t, test.file, test.text); d.Title != test.want {
			t.Errorf("%q: the title is %q, not %q", test.text, d.Title, test.want)
		}
	}
}

const (
	noTitle  = "fout: de pagina heeft geen titel [titel-ontbreekt]\n    zet in de front matter: title: …\n"
	unclosed = "fout: de front matter die hier begint, wordt niet gesloten [front-matter-open]\n    zet een regel met --- onder de laatste sleutel\n"
	unopened = "fout: hier begint front matter, maar de regel --- erboven ontbreekt [front-matter-begin]\n    zet op de eerste regel van het bestand: ---\n"
	foreign  = " [front-matter-taal]\n    zet er een regel --- boven en onder, met sleutels in YAML ertussen\n"
	isHTML   = "waarschuwing: het HTML-element <marquee> is weggelaten [html-weggelaten]\n    haal het weg; dit element mag op geen enkele site\n"
)

// What is wrong with a document, where, and nothing else.
func TestDocumentFaults(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		// Nothing wrong.
		{"whole", "---\ntitle: T\n---\ntekst\n", ""},
		{"front matter alone", "---\ntitle: T\n---", ""},
		{"windows", "---\r\ntitle: T\r\n---\r\ntekst\r\n", ""},
		{"blank lines before", "\n \t\n---\ntitle: T\n---\n", ""},
		{"spaces behind the fence", "---  \ntitle: T\n--- \t\n", ""},
		{"a rule in the text", "---\ntitle: T\n---\na\n\n---\n\nb\n", ""},
		{"a rule further on", "# T\n\ntekst\n\n---\n\ntekst\n", ""},
		{"a word that looks like JSON", "# T\n\n{x}\n", ""},

		// No title.
		{"empty", "", "a.md:1:1: " + noTitle},
		{"blank", "\n\n", "a.md:1:1: " + noTitle},
		{"text alone", "\n\n\ntekst", "a.md:1:1: " + noTitle},
		{"empty front matter", "---\n---\ntekst", "a.md:1:1: " + noTitle},
		{"empty title", "---\ndraft: true\ntitle:\n---\ntekst", "a.md:3:1: " + noTitle},
		{"title with blanks", "---\ntitle: ' '\n---\ntekst", "a.md:2:1: " + noTitle},

		// The bytes.
		{"byte order mark", "\ufeff---\ntitle: T\n---\n", "a.md:1:1: waarschuwing: het bestand begint met een byte order mark [byte-order-mark]\n    sla het op als UTF-8 zonder BOM\n"},
		{"byte order mark, no front matter", "\ufeff# T\n", "a.md:1:1: waarschuwing: het bestand begint met een byte order mark [byte-order-mark]\n    sla het op als UTF-8 zonder BOM\n"},
		{"not UTF-8, in the text", "---\ntitle: T\n---\neen\né caf\xe9 caf\xe9\n", "a.md:5:6: fout: dit teken is geen UTF-8 [tekst-geen-utf8]\n    sla het bestand op met codering UTF-8\n"},
		{"not UTF-8, in the front matter", "---\ntitle: caf\xe9\n---\n", "a.md:2:11: fout: dit teken is geen UTF-8 [tekst-geen-utf8]\n    sla het bestand op met codering UTF-8\n"},

		// Front matter that is none.
		{"unclosed", "---\ntitle: T\ntekst\n", "a.md:1:1: " + unclosed},
		{"unclosed, after blank lines", "\n\r\n---\ntitle: T\n", "a.md:3:1: " + unclosed},
		{"unclosed, windows", "---\r\ntitle: T\r\n", "a.md:1:1: " + unclosed},
		{"a fence alone", "---", "a.md:1:1: " + unclosed},
		{"four dashes close nothing", "---\ntitle: T\n----\n", "a.md:1:1: " + unclosed},
		{"unopened", "title: T\ndate: 2024-03-01\n---\ntekst\n", "a.md:1:1: " + unopened},
		{"unopened, with all that YAML may have", "title: T\n# weg\n\ntags:\n- a\n  # b\naliases:\n  - /b/\n--- \ntekst\n", "a.md:1:1: " + unopened},
		{"unopened, without a title", "date: 2024-03-01\ndraft: true\n---\n# T\n", "a.md:1:1: " + unopened},
		{"unopened, after blank lines, windows", "\r\n\r\ntitle: T\r\n---\r\n", "a.md:3:1: " + unopened},
		{"too few dashes", "--\ntitle: T\n---\n", "a.md:1:1: " + unopened},
		{"too many dashes", "----\ntitle: T\n---\n", "a.md:1:1: " + unopened},
		{"dashes of a word processor", "—\ntitle: T\n---\n", "a.md:1:1: " + unopened},
		{"unopened, with another fault", "title: T\ndate: 1 maart 2024\n---\n\n<marquee>\n", "a.md:1:1: " + unopened +
			"a.md:2:7: fout: veld \"date\": \"1 maart 2024\" is geen datum [veldwaarde]\n    schrijf: 2024-03-01\n" + "a.md:5:1: " + isHTML},
		{"a no-break space behind the fence", "---\u00a0\ntitle: T\n---\n", ""},
		{"TOML", "+++\ntitle = \"T\"\n+++\n", "a.md:1:1: fout: de front matter begint met +++" + foreign},
		{"TOML, after blank lines", "\n\n+++\ntitle = \"T\"\n+++\n", "a.md:3:1: fout: de front matter begint met +++" + foreign},
		{"TOML with a name", "---toml\ntitle = \"T\"\n---\n", "a.md:1:1: fout: de front matter begint met ---toml" + foreign},
		{"JSON with a name", "---json\n{}\n---\n", "a.md:1:1: fout: de front matter begint met ---json" + foreign},
		{"JSON", ";;;\n{}\n;;;\n", "a.md:1:1: fout: de front matter begint met ;;;" + foreign},
		{"JSON without fences", "{\n  \"title\": \"T\"\n}\ntekst", "a.md:1:1: fout: de front matter begint met {" + foreign},
		{"a list", "---\n- een\n- twee\n---\n", "a.md:2:1: fout: dit moet een blok met sleutels zijn, geen lijst [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"a word", "---\nzomaar\n---\n", "a.md:2:1: fout: dit moet een blok met sleutels zijn, geen losse waarde [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"broken", "\n---\ntitle: 'T\n---\n", "a.md:3:8: fout: "},

		// Keys.
		{"a key twice", "\n---\ntitle: T\ntitle: U\n---\n", "a.md:4:1: fout: sleutel \"title\" staat er twee keer, eerst op regel 3 [dubbele-sleutel]\n    haal er een weg\n"},
		{"a key twice, windows, with a mark", "\ufeff---\r\ntitle: T\r\ntitle: U\r\n---\r\n", "a.md:1:1: waarschuwing: het bestand begint met een byte order mark [byte-order-mark]\n    sla het op als UTF-8 zonder BOM\n" +
			"a.md:3:1: fout: sleutel \"title\" staat er twee keer, eerst op regel 2 [dubbele-sleutel]\n    haal er een weg\n"},
		{"unknown keys", "---\ntitel: T\ntitle: T\nkleur: rood\n---\n", "a.md:2:1: fout: onbekende sleutel \"titel\" [onbekende-sleutel]\n    bedoelde je \"title\"? toegestaan: title, description, date, updated, draft, publishDate, expiryDate, tags, id, voorbeeld, ook_bekend_als, weight, slug, aliases, layout, image\n" +
			"a.md:4:1: fout: onbekende sleutel \"kleur\" [onbekende-sleutel]\n    toegestaan: title, description, date, updated, draft, publishDate, expiryDate, tags, id, voorbeeld, ook_bekend_als, weight, slug, aliases, layout, image\n"},
		{"a wrong day", "---\ntitle: T\ndate: 1 maart 2024\n---\n", "a.md:3:7: fout: veld \"date\": \"1 maart 2024\" is geen datum [veldwaarde]\n    schrijf: 2024-03-01\n"},
		{"a draft that is none", "---\ntitle: T\ndraft: ja\n---\n", "a.md:3:8: fout: \"draft\" moet true of false zijn, geen \"ja\" [verkeerde-waarde]\n    schrijf: draft: true\n"},
		{"a weight that is none", "---\ntitle: T\nweight: 1.5\n---\n", "a.md:3:9: fout: \"weight\" moet een geheel getal van -1000000 tot en met 1000000 zijn, geen \"1.5\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: weight: -1000000\n"},
		{"aliases that are no list", "---\ntitle: T\naliases: /oud/\n---\n", "a.md:3:10: fout: \"aliases\" moet een lijst zijn, geen losse waarde [verkeerde-waarde]\n    schrijf: aliases: [/oud/]\n"},
		{"a tag that is a list", "---\ntitle: T\ntags: [a, [b], ~]\n---\n", "a.md:3:11: fout: in de lijst \"tags\" mag alleen tekst staan, geen lijst [verkeerde-waarde]\n    zet de waarde tussen aanhalingstekens\n" +
			"a.md:3:16: fout: in de lijst \"tags\" mag alleen tekst staan, geen lege waarde [verkeerde-waarde]\n    haal het onderdeel weg of vul het in\n"},
		{"past before it appears", "---\ntitle: T\npublishDate: 2024-02-01\nexpiryDate: 2024-02-01\n---\n", "a.md:4:13: fout: de pagina verloopt voordat zij verschijnt [datum-volgorde]\n    zet expiryDate na publishDate\n"},
		{"a slug that is none", "---\ntitle: T\nslug: Één Twee/drie\n---\n", "a.md:3:7: fout: \"Één Twee/drie\" kan geen deel van een adres zijn [slug]\n    schrijf: slug: een-twee-drie\n"},

		// The text: its lines count from the top of the file.
		{"HTML", "# T\n\n<marquee>\n", "a.md:3:1: " + isHTML},
		{"HTML behind front matter", "---\ntitle: T\n---\n\n<marquee>\n", "a.md:5:1: " + isHTML},
		{"HTML behind front matter, windows", "---\r\ntitle: T\r\n---\r\n\r\n<marquee>\r\n", "a.md:5:1: " + isHTML},
		{"HTML behind blank lines and front matter", "\n\n\n---\ntitle: T\n---\n<marquee>\n", "a.md:7:1: " + isHTML},
		{"HTML behind a mark and front matter", "\ufeff---\ntitle: T\n---\n<marquee>\n", "a.md:1:1: waarschuwing: het bestand begint met een byte order mark [byte-order-mark]\n    sla het op als UTF-8 zonder BOM\n" + "a.md:4:1: " + isHTML},
		{"HTML behind empty front matter", "---\n---\n# T\n<marquee>\n", "a.md:4:1: " + isHTML},
	} {
		_, got := read(t, "a.md", test.text)
		want := strings.ReplaceAll("\n"+test.want, "\na.md:", "\ncontent/a.md:")[1:]
		if strings.HasSuffix(want, ": ") { // the rest is for another room to say
			if !strings.HasPrefix(got, want) || strings.Count(got, "content/a.md") != strings.Count(want, "content/a.md") {
				t.Errorf("%s:\n--- got\n%s--- want\n%s…", test.name, got, want)
			}
		} else if got != want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, want)
		}
	}
}

// A thematic break or an underlined heading makes no front matter of the text above.
func TestTextAboveABreak(t *testing.T) {
	for _, text := range []string{
		"tip: kijk eens\n---\n",
		"Tip: kijk eens\nDoel: leren\n---\n",
		"datum: 1 maart\nplaats: Utrecht\n\n---\n",
		"title: T\n\nEen alinea.\n\n---\n",
		"title: T\nEen alinea.\n---\n",
		"# T\n\ntitle: T\n---\n",
		"title: T\n\n# T\n",
		"----\n\nTekst.\n\n---\n",
		"- title: T\n- date: x\n---\n",
		"https://x.nl\nhttps://y.nl\n---\n",
	} {
		if s, said := splitFront("content/a.md", []byte(text)); len(said) > 0 || string(s.body) != text {
			t.Errorf("%q: %v, text %q", text, said, s.body)
		}
	}
}

// Faults that depend on what sort of page it is.
func TestPlaceFaults(t *testing.T) {
	required := "fout: verplicht veld \"kleur\" (Kleur) ontbreekt [verplicht-veld]\n    schrijf bijvoorbeeld: kleur: een tekst\n"
	for _, test := range []struct{ file, text, want string }{
		{"map/_index.md", "---\ntitle: T\nslug: x\n---\n", "map/_index.md:3:7: fout: de pagina van een map kan geen slug hebben [slug]\n    geef de map zelf een andere naam\n"},
		{"_index.md", "---\ntitle: T\nslug: x\n---\n", "_index.md:3:7: fout: de startpagina kan geen slug hebben [slug]\n    haal de slug weg\n"},
		{"index.md", "---\ntitle: T\nslug: x\n---\n", "index.md:3:7: fout: de startpagina kan geen slug hebben [slug]\n    haal de slug weg\n"},
		{"Eisen/a.md", "---\ntitle: T\n---\n", "Eisen/a.md:2:1: " + required},
		{"Eisen/a.md", "# T\n", "Eisen/a.md:1:1: " + required},
		{"Eisen/a.md", "\n\n\n# T\n", "Eisen/a.md:1:1: " + required},
		{"Eisen/a.md", "---\n---\n# T\n", "Eisen/a.md:2:1: " + required},
		// One fault that hides all keys is one message.
		{"Eisen/a.md", "---\ntitle: T\n", "Eisen/a.md:1:1: " + unclosed},
		{"Eisen/a.md", "title: T\nkleur: rood\n---\n", "Eisen/a.md:1:1: " + unopened},
		{"Eisen/a.md", "+++\n+++\n", "Eisen/a.md:1:1: fout: de front matter begint met +++" + foreign},
		{"dingen/a.md", "---\ntitle: T\nkleuren: rood\n---\n", "dingen/a.md:3:1: fout: onbekende sleutel \"kleuren\" [onbekende-sleutel]\n    bedoelde je \"kleur\"? toegestaan: title, description, date, updated, draft, publishDate, expiryDate, tags, id, voorbeeld, ook_bekend_als, weight, slug, aliases, layout, image, kleur\n"},
	} {
		if _, got := read(t, test.file, test.text); got != "content/"+test.want {
			t.Errorf("%s %q:\n--- got\n%s--- want\ncontent/%s", test.file, test.text, got, test.want)
		}
	}
}

// A document holds what could be read, for a preview.
func TestFaultyDocuments(t *testing.T) {
	for _, test := range []struct{ text, title, html string }{
		{"---\ntitle: T\ndate: x\n---\ntekst", "T", "<p>tekst</p>\n"},
		{"---\n- x\n---\ntekst", "a", "<p>tekst</p>\n"},
		{"---\ntitle: T\ntitle: U\n---\ntekst", "T", "<p>tekst</p>\n"},
		{"title: T\ndate: 2024-03-01\n---\ntekst", "T", "<p>tekst</p>\n"},
		{"---\ntitle: caf\xe9\n---\ncaf\xe9", "caf\uFFFD", "<p>caf\uFFFD</p>\n"},
	} {
		d, said := read(t, "a.md", test.text)
		if html := d.Body.HTML(nil); d.Title != test.title || html != test.html || said == "" {
			t.Errorf("%q: title %q, text %q, said %q", test.text, d.Title, html, said)
		}
	}
}

// A text that no reader can use is refused without being read.
func TestTooLarge(t *testing.T) {
	cfg := configure(t, siteYAML)
	for _, test := range []struct {
		size int
		want string
	}{
		{maxText, ""},
		{maxText + 1, "content/dingen/a.md: fout: het bestand is 17 MB groot, een tekst mag 16 MB zijn [tekst-te-groot]\n    verdeel de tekst over meer pagina's\n"},
		{20 << 20, "content/dingen/a.md: fout: het bestand is 20 MB groot, een tekst mag 16 MB zijn [tekst-te-groot]\n    verdeel de tekst over meer pagina's\n"},
	} {
		text := bytes.Repeat([]byte("\n"), test.size)
		copy(text, "# T")
		tree := NewLoader(fstest.MapFS{"dingen/a.md": {Data: text, ModTime: longAgo}}, "content", nil).Load(cfg, nil)
		if got := written(tree); got != test.want {
			t.Errorf("%d bytes: got %s, want %s", test.size, got, test.want)
		}
		if d := tree.Documents[0]; d.Path != "dingen/a/" || d.Title == "" || d.Body == nil || d.Kind == nil {
			t.Errorf("%d bytes: the page has no place: %+v", test.size, d)
		}
	}
}

// Every sort of problem in a text has words of its own.
func TestProblems(t *testing.T) {
	for _, test := range []struct {
		kind   markdown.ProblemKind
		detail string
		want   string
	}{
		{markdown.DroppedHTML, "b", "waarschuwing: het HTML-element <b> is weggelaten [html-weggelaten]\n    schrijf het in Markdown, of sta het toe in site.yaml onder markdown: tags\n"},
		{markdown.DroppedHTML, "", "waarschuwing: HTML-commentaar is weggelaten [html-weggelaten]\n    haal het weg; een lezer kan het niet zien\n"},
		{markdown.DroppedLink, "javascript:x", "fout: deze link mag niet: javascript:x [link-soort]\n    gebruik http:, https:, mailto:, tel: of een bestand van deze site\n"},
		{markdown.ExtraTitle, "Kop", "waarschuwing: de kop \"Kop\" heeft niveau 1, maar de pagina heeft al een titel [tweede-titel]\n    begin de kop met ##\n"},
		{markdown.SkippedLevel, "Kop", "waarschuwing: de kop \"Kop\" slaat een niveau over [kop-overgeslagen]\n    maak haar één niveau dieper dan de kop erboven\n"},
		{markdown.EmptyLink, "a.md", "fout: de link naar a.md heeft geen tekst [link-zonder-tekst]\n    schrijf tussen [ en ] wat de lezer vindt\n"},
		{markdown.MissingAlt, "a.png", "fout: de afbeelding a.png heeft geen tekstalternatief [alt-ontbreekt]\n    beschrijf tussen ![ en ] wat de afbeelding vertelt, of schrijf daar decoratief als zij niets vertelt\n"},
		{markdown.DoubleAnchor, "x", "fout: het anker \"x\" bestaat al [dubbel-anker]\n    kies een ander anker\n"},
		{markdown.DroppedAttribute, "style", "waarschuwing: het kenmerk \"style\" is weggelaten [kenmerk-weggelaten]\n    alleen id en class mogen\n"},
		{markdown.MissingFootnote, "1", "fout: er is geen voetnoot [^1] [voetnoot-ontbreekt]\n    schrijf onderaan: [^1]: …\n"},
		{markdown.UnusedFootnote, "1", "waarschuwing: de voetnoot [^1] wordt nergens genoemd [voetnoot-ongebruikt]\n    zet in de tekst [^1], of haal de voetnoot weg\n"},
		{markdown.FieldHeading, "Kop", "waarschuwing: de kop \"Kop\" staat in een veld [kop-in-veld]\n    koppen horen in de tekst van de pagina; maak hem vet of haal hem weg\n"},
		{markdown.SpacedLink, "a b.pdf", "waarschuwing: dit is geen link geworden: er staat een spatie in (a b.pdf) [link-met-spatie]\n    zet het adres tussen < en >, zoals (<mijn verslag.pdf>), en een titel tussen aanhalingstekens\n"},
		{markdown.NoReference, "n", "waarschuwing: dit is geen link geworden: er is geen adres voor [n] [link-zonder-adres]\n    schrijf onderaan: [n]: adres\n"},
		{markdown.LostCells, "c", "waarschuwing: deze rij heeft meer cellen dan de kop van de tabel; weg valt: c [cel-weggelaten]\n    geef de kop meer kolommen, of schrijf een streep in de tekst als \\|\n"},
		{markdown.OpenFence, "", "waarschuwing: dit blok code heeft geen einde [code-zonder-einde]\n    sluit het met een regel van evenveel accenten of tildes, die even ver inspringt\n"},
		{markdown.TooDeep, "", "waarschuwing: de tekst is hier te diep genest of te lang, en staat er deels als gewone tekst [te-diep-genest]\n    haal lijsten, citaten of alinea's uit elkaar\n"},
	} {
		var b strings.Builder
		diag.Write(&b, []diag.Message{problem("content/a.md", 4, markdown.Problem{Kind: test.kind, Detail: test.detail, Line: 3, Col: 2})})
		if got, want := b.String(), "content/a.md:7:2: "+test.want; got != want {
			t.Errorf("%d: got\n%s\nwant\n%s", test.kind, got, want)
		}
	}
}

var splits = []string{
	"", "\n", "tekst", "---", "---\n", "---\n---", "---\n---\n", "---\ntitle: T\n---\ntekst\n", "---\r\ntitle: T\r\n---\r\ntekst\r\n",
	"\n\n---\na: b\n---\nc", " \t---\na: b\n ---\t\nc", "---\na: b\n----\n---\nc", "---\u00a0\na: b\n\u00a0---\nc", "\u00a0\n---\n---\n",
	"title: T\n---\ntekst", "\n\r\n \ntitle: T\r\ntags:\n- a\n\n---\ntekst", "----\na: b\nc: d\n---", "a: b\n---\n", "—\ntitle:\n\x00\n---\n",
	"+++\n+++\n", "---yaml\na: b\n---\n", "{\n}\n", "---\na: |\n  ---\nb\n---\n", "---\n\n\n---\n\n\n", "---\r---\r", "\v\f---\n\x00\n---\n\xff",
}

// checkSplit holds what the lines in messages rely on.
func checkSplit(t *testing.T, source []byte) {
	at := bytes.Clone(source)
	s, messages := splitFront("content/a.md", source)
	if !bytes.Equal(at, source) {
		t.Fatal("the source was changed")
	}
	lines := bytes.SplitAfter(source, []byte("\n"))
	before := func(n int) int { return len(bytes.Join(lines[:n], nil)) }
	for _, m := range messages {
		if m.Line < 1 || m.Line > len(lines) || len(bytes.TrimSpace(lines[m.Line-1])) == 0 {
			t.Errorf("%q: a message at line %d, which is not there or empty", source, m.Line)
		}
	}
	missing := len(messages) > 0 && messages[0].Code == codeUnopened.ID
	if len(messages) > 0 && !missing {
		if s.matter != nil {
			t.Errorf("%q: front matter %q, though it is faulty", source, s.matter)
		}
		return
	}
	if !bytes.HasSuffix(source, s.body) || before(s.bodyLine) != len(source)-len(s.body) {
		t.Errorf("%q: the text %q does not begin after %d lines", source, s.body, s.bodyLine)
	}
	if s.bodyLine == 0 {
		if s.matter != nil || s.matterLine != 0 {
			t.Errorf("%q: front matter %q, before a text that begins at the top", source, s.matter)
		}
		return
	}
	above, below := string(bytes.TrimSpace(bytes.Join(lines[:s.matterLine], nil))), string(bytes.TrimSpace(lines[s.bodyLine-1]))
	if missing && (above == fence || strings.Trim(above, "-–—") != "") || !missing && above != fence || below != fence {
		t.Errorf("%q: the fences are %q and %q", source, above, below)
	}
	if got := source[before(s.matterLine):before(s.bodyLine-1)]; !bytes.Equal(got, s.matter) {
		t.Errorf("%q: the front matter is %q, but between the fences stands %q", source, s.matter, got)
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range splits {
		f.Add([]byte(s))
	}
	f.Fuzz(checkSplit)
}

// FuzzDocument holds that no file makes the loader panic, and that what is said
// of a file points into it.
func FuzzDocument(f *testing.F) {
	for _, s := range splits {
		f.Add([]byte(s))
	}
	f.Add([]byte("---\ntitle: [x\n---\n# T {#a}\n[](x) <b>\n"))
	cfg := configure(f, siteYAML)
	f.Fuzz(func(t *testing.T, source []byte) {
		tree := NewLoader(fstest.MapFS{"Eisen/a.md": {Data: source, ModTime: longAgo}}, "content", nil).Load(cfg, nil)
		lines := bytes.Count(source, []byte("\n")) + bytes.Count(source, []byte("\r")) + 1
		for _, m := range tree.Documents[0].Messages {
			if m.Line < 1 || m.Line > lines || m.Col < 1 || m.Text == "" {
				t.Errorf("%q: %+v", source, m)
			}
		}
		if tree.Documents[0].Title == "" || tree.Documents[0].Body == nil {
			t.Errorf("%q: no title or no text", source)
		}
	})
}
