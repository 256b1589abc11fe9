// Package schema knows the kinds of content that a hub declares in site.yaml:
// their fields, the types of those fields and the vocabularies they draw from.
//
// [ReadKinds] and [ReadVocabularies] read the declarations, [Link] checks them
// against each other, and [Kind.Check] then checks the front matter of one
// document and gives its values in declared order:
//
//	kinds, faults := schema.ReadKinds("site.yaml", root.Get("kinds"))
//	vocabularies, more := schema.ReadVocabularies("site.yaml", root.Get("vocabularies"))
//	faults = append(append(faults, more...), schema.Link("site.yaml", kinds, vocabularies)...)
//	…
//	values, faults := kind.Check("content/experimenten/a.md", frontMatter)
//
// After Link nothing here changes any more, so Check may run on many documents
// at once. Check looks at a document alone: whether the page of a ref and the
// file of a file field exist is for the rooms that know all pages and files.
//
// Time has one form: a [Period] of whole days with the precision that its author
// wrote. [ParsePeriod], [ParseDate] and [ParseSchoolYear] read it and
// [Period.Format] is the only place that writes it for readers.
//
// To add a field type, add a line to the table in types.go.
package schema

import "time"

// Kind is a declared kind of content.
type Kind struct {
	Name   string
	Folder string // content folder of its pages, slash-separated, "" for a file kind
	File   string // YAML file of its items, "" for a folder kind
	Label  Label
	Bundle bool // its resources also come as one ZIP
	Fields []*Field
	Line   int // where site.yaml declares it
	Col    int
}

// Field returns the field of that name, or nil.
func (k *Kind) Field(name string) *Field {
	for _, f := range k.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// Label is what readers see for one and for many.
type Label struct{ One, Many string }

// Type names a field type as site.yaml writes it.
type Type string

const (
	Text       Type = "text"
	Number     Type = "number"
	Bool       Type = "bool"
	URL        Type = "url"
	Email      Type = "email"
	Choice     Type = "choice"
	DateType   Type = "date"
	PeriodType Type = "period"
	SchoolYear Type = "schoolyear"
	Term       Type = "term"
	Ref        Type = "ref"
	List       Type = "list"
	Group      Type = "group"
	File       Type = "file"
)

// Field is a declared field of a kind, or the element of a list, or a field of a
// group.
type Field struct {
	Name       string // "" for the element of a list
	Type       Type
	Label      string // readers see it; the name with a capital unless declared
	Hint       string // help for authors, from site.yaml's `help`
	Required   bool
	Facet      bool
	Of         *Field   // list: what its elements are
	Choices    []Option // choice: allowed values in order
	Vocabulary string   // term: name of the vocabulary
	Kind       string   // ref: name of the kind
	Fields     []*Field // group
	Line       int      // where site.yaml declares it
	Col        int

	list       string      // of an element: the name of its list
	vocabulary *Vocabulary // of a term: set by Link
}

// Option is an allowed value of a choice. Label is what readers see.
type Option struct{ Value, Label string }

// Vocabulary is a controlled list of terms. Each term has its own page at
// /<name>/<term>/.
type Vocabulary struct {
	Name  string
	Label Label
	Terms []VocabularyTerm // in declared order
	Line  int
	Col   int
}

// Term returns the term with that id.
func (v *Vocabulary) Term(id string) (VocabularyTerm, bool) {
	for _, t := range v.Terms {
		if t.ID == id {
			return t, true
		}
	}
	return VocabularyTerm{}, false
}

// VocabularyTerm is a term of a vocabulary.
type VocabularyTerm struct {
	ID          string
	Label       string
	Description string
}

// Value is a checked value of a field. What is set depends on the type:
//
//	text, markdown, url, email Text
//	number                     Text, such as "12" or "-1.5"
//	bool                       Text is "true" or "false"
//	choice, term               Text is the value or the term's id
//	date, period               Period; Text is its Source
//	schoolyear                 Period; Text is "2023-2024"
//	ref                        Text is the id that was written
//	file                       Text is the path of the resource, relative to the page's file
//	list                       Items, at least one
//	group                      Fields, those that have a value
type Value struct {
	Type   Type
	Text   string
	Period Period
	Items  []Value
	Fields []FieldValue
	Line   int // in the document's file
	Col    int
}

// FieldValue is a field with its value. A field without a value has none.
type FieldValue struct {
	Field *Field
	Value Value
}

// Precision says how exactly a period was written.
type Precision uint8

const (
	Day Precision = iota + 1
	Month
	Season
	StudyYear
	Year
	Range // written as from/to
)

// Period is a span of whole days, both inclusive, with the precision it was
// written in. A date is a period of one day.
type Period struct {
	Start     time.Time // midnight UTC
	End       time.Time // midnight UTC of the last day
	Precision Precision
	Source    string // as written, in one spelling: equal periods have equal sources
}
