package search

import (
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	excerptWords    = 30      // words of an excerpt
	excerptLead     = 8       // words before the first that was found, at most
	excerptGap      = 60      // bytes of a word, and between two words, that are shown; drawings and codes have more
	excerptSections = 3       // deep links of a hit
	excerptText     = 100_000 // bytes of a page that are looked through for excerpts
)

// sight is what the text of a page shows of a query.
type sight struct {
	best  passage
	links []link // sections with words of the query, in the order of the page
	near  int    // distinct words of the query that stand together somewhere
}

// look reads the text of a page.
func (x *snapshot) look(m match, marker *marker) (*sight, error) {
	text, err := m.textOf(x.texts)
	if err != nil {
		return nil, err
	}
	best := marker.passage(m.Description)
	s := &sight{near: marker.union(m.Title, best)}
	for i, left := 0, excerptText; i < len(m.sections) && left > 0; i++ {
		section := &m.sections[i]
		part := text[:section.size]
		text = text[section.size:]
		part = cut(part, left)
		left -= len(part)
		l := link{section: section, passage: marker.passage(part)}
		l.words = marker.union(section.Title, l.passage)
		if l.passage.better(best) || best.text == "" {
			best = l.passage
		}
		if s.near = max(s.near, l.words); section.ID != "" && l.words > 0 {
			s.links = append(s.links, l)
		}
	}
	s.best = best
	return s, nil
}

// show makes a hit of a match.
func (s *sight) show(m match) Hit {
	hit := Hit{
		URL: m.URL, Title: m.Title, Kind: m.Kind, Date: m.Date, Score: round(m.score), Excerpt: s.best.html(),
		Sections: []HitSection{}, Fields: map[string]string{},
	}
	for i := 0; i+1 < len(m.fields); i += 2 {
		hit.Fields[m.fields[i]] = m.fields[i+1]
	}

	// The sections with most of the words, in the order of the page.
	ranked := slices.Clone(s.links)
	slices.SortStableFunc(ranked, func(a, b link) int { return b.words - a.words })
	ranked = ranked[:min(excerptSections, len(ranked))]
	for _, l := range s.links {
		if !slices.ContainsFunc(ranked, func(r link) bool { return r.section == l.section }) {
			continue
		}
		excerpt := l.passage.html()
		if excerpt == hit.Excerpt {
			excerpt = "" // it stands above already
		}
		address := m.URL + "#" + l.section.ID
		if attached(l.section.ID) {
			address = l.section.ID
		}
		hit.Sections = append(hit.Sections, HitSection{URL: address, Title: l.section.Title, Excerpt: excerpt})
	}
	return hit
}

// link is a section that could be linked to.
type link struct {
	section *section
	passage passage
	words   int // distinct words of the query in its title and passage
}

// marker finds the words of a query in texts.
type marker struct {
	analyser *analyser
	concepts []concept
	byTerm   map[string]int     // which concept a term answers best
	weights  map[string]float64 // how well it does
}

func newMarker(a *analyser, concepts []concept) *marker {
	m := &marker{a, concepts, map[string]int{}, map[string]float64{}}
	add := func(i int, list []answer, weight float64) {
		for _, a := range list {
			if a.weight*weight > m.weights[a.term] {
				m.weights[a.term], m.byTerm[a.term] = a.weight*weight, i
			}
		}
	}
	for i, c := range concepts {
		add(i, c.answers, 1)
		for _, t := range c.together {
			for _, member := range t.members {
				add(i, member, t.weight)
			}
		}
	}
	return m
}

// place is a word of a text, from byte to byte.
type place struct {
	start, end int
	word       int // of the query, -1 for any other
	exact      bool
}

// passage is a stretch of a text: the words from first up to last.
type passage struct {
	text        string
	places      []place
	first, last int
	words       int // distinct words of the query in it
	exact       int // how many of them as they were written
	total       int // occurrences
}

func (p passage) better(q passage) bool {
	if p.words != q.words {
		return p.words > q.words
	}
	return p.exact > q.exact
}

func (m *marker) places(text string) []place {
	places := make([]place, 0, len(text)/6)
	m.analyser.each(text, func(start, end int, terms []*term) {
		p := place{start: start, end: end, word: -1}
		for _, t := range terms {
			if w, ok := m.byTerm[t.text]; ok {
				p.word = w
				break
			}
		}
		places = append(places, p)
	})
	for i, p := range places {
		if p.word >= 0 {
			places[i].exact = normal(text[p.start:p.end]) == m.concepts[p.word].normal
		}
	}
	return places
}

// passage gives the stretch of a text that holds most of the query, or its
// beginning when it holds nothing.
func (m *marker) passage(text string) passage {
	best := passage{text: text, places: m.places(text)}
	var marks []int // the places that count
	for i, p := range best.places {
		if p.word >= 0 {
			marks = append(marks, i)
		}
	}
	// A window slides over the marks; in it, each word is counted.
	counts, exact := make([]int, len(m.concepts)), make([]int, len(m.concepts))
	now := passage{}
	end := 0
	from, to := 0, 0 // the first and last place of the best window
	for start, mark := range marks {
		for ; end < len(marks) && marks[end] < mark+excerptWords; end++ {
			p := best.places[marks[end]]
			now.total++
			if counts[p.word]++; counts[p.word] == 1 {
				now.words++
			}
			if p.exact {
				if exact[p.word]++; exact[p.word] == 1 {
					now.exact++
				}
			}
		}
		if now.better(best) || !best.better(now) && now.total > best.total {
			best.words, best.exact, best.total = now.words, now.exact, now.total
			from, to = marks[start], marks[end-1]
		}
		p := best.places[mark]
		now.total--
		if counts[p.word]--; counts[p.word] == 0 {
			now.words--
		}
		if p.exact {
			if exact[p.word]--; exact[p.word] == 0 {
				now.exact--
			}
		}
	}
	lead := min(excerptLead, (excerptWords-(to-from+1))/2)
	best.first = max(0, from-lead)
	best.last = min(len(best.places), best.first+excerptWords)
	best.first = max(0, min(best.first, best.last-excerptWords)) // near the end of the text
	return best
}

// union counts the distinct words of the query in a title and a passage together.
func (m *marker) union(title string, p passage) int {
	seen := make([]bool, len(m.concepts))
	for _, places := range [][]place{m.places(title), p.places[p.first:p.last]} {
		for _, place := range places {
			if place.word >= 0 {
				seen[place.word] = true
			}
		}
	}
	n := 0
	for _, s := range seen {
		if s {
			n++
		}
	}
	return n
}

// fit says how near a title is to the query: 1 when it holds the same words in the
// same forms, 0 when it has none of them, and less the more words either has for
// itself. Stop words do not count.
func (m *marker) fit(title string) float64 {
	answered := make([]float64, len(m.concepts))
	words, asked := 0, 0.0
	m.analyser.each(title, func(_, _ int, terms []*term) {
		if len(terms) == 0 {
			return
		}
		words++
		best := 0.0
		for _, t := range terms {
			if weight := m.weights[t.text]; weight > 0 {
				best = max(best, weight)
				i := m.byTerm[t.text]
				answered[i] = max(answered[i], weight)
			}
		}
		asked += best
	})
	if words == 0 {
		return 0
	}
	known := 0.0
	for _, weight := range answered {
		known += weight
	}
	return asked / float64(words) * known / float64(len(m.concepts))
}

// html writes a passage with <mark> around the words of the query, as one line.
func (p passage) html() string {
	if p.first == p.last {
		return ""
	}
	var b strings.Builder
	at := p.places[p.first].start
	if p.first == 0 && at <= excerptGap {
		at = 0
	} else {
		b.WriteString("… ")
	}
	for i := p.first; i < p.last; i++ {
		place := p.places[i]
		if gap := p.text[at:place.start]; len(gap) <= excerptGap {
			b.WriteString(html.EscapeString(oneLine(gap)))
		} else {
			b.WriteString(" … ")
		}
		word := p.text[place.start:place.end]
		if len(word) > excerptGap {
			word = cut(word, excerptGap) + "…"
		}
		word = html.EscapeString(word)
		if place.word >= 0 {
			word = "<mark>" + word + "</mark>"
		}
		b.WriteString(word)
		at = place.end
	}
	if rest := p.text[at:]; p.last == len(p.places) && len(rest) <= excerptGap {
		b.WriteString(html.EscapeString(oneLine(rest)))
	} else {
		b.WriteString(" …")
	}
	return strings.TrimSpace(b.String())
}

// oneLine turns each run of white space and control characters into one space.
func oneLine(s string) string {
	var b strings.Builder
	space := false
	for _, r := range strings.ToValidUTF8(s, "") {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// cut gives at most n bytes of s, whole characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
