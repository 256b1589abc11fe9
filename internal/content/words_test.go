package content

import (
	"fmt"
	"testing"
)

const wordLists = "title: T\nwords: {synonyms: data/s.yaml, known: data/w.yaml}\n"

func TestWords(t *testing.T) {
	tree := NewLoader(folder(
		"data/s.yaml", "# wat hetzelfde betekent\n- [bpv, stage,  praktijk   leren]\n- {zoek: roc, vind: [mbo-instelling, school]}\n- {zoek: [a, b], vind: c}\n",
		"data/w.yaml", "namen: [Kennisnet, iXperium]\nvakwoorden: [bol]\n",
	), "content", nil).Load(configure(t, wordLists), nil)
	if said := written(tree); said != "" {
		t.Fatal(said)
	}
	const want = "{[{[bpv stage praktijk leren] [bpv stage praktijk leren] 2} {[roc] [mbo-instelling school] 3} {[a b] [c] 4}] [Kennisnet bol iXperium]}"
	if got := fmt.Sprint(tree.Words); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(tree.Resources)+len(tree.Documents) != 0 {
		t.Error("a list of words is published")
	}
}

func TestWordsFaults(t *testing.T) {
	for _, test := range []struct{ synonyms, known, want string }{
		{"a: b", "[c]", `content/data/s.yaml:1:1: fout: dit bestand is geen lijst, maar een blok met sleutels [woordenlijst]
    begin elke groep met een streepje: - [bpv, stage]
content/data/w.yaml:1:1: fout: dit bestand heeft geen groepen, maar is een lijst [woordenlijst]
    schrijf bijvoorbeeld: namen: [Kennisnet]
`},
		{"- [bpv]\n- stage\n- [docent, leraar, Docent]\n- [leraar, meester]\n- []\n", "a: [x, y z, x]\nb: [x]\nc:\n", `content/data/s.yaml:1:3: fout: een groep heeft ten minste twee woorden [woordenlijst]
    schrijf bijvoorbeeld: - [bpv, stage]
content/data/s.yaml:2:3: fout: dit is geen groep woorden, maar een losse waarde [woordenlijst]
    schrijf: - [bpv, stage] of - {zoek: roc, vind: [mbo-instelling]}
content/data/s.yaml:3:20: fout: "Docent" staat er twee keer [woordenlijst]
    haal er een weg
content/data/s.yaml:4:3: fout: "leraar" staat ook op regel 3 [woordenlijst]
    een woord hoort bij één groep: voeg de groepen samen, of haal het uit een van de twee
content/data/s.yaml:5:3: fout: een groep heeft ten minste twee woorden [woordenlijst]
    schrijf bijvoorbeeld: - [bpv, stage]
content/data/s.yaml:5:3: fout: hier hoort een lijst van woorden [woordenlijst]
    schrijf bijvoorbeeld: [bpv, stage]
content/data/w.yaml:1:4: fout: "y z" is meer dan één woord [woordenlijst]
    zet elk woord apart in de lijst
content/data/w.yaml:1:13: fout: "x" staat er twee keer [woordenlijst]
    haal er een weg
content/data/w.yaml:2:1: fout: "x" staat ook in de groep van regel 1 [woordenlijst]
    haal er een weg
content/data/w.yaml:3:1: fout: hier hoort een lijst van woorden [woordenlijst]
    schrijf bijvoorbeeld: [bpv, stage]
`},
		{"- {zoek: roc}\n- {zoek: a, vind: [b, {c: d}]}\n- {zoek: A, vind: e, zoekt: f}\n", "", `content/data/s.yaml:1:3: fout: sleutel "vind" ontbreekt [ontbrekende-sleutel]
    voeg toe: vind: …
content/data/s.yaml:2:23: fout: hier hoort een woord, geen blok met sleutels [woordenlijst]
    vul het in of haal het weg
content/data/s.yaml:3:3: fout: "A" staat ook op regel 2 [woordenlijst]
    zet alles wat erbij hoort achter één vind
content/data/s.yaml:3:22: fout: onbekende sleutel "zoekt" [onbekende-sleutel]
    bedoelde je "zoek"? toegestaan: zoek, vind
`},
	} {
		tree := NewLoader(folder("data/s.yaml", test.synonyms, "data/w.yaml", test.known), "content", nil).Load(configure(t, wordLists), nil)
		if got := written(tree); got != test.want {
			t.Errorf("%s / %s: got\n%s\nwant\n%s", test.synonyms, test.known, got, test.want)
		}
	}
	tree := NewLoader(folder("x.md", "---\ntitle: X\n---\n"), "content", nil).Load(configure(t, wordLists), nil)
	if got, want := written(tree), `site.yaml:2:8: fout: words noemt achter known het bestand content/data/w.yaml, dat er niet is [woordenlijst-ontbreekt]
    maak het bestand, of haal de regel weg
site.yaml:2:8: fout: words noemt achter synonyms het bestand content/data/s.yaml, dat er niet is [woordenlijst-ontbreekt]
    maak het bestand, of haal de regel weg
`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
