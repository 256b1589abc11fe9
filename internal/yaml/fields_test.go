package yaml

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kennishub/internal/diag"
)

const record = `title: " Deepfakes "
year: 2022
draft: true
weight: 7
factor: 1.25
tags: [ai, 2022, "no"]
empty:
contact:
  email: a@b.nl
team:
  - {rol: docent}
`

func TestFields(t *testing.T) {
	root, messages := Parse("a.md", []byte(record), 1)
	in := Read("a.md", root, &messages)
	if got := in.Text("title"); got != "Deepfakes" {
		t.Errorf("title %q", got)
	}
	if got := in.Text("year"); got != "2022" {
		t.Errorf("year %q", got)
	}
	if !in.Bool("draft") || in.Bool("absent") {
		t.Error("draft")
	}
	if in.Int("weight", 1, 10) != 7 || in.Int("absent", 1, 10) != 0 {
		t.Error("weight")
	}
	if in.Decimal("factor", 0.5, 2) != 1.25 || in.Decimal("weight", 1, 7) != 7 || in.Decimal("absent", 1, 2) != 0 {
		t.Error("factor")
	}
	if got := in.Texts("tags"); !slices.Equal(got, []string{"ai", "2022", "no"}) {
		t.Errorf("tags %q", got)
	}
	if in.Get("empty") != nil || in.Text("empty") != "" || in.Texts("empty") != nil || in.Bool("empty") {
		t.Error("an empty key has a value")
	}
	if got := in.Map("contact").Text("email"); got != "a@b.nl" {
		t.Errorf("contact %q", got)
	}
	items := in.Items("team")
	if len(items) != 1 || in.In("team", items[0]).Text("rol") != "docent" {
		t.Errorf("team %v", items)
	}
	in.Need("title", "weight", "contact")
	in.NoOthers()
	if got := in.Map("absent").Text("x"); got != "" {
		t.Errorf("absent %q", got)
	}
	if len(messages) > 0 {
		t.Error(messages)
	}
}

func TestFieldsFaults(t *testing.T) {
	tests := []struct {
		source string
		read   func(*Fields)
		want   string // without "a.md:", hints after a slash
	}{
		{"title: [a]", func(f *Fields) { f.Text("title") }, `3:8: "title" moet één waarde zijn, geen lijst / schrijf: title: …`},
		{"title: {a: b}", func(f *Fields) { f.Text("title") }, `3:8: "title" moet één waarde zijn, geen blok met sleutels / schrijf: title: …`},
		{"draft: ja", func(f *Fields) { f.Bool("draft") }, `3:8: "draft" moet true of false zijn, geen "ja" / schrijf: draft: true`},
		{"draft: ' Nee'", func(f *Fields) { f.Bool("draft") }, `3:8: "draft" moet true of false zijn, geen " Nee" / schrijf: draft: false`},
		{"draft: misschien", func(f *Fields) { f.Bool("draft") }, `3:8: "draft" moet true of false zijn, geen "misschien" / schrijf: draft: true, of: draft: false`},
		{`draft: "true"`, func(f *Fields) { f.Bool("draft") }, `3:8: "draft" moet true of false zijn, geen "true" / schrijf: draft: true, zonder aanhalingstekens`},
		{"weight: x", func(f *Fields) { f.Int("weight", 1, 9) }, `3:9: "weight" moet een geheel getal van 1 tot en met 9 zijn, geen "x" / schrijf bijvoorbeeld: weight: 1`},
		{"weight: 10", func(f *Fields) { f.Int("weight", 1, 9) }, `3:9: "weight" moet een geheel getal van 1 tot en met 9 zijn, geen "10" / schrijf bijvoorbeeld: weight: 1`},
		{"factor: '1,2'", func(f *Fields) { f.Decimal("factor", 0.5, 2) }, `3:9: "factor" moet een getal van 0.5 tot en met 2 zijn, geen "1,2" / schrijf een breuk met een punt, bijvoorbeeld: factor: 0.5`},
		{"factor: 2.1", func(f *Fields) { f.Decimal("factor", 0.5, 2) }, `3:9: "factor" moet een getal van 0.5 tot en met 2 zijn, geen "2.1" / schrijf een breuk met een punt, bijvoorbeeld: factor: 0.5`},
		{"factor: nan", func(f *Fields) { f.Decimal("factor", 0.5, 2) }, `3:9: "factor" moet een getal van 0.5 tot en met 2 zijn, geen "nan" / schrijf een breuk met een punt, bijvoorbeeld: factor: 0.5`},
		{"tags: ai, privacy", func(f *Fields) { f.Texts("tags") }, `3:7: "tags" moet een lijst zijn, geen losse waarde / schrijf: tags: [ai, privacy]`},
		{"tags: 'a: [b'", func(f *Fields) { f.Texts("tags") }, `3:7: "tags" moet een lijst zijn, geen losse waarde / schrijf: tags: [eerste, tweede]`},
		{"tags: {a: b}", func(f *Fields) { f.Items("tags") }, `3:7: "tags" moet een lijst zijn, geen blok met sleutels / schrijf: tags: [eerste, tweede]`},
		{"tags: [a, [b], ~, '']", func(f *Fields) { f.Texts("tags") }, `3:11: in de lijst "tags" mag alleen tekst staan, geen lijst / zet de waarde tussen aanhalingstekens
3:16: in de lijst "tags" mag alleen tekst staan, geen lege waarde / haal het onderdeel weg of vul het in
3:19: in de lijst "tags" mag alleen tekst staan, geen lege waarde / haal het onderdeel weg of vul het in`},
		{"contact: x", func(f *Fields) { f.Map("contact").Text("email") }, `3:10: "contact" moet een blok met sleutels zijn, geen losse waarde / schrijf op ingesprongen regels: sleutel: waarde`},
		{"a: b", func(f *Fields) { f.Need("a", "title") }, `3:1: sleutel "title" ontbreekt / voeg toe: title: …`},
		{"a: b\ntitle:", func(f *Fields) { f.Need("title") }, `4:7: sleutel "title" heeft geen waarde / vul aan: title: …`},
		{"titel: b\nlayuot: c\nstudiejaar: d", func(f *Fields) { f.Text("title"); f.Text("title"); f.Text("layout"); f.NoOthers("studiejaar") },
			`3:1: onbekende sleutel "titel" / bedoelde je "title"? toegestaan: title, layout, studiejaar
4:1: onbekende sleutel "layuot" / bedoelde je "layout"? toegestaan: title, layout, studiejaar`},
		{"a: b", func(f *Fields) { f.NoOthers() }, `3:1: onbekende sleutel "a" / haal haar weg: hier mag geen sleutel staan`},
		{"- a", func(f *Fields) { f.Text("title"); f.Need("title"); f.NoOthers() },
			`3:1: dit moet een blok met sleutels zijn, geen lijst / schrijf op ingesprongen regels: sleutel: waarde
3:1: sleutel "title" ontbreekt / voeg toe: title: …`},
		{"", func(f *Fields) { f.Need("title"); f.NoOthers() }, `3:1: sleutel "title" ontbreekt / voeg toe: title: …`},
	}
	for _, test := range tests {
		root, messages := Parse("a.md", []byte(test.source), 2)
		if len(messages) > 0 {
			t.Fatal(messages)
		}
		test.read(Read("a.md", root, &messages))
		var lines []string
		for _, m := range messages {
			lines = append(lines, fmt.Sprintf("%s: %s / %s", strings.TrimPrefix(m.Position(), "a.md:"), m.Text, m.Hint))
		}
		if got := strings.Join(lines, "\n"); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.source, got, test.want)
		}
	}
}

func TestHintBool(t *testing.T) {
	for hint, words := range map[string]string{
		"schrijf: true":  "ja Ja j yes y on aan 1 waar",
		"schrijf: false": "nee NEE n no off uit 0 onwaar",
		"schrijf: false, zonder aanhalingstekens": "false False",
		"schrijf: true, of: false":                "2 wellicht jazeker",
	} {
		for word := range strings.FieldsSeq(words) {
			if got := HintBool("", word); got != hint {
				t.Errorf("%s: %q, want %q", word, got, hint)
			}
		}
	}
}

func TestFieldsOfNothing(t *testing.T) {
	var messages []diag.Message
	in := Read("a.md", nil, &messages)
	in.NoOthers()
	in.Need("title")
	if len(messages) != 1 || messages[0].Position() != "a.md:1:1" {
		t.Error(messages)
	}
}
