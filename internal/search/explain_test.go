package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// The points of an explanation add up, at every step, to the score.
func TestExplanationAddsUp(t *testing.T) {
	docs := hubDocuments()
	for i := range docs {
		if i%3 == 0 {
			docs[i].URL = fmt.Sprintf("/lijst/#%d", i)
		}
	}
	live := newLive(t, hubSettings)
	if _, err := live.Apply(docs); err != nil {
		t.Fatal(err)
	}
	boosted := hubSettings
	boosted.Boosts = Boosts{Kinds: map[string]float64{"experiment": 1.3, "publicatie": 0.6}, RecentPercent: 20, RecentDays: 100}
	indexes := map[string]searcher{"index": openHub(t, docs), "live": live, "many": openWith(t, manyDocuments(200), manySettings), "boosted": openWith(t, docs, boosted)}
	texts := []string{
		"rekenen", "rekenen chatbot", "rekenonderwijs", "reken onderwijs", "vr monitor", "de privacy", "privacy zebra", "rekennen brill", "kunstmatige intelligentie lessen",
		"toetsen maken met ai", "leermatriaal scholen", "Hoe draaien studenten het rekenen om?", "werkpl", "onder wijs", "school plan werk",
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 4e-6 }
	explained, together, titled, placed, more, less, recent := 0, 0, 0, 0, 0, 0, 0
	for name, x := range indexes {
		for _, text := range texts {
			for _, order := range []string{"relevance", "date"} {
				r := ask(t, x, Query{Text: text, Sort: order, Limit: 7, Offset: 1, Explain: true})
				plain := ask(t, x, Query{Text: text, Sort: order, Limit: 7, Offset: 1})
				for i, h := range r.Hits {
					e := h.Explanation
					if plain.Hits[i].Explanation != nil || plain.Hits[i].Score != h.Score || plain.Hits[i].URL != h.URL {
						t.Fatalf("%s: %q: not asked for: %+v", name, text, plain.Hits[i])
					}
					sum := e.All + e.Place + e.Kind.Points + e.Recent.Points + e.Title + e.Near
					for _, w := range e.Words {
						sum += w.Points
						ofAnswers := 0.0
						for _, a := range w.Answers {
							ofAnswers += a.Points
							ofFields := 0.0
							for _, f := range a.Fields {
								ofFields += f.Points
							}
							if !near(ofFields, a.Points) || len(a.Words) == 0 {
								t.Errorf("%s: %q: %s: %+v", name, text, h.URL, a)
							}
						}
						if !near(ofAnswers, w.Points) {
							t.Errorf("%s: %q: %s: %s has %f points, its answers %f", name, text, h.URL, w.Word, w.Points, ofAnswers)
						}
					}
					if !near(sum, h.Score) {
						t.Errorf("%s: %q: %s scores %f and is explained as %f: %+v", name, text, h.URL, h.Score, sum, e)
					}
					explained++
					if e.Near > 0 {
						together++
					}
					if e.Title > 0 {
						titled++
					}
					if e.Place < 0 {
						placed++
					}
					if e.Kind.Points > 0 && e.Kind.Times == 1.3 && h.Kind == "experiment" {
						more++
					}
					if e.Kind.Points < 0 && e.Kind.Times == 0.6 && h.Kind == "publicatie" {
						less++
					}
					if e.Recent.Points > 0 && e.Recent.Times > 1 && e.Recent.Times <= 1.2 {
						recent++
					}
					if name != "boosted" && (e.Kind != BoostExplanation{1, 0} || e.Recent != BoostExplanation{1, 0}) {
						t.Errorf("%s: %q: %s: boosted: %+v", name, text, h.URL, e)
					}
				}
			}
		}
	}
	if explained < 100 || together < 10 || titled < 10 || placed < 10 || more < 10 || less < 10 || recent < 10 {
		t.Errorf("only %d explanations, %d with words together, %d titles, %d places, %d and %d kinds, %d recent: this tests little", explained, together, titled, placed, more, less, recent)
	}
}

// An explanation tells the sorts of answers apart, where they stand, and in which
// words.
func TestExplanation(t *testing.T) {
	docs := []Document{
		{URL: "/a/", Title: "Onderzoekswerkplaats", Description: "Over het onderzoek.", Names: []string{"Werkplaats"}, Facets: map[string][]string{"thema": {"onderzoek"}}, Sections: []Section{
			{"", "", "Een werkplaats voor ouders en docenten."}, {"b", "Twee werkplaatsen", "Elke stage telt."}, {"/x.pdf", "Poster (PDF)", "De risicoanalyse van Phishing."}}},
		{URL: "/b/", Title: "Werkplaats", Sections: []Section{{Text: "Het onderzoek, met het risico van een analyse en een werkplaats. Een les over ict-bekwaamheid, en Informatiemanagement (IM)."}}},
	}
	for _, filler := range []string{"Begroting", "Lessen", "Toetsen"} {
		docs = append(docs, Document{URL: "/" + filler + "/", Title: filler, Sections: []Section{{Text: "Iets anders."}}})
	}
	x := openWith(t, docs, Settings{Language: "nl", Facets: []Facet{{Name: "thema", Values: []Value{{"onderzoek", "Onderzoek doen"}}}},
		Synonyms: []Synonym{
			{Search: []string{"bpv"}, Find: []string{"stage"}},
			{Search: []string{"plek"}, Find: []string{"ouders en docenten"}},
			{Search: []string{"im"}, Find: []string{"Informatiemanagement"}, Abbreviation: true}}})
	for _, test := range []struct{ query, url, want string }{
		{"onderzoek", "/a/", `zelfde woord [onderzoek]: samenvatting, labels; begin van [Onderzoekswerkplaats]: titel; deel van [Onderzoekswerkplaats]: titel`},
		{"werkplaats", "/a/", `zelfde woord [Werkplaats]: andere namen, tekst; deel van [Onderzoekswerkplaats]: titel; andere vorm [werkplaatsen]: koppen`},
		{"bpv", "/a/", `synoniem [stage]: tekst`},
		{"plek", "/a/", `synoniem [ouders docenten]: tekst`},
		{"fishing", "/a/", `tikfout voor [Phishing]: bijlagen`},
		{"phis", "/a/", `begin van [Phishing]: bijlagen`},
		{"risicoanalyse", "/b/", `in delen [risico analyse]: tekst`},
		{"risico analyse", "/a/", `aaneengeschreven [risicoanalyse]: bijlagen; deel van [risicoanalyse]: bijlagen | verwant woord [onderzoek]: samenvatting, labels; aaneengeschreven [risicoanalyse]: bijlagen; deel van [risicoanalyse]: bijlagen`},
		{"informatiemanager", "/b/", `zelfde familie [Informatiemanagement]: tekst`},
		{"roosteronderzoek", "/b/", `laatste deel [onderzoek]: tekst`},
		{"im", "/b/", `zelfde woord [IM]: tekst; afkorting [Informatiemanagement]: tekst`},
		{"stage les", "/a/", `zelfde woord [stage]: tekst | -`},
		{"de", "", ""},
	} {
		r := ask(t, x, Query{Text: test.query, Explain: true})
		i := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.URL == test.url })
		if i < 0 {
			if test.url != "" {
				t.Errorf("%s: %s is not found", test.query, test.url)
			}
			continue
		}
		var words []string
		for _, w := range r.Hits[i].Explanation.Words {
			var answers []string
			for _, a := range w.Answers {
				var in []string
				for _, f := range a.Fields {
					in = append(in, f.Field)
				}
				answers = append(answers, fmt.Sprintf("%s %v: %s", a.How, a.Words, strings.Join(in, ", ")))
			}
			if answers == nil {
				answers = []string{"-"}
			}
			words = append(words, strings.Join(answers, "; "))
		}
		if got := strings.Join(words, " | "); got != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", test.query, got, test.want)
		}
		if all := r.Hits[i].Explanation.All; all > 0 == strings.Contains(test.want, "-") {
			t.Errorf("%s: %f for all words", test.query, all)
		}
	}
}
