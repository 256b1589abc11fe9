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
// file of a file field exist is for the rooms that know all pages and files. So
// are sums over items: gather these and call [CheckSums].
//
// Days have one form: a [Period] of whole days with the precision that its author
// wrote. [ParsePeriod], [ParseDate] and [ParseSchoolYear] read it and
// [Period.Format] is the only place that writes it for readers. In the same way
// [Money.Format], [FormatMoment] and [FormatDuration] alone write amounts, moments
// and durations, which have no parsers of their own outside Check.
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

	Schema   []string // schema.org types of its pages, "Report"
	Cite     string   // CSL type of a reference to its pages, "report"; "" when they are not cited
	Glossary string   // name of the field with the abbreviation: its pages explain words of other pages; "" when they do not
	Calendar bool     // its pages are events: the one with property startDate says when
	Sort     string   // field by which lists are ordered, "" for newest first (in a file: as it stands there)
	Backward bool     // from high to low
	Sums     []Sum

	Line int // where site.yaml declares it
	Col  int
}

// Sum is a declared total: that some values add up to another. There are two
// sorts. When Total is set, each item's fields Of add up to its field Total.
// Otherwise each field of Of, over all items but Except, adds up to that field of
// the item Equals.
type Sum struct {
	Of     []string // names of fields of type number or money; "group.field" within a group
	Total  string   // name of a field
	Equals string   // id of an item
	Except []string // ids of items that do not count
	Line   int
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
	Markdown   Type = "markdown"
	MoneyType  Type = "money"
	DateTime   Type = "datetime"
	Duration   Type = "duration"
	Count      Type = "count"
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
	Property   string   // schema.org property that the value is, "author"; "" for none
	Inverse    string   // ref: heading, on the page that is named, above the pages that name it; "" for their kind's label
	Fields     []*Field // group
	Target     string   // count: the field of type number that says how many there should be; "" for none
	Line       int      // where site.yaml declares it
	Col        int

	list       string      // of an element: the name of its list
	vocabulary *Vocabulary // of a term: set by Link
	kinds      []countable // of a count: set by Link
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
//	text, url, email           Text
//	markdown                   Text as the YAML gives it, nothing trimmed; Line is where it begins
//	number                     Text, such as "12" or "-1.5"
//	money                      Money; Text is the whole euros, "700000"
//	datetime                   Time, in Europe/Amsterdam; Text is RFC 3339
//	duration                   Text is ISO 8601 in the units that were written, "PT75M"
//	bool                       Text is "true" or "false"
//	choice, term               Text is the value or the term's id
//	date, period               Period; Text is its Source
//	schoolyear                 Period; Text is "2023-2024"
//	ref                        Text is the id that was written
//	file                       Text is the path of the resource, relative to the page's file
//	count                      Count
//	list                       Items, at least one
//	group                      Fields, those that have a value
//
// Line and Col are those of the first character behind the key. For a text that is
// a block that is the |, and the lines of the text begin at Line + 1; any other
// text begins at Line itself. YAML nodes do not tell which of the two it is.
type Value struct {
	Type   Type
	Text   string
	Period Period
	Money  Money
	Time   time.Time
	Count  *Counting
	Items  []Value
	Fields []FieldValue
	Line   int // in the document's file, 1-based
	Col    int // in characters, 1-based
}

// Money is an amount in whole euros.
type Money struct {
	Euros    int64
	Millions bool // written in millions, and shown so
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
