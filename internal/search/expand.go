package search

import (
	"slices"
	"strings"
	"sync"

	"kennishub/internal/search/dutch"
)

// How well a word of a page answers a word of a query. The form that was typed is
// best; the rest is ordered by how sure it is that the reader means it, in steps
// that leave each sort above the next.
const (
	asTyped       = 1.0  // the same form
	asInflected   = 0.85 // another form of the same word
	asJoined      = 0.85 // risicoanalyse for risico analyse
	asAbbreviated = 0.8  // the other side of an abbreviation
	asSplit       = 0.7  // the words of a compound apart: risico's van een analyse
	asSynonym     = 0.6  // another word for it, says the site
	asCorrected   = 0.6  // what a misspelt word seems to be
	asCompleted   = 0.5  // a word that begins with what was typed last
	asKin         = 0.3  // of one family: registratie for registreren
	asRelated     = 0.5  // another word for it, says the thesaurus of the language; at most
	asHead        = 0.2  // the last part of a compound, which says what it is: a barcodescanner is a scanner
	asPart        = 0.4  // as a part of a compound: onderzoek in onderzoekswerkplaats
)

// how is the sort of an answer, in the words of an explanation, where the words of
// the page follow: deel van "onderzoekswerkplaats".
type how string

const (
	sameWord     how = "zelfde woord"
	otherForm    how = "andere vorm"
	writtenAsOne how = "aaneengeschreven"
	abbreviation how = "afkorting"
	inParts      how = "in delen"
	synonym      how = "synoniem"
	kin          how = "zelfde familie"
	relatedTo    how = "verwant woord"
	typingError  how = "tikfout voor"
	beginning    how = "begin van"
	headOf       how = "laatste deel"
	partOf       how = "deel van"
)

// How many words a word that is not known may stand for.
const (
	mostCorrections  = 3
	mostCompletions  = 16
	shortestPrefix   = 3 // letters
	shortestHalf     = 4
	shortestHead     = 5 // what a compound ends in
	shortestModifier = 3 // and what it begins with
)

// leastPreference leaves out what the thesaurus says of a word that at least three
// times as many documents have as the other.
const leastPreference = 0.25

// concept is a word of a query with all that answers it.
type concept struct {
	text      string   // as the reader wrote it
	normal    string   // as it is compared with words of a text
	particles []string // that stand behind it, when it may be a verb
	answers   []answer
	together  []together
	changed   string // what the word was corrected to, "" when it was not
}

// answer is a term with how well it answers.
type answer struct {
	term   string
	weight float64
	how    how
}

// together is an answer of several words, of which a page must hold all.
type together struct {
	members [][]answer
	weight  float64
	how     how
}

// add notes an answer; of two weights the higher counts.
func (c *concept) add(term string, weight float64, h how) {
	i := slices.IndexFunc(c.answers, func(a answer) bool { return a.term == term })
	if i < 0 {
		c.answers = append(c.answers, answer{term, weight, h})
	} else if weight > c.answers[i].weight {
		c.answers[i].weight, c.answers[i].how = weight, h
	}
}

// addWord notes the forms of a word that stands for this one, and the compounds it
// is part of.
func (c *concept) addWord(v *vocabulary, form string, weight float64, h how) {
	for _, a := range v.answers(form) {
		c.add(a.term, a.weight*weight, h)
	}
}

// answers gives the terms that answer a form: itself, the other forms of its word,
// and compounds that it is part of.
func (v *vocabulary) answers(form string) []answer {
	var list []answer
	l, stem := v.lookup(), v.stemOf(form)
	for _, f := range l.families[stem] {
		a := answer{f, asInflected, otherForm}
		if f == form {
			a = answer{f, asTyped, sameWord}
		}
		list = append(list, a)
	}
	if l.parts[stem] {
		list = append(list, answer{partMark + stem, asPart, partOf})
	}
	for _, f := range v.kin(stem) {
		list = append(list, answer{f, asKin, kin})
	}
	return list
}

// phrase is a group of words of a query, or what it stands for.
type phrase []string // forms, without stop words

func (t *tongue) phrase(text string) phrase {
	var p phrase
	eachWord(text, func(start, end int) {
		for part := range strings.SplitSeq(text[start:end], "-") {
			if form := normal(part); form != "" && !t.stop(form) {
				p = append(p, form)
			}
		}
	})
	return p
}

// key is what phrases that differ in forms only have in common.
func (t *tongue) key(p phrase) string {
	stems := make([]string, len(p))
	for i, form := range p {
		stems[i] = t.stem(form)
	}
	return strings.Join(stems, " ")
}

// meaning is a phrase that another stands for.
type meaning struct {
	phrase phrase
	weight float64
	how    how
}

// meanings says what phrases stand for. It is made quickly, as a program that answers
// one query needs next to nothing of it.
type meanings struct {
	groups  []group
	byKey   map[string][]int32 // the groups that say it of a phrase, by its key
	longest int                // words of the longest phrase
}

// group is a list of texts that a phrase may stand for.
type group struct {
	texts  []string
	weight float64
	how    how
}

// newMeanings gathers what synonyms and abbreviations of a site say.
func newMeanings(t *tongue, synonyms []Synonym, abbreviations []dutch.Abbreviation) *meanings {
	m := &meanings{byKey: map[string][]int32{}}
	for _, s := range synonyms {
		if s.Abbreviation {
			m.add(t, s.Search, s.Find, asAbbreviated, abbreviation)
		} else {
			m.add(t, s.Search, s.Find, asSynonym, synonym)
		}
	}
	for _, a := range abbreviations {
		both := []string{a.Short, a.Long}
		m.add(t, both, both, asAbbreviated, abbreviation)
	}
	return m
}

// add notes that each phrase of from may stand for each of to.
func (m *meanings) add(t *tongue, from, to []string, weight float64, h how) {
	n := int32(len(m.groups))
	m.groups = append(m.groups, group{to, weight, h})
	for _, text := range from {
		p := t.phrase(text)
		if key := t.key(p); key != "" {
			m.byKey[key] = append(m.byKey[key], n)
			m.longest = max(m.longest, len(p))
		}
	}
}

// of gives what the phrase with a key stands for. What was noted first counts.
func (m *meanings) of(t *tongue, key string) (list []meaning) {
	for _, n := range m.byKey[key] {
		g := &m.groups[n]
		for _, text := range g.texts {
			p := t.phrase(text)
			if other := t.key(p); other == "" || other == key ||
				slices.ContainsFunc(list, func(known meaning) bool { return slices.Equal(known.phrase, p) }) {
				continue
			}
			list = append(list, meaning{p, g.weight, g.how})
		}
	}
	return list
}

// related says what the thesaurus of Dutch knows of phrases.
var related = sync.OnceValue(func() *meanings {
	t := &tongue{stem: dutch.Stem, stop: dutch.IsStop}
	m := &meanings{byKey: map[string][]int32{}}
	for from, to := range dutch.Thesaurus() {
		m.add(t, from, to, asRelated, relatedTo)
	}
	return m
})

// words gives the words of a query, each once. Stop says that it has only words
// that say nothing.
func (x *snapshot) words(text string) (list []concept, stop bool) {
	v := x.vocabulary
	seen := map[string]bool{}
	eachWord(text, func(start, end int) {
		word := text[start:end]
		whole := ""
		if parts := strings.Split(word, "-"); len(parts) > 1 {
			whole = normal(strings.Join(parts, ""))
		}
		for part := range strings.SplitSeq(word, "-") {
			form := normal(part)
			if form == "" || seen[form] {
				continue
			}
			seen[form] = true
			if v.splitter != nil && particles[form] {
				for i := range list {
					list[i].particles = append(list[i].particles, form)
				}
			}
			if v.stop(form) {
				continue
			}
			c := concept{text: part, normal: form}
			if v.counts[whole] > 0 {
				c.add(whole, asTyped, sameWord)
			}
			list = append(list, c)
		}
	})
	return list, len(list) == 0 && len(seen) > 0
}

// expand finds what answers the words of a query. Typing says that the last word
// may not be whole.
func (x *snapshot) expand(list []concept, typing bool) []concept {
	v := x.vocabulary
	for i := range list {
		shortest := shortestPrefix
		if i > 0 { // by itself, im is no beginning but an abbreviation
			shortest--
		}
		x.answerWord(&list[i], typing && i == len(list)-1, shortest)
	}
	v.reunite(list)
	v.join(list)
	x.mean(list)
	return list
}

// answerWord finds what answers a single word. Shortest is of how many letters the
// beginning of a word is at least.
func (x *snapshot) answerWord(c *concept, typing bool, shortest int) {
	v := x.vocabulary
	for _, a := range v.answers(c.normal) {
		c.add(a.term, a.weight, a.how)
	}
	known := v.knows(c.normal)
	if !known {
		for _, form := range v.family(v.head(c.normal)) {
			c.add(form, asHead, headOf)
		}
	}
	parts := v.split(c.normal)
	if !known && parts == nil {
		parts = v.halves(c.normal)
	}
	if len(parts) > 1 {
		t := together{weight: asSplit, how: inParts}
		for _, part := range parts {
			t.members = append(t.members, v.answers(part))
		}
		c.together = append(c.together, t)
		known = true
	}
	if typing && v.complete(c, shortest) { // and so is no mistake yet
		known = true
	}
	if !known && !x.hasMeaning(c.normal) {
		for _, better := range v.lookup().corrector.Correct(c.normal, mostCorrections) {
			if c.changed == "" {
				c.changed = better.Text
			}
			c.addWord(v, better.Text, asCorrected, typingError)
		}
	}
	if !known && !typing {
		v.complete(c, shortest)
	}
}

// complete adds the words that begin with what was typed, and reports whether there
// are any.
func (v *vocabulary) complete(c *concept, shortest int) bool {
	if len(c.normal) < shortest {
		return false
	}
	words := v.lookup().corrector.Complete(c.normal, mostCompletions)
	for _, whole := range words {
		c.add(whole, asCompleted, beginning)
	}
	return len(words) > 0
}

// head gives the longest known word that an unknown one ends in, "" without one: of
// a compound it is the part that says what the whole is.
func (v *vocabulary) head(form string) string {
	if v.splitter == nil {
		return ""
	}
	for i := shortestModifier; i <= len(form)-shortestHead; i++ {
		if v.counts[form[i:]] > 0 {
			return form[i:]
		}
	}
	return ""
}

// halves takes an unknown word apart into two known ones, of which the rarer is in
// most documents: who leaves out a space or a hyphen writes no Dutch compound.
func (v *vocabulary) halves(form string) (best []string) {
	if v.splitter == nil {
		return nil
	}
	most := 0
	for i := shortestHalf; i <= len(form)-shortestHalf; i++ {
		a, b := v.count(form[:i]), v.count(form[i:])
		if n := min(a, b); n > most {
			best, most = []string{form[:i], form[i:]}, n
		}
	}
	return best
}

// count is in how many documents a word is at most, in any of its forms.
func (v *vocabulary) count(form string) (n int) {
	for _, f := range v.family(form) {
		n += v.counts[f]
	}
	return n
}

// preference is how much documents prefer a phrase over a word, from 0 to 1: by how
// many have the one and how many the other. A thesaurus serves readers who do not
// know the words of a site; for a word that the site uses, others only distract.
func (v *vocabulary) preference(p phrase, word string) float64 {
	other := v.count(p[0])
	for _, form := range p[1:] {
		other = min(other, v.count(form))
	}
	if other == 0 { // only as a part of compounds
		other = 1
	}
	return float64(other) / float64(other+v.count(word))
}

// particles of separable verbs: in a question they stand behind their verb.
var particles = map[string]bool{}

func init() {
	for _, p := range strings.Fields("aan achter af bij binnen door in mee na neer om onder op over samen terug toe uit vast voor weg") {
		particles[p] = true
	}
}

// reunite lets a verb and the particle behind it answer as one: "hoe draai ik een
// boeking terug" finds terugdraaien.
func (v *vocabulary) reunite(list []concept) {
	for i := range list {
		for _, p := range list[i].particles {
			for _, form := range v.family(p + list[i].normal) {
				list[i].add(form, asInflected, writtenAsOne)
			}
		}
	}
}

// join lets neighbours that are one word in some pages answer as that word:
// "risico analyse" finds risicoanalyse.
func (v *vocabulary) join(list []concept) {
	for i := 0; i+1 < len(list); i++ {
		a, b := &list[i], &list[i+1]
		for _, link := range []string{"", "s", "en", "e", "n"} {
			whole := a.normal + link + b.normal
			for _, form := range v.family(whole) {
				a.add(form, asJoined, writtenAsOne)
				b.add(form, asJoined, writtenAsOne)
			}
		}
	}
}

// thesauri are what says of words what they mean: those of the site first.
func (x *snapshot) thesauri() []*meanings {
	list := []*meanings{x.meanings()}
	if x.vocabulary.related != nil {
		list = append(list, x.vocabulary.related())
	}
	return list
}

// hasMeaning reports whether a form is a word that a thesaurus has, and so no typing
// error.
func (x *snapshot) hasMeaning(form string) bool {
	key := x.vocabulary.key(phrase{form})
	return slices.ContainsFunc(x.thesauri(), func(m *meanings) bool { return m.of(x.vocabulary.tongue, key) != nil })
}

// mean adds what synonyms and abbreviations say: each word of a phrase is answered
// by what the phrase stands for.
func (x *snapshot) mean(list []concept) {
	v := x.vocabulary
	for _, m := range x.thesauri() {
		for from := range list {
			var p phrase
			for to := from; to < len(list) && to-from < m.longest; to++ {
				p = append(p, list[to].normal)
				for _, other := range m.of(v.tongue, v.key(p)) {
					for i := from; i <= to; i++ {
						list[i].mean(v, other, list[i].normal)
					}
				}
			}
			for _, particle := range list[from].particles {
				verb := particle + list[from].normal
				for _, other := range m.of(v.tongue, v.key(phrase{verb})) {
					list[from].mean(v, other, verb)
				}
			}
		}
	}
}

// mean lets what a phrase stands for answer a word of it, which is form.
func (c *concept) mean(v *vocabulary, m meaning, form string) {
	if m.how == relatedTo {
		preference := v.preference(m.phrase, form)
		if preference < leastPreference {
			return
		}
		m.weight *= preference
	}
	switch {
	case len(m.phrase) > 1:
		t := together{weight: m.weight, how: m.how}
		for _, form := range m.phrase {
			t.members = append(t.members, v.answers(form))
		}
		c.together = append(c.together, t)
	case m.how == relatedTo: // of what is near, its compounds and family are too far
		for _, form := range v.family(m.phrase[0]) {
			c.add(form, m.weight, m.how)
		}
	default:
		c.addWord(v, m.phrase[0], m.weight, m.how)
	}
}
