package view

import (
	"path"
	"strconv"
	"strings"

	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// fields makes the declared fields of a page readable.
func (v *Views) fields(p *site.Page, values []schema.FieldValue) []theme.Field {
	fields := make([]theme.Field, 0, len(values))
	for _, f := range values {
		field := theme.Field{Name: f.Field.Name, Type: string(f.Field.Type), Label: f.Field.Label}
		if f.Value.Type == schema.Count {
			field.Values = v.counts(p, f.Field, f.Value.Count)
		} else if f.Value.Type == schema.List {
			for i := range f.Value.Items {
				if item := &f.Value.Items[i]; !Withheld(v.site, f.Field.Of, item) {
					field.Values = append(field.Values, v.value(p, f.Field.Of, item))
				}
			}
		} else if !Withheld(v.site, f.Field, &f.Value) {
			field.Values = []theme.Value{v.value(p, f.Field, &f.Value)}
		}
		if len(field.Values) > 0 {
			fields = append(fields, field)
		}
	}
	return fields
}

// counts shows what a count found, with how many there should be.
func (v *Views) counts(p *site.Page, f *schema.Field, c *schema.Counting) []theme.Value {
	of := ""
	if target := p.Kind.Field(f.Target); target != nil {
		if value := valueOf(p, target); value != nil {
			of, _ = Text(v.site, target, value)
		}
	}
	var values []theme.Value
	for _, t := range v.site.Count(c) {
		values = append(values, theme.Value{Text: TallyText(t), Count: &theme.Count{Year: t.Year, Number: t.Pages, Of: of, Examples: t.Examples}})
	}
	return values
}

// TallyText is a tally in a cell of a table, "2023-2024: 2".
func TallyText(t site.Tally) string {
	if t.Year == "" {
		return strconv.Itoa(t.Pages)
	}
	return t.Year + ": " + strconv.Itoa(t.Pages)
}

// Withheld reports whether a value names a page that has yet to be published.
func Withheld(s *site.Site, f *schema.Field, value *schema.Value) bool {
	return value.Type == schema.Ref && s.Withheld(f.Kind, value.Text)
}

func (v *Views) value(p *site.Page, f *schema.Field, value *schema.Value) theme.Value {
	switch value.Type {
	case schema.Group:
		return theme.Value{Group: v.fields(p, value.Fields)}
	case schema.Markdown:
		if text := p.Document.FieldText(value); text != nil {
			return theme.Value{HTML: v.fieldText(p, text)}
		}
	case schema.File:
		file, ok := v.site.Beside(p, value.Text)
		if !ok {
			return theme.Value{Text: value.Text}
		}
		return theme.Value{Text: path.Base(file), URL: v.URL("/" + file)}
	}
	text, address := Text(v.site, f, value)
	out := theme.Value{Text: text}
	switch {
	case address == "":
	case value.Type == schema.URL, value.Type == schema.Email:
		out.URL = address
	default:
		out.URL = v.URL(address)
	}
	switch {
	case value.Period.Precision != 0:
		if iso := value.Period.ISO(); !strings.Contains(iso, "/") { // <time> knows no intervals
			out.ISO = iso
		}
	case value.Type == schema.DateTime, value.Type == schema.Duration:
		out.ISO = value.Text
	}
	return out
}

// Text is a single value as readers see it, and where it leads: an address from
// the root of the site, or for url and email a whole one; "" for nowhere.
func Text(s *site.Site, f *schema.Field, value *schema.Value) (text, address string) {
	switch value.Type {
	case schema.Choice:
		for _, o := range f.Choices {
			if o.Value == value.Text {
				return o.Label, ""
			}
		}
	case schema.Term:
		if t := s.Page(site.TermURL(f.Vocabulary, value.Text)); t != nil {
			return t.Title, t.URL
		}
	case schema.Ref:
		if target := s.Ref(f.Kind, value.Text); target != nil {
			return target.Title, target.URL
		}
		if title := s.Expired(f.Kind, value.Text); title != "" {
			return title, ""
		}
	case schema.DateType, schema.PeriodType:
		return value.Period.Format(s.Config.Language), ""
	case schema.MoneyType:
		return value.Money.Format(s.Config.Language), ""
	case schema.DateTime:
		return schema.FormatMoment(value.Time, s.Config.Language), ""
	case schema.Duration:
		return schema.FormatDuration(value.Text, s.Config.Language), ""
	case schema.Number:
		if s.Config.Language == "nl" {
			return strings.Replace(value.Text, ".", ",", 1), ""
		}
	case schema.Bool:
		return map[string]map[string]string{
			"nl": {"true": "ja", "false": "nee"},
			"en": {"true": "yes", "false": "no"},
		}[s.Config.Language][value.Text], ""
	case schema.URL:
		return value.Text, value.Text
	case schema.Email:
		return value.Text, "mailto:" + value.Text
	}
	return value.Text, ""
}
