package attachment

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// read reads a file in this process.
func read(ending string, data []byte) Text {
	return extract(formats[ending], bytes.NewReader(data), int64(len(data)), DefaultText)
}

// lines writes a text so that tables can say what they want.
func lines(text Text) string {
	var b strings.Builder
	for _, p := range text.Parts {
		fmt.Fprintf(&b, "%d|%s|%s\n", p.Number, p.Title, p.Text)
	}
	if text.Problem != "" {
		fmt.Fprintf(&b, "! %s\n", text.Problem)
	}
	return b.String()
}

// zipOf makes a ZIP file of texts by name.
func zipOf(files map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		w.Write([]byte(files[name]))
	}
	z.Close()
	return b.Bytes()
}

const rootRelations = `<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="%s"/></Relationships>`

// docx makes a Word file with this body.
func docx(body string) map[string]string {
	return map[string]string{
		"_rels/.rels":       fmt.Sprintf(rootRelations, "word/document.xml"),
		"word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document><w:body>` + body + `</w:body></w:document>`,
		"word/_rels/document.xml.rels": `<Relationships><Relationship Id="b" Type="http://x/styles" Target="styles.xml"/>
			<Relationship Id="c" Type="http://x/footnotes" Target="/word/footnotes.xml"/></Relationships>`,
		"word/footnotes.xml": `<w:footnotes/>`,
		"word/styles.xml": `<w:styles>
			<w:style w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
			<w:style w:styleId="Kop3"><w:name w:val="heading 3"/><w:basedOn w:val="Kop1"/></w:style>
			<w:style w:styleId="Huis"><w:name w:val="Huiskop"/><w:basedOn w:val="Kop1"/></w:style>
			<w:style w:styleId="Rond"><w:name w:val="Rond"/><w:basedOn w:val="Rond"/></w:style></w:styles>`,
	}
}

// odf makes an OpenDocument file with this body.
func odf(body string) map[string]string {
	return map[string]string{
		"META-INF/manifest.xml": `<manifest:manifest><manifest:file-entry/></manifest:manifest>`,
		"content.xml":           `<office:document-content><office:body>` + body + `</office:body></office:document-content>`,
	}
}

func TestDOCX(t *testing.T) {
	par := func(style, text string) string {
		return `<w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
	}
	for _, c := range []struct{ name, body, want string }{
		{"runs", `<w:p><w:r><w:t>onder</w:t></w:r><w:r><w:t>zoek</w:t><w:tab/><w:t xml:space="preserve">naar </w:t><w:t>x&amp;y</w:t></w:r></w:p>`, "0||onderzoek naar x&y\n"},
		{"space in XML", "<w:p>\n <w:r>\n<w:t>a-\nb</w:t></w:r></w:p>", "0||a- b\n"},
		{"hyphens", `<w:p><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:softHyphen/><w:t>tje</w:t><w:br/><w:t>b</w:t></w:p>`, "0||e-mailtje b\n"},
		{"headings", par("Rond", "voor") + par("Kop1", "Een") + par("Kop3", "drie") + par("Huis", "Twee") + `<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:t>Drie</w:t></w:p>`,
			"0||voor\n0|Een|drie\n0|Twee|\n0|Drie|\n"},
		{"not now", `<w:p><w:del><w:r><w:delText>weg</w:delText></w:r></w:del><w:moveFrom><w:t>elders</w:t></w:moveFrom><w:instrText>PAGE</w:instrText><w:t>hier</w:t></w:p>`, "0||hier\n"},
		{"a text box is read once", `<w:p><mc:AlternateContent><mc:Choice><w:p><w:t>kader</w:t></w:p></mc:Choice><mc:Fallback><w:p><w:t>kader</w:t></w:p></mc:Fallback></mc:AlternateContent><w:t>na</w:t></w:p>`, "0||kader na\n"},
		{"nothing", `<w:p/>`, "! bevat geen tekst\n"},
		{"broken", `<w:p><w:t>begin</w:t></w:p><w:p`, "0||begin\n! is voor een deel beschadigd; alleen de tekst die wel te lezen was, is te doorzoeken\n"},
		{"zeros", strings.Repeat("\x00", 1000), "! is beschadigd en daardoor niet te lezen\n"},
	} {
		if got := lines(read(".docx", zipOf(docx(c.body)))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	notes := docx(par("Kop1", "Kop") + par("", "tekst"))
	notes["word/footnotes.xml"] = `<w:footnotes><w:footnote><w:p><w:t>Noot</w:t></w:p></w:footnote></w:footnotes>`
	if got, want := lines(read(".docx", zipOf(notes))), "0|Kop|tekst\n0||Noot\n"; got != want {
		t.Errorf("notes: got %s, want %s", got, want)
	}
	delete(notes, "word/document.xml")
	for name, data := range map[string][]byte{"no document": zipOf(notes), "an empty zip": zipOf(nil), "no zip": []byte("hallo")} {
		if got := read(".docx", data); got.Problem != string(faultBroken) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
	if got := read(".docx", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")); !strings.Contains(got.Problem, "wachtwoord") {
		t.Errorf("encrypted: got %+v", got)
	}
}

func TestPPTX(t *testing.T) {
	shape := func(kind, text string) string {
		return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="` + kind + `"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>` + text + `</a:t></a:r></a:p></p:txBody></p:sp>`
	}
	files := map[string]string{
		"_rels/.rels": fmt.Sprintf(rootRelations, "ppt/presentation.xml"),
		"ppt/presentation.xml": `<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r9"/>
			<p:sldId id="258" r:id="r1"/></p:sldIdLst></p:presentation>`,
		"ppt/_rels/presentation.xml.rels": `<Relationships><Relationship Id="r1" Type="x/slide" Target="slides/slide1.xml"/>
			<Relationship Id="r2" Type="x/slide" Target="slides/slide2.xml"/><Relationship Id="r9" Type="x/slide" Target="slides/weg.xml"/></Relationships>`,
		"ppt/slides/slide1.xml": `<p:sld>` + shape("title", "Laatste") + `</p:sld>`,
		"ppt/slides/slide2.xml": `<p:sld>` + shape("body", "onder-</a:t></a:r><a:r><a:t>werp") + shape("ctrTitle", "Eerste</a:t></a:r><a:br/><a:r><a:t>dia") +
			`<a:tbl><a:tc><a:p><a:t>cel</a:t></a:p></a:tc><a:tc><a:p><a:t>cel</a:t></a:p></a:tc></a:tbl><a:fld type="slidenum"><a:t>1</a:t></a:fld></p:sld>`,
	}
	want := "1|Eerste dia|onder-werp cel cel\n3|Laatste|\n! " + string(faultPartly) + "\n"
	if got := lines(read(".pptx", zipOf(files))); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	files["ppt/slides/weg.xml"] = `<p:sld/>`
	if got := read(".pptx", zipOf(files)); len(got.Parts) != 2 || got.Parts[1].Number != 3 || got.Problem != "" {
		t.Errorf("got %+v", got)
	}
}

func TestODF(t *testing.T) {
	for _, c := range []struct{ name, ending, body, want string }{
		{"spans", ".odt", "<text:p>onder<text:span>zoek</text:span>\n<text:s text:c=\"3\"/>a<text:tab/>b<text:line-break/>c</text:p>", "0||onderzoek a b c\n"},
		{"headings", ".odt", `<text:p>voor</text:p><text:h text:outline-level="1">Een</text:h><text:h text:outline-level="3">drie</text:h><text:h text:outline-level="2">Twee</text:h>`, "0||voor\n0|Een|drie\n0|Twee|\n"},
		{"notes", ".odt", `<text:p>zin<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>noot</text:p></text:note-body></text:note>einde</text:p>`, "0||zin noot einde\n"},
		{"not now", ".odt", `<text:tracked-changes><text:p>weg</text:p></text:tracked-changes><text:p>hier<office:annotation><text:p>stil</text:p></office:annotation></text:p>`, "0||hier\n"},
		{"between paragraphs", ".odt", `spook<text:p>a</text:p>spook<text:p>b</text:p>`, "0||a b\n"},
		{"slides", ".odp", `<draw:page><draw:frame presentation:class="title"><text:p>Eerste</text:p></draw:frame><draw:frame><text:p>tekst</text:p></draw:frame>
			<presentation:notes><text:p>stil</text:p></presentation:notes></draw:page><draw:page/><draw:page><text:p>los</text:p></draw:page>`, "1|Eerste|tekst\n3||los\n"},
		{"entities", ".odt", `<text:p>&lol;</text:p>`, "! is beschadigd en daardoor niet te lezen\n"},
	} {
		if got := lines(read(c.ending, zipOf(odf(c.body)))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	locked := odf(`x`)
	locked["META-INF/manifest.xml"] = `<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	if got := read(".odt", zipOf(locked)); got.Problem != string(faultLocked) {
		t.Errorf("encrypted: got %+v", got)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"UTF-8", "één\nt-\nwee;drie", "0||één twee;drie\n"},
		{"byte order mark", "\xef\xbb\xbfé", "0||é\n"},
		{"UTF-16", "\xff\xfea\x00\xe9\x00", "0||aé\n"},
		{"Windows-1252", "caf\xe9 \x80 5", "0||café € 5\n"},
		{"binary", "a\x00b", "! is geen tekstbestand\n"},
		{"space", " \n", "! bevat geen tekst\n"},
	} {
		if got := lines(read(".csv", []byte(c.in))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	got := extract(readPlain, strings.NewReader(strings.Repeat("é", 1000)), 2000, 101)
	if len(got.Parts) != 1 || got.Parts[0].Text != strings.Repeat("é", 50) || !strings.Contains(got.Problem, "alleen het begin") {
		t.Errorf("a long text: got %+v", got)
	}
}

func FuzzOffice(f *testing.F) {
	f.Add("<w:p><w:pPr><w:pStyle w:val='Kop1'/></w:pPr><w:t>a</w:t></w:p>")
	f.Add("<text:h text:outline-level='1'>a<text:p>b</text:p></text:h></x></x><text:s/>")
	f.Add("<draw:page><draw:frame presentation:class='title'><text:p>a")
	f.Add("<!DOCTYPE a [<!ENTITY b 'c'>]><text:p>&b;</text:p>")
	f.Fuzz(func(t *testing.T, body string) {
		for ending, files := range map[string]map[string]string{".docx": docx(body), ".odt": odf(body)} {
			data := zipOf(files)
			text := read(ending, data)
			for _, p := range text.Parts {
				checkLine(t, p.Title)
				checkLine(t, p.Text)
			}
			if len(text.Parts) == 0 && text.Problem == "" {
				t.Error("no parts and no problem")
			}
			if again := read(ending, data); lines(again) != lines(text) {
				t.Errorf("first %+v, then %+v", text, again)
			}
		}
	})
}
