package search

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Suggestion is a place that a reader may be on the way to who is still typing,
// shaped as /api/suggest gives it: a page by its title or another name, a topic, or
// a heading.
//
// Every word that was typed begins a word of the text, in any order. When that gives
// nothing, stop words need not; the last word always must, as it may become another.
// Words of three letters and more may also begin a part of a compound. When all this
// gives little, words of four letters and more that no page has may have one typing
// error. Texts that begin as was typed come first, then those with the words somewhere,
// then those with a typing error; within these the shorter first, then by URL. No place
// is given twice.
type Suggestion struct {
	Text string `json:"text"`
	URL  string `json:"url"`
	Kind string `json:"kind"` // of a page or topic, in words, or ""; the page's title when the text is its other name or a heading
}

const (
	// mostSuggestions bounds what one may ask for, so that inserting in a list is
	// cheap.
	mostSuggestions = 50

	// mostShared is how many pages may have the same heading. A heading that more
	// have comes from their template, and says nothing without its page.
	mostShared = 3

	// enough suggestions make it likely that what was typed is what was meant.
	enough = 3

	// shortestInside is how many letters begin a part of a compound. Fewer begin a part
	// of too many.
	shortestInside = 3

	// shortestMistyped is how many letters a word has in which an error is looked
	// for: most shorter ones are one letter away from another.
	shortestMistyped = 4

	// shortestBegun is how many letters a word has that may be the beginning of another
	// in spite of an error, and of which the first letter may be wrong. A shorter one
	// has too many such.
	shortestBegun = 5
)

// suggester knows what can be suggested. It does not change once it is made. Texts
// are those of the records, so it holds little itself.
type suggester struct {
	vocabulary *vocabulary
	targets    []target   // by URL
	proposals  []proposal // sorted by their words
	whole      wordList
	inner      wordList // of compounds: from each part on but the first
}

// wordList says which proposals hold which words.
type wordList struct {
	words   []string // sorted
	begins  []int32  // where in holders those of each word begin, and the end
	holders []int32  // proposals
}

// target is a page with what leads to it.
type target struct {
	url, title, kind string
	names            []string
	sections         []section
}

// proposal is a text that leads somewhere.
type proposal struct {
	text    string
	target  int32
	section int32 // -1 for the page itself
	length  int32 // characters
}

// rank is how good a proposal is; the lowest first.
type rank int

const (
	asBegun    rank = iota // it begins as was typed
	asHeld                 // it holds the words
	asMistyped             // it holds words that are one error away
)

// newSuggester makes a suggester of records and the topics of the settings.
func newSuggester(v *vocabulary, settings Settings, records []*record) *suggester {
	s := &suggester{vocabulary: v}
	kinds := map[string]string{} // of topics, by URL
	for _, t := range settings.Topics {
		kinds[t.URL] = t.Kind
	}
	short := map[string][]string{} // abbreviations, by what they stand for
	for _, synonym := range settings.Synonyms {
		if synonym.Abbreviation {
			for _, title := range synonym.Find {
				short[title] = append(short[title], synonym.Search...)
			}
		}
	}
	seen := map[string]bool{}
	for _, r := range records {
		seen[r.URL] = true
		kind := cmp.Or(r.field("kind"), kinds[r.URL])
		s.targets = append(s.targets, target{r.URL, r.Title, kind, slices.Concat(r.names, short[r.Title]), r.sections})
	}
	for _, t := range settings.Topics {
		if !seen[t.URL] {
			seen[t.URL] = true
			s.targets = append(s.targets, target{url: t.URL, title: t.Title, kind: t.Kind})
		}
	}
	slices.SortFunc(s.targets, func(a, b target) int { return strings.Compare(a.url, b.url) })
	s.note(s.propose())
	return s
}

// propose lists the proposals in their order, and gives the words of each with
// spaces between them.
func (s *suggester) propose() (keys []string) {
	type keyed struct {
		key string
		proposal
	}
	var all []keyed
	shared := map[string]int{} // on how many pages a heading is
	for i := range s.targets {
		t := &s.targets[i]
		var own []string // keys of this page
		add := func(text string, section int) {
			key := strings.Join(typedForms(text), " ")
			if key == "" || slices.Contains(own, key) {
				return
			}
			own = append(own, key)
			if section >= 0 {
				shared[key]++
			}
			all = append(all, keyed{key, proposal{text, int32(i), int32(section), int32(utf8.RuneCountInString(text))}})
		}
		add(t.title, -1)
		for _, name := range t.names {
			add(name, -1)
		}
		for j := range t.sections {
			if section := &t.sections[j]; section.ID != "" && !attached(section.ID) {
				add(section.Title, j)
			}
		}
	}
	all = slices.DeleteFunc(all, func(k keyed) bool { return k.section >= 0 && shared[k.key] > mostShared })
	slices.SortStableFunc(all, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	s.proposals = make([]proposal, len(all))
	keys = make([]string, len(all))
	for i, k := range all {
		keys[i], s.proposals[i] = k.key, k.proposal
	}
	return keys
}

// note lists which proposals hold which words.
func (s *suggester) note(keys []string) {
	whole, inner := map[string][]int32{}, map[string][]int32{}
	add := func(holders map[string][]int32, form string, i int32) {
		list, known := holders[form]
		if !known {
			form = strings.Clone(form) // or the word would hold the whole key in memory
		}
		if !known || list[len(list)-1] != i {
			holders[form] = append(list, i)
		}
	}
	for i, key := range keys {
		for form := range strings.SplitSeq(key, " ") {
			add(whole, form, int32(i))
			s.vocabulary.eachTail(form, func(tail string) { add(inner, tail, int32(i)) })
		}
		if text := s.proposals[i].text; strings.Contains(text, "-") {
			eachWord(text, func(start, end int) {
				if joined := normal(strings.ReplaceAll(text[start:end], "-", "")); joined != "" {
					add(whole, joined, int32(i)) // e-mail is email too
				}
			})
		}
	}
	s.whole, s.inner = newWordList(whole), newWordList(inner)
}

func newWordList(holders map[string][]int32) wordList {
	l := wordList{words: slices.Sorted(maps.Keys(holders))}
	for _, form := range l.words {
		l.begins = append(l.begins, int32(len(l.holders)))
		l.holders = append(l.holders, holders[form]...)
	}
	l.begins = append(l.begins, int32(len(l.holders)))
	return l
}

// eachTail visits a compound from each of its parts on, but for the first.
func (v *vocabulary) eachTail(form string, visit func(tail string)) {
	at := 1
	for i, part := range v.splits[form] {
		if begins := strings.Index(form[at:], part); i > 0 && begins >= 0 {
			at += begins
			visit(form[at:])
		} else if i > 0 {
			visit(part) // which stands there in another form
		}
		if len(part) < len(form) {
			v.eachTail(part, visit)
		}
	}
}

// typedForms gives the forms of the words of a text and of the parts of words with
// hyphens, in their order.
func typedForms(text string) []string {
	var forms []string
	eachWord(text, func(start, end int) {
		for part := range strings.SplitSeq(text[start:end], "-") {
			if form := normal(part); form != "" {
				forms = append(forms, form)
			}
		}
	})
	return forms
}

// field gives a value that the API gives along with a hit, "" when there is none.
func (r *record) field(name string) string {
	for i := 0; i+1 < len(r.fields); i += 2 {
		if r.fields[i] == name {
			return r.fields[i+1]
		}
	}
	return ""
}

// suggest gives suggestions for a text.
func (x *snapshot) suggest(ctx context.Context, text string, most int) ([]Suggestion, error) {
	if err := x.settings.Limits.checkLength(text); err != nil {
		return nil, err
	}
	forms := typedForms(readable(text))
	all, telling := x.vocabulary.asked(forms)
	if err := x.settings.Limits.checkWords(len(telling)); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	list := []Suggestion{}
	if len(all) == 0 {
		return list, nil
	}
	s := x.suggester()
	most = max(0, min(most, mostSuggestions))
	for _, p := range s.best(strings.Join(forms, " "), all, telling, most) {
		t := &s.targets[p.target]
		suggestion := Suggestion{p.text, t.url, t.kind}
		if p.section >= 0 {
			suggestion.URL += "#" + t.sections[p.section].ID
		}
		if p.text != t.title {
			suggestion.Kind = t.title
		}
		list = append(list, suggestion)
	}
	return list, nil
}

// asked gives the forms that were typed, each once, and those that are no stop words
// or come last.
func (t *tongue) asked(forms []string) (all, telling []string) {
	for i, form := range forms {
		last := i == len(forms)-1
		if !last && slices.Contains(forms[i+1:], form) {
			continue
		}
		all = append(all, form)
		if last || !t.stop(form) {
			telling = append(telling, form)
		}
	}
	return all, telling
}

// best gives the best proposals for a text, given as its words with spaces between
// them, and as asked gives these.
func (s *suggester) best(typed string, all, telling []string, most int) []proposal {
	begun, end := s.begun(typed)
	asked := all
	if _, some := s.holding(all, s.whole.beginning); !some {
		asked = telling
	}
	held, _ := s.holding(asked, s.inside)
	list := s.pick(nil, most, func(i int) (rank, bool) {
		if begun <= i && i < end {
			return asBegun, true
		}
		return asHeld, held(i)
	})
	if len(list) < min(enough, most) {
		near, _ := s.holding(asked, s.near)
		list = s.pick(list, most, func(i int) (rank, bool) { return asMistyped, near(i) })
	}
	return list
}

// begun gives the stretch of proposals that begin as was typed.
func (s *suggester) begun(typed string) (from, to int) {
	key := func(i int) string { return strings.Join(typedForms(s.proposals[i].text), " ") }
	from = sort.Search(len(s.proposals), func(i int) bool { return key(i) >= typed })
	to = from + sort.Search(len(s.proposals)-from, func(i int) bool { return !strings.HasPrefix(key(from+i), typed) })
	return from, to
}

// holding tells which proposals hold all the words that are asked, and whether there
// are some. Answers gives the proposals that hold what answers a word.
func (s *suggester) holding(asked []string, answers func(form string, visit func(holders []int32))) (holds func(i int) bool, some bool) {
	met := make([]int32, len(s.proposals)) // how many words on end
	for n, form := range asked {
		some = false
		answers(form, func(holders []int32) {
			for _, i := range holders {
				if met[i] == int32(n) {
					met[i], some = int32(n+1), true
				}
			}
		})
		if !some {
			return func(int) bool { return false }, false
		}
	}
	return func(i int) bool { return met[i] == int32(len(asked)) }, some
}

// beginning visits what holds the words that begin with a form.
func (l *wordList) beginning(form string, visit func(holders []int32)) {
	from, _ := slices.BinarySearch(l.words, form)
	to := from + sort.Search(len(l.words)-from, func(i int) bool { return !strings.HasPrefix(l.words[from+i], form) })
	visit(l.holders[l.begins[from]:l.begins[to]])
}

// inside visits what holds the words that begin with a form, or compounds of which a
// part does.
func (s *suggester) inside(form string, visit func(holders []int32)) {
	s.whole.beginning(form, visit)
	if utf8.RuneCountInString(form) >= shortestInside {
		s.inner.beginning(form, visit)
	}
}

// near visits what inside does, and for a word that nothing has also what holds words
// that begin with what is one error away from it. When there are none, it visits those
// that the form is corrected to.
func (s *suggester) near(form string, visit func(holders []int32)) {
	s.inside(form, visit)
	letters := utf8.RuneCountInString(form)
	if letters < shortestMistyped || s.vocabulary.counts[form] > 0 {
		return
	}
	likely := func(word string) bool {
		return letters >= shortestBegun || word[0] == form[0] && len(word) <= len(form)+1
	}
	l := &s.whole
	found := false
	for i, word := range l.words {
		if likely(word) && beginsNear(word, form) {
			found = true
			visit(l.holders[l.begins[i]:l.begins[i+1]])
		}
	}
	if found {
		return
	}
	for _, better := range s.vocabulary.lookup().corrector.Correct(form, mostCorrections) {
		if i, ok := slices.BinarySearch(l.words, better.Text); ok && likely(better.Text) {
			visit(l.holders[l.begins[i]:l.begins[i+1]])
		}
	}
}

// beginsNear reports whether a word begins with what is one error away from a form:
// another letter, one too many, one too few, or two in each other's place. An error
// in the last letter is one only at the end of a word: else it is another beginning.
// Bytes are compared, as almost all folded letters are one.
func beginsNear(word, form string) bool {
	same := 0
	for same < len(word) && same < len(form) && word[same] == form[same] {
		same++
	}
	word, form = word[same:], form[same:]
	switch {
	case len(form) == 0:
		return false // no error at all
	case len(form) == 1 && len(word) <= 1:
		return true
	case len(word) == 0:
		return false
	case strings.HasPrefix(word[1:], form): // one too few
		return true
	case len(form) == 1:
		return false
	}
	return strings.HasPrefix(word[1:], form[1:]) || strings.HasPrefix(word, form[1:]) ||
		len(word) > 1 && word[0] == form[1] && word[1] == form[0] && strings.HasPrefix(word[2:], form[2:])
}

// pick adds to a list the best of the proposals that have a rank, up to a number.
// What the list holds is better, and not given again.
func (s *suggester) pick(list []proposal, most int, rankOf func(i int) (rank, bool)) []proposal {
	type candidate struct {
		rank rank
		*proposal
	}
	compare := func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.length, b.length),
			cmp.Compare(a.target, b.target), cmp.Compare(a.section, b.section), strings.Compare(a.text, b.text))
	}
	var best []candidate
	add := func(c candidate) {
		if len(best) == most-len(list) {
			if len(best) == 0 || compare(c, best[len(best)-1]) >= 0 {
				return // as most of what one letter begins
			}
			best = best[:len(best)-1]
		}
		at, _ := slices.BinarySearchFunc(best, c, compare)
		best = slices.Insert(best, at, c)
	}
	own := make([]candidate, len(s.targets)) // the best title or name of each page
	for i := range s.proposals {
		r, ok := rankOf(i)
		p := &s.proposals[i]
		if !ok || slices.ContainsFunc(list, func(q proposal) bool { return q.target == p.target && q.section == p.section }) {
			continue
		}
		c := candidate{r, p}
		if p.section >= 0 {
			add(c)
		} else if o := &own[p.target]; o.proposal == nil || compare(c, *o) < 0 {
			*o = c
		}
	}
	for _, c := range own {
		if c.proposal != nil {
			add(c)
		}
	}
	for _, c := range best {
		list = append(list, *c.proposal)
	}
	return list
}
