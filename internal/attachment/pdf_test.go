package attachment

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ledongthuc/pdf"
)

// pdfOf makes a PDF of objects, numbered from 1; the first is the root.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var table strings.Builder
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, table.String(), len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, data string) string {
	return fmt.Sprintf("<<%s /Length %d>>\nstream\n%s\nendstream", dict, len(data), data)
}

// pageOf makes a PDF of one page with this content. Its fonts: /F with letters of
// half an em, /C with codes of two bytes, /D with names, /T of TeX. Its forms: /X.
func pageOf(content string) []byte {
	cmap := "1 begincodespacerange <0000> <ffff> endcodespacerange " +
		"2 beginbfchar <0001> <00660069> <0009> <0000> endbfchar " +
		"2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0041> <D83DDE00>] endbfrange"
	widths := strings.Repeat("500 ", 256)
	return pdfOf(
		"<</Type /Catalog /Pages 2 0 R>>",
		"<</Type /Pages /Kids [3 0 R] /Count 1 /Resources <</Font <</F 5 0 R /C 6 0 R /D 8 0 R /T 9 0 R>> /XObject <</X 10 0 R>> /Properties <</P <</ActualText (heel)>>>>>>>>",
		"<</Type /Page /Parent 2 0 R /Contents [4 0 R]>>",
		stream("", content),
		"<</Type /Font /Subtype /TrueType /BaseFont /A /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar 255 /Widths ["+widths+"]>>",
		"<</Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 7 0 R /DescendantFonts [<</DW 1000 /W [16 [500 500] 18 32 500]>>]>>",
		stream("", cmap),
		"<</Type /Font /Subtype /Type1 /BaseFont /B /Encoding <</Differences [1 /eacute /ffi /uni20AC 65 /x]>> /FirstChar 0 /LastChar 255 /Widths ["+widths+"]>>",
		"<</Type /Font /Subtype /Type1 /BaseFont /ABCDEF+CMR10>>",
		stream("/Subtype /Form /Matrix [1 0 0 1 0 -50]", "BT /F 10 Tf 100 100 Td (vorm) Tj ET"),
	)
}

func TestPDFText(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"lines", "BT /F 10 Tf 12 TL 0 100 Td (een) Tj T* (twee) Tj (drie) ' 1 1 (vier) \" ET", "een twee drie vier"},
		{"hyphens", "BT /F 10 Tf 0 100 Td (onder-) Tj 0 -12 Td (zoek) Tj ET", "onderzoek"},
		{"kerned", "BT /F 10 Tf [(on) 50 (der) -60 (zoek)] TJ ET", "onderzoek"},
		{"gaps", "BT /F 10 Tf [(een) -250 (twee)] TJ ET", "een twee"},
		{"gaps beside spaces", "BT /F 10 Tf [(een ) -250 (twee) -250 ( drie)] TJ ET", "een twee drie"},
		{"one word in two objects", "BT /F 10 Tf 0 0 Td (experi) Tj ET BT /F 10 Tf 30.2 0 Td (ment) Tj ET", "experiment"},
		{"two columns", "BT /F 10 Tf 0 0 Td (een) Tj ET BT /F 10 Tf 300 0 Td (twee) Tj ET", "een twee"},
		{"back on the line", "BT /F 10 Tf 300 0 Td (een) Tj -300 0 Td (twee) Tj ET", "een twee"},
		{"spaced out", "BT /F 10 Tf 3 Tc (VERSLAG) Tj [-250 (EEN)] TJ ET", "VERSLAG EEN"},
		{"space between words", "BT /F 10 Tf 0 Tw (a) Tj 10 Tw ( ) Tj ET BT /F 10 Tf 20 0 Td (b) Tj ET", "a b"},
		{"narrow", "BT /F 10 Tf 50 Tz (een) Tj ET BT /F 10 Tf 7.5 0 Td (twee) Tj ET", "eentwee"},
		{"raised", "BT /F 10 Tf (12) Tj 4 Ts /F 6 Tf (e) Tj 0 Ts /F 10 Tf ( druk) Tj ET", "12e druk"},
		{"turned", "BT /F 10 Tf 0 1 -1 0 50 50 Tm [(een) -300 (twee)] TJ ET", "een twee"},
		{"mirrored", "1 0 0 -1 0 800 cm BT /F 10 Tf 1 0 0 -1 0 50 Tm (een) Tj 1 0 0 -1 0 62 Tm (twee) Tj ET", "een twee"},
		{"scaled", "q .1 0 0 .1 0 0 cm BT /F 100 Tf (een) Tj 150 0 Td (twee) Tj ET Q Q BT /F 10 Tf 35 0 Td (drie) Tj ET", "eentweedrie"},
		{"WinAnsi", "BT /F 10 Tf (\\223\\351\\351n\\224 \\(\\200\\)\\\n) Tj <e9 2> Tj ET", "“één” (€)é"},
		{"two bytes", "BT /C 10 Tf <001000110012> Tj <0001> Tj <00200021> Tj <7777> Tj ET", "abcfiA😀"},
		{"widths of two bytes", "BT /C 10 Tf <00100012> Tj ET BT /C 10 Tf 10 0 Td <0001> Tj ET BT /C 10 Tf 22 0 Td <0010> Tj ET", "acfi a"},
		{"names", "BT /D 10 Tf (\\001\\002\\003AB) Tj ET", "éffi€xB"},
		{"TeX", "BT /T 10 Tf (\\014ets) Tj ET", "fiets"},
		{"instead", "/Span <</ActualText <FEFF00660066>>> BDC BT /F 10 Tf (zz) Tj ET EMC BT /F 10 Tf 10 0 Td (ect) Tj ET", "ffect"},
		{"instead, by name", "/Span /P BDC BT /F 10 Tf (z) Tj /Q BMC (z) Tj EMC (z) Tj ET EMC", "heel"},
		{"form", "BT /F 10 Tf 80 50 Td (een) Tj ET /X Do BT /F 10 Tf 120 50 Td (twee) Tj ET", "een vormtwee"},
		{"image", "BI /W 1 ID \x00)(<EI EI BT /F 10 Tf (na) Tj ET", "na"},
		{"invisible", "BT /F 10 Tf 3 Tr (scan) Tj ET", "scan"},
		{"garbage", ") > ] } T* Tj Q EMC Tf <z (a BT", ""},
		{"garbage before text", "] ) >> Q Q EMC 1 Td /W Do BT /F 10 Tf (na) Tj", "na"},
	} {
		text := read(".pdf", pageOf(c.content))
		got := ""
		if len(text.Parts) == 1 && text.Parts[0].Number == 1 {
			got = text.Parts[0].Text
		}
		if got != c.want || c.want != "" && text.Problem != "" {
			t.Errorf("%s: got %+v, want %q", c.name, text, c.want)
		}
	}
}

func TestPDFProblems(t *testing.T) {
	whole := pageOf("BT /F 10 Tf (tekst) Tj ET")
	page := func(contents string) []byte {
		return pdfOf("<</Pages 2 0 R>>", "<</Kids [3 0 R 4 0 R] /Resources <</Font <</F 6 0 R>>>>>>", "<</Contents 5 0 R>>",
			"<</Contents "+contents+">>", stream("", "BT /F 10 Tf (een) Tj ET"), "<</BaseFont /A>>", stream("/Filter /LZWDecode", "x"))
	}
	const partly = "1||een\n! " + string(faultPartly) + "\n"
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"around it", slicesOf("From: mail\r\n", string(whole), "\x00\x00 more\n", strings.Repeat("\x00", 200)), "1||tekst\n"},
		{"a newer version", bytes.Replace(whole, []byte("%PDF-1.4\n"), []byte("%PDF-2.0\n"), 1), "1||tekst\n"},
		{"a space behind the version", bytes.Replace(whole, []byte("%PDF-1.4\n"), []byte("%PDF-1.4 "), 1), "1||tekst\n"},
		{"a scan", pageOf("0 0 10 10 re f"), "! " + string(faultScan) + "\n"},
		{"letters without a meaning", pageOf("BT /C 10 Tf <77777778> Tj ET"), "! " + string(faultLetters) + "\n"},
		{"no PDF", []byte("hallo"), "! is geen PDF\n"},
		{"cut off", whole[:len(whole)-40], "! " + string(faultBroken) + "\n"},
		{"only a beginning", []byte("%PDF-1.4\n%%EOF"), "! " + string(faultBroken) + "\n"},
		{"no pages", pdfOf("<</Pages 2 0 R>>", "7"), "! " + string(faultBroken) + "\n"},
		{"an empty page", page("null"), "1||een\n"},
		{"an unknown filter", page("7 0 R"), partly},
		{"an object that is none", pdfOf("<</Pages 2 0 R>>", "<</Kids [3 0 R 4 0 R] /Resources <</Font <</F 6 0 R>>>>>>", "<</Contents 5 0 R>>", "<</Contents", stream("", "BT /F 10 Tf (een) Tj ET"), "<<>>"), partly},
		{"a font that is none", pdfOf("<</Pages 2 0 R>>", "<</Kids [3 0 R] /Resources <</Font <</F 5 0 R /G 6 0 R>>>>>>", "<</Contents 4 0 R>>",
			stream("", "BT /F 10 Tf (een) Tj /G 10 Tf (twee) Tj ET"), "<</A", "<</BaseFont /A>>"), "1||twee\n"},
		{"pages in a circle", pdfOf("<</Pages 2 0 R>>", "<</Kids [2 0 R]>>"), "! " + string(faultBroken) + "\n"},
		{"encrypted", bytes.Replace(whole, []byte("/Root"), []byte("/Encrypt <</Filter /Standard /V 5 /R 6 /Length 256>> /Root"), 1), "! " + string(faultLocked) + "\n"},
	} {
		if got := lines(read(".pdf", c.data)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func slicesOf(parts ...string) []byte { return []byte(strings.Join(parts, "")) }

// What is packed to a thousandth of its size is read up to a limit.
func TestPDFUnpacksSoMuch(t *testing.T) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write([]byte("BT /F 10 Tf (begin) Tj ET "))
	for range maxStream>>20 + 1 {
		z.Write(bytes.Repeat([]byte("\n"), 1<<20))
	}
	z.Close()
	got := read(".pdf", pdfOf("<</Pages 2 0 R>>", "<</Kids [3 0 R] /Resources <</Font <</F <<>>>>>>>>", "<</Contents 4 0 R>>",
		stream("/Filter /FlateDecode", packed.String())))
	if lines(got) != "1||begin\n! "+string(faultPartly)+"\n" {
		t.Errorf("got %s", lines(got))
	}
}

// realText is of the first page of testdata/tekst.pdf.
const realText = "Handreiking voor het experiment, versie 2 – “concept” van Noë’s groep, 12e druk. Waarom veilig inloggen? " +
	"Een wachtwoord is niet genoeg. Tweestapsverificatie houdt de meeste aanvallen tegen.1 Dat geldt ook voor e-mail. LET OP DE AFZENDER " +
	"Linkerkolom begint hier. Wetenschappelijk onderzoek naar informatiebeveiliging laat zien dat onderwijsinstellingen " +
	"verantwoordelijkheidsgevoel en beroepsbekwaamheid belangrijk vinden, terwijl mbo-studenten en mbo-docenten verschillende verwachtingen " +
	"hebben van ict-bekwaamheid en ict-ondersteuning in de onderwijsinstelling. Mediawijsheid en informatievaardigheden horen daarbij, net als " +
	"samenwerkingsverbanden tussen onderwijsinstellingen en bedrijfsleven. Rechterkolom volgt daarna met praktijkvoorbeelden, " +
	"achtergrondinformatie en verantwoording, aangevuld met een uitgebreide literatuurlijst en een begrippenlijst voor beginnende " +
	"beroepsbeoefenaren. Stappen Stap Wie Oefenmail sturen Docent Eerste punt: vraag na bij de helpdesk Tweede punt: klik niet zomaar " +
	"1 Bron: eigen meting onder studenten."

// Files as a word processor and a browser write them: columns, hyphens,
// justification, raised and spaced out letters, words in two fonts.
func TestRealFiles(t *testing.T) {
	before, after, _ := strings.Cut(realText, " Waarom veilig inloggen? ")
	middle, steps, _ := strings.Cut(after, " Stappen ")
	steps = strings.TrimSuffix(steps, " 1 Bron: eigen meting onder studenten.")
	const page2 = "Tweede bladzijde met een tab, drie spaties en een nieuwe regel. Zacht afbreekteken."
	sections := func(note string) string {
		return fmt.Sprintf("0||%s\n0|Waarom veilig inloggen?|%s\n0|Stappen|%s %s\n", before, strings.Replace(middle, "tegen.1", "tegen."+note, 1), steps, page2)
	}
	for name, want := range map[string]string{
		"tekst.pdf":  "1||" + realText + "\n2||" + page2 + "\n",
		"tekst.docx": sections("") + "0||Bron: eigen meting onder studenten.\n",
		"tekst.odt":  sections(" Bron: eigen meting onder studenten."),
		"browser.pdf": "1||VERSLAG Efficiënt en officieel: experiment met fictieve nepmails, 12e editie, H2O. Kosten: € 1.250,–. " +
			"Linkerkolom. Wetenschappelijk onderzoek naar informatiebeveiliging laat zien dat onderwijsinstellingen verantwoordelijkheidsgevoel " +
			"belangrijk vinden, en mbo-studenten en mbo-docenten ook met ict-bekwaamheid en ict-ondersteuning. Rechterkolom. Praktijkvoorbeelden, " +
			"achtergrondinformatie en verantwoording horen erbij, net als een begrippenlijst voor beginnende beroepsbeoefenaren. " +
			"Stap Wie Oefenmail sturen Docent Eerste punt Tweede punt\n2||Elke mbo-instelling heeft ict-beleid. Tweede bladzijde: een link.\n",
	} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if got := lines(read(ending(name), data)); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
}

// FuzzDraw gives any bytes to what reads contents and CMaps.
func FuzzDraw(f *testing.F) {
	f.Add([]byte("BT /F 1e9 Tf [(a) 9999999999999999999 <b>] TJ 0 0 0 0 0 0 Tm (c) Tj ET"))
	f.Add([]byte("q cm Tf Td Tm Tj TJ ' \" BDC Do ID EI"))
	f.Add([]byte("/A /B BDC (\\8\\777\\"))
	f.Add([]byte("<00> <ffff> <d8> <00> <05> [<41>] endbfrange <1> <2> <3> endbfchar"))
	f.Fuzz(func(t *testing.T, data []byte) {
		g := &gatherer{room: 1 << 16}
		letters := newFont(pdf.Value{})
		letters.readCMap(data)
		s := initial
		s.font, s.size = letters, 10
		p := &page{document: &document{gatherer: g, fonts: map[string]*font{}, resources: map[string]*resources{}}}
		p.draw(data, p.resourcesOf(pdf.Value{}), s, 0)
		p.endLine()
		for _, part := range g.cleaned() {
			checkLine(t, part.Text)
		}
		if p.damaged != nil {
			t.Error(p.damaged)
		}
	})
}
