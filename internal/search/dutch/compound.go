package dutch

import (
	"math"
	"strings"
)

// Splitter takes compounds apart: onderzoekswerkplaats into onderzoek and
// werkplaats. It is safe for use by many goroutines.
//
// It follows Koehn and Knight (Empirical methods for compound splitting, 2003): a
// word is split where that explains it better than taking it as it is, which is
// when the geometric mean of how often its parts occur is above how often it does
// itself. Unlike theirs, a part may occur in another form (scholen, of which there
// are many, for schoolleider), and two parts go before three.
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
// as it occurs; nil when a folded word is none. A part may be a compound itself.
func (s *Splitter) Split(word string) []string {
	n := len(word)
	if n < 2*shortestPart-1 || n > longestWord || !isLetters(word) {
		return nil
	}
	// best[i] is the best way to take word[:i] for parts.
	type way struct {
		parts int
		score float64 // the sum of the logarithms of counts
		from  int     // where the last part begins
		last  string
	}
	var best [longestWord + 1]way
	for i := 0; i <= n-shortestPart+1; i++ {
		if i > 0 && best[i].parts == 0 {
			continue
		}
		for j := i + shortestPart - 1; j <= n; j++ {
			if i == 0 && j == n {
				continue
			}
			part, count := s.part(word[i:j], i == 0, j == n)
			if count == 0 {
				continue
			}
			w := way{best[i].parts + 1, best[i].score + math.Log(float64(count)), i, part}
			if b := best[j]; b.parts == 0 || w.parts < b.parts || w.parts == b.parts && w.score > b.score {
				best[j] = w
			}
		}
	}
	b := best[n]
	if b.parts == 0 || b.score/float64(b.parts) <= math.Log(wholeWeight*float64(s.forms[Stem(word)].count)) {
		return nil
	}
	parts := make([]string, b.parts)
	for i, end := b.parts-1, n; i >= 0; i-- {
		parts[i], end = best[end].last, best[end].from
	}
	return parts
}

// part gives the word that a piece of a compound is a form of, with how often its
// forms occur: 0 when it cannot be a part.
func (s *Splitter) part(piece string, first, last bool) (string, int) {
	word, count := s.form(piece, first, last)
	if !last && piece[len(piece)-1] == 's' {
		if w, c := s.form(piece[:len(piece)-1], first, last); c >= count {
			word, count = w, c
		}
	}
	return word, count
}

func (s *Splitter) form(piece string, first, last bool) (string, int) {
	if len(piece) < shortestPart && !shortParts[piece] || first && noBeginning[piece] {
		return "", 0
	}
	stem := Stem(piece)
	if last && noEnd[stem] {
		return "", 0
	}
	f := s.forms[stem]
	if s.counts[piece] > 0 {
		f.word = piece
	}
	return f.word, f.count
}

const (
	shortestPart = 4
	wholeWeight  = 1.0
)

// shortParts are the words of three letters that often stand in compounds. Most
// others (een, ten, ver) are more often a piece of a longer word.
var shortParts = set("app avg bpv btw dag hbo ibp ict kas les lid map mbo net pad rol set tip vak web weg wet")

// noBeginning are words before which a word is no compound for search, but the
// verb or the adverb that they begin: uitvoeren, overleg, hiermee.
var noBeginning = set("achter alle ander anders beneden bijeen binnen boven buiten daar deze door elke even geen haar heel hier meer naar niet onder over overeen rond samen sinds tegen terug tussen vast veel voor voort vooraf vooruit waar wanneer want weer zeer zelf zonder zoals")

// noEnd are the stems of words that are suffixes behind another: belangrijk,
// waardevol, lidmaatschap.
var noEnd = set("achtig baar dom heid isch iteit lijk ling loos maal matig rijk schap tal vol vormig waarts waardig wijs zaam zijds")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		m[word] = true
	}
	return m
}
