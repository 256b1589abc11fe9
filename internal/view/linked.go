package view

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kennishub/internal/bundle"
	"kennishub/internal/content"
	"kennishub/internal/markdown"
	"kennishub/internal/media"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// object is a JSON object whose keys keep their order.
type object []member

type member struct {
	key   string
	value any
}

// appendJSON writes a value of this file. Each page has one, so it is written once,
// without the detour by reflection.
func appendJSON(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		return appendText(b, v)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case bool:
		return strconv.AppendBool(b, v)
	case json.Number:
		return append(b, v...)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, item)
		}
		return append(b, ']')
	case object:
		b = append(b, '{')
		first := true
		for _, m := range v {
			if empty(m.value) {
				continue
			}
			if !first {
				b = append(b, ',')
			}
			first = false
			b = append(append(append(b, '"'), m.key...), `":`...) // a key is a name of schema.org
			b = appendJSON(b, m.value)
		}
		return append(b, '}')
	}
	panic(fmt.Sprintf("view: no JSON for a %T", value))
}

// appendText writes a text as JSON that may stand in HTML.
func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f || strings.IndexByte(`"\<>&`, c) >= 0 {
			data, err := json.Marshal(text)
			if err != nil {
				panic(err) // a text has a form in JSON
			}
			return append(b, data...)
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case object:
		return len(v) == 0
	}
	return false
}

// set adds to the values of a key: a second value makes a list of them.
func (o *object) set(key string, value any) {
	if empty(value) {
		return
	}
	for i := range *o {
		m := &(*o)[i]
		if m.key != key {
			continue
		}
		if list, ok := m.value.([]any); ok {
			m.value = append(list, value)
		} else {
			m.value = []any{m.value, value}
		}
		return
	}
	*o = append(*o, member{key, value})
}

// linkedData is the page as JSON-LD with the words of schema.org, as an element for
// the head. What is in it runs nowhere: the content security policy holds.
func (v *Views) linkedData(page *theme.Page, p *site.Page) template.HTML {
	graph := []any{v.thing(page, p)}
	if len(page.Breadcrumbs) > 0 {
		graph = append(graph, v.trail(page, p))
	}
	buffer := buffers.Get().(*[]byte)
	b := append((*buffer)[:0], `<script type="application/ld+json">`...)
	b = appendJSON(b, object{{"@context", "https://schema.org"}, {"@graph", graph}})
	b = append(b, `</script>`...)
	*buffer = b
	defer buffers.Put(buffer)
	return template.HTML(b)
}

// buffers are what JSON-LD is written to.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// thing is what the page is about.
func (v *Views) thing(page *theme.Page, p *site.Page) object {
	cfg := v.site.Config
	whole := object{{"@type", "WebSite"}, {"@id", cfg.BaseURL}, {"name", cfg.Title}, {"url", cfg.BaseURL}}
	switch {
	case p == v.site.Home:
		return append(whole, member{"description", cfg.Description}, member{"inLanguage", cfg.Language})
	case p.Role != site.Plain:
		o := object{
			{"@type", "CollectionPage"}, {"@id", page.Canonical}, {"url", page.Canonical}, {"name", page.Title},
			{"description", page.Summary}, {"inLanguage", cfg.Language}, {"isPartOf", whole},
		}
		o.set("mainEntity", v.list(p))
		o.set("mainEntity", v.dataset(page, p))
		return o
	}
	o := v.record(p)
	o.set("isPartOf", whole)
	return o
}

// list is what a list page holds: its first part, or all items of a collection.
func (v *Views) list(p *site.Page) object {
	entries := []any{}
	add := func(entry any) {
		entries = append(entries, object{{"@type", "ListItem"}, {"position", len(entries) + 1}, {"item", entry}})
	}
	for _, item := range p.Items {
		add(v.record(item))
	}
	for _, q := range p.Listed()[:min(len(p.Listed()), p.PartSize())] {
		add(object{{"@type", types(q)}, {"url", Absolute(v.site.Config, q.URL)}, {"name", v.title(q)}})
	}
	if len(entries) == 0 {
		return nil
	}
	return object{{"@type", "ItemList"}, {"numberOfItems", len(p.Items) + len(p.Listed())}, {"itemListElement", entries}}
}

// dataset is the list as data that can be taken along.
func (v *Views) dataset(page *theme.Page, p *site.Page) object {
	if p.Form(site.CSV) == "" {
		return nil
	}
	o := object{{"@type", "Dataset"}, {"name", page.Title}, {"description", page.Summary}, {"url", page.Canonical}}
	for _, t := range []site.FormType{site.CSV, site.JSON} {
		o.set("distribution", object{{"@type", "DataDownload"}, {"encodingFormat", formats[t].mime}, {"contentUrl", Absolute(v.site.Config, p.Form(t))}})
	}
	return o
}

// trail is the way from the home page.
func (v *Views) trail(page *theme.Page, p *site.Page) object {
	entries := make([]any, len(page.Breadcrumbs))
	q := p
	for i := len(entries) - 1; i >= 0; i, q = i-1, q.Parent {
		entries[i] = object{{"@type", "ListItem"}, {"position", i + 1}, {"name", page.Breadcrumbs[i].Text}, {"item", Absolute(v.site.Config, q.URL)}}
	}
	return object{{"@type", "BreadcrumbList"}, {"itemListElement", entries}}
}

// types are the types of schema.org that the kind of a page has.
func types(p *site.Page) any {
	if p.Kind == nil || p.Role != site.Plain && p.Role != site.Item || len(p.Kind.Schema) == 0 {
		return "WebPage"
	}
	if len(p.Kind.Schema) == 1 {
		return p.Kind.Schema[0]
	}
	list := []any{}
	for _, t := range p.Kind.Schema {
		list = append(list, t)
	}
	return list
}

// record is a page or item with the fields whose kind says what they mean.
func (v *Views) record(p *site.Page) object {
	cfg, d := v.site.Config, p.Document
	address := Absolute(cfg, p.URL)
	o := object{{"@type", types(p)}, {"@id", address}, {"url", address}, {"name", p.Title}}
	v.unless(&o, p, "description", Summary(p))
	if p.Permanent != "" {
		o.set("identifier", Absolute(cfg, p.Permanent))
	}
	if p.Role == site.Plain && isWork(p) {
		v.unless(&o, p, "inLanguage", cfg.Language)
		v.unless(&o, p, "datePublished", day(p.Date))
		v.unless(&o, p, "dateCreated", day(p.Created))
		v.unless(&o, p, "dateModified", day(p.Updated))
	}
	for _, name := range d.Names {
		o.set("alternateName", name)
	}
	if r := v.site.Image(p); r != nil && shows(r) {
		o.set("image", v.media(r, ""))
	}
	v.properties(&o, p, d.Fields)
	if p.Form(site.ZIP) != "" {
		titles := map[*content.Resource]string{}
		for _, named := range Named(v.site, p) {
			titles[named.Resource] = named.Title
		}
		for _, r := range v.site.Files(p) {
			o.set("encoding", v.media(r, titles[r]))
		}
	}
	for _, label := range p.Labels {
		if label.Parent != nil && label.Parent.URL == site.TagsURL {
			o.set("keywords", label.Title)
		}
	}
	return o
}

// unless sets what all pages have, unless a field of the page says it.
func (v *Views) unless(o *object, p *site.Page, property, value string) {
	if Property(v.site, p, property) == "" {
		o.set(property, value)
	}
}

// works are the types of schema.org that are creative works: they have a language
// and a day on which they came out.
var works = []string{"CreativeWork", "Article", "ScholarlyArticle", "TechArticle", "NewsArticle", "BlogPosting", "Report", "LearningResource",
	"Book", "Chapter", "Thesis", "Dataset", "Course", "Guide", "HowTo", "WebPage", "DigitalDocument", "PresentationDigitalDocument", "Poster"}

func isWork(p *site.Page) bool {
	return p.Kind == nil || len(p.Kind.Schema) == 0 || slices.ContainsFunc(p.Kind.Schema, func(t string) bool { return slices.Contains(works, t) })
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// properties adds the fields that have a meaning in schema.org.
func (v *Views) properties(o *object, p *site.Page, fields []schema.FieldValue) {
	for i := range fields {
		f := fields[i].Field
		of, property := f, f.Property
		if f.Type == schema.List {
			of = f.Of
		}
		if property == "" {
			continue
		}
		for _, value := range each(&fields[i].Value) {
			if property == "startDate" && value.Period.Precision != 0 {
				o.set("startDate", day(value.Period.Start))
				if !value.Period.End.Equal(value.Period.Start) {
					v.unless(o, p, "endDate", day(value.Period.End))
				}
				continue
			}
			o.set(property, v.meaning(p, property, of, value))
		}
	}
}

// meaning is a value as schema.org has it.
func (v *Views) meaning(p *site.Page, property string, f *schema.Field, value *schema.Value) any {
	cfg := v.site.Config
	text, address := Text(v.site, f, value)
	if property == "audience" {
		return object{{"@type", "Audience"}, {"audienceType", text}}
	}
	switch value.Type {
	case schema.Count:
		return nil // of today, and not of the thing
	case schema.Number:
		return json.Number(value.Text)
	case schema.Bool:
		return value.Text == "true"
	case schema.DateType, schema.PeriodType, schema.SchoolYear:
		return value.Period.ISO()
	case schema.DateTime, schema.Duration:
		return value.Text
	case schema.MoneyType:
		return object{{"@type", "MonetaryAmount"}, {"currency", "EUR"}, {"value", value.Money.Euros}}
	case schema.Term:
		return object{{"@type", "DefinedTerm"}, {"name", text}, {"url", Absolute(cfg, address)}}
	case schema.Ref:
		target := v.site.Ref(f.Kind, value.Text)
		if target == nil {
			return nil
		}
		return object{{"@type", types(target)}, {"@id", Absolute(cfg, target.URL)}, {"name", text}}
	case schema.File:
		file, _ := v.site.Beside(p, value.Text)
		if r := v.site.Resource(file); r != nil {
			return v.media(r, "")
		}
		return nil
	case schema.Markdown:
		if rendered := p.Document.FieldText(value); rendered != nil {
			return plain(rendered)
		}
		return nil
	case schema.Group:
		return v.group(p, property, value)
	}
	switch property {
	case "license":
		known, _ := bundle.LicenceOf(text)
		if known.URL != "" {
			return known.URL
		}
	case "location":
		return object{{"@type", "Place"}, {"name", text}}
	case "eventStatus", "eventAttendanceMode":
		return eventWords[strings.ToLower(text)]
	case "author", "creator", "publisher", "organizer", "affiliation", "funder", "sponsor", "contributor", "sourceOrganization":
		return object{{"@type", "Organization"}, {"name", text}}
	}
	return text
}

// eventWords are the values of schema.org that Dutch and English words mean.
var eventWords = map[string]any{
	"gepland": "https://schema.org/EventScheduled", "scheduled": "https://schema.org/EventScheduled", "gehouden": "https://schema.org/EventScheduled",
	"verplaatst": "https://schema.org/EventRescheduled", "rescheduled": "https://schema.org/EventRescheduled",
	"uitgesteld": "https://schema.org/EventPostponed", "postponed": "https://schema.org/EventPostponed",
	"geannuleerd": "https://schema.org/EventCancelled", "cancelled": "https://schema.org/EventCancelled", "afgelast": "https://schema.org/EventCancelled",
	"fysiek": "https://schema.org/OfflineEventAttendanceMode", "op locatie": "https://schema.org/OfflineEventAttendanceMode", "offline": "https://schema.org/OfflineEventAttendanceMode",
	"online":  "https://schema.org/OnlineEventAttendanceMode",
	"hybride": "https://schema.org/MixedEventAttendanceMode", "hybrid": "https://schema.org/MixedEventAttendanceMode",
}

// group is a value that has fields of its own. Who is an author and has a family
// name, or only a role, is a person; a file among the fields makes it a file with a
// name.
func (v *Views) group(p *site.Page, property string, value *schema.Value) any {
	var o object
	switch property {
	case "author", "creator", "contributor", "editor", "member", "organizer", "performer":
		o.set("@type", "Person")
	case "citation", "isBasedOn", "isPartOf", "hasPart":
		o.set("@type", "CreativeWork")
	}
	for i := range value.Fields {
		if f := &value.Fields[i]; f.Value.Type == schema.File {
			file, _ := v.site.Beside(p, f.Value.Text)
			if r := v.site.Resource(file); r != nil {
				return v.media(r, v.titleOf(value))
			}
		}
	}
	v.properties(&o, p, value.Fields)
	if len(o) == 1 && o[0].key == "@type" {
		return nil
	}
	var name []string
	for _, part := range []string{"givenName", "additionalName", "familyName"} {
		for _, m := range o {
			if text, ok := m.value.(string); ok && m.key == part {
				name = append(name, text)
			}
		}
	}
	o.set("name", strings.Join(name, " "))
	return o
}

// plain is the text of a field without its marks.
func plain(d *markdown.Document) string {
	var texts []string
	for _, s := range d.Sections {
		texts = append(texts, s.Text)
	}
	return strings.Join(texts, "\n")
}

// titleOf is the first text in a group.
func (v *Views) titleOf(value *schema.Value) string {
	for f, inner := range schema.Values(value.Fields) {
		if f.Type == schema.Text {
			return inner.Text
		}
	}
	return ""
}

func (v *Views) media(r *content.Resource, name string) object {
	kind := media.TypeOf(r.File)
	mime, _, _ := strings.Cut(kind.MIME, ";")
	o := object{
		{"@type", "MediaObject"}, {"name", name}, {"contentUrl", Absolute(v.site.Config, "/"+r.File)}, {"encodingFormat", mime},
		{"contentSize", media.Size(r.Size, v.site.Config.Language)}, {"sha256", hex.EncodeToString(r.Facts.SHA256[:])},
	}
	if strings.HasPrefix(mime, "image/") {
		o[0].value = "ImageObject"
		if r.Facts.Width > 0 {
			o.set("width", r.Facts.Width)
			o.set("height", r.Facts.Height)
		}
	}
	return o
}
