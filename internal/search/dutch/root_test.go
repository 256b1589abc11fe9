package dutch

import (
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	for _, family := range []string{
		"registreren registratie registreert", "organiseren organisatie", "evalueren evaluatie", "communiceren communicatie", "combineren combinatie",
		"produceren productie product", "instrueren instructie instructies", "selecteren selectie", "controleren controle controleur", "factureren factuur facturatie",
		"abonneren abonnement", "managen management manager", "gebruiken gebruiker", "verkopen verkoper verkoop", "onderzoeken onderzoeker onderzoek", "begeleiden begeleider begeleiding",
		"huren huurder", "beheren beheerder beheer", "ontwikkelen ontwikkelaar", "schrijven schrijver",
	} {
		words := strings.Fields(family)
		for _, w := range words {
			if got, want := Root(Stem(w)), Root(Stem(words[0])); got != want {
				t.Errorf("%s has root %s, %s has %s", w, got, words[0], want)
			}
		}
	}
	for _, pair := range []string{"poster post", "nummer nu", "kamer kaam", "water waat", "moeder moed", "zomer zoom", "leermeester leermeest", "element el", "kop koop", "relatie relais", "bom boom", "computer compu"} {
		a, b, _ := strings.Cut(pair, " ")
		if Root(Stem(a)) == Root(Stem(b)) {
			t.Errorf("%s and %s have root %s", a, b, Root(Stem(a)))
		}
	}
}

func TestShift(t *testing.T) {
	for _, pair := range []string{"sloten slot", "schermsloten schermslot", "glazen glas", "gaten gat", "spelen spel", "wegen weg", "daken dak"} {
		a, b, _ := strings.Cut(pair, " ")
		if got := Shift(Stem(a)); got != Stem(b) {
			t.Errorf("%s: %s, want %s", a, got, Stem(b))
		}
		if got := Shift(Stem(b)); got != Stem(a) {
			t.Errorf("%s: %s, want %s", b, got, Stem(a))
		}
	}
	for _, word := range []string{"", "ab", "huis", "brief", "werk", "deur", "les1", "één", "ijs"} {
		if got := Shift(word); got != "" {
			t.Errorf("%s: %s", word, got)
		}
	}
}

func FuzzRoot(f *testing.F) {
	for _, word := range []string{"registreren", "atie", "er", "eur", "ction", "ucer", "", "\xff", strings.Repeat("er", 40)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		stem := Stem(word)
		if root := Root(stem); root == "" && stem != "" {
			t.Errorf("%q has no root", word)
		}
		if s := Shift(stem); s != "" && Shift(s) != stem {
			t.Errorf("%q shifts to %q and back to %q", stem, s, Shift(s))
		}
	})
}
