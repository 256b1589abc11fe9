// Package cite writes how to refer to a work: for people, for reference managers
// and for search engines of scholarly literature.
//
//	w := cite.Work{
//		ID: "nepmail-herkennen", Type: "report", Genre: "Experiment",
//		Title:   "Herkennen studenten een nepmail na één les?",
//		Authors: []cite.Name{{Given: "Jan", Particle: "van", Family: "Dijk"}, {Literal: "MBO Digitaal"}},
//		Issued:  cite.Date{Year: 2024, Month: 6, Day: 18},
//		URL:     "https://kennishub.example/experimenten/nepmail-herkennen/", Language: "nl",
//	}
//	w.APA()      // Dijk, J. van, & MBO Digitaal. (2024). …
//	w.BibTeX()   // nepmail-herkennen.bib
//	w.RIS()      // nepmail-herkennen.ris, for EndNote, Zotero and Mendeley
//	w.CSL()      // nepmail-herkennen.json, CSL-JSON
//	w.Highwire() // meta elements for Google Scholar and Zotero
//
// A value may hold anything. In every form it stays within its field: white space
// becomes single spaces, other control characters and invalid UTF-8 go, and what has
// a meaning in a form is escaped there. What is empty is left out.
//
// Everything follows from the work alone: the same work gives the same bytes.
package cite

import (
	"slices"
	"strings"
	"unicode"
)

// Work is what can be referred to. Only Title is needed.
type Work struct {
	ID        string // the key in BibTeX and CSL; what is not an ASCII letter, a digit or one of ._:/+- becomes a hyphen
	Type      string // of CSL 1.0.2: report, article, article-journal, book, chapter, dataset, webpage, speech or thesis; any other is a document
	Genre     string // what readers call it: "Experiment"
	Title     string
	Authors   []Name
	Issued    Date
	Publisher string // of an article-journal: the journal
	URL       string // absolute address of the page about it
	PDF       string // absolute address of the work as a PDF
	DOI       string // bare or as an address
	ISBN      string
	Abstract  string
	Version   string // "1.1"
	Language  string // "nl", "en"; English works are referred to in English, all others in Dutch
	Keywords  []string
}

// Name is a person, or in Literal an organisation or a role.
type Name struct {
	Given, Particle, Family string // "Jan", "van", "Dijk"
	Literal                 string // "MBO Digitaal"; then the other parts do not count
	ORCID                   string // bare or as an address
}

// Date is a day, a month when Day is 0, a year when Month is 0 too, or unknown.
type Date struct {
	Year, Month, Day int
}

// kind is what each form calls a type of work, and how APA shows it.
type kind struct {
	bibtex    string
	publisher string // the BibTeX field of the publisher
	ris       string
	highwire  string // the meta element of the publisher
	part      bool   // of something larger: the title is not in italics (APA 7, section 9.19)
	day       bool   // dated to the day, others to the year (APA 7, section 9.14)
}

var kinds = map[string]kind{
	"report":          {"techreport", "institution", "RPRT", "citation_technical_report_institution", false, false},
	"article":         {"misc", "howpublished", "GEN", "citation_publisher", false, false},
	"article-journal": {"article", "journal", "JOUR", "citation_journal_title", true, false},
	"book":            {"book", "publisher", "BOOK", "citation_publisher", false, false},
	"chapter":         {"misc", "howpublished", "CHAP", "citation_publisher", true, false},
	"dataset":         {"misc", "howpublished", "DATA", "citation_publisher", false, false},
	"webpage":         {"misc", "howpublished", "ELEC", "citation_publisher", false, true},
	"document":        {"misc", "howpublished", "GEN", "citation_publisher", false, false},
	"speech":          {"misc", "howpublished", "SLIDE", "citation_publisher", false, true},
	"thesis":          {"phdthesis", "school", "THES", "citation_dissertation_institution", false, false},
}

// tidy is the work with values that every form can hold: one line of valid text
// each, a known type, a possible date, bare identifiers, and no empty names.
func (w Work) tidy() Work {
	for _, s := range []*string{&w.Genre, &w.Title, &w.Publisher, &w.URL, &w.PDF, &w.DOI, &w.ISBN, &w.Abstract, &w.Version, &w.Language} {
		*s = line(*s)
	}
	w.ID = strings.Map(func(c rune) rune {
		if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("._:/+-", c)) {
			return c
		}
		return '-'
	}, w.ID)
	if w.ID == "" {
		w.ID = "werk"
	}
	if _, ok := kinds[w.Type]; !ok {
		w.Type = "document"
	}
	w.DOI = bare(w.DOI, "dx.doi.org/", "doi.org/", "doi:")

	authors := w.Authors
	w.Authors = nil
	for _, n := range authors {
		for _, s := range []*string{&n.Given, &n.Particle, &n.Family, &n.Literal} {
			*s = strings.Trim(line(*s), " ,")
		}
		n.ORCID = bare(line(n.ORCID), "orcid.org/")
		if n.Literal == "" && n.Family == "" {
			n.Literal = line(n.Given + " " + n.Particle)
		}
		if n.Literal != "" {
			n = Name{Literal: n.Literal, ORCID: n.ORCID}
		}
		if n.Literal != "" || n.Family != "" {
			w.Authors = append(w.Authors, n)
		}
	}
	keywords := w.Keywords
	w.Keywords = nil
	for _, k := range keywords {
		if k = line(k); k != "" && !slices.Contains(w.Keywords, k) {
			w.Keywords = append(w.Keywords, k)
		}
	}

	d := &w.Issued
	if d.Year < 1 || d.Year > 9999 {
		*d = Date{}
	}
	if d.Month < 1 || d.Month > 12 {
		d.Month, d.Day = 0, 0
	}
	if d.Day < 1 || d.Day > 31 {
		d.Day = 0
	}
	return w
}

// line is s as one line of valid text.
func line(s string) string {
	s = strings.Map(func(c rune) rune {
		if unicode.IsControl(c) {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// bare is an identifier without the address that it stands behind.
func bare(s string, hosts ...string) string {
	for _, p := range append([]string{"https://", "http://"}, hosts...) {
		if len(s) >= len(p) && strings.EqualFold(s[:len(p)], p) {
			s = strings.TrimSpace(s[len(p):])
		}
	}
	return s
}

// inverted is the name with the family name first: "van Dijk, Jan". A comma parts
// the two and nothing can escape it, so a comma within a name is left out.
func (n Name) inverted() string {
	plain := func(parts ...string) string {
		return line(strings.ReplaceAll(strings.Join(parts, " "), ",", " "))
	}
	if n.Literal != "" {
		return plain(n.Literal)
	}
	family, given := plain(n.Particle, n.Family), plain(n.Given)
	if given == "" {
		return family
	}
	return family + ", " + given
}
