package output

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image"
	"image/png"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kennishub/internal/publish"
)

const formsYAML = `
title: Proef & zo
description: "Over <alles>"
baseURL: https://voorbeeld.nl/hub/
kinds:
  werk:
    folder: werken
    label: {one: Werk, many: Werken}
    bundle: true
    cite: report
    fields:
      auteurs: {type: list, property: author, of: {voornaam: {type: text, property: givenName}, achternaam: {type: text, property: familyName}}}
      versie: {type: text, property: version}
      licentie: {type: text, property: license}
      begrip: markdown
  avond:
    folder: avonden
    label: {one: Avond, many: Avonden}
    calendar: true
    fields:
      slot: {type: datetime, property: endDate}
      begin: {type: datetime, property: startDate}
      status: {type: choice, of: [Gepland, Geannuleerd, Uitgesteld, Bevestigd, Misschien], property: eventStatus}
      plaats: {type: text, property: location}
      door: {type: text, property: organizer}
      delen: {type: list, of: {naam: text, van: {type: datetime, property: startDate}}}
  dag:
    folder: dagen
    calendar: true
    fields:
      tot: {type: date, property: endDate}
      wanneer: {type: period, property: startDate}
  kamp:
    folder: kampen
    calendar: true
    fields: {begin: {type: datetime, property: startDate}, tot: {type: date, property: endDate}}
  fase:
    file: data/fasen.yaml
    calendar: true
    fields: {op: {type: date, property: startDate}, tot: {type: datetime, property: endDate}}
`

func pngOf(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// manyForms is a site with a little of every form.
func manyForms(t testing.TB) source {
	return newSource(formsYAML,
		"werken/a/index.md", "---\ntitle: \"A <b> & 'zo'\"\ndate: 2024-01-02\nversie: '1.1'\nlicentie: CC BY 4.0\ndescription: Waarover\ntags: [nieuw]\nauteurs: [{voornaam: Jan, achternaam: Dijk}]\n---\n![Foto](foto.png) ![Nog eens](zelfde.png)\n",
		"werken/a/foto.png", pngOf(t, 700, 10), "werken/a/zelfde.png", pngOf(t, 700, 10), "werken/a/p.pdf", "pdf",
		"werken/b.md", "---\ntitle: B\ndate: 2024-02-03\nupdated: 2024-02-04\ntags: [nieuw]\n---\n",
		"avonden/x.md", "---\ntitle: X\ndate: 2024-01-05\nbegin: 2024-05-01 19:30\nslot: 2024-05-01 21:00\nstatus: Geannuleerd\nplaats: Utrecht, zaal; 2\ndoor: ROC\ntags: [nieuw]\n---\nTekst.\n",
		"dagen/y.md", "---\ntitle: Y\nwanneer: 2024-05-01/2024-05-02\n---\n",
		"data/fasen.yaml", "- {title: F, op: 2024-06-01}\n- {title: Zonder dag}\n",
	)
}

// The feeds of a site, of sections and of terms, in both forms, with the same news.
func TestFeeds(t *testing.T) {
	plan := manyForms(t).plan(t)
	for _, test := range []struct{ folder, title, entries string }{
		{"", "Proef & zo", "werken/b/ avonden/x/ werken/a/"},
		{"werken/", "Werken · Proef & zo", "werken/b/ werken/a/"},
		{"avonden/", "Avonden · Proef & zo", "avonden/x/"},
		{"tags/nieuw/", "nieuw · Proef & zo", "werken/b/ avonden/x/ werken/a/"},
	} {
		var atom struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Entries []struct {
				ID string `xml:"id"`
			} `xml:"entry"`
			Links []struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		}
		if err := xml.Unmarshal([]byte(file(t, plan, test.folder+"feed.xml")), &atom); err != nil {
			t.Fatal(err)
		}
		var feed struct {
			Version, Title, Language, Description string
			Home                                  string `json:"home_page_url"`
			Self                                  string `json:"feed_url"`
			Authors                               []struct{ Name string }
			Items                                 []map[string]any
		}
		if err := json.Unmarshal([]byte(file(t, plan, test.folder+"feed.json")), &feed); err != nil {
			t.Fatal(err)
		}
		const base = "https://voorbeeld.nl/hub/"
		var entries, items []string
		for _, e := range atom.Entries {
			entries = append(entries, strings.TrimPrefix(e.ID, base))
		}
		for _, i := range feed.Items {
			items = append(items, strings.TrimPrefix(i["id"].(string), base))
			if _, ok := i["content_text"].(string); !ok || i["url"] != i["id"] || i["title"] == "" {
				t.Errorf("%v", i)
			}
		}
		if strings.Join(entries, " ") != test.entries || !slices.Equal(entries, items) {
			t.Errorf("%s: %q and %q, want %s", test.folder, entries, items, test.entries)
		}
		if got := fmt.Sprint(atom.ID, atom.Title, atom.Links[0].Href, feed.Home, feed.Title, feed.Self, feed.Version, feed.Language, feed.Authors); got !=
			fmt.Sprint(base+test.folder, test.title, base+test.folder+"feed.xml", base+test.folder, test.title, base+test.folder+"feed.json", "https://jsonfeed.org/version/1.1", "nl", []struct{ Name string }{{"Proef & zo"}}) {
			t.Errorf("%s: %s", test.folder, got)
		}
	}
	var whole map[string]any
	if err := json.Unmarshal([]byte(file(t, plan, "werken/feed.json")), &whole); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"id": "https://voorbeeld.nl/hub/werken/b/", "url": "https://voorbeeld.nl/hub/werken/b/", "title": "B", "content_text": "", "date_published": "2024-02-03T00:00:00Z", "date_modified": "2024-02-04T00:00:00Z", "tags": []any{"nieuw"}}
	if got := whole["items"].([]any)[0]; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := file(t, newSource("title: T").plan(t), "feed.json"); !strings.Contains(got, `"items": []`) {
		t.Errorf("an empty feed is %s", got)
	}
	if paths := manyForms(t).plan(t).Paths(); slices.Contains(paths, "dagen/feed.xml") || slices.Contains(paths, "tags/feed.xml") {
		t.Error("there is a feed without news")
	}
}

// What reference managers read holds the work; the forms themselves are tested
// where they are made.
func TestReferences(t *testing.T) {
	plan := manyForms(t).plan(t)
	var csl []map[string]any
	if err := json.Unmarshal([]byte(file(t, plan, "werken/a/a.csl.json")), &csl); err != nil {
		t.Fatal(err)
	}
	if csl[0]["title"] != "A <b> & 'zo'" || csl[0]["type"] != "report" || csl[0]["URL"] != "https://voorbeeld.nl/hub/werken/a/" || csl[0]["version"] != "1.1" {
		t.Errorf("%v", csl)
	}
	for name, want := range map[string][]string{
		"werken/a/a.bib": {"@techreport{a,", `title = {{A <b> \& 'zo'}}`, "author = {Dijk, Jan}", "year = {2024}", `institution = {Proef \& zo}`},
		"werken/a/a.ris": {"TY  - RPRT\r\n", "AU  - Dijk, Jan\r\n", "PY  - 2024\r\n", "L1  - https://voorbeeld.nl/hub/werken/a/p.pdf\r\n", "KW  - nieuw\r\n"},
	} {
		for _, part := range want {
			if got := file(t, plan, name); !strings.Contains(got, part) {
				t.Errorf("%s: there is no %q in\n%s", name, part, got)
			}
		}
	}
}

// The ZIP of a page holds its files; the page and the address of the newest lead to
// it. It lands before the page that points at it.
func TestPackage(t *testing.T) {
	plan := manyForms(t).plan(t)
	data := file(t, plan, "werken/a/a-1.1.zip")
	r, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
		if f.Name != "a-1.1/p.pdf" {
			continue
		}
		inside, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(inside); string(got) != "pdf" || err != nil { // the checksum is right
			t.Errorf("%q %v", got, err)
		}
	}
	if want := "a-1.1/LEESMIJ.txt a-1.1/LICENTIE.txt a-1.1/SHA256SUMS a-1.1/foto.png a-1.1/p.pdf a-1.1/zelfde.png"; strings.Join(names, " ") != want {
		t.Errorf("%q, want %s", names, want)
	}
	if got := file(t, plan, "werken/a/nieuwste/index.html"); !strings.Contains(got, `content="0; url=/hub/werken/a/a-1.1.zip"`) {
		t.Error(got)
	}
	if !slices.ContainsFunc(plan.Assets, func(a publish.Artifact) bool { return a.Path == "werken/a/a-1.1.zip" }) {
		t.Error("the ZIP is not among what lands before the pages")
	}
	// A file that changed between reading and writing is no part of a ZIP.
	in, _ := manyForms(t).input(t)
	in.Content.(fstest.MapFS)["werken/a/p.pdf"].Data = []byte("PDF")
	changed, err := Make(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range changed.Assets {
		if a.Path == "werken/a/a-1.1.zip" && a.Write(io.Discard) == nil {
			t.Error("a ZIP is written with other files than its checksums tell")
		}
	}
}

// Two files that are the same image have one set of sizes.
func TestPictures(t *testing.T) {
	plan := manyForms(t).plan(t)
	var made []string
	for _, a := range plan.Assets {
		if strings.HasPrefix(a.Path, "assets/images/") {
			made = append(made, a.Path)
			config, format, err := image.DecodeConfig(strings.NewReader(text(t, a)))
			if err != nil || format != "png" || config.Width != 480 || config.Height != 7 {
				t.Errorf("%s: %s, %+v, %v", a.Path, format, config, err)
			}
		}
	}
	if len(made) != 1 || !strings.Contains(file(t, plan, "werken/a/index.html"), "/hub/"+made[0]+" 480w") {
		t.Errorf("%q", made)
	}
}

// events are those of a calendar, each by the names of its properties.
func events(t testing.TB, calendar string) []map[string]string {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(calendar, "\r\n", ""), "\n") || !strings.HasPrefix(calendar, "BEGIN:VCALENDAR\r\n") {
		t.Fatalf("%q", calendar)
	}
	var list []map[string]string
	inside := false
	for line := range strings.SplitSeq(strings.ReplaceAll(calendar, "\r\n ", ""), "\r\n") {
		switch name, value, _ := strings.Cut(line, ":"); {
		case line == "BEGIN:VEVENT":
			list, inside = append(list, map[string]string{}), true
		case line == "END:VEVENT":
			inside = false
		case inside:
			list[len(list)-1][strings.TrimSuffix(name, ";LANGUAGE=nl")] = value
		}
	}
	return list
}

// When things are, as their authors wrote it: on days, in a period, at a moment,
// with and without an end, in whichever order the fields are declared.
func TestCalendar(t *testing.T) {
	for _, test := range []struct{ name, path, front, want string }{
		{"a moment", "avonden", "begin: 2024-05-01 19:30", "DTSTART;TZID=Europe/Amsterdam=20240501T193000"},
		{"with an end", "avonden", "begin: 2024-05-01 19:30\nslot: 2024-05-01 21:00", "DTSTART;TZID=Europe/Amsterdam=20240501T193000 DTEND;TZID=Europe/Amsterdam=20240501T210000"},
		{"with an end before it", "avonden", "begin: 2024-05-01 19:30\nslot: 2024-05-01 19:00", "DTSTART;TZID=Europe/Amsterdam=20240501T193000"},
		{"with parts of its own", "avonden", "begin: 2024-05-01 19:30\ndelen: [{naam: x, van: 2024-05-01 20:00}]", "DTSTART;TZID=Europe/Amsterdam=20240501T193000"},
		{"a day", "dagen", "wanneer: 2024-05-01/2024-05-01", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240502"},
		{"a period", "dagen", "wanneer: 2024-05-01/2024-05-03", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240504"},
		{"a month", "dagen", "wanneer: 2024-05", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240601"},
		{"a period with an end of its own", "dagen", "wanneer: 2024-05-01/2024-05-01\ntot: 2024-05-05", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240506"},
		{"nothing that says when", "dagen", "tot: 2024-05-05", "none"},
		{"cancelled", "avonden", "begin: 2024-05-01 19:30\nstatus: Geannuleerd", "DTSTART;TZID=Europe/Amsterdam=20240501T193000 STATUS=CANCELLED"},
		{"put off", "avonden", "begin: 2024-05-01 19:30\nstatus: Uitgesteld", "DTSTART;TZID=Europe/Amsterdam=20240501T193000 STATUS=TENTATIVE"},
		{"certain", "avonden", "begin: 2024-05-01 19:30\nstatus: Bevestigd", "DTSTART;TZID=Europe/Amsterdam=20240501T193000 STATUS=CONFIRMED"},
		{"of no known status", "avonden", "begin: 2024-05-01 19:30\nstatus: Misschien", "DTSTART;TZID=Europe/Amsterdam=20240501T193000"},
		{"an item", "data", "op: 2024-05-01", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240502"},
		{"a day that ends at a moment", "data", "op: 2024-05-01\ntot: 2024-05-03 12:00", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240504"},
		{"a day that ends just after midnight", "data", "op: 2024-05-01\ntot: 2024-05-03 00:30", "DTSTART;VALUE=DATE=20240501 DTEND;VALUE=DATE=20240504"},
		{"a moment that ends on a day", "kampen", "begin: 2024-05-01 19:30\ntot: 2024-05-03", "DTSTART;TZID=Europe/Amsterdam=20240501T193000 DTEND;TZID=Europe/Amsterdam=20240504T000000"},
	} {
		pairs, path := []string{test.path + "/a.md", "---\ntitle: A\n" + test.front + "\n---\n", "data/fasen.yaml", ""}, test.path+"/"+test.path+".ics"
		if test.path == "data" {
			pairs, path = []string{"data/fasen.yaml", "- title: A\n  " + strings.ReplaceAll(test.front, "\n", "\n  ") + "\n"}, "fasen/fasen.ics"
		}
		got := "none"
		for _, e := range events(t, file(t, newSource(formsYAML, pairs...).plan(t), path)) {
			var parts []string
			for _, name := range []string{"DTSTART;TZID=Europe/Amsterdam", "DTSTART;VALUE=DATE", "DTEND;TZID=Europe/Amsterdam", "DTEND;VALUE=DATE", "STATUS"} {
				if e[name] != "" {
					parts = append(parts, name+"="+e[name])
				}
			}
			got = strings.Join(parts, " ")
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	e := events(t, file(t, manyForms(t).plan(t), "avonden/avonden.ics"))[0]
	for name, want := range map[string]string{
		"UID": "avond-x@voorbeeld.nl", "SUMMARY": "X", "DESCRIPTION": "Tekst.", "LOCATION": `Utrecht\, zaal\; 2`, "CONTACT": "ROC", "URL": "https://voorbeeld.nl/hub/avonden/x/", "CATEGORIES": "nieuw",
		"DTSTAMP": "20240105T000000Z", "LAST-MODIFIED": "20240105T000000Z",
	} {
		if e[name] != want {
			t.Errorf("%s is %q, want %q", name, e[name], want)
		}
	}
	if one := events(t, file(t, manyForms(t).plan(t), "avonden/x/x.ics")); len(one) != 1 || one[0]["UID"] != e["UID"] {
		t.Errorf("the calendar of one event holds %v", one)
	}
}

// A preview of a site with a fault is made all the same: two events with one id.
func TestCalendarOfFaultySite(t *testing.T) {
	in, said := newSource(formsYAML, "avonden/a.md", "---\ntitle: A\nbegin: 2024-05-01 19:30\n---\n", "avonden/diep/a.md", "---\ntitle: B\nbegin: 2024-05-02 19:30\n---\n", "data/fasen.yaml", "").input(t)
	if len(said) != 1 {
		t.Fatal(said)
	}
	if _, err := Make(in); err != nil {
		t.Error(err)
	}
}

// A file has another fingerprint when its bytes are others, and but for pages and
// references only then; and no file depends on the order of a map.
func TestFingerprintsOfForms(t *testing.T) {
	made := func(s source) map[string][2]string {
		states := map[string][2]string{}
		for _, a := range all(s.plan(t)) {
			states[a.Path] = [2]string{string(a.Fingerprint[:]), text(t, a)}
		}
		return states
	}
	base := made(manyForms(t))
	for range 3 {
		if !equal(base, made(manyForms(t))) {
			t.Error("the same site has other forms")
		}
	}
	reached := map[string]bool{}
	for _, edit := range [][3]string{
		{"werken/a/index.md", "'zo'", "'za'"}, {"werken/a/index.md", "'1.1'", "'1.2'"}, {"werken/a/index.md", "CC BY 4.0", "CC BY-SA 4.0"}, {"werken/a/index.md", "Waarover", "Waar"},
		{"werken/a/index.md", "2024-01-02", "2024-01-03"}, {"werken/a/index.md", "tags: [nieuw]", "tags: [oud]"}, {"werken/a/index.md", "Jan", "Piet"}, {"werken/a/index.md", "Nog eens", "Weer"},
		{"werken/a/index.md", "tags:", "id: vast\ntags:"}, {"werken/a/index.md", "tags:", "updated: 2024-02-02\ntags:"}, {"werken/a/index.md", "tags:", "slug: c\ntags:"},
		{"werken/a/p.pdf", "pdf", "PDF"}, {"werken/a/foto.png", pngOf(t, 700, 10), pngOf(t, 700, 11)},
		{"werken/b.md", "2024-02-04", "2024-02-05"}, {"avonden/x.md", "19:30", "19:45"}, {"avonden/x.md", "21:00", "22:00"}, {"avonden/x.md", "Geannuleerd", "Bevestigd"}, {"avonden/x.md", "Utrecht", "Ede"},
		{"avonden/x.md", "ROC", "MBO"}, {"avonden/x.md", "Tekst.", "Text."}, {"dagen/y.md", "05-02", "05-03"}, {"data/fasen.yaml", "06-01", "06-02"}, {"data/fasen.yaml", "title: F", "title: G, id: f"},
	} {
		s := manyForms(t)
		s.files[edit[0]] = strings.Replace(s.files[edit[0]], edit[1], edit[2], 1)
		for path, now := range made(s) {
			before, ok := base[path]
			if !ok {
				continue
			}
			same, sameBytes := now[0] == before[0], now[1] == before[1]
			if most := strings.HasPrefix(path, "werken/a/a.") || strings.HasSuffix(path, ".html"); same && !sameBytes || !same && sameBytes && !most { // these do not show all they are made from
				t.Errorf("%s to %.20q: %s has another fingerprint: %v, other bytes: %v", edit[0], edit[2], path, !same, !sameBytes)
			}
			reached[path] = reached[path] || !sameBytes
		}
	}
	for _, path := range []string{"feed.xml", "feed.json", "werken/feed.json", "tags/nieuw/feed.xml", "werken/werken.csv", "werken/werken.json", "werken/a/a.bib", "werken/a/a.ris", "werken/a/a.csl.json", "werken/a/a-1.1.zip",
		"werken/a/nieuwste/index.html", "avonden/avonden.ics", "avonden/x/x.ics", "dagen/dagen.ics", "fasen/fasen.ics", "fasen/fasen.csv", "fasen/fasen.json", "sitemap.xml"} {
		if !reached[path] {
			t.Errorf("no edit changes %s: this test says nothing of it", path)
		}
	}
}
