package prose

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestWords(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"De docent, die lesgeeft.", "De docent die lesgeeft"},
		{"ict-bekwaamheid en hr’s of foto's", "ict-bekwaamheid en hr's of foto's"},
		{"'s Ochtends zegt hij 'ja' – of “nee”…", "s Ochtends zegt hij ja of nee"},
		{"Mail naar naam@school.nl of kijk op www.school.nl en https://a.nl/b/c.", "Mail naar of kijk op en"},
		{"In 2023-2024 deden 3e-jaars mee, op A3 en in site.yaml", "In deden mee op en in"},
		{"en/of [je school] (bpv) en-", "en of je school bpv en"},
		{"één-op-één\ncoördinator", "één-op-één coördinator"},
		{"", ""},
		{"12% -- & +", ""},
	} {
		if got := strings.Join(slices.Collect(Words(test.text)), " "); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	f.Add("De docent's 'les' op a@b.nl: één-op-één")
	f.Fuzz(func(t *testing.T, text string) {
		for w := range Words(text) {
			if w == "" || strings.Trim(w, "-'") != w || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' }) {
				t.Fatalf("%q gives the word %q", text, w)
			}
		}
		r := Read(text)
		if r.Syllables < r.Words || max(r.Words, r.Sentences) > len(strings.Fields(text)) || math.IsNaN(r.Ease()) || math.IsInf(r.Ease(), 0) {
			t.Fatalf("%q reads as %+v", text, r)
		}
	})
}

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"huis": 1, "docent": 2, "school": 1, "bekwaamheid": 3, "mooie": 2, "draaien": 2, "leeuw": 1, "nieuwe": 2, "zeeën": 2,
		"coördinator": 5, "ruïne": 3, "begeleiding": 4, "onderzoekswerkplaats": 5, "baby": 2, "ict": 1, "bpv": 1, "ideeën": 3, "knie": 1, "één": 1,
	} {
		if got := Syllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
}

func TestRead(t *testing.T) {
	for _, test := range []struct {
		text string
		want Reading
	}{
		{"De kat zit. De hond ook!", Reading{2, 6, 6}},
		{"Dat is bijv. een vis.", Reading{1, 5, 5}}, // one sentence
		{"Hij zei: \"Ik ga.\" Zij bleef.", Reading{2, 6, 6}},
		{"Kop zonder punt\ncel\nDe kat zit.", Reading{1, 3, 3}},
		{"Let op:\n", Reading{1, 2, 2}},
		{"In 2024 deed 80% mee.", Reading{1, 3, 3}},
		{"", Reading{}},
	} {
		if got := Read(test.text); got != test.want {
			t.Errorf("%q: %+v, want %+v", test.text, got, test.want)
		}
	}
	// 206.835 - 0.93 × 6/2 - 77 × 6/6
	if got := Read("De kat zit. De hond ook!").Ease(); math.Abs(got-127.045) > 1e-9 {
		t.Errorf("ease %v", got)
	}
	if got := (Reading{}).Ease(); got != 0 {
		t.Errorf("ease of nothing %v", got)
	}
}

// A machine without hunspell says so; CI has it.
func TestSpell(t *testing.T) {
	unknown, err := Spell(context.Background(),
		[]string{"De", "docentt", "ict-bekwaamheid", "Kennisnet", "mbo-instellinng", "docentt", "bpv", "Bpv", "huis-tuin-en-keuken", "IBP", "Januari"},
		[]string{"ict", "mbo", "bpv", "IBP", "Kennisnet"})
	if errors.Is(err, ErrNoSpeller) && os.Getenv("CI") == "" {
		t.Skip("needs hunspell and hunspell-nl")
	}
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, u := range unknown {
		words = append(words, u.Word)
	}
	if got := strings.Join(words, " "); got != "docentt mbo-instellinng" {
		t.Errorf("unknown are %q", got)
	}
	if len(unknown) > 0 && !slices.Contains(unknown[0].Suggestions, "docent") {
		t.Errorf("suggested %q", unknown[0].Suggestions)
	}
}
