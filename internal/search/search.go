// Package search finds pages. It builds an index of documents with bleve, and
// answers queries from it.
//
// [Build] writes an index beside a published site and [Open] opens what stands
// there; [NewLive] is an index in memory that follows the documents of a preview.
// Both an [Index] and a [Live] answer a [Query] with [Results], for many callers
// at once, and the beginning of a question with [Suggestion]s.
//
// # What is on disk
//
//	.search/current        the ID of the index that is served, and nothing else
//	.search/<ID>/          one whole index
//	    settings.json      the Settings it was built with
//	    documents          what hits and suggestions show and facets count; read whole when opened
//	    text               the text of all sections; read for the hits that are shown
//	    words              the vocabulary: forms, how common they are, what compounds are made of
//	    terms/             bleve's index (scorch): which words stand in which documents
//
// An ID is a hash of the documents, the settings and the version of the format and
// the analyser. A new index is written under another name and renamed when it is
// whole; then current is replaced. Nothing is changed in place, so a reader or a
// crash sees the old index or the new one. [Prune] removes what is not served.
//
// # How it understands
//
// Pages are indexed under the forms of their words as they stand there, and under
// the parts of compounds. What else answers a word of a query is worked out when it
// is asked (expand.go): other forms of the word, the compounds it is part of and
// the parts it is made of, abbreviations that pages explain, synonyms that an
// editor gave, and what a misspelt word seems to be. The vocabulary for that is
// learned from the documents themselves (learn.go); the rules of the language are
// in the room dutch. So is a general thesaurus, for readers who do not know the
// words of a site: what it says of a word counts the less, the more the documents
// use that word themselves.
//
// # How it ranks
//
// bleve keeps the words; scoring is ours (rank.go), because bleve's own score
// depends on how an index was built. Equal documents give equal answers, whatever
// the order, the number of segments or the edits that led to them; ties go by URL.
// A word answers as well as its sort says (the constants of expand.go). A page with
// all words gets more, a place on a page less, and the best are read again for words
// that stand together and for titles that are what was asked. What all this is worth
// is measured on judged queries (relevance_test.go). [Boosts] multiply the score of
// some pages, for their kind or for being new: how new is counted from the newest
// date in the index, so that no answer depends on the day of asking. With
// [Query].Explain each hit says how it came by its score.
//
// Readers' words are only ever looked up as exact terms: there is no query
// language to break or to abuse.
//
// # How it is quick
//
// Searches leave behind what the next can use (memory.go): the pages they read, as
// numbers of words (lexicon.go), and where terms stand. All of it is bounded and can be
// lost. Counting facets needs every page that is found, so none is left out of the
// scoring; but only those that are shown are put in order.
package search

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// Document is what the index knows of a page.
type Document struct {
	URL         string // unique; ready for an attribute, without the host; with a # it is a place on a page
	Title       string
	Kind        string // name of the kind, "" for a plain page
	Date        string // "2024-03-01" or ""
	Description string
	Names       []string            // other names
	Sections    []Section           // in the order of the text
	Facets      map[string][]string // facet name → values
	Fields      map[string]string   // what the API gives along with a hit, ready to read
}

// Section is a stretch of text under one heading, or a page of an attachment.
type Section struct {
	ID    string // anchor, "" for the text before the first heading; for an attachment its address, which begins with "/"
	Title string
	Text  string // plain text
}

// attached reports whether an ID is that of a section of an attachment.
func attached(id string) bool { return strings.HasPrefix(id, "/") }

// Settings is what a build decides about searching. It is stored with the index,
// so that serving needs nothing else.
type Settings struct {
	Language string  // "nl" or "en": the analyser
	Kinds    []Value // the kinds that can be asked for with kind=, in order
	Facets   []Facet // in order
	Synonyms []Synonym
	Topics   []Topic // in any order
	Boosts   Boosts
	Limits   Limits
}

// Boosts say which pages count more or less, whatever the query. Without any, all
// pages count alike. They are looked up when a query is answered, and stand in no
// word of the index.
type Boosts struct {
	Kinds         map[string]float64 // how many times the pages of a kind count; once when it is not named
	RecentPercent int                // that the newest page of a kind counts more than a very old one
	RecentDays    int                // after which half of that is left; default 365
}

// Topic is a page that is suggested and not found: it lists the pages about
// something, such as a term of a vocabulary or a tag, and has no text of its own.
type Topic struct {
	Title string
	URL   string
	Kind  string // what it is a topic of, in words: "Thema's"
}

// Synonym says what is also found by who searches for a word or phrase.
type Synonym struct {
	Search []string // what readers type
	Find   []string // what is meant too; the same words when they mean the same both ways

	Abbreviation bool // they are one name, short and in full
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

// Limits bound what readers may ask. A zero field means its default. The first
// are kept by every search, the others by who answers requests.
type Limits struct {
	QueryLength int           // characters of a query; default 200
	Words       int           // distinct words of a query; default 16
	Hits        int           // hits of one answer; default 50
	Offset      *int          // how deep one may page; default 1000
	Timeout     time.Duration // of one search; default 2 s

	Rate           int            // requests a second of one client
	Concurrent     int            // searches that run at once
	TrustedProxies []netip.Prefix // who is believed about the address of a client; default nobody
}

// withDefaults fills in the limits that are not set.
func (l Limits) withDefaults() Limits {
	l.QueryLength = cmp.Or(max(l.QueryLength, 0), 200)
	l.Words = cmp.Or(max(l.Words, 0), 16)
	l.Hits = cmp.Or(max(l.Hits, 0), 50)
	l.Offset = cmp.Or(l.Offset, new(1000))
	l.Timeout = cmp.Or(max(l.Timeout, 0), 2*time.Second)
	return l
}

// QueryError says what is wrong with a query. All other errors of a search are
// ours, not the reader's.
type QueryError struct {
	Code    string // for programs: one of the Code constants
	Message string // for readers, in Dutch
}

func (e *QueryError) Error() string { return e.Message }

// The codes of a [QueryError].
const (
	CodeQueryTooLong = "query-too-long"
	CodeTooManyWords = "too-many-words"
	CodeBadLimit     = "bad-limit"
	CodeBadOffset    = "bad-offset"
	CodeBadSort      = "bad-sort"
	CodeUnknownKind  = "unknown-kind"
	CodeUnknownFacet = "unknown-facet"
	CodeTimeout      = "timeout" // the search took longer than Limits.Timeout; the query may be fine
)

func queryError(code, format string, args ...any) error {
	return &QueryError{Code: code, Message: fmt.Sprintf(format, args...)}
}

// Query is one question. A query without words lists the pages that have the
// chosen kinds and facets, newest first; without any choice it finds nothing, and
// its facets count all pages.
type Query struct {
	Text   string
	Limit  int // 0 means 10
	Offset int
	Sort   string              // "relevance" (also ""), or "date"
	Kinds  []string            // any of these
	Facets map[string][]string // within a facet any, between facets all

	Explain bool // say of each hit how it came by its score; this takes longer
}

// Results is the answer, shaped as /api/search gives it.
type Results struct {
	Query      string                  `json:"query"`
	Total      int                     `json:"total"`
	TookMS     float64                 `json:"took_ms"`
	Hits       []Hit                   `json:"hits"`
	Facets     map[string][]FacetCount `json:"facets"` // "kind" and each declared facet
	Suggestion string                  `json:"suggestion"`
	Missing    []string                `json:"missing"` // words for which nothing was found
	Related    []string                `json:"related"` // words that no page holds, but others for them: a synonym, a related word
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

	Explanation *Explanation `json:"explanation,omitempty"` // when the query asked for it
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
