package dutch

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Abbreviation is a short form and what a text says it stands for, both as they
// stand in the text.
type Abbreviation struct{ Short, Long string }

// Abbreviations finds where a text says what an abbreviation stands for, as often
// as it says so. Blocks of a text end with a line feed. It knows these forms:
//
//	beroepspraktijkvorming (bpv)
//	bpv (beroepspraktijkvorming)
//	beroepspraktijkvorming, afgekort tot bpv (also kortweg, and between brackets)
//	bpv staat voor beroepspraktijkvorming
//
// After Schwartz & Hearst, A simple algorithm for identifying abbreviation
// definitions in biomedical text (2003): every letter of the short form occurs in
// the long one, in order, within few words. They take a letter wherever it is.
// Here it has to begin a word, or what may be a part of a compound, and the
// cheapest way to choose letters decides: that finds initials inside Dutch
// compounds, and seldom takes a remark between brackets for initials.
func Abbreviations(text string) []Abbreviation {
	var found []Abbreviation
	add := func(s shortForm, long string) bool {
		if long != "" {
			found = append(found, Abbreviation{s.text, long})
		}
		return long != ""
	}
	for block := range strings.SplitSeq(text, "\n") {
		for before, inside := range around(block, "(") {
			end := strings.IndexAny(inside, "()")
			if end < 0 || inside[end] == '(' {
				continue
			}
			inside = inside[:end]
			first := untilSign(inside)
			if s, ok := parseShort(withoutLeads(first)); ok && add(s, s.atEnd(before)) {
				continue
			}
			if s, ok := parseShort(lastField(before)); ok && !add(s, s.all(inside)) && first != inside {
				add(s, s.all(first))
			}
		}
		for _, sign := range []string{"afgekort", "kortweg"} {
			for before, after := range around(block, sign) {
				if s, ok := parseShort(firstField(withoutLeads(after))); ok {
					add(s, s.atEnd(strings.TrimRight(before, " ,(–-")))
				}
			}
		}
		for before, after := range around(block, " staat voor ") {
			if s, ok := parseShort(lastField(before)); ok {
				add(s, s.atBeginning(after))
			}
		}
	}
	return found
}

// farthest is how many bytes on each side of a sign are looked at.
const farthest = 400

// around yields what stands before and after each sign in a block, without the
// words that are cut off at the far ends.
func around(block, sign string) iter.Seq2[string, string] {
	return func(yield func(before, after string) bool) {
		for at := 0; ; at += len(sign) {
			next := strings.Index(block[at:], sign)
			if next < 0 {
				return
			}
			at += next
			before, after := block[:at], block[at+len(sign):]
			if cut := len(before) - farthest; cut > 0 {
				_, before, _ = strings.Cut(before[cut:], " ")
			}
			if len(after) > farthest {
				after = after[:strings.LastIndexByte(after[:farthest], ' ')+1]
			}
			if !yield(before, after) {
				return
			}
		}
	}
}

// untilSign gives what stands before a further remark, as in (AVG, sinds 2018).
func untilSign(text string) string {
	if end := strings.IndexAny(text, ",;/"); end >= 0 {
		return text[:end]
	}
	return text
}

// withoutLeads gives a text without the words that only lead to a form.
func withoutLeads(text string) string {
	for {
		text = strings.TrimLeftFunc(text, func(r rune) bool { return r == ':' || unicode.IsSpace(r) })
		first := strings.TrimRight(firstField(text), ":")
		if !leads[strings.ToLower(first)] {
			return text
		}
		text = text[len(first):]
	}
}

func firstField(text string) string {
	if end := strings.IndexFunc(text, unicode.IsSpace); end >= 0 {
		return text[:end]
	}
	return text
}

func lastField(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	if space := strings.LastIndexFunc(text, unicode.IsSpace); space >= 0 {
		_, size := utf8.DecodeRuneInString(text[space:])
		text = text[space+size:]
	}
	return text
}

var (
	// functional words are left out of initials (functionaris voor de
	// gegevensbescherming, FG), or stand in them as small letters (RvT).
	functional = wordSet(`a als an and as bij by de den der des die door een en et for het in la le met na naar of om on
		onder op over per te ten ter the to tot tussen uit van via von voor with zonder`)

	leads = wordSet(`als de een engels het hierna in kort met oftewel ofwel ook the tot verder voluit wel`)

	// remarks are short words that stand between brackets, or before them, without
	// being a short form.
	remarks = wordSet(`aan af al ander beide bijv bv ca circa dan dat deel deze dit doe dus ed eerst enz etc evt excl fig
		gaan geen had hier hij hoe hun ik incl ja kan kort laat link max meer mijn min mits nee niet nog nieuw nr nu
		nvt oa oud pag resp soms stap staat tabel toen vaak vb waar wat weer wel wie wij zei zich zie zij zijn zo zoals`)
)

func wordSet(list string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		words[word] = true
	}
	return words
}

// shortForm is what may be an abbreviation.
type shortForm struct {
	text    string
	letters []rune // and digits, in lower case
	upper   bool   // most letters are capitals, as in few ordinary words
}

// How many letters a short form has, after Schwartz & Hearst. One that does not
// stand out by capitals has fewer, or each ordinary word could be one.
const (
	fewestLetters    = 2
	mostLetters      = 10
	mostSmallLetters = 5

	mostWordLetters = 60 // of a word of a long form
)

// parseShort gives the short form that a text without spaces is, without quotes
// and the ending of a plural (FG's, API's).
func parseShort(text string) (s shortForm, ok bool) {
	text = strings.TrimFunc(text, func(r rune) bool { return r != '.' && !inShort(r) })
	if strings.Count(text, ".") == 1 {
		text = strings.TrimSuffix(text, ".")
	}
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	if stem := strings.TrimSuffix(text, "s"); stem == strings.ToUpper(stem) {
		text = stem
	}
	if utf8.RuneCountInString(text) > 2*mostLetters {
		return shortForm{}, false // mostly signs
	}
	capitals, digits := 0, 0
	for i, r := range text {
		switch {
		case inShort(r) && len(s.letters) < mostLetters:
			s.letters = append(s.letters, unicode.ToLower(r))
		case i > 0 && strings.ContainsRune(".&/-", r):
		default:
			return shortForm{}, false
		}
		if unicode.IsUpper(r) {
			capitals++
		} else if unicode.IsDigit(r) {
			digits++
		}
	}
	s.text = text
	s.upper = capitals >= 2 && 2*capitals >= len(s.letters)-digits
	word := string(s.letters)
	ok = len(s.letters)-digits >= fewestLetters &&
		(s.upper || digits == 0 && len(s.letters) <= mostSmallLetters && !functional[word] && !remarks[word])
	return s, ok
}

func inShort(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// mostWords is how many words the short form can stand for, after Schwartz &
// Hearst.
func (s shortForm) mostWords() int { return min(len(s.letters)+5, 2*len(s.letters)) }

// atEnd gives the end of a text that the short form stands for, or "".
func (s shortForm) atEnd(text string) string {
	start := len(text)
	for range s.mostWords() {
		start = len(strings.TrimRightFunc(text[:start], unicode.IsSpace))
		start -= len(lastField(text[:start]))
	}
	text = text[start:]
	words := split(text)
	for i := len(words) - 2; i >= 0; i-- {
		if words[i].ends {
			words = words[i+1:]
			break
		}
	}
	return s.long(text, words, s.align(words, false, true))
}

// all gives a text, without what leads to it, when the short form stands for that,
// or "".
func (s shortForm) all(text string) string {
	words := split(text)
	if len(words) > s.mostWords() || slices.ContainsFunc(words[:max(0, len(words)-1)], func(w word) bool { return w.ends }) {
		return ""
	}
	return s.long(text, words, s.align(words, true, true))
}

// atBeginning gives the beginning of a text that the short form stands for, or "".
func (s shortForm) atBeginning(text string) string {
	words := split(text)
	if i := slices.IndexFunc(words, func(w word) bool { return w.ends }); i >= 0 {
		words = words[:i+1]
	}
	words = words[:min(len(words), s.mostWords())]
	return s.long(text, words, s.align(words, true, false))
}

// long gives the words of a path, unless they cost too much or hold the short form
// itself.
func (s shortForm) long(text string, words []word, p path) string {
	if int(p.cost) >= len(s.letters) {
		return ""
	}
	long := text[words[p.first].start:words[p.last].end]
	for part := range strings.FieldsFuncSeq(long, func(r rune) bool { return !inShort(r) }) {
		if strings.EqualFold(part, s.text) {
			return ""
		}
	}
	return long
}

// word is a word of a text, without the signs around it.
type word struct {
	start, end int
	letters    []rune // in lower case, with the signs between them
	initials   []bool // by letter: the first, one after a sign, or a capital as in JavaScript
	capital    bool
	functional bool
	leads      bool
	comma      bool // a comma follows
	ends       bool // a sentence or a thought ends here
}

// split gives the words of a text.
func split(text string) []word {
	var words []word
	at := 0
	for field := range strings.FieldsSeq(text) {
		at += strings.Index(text[at:], field)
		first, last := strings.IndexFunc(field, inShort), strings.LastIndexFunc(field, inShort)
		if len(words) > 0 && (first < 0 && field != "&" || first > 0 && strings.ContainsAny(field[:first], "()[]")) {
			words[len(words)-1].ends = true
		}
		if first < 0 {
			at += len(field)
			continue
		}
		_, size := utf8.DecodeRuneInString(field[last:])
		last += size
		w := word{start: at + first, end: at + last}
		sign, small := true, false // what the letter before is
		for i, r := range field[first:last] {
			lower := unicode.ToLower(r)
			if i == 0 {
				w.capital = lower != r
			}
			w.letters = append(w.letters, lower)
			w.initials = append(w.initials, sign || small && lower != r)
			sign, small = !inShort(r), lower == r
		}
		w.functional, w.leads = functional[string(w.letters)], leads[string(w.letters)]
		w.comma = strings.Contains(field[last:], ",")
		w.ends = !w.leads && strings.ContainsAny(field[last:], ".!?:;()[]")
		words = append(words, w)
		at += len(field)
	}
	return words
}

// path is a way to find the letters of a short form in words: what it costs, and
// the first and last word of it.
type path struct{ cost, first, last int8 }

var noPath = path{cost: math.MaxInt8}

// and gives the path with one more letter, or word that is passed over.
func (p path) and(cost int8) path {
	if p.cost == noPath.cost {
		return noPath
	}
	p.cost += cost
	return p
}

// or gives the cheaper path, or else the shorter.
func (p path) or(q path) path {
	if cmp.Or(cmp.Compare(p.cost, q.cost), cmp.Compare(q.first, p.first), cmp.Compare(p.last, q.last)) <= 0 {
		return p
	}
	return q
}

// What it costs to find a letter elsewhere than at the beginning of a word, and to
// pass over what seldom stands in a long form. A path must cost less than the short
// form has letters: all of them but the first may be within a word.
const (
	partCost  = 1 // where a part of a compound may begin
	nextCost  = 1 // next to the letter before, as in praktijkonderwijs (pro)
	wordCost  = 2 // a word that initials would show
	commaCost = 1
)

// paths are the cheapest paths by how many letters they found.
type paths [mostLetters + 1]path

var noPaths = func() (p paths) {
	for j := range p {
		p[j] = noPath
	}
	return p
}()

// align finds the cheapest path, which begins in the first word that does not only
// lead to it, or in any, and ends in the last word, or in any.
func (s shortForm) align(words []word, fromFirst, toLast bool) path {
	all := len(s.letters)
	best, shortest := noPaths, noPath
	mayBegin := true
	for i, w := range words {
		here := s.within(w, int8(i), best, mayBegin)
		mayBegin = !fromFirst || mayBegin && w.leads
		for j := 1; j <= all; j++ {
			best[j] = here[j].or(s.pass(best[j], w, int8(i), j == all))
			if w.comma && j < all {
				best[j] = s.passComma(best[j])
			}
		}
		shortest = shortest.or(here[all])
	}
	if toLast {
		return best[all]
	}
	return shortest
}

// pass gives the path after a word in which it finds no letter. Only a name may go
// on after its last letter (Rijksdienst voor Ondernemend Nederland, RVO).
func (s shortForm) pass(p path, w word, at int8, found bool) path {
	switch {
	case found && s.upper && w.capital:
		p.last = at
		return p.and(wordCost)
	case found:
		return noPath
	case w.functional:
		return p
	case s.upper:
		return p.and(wordCost)
	}
	return noPath
}

// passComma gives the path after a comma, which stands between words that belong
// together only in the enumerations of names.
func (s shortForm) passComma(p path) path {
	if !s.upper {
		return noPath
	}
	return p.and(commaCost)
}

// within gives the paths whose last letter is in a word, from those that end before
// it.
func (s shortForm) within(w word, at int8, before paths, mayBegin bool) paths {
	if w.functional && !s.upper || len(w.letters) > mostWordLetters {
		return noPaths
	}
	cheapest := make([]paths, len(w.letters)) // that end in the word, up to each letter
	previous, vowel := noPaths, -1            // at the previous letter
	for p, letter := range w.letters {
		here := noPaths
		for j, wanted := range s.letters {
			if letter != wanted && !(wanted == '2' && w.hasTwo(p)) {
				continue
			}
			found := noPath
			switch {
			case j == 0 && mayBegin && (p == 0 || w.isEx(p)) && (!w.functional || w.capital):
				found = path{first: at}
			case j == 0:
			case w.initials[p]:
				found = before[j]
				if p > 0 {
					found = found.or(cheapest[p-1][j])
				}
			default:
				if s.upper || !isVowelRune(letter) && p > 0 && !isVowelRune(w.letters[p-1]) {
					found = previous[j].and(nextCost)
				}
				if end := min(p-2, vowel); end >= 0 && w.mayDivide(p) {
					found = found.or(cheapest[end][j].and(partCost))
				}
			}
			if found.cost != noPath.cost {
				found.last = at
				here[j+1] = found
			}
		}
		cheapest[p] = here
		if p > 0 {
			for j := range here {
				cheapest[p][j] = here[j].or(cheapest[p-1][j])
			}
		}
		previous = here
		if isVowelRune(letter) {
			vowel = p
		}
	}
	return cheapest[len(cheapest)-1]
}

// isEx reports whether the letter is that which is said first (XML).
func (w word) isEx(p int) bool { return p == 1 && w.letters[0] == 'e' && w.letters[1] == 'x' }

// hasTwo reports whether the number two begins there (tweefactorauthenticatie, 2FA).
func (w word) hasTwo(p int) bool {
	rest := string(w.letters[p:])
	return w.initials[p] && (strings.HasPrefix(rest, "twee") || strings.HasPrefix(rest, "two"))
}

// onsets are the consonants with which a Dutch syllable can begin, two by two.
const onsets = "bl br ch cl cr dr dw fl fr gl gr kl kn kr kw ph pl pr ps sc sh sj sk sl sm sn sp st sw th tj tr ts tw vl vr wr zw"

// mayDivide reports whether a part of a compound may begin at a letter: what is left
// is long enough, has a vowel and begins as a syllable does.
func (w word) mayDivide(p int) bool {
	rest := w.letters[p:]
	switch {
	case len(rest) < 3 || !slices.ContainsFunc(rest, isVowelRune):
		return false
	case isVowelRune(rest[0]):
		return !isVowelRune(w.letters[p-1])
	}
	return isVowelRune(rest[1]) || strings.Contains(onsets, string(rest[:2]))
}

func isVowelRune(r rune) bool {
	return strings.ContainsRune("aeiouyáàäâéèëêíìïîóòöôúùüû", r)
}
