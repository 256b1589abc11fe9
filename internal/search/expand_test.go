package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"kennishub/internal/search/dutch"
)

// languageHub makes an index of pages that are one line each: title|text.
func languageHub(t *testing.T, synonyms []Synonym, pages ...string) *Index {
	var docs []Document
	for _, page := range pages {
		title, text, _ := strings.Cut(page, "|")
		docs = append(docs, Document{URL: "/" + strings.ReplaceAll(strings.ToLower(title), " ", "-") + "/", Title: title, Sections: []Section{{Text: text}}})
	}
	return openWith(t, docs, Settings{Language: "nl", Synonyms: synonyms})
}

func found(t *testing.T, x *Index, query string) string {
	t.Helper()
	r := ask(t, x, Query{Text: query})
	var titles []string
	for _, hit := range r.Hits {
		titles = append(titles, hit.Title)
	}
	return strings.Join(titles, "; ")
}

func TestDutch(t *testing.T) {
	both := func(words ...string) Synonym { return Synonym{Search: words, Find: words} }
	x := languageHub(t,
		[]Synonym{
			both("bpv", "stage"), both("avg", "algemene verordening gegevensbescherming"), both("nepmail", "phishing"),
			{Search: []string{"roc"}, Find: []string{"instelling"}}, {Search: []string{"im", "Informatiemanagement"}, Find: []string{"im", "Informatiemanagement"}, Abbreviation: true},
		},
		"Alle scholen|Over scholen in het land, en hun werkplaatsen.",
		"Onderzoekswerkplaats|Docenten doen onderzoek in de onderzoekswerkplaats.",
		"Onderzoek|Wij doen onderzoek.",
		"Werkplaats|Een werkplaats met machines.",
		"Risico en analyse|Het risico van een les, met een analyse.",
		"Risicoanalyses|Elke risicoanalyse kost tijd.",
		"Begeleiding op stage|De stage duurt een jaar.",
		"Privacywet|De algemene verordening gegevensbescherming geldt overal.",
		"Instelling|Een instelling voor mbo.",
		"Effectbeoordeling|Maak een gegevensbeschermingseffectbeoordeling, in het Engels een Data Protection Impact Assessment (DPIA).",
		"Boekingen terugdraaien|Wie een boeking wil terugdraaien, leest dit.",
		"Phishing|Herken een vals bericht.",
		"E-mail|Een e-mail over ict-bekwaamheid.",
		"Differentiëren|Inspelen op verschillen.",
		"Informatiemanagement|Hoe je informatie beheert.",
		"Draaiboek|Een draaiboek voor de boeking van een zaal.",
		"Veilig werken|Veilig op hoogte.",
		"Veilingen|Een veilige plek op de veiling.",
	)
	for _, test := range []struct{ query, want string }{
		{"school", "Alle scholen"},
		{"onderzoek", "Onderzoek; Onderzoekswerkplaats; Risico en analyse"}, // the word itself, its compound, and what the thesaurus says
		{"werkplaatsen", "Werkplaats; Alle scholen; Onderzoekswerkplaats"},
		{"risico analyse", "Risico en analyse; Risicoanalyses; Onderzoek; Onderzoekswerkplaats"},
		{"risicoanalyse", "Risicoanalyses; Risico en analyse"},
		{"bpv", "Begeleiding op stage"},
		{"AVG", "Privacywet"},
		{"roc", "Instelling"},
		{"dpia", "Effectbeoordeling"},
		{"hoe draai ik een boeking terug", "Boekingen terugdraaien; Draaiboek"},
		{"nepmail", "Phishing"},
		{"email", "E-mail"},
		{"bekwaamheid", "E-mail"},
		{"ictbekwaamheid", "E-mail"},
		{"differentieren", "Differentiëren"},
		{"differentiere", "Differentiëren"}, // typed so far
		{"im", "Informatiemanagement"},
		{"fishing", "Phishing"}, // misspelt
		{"veilig", "Veilig werken; Veilingen"},
		{"machine werkplaats", "Werkplaats; Onderzoekswerkplaats; Alle scholen"},
		{"zzzzzz", ""},
	} {
		if got := found(t, x, test.query); got != test.want {
			t.Errorf("%s: %q, want %q", test.query, got, test.want)
		}
	}
	if got := found(t, x, "instelling"); got != "Instelling" {
		t.Errorf("one way only: %q", got)
	}
}

// What a misspelt word seems to be is searched for and suggested; a word that
// nothing is like is missing.
func TestSuggestion(t *testing.T) {
	x := languageHub(t, nil, "Campagne|Een campagne over wachtwoorden.", "Begroting|Wat het kost.", "Verhuren|Hoe wij lokalen verhuren.")
	for _, test := range []struct{ query, suggestion, missing string }{
		{"canpagne", "campagne", ""},
		{"de canpagne over wachtwoordn", "de campagne over wachtwoorden", ""},
		{"campagne", "", ""},
		{"campagne qqqqqq", "", "qqqqqq"},
		{"campa", "", ""},              // the beginning of a word is no mistake
		{"verhuizen", "", "verhuizen"}, // nor is a word that the thesaurus knows
	} {
		r := ask(t, x, Query{Text: test.query})
		if r.Suggestion != test.suggestion || strings.Join(r.Missing, " ") != test.missing || test.missing == "" && r.Total != 1 {
			t.Errorf("%s: %d hits, suggestion %q, missing %q", test.query, r.Total, r.Suggestion, r.Missing)
		}
	}
}

// However a query looks, bleve gets few exact terms.
func TestExpansionIsBounded(t *testing.T) {
	var pages []string
	for i := range 300 {
		pages = append(pages, fmt.Sprintf("Pagina %d %swoord|", i, strings.Repeat("ab", i%7))+strings.Repeat("onderzoek werkplaats school scholen ", 3))
	}
	x := languageHub(t, nil, pages...)
	for _, query := range []string{
		strings.Repeat("onderzoeksschoolwerkplaats ", 7), strings.Repeat("misspld wrods evrywher ", 8), "a-b-c-d-e-f-g-h", strings.Repeat("-", 200), "ab", "\x00\xff\u202e", "***~2 (\"",
		strings.Repeat("werkplaats", 19), "👩‍🏫 school", "ij IJ ĳ", "'''",
	} {
		words, _ := x.snapshot.words(readable(query))
		terms := 0
		for _, c := range x.snapshot.expand(words, true) {
			terms += len(c.answers)
			for _, g := range c.together {
				for _, m := range g.members {
					terms += len(m)
				}
			}
		}
		if terms > 40*max(len(words), 1) {
			t.Errorf("%q: %d terms for %d words", query, terms, len(words))
		}
		if _, err := x.Search(context.Background(), Query{Text: query}); err != nil {
			t.Errorf("%q: %v", query, err)
		}
	}
}

// The words file comes back as it was, and a damaged one is noticed.
func TestWordsFile(t *testing.T) {
	x := languageHub(t, nil, "Onderzoekswerkplaats|De functionaris gegevensbescherming (fg) werkt in een werkplaats en doet onderzoek.", "Werkplaats|werkplaats", "Onderzoek|onderzoek")
	v := x.snapshot.vocabulary
	data := encodeVocabulary(v)
	again, err := decodeVocabulary(data, "nl")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(encodeVocabulary(again), data) || len(v.abbreviations) != 1 || len(v.splits["onderzoekswerkplaats"]) != 2 {
		t.Errorf("%d bytes came back as %d; %v %v", len(data), len(encodeVocabulary(again)), v.abbreviations, v.splits)
	}
	for i := range data {
		broken := slices.Clone(data)
		broken[i] ^= 1
		if _, err := decodeVocabulary(broken, "nl"); err == nil {
			t.Fatalf("byte %d is wrong and nobody notices", i)
		}
	}
}

// The thesaurus that comes with the program, words of one family and the last part
// of a compound answer too, all below the word itself.
func TestRelatedWords(t *testing.T) {
	x := languageHub(t, nil,
		"Uitschrijven|Wie weg wil, kan zich uitschrijven.",
		"Registratie|De registratie van toetsen.",
		"Toetsen registreren|Zo registreer je een toets.",
		"Scanner|Met een scanner lees je codes.",
		"Schermslot|Zet een schermslot op je telefoon.",
		"Docenten|De docent helpt. De docent wacht.",
		"Nog meer docenten|De docent is er weer.",
		"Leraren|Een leraar vertelt.",
	)
	for _, test := range []struct{ query, want string }{
		{"afmelden", "Uitschrijven"},
		{"hoe meld ik me af", "Uitschrijven"},
		{"registratie", "Registratie; Toetsen registreren"},
		{"barcodescanner", "Scanner"},
		{"schermsloten", "Schermslot"},
		{"leraar", "Leraren; Docenten; Nog meer docenten"},
	} {
		if got := found(t, x, test.query); got != test.want {
			t.Errorf("%s: %q, want %q", test.query, got, test.want)
		}
	}
	v := x.snapshot.vocabulary
	if a, b := v.preference(phrase{"docent"}, "leraar"), v.preference(phrase{"leraar"}, "docent"); a <= b || v.preference(phrase{"leraar"}, "pedagoog") != 1 {
		t.Errorf("docent over leraar %v, leraar over docent %v", a, b)
	}
}

// Every line of the thesaurus says something: its phrases keep what they mean when
// the words that say nothing are left out, and no two of them are the same to a
// search.
func TestThesaurus(t *testing.T) {
	tongue, err := newTongue("nl")
	if err != nil {
		t.Fatal(err)
	}
	groups := 0
	lines := map[string]bool{}
	for from, to := range dutch.Thesaurus() {
		groups++
		all := from
		if &from[0] != &to[0] {
			all = slices.Concat(from, to)
		}
		line := strings.Join(from, ", ") + " > " + strings.Join(to, ", ")
		if lines[line] {
			t.Errorf("%s: twice", line)
		}
		lines[line] = true
		if len(all) < 2 || len(from) == 0 || len(to) == 0 {
			t.Errorf("%s: says nothing", line)
		}
		keys := map[string]string{}
		for _, text := range all {
			words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' })
			p := tongue.phrase(text)
			if len(p) == 0 || len(p) == 1 && len(words) > 1 || len(p) > 4 {
				t.Errorf("%s: %q is only %q to a search", line, text, p)
			}
			for _, word := range words[:len(words)-1] {
				if word == "niet" || word == "geen" || word == "zonder" {
					t.Errorf("%s: %q loses its %q", line, text, word)
				}
			}
			key := tongue.key(p)
			if keys[key] != "" {
				t.Errorf("%s: %q and %q are the same", line, keys[key], text)
			}
			keys[key] = text
		}
	}
	if groups < 1000 {
		t.Errorf("%d groups", groups)
	}
}
