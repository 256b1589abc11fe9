package build

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kennishub/internal/content"
	"kennishub/internal/markdown"
	"kennishub/internal/media"
	"kennishub/internal/schema"
	"kennishub/internal/search"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// indexFolder is where the index is in the output folder.
const indexFolder = ".search"

// index brings the search index up to date: on disk, or in memory for a preview.
func (b *Builder) index(s *site.Site, synonyms []content.Synonym, t *theme.Theme, r *Result) error {
	dir := filepath.Join(b.options.Output, indexFolder)
	if b.options.NoSearch {
		return search.Remove(dir)
	}
	documents := documents(s, t)
	settings := settings(s, t)
	settings.Synonyms = append(abbreviations(s), asSearched(synonyms)...)
	settings.Topics = topics(s, t)
	r.Documents = len(documents)
	if b.options.Preview {
		return b.applyLive(documents, settings)
	}
	if _, err := search.Build(dir, documents, settings); err != nil {
		return err
	}
	return search.Prune(dir)
}

// applyLive updates the index of a preview. When the settings changed, another
// one takes its place.
func (b *Builder) applyLive(documents []search.Document, settings search.Settings) error {
	data, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	if b.live != nil && b.liveFor == string(data) {
		_, err := b.live.Apply(documents)
		return err
	}
	live, err := search.NewLive(settings)
	if err != nil {
		return err
	}
	if _, err := live.Apply(documents); err != nil {
		live.Close()
		return err
	}
	old := b.live
	b.live, b.liveFor = live, string(data)
	if old != nil {
		old.Close()
	}
	return nil
}

// documents is what the index knows of the site: every page and item that has a
// document.
func documents(s *site.Site, t *theme.Theme) []search.Document {
	list := make([]search.Document, 0, len(s.Pages))
	readable := slices.ContainsFunc(s.Resources, func(r *content.Resource) bool { return len(r.Parts) > 0 })
	for _, p := range s.Pages {
		if p.Document != nil {
			d := document(s, p)
			if readable {
				d.Sections = append(d.Sections, attached(s, t, p)...)
			}
			list = append(list, d)
		}
		for _, item := range p.Items {
			list = append(list, document(s, item))
		}
	}
	return list
}

// attached is the text of the files of a page: those that belong to it, and those
// that its text leads to.
func attached(s *site.Site, t *theme.Theme, p *site.Page) []search.Section {
	files := s.Files(p)
	for _, text := range p.Document.Texts() {
		for i := range text.Holes {
			if h := &text.Holes[i]; h.Kind == markdown.LinkHole {
				if to, _ := s.Follow(p, h.Dest); to.Resource != nil && !slices.Contains(files, to.Resource) {
					files = append(files, to.Resource)
				}
			}
		}
	}
	titles := map[*content.Resource]string{}
	for _, named := range view.Named(s, p) {
		titles[named.Resource] = named.Title
	}
	var sections []search.Section
	for _, r := range files {
		kind := media.TypeOf(r.File)
		title := fmt.Sprintf("%s (%s)", cmp.Or(titles[r], path.Base(r.File)), kind.Label)
		for _, part := range r.Parts {
			section := search.Section{ID: view.URL(s.Config, "/"+r.File), Title: title, Text: part.Text}
			switch {
			case part.Number > 0 && kind.MIME == "application/pdf":
				section.ID += fmt.Sprintf("#page=%d", part.Number)
				section.Title = t.Text("attachment.page", section.Title, part.Number)
			case part.Number > 0:
				section.Title = t.Text("attachment.slide", section.Title, part.Number)
			}
			if part.Title != "" {
				section.Title += ": " + part.Title
			}
			sections = append(sections, section)
		}
	}
	return sections
}

func document(s *site.Site, p *site.Page) search.Document {
	d := search.Document{
		URL:         view.URL(s.Config, p.URL),
		Title:       p.Title,
		Description: p.Description,
		Names:       p.Document.Names,
		Facets:      facets(s, p),
		Fields:      map[string]string{},
	}
	if p.Kind != nil && (p.Role == site.Plain || p.Role == site.Item) {
		d.Kind = p.Kind.Name
		d.Fields["kind"] = p.Kind.Label.One
	}
	if day := p.Date; !day.IsZero() {
		d.Date = day.Format(time.DateOnly)
	}
	for _, f := range p.Document.Fields {
		if f.Field.Facet {
			d.Fields[f.Field.Name] = fieldText(s, f.Field, &f.Value)
		}
	}
	for _, text := range p.Document.Texts() {
		for _, section := range text.Sections {
			d.Sections = append(d.Sections, search.Section{ID: section.ID, Title: section.Title, Text: section.Text})
		}
	}
	if text := fieldsText(s, p); text != "" {
		d.Sections = append(d.Sections, search.Section{Text: text})
	}
	return d
}

// tagsFacet is the facet of the tags that authors choose freely.
const tagsFacet = "tags"

// facets are the values by which a page can be narrowed down to.
func facets(s *site.Site, p *site.Page) map[string][]string {
	m := map[string][]string{}
	for _, f := range p.Document.Fields {
		if !f.Field.Facet {
			continue
		}
		for of, v := range schema.Values([]schema.FieldValue{f}) {
			if value := v.Text; !view.Withheld(s, of, v) && !slices.Contains(m[f.Field.Name], value) {
				m[f.Field.Name] = append(m[f.Field.Name], value)
			}
		}
	}
	for _, tag := range p.Document.Tags {
		if !slices.Contains(m[tagsFacet], tag.Text) {
			m[tagsFacet] = append(m[tagsFacet], tag.Text)
		}
	}
	return m
}

func fieldText(s *site.Site, f *schema.Field, value *schema.Value) string {
	var texts []string
	for f, v := range schema.Values([]schema.FieldValue{{Field: f, Value: *value}}) {
		if view.Withheld(s, f, v) {
			continue
		}
		text, _ := view.Text(s, f, v)
		texts = append(texts, text)
	}
	return strings.Join(texts, ", ")
}

// fieldsText is the text of the fields that are no facet: research questions,
// messages of campaigns. Readers see them on the page, so they are found too. The
// names of files are with their files.
func fieldsText(s *site.Site, p *site.Page) string {
	var lines []string
	for _, f := range p.Document.Fields {
		if f.Field.Facet || holdsFile(f.Field) {
			continue
		}
		for f, v := range schema.Values([]schema.FieldValue{f}) {
			if view.Withheld(s, f, v) {
				continue
			}
			switch f.Type {
			case schema.Text, schema.Ref, schema.Term, schema.Choice, schema.PeriodType, schema.DateTime, schema.MoneyType, schema.Number:
				text, _ := view.Text(s, f, v)
				lines = append(lines, text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// holdsFile reports whether a field names files, alone or with words about them.
func holdsFile(f *schema.Field) bool {
	switch f.Type {
	case schema.List:
		return holdsFile(f.Of)
	case schema.Group:
		return slices.ContainsFunc(f.Fields, holdsFile)
	}
	return f.Type == schema.File
}

// settings are the kinds and facets that a reader can choose from, with the words
// for them.
func settings(s *site.Site, t *theme.Theme) search.Settings {
	cfg := s.Config
	set := search.Settings{Language: cfg.Language, Boosts: search.Boosts{
		Kinds:         cfg.Search.Kinds,
		RecentPercent: cfg.Search.RecentPercent,
		RecentDays:    cfg.Search.RecentDays,
	}, Limits: search.Limits{
		QueryLength: cfg.Search.QueryLength,
		Words:       cfg.Search.Words,
		Hits:        cfg.Search.Hits,
		Offset:      cfg.Search.Offset,
		Timeout:     time.Duration(cfg.Search.TimeoutMS) * time.Millisecond,

		Rate:           cfg.Search.Rate,
		Concurrent:     cfg.Search.Concurrent,
		TrustedProxies: cfg.Search.TrustedProxies,
	}}
	for _, k := range cfg.Kinds {
		set.Kinds = append(set.Kinds, search.Value{Value: k.Name, Label: k.Label.Many})
		for _, f := range k.Fields {
			switch i := slices.IndexFunc(set.Facets, func(known search.Facet) bool { return known.Name == f.Name }); {
			case !f.Facet:
			case i < 0:
				set.Facets = append(set.Facets, search.Facet{Name: f.Name, Label: f.Label, Values: facetValues(s, f)})
			default: // another kind may have choices of its own
				for _, v := range facetValues(s, f) {
					if !slices.Contains(set.Facets[i].Values, v) {
						set.Facets[i].Values = append(set.Facets[i].Values, v)
					}
				}
			}
		}
	}
	if s.Page(site.TagsURL) != nil {
		set.Facets = append(set.Facets, search.Facet{Name: tagsFacet, Label: t.Text("tags")})
	}
	return set
}

// topics are the pages that a reader can be led to though the index has no document
// of them: terms and tags that something is about, their overviews, and sections
// without a text of their own.
func topics(s *site.Site, t *theme.Theme) []search.Topic {
	var list []search.Topic
	add := func(p *site.Page, title, kind string) {
		list = append(list, search.Topic{Title: title, URL: view.URL(s.Config, p.URL), Kind: kind})
	}
	overview := func(p *site.Page, title, kind string) {
		add(p, title, "")
		for _, term := range p.Sections {
			if len(term.Listed()) > 0 {
				add(term, term.Title, kind)
			}
		}
	}
	for _, v := range s.Config.Vocabularies {
		overview(s.Page("/"+v.Name+"/"), v.Label.Many, v.Label.One)
	}
	if tags := s.Page(site.TagsURL); tags != nil {
		overview(tags, t.Text("tags"), t.Text("tags"))
	}
	for _, p := range s.Pages {
		if p.Document == nil && (p.Role == site.Section || p.Role == site.Collection) {
			add(p, p.Title, "")
		}
	}
	return list
}

// abbreviations are those that the glossary explains.
func abbreviations(s *site.Site) []search.Synonym {
	var list []search.Synonym
	for i, k := range s.Config.Kinds {
		if k.Glossary == "" {
			continue
		}
		for _, p := range s.Kinds[i] {
			for _, f := range p.Document.Fields {
				if f.Field.Name == k.Glossary {
					both := []string{f.Value.Text, p.Title}
					list = append(list, search.Synonym{Search: both, Find: both, Abbreviation: true})
				}
			}
		}
	}
	return list
}

func asSearched(synonyms []content.Synonym) []search.Synonym {
	list := make([]search.Synonym, len(synonyms))
	for i, s := range synonyms {
		list[i] = search.Synonym{Search: s.Search, Find: s.Find}
	}
	return list
}

// facetValues lists the values that a declared facet can have, in the order in
// which readers see them.
func facetValues(s *site.Site, f *schema.Field) []search.Value {
	var values []search.Value
	switch f.Type {
	case schema.List:
		return facetValues(s, f.Of)
	case schema.Choice:
		for _, o := range f.Choices {
			values = append(values, search.Value{Value: o.Value, Label: o.Label})
		}
	case schema.Term:
		if v := s.Config.Vocabulary(f.Vocabulary); v != nil {
			for _, t := range v.Terms {
				text, _ := view.Text(s, f, &schema.Value{Type: schema.Term, Text: t.ID})
				values = append(values, search.Value{Value: t.ID, Label: text})
			}
		}
	case schema.Ref:
		for i, k := range s.Config.Kinds {
			if k.Name != f.Kind {
				continue
			}
			for _, p := range s.Kinds[i] {
				values = append(values, search.Value{Value: p.Document.ID, Label: p.Title})
			}
		}
	case schema.Bool:
		for _, b := range []string{"true", "false"} {
			text, _ := view.Text(s, f, &schema.Value{Type: schema.Bool, Text: b})
			values = append(values, search.Value{Value: b, Label: text})
		}
	}
	return values
}
