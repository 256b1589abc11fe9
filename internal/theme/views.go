package theme

import "html/template"

// The views below are the contract with theme authors: a template may show what
// its view holds and can reach nothing else. They are plain values, made by the
// view room; parts (types that embed [Sealed]) are shared by many views and must
// never be changed after [Seal].
//
// All URLs in views are ready for an attribute: they start with the path of the
// base URL ("/" or "/kennishub/") unless they are said to be absolute. All texts
// that depend on the language are ready too, except the words a template asks
// for with {{t "…"}}.

// Link is a text with an address.
type Link struct {
	Text string
	URL  string
}

// Date is a day (or less precise) as machines and as readers write it.
type Date struct {
	ISO  string // "2024-03-01", for <time datetime>; empty when there is no date
	Text string // "1 maart 2024"
}

// Site is what every page shows of the whole.
type Site struct {
	Sealed
	Title         string
	Description   string
	Language      string // BCP 47, "nl"
	HomeURL       string
	SearchURL     string // the search page, "/zoeken/"
	OpenSearchURL string // tells browsers how to search, "" when nobody can
	FeedURL       string // the Atom feed
	Menu          []Link
	Footer        []Link // links at the foot of each page
	Contact       *Link  // nil when site.yaml names none
	Repository    *Link
}

// Page is what all templates may show. Template "page", and the one named after
// a kind, get a *Page.
type Page struct {
	Site        *Site
	Template    string // the template that renders this view
	URL         string
	Canonical   string // absolute address of this page
	Current     string // URL of the entry of Site.Menu under which this page falls, "" for none
	NoIndex     bool   // keep search engines away (404, search results)
	Home        bool   // the page is the site's home
	Kind        string // name of the kind, "" for a plain page
	KindLabel   string // "Experiment"; of a term the name of its vocabulary, "Thema"
	Title       string
	Description string // what the author wrote, "" for nothing
	Summary     string // the description, or the beginning of the text: for search engines
	Date        Date
	Updated     Date
	Added       Date   // when it came to the site, for a page of a kind without a date of its own
	Example     bool   // sample content: the page must show a banner
	Draft       bool   // only in a preview
	Breadcrumbs []Link // from the home page to the page itself, which has no URL; empty on the home page
	Image       *Picture
	Body        *Body   // nil when there is no text
	Fields      []Field // the declared fields that have a value, in declared order
	Tags        []Link  // tag pages
	Downloads   []Download
	Package     *Download  // all files of the page in one ZIP
	Newest      string     // address that always leads to the newest package, absolute; "" without a package
	Licence     *Link      // under which the page and its files may be used
	Relations   []Relation // pages below this page, and pages that name it in a field
	Citation    *Citation  // nil for pages that are not cited
	Alternates  []Alternate
	Previous    *Link // neighbours in the section
	Next        *Link
	Permanent   string        // absolute address that survives a move of the page, "" when it has none
	Meta        []Meta        // for machines, in the head: Open Graph, bibliographic data
	LinkedData  template.HTML // for machines, in the head: an element with JSON-LD
	EditURL     string        // absolute, "" without a repository
	ReportURL   string        // absolute, "" without a repository
}

// Picture is an image with the sizes in which it was made.
type Picture struct {
	URL    string
	SrcSet string // "" when there is one size
	Sizes  string
	Width  int // in pixels, 0 when unknown
	Height int
	Alt    string
}

// Alternate is another form of a page: a feed, a calendar, a table, a reference.
type Alternate struct {
	Type  string // "application/atom+xml"
	Label string // "Atom"
	Title string // "Experimenten (Atom)"
	URL   string
}

// Citation says how to refer to a page. Its other forms are among the alternates.
type Citation struct {
	Parts []CitationPart
	URL   string // absolute, at its end
}

// CitationPart is a stretch of a reference.
type CitationPart struct {
	Text   string
	Italic bool
}

// Meta is a <meta> element. One of Name and Property is set.
type Meta struct {
	Name     string
	Property string
	Content  string
}

// Body is the rendered text of a document.
type Body struct {
	Sealed
	HTML     template.HTML
	Contents []Heading // the table of contents: headings of level 2 and 3
	Minutes  int       // reading time
}

// Heading is a line of a table of contents.
type Heading struct {
	ID       string
	Text     string
	Children []Heading
}

// Field is one declared field of a kind with its value.
type Field struct {
	Name   string // as in site.yaml, "studiejaar"
	Type   string // "text", "period", "list", …
	Label  string // "Studiejaar"
	Values []Value
}

// Value is one value of a field: a text, perhaps with an address, or a group.
type Value struct {
	Text  string
	URL   string        // "" when the value leads nowhere
	ISO   string        // for dates, periods, moments and durations, as in <time datetime>; else ""
	HTML  template.HTML // of a markdown field; Text is empty then
	Group []Field       // the fields of a group value; Text is empty then
	Count *Count        // of a count; Text is "2023-2024: 2" for who cannot show more
}

// Count is how many pages the hub has of something.
type Count struct {
	Year     string // "2023-2024" or "2024", "" when all years count together
	Number   int
	Of       string // how many there should be, "" when that is not said
	Examples int    // pages that are there to show something; they do not count
}

// Download is a file a reader can take.
type Download struct {
	URL   string
	Title string // what it is, or its file name
	Name  string // file name
	Type  string // "PDF"
	MIME  string // "application/pdf"
	Size  string // "1,2 MB"

	Facts      []Field // what the page says of it besides
	Dimensions string  // of an image: "1200 × 800 pixels"
	SHA256     string  // in hexadecimal
}

// Relation is a group of related pages under one heading.
type Relation struct {
	Label string
	URL   string // of the list with all of them, "" when there is none
	Cards []*Card
}

// Card is a page as it looks in lists.
type Card struct {
	Sealed
	URL         string
	Title       string
	Short       string // its abbreviation, of a word in a glossary
	Description string
	KindLabel   string
	Date        Date
	Status      string // "Geannuleerd", "" when the kind has none
	Example     bool
	Draft       bool
	Facets      []Link // its terms and tags, at most a few
}

// List is a page with a list below its text: the home page, sections, the page of
// a tag or term, and the overview of a vocabulary.
type List struct {
	Page
	Cards    []*Card    // the pages of this list that fall on this page of it
	Total    int        // how many there are on all its pages
	Noun     string     // what they are, "experimenten"; "" when they are of several kinds
	Sections []*Card    // subsections
	Terms    []Term     // on the overview of a vocabulary or of all tags
	Groups   []Relation // on the home page: the newest of each kind
	Pager    *Pager     // nil when all fits on one page

	// Of a collection: a page with all items of a YAML file.
	Items    []*Item
	Columns  []Column // the declared fields of which an item has a value, in declared order
	Totals   []Total
	Millions bool // all amounts are in millions of euros, and written without saying so
}

// Item is an item of a collection. It has no page of its own, but an address on
// the page of the collection.
type Item struct {
	Sealed
	ID          string // of its element
	Title       string
	Description string
	Date        Date
	Example     bool
	Draft       bool
	Cells       []Field // one for each column; without values when the item has none
	Total       bool    // its values are the sum of others
	Left        bool    // its values are left out of that sum
	Relations   []Relation
}

// Column is a field of the items of a collection.
type Column struct {
	Name    string // as in site.yaml
	Type    string
	Label   string
	Numeric bool // its values are figures that one compares and adds up
}

// Total says which item holds the sum of the others, and which do not count.
type Total struct {
	Item Link
	Left []Link
}

// Term is a term of a vocabulary, or a tag, with the number of its pages.
type Term struct {
	Link
	Description string
	Count       int
}

// Pager leads through the pages of a list.
type Pager struct {
	Number   int // this page, from 1
	Of       int
	Previous string // URL, "" on the first
	Next     string // URL, "" on the last
	Pages    []PagerLink
}

// PagerLink is the number of a page of a list; URL is "" for the page itself and
// Number is 0 for a gap.
type PagerLink struct {
	Number int
	URL    string
}

// Search is the search page, rendered by the server for each query.
type Search struct {
	Page
	Query      string
	Asked      bool // false on the empty search page
	Error      string
	Total      int
	Hits       []Hit
	Facets     []Facet
	Chosen     []Link   // the chosen facet values; the URL is the search without it
	Unfiltered string   // URL of the search without any of them, "" when fewer than two are chosen
	Sort       string   // "relevance" or "date"
	Suggestion *Link    // "bedoelde je …?"
	Missing    []string // words of the query for which nothing was found
	Related    []string // words of the query that no page holds, but others for them
	Pager      *Pager
	Nearest    []Hit  // pages and headings with a name like the query, without excerpts, for a reader who found nothing
	Browse     []Link // sections, for the same reader
}

// Hit is one search result.
type Hit struct {
	URL       string
	Title     string
	Excerpt   template.HTML // with <mark>
	KindLabel string
	Date      Date
	Sections  []HitSection
}

// HitSection is a deep link to a heading of a result.
type HitSection struct {
	URL     string
	Title   string
	Excerpt template.HTML
}

// Facet is one fieldset of the search form.
type Facet struct {
	Name   string // of the form field
	Label  string
	Values []FacetValue
}

// FacetValue is one checkbox.
type FacetValue struct {
	Value  string
	Label  string
	Count  int
	Chosen bool
}
