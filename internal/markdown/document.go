package markdown

import "strings"

// Document is a rendered text. Its HTML is complete but for the holes, which
// stand where the page model must decide: where a link leads, how an image is
// shown and whether a term is explained. A document that is filled differently (a page moved) is not rendered
// again.
type Document struct {
	Title    string    // the leading level-1 heading, when the page had no title of its own
	Chunks   []string  // the HTML around the holes: len(Holes)+1 of them
	Holes    []Hole    // in the order of the text
	Headings []Heading // in the order of the text
	Anchors  []string  // every id in the HTML, headings included, in the order of the text
	Sections []Section // plain text for search and excerpts
	Words    int       // number of words in the text, code left out
	Problems []Problem // what the author should know
}

// HoleKind says what a hole stands for.
type HoleKind uint8

const (
	// LinkHole stands for the attributes of an <a> start tag: the chunk before it
	// ends with "<a" and the chunk after it starts with ">". Fill it with
	// ` href="…"` or with nothing.
	LinkHole HoleKind = iota
	// ImageHole stands for a whole <img> element.
	ImageHole
	// TermHole stands for the first use of a [Term] in a text. Fill it with
	// Text, escaped, or with a link or other phrasing content that holds that.
	TermHole
	// FileHole stands at the end of the text of a link to a file that is no page.
	// Fill it with what a reader wants to know of the file, or with nothing.
	FileHole
)

// Hole is a place in the HTML that the page model fills.
type Hole struct {
	Kind  HoleKind
	Dest  string // destination as written, percent-encoding and entities undone where Markdown undoes them; of a term, its ID
	Title string // title as written, or ""
	Text  string // link text, alternative text, or the words for the term, plain
	Line  int    // 1-based line in the source given to Render
	Col   int    // 1-based column in characters

	Decorative bool // of an image: the author says that it tells nothing; Text is ""
	InLink     bool // of an image: it is in a link
}

// HTML returns the HTML with fill(i) for the hole i. Nothing is escaped.
func (d *Document) HTML(fill func(hole int) string) string {
	var b strings.Builder
	size := 0
	for _, c := range d.Chunks {
		size += len(c) + 64
	}
	b.Grow(size)
	for i, c := range d.Chunks {
		b.WriteString(c)
		if i < len(d.Holes) {
			b.WriteString(fill(i))
		}
	}
	return b.String()
}

// Heading is a heading with its anchor.
type Heading struct {
	Level int // 2 to 6
	ID    string
	Text  string // plain
}

// Section is the plain text from one heading up to the next. The first section
// is the text before the first heading and has no ID and no title; it is there
// only when it has text.
type Section struct {
	ID    string
	Title string
	Text  string // blocks are separated by a line feed
}

// ProblemKind is a sort of problem in a text.
type ProblemKind uint8

const (
	DroppedHTML      ProblemKind = iota // raw HTML whose tag is not allowed; Detail is the tag name ("" for a comment or the like)
	DroppedLink                         // a link or image with a scheme that is not allowed; Detail is the destination
	ExtraTitle                          // a level-1 heading that is not the page's title; it became level 2; Detail is its text
	SkippedLevel                        // a heading more than one level deeper than the one before; Detail is its text
	EmptyLink                           // a link without text; Detail is the destination
	MissingAlt                          // an image without alternative text; Detail is the destination
	DoubleAnchor                        // an id given by the author that exists already or is reserved; Detail is the id
	DroppedAttribute                    // an attribute of a heading or of raw HTML that is not allowed; Detail is its name
	MissingFootnote                     // a reference to a footnote that does not exist; Detail is its label
	UnusedFootnote                      // a footnote that nothing refers to, and so is not shown; Detail is its label
	TooDeep                             // nested so deeply, or so long, that part of the marks is shown as plain text
	FieldHeading                        // a heading in the text of a field; Detail is its text
	SpacedLink                          // a link or image that is shown as text, for a space in its destination; Detail is what stands between the parentheses
	NoReference                         // a link or image [text][label] that is shown as text, for there is no [label]: …; Detail is the label
	LostCells                           // cells of a table that are not shown, for its head has fewer columns; Detail is what stands in them
	OpenFence                           // fenced code that nothing ends but the end of the text, quote or list around it
)

// Problem is something in a text that its author should know.
type Problem struct {
	Kind   ProblemKind
	Detail string
	Line   int // 1-based line in the source given to Render
	Col    int // 1-based column in characters
}
