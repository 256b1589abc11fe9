package output

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"kennishub/internal/cache"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/view"
)

// tableKey is what decides the bytes of a table, without making it: what is said of
// each page, and of each page that it names.
type tableKey struct {
	BaseURL, Title, URL string
	Kind                schema.Kind
	Rows                []rowKey
}

type rowKey struct {
	Matter        cache.Key
	URL, Title    string
	Date, Updated string
	Named         []string // titles and addresses by turns
}

func tableKeyOf(in Input, p *site.Page) tableKey {
	s := in.Site
	key := tableKey{BaseURL: s.Config.BaseURL, Title: p.Title, URL: p.URL, Kind: *p.Kind}
	for _, q := range listed(s, p) {
		r := rowKey{Matter: q.Document.Matter, URL: q.URL, Title: q.Title, Date: isoDay(q.Date), Updated: isoDay(q.Updated)}
		for f, v := range schema.Values(q.Document.Fields) {
			switch v.Type {
			case schema.Term, schema.Ref:
				title, address := view.Text(s, f, v)
				if view.Withheld(s, f, v) {
					title = ""
				}
				r.Named = append(r.Named, title, address)
			case schema.File:
				file, ok := s.Beside(q, v.Text)
				r.Named = append(r.Named, file, strconv.FormatBool(ok))
			case schema.Count:
				for _, t := range s.Count(v.Count) {
					r.Named = append(r.Named, view.TallyText(t))
				}
			}
		}
		key.Rows = append(key.Rows, r)
	}
	return key
}

// column is a column of a table besides the fields of the kind. No field has the
// name of one: those of keys are refused, and no name begins with an underscore.
type column struct {
	name, title, kind string // kind is the type in a Table Schema
	value             func(s *site.Site, p *site.Page) string
}

var commonColumns = []column{
	{"id", "Id", "string", func(s *site.Site, p *site.Page) string { return p.Document.ID }},
	{"_url", "Adres", "string", func(s *site.Site, p *site.Page) string { return view.Absolute(s.Config, p.URL) }},
	{"title", "Titel", "string", func(s *site.Site, p *site.Page) string { return p.Title }},
	{"description", "Beschrijving", "string", func(s *site.Site, p *site.Page) string { return p.Description }},
	{"date", "Datum", "date", func(s *site.Site, p *site.Page) string { return isoDay(p.Date) }},
	{"updated", "Bijgewerkt", "date", func(s *site.Site, p *site.Page) string { return isoDay(p.Updated) }},
	{"tags", "Tags", "string", func(s *site.Site, p *site.Page) string {
		var tags []string
		for _, t := range p.Document.Tags {
			tags = append(tags, t.Text)
		}
		return strings.Join(tags, "; ")
	}},
	{"voorbeeld", "Voorbeeld", "boolean", func(s *site.Site, p *site.Page) string {
		if p.Document.Example {
			return "true"
		}
		return "false"
	}},
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// tableCSV is a list as CSV (RFC 4180) for people with a spreadsheet: a row for
// each page, with values as readers see them, but dates and amounts as machines do.
func tableCSV(in Input, p *site.Page) []byte {
	s := in.Site
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	var head []string
	for _, c := range commonColumns {
		head = append(head, c.name)
	}
	for _, f := range p.Kind.Fields {
		head = append(head, f.Name)
	}
	w.Write(head)
	for _, q := range listed(s, p) {
		row := make([]string, 0, len(head))
		for _, c := range commonColumns {
			row = append(row, harmless(c.value(s, q)))
		}
		for _, f := range p.Kind.Fields {
			text := ""
			for _, v := range q.Document.Fields {
				if v.Field == f {
					text = cell(s, q, f, &v.Value)
				}
			}
			row = append(row, text)
		}
		w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

// cell is a value in a spreadsheet. What one cell cannot hold is JSON.
func cell(s *site.Site, p *site.Page, f *schema.Field, v *schema.Value) string {
	switch v.Type {
	case schema.List:
		if f.Of.Type == schema.Group {
			return compact(machine(s, p, f, v))
		}
		var texts []string
		for i := range v.Items {
			if item := &v.Items[i]; !view.Withheld(s, f.Of, item) {
				texts = append(texts, cell(s, p, f.Of, item))
			}
		}
		return strings.Join(texts, "; ")
	case schema.Count:
		var texts []string
		for _, t := range s.Count(v.Count) {
			texts = append(texts, view.TallyText(t))
		}
		return strings.Join(texts, "; ")
	case schema.Group:
		return compact(machine(s, p, f, v))
	case schema.Choice, schema.Term, schema.Ref:
		if view.Withheld(s, f, v) {
			return ""
		}
		text, _ := view.Text(s, f, v)
		return harmless(text)
	}
	switch m := machine(s, p, f, v).(type) {
	case string:
		return harmless(m)
	case json.Number:
		return m.String()
	case bool:
		return map[bool]string{true: "true", false: "false"}[m]
	}
	return ""
}

// harmless keeps a spreadsheet from taking a text for a formula
// (https://owasp.org/www-community/attacks/CSV_Injection).
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func compact(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // only values of machine come here
	}
	return string(data)
}

// machine is a value as JSON has it.
func machine(s *site.Site, p *site.Page, f *schema.Field, v *schema.Value) any {
	switch v.Type {
	case schema.List:
		list := []any{}
		for i := range v.Items {
			if item := &v.Items[i]; !view.Withheld(s, f.Of, item) {
				list = append(list, machine(s, p, f.Of, item))
			}
		}
		return list
	case schema.Group:
		group := make(map[string]any, len(v.Fields))
		for i := range v.Fields {
			if view.Withheld(s, v.Fields[i].Field, &v.Fields[i].Value) {
				continue
			}
			group[v.Fields[i].Field.Name] = machine(s, p, v.Fields[i].Field, &v.Fields[i].Value)
		}
		return group
	case schema.Term:
		label, address := view.Text(s, f, v)
		return map[string]string{"id": v.Text, "label": label, "url": view.Absolute(s.Config, address)}
	case schema.Ref:
		title, address := view.Text(s, f, v)
		return map[string]string{"id": v.Text, "title": title, "url": view.Absolute(s.Config, address)}
	case schema.File:
		if file, ok := s.Beside(p, v.Text); ok {
			return view.Absolute(s.Config, "/"+file)
		}
	case schema.DateType, schema.PeriodType:
		return v.Period.ISO()
	case schema.Number, schema.MoneyType:
		return json.Number(v.Text)
	case schema.Bool:
		return v.Text == "true"
	case schema.Count:
		counts := []count{}
		for _, t := range s.Count(v.Count) {
			counts = append(counts, count{t.Year, t.Pages, t.Examples})
		}
		return counts
	}
	return v.Text
}

// count is how many pages the hub has, for machines.
type count struct {
	Year     string `json:"year,omitempty"`
	Number   int    `json:"number"`
	Examples int    `json:"examples"`
}

// table is a list as JSON: for machines, with ids and addresses.
type table struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	URL   string `json:"url"`
	Items []row  `json:"items"`
}

type row struct {
	ID          string         `json:"id"`
	URL         string         `json:"url"`
	Title       string         `json:"title"`
	Description string         `json:"description,omitempty"`
	Date        string         `json:"date,omitempty"`
	Updated     string         `json:"updated,omitempty"`
	Tags        []string       `json:"tags,omitempty"`
	Names       []string       `json:"ook_bekend_als,omitempty"`
	Example     bool           `json:"voorbeeld,omitempty"`
	Fields      map[string]any `json:"fields"`
}

func tableJSON(in Input, p *site.Page) []byte {
	s := in.Site
	t := table{Kind: p.Kind.Name, Title: p.Title, URL: view.Absolute(s.Config, p.URL), Items: []row{}}
	for _, q := range listed(s, p) {
		d := q.Document
		r := row{
			ID: d.ID, URL: view.Absolute(s.Config, q.URL), Title: q.Title, Description: q.Description,
			Date: isoDay(q.Date), Updated: isoDay(q.Updated), Names: d.Names, Example: d.Example, Fields: map[string]any{},
		}
		for _, tag := range d.Tags {
			r.Tags = append(r.Tags, tag.Text)
		}
		for i := range d.Fields {
			if view.Withheld(s, d.Fields[i].Field, &d.Fields[i].Value) {
				continue
			}
			r.Fields[d.Fields[i].Field.Name] = machine(s, q, d.Fields[i].Field, &d.Fields[i].Value)
		}
		t.Items = append(t.Items, r)
	}
	return jsonBytes(t)
}

// A Data Package (https://specs.frictionlessdata.io/data-package/) says which
// tables there are and what stands in their columns.
type dataPackageFile struct {
	Name      string         `json:"name"`
	Title     string         `json:"title"`
	About     string         `json:"description,omitempty"`
	Homepage  string         `json:"homepage"`
	Resources []dataResource `json:"resources"`
}

type dataResource struct {
	Name     string      `json:"name"`
	Title    string      `json:"title"`
	Path     string      `json:"path"`
	Format   string      `json:"format"`
	Type     string      `json:"mediatype"`
	Encoding string      `json:"encoding"`
	Schema   tableSchema `json:"schema"`
}

type tableSchema struct {
	Fields []schemaField `json:"fields"`
	Key    string        `json:"primaryKey"`
}

type schemaField struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	About string `json:"description,omitempty"`
	Type  string `json:"type"`
}

// dataPackage describes the tables of the site, nil when there are none.
func dataPackage(in Input) []byte {
	cfg := in.Site.Config
	d := dataPackageFile{Name: "kennishub", Title: cfg.Title, About: cfg.Description, Homepage: cfg.BaseURL}
	for _, p := range in.Site.Pages {
		url := p.Form(site.CSV)
		if url == "" {
			continue
		}
		r := dataResource{Name: p.Kind.Name, Title: p.Title, Path: strings.TrimPrefix(url, "/"), Format: "csv", Type: "text/csv", Encoding: "utf-8", Schema: tableSchema{Key: "id"}}
		for _, c := range commonColumns {
			r.Schema.Fields = append(r.Schema.Fields, schemaField{Name: c.name, Title: c.title, Type: c.kind})
		}
		for _, f := range p.Kind.Fields {
			r.Schema.Fields = append(r.Schema.Fields, schemaField{Name: f.Name, Title: f.Label, About: f.Hint, Type: columnType(f)})
		}
		d.Resources = append(d.Resources, r)
	}
	if len(d.Resources) == 0 {
		return nil
	}
	return jsonBytes(d)
}

func columnType(f *schema.Field) string {
	switch f.Type {
	case schema.Number:
		return "number"
	case schema.MoneyType:
		return "integer"
	case schema.Bool:
		return "boolean"
	case schema.DateType:
		return "date"
	case schema.DateTime:
		return "datetime"
	}
	return "string"
}
