package serve

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/search"
	"kennishub/internal/theme"
)

// pageHits is the number of hits on a page of results, unless the limits allow less.
const pageHits = 10

// nearHits is how many names like the query a reader gets who found nothing.
const nearHits = 5

// kindLabels names the choice of kinds; all other words come with the build.
var kindLabels = map[string]string{"nl": "Soort", "en": "Type"}

// find answers with the search page.
func (v *visit) find() {
	v.w.Header().Set("X-Robots-Tag", "noindex")
	v.w.Header().Set("Cache-Control", "no-store")
	if v.page == nil {
		plain(v.w, http.StatusServiceUnavailable, "Zoeken kan nu niet: deze site is zonder zoekpagina gepubliceerd.")
		return
	}
	view := v.page.Base()
	view.Sort = "relevance"
	status := http.StatusOK
	results, q, err := v.search(false)
	var settings search.Settings
	if index := v.searcher(v.state); index != nil {
		settings = index.Settings()
	}
	if q.Sort == "date" {
		view.Sort = q.Sort
	}
	view.Query = shownQuery(q.Text, settings.Limits.QueryLength)
	if err != nil {
		var message string
		status, _, message = v.explain(err)
		view.Error = sentence(message)
		view.Asked = true
	}
	address := searchAddress{view.Site.SearchURL, q}
	if results != nil {
		view.Facets, view.Chosen = choices(results, settings, q, address)
		if len(view.Chosen) > 1 {
			view.Unfiltered = address.unfiltered()
		}
		if err == nil {
			fill(&view, results, settings, q, address)
		}
		if view.Asked && view.Error == "" && view.Total == 0 {
			view.Nearest = v.nearest(view.Query, view.Missing)
		}
	}
	var page bytes.Buffer
	if err := v.page.Render(&page, &view); err != nil {
		panic(err)
	}
	v.html(status, page.Bytes())
}

// fill enters the results of a query in the view.
func fill(view *theme.Search, r *search.Results, settings search.Settings, q search.Query, address searchAddress) {
	view.Query = r.Query
	view.Asked = r.Query != "" || len(view.Chosen) > 0
	view.Total = r.Total
	view.Missing = r.Missing
	view.Related = r.Related
	for _, h := range r.Hits {
		hit := theme.Hit{
			URL: h.URL, Title: h.Title, Excerpt: template.HTML(h.Excerpt),
			KindLabel: cmp.Or(h.Fields["kind"], label(settings.Kinds, h.Kind)),
			Date:      day(h.Date, settings.Language),
		}
		for _, s := range h.Sections {
			hit.Sections = append(hit.Sections, theme.HitSection{URL: s.URL, Title: s.Title, Excerpt: template.HTML(s.Excerpt)})
		}
		view.Hits = append(view.Hits, hit)
	}
	if r.Suggestion != "" {
		other := address
		other.query.Text, other.query.Offset = r.Suggestion, 0
		view.Suggestion = &theme.Link{Text: r.Suggestion, URL: other.String()}
	}
	view.Pager = pager(r.Total, q, *settings.Limits.Offset, address)
}

// nearest gives what has a name like the query, or else like one of the words that
// no page holds.
func (v *visit) nearest(text string, missing []string) (list []theme.Hit) {
	for _, part := range append([]string{text}, missing...) {
		near, err := v.searcher(v.state).Suggest(v.r.Context(), part, nearHits)
		if err != nil {
			return list // who found nothing still gets the rest of the page
		}
		for _, s := range near {
			if len(list) < nearHits && !slices.ContainsFunc(list, func(h theme.Hit) bool { return h.URL == s.URL }) {
				list = append(list, theme.Hit{URL: s.URL, Title: s.Text, KindLabel: s.Kind})
			}
		}
	}
	return list
}

// choices gives the facets to choose from, and the values that are chosen. A
// chosen value that no page has is shown among the chosen too, so that the reader
// can get rid of it.
func choices(r *search.Results, settings search.Settings, q search.Query, address searchAddress) (facets []theme.Facet, chosen []theme.Link) {
	all := append([]search.Facet{{Name: "kind", Label: cmp.Or(kindLabels[settings.Language], kindLabels["nl"])}}, settings.Facets...)
	for _, f := range all {
		values := q.Facets[f.Name]
		if f.Name == "kind" {
			values = q.Kinds
		}
		facet := theme.Facet{Name: f.Name, Label: f.Label}
		labels := map[string]string{}
		for _, c := range r.Facets[f.Name] {
			labels[c.Value] = c.Label
			facet.Values = append(facet.Values, theme.FacetValue{
				Value: c.Value, Label: c.Label, Count: c.Count, Chosen: slices.Contains(values, c.Value),
			})
		}
		if len(facet.Values) > 0 {
			facets = append(facets, facet)
		}
		for i, value := range values {
			if value != "" && !slices.Contains(values[:i], value) {
				chosen = append(chosen, theme.Link{Text: cmp.Or(labels[value], short(value)), URL: address.without(f.Name, value)})
			}
		}
	}
	return facets, chosen
}

// searchAddress writes addresses of the search page.
type searchAddress struct {
	page  string
	query search.Query
}

func (a searchAddress) String() string {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Add(name, value)
		}
	}
	set("q", a.query.Text)
	if a.query.Sort != "relevance" {
		set("sort", a.query.Sort)
	}
	if a.query.Offset > 0 {
		set("offset", strconv.Itoa(a.query.Offset))
	}
	for _, kind := range a.query.Kinds {
		set("kind", kind)
	}
	for name, chosen := range a.query.Facets {
		for _, value := range chosen {
			set(name, value)
		}
	}
	if len(values) == 0 {
		return a.page
	}
	return a.page + "?" + values.Encode()
}

// without is the address of the same search without one of its choices.
func (a searchAddress) without(facet, value string) string {
	leave := func(values []string) []string {
		return slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == value })
	}
	a.query.Offset = 0
	if facet == "kind" {
		a.query.Kinds = leave(a.query.Kinds)
		return a.String()
	}
	rest := map[string][]string{}
	for name, values := range a.query.Facets {
		if name == facet {
			values = leave(values)
		}
		rest[name] = values
	}
	a.query.Facets = rest
	return a.String()
}

// unfiltered is the address of the same search without any of its choices.
func (a searchAddress) unfiltered() string {
	a.query.Offset, a.query.Kinds, a.query.Facets = 0, nil, nil
	return a.String()
}

// pager leads through the pages of results, as deep as the limits allow.
func pager(total int, q search.Query, deepest int, address searchAddress) *theme.Pager {
	size := max(q.Limit, 1)
	of := min((total+size-1)/size, deepest/size+1)
	if of < 2 {
		return nil
	}
	link := func(number int) string {
		a := address
		a.query.Offset = (number - 1) * size
		return a.String()
	}
	p := &theme.Pager{Number: min(q.Offset/size+1, of), Of: of}
	if p.Number > 1 {
		p.Previous = link(p.Number - 1)
	}
	if p.Number < of {
		p.Next = link(p.Number + 1)
	}
	last := 0
	for n := 1; n <= of; n++ {
		if n != 1 && n != of && (n < p.Number-2 || n > p.Number+2) {
			continue
		}
		if n > last+1 {
			p.Pages = append(p.Pages, theme.PagerLink{}) // a gap
		}
		here := theme.PagerLink{Number: n}
		if n != p.Number {
			here.URL = link(n)
		}
		p.Pages = append(p.Pages, here)
		last = n
	}
	return p
}

func label(values []search.Value, value string) string {
	for _, v := range values {
		if v.Value == value {
			return v.Label
		}
	}
	return value
}

var dutchMonths = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// day writes a date as readers do. What is no date stays as it is.
func day(iso, language string) theme.Date {
	t, err := time.Parse(time.DateOnly, iso)
	switch {
	case err != nil:
		return theme.Date{ISO: iso, Text: iso}
	case language == "en":
		return theme.Date{ISO: iso, Text: t.Format("2 January 2006")}
	}
	return theme.Date{ISO: iso, Text: fmt.Sprintf("%d %s %d", t.Day(), dutchMonths[t.Month()-1], t.Year())}
}

// shownQuery makes the text of a query that was refused fit to be shown.
func shownQuery(text string, most int) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " ")))
	if most > 0 && utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most])
	}
	return text
}

// sentence writes a message as a sentence on a page.
func sentence(message string) string {
	r, size := utf8.DecodeRuneInString(message)
	return string(unicode.ToUpper(r)) + message[size:] + "."
}
