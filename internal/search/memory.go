package search

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
)

// memory is what the searches of a snapshot leave for the next. It answers nothing
// that could not be worked out again, and what it holds is bounded.
type memory struct {
	lexicon atomic.Pointer[lexicon]
	desks   sync.Pool

	mu      sync.RWMutex
	spreads map[string]spread // by term
	held    int               // pages in all of them
}

// spread is where a term stands: on which pages, and with what weight in all their
// fields together. Asking bleve for it takes longer than all the counting.
type spread struct {
	pages   []int32
	weights []float64
}

// mostSpread bounds the pages in spreads, to about 24 MB. Beyond it memory starts
// anew.
const mostSpread = 2_000_000

func newMemory() *memory { return &memory{spreads: map[string]spread{}} }

// spread gives where a term stands.
func (x *snapshot) spread(ctx context.Context, term string) (spread, error) {
	m := x.memory
	m.mu.RLock()
	s, known := m.spreads[term]
	m.mu.RUnlock()
	if known {
		return s, nil
	}
	t := newTally(len(x.numbered))
	for field := range fields {
		if err := x.tallyField(ctx, t, field, term, 1); err != nil {
			return spread{}, err
		}
	}
	s = spread{slices.Clone(t.pages), make([]float64, len(t.pages))}
	for i, number := range s.pages {
		s.weights[i] = t.of[number].weight
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, there := m.spreads[term]; there { // somebody else was quicker
		return known, nil
	}
	if m.held += len(s.pages); m.held > mostSpread {
		clear(m.spreads)
		m.held = len(s.pages)
	}
	m.spreads[term] = s
	return s, nil
}

// desk is where one query is answered, with room for what it counts.
type desk struct {
	tally        *tally  // of one word of the query
	held, member *tally  // of words that must stand together
	sums         []sums  // by page
	some         []int32 // the pages with some word
	found        []match
	marker       marker
}

// sums are what the words of a query give a page.
type sums struct {
	score   float64
	covered float64 // how well they are answered, added up
	met     int     // how many of them are
}

// sitDown gives a desk for a query.
func (x *snapshot) sitDown(concepts []concept) *desk {
	m := x.memory
	d, _ := m.desks.Get().(*desk)
	if d == nil {
		n := len(x.numbered)
		d = &desk{tally: newTally(n), held: newTally(n), member: newTally(n), sums: make([]sums, n)}
	}
	l := m.lexicon.Load()
	if l == nil || l.full() {
		l = newLexicon(x.analyser)
		m.lexicon.Store(l)
	}
	d.marker.reset(l, concepts)
	return d
}
