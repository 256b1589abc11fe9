package schema

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"kennishub/internal/diag"
)

var codeSum = diag.Define("som", diag.Error,
	"Een som klopt niet",
	"In site.yaml staat met sum welke bedragen of getallen bij elkaar een ander zijn. De melding noemt de waarde die er staat, de waarde die "+
		"de optelling geeft, en wat er is opgeteld. Verbeter de som of een van de delen.")

// mostShown is how many values a message shows of those that were added up.
const mostShown = 20

// Item is a page, or an item of a file kind, as [CheckSums] looks at it.
type Item struct {
	ID        string
	File      string
	Line, Col int
	Fields    []FieldValue
}

// CheckSums checks the declared sums of a kind over all its items and reports
// each that does not add up at the value that should be the total, or at the item
// when it lacks that. A value that is missing counts as nothing. An id in a
// declaration that no item has is reported in file, where the kind is declared.
func CheckSums(file string, k *Kind, items []Item) []diag.Message {
	var messages []diag.Message
	byID := make(map[string]*Item, len(items))
	for i := range items {
		byID[items[i].ID] = &items[i]
	}
	for _, s := range k.Sums {
		ids := s.Except
		if s.Equals != "" {
			ids = append([]string{s.Equals}, ids...)
		}
		for _, id := range ids {
			if byID[id] == nil {
				messages = append(messages, codeDeclaration.At(file, s.Line, s.Col, fmt.Sprintf("een som van soort %q noemt %q, maar geen onderdeel heet zo", k.Name, id), suggestItem(id, k, items)))
			}
		}
		switch {
		case s.Total != "":
			for i := range items {
				if slices.Contains(s.Except, items[i].ID) {
					continue
				}
				a := addition{kind: k, item: &items[i], name: s.Total}
				for _, name := range s.Of {
					a.add(name, valueAt(items[i].Fields, name))
				}
				messages = a.check(messages)
			}
		case byID[s.Equals] != nil:
			for _, name := range s.Of {
				a := addition{kind: k, item: byID[s.Equals], name: name, across: true}
				for i := range items {
					if id := items[i].ID; id != s.Equals && !slices.Contains(s.Except, id) {
						a.add(id, valueAt(items[i].Fields, name))
					}
				}
				messages = a.check(messages)
			}
		}
	}
	return messages
}

func suggestItem(id string, k *Kind, items []Item) string {
	ids := make([]string, len(items))
	for i := range items {
		ids[i] = items[i].ID
	}
	if near := diag.Nearest(id, ids); near != "" {
		return fmt.Sprintf("bedoelde je %q?", near)
	}
	if names := k.addableNames(); len(names) > 0 {
		return "noem de id van een onderdeel, of achter equals een veld: " + strings.Join(names, ", ")
	}
	return "noem de id van een onderdeel"
}

// addition is the adding up of values to one field of an item.
type addition struct {
	kind   *Kind
	item   *Item
	name   string // of the field that is the total
	across bool   // values are of other items
	sum    big.Rat
	parts  []part
}

type part struct {
	name  string
	value *Value
}

func (a *addition) add(name string, v *Value) {
	if v != nil {
		a.sum.Add(&a.sum, exact(v))
		a.parts = append(a.parts, part{name, v})
	}
}

// check appends a message when the values do not add up.
func (a *addition) check(messages []diag.Message) []diag.Message {
	total := valueAt(a.item.Fields, a.name)
	is, line, col := "leeg", a.item.Line, a.item.Col
	like := &Value{Type: fieldAt(a.kind.Fields, a.name).Type}
	if total != nil {
		if exact(total).Cmp(&a.sum) == 0 {
			return messages
		}
		like, line, col = total, total.Line, total.Col
		is = shownAmount(exact(total), total)
	} else if a.sum.Sign() == 0 {
		return messages
	}
	of := ""
	if a.across {
		of = fmt.Sprintf(" van %q", a.item.ID)
	}
	parts := make([]string, 0, mostShown+1)
	for i, p := range a.parts {
		if i == mostShown {
			parts = append(parts, fmt.Sprintf("en nog %d", len(a.parts)-i))
			break
		}
		parts = append(parts, p.name+" "+shownAmount(exact(p.value), p.value))
	}
	hint := "verbeter dit, of een van de delen: " + strings.Join(parts, "; ")
	if len(parts) == 0 {
		hint = "verbeter dit, of vul de delen in: er is niets geteld"
	}
	return append(messages, codeSum.At(a.item.File, line, col,
		fmt.Sprintf("veld %q%s is %s, maar de delen zijn samen %s", a.name, of, is, shownAmount(&a.sum, like)), hint))
}

// valueAt gives the value of a field by its name, or "group.field"; or nil.
func valueAt(fields []FieldValue, name string) *Value {
	first, rest, nested := strings.Cut(name, ".")
	for i := range fields {
		if fields[i].Field.Name == first && nested {
			return valueAt(fields[i].Value.Fields, rest)
		} else if fields[i].Field.Name == first {
			return &fields[i].Value
		}
	}
	return nil
}

// exact gives the number or amount of a checked value.
func exact(v *Value) *big.Rat {
	r := new(big.Rat)
	if v.Type == MoneyType {
		return r.SetInt64(v.Money.Euros)
	}
	r.SetString(v.Text)
	return r
}

// shownAmount writes r as readers would see it in the place of a value, with the
// spaces that an author can search a terminal for.
func shownAmount(r *big.Rat, like *Value) string {
	if like.Type == MoneyType {
		return strings.ReplaceAll(formatEuros(r.Num().String(), like.Money.Millions, "nl"), "\u00a0", " ")
	}
	precision, _ := r.FloatPrec()
	return strings.Replace(r.FloatString(precision), ".", ",", 1)
}
