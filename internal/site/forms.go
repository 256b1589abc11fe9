package site

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"slices"
	"strings"
	"time"

	"kennishub/internal/content"
	"kennishub/internal/schema"
)

// Form is another form of a page, in a file of its own.
type Form struct {
	Type FormType
	URL  string // from the root of the site: "/experimenten/feed.xml"
}

// FormType says what a form is.
type FormType uint8

const (
	Atom     FormType = iota // of sections and terms: what is new, RFC 4287
	JSONFeed                 // the same as JSON Feed 1.1
	ICS                      // of what happens, and of lists of that: RFC 5545
	CSV                      // of the lists of all kinds: RFC 4180
	JSON                     // the same
	BibTeX                   // of pages that are cited
	RIS
	CSL
	ZIP // of bundles: all their files
)

// Form returns the URL of a form of the page, "" when it has none of that type.
func (p *Page) Form(t FormType) string {
	for _, f := range p.Forms {
		if f.Type == t {
			return f.URL
		}
	}
	return ""
}

// News is the dated pages in a section and below it, or with a term: the newest
// first, as many as a feed holds.
func (p *Page) News() []*Page { return p.news }

// newest gives each section and term its news.
func (b *builder) newest() {
	s := b.site
	for _, p := range s.Pages {
		if p.Role != Plain || p.Date.IsZero() {
			continue
		}
		for q := p.Parent; q != nil; q = q.Parent {
			q.news = append(q.news, p)
		}
		for _, term := range p.Labels {
			if !p.below(term) {
				term.news = append(term.news, p)
			}
		}
	}
	for _, p := range s.Pages {
		slices.SortFunc(p.news, Newest)
		p.news = p.news[:min(len(p.news), s.Config.Feeds.Items)]
	}
}

func (p *Page) below(above *Page) bool {
	for q := p.Parent; q != nil; q = q.Parent {
		if q == above {
			return true
		}
	}
	return false
}

// forms decides which forms a page has, and where.
func (b *builder) forms(p *Page) {
	add := func(t FormType, name string) { p.Forms = append(p.Forms, Form{t, p.URL + name}) }
	name := path.Base(p.URL)
	if p == b.site.Home || (p.Role == Section || p.Role == Term) && len(p.news) > 0 {
		add(Atom, "feed.xml")
		add(JSONFeed, "feed.json")
	}
	k := p.Kind
	switch {
	case k == nil:
	case p.Role == Collection || p.Role == Section && len(b.site.Kinds[slices.Index(b.site.Config.Kinds, k)]) > 0:
		if k.Calendar {
			add(ICS, name+".ics")
		}
		add(CSV, name+".csv")
		add(JSON, name+".json")
	case p.Role == Plain:
		if k.Calendar {
			add(ICS, name+".ics")
		}
		if k.Cite != "" && p.cameOut() {
			add(BibTeX, name+".bib")
			add(RIS, name+".ris")
			add(CSL, name+".csl.json")
		}
		if k.Bundle && len(b.site.Files(p)) > 0 {
			add(ZIP, name+"-"+b.version(p)+".zip")
		}
	}
}

// cameOut reports whether a page says when its work came out. One that is only
// announced is not there to be cited.
func (p *Page) cameOut() bool {
	return !p.Date.IsZero() || slices.ContainsFunc(p.Document.Fields, func(v schema.FieldValue) bool { return v.Field.Property == "datePublished" })
}

// longestVersion keeps the name of a file from being too long.
const longestVersion = 40

// newestSegment is the address below a page that always leads to its newest ZIP.
const newestSegment = "nieuwste"

// NewestURL is the address that always leads to the newest ZIP of a page.
func (p *Page) NewestURL() string { return p.URL + newestSegment + "/" }

// Files are the files that belong to a page: those that its fields name, and for
// the page of a folder all others in it. Each is there once, sorted by path.
func (s *Site) Files(p *Page) []*content.Resource {
	var files []*content.Resource
	if p.Document.Bundle {
		files = s.Below(p)
	}
	for f, v := range schema.Values(p.Document.Fields) {
		if f.Type != schema.File {
			continue
		}
		if file, ok := s.Beside(p, v.Text); ok {
			files = append(files, s.resources[file])
		}
	}
	slices.SortFunc(files, func(a, b *content.Resource) int { return strings.Compare(a.File, b.File) })
	return slices.Compact(files)
}

// Version is what tells one state of a page from another: as its author wrote it,
// else the day on which it last changed.
func (p *Page) Version() string {
	for _, v := range p.Document.Fields {
		if v.Field.Property == "version" {
			return v.Value.Text
		}
	}
	if day := p.Changed(); !day.IsZero() {
		return day.Format(time.DateOnly)
	}
	return ""
}

// version is the version as the name of a file holds it. What has none gets one
// from its files.
func (b *builder) version(p *Page) string {
	if v := content.Slug(p.Version()); v != "-" {
		return strings.ToValidUTF8(v[:min(len(v), longestVersion)], "")
	}
	h := sha256.New()
	for _, r := range b.site.Files(p) {
		h.Write(r.Facts.SHA256[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}
