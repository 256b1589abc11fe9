package config

import (
	"net/netip"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/schema"
)

// Config is what site.yaml says, with every default filled in.
type Config struct {
	Title        string
	Description  string
	BaseURL      string // absolute, ends in "/", "http://localhost:8080/" unless given
	BasePath     string // the path of BaseURL: "/" or "/kennishub/"
	Language     string // "nl" or "en"
	Theme        string // "mbodigitaal"
	Menu         []MenuItem
	Footer       []MenuItem
	Contact      Contact
	Repository   Repository
	Security     Security
	Kinds        []*schema.Kind // in declared order
	Vocabularies []*schema.Vocabulary
	Search       Search
	Checks       map[string]diag.Severity // severities by code
	Off          map[string]bool          // codes that site.yaml turns off (only warnings can be)
	Markdown     Markdown
	Feeds        Feeds
	Attachments  Attachments
	Words        Words
}

// Kind returns the kind of that name, or nil.
func (c *Config) Kind(name string) *schema.Kind {
	for _, k := range c.Kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// Vocabulary returns the vocabulary of that name, or nil.
func (c *Config) Vocabulary(name string) *schema.Vocabulary {
	for _, v := range c.Vocabularies {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// MenuItem leads to a page of the site, or to an address.
type MenuItem struct {
	Page  string // path of a file in content/, "experimenten/_index.md"; or
	URL   string // an absolute http(s) or mailto URL
	Label string // "" means the page's title
	Line  int
	Col   int
}

// Contact says how readers reach the people behind the site.
type Contact struct {
	Label string
	Email string
	URL   string
}

// Repository is where the content is kept.
type Repository struct {
	URL    string // "https://…/owner/name", without a slash at the end; "" when not given
	Branch string // "main"
	Folder string // of the site in the repository, "" for its top
}

// Security fills /.well-known/security.txt (RFC 9116). Contact is empty when the
// site has none.
type Security struct {
	Contact   []string // mailto:, https: or tel: URIs
	Expires   string   // "2027-06-30"
	Languages []string // "nl", "en"
	Policy    string
	Line      int
	Col       int
}

// Search holds limits of the search, and what counts more in the order of results;
// what is zero has the default of the rooms that keep them.
type Search struct {
	QueryLength    int
	Words          int
	Hits           int
	Offset         *int
	TimeoutMS      int
	Rate           int
	Concurrent     int
	TrustedProxies []netip.Prefix

	Kinds         map[string]float64 // how many times pages of a kind count, of kinds that site.yaml names
	RecentPercent int                // that the newest page counts more than a very old one
	RecentDays    int                // after which half of that is left
}

// Markdown says what authors may write beside Markdown.
type Markdown struct {
	Tags []string // raw HTML elements that pass, "kbd"
}

// Feeds says what feeds hold.
type Feeds struct {
	Items int // newest entries in a feed, 20
}

// Attachments bounds what reading the text of one attachment may cost; zero means
// the default of the room that reads them.
type Attachments struct {
	Time   time.Duration
	Memory int64 // bytes
}

// Words names the YAML files with lists of words, in content/; "" for none.
type Words struct {
	Synonyms string // words that mean the same to who searches
	Known    string // right spellings that no dictionary has
	Line     int
	Col      int
}
