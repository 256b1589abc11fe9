package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// isNameChar reports whether c may stand in an id or class that an author gives.
func isNameChar(c rune) bool {
	return c == '-' || c == '_' || c == '.' || c == ':' || unicode.IsLetter(c) || unicode.IsDigit(c)
}

// special are the bytes in a text at which something may have to be done.
var special = [256]bool{'\\': true, '&': true, '<': true, '>': true, '"': true, '\'': true, '.': true, '-': true}

// span writes a stretch of the source that is text: it undoes escapes and
// entities, sets quotes, dashes and dots, and makes links of e-mail addresses.
func (w *writer) span(start, stop int) {
	if w.inLink == 0 && w.muted == 0 {
		for {
			i := bytes.IndexByte(w.src[start:stop], '@')
			if i < 0 {
				break
			}
			from, to := mailAddress(w.src[:stop], start, start+i)
			if to == 0 {
				w.letters(start, start+i+1)
				start += i + 1
				continue
			}
			w.letters(start, from)
			w.terms(from)
			address := w.src[from:to]
			w.link(nil, from, "mailto:"+string(address), "", func() { w.raw(address) })
			start = to
			w.run = place{len(w.html), len(w.text), to}
		}
	}
	w.letters(start, stop)
}

// mailAddress returns the stretch around the "@" at src[at] that is an address,
// not before start; to is 0 when there is none.
func mailAddress(src []byte, start, at int) (from, to int) {
	from = at
	for from > start && (isASCIILetter(src[from-1]) || isDigit(src[from-1]) || bytes.IndexByte([]byte("._+-"), src[from-1]) >= 0) {
		from--
	}
	for from < at && !isASCIILetter(src[from]) && !isDigit(src[from]) {
		from++
	}
	if c, _ := utf8.DecodeLastRune(src[start:from]); from == at || from > start && (c == '\\' || c == '@' || c == '/' || c == ':' || unicode.IsLetter(c)) {
		return 0, 0
	}
	to = at + 1
	for to < len(src) && (isASCIILetter(src[to]) || isDigit(src[to]) || src[to] == '-' || src[to] == '.') {
		to++
	}
	for to > at && (src[to-1] == '.' || src[to-1] == '-') {
		to--
	}
	if to <= at+1 || !isASCIILetter(src[at+1]) && !isDigit(src[at+1]) || bytes.IndexByte(src[at+1:to], '.') < 0 {
		return 0, 0
	}
	if to < len(src) && (src[to] == '_' || src[to] == '@') {
		return 0, 0
	}
	return from, to
}

// letters is span without the e-mail addresses.
func (w *writer) letters(start, stop int) {
	src := w.src
	plain := start // what is not written yet starts here
	for i := start; i < stop; {
		c := src[i]
		if !special[c] {
			i++
			continue
		}
		size, out := 1, ""
		switch c {
		case '.':
			for i+size < stop && src[i+size] == '.' {
				size++
			}
			if size != 3 && size != 4 {
				i += size
				continue
			}
			size, out = 3, "…"
		case '-':
			for i+size < stop && src[i+size] == '-' {
				size++
			}
			switch size {
			case 2:
				out = "–"
			case 3:
				out = "—"
			default:
				i += size
				continue
			}
		case '\\':
			if i+1 >= stop || !util.IsPunct(src[i+1]) {
				i++
				continue
			}
			w.put(src[plain:i])
			w.raw(src[i+1 : i+2])
			i += 2
			plain = i
			continue
		case '&', '<', '>':
			w.put(src[plain:i])
			value, n := src[i:i+1], 1
			if c == '&' {
				if e, size := entity(src[i:stop]); size > 0 {
					value, n = e, size
				}
			}
			w.raw(value)
			i += n
			plain = i
			continue
		case '"', '\'':
			w.put(src[plain:i])
			plain = i
			if c == '"' {
				out = w.doubleQuote(i)
			} else {
				out = w.singleQuote(i)
			}
			if out == "" {
				w.raw(src[i : i+1])
				i++
				plain = i
				continue
			}
		}
		w.put(src[plain:i])
		w.html = append(w.html, out...)
		w.text = append(w.text, out...)
		i += size
		plain = i
	}
	w.put(src[plain:stop])
}

// put writes text that needs no escaping.
func (w *writer) put(b []byte) {
	w.html = append(w.html, b...)
	w.text = append(w.text, b...)
}

// raw writes text as it is.
func (w *writer) raw(b []byte) {
	w.text = append(w.text, b...)
	w.html = appendEscaped(w.html, b)
}

// plainText writes text of raw HTML: only its entities are undone.
func (w *writer) plainText(b []byte) {
	from := len(w.text)
	defer func() {
		for i, c := range w.text[from:] {
			if c == '\n' {
				w.text[from+i] = ' '
			}
		}
	}()
	for len(b) > 0 {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			break
		}
		w.raw(b[:i])
		b = b[i:]
		value, n := entity(b)
		if n == 0 {
			value, n = b[:1], 1
		}
		w.raw(value)
		b = b[n:]
	}
	w.raw(b)
}

func appendEscaped[T []byte | string](html []byte, b T) []byte {
	plain := 0
	for i := 0; i < len(b); i++ {
		out := ""
		switch b[i] {
		case '&':
			out = "&amp;"
		case '<':
			out = "&lt;"
		case '>':
			out = "&gt;"
		case '"':
			out = "&quot;"
		default:
			continue
		}
		html = append(append(html, b[plain:i]...), out...)
		plain = i + 1
	}
	return append(html, b[plain:]...)
}

// entity returns the characters that the entity at the start of b stands for and
// its length, 0 when there is none.
func entity(b []byte) (value []byte, n int) {
	end := 1
	for end < len(b) && end < 40 && (isASCIILetter(b[end]) || isDigit(b[end]) || b[end] == '#' && end == 1) {
		end++
	}
	if end < 3 || end >= len(b) || b[end] != ';' {
		return nil, 0
	}
	name := b[1:end]
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(string(name)); ok {
			return e.Characters, end + 1
		}
		return nil, 0
	}
	base, digits := rune(10), name[1:]
	if digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	if len(digits) == 0 || len(digits) > 7 {
		return nil, 0
	}
	c := rune(0)
	for _, d := range digits {
		switch d |= 0x20; { // digits have that bit already
		case isDigit(d):
			c = c*base + rune(d-'0')
		case base == 16 && 'a' <= d && d <= 'f':
			c = c*base + rune(d-'a'+10)
		default:
			return nil, 0
		}
	}
	if c == 0 || isControl(c) || !utf8.ValidRune(c) {
		c = utf8.RuneError
	}
	return utf8.AppendRune(nil, c), end + 1
}

// unescape undoes the escapes and entities of a destination, a title or an
// attribute.
func (w *writer) unescape(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]):
			i++
		case b[i] == '&':
			if value, n := entity(b[i:]); n > 0 {
				out = append(out, value...)
				i += n - 1
				continue
			}
		}
		out = append(out, b[i])
	}
	return string(out)
}

// before returns the character that a reader sees before this place, in this
// block; a line feed at its start.
func (w *writer) before() rune {
	if len(w.text) == w.blockText {
		return '\n'
	}
	c, _ := utf8.DecodeLastRune(w.text[w.blockText:])
	return c
}

// after returns the character at or after src[at] that a reader sees, as far as
// that can be told without parsing.
func (w *writer) after(at int) rune {
	for at < len(w.src) && bytes.IndexByte([]byte("*_~`["), w.src[at]) >= 0 {
		at++
	}
	if at >= len(w.src) {
		return '\n'
	}
	c, _ := utf8.DecodeRune(w.src[at:])
	return c
}

func isWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// opens reports whether a quote that stands between these characters opens.
func opens(before, after rune) bool {
	if unicode.IsSpace(after) || after == '|' {
		return false
	}
	switch before {
	case '(', '[', '{', '<', '=', '/', '–', '—', '-', '“', '‘', '„', '«', '¿', '¡':
		return true
	}
	return unicode.IsSpace(before)
}

// doubleQuote returns what the " at src[at] becomes, "" to leave it.
func (w *writer) doubleQuote(at int) string {
	switch {
	case opens(w.before(), w.after(at+1)):
		w.double++
		return "“"
	case w.double > 0:
		w.double--
		return "”"
	}
	return ""
}

// singleQuote returns what the ' at src[at] becomes, "" to leave it.
func (w *writer) singleQuote(at int) string {
	before, after := w.before(), w.after(at+1)
	switch {
	case isWord(before) && isWord(after) && !(unicode.IsDigit(before) && unicode.IsDigit(after)):
		return "’" // foto's
	case opens(before, after):
		if w.shortened(at + 1) {
			return "’" // 's avonds, '90
		}
		w.single++
		return "‘"
	case w.single > 0:
		w.single--
		return "’"
	case unicode.IsLetter(before) || !unicode.IsSpace(before) && unicode.IsLetter(after):
		return "’" // Hans' boek
	}
	return ""
}

// shortened reports whether the word at src[at], after an apostrophe, is one that
// lost its start: 's, 't, 'n, 'm, 'k, 'r, 'ie, 'em, 'tis, 'twas or a year.
func (w *writer) shortened(at int) bool {
	end := at
	for end < len(w.src) && end < at+5 && (isASCIILetter(w.src[end]) || isDigit(w.src[end])) {
		end++
	}
	if next := w.after(end); isWord(next) || end < len(w.src) && w.src[end] == '\'' {
		return false
	}
	word := w.src[at:end]
	if len(word) >= 2 && len(word) <= 3 && isDigit(word[0]) && isDigit(word[1]) {
		return len(word) == 2 || word[2] == 's'
	}
	switch string(bytes.ToLower(word)) {
	case "s", "t", "n", "m", "k", "r", "d", "ns", "ie", "er", "em", "tis", "twas", "til", "cause":
		return true
	}
	return false
}
