package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"
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

	// fullCover is added, times what a word of the query can give on average, to the
	// score of pages that have all of them: a page with two words in its text stands
	// above one with a single word in its title. It is shared among the words,
	// because a long page has all words of a question somewhere and answers none.
	fullCover = 0.5

	// onPage is what a place on a page, such as a line of a timeline, scores of what a
	// page would. It is so short that each word of it weighs much, and there are many:
	// they would stand in the way of the page that tells of it.
	onPage = 0.8

	// How much more a page scores in which all words of the query stand together, in
	// one passage with its heading, and of which the title is the query. Only the best
	// pages are read again for it.
	nearness   = 0.2
	titleFit   = 0.2
	mostReread = 20
)

// match is a page that was found.
type match struct {
	*record
	score float64
	times float64 // how many times all of that counts, by what boosts; the score has it when it is shown
	title float64 // how much of the score is for a title that is the query
	near  float64 // and how much for words that stand together
}

// match finds the pages that hold words of a query, with their scores, before
// they are narrowed. Missing are the words that no page holds.
func (x *snapshot) match(ctx context.Context, p *plan) (found []match, missing []string, err error) {
	missing = []string{}
	if len(p.concepts) == 0 {
		if p.stop {
			return nil, missing, nil
		}
		for _, r := range x.records {
			found = append(found, match{record: r})
		}
		return found, missing, nil
	}

	var (
		t       = newTally(len(x.numbered))
		scores  = make([]float64, len(x.numbered))
		covered = make([]float64, len(x.numbered)) // how well the words of the query are answered, added up
		met     = make([]int, len(x.numbered))     // how many of them are
		some    []int                              // pages with some word
	)
	for i := range p.concepts {
		c := &p.concepts[i]
		if err := x.tallyConcept(ctx, t, c); err != nil {
			return nil, nil, err
		}
		if len(t.pages) == 0 {
			missing = append(missing, c.text)
			continue
		}
		rarity := x.rarity(t)
		for _, number := range t.pages {
			if met[number] == 0 {
				some = append(some, number)
			}
			met[number]++
			covered[number] += t.best[number] * rarity
			scores[number] += rarity * saturate(t.weights[number])
		}
	}
	for _, number := range some {
		score := scores[number]
		if met[number] == len(p.concepts) {
			score += fullCover * covered[number] / float64(len(p.concepts))
		}
		r := x.numbered[number]
		found = append(found, match{record: r, score: round(score * r.share()), times: x.times[number]})
	}
	return found, missing, nil
}

// share is what a page or a place on one scores of what its words give.
func (r *record) share() float64 {
	if strings.Contains(r.URL, "#") {
		return onPage
	}
	return 1
}

// boosts are how many times the score of a page counts: for its kind, and for being
// new.
func (x *snapshot) boosts(r *record) (kind, recent float64) {
	kind, recent = 1, 1
	b := &x.settings.Boosts
	if times, named := b.Kinds[r.Kind]; named {
		kind = times
	}
	if day := x.day(r); !day.IsZero() {
		age := x.newest.Sub(day).Hours() / 24
		recent += float64(b.RecentPercent) / 100 * math.Exp2(-age/float64(cmp.Or(b.RecentDays, 365)))
	}
	return kind, recent
}

// day is when a page was news, the zero time when it never was or that does not count.
// A page of no kind, such as one about the site or the text of a section, is no news.
func (x *snapshot) day(r *record) time.Time {
	if x.settings.Boosts.RecentPercent == 0 || r.Kind == "" {
		return time.Time{}
	}
	day, _ := time.Parse(time.DateOnly, r.Date)
	return day
}

// rarity is how much a word says: the more, the fewer pages answer it.
func (x *snapshot) rarity(t *tally) float64 {
	count, sure := float64(len(x.records)), float64(t.sure())
	return math.Log(1 + (count-sure+0.5)/(sure+0.5))
}

// saturate makes weighed occurrences count for less the more there are.
func saturate(weight float64) float64 { return weight / (weight + saturation) }

// round makes equal what only differs in how it was added up.
func round(score float64) float64 { return math.Round(score*1e6) / 1e6 }

// tally is what is counted of one word of a query.
type tally struct {
	pages   []int     // that answer it
	weights []float64 // by page: weighed occurrences
	best    []float64 // by page: how well it is answered
}

func newTally(pages int) *tally {
	return &tally{weights: make([]float64, pages), best: make([]float64, pages)}
}

func (t *tally) clear() {
	for _, number := range t.pages {
		t.weights[number], t.best[number] = 0, 0
	}
	t.pages = t.pages[:0]
}

// add counts occurrences on a page.
func (t *tally) add(number int, weight, best float64) {
	if t.best[number] == 0 {
		t.pages = append(t.pages, number)
	}
	t.weights[number] += weight
	t.best[number] = max(t.best[number], best)
}

// sure is how many pages answer a word itself, and not only as a part or by guess;
// when none does, how many do at all.
func (t *tally) sure() int {
	n := 0
	for _, number := range t.pages {
		if t.best[number] > asSynonym {
			n++
		}
	}
	if n == 0 {
		return len(t.pages)
	}
	return n
}

// tallyConcept counts anew what answers a word of a query.
func (x *snapshot) tallyConcept(ctx context.Context, t *tally, c *concept) error {
	t.clear()
	for _, a := range c.answers {
		if err := x.tally(ctx, t, a.term, a.weight); err != nil {
			return err
		}
	}
	for _, g := range c.together {
		if err := x.tallyTogether(ctx, t, g); err != nil {
			return err
		}
	}
	return nil
}

// tally counts the occurrences of a term in all fields of all pages.
func (x *snapshot) tally(ctx context.Context, t *tally, term string, weight float64) error {
	for field := range fields {
		if err := x.tallyField(ctx, t, field, term, weight); err != nil {
			return err
		}
	}
	return nil
}

// tallyField counts the occurrences of a term in a field of all pages.
func (x *snapshot) tallyField(ctx context.Context, t *tally, field int, term string, weight float64) error {
	f, average := &fields[field], max(x.totals[field]/float64(len(x.records)), 1)
	return x.postings(ctx, field, term, func(number int, frequency float64) {
		r := x.numbered[number]
		t.add(number, weight*f.boost*frequency/(1-f.length+f.length*float64(r.lengths[field])/average), weight)
	})
}

// tallyTogether counts the pages that hold all words of a group, each as often as
// the one that stands there least.
func (x *snapshot) tallyTogether(ctx context.Context, t *tally, g together) error {
	var held *tally
	member := newTally(len(x.numbered))
	for i, answers := range g.members {
		member.clear()
		for _, a := range answers {
			if err := x.tally(ctx, member, a.term, a.weight); err != nil {
				return err
			}
		}
		if i == 0 {
			held, member = member, newTally(len(x.numbered))
			continue
		}
		for _, number := range held.pages {
			held.weights[number] = min(held.weights[number], member.weights[number])
			held.best[number] = min(held.best[number], member.best[number])
		}
	}
	for _, number := range held.pages {
		if held.best[number] > 0 {
			t.add(number, g.weight*held.weights[number], g.weight*held.best[number])
		}
	}
	return nil
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
	if p.byDate || len(p.concepts) == 0 {
		slices.SortFunc(hits, byDate)
	} else {
		slices.SortFunc(hits, byScore)
	}
}
