package site

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kennishub/internal/schema"
)

// FieldValue is one value of a field, at any depth: the field that decides its
// type is the element of a list, or the field of a group.
type FieldValue struct {
	Field *schema.Field
	Value *schema.Value
}

// Values walks all single values of fields, into lists and groups, in order.
func Values(fields []schema.FieldValue) iter.Seq[FieldValue] {
	return func(yield func(FieldValue) bool) { walkFields(fields, yield) }
}

func walkFields(fields []schema.FieldValue, yield func(FieldValue) bool) bool {
	for i := range fields {
		if !walk(fields[i].Field, &fields[i].Value, yield) {
			return false
		}
	}
	return true
}

func walk(f *schema.Field, v *schema.Value, yield func(FieldValue) bool) bool {
	switch v.Type {
	case schema.List:
		for i := range v.Items {
			if !walk(f.Of, &v.Items[i], yield) {
				return false
			}
		}
		return true
	case schema.Group:
		return walkFields(v.Fields, yield)
	}
	return yield(FieldValue{f, v})
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
