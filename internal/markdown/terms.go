package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Term is an entry of a glossary.
type Term struct {
	ID    string
	Names []string // words as a text uses them: "AVG", "bpv", "persoonlijk leiderschap"
}

// glossary finds names in a text: a tree of characters, so that a text costs the
// same whatever the number of names.
type glossary struct {
	ids  []string
	next map[branch]int32 // the root is 0
	ends []int32          // by place in the tree: 1 + the index in ids of the name that ends there, or 0
}

type branch struct {
	at int32
	by rune
}

// newGlossary makes the glossary of terms, nil when there are none. A name as it is
// given goes before another one with a capital, and an earlier term before a later.
func newGlossary(terms []Term) *glossary {
	if len(terms) == 0 {
		return nil
	}
	g := &glossary{next: map[branch]int32{}, ends: []int32{0}}
	for i, t := range terms {
		g.ids = append(g.ids, t.ID)
		for _, name := range t.Names {
			g.add(name, i)
		}
	}
	for i, t := range terms {
		for _, name := range t.Names {
			name = strings.TrimSpace(name)
			letters := 0
			for _, c := range name {
				if unicode.IsLetter(c) {
					letters++
				}
			}
			if letters >= 3 {
				g.add(strings.ToUpper(name), i)
			}
			first, size := utf8.DecodeRuneInString(name)
			if strings.HasPrefix(name, "ij") {
				size = len("ij") // one letter in Dutch
			}
			if unicode.IsLower(first) {
				g.add(strings.ToUpper(name[:size])+name[size:], i)
			}
		}
	}
	return g
}

func (g *glossary) add(name string, id int) {
	if strings.IndexFunc(name, isWord) < 0 {
		return
	}
	at, before := int32(0), ' '
	for _, c := range strings.TrimSpace(name) {
		if c = plainRune(c); c == ignored || c == before && (c == ' ' || c == '-') {
			continue
		}
		next, ok := g.next[branch{at, c}]
		if !ok {
			next = int32(len(g.ends))
			g.next[branch{at, c}] = next
			g.ends = append(g.ends, 0)
		}
		at, before = next, c
	}
	if g.ends[at] == 0 {
		g.ends[at] = int32(id) + 1
	}
}

// longest returns the length of the longest name with which text starts, 0 for
// none, and its index in ids. Behind text comes what is in beyond.
func (g *glossary) longest(text, beyond []byte) (length, id int) {
	at, before := int32(0), ' '
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRune(text[i:])
		i += n
		if c = plainRune(c); c == ignored || c == ' ' && before == ' ' {
			continue
		}
		next, ok := g.next[branch{at, c}]
		if !ok {
			break
		}
		at, before = next, c
		if end := g.ends[at]; end != 0 && !goesOn(text[i:], beyond) {
			length, id = i, int(end)-1
		}
	}
	return length, id
}

// ignored stands for a character that does not show, such as a soft hyphen.
const ignored rune = -1

// plainRune returns the character for which c is typography.
func plainRune(c rune) rune {
	switch c {
	case '\u00ad', '\u200b', '\u2060':
		return ignored
	case '’', '‘', 'ʼ':
		return '\''
	case '“', '”', '„':
		return '"'
	case '‐', '‑', '–', '—':
		return '-'
	}
	if unicode.IsSpace(c) {
		return ' '
	}
	return c
}

// goesOn reports whether a word does not end where text starts, which beyond
// follows.
func goesOn(text, beyond []byte) bool {
	next := func() rune {
		for {
			if len(text) == 0 {
				text, beyond = beyond, nil
			}
			c, n := utf8.DecodeRune(text)
			if text = text[n:]; n == 0 || plainRune(c) != ignored {
				return c
			}
		}
	}
	return joins(next(), next)
}

// comesFrom reports whether a word does not start where text ends.
func comesFrom(text []byte) bool {
	before := func() rune {
		for {
			c, n := utf8.DecodeLastRune(text)
			if text = text[:len(text)-n]; n == 0 || plainRune(c) != ignored {
				return c
			}
		}
	}
	return joins(before(), before)
}

// joins reports whether the character beside a word makes the word part of
// another one: AVG-proof, AVG's, avg.nl. Beyond returns the one after that.
func joins(c rune, beyond func() rune) bool {
	switch c {
	case '-', '‐', '‑', '_', '@':
		return true
	case '\'', '’', '.':
		return inWord(beyond())
	}
	return inWord(c)
}

// inWord reports whether c is a letter with what belongs to it, or a digit.
func inWord(c rune) bool {
	if c < utf8.RuneSelf {
		return isASCIILetter(byte(c)) || isDigit(byte(c))
	}
	return isWord(c) || unicode.IsMark(c)
}

// place is a place in the HTML, in the text and in the source.
type place struct{ html, text, src int }

// terms makes holes of the terms that are met for the first time in what was
// written since w.run, up to src[stop]. There, HTML and text differ in nothing but
// escapes and line feeds.
func (w *writer) terms(stop int) {
	g, from := w.r.glossary, w.run
	if g == nil || w.quiet > 0 || w.inLink > 0 || w.muted > 0 {
		return
	}
	// What follows is not written yet. Marks in it do not show.
	beyond := bytes.TrimLeft(w.src[stop:min(stop+32, len(w.src))], "*_~`[")
	for i := from.text; i < len(w.text); {
		c, size := utf8.DecodeRune(w.text[i:])
		if p := plainRune(c); p != ' ' && p != ignored {
			if length, id := g.longest(w.text[i:], beyond); length > 0 && !comesFrom(w.text[w.blockText:i]) {
				if !w.met[id] {
					w.met[id] = true
					from = w.term(g.ids[id], from, stretch{i, i + length}, stop)
				}
				i += length
				continue
			}
		}
		i += size
		for rest := inWord(c); rest && i < len(w.text); {
			if isASCIILetter(w.text[i]) {
				i++ // nearly always
				continue
			}
			c, size = utf8.DecodeRune(w.text[i:])
			if rest = inWord(c); rest {
				i += size
			}
		}
	}
}

// term makes a hole of a stretch of the text behind from, and returns where it ends.
func (w *writer) term(id string, from place, words stretch, stop int) place {
	html := from.html + len(appendEscaped(nil, w.text[from.text:words.from]))
	size := len(appendEscaped(nil, w.text[words.from:words.to]))

	// In the source, as many equal words come before it as in the text.
	word, pos, src := w.text[words.from:words.to], from.src, from.src
	if end := bytes.IndexFunc(word, func(c rune) bool { return !isWord(c) }); end > 0 {
		word = word[:end]
	}
	for range 1 + bytes.Count(w.text[from.text:words.from], word) {
		i := bytes.Index(w.src[src:stop], word)
		if i < 0 {
			break
		}
		pos = src + i
		src = pos + len(word)
	}
	w.holes = append(w.holes, holeAt{kind: TermHole, at: html, size: size, text: words, dest: id, pos: pos})
	return place{html + size, words.to, src}
}
