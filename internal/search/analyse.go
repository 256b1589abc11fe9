package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/char/asciifolding"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/registry"
)

// analyserVersion is part of the ID of an index. Raise it when the same text gives
// other terms than before.
const analyserVersion = "1"

// longestTerm bounds a term, in bytes: what is longer is no word, and only its
// beginning is kept.
const longestTerm = 64

// mostWords bounds how many words an analyser remembers (about 20 MB). Real
// corpora stay far below it; beyond it, it starts anew.
const mostWords = 200_000

// An analyser turns text into the terms that are indexed and looked up. A word is
// lowercased, stripped of accents and reduced to its stem by bleve's filters for
// the language; a stop word has no terms. Each distinct word is worked out once
// and remembered, because stemming every word of every page is most of the cost of
// indexing. It is safe for use by many goroutines.
type analyser struct {
	fold    analysis.CharFilter
	filters []analysis.TokenFilter

	mu    sync.RWMutex
	words map[string][]*term
	terms map[string]*term
	next  int // number of the next term
}

// term is a term of an analyser; numbers count from 0 as terms come up.
type term struct {
	text   string
	number int
}

func newAnalyser(language string) (*analyser, error) {
	names := []string{nl.StopName, nl.SnowballStemmerName}
	if language == "en" {
		names = []string{en.StopName, en.SnowballStemmerName}
	}
	a := &analyser{fold: asciifolding.New(), words: map[string][]*term{}, terms: map[string]*term{}}
	cache := registry.NewCache()
	for _, name := range names {
		filter, err := cache.TokenFilterNamed(name)
		if err != nil {
			return nil, err
		}
		a.filters = append(a.filters, filter)
	}
	return a, nil
}

// each calls visit for every word of text with its place in bytes and its terms.
func (a *analyser) each(text string, visit func(start, end int, terms []*term)) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	eachWord(text, func(start, end int) {
		word := text[start:end]
		terms, known := a.words[word]
		if !known {
			terms = a.learn(word)
		}
		visit(start, end, terms)
	})
}

// learn works out the terms of a word and remembers them. The caller holds the
// lock for reading; learn trades it for the one for writing.
func (a *analyser) learn(word string) []*term {
	a.mu.RUnlock()
	defer a.mu.RLock()
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.words) >= mostWords {
		a.words, a.terms = map[string][]*term{}, map[string]*term{}
	}
	var terms []*term
	for _, text := range a.analyse(word) {
		t := a.terms[text]
		if t == nil {
			t = &term{text: text, number: a.next}
			a.next++ // also after starting anew, or a counter would take two terms for one
			a.terms[text] = t
		}
		terms = append(terms, t)
	}
	a.words[strings.Clone(word)] = terms // a clone, or the word would hold the whole text in memory
	return terms
}

// analyse gives the terms of one word.
func (a *analyser) analyse(word string) []string {
	tokens := analysis.TokenStream{{Term: []byte(a.normal(word)), Position: 1, Type: analysis.AlphaNumeric}}
	for _, filter := range a.filters {
		tokens = filter.Filter(tokens)
	}
	var texts []string
	for _, token := range tokens {
		if len(token.Term) > 0 {
			texts = append(texts, string(token.Term))
		}
	}
	return texts
}

// normal gives the form under which spellings of one word meet: lower case,
// without accents, apostrophes and soft hyphens.
func (a *analyser) normal(word string) string {
	ascii := true
	normal := strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf {
			ascii = false
		}
		if isApostrophe(r) || isInvisible(r) || unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
	if !ascii {
		normal = strings.ToLower(string(a.fold.Filter([]byte(normal))))
	}
	if len(normal) > longestTerm {
		end := longestTerm
		for !utf8.RuneStart(normal[end]) {
			end--
		}
		normal = normal[:end]
	}
	return normal
}

// eachWord finds the words of a text: runs of letters, digits and marks, with
// apostrophes between letters (auto's). All other signs only separate.
func eachWord(text string, visit func(start, end int)) {
	start := -1 // of the word we are in
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case inWord(r):
			if start < 0 {
				start = i
			}
		case start >= 0 && (isInvisible(r) || isApostrophe(r) && letterAt(text, i+size)):
		case start >= 0:
			visit(start, i)
			start = -1
		}
		i += size
	}
	if start >= 0 {
		visit(start, len(text))
	}
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// isInvisible is true of the signs inside a word that readers do not see: the
// soft hyphen and the zero-width joiners.
func isInvisible(r rune) bool { return r == '\u00ad' || r == '\u200c' || r == '\u200d' }
