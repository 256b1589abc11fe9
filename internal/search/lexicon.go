package search

import (
	"slices"
	"strings"
	"sync"
)

// mostLexicon bounds the memory of a lexicon, in bytes: about 6,000 pages of ten
// screens. Beyond it another takes its place, which begins with nothing.
const mostLexicon = 32 << 20

// A lexicon remembers how the texts of pages fall into words, so that reading a page
// for a query is a walk over numbers. Taking texts apart is most of the work of a
// search else. It grows as pages are read, and is safe for use by many goroutines.
type lexicon struct {
	analyse func(word string) []string

	mu       sync.RWMutex
	words    []word
	numbers  map[string]int32 // of words, by how they are written
	terms    map[string]int32 // numbers of terms
	readings map[*record]*reading
	size     int     // in bytes, about
	room     []place // for the page that is read
}

// word is a word as it is written.
type word struct {
	form   string // as it is compared
	length int32  // in bytes
	terms  []int32
}

// reading is a page as its words.
type reading struct {
	places []place // of all texts
	ends   []int32 // of each text in places: the title, the description, and the heading and the text of each section
}

// place is where a word stands in a text.
type place struct {
	start int32 // in bytes
	word  int32
}

// What a page, each place on it and a new word weigh in a lexicon.
const (
	readingSize = 200
	placeSize   = 8
	wordSize    = 250
)

func newLexicon(a *analyser) *lexicon {
	return &lexicon{analyse: a.analyse, numbers: map[string]int32{}, terms: map[string]int32{}, readings: map[*record]*reading{}}
}

// full reports whether it is time for another.
func (l *lexicon) full() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.size > mostLexicon
}

// term gives the number of a term. The caller holds the lock for writing.
func (l *lexicon) term(term string) int32 {
	n, known := l.terms[term]
	if !known {
		n = int32(len(l.terms))
		l.terms[term] = n
	}
	return n
}

// known gives the reading of a page, nil when it was not read, and the words so far.
func (l *lexicon) known(r *record) (*reading, []word) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.readings[r], l.words
}

// read reads a page, whose sections have the texts that are given, as far as they are
// looked through.
func (l *lexicon) read(r *record, texts []string) (*reading, []word) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if p := l.readings[r]; p != nil {
		return p, l.words
	}
	p := &reading{ends: make([]int32, 0, sectionTexts+2*len(texts))}
	l.room = l.room[:0]
	add := func(text string) {
		eachWord(text, func(start, end int) { l.room = append(l.room, place{int32(start), l.word(text[start:end])}) })
		p.ends = append(p.ends, int32(len(l.room)))
	}
	add(r.Title)
	add(r.Description)
	for i, text := range texts {
		add(r.sections[i].Title)
		add(text)
	}
	p.places = slices.Clone(l.room)
	l.readings[r] = p
	l.size += readingSize + placeSize*len(p.places)
	return p, l.words
}

// word gives the number of a word. The caller holds the lock for writing.
func (l *lexicon) word(written string) int32 {
	n, known := l.numbers[written]
	if known {
		return n
	}
	written = strings.Clone(written) // or it would hold the whole text in memory
	w := word{form: normal(written), length: int32(len(written))}
	for _, term := range l.analyse(written) {
		w.terms = append(w.terms, l.term(term))
	}
	n = int32(len(l.words))
	l.words = append(l.words, w)
	l.numbers[written] = n
	l.size += wordSize
	return n
}

// text gives the places of a text of a page, by its number.
func (p *reading) text(n int) []place {
	from := int32(0)
	if n > 0 {
		from = p.ends[n-1]
	}
	return p.places[from:p.ends[n]]
}

// The numbers of the texts of a page.
const (
	titleText = iota
	descriptionText
	sectionTexts // the heading and the text of each section by turns
)

// sections is how many sections of the page are looked through.
func (p *reading) sections() int { return (len(p.ends) - sectionTexts) / 2 }
