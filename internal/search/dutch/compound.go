package dutch

import (
	"math"
	"strings"
)

// Splitter takes compounds apart: onderzoekswerkplaats into onderzoek and
// werkplaats. It is safe for use by many goroutines.
//
// It follows Koehn and Knight (Empirical methods for compound splitting, 2003): of
// the ways to take a word apart, the one with the highest geometric mean of how
// often the parts occur, and only when that is above how often the word itself
// does. Unlike theirs, two parts go before three, a part may occur in another form
// (scholen for schoolleider), and a long word is split however often it occurs,
// because onderzoekswerkplaats is found by its parts all the same.
type Splitter struct {
	counts map[string]int    // of words
	forms  map[string]family // of stems
}

// family is the words of one stem.
type family struct {
	count int
	word  string // the one that occurs most; of equals the first by the alphabet
}

// NewSplitter makes a splitter from the words that occur, with how often, and from
// others that are known to be words. All are folded.
func NewSplitter(vocabulary map[string]int, words []string) *Splitter {
	s := &Splitter{counts: make(map[string]int, len(vocabulary)+len(words)), forms: map[string]family{}}
	add := func(word string, count int) {
		if count <= 0 || s.counts[word] > 0 {
			return
		}
		s.counts[word] = count
		stem := Stem(word)
		f, known := s.forms[stem]
		if !known || count > s.counts[f.word] || count == s.counts[f.word] && word < f.word {
			f.word = word
		}
		f.count += count
		s.forms[stem] = f
	}
	for word, count := range vocabulary {
		add(word, count)
	}
	for _, word := range words {
		add(word, 1)
	}
	return s
}

// Split gives the parts of a compound, two or more, without what links them, each
// as a word that occurs; nil when a folded word is none. A part may be a compound
// itself.
func (s *Splitter) Split(word string) []string {
	n := len(word)
	if n < shortestPart+3 || n > longestWord || !isLetters(word) {
		return nil
	}
	whole := Stem(word)
	// best[i] is the best way to take word[:i] for parts.
	var best [longestWord + 1]struct {
		parts int
		score float64 // the sum of the logarithms of what counts for the parts
		from  int     // where the last part begins
		last  string
	}
	for i := 0; i <= n-3; i++ {
		if i > 0 && best[i].parts == 0 {
			continue
		}
		for j := i + 3; j <= n; j++ {
			part, count := s.part(word[i:j], i == 0, j == n, whole)
			if count == 0 {
				continue
			}
			b, parts, score := &best[j], best[i].parts+1, best[i].score+math.Log(count)
			if b.parts == 0 || parts < b.parts || parts == b.parts && score > b.score {
				b.parts, b.score, b.from, b.last = parts, score, i, part
			}
		}
	}
	b := best[n]
	if b.parts < 2 || len(whole) < surelyCompound && b.score/float64(b.parts) <= math.Log(float64(s.forms[whole].count)) {
		return nil
	}
	parts := make([]string, b.parts)
	for i, end := b.parts-1, n; i >= 0; i-- {
		parts[i], end = best[end].last, best[end].from
	}
	return parts
}

const (
	shortestPart = 4 // but for shortParts
	// A stem of this length with words for parts is hardly so by chance, however
	// often it occurs; a shorter one (handleiding) is.
	surelyCompound = 11
	// A piece that occurs in another form only counts for a quarter, because other
	// forms are easier to find in a word by chance.
	otherForm = 0.25
)

// part gives the word that a piece of a compound is a form of, and for how many it
// counts: 0 when the piece cannot be a part.
func (s *Splitter) part(piece string, first, last bool, whole string) (string, float64) {
	word, count := s.form(piece, first, last, whole)
	if !last && piece[len(piece)-1] == 's' {
		// Of gegeven and gegevens the more usual one.
		if w, c := s.form(piece[:len(piece)-1], first, last, whole); c > count {
			return w, c
		}
	}
	return word, count
}

func (s *Splitter) form(piece string, first, last bool, whole string) (string, float64) {
	if len(piece) < shortestPart && !shortParts[piece] {
		return "", 0
	}
	stem := Stem(piece)
	f, known := s.forms[stem]
	if !known || stem == whole || noPart[stem] || first && noBeginning[stem] || last && noEnd[stem] {
		return "", 0
	}
	if count := s.counts[piece]; count > 0 {
		return piece, float64(count)
	}
	if endsIn(piece, "de", "gge", "te") {
		return "", 0 // as in inkoop-tegoed and leiding-gevend
	}
	return f.word, otherForm * float64(s.counts[f.word])
}

// shortParts are the words of three letters that often stand in compounds. Most
// others (een, ten, ver) are more often a piece of a longer word.
var shortParts = set("app avg bpv btw dag hbo ibp ict kas les lid map mbo nep net pad rol set tip uur vak web weg wet zin")

// noPart are words that link others, in compounds too.
var noPart = set("hadden hebben kunnen moeten worden zijn zullen")

// noBeginning are words before which a word is no compound for search, but the
// verb or the adverb that they begin: uitvoeren, overleg, hiermee.
var noBeginning = set("achter alle ander anders beneden bijeen binnen boven buiten daar deze door elke even geen haar heel hier meer meest naar neer niet onder opeen over overeen rond samen sinds tegen tegenover terecht terug tussen vast veel voor voort vooraf vooruit waar wanneer want weer zeer zelf zonder zoals")

// noEnd are words that are a suffix behind another: belangrijk, waardevol,
// lidmaatschap, detailleren.
var noEnd = set("achtig baar dom eren heid isch iteit leren lijk ling loos maal maat matig rijk schap tal tien vol vormig waarts waardig wijs zaam")

// set gives the words and their stems, by which the forms of them are met.
func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word], m[Stem(word)] = true, true
	}
	return m
}
