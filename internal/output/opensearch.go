package output

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"kennishub/internal/view"
)

// openSearch is a description document of OpenSearch 1.1 (draft 6): it tells
// browsers how to search this site.
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          // at most 16 characters
	LongName    string          // at most 48
	Description string          // at most 1024
	URLs        []openSearchURL `xml:"Url"`
	Language    string
	InputEncoding,
	OutputEncoding string
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

func openSearchText(in Input) []byte {
	cfg := in.Site.Config
	description := cfg.Description
	if description == "" {
		description = cfg.Title
	}
	return xmlBytes(openSearch{
		ShortName:   wholeWords(cfg.Title, 16),
		LongName:    wholeWords(cfg.Title, 48),
		Description: wholeWords(description, 1024),
		URLs: []openSearchURL{
			{Type: "text/html", Template: view.Absolute(cfg, "/zoeken/") + "?q={searchTerms}"},
			{Type: "application/json", Template: view.Absolute(cfg, "/api/search") + "?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: view.Absolute(cfg, "/opensearch.xml")},
		},
		Language:       cfg.Language,
		InputEncoding:  "UTF-8",
		OutputEncoding: "UTF-8",
	})
}

// wholeWords is the beginning of a text, of at most n characters. A single word
// that is longer is cut off.
func wholeWords(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	s = string([]rune(s)[:n+1])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		return strings.TrimRight(s[:i], " ,;:-–")
	}
	return string([]rune(s)[:n])
}
