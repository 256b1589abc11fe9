package content

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"kennishub/internal/cache"
	"kennishub/internal/markdown"
	"kennishub/internal/parallel"
	"kennishub/internal/schema"
	"kennishub/internal/yaml"
)

// glossary finds the words that texts explain at their first use, and makes the
// renderer for them. When they changed, every text is rendered anew.
func (l *Loader) glossary(files []file) {
	own := slices.DeleteFunc(slices.Clone(files), func(f file) bool {
		k := l.kindOf(f.name)
		return k == nil || k.Glossary == "" || !strings.HasSuffix(f.name, ".md") || strings.HasSuffix(f.name, "_index.md")
	})
	found := make([]explained, len(own))
	parallel.Each(len(own), func(i int) { found[i] = l.explained(own[i]) })
	l.explains = make(map[string]explained, len(own))
	var terms []markdown.Term
	for i, e := range found {
		l.explains[own[i].name] = e
		if len(e.term.Names) > 0 {
			terms = append(terms, e.term)
		}
	}
	options := markdown.Options{Tags: l.config.Markdown.Tags, Language: l.config.Language, Terms: terms}
	if key := options.Key(); l.render == nil || key != l.options {
		l.render, l.options = markdown.New(options), key
		l.forget()
	}
}

// explained is what a page of the glossary explains. It has no names when its front
// matter has no title.
type explained struct {
	stamp Stamp
	term  markdown.Term
}

// explained reads the front matter of a page of the glossary, unless it is known.
func (l *Loader) explained(f file) explained {
	info, err := l.info(f)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxText {
		return explained{}
	}
	e := explained{stamp: StampOf(info)}
	if before, ok := l.explains[f.name]; ok && before.stamp.sameAs(e.stamp) && !before.stamp.Racy {
		return before
	}
	source, err := fs.ReadFile(l.fsys, f.name)
	if err != nil {
		return explained{}
	}
	d := newDocument(f.name, cache.Key{})
	source, _ = checkBytes(f.name, source)
	s, _ := splitFront(f.name, source)
	root, _ := yaml.Parse(f.name, s.matter, s.matterLine)
	d.common(yaml.Read(f.name, root, &d.Messages))
	if d.Title == "" {
		return e
	}
	l.place(d)
	e.term = markdown.Term{ID: TermID(d.Kind, d.ID), Names: []string{inSentence(d.Title)}}
	d.Fields, _ = d.Kind.Check(f.name, root)
	for _, v := range d.Fields {
		if v.Field.Name == d.Kind.Glossary {
			e.term.Names = append(e.term.Names, v.Value.Text)
		}
	}
	return e
}

// inSentence is a title as it stands in the middle of a sentence: with a small first
// letter, unless its first word has other capitals.
func inSentence(title string) string {
	first, rest, _ := strings.Cut(title, " ")
	_, size := utf8.DecodeRuneInString(first)
	if tail := first[size:]; tail == "" || tail != strings.ToLower(tail) {
		return title
	}
	return strings.TrimSuffix(strings.ToLower(first)+" "+rest, " ")
}

// TermID is how holes in texts name a page of the glossary.
func TermID(k *schema.Kind, id string) string { return k.Name + "/" + id }
