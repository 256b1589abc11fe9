package search

import (
	"context"
	"strings"
	"testing"
)

// A reader hears which words stand nowhere while others for them do, and is not asked
// whether another was meant.
func TestRelated(t *testing.T) {
	docs := []Document{
		{URL: "/a/", Title: "Account", Sections: []Section{{Text: "Wil je je uitschrijven? Dat kan tot de eerste les."}}},
		{URL: "/b/", Title: "Terugblik", Sections: []Section{{Text: "Wij verkennen het vak, met een mbo-instelling en een scanner."}}},
		{URL: "/c/", Title: "Salaris", Sections: []Section{{Text: "Over geld. Een afspraak prolongeren kan. Met een streepscanner."}}},
	}
	x := openWith(t, docs, Settings{Language: "nl", Synonyms: []Synonym{
		{Search: []string{"roc"}, Find: []string{"mbo-instelling"}},
		{Search: []string{"verkammen"}, Find: []string{"prolongeren"}},
	}})
	for _, test := range []struct{ query, related, missing, suggestion, mark string }{
		{"uitschrijven", "", "", "", "uitschrijven"},
		{"afmelden", "afmelden", "", "", "uitschrijven"},
		{"Afmelden voor een vak", "Afmelden", "", "", "uitschrijven"},
		{"roc", "roc", "", "", "mbo-instelling"},
		{"barcodescanner", "barcodescanner", "", "", "scanner"},
		{"verkammen", "verkammen", "", "", "prolongeren"}, // also like verkennen
		{"verkemnen", "", "", "verkennen", "verkennen"},
		{"strepscanner", "", "", "streepscanner", "streepscanner"},
		{"salarissen", "", "", "", "Salaris"},
		{"afmelden xyzzy", "afmelden", "xyzzy", "", "uitschrijven"},
		{"xyzzy", "", "xyzzy", "", ""},
	} {
		r, err := x.Search(context.Background(), Query{Text: test.query})
		if err != nil {
			t.Fatal(err)
		}
		shown := ""
		for _, h := range r.Hits {
			shown += h.Title + h.Excerpt
		}
		if got := strings.Join(r.Related, " "); got != test.related || strings.Join(r.Missing, " ") != test.missing || r.Suggestion != test.suggestion ||
			!strings.Contains(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(shown), test.mark) {
			t.Errorf("%q: related %q, missing %q, suggestion %q: %s", test.query, got, r.Missing, r.Suggestion, shown)
		}
	}
}
