package build

import (
	"bytes"
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kennishub/internal/search"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixture copies the fixture: a small hub in which everything that site.yaml can
// declare has a value somewhere. What is in the copy may be changed.
func fixture(t testing.TB) (source string) {
	t.Helper()
	source = t.TempDir()
	if err := os.CopyFS(source, os.DirFS(filepath.Join("testdata", "hub"))); err != nil {
		t.Fatal(err)
	}
	return source
}

// built builds the fixture and gives what a reader can see of it.
func built(t testing.TB) files {
	t.Helper()
	o := Options{Source: fixture(t), Output: t.TempDir(), BaseURL: hubBase, Now: day, Worker: worker(t)}
	if r := build(t, o); len(r.Messages) > 0 {
		t.Fatalf("the fixture should have no faults: %v", r.Messages)
	}
	return published(t, o.Output)
}

// golden are the pages whose HTML is compared as a whole. Of the others the listing
// has the names: their templates are the same.
var golden = []string{
	"index.html", "klok/index.html", "proeven/index.html", "proeven/lezen-met-de-klok/index.html", "uitgaven/jaarbericht/index.html",
	"beelden/index.html", "mijlpalen/index.html", "posten/index.html",
}

// TestGolden compares all that a build writes with testdata/golden. After a change
// that is meant:
//
//	go test ./internal/build -run Golden -update
func TestGolden(t *testing.T) {
	const folder, listing = "testdata/golden", "FILES"
	got := files{}
	var list strings.Builder
	site := built(t)
	for _, name := range slices.Sorted(maps.Keys(site)) {
		data := site[name]
		switch ext := path.Ext(name); {
		case strings.HasPrefix(name, "assets/") && !strings.HasPrefix(name, "assets/images/"), strings.HasPrefix(name, ".search/"):
			// They are the theme's, which has tests of its own.
		case ext == ".html" && !slices.Contains(golden, name):
			fmt.Fprintln(&list, name)
		case ext == ".html":
			got[name] = hashed.ReplaceAllString(data, "$1*.")
		case resource(name) || !utf8.ValidString(data):
			fmt.Fprintf(&list, "%s %d %x\n", name, len(data), sha256.Sum256([]byte(data)))
		default:
			got[name] = data
		}
	}
	got[listing] = list.String()
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		got.write(t, folder)
		return
	}
	equal(t, got, published(t, folder), "a build of the fixture")
}

// hashed is the name of a file of the theme, but for its hash.
var hashed = regexp.MustCompile(`(/assets/[a-z-]+-)[0-9A-F]{8}\.`)

// resource reports whether a file is passed on as the fixture has it.
func resource(name string) bool {
	_, err := os.Stat(filepath.Join("testdata", "hub", "content", filepath.FromSlash(name)))
	return err == nil
}

// What leaves the sources leaves the site with the next build: pages, other forms,
// packages, pictures, the index and what we keep for ourselves.
func TestWhatLeavesTheSourcesLeavesTheSite(t *testing.T) {
	source := fixture(t)
	o := Options{Source: source, Output: filepath.Join(source, "public"), BaseURL: hubBase, Now: day, Worker: worker(t)}
	build(t, o)

	// Words that stand in one place only: in a page, in its attachments of each sort,
	// in an item, and in names. With them goes a picture, here by its checksum.
	words := []string{"Regenpijporgel", "suikerbietentrommel", "kersenpithagel", "vlierbloesemkraan", "bolderkarfabriek", "parelduikboot"}
	gone := append(words, "rekenen-in-de-kantine", "Jaarbericht", "proef_2023", "Winteravond", "mijlpaal-lente", "Een lente", "Tikken", "94f83a92026094fc")
	has := func() []string {
		return slices.DeleteFunc(slices.Clone(gone), func(word string) bool { return !anywhere(t, source, word) })
	}
	found := func() []string {
		index, err := search.Open(filepath.Join(o.Output, indexFolder))
		if err != nil {
			t.Fatal(err)
		}
		defer index.Close()
		return slices.DeleteFunc(slices.Clone(words), func(word string) bool {
			r, err := index.Search(context.Background(), search.Query{Text: word})
			if err != nil {
				t.Fatal(err)
			}
			return r.Total == 0
		})
	}
	if before := found(); len(before) != len(words) {
		t.Fatalf("of %q only %q are found before", words, before)
	}
	if before := has(); len(before) != len(gone) {
		t.Fatalf("of %q only %q are there before", gone, before)
	}

	in := func(name string) string { return filepath.Join(source, "content", filepath.FromSlash(name)) }
	for _, name := range []string{
		"proeven/rekenen-in-de-kantine", "uitgaven/jaarbericht", "activiteiten/winteravond.md", "beelden/foto met draaiing.JPG", "proeven/lezen-met-de-klok/dia’s voor de les.odp",
	} {
		if err := os.RemoveAll(in(name)); err != nil {
			t.Fatal(err)
		}
	}
	change(t, in("data/mijlpalen.yaml"), ", rekenen-in-de-kantine", "", "- {id: lente, title: Een lente, wanneer: lente 2023}\n", "")
	change(t, in("beelden/index.md"), "image: {file: foto met draaiing.JPG, alt: Een lokaal met een donkere hoek}\n", "", "[los te bekijken](<foto met draaiing.JPG>)", "los te bekijken", "![Een lokaal met een donkere hoek](<foto met draaiing.JPG>)", "")
	change(t, in("proeven/lezen-met-de-klok/index.md"), "  - {titel: Tikken}\n", "", "  - {bestand: dia’s voor de les.odp}\n", "")

	if r := build(t, o); len(r.Messages) > 0 || r.Removed == 0 {
		t.Fatalf("%+v", r)
	}
	if after := found(); len(after) > 0 {
		t.Errorf("%q are still found", after)
	}
	if after := has(); len(after) > 0 {
		t.Errorf("%q are still there", after)
	}
	got := published(t, o.Output)
	o.Output = t.TempDir()
	build(t, o)
	equal(t, got, published(t, o.Output), "after removals")
}

// change replaces texts in a file; each must be there.
func change(t *testing.T, name string, oldNew ...string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(oldNew); i += 2 {
		if !strings.Contains(text, oldNew[i]) {
			t.Fatalf("%s does not hold %q", name, oldNew[i])
		}
		text = strings.ReplaceAll(text, oldNew[i], oldNew[i+1])
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// anywhere reports whether a built site has a text in a file, or in the name of one,
// but for its sources.
func anywhere(t *testing.T, source, text string) bool {
	t.Helper()
	found := false
	for _, folder := range []string{"public", workFolder} {
		err := filepath.WalkDir(filepath.Join(source, folder), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			found = found || strings.Contains(filepath.Base(name), text) || bytes.Contains(data, []byte(text))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// Who searches for words in an attachment finds the page it belongs to, and a link
// to the file, at the page where that can be.
func TestAttachmentsAreFound(t *testing.T) {
	source := fixture(t)
	o := Options{Source: source, Output: filepath.Join(source, "public"), BaseURL: hubBase, Now: day, Worker: worker(t)}
	build(t, o)
	index, err := search.Open(filepath.Join(o.Output, indexFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	const clock, canteen = hubPath + "proeven/lezen-met-de-klok/", hubPath + "proeven/rekenen-in-de-kantine/"
	for word, want := range map[string][3]string{ // the page, the file and its title
		"wilgenkatjespers":    {clock, "handleiding.pdf#page=1", "handleiding.pdf (PDF), bladzijde 1"},
		"kelderkompas":        {clock, "handleiding.pdf#page=2", "handleiding.pdf (PDF), bladzijde 2"},
		"knotwilgwater":       {clock, "lesbrief.odt", "Lesbrief (ODT): Lesbrief kloklezen"},
		"parelduikboot":       {clock, "dia%E2%80%99s%20voor%20de%20les.odp", "dia’s voor de les.odp (ODP), dia 1: De klok rond"},
		"zandloperbrug":       {clock, "uitslagen.csv", "uitslagen.csv (CSV)"},
		"vlierbloesemkraan":   {canteen, "extra/prijslijst.txt", "prijslijst.txt (tekst)"},
		"suikerbietentrommel": {canteen, "pauzespel.pptx", "Spel voor de pauze (PowerPoint), dia 1: Pauzespel"},
		"kersenpithagel":      {canteen, "lesbrief%20%C3%A9%C3%A9n%20&%20twee%20%28kopie%20met%20een%20heel%20lange%20naam%20om%20te%20zien%20of%20dat%20overal%20goed%20gaat%29.docx", "lesbrief één & twee (kopie met een heel lange naam om te zien of dat overal goed gaat).docx (Word): Rekenen met prijzen"},
	} {
		r, err := index.Search(context.Background(), search.Query{Text: word})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) != 1 || len(r.Hits[0].Sections) != 1 {
			t.Errorf("%s: %+v", word, r.Hits)
			continue
		}
		hit, section := r.Hits[0], r.Hits[0].Sections[0]
		if got := [3]string{hit.URL, strings.TrimPrefix(section.URL, hit.URL), section.Title}; got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}

// Who types is led to pages and items, terms and tags, and to what is on a page; and
// everywhere there is something.
func TestSuggestionsLeadSomewhere(t *testing.T) {
	source := fixture(t)
	o := Options{Source: source, Output: filepath.Join(source, "public"), BaseURL: hubBase, Now: day, Worker: worker(t)}
	build(t, o)
	index, err := search.Open(filepath.Join(o.Output, indexFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	seen := map[search.Suggestion]bool{}
	for first := 'a'; first <= 'z'; first++ {
		for second := 'a'; second <= 'z'; second++ {
			list, err := index.Suggest(t.Context(), string([]rune{first, second}), 50)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				seen[s] = true
			}
		}
	}
	for _, want := range []search.Suggestion{
		{Text: "beeld", URL: hubPath + "tags/beeld/", Kind: "Onderwerpen"},
		{Text: "Lezen", URL: hubPath + "onderwerpen/lezen/", Kind: "Leergebied"},
		{Text: "Leergebieden", URL: hubPath + "onderwerpen/"},
		{Text: "Kaal", URL: hubPath + "kaal/"},
		{Text: "Samen", URL: hubPath + "posten/#samen", Kind: "Post"},
		{Text: "KLP", URL: hubPath + "begrippen/kloklespakket/", Kind: "Kloklespakket"},
		{Text: "Met de hand", URL: hubPath + "proeven/lezen-met-de-klok/#met-de-hand", Kind: "Lezen met de klok: gaat dat?"},
	} {
		if !seen[want] {
			t.Errorf("%+v is never suggested", want)
		}
	}
	for s := range seen {
		name, anchor, _ := strings.Cut(strings.TrimPrefix(s.URL, hubPath), "#")
		name, err := url.PathUnescape(name)
		if err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(o.Output, filepath.FromSlash(name), "index.html"))
		if err != nil || anchor != "" && !strings.Contains(string(page), fmt.Sprintf("id=%q", anchor)) {
			t.Errorf("%+v leads nowhere: %v", s, err)
		}
	}
	if len(seen) < 50 {
		t.Errorf("only %d suggestions: this tests little", len(seen))
	}
}
