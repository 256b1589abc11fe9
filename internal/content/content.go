// Package content reads the folder content/ into checked documents.
//
// A [Loader] is made once and loads again and again: what did not change since
// the last time is not read again.
//
//	loader := content.NewLoader(os.DirFS("content"), "content")
//	tree := loader.Load(cfg, store)
//
// # What is what
//
// Every .md file is a page. _index.md is the page of its folder (a section),
// index.md makes its folder a bundle: one page with the folder's other files as
// its resources. The address of a page is the path of its file without the
// ending, or its folder: a/b.md is /a/b/, a/_index.md is /a/, a/b/index.md is
// /a/b/. Every other file is a resource and is published under its own path.
// Files and folders whose name starts with a dot or an underscore (but
// _index.md), and what editors and file managers leave behind, are left out.
//
// A YAML file in data/ holds the items of a kind: a list of maps with the keys that
// every page may have and the fields of the kind. Each item is a document without
// a text, at an address on the page of its kind. The file is not published. Nor are
// the lists of words that site.yaml names, which stand there too.
//
// # Order
//
// Texts link to the glossary at the first use of its words, so the names in the
// glossary are read before any text is rendered.
//
// # Faults
//
// A document carries the messages about it. Nothing is thrown away for a fault:
// the document holds what could be read, so that a preview can show it.
package content

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/attachment"
	"kennishub/internal/cache"
	"kennishub/internal/config"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
	"kennishub/internal/media"
	"kennishub/internal/parallel"
	"kennishub/internal/schema"
)

// Tree is what a content folder holds.
type Tree struct {
	Documents []*Document // sorted by file; the items of a file in its order
	Resources []*Resource // sorted by file
	Words     Words
	Messages  []diag.Message // about files that are neither, unsorted
}

// Document is a page's file: its front matter, checked, and its text, rendered.
// It does not change once it is loaded.
type Document struct {
	File    string // slash-separated, relative to content/
	Path    string // address without the first slash: "a/b/", "" for the home page, "tijdlijn/#a" for an item
	Section bool   // from an _index.md
	Bundle  bool   // from an index.md
	Item    bool   // an item of a YAML file
	Kind    *schema.Kind
	Front
	Body     *markdown.Document // nil for an item
	BodyLine int                // lines before the text, to be added to its positions
	Messages []diag.Message     // faults of this file alone
	Version  cache.Key          // changes with every change of the file
	Matter   cache.Key          // changes with every change of the front matter

	fieldTexts []fieldText
}

// fieldText is the rendered text of a Markdown field.
type fieldText struct {
	value schema.Value
	line  int // lines before the text
	text  *markdown.Document
}

// FieldText is the rendered text of a Markdown field of this document.
func (d *Document) FieldText(v *schema.Value) *markdown.Document {
	for _, f := range d.fieldTexts {
		if f.value.Line == v.Line && f.value.Col == v.Col {
			return f.text
		}
	}
	return nil
}

// Texts gives the rendered texts of a document with the number of lines before
// each: its body, then its Markdown fields.
func (d *Document) Texts() iter.Seq2[int, *markdown.Document] {
	return func(yield func(int, *markdown.Document) bool) {
		if d.Body != nil && !yield(d.BodyLine, d.Body) {
			return
		}
		for _, f := range d.fieldTexts {
			if !yield(f.line, f.text) {
				return
			}
		}
	}
}

// Front is the front matter of a page: the keys that every page may have, and
// the fields of its kind.
type Front struct {
	OwnID       bool   // the author wrote an `id`
	ID          string // `id`, else the name of the file or bundle; of an item, else its title
	Title       string // `title`, else the first heading, else the name of the file
	Description string
	Date        time.Time // midnight UTC; zero when absent
	Updated     time.Time
	Draft       bool
	PublishDate time.Time
	ExpiryDate  time.Time
	Aliases     []Text
	Weight      int
	Tags        []Text
	Layout      string
	Image       *Image
	Example     bool     // `voorbeeld`
	Names       []string // `ook_bekend_als`
	Fields      []schema.FieldValue
	slug        string
	line, col   int // where it starts
	keys        map[string][2]int
}

// Image is the image of a page: a file beside it, and what the image tells.
type Image struct {
	File Text   // its name, and where that is written
	Alt  string // "" for an image that tells nothing
}

// Text is a text of the front matter with its position in the file.
type Text struct {
	Text string
	Line int
	Col  int
}

// Position gives line and column of a front matter key, or of the top of the file
// or item when the key is not there.
func (f *Front) Position(key string) (line, col int) {
	if p, ok := f.keys[key]; ok {
		return p[0], p[1]
	}
	return f.line, f.col
}

// Name is what refers to the page within its kind: the name of its file, or of
// the folder of a bundle or section. That of the home page is "index".
func (d *Document) Name() string {
	switch base := path.Base(d.File); {
	case d.home():
		return "index"
	case d.Section || d.Bundle:
		return path.Base(path.Dir(d.File))
	default:
		return strings.TrimSuffix(base, path.Ext(base))
	}
}

// home reports whether the document is the page of content/ itself.
func (d *Document) home() bool { return (d.Section || d.Bundle) && path.Dir(d.File) == "." }

// Resource is a file that is published as it is.
type Resource struct {
	File    string // slash-separated, relative to content/; also its path in the output
	Size    int64
	Version cache.Key // changes when the file changes
	Facts   media.Facts
	Parts   []attachment.Part // the text in it, when the loader reads attachments

	// Unscaled says why an image has no smaller sizes, when it should have: its head
	// can be read, but its pixels cannot. Who makes the sizes fills it in.
	Unscaled string
}

// Loader loads a content folder and remembers what it loaded.
type Loader struct {
	fsys        fs.FS
	prefix      string
	attachments *attachment.Pool
	cache       *cache.Store
	known       map[string]loaded
	config      *config.Config
	explains    map[string]explained // by file of the glossary
	options     string               // the key of those that texts are rendered with
	render      *markdown.Renderer
}

// loaded is a file with what is needed to see that it did not change.
type loaded struct {
	stamp     Stamp
	documents []*Document // one, or the items of a YAML file
	resource  *Resource
	words     Words          // of a list of words
	messages  []diag.Message // about a file that is no document
}

// NewLoader makes a loader. File names in messages get the prefix, "content".
// Attachments are read when there is a pool for it.
func NewLoader(fsys fs.FS, prefix string, attachments *attachment.Pool) *Loader {
	return &Loader{fsys: fsys, prefix: prefix, attachments: attachments}
}

// Load reads the folder as it is now; rendered texts and facts of files are taken
// from the store and put there, when it is not nil. Documents that did not change
// since the last Load are the same pointers, as long as cfg is the same pointer and
// the glossary has the same words.
func (l *Loader) Load(cfg *config.Config, store *cache.Store) *Tree {
	l.cache = store
	if cfg != l.config {
		l.config, l.render, l.explains = cfg, nil, nil
		l.forget()
	}
	tree := &Tree{}
	files := l.walk(tree)
	l.glossary(files)
	results := make([]loaded, len(files))
	parallel.Each(len(files), func(i int) { results[i] = l.load(files[i]) })
	known := make(map[string]loaded, len(files))
	for i, r := range results {
		tree.Messages = append(tree.Messages, r.messages...)
		tree.Documents = append(tree.Documents, r.documents...)
		if r.resource != nil {
			tree.Resources = append(tree.Resources, r.resource)
		}
		tree.Words.Synonyms = append(tree.Words.Synonyms, r.words.Synonyms...)
		tree.Words.Known = append(tree.Words.Known, r.words.Known...)
		if r.resource != nil || r.documents != nil {
			known[files[i].name] = r
		}
	}
	tree.Messages = append(append(tree.Messages, l.absent(files)...), l.absentWords(files)...)
	l.known = known
	return tree
}

// forget drops the documents that are known: they are to be made in another way.
// Facts of files stay.
func (l *Loader) forget() {
	maps.DeleteFunc(l.known, func(_ string, known loaded) bool { return known.resource == nil })
}

type file struct {
	name  string
	entry fs.DirEntry
}

// walk lists the files that count, sorted by name.
func (l *Loader) walk(tree *Tree) []file {
	var files []file
	fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone since the folder was read: an editor at work
		case err != nil:
			tree.Messages = append(tree.Messages, codeUnreadable.At(l.at(name), 0, 0, "kan niet worden gelezen: "+reason(err), "kijk naar de rechten van het bestand"))
		case name == ".":
		case ignored(d.Name()):
			return skip(d)
		case !fit(d.Name()):
			tree.Messages = append(tree.Messages, codeName.At(l.at(printable(name)), 0, 0,
				"deze naam kan niet in een adres of op elke computer: "+strconv.Quote(d.Name()), "geef het een naam met letters, cijfers, spaties, punten en streepjes"))
			return skip(d)
		case !d.IsDir():
			files = append(files, file{name, d})
		}
		return nil
	})
	slices.SortFunc(files, func(a, b file) int { return cmp.Compare(a.name, b.name) })
	return files
}

// skip is what tells a walk to leave out a file or a whole folder.
func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// ignored tells files that are no content by their name: hidden ones, spare and
// lock copies of editors, lists of file managers, and what the author set apart
// with an underscore.
func ignored(name string) bool {
	switch {
	case name == "_index.md":
		return false
	case name == "Thumbs.db", name == "desktop.ini", name == "Icon\r":
		return true
	}
	return strings.ContainsRune("._#~", rune(name[0])) ||
		strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".swp")
}

// fit reports whether a name can be part of an address, a path on any system and
// a line of a message.
func fit(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return strings.ContainsRune(`\<>:"|?*`, r) || unicode.IsControl(r) }) &&
		!strings.HasSuffix(name, ".") && !strings.HasSuffix(name, " ") && !slices.Contains(devices, strings.ToUpper(stem))
}

// devices are names that Windows keeps for itself, with any ending.
var devices = []string{"CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"}

// printable is an unfit name without what would disturb a message.
func printable(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, name)
}

func (l *Loader) at(name string) string { return path.Join(l.prefix, name) }

// reason is an error of the file system without the path it repeats.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
