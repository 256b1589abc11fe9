package search

import "time"

// Document is what the index knows of a page.
type Document struct {
	URL         string // unique; ready for an attribute, without the host
	Title       string
	Kind        string // name of the kind, "" for a plain page
	Date        string // "2024-03-01" or ""
	Description string
	Names       []string            // other names
	Sections    []Section           // in the order of the text
	Facets      map[string][]string // facet name → values
	Fields      map[string]string   // what the API gives along with a hit, ready to read
}

// Section is a stretch of text under one heading.
type Section struct {
	ID    string // anchor; "" for the text before the first heading
	Title string
	Text  string // plain text
}

// Settings is what a build decides about searching. It is stored with the index,
// so that serving needs nothing else.
type Settings struct {
	Language string  // "nl" or "en": the analyser
	Kinds    []Value // the kinds that can be asked for with kind=, in order
	Facets   []Facet // in order
	Limits   Limits
}

// Facet is a property by which results can be narrowed.
type Facet struct {
	Name   string // as in the query string
	Label  string
	Values []Value // known values in their order; values not named here follow, sorted by label
}

// Value is a value of a facet, or a kind, with the text that readers see.
type Value struct {
	Value string
	Label string
}

// Limits bound what one request may ask. A zero field means its default.
type Limits struct {
	QueryLength int           // characters of a query; default 200
	Words       int           // distinct words of a query; default 16
	Hits        int           // hits of one answer; default 50
	Offset      int           // how deep one may page; default 1000
	Timeout     time.Duration // of one search; default 2 s
}

// Query is one question.
type Query struct {
	Text   string
	Limit  int // 0 means 10
	Offset int
	Sort   string              // "relevance" (also ""), or "date"
	Kinds  []string            // any of these
	Facets map[string][]string // within a facet any, between facets all
}

// Results is the answer, shaped as /api/search gives it.
type Results struct {
	Query      string                  `json:"query"`
	Total      int                     `json:"total"`
	TookMS     float64                 `json:"took_ms"`
	Hits       []Hit                   `json:"hits"`
	Facets     map[string][]FacetCount `json:"facets"` // "kind" and each declared facet
	Suggestion string                  `json:"suggestion"`
	Missing    []string                `json:"missing"` // words that no page holds
}

// Hit is one page found.
type Hit struct {
	URL      string            `json:"url"`
	Title    string            `json:"title"`
	Kind     string            `json:"kind"`
	Date     string            `json:"date,omitempty"`
	Excerpt  string            `json:"excerpt"` // HTML-safe, with <mark>
	Score    float64           `json:"score"`
	Sections []HitSection      `json:"sections"`
	Fields   map[string]string `json:"fields"`
}

// HitSection is a deep link to a heading under which words of the query stand.
type HitSection struct {
	URL     string `json:"url"`
	Title   string `json:"title"`
	Excerpt string `json:"excerpt"` // HTML-safe, with <mark>
}

// FacetCount is a value of a facet with the number of pages one would get by
// choosing it too.
type FacetCount struct {
	Value string `json:"value"`
	Label string `json:"label"`
	Count int    `json:"count"`
}
