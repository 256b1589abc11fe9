package search

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	index "github.com/blevesearch/bleve_index_api"
)

// snapshot is one state of an index. It never changes, so any number of searches
// can use it at once.
type snapshot struct {
	id         string
	settings   Settings // with all limits filled in
	vocabulary *vocabulary
	meanings   func() *meanings
	suggester  func() *suggester
	analyser   *analyser
	table      *valueTable
	records    []*record
	reader     index.IndexReader
	numbered   []*record           // by the number bleve gave the document; nil for a deleted one
	shares     []float64           // by that number: what the page scores of what its words give
	times      []float64           // by that number: how many times that counts
	values     [][]int32           // by that number: its facet values
	newest     time.Time           // day of the page that was news last
	totals     [fieldCount]float64 // words in all documents, by field
	texts      io.ReaderAt         // nil when the records hold their texts
	memory     *memory
}

// newSnapshot ties bleve's documents to records. Find gives the record for the
// number under which a document was indexed, nil when there is none.
func newSnapshot(x snapshot, find func(number int) *record) (*snapshot, error) {
	x.analyser = newAnalyser(x.vocabulary.tongue, x.vocabulary.split)
	x.meanings = sync.OnceValue(func() *meanings {
		return newMeanings(x.vocabulary.tongue, x.settings.Synonyms, x.vocabulary.abbreviations)
	})
	x.suggester = sync.OnceValue(func() *suggester {
		return newSuggester(x.vocabulary, x.settings, x.records)
	})
	for _, r := range x.records {
		for f, n := range r.lengths {
			x.totals[f] += float64(n)
		}
		if day := x.day(r); day.After(x.newest) {
			x.newest = day
		}
	}
	count, err := x.reader.DocCount()
	if err != nil {
		return nil, err
	}
	if count != uint64(len(x.records)) {
		return nil, fmt.Errorf("bleve kent %d documenten en het bestand documents %d", count, len(x.records))
	}
	all, err := x.reader.DocIDReaderAll()
	if err != nil {
		return nil, err
	}
	defer all.Close()
	for {
		id, err := all.Next()
		if err != nil {
			return nil, err
		}
		if id == nil {
			x.line()
			x.memory = newMemory()
			return &x, nil
		}
		external, err := x.reader.ExternalID(id)
		if err != nil {
			return nil, err
		}
		number, err := strconv.Atoi(external)
		r := find(number)
		if err != nil || r == nil {
			return nil, fmt.Errorf("bleve kent een document %q dat niet bestaat", external)
		}
		n := int(id.Value())
		for n >= len(x.numbered) {
			x.numbered = append(x.numbered, make([]*record, n+1-len(x.numbered))...)
			x.shares = append(x.shares, make([]float64, n+1-len(x.shares))...)
			x.times = append(x.times, make([]float64, n+1-len(x.times))...)
		}
		kind, recent := x.boosts(r)
		x.numbered[n], x.shares[n], x.times[n] = r, r.share(), kind*recent
	}
}

// warm makes what is made once now, and not when the first reader asks.
func (x *snapshot) warm() {
	var others sync.WaitGroup
	others.Go(func() { x.suggester() })
	others.Go(func() {
		x.meanings()
		if x.vocabulary.related != nil {
			x.vocabulary.related()
		}
	})
	x.vocabulary.lookup()
	others.Wait()
}

// line puts the facet values of all pages in a line: they are counted for every query.
func (x *snapshot) line() {
	total := 0
	for _, r := range x.records {
		total += len(r.values)
	}
	all := make([]int32, 0, total)
	x.values = make([][]int32, len(x.numbered))
	for n, r := range x.numbered {
		if r != nil {
			from := len(all)
			all = append(all, r.values...)
			x.values[n] = all[from:]
		}
	}
}

// postings calls visit for each document that has a term in a field, with its
// number and how often the term stands there.
func (x *snapshot) postings(ctx context.Context, field int, term string, visit func(number int, frequency float64)) error {
	reader, err := x.reader.TermFieldReader(ctx, []byte(term), fields[field].name, true, false, false)
	if err != nil {
		return err
	}
	defer reader.Close()
	var posting index.TermFieldDoc
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := reader.Next(posting.Reset())
		if err != nil || p == nil {
			return err
		}
		visit(int(p.ID.Value()), float64(p.Freq))
	}
}
