package schema

import (
	"cmp"
	"fmt"
	"slices"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// Counting is what a value of type count asks: how many pages of a kind the hub
// has.
type Counting struct {
	Kind  string
	By    string      // a field of that kind: each of its study years, or calendar years, apart; "" for all together
	Where []Condition // all of these hold
}

// Condition is that a field of a page has a value, or has it among others.
type Condition struct{ Field, Value string }

// Counts reports whether a page with these values counts, and under which year:
// "2023-2024" for a study year, "2024" for a day or period (the year in which it
// begins), and "" when all count together. A page without that field does not
// count.
func (c *Counting) Counts(values []FieldValue) (year string, ok bool) {
	for _, w := range c.Where {
		v := valueAt(values, w.Field)
		if v == nil || v.Text != w.Value && !slices.ContainsFunc(v.Items, func(v Value) bool { return v.Text == w.Value }) {
			return "", false
		}
	}
	if c.By == "" {
		return "", true
	}
	switch v := valueAt(values, c.By); {
	case v == nil:
		return "", false
	case v.Type == SchoolYear:
		return v.Text, true
	case v.Type == DateTime:
		return v.Time.Format("2006"), true
	default:
		return v.Period.Start.Format("2006"), true
	}
}

func declareCount(d *declaration, f *Field, keys *yaml.Fields) {
	f.Target = keys.Text("target")
}

// checkCount reads {soort: campagne, per: studiejaar, met: {landelijk: true}}.
func checkCount(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	if n.Kind != yaml.Map {
		return wrong(in, f, n, fmt.Sprintf("dit moet een blok met sleutels zijn, geen %s", n.Kind), hintFor(f))
	}
	keys := in.In(f.Name, n)
	c := &Counting{Kind: keys.Text("soort"), By: keys.Text("per")}
	conditions := keys.Map("met")
	keys.Need("soort")
	keys.NoOthers()
	if c.Kind == "" {
		return Value{}, false
	}
	v := value(f, n, "")
	v.Count = c
	if f.kinds == nil {
		return v, true
	}
	var names []string
	var kind countable
	for _, k := range f.kinds {
		if names = append(names, k.name); k.name == c.Kind {
			kind = k
		}
	}
	if kind.name == "" {
		return wrong(keys, f, keys.Get("soort"), fmt.Sprintf("onbekende soort %q", c.Kind), diag.Suggest(c.Kind, names))
	}
	ok := true
	if c.By != "" && !slices.Contains(kind.years, c.By) {
		hint := "haal per weg: deze soort heeft geen veld met een jaar"
		if len(kind.years) > 0 {
			hint = diag.Suggest(c.By, kind.years)
		}
		_, ok = wrong(keys, f, keys.Get("per"), fmt.Sprintf("soort %q heeft geen veld %q met een jaar", c.Kind, c.By), hint)
	}
	for _, pair := range conditions.Node.Pairs {
		field := fieldAt(kind.fields, pair.Key.Text)
		if field == nil {
			_, ok = wrong(conditions, f, pair.Key, fmt.Sprintf("op veld %q van soort %q kan niet worden geteld", pair.Key.Text, c.Kind),
				diag.Suggest(pair.Key.Text, (&Kind{Fields: kind.fields}).names(func(*Field) bool { return true })))
			continue
		}
		v, fits := typeOf(field.element().Type).check(conditions, field.element(), pair.Value)
		c.Where = append(c.Where, Condition{field.Name, v.Text})
		ok = ok && fits
	}
	return v, ok
}

// hasYear reports whether the values of a field lie in a year.
func hasYear(f *Field) bool {
	return slices.Contains([]Type{SchoolYear, DateType, DateTime, PeriodType}, f.Type)
}

// tellsApart reports whether pages can be told apart by a field when they are counted.
func tellsApart(f *Field) bool {
	return slices.Contains([]Type{Choice, Term, Ref, Bool}, f.element().Type)
}

// countable is what a count may ask of a kind. It is no [Kind], because a kind that
// counts itself would lead back to itself.
type countable struct {
	name   string
	years  []string // names of the fields with a year
	fields []*Field // by which pages can be told apart
}

// count checks where a field of type count stands, and its target, and tells it
// the kinds.
func (l *linking) count(k *Kind, f *Field) {
	for _, counted := range l.kinds {
		c := countable{name: counted.Name, years: counted.names(hasYear)}
		for _, field := range counted.Fields {
			if tellsApart(field) {
				c.fields = append(c.fields, field)
			}
		}
		f.element().kinds = append(f.element().kinds, c)
	}
	if f.Type != Count || !slices.Contains(k.Fields, f) {
		l.fault(f.Line, f.Col, fmt.Sprintf("veld %q telt, en kan niet in een lijst of groep staan", f.Name), "maak er een veld van de soort zelf van")
	}
	if f.Target == "" {
		return
	}
	numbers := k.names(func(f *Field) bool { return f.Type == Number })
	if !slices.Contains(numbers, f.Target) {
		l.fault(f.Line, f.Col, fmt.Sprintf("veld %q telt naar %q, en dat is geen veld van type number", f.Name, f.Target),
			cmp.Or(diag.Suggest(f.Target, numbers), "voeg een veld toe: "+f.Target+": number"))
	}
}
