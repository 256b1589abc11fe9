package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// tagKind says where an element may stand and what may stand in it.
type tagKind uint8

const (
	phrase    tagKind = iota + 1 // in a paragraph, with text in it
	phraseEnd                    // in a paragraph, without an end tag
	line                         // between paragraphs, with text in it
	group                        // between paragraphs, with paragraphs in it
	rule                         // between paragraphs, without an end tag
)

// knownTags are the elements that can be allowed. Left out on purpose: what runs
// or loads something, forms, what needs other elements around it (li, td), and
// what Markdown and our checks must know of (a, img, h1 to h6).
var knownTags = map[string]tagKind{
	"abbr": phrase, "b": phrase, "bdi": phrase, "bdo": phrase, "cite": phrase, "code": phrase, "del": phrase, "dfn": phrase, "em": phrase,
	"i": phrase, "ins": phrase, "kbd": phrase, "mark": phrase, "q": phrase, "s": phrase, "samp": phrase, "small": phrase, "span": phrase,
	"strong": phrase, "sub": phrase, "sup": phrase, "u": phrase, "var": phrase,
	"br": phraseEnd, "wbr": phraseEnd,
	"figcaption": line, "p": line, "summary": line,
	"address": group, "article": group, "aside": group, "blockquote": group, "details": group, "div": group, "figure": group,
	"footer": group, "header": group, "section": group,
	"hr": rule,
}

// KnownTags returns the names that [Options.Tags] may hold, sorted.
func KnownTags() []string {
	names := make([]string, 0, len(knownTags))
	for name := range knownTags {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// hidesText reports whether what stands between the tags is no text for readers.
func hidesText(name string) bool { return name == "script" || name == "style" }

// openTag is a raw element that was opened and is not closed yet, or a paragraph
// that we opened for loose text in a block of HTML.
type openTag struct {
	name string
	kind tagKind
	ours bool
}

// token is a piece of raw HTML.
type token struct {
	kind  tokenKind
	name  string // of a tag, in lower case
	attrs []attr // of a start tag
	len   int    // in bytes
}

type tokenKind uint8

const (
	textToken  tokenKind = iota
	startTag             // <name …> and <name …/>
	endTag               // </name>
	otherToken           // a comment, declaration, instruction or CDATA section
)

type attr struct{ name, value string }

// next returns the first token of raw, which is not empty. A "<" that starts
// nothing is text.
func (s *htmlScanner) next(raw []byte) token {
	if raw[0] != '<' {
		i := bytes.IndexByte(raw, '<')
		if i < 0 {
			i = len(raw)
		}
		return token{len: i}
	}
	rest := raw[1:]
	switch {
	case bytes.HasPrefix(rest, []byte("!--")):
		if bytes.HasPrefix(rest[3:], []byte(">")) || bytes.HasPrefix(rest[3:], []byte("->")) {
			return token{kind: otherToken, len: 1 + bytes.IndexByte(rest, '>') + 1}
		}
		return s.until(raw, 0, "-->")
	case bytes.HasPrefix(rest, []byte("![CDATA[")):
		return s.until(raw, 1, "]]>")
	case bytes.HasPrefix(rest, []byte("!")):
		return s.until(raw, 2, ">")
	case bytes.HasPrefix(rest, []byte("?")):
		return s.until(raw, 3, "?>")
	}
	kind := startTag
	if len(rest) > 0 && rest[0] == '/' {
		kind, rest = endTag, rest[1:]
	}
	n := 0
	for n < len(rest) && (isASCIILetter(rest[n]) || n > 0 && (isDigit(rest[n]) || rest[n] == '-')) {
		n++
	}
	if n == 0 {
		return token{len: 1}
	}
	t := token{kind: kind, name: strings.ToLower(string(rest[:n]))}
	rest = rest[n:]
	for {
		space := len(rest)
		rest = bytes.TrimLeft(rest, " \t\n")
		space -= len(rest)
		switch {
		case len(rest) == 0:
			return token{len: 1}
		case rest[0] == '>':
			t.len = len(raw) - len(rest) + 1
			return t
		case rest[0] == '/':
			rest = rest[1:]
			continue
		case space == 0:
			return token{len: 1}
		}
		var a attr
		n := 0
		for n < len(rest) && rest[n] > ' ' && strings.IndexByte("\"'<>/=`", rest[n]) < 0 {
			n++
		}
		if n == 0 {
			return token{len: 1}
		}
		a.name, rest = strings.ToLower(string(rest[:n])), rest[n:]
		if after := bytes.TrimLeft(rest, " \t\n"); len(after) > 0 && after[0] == '=' {
			after = bytes.TrimLeft(after[1:], " \t\n")
			if len(after) == 0 {
				return token{len: 1}
			}
			if q := after[0]; q == '"' || q == '\'' {
				n := bytes.IndexByte(after[1:], q)
				if n < 0 {
					return token{len: 1}
				}
				a.value, rest = string(after[1:1+n]), after[n+2:]
			} else {
				n := bytes.IndexAny(after, " \t\n>\"'<=`")
				if n <= 0 {
					return token{len: 1}
				}
				a.value, rest = string(after[:n]), after[n:]
			}
		}
		t.attrs = append(t.attrs, a)
	}
}

// htmlScanner reads tokens of one stretch of raw HTML.
type htmlScanner struct {
	missing [4]bool // ends that were looked for in vain: they are nowhere further on either
}

func (s *htmlScanner) until(raw []byte, which int, end string) token {
	if !s.missing[which] {
		if i := bytes.Index(raw, []byte(end)); i >= 0 {
			return token{kind: otherToken, len: i + len(end)}
		}
		s.missing[which] = true
	}
	return token{len: 1}
}

// skipHidden returns how much of raw to pass by for the end of a script or style:
// up to and including its end tag, or all.
func skipHidden(raw []byte, name string) int {
	for from := 0; ; {
		i := bytes.Index(raw[from:], []byte("</"))
		if i < 0 {
			return len(raw)
		}
		from += i + 2
		if len(raw)-from >= len(name) && strings.EqualFold(string(raw[from:from+len(name)]), name) {
			if end := bytes.IndexByte(raw[from:], '>'); end >= 0 {
				return from + end + 1
			}
			return len(raw)
		}
	}
}

// htmlBlock writes a block of raw HTML: the tags that are allowed, and the text in
// paragraphs.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	segments := n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		segments = append(slices.Clone(segments), n.ClosureLine)
	}
	raw := make([]byte, 0, 256)
	starts := make([]int, 0, len(segments)) // where each segment starts in raw
	for i := range segments {
		starts = append(starts, len(raw))
		raw = append(raw, segments[i].Value(w.src)...)
	}
	position := func(at int) int {
		i, found := slices.BinarySearch(starts, at)
		if !found {
			i--
		}
		return segments[i].Start + max(0, at-starts[i]-segments[i].Padding)
	}

	var s htmlScanner
	for at := 0; at < len(raw); {
		t := s.next(raw[at:])
		piece := raw[at : at+t.len]
		switch t.kind {
		case textToken:
			w.looseText(piece)
		case otherToken:
			w.problem(DroppedHTML, "", position(at))
		case startTag:
			kind := w.r.tags[t.name]
			switch kind {
			case 0:
				w.dropStart(t.name, position(at))
				if k := knownTags[t.name]; k != phrase && k != phraseEnd {
					w.endParagraph()
				}
				if hidesText(t.name) {
					t.len += skipHidden(raw[at+t.len:], t.name)
					w.dropEnd(t.name, 0)
				}
			case phrase, phraseEnd:
				w.startParagraph()
				w.startTag(t, kind, position(at))
			default:
				w.endParagraph()
				w.startTag(t, kind, position(at))
				w.startText()
				if kind != line {
					w.html = append(w.html, '\n')
				}
			}
		case endTag:
			if !w.endTag(t.name, w.tagBase) {
				w.dropEnd(t.name, position(at))
				if k := knownTags[t.name]; k != phrase && k != phraseEnd {
					w.endParagraph()
				}
			}
		}
		at += t.len
	}
	w.endParagraph()
}

// looseText writes text from a block of HTML.
func (w *writer) looseText(raw []byte) {
	if !w.inPhrase() {
		if raw = bytes.TrimLeft(raw, " \t\n"); len(raw) == 0 {
			return
		}
		w.startParagraph()
	}
	w.plainText(raw)
}

// inPhrase reports whether text may be written here, in a block of HTML.
func (w *writer) inPhrase() bool {
	if len(w.tags) == w.tagBase {
		return false
	}
	kind := w.tags[len(w.tags)-1].kind
	return kind == phrase || kind == line
}

func (w *writer) startParagraph() {
	if !w.inPhrase() {
		w.html = append(w.html, "<p>"...)
		w.tags = append(w.tags, openTag{"p", line, true})
		w.startText()
	}
}

// endParagraph closes everything in which text stands.
func (w *writer) endParagraph() {
	for w.inPhrase() {
		w.closeTags(len(w.tags) - 1)
	}
}

// startTag writes a start tag that is allowed.
func (w *writer) startTag(t token, kind tagKind, at int) {
	w.html = append(append(w.html, '<'), t.name...)
	id, class := "", ""
	for _, a := range t.attrs {
		switch value := w.unescape([]byte(a.value)); a.name {
		case "id":
			id = value
		case "class":
			class = value
		default:
			w.problem(DroppedAttribute, a.name, at)
		}
	}
	if id != "" {
		if id = w.anchor(id, at); id != "" {
			w.attribute("id", id)
		}
	}
	w.class(class)
	w.html = append(w.html, '>')
	if kind != phraseEnd && kind != rule {
		w.tags = append(w.tags, openTag{name: t.name, kind: kind})
		if isQuiet(t.name) {
			w.quiet++
		}
	}
}

// isQuiet reports whether what stands between the tags is code, or explained.
func isQuiet(name string) bool {
	switch name {
	case "abbr", "code", "dfn", "kbd", "samp", "var":
		return true
	}
	return false
}

// dropStart tells of a start tag that is not allowed here.
func (w *writer) dropStart(name string, at int) {
	w.problem(DroppedHTML, name, at)
	if w.dropped == nil {
		w.dropped = map[string]int{}
	}
	w.dropped[name]++
}

// dropEnd tells of an end tag that ends nothing, unless that is because its start
// tag was dropped: one message for an element is enough.
func (w *writer) dropEnd(name string, at int) {
	if w.dropped[name] > 0 {
		w.dropped[name]--
		return
	}
	w.problem(DroppedHTML, name, at)
}

// endTag closes the innermost open element of that name, and what is open in
// it, unless it was opened before base.
func (w *writer) endTag(name string, base int) bool {
	for i := len(w.tags) - 1; i >= base; i-- {
		if w.tags[i].name == name && !w.tags[i].ours {
			w.closeTags(i)
			return true
		}
	}
	return false
}

// closeTags closes raw elements until that many are open.
func (w *writer) closeTags(open int) {
	for len(w.tags) > open {
		last := w.tags[len(w.tags)-1]
		w.tags = w.tags[:len(w.tags)-1]
		w.html = append(append(append(w.html, "</"...), last.name...), '>')
		if isQuiet(last.name) {
			w.quiet--
		}
		if last.kind == line || last.kind == group {
			w.html = append(w.html, '\n')
			w.endText('\n')
		}
	}
}

// rawHTML writes a tag in a text, if it is allowed there. It returns the node
// after which to go on.
func (w *writer) rawHTML(n *ast.RawHTML, base int) ast.Node {
	raw := segmentsValue(n.Segments, w.src)
	var s htmlScanner
	t := s.next(raw)
	kind := w.r.tags[t.name]
	switch {
	case t.kind == startTag && (kind == phrase || kind == phraseEnd):
		if w.muted == 0 {
			w.startTag(t, kind, n.Pos())
		}
		return n
	case t.kind == endTag:
		if (w.muted == 0 || kind != phrase) && !w.endTag(t.name, base) {
			w.dropEnd(t.name, n.Pos())
		}
		return n
	case t.kind != startTag:
		w.problem(DroppedHTML, "", n.Pos())
		return n
	}
	w.dropStart(t.name, n.Pos())
	if !hidesText(t.name) {
		return n
	}
	w.dropEnd(t.name, 0)
	last := ast.Node(n)
	for last.NextSibling() != nil {
		last = last.NextSibling()
		if end, ok := last.(*ast.RawHTML); ok {
			if t2 := s.next(segmentsValue(end.Segments, w.src)); t2.kind == endTag && t2.name == t.name {
				break
			}
		}
	}
	return last
}

func segmentsValue(s *text.Segments, src []byte) []byte {
	if s.Len() == 1 {
		segment := s.At(0)
		return segment.Value(src)
	}
	return s.Value(src)
}
