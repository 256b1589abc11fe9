package site

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kennishub/internal/schema"
)

// order sorts everything that readers see in a row.
func (b *builder) order() {
	s := b.site
	for _, p := range s.byURL {
		s.Pages = append(s.Pages, p)
		p.sortTitle = sortKey(p.Title)
		for _, item := range p.Items {
			item.sortTitle = sortKey(item.Title)
		}
	}
	slices.SortFunc(s.Pages, func(a, b *Page) int { return cmp.Compare(a.URL, b.URL) })
	for _, p := range s.Pages {
		p.order()
		if p.Role != Section {
			continue
		}
		for i, q := range p.Pages {
			if i > 0 {
				q.Previous = p.Pages[i-1]
			}
			if i+1 < len(p.Pages) {
				q.Next = p.Pages[i+1]
			}
		}
	}
	for _, p := range s.Pages {
		s.orderRelated(p)
		for _, item := range p.Items {
			s.orderRelated(item)
		}
	}
	s.Kinds = make([][]*Page, len(s.Config.Kinds))
	for _, p := range s.Pages {
		i := slices.Index(s.Config.Kinds, p.Kind)
		switch {
		case p.Kind == nil || i < 0:
		case p.Role == Plain:
			s.Kinds[i] = append(s.Kinds[i], p)
		case p.Role == Collection:
			s.Kinds[i] = p.Items
		}
	}
	for i, k := range s.Config.Kinds {
		if k.File == "" {
			slices.SortFunc(s.Kinds[i], comparison(k))
		}
	}
}

// order sorts the lists on a page.
func (p *Page) order() {
	compare := reading
	if p.Kind != nil {
		compare = comparison(p.Kind)
	}
	slices.SortFunc(p.Pages, compare)
	if p.Role != Terms || p.URL == TagsURL {
		slices.SortFunc(p.Sections, reading)
	}
	if p.Role == Collection && p.Kind.Sort != "" {
		slices.SortStableFunc(p.Items, bySort(p.Kind))
	}
}

// orderRelated sorts the relations of a page: by kind as site.yaml has them, and
// the pages of each as their lists.
func (s *Site) orderRelated(p *Page) {
	slices.SortStableFunc(p.Related, func(a, b Relation) int {
		return cmp.Compare(slices.Index(s.Config.Kinds, a.Kind), slices.Index(s.Config.Kinds, b.Kind))
	})
	for _, r := range p.Related {
		compare := reading
		switch {
		case r.Kind != nil && r.Kind.File != "":
			items := r.Pages[0].Parent.Items
			compare = func(a, b *Page) int { return cmp.Compare(slices.Index(items, a), slices.Index(items, b)) }
		case r.Kind != nil:
			compare = comparison(r.Kind)
		}
		slices.SortFunc(r.Pages, compare)
	}
}

// comparison is the order of the pages of a kind: by weight where one is given,
// then as the kind declares, then as all lists.
func comparison(k *schema.Kind) func(a, b *Page) int {
	if k.Sort == "" {
		return reading
	}
	declared := bySort(k)
	return func(a, b *Page) int {
		if a.weight() != b.weight() {
			return reading(a, b)
		}
		return cmp.Or(declared(a, b), Newest(a, b))
	}
}

// bySort orders by the field that a kind declares. Pages without a value come last.
func bySort(k *schema.Kind) func(a, b *Page) int {
	sign := 1
	if k.Backward {
		sign = -1
	}
	switch k.Sort {
	case "title":
		return func(a, b *Page) int { return sign * cmp.Compare(a.sortTitle, b.sortTitle) }
	case "date":
		return func(a, b *Page) int {
			if a.Date.IsZero() != b.Date.IsZero() {
				return b.Date.Compare(a.Date)
			}
			return sign * a.Date.Compare(b.Date)
		}
	}
	field := k.Field(k.Sort)
	return func(a, b *Page) int {
		va, vb := a.value(k.Sort), b.value(k.Sort)
		switch {
		case va == nil && vb == nil:
			return 0
		case va == nil:
			return 1
		case vb == nil:
			return -1
		}
		return sign * compareValues(field, va, vb)
	}
}

func compareValues(f *schema.Field, a, b *schema.Value) int {
	switch f.Type {
	case schema.DateType, schema.PeriodType, schema.SchoolYear:
		return a.Period.Compare(b.Period)
	case schema.DateTime:
		return a.Time.Compare(b.Time)
	case schema.MoneyType:
		return cmp.Compare(a.Money.Euros, b.Money.Euros)
	case schema.Number:
		x, _ := new(big.Rat).SetString(a.Text)
		y, _ := new(big.Rat).SetString(b.Text)
		return x.Cmp(y)
	case schema.Choice:
		at := func(v *schema.Value) int {
			return slices.IndexFunc(f.Choices, func(o schema.Option) bool { return o.Value == v.Text })
		}
		return cmp.Compare(at(a), at(b))
	}
	return cmp.Compare(sortKey(a.Text), sortKey(b.Text))
}

// reading is the order of pages in a list: by weight where one is given, then
// newest first, then by title.
func reading(a, b *Page) int {
	wa, wb := a.weight(), b.weight()
	switch {
	case wa == wb:
		return Newest(a, b)
	case wa == 0:
		return 1
	case wb == 0:
		return -1
	}
	return cmp.Compare(wa, wb)
}

func (p *Page) weight() int {
	if p.Document == nil {
		return 0
	}
	return p.Document.Weight
}

// Newest orders pages newest first, then by title.
func Newest(a, b *Page) int {
	return cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.sortTitle, b.sortTitle), cmp.Compare(a.URL, b.URL))
}

// sortKey is a title as Dutch lists order it: without capitals and accents.
func sortKey(title string) string {
	ascii := true
	for i := range len(title) {
		if title[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return strings.ToLower(title)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(title))
}
