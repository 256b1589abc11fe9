package attachment

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gatherer makes parts of the text that a format finds.
type gatherer struct {
	parts   []Part
	room    int  // bytes that may still come, as they are in the file
	cut     bool // there was more
	number  int
	titling bool // what comes is the title
	title   strings.Builder
	text    strings.Builder
}

// next ends the part at hand and begins one with this number.
func (g *gatherer) next(number int) {
	if g.title.Len() > 0 || g.text.Len() > 0 {
		g.parts = append(g.parts, Part{g.number, plain.Replace(g.title.String()), plain.Replace(g.text.String())})
	}
	g.title.Reset()
	g.text.Reset()
	g.number, g.titling = number, false
}

// cleaned ends the last part and gives all of them, without those that are empty.
func (g *gatherer) cleaned() []Part {
	g.next(0)
	compounds := map[string]bool{}
	for _, p := range g.parts {
		addCompounds(compounds, p.Text)
	}
	var parts []Part
	for _, p := range g.parts {
		p.Title, p.Text = clean(p.Title, compounds), clean(p.Text, compounds)
		if p.Title != "" || p.Text != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// write adds to the part at hand. A line break in s is the end of a line, where a
// word may be hyphenated.
func (g *gatherer) write(s string) {
	if len(s) > g.room {
		end := g.room
		for end > 0 && !utf8.RuneStart(s[end]) {
			end--
		}
		s, g.room, g.cut = s[:end], end, true
	}
	g.room -= len(s)
	if g.titling {
		g.title.WriteString(s)
	} else {
		g.text.WriteString(s)
	}
}

// writeSpan adds text in which line breaks are mere space, as in XML.
func (g *gatherer) writeSpan(s string) { g.write(strings.ReplaceAll(s, "\n", " ")) }

// plain writes letters that only look different as the letters people type.
var plain = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st",
	"\u2010", "-", "\u2011", "-")

// clean brings text on one line with single spaces, joins words that were
// hyphenated at the end of a line, and drops what is no text: invalid bytes,
// control characters, soft hyphens and letters for private use. The compounds are
// those of [addCompounds].
func clean(s string, compounds map[string]bool) string {
	out := make([]byte, 0, len(s))
	var space, line, soft bool // since the last letter there was space, a line break, a soft hyphen
	for i, r := range s {
		switch {
		case r == '\u00ad':
			soft = true
			continue
		case unicode.IsSpace(r):
			space = true
			line = line || r == '\n' || r == '\r' || r == '\u2028'
			continue
		case r == utf8.RuneError || r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co):
			continue
		}
		if space && len(out) > 0 && !(line && soft) {
			between := apart
			if line && out[len(out)-1] == '-' {
				between = jointOf(out[:len(out)-1], s[i:], compounds)
			}
			switch between {
			case apart:
				out = append(out, ' ')
			case joined:
				out = out[:len(out)-1]
			}
		}
		space, line, soft = false, false, false
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// joint is what becomes of a hyphen at the end of a line.
type joint int

const (
	apart      joint = iota // "voor- en", a dash: a space comes behind it
	joined                  // "onder-zoek": it goes
	hyphenated              // "ICT-beleid": it stays
)

// jointOf judges by what stands before the hyphen and on the next line. A word
// keeps its hyphen when another in the text has the same beginning and a hyphen
// amid a line: "mbo-student" tells of "mbo-docent".
func jointOf(before []byte, after string, compounds map[string]bool) joint {
	last, _ := utf8.DecodeLastRune(before)
	next, _ := utf8.DecodeRuneInString(after)
	if !unicode.In(last, unicode.L, unicode.N) || !unicode.In(next, unicode.L, unicode.N) {
		return apart
	}
	if !unicode.IsLower(last) || !unicode.IsLower(next) {
		return hyphenated
	}
	if word := after[:len(after)-len(strings.TrimLeftFunc(after, unicode.IsLetter))]; word == "en" || word == "of" {
		return apart
	}
	if compounds[lastWord(string(before))] {
		return hyphenated
	}
	return joined
}

// addCompounds adds the beginnings of words with a hyphen in the middle of a line.
func addCompounds(compounds map[string]bool, s string) {
	for {
		before, after, ok := strings.Cut(s, "-")
		if !ok {
			return
		}
		if next, _ := utf8.DecodeRuneInString(after); unicode.IsLetter(next) {
			compounds[lastWord(before)] = true
		}
		s = after
	}
}

// lastWord gives the letters that s ends with, in small letters.
func lastWord(s string) string {
	return strings.ToLower(s[len(strings.TrimRightFunc(s, unicode.IsLetter)):])
}
