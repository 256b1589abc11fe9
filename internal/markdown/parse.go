package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// goldmark parses in linear time as long as blocks are not nested deeply and
// the text of one block is not long and full of marks that match nothing. No text
// that people write comes near these limits; past them a mark is plain text and
// the document gets one TooDeep problem.
const (
	maxDepth    = 64      // open blocks: quotes, lists (two for each), definitions, footnotes
	maxBlank    = 100     // blank lines in a row; the rest is one line (every open list looks at each)
	maxInline   = 32_000  // bytes of a block in which marks count
	maxBrackets = 100     // brackets open at one place
	maxMarks    = 1_000   // runs of * _ ~ in a block
	maxRun      = 20      // length of such a run; a longer one is decoration, and no problem
	maxLines    = 1_000   // lines of a paragraph; the rest is the next paragraph
	maxFilled   = 100_000 // cells that a table lacks and that we would add
	maxBraces   = 8       // "{" in a heading that may have attributes
	maxWasted   = 2 << 20 // bytes looked through for the ")" of links that turned out to be none
)

// findings is what parsing one source leaves behind beside the tree.
type findings struct {
	footnotes map[string]*footnote // by label, lower case
	defined   []*footnote          // in the order of the text
	problems  []problemAt          // in the order they were found
	deep      int                  // where a limit was met first, -1 for nowhere
	wasted    int                  // see maxWasted
	fence     ast.Node             // the last fenced code that was ended

	block    ast.Node         // whose text is being parsed, and in it:
	start    int              // its first byte
	brackets int              // open brackets
	opened   [maxBrackets]int // where they are
	marks    int              // runs of * _ ~
}

// problemAt is a problem whose position is still an offset in the source.
type problemAt struct {
	kind   ProblemKind
	detail string
	at     int
}

var findingsKey = parser.NewContextKey()

func findingsOf(pc parser.Context) *findings { return pc.Get(findingsKey).(*findings) }

func (f *findings) problem(kind ProblemKind, detail []byte, at int) {
	f.problems = append(f.problems, problemAt{kind, string(detail), at})
}

// tooDeep notes that a limit was met.
func (f *findings) tooDeep(at int) {
	if f.deep < 0 {
		f.deep = at
	}
}

// newParser makes a parser; bare is the one for bare addresses, or nil.
func newParser(bare parser.InlineParser) parser.Parser {
	p := util.Prioritized
	made := parser.NewParser(
		parser.WithBlockParsers(
			p(&headings{parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), nil}, 100),
			p(&containers{extension.NewDefinitionListParser()}, 101),
			p(extension.NewDefinitionDescriptionParser(), 102),
			p(parser.NewThematicBreakParser(), 200),
			p(&containers{parser.NewListParser()}, 300),
			p(parser.NewListItemParser(), 400),
			p(parser.NewCodeBlockParser(), 500),
			p(&headings{parser.NewATXHeadingParser(parser.WithHeadingAttribute()), parser.NewATXHeadingParser()}, 600),
			p(fences{parser.NewFencedCodeBlockParser()}, 700),
			p(&containers{parser.NewBlockquoteParser()}, 800),
			p(parser.NewHTMLBlockParser(), 900),
			p(&containers{footnoteBlocks{}}, 950),
			p(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			p(&within{parser.NewCodeSpanParser()}, 100),
			p(&within{brackets{parser.NewLinkParser()}}, 200),
			p(&within{parser.NewAutoLinkParser()}, 300),
			p(&within{parser.NewRawHTMLParser()}, 400),
			p(&within{marks{parser.NewEmphasisParser()}}, 500),
			p(&within{marks{extension.NewStrikethroughParser()}}, 500),
		),
		parser.WithParagraphTransformers(
			p(paragraphs{}, 50),
			p(parser.LinkReferenceParagraphTransformer, 100),
			p(tables{extension.NewTableParagraphTransformer()}, 200),
		),
	)
	if bare != nil {
		made.AddOptions(parser.WithInlineParsers(p(&within{bare}, 600)))
	}
	return made
}

// containers keeps blocks from nesting too deeply.
type containers struct{ parser.BlockParser }

func (p *containers) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) < maxDepth {
		return p.BlockParser.Open(parent, reader, pc)
	}
	_, at := reader.Position()
	findingsOf(pc).tooDeep(at.Start)
	return nil, parser.NoChildren
}

// headings keeps the parser of attributes, which recurses and starts again at
// each brace, away from lines full of braces.
type headings struct {
	parser.BlockParser
	plain parser.BlockParser // without attributes; nil: no heading then
}

func (p *headings) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	var line []byte
	if p.plain != nil {
		line, _ = reader.PeekLine()
	} else if last, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph); ok && last.Lines().Len() > 0 {
		segment := last.Lines().At(last.Lines().Len() - 1)
		line = reader.Value(segment)
	}
	if bytes.Count(line, []byte("{")) <= maxBraces {
		return p.BlockParser.Open(parent, reader, pc)
	}
	_, at := reader.Position()
	findingsOf(pc).tooDeep(at.Start)
	if p.plain == nil {
		return nil, parser.NoChildren
	}
	return p.plain.Open(parent, reader, pc)
}

// fences tells of fenced code that is not ended.
type fences struct{ parser.BlockParser }

func (p fences) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	state := p.BlockParser.Continue(node, reader, pc)
	if state == parser.Close {
		findingsOf(pc).fence = node
	}
	return state
}

func (p fences) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(node, reader, pc)
	if f := findingsOf(pc); f.fence != node {
		f.problem(OpenFence, nil, node.Pos())
	}
}

// footnote is a block [^label]: …
type footnote struct {
	ast.BaseBlock
	label  string
	number int      // 1-based, in the order of the references; 0 before the first
	refs   []string // ids of the references
}

var kindFootnote = ast.NewNodeKind("Footnote")

func (n *footnote) Kind() ast.NodeKind            { return kindFootnote }
func (n *footnote) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteRef is a reference [^label] to a footnote.
type footnoteRef struct {
	ast.BaseInline
	to *footnote
}

var kindFootnoteRef = ast.NewNodeKind("FootnoteRef")

func (n *footnoteRef) Kind() ast.NodeKind            { return kindFootnoteRef }
func (n *footnoteRef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// taskMark is the [ ] or [x] at the start of a list item.
type taskMark struct {
	ast.BaseInline
	done bool
}

var kindTaskMark = ast.NewNodeKind("TaskMark")

func (n *taskMark) Kind() ast.NodeKind            { return kindTaskMark }
func (n *taskMark) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// footnoteLabel returns the label at the start of line, which begins with "[^",
// and what follows its "]"; label is "" when there is none.
func footnoteLabel(line []byte) (label string, rest []byte) {
	for i := 2; i < len(line) && i < 200; i++ {
		switch c := line[i]; {
		case c == ']' && i > 2:
			return strings.ToLower(string(line[2:i])), line[i+1:]
		case c == ']', c == '[', c <= ' ':
			return "", nil
		}
	}
	return "", nil
}

// footnoteBlocks parses footnotes. They stay where they are in the tree; the
// writer passes by them and writes those that are referred to at the end.
type footnoteBlocks struct{}

func (footnoteBlocks) Trigger() []byte             { return []byte{'['} }
func (footnoteBlocks) CanInterruptParagraph() bool { return true }
func (footnoteBlocks) CanAcceptIndentedLine() bool { return false }

func (footnoteBlocks) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || !bytes.HasPrefix(line[pos:], []byte("[^")) {
		return nil, parser.NoChildren
	}
	label, rest := footnoteLabel(line[pos:])
	if label == "" || len(rest) == 0 || rest[0] != ':' {
		return nil, parser.NoChildren
	}
	reader.Advance(len(line) - len(rest) + 1)
	if util.IsBlank(rest[1:]) {
		return &footnote{label: label}, parser.NoChildren
	}
	return &footnote{label: label}, parser.HasChildren
}

func (footnoteBlocks) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (footnoteBlocks) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	f, n := findingsOf(pc), node.(*footnote)
	if f.footnotes == nil {
		f.footnotes = map[string]*footnote{}
	}
	if f.footnotes[n.label] == nil {
		f.footnotes[n.label] = n
	}
	f.defined = append(f.defined, n)
}

// paragraphs cuts a paragraph of very many lines in pieces: link definitions in
// one paragraph and lookups by line are quadratic in its lines. The lines of a
// table stay together.
type paragraphs struct{}

func (paragraphs) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	if lines.Len() <= maxLines {
		return
	}
	end := lines.Len()
	if i := delimiterLine(lines, reader.Source()); i > 0 {
		end = i - 1
	}
	from := 0
	for ; from+maxLines < end; from += maxLines {
		piece := ast.NewParagraph()
		piece.Lines().AppendAll(lines.Sliced(from, from+maxLines))
		node.Parent().InsertBefore(node.Parent(), node, piece)
		parser.LinkReferenceParagraphTransformer.Transform(piece, reader, pc)
		if piece.Parent() != nil {
			parser.NewParagraphParser().Close(piece, reader, pc)
		}
	}
	if from > 0 {
		segment := lines.At(from)
		findingsOf(pc).tooDeep(segment.Start)
		lines.SetSliced(from, lines.Len())
	}
}

// delimiterLine returns which line looks like the second of a table, or 0.
func delimiterLine(lines *text.Segments, source []byte) int {
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := segment.Value(source)
		if len(bytes.Trim(line, "|-: \t\n")) == 0 && bytes.IndexByte(line, '-') >= 0 {
			return i
		}
	}
	return 0
}

// tables keeps a table from being filled up with far more cells than it has.
type tables struct{ parser.ParagraphTransformer }

func (t tables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	second := delimiterLine(lines, reader.Source())
	if second == 0 {
		return
	}
	columns, cells := 0, 0
	for i := second; i < lines.Len(); i++ {
		segment := lines.At(i)
		n := 1 + bytes.Count(segment.Value(reader.Source()), []byte("|"))
		if i == second {
			columns = n
		}
		cells += n
	}
	if columns*(lines.Len()-second)-cells > maxFilled {
		findingsOf(pc).tooDeep(node.Pos())
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// within keeps an inline parser to the first maxInline bytes of a block.
type within struct{ parser.InlineParser }

func (p *within) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	f := findingsOf(pc)
	if f.block != parent {
		first := parent.Lines().At(0)
		f.block, f.start, f.brackets, f.marks = parent, first.Start, 0, 0
	}
	if _, at := block.Position(); at.Start-f.start > maxInline {
		f.tooDeep(at.Start)
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// CloseBlock lets the link parser clear its state at the end of a block.
func (p *within) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if c, ok := p.InlineParser.(parser.CloseBlocker); ok {
		c.CloseBlock(parent, block, pc)
	}
}

// brackets parses all that starts with a bracket: links and images, references
// to footnotes, and the marks of tasks.
type brackets struct{ parser.InlineParser }

func (p brackets) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	f := findingsOf(pc)
	line, at := block.PeekLine()
	switch {
	case line[0] == ']':
		n := p.InlineParser.Parse(parent, block, pc)
		if n == nil && len(line) > 1 && line[1] == '(' {
			f.wasted += len(line)
		}
		if f.brackets > 0 {
			f.brackets--
			if n == nil {
				f.slip(block.Source(), f.opened[f.brackets], at.Start, line[1:], pc)
			}
		}
		return n
	case line[0] == '!' && (len(line) < 2 || line[1] != '['):
		return nil
	case f.brackets >= maxBrackets || f.wasted > maxWasted:
		f.tooDeep(at.Start)
		return nil
	case len(line) > 3 && line[0] == '[' && line[1] == '^':
		if label, rest := footnoteLabel(line); label != "" {
			if to := f.footnotes[label]; to != nil {
				block.Advance(len(line) - len(rest))
				return &footnoteRef{to: to}
			}
			if len(rest) == 0 || rest[0] != '(' && rest[0] != '[' {
				f.problem(MissingFootnote, []byte(label), at.Start)
			}
		}
	case len(line) > 3 && line[2] == ']' && (line[3] == ' ' || line[3] == '\t') && isFirstOfItem(parent):
		if c := line[1]; c == ' ' || c == 'x' || c == 'X' {
			block.Advance(4)
			return &taskMark{done: c != ' '}
		}
	}
	f.opened[f.brackets] = at.Start
	f.brackets++
	return p.InlineParser.Parse(parent, block, pc)
}

// slip tells of brackets that are no link for a small mistake. They stand in
// source[from:to], and rest is what follows "]" in the line. It stays silent where
// the author may have meant no link.
func (f *findings) slip(source []byte, from, to int, rest []byte, pc parser.Context) {
	rest = rest[:min(len(rest), 1_000)]
	if inside, _ := enclosed(rest, '('); inside != nil {
		if words := strings.Fields(title.ReplaceAllString(string(inside), "")); len(words) > 1 &&
			(addressStart.MatchString(words[0]) || fileEnd.MatchString(words[0]) || fileEnd.MatchString(words[len(words)-1])) {
			f.problem(SpacedLink, bytes.TrimSpace(inside), from)
		}
		return
	}
	label, rest := enclosed(rest, '[')
	if label == nil {
		return
	}
	words := bytes.TrimPrefix(bytes.TrimPrefix(source[from:to], []byte("!")), []byte("["))
	same := bytes.EqualFold(words, label)
	if len(label) == 0 {
		label = words
	}
	before, _ := utf8.DecodeLastRune(source[:from])
	after, _ := utf8.DecodeRune(rest)
	switch {
	case isWord(before), isWord(after), strings.ContainsRune("[]", before), strings.ContainsRune("[](:", after):
		// a[i][j], [een][twee][drie]
	case same, bytes.IndexFunc(words, unicode.IsLower) < 0 && bytes.IndexFunc(label, unicode.IsLower) < 0:
		// [tab][tab], [1][2], [JAAR][MAAND]
	case bytes.HasPrefix(words, []byte("^")), bytes.HasPrefix(words, []byte("!")), label[0] == '^', len(label) > 999:
		// footnotes, alerts, too long for a label
	default:
		if _, found := pc.Reference(util.ToLinkReference(label)); !found {
			f.problem(NoReference, label, from)
		}
	}
}

var (
	title        = regexp.MustCompile(`[ \t]("[^"]*"|'[^']*')[ \t]*$`)
	addressStart = regexp.MustCompile(`^(https?://|www\.|mailto:|\.{0,2}/|#)`)
	fileEnd      = regexp.MustCompile(`\.[A-Za-z][0-9A-Za-z]{1,4}([#?].*)?$|/$`)
)

// enclosed returns what stands between the bracket with which line starts, if it
// is open, and the one that closes it, and what follows; nil when there is no such,
// or there are brackets of another sort or code in it.
func enclosed(line []byte, open byte) (inside, rest []byte) {
	if len(line) == 0 || line[0] != open {
		return nil, nil
	}
	depth := 0
	for i, c := range line {
		switch {
		case open == '[' && c == ']', open == '(' && c == ')' && depth == 1:
			return line[1:i], line[i+1:]
		case c == '(':
			depth++
		case c == ')':
			depth--
		case i > 0 && strings.IndexByte("[]<`", c) >= 0:
			return nil, nil
		}
	}
	return nil, nil
}

func (p brackets) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// isFirstOfItem reports whether the parser stands at the very start of a list
// item whose text is block.
func isFirstOfItem(block ast.Node) bool {
	item, ok := block.Parent().(*ast.ListItem)
	return ok && item.FirstChild() == block && !block.HasChildren()
}

// marks parses emphasis or strikethrough.
type marks struct{ parser.InlineParser }

func (p marks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	run := 1
	for run < len(line) && line[run] == line[0] {
		run++
	}
	if run > maxRun {
		// As one text: the parser would look at the whole run again for each of its characters.
		block.Advance(run)
		return ast.NewTextSegment(at.WithStop(at.Start + run))
	}
	f := findingsOf(pc)
	if f.marks >= maxMarks {
		f.tooDeep(at.Start)
		return nil
	}
	f.marks++
	return p.InlineParser.Parse(parent, block, pc)
}

// addresses parses bare addresses, https://… and www.…. It starts at the first
// character that could not be in a word, so that words cost nothing, and takes
// back from the text what went before. Bare e-mail addresses are the writer's:
// see [writer.span].
type addresses struct{}

func (addresses) Trigger() []byte { return []byte{':', '.'} }

func (addresses) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	if len(line) < 3 || line[0] == ':' && (line[1] != '/' || line[2] != '/') || at.Padding > 0 {
		return nil
	}
	before, ok := parent.LastChild().(*ast.Text)
	if !ok || before.Segment.Stop != at.Start || before.SoftLineBreak() || before.HardLineBreak() || before.Segment.Padding > 0 {
		return nil
	}
	source := block.Source()
	word := at.Start
	for word > before.Segment.Start && at.Start-word < 6 && isASCIILetter(source[word-1]) {
		word--
	}
	if c, _ := utf8.DecodeLastRune(source[before.Segment.Start:word]); word > before.Segment.Start && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
		return nil
	}
	host, dots := 0, 0
	switch start := string(source[word:at.Start]); {
	case line[0] == '.' && strings.EqualFold(start, "www"):
		host, dots = 1, 1
	case line[0] == ':' && (strings.EqualFold(start, "http") || strings.EqualFold(start, "https")):
		host = 3
	default:
		return nil
	}
	if pc.IsInLinkLabel() {
		return nil
	}
	end := addressEnd(line, host, dots)
	if end < 0 {
		return nil
	}

	if word == before.Segment.Start {
		parent.RemoveChild(parent, before)
	} else {
		before.Segment.Stop = word
	}
	block.Advance(end)
	link := ast.NewAutoLink(ast.AutoLinkURL, ast.NewTextSegment(text.NewSegment(word, at.Start+end)))
	if line[0] == '.' {
		link.Protocol = []byte("https")
	}
	link.SetPos(word)
	return link
}

// addressEnd returns where an address in line ends whose host starts at host and
// must hold at least that many dots, or -1 when it is none.
func addressEnd(line []byte, host, dots int) int {
	end := host
	for end < len(line) && (isASCIILetter(line[end]) || isDigit(line[end]) || line[end] == '-' || line[end] == '.' || line[end] == '_' || line[end] >= utf8.RuneSelf) {
		end++
	}
	name := bytes.TrimRight(line[host:end], ".")
	if len(name) == 0 || name[0] == '.' || name[0] == '-' || bytes.Count(name, []byte(".")) < dots {
		return -1
	}
	for end < len(line) && line[end] > ' ' && strings.IndexByte("<>[]\"`\\", line[end]) < 0 {
		end++
	}
	// Marks at the end belong to the sentence, and so does a ")" without its "(".
	open, closed := bytes.Count(line[host:end], []byte("(")), bytes.Count(line[host:end], []byte(")"))
	for end > host {
		switch c := line[end-1]; {
		case strings.IndexByte("?!.,:*_~'", c) >= 0:
		case c == ';':
			// An entity at the end, such as &quot;, is not part of it either.
			if i := bytes.LastIndexByte(line[host:end], '&'); i >= 0 && bytes.IndexFunc(line[host+i+1:end-1], func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
				end = host + i + 1
			}
		case c == ')' && closed > open:
			closed--
		default:
			return end
		}
		end--
	}
	return -1
}

func isASCIILetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool       { return '0' <= c && c <= '9' }
