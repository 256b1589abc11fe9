package search

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"kennishub/internal/search/dutch"
)

// learned is what documents say of words.
type learned struct {
	counts        map[string]int // in how many of the documents each form is
	abbreviations map[dutch.Abbreviation]bool
}

// learn reads documents, whose facet values have labels.
func learn(t *tongue, docs []*Document, labels [][]string) *learned {
	all := &learned{map[string]int{}, map[dutch.Abbreviation]bool{}}
	analyser := newAnalyser(t, nil)
	var mu sync.Mutex
	parallel(len(docs), 64, func(from, to int) error {
		l := learner{analyser: analyser, learned: learned{map[string]int{}, map[dutch.Abbreviation]bool{}}}
		for i := from; i < to; i++ {
			l.document(i, docs[i], labels[i])
		}
		mu.Lock()
		defer mu.Unlock()
		for form, n := range l.counts {
			all.counts[form] += n
		}
		maps.Copy(all.abbreviations, l.abbreviations)
		return nil
	})
	return all
}

// vocabulary makes a vocabulary of what was learned.
func (l *learned) vocabulary(t *tongue) *vocabulary {
	v := newVocabulary(t, l.counts, nil, slices.SortedFunc(maps.Keys(l.abbreviations), compareAbbreviations), nil)
	v.splitAll()
	return v
}

// learner reads some of the documents.
type learner struct {
	learned
	analyser *analyser
	last     []int // by number of a term: the document that it was last seen in, from 1
}

func (l *learner) document(i int, d *Document, labels []string) {
	eachText(d, labels, func(text string) {
		l.analyser.each(text, func(_, _ int, terms []*term) {
			for _, t := range terms {
				for t.number >= len(l.last) {
					l.last = append(l.last, make([]int, len(l.last)+1024)...)
				}
				if l.last[t.number] != i+1 {
					l.last[t.number] = i + 1
					l.counts[t.text]++
				}
			}
		})
		for _, a := range dutch.Abbreviations(text) {
			// Copies, or a word would hold the whole text in memory.
			l.abbreviations[dutch.Abbreviation{Short: strings.Clone(a.Short), Long: strings.Clone(a.Long)}] = true
		}
	})
}

// eachText calls visit for every text of a document that is searched.
func eachText(d *Document, labels []string, visit func(text string)) {
	visit(d.Title)
	visit(d.Description)
	all(d.Names, visit)
	all(labels, visit)
	for i := range d.Sections {
		visit(d.Sections[i].Title)
		visit(d.Sections[i].Text)
	}
}
