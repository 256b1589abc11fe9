package search

import (
	"strconv"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// The fields of a document in bleve's index.
const (
	fieldTitle = iota
	fieldNames
	fieldDescription
	fieldHeadings
	fieldTerms
	fieldBody
	fieldAttachments
	fieldCount
)

// fields says how much a word weighs in each field, as if it stood that many times
// in the body. Boosts are applied when a query is scored, so they can be changed
// without a new index.
var fields = [fieldCount]struct {
	name  string
	label string // in an explanation
	boost float64
	// Words count for less in a field that is longer than usual: 0 not at all, 1 in
	// full.
	length float64
}{
	fieldTitle:       {"title", "titel", 6, 0.4},              // what the page is about, in its author's words
	fieldNames:       {"names", "andere namen", 6, 0},         // other names are titles too, and having many is no fault
	fieldDescription: {"description", "samenvatting", 2, 0.4}, // a summary: few words, each chosen
	fieldHeadings:    {"headings", "koppen", 2, 0.6},          // what a part is about
	fieldTerms:       {"terms", "labels", 2, 0},               // labels that an editor chose from a list
	fieldBody:        {"body", "tekst", 1, 0.7},               // long pages hold every word sometimes
	fieldAttachments: {"attachments", "bijlagen", 0.5, 0.7},   // a reader has to open the file to see why it was found
}

// lengths are the numbers of words of a document, by field.
type lengths [fieldCount]uint32

// entry is a document as bleve gets it: a number and counted terms. It implements
// bleve's index.Document, so that text is analysed once, by us, where our
// goroutines are, and without bleve's token objects.
type entry struct {
	id     string
	fields []index.Field
}

// counter makes entries, and hands them to bleve. It is for one goroutine.
type counter struct {
	analyser *analyser
	counts   []int32 // by term number; zero between fields
	touched  []*term // the terms counted in this field

	forms [fieldCount]form
}

// counted is how often a term is in a field. A batch holds those of all of its
// documents, so they are small; only the fields of the document that bleve looks at
// have the form that bleve wants, which is ten times as large.
type counted struct {
	term *term
	n    int32
}

// form is what bleve gets of a field. The next document has the same memory.
type form struct {
	frequencies index.TokenFrequencies
	store       []index.TokenFreq
}

// of fills the form with what was counted.
func (f *form) of(list []counted) index.TokenFrequencies {
	if f.frequencies == nil {
		f.frequencies = index.TokenFrequencies{}
	}
	clear(f.frequencies)
	if len(list) > len(f.store) {
		f.store = make([]index.TokenFreq, 2*len(list))
	}
	for i, c := range list {
		f.store[i].SetFrequency(int(c.n))
		f.frequencies[c.term.text] = &f.store[i]
	}
	return f.frequencies
}

// count analyses a document into an entry. Labels are the labels of its facet
// values.
func (c *counter) count(number int, d *Document, labels []string) (*entry, lengths) {
	e := &entry{id: strconv.Itoa(number), fields: make([]index.Field, 0, fieldCount+1)}
	var l lengths
	add := func(field int, each func(add func(text string))) {
		n := 0
		each(func(text string) { n += c.add(text) })
		l[field] = uint32(n)
		if n > 0 {
			e.fields = append(e.fields, &countedField{name: fields[field].name, length: n, counts: c.take(), form: &c.forms[field]})
		}
	}
	add(fieldTitle, func(add func(string)) { add(d.Title) })
	add(fieldNames, func(add func(string)) { all(d.Names, add) })
	add(fieldDescription, func(add func(string)) { add(d.Description) })
	add(fieldHeadings, func(add func(string)) {
		for i := range d.Sections {
			if s := &d.Sections[i]; !attached(s.ID) {
				add(s.Title)
			}
		}
	})
	add(fieldTerms, func(add func(string)) { all(labels, add) })
	add(fieldBody, func(add func(string)) {
		for i := range d.Sections {
			if s := &d.Sections[i]; !attached(s.ID) {
				add(s.Text)
			}
		}
	})
	add(fieldAttachments, func(add func(string)) {
		for i := range d.Sections {
			if s := &d.Sections[i]; attached(s.ID) {
				add(s.Title)
				add(s.Text)
			}
		}
	})
	return e, l
}

func all(texts []string, add func(string)) {
	for _, text := range texts {
		add(text)
	}
}

// add counts the terms of a text and returns how many there were.
func (c *counter) add(text string) (n int) {
	c.analyser.each(text, func(_, _ int, terms []*term) {
		for _, t := range terms {
			if !t.isPart() {
				n++
			}
			for t.number >= len(c.counts) {
				c.counts = append(c.counts, make([]int32, len(c.counts)+1024)...)
			}
			if c.counts[t.number] == 0 {
				c.touched = append(c.touched, t)
			}
			c.counts[t.number]++
		}
	})
	return n
}

// take returns what was counted and starts anew.
func (c *counter) take() []counted {
	list := make([]counted, len(c.touched))
	for i, t := range c.touched {
		list[i] = counted{t, c.counts[t.number]}
		c.counts[t.number] = 0
	}
	c.touched = c.touched[:0]
	return list
}

func (e *entry) ID() string                                 { return e.id }
func (e *entry) Size() int                                  { return 0 } // only feeds bleve's statistics
func (e *entry) NumPlainTextBytes() uint64                  { return 0 } // likewise
func (e *entry) StoredFieldsBytes() uint64                  { return 0 } // likewise
func (e *entry) Indexed() bool                              { return false }
func (e *entry) HasComposite() bool                         { return false }
func (e *entry) VisitComposite(index.CompositeFieldVisitor) {}

func (e *entry) VisitFields(visit index.FieldVisitor) {
	for _, f := range e.fields {
		visit(f)
	}
}

func (e *entry) AddIDField() {
	e.fields = append(e.fields, document.NewTextFieldCustom("_id", nil, []byte(e.id), index.IndexField|index.StoreField, nil))
}

// countedField is a field whose terms are counted already. It is indexed without
// positions and not stored: excerpts come from the text itself.
type countedField struct {
	name   string
	length int
	counts []counted
	form   *form
}

func (f *countedField) Name() string                                     { return f.name }
func (f *countedField) Value() []byte                                    { return nil }
func (f *countedField) ArrayPositions() []uint64                         { return nil }
func (f *countedField) EncodedFieldType() byte                           { return 't' }
func (f *countedField) Analyze()                                         {}
func (f *countedField) Options() index.FieldIndexingOptions              { return index.IndexField }
func (f *countedField) AnalyzedLength() int                              { return f.length }
func (f *countedField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.form.of(f.counts) }
func (f *countedField) NumPlainTextBytes() uint64                        { return 0 }
