package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"kennishub/internal/search/dutch"
)

// vocabulary is what an index has learned from its own documents: its words, which
// of them are forms of one word, what compounds are made of, and which
// abbreviations are explained. Nothing in it comes from a query, and equal
// documents make equal vocabularies. It does not change once it is made.
type vocabulary struct {
	*tongue
	counts        map[string]int       // in how many documents each form is
	splits        map[string][]string  // the parts of each form that is a compound
	abbreviations []dutch.Abbreviation // sorted

	splitter func() *dutch.Splitter // nil when the language has no compounds
	lookup   func() *lookup         // made when it is first asked for: indexing needs none
}

// lookup is what a search asks a vocabulary.
type lookup struct {
	families  map[string][]string // the forms of each stem, those in most documents first
	parts     map[string]bool     // stems that are parts of compounds
	kin       map[string][]string // the stems of each root, but for the root itself
	corrector *dutch.Corrector
}

// mostForms bounds how many forms of one word are looked up. No Dutch word has as
// many; only a stem that words share by accident does.
const mostForms = 12

// newVocabulary makes a vocabulary of the forms of documents. Without a splitter it
// gets one of its own.
func newVocabulary(t *tongue, counts map[string]int, splits map[string][]string, abbreviations []dutch.Abbreviation, splitter func() *dutch.Splitter) *vocabulary {
	v := &vocabulary{tongue: t, counts: counts, splits: splits, abbreviations: abbreviations, splitter: splitter}
	if t.compounds && splitter == nil {
		v.splitter = sync.OnceValue(func() *dutch.Splitter { return dutch.NewSplitter(counts, nil) })
	}
	v.lookup = sync.OnceValue(v.makeLookup)
	return v
}

func (v *vocabulary) makeLookup() *lookup {
	l := &lookup{families: make(map[string][]string, len(v.counts)), parts: map[string]bool{}, kin: map[string][]string{}}
	forms := slices.Sorted(maps.Keys(v.counts))
	words := make([]dutch.Word, len(forms))
	for i, form := range forms {
		words[i] = dutch.Word{Text: form, Count: v.counts[form]}
		stem := v.stem(form)
		if len(l.families[stem]) == 0 && v.root != nil {
			if root := v.root(stem); root != stem {
				l.kin[root] = append(l.kin[root], stem)
			}
		}
		l.families[stem] = append(l.families[stem], form)
	}
	for stem, forms := range l.families {
		if len(forms) > 1 {
			slices.SortStableFunc(forms, func(a, b string) int { return cmp.Compare(v.counts[b], v.counts[a]) })
			l.families[stem] = forms[:min(len(forms), mostForms)]
		}
	}
	for _, parts := range v.splits {
		for _, part := range parts {
			l.parts[v.stem(part)] = true
		}
	}
	l.corrector = dutch.NewCorrector(words)
	return l
}

// splitAll works out the parts of every form.
func (v *vocabulary) splitAll() {
	v.splits = map[string][]string{}
	if v.splitter == nil {
		return
	}
	splitter := v.splitter()
	forms := slices.Collect(maps.Keys(v.counts))
	var mu sync.Mutex
	parallel(len(forms), 1000, func(from, to int) error {
		found := map[string][]string{}
		for _, form := range forms[from:to] {
			if parts := splitter.Split(form); len(parts) > 1 {
				found[form] = parts
			}
		}
		mu.Lock()
		defer mu.Unlock()
		maps.Copy(v.splits, found)
		return nil
	})
}

// split gives the parts of a compound, nil when a form is none.
func (v *vocabulary) split(form string) []string {
	if parts, known := v.splits[form]; known || v.splitter == nil || v.counts[form] > 0 {
		return parts
	}
	return v.splitter().Split(form)
}

// stemOf gives the stem that the forms of a word have in the documents.
func (v *vocabulary) stemOf(form string) string {
	stem := v.stem(form)
	if v.knowsStem(stem) || v.shift == nil {
		return stem
	}
	if other := v.shift(stem); v.knowsStem(other) {
		return other
	}
	return stem
}

// family gives the forms of the word that a form belongs to, nil when no document
// holds one.
func (v *vocabulary) family(form string) []string { return v.lookup().families[v.stemOf(form)] }

// kin gives the forms of the other words of the family that a stem belongs to.
func (v *vocabulary) kin(stem string) (forms []string) {
	if v.root == nil {
		return nil
	}
	l, root := v.lookup(), v.root(stem)
	for _, other := range append([]string{root}, l.kin[root]...) {
		if other != stem {
			forms = append(forms, l.families[other]...)
		}
	}
	return forms
}

// knows reports whether some document holds a form of a word, or a compound of it.
func (v *vocabulary) knows(form string) bool { return v.knowsStem(v.stemOf(form)) }

func (v *vocabulary) knowsStem(stem string) bool {
	l := v.lookup()
	return len(l.families[stem]) > 0 || l.parts[stem]
}

// changed gives the vocabulary after some documents went and others came. Known
// words keep the parts they have, as long as the whole is not learned anew: how
// common words are changes little from one edit to the next.
func (v *vocabulary) changed(gone, came *learned) *vocabulary {
	counts, splits := maps.Clone(v.counts), maps.Clone(v.splits)
	for form, n := range gone.counts {
		if counts[form] -= n; counts[form] <= 0 {
			delete(counts, form)
			delete(splits, form)
		}
	}
	for form, n := range came.counts {
		if counts[form] += n; counts[form] == n && v.splitter != nil {
			if parts := v.splitter().Split(form); len(parts) > 1 {
				splits[form] = parts
			}
		}
	}
	abbreviations := v.abbreviations
	for a := range came.abbreviations {
		if !slices.Contains(abbreviations, a) {
			abbreviations = append(slices.Clip(abbreviations), a)
		}
	}
	slices.SortFunc(abbreviations, compareAbbreviations)
	return newVocabulary(v.tongue, counts, splits, abbreviations, v.splitter)
}

func compareAbbreviations(a, b dutch.Abbreviation) int {
	return cmp.Or(strings.Compare(a.Short, b.Short), strings.Compare(a.Long, b.Long))
}
