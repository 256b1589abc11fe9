package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
)

// Scores are BM25F: the occurrences of a word in the fields of a page are weighed
// and added up first, and only then made to count for less the more there are. So
// a word in the title and in the text is one word that matters, and not two that
// are found. Lengths, totals and document counts are whole numbers that do not
// depend on bleve's segments.
const (
	// saturation is BM25's k1: how many weighed occurrences give half of what a word
	// can give. It is higher than the usual 1.2 because a title alone weighs 6.
	saturation = 3

	// fullCover is added, times the most that the words of the query can give, to
	// the score of pages that have all of them. With 1, such a page stands above every
	// page that misses a word.
	fullCover = 1
)

// match is a page that was found.
type match struct {
	*record
	score float64
}

// match finds the pages that hold words of a query, with their scores, before
// they are narrowed. Missing are the words that no page holds.
func (x *snapshot) match(ctx context.Context, p *plan) (found []match, missing []string, err error) {
	missing = []string{}
	if len(p.words) == 0 {
		if p.stop {
			return nil, missing, nil
		}
		for _, r := range x.records {
			found = append(found, match{record: r})
		}
		return found, missing, nil
	}

	var (
		count     = float64(len(x.records))
		scores    = make([]float64, len(x.numbered))
		covered   = make([]int, len(x.numbered)) // how many of the words a page has
		weights   = make([]float64, len(x.numbered))
		some, now []int   // pages with some word, with this word
		most      float64 // what a page can score at most
	)
	for _, word := range p.words {
		now = now[:0]
		for field, f := range fields {
			average := max(x.totals[field]/count, 1)
			for _, term := range word.terms {
				err := x.postings(ctx, field, term, func(number int, frequency float64) {
					r := x.numbered[number]
					if weights[number] == 0 {
						now = append(now, number)
					}
					weights[number] += f.boost * frequency / (1 - f.length + f.length*float64(r.lengths[field])/average)
				})
				if err != nil {
					return nil, nil, err
				}
			}
		}
		if len(now) == 0 {
			missing = append(missing, word.text)
			continue
		}
		rarity := math.Log(1 + (count-float64(len(now))+0.5)/(float64(len(now))+0.5))
		most += rarity
		for _, number := range now {
			if covered[number] == 0 {
				some = append(some, number)
			}
			covered[number]++
			scores[number] += rarity * weights[number] / (weights[number] + saturation)
			weights[number] = 0
		}
	}
	for _, number := range some {
		score := scores[number]
		if covered[number] == len(p.words) {
			score += fullCover * most
		}
		found = append(found, match{x.numbered[number], math.Round(score*1e6) / 1e6})
	}
	return found, missing, nil
}

// narrow keeps the pages that have the chosen kinds and facet values, and counts
// the values. A value counts the pages one would get by choosing it too, so the
// choices in its own facet do not hold for it.
func (x *snapshot) narrow(p *plan, found []match) (hits []match, facets map[string][]FacetCount) {
	counts := make([]int, len(x.table.values))
	met := make([]bool, len(x.table.facets))
	for _, m := range found {
		clear(met)
		for _, v := range m.values {
			if p.chosen[v] {
				met[x.table.values[v].facet] = true
			}
		}
		unmet, last := 0, 0
		for facet, asked := range p.facets {
			if asked && !met[facet] {
				unmet++
				last = facet
			}
		}
		switch unmet {
		case 0:
			hits = append(hits, m)
			for _, v := range m.values {
				counts[v]++
			}
		case 1:
			for _, v := range m.values {
				if x.table.values[v].facet == last {
					counts[v]++
				}
			}
		}
	}

	facets = make(map[string][]FacetCount, len(x.table.facets))
	for _, f := range x.table.facets {
		facets[f.Name] = []FacetCount{}
	}
	for _, v := range x.table.order {
		if counts[v] == 0 && !p.chosen[v] {
			continue
		}
		value := &x.table.values[v]
		name := x.table.facets[value.facet].Name
		facets[name] = append(facets[name], FacetCount{value.value, value.label, counts[v]})
	}
	return hits, facets
}

// sortMatches puts hits in their total order: the best first, or the newest first,
// which is also the order of pages that were found without words.
func sortMatches(hits []match, p *plan) {
	byDate := func(a, b match) int {
		return cmp.Or(strings.Compare(b.Date, a.Date), cmp.Compare(b.score, a.score),
			strings.Compare(a.Title, b.Title), strings.Compare(a.URL, b.URL))
	}
	byScore := func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(a.URL, b.URL))
	}
	if p.byDate || len(p.words) == 0 {
		slices.SortFunc(hits, byDate)
	} else {
		slices.SortFunc(hits, byScore)
	}
}
