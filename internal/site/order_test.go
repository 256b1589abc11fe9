package site

import (
	"fmt"
	"strings"
	"testing"
)

// Lists are in the order that their kind declares: each type in its own way, and
// pages without a value last, whichever way round.
func TestSort(t *testing.T) {
	for _, test := range []struct {
		sort, values string // values of the pages a, b, c, …; "-" for none
		want, back   string
	}{
		{"title", "", "a b c", "c b a"},
		{"date", "2024-02-01|2024-01-01|-|2024-03-01", "b a d c", "d a b c"},
		{"number", "10|9|-|-1.5|9.25", "d b e a c", "a e b d c"},
		{"money", "1.250,-|0,7 miljoen|-|900", "d a b c", "b a d c"},
		{"date-field", "2024-02-01|2024-01-01|-", "b a c", "a b c"},
		{"datetime", "2024-02-01 10:00|2024-02-01 09:00|-", "b a c", "a b c"},
		{"period", "najaar 2023|2023|-|2022", "d b a c", "a b d c"},
		{"schoolyear", "2023-2024|2022-2023|-", "b a c", "a b c"},
		{"text", "écht|Echo|-|zee", "b a d c", "d a b c"},
		{"choice", "z|a|-|m", "a d b c", "b d a c"}, // as declared: z, m, a
	} {
		field := strings.TrimSuffix(test.sort, "-field")
		declared := map[string]string{"choice": "{type: choice, of: [z, m, a]}"}[field]
		if declared == "" {
			declared = field
		}
		key, fields := "veld", "{veld: "+declared+"}"
		if test.sort == "title" || test.sort == "date" {
			key, fields = test.sort, "{veld: text}"
		}
		for _, place := range []string{"folder: x", "file: data/x.yaml"} {
			for _, sign := range []string{"", "-"} {
				var pairs []string
				items := ""
				values := strings.Split(test.values, "|")
				if test.values == "" {
					values = []string{"-", "-", "-"}
				}
				for i, value := range values {
					title := string(rune('a' + i))
					line := ""
					if value != "-" {
						line = key + ": " + value
					}
					pairs = append(pairs, "x/"+title+".md", "---\ntitle: "+title+"\n"+line+"\n---\n")
					items += "- title: " + title + "\n  " + line + "\n"
				}
				if strings.HasPrefix(place, "file") {
					pairs = []string{"data/x.yaml", items}
				}
				s, said := sketch(t, fmt.Sprintf("title: T\nkinds:\n  k:\n    %s\n    sort: %s%s\n    fields: %s\n", place, sign, key, fields), Options{}, pairs...)
				want := test.want
				if sign != "" {
					want = test.back
				}
				var got []string
				for _, p := range s.Kinds[0] {
					got = append(got, p.Title)
				}
				if strings.Join(got, " ") != want || said != "" {
					t.Errorf("%s by %s%s: %q, want %s %s", place, sign, test.sort, got, want, said)
				}
				if strings.HasPrefix(place, "folder") && urls(s.Page("/x/").Pages) != urls(s.Kinds[0]) {
					t.Errorf("by %s%s the section has another order: %s", sign, test.sort, urls(s.Page("/x/").Pages))
				}
			}
		}
	}
}

// A weight goes before the order of a kind; equal values are as in all lists. In a
// file without an order, items stand as they do there.
func TestSortTies(t *testing.T) {
	const yaml = "title: T\nkinds:\n  k:\n    folder: x\n    sort: -n\n    fields: {n: number}\n"
	s, said := sketch(t, yaml, Options{}, "x/a.md", "n: 5", "x/b.md", "n: 9", "x/c.md", "n: 1\nweight: 1", "x/d.md", "weight: -1", "x/e.md", "n: 5\ndate: 2024-01-01", "x/f.md", "")
	if got := urls(s.Kinds[0]); got != "/x/d/ /x/c/ /x/b/ /x/e/ /x/a/ /x/f/" || said != "" {
		t.Error(got, said)
	}
	if p := s.Page("/x/b/"); p.Previous != s.Page("/x/c/") || p.Next != s.Page("/x/e/") {
		t.Error("the neighbours of a page are not those of the list")
	}
	s, _ = sketch(t, "title: T\nkinds:\n  k: {file: data/x.yaml}\n", Options{}, "data/x.yaml", "- {title: Z}\n- {title: A, date: 2024-01-01}\n- {title: M}\n")
	if got := urls(s.Kinds[0]); got != "/x/#z /x/#a /x/#m" {
		t.Error(got)
	}
	text := "- {title: M, n: 0}\n"
	want := "/x/#m"
	for i := range 30 { // many: few are sorted in another way
		text = fmt.Sprintf("- {title: A%02d, n: 1}\n", i) + text
		want += fmt.Sprintf(" /x/#a%02d", 29-i)
	}
	s, _ = sketch(t, "title: T\nkinds:\n  k: {file: data/x.yaml, sort: n, fields: {n: number}}\n", Options{}, "data/x.yaml", text)
	if got := urls(s.Kinds[0]); got != want { // equal ones as in the file
		t.Error(got)
	}
}
