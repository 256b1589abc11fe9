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

// link is a section that could be linked to.
type link struct {
	section int
	passage passage
	words   int // distinct words of the query in its title and passage
}

// passage is a stretch of a text of a page: the words from first up to last.
type passage struct {
	text        int // its number in the reading of the page
	places      []place
	first, last int
	words       int // distinct words of the query in it
	exact       int // how many of them as they were written
	total       int // occurrences
}

func (p *passage) better(q *passage) bool {
	if p.words != q.words {
		return p.words > q.words
	}
	return p.exact > q.exact
}

// read gives a page as its words, and readies the marker for those.
func (x *snapshot) read(r *record, m *marker) (*reading, error) {
	p, words := m.lexicon.known(r)
	if p == nil {
		parts, err := x.parts(r)
		if err != nil {
			return nil, err
		}
		p, words = m.lexicon.read(r, parts)
	}
	m.words, m.marks = words, grown(m.marks, len(words))
	return p, nil
}

// parts gives the texts of the sections of a page that are looked through.
func (x *snapshot) parts(r *record) ([]string, error) {
	text, err := r.textOf(x.texts)
	if err != nil {
		return nil, err
	}
	parts := make([]string, 0, len(r.sections))
	for i, left := 0, excerptText; i < len(r.sections) && left > 0; i++ {
		size := r.sections[i].size
		part := cut(text[:size], left)
		parts, text, left = append(parts, part), text[size:], left-len(part)
	}
	return parts, nil
}

// show makes a hit of a match.
func (x *snapshot) show(m match, marker *marker) (Hit, error) {
	page, err := x.read(m.record, marker)
	if err != nil {
		return Hit{}, err
	}
	parts, err := x.parts(m.record)
	if err != nil {
		return Hit{}, err
	}
	s := marker.look(m.record, page)
	excerpt := func(p *passage) string {
		if p.text == descriptionText {
			return marker.html(p, m.Description)
		}
		return marker.html(p, parts[(p.text-sectionTexts)/2])
	}
	hit := Hit{
		URL: m.URL, Title: m.Title, Kind: m.Kind, Date: m.Date, Score: round(m.score), Excerpt: excerpt(&s.best),
		Sections: []HitSection{}, Fields: make(map[string]string, len(m.fields)/2),
	}
	for i := 0; i+1 < len(m.fields); i += 2 {
		hit.Fields[m.fields[i]] = m.fields[i+1]
	}

	// The sections with most of the words, in the order of the page.
	ranked := slices.Clone(s.links)
	slices.SortStableFunc(ranked, func(a, b link) int { return b.words - a.words })
	ranked = ranked[:min(excerptSections, len(ranked))]
	slices.SortFunc(ranked, func(a, b link) int { return a.section - b.section })
	for i := range ranked {
		l := &ranked[i]
		section := &m.sections[l.section]
		e := excerpt(&l.passage)
		if e == hit.Excerpt {
			e = "" // it stands above already
		}
		address := m.URL + "#" + section.ID
		if attached(section.ID) {
			address = section.ID
		}
		hit.Sections = append(hit.Sections, HitSection{URL: address, Title: section.Title, Excerpt: e})
	}
	return hit, nil
}

// html writes a passage of a text with <mark> around the words of the query, as one
// line.
func (m *marker) html(p *passage, text string) string {
	if p.first == p.last {
		return ""
	}
	var b strings.Builder
	b.Grow(512)
	at := int(p.places[p.first].start)
	if p.first == 0 && at <= excerptGap {
		at = 0
	} else {
		b.WriteString("… ")
	}
	for _, place := range p.places[p.first:p.last] {
		start := int(place.start)
		if gap := text[at:start]; gap == " " { // most are
			b.WriteByte(' ')
		} else if len(gap) <= excerptGap {
			b.WriteString(html.EscapeString(oneLine(gap)))
		} else {
			b.WriteString(" … ")
		}
		at = start + int(m.words[place.word].length)
		word := text[start:at]
		if len(word) > excerptGap {
			word = cut(word, excerptGap) + "…"
		}
		if m.mark(place.word) == unmarked {
			b.WriteString(html.EscapeString(word))
		} else {
			b.WriteString("<mark>" + html.EscapeString(word) + "</mark>")
		}
	}
	if rest := text[at:]; p.last == len(p.places) && len(rest) <= excerptGap {
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
