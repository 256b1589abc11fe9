package cite

import (
	"encoding/json"
	"strings"
)

// CSL-JSON, the input schema csl-data.json of CSL 1.0.2, which has no place for an
// ORCID or a PDF.
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Genre     string    `json:"genre,omitempty"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Container string    `json:"container-title,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	Version   string    `json:"version,omitempty"`
	ISBN      string    `json:"ISBN,omitempty"`
	DOI       string    `json:"DOI,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Language  string    `json:"language,omitempty"`
	Keyword   string    `json:"keyword,omitempty"`
	Abstract  string    `json:"abstract,omitempty"`
}

type cslName struct {
	Family   string `json:"family,omitempty"`
	Given    string `json:"given,omitempty"`
	Particle string `json:"non-dropping-particle,omitempty"`
	Literal  string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [1][]int `json:"date-parts"`
}

// CSL is the work as a list with one item in CSL-JSON.
func (w Work) CSL() []byte {
	w = w.tidy()
	item := cslItem{
		ID: w.ID, Type: w.Type, Genre: w.Genre, Title: w.Title, Publisher: w.Publisher, Version: w.Version,
		ISBN: w.ISBN, DOI: w.DOI, URL: w.URL, Language: w.Language, Keyword: strings.Join(w.Keywords, ", "), Abstract: w.Abstract,
	}
	for _, n := range w.Authors {
		item.Author = append(item.Author, cslName{n.Family, n.Given, n.Particle, n.Literal})
	}
	if d := w.Issued; d.Year > 0 {
		parts := []int{d.Year}
		if d.Month > 0 {
			parts = append(parts, d.Month)
		}
		if d.Day > 0 {
			parts = append(parts, d.Day)
		}
		item.Issued = &cslDate{[1][]int{parts}}
	}
	if w.Type == "article-journal" {
		item.Container, item.Publisher = w.Publisher, ""
	}
	// Processors pick their locale by language and country.
	switch w.Language {
	case "nl":
		item.Language = "nl-NL"
	case "en":
		item.Language = "en-GB"
	}
	data, err := json.MarshalIndent([]cslItem{item}, "", "  ")
	if err != nil {
		panic(err) // strings and numbers only
	}
	return append(data, '\n')
}
