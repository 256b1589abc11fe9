package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"
)

// hubSettings and hubDocuments are a small hub: each line of pages is
// kind|date|themes|title|text.
var hubSettings = Settings{
	Language: "nl",
	Kinds:    []Value{{"experiment", "Experiment"}, {"publicatie", "Publicatie"}, {"campagne", "Campagne"}},
	Facets: []Facet{
		{Name: "thema", Label: "Thema", Values: []Value{{"rekenen", "Rekenen"}, {"ai", "Kunstmatige intelligentie"}, {"vr", "Virtual reality"}}},
		{Name: "status", Label: "Status"},
	},
}

const hubPages = `
experiment|2024-03-01|rekenen|Rekenen met een telraam|Studenten leren rekenen met een telraam in de les.
experiment|2024-02-01|rekenen,ai|Rekenen met een chatbot|Een chatbot helpt bij rekenen. De docent kijkt mee.
experiment|2023-09-01|vr|Lassen in virtual reality|Leerlingen oefenen het lassen met een bril op.
experiment|2023-05-01|vr|Zorg oefenen met een bril|Studenten oefenen gesprekken in de zorg.
experiment|2022-11-01|ai|Feedback door een taalmodel|Het taalmodel geeft feedback op een verslag.
experiment|2022-09-01||Werken met een portfolio|Studenten verzamelen bewijzen in een digitaal portfolio.
experiment|2024-05-01|ai|Toetsen maken met AI|Docenten maken toetsen met hulp van een taalmodel.
experiment|2024-06-01||Blended leren in de techniek|Een deel van de lessen is online.
experiment|2024-01-15|vr|Veilig werken op hoogte|Met een bril oefenen studenten op een steiger.
experiment|2023-11-15|rekenen|Rekenspellen in de klas|Spellen maken het rekenen leuker.
publicatie|2024-04-01|ai|Handreiking AI in het mbo|Wat docenten moeten weten over kunstmatige intelligentie.
publicatie|2023-12-01||Privacy op school|Over persoonsgegevens en de AVG. Begin met privacy.
publicatie|2023-10-01|rekenen|Onderzoek naar rekenonderwijs|Hoe leren studenten rekenen en wat helpt daarbij?
publicatie|2023-03-01|vr|Virtual reality in cijfers|Een overzicht van onderzoek naar brillen in de klas.
publicatie|2022-12-01||Digitale geletterdheid|Wat studenten moeten kunnen met computers.
publicatie|2022-06-01|ai|Ethiek van algoritmen|Over eerlijke algoritmen in het onderwijs.
publicatie|2024-07-01||Jaarverslag van de werkplaats|Wat er in het jaar gebeurde.
publicatie|2021-01-01||Open leermateriaal|Delen van leermateriaal met andere scholen.
publicatie|2021-02-01|rekenen|Rekenbeleid|Hoe een school beleid maakt voor rekenen.
publicatie|2024-08-01||Eén aanpak voor ideeën|Coördinatie van ideeën en initiatieven.
campagne|2024-01-01|ai|Week van de AI|Een week lang aandacht voor kunstmatige intelligentie.
campagne|2023-01-01||Veilig online|Posters over veilige wachtwoorden en phishing.
campagne|2022-01-01||Digitaal fit|Elke week een oefening voor docenten.
campagne|2024-02-15||Leer van elkaar|Docenten bezoeken elkaars les.
campagne|2023-06-01|rekenen|Reken maar|Posters over rekenen in het dagelijks leven.
|||Over deze site|Wie wij zijn en wat wij doen. Privacy staat voorop.
|||Contact|Stuur een bericht of bel ons.
|||Toegankelijkheid|Deze site is er voor iedereen.
||||Een pagina zonder titel.
|2024-03-01||Nieuws|Het laatste nieuws van de werkplaats.
`

func hubDocuments() []Document {
	var docs []Document
	for i, line := range strings.Split(strings.TrimSpace(hubPages), "\n") {
		part := strings.Split(line, "|")
		d := Document{
			URL: fmt.Sprintf("/p%02d/", i), Kind: part[0], Date: part[1], Title: part[3],
			Sections: []Section{{Text: part[4]}},
			Fields:   map[string]string{"Nummer": fmt.Sprint(i)},
		}
		if part[2] != "" {
			d.Facets = map[string][]string{"thema": strings.Split(part[2], ",")}
		}
		docs = append(docs, d)
	}
	docs[0].Facets["status"] = []string{"lopend"}
	docs[1].Facets["status"] = []string{"afgerond"}
	docs[2].Facets["status"] = []string{"lopend"}
	docs[13].Names = []string{"VR-monitor"}
	return docs
}

// openHub builds and opens the index of documents.
func openHub(t *testing.T, docs []Document) *Index { t.Helper(); return openWith(t, docs, hubSettings) }

func openWith(t *testing.T, docs []Document, s Settings) *Index {
	t.Helper()
	dir := t.TempDir()
	if _, err := Build(dir, docs, s); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

type searcher interface {
	Search(context.Context, Query) (*Results, error)
}

func ask(t *testing.T, x searcher, q Query) *Results {
	t.Helper()
	r, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return r
}

func titles(r *Results) string {
	var all []string
	for _, h := range r.Hits {
		all = append(all, h.Title)
	}
	return strings.Join(all, "; ")
}

func TestSearch(t *testing.T) {
	x := openHub(t, hubDocuments())
	tests := []struct {
		name    string
		query   Query
		total   int
		first   string // the titles, or the first of them
		missing []string
	}{
		{"title above text", Query{Text: "privacy"}, 2, "Privacy op school; Over deze site", nil},
		{"stem", Query{Text: "steigers"}, 1, "Veilig werken op hoogte", nil},
		{"case", Query{Text: "PHISHING"}, 1, "Veilig online", nil},
		{"accents in text", Query{Text: "coordinatie"}, 1, "Eén aanpak voor ideeën", nil},
		{"accents in query", Query{Text: "steigér"}, 1, "Veilig werken op hoogte", nil},
		{"decomposed accents", Query{Text: "ideee\u0308n"}, 1, "Eén aanpak voor ideeën", nil},
		{"all words first", Query{Text: "rekenen chatbot"}, 6, "Rekenen met een chatbot; ", nil},
		{"other name", Query{Text: "vr-monitor"}, 4, "Virtual reality in cijfers", nil},
		{"label of a facet value", Query{Text: "kunstmatige", Kinds: []string{"experiment"}}, 3, "", nil},
		{"missing word", Query{Text: "privacy Zebra's"}, 2, "Privacy op school; ", []string{"Zebra's"}},
		{"stop words only", Query{Text: "de het een"}, 0, "", nil},
		{"stop words count for nothing", Query{Text: "de privacy"}, 2, "Privacy op school; ", nil},
		{"kind", Query{Text: "rekenen", Kinds: []string{"campagne"}}, 1, "Reken maar", nil},
		{"two kinds", Query{Text: "privacy", Kinds: []string{"campagne", "publicatie"}}, 1, "Privacy op school", nil},
		{"browse by kind, newest first", Query{Kinds: []string{"campagne"}}, 5, "Leer van elkaar; Week van de AI; Reken maar; Veilig online; Digitaal fit", nil},
		{"browse by facets", Query{Facets: map[string][]string{"thema": {"vr"}, "status": {"lopend"}}}, 1, "Lassen in virtual reality", nil},
		{"any within a facet", Query{Facets: map[string][]string{"thema": {"vr", "rekenen"}, "status": {"lopend"}}}, 2, "Rekenen met een telraam; Lassen in virtual reality", nil},
		{"value nobody has", Query{Facets: map[string][]string{"thema": {"sport"}}}, 0, "", nil},
		{"empty choice", Query{Text: "privacy", Kinds: []string{""}, Facets: map[string][]string{"thema": {""}}}, 2, "", nil},
		{"nothing asked", Query{}, 0, "", nil},
		{"by date", Query{Text: "rekenen", Sort: "date", Limit: 3}, 6, "Rekenen met een telraam; Rekenen met een chatbot; Rekenspellen in de klas", nil},
		{"page", Query{Kinds: []string{"campagne"}, Limit: 2, Offset: 1}, 5, "Week van de AI; Reken maar", nil},
		{"beyond the last", Query{Kinds: []string{"campagne"}, Offset: 100}, 5, "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := ask(t, x, test.query)
			if r.Total != test.total {
				t.Errorf("total %d, want %d: %s", r.Total, test.total, titles(r))
			}
			if got := titles(r); !strings.HasPrefix(got, test.first) {
				t.Errorf("got  %s\nwant %s", got, test.first)
			}
			if !slices.Equal(r.Missing, test.missing) {
				t.Errorf("missing %q, want %q", r.Missing, test.missing)
			}
			if r.Hits == nil || r.Missing == nil || r.Facets["thema"] == nil || r.Facets["kind"] == nil {
				t.Error("a list is nil, and would be null in JSON")
			}
			if max := cmpLimit(test.query.Limit); len(r.Hits) > max {
				t.Errorf("%d hits, more than %d", len(r.Hits), max)
			}
		})
	}
}

func cmpLimit(limit int) int {
	if limit == 0 {
		return defaultHits
	}
	return limit
}

func TestFacets(t *testing.T) {
	x := openHub(t, hubDocuments())
	count := func(r *Results, facet string) string {
		var all []string
		for _, c := range r.Facets[facet] {
			all = append(all, fmt.Sprintf("%s=%d", c.Value, c.Count))
		}
		return strings.Join(all, " ")
	}
	tests := []struct {
		name                string
		query               Query
		kinds, themas, stat string
	}{
		{"nothing asked counts all", Query{}, "experiment=10 publicatie=10 campagne=5", "rekenen=6 ai=6 vr=4", "afgerond=1 lopend=2"},
		{"only what is found", Query{Text: "privacy"}, "publicatie=1", "", ""},
		{"a facet ignores its own choice", Query{Facets: map[string][]string{"thema": {"vr"}}}, "experiment=3 publicatie=1", "rekenen=6 ai=6 vr=4", "lopend=1"},
		{"and heeds the others'", Query{Facets: map[string][]string{"thema": {"vr"}, "status": {"lopend"}}}, "experiment=1", "rekenen=1 vr=1", "lopend=1"},
		{"kinds are a facet", Query{Kinds: []string{"campagne"}}, "experiment=10 publicatie=10 campagne=5", "rekenen=1 ai=1", ""},
		{"a chosen value stays in view", Query{Text: "phishing", Facets: map[string][]string{"status": {"lopend"}}}, "", "", "lopend=0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := ask(t, x, test.query)
			for facet, want := range map[string]string{"kind": test.kinds, "thema": test.themas, "status": test.stat} {
				if got := count(r, facet); got != want {
					t.Errorf("%s: got %q, want %q", facet, got, want)
				}
			}
		})
	}
	if got := ask(t, x, Query{}).Facets["thema"][1].Label; got != "Kunstmatige intelligentie" {
		t.Errorf("label %q", got)
	}
}

// A count is what choosing the value gives, whatever was chosen before.
func TestFacetCountsAreTrue(t *testing.T) {
	x := openHub(t, hubDocuments())
	for _, text := range []string{"", "rekenen", "bril onderzoek"} {
		for _, chosen := range []map[string][]string{{"thema": {"vr"}}, {"thema": {"ai", "rekenen"}}, {"status": {"lopend"}}} {
			r := ask(t, x, Query{Text: text, Facets: chosen})
			for facet, counts := range r.Facets {
				for _, c := range counts {
					q := Query{Text: text, Facets: map[string][]string{}}
					for name, values := range chosen {
						q.Facets[name] = values
					}
					if facet == "kind" {
						q.Kinds = []string{c.Value}
					} else {
						q.Facets[facet] = []string{c.Value}
					}
					if got := ask(t, x, q).Total; got != c.Count {
						t.Errorf("%q %v: %s=%s counts %d and gives %d", text, chosen, facet, c.Value, c.Count, got)
					}
				}
			}
		}
	}
}

// A page stands above the places on it, and a page whose title is what was asked
// above one that has the words of it more often.
func TestPagesAboutTheQueryFirst(t *testing.T) {
	x := openHub(t, []Document{
		{URL: "/a/#geld", Title: "Begroting"},
		{URL: "/b/", Title: "Begroting van de school", Description: "De begroting van dit jaar.", Sections: []Section{{Text: "De begroting volgt op een begroting, en daarna volgt een begroting."}}},
		{URL: "/c/", Title: "De begroting", Sections: []Section{{Text: "Wat het mag kosten."}}},
		{URL: "/d/", Title: "Planning"},
	})
	if got, want := titles(ask(t, x, Query{Text: "begroting"})), "De begroting; Begroting van de school; Begroting"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestTiesGoByURL(t *testing.T) {
	var docs []Document
	for _, i := range rand.New(rand.NewPCG(1, 1)).Perm(20) {
		docs = append(docs, Document{URL: fmt.Sprintf("/%02d/", i), Title: "Gelijk", Sections: []Section{{Text: "dezelfde tekst"}}})
	}
	x := openHub(t, docs)
	r := ask(t, x, Query{Text: "tekst", Limit: 50})
	for i, h := range r.Hits {
		if h.URL != fmt.Sprintf("/%02d/", i) {
			t.Fatalf("hit %d is %s", i, h.URL)
		}
	}
	if len(r.Hits) != 20 {
		t.Fatalf("%d hits", len(r.Hits))
	}
}

// Answers do not depend on the order of the documents or on bleve's segments.
func TestOrderOfDocumentsDoesNotMatter(t *testing.T) {
	docs := manyDocuments(300) // several batches
	texts := []string{docs[0].Title, docs[1].Title, docs[2].Title}
	dir := t.TempDir()
	var want []*Results
	var id string
	for seed := range uint64(3) {
		rand.New(rand.NewPCG(seed, 7)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		if err := Remove(dir); err != nil {
			t.Fatal(err)
		}
		result, err := Build(dir, docs, manySettings)
		if err != nil {
			t.Fatal(err)
		}
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		got := sample(t, x, texts...)
		x.Close()
		if seed == 0 {
			want, id = got, result.ID
			continue
		}
		if !reflect.DeepEqual(got, want) {
			t.Error("another order gives other answers")
		}
		if result.ID != id {
			t.Error("another order gives another ID")
		}
	}
	if total := want[len(want)-1].Total; total < 20 {
		t.Fatalf("only %d hits: this tests nothing", total)
	}
}

// sample asks some questions, and texts besides, and forgets how long they took.
func sample(t *testing.T, x searcher, texts ...string) []*Results {
	t.Helper()
	queries := []Query{
		{Text: "onder wijs", Limit: 50}, {Text: "school plan werk"}, {Text: "taal", Sort: "date"}, {},
		{Text: "rekenen bril docent", Limit: 50}, {Text: "nieuw verse woorden titel", Limit: 50},
		{Facets: map[string][]string{"thema": {"thema3", "ai"}}, Limit: 50},
		{Text: "leer les", Kinds: []string{"campagne"}}, {Text: "lan gen", Facets: map[string][]string{"thema": {"thema1"}}},
	}
	for _, text := range texts {
		queries = append(queries, Query{Text: text, Limit: 50})
	}
	var all []*Results
	for _, q := range queries {
		r, err := x.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		r.TookMS = 0
		all = append(all, r)
	}
	return all
}

func TestLimits(t *testing.T) {
	s := hubSettings
	s.Limits = Limits{QueryLength: 30, Words: 3, Hits: 5, Offset: new(20)}
	dir := t.TempDir()
	if _, err := Build(dir, hubDocuments(), s); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	tests := []struct {
		name  string
		query Query
		code  string // "" when it is fine
	}{
		{"longest", Query{Text: strings.Repeat("é", 30)}, ""},
		{"too long", Query{Text: strings.Repeat("é", 31)}, CodeQueryTooLong},
		{"most words", Query{Text: "privacy rekenen school"}, ""},
		{"the same words", Query{Text: "school School SCHOOL school"}, ""},
		{"stop words are free", Query{Text: "de het een van school en"}, ""},
		{"too many words", Query{Text: "privacy rekenen school bril"}, CodeTooManyWords},
		{"most hits", Query{Text: "school", Limit: 5}, ""},
		{"too many hits", Query{Text: "school", Limit: 6}, CodeBadLimit},
		{"huge limit", Query{Text: "school", Limit: 1e9}, CodeBadLimit},
		{"negative limit", Query{Text: "school", Limit: -1}, CodeBadLimit},
		{"deepest", Query{Text: "school", Offset: 20}, ""},
		{"too deep", Query{Text: "school", Offset: 21}, CodeBadOffset},
		{"negative offset", Query{Text: "school", Offset: -1}, CodeBadOffset},
		{"sort", Query{Text: "school", Sort: "titel"}, CodeBadSort},
		{"kind", Query{Text: "school", Kinds: []string{"experimenten"}}, CodeUnknownKind},
		{"facet", Query{Text: "school", Facets: map[string][]string{"tema": {"x"}}}, CodeUnknownFacet},
		{"kind as a facet", Query{Text: "school", Facets: map[string][]string{"kind": {"experiment"}}}, CodeUnknownFacet},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r, err := x.Search(context.Background(), test.query)
			var fault *QueryError
			switch errors.As(err, &fault); {
			case test.code == "" && err != nil:
				t.Error(err)
			case test.code != "" && (fault == nil || fault.Code != test.code || fault.Message == ""):
				t.Errorf("got %v, want %s", err, test.code)
			case r != nil && len(r.Hits) > 5:
				t.Errorf("%d hits", len(r.Hits))
			}
		})
	}
	if got := x.Settings().Limits.Timeout; got != 2*time.Second {
		t.Errorf("default of the timeout is %v", got)
	}
}

func TestTimeout(t *testing.T) {
	s := hubSettings
	s.Limits.Timeout = time.Nanosecond
	l, err := NewLive(s)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Apply(hubDocuments()); err != nil {
		t.Fatal(err)
	}
	_, err = l.Search(context.Background(), Query{Text: "school"})
	var fault *QueryError
	if !errors.As(err, &fault) || fault.Code != CodeTimeout {
		t.Errorf("got %v", err)
	}

	x := openHub(t, hubDocuments())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Query{Text: "school"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a reader who left: got %v", err)
	}
}

// badQueries are texts that a reader or an attacker may send.
var badQueries = []string{
	"", " ", "a", "1", "-", `"`, `"open`, `'`, "''''", "*", "?", "re*", "re?en", "/re.*/", "/(/", "title:rekenen", "+rekenen -les",
	"rekenen~2", "rekenen^5", "(rekenen", "rekenen AND OR NOT", "[a TO z]", `\`, `\\\`, "<script>alert(1)</script>", "&lt;", "' OR 1=1 --",
	"😀", "👩‍🏫 rekenen", "שלום", "\u202erekenen", "مدرسة", "学校", "rek\x00enen", "\x00", "\xff\xfe", "reken\xffen", "\u00ad", "\u0301", "é\u0301\u0301",
	"\u200d", "a\u200d", "auto's", "’s-Hertogenbosch", "'t", "\r\n\t", "\u2028", "\ufffd", "ǅ", "ß", "İstanbul", "ﬁets", "①", "%00", "%2e%2e/",
	strings.Repeat("a", 10_000), strings.Repeat("a ", 5_000), strings.Repeat("é", 199), strings.Repeat("\x00", 199), strings.Repeat("'", 199),
}

func TestBadQueries(t *testing.T) {
	x := openHub(t, hubDocuments())
	for _, text := range badQueries {
		checkAnswer(t, x, text)
	}
}

// checkAnswer asserts that a text is answered or refused in words.
func checkAnswer(t *testing.T, x searcher, text string) {
	t.Helper()
	r, err := x.Search(context.Background(), Query{Text: text})
	var fault *QueryError
	if err != nil {
		if !errors.As(err, &fault) {
			t.Errorf("%q: %v", text, err)
		}
		return
	}
	if strings.ContainsAny(r.Query, "\x00\n") || !utf8.ValidString(r.Query) {
		t.Errorf("%q is repeated as %q", text, r.Query)
	}
	for _, h := range r.Hits {
		checkExcerpt(t, h.Excerpt)
		for _, s := range h.Sections {
			checkExcerpt(t, s.Excerpt)
		}
	}
}

func FuzzSearch(f *testing.F) {
	for _, text := range badQueries {
		f.Add(text, text)
	}
	l, err := NewLive(hubSettings)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := l.Apply(hubDocuments()); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, query, text string) {
		doc := Document{URL: "/fuzz/", Title: text, Description: text, Sections: []Section{{ID: "a", Title: text, Text: text + " school"}}}
		if _, err := l.Apply(append(hubDocuments(), doc)); err != nil {
			t.Fatal(err)
		}
		checkAnswer(t, l, query)
		checkAnswer(t, l, "school "+query)
	})
}

func TestConcurrentSearches(t *testing.T) {
	x := openHub(t, hubDocuments())
	want := sample(t, x)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := sample(t, x); !reflect.DeepEqual(got, want) {
				t.Error("answers differ")
			}
		})
	}
	wait.Wait()
}
