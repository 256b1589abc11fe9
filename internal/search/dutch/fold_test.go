package dutch

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"school": "school", "School": "school", "MBO": "mbo", "a4": "a4",
		"ideeën": "ideeen", "idee\u0308en": "ideeen", "Één": "een", "E\u0301e\u0301n": "een",
		"foto's": "fotos", "foto’s": "fotos", "foto‘s": "fotos", "fotoʼs": "fotos", "foto`s": "fotos", "foto´s": "fotos", "'s": "s",
		"ĳs": "ijs", "Ĳsland": "ijsland", "straße": "strasse", "STRAẞE": "strasse", "Ærø": "aero", "œuvre": "oeuvre", "Đorđe": "dorde",
		"Łódź": "lodz", "Nguyễn": "nguyen", "ﬁetsen": "fietsen", "eﬃciënt": "efficient", "İzmir": "izmir", "ǅ": "dz",
		"onder\u00adzoek": "onderzoek", "onder\u200bzoek": "onderzoek", "onder\u200dzoek": "onderzoek", "\ufeffschool": "school",
		"e-Learning": "e-learning", "ΑΒΓ": "αβγ", "ШКОЛА": "школа", "🙂": "🙂", "": "", "caf\xff": "caf\ufffd", "€ 5": "€ 5",
	} {
		if got := Fold(word); got != want {
			t.Errorf("Fold(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestFoldingNothingCostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Fold("informatiebeveiliging") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestBasesAreFolded(t *testing.T) {
	for r, base := range bases {
		if Fold(base) != base {
			t.Errorf("%q becomes %q, which folds again", r, base)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, word := range []string{"", "School", "foto’s", "idee\u0308en", "ĳ", "ẞ", "İ", "ǅ", "\u212a", "\u00ad", "\xff\xfe", "a\xccb", "ŉ", "ﬅ", "ⅷ", "🙂", strings.Repeat("É", 10_000)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		folded := Fold(word)
		if !utf8.ValidString(folded) {
			t.Fatalf("Fold(%q) = %q", word, folded)
		}
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold(%q) = %q, and that becomes %q", word, folded, again)
		}
		if lower := Fold(strings.ToLower(word)); lower != folded {
			t.Fatalf("Fold(%q) = %q, but in small letters %q", word, folded, lower)
		}
	})
}

func BenchmarkFold(b *testing.B) {
	words := []string{"informatiebeveiliging", "Scholen", "ideeën", "foto’s", "docent", "werkplaats"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Fold(words[i%len(words)])
	}
}
