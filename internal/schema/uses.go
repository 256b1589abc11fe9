package schema

import (
	"fmt"
	"slices"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// uses reads what the hub does with the pages of a kind beyond showing their
// fields, which have been read.
func (d *declaration) uses(k *Kind, keys *yaml.Fields) {
	for _, n := range d.words(keys, "schema") {
		if hint := suggestKnown(n.Text, schemaTypes, "Report of Event"); hint == "" {
			k.Schema = append(k.Schema, n.Text)
		} else {
			keys.Fault(codeDeclaration, n, fmt.Sprintf("%q is geen type van schema.org dat de hub kent", n.Text), hint)
		}
	}
	if cite := keys.Text("cite"); slices.Contains(citeTypes, cite) {
		k.Cite = cite
	} else if cite != "" {
		keys.Fault(codeDeclaration, keys.Get("cite"), fmt.Sprintf("%q is geen soort publicatie", cite), diag.Suggest(cite, citeTypes))
	}
	if name := keys.Text("glossary"); name != "" && !fellOut(k, keys, name) {
		texts := k.names(func(f *Field) bool { return f.Type == Text })
		if slices.Contains(texts, name) {
			k.Glossary = name
		} else {
			hint := "noem het veld met de afkorting; " + diag.Suggest(name, texts)
			if len(texts) == 0 {
				hint = "voeg een veld toe voor de afkorting: afkorting: text"
			}
			keys.Fault(codeDeclaration, keys.Get("glossary"), fmt.Sprintf("%q is geen veld van type text van soort %q", name, k.Name), hint)
		}
	}
	k.Calendar = keys.Bool("calendar") && d.calendar(k, keys)
	if sort := keys.Text("sort"); sort != "" {
		name, backward := strings.CutPrefix(sort, "-")
		allowed := append(k.names(orderable), "title", "date")
		switch f := k.Field(name); {
		case slices.Contains(allowed, name):
			k.Sort, k.Backward = name, backward
		case f != nil:
			keys.Fault(codeDeclaration, keys.Get("sort"), fmt.Sprintf("op veld %q van type %s kan niet worden geordend", name, f.Type), diag.Suggest("", allowed))
		case !fellOut(k, keys, name):
			keys.Fault(codeDeclaration, keys.Get("sort"), fmt.Sprintf("soort %q heeft geen veld %q", k.Name, name), diag.Suggest(name, allowed))
		}
	}
	var sums []*yaml.Node
	if n := keys.Get("sum"); n != nil && n.Kind == yaml.List {
		sums = n.Items
	} else if n != nil {
		sums = []*yaml.Node{n}
	}
	for _, n := range sums {
		if n.Kind != yaml.Map {
			keys.Fault(codeDeclaration, n, fmt.Sprintf("een som is een blok met sleutels, geen %s", n.Kind), "schrijf: sum: {of: bedrag, equals: totaal}")
			continue
		}
		if s, ok := d.sum(k, keys, keys.In("sum", n)); ok {
			k.Sums = append(k.Sums, s)
		}
	}
}

// calendar reports whether the pages of a kind say when they are.
func (d *declaration) calendar(k *Kind, keys *yaml.Fields) bool {
	starts := k.names(func(f *Field) bool { return f.Property == "startDate" })
	fault := ""
	switch fields := keys.Node.Get("fields"); {
	case len(starts) == 0 && fields != nil && len(fields.Pairs) > len(k.Fields):
		// It may be the one that fell out.
		return false
	case len(starts) == 0:
		fault = "maar geen veld zegt wanneer"
	case len(starts) > 1:
		fault = fmt.Sprintf("maar %q en %q zeggen allebei wanneer", starts[0], starts[1])
	default:
		f := k.Field(starts[0])
		ends := k.names(func(f *Field) bool { return f.Property == "endDate" && !tellsWhen(f) })
		if tellsWhen(f) && len(ends) == 0 {
			return true
		}
		if tellsWhen(f) {
			f = k.Field(ends[0])
		}
		fault = fmt.Sprintf("maar veld %q van type %s zegt niet wanneer", f.Name, f.Type)
	}
	keys.Fault(codeDeclaration, keys.Get("calendar"), fmt.Sprintf("soort %q hoort in de agenda, %s", k.Name, fault),
		"zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld")
	return false
}

// tellsWhen reports whether the values of a field are moments or days.
func tellsWhen(f *Field) bool {
	return f.Type == DateType || f.Type == DateTime || f.Type == PeriodType
}

// sum reads one declared total. It is not ok when it cannot be checked.
func (d *declaration) sum(k *Kind, keys, in *yaml.Fields) (s Sum, ok bool) {
	ok = true
	fault := func(n *yaml.Node, text, hint string) {
		in.Fault(codeDeclaration, n, text, hint)
		ok = false
	}
	s = Sum{Line: in.Node.Line, Col: in.Node.Col}
	of := d.words(in, "of")
	equals := in.Text("equals")
	for _, n := range d.words(in, "except") {
		s.Except = append(s.Except, n.Text)
	}
	in.Need("of", "equals")
	in.NoOthers()
	if len(of) == 0 || equals == "" {
		return s, false
	}

	total := fieldAt(k.Fields, equals)
	switch {
	case total == nil && fellOut(k, keys, equals):
		ok = false
	case total == nil:
		s.Equals = equals
	case !addable(total):
		fault(in.Get("equals"), fmt.Sprintf("veld %q van type %s kan geen som zijn", equals, total.Type), "maak er een veld van type number of money van")
	default:
		s.Total = equals
	}
	for _, n := range of {
		f := fieldAt(k.Fields, n.Text)
		switch {
		case f == nil && fellOut(k, keys, n.Text):
			ok = false
		case f == nil:
			hint := "voeg een veld toe van type number of money"
			if names := k.addableNames(); len(names) > 0 {
				hint = diag.Suggest(n.Text, names)
			}
			fault(n, fmt.Sprintf("soort %q heeft geen veld %q om op te tellen", k.Name, n.Text), hint)
		case !addable(f):
			fault(n, fmt.Sprintf("veld %q van type %s kan niet worden opgeteld", n.Text, f.Type), "een som telt velden van type number of money op")
		case f == total:
			fault(n, fmt.Sprintf("veld %q is de som en telt zelf mee", n.Text), "haal het weg bij of")
		case s.Total != "" && f.Type != total.Type:
			fault(n, fmt.Sprintf("veld %q van type %s kan niet optellen tot %q van type %s", n.Text, f.Type, equals, total.Type), "geef ze hetzelfde type")
		default:
			s.Of = append(s.Of, n.Text)
		}
	}
	return s, ok
}

// words reads one text or a list of texts, each of which may stand there once.
func (d *declaration) words(keys *yaml.Fields, key string) []*yaml.Node {
	n := keys.Get(key)
	if n == nil {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind != yaml.Scalar {
		items = keys.Items(key)
	}
	if n.Kind == yaml.List && len(items) == 0 {
		keys.Fault(codeDeclaration, n, fmt.Sprintf("de lijst achter %q is leeg", key), fmt.Sprintf("vul haar in, of haal %s weg", key))
	}
	var words []*yaml.Node
	for _, item := range items {
		switch {
		case item.Kind != yaml.Scalar:
			keys.Fault(codeDeclaration, item, fmt.Sprintf("achter %q hoort een naam, geen %s", key, item.Kind), "schrijf één naam, of een lijst van namen")
		case slices.ContainsFunc(words, func(n *yaml.Node) bool { return n.Text == item.Text }):
			keys.Fault(codeDeclaration, item, fmt.Sprintf("%q staat twee keer achter %q", item.Text, key), "haal er een weg")
		default:
			words = append(words, item)
		}
	}
	return words
}

// names gives the names of the fields that fit.
func (k *Kind) names(fit func(*Field) bool) []string {
	var names []string
	for _, f := range k.Fields {
		if fit(f) {
			names = append(names, f.Name)
		}
	}
	return names
}

// orderable reports whether pages can be put in the order of a field.
func orderable(f *Field) bool {
	return slices.Contains([]Type{Number, MoneyType, DateType, DateTime, PeriodType, SchoolYear, Text, Choice}, f.Type)
}

// addable reports whether the values of a field can be added up.
func addable(f *Field) bool { return f.Type == Number || f.Type == MoneyType }

// addableNames gives those fields as a sum writes them.
func (k *Kind) addableNames() []string {
	var names []string
	for _, f := range k.Fields {
		if addable(f) {
			names = append(names, f.Name)
		}
		for _, inner := range f.Fields {
			if addable(inner) {
				names = append(names, f.Name+"."+inner.Name)
			}
		}
	}
	return names
}

// fieldAt gives a field by its name, or "group.field" within a group; or nil.
func fieldAt(fields []*Field, name string) *Field {
	first, rest, nested := strings.Cut(name, ".")
	for _, f := range fields {
		if f.Name == first && nested {
			return fieldAt(f.Fields, rest)
		} else if f.Name == first {
			return f
		}
	}
	return nil
}

// fellOut reports whether site.yaml declares a field, which was left out for a
// fault of its own: that should not be called unknown too.
func fellOut(k *Kind, keys *yaml.Fields, name string) bool {
	n := keys.Node
	for part := range strings.SplitSeq(name, ".") {
		n = n.Get("fields").Get(part)
	}
	return n != nil && fieldAt(k.Fields, name) == nil
}
