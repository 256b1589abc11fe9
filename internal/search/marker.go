package search

import "math"

// marker finds the words of a query on pages. It is for one goroutine, and for one
// query after another.
type marker struct {
	lexicon *lexicon
	forms   []string   // of the words of the query, as they are compared
	answers []answered // what answers them, each term once
	byTerm  []int32    // by number of a term: which of the answers it is, from 1; what is not among them is 0 or beyond the end
	words   []word     // of the lexicon
	marks   []mark     // by number of a word

	// For one page:
	sight sight

	// For one passage or title:
	found         []finding
	counts, exact []int32 // by word of the query: how often it is there, and how often as it was written
	seen          []bool
	best          []float64
}

// answered is which word of the query a term answers best, and how well.
type answered struct {
	term    int32
	concept int
	weight  float64
}

// mark says which word of the query a word is, from 1: less than 0 when it is written
// the same, 0 when nobody looked yet.
type mark int16

const unmarked mark = math.MaxInt16

func (m mark) concept() int { return int(max(m, -m)) - 1 }

// finding is a word of the query at a place of a text.
type finding struct {
	at   int
	mark mark
}

// reset readies a marker for a query.
func (m *marker) reset(l *lexicon, concepts []concept) {
	for _, a := range m.answers {
		m.byTerm[a.term] = 0
	}
	clear(m.marks)
	m.lexicon, m.forms, m.answers = l, m.forms[:0], m.answers[:0]
	m.counts, m.exact = make([]int32, len(concepts)), make([]int32, len(concepts))
	m.seen, m.best = make([]bool, len(concepts)), make([]float64, len(concepts))
	l.mu.Lock()
	defer l.mu.Unlock()
	add := func(i int, list []answer, weight float64) {
		for _, a := range list {
			n := l.term(a.term)
			m.byTerm = grown(m.byTerm, len(l.terms))
			if m.byTerm[n] == 0 {
				m.answers = append(m.answers, answered{term: n})
				m.byTerm[n] = int32(len(m.answers))
			}
			if best := &m.answers[m.byTerm[n]-1]; a.weight*weight > best.weight {
				best.concept, best.weight = i, a.weight*weight
			}
		}
	}
	for i := range concepts {
		c := &concepts[i]
		m.forms = append(m.forms, c.normal)
		add(i, c.answers, 1)
		for _, t := range c.together {
			for _, member := range t.members {
				add(i, member, t.weight)
			}
		}
	}
}

// grown gives a list that has at least so many items.
func grown[T any](list []T, n int) []T {
	if n > len(list) {
		list = append(list, make([]T, n-len(list))...)
	}
	return list
}

// answer says what a term answers, nil when that is nothing.
func (m *marker) answer(term int32) *answered {
	if int(term) >= len(m.byTerm) || m.byTerm[term] == 0 {
		return nil
	}
	return &m.answers[m.byTerm[term]-1]
}

// mark gives the mark of a word.
func (m *marker) mark(number int32) mark {
	if m.marks[number] == 0 {
		m.marks[number] = m.find(&m.words[number])
	}
	return m.marks[number]
}

func (m *marker) find(w *word) mark {
	for _, term := range w.terms {
		if a := m.answer(term); a != nil {
			if w.form == m.forms[a.concept] {
				return -mark(a.concept + 1)
			}
			return mark(a.concept + 1)
		}
	}
	return unmarked
}

// look reads a page for the words of the query. What it gives holds until it looks
// again.
func (m *marker) look(r *record, p *reading) *sight {
	s := &m.sight
	s.best, s.links = m.passage(p, descriptionText), s.links[:0]
	s.near = m.union(p.text(titleText), &s.best)
	empty := r.Description == ""
	for i := range p.sections() {
		section := &r.sections[i]
		l := link{section: i, passage: m.passage(p, sectionTexts+2*i+1)}
		l.words = m.union(p.text(sectionTexts+2*i), &l.passage)
		if empty || l.passage.better(&s.best) {
			s.best, empty = l.passage, section.size == 0
		}
		if s.near = max(s.near, l.words); section.ID != "" && l.words > 0 {
			s.links = append(s.links, l)
		}
	}
	return s
}

// passage gives the stretch of a text that holds most of the query, or its
// beginning when it holds nothing.
func (m *marker) passage(p *reading, text int) passage {
	best := passage{text: text, places: p.text(text)}
	m.found = m.found[:0]
	for i := range best.places {
		if found := m.mark(best.places[i].word); found != unmarked {
			m.found = append(m.found, finding{i, found})
		}
	}
	// A window slides over the words found; in it, each word of the query is counted.
	now := passage{}
	end := 0
	from, to := 0, 0 // the first and last place of the best window
	for _, f := range m.found {
		for ; end < len(m.found) && m.found[end].at < f.at+excerptWords; end++ {
			m.count(&now, m.found[end].mark, 1)
		}
		if now.better(&best) || !best.better(&now) && now.total > best.total {
			best.words, best.exact, best.total = now.words, now.exact, now.total
			from, to = f.at, m.found[end-1].at
		}
		m.count(&now, f.mark, -1)
	}
	lead := min(excerptLead, (excerptWords-(to-from+1))/2)
	best.first = max(0, from-lead)
	best.last = min(len(best.places), best.first+excerptWords)
	best.first = max(0, min(best.first, best.last-excerptWords)) // near the end of the text
	return best
}

// count counts a word that comes into a window, or leaves it when by is -1.
func (m *marker) count(window *passage, found mark, by int32) {
	c := found.concept()
	window.total += int(by)
	window.words += distinct(&m.counts[c], by)
	if found < 0 {
		window.exact += distinct(&m.exact[c], by)
	}
}

// distinct changes how often a word is there, and gives by how many distinct words
// there are more.
func distinct(count *int32, by int32) int {
	before := *count
	*count += by
	switch {
	case before == 0:
		return 1
	case *count == 0:
		return -1
	}
	return 0
}

// union counts the distinct words of the query in a title and a passage together.
func (m *marker) union(title []place, p *passage) (n int) {
	if len(m.seen) == 0 {
		return 0
	}
	clear(m.seen)
	for _, places := range [][]place{title, p.places[p.first:p.last]} {
		for i := range places {
			if found := m.mark(places[i].word); found != unmarked && !m.seen[found.concept()] {
				m.seen[found.concept()] = true
				n++
			}
		}
	}
	return n
}

// fit says how near a title is to the query: 1 when it holds the same words in the
// same forms, 0 when it has none of them, and less the more words either has for
// itself. Stop words do not count.
func (m *marker) fit(title []place) float64 {
	clear(m.best)
	words, asked := 0, 0.0
	for _, p := range title {
		terms := m.words[p.word].terms
		if len(terms) == 0 {
			continue
		}
		words++
		best := 0.0
		for _, term := range terms {
			if a := m.answer(term); a != nil {
				best = max(best, a.weight)
				m.best[a.concept] = max(m.best[a.concept], a.weight)
			}
		}
		asked += best
	}
	if words == 0 {
		return 0
	}
	known := 0.0
	for _, weight := range m.best {
		known += weight
	}
	return asked / float64(words) * known / float64(len(m.best))
}
