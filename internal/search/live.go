package search

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	index "github.com/blevesearch/bleve_index_api"
)

// mostSegments is how many changes a Live adds to its index before it indexes all
// documents anew. In memory bleve never merges: each change is a segment more to
// look in, which costs a search about 10 µs a word.
const mostSegments = 256

// Live is an index in memory that follows the documents of a preview. It answers
// like an [Index] that was built from the same documents, and is safe for use by
// many goroutines.
type Live struct {
	settings Settings
	tongue   *tongue

	apply      sync.Mutex // held by Apply; guards what follows
	bleve      *scorchIndex
	held       map[string]*held // by URL
	serial     int              // number of the next document; never used twice in one index
	segments   int
	version    int
	vocabulary *vocabulary // of when all was indexed last, with the words that came since

	mu      sync.Mutex // guards what follows, also in the states
	current *liveState // nil after Close
}

// held is a document as it is in the index.
type held struct {
	document Document
	record   *record
	number   int
}

// liveState is a snapshot with the number of searches that use it. Whoever leaves
// last after another took its place frees it.
type liveState struct {
	*snapshot
	users   int
	retired bool
}

// NewLive makes an empty index.
func NewLive(s Settings) (*Live, error) {
	s.Limits = s.Limits.withDefaults()
	t, err := newTongue(s.Language)
	if err != nil {
		return nil, err
	}
	l := &Live{settings: s, tongue: t, held: map[string]*held{}}
	return l, l.renew(nil)
}

// Apply brings the index to the documents and returns how many were added,
// changed or removed. Only those are indexed. After an error the index is as it
// was. The documents must not be changed afterwards.
func (l *Live) Apply(docs []Document) (changed int, err error) {
	l.apply.Lock()
	defer l.apply.Unlock()
	if l.ID() == "" {
		return 0, ErrClosed
	}

	var fresh []*Document
	urls := make(map[string]bool, len(docs))
	for i := range docs {
		d := &docs[i]
		if urls[d.URL] {
			return 0, fmt.Errorf("de zoekindex krijgt twee documenten met het adres %s", d.URL)
		}
		urls[d.URL] = true
		// Comparing is cheaper than hashing: what did not change is mostly the very same
		// strings, of which only the addresses are compared.
		if h := l.held[d.URL]; h == nil || !equal(&h.document, d) {
			fresh = append(fresh, d)
		}
	}
	var gone []string
	for url := range l.held {
		if !urls[url] {
			gone = append(gone, url)
		}
	}
	changed = len(fresh) + len(gone)
	if changed == 0 {
		return 0, nil
	}
	if l.segments >= mostSegments || changed > len(docs)/2 {
		return changed, l.renew(docs)
	}

	table := l.current.table.clone()
	next := maps.Clone(l.held)
	batch := index.NewBatch()
	var old []*Document
	var oldLabels [][]string
	leave := func(h *held) {
		batch.Delete(strconv.Itoa(h.number))
		_, labels := table.of(&h.document)
		old, oldLabels = append(old, &h.document), append(oldLabels, labels)
	}
	for _, url := range gone {
		leave(next[url])
		delete(next, url)
	}
	labels := make([][]string, len(fresh))
	for i, d := range fresh {
		if h := next[d.URL]; h != nil {
			leave(h)
		}
		next[d.URL], labels[i] = hold(d, l.serial, table)
		l.serial++ // also when what follows fails: bleve may have seen the number
	}
	v := l.vocabulary.changed(learn(l.tongue, old, oldLabels), learn(l.tongue, fresh, labels))
	c := &counter{analyser: newAnalyser(v.tongue, v.split)}
	for i, d := range fresh {
		h := next[d.URL]
		var e *entry
		e, h.record.lengths = c.count(h.number, d, labels[i])
		batch.Update(e)
	}
	l.segments++
	if err = l.bleve.Batch(batch); err == nil {
		err = l.show(l.bleve, table, next, v)
	}
	if err != nil {
		l.segments = mostSegments // bleve may hold what we do not know of: start anew
		return 0, err
	}
	return changed, nil
}

// renew indexes all documents in a new index and shows that.
func (l *Live) renew(docs []Document) error {
	bleve, err := openScorch(map[string]any{"path": ""}) // in memory
	if err != nil {
		return err
	}
	table := newValueTable(l.settings)
	next := make(map[string]*held, len(docs))
	all := make([]*Document, len(docs))
	labels := make([][]string, len(docs))
	records := make([]*record, len(docs))
	for i := range docs {
		all[i] = &docs[i]
		next[docs[i].URL], labels[i] = hold(&docs[i], i, table)
		records[i] = next[docs[i].URL].record
	}
	v := learn(l.tongue, all, labels).vocabulary(l.tongue)
	err = indexAll(bleve, all, labels, records, v)
	if err == nil {
		err = l.show(bleve, table, next, v)
	}
	if err != nil {
		bleve.Close()
		return err
	}
	l.serial, l.segments = len(docs), 0
	return nil
}

// hold makes what is held of a document, but for its lengths, and gives the labels
// of its facet values.
func hold(d *Document, number int, table *valueTable) (*held, []string) {
	values, labels := table.of(d)
	r := newRecord(d, values)
	r.text = wholeText(d)
	return &held{*d, r, number}, labels
}

func wholeText(d *Document) string {
	if len(d.Sections) == 1 {
		return d.Sections[0].Text // no copy
	}
	var b strings.Builder
	for i := range d.Sections {
		b.WriteString(d.Sections[i].Text)
	}
	return b.String()
}

// show makes a new state the current one.
func (l *Live) show(bleve *scorchIndex, table *valueTable, next map[string]*held, v *vocabulary) error {
	table.sort()
	records := make([]*record, 0, len(next))
	numbers := make(map[int]*record, len(next))
	for _, h := range next {
		records = append(records, h.record)
		numbers[h.number] = h.record
	}
	reader, err := bleve.Reader()
	if err != nil {
		return err
	}
	s, err := newSnapshot(snapshot{
		id: "live-" + strconv.Itoa(l.version+1), settings: l.settings, vocabulary: v,
		table: table, records: records, reader: reader,
	}, func(n int) *record { return numbers[n] })
	if err != nil {
		reader.Close()
		return err
	}
	l.version++
	l.held, l.vocabulary = next, v
	if l.bleve != nil && l.bleve != bleve {
		l.bleve.Close() // in memory that only ends its goroutines; readers keep their segments
	}
	l.bleve = bleve

	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current != nil {
		l.current.retired = true
		l.current.free()
	}
	l.current = &liveState{snapshot: s}
	return nil
}

// free closes a state that nobody uses any more. The caller holds mu.
func (s *liveState) free() {
	if s.retired && s.users == 0 {
		s.reader.Close() // gives back memory, which cannot fail
	}
}

// ID names the state of the index; it changes with each change of the documents.
func (l *Live) ID() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return ""
	}
	return l.current.id
}

// Settings gives the settings, with all limits filled in.
func (l *Live) Settings() Settings { return l.settings }

// Search answers a query from the newest state. An error is a [*QueryError] when
// the query is at fault.
func (l *Live) Search(ctx context.Context, q Query) (*Results, error) {
	s, done := l.use()
	defer done()
	if s == nil {
		return nil, ErrClosed
	}
	return s.search(ctx, q)
}

// Suggest is [Index.Suggest] from the newest state.
func (l *Live) Suggest(ctx context.Context, text string, most int) ([]Suggestion, error) {
	s, done := l.use()
	defer done()
	if s == nil {
		return nil, ErrClosed
	}
	return s.suggest(ctx, text, most)
}

// use gives the newest state, nil after Close, and what to call when done with it.
func (l *Live) use() (*liveState, func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.current
	if s == nil {
		return nil, func() {}
	}
	s.users++
	return s, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		s.users--
		s.free()
	}
}

// Close frees the index as soon as the searches that run are done.
func (l *Live) Close() error {
	l.apply.Lock()
	defer l.apply.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == nil {
		return nil
	}
	l.current.retired = true
	l.current.free()
	l.current = nil
	return l.bleve.Close()
}

// equal reports whether two documents are the same.
func equal(a, b *Document) bool {
	return a.URL == b.URL && a.Title == b.Title && a.Kind == b.Kind && a.Date == b.Date && a.Description == b.Description &&
		slices.Equal(a.Names, b.Names) && slices.Equal(a.Sections, b.Sections) && maps.Equal(a.Fields, b.Fields) &&
		maps.EqualFunc(a.Facets, b.Facets, slices.Equal[[]string])
}
