// Package prose knows how a Dutch text reads: how hard it is, and which of its
// words no dictionary has.
//
//	ease := prose.Read(text).Ease() // 68: as easy as a newspaper
//	faults, err := prose.Spell(ctx, slices.Collect(prose.Words(text)), known)
//
// It owns the program hunspell, which [Spell] runs with the dictionary nl_NL
// (Debian: hunspell and hunspell-nl).
package prose

import (
	"iter"
	"strings"
	"unicode"
)

// Words gives the words of a text as a dictionary has them: letters, with
// apostrophes and hyphens between them. What is no language is left out: numbers
// and words with digits, addresses and names of files.
func Words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for chunk := range strings.FieldsFuncSeq(text, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("()[]{}<>\"“”„…–—", r)
		}) {
			chunk = strings.TrimFunc(chunk, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			if strings.ContainsFunc(chunk, func(r rune) bool { return strings.ContainsRune(".@_:\\=#&+*|~^%$", r) }) {
				continue // an address, a file or code
			}
			for word := range strings.FieldsFuncSeq(chunk, func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-'’", r)
			}) {
				word = strings.Trim(strings.ReplaceAll(word, "’", "'"), "-'")
				if word != "" && !strings.ContainsFunc(word, unicode.IsDigit) && !yield(word) {
					return
				}
			}
		}
	}
}

// Reading is what the ease of a text is computed from.
type Reading struct{ Sentences, Words, Syllables int }

// Read counts the sentences of a text, in which blocks are separated by a line
// feed. A block that does not end as a sentence does, such as a cell of a table, is
// left out.
func Read(text string) Reading {
	var r Reading
	for block := range strings.Lines(text) {
		block = strings.TrimRight(block, " \n\"'”’)")
		if block == "" || !strings.ContainsRune(".?!:", rune(block[len(block)-1])) {
			continue
		}
		words := strings.Fields(block)
		for i, word := range words {
			letters := strings.Map(func(c rune) rune {
				if unicode.IsLetter(c) {
					return unicode.ToLower(c)
				}
				return -1
			}, word)
			if letters != "" {
				r.Words++
				r.Syllables += Syllables(letters)
			}
			end := strings.TrimRight(word, "\"'”’)")
			if i == len(words)-1 || end != "" && strings.ContainsRune(".?!", rune(end[len(end)-1])) && startsSentence(words[i+1]) {
				r.Sentences++
			}
		}
	}
	return r
}

// startsSentence reports whether a word can be the first of a sentence, so that
// "bijv. een" is not taken for two.
func startsSentence(word string) bool {
	word = strings.TrimLeft(word, "\"'“‘(")
	return word != "" && !unicode.IsLower([]rune(word)[0])
}

// Add gives both together.
func (r Reading) Add(other Reading) Reading {
	return Reading{r.Sentences + other.Sentences, r.Words + other.Words, r.Syllables + other.Syllables}
}

// Ease is the reading ease of Flesch, as W.H. Douma fitted it to Dutch (De
// leesbaarheid van landbouwbladen, 1960): 206.835 - 0.93 × words per sentence -
// 77 × syllables per word. Mostly from 0 to 100; the higher, the easier. It is 0
// for a text without sentences.
func (r Reading) Ease() float64 {
	if r.Sentences == 0 || r.Words == 0 {
		return 0
	}
	return 206.835 - 0.93*r.SentenceLength() - 77*float64(r.Syllables)/float64(r.Words)
}

// SentenceLength is how many words a sentence has on average.
func (r Reading) SentenceLength() float64 {
	if r.Sentences == 0 {
		return 0
	}
	return float64(r.Words) / float64(r.Sentences)
}

// nuclei are the vowel signs of Dutch that are one sound, the longest first.
var nuclei = []string{"aai", "ooi", "oei", "eeu", "ieu", "aa", "ee", "éé", "oo", "óó", "uu", "ie", "oe", "eu", "ui", "ij", "ei", "au", "ou"}

// Syllables counts the syllables of a word in small letters by its vowel signs. It
// does not know where a compound ends, nor words from abroad, so it is right for
// most words only.
func Syllables(word string) int {
	n := 0
	for rest := word; rest != ""; {
		size := 1
		for _, nucleus := range nuclei {
			if strings.HasPrefix(rest, nucleus) {
				size = len(nucleus)
				break
			}
		}
		if size > 1 {
			n++
			rest = rest[size:]
			continue
		}
		c := []rune(rest)[0]
		if strings.ContainsRune("aeiouyàáâäèéêëìíîïòóôöùúûü", c) {
			n++
		}
		rest = rest[len(string(c)):]
	}
	return max(n, 1)
}
