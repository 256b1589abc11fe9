// Package yaml reads YAML strictly and remembers where everything stands.
//
// [Parse] turns one document into a tree of [Node]s with positions in the file.
// [Read] then takes a map apart key by key: its [Fields] give typed values, and
// note every key that is unknown, missing or of the wrong sort:
//
//	root, messages := yaml.Parse("site.yaml", source, 0)
//	fields := yaml.Read("site.yaml", root, &messages)
//	title := fields.Text("title")
//	items := fields.Int("items", 1, 100)
//	fields.Need("title")
//	fields.NoOthers()
//
// The language is a part of YAML that holds no surprises: one document, keys
// that are words and stand there once, no tags (!!str), no merge keys (<<), and
// aliases that together bring in at most 10,000 nodes. A word such as "no" or
// "ja" is text. Lines end in LF or CRLF.
//
// This is the only package that knows the YAML library. Nothing here panics,
// whatever the input; every position lies within the file.
package yaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"kennishub/internal/diag"
)

const (
	maxDepth      = 50     // of maps and lists in each other
	maxAliased    = 10_000 // nodes that the aliases of one file bring in together
	maxCharacters = 5      // messages about forbidden characters in one file
)

var (
	codeEncoding = diag.Define("geen-utf8", diag.Error,
		"Het bestand is niet in UTF-8 opgeslagen",
		"Kennishub leest alleen tekst in UTF-8. Zet in je editor de codering op UTF-8 en sla het bestand opnieuw op; "+
			"letters met accenten zijn daarna meestal weer goed.")
	codeCharacter = diag.Define("verboden-teken", diag.Error,
		"Er staat een onzichtbaar teken in YAML dat er niet mag staan",
		"Stuurtekens en bijzondere regeleinden komen mee bij plakken uit een ander programma. Ze zijn onzichtbaar en "+
			"verschuiven waarden of regelnummers. Haal het teken op de genoemde plaats weg.")
	codeSyntax = diag.Define("yaml-syntaxis", diag.Error,
		"De YAML is niet goed geschreven",
		"YAML staat tussen de --- bovenaan een pagina en in site.yaml. Elke regel is `sleutel: waarde`; wat bij een sleutel hoort, springt in "+
			"met spaties (nooit met tabs). Een waarde met een dubbele punt, een # of een aanhalingsteken erin zet je tussen aanhalingstekens: "+
			"`title: \"AI: wat nu?\"`.")
	codeDocuments = diag.Define("yaml-meer-documenten", diag.Error,
		"Er staat meer dan één YAML-document in het bestand",
		"Een regel met alleen --- begint een nieuw document. Kennishub leest er één per bestand; haal de regel weg of verdeel de inhoud over meer bestanden.")
	codeKey = diag.Define("ongeldige-sleutel", diag.Error,
		"Dit kan geen sleutel zijn",
		"Een sleutel is een woord: geen lijst, geen blok en niet leeg. Staat er `{{ … }}` in een waarde, zet die waarde dan tussen "+
			"aanhalingstekens. De samenvoegsleutel `<<` wordt niet gelezen: schrijf de sleutels uit.")
	codeDuplicateKey = diag.Define("dubbele-sleutel", diag.Error,
		"Dezelfde sleutel staat er twee keer",
		"Van twee gelijke sleutels zou er één ongemerkt verdwijnen. Haal er een weg, of voeg de waarden samen tot een lijst.")
	codeTag = diag.Define("yaml-tag", diag.Error,
		"Een YAML-tag zoals !!str wordt niet gelezen",
		"Welke soort een waarde heeft, volgt uit het veld. Moet iets als tekst worden gelezen, zet er dan aanhalingstekens om.")
	codeAlias = diag.Define("yaml-verwijzing", diag.Error,
		"Een verwijzing in YAML (met * en &) klopt niet",
		"Met `&naam` geef je een waarde een naam en met `*naam` herhaal je haar. De naam moet eerder in hetzelfde bestand staan, een waarde mag "+
			"zichzelf niet bevatten, en alle herhalingen samen hebben een grens. Begint een gewone tekst met * of &, zet er dan aanhalingstekens om.")
	codeDepth = diag.Define("yaml-te-diep", diag.Error,
		"De YAML is te diep genest",
		"Lijsten en blokken mogen vijftig diep in elkaar staan. Dieper is bijna altijd een vergissing, zoals een haakje te veel.")
)

// Parse reads one YAML document. Line is the number of lines that stand before
// src in the file: 0 for a whole file, 1 for front matter under a first "---".
//
// The root has kind [Null] when src holds no value, or when a syntax error left
// nothing to read. A byte order mark at the start is skipped.
func Parse(file string, src []byte, line int) (*Node, []diag.Message) {
	p := &parse{file: file, offset: line, src: bytes.TrimPrefix(src, []byte("\ufeff"))}
	p.lines = lineCount(p.src)
	root := &Node{Line: line + 1, Col: 1}
	if !p.readable() {
		return root, p.messages
	}
	if plain, ok := p.plain(); ok {
		return plain, nil
	}
	return p.library(root), p.messages
}

// library lets the library read src into root.
func (p *parse) library(root *Node) *Node {
	decoder := yaml.NewDecoder(bytes.NewReader(p.src))
	var document yaml.Node
	if p.next(decoder, &document) != nil {
		return root
	}
	p.node(root, document.Content[0], 1)

	var second yaml.Node
	if p.next(decoder, &second) == nil {
		p.fault(codeDocuments, second.Line, second.Column, "er begint een tweede YAML-document",
			"haal de regel met --- weg; er is één document per bestand")
	}
	return root
}

// parse is the state of one call of [Parse].
type parse struct {
	file      string
	src       []byte // without byte order mark
	offset    int    // lines before src
	lines     int    // in src
	messages  []diag.Message
	aliases   []*yaml.Node // being expanded, the outermost first
	aliased   int          // nodes that aliases brought in
	exhausted bool         // aliased went over its limit
}

// lineCount counts lines; what stands behind the last line feed is one too.
func lineCount(src []byte) int {
	n := bytes.Count(src, []byte("\n"))
	if !bytes.HasSuffix(src, []byte("\n")) {
		n++
	}
	return n
}

// fault notes a message at a place in src, both 1-based.
func (p *parse) fault(code *diag.Code, line, col int, text, hint string) {
	line, col = p.within(line, col)
	p.messages = append(p.messages, code.At(p.file, line+p.offset, col, text, hint))
}

// within moves a place after the last line, where the library sees the end of
// the text, to the end of the last line that holds something.
func (p *parse) within(line, col int) (int, int) {
	if line <= p.lines {
		return line, col
	}
	text := bytes.TrimRight(p.src, " \r\n")
	start := bytes.LastIndexByte(text, '\n') + 1
	return 1 + bytes.Count(text, []byte("\n")), 1 + utf8.RuneCount(text[start:])
}

// readable reports whether src is UTF-8 text that the library counts lines in as
// an editor does.
func (p *parse) readable() bool {
	line, col, characters := 1, 1, 0
	for i := 0; i < len(p.src); {
		b := p.src[i]
		if b >= ' ' && b < 0x7f || b == '\t' {
			i++
			col++
			continue
		}
		if b == '\n' {
			i++
			line, col = line+1, 1
			continue
		}
		r, size := utf8.DecodeRune(p.src[i:])
		if r == utf8.RuneError && size == 1 {
			p.fault(codeEncoding, line, col, "dit is geen UTF-8", "sla het bestand op met de codering UTF-8")
			return false
		}
		if name := forbidden(p.src[i:], r); name != "" {
			p.fault(codeCharacter, line, col, fmt.Sprintf("onzichtbaar teken U+%04X (%s)", r, name), "haal het teken weg")
			if characters++; characters == maxCharacters {
				return false
			}
		}
		i += size
		col++
	}
	return characters == 0
}

// forbidden names the character r, with which text starts, when it may not stand
// in YAML. To the library NEL, LS, PS and a bare CR end a line, to editors they
// do not.
func forbidden(text []byte, r rune) string {
	switch {
	case r == '\r':
		if len(text) > 1 && text[1] == '\n' {
			return ""
		}
		return "regeleinde van een oude Mac"
	case r == 0x2028, r == 0x2029, r == 0x85:
		return "bijzonder regeleinde"
	case r < ' ', r >= 0x7f && r < 0xa0:
		return "stuurteken"
	case r == 0xfeff:
		return "bytevolgordemarkering"
	case r == 0xfffe, r == 0xffff:
		return "geen teken"
	}
	return ""
}

// next reads a document into out. A fault is noted; [io.EOF] is not a fault.
func (p *parse) next(decoder *yaml.Decoder, out *yaml.Node) error {
	err := decoder.Decode(out)
	if err != nil && !errors.Is(err, io.EOF) {
		p.syntaxFault(decoder, err)
	}
	return err
}

// node writes n to out. The place of an alias is that of the value it repeats:
// that is where a fault in the value must be mended.
func (p *parse) node(out *Node, n *yaml.Node, depth int) {
	if n.Kind == yaml.AliasNode {
		p.alias(out, n, depth)
		return
	}
	line, col := p.within(n.Line, n.Column)
	out.Line, out.Col = line+p.offset, col
	if len(p.aliases) > 0 {
		if p.aliased++; p.aliased > maxAliased {
			p.exhausted = true
			return
		}
	}
	if depth > maxDepth {
		p.fault(codeDepth, n.Line, n.Column, fmt.Sprintf("hier staan meer dan %d lijsten en blokken in elkaar", maxDepth), "maak de YAML minder diep")
		return
	}
	if n.Style&yaml.TaggedStyle != 0 {
		p.fault(codeTag, n.Line, n.Column, fmt.Sprintf("de tag %s wordt niet gelezen", n.Tag), "zet een waarde die met een uitroepteken begint tussen aanhalingstekens")
	}
	switch n.Kind {
	case yaml.ScalarNode:
		p.scalar(out, n)
	case yaml.SequenceNode:
		out.Kind = List
		nodes := make([]Node, len(n.Content))
		out.Items = make([]*Node, len(n.Content))
		for i, item := range n.Content {
			p.node(&nodes[i], item, depth+1)
			out.Items[i] = &nodes[i]
		}
	case yaml.MappingNode:
		p.pairs(out, n, depth)
	}
}

func (p *parse) scalar(out *Node, n *yaml.Node) {
	switch n.Tag {
	case "!!null":
		return
	case "!!int", "!!float", "!!bool", "!!timestamp":
		out.Tag = n.Tag[2:]
	default:
		out.Tag = "str"
	}
	out.Kind, out.Text = Scalar, n.Value
	out.Block = n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

func (p *parse) pairs(out *Node, n *yaml.Node, depth int) {
	out.Kind = Map
	nodes := make([]Node, len(n.Content))
	out.Pairs = make([]Pair, 0, len(n.Content)/2)
	lines := make(map[string]int, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if !p.key(k) {
			continue
		}
		if first, ok := lines[k.Value]; ok {
			p.fault(codeDuplicateKey, k.Line, k.Column, fmt.Sprintf("sleutel %q staat er twee keer, eerst op regel %d", k.Value, first),
				"haal er een weg")
			continue
		}
		key, value := &nodes[i], &nodes[i+1]
		*key = Node{Kind: Scalar, Text: k.Value, Tag: "str", Line: k.Line + p.offset, Col: k.Column}
		lines[k.Value] = key.Line
		p.node(value, n.Content[i+1], depth+1)
		out.Pairs = append(out.Pairs, Pair{Key: key, Value: value})
	}
}

// key reports whether k can be a key.
func (p *parse) key(k *yaml.Node) bool {
	switch {
	case k.Kind == yaml.AliasNode:
		p.fault(codeKey, k.Line, k.Column, fmt.Sprintf("een sleutel kan geen verwijzing (*%s) zijn", k.Value), "schrijf de sleutel uit")
	case k.Kind != yaml.ScalarNode:
		p.fault(codeKey, k.Line, k.Column, "een lijst of blok kan geen sleutel zijn",
			"een waarde die met { of [ begint, moet tussen aanhalingstekens")
	case k.Tag == "!!merge":
		p.fault(codeKey, k.Line, k.Column, `de samenvoegsleutel "<<" wordt niet gelezen`, "schrijf de sleutels uit")
	case k.Value == "":
		p.fault(codeKey, k.Line, k.Column, "voor de dubbele punt staat geen sleutel", "schrijf: sleutel: waarde")
	case k.Style&yaml.TaggedStyle != 0:
		p.fault(codeTag, k.Line, k.Column, fmt.Sprintf("de tag %s wordt niet gelezen", k.Tag), "haal de tag weg")
	default:
		return true
	}
	return false
}

func (p *parse) alias(out *Node, n *yaml.Node, depth int) {
	line, col := p.within(n.Line, n.Column)
	out.Line, out.Col = line+p.offset, col
	if p.exhausted {
		return
	}
	for _, outer := range p.aliases {
		if outer == n.Alias {
			p.fault(codeAlias, n.Line, n.Column, fmt.Sprintf("*%s verwijst naar een waarde waar het zelf in staat", n.Value), "schrijf de waarde uit")
			return
		}
	}
	p.aliases = append(p.aliases, n.Alias)
	p.node(out, n.Alias, depth)
	p.aliases = p.aliases[:len(p.aliases)-1]
	if p.exhausted && len(p.aliases) == 0 {
		p.fault(codeAlias, n.Line, n.Column, fmt.Sprintf("de verwijzingen in dit bestand brengen samen meer dan %d waarden mee", maxAliased),
			"schrijf de waarden uit, of verwijs minder vaak")
	}
}
