package build

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"
)

// TestReaders has programs that are not ours read the forms of the fixture, and
// compares what they find with what its authors wrote.
func TestReaders(t *testing.T) {
	site := built(t)
	t.Run("calendars", func(t *testing.T) { readCalendars(t, site) })
	t.Run("feeds", func(t *testing.T) { readFeeds(t, site) })
	t.Run("tables", func(t *testing.T) { readTables(t, site) })
	t.Run("packages", func(t *testing.T) { readPackages(t, site) })
	t.Run("sitemap", func(t *testing.T) { readSitemap(t, site) })
	t.Run("references", func(t *testing.T) { readReferences(t, site) })
}

// with gives the names of the files with one of these endings, sorted; there must
// be some.
func (f files) with(t *testing.T, endings ...string) []string {
	t.Helper()
	var names []string
	for name := range f {
		if slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(name, e) }) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatalf("there is no file with %q", endings)
	}
	slices.Sort(names)
	return names
}

// The events of the fixture: begin and end as RFC 3339, of whole days the first day
// and the one after the last.
var events = map[string]string{
	"activiteit-zomerdag":          "2024-07-01T13:30:00+02:00 2024-07-01T17:00:00+02:00",
	"activiteit-winteravond":       "2024-01-18T19:30:00+01:00 2024-01-18T19:30:00+01:00",
	"activiteit-nacht-van-de-klok": "2024-10-26T22:00:00+02:00 2024-10-27T04:00:00+01:00",
	"mijlpaal-jaar":                "2022-01-01 2023-01-01",
	"mijlpaal-maand":               "2022-09-01 2022-10-01",
	"mijlpaal-eerste-lesdag":       "2022-09-14 2022-09-15",
	"mijlpaal-maanden":             "2022-09-01 2023-01-01",
	"mijlpaal-lente":               "2023-03-01 2023-06-01",
	"mijlpaal-zomer":               "2023-06-01 2023-09-01",
	"mijlpaal-herfst":              "2023-09-01 2023-12-01",
	"mijlpaal-open-dag":            "2023-09-01 2023-12-01",
	"mijlpaal-winter":              "2022-12-01 2023-03-01",
	"mijlpaal-schrikkelwinter":     "2023-12-01 2024-03-01",
	"mijlpaal-studiejaar":          "2022-08-01 2023-08-01",
	"mijlpaal-schooljaar":          "2023-08-01 2024-08-01",
	"mijlpaal-van-tot":             "2022-09-01 2023-06-01",
	"mijlpaal-dagen":               "2024-02-28 2024-03-02",
	"mijlpaal-jaren":               "2022-01-01 2024-01-01",
}

func readCalendars(t *testing.T, site files) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]string{} // the files that an event is in
	for _, name := range site.with(t, ".ics") {
		calendar, err := ical.NewDecoder(strings.NewReader(site[name])).Decode()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range calendar.Events() {
			text := func(property string) string {
				text, err := e.Props.Text(property)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				return text
			}
			uid, host, _ := strings.Cut(text(ical.PropUID), "@")
			if host != "hub.example" || text(ical.PropSummary) == "" {
				t.Errorf("%s: event %q at %q", name, uid, host)
			}
			form := time.RFC3339
			if e.Props.Get(ical.PropDateTimeStart).ValueType() == ical.ValueDate {
				form = time.DateOnly
			}
			start, err1 := e.DateTimeStart(amsterdam)
			end, err2 := e.DateTimeEnd(amsterdam)
			if err1 != nil || err2 != nil {
				t.Errorf("%s: %v, %v", uid, err1, err2)
			}
			times := start.In(amsterdam).Format(form) + " " + end.In(amsterdam).Format(form)
			if times != events[uid] {
				t.Errorf("%s: %s is %s, want %s", name, uid, times, events[uid])
			}
			got[uid] = append(got[uid], name)
			if changed, err := e.Props.DateTime(ical.PropLastModified, amsterdam); err != nil || changed.After(day) {
				t.Errorf("%s was last changed at %v, which is after the build: %v", uid, changed, err)
			}
			address, err := e.Props.URI(ical.PropURL)
			if err != nil || !strings.HasPrefix(address.String(), hubBase+map[string]string{"activiteit": "activiteiten/", "mijlpaal": "mijlpalen/#"}[strings.Split(uid, "-")[0]]) {
				t.Errorf("%s: the address %v, %v", uid, address, err)
			}
			switch uid {
			case "activiteit-zomerdag":
				if text(ical.PropLocation) != `Zaal 1, Oost; het "hoekje"` || text("CONTACT") != "Voorbeeldschool" || text(ical.PropDescription) != "Neem een stok mee." {
					t.Errorf("%s: %v", uid, e.Props)
				}
			case "activiteit-nacht-van-de-klok":
				if status, err := e.Status(); err != nil || status != ical.EventCancelled {
					t.Errorf("%s: status %q, %v", uid, status, err)
				}
			}
		}
	}
	for uid := range events {
		kind, id, _ := strings.Cut(uid, "-")
		want := []string{"mijlpalen/mijlpalen.ics"}
		if kind == "activiteit" { // it has a page, with a calendar of its own
			want = []string{"activiteiten/activiteiten.ics", "activiteiten/" + id + "/" + id + ".ics"}
		}
		if !slices.Equal(got[uid], want) {
			t.Errorf("%s is in %q, want %q", uid, got[uid], want)
		}
	}
}

func readFeeds(t *testing.T, site files) {
	parser := gofeed.NewParser()
	for _, name := range site.with(t, "feed.xml") {
		var both [2]*gofeed.Feed
		for i, form := range []string{name, strings.TrimSuffix(name, "xml") + "json"} {
			feed, err := parser.ParseString(site[form])
			if err != nil {
				t.Fatalf("%s: %v", form, err)
			}
			if feed.FeedLink != hubBase+form || feed.Link != hubBase+strings.TrimSuffix(name, "feed.xml") || feed.Language != "nl" || len(feed.Authors) != 1 {
				t.Errorf("%s: %q of %q in %q by %v", form, feed.FeedLink, feed.Link, feed.Language, feed.Authors)
			}
			both[i] = feed
		}
		if both[0].Title != both[1].Title || len(both[0].Items) != len(both[1].Items) || len(both[0].Items) == 0 || len(both[0].Items) > 6 {
			t.Fatalf("%s: %q with %d entries, as JSON %q with %d", name, both[0].Title, len(both[0].Items), both[1].Title, len(both[1].Items))
		}
		for i, a := range both[0].Items {
			b := both[1].Items[i]
			if a.GUID != b.GUID || a.Title != b.Title || a.Link != b.Link || a.GUID != a.Link && !strings.HasPrefix(a.GUID, hubBase+"id/") || cmp.Or(a.Description, a.Content) != cmp.Or(b.Description, b.Content) ||
				!slices.Equal(a.Categories, b.Categories) || a.Published != b.Published || a.Updated != b.Updated {
				t.Errorf("%s, entry %d:\n%+v\n%+v", name, i, a, b)
			}
			switch {
			case a.PublishedParsed == nil || a.UpdatedParsed == nil || a.UpdatedParsed.Before(*a.PublishedParsed) || a.UpdatedParsed.After(day):
				t.Errorf("%s: %s was published %s and changed %s", name, a.Link, a.Published, a.Updated)
			case i > 0 && a.PublishedParsed.After(*both[0].Items[i-1].PublishedParsed):
				t.Errorf("%s: %s is newer than what stands above it", name, a.Link)
			case a.UpdatedParsed.After(*both[0].UpdatedParsed):
				t.Errorf("%s is older than %s", name, a.Link)
			}
		}
	}
	var titles []string
	feed, err := parser.ParseString(site["feed.json"])
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range feed.Items {
		titles = append(titles, item.Published[:len(time.DateOnly)]+" "+item.Title)
	}
	want := []string{
		"2024-02-28 Er is nieuws", "2024-02-25 Jaarbericht 2023 {met haken}", "2024-02-20 Rekenen in de kantine",
		"2024-02-01 Schrijven zonder pen", "2024-01-20 Beelden van het lokaal", "2024-01-10 Voorbeeld: Lezen met de klok: gaat dat?",
	}
	if !slices.Equal(titles, want) {
		t.Errorf("the newest are %q", titles)
	}
}

// dataPackage is what https://specs.frictionlessdata.io/data-package/ says of it.
type dataPackage struct {
	Resources []struct {
		Name, Path, Encoding string
		Schema               struct {
			Fields     []struct{ Name, Type string }
			PrimaryKey string
		}
	}
}

// conforms says whether a cell is of a type of Table Schema.
var conforms = map[string]func(string) error{
	"string":   func(string) error { return nil },
	"number":   func(s string) error { _, err := strconv.ParseFloat(s, 64); return err },
	"integer":  func(s string) error { _, err := strconv.ParseInt(s, 10, 64); return err },
	"boolean":  func(s string) error { _, err := strconv.ParseBool(s); return err },
	"date":     func(s string) error { _, err := time.Parse(time.DateOnly, s); return err },
	"datetime": func(s string) error { _, err := time.Parse(time.RFC3339, s); return err },
}

func readTables(t *testing.T, site files) {
	var described dataPackage
	if err := json.Unmarshal([]byte(site["datapackage.json"]), &described); err != nil {
		t.Fatal(err)
	}
	ids := map[string][]string{}
	for _, r := range described.Resources {
		rows, err := csv.NewReader(strings.NewReader(site[r.Path])).ReadAll()
		if err != nil || len(rows) < 2 || r.Encoding != "utf-8" {
			t.Fatalf("%s: %d rows in %q, %v", r.Path, len(rows), r.Encoding, err)
		}
		key := -1
		for i, f := range r.Schema.Fields {
			if rows[0][i] != f.Name {
				t.Errorf("%s: column %d is %q, not %q", r.Path, i, rows[0][i], f.Name)
			}
			if f.Name == r.Schema.PrimaryKey {
				key = i
			}
			for _, row := range rows[1:] {
				if err := conforms[f.Type](row[i]); row[i] != "" && err != nil {
					t.Errorf("%s: %s is no %s: %v", r.Path, f.Name, f.Type, err)
				}
			}
		}
		if len(rows[0]) != len(r.Schema.Fields) || key < 0 {
			t.Fatalf("%s: %d columns of which %d are described, the key is column %d", r.Path, len(rows[0]), len(r.Schema.Fields), key)
		}
		var table struct {
			Items []struct{ ID, URL, Title string }
		}
		if err := json.Unmarshal([]byte(site[strings.TrimSuffix(r.Path, "csv")+"json"]), &table); err != nil || len(table.Items) != len(rows)-1 {
			t.Fatalf("%s: %d rows, as JSON %d, %v", r.Path, len(rows)-1, len(table.Items), err)
		}
		for i, item := range table.Items {
			if want := []string{item.ID, item.URL, item.Title}; !slices.Equal(rows[i+1][:3], want) || slices.Contains(ids[r.Path], item.ID) {
				t.Errorf("%s: %q, as JSON %q", r.Path, rows[i+1][:3], want)
			}
			ids[r.Path] = append(ids[r.Path], item.ID)
		}
	}
	want := map[string][]string{
		"activiteiten/activiteiten.csv": {"nacht-van-de-klok", "zomerdag", "winteravond"},
		"begrippen/begrippen.csv":       {"kloklespakket", "leeslat"},
		"mijlpalen/mijlpalen.csv": {"jaar", "maand", "eerste-lesdag", "maanden", "lente", "zomer", "herfst", "open-dag", "winter", "schrikkelwinter", "studiejaar",
			"schooljaar", "van-tot", "dagen", "jaren"},
		"posten/posten.csv":     {"samen", "boeken", "lessen", "waarvan-boeken"},
		"proeven/proeven.csv":   {"rekenen-in-de-kantine", "pen", "klok", "eerste-proef"},
		"scholen/scholen.csv":   {"fictieve-academie", "voorbeeldschool"},
		"uitgaven/uitgaven.csv": {"jaarbericht", "oud-bericht"},
	}
	for name := range want {
		if !slices.Equal(ids[name], want[name]) {
			t.Errorf("%s has the rows %q, want %q", name, ids[name], want[name])
		}
	}
	if len(ids) != len(want) {
		t.Errorf("%d tables, want %d", len(ids), len(want))
	}
	cells := map[string]string{ // of the page with every field
		"kosten": "1250", "subsidie": "700000", "leerlingen": "24", "gemiddelde": "7.25", "geslaagd": "true", "meetdag": "2024-01-09",
		"begin": "2024-01-09T09:30:00+01:00", "einde": "2024-06-14T15:00:00+02:00", "duur": "PT75M", "looptijd": "2024-01-01/2024-06-30",
		"studiejaar": "2023-2024", "niveau": "Niveau 3 en 4; Niveau 1", "handleiding": hubBase + "proeven/lezen-met-de-klok/handleiding.pdf",
	}
	rows, _ := csv.NewReader(strings.NewReader(site["proeven/proeven.csv"])).ReadAll()
	for _, row := range rows {
		for i, value := range row {
			if want := cells[rows[0][i]]; row[0] == "klok" && want != "" && value != want {
				t.Errorf("%s is %q, want %q", rows[0][i], value, want)
			}
			if strings.HasPrefix(value, "=") {
				t.Errorf("a spreadsheet takes %q for a formula", value)
			}
		}
	}
}

// What a Data Package calls its tables and columns is unique, whatever their kinds
// are called.
func TestTablesHaveNamesOfTheirOwn(t *testing.T) {
	dir := t.TempDir()
	files{
		"site.yaml":               "title: Proef\nkinds:\n  een: {folder: a/notities, fields: {url: url}}\n  twee: {folder: b/notities, fields: {url: url}}\n",
		"content/a/notities/x.md": "---\ntitle: X\nurl: https://example.org/\n---\n", "content/b/notities/y.md": "---\ntitle: Y\n---\n",
	}.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day}
	build(t, o)
	var described dataPackage
	if err := json.Unmarshal([]byte(published(t, o.Output)["datapackage.json"]), &described); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, r := range described.Resources {
		columns := map[string]bool{}
		for _, f := range r.Schema.Fields {
			if columns[f.Name] {
				t.Errorf("%s has the column %q twice", r.Path, f.Name)
			}
			columns[f.Name] = true
		}
		if names[r.Name] {
			t.Errorf("two tables are called %q", r.Name)
		}
		names[r.Name] = true
	}
	if len(described.Resources) != 2 {
		t.Errorf("%d tables", len(described.Resources))
	}
}

// need looks up a program, without which a test cannot run.
func need(t *testing.T, name string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		lack(t, err)
	}
	return program
}

// lack ends a test that needs what is not there: on a machine that should have it,
// that is a fault.
func lack(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skip(err)
}

func readPackages(t *testing.T, site files) {
	unzip, sums := need(t, "unzip"), need(t, "sha256sum")
	run := func(dir, program string, arguments ...string) {
		cmd := exec.Command(program, arguments...)
		cmd.Dir = dir
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s %q: %v\n%s", path.Base(program), arguments, err, said)
		}
	}
	holds := map[string][]string{
		"proeven/lezen-met-de-klok/lezen-met-de-klok-1.2.zip": {"LEESMIJ.txt", "LICENTIE.txt", "SHA256SUMS", "dia’s voor de les.odp", "handleiding.pdf", "lesbrief.odt", "uitslagen.csv"},
		"proeven/rekenen-in-de-kantine/rekenen-in-de-kantine-2024-02-20.zip": {"LEESMIJ-1.txt", "LEESMIJ.txt", "LICENTIE.txt", "SHA256SUMS", "extra/prijslijst.txt",
			"lesbrief één & twee (kopie met een heel lange naam om te zien of dat overal goed gaat).docx", "pauzespel.pptx"},
		"uitgaven/jaarbericht/jaarbericht-2024-02-25.zip": {"LEESMIJ.txt", "SHA256SUMS", "jaarbericht.pdf"},
	}
	names := site.with(t, ".zip")
	if len(names) != len(holds) {
		t.Errorf("packages %q", names)
	}
	for _, name := range names {
		z, err := zip.NewReader(strings.NewReader(site[name]), int64(len(site[name])))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		folder := strings.TrimSuffix(path.Base(name), ".zip")
		var inside []string
		for _, f := range z.File {
			inside = append(inside, strings.TrimPrefix(f.Name, folder+"/"))
		}
		if slices.Sort(inside); !slices.Equal(inside, holds[name]) {
			t.Errorf("%s holds %q", name, inside)
		}
		dir := t.TempDir()
		file := filepath.Join(dir, "package.zip")
		if err := os.WriteFile(file, []byte(site[name]), 0o666); err != nil {
			t.Fatal(err)
		}
		run(dir, unzip, "-tq", file)
		run(dir, unzip, "-q", file)
		run(filepath.Join(dir, folder), sums, "--check", "--strict", "--quiet", "SHA256SUMS")
		for _, f := range inside {
			unpacked, err := os.ReadFile(filepath.Join(dir, folder, filepath.FromSlash(f)))
			if alone, ok := site[path.Join(path.Dir(name), f)]; err != nil || ok && alone != string(unpacked) {
				t.Errorf("%s: %s is not the file beside the page: %v", name, f, err)
			}
		}
	}
}

func readSitemap(t *testing.T, site files) {
	var sitemap struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Location string `xml:"loc"`
			Changed  string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(site["sitemap.xml"]), &sitemap); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, u := range sitemap.URLs {
		file := strings.TrimPrefix(u.Location, hubBase) + "index.html"
		if site[file] == "" || listed[file] {
			t.Errorf("%s is no page, or is there twice", u.Location)
		}
		listed[file] = true
		if changed, err := time.Parse(time.DateOnly, u.Changed); u.Changed != "" && (err != nil || changed.After(day)) {
			t.Errorf("%s changed on %s, %v", u.Location, u.Changed, err)
		}
		if want := map[string]string{"proeven/lezen-met-de-klok/index.html": "2024-02-15", "proeven/index.html": ""}; u.Changed != cmp.Or(want[file], u.Changed) {
			t.Errorf("%s changed on %s", u.Location, u.Changed)
		}
	}
	for _, name := range site.with(t, ".html") {
		if moved := strings.Contains(site[name], `http-equiv="refresh"`); listed[name] == (moved || name == "404.html") {
			t.Errorf("%s: in the sitemap %t, leads on %t", name, listed[name], moved)
		}
	}
}

// reference is what a reader finds of a work.
type reference struct {
	Title string
	Year  int
	Names []string
}

// references are the works of the fixture as its pages tell of them. RIS has no
// place for a particle of its own: it stands before the family name.
var references = map[string]reference{
	"proeven/lezen-met-de-klok/lezen-met-de-klok":         {"Lezen met de klok: gaat dat?", 2024, []string{"van der Voorbeeld/Anna-Lise", "Fictieve Academie"}},
	"proeven/schrijven-zonder-pen/schrijven-zonder-pen":   {"Schrijven zonder pen", 2024, []string{"Fictieve Academie", "Niemand & co/Ö."}},
	"proeven/rekenen-in-de-kantine/rekenen-in-de-kantine": {"Rekenen in de kantine", 2024, []string{"Proefhub"}},
	"proeven/archief/eerste-proef/eerste-proef":           {"De eerste proef", 2021, []string{"Proefhub"}},
	"uitgaven/jaarbericht/jaarbericht":                    {"Jaarbericht 2023 {met haken}", 2024, []string{"Redactie van de Proefhub", "Voorbeeld, Fictief en Zoon"}},
	"uitgaven/oud-bericht/oud-bericht":                    {"Oud bericht", 2019, []string{"Proefhub"}},
}

// On a page stands how to refer to it, with its address once.
func TestCitationsNameTheirAddressOnce(t *testing.T) {
	site := built(t)
	for page, address := range map[string]string{
		"proeven/lezen-met-de-klok/index.html": hubBase + "id/klok/",
		"uitgaven/jaarbericht/index.html":      "https://doi.org/10.5555/proef_2023",
		"uitgaven/oud-bericht/index.html":      hubBase + "uitgaven/oud-bericht/",
	} {
		root, err := html.Parse(strings.NewReader(site[page]))
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for n := range root.Descendants() {
			if n.Type == html.TextNode && within(n, "citation") && !within(n, "forms") {
				said += n.Data
			}
		}
		if strings.Count(said, address) != 1 {
			t.Errorf("%s: %q", page, said)
		}
	}
}

// readReferences asks Citation.js, which is installed for the tests of the room cite.
func readReferences(t *testing.T, site files) {
	names := site.with(t, ".bib", ".ris", ".csl.json")
	if len(names) != 3*len(references) {
		t.Errorf("references %q", names)
	}
	node := need(t, "node")
	reader := filepath.Join("..", "cite", "testdata", "reader")
	if _, err := os.Stat(filepath.Join(reader, "node_modules")); err != nil {
		lack(t, fmt.Errorf("no Citation.js: %w; run npm ci in internal/cite/testdata/reader", err))
	}
	var texts []string
	for _, name := range names {
		texts = append(texts, site[name])
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "read.js")
	cmd.Dir, cmd.Stdin, cmd.Stderr = reader, bytes.NewReader(input), os.Stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]reference
	if err := json.Unmarshal(output, &got); err != nil || len(got) != len(names) {
		t.Fatalf("%v: %s", err, output)
	}
	for i, name := range names {
		want := references[strings.TrimSuffix(strings.TrimSuffix(name, path.Ext(name)), ".csl")]
		if strings.HasSuffix(name, ".ris") { // a comma parts the family name from the given name
			want.Names = slices.Clone(want.Names)
			for j := range want.Names {
				want.Names[j] = strings.ReplaceAll(want.Names[j], ",", "")
			}
		}
		if len(got[i]) != 1 || got[i][0].Title != want.Title || got[i][0].Year != want.Year || !slices.Equal(got[i][0].Names, want.Names) {
			t.Errorf("%s: got %+v, want %+v", name, got[i], want)
		}
	}
}
