package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// memorable are questions that read pages and terms, some the same.
func memorable() (queries []Query) {
	for i, d := range manyDocuments(40) {
		words := strings.Fields(d.Title)
		q := Query{Text: words[0] + " " + words[i%4+1], Limit: 5 + i%20, Offset: i % 7, Explain: i%5 == 0}
		if i%3 == 0 {
			q.Facets = map[string][]string{"thema": {"thema3", "thema5"}}
		}
		queries = append(queries, q, Query{Text: d.Title, Sort: []string{"", "date"}[i%2]})
	}
	return queries
}

func answers(t *testing.T, x *Index, queries []Query) (list []string) {
	for _, q := range queries {
		r := ask(t, x, q)
		r.TookMS = 0
		var why []Explanation
		for i := range r.Hits {
			if e := r.Hits[i].Explanation; e != nil {
				why = append(why, *e)
				r.Hits[i].Explanation = nil
			}
		}
		list = append(list, fmt.Sprintf("%+v %+v", *r, why))
	}
	return list
}

// TestMemory asks anew what was asked, with memory and without, after memory was
// full, after a query was broken off, and with all asking at once.
func TestMemory(t *testing.T) {
	docs, queries := manyDocuments(150), memorable()
	x := openWith(t, docs, manySettings)
	want := answers(t, x, queries)
	check := func(when string) {
		t.Helper()
		for i, got := range answers(t, x, queries) {
			if got != want[i] {
				t.Errorf("%s: %+v\ngot  %s\nwant %s", when, queries[i], got, want[i])
			}
		}
	}
	check("with memory")

	m := x.snapshot.memory
	full, held := m.lexicon.Load(), m.held
	full.size = mostLexicon + 1
	m.held = mostSpread
	clear(m.spreads)
	check("after it was full")
	if m.lexicon.Load() == full || m.held != held {
		t.Errorf("memory did not start anew: %d pages of terms, there were %d", m.held, held)
	}

	broken, breakOff := context.WithCancel(context.Background())
	breakOff()
	for _, q := range queries {
		if _, err := x.Search(broken, q); err == nil {
			t.Fatalf("%+v was answered", q)
		}
	}
	check("after queries were broken off")

	x = openWith(t, docs, manySettings)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { check("all at once") })
	}
	all.Wait()
}

// TestFirst compares with sorting all.
func TestFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	compare := (&plan{concepts: make([]concept, 1)}).compare()
	for range 300 {
		list := make([]match, r.IntN(200))
		for i := range list {
			list[i] = match{record: &record{URL: fmt.Sprint(r.IntN(20))}, number: i, score: float64(r.IntN(30))}
		}
		sorted := slices.Clone(list)
		slices.SortFunc(sorted, func(a, b match) int { return compare(&a, &b) })
		n := r.IntN(60)
		first(list, n, compare)
		for i := range min(n, len(list)) {
			if compare(&list[i], &sorted[i]) != 0 {
				t.Fatalf("the first %d of %d: %d is %v, want %v", n, len(list), i, list[i], sorted[i])
			}
		}
		slices.SortFunc(list, func(a, b match) int { return a.number - b.number })
		for i := range list {
			if list[i].number != i {
				t.Fatalf("the first %d of %d: some are lost", n, len(list))
			}
		}
	}
}
