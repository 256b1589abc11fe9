package schema

import (
	"iter"
	"path"
	"strings"
)

// Place is the part of the site that belongs to the kind: its folder, or the name
// of its file. Its pages or items are listed at that address.
func (k *Kind) Place() string {
	if k.File == "" {
		return k.Folder
	}
	return strings.TrimSuffix(path.Base(k.File), path.Ext(k.File))
}

// Values walks all single values of fields, into lists and groups, in order. The
// field that decides the type of each is the element of its list, or the field of
// its group.
func Values(fields []FieldValue) iter.Seq2[*Field, *Value] {
	return func(yield func(*Field, *Value) bool) { walkFields(fields, yield) }
}

func walkFields(fields []FieldValue, yield func(*Field, *Value) bool) bool {
	for i := range fields {
		if !walk(fields[i].Field, &fields[i].Value, yield) {
			return false
		}
	}
	return true
}

func walk(f *Field, v *Value, yield func(*Field, *Value) bool) bool {
	switch v.Type {
	case List:
		for i := range v.Items {
			if !walk(f.Of, &v.Items[i], yield) {
				return false
			}
		}
		return true
	case Group:
		return walkFields(v.Fields, yield)
	}
	return yield(f, v)
}
