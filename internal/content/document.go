package content

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/adrg/frontmatter"

	"kennishub/internal/cache"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
	"kennishub/internal/schema"
	"kennishub/internal/yaml"
)

var (
	codeBOM = diag.Define("byte-order-mark", diag.Warning,
		"Een bestand begint met een byte order mark",
		"Sommige programma's zetten onzichtbare bytes vooraan een bestand. Kennishub slaat ze over, maar andere programma's zien dan geen front matter. Sla het bestand op als \"UTF-8\" en niet als \"UTF-8 met BOM\".")
	codeNotUTF8 = diag.Define("tekst-geen-utf8", diag.Error,
		"Een Markdown-bestand is geen UTF-8",
		"Kennishub leest teksten als UTF-8. In een andere codering worden letters met accenten onleesbaar. Open het bestand in je editor en kies opslaan met codering UTF-8.")
	codeUnclosed = diag.Define("front-matter-open", diag.Error,
		"De front matter wordt niet gesloten",
		"Front matter staat tussen twee regels met precies drie streepjes. Zonder de tweede regel is niet te zien waar de tekst begint. Zet een regel met --- onder de laatste sleutel.")
	codeForeignFront = diag.Define("front-matter-taal", diag.Error,
		"De front matter is geen YAML",
		"Kennishub leest front matter in YAML, tussen regels met ---. TOML (tussen +++) en JSON worden niet gelezen. Schrijf elke sleutel als `sleutel: waarde`.")
	codeNoTitle = diag.Define("titel-ontbreekt", diag.Error,
		"Een pagina heeft geen titel",
		"De titel staat boven de pagina, in lijsten, in zoekresultaten en in het tabblad. Zet `title:` in de front matter.")
	codeSlug = diag.Define("slug", diag.Error,
		"De slug kan geen deel van een adres zijn",
		"Een slug vervangt het laatste deel van het adres van een pagina. Gebruik kleine letters, cijfers en streepjes. Een map krijgt een ander adres door haar een andere naam te geven.")
	codeDateOrder = diag.Define("datum-volgorde", diag.Error,
		"Twee datums staan in de verkeerde volgorde",
		"Een pagina kan niet verlopen voordat zij verschijnt. Zo zou zij nooit te zien zijn.")
)

// document reads a Markdown file.
func (l *Loader) document(name string, source []byte, version cache.Key) *Document {
	d := &Document{File: name, Version: version}
	at := l.at(name)
	source, messages := checkBytes(at, source)
	d.Messages = messages
	matter, body, line, messages := splitFront(at, source)
	d.Messages = append(d.Messages, messages...)
	d.BodyLine = line
	root, messages := yaml.Parse(at, matter, matterLine(source))
	d.Messages = append(d.Messages, messages...)
	front := yaml.Read(at, root, &d.Messages)
	d.common(front)
	l.place(d)
	l.fields(d, at, front)
	l.text(d, at, body)
	return d
}

// checkBytes takes off a byte order mark and makes the text valid UTF-8.
func checkBytes(at string, source []byte) ([]byte, []diag.Message) {
	var messages []diag.Message
	if rest, ok := bytes.CutPrefix(source, []byte("\xef\xbb\xbf")); ok {
		source = rest
		messages = append(messages, codeBOM.At(at, 1, 1, "het bestand begint met een byte order mark", "sla het op als UTF-8 zonder BOM"))
	}
	if utf8.Valid(source) {
		return source, messages
	}
	line, col := 1, 1
	for rest := source; ; {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			break
		}
		rest, col = rest[size:], col+1
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	messages = append(messages, codeNotUTF8.At(at, line, col, "dit teken is geen UTF-8", "sla het bestand op met codering UTF-8"))
	return bytes.ToValidUTF8(source, []byte("\uFFFD")), messages
}

// fence is the line that opens and closes front matter.
const fence = "---"

// matterLine is the number of lines before the YAML of the front matter.
func matterLine(source []byte) int {
	blank := len(source) - len(bytes.TrimLeft(source, " \t\r\n"))
	return bytes.Count(source[:blank], []byte("\n")) + 1
}

// splitFront takes a source apart into front matter and text; line is the number
// of lines before the text. The library does the splitting; what it passes over
// in silence (front matter that is not closed, or in another language) is looked
// for first.
func splitFront(at string, source []byte) (matter, body []byte, line int, messages []diag.Message) {
	trimmed := bytes.TrimLeft(source, " \t\r\n")
	first, rest, _ := bytes.Cut(trimmed, []byte("\n"))
	switch string(bytes.TrimRight(first, " \t\r")) {
	case fence:
	case "+++", ";;;", "---json", "---toml", "---yaml":
		return nil, source, 0, []diag.Message{codeForeignFront.At(at, matterLine(source), 1, "de front matter begint met "+string(bytes.TrimSpace(first)), "zet er een regel --- boven en onder, met sleutels in YAML ertussen")}
	default:
		return nil, source, 0, nil
	}
	if !closes(rest) {
		start := matterLine(source)
		return nil, nil, start, []diag.Message{codeUnclosed.At(at, start, 1, "de front matter die hier begint, wordt niet gesloten", "zet een regel met --- onder de laatste sleutel")}
	}
	format := frontmatter.NewFormat(fence, fence, func(data []byte, v any) error {
		*v.(*[]byte) = bytes.Clone(data)
		return nil
	})
	body, err := frontmatter.MustParse(bytes.NewReader(source), &matter, format)
	if err != nil {
		if errors.Is(err, frontmatter.ErrNotFound) {
			return nil, source, 0, nil
		}
		return nil, source, 0, []diag.Message{codeForeignFront.At(at, 1, 1, "de front matter kan niet worden gelezen: "+err.Error(), "")}
	}
	return matter, body, bytes.Count(source[:len(source)-len(body)], []byte("\n")), nil
}

// closes reports whether a line of rest is the closing fence.
func closes(rest []byte) bool {
	for len(rest) > 0 {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		if string(bytes.TrimSpace(line)) == fence {
			return true
		}
	}
	return false
}

// common reads the keys that every page may have.
func (d *Document) common(f *yaml.Fields) {
	d.keys = make(map[string][2]int, len(f.Node.Pairs))
	for _, p := range f.Node.Pairs {
		d.keys[p.Key.Text] = [2]int{p.Key.Line, p.Key.Col}
	}
	d.Title = f.Text("title")
	d.Description = f.Text("description")
	d.Date = schema.ReadDate(f, "date").Start
	d.Updated = schema.ReadDate(f, "updated").Start
	d.Draft = f.Bool("draft")
	d.PublishDate = schema.ReadDate(f, "publishDate").Start
	d.ExpiryDate = schema.ReadDate(f, "expiryDate").Start
	d.slug = f.Text("slug")
	d.Aliases = texts(f, "aliases")
	d.Weight = f.Int("weight", -1_000_000, 1_000_000)
	d.Tags = texts(f, "tags")
	d.Layout = f.Text("layout")
	if n := f.Get("image"); n != nil {
		d.Image = &Text{Text: f.Text("image"), Line: n.Line, Col: n.Col}
	}
	d.ID = f.Text("id")
	d.Example = f.Bool("voorbeeld")
	d.Names = f.Texts("ook_bekend_als")

	base := path.Base(d.File)
	switch {
	case d.slug == "":
	case base == "_index.md":
		f.Fault(codeSlug, f.Get("slug"), "de pagina van een map kan geen slug hebben", "geef de map zelf een andere naam")
		d.slug = ""
	case Slug(d.slug) != d.slug:
		f.Fault(codeSlug, f.Get("slug"), fmt.Sprintf("%q kan geen deel van een adres zijn", d.slug), fmt.Sprintf("schrijf: slug: %s", Slug(d.slug)))
		d.slug = Slug(d.slug)
	}
	if !d.PublishDate.IsZero() && !d.ExpiryDate.IsZero() && !d.PublishDate.Before(d.ExpiryDate) {
		f.Fault(codeDateOrder, f.Get("expiryDate"), "de pagina verloopt voordat zij verschijnt", "zet expiryDate na publishDate")
	}
}

// texts reads a list of texts with their positions.
func texts(f *yaml.Fields, key string) []Text {
	words := f.Texts(key)
	if len(words) == 0 {
		return nil
	}
	list := make([]Text, 0, len(words))
	for _, n := range f.Get(key).Items {
		if text := strings.TrimSpace(n.Text); n.Kind == yaml.Scalar && text != "" {
			list = append(list, Text{Text: text, Line: n.Line, Col: n.Col})
		}
	}
	return list
}

// fields reads the fields of the page's kind, and reports keys that neither
// every page nor the kind has.
func (l *Loader) fields(d *Document, at string, f *yaml.Fields) {
	var own []string
	if d.Kind != nil {
		var messages []diag.Message
		d.Fields, messages = d.Kind.Check(at, f.Node)
		d.Messages = append(d.Messages, messages...)
		for _, field := range d.Kind.Fields {
			own = append(own, field.Name)
		}
	}
	f.NoOthers(own...)
}

// text renders the Markdown, or takes the rendering from the cache.
func (l *Loader) text(d *Document, at string, body []byte) {
	key := cache.KeyOf([]byte(markdownOptions(l.config).Key()), []byte(d.Title), body)
	if value, ok := l.cache.Get(key); ok {
		d.Body = new(markdown.Document)
		if d.Body.UnmarshalBinary(value) != nil {
			d.Body = nil
		}
	}
	if d.Body == nil {
		d.Body = l.render.Render(body, d.Title)
		if value, err := d.Body.AppendBinary(nil); err == nil {
			l.cache.Put(key, value)
		}
	}
	for _, p := range d.Body.Problems {
		d.Messages = append(d.Messages, problem(at, d.BodyLine, p))
	}
	if d.Title == "" {
		d.Title = d.Body.Title
	}
	if d.Title == "" {
		d.Title = d.Name()
		d.Messages = append(d.Messages, codeNoTitle.At(at, 1, 1, "de pagina heeft geen titel", "zet in de front matter: title: …"))
	}
}
