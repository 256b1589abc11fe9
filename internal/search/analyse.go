package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"

	"kennishub/internal/search/dutch"
)

// analyserVersion is part of the ID of an index. Raise it when the same text gives
// other terms than before.
const analyserVersion = "2"

// longestTerm bounds a term, in bytes: what is longer is no word, and only its
// beginning is kept.
const longestTerm = 64

// mostWords bounds how many words an analyser remembers (about 20 MB). Real
// corpora stay far below it; beyond it, it starts anew.
const mostWords = 200_000

// partMark begins a term that is a part of a compound, by its stem, so that
// "werkplaats" in onderzoekswerkplaats is another term than the word by itself.
const partMark = "+"

// tongue is what a language says of single words.
type tongue struct {
	stem func(form string) string
	stop func(form string) bool // words that say nothing of what a text is about

	// Of Dutch only:
	shift     func(stem string) string // the stem a word may have instead
	root      func(stem string) string // what the stems of a family share
	compounds bool                     // written as one word
	related   func() *meanings         // what a thesaurus says
}

func newTongue(language string) (*tongue, error) {
	if language != "en" {
		return &tongue{stem: dutch.Stem, stop: dutch.IsStop, shift: dutch.Shift, root: dutch.Root, compounds: true, related: related}, nil
	}
	cache := registry.NewCache()
	stemmer, err := cache.TokenFilterNamed(en.SnowballStemmerName)
	if err != nil {
		return nil, err
	}
	stops, err := cache.TokenMapNamed(en.StopName)
	if err != nil {
		return nil, err
	}
	stem := func(form string) string {
		return string(stemmer.Filter(analysis.TokenStream{{Term: []byte(form)}})[0].Term)
	}
	return &tongue{stem: stem, stop: func(form string) bool { return stops[form] }}, nil
}

// An analyser turns text into the terms that are indexed and looked up: the form
// of each word and, of a compound, its parts. The form is what spellings of one
// word share; that forms of one stem belong together is for the vocabulary to say
// when a query is asked. A stop word has no terms. Each distinct word is worked out
// once and remembered. It is safe for use by many goroutines.
type analyser struct {
	*tongue
	split func(form string) []string // parts of a compound, nil when it is none

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

// isPart reports whether a term is a part of a compound.
func (t *term) isPart() bool { return t.text[0] == partMark[0] }

// newAnalyser makes an analyser. Without a splitter no word is a compound.
func newAnalyser(t *tongue, split func(string) []string) *analyser {
	if split == nil {
		split = func(string) []string { return nil }
	}
	return &analyser{tongue: t, split: split, words: map[string][]*term{}, terms: map[string]*term{}}
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

// analyse gives the terms of one word. A word with hyphens has those of its parts
// and of the whole without hyphens: e-mail and email, ict-bekwaamheid and
// bekwaamheid.
func (a *analyser) analyse(word string) []string {
	var texts []string
	forms := a.forms(word)
	for _, form := range forms {
		texts = append(texts, form)
		texts = a.parts(texts, form, 2)
	}
	return texts
}

// parts appends the parts of a compound, and those of its parts.
func (a *analyser) parts(texts []string, form string, depth int) []string {
	for _, part := range a.split(form) {
		texts = append(texts, partMark+a.stem(part))
		if depth > 1 {
			texts = a.parts(texts, part, depth-1)
		}
	}
	return texts
}

// forms gives the forms of a word, without those of stop words.
func (a *analyser) forms(word string) []string {
	if !strings.Contains(word, "-") {
		if form := normal(word); form != "" && !a.stop(form) {
			return []string{form}
		}
		return nil
	}
	var forms []string
	var whole strings.Builder
	letters, parts := false, 0
	for part := range strings.SplitSeq(word, "-") {
		form := normal(part)
		if form == "" {
			continue
		}
		parts++
		letters = letters || !isDigit(form[0])
		whole.WriteString(form)
		if !a.stop(form) {
			forms = append(forms, form)
		}
	}
	if letters && parts > 1 && parts <= 3 && whole.Len() <= longestTerm {
		forms = append(forms, whole.String())
	}
	return forms
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// normal gives the form under which spellings of one word meet.
func normal(word string) string {
	form := dutch.Fold(word)
	if len(form) > longestTerm {
		form = cut(form, longestTerm)
	}
	return form
}

// eachWord finds the words of a text: runs of letters, digits and marks, with
// apostrophes (auto's) and hyphens (ict-bekwaamheid) between them. All other signs
// only separate.
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
		case start >= 0 && (isInvisible(r) || isApostrophe(r) && letterAt(text, i+size) || isHyphen(r) && wordAt(text, i+size)):
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

func wordAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return inWord(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func isHyphen(r rune) bool { return r == '-' }

// isInvisible is true of the signs inside a word that readers do not see: the
// soft hyphen and the zero-width joiners.
func isInvisible(r rune) bool { return r == '\u00ad' || r == '\u200c' || r == '\u200d' }
