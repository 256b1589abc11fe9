package site

import (
	"fmt"
	"testing"
)

// What is counted is what is published; examples are counted apart, and a page
// without a year not at all.
func TestCount(t *testing.T) {
	s, said := sketch(t, `title: T
kinds:
  stuk: {folder: stukken, fields: {jaar: schoolyear, af: bool}}
  doel: {file: data/doelen.yaml, fields: {stand: count}}
`, Options{},
		"stukken/a.md", "jaar: 2023-2024", "stukken/b.md", "jaar: 2024-2025\naf: true", "stukken/c.md", "jaar: 2023-2024\naf: true",
		"stukken/d.md", "jaar: 2023-2024\nvoorbeeld: true", "stukken/e.md", "af: true", "stukken/f.md", "jaar: 2023-2024\ndraft: true",
		"data/doelen.yaml", "- {title: A, stand: {soort: stuk, per: jaar}}\n- {title: B, stand: {soort: stuk, met: {af: true}}}\n- {title: C, stand: {soort: doel, per: ''}}\n",
	)
	if said != "" {
		t.Fatal(said)
	}
	for i, want := range []string{"[{2024-2025 1 0} {2023-2024 2 1}]", "[{ 3 0}]", "[{ 3 0}]"} {
		item := s.Page("/doelen/").Items[i]
		if got := fmt.Sprint(s.Count(item.Document.Fields[0].Value.Count)); got != want {
			t.Errorf("%s: %s, want %s", item.Title, got, want)
		}
	}
	s, _ = sketch(t, "title: T\nkinds: {stuk: {folder: stukken, fields: {jaar: schoolyear}}, doel: {file: data/doelen.yaml, fields: {stand: count}}}\n", Options{},
		"data/doelen.yaml", "- {title: A, stand: {soort: stuk, per: jaar}}\n")
	if got := fmt.Sprint(s.Count(s.Page("/doelen/").Items[0].Document.Fields[0].Value.Count)); got != "[{ 0 0}]" {
		t.Errorf("of nothing: %s", got)
	}
}

// One looks for a word in a glossary, so its list is in one part.
func TestGlossaryIsOnePart(t *testing.T) {
	for glossary, want := range map[string]int{"": 2, ", glossary: kort": 1} {
		var files []string
		for i := range partSize + 5 {
			files = append(files, fmt.Sprintf("woorden/w%02d.md", i), "")
		}
		s, said := sketch(t, "title: T\nkinds: {woord: {folder: woorden, fields: {kort: text}"+glossary+"}}\n", Options{}, files...)
		if got := s.Page("/woorden/").Parts(); got != want || said != "" {
			t.Errorf("%q: %d parts, want %d %s", glossary, got, want, said)
		}
	}
}
