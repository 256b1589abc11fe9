package content

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/markdown"
	"kennishub/internal/schema"
)

const itemsYAML = `
title: Proef
kinds:
  fase:
    file: data/fasen.yaml
    label: {one: Fase, many: Fasen}
    fields: {kleur: text, jaar: {type: number, required: true}, uitleg: markdown, delen: {type: list, of: {naam: text, uitleg: markdown}}}
`

// items loads a file of items.
func items(t testing.TB, text string) ([]*Document, string) {
	t.Helper()
	tree := NewLoader(folder("data/fasen.yaml", text), "content", nil).Load(configure(t, itemsYAML), nil)
	if len(tree.Resources) > 0 {
		t.Error("the file is published")
	}
	return tree.Documents, strings.ReplaceAll(written(tree), "content/data/fasen.yaml:", "")
}

// What is in a file of items, and what is wrong with it.
func TestItems(t *testing.T) {
	const (
		noList = "begin elk onderdeel met een streepje: - title: …\n"
		noYear = ": fout: verplicht veld \"jaar\" (Jaar) ontbreekt [verplicht-veld]\n"
		title  = "    schrijf: - title: …\n"
	)
	for _, test := range []struct{ name, text, want, said string }{
		{"in their order, with ids from titles", "- {title: Zó begint het, jaar: 1}\n- {title: B, id: eigen, jaar: 2}\n- {title: A, jaar: 3}\n",
			"fasen/#zo-begint-het fasen/#eigen fasen/#a", ""},
		{"a long title", "- {title: " + strings.Repeat("x", 300) + ", jaar: 1}", "fasen/#" + strings.Repeat("x", 200), ""},
		{"an empty file", "", "", ""},
		{"a file with only a comment", "# later\n", "", ""},
		{"an empty list", "[]", "", ""},
		{"a map", "title: T\njaar: 1\n", "", "1:1: fout: dit bestand is geen lijst, maar een blok met sleutels [gegevens-geen-lijst]\n    " + noList},
		{"a word", "\n\nfasen\n", "", "3:1: fout: dit bestand is geen lijst, maar een losse waarde [gegevens-geen-lijst]\n    " + noList},
		{"an id that is no slug", "- {title: T, id: Fase 1, jaar: 1}", "fasen/#fase-1",
			"1:14: fout: \"Fase 1\" kan geen deel van een adres zijn [id-van-onderdeel]\n    schrijf: id: fase-1\n"},
		{"an id that wants to go up", "- {title: T, id: ../x, jaar: 1}", "fasen/#x",
			"1:14: fout: \"../x\" kan geen deel van een adres zijn [id-van-onderdeel]\n    schrijf: id: x\n"},
		{"no title", "- {id: a, jaar: 1}\n- {jaar: 2}", "fasen/#a fasen/#-",
			"1:3: fout: het onderdeel heeft geen titel [titel-ontbreekt]\n" + title + "2:3: fout: het onderdeel heeft geen titel [titel-ontbreekt]\n" + title},
		{"a required field at the item", "- {title: A, jaar: 1}\n-\n  title: B\n", "fasen/#a fasen/#b", "3:3" + noYear + "    schrijf bijvoorbeeld: jaar: 12\n"},
		{"keys of pages", "- title: A\n  jaar: 1\n  slug: b\n  aliases: [/x/]\n  layout: l\n  image: i.png\n  zeker: 1\n", "fasen/#a", "known"},
		{"items that are no maps", "- tekst\n- [a]\n- {title: A, jaar: 1}", "fasen/#- fasen/#- fasen/#a",
			"1:3: fout: het onderdeel heeft geen titel [titel-ontbreekt]\n" + title +
				"1:3: fout: dit moet een blok met sleutels zijn, geen losse waarde [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n" +
				"2:3: fout: het onderdeel heeft geen titel [titel-ontbreekt]\n" + title +
				"2:3: fout: dit moet een blok met sleutels zijn, geen lijst [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"dates", "- {title: A, jaar: 1, publishDate: 2024-03-02, expiryDate: 2024-03-01}", "fasen/#a",
			"1:60: fout: de pagina verloopt voordat zij verschijnt [datum-volgorde]\n    zet expiryDate na publishDate\n"},
		{"a byte order mark", "\ufeff- {title: A, jaar: 1}", "fasen/#a",
			"1:1: waarschuwing: het bestand begint met een byte order mark [byte-order-mark]\n    sla het op als UTF-8 zonder BOM\n"},
		{"latin1", "- title: caf\xe9\n  jaar: 1\n", "fasen/#caf", "1:13: fout: dit teken is geen UTF-8 [tekst-geen-utf8]\n    sla het bestand op met codering UTF-8\n"},
		{"a syntax error", "- title: [A\n", "", "syntax"},
		{"two documents", "- {title: A, jaar: 1}\n---\n- {title: B, jaar: 1}\n", "fasen/#a",
			"2:1: fout: er begint een tweede YAML-document [yaml-meer-documenten]\n    haal de regel met --- weg; er is één document per bestand\n"},
	} {
		list, said := items(t, test.text)
		var got []string
		for _, d := range list {
			got = append(got, d.Path)
			if !d.Item || d.Kind == nil || d.Body != nil || d.Title == "" && !strings.Contains(said, "geen titel") {
				t.Errorf("%s: %s is no item with a kind and a title", test.name, d.Path)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, want %s", test.name, got, test.want)
		}
		switch test.said {
		case "known":
			for i, key := range []string{"slug", "aliases", "layout", "image", "zeker"} {
				if want := fmt.Sprintf("%d:3: fout: onbekende sleutel %q", i+3, key); !strings.Contains(said, want) {
					t.Errorf("%s: there is no %q in\n%s", test.name, want, said)
				}
			}
			if strings.Count(said, "fout:") != 5 {
				t.Errorf("%s: %s", test.name, said)
			}
		case "syntax":
			if !strings.Contains(said, "[yaml-syntaxis]") || strings.Contains(said, "gegevens-geen-lijst") {
				t.Errorf("%s: %s", test.name, said)
			}
		default:
			if said != test.said {
				t.Errorf("%s: got\n%s\nwant\n%s", test.name, said, test.said)
			}
		}
	}
}

// A template has ids of its own on every page. An item that takes one of them would
// make the page have it twice.
func TestItemIDsOfTemplates(t *testing.T) {
	for _, id := range markdown.Reserved() {
		if _, said := items(t, fmt.Sprintf("- {title: A, id: %q, jaar: 1}", id)); !strings.Contains(said, "[id-van-onderdeel]") {
			t.Errorf("nothing is said of the id %q: %q", id, said)
		}
	}
}

// Files that hold no items, and kinds without a file.
func TestDataFiles(t *testing.T) {
	const two = "title: T\nkinds:\n  a: {file: data/a.yaml, label: A}\n  b: {file: data/diep/b.yml, label: B}\n"
	const noKind = ": waarschuwing: geen soort in site.yaml leest dit bestand [gegevens-zonder-soort]\n    schrijf bij een soort: file: "
	for _, test := range []struct{ name, yaml, documents, resources, said string }{
		{"data/a.yaml", two, "data/a.yaml", "", "site.yaml:4:3: waarschuwing: soort \"b\" heeft het bestand content/data/diep/b.yml, dat er niet is [gegevens-ontbreken]\n    maak het bestand, of haal de soort weg\n"},
		{"data/c.yaml", "title: T", "", "", "content/data/c.yaml" + noKind + "data/c.yaml, of haal het bestand weg\n"},
		{"data/diep/c.yml", "title: T", "", "", "content/data/diep/c.yml" + noKind + "data/diep/c.yml, of haal het bestand weg\n"},
		{"tabel.yaml", "title: T", "", "tabel.yaml", ""},
		{"x/data/tabel.yaml", "title: T", "", "x/data/tabel.yaml", ""},
	} {
		tree := NewLoader(folder(test.name, "- {title: A}"), "content", nil).Load(configure(t, test.yaml), nil)
		documents, resources := files(tree)
		if strings.Join(documents, " ") != test.documents || strings.Join(resources, " ") != test.resources || written(tree) != test.said {
			t.Errorf("%s: documents %q, resources %q\n%s", test.name, documents, resources, written(tree))
		}
	}
	// Each kind has its own file.
	tree := NewLoader(folder("data/a.yaml", "- {title: A}", "data/diep/b.yml", "- {title: A}"), "content", nil).Load(configure(t, two), nil)
	if said := written(tree); len(tree.Documents) != 2 || tree.Documents[0].Kind.Name != "a" || tree.Documents[1].Path != "b/#a" || said != "" {
		t.Errorf("two kinds: %+v %s", tree.Documents, said)
	}
}

// Files that are made to cost much cost little.
func TestHostileItems(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("- &a0 {title: A, jaar: 1}\n")
	for i := range 20 {
		fmt.Fprintf(&bomb, "- &a%d [%s]\n", i+1, strings.Repeat(fmt.Sprintf("*a%d,", i), 9))
	}
	if list, said := items(t, bomb.String()); !strings.Contains(said, "[yaml-verwijzing]") || len(list) != 21 {
		t.Errorf("%d items, %.300s", len(list), said)
	}
	const large = " fout: het bestand is 17 MB groot, een tekst mag 16 MB zijn [tekst-te-groot]\n    verdeel de gegevens, of zet ze als bijlage naast een pagina\n"
	for size, want := range map[int]string{maxText + 1: large, maxText: ""} {
		list, said := items(t, "- {title: A, jaar: 1} #"+strings.Repeat("x", size-len("- {title: A, jaar: 1} #")))
		if said != want || (len(list) == 1) != (want == "") {
			t.Errorf("%d bytes: %d items\n%s", size, len(list), said)
		}
	}
}

// Items that did not change are the same documents; one edit makes all of the file
// anew.
func TestItemsAgain(t *testing.T) {
	cfg, site := configure(t, itemsYAML), folder("data/fasen.yaml", "- {title: A, jaar: 1}\n- {title: B, jaar: x}\n")
	fsys := &counting{FS: site}
	loader := NewLoader(fsys, "content", nil)
	first := loader.Load(cfg, nil)
	fsys.take()
	again := loader.Load(cfg, nil)
	if !slices.Equal(first.Documents, again.Documents) || fsys.take() != nil || written(first) != written(again) || written(first) == "" {
		t.Error("nothing changed, but the items are others")
	}
	site["data/fasen.yaml"].ModTime = longAgo.Add(time.Hour) // touched
	if now := loader.Load(cfg, nil); !slices.Equal(first.Documents, now.Documents) || written(first) != written(now) {
		t.Error("the file was touched, and the items are others")
	}
	site["data/fasen.yaml"].Data = []byte("- {title: A, jaar: 1}\n")
	site["data/fasen.yaml"].ModTime = longAgo.Add(2 * time.Hour)
	if now := loader.Load(cfg, nil); len(now.Documents) != 1 || now.Documents[0].Version == first.Documents[0].Version || written(now) != "" {
		t.Errorf("%d items\n%s", len(now.Documents), written(now))
	}
	delete(site, "data/fasen.yaml")
	if now := loader.Load(cfg, nil); len(now.Documents) != 0 || !strings.Contains(written(now), "[gegevens-ontbreken]") {
		t.Error("the file is gone, its items are not")
	}
	if got := written(NewLoader(refusing{folder("data/fasen.yaml", ""), "data/fasen.yaml", fs.ErrPermission}, "content", nil).Load(cfg, nil)); !strings.Contains(got, "permission denied [onleesbaar-bestand]") {
		t.Error(got)
	}
}

// Markdown fields are rendered, with ids that no other text of the page has, and
// their faults stand where an author finds them.
func TestFieldTexts(t *testing.T) {
	list, said := items(t, `- title: A
  jaar: 1
  uitleg: Een *woord* en [link](x.md).[^1]
- title: B
  jaar: 2
  uitleg: |
    Eén.[^1]

    [^1]: Noot.
  delen:
    - {naam: x, uitleg: "**vet**"}
    - naam: y
      uitleg: |
        [y](y.md)
`)
	if want := "3:11: fout: er is geen voetnoot [^1] [voetnoot-ontbreekt]\n    schrijf onderaan: [^1]: …\n"; !strings.HasSuffix(said, want[5:]) || strings.Count(said, "fout:") != 1 {
		t.Error(said)
	}
	var got []string
	for _, d := range list {
		for _, text := range d.Texts() {
			for _, h := range text.Holes {
				got = append(got, d.ID+" "+h.Dest)
			}
			for _, id := range text.Anchors {
				if !strings.HasPrefix(id, d.ID+"-veld-1_") {
					t.Errorf("the text of %s has an anchor %s", d.ID, id)
				}
			}
		}
		n := 0
		for f, v := range schema.Values(d.Fields) {
			text := d.FieldText(v)
			if (text != nil) != (f.Type == schema.Markdown) {
				t.Errorf("%s: the text of %s is %v", d.ID, f.Name, text)
			}
			if text != nil {
				n++
			}
		}
		if want := map[string]int{"a": 1, "b": 3}[d.ID]; n != want {
			t.Errorf("%s has %d texts, want %d", d.ID, n, want)
		}
	}
	if want := []string{"a x.md", "b y.md"}; !slices.Equal(got, want) {
		t.Errorf("holes %q, want %q", got, want)
	}
	if html := list[1].fieldTexts[1].text.HTML(nil); html != "<p><strong>vet</strong></p>\n" {
		t.Errorf("got %q", html)
	}
}

// A fault in a Markdown field is told at its own line, whichever way YAML wrote the
// text.
func TestFieldLines(t *testing.T) {
	for _, test := range []struct {
		name, text string
		line       int
	}{
		{"one line", "- title: A\n  jaar: 1\n  uitleg: a <marquee>\n", 3},
		{"in quotes", "- title: A\n  jaar: 1\n  uitleg: \"a <marquee>\"\n", 3},
		{"on the line below its key", "- title: A\n  jaar: 1\n  uitleg:\n    a <marquee>\n", 4},
		{"the first line of a block", "- title: A\n  jaar: 1\n  uitleg: |\n    a <marquee>\n", 4},
		{"the third line of a block", "- title: A\n  jaar: 1\n  uitleg: |\n    a\n\n    b <marquee>\n", 6},
		{"a block that is cut off", "- title: A\n  jaar: 1\n  uitleg: |-\n    a <marquee>\n", 4},
		{"a block that begins with a blank line", "- title: A\n  jaar: 1\n  uitleg: |\n\n    a <marquee>\n", 5},
		{"in a group in a list", "- title: A\n  jaar: 1\n  delen:\n    - naam: x\n      uitleg: a <marquee>\n", 5},
		{"a block in a group in a list", "- title: A\n  jaar: 1\n  delen:\n    - naam: x\n      uitleg: |\n        a <marquee>\n", 6},
	} {
		for _, page := range []bool{false, true} {
			// The same as front matter of a page: a line lower.
			name, text, yaml, line := "data/fasen.yaml", test.text, itemsYAML, test.line
			if page {
				name, yaml, line = "fasen/a.md", strings.Replace(itemsYAML, "file: data/fasen.yaml", "folder: fasen", 1), line+1
				text = "---\n" + strings.Replace(text, "- ", "  ", 1) + "---\n"
			}
			said := written(NewLoader(folder(name, text), "content", nil).Load(configure(t, yaml), nil))
			if want := fmt.Sprintf("content/%s:%d:", name, line); strings.Count(said, "[html-weggelaten]") != 1 || !strings.HasPrefix(said, want) {
				t.Errorf("%s: want it at line %d of %s, got\n%s", test.name, line, name, said)
			}
		}
	}
}

// FuzzItems holds that no file of items makes the loader panic, that what is said
// of it points into it, and that every id can stand in an address.
func FuzzItems(f *testing.F) {
	for _, s := range []string{"", "- {title: A, jaar: 1}", "- &a {title: A}\n- *a\n", "- id: \"\\0\"\n  uitleg: |\n    <b>", "\ufeff- x\r\n- [\r\n", "- title: 'É!'\n  delen: [{uitleg: '[](x)'}]\n", "? a\n: b\n", "- - -"} {
		f.Add([]byte(s))
	}
	cfg := configure(f, itemsYAML)
	f.Fuzz(func(t *testing.T, source []byte) {
		tree := NewLoader(fstest.MapFS{"data/fasen.yaml": {Data: source, ModTime: longAgo}}, "content", nil).Load(cfg, nil)
		lines := bytes.Count(source, []byte("\n")) + bytes.Count(source, []byte("\r")) + 1
		messages := tree.Messages
		for _, d := range tree.Documents {
			messages = append(messages, d.Messages...)
			if d.ID == "" || Slug(d.ID) != d.ID || d.Path != "fasen/#"+d.ID {
				t.Errorf("%q: an item %q at %q", source, d.ID, d.Path)
			}
		}
		for _, m := range messages {
			if m.Line < 1 || m.Line > lines || m.Col < 1 || m.Text == "" {
				t.Errorf("%q: %+v", source, m)
			}
		}
	})
}
