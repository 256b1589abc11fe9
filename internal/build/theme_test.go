package build

import (
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The built-in theme has a style for every class that texts can have: what is
// meant for ears only would otherwise be seen.
func TestThemeKnowsTheClassesOfTexts(t *testing.T) {
	const text = "---\ntitle: A\n---\n" +
		"Een noot[^1] en ![een plaatje](https://example.org/x.png).\n\n- [x] gedaan\n- [ ] nog niet\n\n" +
		"> [!NOTE]\n> a\n\n> [!TIP]\n> b\n\n> [!IMPORTANT]\n> c\n\n> [!WARNING]\n> d\n\n> [!CAUTION]\n> e\n\n" +
		"| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\n```go\nx := 1\n```\n\n[^1]: De noot.\n"
	dir := t.TempDir()
	files{"site.yaml": "title: Proef\n", "content/a.md": text}.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day, Lenient: true}
	build(t, o)
	site := published(t, o.Output)
	css := ""
	for name, data := range site {
		if path.Ext(name) == ".css" {
			css += data
		}
	}
	root, err := html.Parse(strings.NewReader(site["a/index.html"]))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			// Colours of code are many, and plain code is readable too.
			if a.Key != "class" || !within(n, "prose") || n.Data == "span" && n.Parent.Data == "code" || n.Data == "code" {
				continue
			}
			for class := range strings.FieldsSeq(a.Val) {
				// A note looks as alerts do; the others differ from it.
				if !seen[class] && class != "alert-note" && !strings.Contains(css, "."+class) {
					t.Errorf("the theme has no style for .%s", class)
				}
				seen[class] = true
			}
		}
	}
	for _, class := range []string{"visually-hidden", "task", "footnote-ref", "alert-caution", "align-right", "missing-image"} {
		if !seen[class] {
			t.Errorf("the text has no .%s: %q", class, slices.Sorted(maps.Keys(seen)))
		}
	}
}

// within reports whether n is inside an element of that class.
func within(n *html.Node, class string) bool {
	for p := range n.Ancestors() {
		for _, a := range p.Attr {
			if a.Key == "class" && slices.Contains(strings.Fields(a.Val), class) {
				return true
			}
		}
	}
	return false
}
