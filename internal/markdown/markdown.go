// Package markdown turns Markdown into HTML that can be trusted, with holes where
// the page model decides, and into the plain text that search needs.
//
// Make a [Renderer] once with [New]; [Renderer.Render] gives a [Document] for the
// text of a page, [Renderer.RenderField] for a text in its front matter, and both
// may be called by many goroutines at once. [Document.HTML] fills the holes. A
// document depends on nothing but the source, the title or prefix and the
// [Options]: keep it in a cache under those ([Options.Key]) with
// [Document.AppendBinary] and [Document.UnmarshalBinary].
//
// # What authors may write
//
// CommonMark; tables, strikethrough, task lists and bare addresses as on GitHub;
// footnotes; definition lists; alerts (> [!NOTE], TIP, IMPORTANT, WARNING,
// CAUTION); fenced code, coloured through classes; an id and classes on headings
// ({#id .class}). Straight quotes, dashes and dots become “ ” ‘ ’ – — …. The
// alternative text "decoratief" (in English "decorative") says that an image tells
// nothing.
//
// # What comes out
//
// Authors are not trusted. The HTML holds only elements that this package
// writes, and the raw ones that [Options.Tags] names; of those only id and class
// pass. There is never a style attribute. Destinations have the scheme http,
// https, mailto or tel, or none (a relative address; "//host" is one too). What
// is dropped is told in [Document.Problems], as is all else that an author should
// know.
//
// Level 1 belongs to the page's title: a leading level-1 heading becomes
// [Document.Title] when the page has no title and is dropped when it repeats the
// title; any other one becomes level 2.
//
// Ids are unique in a document and never one of those that templates use; see
// [Reserved]. A theme needs these classes: alert, alert-note (and -tip,
// -important, -warning, -caution), alert-title, align-left, align-center,
// align-right, table, task, task-mark, footnote-ref, footnotes, footnote-back,
// visually-hidden, and those of chroma inside pre.
//
// # Terms
//
// The first use of each of [Options.Terms] in a text is a hole. A name is met as
// whole words: "AVG" is not in AVG-proof, AVG's or avg.nl, but it is in (AVG) and
// AVG/Wpg. It is met as it is spelled, with a capital at its start when it starts
// with a small letter, or all in capitals when it has three letters or more; white
// space, dashes, apostrophes and soft hyphens may differ. The longest name counts.
// Terms stay text in links, headings, the head of a table, code, alternative texts,
// blocks of raw HTML and the raw elements abbr, code, dfn, kbd, samp and var.
//
// # Limits
//
// Sources that would take more than linear time are rendered with less markup
// and a [TooDeep] problem: see the constants in parse.go.
package markdown

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Version is part of [Options.Key]. Raise it when the output for some source
// changes, or the encoding of a document.
const Version = 3

// Options says how a [Renderer] works.
type Options struct {
	Tags     []string // raw HTML elements that pass, as far as [KnownTags] has them
	Language string   // of the labels of alerts, footnotes, tables and tasks: "nl" (the default) or "en"
	Terms    []Term   // whose first use in a text is a hole; of equal names, the first one's counts
}

// Key identifies the options and the [Version], for the key of a cache. It hashes
// all terms, so ask for it once.
func (o Options) Key() string {
	tags := make([]string, 0, len(o.Tags))
	for _, t := range o.Tags {
		if t = strings.ToLower(t); knownTags[t] != 0 {
			tags = append(tags, t)
		}
	}
	slices.Sort(tags)
	terms := sha256.New()
	fmt.Fprintf(terms, "%q", o.Terms)
	return fmt.Sprintf("markdown-%d %s %s %x", Version, labelsFor(o.Language).language, strings.Join(slices.Compact(tags), ","), terms.Sum(nil))
}

// Renderer turns Markdown into documents. It is safe for concurrent use.
type Renderer struct {
	parser   parser.Parser
	plain    parser.Parser // for sources that have no bare addresses: looking for those makes it slower
	tags     map[string]tagKind
	labels   *labels
	glossary *glossary // nil without terms
	writers  sync.Pool // of *writer
}

// New makes a renderer.
func New(o Options) *Renderer {
	r := &Renderer{
		parser: newParser(addresses{}), plain: newParser(nil),
		labels: labelsFor(o.Language), tags: map[string]tagKind{}, glossary: newGlossary(o.Terms),
	}
	for _, t := range o.Tags {
		t = strings.ToLower(t)
		if kind := knownTags[t]; kind != 0 {
			r.tags[t] = kind
		}
	}
	r.writers.New = func() any { return newWriter(r) }
	return r
}

// Render renders the text of a page with that title; title is "" for a page
// without one. It does not keep src.
func (r *Renderer) Render(src []byte, title string) *Document {
	return r.render(src, func(w *writer, root *ast.Document) { w.page(root, title) })
}

// RenderField renders a text of a field in the front matter of a page. Every id
// starts with the prefix, which holds only what may stand in an id; with one that
// ends in "_" it is not among those that headings of the page get. Headings have
// level 3. It does not keep src.
func (r *Renderer) RenderField(src []byte, prefix string) *Document {
	return r.render(src, func(w *writer, root *ast.Document) { w.field(root, prefix) })
}

func (r *Renderer) render(src []byte, write func(*writer, *ast.Document)) *Document {
	counted := clean(src)
	src = joinBlank(counted)
	found := &findings{deep: -1}
	pc := parser.NewContext()
	pc.Set(findingsKey, found)
	p := r.plain
	if bytes.Contains(src, []byte("://")) || bytes.Contains(src, []byte("www.")) || bytes.Contains(src, []byte("WWW.")) {
		p = r.parser
	}
	root := p.Parse(text.NewReader(src), parser.WithContext(pc)).(*ast.Document)

	w := r.writers.Get().(*writer)
	w.start(src, counted, found)
	write(w, root)
	d := w.finish()
	w.reset()
	r.writers.Put(w)
	return d
}

// clean returns src with line feeds only, in valid UTF-8 and without the control
// characters that neither HTML nor XML may hold. Lines and columns stay as they
// are. Most sources are clean and come back as they are.
func clean(src []byte) []byte {
	control := false
	for _, c := range src {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			control = true
			break
		}
	}
	if !control && utf8.Valid(src) {
		return src
	}
	out := make([]byte, 0, len(src)+len(src)/16)
	for i := 0; i < len(src); {
		c, n := utf8.DecodeRune(src[i:])
		switch {
		case c == '\r':
			if i+1 == len(src) || src[i+1] != '\n' {
				out = append(out, '\n')
			}
		case isControl(c):
			out = utf8.AppendRune(out, utf8.RuneError)
		default:
			out = utf8.AppendRune(out, c)
		}
		i += n
	}
	return out
}

// joinBlank returns src with all but the first maxBlank line feeds of a run of
// blank lines as spaces. Offsets stay as they are.
func joinBlank(src []byte) []byte {
	if bytes.Count(src, []byte("\n")) < 10*maxBlank {
		return src
	}
	joined := false
	run, last := 0, -1 // line feeds in this run, and where the last of them is
	for i, c := range src {
		switch {
		case c == '\n':
			if run++; run > maxBlank+1 {
				if !joined {
					src, joined = bytes.Clone(src), true
				}
				src[last] = ' '
			}
			last = i
		case c != ' ' && c != '\t':
			run = 0
		}
	}
	return src
}

// isControl reports whether c may not stand in a source as it is.
func isControl(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' || c == 0x7f
}

// labels are the words this package adds to a text.
type labels struct {
	language                  string
	alerts                    [len(alertNames)]string
	table                     string
	footnotes, footnote, back string
	done, toDo                string
	decorative                string // the alternative text of an image that tells nothing
}

// alertNames are the sorts of alerts as authors write them, in lower case.
var alertNames = [...]string{"note", "tip", "important", "warning", "caution"}

var (
	dutch = labels{
		language:  "nl",
		alerts:    [...]string{"Opmerking", "Tip", "Belangrijk", "Waarschuwing", "Let op"},
		table:     "Tabel",
		footnotes: "Voetnoten", footnote: "Voetnoot", back: "Terug naar de tekst",
		done: "gedaan", toDo: "nog te doen",
		decorative: "decoratief",
	}
	english = labels{
		language:  "en",
		alerts:    [...]string{"Note", "Tip", "Important", "Warning", "Caution"},
		table:     "Table",
		footnotes: "Footnotes", footnote: "Footnote", back: "Back to the text",
		done: "done", toDo: "to do",
		decorative: "decorative",
	}
)

// labelsFor returns the labels in a language, Dutch if we do not have them.
func labelsFor(language string) *labels {
	if base, _, _ := strings.Cut(strings.ToLower(language), "-"); base == "en" {
		return &english
	}
	return &dutch
}
