package content

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kennishub/internal/markdown"
)

const glossaryYAML = `
title: Proef
kinds:
  begrip:
    folder: begrippen
    glossary: afkorting
    fields: {afkorting: text, uitleg: markdown}
  lijst:
    file: data/lijst.yaml
    fields: {uitleg: markdown}
`

// words are the terms that texts of a tree explain: "file term=words".
func words(tree *Tree) []string {
	var list []string
	for _, d := range tree.Documents {
		for _, text := range d.Texts() {
			for _, h := range text.Holes {
				if h.Kind == markdown.TermHole {
					list = append(list, d.File+" "+h.Dest+"="+h.Text)
				}
			}
		}
	}
	return list
}

// Which words are explained, and where.
func TestGlossary(t *testing.T) {
	const uses = "De AVG en de avg, dan IBP en AVG. Een data-lek. Bijzonder persoonsgegeven.\n"
	for _, test := range []struct {
		name  string
		pages []string
		want  []string
	}{
		{"no pages", nil, nil},
		{"a title and an abbreviation, the first of each text", []string{"begrippen/avg.md", "---\ntitle: Algemene verordening\nafkorting: AVG\n---\n", "b.md", titled + "Algemene verordening (AVG)."},
			[]string{"a.md begrip/avg=AVG", "b.md begrip/avg=Algemene verordening"}},
		{"an id of its own", []string{"begrippen/x.md", "---\ntitle: IBP\nid: eigen\n---\n"}, []string{"a.md begrip/eigen=IBP"}},
		{"a title alone, and a bundle", []string{"begrippen/ibp/index.md", "---\ntitle: IBP\n---\n"}, []string{"a.md begrip/ibp=IBP"}},
		{"the page of the folder and other kinds", []string{"begrippen/_index.md", "---\ntitle: AVG\n---\n", "IBP.md", "---\ntitle: IBP\n---\n"}, nil},
		{"a draft: whether it is shown is not known yet", []string{"begrippen/avg.md", "---\ntitle: AVG\ndraft: true\n---\n"}, []string{"a.md begrip/avg=AVG"}},
		{"a page without a title", []string{"begrippen/avg.md", "---\nafkorting: AVG\n---\n"}, nil},
		{"pages that are faulty", []string{"begrippen/avg.md", "---\ntitle: [AVG\n---\n", "begrippen/ibp.md", "---\n- IBP\n---\n", "begrippen/leeg.md", ""}, nil},
		{"a title in latin1", []string{"begrippen/avg.md", "---\ntitle: AVG\n---\ncaf\xe9"}, []string{"a.md begrip/avg=AVG"}},
		{"texts in fields, of pages and items", []string{"begrippen/avg.md", "---\ntitle: AVG\n---\n", "begrippen/ibp.md", "---\ntitle: IBP\nuitleg: Zie AVG en AVG.\n---\nOok AVG.",
			"data/lijst.yaml", "- {title: X, uitleg: De AVG.}"},
			[]string{"a.md begrip/avg=AVG", "a.md begrip/ibp=IBP", "begrippen/ibp.md begrip/avg=AVG", "begrippen/ibp.md begrip/avg=AVG", "data/lijst.yaml begrip/avg=AVG"}},
	} {
		site := folder(append([]string{"a.md", titled + uses}, test.pages...)...)
		loader, cfg := NewLoader(site, "content", nil), configure(t, glossaryYAML)
		// Loading once more, or after a touch, explains the same words.
		for range 3 {
			if got := words(loader.Load(cfg, nil)); !slices.Equal(got, test.want) {
				t.Errorf("%s: %q, want %q", test.name, got, test.want)
			}
			site["a.md"].ModTime = site["a.md"].ModTime.Add(time.Second)
		}
	}
}

// A page of the glossary whose title is its first heading is met by that title from
// the first build on, or in none.
func TestGlossaryHeading(t *testing.T) {
	loader, cfg := NewLoader(folder("a.md", titled+"De AVG.", "begrippen/avg.md", "# AVG\n"), "content", nil), configure(t, glossaryYAML)
	first := words(loader.Load(cfg, nil))
	if second := words(loader.Load(cfg, nil)); !slices.Equal(first, second) {
		t.Errorf("the first time %q, the second %q", first, second)
	}
}

// Another glossary renders every text anew; the same one leaves documents as they
// were, whatever else changed.
func TestGlossaryAgain(t *testing.T) {
	site := folder("a.md", titled+"De AVG en IBP.", "begrippen/avg.md", "---\ntitle: AVG\n---\nTekst.", "p.pdf", "x")
	fsys := &counting{FS: site}
	loader, cfg := NewLoader(fsys, "content", nil), configure(t, glossaryYAML)
	edit := func(name, text string) {
		site[name].ModTime = site[name].ModTime.Add(time.Second)
		site[name].Data = []byte(text)
	}
	first := loader.Load(cfg, nil)
	if second := loader.Load(cfg, nil); !slices.Equal(first.Documents, second.Documents) {
		t.Error("nothing changed, but documents are others")
	}
	edit("begrippen/avg.md", "---\ntitle: AVG\n---\nAndere tekst.")
	if now := loader.Load(cfg, nil); now.Documents[0] != first.Documents[0] || now.Documents[1] == first.Documents[1] {
		t.Error("a text in the glossary changed, and not just its own document")
	}
	fsys.take()
	edit("begrippen/avg.md", "---\ntitle: AVG\nafkorting: IBP\n---\nAndere tekst.")
	now := loader.Load(cfg, nil)
	if got := words(now); now.Documents[0] == first.Documents[0] || !slices.Equal(got, []string{"a.md begrip/avg=AVG"}) {
		t.Errorf("the words changed, and the texts explain %q", got)
	}
	if opened := fsys.take(); slices.Contains(opened, "p.pdf") {
		t.Errorf("another glossary reads %q again", opened)
	}
	edit("begrippen/avg.md", "---\ntitle: IBP\n---\n")
	if got := words(loader.Load(cfg, nil)); !slices.Equal(got, []string{"a.md begrip/avg=IBP"}) {
		t.Errorf("the words changed, and the texts explain %q", got)
	}
	delete(site, "begrippen/avg.md")
	if got := words(loader.Load(cfg, nil)); got != nil {
		t.Errorf("the glossary is gone, and the texts explain %q", got)
	}
	if said := written(loader.Load(cfg, nil)); strings.Count(said, "[") != 1 { // the file of the lists
		t.Error(said)
	}
}
