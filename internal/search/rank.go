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
	number int // of bleve
	score  float64
	title  float64 // how much of the score is for a title that is the query
	near   float64 // and how much for words that stand together
}

// match finds the pages that hold words of a query, with their scores, before
// they are narrowed. Missing are the words that no page holds.
func (x *snapshot) match(ctx context.Context, p *plan, d *desk) (found []match, missing []string, err error) {
	missing = []string{}
	found = d.found[:0]
	if len(p.concepts) == 0 {
		if p.stop {
			return nil, missing, nil
		}
		for number, r := range x.numbered {
			if r != nil {
				found = append(found, match{record: r, number: number})
			}
		}
		d.found = found
		return found, missing, nil
	}

	for i := range p.concepts {
		c := &p.concepts[i]
		if err := x.tallyConcept(ctx, d, c); err != nil {
			return nil, nil, err
		}
		t := d.tally
		if len(t.pages) == 0 {
			missing = append(missing, c.text)
			continue
		}
		rarity := x.rarity(t)
		for _, number := range t.pages {
			counted, sum := &t.of[number], &d.sums[number]
			if sum.met == 0 {
				d.some = append(d.some, number)
			}
			sum.met++
			sum.covered += counted.best * rarity
			sum.score += rarity * saturate(counted.weight)
		}
	}
	for _, number := range d.some {
		sum := &d.sums[number]
		score := sum.score
		if sum.met == len(p.concepts) {
			score += fullCover * sum.covered / float64(len(p.concepts))
		}
		found = append(found, match{record: x.numbered[number], number: int(number), score: round(score * x.shares[number])})
		*sum = sums{}
	}
	d.found, d.some = found, d.some[:0]
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
	pages []int32   // that answer it
	of    []tallied // by page
}

// tallied is what is counted on a page.
type tallied struct {
	weight float64 // weighed occurrences
	best   float64 // how well the word is answered
}

func newTally(pages int) *tally { return &tally{of: make([]tallied, pages)} }

func (t *tally) clear() {
	for _, number := range t.pages {
		t.of[number] = tallied{}
	}
	t.pages = t.pages[:0]
}

// add counts occurrences on a page.
func (t *tally) add(number int32, weight, best float64) {
	c := &t.of[number]
	if c.best == 0 {
		t.pages = append(t.pages, number)
	}
	c.weight += weight
	c.best = max(c.best, best)
}

// sure is how many pages answer a word itself, and not only as a part or by guess;
// when none does, how many do at all.
func (t *tally) sure() int {
	n := 0
	for _, number := range t.pages {
		if t.of[number].best > asSynonym {
			n++
		}
	}
	if n == 0 {
		return len(t.pages)
	}
	return n
}

// tallyConcept counts anew, in the tally of a desk, what answers a word of a query.
func (x *snapshot) tallyConcept(ctx context.Context, d *desk, c *concept) error {
	d.tally.clear()
	if err := x.tallyAnswers(ctx, d.tally, c.answers); err != nil {
		return err
	}
	for _, g := range c.together {
		if err := x.tallyTogether(ctx, d, g); err != nil {
			return err
		}
	}
	return nil
}

// tallyAnswers counts the occurrences of terms in all fields of all pages.
func (x *snapshot) tallyAnswers(ctx context.Context, t *tally, answers []answer) error {
	for _, a := range answers {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, err := x.spread(ctx, a.term)
		if err != nil {
			return err
		}
		for i, number := range s.pages {
			t.add(number, a.weight*s.weights[i], a.weight)
		}
	}
	return nil
}

// tallyField counts the occurrences of a term in a field of all pages.
func (x *snapshot) tallyField(ctx context.Context, t *tally, field int, term string, weight float64) error {
	f, average := &fields[field], max(x.totals[field]/float64(len(x.records)), 1)
	return x.postings(ctx, field, term, func(number int, frequency float64) {
		r := x.numbered[number]
		t.add(int32(number), weight*f.boost*frequency/(1-f.length+f.length*float64(r.lengths[field])/average), weight)
	})
}

// tallyTogether counts the pages that hold all words of a group, each as often as
// the one that stands there least.
func (x *snapshot) tallyTogether(ctx context.Context, d *desk, g together) error {
	for i, answers := range g.members {
		t := d.member
		if i == 0 {
			t = d.held
		}
		t.clear()
		if err := x.tallyAnswers(ctx, t, answers); err != nil {
			return err
		}
		if i == 0 {
			continue
		}
		for _, number := range d.held.pages {
			held, member := &d.held.of[number], &d.member.of[number]
			held.weight, held.best = min(held.weight, member.weight), min(held.best, member.best)
		}
	}
	for _, number := range d.held.pages {
		if held := &d.held.of[number]; held.best > 0 {
			d.tally.add(number, g.weight*held.weight, g.weight*held.best)
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
	hits = found[:0]
	for i := range found {
		m := &found[i]
		values := x.values[m.number]
		unmet, last := 0, 0
		if p.narrow {
			unmet, last = p.unmet(x.table, values, met)
		}
		switch unmet {
		case 0:
			hits = append(hits, *m)
			for _, v := range values {
				counts[v]++
			}
		case 1:
			for _, v := range values {
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

// unmet counts the facets with choices of which a page has none, and gives the last of
// them. Met is room to work in.
func (p *plan) unmet(table *valueTable, values []int32, met []bool) (n, last int) {
	clear(met)
	for _, v := range values {
		if p.chosen[v] {
			met[table.values[v].facet] = true
		}
	}
	for facet, asked := range p.facets {
		if asked && !met[facet] {
			n++
			last = facet
		}
	}
	return n, last
}

// compare gives the total order of matches: the best first, or the newest first,
// which is also the order of pages that were found without words.
func (p *plan) compare() func(a, b *match) int {
	byDate := p.byDate || len(p.concepts) == 0
	return func(a, b *match) int {
		if byDate && a.Date != b.Date {
			return strings.Compare(b.Date, a.Date)
		}
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		if byDate && a.Title != b.Title {
			return strings.Compare(a.Title, b.Title)
		}
		return strings.Compare(a.URL, b.URL)
	}
}

// first puts the first n of a list before the others, in their order.
func first(list []match, n int, compare func(a, b *match) int) {
	if n <= 0 {
		return
	}
	sort := func(list []match) {
		slices.SortFunc(list, func(a, b match) int { return compare(&a, &b) })
	}
	// What may be among the first gathers before the others; when it is twice as much as
	// needed, half of it is not.
	gathered := min(2*n, len(list))
	sort(list[:gathered])
	gathered = min(n, len(list))
	for i := gathered; i < len(list); i++ {
		if compare(&list[i], &list[n-1]) >= 0 {
			continue
		}
		list[gathered], list[i] = list[i], list[gathered]
		if gathered++; gathered == 2*n {
			sort(list[:gathered])
			gathered = n
		}
	}
	sort(list[:gathered])
}
