package build

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/prose"
	"kennishub/internal/schema"
	"kennishub/internal/site"
)

var codeSpelling = diag.Define("spelling", diag.Warning,
	"Een woord staat in geen woordenboek",
	"Het is een tikfout, of een woord dat de spellingcontrole niet kent: een naam, een vakwoord of een lange samenstelling. Klopt het woord, zet het dan in de lijst die "+
		"site.yaml noemt met words: {known: data/woordenlijst.yaml}, in de groep waar het bij past. Dan vraagt kennishub er nooit meer naar.")

// Proof is what [Builder.Proofread] found.
type Proof struct {
	Messages []diag.Message // unknown words, sorted: the first place of each in each file
	Readings []Reading      // the hardest text first
}

// Reading is how a page reads.
type Reading struct {
	File  string // from the folder of the site
	Title string
	prose.Reading
}

// text is what an author wrote in one file: a page, or items.
type text struct {
	file    string
	title   string
	words   []string // what is spelt: titles, texts and fields
	reading prose.Reading
}

// Proofread reads every text as an editor would: which words no dictionary has, and
// how hard the text is. It writes nothing. With [ErrContent] the result holds the
// faults, and nothing is read: a broken list of words makes right words wrong. With
// [prose.ErrNoSpeller] the proof holds the readings only.
func (b *Builder) Proofread(ctx context.Context) (*Proof, *Result, error) {
	var texts []text
	var known []string
	b.options.Check = true
	b.inspect = func(s *site.Site, tree *content.Tree) { texts, known = gather(s), tree.Words.Known }
	r, err := b.Build(ctx)
	b.inspect = nil
	if err != nil {
		return nil, r, err
	}
	proof := &Proof{}
	var words []string
	for _, t := range texts {
		words = append(words, t.words...)
		if t.reading.Sentences > 0 {
			proof.Readings = append(proof.Readings, Reading{t.file, t.title, t.reading})
		}
	}
	slices.SortStableFunc(proof.Readings, func(a, b Reading) int { return cmp.Compare(a.Ease(), b.Ease()) })

	unknown, err := prose.Spell(ctx, words, known)
	if err != nil {
		return proof, r, err
	}
	faults := map[string]prose.Unknown{}
	for _, u := range unknown {
		faults[u.Word] = u
	}
	for _, t := range texts {
		var source []byte
		told := map[string]bool{}
		for _, w := range t.words {
			u, wrong := faults[w]
			if !wrong || told[w] {
				continue
			}
			told[w] = true
			if source == nil {
				if source, err = fs.ReadFile(b.root.FS(), t.file); err != nil {
					return proof, r, err
				}
			}
			line, col := find(source, w)
			hint := "klopt het woord? zet het in de woordenlijst (words in site.yaml)"
			if len(u.Suggestions) > 0 {
				hint = fmt.Sprintf("bedoelde je %q? %s", u.Suggestions[0], hint)
			}
			proof.Messages = append(proof.Messages, codeSpelling.At(t.file, line, col, fmt.Sprintf("onbekend woord %q", w), hint))
		}
	}
	slices.SortFunc(proof.Messages, diag.Compare)
	return proof, r, nil
}

// gather takes from the graph what authors wrote, a text for each file.
func gather(s *site.Site) []text {
	texts := []text{declared(s.Config)}
	for _, p := range s.Pages {
		if p.Document != nil {
			t := text{file: p.File(), title: p.Title}
			t.add(p)
			texts = append(texts, t)
		}
		if len(p.Items) > 0 {
			t := text{file: "content/" + p.Items[0].Document.File, title: p.Title}
			for _, item := range p.Items {
				t.add(item)
			}
			texts = append(texts, t)
		}
	}
	return texts
}

// declared is what site.yaml holds for readers and authors to see.
func declared(c *config.Config) text {
	t := text{file: config.File, title: c.Title}
	t.spell(c.Title)
	t.spell(c.Description)
	for _, item := range slices.Concat(c.Menu, c.Footer) {
		t.spell(item.Label)
	}
	for _, k := range c.Kinds {
		t.spell(k.Label.One)
		t.spell(k.Label.Many)
		t.fields(k.Fields)
	}
	for _, v := range c.Vocabularies {
		t.spell(v.Label.Many)
		for _, term := range v.Terms {
			t.spell(term.Label)
			t.spell(term.Description)
		}
	}
	return t
}

func (t *text) fields(fields []*schema.Field) {
	for _, f := range fields {
		t.spell(f.Label)
		t.spell(f.Hint)
		t.spell(f.Inverse)
		for _, o := range f.Choices {
			t.spell(o.Label)
		}
		if f.Of != nil {
			t.fields([]*schema.Field{f.Of})
		}
		t.fields(f.Fields)
	}
}

func (t *text) add(p *site.Page) {
	d := p.Document
	t.spell(d.Title)
	t.spell(d.Description)
	for f, v := range schema.Values(d.Fields) {
		if f.Type == schema.Text {
			t.spell(v.Text)
		}
	}
	t.reading = t.reading.Add(prose.Read(d.Description))
	for _, body := range d.Texts() {
		for _, section := range body.Sections {
			t.spell(section.Title)
			t.spell(section.Text)
			t.reading = t.reading.Add(prose.Read(section.Text))
		}
	}
}

func (t *text) spell(s string) { t.words = slices.AppendSeq(t.words, prose.Words(s)) }

// find gives the place of a word in a file, 0 when it does not stand there as such.
func find(source []byte, word string) (line, col int) {
	text := strings.ReplaceAll(string(source), "’", "'")
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return 0, 0
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(word):])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			start := strings.LastIndexByte(text[:i], '\n') + 1
			return 1 + strings.Count(text[:i], "\n"), 1 + utf8.RuneCountInString(text[start:i])
		}
		from = i + len(word)
	}
}

// ErrNoSpeller says that spelling cannot be checked on this machine.
var ErrNoSpeller = prose.ErrNoSpeller
