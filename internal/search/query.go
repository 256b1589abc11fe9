package search

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// defaultHits is how many hits an answer has when the query does not say.
const defaultHits = 10

// plan is a query that was found good.
type plan struct {
	text     string
	concepts []concept
	stop     bool // the text has words, but they are all stop words
	limit    int
	offset   int
	byDate   bool
	explain  bool
	chosen   []bool // by number of a facet value
	facets   []bool // by facet: whether values of it were chosen
	narrow   bool   // whether any were
}

// search answers a query.
func (x *snapshot) search(ctx context.Context, q Query) (*Results, error) {
	began := time.Now()
	p, err := x.plan(q)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, x.settings.Limits.Timeout)
	defer cancel()
	r, err := x.answer(limited, p)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, queryError(CodeTimeout, "het zoeken duurde langer dan %v; probeer het met minder woorden", x.settings.Limits.Timeout)
	}
	if err != nil {
		return nil, err
	}
	r.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return r, nil
}

func (x *snapshot) answer(ctx context.Context, p *plan) (*Results, error) {
	d := x.sitDown(p.concepts)
	r, err := x.answerAt(ctx, p, d)
	if err == nil { // else it is left as it was in the middle of something
		x.memory.desks.Put(d)
	}
	return r, err
}

// answerAt answers a query at a desk.
func (x *snapshot) answerAt(ctx context.Context, p *plan, d *desk) (*Results, error) {
	found, missing, err := x.match(ctx, p, d)
	if err != nil {
		return nil, err
	}
	hits, facets := x.narrow(p, found)
	if len(p.concepts) == 0 && !p.narrow {
		hits = nil
	}
	r := &Results{Query: p.text, Total: len(hits), Hits: []Hit{}, Facets: facets, Suggestion: p.suggestion(), Missing: missing, Related: p.related(missing)}
	marker, compare := &d.marker, p.compare()
	if len(p.concepts) > 0 && !p.byDate {
		first(hits, mostReread, compare)
		best := hits[:min(mostReread, len(hits))]
		for i := range best {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			m := &best[i]
			page, err := x.read(m.record, marker)
			if err != nil {
				return nil, err
			}
			m.title = m.score * (titleFit * marker.fit(page.text(titleText)))
			if most := len(p.concepts) - 1; most > 0 {
				m.near = m.score * (nearness * float64(max(marker.look(m.record, page).near-1, 0)) / float64(most))
			}
			m.score = round(m.score + m.title + m.near)
		}
	}
	// Only now, so that which pages were read again does not depend on it: pages of one
	// kind stay in their order.
	for i := range hits {
		hits[i].score *= x.times[hits[i].number]
	}
	first(hits, p.offset+p.limit, compare)
	shown := hits[min(p.offset, len(hits)):min(p.offset+p.limit, len(hits))]
	for _, m := range shown {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hit, err := x.show(m, marker)
		if err != nil {
			return nil, err
		}
		r.Hits = append(r.Hits, hit)
	}
	if p.explain {
		explanations, err := x.explain(ctx, p, shown, d)
		if err != nil {
			return nil, err
		}
		for i := range r.Hits {
			r.Hits[i].Explanation = explanations[i]
		}
	}
	return r, nil
}

// plan checks a query against the limits and analyses its words.
func (x *snapshot) plan(q Query) (*plan, error) {
	limits := x.settings.Limits
	if err := limits.checkLength(q.Text); err != nil {
		return nil, err
	}
	p := &plan{
		text:    readable(q.Text),
		limit:   q.Limit,
		offset:  q.Offset,
		explain: q.Explain,
		chosen:  make([]bool, len(x.table.values)),
		facets:  make([]bool, len(x.table.facets)),
	}
	switch {
	case q.Limit == 0:
		p.limit = min(defaultHits, limits.Hits)
	case q.Limit < 0 || q.Limit > limits.Hits:
		return nil, queryError(CodeBadLimit, "limit moet een getal van 1 tot en met %d zijn", limits.Hits)
	}
	if q.Offset < 0 || q.Offset > *limits.Offset {
		return nil, queryError(CodeBadOffset, "offset moet een getal van 0 tot en met %d zijn; maak de zoekvraag preciezer om verder te komen", *limits.Offset)
	}
	switch q.Sort {
	case "", "relevance":
	case "date":
		p.byDate = true
	default:
		return nil, queryError(CodeBadSort, "sort kan relevance of date zijn, niet %q", shorten(q.Sort))
	}
	if err := x.choose(p, q); err != nil {
		return nil, err
	}

	var words []concept
	words, p.stop = x.words(p.text)
	if err := limits.checkWords(len(words)); err != nil {
		return nil, err
	}
	p.concepts = x.expand(words, true)
	return p, nil
}

// checkLength is for before anything else is done with a text, as it may be of any
// size.
func (l *Limits) checkLength(text string) error {
	if len(text) > l.QueryLength && utf8.RuneCountInString(text) > l.QueryLength {
		return queryError(CodeQueryTooLong, "de zoekvraag is langer dan %d tekens; gebruik minder woorden", l.QueryLength)
	}
	return nil
}

// checkWords checks the number of distinct words of a text.
func (l *Limits) checkWords(n int) error {
	if n > l.Words {
		return queryError(CodeTooManyWords, "de zoekvraag heeft meer dan %d verschillende woorden; gebruik er minder", l.Words)
	}
	return nil
}

// suggestion is the query with its misspelt words as they may have been meant, ""
// when there are none.
func (p *plan) suggestion() string {
	text, changed := p.text, false
	for _, c := range p.concepts {
		if c.changed != "" {
			text, changed = strings.Replace(text, c.text, c.changed, 1), true
		}
	}
	if !changed {
		return ""
	}
	return text
}

// choose looks up the kinds and facet values. A value that no page has is no
// fault, because it may be an old link: it finds nothing.
func (x *snapshot) choose(p *plan, q Query) error {
	choose := func(facet int, values []string) {
		for _, value := range values {
			if value == "" {
				continue // an empty choice in a form
			}
			p.facets[facet], p.narrow = true, true
			if n, known := x.table.numbers[facet][value]; known {
				p.chosen[n] = true
			}
		}
	}
	for _, kind := range q.Kinds {
		if _, known := x.table.numbers[kindFacet][kind]; !known && kind != "" {
			return queryError(CodeUnknownKind, "de soort %q bestaat niet; de soorten zijn: %s", shorten(kind), list(x.settings.Kinds))
		}
	}
	choose(kindFacet, q.Kinds)
	for _, name := range slices.Sorted(maps.Keys(q.Facets)) {
		facet := x.table.facet(name)
		if facet <= kindFacet {
			return queryError(CodeUnknownFacet, "het filter %q bestaat niet", shorten(name))
		}
		choose(facet, q.Facets[name])
	}
	return nil
}

func list(values []Value) string {
	names := make([]string, len(values))
	for i, v := range values {
		names[i] = v.Value
	}
	return strings.Join(names, ", ")
}

// readable makes a reader's text fit to be shown and to be written as JSON.
func readable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " ")))
}

// shorten makes a reader's text fit for a message.
func shorten(s string) string {
	s = readable(s)
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
