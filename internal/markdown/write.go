package markdown

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// writer walks the tree once and writes the HTML and the plain text side by side.
// Everything that becomes a string is noted as a stretch of one of the two and
// cut at the end.
type writer struct {
	r        *Renderer
	src      []byte
	found    *findings
	html     []byte
	text     []byte
	title    string
	holes    []holeAt
	headings []headingAt
	anchors  []string
	sections []sectionAt
	problems []problemAt
	words    int // in code, so not to be counted

	ids     anchors
	tags    []openTag // raw elements that are open
	tagBase int       // those of the container that is being written start here

	inField     bool
	blockText   int // where the text of this block starts in text
	sectionText int // where the text of this section starts in text
	single      int // single quotes that are open in this block
	double      int
	inLink      int
	muted       int // over 0: only the text counts, as in alternative text
	quiet       int // over 0: terms stay text, as in headings
	run         place
	met         []bool // by index in the glossary, the terms that were met
	inCell      bool
	dropped     map[string]int // start tags that were dropped, by name, whose end tags are to come
	level       int            // of the last heading
	tables      int
	notes       []*footnote                 // in the order of their numbers
	late        []*footnoteRef              // references in a link, which are written after it
	counted     []byte                      // the source to count lines and columns in
	lines       []int                       // where lines start in counted, made when first needed
	seen        struct{ at, line, col int } // what lineCol gave last
}

type stretch struct{ from, to int }

type holeAt struct {
	kind        HoleKind
	at          int // in html
	size        int // of what stands there and is left out
	text        stretch
	dest, title string
	pos         int // in src
	decorative  bool
	inLink      bool
}

type headingAt struct {
	level int
	id    string
	text  stretch
}

type sectionAt struct {
	heading int // index in headings, -1 for the text before the first
	text    stretch
}

func newWriter(r *Renderer) *writer {
	w := &writer{r: r, ids: newAnchors()}
	if r.glossary != nil {
		w.met = make([]bool, len(r.glossary.ids))
	}
	return w
}

// start makes the writer ready for a source.
func (w *writer) start(src, counted []byte, found *findings) {
	w.src, w.counted, w.found, w.level = src, counted, found, 1
	w.html = slices.Grow(w.html, len(src)+len(src)/4+256)
	w.text = slices.Grow(w.text, len(src)+64)
}

// reset forgets the source but keeps the room, unless that is very large.
func (w *writer) reset() {
	fresh := writer{r: w.r, ids: w.ids, met: w.met}
	fresh.ids.reset()
	clear(fresh.met)
	if cap(w.html) < 1<<20 {
		fresh.html, fresh.text, fresh.lines = w.html[:0], w.text[:0], w.lines[:0]
		clear(w.holes)
		clear(w.headings)
		clear(w.problems)
		fresh.holes, fresh.headings, fresh.sections, fresh.problems = w.holes[:0], w.headings[:0], w.sections[:0], w.problems[:0]
		clear(w.anchors)
		fresh.anchors, fresh.tags = w.anchors[:0], w.tags[:0]
	}
	*w = fresh
}

// page writes the text of a page with that title, "" for none.
func (w *writer) page(root *ast.Document, title string) {
	if first := firstBlock(root); first != nil && first.Level == 1 {
		own := w.titleText(first)
		if title == "" || sameTitle(own, title) {
			if title == "" {
				w.title = own
			}
			root.RemoveChild(root, first)
		}
	}
	w.document(root)
}

// field writes the text of a field.
func (w *writer) field(root *ast.Document, prefix string) {
	w.inField, w.ids.prefix = true, prefix
	w.document(root)
}

// document writes the whole text and then the footnotes.
func (w *writer) document(root *ast.Document) {
	w.sections = append(w.sections, sectionAt{heading: -1})
	w.blocks(root)
	w.footnotes()
	w.endSection()
	for _, n := range w.found.defined {
		if n.number == 0 {
			w.problem(UnusedFootnote, n.label, n.Pos())
		}
	}
	if w.found.deep >= 0 {
		w.problem(TooDeep, "", w.found.deep)
	}
}

// firstBlock returns the first block that shows, if it is a heading.
func firstBlock(root *ast.Document) *ast.Heading {
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		switch b := c.(type) {
		case *ast.LinkReferenceDefinition, *footnote:
			continue
		case *ast.HTMLBlock:
			if b.HTMLBlockType == ast.HTMLBlockType2 {
				continue
			}
		case *ast.Heading:
			return b
		}
		return nil
	}
	return nil
}

// titleText returns the text of a heading and writes nothing.
func (w *writer) titleText(n *ast.Heading) string {
	html, text, problems := len(w.html), len(w.text), len(w.problems)
	w.muted++
	w.startText()
	w.inlines(n)
	w.muted--
	own := strings.TrimSpace(string(w.text[text:]))
	w.html, w.text, w.problems = w.html[:html], w.text[:text], w.problems[:problems]
	return own
}

// blocks writes the children of a container.
func (w *writer) blocks(parent ast.Node) { w.blocksFrom(parent.FirstChild()) }

func (w *writer) blocksFrom(first ast.Node) {
	outer := w.tagBase
	w.tagBase = len(w.tags)
	for c := first; c != nil; c = c.NextSibling() {
		w.block(c)
	}
	w.closeTags(w.tagBase)
	w.tagBase = outer
}

func (w *writer) block(node ast.Node) {
	switch n := node.(type) {
	case *ast.Paragraph:
		at := len(w.html)
		w.html = append(w.html, "<p>"...)
		w.startText()
		w.inlines(n)
		if len(w.html) == at+len("<p>") && !w.holeAt(len(w.html)) {
			w.html = w.html[:at] // all of it was dropped
			return
		}
		w.html = append(w.html, "</p>\n"...)
		w.endText('\n')
	case *ast.TextBlock:
		w.startText()
		w.inlines(n)
		if n.NextSibling() != nil && n.HasChildren() {
			w.html = append(w.html, '\n')
		}
		w.endText('\n')
	case *ast.Heading:
		w.heading(n)
	case *ast.List:
		w.list(n)
	case *ast.Blockquote:
		w.blockquote(n)
	case *ast.FencedCodeBlock:
		w.code(n.Lines(), language(n, w.src))
	case *ast.CodeBlock:
		w.code(n.Lines(), "")
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.html = append(w.html, "<hr>\n"...)
	case *extast.Table:
		w.table(n)
	case *extast.DefinitionList:
		w.html = append(w.html, "<dl>\n"...)
		w.blocks(n)
		w.html = append(w.html, "</dl>\n"...)
	case *extast.DefinitionTerm:
		w.html = append(w.html, "<dt>"...)
		w.startText()
		w.inlines(n)
		w.html = append(w.html, "</dt>\n"...)
		w.endText('\n')
	case *extast.DefinitionDescription:
		w.html = append(w.html, "<dd>"...)
		if !n.IsTight {
			w.html = append(w.html, '\n')
		}
		w.blocks(n)
		w.html = append(w.html, "</dd>\n"...)
	}
}

// holeAt reports whether a hole was written here.
func (w *writer) holeAt(at int) bool {
	return len(w.holes) > 0 && w.holes[len(w.holes)-1].at == at
}

func (w *writer) heading(n *ast.Heading) {
	level := max(2, n.Level)
	if w.inField {
		level = 3
	}
	w.endSection()
	at, hole, anchor, from := len(w.html), len(w.holes), len(w.anchors), len(w.text)
	w.startText()
	w.quiet++
	w.inlines(n)
	w.quiet--
	words := stretch{from, len(w.text)}
	w.endText('\n')
	own := w.text[words.from:words.to]

	switch {
	case w.inField:
		w.problem(FieldHeading, string(own), n.Pos())
	case n.Level == 1:
		w.problem(ExtraTitle, string(own), n.Pos())
	case level > w.level+1:
		w.problem(SkippedLevel, string(own), n.Pos())
	}
	w.level = level

	id, class := "", ""
	for _, a := range n.Attributes() {
		value, ok := a.Value.([]byte)
		switch name := string(a.Name); {
		case name == "id" && ok && validID(string(value)):
			id = string(value)
		case name == "class" && ok:
			class = string(value)
		default:
			w.problem(DroppedAttribute, name, n.Pos())
		}
	}
	if id == "" {
		id = slug(own)
	} else if !w.ids.free(id) {
		w.problem(DoubleAnchor, id, n.Pos())
	}
	id = w.ids.take(id)
	w.anchors = slices.Insert(w.anchors, anchor, id)
	w.headings = append(w.headings, headingAt{level, id, words})
	w.sections = append(w.sections, sectionAt{heading: len(w.headings) - 1})
	w.sectionText = len(w.text)

	// The id comes from the text, so the start tag is put before it afterwards.
	end := len(w.html)
	w.html = append(append(w.html, "<h"...), byte('0'+level))
	w.attribute("id", id)
	w.class(class)
	w.html = append(w.html, '>')
	tag := len(w.html) - end
	rotate(w.html[at:], tag)
	for i := hole; i < len(w.holes); i++ {
		w.holes[i].at += tag
	}
	w.html = append(append(append(w.html, "</h"...), byte('0'+level)), ">\n"...)
}

// rotate brings the last n bytes of b to its front.
func rotate(b []byte, n int) {
	slices.Reverse(b)
	slices.Reverse(b[:n])
	slices.Reverse(b[n:])
}

func (w *writer) list(n *ast.List) {
	tag := "ul"
	if n.IsOrdered() {
		tag = "ol"
	}
	w.html = append(append(w.html, '<'), tag...)
	if n.IsOrdered() && n.Start != 1 {
		w.attribute("start", strconv.Itoa(n.Start))
	}
	w.html = append(w.html, ">\n"...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.html = append(w.html, "<li"...)
		if first := c.FirstChild(); first != nil {
			if _, ok := first.FirstChild().(*taskMark); ok {
				w.class("task")
			}
			w.html = append(w.html, '>')
			if _, ok := first.(*ast.TextBlock); !ok {
				w.html = append(w.html, '\n')
			}
		} else {
			w.html = append(w.html, '>')
		}
		w.blocks(c)
		w.html = append(w.html, "</li>\n"...)
	}
	w.html = append(append(append(w.html, "</"...), tag...), ">\n"...)
}

func (w *writer) blockquote(n *ast.Blockquote) {
	kind, first := alertKind(n, w.src)
	if kind < 0 {
		w.html = append(w.html, "<blockquote>\n"...)
		w.blocks(n)
		w.html = append(w.html, "</blockquote>\n"...)
		return
	}
	w.html = append(w.html, `<div class="alert alert-`...)
	w.html = append(w.html, alertNames[kind]...)
	w.html = append(w.html, `" role="note">`+"\n"+`<p class="alert-title">`...)
	w.html = append(w.html, w.r.labels.alerts[kind]...)
	w.html = append(w.html, "</p>\n"...)
	w.blocksFrom(first)
	w.html = append(w.html, "</div>\n"...)
}

// alertKind returns which of [alertNames] a quote is, -1 for none, and the
// paragraph that says so; from that, it takes off the mark.
func alertKind(n *ast.Blockquote, src []byte) (int, *ast.Paragraph) {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || first.Lines().Len() == 0 {
		return -1, nil
	}
	segment := first.Lines().At(0)
	mark := bytes.TrimSpace(segment.Value(src))
	if len(mark) < 4 || mark[0] != '[' || mark[1] != '!' || mark[len(mark)-1] != ']' {
		return -1, nil
	}
	name := string(mark[2 : len(mark)-1])
	for i, a := range alertNames {
		if strings.EqualFold(name, a) {
			for c := first.FirstChild(); c != nil && position(c) < segment.Stop; c = first.FirstChild() {
				first.RemoveChild(first, c)
			}
			return i, first
		}
	}
	return -1, nil
}

// position returns where an inline node starts in the source.
func position(n ast.Node) int {
	if p := n.Pos(); p >= 0 || !n.HasChildren() {
		return p
	}
	return position(n.FirstChild())
}

func (w *writer) table(n *extast.Table) {
	w.tables++
	w.html = append(w.html, `<div class="table" role="region" aria-label="`...)
	w.html = append(w.html, w.r.labels.table...)
	if w.tables > 1 {
		// Regions of one page need different names.
		w.html = strconv.AppendInt(append(w.html, ' '), int64(w.tables), 10)
	}
	w.html = append(w.html, `" tabindex="0"><table>`+"\n"...)
	outer := w.inCell
	w.inCell = true
	body := false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if _, ok := row.(*extast.TableHeader); !ok {
			if !body {
				w.html = append(w.html, "<tbody>\n"...)
				body = true
			}
			if lost := beyondCells(w.src[row.Pos():], len(n.Alignments)); len(lost) > 0 {
				w.problem(LostCells, string(lost), row.Pos())
			}
			w.row(row, "td")
		} else if hasCells(row) {
			w.html = append(w.html, "<thead>\n"...)
			w.quiet++
			w.row(row, "th")
			w.quiet--
			w.html = append(w.html, "</thead>\n"...)
		}
	}
	if body {
		w.html = append(w.html, "</tbody>\n"...)
	}
	w.inCell = outer
	w.html = append(w.html, "</table></div>\n"...)
}

// beyondCells returns what stands in the row of a table with which src starts after
// that many cells; nothing when those cells are empty.
func beyondCells(src []byte, cells int) []byte {
	line, _, _ := bytes.Cut(src, []byte("\n"))
	line = bytes.TrimPrefix(bytes.Trim(line, " \t"), []byte("|"))
	if bytes.Count(line[:max(0, len(line)-1)], []byte("|")) < cells {
		return nil
	}
	for ; cells > 0; cells-- {
		end := 0
		for end < len(line) && (line[end] != '|' || end > 0 && line[end-1] == '\\') {
			end++
		}
		if end == len(line) {
			return nil
		}
		line = line[end+1:]
	}
	return bytes.Trim(line, "| \t")
}

// hasCells reports whether a row has a cell that is not empty. A head without is
// how Markdown says that a table has none.
func hasCells(row ast.Node) bool {
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			return true
		}
	}
	return false
}

func (w *writer) row(row ast.Node, tag string) {
	w.html = append(w.html, "<tr>\n"...)
	from := len(w.text)
	for c := row.FirstChild(); c != nil; c = c.NextSibling() {
		tag := tag
		if !c.HasChildren() {
			tag = "td" // an empty cell heads nothing
		}
		w.html = append(append(w.html, '<'), tag...)
		if tag == "th" {
			w.html = append(w.html, ` scope="col"`...)
		}
		switch c.(*extast.TableCell).Alignment {
		case extast.AlignLeft:
			w.class("align-left")
		case extast.AlignCenter:
			w.class("align-center")
		case extast.AlignRight:
			w.class("align-right")
		}
		w.html = append(w.html, '>')
		w.startText()
		w.inlines(c)
		w.endText(' ')
		w.html = append(append(append(w.html, "</"...), tag...), ">\n"...)
	}
	if len(w.text) > from {
		w.text[len(w.text)-1] = '\n'
	}
	w.html = append(w.html, "</tr>\n"...)
}

// inlines writes the text of a block, or what is in an inline element.
func (w *writer) inlines(parent ast.Node) {
	base := len(w.tags)
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch n := c.(type) {
		case *ast.Text:
			c = w.textNodes(n)
		case *ast.Emphasis:
			if n.Level == 2 {
				w.element("strong", n)
			} else {
				w.element("em", n)
			}
		case *extast.Strikethrough:
			w.element("del", n)
		case *ast.CodeSpan:
			w.codeSpan(n)
		case *ast.Link:
			w.link(n, n.Pos(), w.unescape(n.Destination), w.unescape(n.Title), func() { w.inlines(n) })
		case *ast.Image:
			w.image(n)
		case *ast.AutoLink:
			w.autoLink(n)
		case *ast.RawHTML:
			c = w.rawHTML(n, base)
		case *footnoteRef:
			w.footnoteRef(n)
		case *taskMark:
			w.taskMark(n)
		}
	}
	w.closeTags(base)
}

// textNodes writes a text with the texts that follow it, up to a hard line break.
// It returns the last.
func (w *writer) textNodes(n *ast.Text) ast.Node {
	w.run = place{len(w.html), len(w.text), n.Segment.Start}
	for {
		// Brackets and marks that match nothing leave many without a gap between.
		segment := n.Segment
		next, ok := n.NextSibling().(*ast.Text)
		for ok && !n.SoftLineBreak() && !n.HardLineBreak() && next.Segment.Start == segment.Stop && next.Segment.Padding == 0 {
			n = next
			segment.Stop = n.Segment.Stop
			next, ok = n.NextSibling().(*ast.Text)
		}
		w.span(segment.Start, segment.Stop)
		switch {
		case n.HardLineBreak():
			w.terms(segment.Stop)
			w.html = append(w.html, "<br>\n"...)
			w.text = append(w.text, ' ')
			return n
		case n.SoftLineBreak():
			w.html = append(w.html, '\n')
			w.text = append(w.text, ' ')
		}
		if !ok {
			w.terms(segment.Stop)
			return n
		}
		n = next
	}
}

func (w *writer) element(tag string, n ast.Node) {
	w.html = append(append(append(w.html, '<'), tag...), '>')
	w.inlines(n)
	w.html = append(append(append(w.html, "</"...), tag...), '>')
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	w.html = append(w.html, "<code>"...)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		segment := c.(*ast.Text).Segment
		value := segment.Value(w.src)
		if w.inCell {
			value = bytes.ReplaceAll(value, []byte(`\|`), []byte("|"))
		}
		if bytes.HasSuffix(value, []byte("\n")) {
			w.raw(value[:len(value)-1])
			w.raw([]byte(" "))
		} else {
			w.raw(value)
		}
	}
	w.html = append(w.html, "</code>"...)
}

// link writes a link around what inside writes, or only that when there can be no
// link here.
func (w *writer) link(n ast.Node, at int, dest, title string, inside func()) {
	if w.muted > 0 || w.inLink > 0 {
		inside()
		return
	}
	if !allowed(dest) {
		w.problem(DroppedLink, dest, at)
		inside()
		return
	}
	w.html = append(w.html, "<a"...)
	hole := len(w.holes)
	w.holes = append(w.holes, holeAt{kind: LinkHole, at: len(w.html), dest: dest, title: title, pos: at})
	w.html = append(w.html, '>')
	from := len(w.text)
	w.inLink++
	inside()
	w.inLink--
	if isFile(dest) {
		w.holes = append(w.holes, holeAt{kind: FileHole, at: len(w.html), dest: dest, pos: at})
	}
	w.html = append(w.html, "</a>"...)
	w.holes[hole].text = stretch{from, len(w.text)}
	if len(bytes.TrimSpace(w.text[from:])) == 0 {
		w.problem(EmptyLink, dest, at)
	}
	late := w.late
	w.late = nil
	for _, ref := range late {
		w.footnoteRef(ref)
	}
}

func (w *writer) image(n *ast.Image) {
	dest := w.unescape(n.Destination)
	if w.muted == 0 && !allowed(dest) {
		w.problem(DroppedLink, dest, n.Pos())
		w.inlines(n)
		return
	}
	from, html := len(w.text), len(w.html)
	w.muted++
	w.inlines(n)
	w.muted--
	if w.muted > 0 {
		return
	}
	w.html = w.html[:html]
	alt := bytes.TrimSpace(w.text[from:])
	decorative := strings.EqualFold(string(alt), w.r.labels.decorative)
	switch {
	case decorative:
		w.text = w.text[:from]
	case len(alt) == 0:
		w.problem(MissingAlt, dest, n.Pos())
	}
	w.holes = append(w.holes, holeAt{
		kind: ImageHole, at: html, text: stretch{from, len(w.text)}, dest: dest, title: w.unescape(n.Title), pos: n.Pos(),
		decorative: decorative, inLink: w.inLink > 0,
	})
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := n.Label(w.src)
	dest := string(label)
	switch {
	case n.AutoLinkType == ast.AutoLinkEmail:
		dest = "mailto:" + dest
	case n.Protocol != nil:
		dest = string(n.Protocol) + "://" + dest
	}
	w.link(n, n.Pos(), dest, "", func() { w.raw(label) })
}

// allowed reports whether a destination is relative or has a scheme that passes.
// It reads the scheme as browsers do: white space and control characters, which
// they leave out, cannot hide it.
func allowed(dest string) bool {
	end := strings.IndexAny(dest, ":/?#")
	if end < 0 || dest[end] != ':' {
		return true
	}
	scheme := strings.Map(func(c rune) rune {
		if c <= ' ' || c == 0x7f {
			return -1
		}
		return c
	}, dest[:end])
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return len(scheme) == end // a scheme that had to be cleaned is a trick
	}
	return false
}

// isFile reports whether a destination is a file of the site that is no page, by its
// ending.
func isFile(dest string) bool {
	name := dest
	if end := strings.IndexAny(dest, "?#"); end >= 0 {
		name = dest[:end]
	}
	if strings.IndexByte(name, ':') >= 0 || strings.HasPrefix(name, "//") {
		return false
	}
	ext := path.Ext(name)
	return len(ext) > 1 && ext != ".md" && ext != ".html"
}

func (w *writer) taskMark(n *taskMark) {
	if w.muted > 0 {
		return
	}
	mark, label := "☐", w.r.labels.toDo
	if n.done {
		mark, label = "☑", w.r.labels.done
	}
	w.html = append(w.html, `<span class="task-mark" aria-hidden="true">`...)
	w.html = append(w.html, mark...)
	w.html = append(w.html, `</span> <span class="visually-hidden">`...)
	w.html = append(w.html, label...)
	w.html = append(w.html, `:</span> `...)
}

func (w *writer) footnoteRef(n *footnoteRef) {
	switch {
	case w.muted > 0:
		return
	case w.inLink > 0:
		w.late = append(w.late, n)
		return
	}
	to := n.to
	if to.number == 0 {
		w.notes = append(w.notes, to)
		to.number = len(w.notes)
	}
	number := strconv.Itoa(to.number)
	id := w.ids.take("nootverwijzing-" + number)
	w.anchors = append(w.anchors, id)
	if len(to.refs) == 0 {
		to.refs = append(to.refs, w.ids.take("noot-"+number)) // first its own id
	}
	to.refs = append(to.refs, id)
	w.html = append(w.html, `<sup class="footnote-ref"><a href="#`...)
	w.html = append(w.html, to.refs[0]...)
	w.html = append(w.html, '"')
	w.attribute("id", id)
	w.html = append(w.html, ` role="doc-noteref" aria-label="`...)
	w.html = append(append(w.html, w.r.labels.footnote...), ' ')
	w.html = append(append(append(w.html, number...), `">`...), number...)
	w.html = append(w.html, "</a></sup>"...)
}

// footnotes writes the footnotes that are referred to. A footnote may refer to a
// further one, so the list may grow meanwhile.
func (w *writer) footnotes() {
	if len(w.notes) == 0 {
		return
	}
	w.html = append(w.html, `<section class="footnotes" role="doc-endnotes" aria-label="`...)
	w.html = append(append(w.html, w.r.labels.footnotes...), `">`+"\n<ol>\n"...)
	for i := 0; i < len(w.notes); i++ {
		n := w.notes[i]
		id := n.refs[0]
		w.anchors = append(w.anchors, id)
		w.html = append(w.html, "<li"...)
		w.attribute("id", id)
		w.html = append(w.html, ">\n"...)
		last, _ := n.LastChild().(*ast.Paragraph)
		if last != nil {
			n.RemoveChild(n, last)
		}
		w.blocks(n)
		w.html = append(w.html, "<p>"...)
		if last != nil {
			w.startText()
			w.inlines(last)
			w.endText('\n')
		}
		for j, ref := range n.refs[1:] {
			w.html = append(w.html, ` <a href="#`...)
			w.html = append(append(w.html, ref...), `" class="footnote-back" role="doc-backlink" aria-label="`...)
			w.html = append(w.html, w.r.labels.back...)
			if j > 0 {
				w.html = strconv.AppendInt(append(w.html, ' '), int64(j+1), 10)
			}
			w.html = append(w.html, `">↩︎</a>`...)
		}
		w.html = append(w.html, "</p>\n</li>\n"...)
	}
	w.html = append(w.html, "</ol>\n</section>\n"...)
}

// anchor takes an id that the author gave to raw HTML, or returns "".
func (w *writer) anchor(id string, at int) string {
	if !validID(id) || !w.ids.free(id) {
		w.problem(DoubleAnchor, id, at)
		return ""
	}
	id = w.ids.take(id)
	w.anchors = append(w.anchors, id)
	return id
}

// validID reports whether an id can be linked to as it is written.
func validID(id string) bool {
	return id != "" && strings.IndexFunc(id, func(c rune) bool { return !isNameChar(c) }) < 0
}

// class writes a class attribute with those names in classes that are fit for one.
func (w *writer) class(classes string) {
	if classes == "" {
		return
	}
	names := strings.Fields(classes)
	names = slices.DeleteFunc(names, func(name string) bool { return !validID(name) })
	if len(names) > 0 {
		w.attribute("class", strings.Join(names, " "))
	}
}

func (w *writer) attribute(name, value string) {
	w.html = append(append(append(w.html, ' '), name...), `="`...)
	w.html = append(append(w.html, value...), '"')
}

func (w *writer) problem(kind ProblemKind, detail string, at int) {
	w.problems = append(w.problems, problemAt{kind, detail, at})
}

// startText begins the text of a block.
func (w *writer) startText() {
	w.blockText, w.single, w.double = len(w.text), 0, 0
}

// endText ends the text of a block, if it has any.
func (w *writer) endText(mark byte) {
	if len(w.text) > w.blockText {
		w.text = append(w.text, mark)
		w.blockText = len(w.text)
	}
}

// endSection ends the text that belongs to the heading before.
func (w *writer) endSection() {
	w.sections[len(w.sections)-1].text = stretch{w.sectionText, len(w.text)}
}

// finish makes the document.
func (w *writer) finish() *Document {
	html, all := string(w.html), string(w.text)
	cut := func(s stretch) string { return strings.TrimSpace(all[s.from:s.to]) }
	d := &Document{Title: w.title, Chunks: make([]string, 0, len(w.holes)+1)}
	if len(w.holes) > 0 {
		d.Holes = make([]Hole, 0, len(w.holes))
	}
	from := 0
	for _, h := range w.holes {
		d.Chunks = append(d.Chunks, html[from:h.at])
		from = h.at + h.size
		line, col := w.lineCol(h.pos)
		d.Holes = append(d.Holes, Hole{h.kind, h.dest, h.title, cut(h.text), line, col, h.decorative, h.inLink})
	}
	d.Chunks = append(d.Chunks, html[from:])
	if len(w.headings) > 0 {
		d.Headings = make([]Heading, 0, len(w.headings))
	}
	for _, h := range w.headings {
		d.Headings = append(d.Headings, Heading{h.level, h.id, cut(h.text)})
	}
	d.Anchors = append([]string(nil), w.anchors...)
	for _, s := range w.sections {
		section := Section{Text: cut(s.text)}
		if s.heading >= 0 {
			section.ID, section.Title = d.Headings[s.heading].ID, d.Headings[s.heading].Text
		} else if section.Text == "" {
			continue
		}
		d.Sections = append(d.Sections, section)
	}
	d.Words = words(all) - w.words
	for _, list := range [][]problemAt{w.found.problems, w.problems} {
		for _, p := range list {
			line, col := w.lineCol(p.at)
			d.Problems = append(d.Problems, Problem{p.kind, p.detail, line, col})
		}
	}
	slices.SortStableFunc(d.Problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Col - b.Col
	})
	return d
}

// lineCol turns an offset in the source into a line and a column.
func (w *writer) lineCol(at int) (line, col int) {
	if len(w.lines) == 0 {
		w.lines = append(w.lines, 0)
		for i := 0; ; {
			n := bytes.IndexByte(w.counted[i:], '\n')
			if n < 0 {
				break
			}
			i += n + 1
			w.lines = append(w.lines, i)
		}
	}
	at = min(max(at, 0), len(w.counted))
	i, found := slices.BinarySearch(w.lines, at)
	if !found {
		i--
	}
	// Counting on from the last place keeps a long line with many links linear.
	from, col := w.lines[i], 1
	if w.seen.line == i+1 && w.seen.at <= at {
		from, col = w.seen.at, w.seen.col
	}
	col += utf8.RuneCount(w.counted[from:at])
	w.seen.at, w.seen.line, w.seen.col = at, i+1, col
	return i + 1, col
}
