// Package site makes the graph of a site out of its documents: pages by address
// and by reference, sections, terms, relations both ways, redirects.
//
//	s, messages := site.New(cfg, tree, site.Options{Now: today})
//
// A [Site] and its [Page]s do not change once they are made. They are made anew
// for every build, because that is quick; nothing that is published may point at
// them (views are plain values).
//
// # Pages
//
// Every document is a page, unless it is a draft, not yet due or past: those are
// listed in [Site.Skipped] with the reason. Other pages are made: a section for
// each folder without an _index.md, one page per term and one per vocabulary, the
// same for tags, and a collection for each YAML file of items. A document at the
// address of a made page gives it its text.
//
// An item of a YAML file is a page too, as far as relations, terms and lists go,
// but its address is a place on the page of its collection: it is not in
// [Site.Pages] and has no file of its own.
//
// # Forms
//
// Besides its HTML a page may have other forms: feeds, a calendar, tables,
// references, a ZIP. [Page.Forms] says which; their addresses are decided here, so
// that nothing finds its place taken.
package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/history"
	"kennishub/internal/schema"
)

// Options say what of the content counts.
type Options struct {
	Now     time.Time // the day of the build, midnight UTC
	Drafts  bool
	Future  bool
	History *history.History // when files first and last changed; nil when that is not known
}

// Site is the graph.
type Site struct {
	Config     *config.Config
	Home       *Page
	Pages      []*Page   // sorted by URL
	Kinds      [][]*Page // the pages or items of each kind of Config.Kinds, in the order of its lists
	Resources  []*content.Resource
	Redirects  []Redirect // sorted by From
	Skipped    []Skipped  // sorted by file
	NextChange time.Time  // the next day on which a page appears or goes by itself; zero when none

	byURL     map[string]*Page
	byFile    map[string]*Page // by file in content/
	byRef     map[ref]*Page
	resources map[string]*content.Resource
	hidden    map[string]hiding // by file of a page that is not published
	hiddenRef map[ref]string    // by what refers to such a page: its file
	folders   map[string]*Page  // pages that have pages below them, by address

	guessOnce sync.Once // fills the two below when a link is wrong
	byName    map[string][]string
	byFolder  map[string][]string
	guesses   int
}

type ref struct{ kind, id string }

// hiding is why a page is not published.
type hiding struct {
	title   string
	reason  string
	dated   bool // because of the day: it was, or will be
	expired bool // it was
}

// Role says what sort of page a page is.
type Role uint8

const (
	Plain      Role = iota // a document
	Section                // a folder; the home page is the section "/"
	Term                   // a term of a vocabulary, or a tag
	Terms                  // all terms of a vocabulary, or all tags
	Collection             // all items of a YAML file
	Item                   // one of those: a place on the page of its collection
)

// Page is a page of the site.
type Page struct {
	URL         string // from the root of the site: "/", "/a/b/", "/tijdlijn/#a"
	Role        Role
	Document    *content.Document // nil for a made page without a text of its own
	Kind        *schema.Kind      // of the document; of the pages in a section that is a kind's folder, or of the items
	Title       string
	Description string
	Parent      *Page     // the section (or overview) it is in; nil for the home page
	Pages       []*Page   // of a section or term: its pages in the order readers see
	Sections    []*Page   // of a section: those directly below it; of an overview: its terms
	Items       []*Page   // of a collection
	Date        time.Time // when it came out, as its author wrote it; zero when not
	Created     time.Time // when its file came, from history; zero when unknown
	Updated     time.Time // when it last changed: as written, else from history; zero when unknown or not later than those
	Permanent   string    // an address that survives a move of its file, "" when it has none: "/id/x/"
	Forms       []Form
	Labels      []*Page // terms and tags of the page, in the order of its fields, tags last
	Related     []Relation
	Previous    *Page // neighbours in the section
	Next        *Page
	sortTitle   string
	news        []*Page
	places      []string // of a collection: the anchors of its items
}

// Relation is a group of pages that name this page in a field.
type Relation struct {
	Kind  *schema.Kind
	Label string // what the field says of the other direction, else the name of the kind
	Pages []*Page
}

// Redirect is an address that leads to another: an old address of a page, one that
// survives its moves, or that of its newest ZIP.
type Redirect struct {
	From  string // URL from the root: "/oud/", or a file: "/oud.html"
	To    string // URL from the root
	Title string // of the page
}

// Skipped is a document that is not published now.
type Skipped struct {
	File   string // with its folder: "content/a.md"; of an item with its id: "content/data/a.yaml#b"
	Reason string
}

// TagsURL is the overview of all tags.
const TagsURL = "/tags/"

// contentFolder is what messages put before a document's file.
const contentFolder = "content/"

// New makes the graph.
func New(cfg *config.Config, tree *content.Tree, o Options) (*Site, []diag.Message) {
	s := &Site{
		Config:    cfg,
		Resources: tree.Resources,
		byURL:     make(map[string]*Page, len(tree.Documents)),
		byFile:    make(map[string]*Page, len(tree.Documents)),
		byRef:     map[ref]*Page{},
		resources: make(map[string]*content.Resource, len(tree.Resources)),
		hidden:    map[string]hiding{},
		hiddenRef: map[ref]string{},
		folders:   map[string]*Page{},
	}
	b := &builder{site: s, options: o, items: map[string][]*Page{}, permanent: map[string]*Page{}}
	for _, r := range tree.Resources {
		s.resources[r.File] = r
	}
	for _, d := range tree.Documents {
		b.document(d)
	}
	b.kinds()
	b.home()
	b.sections()
	b.collections()
	b.terms()
	b.references()
	b.chains()
	b.order()
	b.outputs()
	return s, b.messages
}

// Page returns the page at a URL from the root of the site.
func (s *Site) Page(url string) *Page { return s.byURL[url] }

// Of returns the page of a document's file in content/.
func (s *Site) Of(file string) *Page { return s.byFile[file] }

// Expired returns the title of the page of a kind with that id when it was
// published, "" when it was not.
func (s *Site) Expired(kind, id string) string {
	if why := s.hidden[s.hiddenRef[ref{kind, id}]]; why.expired {
		return why.title
	}
	return ""
}

// Withheld reports whether the page of a kind with that id has yet to be published:
// a draft, or one whose day is to come. Nothing of it may be shown, not even its
// name.
func (s *Site) Withheld(kind, id string) bool {
	file, ok := s.hiddenRef[ref{kind, id}]
	return ok && !s.hidden[file].expired
}

// Ref returns the page of a kind with that id.
func (s *Site) Ref(kind, id string) *Page { return s.byRef[ref{kind, id}] }

// Resource returns the resource with that path in content/.
func (s *Site) Resource(file string) *content.Resource { return s.resources[file] }

// TermURL is the address of a term's page; "tags" is the vocabulary of tags.
func TermURL(vocabulary, term string) string {
	return "/" + vocabulary + "/" + content.Slug(term) + "/"
}

// KindURL is the address of the section or collection of a kind.
func KindURL(k *schema.Kind) string { return "/" + content.Address(k.Place()) }

// File is the source of the page as messages name it, "" for a made page.
func (p *Page) File() string {
	if p.Document == nil {
		return ""
	}
	return contentFolder + p.Document.File
}

// Changed is the last day on which the page is known to have changed.
func (p *Page) Changed() time.Time {
	for _, day := range []time.Time{p.Updated, p.Date, p.Created} {
		if !day.IsZero() {
			return day
		}
	}
	return time.Time{}
}

// When gives the values that say when what a page is about begins and ends: those
// of its own fields that mean startDate and endDate. They are nil when it has none.
func (p *Page) When() (start, end *schema.Value) {
	for i := range p.Document.Fields {
		switch f := &p.Document.Fields[i]; f.Field.Property {
		case "startDate":
			start = &f.Value
		case "endDate":
			end = &f.Value
		}
	}
	return start, end
}

type builder struct {
	site      *Site
	options   Options
	messages  []diag.Message
	documents []*Page            // the pages and items that have one, by file
	items     map[string][]*Page // by file
	permanent map[string]*Page   // by id that an author wrote
}

var (
	codeDoubleURL = diag.Define("dubbele-url", diag.Error,
		"Twee pagina's of bestanden hebben hetzelfde adres",
		"Op een adres kan maar één pagina of bestand staan; het andere zou ongemerkt verdwijnen. Geef een van beide een andere naam, of een pagina een slug.")
	codeReserved = diag.Define("adres-van-de-site", diag.Error,
		"Een pagina heeft een adres dat de site zelf gebruikt",
		"De adressen /api, /zoeken, /healthz, /oai, /id, /assets en /.well-known zijn van de site zelf, net als /sitemap.xml, /robots.txt, /opensearch.xml, /feed.xml en /404.html, en in elke map pagina/2 (het vervolg van een lange lijst). Geef de map of het bestand een andere naam.")
	codeDoubleID = diag.Define("dubbel-id", diag.Error,
		"Twee pagina's van dezelfde soort hebben hetzelfde id",
		"Andere pagina's verwijzen met het id. Zonder id in de front matter is het de naam van het bestand of de map, en bij een onderdeel van een lijst de titel. Een id dat in de front matter staat, is ook een vast adres, /id/…, en mag op de hele site maar één keer voorkomen. Geef een van beide een eigen id.")
	codeDoubleTag = diag.Define("dubbele-tag", diag.Error,
		"Twee verschillende tags hebben hetzelfde adres",
		"Het adres van een tag bestaat uit haar letters en cijfers. C++ en C# zouden dan dezelfde pagina zijn. Schrijf tags die hetzelfde betekenen hetzelfde, en andere met andere letters.")
	codeUnknownRef = diag.Define("verwijzing-onbekend", diag.Error,
		"Een veld verwijst naar een pagina die er niet is",
		"Een verwijzing is het id van een andere pagina: de naam van het bestand zonder .md, of het id uit de front matter.")
	codeDatedRef = diag.Define("verwijzing-buiten-datum", diag.Warning,
		"Een veld verwijst naar een pagina die nu niet te zien is",
		"De pagina is verlopen (expiryDate) of verschijnt nog (publishDate). Zolang zij er niet is, is er geen link; van wat nog verschijnt, staat er niets. De site gaat er niet op stuk, want de dag komt vanzelf.")
	codeSelfRef = diag.Define("verwijzing-naar-zichzelf", diag.Error,
		"Een pagina verwijst naar zichzelf",
		"Een veld met een verwijzing legt een band met een andere pagina. Haal de verwijzing weg.")
	codeChain = diag.Define("verwijzing-in-kring", diag.Error,
		"Verwijzingen gaan in een kring",
		"Een veld met één verwijzing naar dezelfde soort is een keten: een vervolg op iets, een deel van iets. Een lijst van waar een pagina op bouwt, is dat ook. Komt die keten bij de eerste pagina terug, dan is geen van de pagina's het begin. Haal een van de verwijzingen weg.")
	codeAlias = diag.Define("alias", diag.Error,
		"Een oud adres kan niet worden doorverwezen",
		"In aliases staan oude adressen van een pagina, zoals /oud/adres/. Op dat adres mag geen pagina staan, en twee pagina's kunnen niet hetzelfde oude adres hebben.")
)

// document makes the page of a document, or says why there is none.
func (b *builder) document(d *content.Document) {
	s := b.site
	file := contentFolder + d.File
	if reason := b.unpublished(d); reason != "" {
		why := hiding{title: d.Title, reason: reason, dated: b.options.Drafts || !d.Draft}
		why.expired = why.dated && !d.ExpiryDate.IsZero() && !d.ExpiryDate.After(b.options.Now)
		s.Skipped = append(s.Skipped, Skipped{contentFolder + b.hide(d, why), reason})
		return
	}
	p := &Page{URL: "/" + d.Path, Document: d, Kind: d.Kind, Title: d.Title, Description: d.Description}
	switch {
	case d.Item:
		p.Role = Item
	case d.Section:
		p.Role = Section
	}
	b.dates(p)
	if b.refer(p); p.Role == Item {
		if s.byRef[ref{p.Kind.Name, d.ID}] == p { // two items cannot be at one place
			b.documents = append(b.documents, p)
			b.items[d.File] = append(b.items[d.File], p)
		}
		return
	}
	if reserved(p.URL) {
		text := "het adres " + p.URL + " is van de site zelf"
		b.messages = append(b.messages, codeReserved.At(file, 1, 1, text, "geef de map of het bestand een andere naam"))
		b.hide(d, hiding{title: d.Title, reason: text})
		return
	}
	if other := s.byURL[p.URL]; other != nil {
		line, col := d.Position("slug")
		text := fmt.Sprintf("het adres %s is ook van %s", p.URL, other.File())
		b.messages = append(b.messages, codeDoubleURL.At(file, line, col, text, "geef een van beide een andere naam of een slug"))
		b.hide(d, hiding{title: d.Title, reason: text})
		return
	}
	s.byURL[p.URL], s.byFile[d.File] = p, p
	b.documents = append(b.documents, p)
}

// dates gives a page the days that its author wrote, and from history the days on
// which its file came and last changed. A day on which something was put in git is
// not the day on which it came out.
func (b *builder) dates(p *Page) {
	d := p.Document
	p.Date, p.Updated = d.Date, d.Updated
	if p.Role != Item {
		known := b.history(d.File)
		p.Created = known.First
		if p.Updated.IsZero() {
			p.Updated = known.Last
		}
	}
	if !p.Updated.After(p.Date) || p.Kind != nil && d.Updated.IsZero() && p.Updated.Equal(p.Created) {
		p.Updated = time.Time{}
	}
}

func (b *builder) history(file string) history.Dates {
	if b.options.History == nil {
		return history.Dates{}
	}
	known, _ := b.options.History.Of(file)
	return known
}

// refer makes a page known by its id: within its kind, and to the whole site when
// its author wrote the id.
func (b *builder) refer(p *Page) {
	s, d := b.site, p.Document
	double := func(other *Page) {
		line, col := d.Position("id")
		b.messages = append(b.messages, codeDoubleID.At(p.File(), line, col, fmt.Sprintf("het id %q is ook van %s", d.ID, other.place()), "geef een van beide een eigen id"))
	}
	if p.Kind != nil {
		key := ref{p.Kind.Name, d.ID}
		if other := s.byRef[key]; other != nil {
			double(other)
			return
		}
		s.byRef[key] = p
	}
	if !d.OwnID || p.Role == Item {
		return
	}
	if other := b.permanent[d.ID]; other != nil {
		double(other)
		return
	}
	b.permanent[d.ID] = p
	p.Permanent = "/id/" + content.Slug(d.ID) + "/"
}

// place is where a page is written, as messages name it.
func (p *Page) place() string {
	if p.Role != Item {
		return p.File()
	}
	line, _ := p.Document.Position("id")
	return fmt.Sprintf("%s:%d", p.File(), line)
}

// hide keeps why there is no page of a document, for what points to it. It gives
// the place of the document in content/.
func (b *builder) hide(d *content.Document, why hiding) string {
	file := d.File
	if d.Item {
		file += "#" + d.ID
	}
	b.site.hidden[file] = why
	if d.Kind != nil {
		b.site.hiddenRef[ref{d.Kind.Name, d.ID}] = file
	}
	return file
}

// unpublished says why a document is not published now, or "". It also keeps the
// day on which that changes.
func (b *builder) unpublished(d *content.Document) string {
	if d.Draft && !b.options.Drafts {
		return "concept (draft: true)"
	}
	later := func(day time.Time) bool { return day.After(b.options.Now) }
	for _, day := range []time.Time{d.PublishDate, d.ExpiryDate} {
		shown := day == d.PublishDate && b.options.Future // before its day already
		if later(day) && !shown && (b.site.NextChange.IsZero() || day.Before(b.site.NextChange)) {
			b.site.NextChange = day
		}
	}
	if later(d.PublishDate) && !b.options.Future {
		return "verschijnt op " + d.PublishDate.Format(time.DateOnly) + " (publishDate)"
	}
	if !d.ExpiryDate.IsZero() && !later(d.ExpiryDate) {
		return "verlopen op " + d.ExpiryDate.Format(time.DateOnly) + " (expiryDate)"
	}
	return ""
}

// kinds tells of kinds and vocabularies whose names differ, but not as addresses.
func (b *builder) kinds() {
	taken := map[string]string{}
	for _, v := range b.site.Config.Vocabularies {
		taken["/"+v.Name+"/"] = fmt.Sprintf("vocabulaire %q", v.Name)
	}
	for _, k := range b.site.Config.Kinds {
		url := KindURL(k)
		if other := taken[url]; other != "" {
			b.messages = append(b.messages, codeDoubleURL.At("site.yaml", k.Line, k.Col, fmt.Sprintf("soort %q krijgt het adres %s, net als %s", k.Name, url, other), "geef de map of het bestand een andere naam"))
		}
		taken[url] = fmt.Sprintf("soort %q", k.Name)
	}
}

// home makes sure that there is a home page.
func (b *builder) home() {
	s := b.site
	s.Home = s.byURL["/"]
	if s.Home == nil {
		s.Home = &Page{URL: "/", Title: s.Config.Title, Description: s.Config.Description}
		s.byURL["/"] = s.Home
	}
	s.Home.Role = Section
	s.folders["/"] = s.Home
}

// sections puts each page in the section of its folder.
func (b *builder) sections() {
	urls := make([]string, 0, len(b.site.byURL))
	for url := range b.site.byURL {
		urls = append(urls, url)
	}
	slices.Sort(urls)
	for _, url := range urls {
		p := b.site.byURL[url]
		if p == b.site.Home {
			continue
		}
		p.Parent = b.section(above(url))
		if p.Role == Section {
			b.addSection(p)
			continue
		}
		p.Parent.Pages = append(p.Parent.Pages, p)
	}
}

func above(url string) string {
	up := path.Dir(strings.TrimSuffix(url, "/"))
	if up == "/" {
		return up
	}
	return up + "/"
}

// section returns the section at a URL, making it and those above it when there
// is no document for it.
func (b *builder) section(url string) *Page {
	s := b.site
	if p := s.folders[url]; p != nil {
		return p
	}
	p := s.byURL[url]
	if p == nil {
		p = &Page{URL: url, Role: Section}
		s.byURL[url] = p
	}
	if p.Role != Section { // a page with pages below it: they belong to it
		p.Parent = b.section(above(url))
		s.folders[url] = p
		return p
	}
	b.addSection(p)
	return p
}

func (b *builder) addSection(p *Page) {
	s := b.site
	if s.folders[p.URL] != nil {
		return
	}
	s.folders[p.URL] = p
	p.Parent = b.section(above(p.URL))
	p.Parent.Sections = append(p.Parent.Sections, p)
	for _, k := range s.Config.Kinds {
		if k.Folder != "" && p.URL == KindURL(k) {
			p.Kind = k
		}
	}
	switch {
	case p.Title != "":
	case p.Kind != nil:
		p.Title = p.Kind.Label.Many
	default:
		p.Title = strings.ReplaceAll(path.Base(p.URL), "-", " ")
		first, size := utf8.DecodeRuneInString(p.Title)
		p.Title = string(unicode.ToUpper(first)) + p.Title[size:]
	}
}

// collections makes the page of each YAML file.
func (b *builder) collections() {
	s := b.site
	for _, k := range s.Config.Kinds {
		items := b.items[k.File]
		if k.File == "" || len(items) == 0 {
			continue
		}
		all := b.made(KindURL(k), Collection, k.Label.Many, "", s.Home)
		all.Kind, all.Items = k, items
		if last := b.history(k.File).Last; last.After(all.Changed()) {
			all.Updated = last
		}
		s.byFile[k.File] = all
		taken := all.anchors()
		for _, p := range items {
			p.Parent = all
			if slices.Contains(taken, p.Document.ID) {
				line, col := p.Document.Position("id")
				b.messages = append(b.messages, codeDoubleID.At(p.File(), line, col,
					fmt.Sprintf("het id %q is ook een anker in de tekst %s", p.Document.ID, all.File()), "geef het onderdeel of de kop een ander anker"))
			}
			all.places = append(all.places, p.Document.ID)
			for _, text := range p.Document.Texts() {
				all.places = append(all.places, text.Anchors...)
			}
		}
	}
}

// terms makes the pages of vocabularies and tags, and labels pages with them.
func (b *builder) terms() {
	s := b.site
	for _, v := range s.Config.Vocabularies {
		all := b.made("/"+v.Name+"/", Terms, v.Label.Many, "", s.Home)
		for _, t := range v.Terms {
			all.Sections = append(all.Sections, b.made(TermURL(v.Name, t.ID), Term, t.Label, t.Description, all))
		}
	}
	tags := map[string]*Page{}     // by address
	spelled := map[string]string{} // how a tag was first written, by address
	for _, p := range b.documents {
		for f, v := range schema.Values(p.Document.Fields) {
			if f.Type == schema.Term {
				p.label(s.byURL[TermURL(f.Vocabulary, v.Text)])
			}
		}
		for _, tag := range p.Document.Tags {
			url := TermURL("tags", tag.Text)
			if tags[url] == nil {
				if len(tags) == 0 {
					b.made(TagsURL, Terms, "", "", s.Home)
				}
				all := s.byURL[TagsURL]
				tags[url] = b.made(url, Term, tag.Text, "", all)
				all.Sections = append(all.Sections, tags[url])
				spelled[url] = tag.Text
			}
			if first := spelled[url]; sortKey(first) != sortKey(tag.Text) {
				b.messages = append(b.messages, codeDoubleTag.At(p.File(), tag.Line, tag.Col,
					fmt.Sprintf("de tag %q krijgt hetzelfde adres als de tag %q: %s", tag.Text, first, url),
					"schrijf ze hetzelfde, of geef een van beide een naam met andere letters"))
				continue
			}
			p.label(tags[url])
		}
	}
}

// label puts a page on the page of a term, unless it is there already: twice the
// same tag, the text of the term itself, a page in its folder.
func (p *Page) label(term *Page) {
	if term == nil || term == p || slices.Contains(p.Labels, term) {
		return
	}
	p.Labels = append(p.Labels, term)
	if p.Parent != term {
		term.Pages = append(term.Pages, p)
	}
}

// made makes a page at a URL, or turns what is there into it: a document, which
// gives it its text, or the section of documents below it.
func (b *builder) made(url string, role Role, title, description string, parent *Page) *Page {
	s := b.site
	p := s.byURL[url]
	if p == nil {
		p = &Page{URL: url}
		s.byURL[url] = p
	} else { // it was put into a section before
		is := func(q *Page) bool { return q == p }
		p.Parent.Pages = slices.DeleteFunc(p.Parent.Pages, is)
		p.Parent.Sections = slices.DeleteFunc(p.Parent.Sections, is)
	}
	if p.Document == nil {
		p.Title = title
	}
	if p.Description == "" {
		p.Description = description
	}
	p.Role, p.Parent = role, parent
	s.folders[url] = p
	return p
}

// references resolves the fields that name other pages, both ways.
func (b *builder) references() {
	s := b.site
	var ids map[string][]string // of each kind, for suggestions
	for _, p := range b.documents {
		file := p.File()
		for f, v := range schema.Values(p.Document.Fields) {
			if f.Type != schema.Ref {
				continue
			}
			target := s.Ref(f.Kind, v.Text)
			hidden, isHidden := s.hiddenRef[ref{f.Kind, v.Text}]
			switch {
			case target == p:
				b.messages = append(b.messages, codeSelfRef.At(file, v.Line, v.Col, "deze pagina verwijst naar zichzelf", "haal de verwijzing weg"))
			case target != nil:
				target.relate(p, f)
			case isHidden:
				why, code := s.hidden[hidden], codeUnknownRef
				if why.dated {
					code = codeDatedRef
				}
				text := "de pagina " + contentFolder + hidden + " wordt niet gepubliceerd: " + why.reason
				b.messages = append(b.messages, code.At(file, v.Line, v.Col, text, "haal de verwijzing weg, of publiceer de pagina"))
			default:
				if ids == nil {
					ids = b.ids()
				}
				text := fmt.Sprintf("er is geen %s met id %q", strings.ToLower(s.Config.Kind(f.Kind).Label.One), v.Text)
				hint := cmp.Or(diag.Suggest(v.Text, ids[f.Kind]), "maak de pagina, of haal de verwijzing weg")
				b.messages = append(b.messages, codeUnknownRef.At(file, v.Line, v.Col, text, hint))
			}
		}
	}
	for _, p := range b.documents {
		b.oneWay(p)
	}
}

// derived are properties of which a list of values makes a chain too: what is based
// on something, or is part of it, comes after it.
var derived = []string{"isBasedOn", "isPartOf", "hasPart", "parentOrganization", "subOrganization"}

// chains looks for circles in fields that lead from a page to others of its kind,
// as one step of a chain: those with one reference, and those with a list of what
// the page is made from.
func (b *builder) chains() {
	for _, k := range b.site.Config.Kinds {
		for _, f := range k.Fields {
			of := f
			if f.Type == schema.List && slices.Contains(derived, f.Property) {
				of = f.Of
			}
			if of.Type == schema.Ref && of.Kind == k.Name {
				b.chain(k, f)
			}
		}
	}
}

// chain follows the references of one field, each once.
func (b *builder) chain(k *schema.Kind, f *schema.Field) {
	const (
		onPath = 1 + iota
		done
	)
	state := map[*Page]int{}
	var follow func(p *Page)
	follow = func(p *Page) {
		state[p] = onPath
		for i := range p.Document.Fields {
			if p.Document.Fields[i].Field != f {
				continue
			}
			for _, v := range schema.Values(p.Document.Fields[i : i+1]) {
				switch next := b.site.Ref(k.Name, v.Text); {
				case next == nil || next == p:
				case state[next] == onPath:
					b.messages = append(b.messages, codeChain.At(p.File(), v.Line, v.Col,
						fmt.Sprintf("veld %q: deze keten van verwijzingen komt via %s weer hier uit", f.Name, next.place()), "haal een van de verwijzingen in de kring weg"))
				case state[next] == 0:
					follow(next)
				}
			}
		}
		state[p] = done
	}
	for _, p := range b.documents {
		if p.Kind == k && state[p] == 0 {
			follow(p)
		}
	}
}

// value is the value of a field of the page, nil when it has none.
func (p *Page) value(name string) *schema.Value {
	for i := range p.Document.Fields {
		if f := &p.Document.Fields[i]; f.Field.Name == name {
			return &f.Value
		}
	}
	return nil
}

func (b *builder) ids() map[string][]string {
	ids := map[string][]string{}
	for r := range b.site.byRef {
		ids[r.kind] = append(ids[r.kind], r.id)
	}
	for _, list := range ids {
		slices.Sort(list)
	}
	return ids
}

// relate notes that from names p in a field.
func (p *Page) relate(from *Page, f *schema.Field) {
	label := f.Inverse
	if label == "" && from.Kind != nil {
		label = from.Kind.Label.Many
	}
	for i := range p.Related {
		if r := &p.Related[i]; r.Kind == from.Kind && r.Label == label {
			if !slices.Contains(r.Pages, from) {
				r.Pages = append(r.Pages, from)
			}
			return
		}
	}
	p.Related = append(p.Related, Relation{Kind: from.Kind, Label: label, Pages: []*Page{from}})
}

// oneWay takes out the relations that p shows already because it names those
// pages itself.
func (b *builder) oneWay(p *Page) {
	if len(p.Related) == 0 {
		return
	}
	own := map[*Page]bool{}
	for f, v := range schema.Values(p.Document.Fields) {
		if f.Type == schema.Ref {
			own[b.site.Ref(f.Kind, v.Text)] = true
		}
	}
	for i := range p.Related {
		p.Related[i].Pages = slices.DeleteFunc(p.Related[i].Pages, func(q *Page) bool { return own[q] })
	}
	p.Related = slices.DeleteFunc(p.Related, func(r Relation) bool { return len(r.Pages) == 0 })
}
