package search

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func build(t *testing.T, dir string, docs []Document) BuildResult {
	t.Helper()
	r, err := Build(dir, docs, hubSettings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func finds(t *testing.T, dir, query string, total int) {
	t.Helper()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if r := ask(t, x, Query{Text: query}); r.Total != total {
		t.Errorf("%q finds %d, want %d", query, r.Total, total)
	}
}

func TestBuild(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public", ".search")
	docs := hubDocuments()
	first := build(t, dir, docs)
	if !first.Changed || first.Documents != len(docs) || !indexName.MatchString(first.ID) {
		t.Errorf("first build: %+v", first)
	}
	if again := build(t, dir, hubDocuments()); again.Changed || again.ID != first.ID {
		t.Errorf("nothing changed: %+v", again)
	}

	docs[0].Sections[0].Text += " Zebra."
	second := build(t, dir, docs)
	if !second.Changed || second.ID == first.ID {
		t.Errorf("a text changed: %+v", second)
	}
	finds(t, dir, "zebra", 1)
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("the old index must stay for who has it open: %v", got)
	}

	// Back again, to an index that still stands there.
	if back := build(t, dir, hubDocuments()); !back.Changed || back.ID != first.ID {
		t.Errorf("back again: %+v", back)
	}
	finds(t, dir, "zebra", 0)

	if err := os.WriteFile(filepath.Join(dir, "site.json"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Prune(dir); err != nil {
		t.Fatal(err)
	}
	want := []string{first.ID, "current", "site.json"}
	slices.Sort(want)
	if got := names(t, dir); !slices.Equal(got, want) {
		t.Errorf("after Prune: %v, want %v", got, want)
	}
	finds(t, dir, "rekenen", 6)

	if err := Remove(dir); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{"site.json"}) {
		t.Errorf("after Remove: %v", got)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNoIndex) {
		t.Errorf("after Remove: %v", err)
	}
}

func TestRemoveTakesTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), ".search")
	build(t, dir, hubDocuments())
	for range 2 { // also when there is nothing any more
		if err := Remove(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the folder is still there: %v", err)
		}
	}
}

// What a document or the settings say is in the ID, down to which field says it.
func TestIdentify(t *testing.T) {
	base := func() (Document, Settings) {
		return Document{URL: "/a/", Title: "a", Kind: "b", Names: []string{"c"}, Sections: []Section{{"d", "e", "f"}},
			Facets: map[string][]string{"g": {"h"}}, Fields: map[string]string{"i": "j"}}, Settings{Language: "nl"}
	}
	changes := map[string]func(*Document, *Settings){
		"nothing":         func(*Document, *Settings) {},
		"title to kind":   func(d *Document, _ *Settings) { d.Title, d.Kind = "", "ab" },
		"date":            func(d *Document, _ *Settings) { d.Date = "2024-01-01" },
		"description":     func(d *Document, _ *Settings) { d.Description = "x" },
		"another name":    func(d *Document, _ *Settings) { d.Names = []string{"c", ""} },
		"anchor":          func(d *Document, _ *Settings) { d.Sections[0].ID = "x" },
		"section title":   func(d *Document, _ *Settings) { d.Sections[0].Title = "x" },
		"another section": func(d *Document, _ *Settings) { d.Sections = append(d.Sections, Section{}) },
		"facet value":     func(d *Document, _ *Settings) { d.Facets["g"] = []string{"x"} },
		"facet":           func(d *Document, _ *Settings) { d.Facets = map[string][]string{"x": {"h"}} },
		"field":           func(d *Document, _ *Settings) { d.Fields["i"] = "x" },
		"language":        func(_ *Document, s *Settings) { s.Language = "en" },
		"label":           func(_ *Document, s *Settings) { s.Kinds = []Value{{"b", "B"}} },
		"kind counts":     func(_ *Document, s *Settings) { s.Boosts.Kinds = map[string]float64{"b": 1.2} },
		"recent counts":   func(_ *Document, s *Settings) { s.Boosts.RecentPercent = 10 },
		"recent for long": func(_ *Document, s *Settings) { s.Boosts.RecentDays = 10 },
		"limit":           func(_ *Document, s *Settings) { s.Limits.Hits = 3 },
	}
	seen := map[string]string{}
	for name, change := range changes {
		d, s := base()
		change(&d, &s)
		id, err := identify([]*Document{&d}, s)
		if err != nil {
			t.Fatal(err)
		}
		if other, taken := seen[id]; taken {
			t.Errorf("%q and %q have the same ID", name, other)
		}
		seen[id] = name
	}
}

func TestTwoDocumentsWithOneURL(t *testing.T) {
	_, err := Build(t.TempDir(), []Document{{URL: "/a/"}, {URL: "/b/"}, {URL: "/a/"}}, hubSettings)
	if err == nil || !strings.Contains(err.Error(), "/a/") {
		t.Errorf("got %v", err)
	}
}

func TestNoDocuments(t *testing.T) {
	x := openHub(t, nil)
	if r := ask(t, x, Query{Text: "school"}); r.Total != 0 || len(r.Missing) != 1 {
		t.Errorf("%+v", r)
	}
}

// Whatever a crash left, the served index is whole or known not to be, and the
// next build heals it.
func TestCrashes(t *testing.T) {
	path := func(dir, id string, names ...string) string {
		return filepath.Join(append([]string{dir, id}, names...)...)
	}
	tests := []struct {
		name    string
		damage  func(dir, id string) error
		noIndex bool // Open says ErrNoIndex
		fine    bool // Open does not notice, and need not
	}{
		{"left-over folder", func(dir, id string) error { return os.MkdirAll(path(dir, id+".tmp-123", "terms"), 0o755) }, false, true},
		{"left-over pointer", func(dir, id string) error {
			return os.WriteFile(filepath.Join(dir, "current.tmp-9"), []byte("half"), 0o644)
		}, false, true},
		{"no pointer", func(dir, id string) error { return os.Remove(filepath.Join(dir, "current")) }, true, false},
		{"half a pointer", func(dir, id string) error { return os.WriteFile(filepath.Join(dir, "current"), []byte(id[:5]), 0o644) }, true, false},
		{"empty pointer", func(dir, id string) error { return os.WriteFile(filepath.Join(dir, "current"), nil, 0o644) }, true, false},
		{"pointer elsewhere", func(dir, id string) error {
			return os.WriteFile(filepath.Join(dir, "current"), []byte("../../../../etc"), 0o644)
		}, true, false},
		{"no folder", func(dir, id string) error { return os.RemoveAll(path(dir, id)) }, false, false},
		{"empty folder", func(dir, id string) error {
			return errors.Join(os.RemoveAll(path(dir, id)), os.Mkdir(path(dir, id), 0o755))
		}, false, false},
		{"no documents", func(dir, id string) error { return os.Remove(path(dir, id, documentsName)) }, false, false},
		{"half the documents", func(dir, id string) error { return os.Truncate(path(dir, id, documentsName), 200) }, false, false},
		{"half the text", func(dir, id string) error { return os.Truncate(path(dir, id, textName), 20) }, false, false},
		{"no terms", func(dir, id string) error { return os.RemoveAll(path(dir, id, termsName)) }, false, false},
		{"empty database", func(dir, id string) error { return os.Truncate(path(dir, id, termsName, "root.bolt"), 0) }, false, false},
		{"half a segment", func(dir, id string) error {
			all, err := filepath.Glob(path(dir, id, termsName, "*.zap"))
			if err != nil || len(all) == 0 {
				return errors.New("no segments")
			}
			return os.Truncate(all[0], 50)
		}, false, false},
		{"no settings", func(dir, id string) error { return os.Truncate(path(dir, id, settingsName), 3) }, false, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			id := build(t, dir, hubDocuments()).ID
			if err := test.damage(dir, id); err != nil {
				t.Fatal(err)
			}
			x, err := Open(dir)
			if err == nil {
				x.Close()
			}
			switch {
			case test.fine:
				if err != nil {
					t.Error(err)
				}
			case err == nil:
				t.Error("the damage goes unnoticed")
			case test.noIndex != errors.Is(err, ErrNoIndex):
				t.Errorf("got %v", err)
			case !test.noIndex && !strings.Contains(err.Error(), "bouw de site opnieuw"):
				t.Errorf("no remedy in %q", err)
			}
			if r := build(t, dir, hubDocuments()); r.ID != id || r.Changed == test.fine {
				t.Errorf("next build: %+v", r)
			}
			finds(t, dir, "rekenen", 6)
			if err := Prune(dir); err != nil {
				t.Fatal(err)
			}
			if got, want := names(t, dir), []string{id, "current"}; !slices.Equal(got, want) && !slices.Equal(got, []string{"current", id}) {
				t.Errorf("after Prune: %v, want %v", got, want)
			}
		})
	}
}

// An index that was pruned keeps answering whoever has it open.
func TestPrunedWhileOpen(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, hubDocuments())
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	build(t, dir, hubDocuments()[:3])
	if err := Prune(dir); err != nil {
		t.Fatal(err)
	}
	if r := ask(t, x, Query{Text: "rekenen"}); r.Total != 6 || r.Hits[0].Excerpt == "" {
		t.Errorf("%+v", r)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(t.Context(), Query{Text: "rekenen"}); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
	finds(t, dir, "rekenen", 2)
}

func FuzzDecodeRecords(f *testing.F) {
	docs := hubDocuments()
	table := newValueTable(hubSettings)
	var records []*record
	for i := range docs[:3] {
		values, _ := table.of(&docs[i])
		records = append(records, newRecord(&docs[i], values))
	}
	size := int64(0)
	for _, r := range records {
		size += int64(r.sections[0].size)
	}
	whole := encodeRecords(records, table, size)
	if got, _, err := decodeRecords(whole, newValueTable(hubSettings)); err != nil || len(got) != 3 || got[1].Title != docs[1].Title {
		f.Fatalf("%v %v", got, err)
	}
	head := len(documentsMagic) + 4
	f.Add(whole[head:])
	f.Add(whole[head : len(whole)/2])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01})
	f.Fuzz(func(t *testing.T, payload []byte) {
		got, size, err := decodeRecords(seal(payload), newValueTable(hubSettings))
		if err == nil && (size < 0 || len(got) > len(payload)) {
			t.Errorf("%d records, %d bytes of text", len(got), size)
		}
	})
}
