// Package view turns the graph of a site into views: the plain values that
// templates show.
//
//	views := view.New(site, theme, memo)
//	for _, p := range site.Pages {
//		for _, v := range views.Of(p) { … }   // safe from many goroutines
//	}
//
// A view holds nothing that leads back to the graph. What many pages share (the
// site, cards) and what is large (bodies) are sealed parts. A [Memo] keeps bodies
// from one build to the next, so that in a preview only the texts that changed
// are filled and hashed again.
package view

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/config"
	"kennishub/internal/markdown"
	"kennishub/internal/parallel"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

const (
	newest     = 3   // pages of each kind on the home page: a row of cards
	cardFacets = 4   // labels on a card
	readPace   = 200 // words a minute, a calm reader of Dutch
)

// View is one output file: the template and the value it shows.
type View struct {
	Path     string // in the output folder, "a/b/index.html"
	Template string
	Value    any // *theme.Page or *theme.List
}

// Views makes the views of one site.
type Views struct {
	site  *site.Site
	theme *theme.Theme
	memo  *Memo
	part  *theme.Site
	cards map[*site.Page]*theme.Card
	menu  []string // URLs of the menu, for the current entry
}

// Memo keeps bodies between builds. The zero value is ready; a nil *Memo keeps
// nothing.
type Memo struct {
	mu   sync.Mutex
	old  map[*markdown.Document]filled
	next map[*markdown.Document]filled
}

type filled struct {
	fills []string
	body  *theme.Body
}

// of gives what is known of a text, of this build or the one before.
func (m *Memo) of(d *markdown.Document) (known filled, ok bool) {
	if m == nil {
		return filled{}, false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if known, ok = m.next[d]; !ok {
		known, ok = m.old[d]
	}
	return known, ok
}

func (m *Memo) keep(d *markdown.Document, f filled) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.next[d] = f
}

// New prepares what the views share. A memo serves one site at a time.
func New(s *site.Site, t *theme.Theme, memo *Memo) *Views {
	if memo != nil {
		memo.old, memo.next = memo.next, make(map[*markdown.Document]filled, len(s.Pages))
	}
	v := &Views{site: s, theme: t, memo: memo}
	v.part = v.shared()
	v.makeCards()
	return v
}

// URL is an address from the root of the site, ready for an attribute.
func (v *Views) URL(address string) string { return URL(v.site.Config, address) }

// URL puts the path of the base URL before an address from the root of the site,
// which may be a place on a page.
func URL(cfg *config.Config, address string) string { return cfg.BasePath + relative(address) }

// Absolute is an address with everything before it, as feeds need it.
func Absolute(cfg *config.Config, address string) string { return cfg.BaseURL + relative(address) }

func relative(address string) string {
	page, place, _ := strings.Cut(strings.TrimPrefix(address, "/"), "/#")
	if place == "" {
		return escape(page)
	}
	return escape(page) + "/" + fragment(place)
}

func escape(p string) string {
	for i := range len(p) {
		c := p[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && c != '/' && c != '-' && c != '.' && c != '_' {
			return strings.TrimPrefix((&url.URL{Path: "/" + p}).EscapedPath(), "/")
		}
	}
	return p
}

// shared makes the part that every page shows.
func (v *Views) shared() *theme.Site {
	cfg := v.site.Config
	part := &theme.Site{
		Title:       cfg.Title,
		Description: cfg.Description,
		Language:    cfg.Language,
		HomeURL:     v.URL("/"),
		SearchURL:   v.URL("/zoeken/"),
		FeedURL:     v.URL("/feed.xml"),
		Menu:        v.links(cfg.Menu),
		Footer:      v.links(cfg.Footer),
	}
	if v.theme.Has("zoeken") {
		part.OpenSearchURL = v.URL("/opensearch.xml")
	}
	if len(cfg.Menu) == 0 {
		for _, section := range v.site.Home.Sections {
			part.Menu = append(part.Menu, v.link(section))
		}
	}
	for _, item := range part.Menu {
		v.menu = append(v.menu, item.URL)
	}
	switch c := cfg.Contact; {
	case c.URL != "":
		part.Contact = &theme.Link{Text: cmp.Or(c.Label, c.URL), URL: c.URL}
	case c.Email != "":
		part.Contact = &theme.Link{Text: cmp.Or(c.Label, c.Email), URL: "mailto:" + c.Email}
	}
	if r := cfg.Repository; r.URL != "" {
		part.Repository = &theme.Link{Text: strings.TrimPrefix(r.URL, "https://"), URL: r.URL}
	}
	return theme.Seal(part)
}

// links resolves menu items; those that lead nowhere were reported by the checks.
func (v *Views) links(items []config.MenuItem) []theme.Link {
	var links []theme.Link
	for _, m := range items {
		if m.URL != "" {
			links = append(links, theme.Link{Text: cmp.Or(m.Label, m.URL), URL: m.URL})
			continue
		}
		if t, problem := v.site.Follow(v.site.Home, "/"+m.Page); problem == site.NoProblem && t.Page != nil {
			l := v.link(t.Page)
			l.Text = cmp.Or(m.Label, l.Text)
			links = append(links, l)
		}
	}
	return links
}

func (v *Views) link(p *site.Page) theme.Link {
	return theme.Link{Text: v.title(p), URL: v.URL(p.URL)}
}

// title is the title of a page; that of the overview of tags is in the theme's
// language.
func (v *Views) title(p *site.Page) string {
	if p.Title == "" && p.URL == site.TagsURL {
		return v.theme.Text("tags")
	}
	return p.Title
}

// makeCards makes the card of every page, many at once.
func (v *Views) makeCards() {
	pages := v.site.Pages
	for _, p := range v.site.Pages {
		pages = append(pages[:len(pages):len(pages)], p.Items...)
	}
	made := make([]*theme.Card, len(pages))
	parallel.Each(len(pages), func(i int) { made[i] = v.card(pages[i]) })
	v.cards = make(map[*site.Page]*theme.Card, len(pages))
	for i, p := range pages {
		v.cards[p] = made[i]
	}
}

func (v *Views) card(p *site.Page) *theme.Card {
	c := &theme.Card{
		URL:         v.URL(p.URL),
		Title:       v.title(p),
		Description: Summary(p),
	}
	if p.Role == site.Plain || p.Role == site.Item {
		c.Date = v.moment(p)
		if p.Kind != nil {
			c.KindLabel = p.Kind.Label.One
			c.Status = cmp.Or(Property(v.site, p, "eventStatus"), Property(v.site, p, "creativeWorkStatus"))
		}
	}
	if d := p.Document; d != nil {
		c.Example, c.Draft = d.Example, d.Draft
		if p.Kind != nil && p.Kind.Glossary != "" {
			if short := valueOf(p, p.Kind.Field(p.Kind.Glossary)); short != nil {
				c.Short = short.Text
			}
		}
	}
	if p.Role == site.Item && c.Description == "" {
		c.Description = v.figure(p)
	}
	for _, label := range p.Labels[:min(len(p.Labels), cardFacets)] {
		c.Facets = append(c.Facets, v.link(label))
	}
	return theme.Seal(c)
}

// figure is the first amount or number of an item with what it says: what a reader
// wants to know of a row.
func (v *Views) figure(p *site.Page) string {
	for i := range p.Document.Fields {
		if f := &p.Document.Fields[i]; f.Value.Type == schema.MoneyType || f.Value.Type == schema.Number {
			text, _ := Text(v.site, f.Field, &f.Value)
			return strings.TrimSpace(f.Field.Label + ": " + text + " " + Property(v.site, p, "unitText"))
		}
	}
	return ""
}

// moment is the day of a page in a list: for what happens, when that is.
func (v *Views) moment(p *site.Page) theme.Date {
	if p.Kind != nil && p.Kind.Calendar {
		if start, _ := p.When(); start != nil {
			made := v.value(p, &schema.Field{Type: start.Type}, start)
			return theme.Date{ISO: cmp.Or(made.ISO, start.Period.Start.Format(time.DateOnly)), Text: made.Text}
		}
	}
	return v.date(p.Date)
}

// Summary is the description of a page, or the beginning of its text.
func Summary(p *site.Page) string {
	if p.Description != "" || p.Document == nil || p.Document.Body == nil {
		return p.Description
	}
	for _, s := range p.Document.Body.Sections {
		if text := strings.Join(strings.Fields(head(s.Text, 1000)), " "); text != "" {
			return shorten(text, 200)
		}
	}
	return ""
}

// head is the beginning of a text, at most n bytes long.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

// shorten cuts a text at a word, at most n bytes long.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if i := strings.LastIndexByte(s[:n], ' '); i > 0 {
		return strings.TrimRight(s[:i], " ,;:.") + "…"
	}
	return head(s, n) + "…"
}

func (v *Views) date(day time.Time) theme.Date {
	if day.IsZero() {
		return theme.Date{}
	}
	p := schema.Period{Start: day, End: day, Precision: schema.Day}
	return theme.Date{ISO: day.Format(time.DateOnly), Text: p.Format(v.site.Config.Language)}
}

// Of makes the views of a page: one, or one for each part of a long list.
func (v *Views) Of(p *site.Page) []View {
	base := v.page(p)
	file := strings.TrimPrefix(p.URL, "/") + "index.html"
	if p.Role == site.Plain {
		base.Template = v.plainTemplate(p)
		return []View{{Path: file, Template: base.Template, Value: base}}
	}
	base.Template = v.listTemplate(p)
	list := theme.List{Page: *base, Total: len(p.Listed()), Noun: noun(p.Listed())}
	switch p.Role {
	case site.Terms:
		for _, t := range p.Sections {
			list.Terms = append(list.Terms, theme.Term{Link: v.link(t), Description: t.Description, Count: len(t.Pages)})
		}
	case site.Collection:
		v.collect(p, &list)
		fallthrough
	default:
		list.Sections = v.cardsOf(p.Sections)
	}
	if p == v.site.Home {
		list.Groups = v.groups()
	}
	return v.parts(p, list)
}

func (v *Views) plainTemplate(p *site.Page) string {
	layout, kind := layout(p), ""
	if p.Kind != nil {
		kind = p.Kind.Name
	}
	return v.theme.Choose(false, layout, kind, "page")
}

func (v *Views) listTemplate(p *site.Page) string {
	own := ""
	switch {
	case p == v.site.Home:
		own = "home"
	case p.Role == site.Term:
		own = "term"
	case p.Role == site.Terms:
		own = "terms"
	case p.Kind != nil:
		own = p.Kind.Name + "-list"
	}
	other := "list"
	if p.Role == site.Collection {
		other = "collection"
	}
	return v.theme.Choose(true, layout(p), own, other, "list")
}

// layout is the template that a page asks for. The checks report one that is not
// there.
func layout(p *site.Page) string {
	if p.Document == nil {
		return ""
	}
	return p.Document.Layout
}

func (v *Views) cardsOf(pages []*site.Page) []*theme.Card {
	cards := make([]*theme.Card, len(pages))
	for i, p := range pages {
		cards[i] = v.cards[p]
	}
	return cards
}

// groups shows the newest pages of each kind.
func (v *Views) groups() []theme.Relation {
	var groups []theme.Relation
	for i, pages := range v.site.Kinds {
		k := v.site.Config.Kinds[i]
		if len(pages) == 0 || k.File != "" {
			continue
		}
		groups = append(groups, theme.Relation{
			Label: k.Label.Many,
			URL:   v.URL(site.KindURL(k)),
			Cards: v.cardsOf(pages[:min(len(pages), newest)]),
		})
	}
	return groups
}

// noun is what pages are when all are of one kind, as it stands in a sentence.
func noun(pages []*site.Page) string {
	if len(pages) == 0 {
		return ""
	}
	kind := pages[0].Kind
	if kind == nil || slices.ContainsFunc(pages, func(p *site.Page) bool { return p.Kind != kind }) {
		return ""
	}
	label := kind.Label.Many
	if len(pages) == 1 {
		label = kind.Label.One
	}
	first, size := utf8.DecodeRuneInString(label)
	if second, _ := utf8.DecodeRuneInString(label[size:]); unicode.IsUpper(second) {
		return label // an abbreviation
	}
	return string(unicode.ToLower(first)) + label[size:]
}

// parts cuts a list into parts of one page each.
func (v *Views) parts(p *site.Page, list theme.List) []View {
	pages, count, size := p.Listed(), p.Parts(), p.PartSize()
	views := make([]View, count)
	for i := range count {
		part := list
		part.Cards = v.cardsOf(pages[i*size : min(len(pages), (i+1)*size)])
		address := site.PartURL(p.URL, i+1)
		if count > 1 {
			part.Pager = v.pager(p.URL, i+1, count)
			part.URL, part.Canonical = v.URL(address), Absolute(v.site.Config, address)
		}
		if i > 0 { // the text and what is above the list stand on the first part only
			part.Body, part.Sections, part.Terms, part.Groups = nil, nil, nil, nil
			part.Items, part.Columns, part.Totals = nil, nil, nil
		}
		views[i] = View{Path: strings.TrimPrefix(address, "/") + "index.html", Template: part.Template, Value: &part}
	}
	return views
}

func (v *Views) pager(url string, number, of int) *theme.Pager {
	p := &theme.Pager{Number: number, Of: of}
	if number > 1 {
		p.Previous = v.URL(site.PartURL(url, number-1))
	}
	if number < of {
		p.Next = v.URL(site.PartURL(url, number+1))
	}
	last := 0
	for n := 1; n <= of; n++ {
		if n != 1 && n != of && (n < number-2 || n > number+2) {
			continue
		}
		if n != last+1 {
			p.Pages = append(p.Pages, theme.PagerLink{})
		}
		link := theme.PagerLink{Number: n}
		if n != number {
			link.URL = v.URL(site.PartURL(url, n))
		}
		p.Pages = append(p.Pages, link)
		last = n
	}
	return p
}

// page makes what all views of a page have.
func (v *Views) page(p *site.Page) *theme.Page {
	page := v.frame(p.URL)
	page.Home = p == v.site.Home
	page.Title = v.title(p)
	page.Description, page.Summary = p.Description, Summary(p)
	page.Breadcrumbs = v.breadcrumbs(p)
	page.Current = v.current(p)
	if p.Kind != nil && p.Role == site.Plain {
		page.Kind, page.KindLabel = p.Kind.Name, p.Kind.Label.One
	}
	if p.Role == site.Term && p.Parent != nil {
		if k := v.site.Config.Vocabulary(strings.Trim(p.Parent.URL, "/")); k != nil {
			page.KindLabel = k.Label.One
		}
	}
	page.Alternates = v.alternates(p)
	d := p.Document
	if d == nil {
		v.describe(page, p)
		return page
	}
	page.Date, page.Updated = v.date(p.Date), v.date(p.Updated)
	if p.Date.IsZero() && p.Kind != nil {
		page.Added = v.date(p.Created)
	}
	page.Example, page.Draft = d.Example, d.Draft
	page.Image = v.image(p)
	page.Body = v.body(p)
	page.Fields = v.fields(p, d.Fields)
	page.Licence = v.licence(p)
	if p.Permanent != "" {
		page.Permanent = Absolute(v.site.Config, p.Permanent)
	}
	for _, label := range p.Labels {
		if label.Parent != nil && label.Parent.URL == site.TagsURL {
			page.Tags = append(page.Tags, v.link(label))
		}
	}
	page.Downloads = v.downloads(p)
	if p.Form(site.ZIP) != "" {
		page.Package, page.Newest = v.packed(p), Absolute(v.site.Config, p.NewestURL())
	}
	page.EditURL, page.ReportURL = forge(v.site.Config.Repository, p.File())
	if below := slices.Concat(p.Sections, p.Pages); p.Role == site.Plain && len(below) > 0 {
		page.Relations = append(page.Relations, theme.Relation{Label: v.theme.Text("list.sections"), Cards: v.cardsOf(below)})
	}
	page.Relations = append(page.Relations, v.relations(p)...)
	if p.Previous != nil {
		l := v.link(p.Previous)
		page.Previous = &l
	}
	if p.Next != nil {
		l := v.link(p.Next)
		page.Next = &l
	}
	v.describe(page, p)
	return page
}

// relations are the pages that name this one in a field.
func (v *Views) relations(p *site.Page) []theme.Relation {
	var list []theme.Relation
	for _, r := range p.Related {
		list = append(list, theme.Relation{Label: cmp.Or(r.Label, v.theme.Text("related")), Cards: v.cardsOf(r.Pages)})
	}
	return list
}

// frame is a page without contents.
func (v *Views) frame(address string) *theme.Page {
	return &theme.Page{Site: v.part, URL: v.URL(address), Canonical: Absolute(v.site.Config, address)}
}

// breadcrumbs leads from the home page to the page itself, which is the last entry
// and has no URL. The home page has none.
func (v *Views) breadcrumbs(p *site.Page) []theme.Link {
	if p.Parent == nil {
		return nil
	}
	links := []theme.Link{{Text: v.title(p)}}
	for q := p.Parent; q != nil; q = q.Parent {
		links = append(links, v.link(q))
	}
	slices.Reverse(links)
	return links
}

// current is the entry of the menu that the page falls under: itself, or the
// nearest above it. Everything is under the home page, so that counts only for
// itself.
func (v *Views) current(p *site.Page) string {
	for q := p; q != nil && (q == p || q != v.site.Home); q = q.Parent {
		if url := v.URL(q.URL); slices.Contains(v.menu, url) {
			return url
		}
	}
	return ""
}

// body fills the holes of a text.
func (v *Views) body(p *site.Page) *theme.Body {
	d := p.Document.Body
	if d == nil || len(d.Chunks) == 1 && d.Chunks[0] == "" {
		return nil
	}
	fills := v.fills(p, d)
	known, ok := v.memo.of(d)
	if !ok || !slices.Equal(known.fills, fills) {
		known = filled{fills: fills, body: theme.Seal(&theme.Body{
			HTML:     template.HTML(d.HTML(func(i int) string { return fills[i] })),
			Contents: contents(d.Headings),
			Minutes:  max(1, (d.Words+readPace/2)/readPace),
		})}
	}
	v.memo.keep(d, known)
	return known.body
}

// fragment is the end of an address that leads to a place in a page or file.
func fragment(name string) string {
	if name == "" {
		return ""
	}
	return "#" + url.PathEscape(name)
}

// contents is the table of contents: headings of level 2 with those of level 3
// below them.
func contents(headings []markdown.Heading) []theme.Heading {
	var list []theme.Heading
	for _, h := range headings {
		line := theme.Heading{ID: h.ID, Text: h.Text}
		switch {
		case h.Level == 2:
			list = append(list, line)
		case h.Level == 3 && len(list) > 0:
			last := &list[len(list)-1]
			last.Children = append(last.Children, line)
		}
	}
	return list
}
