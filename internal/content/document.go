package content

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
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
		"Een bestand is geen UTF-8",
		"Kennishub leest teksten en gegevens als UTF-8. In een andere codering worden letters met accenten onleesbaar. Open het bestand in je editor en kies opslaan met codering UTF-8.")
	codeUnclosed = diag.Define("front-matter-open", diag.Error,
		"De front matter wordt niet gesloten",
		"Front matter staat tussen twee regels met precies drie streepjes. Zonder de tweede regel is niet te zien waar de tekst begint. Zet een regel met --- onder de laatste sleutel.")
	codeUnopened = diag.Define("front-matter-begin", diag.Error,
		"De eerste regel van de front matter ontbreekt",
		"Front matter staat tussen twee regels met precies drie streepjes. Staat de bovenste er niet, of staat er iets anders, dan is het voor andere programma's gewone tekst. Zet op de eerste regel van het bestand: ---")
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
	d := newDocument(name, version)
	at := l.at(name)
	source, d.Messages = checkBytes(at, source)
	said := len(d.Messages)
	s, messages := splitFront(at, source)
	root, faults := yaml.Parse(at, s.matter, s.matterLine)
	d.Matter = cache.KeyOf(s.matter)
	d.BodyLine, d.Messages = s.bodyLine, slices.Concat(d.Messages, messages, faults)
	front := yaml.Read(at, root, &d.Messages)
	// When one fault hides all keys, that each of them is missing is no news.
	hidden := diag.HasErrors(d.Messages[said:]) && len(front.Node.Pairs) == 0
	d.common(front)
	l.place(d)
	if !hidden {
		l.fields(d, at, front)
	}
	l.body(d, at, s.body)
	if d.Title == "" {
		d.Title = d.Name()
		if !hidden {
			line, col := d.Position("title")
			d.Messages = append(d.Messages, codeNoTitle.At(at, line, col, "de pagina heeft geen titel", "zet in de front matter: title: …"))
		}
	}
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

// split is a source taken apart.
type split struct {
	matter, body         []byte
	matterLine, bodyLine int // lines before each
}

// splitFront takes a source apart into front matter and text. The library does
// the splitting; front matter that it would pass over in silence is looked for
// first.
func splitFront(at string, source []byte) (split, []diag.Message) {
	trimmed := bytes.TrimLeftFunc(source, unicode.IsSpace)
	start := bytes.Count(source[:len(source)-len(trimmed)], []byte("\n")) + 1
	first, _, _ := bytes.Cut(trimmed, []byte("\n"))
	switch first := string(bytes.TrimSpace(first)); first {
	case fence:
	case "+++", ";;;", "{", "---json", "---toml", "---yaml":
		return split{body: source}, []diag.Message{codeForeignFront.At(at, start, 1, "de front matter begint met "+first, "zet er een regel --- boven en onder, met sleutels in YAML ertussen")}
	default:
		if s, ok := splitUnopened(source, start); ok {
			return s, []diag.Message{codeUnopened.At(at, start, 1, "hier begint front matter, maar de regel --- erboven ontbreekt", "zet op de eerste regel van het bestand: ---")}
		}
		return split{body: source}, nil
	}
	var matter []byte
	format := frontmatter.NewFormat(fence, fence, func(data []byte, v any) error {
		*v.(*[]byte) = bytes.Clone(data)
		return nil
	})
	body, err := frontmatter.MustParse(bytes.NewReader(source), &matter, format)
	if err != nil {
		return split{bodyLine: start}, []diag.Message{codeUnclosed.At(at, start, 1, "de front matter die hier begint, wordt niet gesloten", "zet een regel met --- onder de laatste sleutel")}
	}
	above := source[:len(source)-len(body)]
	lines := bytes.Count(above, []byte("\n"))
	if !bytes.HasSuffix(above, []byte("\n")) {
		lines++ // the file ends with the fence
	}
	return split{matter: matter, body: body, matterLine: start, bodyLine: lines}, nil
}

// key is how a key of front matter begins a line. Sentences hardly ever begin so.
var key = regexp.MustCompile(`^[a-z][\w-]*:(\s|$)`)

// splitUnopened takes a source apart whose front matter begins at a line without a
// fence above it, or under dashes that are none. It reports false for a text that only
// has a thematic break or an underlined heading: not every line above that is a key
// or belongs to one, or there is neither a title nor a block of keys.
func splitUnopened(source []byte, start int) (split, bool) {
	s := split{matterLine: start - 1}
	var from, to, keys int // where front matter begins, where a line ends, and how many keys there are
	var titled, blank bool
	for line := range bytes.Lines(source) {
		s.bodyLine++
		to += len(line)
		switch text := bytes.TrimSpace(line); {
		case s.bodyLine < start:
			from = to
		case s.bodyLine == start && len(bytes.Trim(text, "-–—")) == 0:
			s.matterLine, from = start, to
		case string(text) == fence:
			s.matter, s.body = source[from:to-len(line)], source[to:]
			return s, titled || keys > 1 && !blank
		case key.Match(line):
			keys++
			titled = titled || bytes.HasPrefix(line, []byte("title:"))
		case keys == 0:
			return split{}, false
		case len(text) == 0:
			blank = true
		case text[0] != '#' && line[0] != ' ' && !bytes.HasPrefix(text, []byte("- ")):
			return split{}, false
		}
	}
	return split{}, false
}

// common reads the keys that every page may have; an item does not have those that
// are about a page of its own.
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
	d.Tags = texts(f, "tags")
	d.ID = f.Text("id")
	d.OwnID = d.ID != ""
	d.Example = f.Bool("voorbeeld")
	d.Names = f.Texts("ook_bekend_als")
	if !d.Item {
		d.page(f)
	}
	if !d.PublishDate.IsZero() && !d.ExpiryDate.IsZero() && !d.PublishDate.Before(d.ExpiryDate) {
		f.Fault(codeDateOrder, f.Get("expiryDate"), "de pagina verloopt voordat zij verschijnt", "zet expiryDate na publishDate")
	}
}

// page reads the keys of what has a page of its own.
func (d *Document) page(f *yaml.Fields) {
	d.Weight = f.Int("weight", -1_000_000, 1_000_000)
	d.slug = f.Text("slug")
	d.Aliases = texts(f, "aliases")
	d.Layout = f.Text("layout")
	d.Image = pageImage(f)
	switch {
	case d.slug == "":
	case d.home():
		f.Fault(codeSlug, f.Get("slug"), "de startpagina kan geen slug hebben", "haal de slug weg")
		d.slug = ""
	case d.Section:
		f.Fault(codeSlug, f.Get("slug"), "de pagina van een map kan geen slug hebben", "geef de map zelf een andere naam")
		d.slug = ""
	case Slug(d.slug) != d.slug:
		f.Fault(codeSlug, f.Get("slug"), fmt.Sprintf("%q kan geen deel van een adres zijn", d.slug), fmt.Sprintf("schrijf: slug: %s", Slug(d.slug)))
		d.slug = Slug(d.slug)
	}
}

// pageImage reads the image of a page. Like one in a text it needs an alternative for
// who does not see it.
func pageImage(f *yaml.Fields) *Image {
	n := f.Get("image")
	if n == nil {
		return nil
	}
	if n.Kind != yaml.Map {
		name := f.Text("image")
		if name == "" {
			return nil
		}
		f.Fault(codeAlt, n, fmt.Sprintf("de afbeelding %s heeft geen tekstalternatief", name), fmt.Sprintf("schrijf: image: {file: %s, alt: wat er te zien is}, of alt: decoratief als zij niets vertelt", name))
		return &Image{File: Text{Text: name, Line: n.Line, Col: n.Col}}
	}
	in := f.In("image", n)
	at := in.Get("file")
	name, alt := in.Text("file"), in.Text("alt")
	in.Need("file", "alt")
	in.NoOthers()
	if at == nil || name == "" {
		return nil
	}
	if strings.EqualFold(alt, "decoratief") || strings.EqualFold(alt, "decorative") {
		alt = ""
	}
	return &Image{File: Text{Text: name, Line: at.Line, Col: at.Col}, Alt: alt}
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
		l.fieldTexts(d, at)
	}
	f.NoOthers(own...)
}

// fieldTexts renders the Markdown fields. Their ids start with their place among
// the fields, so that they differ from those of the body.
func (l *Loader) fieldTexts(d *Document, at string) {
	for f, v := range schema.Values(d.Fields) {
		if f.Type != schema.Markdown {
			continue
		}
		t := fieldText{value: *v, line: v.Line - 1}
		prefix := fmt.Sprintf("veld-%d_", len(d.fieldTexts)+1)
		if d.Item {
			prefix = d.ID + "-" + prefix
		}
		t.text = l.render.RenderField([]byte(v.Text), prefix)
		for _, p := range t.text.Problems {
			d.Messages = append(d.Messages, problem(at, t.line, p))
		}
		d.fieldTexts = append(d.fieldTexts, t)
	}
}

// buffers are what renderings are written to on their way to the cache, which keeps
// none of them.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func (l *Loader) keep(key cache.Key, body *markdown.Document) {
	if l.cache == nil {
		return
	}
	buffer := buffers.Get().(*[]byte)
	if value, err := body.AppendBinary((*buffer)[:0]); err == nil {
		l.cache.Put(key, value)
		*buffer = value
	}
	buffers.Put(buffer)
}

// body renders the Markdown, or takes the rendering from the cache.
func (l *Loader) body(d *Document, at string, source []byte) {
	key := cache.KeyOf([]byte(l.options), []byte(d.Title), source)
	if value, ok := l.cache.Get(key); ok {
		d.Body = new(markdown.Document)
		if d.Body.UnmarshalBinary(value) != nil {
			d.Body = nil
		}
	}
	if d.Body == nil {
		d.Body = l.render.Render(source, d.Title)
		l.keep(key, d.Body)
	}
	for _, p := range d.Body.Problems {
		d.Messages = append(d.Messages, problem(at, d.BodyLine, p))
	}
	if d.Title == "" {
		d.Title = d.Body.Title
	}
}
