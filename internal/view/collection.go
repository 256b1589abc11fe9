package view

import (
	"slices"

	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// collect fills in the items of a collection: as many cells each as there are
// columns, and a column for each field of which an item has a value.
func (v *Views) collect(p *site.Page, list *theme.List) {
	var columns []*schema.Field
	for _, f := range p.Kind.Fields {
		if slices.ContainsFunc(p.Items, func(item *site.Page) bool { return valueOf(item, f) != nil }) {
			columns = append(columns, f)
			of := f
			if f.Type == schema.List {
				of = f.Of
			}
			list.Columns = append(list.Columns, theme.Column{
				Name: f.Name, Type: string(f.Type), Label: f.Label,
				Numeric: of.Type == schema.Number || of.Type == schema.MoneyType,
			})
		}
	}
	list.Total, list.Millions = len(p.Items), inMillions(p.Items)
	for _, item := range p.Items {
		list.Items = append(list.Items, v.item(item, columns, list.Millions))
	}
	for _, s := range p.Kind.Sums {
		total := v.site.Ref(p.Kind.Name, s.Equals)
		if total == nil {
			continue
		}
		t := theme.Total{Item: v.link(total)}
		for _, id := range s.Except {
			if left := v.site.Ref(p.Kind.Name, id); left != nil {
				t.Left = append(t.Left, v.link(left))
			}
		}
		list.Totals = append(list.Totals, t)
	}
}

// inMillions reports whether there are amounts, and all were written in millions.
func inMillions(items []*site.Page) bool {
	some := false
	for _, item := range items {
		for f, value := range schema.Values(item.Document.Fields) {
			if f.Type == schema.MoneyType {
				if !value.Money.Millions {
					return false
				}
				some = true
			}
		}
	}
	return some
}

func (v *Views) item(p *site.Page, columns []*schema.Field, millions bool) *theme.Item {
	d := p.Document
	item := &theme.Item{
		ID:          d.ID,
		Title:       p.Title,
		Description: p.Description,
		Date:        v.date(p.Date),
		Example:     d.Example,
		Draft:       d.Draft,
		Relations:   v.relations(p),
	}
	for _, f := range columns {
		cell := theme.Field{Name: f.Name, Type: string(f.Type), Label: f.Label}
		if value := valueOf(p, f); value != nil {
			if made := v.fields(p, []schema.FieldValue{{Field: f, Value: *value}}); len(made) > 0 {
				cell = made[0]
			}
			if millions && f.Type == schema.MoneyType {
				cell.Values[0].Text = value.Money.InMillions(v.site.Config.Language)
			}
		}
		item.Cells = append(item.Cells, cell)
	}
	for _, s := range p.Kind.Sums {
		item.Total = item.Total || s.Equals == d.ID
		item.Left = item.Left || s.Total == "" && slices.Contains(s.Except, d.ID)
	}
	return theme.Seal(item)
}

// valueOf is the value that a page has of a field of its kind, nil when it has none.
func valueOf(p *site.Page, f *schema.Field) *schema.Value {
	fields := p.Document.Fields
	if i := slices.IndexFunc(fields, func(v schema.FieldValue) bool { return v.Field == f }); i >= 0 {
		return &fields[i].Value
	}
	return nil
}
