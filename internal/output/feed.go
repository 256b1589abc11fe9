package output

import (
	"encoding/xml"
	"slices"
	"time"

	"kennishub/internal/config"
	"kennishub/internal/site"
	"kennishub/internal/view"
)

// Atom, RFC 4287.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Author   atomAuthor  `xml:"author"`
	Links    []atomLink  `xml:"link"`
	Entries  []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string         `xml:"id"`
	Title     string         `xml:"title"`
	Published string         `xml:"published"`
	Updated   string         `xml:"updated"`
	Link      atomLink       `xml:"link"`
	Summary   string         `xml:"summary,omitempty"`
	Category  []atomCategory `xml:"category"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// feed lists the newest dated pages. Its times come from the pages, never from a
// clock: the same site gives the same feed.
func feed(in Input) []byte {
	s, cfg := in.Site, in.Site.Config
	var dated []*site.Page
	for _, p := range s.Pages {
		if p.Role == site.Plain && !p.Date().IsZero() {
			dated = append(dated, p)
		}
	}
	slices.SortFunc(dated, site.Newest)
	f := atomFeed{
		Language: cfg.Language,
		ID:       cfg.BaseURL,
		Title:    cfg.Title,
		Subtitle: cfg.Description,
		Author:   atomAuthor{cfg.Title},
		Links: []atomLink{
			{"self", "application/atom+xml", view.Absolute(cfg, "/feed.xml")},
			{"alternate", "text/html", cfg.BaseURL},
		},
	}
	var last time.Time
	for _, p := range dated[:min(len(dated), cfg.Feeds.Items)] {
		updated := changed(p)
		if updated.After(last) {
			last = updated
		}
		f.Entries = append(f.Entries, entry(cfg, p, updated))
	}
	f.Updated = moment(last)
	return xmlBytes(f)
}

func entry(cfg *config.Config, p *site.Page, updated time.Time) atomEntry {
	address := view.Absolute(cfg, p.URL)
	e := atomEntry{
		ID:        address,
		Title:     p.Title,
		Published: moment(p.Date()),
		Updated:   moment(updated),
		Link:      atomLink{"alternate", "text/html", address},
		Summary:   view.Summary(p),
	}
	for _, label := range p.Labels {
		e.Category = append(e.Category, atomCategory{label.Title})
	}
	return e
}

// changed is the last day on which a page says it changed.
func changed(p *site.Page) time.Time {
	if p.Document != nil && p.Document.Updated.After(p.Document.Date) {
		return p.Document.Updated
	}
	return p.Date()
}

// moment is the beginning of a day as RFC 3339 has it; a feed without dated pages
// is as old as time.
func moment(day time.Time) string {
	if day.IsZero() {
		day = time.Unix(0, 0)
	}
	return day.UTC().Format(time.RFC3339)
}

func xmlBytes(v any) []byte {
	data, err := xml.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err) // only types of this package come here
	}
	return append([]byte(xml.Header), append(data, '\n')...)
}
