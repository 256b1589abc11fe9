package dutch

import (
	"embed"
	"iter"
	"strings"
)

//go:embed thesaurus/*.txt
var thesaurus embed.FS

// Thesaurus gives the groups of the general thesaurus of Dutch that comes with the
// program: who searches with a word of from is also served by a text that has a
// word of to. Both may be phrases of a few words. The groups are our own work; they
// know nothing of any site, and say less than a site's own synonyms.
//
// Each file in the folder thesaurus holds one field of life, a group a line:
//
//	afmelden, uitschrijven, opzeggen       each finds the others
//	vervoermiddel > auto, fiets, trein     one way
//	# a heading
func Thesaurus() iter.Seq2[[]string, []string] {
	return func(yield func(from, to []string) bool) {
		files, _ := thesaurus.ReadDir("thesaurus")
		for _, f := range files {
			text, _ := thesaurus.ReadFile("thesaurus/" + f.Name())
			for line := range strings.Lines(string(text)) {
				if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
					continue
				}
				left, right, oneWay := strings.Cut(line, ">")
				from := members(left)
				to := from
				if oneWay {
					to = members(right)
				}
				if !yield(from, to) {
					return
				}
			}
		}
	}
}

func members(list string) []string {
	words := strings.Split(list, ",")
	for i, w := range words {
		words[i] = strings.TrimSpace(w)
	}
	return words
}
