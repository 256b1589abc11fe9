package output

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"time"

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

// news is what a feed holds, whichever form it has. It is also what decides its
// bytes. Times come from the pages, never from a clock: the same site gives the same
// feed.
type news struct {
	Language, Title, Description, Author string
	Home, Self                           string // absolute
	Updated                              string
	Entries                              []newsEntry
}

type newsEntry struct {
	ID, URL, Title, Published, Updated, Summary string
	Labels                                      []string
}

func newsOf(in Input, p *site.Page, form string) news {
	cfg := in.Site.Config
	n := news{
		Language: cfg.Language,
		Title:    cfg.Title,
		Author:   cfg.Title,
		Home:     view.Absolute(cfg, p.URL),
		Self:     view.Absolute(cfg, form),
	}
	if n.Description = cfg.Description; p != in.Site.Home {
		n.Title, n.Description = p.Title+" · "+cfg.Title, p.Description
	}
	var last time.Time
	for _, q := range p.News() {
		if q.Changed().After(last) {
			last = q.Changed()
		}
		e := newsEntry{ID: view.Absolute(cfg, cmp.Or(q.Permanent, q.URL)), URL: view.Absolute(cfg, q.URL), Title: marked(cfg.Language, q), Published: moment(q.Date), Updated: moment(q.Changed()), Summary: view.Summary(q)}
		for _, label := range q.Labels {
			e.Labels = append(e.Labels, label.Title)
		}
		n.Entries = append(n.Entries, e)
	}
	n.Updated = moment(last)
	return n
}

// atom writes a feed as Atom. Its ID is its address, which for the whole site is
// that of the home page.
func (n news) atom() []byte {
	f := atomFeed{
		Language: n.Language,
		ID:       n.Home,
		Title:    n.Title,
		Subtitle: n.Description,
		Updated:  n.Updated,
		Author:   atomAuthor{n.Author},
		Links:    []atomLink{{"self", "application/atom+xml", n.Self}, {"alternate", "text/html", n.Home}},
	}
	for _, e := range n.Entries {
		entry := atomEntry{ID: e.ID, Title: e.Title, Published: e.Published, Updated: e.Updated, Link: atomLink{"alternate", "text/html", e.URL}, Summary: e.Summary}
		for _, label := range e.Labels {
			entry.Category = append(entry.Category, atomCategory{label})
		}
		f.Entries = append(f.Entries, entry)
	}
	return xmlBytes(f)
}

// JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/.
type jsonFeed struct {
	Version     string         `json:"version"`
	Title       string         `json:"title"`
	Home        string         `json:"home_page_url"`
	Self        string         `json:"feed_url"`
	Description string         `json:"description,omitempty"`
	Language    string         `json:"language"`
	Authors     []jsonAuthor   `json:"authors"`
	Items       []jsonFeedItem `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonFeedItem struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Title     string   `json:"title"`
	Text      string   `json:"content_text"`
	Published string   `json:"date_published"`
	Modified  string   `json:"date_modified"`
	Tags      []string `json:"tags,omitempty"`
}

func (n news) json() []byte {
	f := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: n.Title, Home: n.Home, Self: n.Self,
		Description: n.Description, Language: n.Language, Authors: []jsonAuthor{{n.Author}}, Items: []jsonFeedItem{},
	}
	for _, e := range n.Entries {
		f.Items = append(f.Items, jsonFeedItem{ID: e.ID, URL: e.URL, Title: e.Title, Text: e.Summary, Published: e.Published, Modified: e.Updated, Tags: e.Labels})
	}
	return jsonBytes(f)
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

func jsonBytes(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // only types of this package come here
	}
	return b.Bytes()
}

// marked is the title of a page where its banner does not come along: what is only
// an example says so.
func marked(language string, p *site.Page) string {
	switch {
	case p.Document == nil || !p.Document.Example:
		return p.Title
	case language == "nl":
		return "Voorbeeld: " + p.Title
	}
	return "Example: " + p.Title
}
