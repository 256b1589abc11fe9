package search

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var tags = regexp.MustCompile(`<[^>]*>?`)

// checkExcerpt asserts that an excerpt is short, whole and safe in HTML.
func checkExcerpt(t *testing.T, excerpt string) {
	t.Helper()
	open := 0
	for _, tag := range tags.FindAllString(excerpt, -1) {
		switch {
		case tag == "<mark>" && open == 0:
			open = 1
		case tag == "</mark>" && open == 1:
			open = 0
		default:
			t.Errorf("tag %q in %q", tag, excerpt)
		}
	}
	if open != 0 || !utf8.ValidString(excerpt) || strings.ContainsAny(excerpt, "\x00\n\"") {
		t.Errorf("bad excerpt %q", excerpt)
	}
	if most := excerptWords * (2*6*excerptGap + 20); len(excerpt) > most {
		t.Errorf("an excerpt of %d bytes", len(excerpt))
	}
}

func TestExcerpts(t *testing.T) {
	filler := strings.Repeat("vulling ", 200)
	tests := []struct {
		name, description, text, query, want string
	}{
		{"beginning", "", "Docenten leren rekenen. Punt.", "rekenen", "Docenten leren <mark>rekenen</mark>. Punt."},
		{"forms of a word", "", "Een docent en meer docenten", "docent", "Een <mark>docent</mark> en meer <mark>docenten</mark>"},
		{"in the middle", "", "Begin. " + filler + "Hier staat rekenen. " + filler, "rekenen", "… " + strings.Repeat("vulling ", 6) + "Hier staat <mark>rekenen</mark>. " + strings.Repeat("vulling ", 20) + "vulling …"},
		{"at the end", "", filler + "tot slot rekenen!", "rekenen", "… " + strings.Repeat("vulling ", 27) + "tot slot <mark>rekenen</mark>!"},
		{"most words win", "", "Eerst rekenen. " + filler + "Dan rekenen met taal.", "taal rekenen", "… " + strings.Repeat("vulling ", 26) + "Dan <mark>rekenen</mark> met <mark>taal</mark>."},
		{"the exact form wins", "", "Eerst docent. " + filler + "Dan docenten.", "docenten", "… " + strings.Repeat("vulling ", 28) + "Dan <mark>docenten</mark>."},
		{"escaped", "", `Kies <b>rekenen</b> & "taal"`, "rekenen", `Kies &lt;b&gt;<mark>rekenen</mark>&lt;/b&gt; &amp; &#34;taal&#34;`},
		{"white space", "", "Eerst\n\n\trekenen  dan\x00taal", "rekenen", "Eerst <mark>rekenen</mark> dan taal"},
		{"description first", "Over rekenen.", "Ook rekenen.", "rekenen", "Over <mark>rekenen</mark>."},
		{"unless the text has more", "Over rekenen.", "Ook rekenen en taal.", "rekenen taal", "Ook <mark>rekenen</mark> en <mark>taal</mark>."},
		{"found elsewhere", "Een omschrijving.", "Een tekst.", "onvindbaar", "Een omschrijving."},
		{"no description", "", "Een tekst.", "onvindbaar", "Een tekst."},
		{"nothing to show", "", "", "onvindbaar", ""},
		{"a drawing between words", "", "rekenen " + strings.Repeat("─", 500) + " taal", "rekenen", "<mark>rekenen</mark> … taal"},
		{"a word without end", "", "rekenen " + strings.Repeat("x", 5000), "rekenen", "<mark>rekenen</mark> " + strings.Repeat("x", excerptGap) + "…"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := Document{URL: "/a/", Title: "Onvindbaar", Description: test.description, Sections: []Section{{Text: test.text}}}
			r := ask(t, openHub(t, []Document{d}), Query{Text: test.query})
			if len(r.Hits) != 1 {
				t.Fatalf("%d hits", len(r.Hits))
			}
			if got := r.Hits[0].Excerpt; got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			checkExcerpt(t, r.Hits[0].Excerpt)
		})
	}
}

func TestSectionsOfHits(t *testing.T) {
	d := Document{URL: "/a/", Title: "Rekenen", Sections: []Section{
		{"", "", "Vooraf: rekenen."},
		{"een", "Een", "Over rekenen en meer."},
		{"twee", "Twee", "Iets over vogels."},
		{"drie", "Rekenen", "Zie boven."},
		{"vier", "Vier", "Rekenen met taal."},
		{"vijf", "Vijf", "Nog eens rekenen."},
	}}
	r := ask(t, openHub(t, []Document{d}), Query{Text: "rekenen taal"})
	var got []string
	for _, s := range r.Hits[0].Sections {
		got = append(got, fmt.Sprintf("%s %s: %s", s.URL, s.Title, s.Excerpt))
	}
	want := []string{
		"/a/#een Een: Over <mark>rekenen</mark> en meer.",
		"/a/#drie Rekenen: Zie boven.",
		"/a/#vier Vier: ", // its passage is the excerpt of the hit
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Hits[0].Excerpt != "<mark>Rekenen</mark> met <mark>taal</mark>." {
		t.Errorf("excerpt %q", r.Hits[0].Excerpt)
	}
	attachment := Document{URL: "/b/", Title: "Campagne", Sections: []Section{{"", "", "Een tekst."}, {"/b/poster.pdf#page=2", "poster.pdf, pagina 2", "Klik niet op een paddenstoel."}}}
	hits := ask(t, openHub(t, []Document{attachment, {URL: "/c/", Title: "Anders", Sections: []Section{{"", "", "Een paddenstoel."}}}}), Query{Text: "paddenstoel"}).Hits
	if len(hits) != 2 || hits[0].URL != "/c/" {
		t.Fatalf("a word in an attachment weighs as much as one on the page: %v", hits)
	}
	if found := hits[1].Sections; len(found) != 1 || found[0].URL != "/b/poster.pdf#page=2" || found[0].Title != "poster.pdf, pagina 2" {
		t.Errorf("sections %v", found)
	}
	if found := ask(t, openHub(t, []Document{d}), Query{Text: "vogel"}).Hits[0].Sections; len(found) != 1 || found[0].URL != "/a/#twee" {
		t.Errorf("sections %v", found)
	}
}
