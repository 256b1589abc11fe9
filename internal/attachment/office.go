package attachment

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// archive is a ZIP file with XML in it, as office programs write.
type archive struct {
	*gatherer
	files map[string]*zip.File
}

func openArchive(g *gatherer, file io.ReaderAt, size int64) (*archive, error) {
	// What Word and PowerPoint encrypt is inside a compound file ([MS-OFFCRYPTO]
	// 2.3.4), as are the formats they had before 2007.
	const compound = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	magic := make([]byte, len(compound))
	if _, err := file.ReadAt(magic, 0); err == nil && string(magic) == compound {
		return nil, fault("is versleuteld met een wachtwoord of gemaakt met een heel oude versie van Office")
	}
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, err
	}
	a := &archive{g, make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		a.files[f.Name] = f
	}
	return a, nil
}

// scan reads an XML file. Names are as written, prefixes included: office programs
// always write the same ones. It ends early when the text is cut off. Where start
// reports true the element is skipped with all in it. Entities that a file declares are not expanded, they are errors.
func (a *archive) scan(name string, start func(xml.StartElement) (skip bool), end func(local string), text func(string)) error {
	entry := a.files[name]
	if entry == nil {
		return errors.New("attachment: no " + name)
	}
	file, err := entry.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	in := &tokenReader{bufio.NewReader(file), 0}
	d := xml.NewDecoder(in)
	skipped := 0 // open elements that are skipped, one in another
	for !a.cut {
		in.read = 0
		// Raw tokens need no memory for elements that are open.
		token, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if skipped > 0 || start(token) {
				skipped++
			}
		case xml.EndElement:
			if skipped > 0 {
				skipped--
			} else {
				end(token.Name.Local)
			}
		case xml.CharData:
			if skipped == 0 {
				text(string(token))
			}
		}
	}
	return nil
}

// maxToken is how many bytes of XML one token may take: a text, or a tag with its
// attributes, in which Word keeps drawings.
const maxToken = 8 << 20

// tokenReader fails when a token is too large. The decoder doubles its memory while
// it reads one, faster than [watch] can see. It gives a text that is too large as
// far as it came, and the fault for the next token.
type tokenReader struct {
	*bufio.Reader
	read int // bytes of the token at hand
}

func (t *tokenReader) ReadByte() (byte, error) {
	if t.read == maxToken {
		return 0, faultMemory
	}
	t.read++
	return t.Reader.ReadByte()
}

func noEnd(string)  {}
func noText(string) {}

// attribute returns the first attribute with this name, of any namespace.
func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relations reads where an OOXML part points to (ECMA-376 part 2, 9.3): by ID and
// by the last word of the type.
func (a *archive) relations(part string) (byID, byType map[string]string, err error) {
	byID, byType = map[string]string{}, map[string]string{}
	dir, base := path.Split(part)
	err = a.scan(dir+"_rels/"+base+".rels", func(e xml.StartElement) bool {
		if e.Name.Local == "Relationship" {
			target := attribute(e, "Target")
			if strings.HasPrefix(target, "/") {
				target = target[1:]
			} else {
				target = path.Join(dir, target)
			}
			byID[attribute(e, "Id")] = target
			byType[path.Base(attribute(e, "Type"))] = target
		}
		return false
	}, noEnd, noText)
	return byID, byType, err
}

// main gives the part that the whole file is about, and where it points to.
func (a *archive) main() (part string, byID, byType map[string]string, err error) {
	_, byType, err = a.relations("")
	if err != nil {
		return "", nil, nil, err
	}
	part = byType["officeDocument"]
	byID, byType, err = a.relations(part)
	return part, byID, byType, err
}

func readDOCX(g *gatherer, file io.ReaderAt, size int64) error {
	a, err := openArchive(g, file, size)
	if err != nil {
		return err
	}
	document, _, related, err := a.main()
	if err != nil {
		return err
	}
	styles := wordStyles{}
	if related["styles"] != "" {
		if err := styles.read(a, related["styles"]); err != nil {
			return err
		}
	}
	if err := a.scanWord(document, styles); err != nil {
		return err
	}
	if related["footnotes"] == "" {
		return nil
	}
	g.next(0)
	return a.scanWord(related["footnotes"], styles)
}

// wordStyle is a paragraph style (ECMA-376 part 1, 17.7).
type wordStyle struct {
	basedOn string
	heading int // 1 for "heading 1"; 0 for none
}

type wordStyles map[string]wordStyle

func (s wordStyles) read(a *archive, name string) error {
	id, style := "", wordStyle{}
	return a.scan(name, func(e xml.StartElement) bool {
		switch value := attribute(e, "val"); e.Name.Local {
		case "style":
			id, style = attribute(e, "styleId"), wordStyle{}
		case "name":
			// The name is English in every language of Word, the ID is not.
			if level, ok := strings.CutPrefix(strings.ToLower(value), "heading "); ok {
				style.heading, _ = strconv.Atoi(level)
			}
		case "basedOn":
			style.basedOn = value
		case "outlineLvl":
			style.heading = outlineLevel(value)
		}
		return false
	}, func(local string) {
		if local == "style" {
			s[id] = style
		}
	}, noText)
}

// outlineLevel gives 1 for "0", and 0 for what is no level of a heading.
func outlineLevel(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n > 8 {
		return 0
	}
	return n + 1
}

// heading gives the level of a style or of what it is based on.
func (s wordStyles) heading(id string) int {
	for range 20 { // styles can be based on each other
		if style := s[id]; style.heading > 0 || style.basedOn == "" {
			return style.heading
		}
		id = s[id].basedOn
	}
	return 0
}

// beginsPart reports whether a heading of this level divides a text.
func beginsPart(level int) bool { return level == 1 || level == 2 }

func (a *archive) scanWord(name string, styles wordStyles) error {
	letters := false
	heading := func(level int) {
		if beginsPart(level) && !a.titling {
			a.next(0)
			a.titling = true
		}
	}
	return a.scan(name, func(e xml.StartElement) bool {
		switch e.Name.Local {
		case "t":
			letters = true
		case "tab":
			a.write(" ")
		case "br", "cr":
			a.write("\n")
		case "noBreakHyphen":
			a.write("-")
		case "pStyle":
			heading(styles.heading(attribute(e, "val")))
		case "outlineLvl":
			heading(outlineLevel(attribute(e, "val")))
		case "Fallback", "moveFrom", "pPrChange":
			return true // the same text once more, text elsewhere now, the style before
		}
		return false
	}, func(local string) {
		switch local {
		case "t":
			letters = false
		case "p":
			a.write("\n")
			a.titling = false
		}
	}, func(text string) {
		if letters {
			a.writeSpan(text)
		}
	})
}

func readPPTX(g *gatherer, file io.ReaderAt, size int64) error {
	a, err := openArchive(g, file, size)
	if err != nil {
		return err
	}
	presentation, related, _, err := a.main()
	if err != nil {
		return err
	}
	var slides []string
	err = a.scan(presentation, func(e xml.StartElement) bool {
		if e.Name.Local == "sldId" {
			for _, attr := range e.Attr {
				if attr.Name.Space != "" && attr.Name.Local == "id" {
					slides = append(slides, related[attr.Value])
				}
			}
		}
		return false
	}, noEnd, noText)
	for i, slide := range slides {
		g.next(i + 1)
		if missing := a.scanSlide(slide); missing != nil {
			err = missing
		}
	}
	return err
}

func (a *archive) scanSlide(name string) error {
	letters := false
	return a.scan(name, func(e xml.StartElement) bool {
		switch e.Name.Local {
		case "ph":
			kind := attribute(e, "type")
			a.titling = kind == "title" || kind == "ctrTitle"
		case "t":
			letters = true
		case "br":
			a.write("\n")
		case "Fallback":
			return true
		case "fld":
			return attribute(e, "type") == "slidenum"
		}
		return false
	}, func(local string) {
		switch local {
		case "t":
			letters = false
		case "p":
			a.write("\n")
		case "sp":
			a.titling = false
		}
	}, func(text string) {
		if letters {
			a.writeSpan(text)
		}
	})
}

// readODF reads texts and presentations alike (OASIS OpenDocument 1.3 part 3).
func readODF(g *gatherer, file io.ReaderAt, size int64) error {
	a, err := openArchive(g, file, size)
	if err != nil {
		return err
	}
	locked := false
	err = a.scan("META-INF/manifest.xml", func(e xml.StartElement) bool {
		locked = locked || e.Name.Local == "encryption-data"
		return false
	}, noEnd, noText)
	if locked {
		return faultLocked
	}
	if err != nil {
		return err
	}
	paragraphs := 0 // that are open: a footnote stands in a paragraph
	slides := 0
	return a.scan("content.xml", func(e xml.StartElement) bool {
		switch e.Name.Space + ":" + e.Name.Local {
		case "draw:page":
			slides++
			g.next(slides)
		case "draw:frame":
			g.titling = g.titling || attribute(e, "class") == "title"
		case "text:h":
			if level, _ := strconv.Atoi(attribute(e, "outline-level")); beginsPart(level) && slides == 0 {
				g.next(0)
				g.titling = true
			}
			paragraphs++
		case "text:p":
			g.write("\n")
			paragraphs++
		case "text:s", "text:tab":
			g.write(" ")
		case "text:line-break":
			g.write("\n")
		case "office:annotation", "text:tracked-changes", "text:note-citation", "presentation:notes", "svg:title", "svg:desc":
			return true
		}
		return false
	}, func(local string) {
		switch local {
		case "p", "h":
			g.write("\n")
			paragraphs--
			g.titling = g.titling && local == "p"
		case "frame":
			g.titling = false
		}
	}, func(text string) {
		if paragraphs > 0 {
			g.writeSpan(text)
		}
	})
}
