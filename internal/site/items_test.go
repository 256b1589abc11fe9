package site

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kennishub/internal/history"
)

const itemsYAML = `
title: Proef
feeds: {items: 2}
kinds:
  fase:
    file: data/fasen.yaml
    label: {one: Fase, many: Fasen}
    fields:
      vorige: {type: ref, kind: fase, inverse: Volgt op}
      ook: {type: list, of: ref, kind: fase}
      stuk: {type: ref, kind: stuk}
      thema: {type: term, vocabulary: themas}
      uitleg: markdown
  stuk:
    folder: stukken
    label: {one: Stuk, many: Stukken}
    fields:
      fasen: {type: list, of: {type: ref, kind: fase, inverse: Uit deze fase}}
      deel: {type: ref, kind: stuk, inverse: Delen}
      ook: {type: list, of: ref, kind: stuk}
vocabularies:
  themas: {label: Thema's, terms: {ai: AI}}
`

// sketch makes a site out of another site.yaml, and says what is wrong with it.
func sketch(t testing.TB, yaml string, o Options, pairs ...string) (*Site, string) {
	t.Helper()
	if strings.Contains(yaml, "data/fasen.yaml") && !slices.Contains(pairs, "data/fasen.yaml") {
		pairs = append(pairs, "data/fasen.yaml", "") // a file that is missing is told by another room
	}
	cfg, tree := read(t, yaml, pairs...)
	o.Now = today
	s, messages := New(cfg, tree, o)
	return s, written(messages)
}

func urls(pages []*Page) string {
	var list []string
	for _, p := range pages {
		list = append(list, p.URL)
	}
	return strings.Join(list, " ")
}

func related(p *Page) string {
	var list []string
	for _, r := range p.Related {
		list = append(list, r.Label+": "+urls(r.Pages))
	}
	return strings.Join(list, "; ")
}

// Items are in terms, lists and relations, but not among the pages; their order is
// that of the file.
func TestItems(t *testing.T) {
	s, said := sketch(t, itemsYAML, Options{},
		"data/fasen.yaml", "- {title: Start, thema: ai, tags: [nieuw]}\n- {title: Midden, vorige: start, stuk: b}\n- {title: Eind, vorige: midden, stuk: b, ook: [start]}\n",
		"stukken/b.md", "fasen: [eind, midden]", "stukken/a.md", "fasen: [start]",
	)
	if said != "" {
		t.Fatal(said)
	}
	all := s.Page("/fasen/")
	for _, test := range []struct{ what, got, want string }{
		{"items", urls(all.Items), "/fasen/#start /fasen/#midden /fasen/#eind"},
		{"the kinds", urls(s.Kinds[0]) + " / " + urls(s.Kinds[1]), urls(all.Items) + " / /stukken/a/ /stukken/b/"},
		{"title, parent and kind", fmt.Sprint(all.Title, all.Parent == s.Home, all.Role == Collection, all.Kind.Name), "Fasentrue truefase"},
		{"of the file", s.Of("data/fasen.yaml").URL, "/fasen/"},
		{"by reference", s.Ref("fase", "midden").URL, "/fasen/#midden"},
		{"a term", urls(s.Page("/themas/ai/").Pages), "/fasen/#start"},
		{"a tag", urls(s.Page("/tags/nieuw/").Pages), "/fasen/#start"},
		{"labels", urls(all.Items[0].Labels), "/themas/ai/ /tags/nieuw/"},
		{"what follows on the first, and what names it", related(all.Items[0]), "Volgt op: /fasen/#midden; Fasen: /fasen/#eind; Uit deze fase: /stukken/a/"},
		{"what names the second but for what it names", related(all.Items[1]), "Volgt op: /fasen/#eind"},
		{"a page that is named both ways", related(s.Page("/stukken/b/")), ""},
		{"home", urls(s.Home.Sections) + urls(s.Home.Pages), "/stukken/"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
	for _, p := range s.Pages {
		if strings.Contains(p.URL, "#") || p.Role == Item {
			t.Errorf("%s is a page", p.URL)
		}
	}
	for _, p := range all.Items {
		if p.Parent != all || p.Role != Item || len(p.Forms) > 0 || p.Permanent != "" {
			t.Errorf("%+v", p)
		}
	}
	// Items name a page in the order of their file, whatever their titles.
	s, _ = sketch(t, itemsYAML, Options{}, "data/fasen.yaml", "- {title: Z, stuk: b}\n- {title: A, stuk: b}\n", "stukken/b.md", "")
	if got := related(s.Page("/stukken/b/")); got != "Fasen: /fasen/#z /fasen/#a" {
		t.Error(got)
	}
}

// The page of a collection may have a text, and pages below it.
func TestCollectionText(t *testing.T) {
	for _, test := range []struct {
		files []string
		want  string
	}{
		{[]string{"fasen.md", "---\ntitle: Eigen\n---\n"}, "Eigen content/fasen.md  "},
		{[]string{"fasen/_index.md", "---\ntitle: Eigen\n---\n"}, "Eigen content/fasen/_index.md  "},
		{[]string{"fasen/index.md", "---\ntitle: Eigen\n---\n"}, "Eigen content/fasen/index.md  "},
		{[]string{"fasen/x.md", "", "fasen/y/z.md", ""}, "Fasen  /fasen/x/ /fasen/y/"},
	} {
		s, said := sketch(t, itemsYAML, Options{}, append(test.files, "data/fasen.yaml", "- {title: A}\n")...)
		p := s.Page("/fasen/")
		if got := fmt.Sprint(p.Title, " ", p.File(), " ", urls(p.Pages), " ", urls(p.Sections)); got != test.want || said != "" || p.Role != Collection || len(p.Items) != 1 || p.Kind.Name != "fase" {
			t.Errorf("%q: %q, want %q; %s", test.files, got, test.want, said)
		}
	}
	// Without items there is no collection.
	s, said := sketch(t, itemsYAML, Options{}, "data/fasen.yaml", "- {title: A, draft: true}\n")
	if s.Page("/fasen/") != nil || said != "" || len(s.Skipped) != 1 || s.Skipped[0] != (Skipped{"content/data/fasen.yaml#a", "concept (draft: true)"}) {
		t.Errorf("%v %s", s.Skipped, said)
	}
}

// Links to and from items.
func TestFollowItems(t *testing.T) {
	s, said := sketch(t, itemsYAML, Options{}, "fasen/_index.md", "---\ntitle: F\n---\n## Kop\n",
		"data/fasen.yaml", "- {title: A, uitleg: \"Tekst[^1]\\n\\n[^1]: Noot\"}\n- {title: B, draft: true}\n- {title: C, publishDate: 2024-03-02}\n", "stukken/b.md", "", "data/p.pdf", "x")
	if said != "" {
		t.Fatal(said)
	}
	for _, test := range []struct {
		from, dest, want string
		problem          Problem
	}{
		{"stukken/b.md", "/fasen/#a", "/fasen/#a", 0},
		{"stukken/b.md", "../data/fasen.yaml#a", "/fasen/#a", 0},
		{"stukken/b.md", "../data/fasen.yaml", "/fasen/", 0},
		{"stukken/b.md", "../fasen/_index.md#a", "/fasen/#a", 0},
		{"stukken/b.md", "/fasen/#kop", "/fasen/#kop", 0},
		{"stukken/b.md", "/fasen/#a-veld-1_noot-1", "/fasen/#a-veld-1_noot-1", 0},
		{"stukken/b.md", "../data/fasen.yaml#x", "/fasen/#x", NoAnchor},
		{"stukken/b.md", "../data/fasen.yaml#b", "/fasen/#b", NoAnchor},
		{"item", "#a", "/fasen/#a", 0},
		{"item", "#kop", "/fasen/#kop", 0},
		{"item", "#c", "/fasen/#c", NoAnchor},
		{"item", "../stukken/b.md", "/stukken/b/", 0},
		{"item", "p.pdf", "data/p.pdf", 0},
		{"item", "fasen.yaml#a", "/fasen/#a", 0},
		{"item", "../../x.md", "", Outside},
	} {
		from := s.Of(test.from)
		if test.from == "item" {
			from = s.Ref("fase", "a")
		}
		target, problem := s.Follow(from, test.dest)
		got := ""
		switch {
		case target.Page != nil:
			got = target.Page.URL
			if target.Fragment != "" {
				got += "#" + target.Fragment
			}
		case target.Resource != nil:
			got = target.Resource.File
		}
		if got != test.want || problem != test.problem {
			t.Errorf("%s from %s: %s, %d, want %s, %d", test.dest, test.from, got, problem, test.want, test.problem)
		}
	}
}

// What is wrong with items and what refers to them.
func TestItemFaults(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string
		want  string
	}{
		{"an id twice", []string{"data/fasen.yaml", "- {title: A}\n- {title: B}\n- {title: X, id: a}\n"},
			"content/data/fasen.yaml:3:14: fout: het id \"a\" is ook van content/data/fasen.yaml:1 [dubbel-id]\n" + ownID},
		{"a title twice", []string{"data/fasen.yaml", "- {title: A}\n- {title: Á}\n"},
			"content/data/fasen.yaml:2:3: fout: het id \"a\" is ook van content/data/fasen.yaml:1 [dubbel-id]\n" + ownID},
		{"an id that is a heading", []string{"data/fasen.yaml", "- {title: Kop}\n", "fasen.md", "---\ntitle: F\n---\n## Kop\n"},
			"content/data/fasen.yaml:1:3: fout: het id \"kop\" is ook een anker in de tekst content/fasen.md [dubbel-id]\n    geef het onderdeel of de kop een ander anker\n"},
		{"references to what is hidden", []string{"data/fasen.yaml", "- {title: A, vorige: b}\n- {title: B, draft: true}\n- {title: C, publishDate: 2024-03-02}\n", "stukken/b.md", "fasen: [c, d]"},
			"content/data/fasen.yaml:1:22: fout: de pagina content/data/fasen.yaml#b wordt niet gepubliceerd: concept (draft: true) [verwijzing-onbekend]\n    haal de verwijzing weg, of publiceer de pagina\n" +
				"content/stukken/b.md:3:9: waarschuwing: de pagina content/data/fasen.yaml#c wordt niet gepubliceerd: verschijnt op 2024-03-02 (publishDate) [verwijzing-buiten-datum]\n    haal de verwijzing weg, of publiceer de pagina\n" +
				"content/stukken/b.md:3:12: fout: er is geen fase met id \"d\" [verwijzing-onbekend]\n    toegestaan: a\n"},
		{"itself", []string{"data/fasen.yaml", "- {title: A, vorige: a}\n"},
			"content/data/fasen.yaml:1:22: fout: deze pagina verwijst naar zichzelf [verwijzing-naar-zichzelf]\n    haal de verwijzing weg\n"},
		{"a file at the address of a collection", []string{"data/fasen.yaml", "- {title: A}\n", "fasen/index.html", "x"},
			"content/fasen/index.html: fout: op het adres /fasen/index.html staat al de pagina \"Fasen\" [dubbele-url]\n" + rename3},
	} {
		s, got := sketch(t, itemsYAML, Options{}, test.files...)
		if got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.name, got, test.want)
		}
		checkFiles(t, test.name, s)
	}
	s, said := sketch(t, itemsYAML, Options{Drafts: true, Future: true}, "data/fasen.yaml", "- {title: A, vorige: b}\n- {title: B, draft: true}\n- {title: C, publishDate: 2024-03-02}\n")
	if len(s.Page("/fasen/").Items) != 3 || said != "" {
		t.Errorf("with drafts and what comes: %s", said)
	}
}

// A field with one reference to its own kind is a chain that must not go round;
// fields with a list may.
func TestChains(t *testing.T) {
	for _, test := range []struct{ name, links, want string }{
		{"a chain", "a>b b>c", ""},
		{"two chains that meet", "a>c b>c c>d", ""},
		{"two pages", "a>b b>a", "b via a"},
		{"three pages", "a>b b>c c>a", "c via a"},
		{"a tail that leads into a circle", "a>b b>c c>d d>b", "d via b"},
		{"a tail that is walked later", "b>c c>b d>b", "c via b"},
		{"two circles", "a>b b>a c>d d>c", "b via a, d via c"},
		{"a chain to itself is told elsewhere", "a>b b>b", ""},
		{"lists", "a+b b+a a+c c+a", ""},
	} {
		pairs := []string{"stukken/a.md", "", "stukken/b.md", "", "stukken/c.md", "", "stukken/d.md", ""}
		lists := map[string][]string{}
		for link := range strings.FieldsSeq(test.links) {
			i := 1 + 2*int(link[0]-'a')
			if link[1] == '>' {
				pairs[i] = "deel: " + link[2:]
			} else {
				lists[link[:1]] = append(lists[link[:1]], link[2:])
				pairs[i] = "ook: [" + strings.Join(lists[link[:1]], ", ") + "]"
			}
		}
		_, said := sketch(t, itemsYAML, Options{}, pairs...)
		var got []string
		for line := range strings.Lines(said) {
			if strings.Contains(line, "[verwijzing-in-kring]") {
				file, rest, _ := strings.Cut(line, ":3:7: fout: veld \"deel\": deze keten van verwijzingen komt via content/stukken/")
				via, _, _ := strings.Cut(rest, ".md weer hier uit")
				got = append(got, strings.TrimSuffix(strings.TrimPrefix(file, "content/stukken/"), ".md")+" via "+via)
			}
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: %q, want %q\n%s", test.name, got, test.want, said)
		}
	}
	// Items are told with their line.
	_, said := sketch(t, itemsYAML, Options{}, "data/fasen.yaml", "- {title: A, vorige: b}\n- {title: B, vorige: a}\n")
	if want := "content/data/fasen.yaml:2:22: fout: veld \"vorige\": deze keten van verwijzingen komt via content/data/fasen.yaml:1 weer hier uit [verwijzing-in-kring]\n    haal een van de verwijzingen in de kring weg\n"; said != want {
		t.Errorf("got\n%s\nwant\n%s", said, want)
	}
}

// A page with an id of its own has an address that survives its moves.
func TestPermanent(t *testing.T) {
	for _, test := range []struct {
		name, said string
		files      []string
		want       string
	}{
		{"an id", "", []string{"a/b.md", "id: Eigen 1", "c.md", ""}, "/id/eigen-1/ → /a/b/"},
		{"bundles, sections and the home page", "", []string{"_index.md", "id: thuis", "a/_index.md", "id: a", "b/index.md", "id: b"}, "/id/a/ → /a/, /id/b/ → /b/, /id/thuis/ → /"},
		{"with an alias", "", []string{"a.md", "id: x\naliases: [/oud/]"}, "/id/x/ → /a/, /oud/ → /a/"},
		{"an empty id is none", "", []string{"a.md", "id:"}, ""},
		{"an item has a place already", "", []string{"data/fasen.yaml", "- {title: A, id: a}"}, ""},
		{"two kinds", "content/stukken/a.md:3:1: fout: het id \"x\" is ook van content/a.md [dubbel-id]\n" + ownID, []string{"a.md", "id: x", "stukken/a.md", "id: x"}, "/id/x/ → /a/"},
		{"two ids with one address", "content/b.md: fout: op het adres /id/x-y/ staat al een bestand dat kennishub maakt bij de pagina /a/ [dubbele-url]\n    geef een van beide een andere naam\n",
			[]string{"a.md", "id: x y", "b.md", "id: X-Y"}, "/id/x-y/ → /a/"},
		{"an alias that takes one", "content/b.md:3:11: fout: het adres /id/x/ is van de site zelf [alias]\n    haal de alias weg\n", []string{"a.md", "id: x", "b.md", "aliases: [/id/x/]"}, "/id/x/ → /a/"},
		{"an id that wants to go up", "", []string{"a.md", "id: ../../x"}, "/id/x/ → /a/"},
		{"a very long id", "", []string{"a.md", "id: " + strings.Repeat("x", 300)}, "/id/" + strings.Repeat("x", 200) + "/ → /a/"},
	} {
		s, said := sketch(t, itemsYAML, Options{}, test.files...)
		var got []string
		for _, r := range s.Redirects {
			got = append(got, r.From+" → "+r.To)
		}
		if strings.Join(got, ", ") != test.want || said != test.said {
			t.Errorf("%s: %q, want %q\n%s", test.name, got, test.want, said)
		}
		checkFiles(t, test.name, s)
	}
}

// commits makes a repository with a site in it, a commit for each day, and reads
// its history. Files are pairs of name and text.
func commits(t *testing.T, days map[string][]string) *history.History {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI has no git")
		}
		t.Skip("needs git")
	}
	t.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(t.TempDir(), "none"))
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	dir := t.TempDir()
	git := func(day string, args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.org"}, args...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+day+"T12:00:00Z", "GIT_AUTHOR_DATE="+day+"T12:00:00Z", "GIT_DIR="+filepath.Join(dir, ".git"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	git("2024-01-01", "init", "-q")
	for _, day := range slices.Sorted(func(yield func(string) bool) {
		for day := range days {
			if !yield(day) {
				return
			}
		}
	}) {
		for i := 0; i < len(days[day]); i += 2 {
			name := filepath.Join(dir, "content", filepath.FromSlash(days[day][i]))
			if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(days[day][i+1]), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		git(day, "add", "-A")
		git(day, "commit", "-q", "-m", "x")
	}
	h, err := history.Read(context.Background(), dir)
	if err != nil || h.Problem != "" {
		t.Fatal(err, h.Problem)
	}
	return h
}

// Days come from what authors wrote; that a page changed, and when its file came,
// from history too. Of items nothing is known but what their author wrote.
func TestDates(t *testing.T) {
	h := commits(t, map[string][]string{
		"2024-01-10": {"stukken/a.md", "1", "stukken/b.md", "1", "stukken/c.md", "1", "stukken/d.md", "1", "stukken/h.md", "1", "over.md", "1", "data/fasen.yaml", "1", "stukken/_index.md", "1"},
		"2024-02-20": {"stukken/a.md", "2", "stukken/b.md", "2", "stukken/c.md", "2", "over.md", "2", "data/fasen.yaml", "2"},
	})
	pairs := []string{
		"stukken/a.md", "", "stukken/b.md", "date: 2024-01-05", "stukken/c.md", "date: 2024-02-25", "stukken/d.md", "", "stukken/e.md", "",
		"stukken/f.md", "date: 2024-01-05\nupdated: 2024-01-01", "stukken/g.md", "date: 2024-01-05\nupdated: 2024-01-06", "stukken/h.md", "date: 2024-01-05\nupdated: 2024-01-10",
		"over.md", "", "data/fasen.yaml", "- {title: A}\n- {title: B, date: 2024-01-01, updated: 2024-01-02}\n", "stukken/_index.md", "",
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Format("01-02")
	}
	for _, test := range []struct{ url, with, without string }{
		{"/stukken/a/", "- 02-20 01-10", "- -"},
		{"/stukken/b/", "01-05 02-20 01-10", "01-05 -"},
		{"/stukken/c/", "02-25 - 01-10", "02-25 -"}, // a change before the day itself is no change
		{"/stukken/d/", "- - 01-10", "- -"},
		{"/stukken/e/", "- -", "- -"}, // not committed
		{"/stukken/f/", "01-05 -", "01-05 -"},
		{"/stukken/g/", "01-05 01-06", "01-05 01-06"},
		{"/stukken/h/", "01-05 01-10 01-10", "01-05 01-10"}, // updated on the day it was put in git
		{"/over/", "- 02-20 01-10", "- -"},
		{"/stukken/", "- 01-10 01-10", "- -"},
		{"a", "- -", "- -"},
		{"b", "01-01 01-02", "01-01 01-02"},
	} {
		for _, o := range []struct {
			h    *history.History
			want string
		}{{h, test.with}, {nil, test.without}, {&history.History{}, test.without}} {
			s, said := sketch(t, itemsYAML, Options{History: o.h}, pairs...)
			p := s.Page(test.url)
			if p == nil {
				p = s.Ref("fase", test.url)
			}
			if got := strings.TrimSuffix(day(p.Date)+" "+day(p.Updated)+" "+day(p.Created), " -"); got != o.want || said != "" {
				t.Errorf("%s: %s, want %s %s", test.url, got, o.want, said)
			}
			want := p.Updated
			for _, day := range []time.Time{p.Date, p.Created} {
				if want.IsZero() {
					want = day
				}
			}
			if !p.Changed().Equal(want) {
				t.Errorf("%s changed on %v", test.url, p.Changed())
			}
		}
	}
	// What is dated is news, of each section above it and of its terms.
	s, _ := sketch(t, itemsYAML, Options{History: h}, append(pairs, "stukken/diep/h.md", "date: 2024-03-01\ntags: [x]", "los.md", "date: 2023-01-01\ntags: [x]", "tags/x/y.md", "date: 2024-03-02\ntags: [x]")...)
	for _, test := range []struct{ url, want string }{
		{"/stukken/", "/stukken/diep/h/ /stukken/c/"}, {"/stukken/diep/", "/stukken/diep/h/"}, {"/", "/tags/x/y/ /stukken/diep/h/"},
		{"/tags/x/", "/tags/x/y/ /stukken/diep/h/"}, {"/themas/ai/", ""}, {"/over/", ""},
	} {
		if got := urls(s.Page(test.url).News()); got != test.want {
			t.Errorf("news of %s: %s, want %s", test.url, got, test.want)
		}
	}
}

// Names that differ may be one address.
func TestKindsAtOneAddress(t *testing.T) {
	yaml := "title: T\nkinds:\n  a: {folder: Mijn Map}\n  b: {file: data/mijn-map.yaml}\n  c: {folder: Thema's}\nvocabularies: {thema-s: {terms: {x: X}}}\n"
	_, got := sketch(t, yaml, Options{}, "data/mijn-map.yaml", "")
	want := "site.yaml:4:3: fout: soort \"b\" krijgt het adres /mijn-map/, net als soort \"a\" [dubbele-url]\n    geef de map of het bestand een andere naam\n" +
		"site.yaml:5:3: fout: soort \"c\" krijgt het adres /thema-s/, net als vocabulaire \"thema-s\" [dubbele-url]\n    geef de map of het bestand een andere naam\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
