// Package theme turns views into HTML. It owns the view structs (views.go), which
// are all that a template can show, and the engine that reads a theme's folder.
//
// Start with [Open]; it reads, checks and bundles everything, and reports every
// fault of a theme with its position. A [Theme] never changes and is safe for
// use by many goroutines. [Theme.Render] writes a page, [Theme.Assets] gives the
// files that its pages ask for, [Theme.Bundle] packs what the search page needs
// for a server that has no theme; [OpenBundle] unpacks it.
//
// # The folder of a theme
//
//	templates/base.html        the frame of every document, with blocks
//	templates/NAME.html        fills the blocks; "page" and "list" must exist
//	templates/partials/P.html  pieces, for {{template "P" .}} and {{part "P" .X}}
//	messages/LANGUAGE.json     a flat object: key → text, with {0}, {1} … for arguments
//	assets/*.css, assets/*.js  bundled and minified; they may import from subfolders
//	assets/**                  other files (svg, png, woff2, ico) are copied
//
// The name of a template tells which view it gets: "list", "home", "term",
// "terms", "collection" and all that end in "-list" get a [*List], "zoeken" gets a [*Search],
// all others get a [*Page]. See [TakesList].
//
// # Functions for templates
//
//	asset "site.css"            the address of a file in assets/
//	t "key" args…               a message; with the plural keys "key.one" and
//	                            "key.other" the first argument, an int, chooses
//	part "card" .X              the partial for a sealed part, rendered once per part
//	part "header" .Site "text"  the same, once per part and text
//
// The dot of a partial that [part] renders is the part itself; for a [*Site] it
// is a [Place], which knows the text as .Current. Of Go's own functions there are
// and, or, not, eq, ne, lt, le, gt, ge, len and index. There is nothing else: no
// clock, no files, no other pages. A view is therefore all that decides a page.
//
// Keys, file names and names of partials must be written out in the template, so
// that [Open] can check them, and every field, without rendering a page. Values
// may stand in text and in attributes with quotes, nowhere else.
//
// html/template decides how each value is escaped; the templates are then compiled
// to a program of our own (program.go), which renders the same bytes faster.
package theme

import (
	"io"
	"io/fs"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"kennishub/internal/diag"
)

var (
	codeMissing = diag.Define("thema-onvolledig", diag.Error,
		"Het thema mist een bestand",
		"Een thema heeft in elk geval templates/base.html, templates/page.html, templates/list.html en messages/ met een bestand voor de taal van de site. Een eigen bestand in themes/NAAM van de site vervangt het gelijknamige bestand van het ingebouwde thema; wat daar niet staat, komt uit het ingebouwde thema.")
	codeTemplate = diag.Define("thema-sjabloon", diag.Error,
		"Een sjabloon van het thema is fout",
		"Sjablonen worden bij het openen van het thema helemaal nagekeken: de schrijfwijze, elk veld, elke tekst, elk bestand en elk onderdeel dat ze noemen. Een sjabloon kan alleen tonen wat zijn view bevat.")
	codeMessage = diag.Define("thema-tekst", diag.Error,
		"Een tekstbestand van het thema is fout",
		"Een bestand in messages/ is een JSON-object met alleen teksten. Alle talen van een thema hebben dezelfde sleutels. Een sleutel met meervoud staat er tweemaal: op .one en op .other.")
	codeAsset = diag.Define("thema-opmaak", diag.Error,
		"Een stijl, script of ander bestand van het thema is fout",
		"Bestanden in assets/ worden gebundeld en verkleind. Ze mogen alleen naar bestanden in assets/ verwijzen: lezers doen geen verzoek aan een andere site.")
)

// Options say for which site a theme is opened.
type Options struct {
	Name     string // of the theme; messages name its files as themes/NAME/…
	BasePath string // the path of the base URL, "/" or "/kennishub/"
	Language string // "nl"
	Known    bool   // it is a built-in theme as it is, which tests have gone through: its templates are compiled when they are first rendered
}

// Theme is a theme that was read and found good.
type Theme struct {
	engine *engine
	assets []Asset
	sums   map[string]Sum
}

// Place is what a partial for a [*Site] gets: the site, and the text that part
// was given besides it.
type Place struct {
	*Site
	Current string
}

// Open reads the theme in fsys, which is the theme's root folder. When a message
// is an error there is no theme: it is nil.
func Open(fsys fs.FS, o Options) (*Theme, []diag.Message) {
	r := &reader{fsys: fsys, folder: "themes/" + o.Name + "/"}
	e := &engine{Language: o.Language, BasePath: o.BasePath}
	e.Base, e.Partials, e.Pages = r.templates()
	e.Messages = r.messages(o.Language)
	assets, names := r.assets(o.BasePath)
	e.Assets = names
	if !diag.HasErrors(r.found.Sorted()) {
		e.compile(o.Known, func(file, text string, offset int, why, hint string) {
			line, col := position(text, offset)
			r.found.Add(codeTemplate.At(r.folder+file, line, col, why, hint))
		})
	}
	found := r.found.Sorted()
	if diag.HasErrors(found) {
		return nil, found
	}
	t := &Theme{engine: e, assets: assets, sums: make(map[string]Sum, len(e.Pages))}
	shared := SumOf(&struct {
		Language, BasePath string
		Base               source
		Partials           []source
		Messages, Assets   []string
	}{e.Language, e.BasePath, e.Base, e.Partials, flat(e.Messages), flat(e.Assets)})
	for _, page := range e.Pages {
		t.sums[page.Name] = SumOf(&page, shared)
	}
	return t, found
}

// flat lists the pairs of m in the order of their keys.
func flat(m map[string]string) []string {
	pairs := make([]string, 0, 2*len(m))
	for _, key := range slices.Sorted(maps.Keys(m)) {
		pairs = append(pairs, key, m[key])
	}
	return pairs
}

// TakesList reports whether a template of that name gets a [*List].
func TakesList(template string) bool {
	switch template {
	case "list", "home", "term", "terms", "collection":
		return true
	}
	return strings.HasSuffix(template, "-list")
}

// Has reports whether there is a template of that name.
func (t *Theme) Has(template string) bool {
	_, ok := t.sums[template]
	return ok
}

// Choose returns the first name that has a template for a [*Page], or with list
// for a [*List]; "" when none has. "page" and "list" always have.
func (t *Theme) Choose(list bool, names ...string) string {
	want := reflect.TypeFor[*Page]()
	if list {
		want = reflect.TypeFor[*List]()
	}
	for _, name := range names {
		if t.Has(name) && viewType(name) == want {
			return name
		}
	}
	return ""
}

// Templates returns the names of all templates, sorted.
func (t *Theme) Templates() []string { return slices.Sorted(maps.Keys(t.sums)) }

// Sum is the digest of everything in the theme that decides what a page with this
// template looks like: base, partials, the template, the messages, the names of
// the assets (which change with their contents), the language and the base path.
// It is the zero Sum when there is no such template.
func (t *Theme) Sum(template string) Sum { return t.sums[template] }

// Render writes the page for a view, which is the *Page, *List or *Search that the
// name of the template asks for. Nothing is written when it fails.
func (t *Theme) Render(w io.Writer, template string, view any) error {
	return t.engine.render(w, template, view)
}

// Text is a message in the theme's language; {0} is the first argument. An unknown
// key is its own text.
func (t *Theme) Text(key string, args ...any) string { return t.engine.Messages.text(key, args) }

// Assets returns the files that pages ask for, sorted by path. They must not be
// changed.
func (t *Theme) Assets() []Asset { return t.assets }

// AssetURL is the address of a file in assets/, "" when there is none.
func (t *Theme) AssetURL(name string) string { return t.engine.Assets[name] }

// reader reads the files of a theme and gathers what is wrong with them.
type reader struct {
	fsys   fs.FS
	folder string // stands before the names of files in messages
	found  diag.List
}

func (r *reader) read(file string) (string, bool) {
	data, err := fs.ReadFile(r.fsys, file)
	if err != nil {
		r.found.Add(codeMissing.At(r.folder+file, 0, 0, "het bestand is niet te lezen: "+cause(err), "zet het bestand in het thema"))
		return "", false
	}
	return string(data), true
}

// cause leaves out the name of the file, which the message already has.
func cause(err error) string {
	if pathError, ok := err.(*fs.PathError); ok {
		err = pathError.Err
	}
	if err == fs.ErrNotExist {
		return "het bestaat niet"
	}
	return err.Error()
}

func (r *reader) templates() (base source, partials, pages []source) {
	base = r.source("base", "templates/base.html")
	for _, required := range []string{"page", "list"} {
		if _, err := fs.Stat(r.fsys, "templates/"+required+".html"); err != nil {
			r.source(required, "templates/"+required+".html")
		}
	}
	for _, file := range r.list("templates/*.html") {
		if name := strings.TrimSuffix(path.Base(file), ".html"); name != "base" {
			pages = append(pages, r.source(name, file))
		}
	}
	for _, file := range r.list("templates/partials/*.html") {
		partials = append(partials, r.source(strings.TrimSuffix(path.Base(file), ".html"), file))
	}
	return base, partials, pages
}

func (r *reader) source(name, file string) source {
	text, _ := r.read(file)
	return source{Name: name, File: file, Text: text}
}

// list returns the files that match a pattern, sorted.
func (r *reader) list(pattern string) []string {
	files, err := fs.Glob(r.fsys, pattern)
	if err != nil {
		r.found.Add(codeMissing.At(r.folder+path.Dir(pattern), 0, 0, "de map is niet te lezen: "+cause(err), ""))
	}
	slices.Sort(files)
	return files
}

// position turns a byte offset into a line and a column in characters, both from 1.
func position(text string, offset int) (line, col int) {
	before := text[:min(max(offset, 0), len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	return strings.Count(before, "\n") + 1, len([]rune(before[start:])) + 1
}
