package view

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/cite"
	"kennishub/internal/media"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// describe fills in what the page says of itself to machines.
func (v *Views) describe(page *theme.Page, p *site.Page) {
	page.Meta = v.openGraph(page, p)
	if p.Form(site.CSL) != "" {
		work := v.Work(p)
		page.Citation = citation(work)
		for _, m := range work.Highwire() {
			page.Meta = append(page.Meta, theme.Meta{Name: m.Name, Content: m.Content})
		}
	}
	page.LinkedData = v.linkedData(page, p)
}

// citation is a reference for readers. The address at its end is a link.
func citation(w cite.Work) *theme.Citation {
	c := &theme.Citation{}
	for _, span := range w.APA() {
		c.Parts = append(c.Parts, theme.CitationPart{Text: span.Text, Italic: span.Italic})
	}
	last := &c.Parts[len(c.Parts)-1]
	if at := strings.LastIndex(last.Text, "http"); at >= 0 && !strings.Contains(last.Text[at:], " ") {
		last.Text, c.URL = last.Text[:at], last.Text[at:]
	}
	return c
}

// openGraph is how a page looks where it is shared (https://ogp.me).
func (v *Views) openGraph(page *theme.Page, p *site.Page) []theme.Meta {
	cfg := v.site.Config
	var list []theme.Meta
	add := func(property, content string) {
		if content != "" {
			list = append(list, theme.Meta{Property: property, Content: content})
		}
	}
	kind := "website"
	if page.Date.ISO != "" {
		kind = "article"
	}
	add("og:title", page.Title)
	add("og:description", page.Summary)
	add("og:type", kind)
	add("og:url", page.Canonical)
	add("og:site_name", cfg.Title)
	add("og:locale", map[string]string{"nl": "nl_NL", "en": "en_GB"}[cfg.Language])
	if r := v.site.Image(p); r != nil && shows(r) {
		add("og:image", Absolute(cfg, "/"+r.File))
		if r.Facts.Width > 0 {
			add("og:image:width", strconv.Itoa(r.Facts.Width))
			add("og:image:height", strconv.Itoa(r.Facts.Height))
		}
		add("og:image:alt", p.Document.Image.Alt)
		list = append(list, theme.Meta{Name: "twitter:card", Content: "summary_large_image"})
	}
	add("article:published_time", page.Date.ISO)
	add("article:modified_time", page.Updated.ISO)
	return list
}

// formats are the types and names of forms.
var formats = map[site.FormType]struct{ mime, label string }{
	site.Atom:     {"application/atom+xml", "Atom"},
	site.JSONFeed: {"application/feed+json", "JSON Feed"},
	site.ICS:      {"text/calendar", "iCalendar"},
	site.CSV:      {"text/csv", "CSV"},
	site.JSON:     {"application/json", "JSON"},
	site.BibTeX:   {"application/x-bibtex", "BibTeX"},
	site.RIS:      {"application/x-research-info-systems", "RIS"},
	site.CSL:      {"application/vnd.citationstyles.csl+json", "CSL-JSON"},
}

// alternates are the other forms of a page, but for its ZIP.
func (v *Views) alternates(p *site.Page) []theme.Alternate {
	var list []theme.Alternate
	for _, f := range p.Forms {
		if known, ok := formats[f.Type]; ok {
			list = append(list, theme.Alternate{Type: known.mime, Label: known.label, Title: v.title(p) + " (" + known.label + ")", URL: v.URL(f.URL)})
		}
	}
	return list
}

// Work is how a page is referred to.
func (v *Views) Work(p *site.Page) cite.Work {
	cfg := v.site.Config
	address := cmp.Or(p.Permanent, p.URL)
	w := cite.Work{
		ID:        path.Base(p.URL),
		Type:      p.Kind.Cite,
		Genre:     p.Kind.Label.One,
		Title:     p.Title,
		Authors:   v.authors(p),
		Publisher: cmp.Or(Property(v.site, p, "publisher"), cfg.Title),
		URL:       Absolute(cfg, address),
		ISBN:      Property(v.site, p, "isbn"),
		Abstract:  cmp.Or(p.Description, Property(v.site, p, "abstract")),
		Version:   Property(v.site, p, "version"),
		Language:  cfg.Language,
	}
	w.Issued = issued(p)
	if id := Property(v.site, p, "identifier"); strings.HasPrefix(id, "10.") || strings.Contains(id, "doi.org/") {
		w.DOI = id
	}
	for _, label := range p.Labels {
		w.Keywords = append(w.Keywords, label.Title)
	}
	for _, r := range v.site.Files(p) {
		if media.TypeOf(r.File).MIME == "application/pdf" {
			w.PDF = Absolute(cfg, "/"+r.File)
			break
		}
	}
	return w
}

// issued is when a work came out, as precisely as its author wrote it.
func issued(p *site.Page) cite.Date {
	for _, v := range p.Document.Fields {
		if v.Field.Property != "datePublished" || v.Value.Period.Precision == 0 {
			continue
		}
		start := v.Value.Period.Start
		switch v.Value.Period.Precision {
		case schema.Day:
			return cite.Date{Year: start.Year(), Month: int(start.Month()), Day: start.Day()}
		case schema.Month:
			return cite.Date{Year: start.Year(), Month: int(start.Month())}
		}
		return cite.Date{Year: start.Year()}
	}
	if p.Date.IsZero() {
		return cite.Date{}
	}
	return cite.Date{Year: p.Date.Year(), Month: int(p.Date.Month()), Day: p.Date.Day()}
}

// authors are the people in the fields that mean authors. Of who has no name, the
// organisation counts.
func (v *Views) authors(p *site.Page) []cite.Name {
	var names []cite.Name
	add := func(n cite.Name) {
		if n != (cite.Name{}) && !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	for i := range p.Document.Fields {
		f := &p.Document.Fields[i]
		if f.Field.Property != "author" && f.Field.Property != "creator" {
			continue
		}
		for _, value := range each(&f.Value) {
			if value.Type != schema.Group {
				of := f.Field
				if of.Type == schema.List {
					of = of.Of
				}
				if !Withheld(v.site, of, value) {
					text, _ := Text(v.site, of, value)
					add(cite.Name{Literal: text})
				}
				continue
			}
			part := func(property string) string {
				for f, value := range schema.Values(value.Fields) {
					if f.Property == property && !Withheld(v.site, f, value) {
						text, _ := Text(v.site, f, value)
						return text
					}
				}
				return ""
			}
			if family := part("familyName"); family != "" {
				add(cite.Name{Given: part("givenName"), Particle: part("additionalName"), Family: family, ORCID: part("identifier")})
			} else {
				add(cite.Name{Literal: cmp.Or(part("affiliation"), part("name"))})
			}
		}
	}
	if len(names) == 0 {
		add(cite.Name{Literal: cmp.Or(Property(v.site, p, "publisher"), v.site.Config.Title)})
	}
	return names
}

// each is the values of a list, or the value itself.
func each(v *schema.Value) []*schema.Value {
	if v.Type != schema.List {
		return []*schema.Value{v}
	}
	list := make([]*schema.Value, len(v.Items))
	for i := range v.Items {
		list[i] = &v.Items[i]
	}
	return list
}
