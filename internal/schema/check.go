package schema

import (
	"fmt"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// Check checks the fields of this kind in the front matter of a document, or in an
// item of a file kind, and gives those that have a right value, in declared
// order. It does not look at other keys. A required field that is missing is a
// fault where n begins. Safe for use by many goroutines.
func (k *Kind) Check(file string, n *yaml.Node) ([]FieldValue, []diag.Message) {
	var messages []diag.Message
	values := checkFields(yaml.Read(file, n, &messages), k.Fields)
	return values, messages
}

func checkFields(in *yaml.Fields, fields []*Field) []FieldValue {
	values := make([]FieldValue, 0, len(fields))
	for _, f := range fields {
		n := in.Get(f.Name)
		if n == nil || empty(n) {
			if f.Required {
				required(in, f)
			}
			continue
		}
		if v, ok := typeOf(f.Type).check(in, f, n); ok {
			values = append(values, FieldValue{Field: f, Value: v})
		}
	}
	return values
}

// empty reports whether a key was written without anything to read.
func empty(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.Scalar:
		return strings.TrimSpace(n.Text) == ""
	case yaml.List:
		return len(n.Items) == 0
	case yaml.Map:
		return len(n.Pairs) == 0
	}
	return true
}

func required(in *yaml.Fields, f *Field) {
	at, fault, hint := in.Node.Get(f.Name), "is leeg", hintFor(f)
	if at == nil {
		fault = "ontbreekt"
	}
	if f.Hint != "" {
		hint += " (" + f.Hint + ")"
	}
	in.Fault(codeRequired, at, fmt.Sprintf("verplicht veld %q (%s) %s", f.Name, f.Label, fault), hint)
}
