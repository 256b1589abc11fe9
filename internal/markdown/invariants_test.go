package markdown

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ours are the elements that this package writes itself, with the attributes that
// each may have beside id and class.
var ours = map[string]string{
	"a": "href title role aria-label", "blockquote": "", "br": "", "code": "", "dd": "", "del": "", "div": "role aria-label tabindex", "dl": "", "dt": "",
	"em": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "hr": "", "img": "src alt title", "li": "", "ol": "start", "p": "",
	"pre": "tabindex", "section": "role aria-label", "span": "aria-hidden", "strong": "", "sup": "", "table": "", "tbody": "", "td": "",
	"th": "scope", "thead": "", "tr": "", "ul": "",
}

// schemePattern is how the URL standard finds a scheme, in an address without what
// it leaves out.
var schemePattern = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9+.-]*):`)

func seenByBrowsers(c rune) rune {
	if c <= ' ' {
		return -1
	}
	return c
}

// checkDocument checks what holds for every document.
func checkDocument(t *testing.T, d *Document, src string) {
	t.Helper()
	if len(d.Chunks) != len(d.Holes)+1 {
		t.Fatalf("%d chunks around %d holes", len(d.Chunks), len(d.Holes))
	}
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n"), "\n")
	position := func(what any, line, col int) {
		t.Helper()
		if line < 1 || line > len(lines) || col < 1 || col > utf8.RuneCountInString(lines[line-1])+1 {
			t.Errorf("%+v: there is no %d:%d", what, line, col)
		}
	}
	for i, h := range d.Holes {
		position(h, h.Line, h.Col)
		if h.Decorative && h.Text != "" || h.Kind != ImageHole && (h.Decorative || h.InLink) {
			t.Errorf("hole %d cannot be: %+v", i, h)
		}
		if h.Kind == LinkHole && !(strings.HasSuffix(d.Chunks[i], "<a") && strings.HasPrefix(d.Chunks[i+1], ">")) {
			t.Errorf("hole %d is not in a start tag: %q, %q", i, d.Chunks[i], d.Chunks[i+1])
		}
		if m := schemePattern.FindStringSubmatch(strings.Map(seenByBrowsers, h.Dest)); m != nil && !slices.Contains([]string{"http", "https", "mailto", "tel"}, strings.ToLower(m[1])) {
			t.Errorf("destination %q passed", h.Dest)
		}
	}
	for _, p := range d.Problems {
		position(p, p.Line, p.Col)
	}

	ids := checkHTML(t, fill(d))
	if !slices.Equal(ids, d.Anchors) {
		t.Errorf("ids are %q, anchors %q", ids, d.Anchors)
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("an id is there twice: %q", ids)
	}
	for _, id := range ids {
		if _, found := slices.BinarySearch(reserved, id); found || id == "" {
			t.Errorf("id %q is reserved", id)
		}
	}
	for _, h := range d.Headings {
		if !slices.Contains(d.Anchors, h.ID) || h.Level < 2 || h.Level > 6 {
			t.Errorf("heading %+v is not in the HTML", h)
		}
	}
	titled := 0
	for i, s := range d.Sections {
		switch {
		case s.ID == "" && (i > 0 || s.Text == ""):
			t.Errorf("section %d without an id: %+v", i, s)
		case s.ID != "":
			if s.ID != d.Headings[titled].ID || s.Title != d.Headings[titled].Text {
				t.Errorf("section %+v does not belong to heading %+v", s, d.Headings[titled])
			}
			titled++
		}
	}
	if titled != len(d.Headings) {
		t.Errorf("%d headings, %d sections", len(d.Headings), titled)
	}
	if d.Words < 0 {
		t.Errorf("%d words", d.Words)
	}
	if all := fmt.Sprintf("%+v", *d); strings.Contains(all, "\x00") || !utf8.ValidString(all) {
		t.Errorf("a NUL or invalid UTF-8: %q", all)
	}

	data, err := d.AppendBinary([]byte("x"))
	var back Document
	if err != nil || back.UnmarshalBinary(data[1:]) != nil || !reflect.DeepEqual(&back, d) {
		t.Errorf("encoded and decoded: %+v", back)
	}
}

// checkHTML checks that s holds only what may be there, and that a browser makes
// of it exactly the elements that are written. It returns the ids.
func checkHTML(t *testing.T, s string) (ids []string) {
	t.Helper()
	var written, open []string
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		token := z.Token()
		void := slices.Contains([]string{"br", "hr", "img", "wbr"}, token.Data)
		switch token.Type {
		case html.StartTagToken:
			written = append(written, strings.Repeat(" ", len(open))+token.Data)
			allowed, own := ours[token.Data]
			if !own && knownTags[token.Data] == 0 {
				t.Errorf("element %s", token)
			}
			for _, a := range token.Attr {
				if a.Key == "id" {
					ids = append(ids, a.Val)
				} else if a.Key != "class" && !slices.Contains(strings.Fields(allowed), a.Key) {
					t.Errorf("attribute %s of %s", a.Key, token)
				}
				if a.Key == "class" && a.Val == "" {
					t.Errorf("empty attribute in %s", token)
				}
			}
			if !void {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("%s does not close anything in\n%s", token, s)
			}
			open = open[:len(open)-1]
		case html.CommentToken, html.DoctypeToken, html.SelfClosingTagToken:
			t.Errorf("token %s", token)
		}
	}
	if len(open) > 0 {
		t.Fatalf("%q stay open in\n%s", open, s)
	}

	// The parser of golang.org/x/net/html does not go deeper than 512.
	nodes, err := html.ParseFragment(strings.NewReader(s), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return ids
	}
	var parsed []string
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Type == html.ElementNode {
			parsed = append(parsed, strings.Repeat(" ", depth)+n.Data)
			depth++
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth)
		}
	}
	for _, n := range nodes {
		walk(n, 0)
	}
	if !slices.Equal(written, parsed) {
		t.Errorf("a browser sees other elements than are written:\n%s\nin\n%s", parsed, s)
	}
	return ids
}

// testTerms are met in many of the cases.
var testTerms = []Term{
	{"a", []string{"a", "twee drie"}}, {"b", []string{"b c", "b", "R&D", "a \"b\""}}, {"één", []string{"één", "café een", "'s avonds"}},
	{"x", []string{"x", "x a", "kop", "<b>", "c\nd"}}, {"d-e", []string{"d-e", "d", "e.g", "f…"}},
}

func FuzzRender(f *testing.F) {
	seeds := 0
	for _, c := range cases {
		f.Add(c.src, false)
		f.Add(c.src+"\n\n"+c.src, true)
		seeds++
	}
	if seeds < 60 {
		f.Fatalf("only %d seeds", seeds)
	}
	some, all := New(testOptions), New(Options{Tags: KnownTags(), Language: "en"})
	terms := New(Options{Tags: KnownTags(), Language: "en", Terms: testTerms})
	f.Fuzz(func(t *testing.T, src string, every bool) {
		if !every {
			checkDocument(t, some.Render([]byte(src), "Titel"), src)
			checkField(t, some.RenderField([]byte(src), "veld_"), src)
			return
		}
		d := terms.Render([]byte(src), "")
		checkDocument(t, d, src)
		checkTerms(t, d, all.Render([]byte(src), ""))
	})
}

// Filled with their words, terms change nothing.
func checkTerms(t *testing.T, with, without *Document) {
	t.Helper()
	met := map[string]bool{}
	var others []Hole
	for _, h := range with.Holes {
		if h.Kind != TermHole {
			others = append(others, h)
			continue
		}
		if met[h.Dest] || h.Text == "" || plainRune([]rune(h.Text)[0]) == ignored {
			t.Errorf("%+v is there for the second time, or has no start", h)
		}
		met[h.Dest] = true
	}
	if !reflect.DeepEqual(others, without.Holes) {
		t.Errorf("other holes: %+v\nwant %+v", others, without.Holes)
	}
	plain := func(d *Document) string {
		return strings.ReplaceAll(d.HTML(func(i int) string {
			if h := d.Holes[i]; h.Kind == TermHole {
				return string(appendEscaped(nil, h.Text))
			}
			return ""
		}), "\n", " ")
	}
	if got, want := plain(with), plain(without); got != want {
		t.Errorf("other HTML:\n%s\nwant\n%s", got, want)
	}
	bare := *with
	bare.Chunks, bare.Holes = without.Chunks, without.Holes
	if !reflect.DeepEqual(&bare, without) {
		t.Errorf("other text: %+v\nwant %+v", bare, without)
	}
}

// checkField checks what holds for the text of every field.
func checkField(t *testing.T, d *Document, src string) {
	t.Helper()
	checkDocument(t, d, src)
	for _, id := range d.Anchors {
		if !strings.HasPrefix(id, "veld_") {
			t.Errorf("id %q has no prefix", id)
		}
	}
	for _, h := range d.Headings {
		if h.Level != 3 {
			t.Errorf("heading %+v in a field", h)
		}
	}
	if d.Title != "" {
		t.Errorf("a field has the title %q", d.Title)
	}
}

// All pairs of cases, in one text and in each other: what one leaves open must not
// harm the next.
func TestPairs(t *testing.T) {
	r, plain := New(Options{Tags: KnownTags(), Terms: testTerms}), New(Options{Tags: KnownTags()})
	for _, a := range cases {
		for _, b := range cases {
			for _, src := range []string{
				a.src + "\n" + b.src,
				a.src + b.src,
				"- " + strings.ReplaceAll(a.src, "\n", "\n  ") + "\n> " + strings.ReplaceAll(b.src, "\n", "\n> "),
			} {
				d := r.Render([]byte(src), "")
				checkDocument(t, d, src)
				checkTerms(t, d, plain.Render([]byte(src), ""))
			}
			if t.Failed() {
				t.Fatalf("%s with %s", a.name, b.name)
			}
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	r := New(testOptions)
	for _, c := range cases {
		data, err := r.Render([]byte(c.src), "").AppendBinary(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		// Past the checksum too: damage that it does not see must not hurt either.
		for _, data := range [][]byte{data, sealed(data)} {
			var d Document
			if d.UnmarshalBinary(data) != nil {
				if !reflect.DeepEqual(d, Document{}) {
					t.Error("changed in spite of an error")
				}
				continue
			}
			again, err := d.AppendBinary(nil)
			var back Document
			if err != nil || back.UnmarshalBinary(again) != nil || !reflect.DeepEqual(back, d) {
				t.Errorf("%+v became %+v", d, back)
			}
		}
	})
}
