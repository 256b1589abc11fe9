package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

var suggestSettings = Settings{
	Language: "nl",
	Synonyms: []Synonym{{Search: []string{"AVG", "Privacywet"}, Find: []string{"AVG", "Privacywet"}, Abbreviation: true}},
	Topics: []Topic{
		{"Privacy", "/themas/privacy/", "Thema"}, {"lassen", "/tags/lassen/", "Onderwerpen"},
		{"Thema's", "/themas/", ""}, {"Niet deze titel", "/over/", "Onderdeel"},
	},
}

func suggestDocuments() []Document {
	docs := []Document{
		{URL: "/campagnes/app/", Title: "Mag deze app?", Fields: map[string]string{"kind": "Campagne"},
			Names:    []string{"App-check", "Mag dit?"},
			Sections: []Section{{"", "", "tekst"}, {"mag-het", "Mag deze app in de les?", "tekst"}, {"x", "Resultaat", "tekst"}, {"/posters/app.pdf", "Poster", "tekst"}}},
		{URL: "/over/", Title: "Over deze site", Sections: []Section{{"privacy", "Privacy", "tekst"}, {"over", "Over deze site", "tekst"}}},
		{URL: "/wet/", Title: "Privacywet", Sections: []Section{{Text: "Over de e-mail."}}},
		{URL: "/e-mail/", Title: "Veilig e-mailen", Fields: map[string]string{"kind": "Begrip"}},
		{URL: "/ideeen/", Title: "Ideeën en ’s zomers"},
		{URL: "/school/", Title: "Scholing"},
		{URL: "/klaar/", Title: "Dit gaat over"},
		{URL: "/zomer/", Title: "Zander"},
		{URL: "/plaats/", Title: "De onderzoekswerkplaats", Names: []string{"Werkplaats"}, Sections: []Section{{Text: "Een werkplaats voor onderzoek in de praktijk, zonder praktijkleider en zorg."}}},
		{URL: "/praktijk/", Title: "Praktijkwerkplaats", Sections: []Section{{"eigen", "Onze eigen werkplaats", "tekst"}}},
		{URL: "/zorg/", Title: "Zorg"},
	}
	for i := range mostShared {
		docs = append(docs, Document{URL: fmt.Sprintf("/verslag/%d/", i), Title: fmt.Sprint("Verslag ", i), Sections: []Section{{"r", "Resultaat", "tekst"}, {"c", "Conclusie", "tekst"}}})
	}
	return docs
}

func suggestions(t *testing.T, x interface {
	Suggest(context.Context, string, int) ([]Suggestion, error)
}, text string) string {
	t.Helper()
	list, err := x.Suggest(context.Background(), text, 8)
	if err != nil || list == nil {
		t.Fatalf("%q: %v %v", text, list, err)
	}
	var all []string
	for _, s := range list {
		all = append(all, strings.Join([]string{s.Text, s.URL, s.Kind}, "|"))
	}
	return strings.Join(all, "; ")
}

func TestSuggest(t *testing.T) {
	x := openWith(t, suggestDocuments(), suggestSettings)
	live := newLive(t, suggestSettings)
	docs := suggestDocuments()
	slices.Reverse(docs)
	if _, err := live.Apply(docs); err != nil {
		t.Fatal(err)
	}
	const app, inLesson = "Mag deze app?|/campagnes/app/|Campagne", "Mag deze app in de les?|/campagnes/app/#mag-het|Mag deze app?"
	const theme, heading, law = "Privacy|/themas/privacy/|Thema", "Privacy|/over/#privacy|Over deze site", "Privacywet|/wet/|"
	const workplace = "Werkplaats|/plaats/|De onderzoekswerkplaats"
	for _, test := range []struct{ name, text, want string }{
		{"a title as far as it was typed", "mag dez", app + "; " + inLesson},
		{"only its best text leads to a page", "mag", "Mag dit?|/campagnes/app/|Mag deze app?; " + inLesson},
		{"words in any order", "app mag", app + "; " + inLesson},
		{"another name", "app-check", "App-check|/campagnes/app/|Mag deze app?"},
		{"a heading", "de les", inLesson},
		{"words inside", "deze", app + "; Over deze site|/over/|Onderdeel; " + inLesson},
		{"that begins so before what has it", "over d", "Over deze site|/over/|Onderdeel; Dit gaat over|/klaar/|"},
		{"shorter first, then by URL", "priv", heading + "; " + theme + "; " + law},
		{"a topic", "lass", "lassen|/tags/lassen/|Onderwerpen"},
		{"an abbreviation", "avg", "AVG|/wet/|Privacywet"},
		{"accents and apostrophes", "ideeen S zom", "Ideeën en ’s zomers|/ideeen/|"},
		{"capitals and accents", "IDÉ", "Ideeën en ’s zomers|/ideeen/|"},
		{"hyphens", "email", "Veilig e-mailen|/e-mail/|Begrip"},
		{"half a word with a hyphen", "e-m", "Veilig e-mailen|/e-mail/|Begrip"},
		{"inside compounds, after titles that begin so", "werkplaats", workplace + "; Praktijkwerkplaats|/praktijk/|; Onze eigen werkplaats|/praktijk/#eigen|Praktijkwerkplaats"},
		{"the beginning of a part of a compound", "werkpl", workplace + "; Praktijkwerkplaats|/praktijk/|; Onze eigen werkplaats|/praktijk/#eigen|Praktijkwerkplaats"},
		{"a beginning too short for a part", "we", workplace + "; Onze eigen werkplaats|/praktijk/#eigen|Praktijkwerkplaats"},
		{"stop words of no title before parts", "de werkplaats", workplace + "; Praktijkwerkplaats|/praktijk/|; Onze eigen werkplaats|/praktijk/#eigen|Praktijkwerkplaats"},
		{"a part and another word", "werkpl ond", "De onderzoekswerkplaats|/plaats/|"},
		{"part of no compound", "plaats", ""},
		{"stop words of no title", "wat is de privacywet", law},
		{"a letter too few", "scoling", "Scholing|/school/|"},
		{"a letter too many", "schooling", "Scholing|/school/|"},
		{"another letter", "privicy", heading + "; " + theme + "; " + law},
		{"letters swapped", "prviac", heading + "; " + theme + "; " + law},
		{"the first letter", "lrivacyw", law},
		{"the first letter of a longer word", "dcholing", "Scholing|/school/|"},
		{"the first letter of a short word", "borg", ""},
		{"a mistyped beginning of a short word", "schp", ""},
		{"a word that a text has", "zonder", ""},
		{"the first two letters of a short word", "ozrg", ""},
		{"another letter of a short word", "zorh", "Zorg|/zorg/|"},
		{"the last letter", "scholinh", "Scholing|/school/|"},
		{"sounds", "sgoling", "Scholing|/school/|"},
		{"an error in one of two words", "sire over", "Over deze site|/over/|Onderdeel"},
		{"two errors", "prrvacyyw", ""},
		{"an error in a short word", "mgg", ""},
		{"another beginning", "schop", ""},
		{"a heading of the template", "resul", ""},
		{"a heading of some pages", "concl", "Conclusie|/verslag/0/#c|Verslag 0; Conclusie|/verslag/1/#c|Verslag 1; Conclusie|/verslag/2/#c|Verslag 2"},
		{"no heading: an attachment", "poster", ""},
		{"a word that nothing has", "privacy zebra", ""},
	} {
		if got := suggestions(t, x, test.text); got != test.want {
			t.Errorf("%s: %q:\ngot  %s\nwant %s", test.name, test.text, got, test.want)
		}
		if got := suggestions(t, live, test.text); got != test.want {
			t.Errorf("live: %q: %s", test.text, got)
		}
	}
	for most, want := range map[int]int{-1: 0, 0: 0, 1: 1, 2: 2, 1e9: 3} {
		if list, err := x.Suggest(context.Background(), "priv", most); err != nil || len(list) != want {
			t.Errorf("at most %d: %v %v", most, list, err)
		}
	}
}

// Texts are answered or refused in words, and all that is suggested fits.
func TestBadTextsForSuggestions(t *testing.T) {
	x := openWith(t, suggestDocuments(), suggestSettings)
	for _, text := range append(slices.Clone(badQueries), strings.Repeat("privacy ", 25), strings.Repeat("-", 199), strings.Repeat("a-", 99), "مدرسة privac", "privac\x00y") {
		list, err := x.Suggest(context.Background(), text, 8)
		var fault *QueryError
		if err != nil && !errors.As(err, &fault) || len(list) > 8 {
			t.Errorf("%q: %v %v", text, list, err)
		}
	}
	for text, code := range map[string]string{
		strings.Repeat("é", 200):                                      "",
		strings.Repeat("é", 201):                                      CodeQueryTooLong,
		strings.Repeat("a", 10_000):                                   CodeQueryTooLong,
		"de het een van de a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12":    "",
		"a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14 a15 a16 a17":  CodeTooManyWords,
		"a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1 a1": "",
	} {
		_, err := x.Suggest(context.Background(), text, 8)
		var fault *QueryError
		if errors.As(err, &fault); code == "" && err != nil || code != "" && (fault == nil || fault.Code != code) {
			t.Errorf("%.60q: %v, want %s", text, err, code)
		}
	}
	left, leave := context.WithCancel(context.Background())
	leave()
	if _, err := x.Suggest(left, "privacy", 8); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: %v", err)
	}
	empty := newLive(t, hubSettings)
	if got := suggestions(t, empty, "privacy"); got != "" {
		t.Errorf("of nothing: %s", got)
	}
	empty.Close()
	if _, err := empty.Suggest(context.Background(), "privacy", 8); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// The words that begin near a form are those of which some beginning is one error
// away from it.
func FuzzBeginsNear(f *testing.F) {
	for _, seed := range [][2]string{{"scholing", "scoling"}, {"abba", "baba"}, {"a", "b"}, {"aaa", "aa"}, {"", "a"}, {"aab", "ab"}, {"abcd", "acbd"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, word, form string) {
		if len(word) > 30 || len(form) > 30 || form == "" {
			return
		}
		want := false
		if !strings.HasPrefix(word, form) {
			for end := range len(word) + 1 {
				same, whole := 0, end == len(word)
				for same < len(form) && same < end && form[same] == word[same] {
					same++
				}
				a, b := form[same:], word[same:end]
				last := len(a) <= 1 // an error in the last letter
				switch {
				case len(a) == len(b) && len(a) > 0 && a[1:] == b[1:]:
					want = want || !last || whole
				case len(a) == len(b) && len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]:
					want = true
				case len(a) == len(b)+1 && a[1:] == b:
					want = want || !last || whole
				case len(b) == len(a)+1 && b[1:] == a:
					want = want || len(a) > 0
				}
			}
		}
		if got := beginsNear(word, form); got != want {
			t.Errorf("%q begins near %q: %v", word, form, got)
		}
	})
}

// BenchmarkSuggest asks what readers type on the way to titles, some with an error.
func BenchmarkSuggest(b *testing.B) {
	docs := manyDocuments(3000)
	x := opened(b, docs)
	var texts []string
	for i := 0; i < len(docs); i += 7 {
		title := docs[i].Title
		for end := 1; end <= min(len(title), 20); end++ {
			texts = append(texts, title[:end])
		}
		texts = append(texts, title[:min(len(title), 5)]+"q"+title[min(len(title), 6):])
	}
	var times []time.Duration
	i := 0
	for b.Loop() {
		began := time.Now()
		if _, err := x.Suggest(context.Background(), texts[i%len(texts)], 8); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
		i++
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(times[len(times)-1].Microseconds()), "max-µs")
}

func BenchmarkNewSuggester(b *testing.B) {
	l, err := NewLive(manySettings)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Apply(manyDocuments(3000)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		newSuggester(l.current.vocabulary, manySettings, l.current.records)
	}
}
