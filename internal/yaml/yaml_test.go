package yaml

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kennishub/internal/diag"
)

// faults are all sorts of input that is refused, with position, text and code of
// the first message.
var faults = []struct{ source, want string }{
	{"title: Foo: bar\n", `1:11 in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]`},
	{"é: x\ntitle: \"unclosed\nfoo: bar\n", `2:8 dit aanhalingsteken wordt niet gesloten [yaml-syntaxis]`},
	{"title: 'unclosed\n", `1:8 dit aanhalingsteken wordt niet gesloten [yaml-syntaxis]`},
	{"a:\n\tb: 1\n", `2:1 hier springt een tab in [yaml-syntaxis]`},
	{"\ta: 1\n", `1:1 hier springt een tab in [yaml-syntaxis]`},
	{"a: 1\n\tb: 2\n", `2:1 hier springt een tab in [yaml-syntaxis]`},
	{"a: |\n  x\n\ty\n", `3:1 hier springt een tab in [yaml-syntaxis]`},
	{"a: \"x\" y\n", `1:8 achter de waarde staat nog iets [yaml-syntaxis]`},
	{"a: 1\n b: 2\n", `2:3 deze regel past niet bij de regel erboven [yaml-syntaxis]`},
	{"a:\n  - 1\n - 2\n", `3:2 deze regel springt niet in zoals de regels erboven [yaml-syntaxis]`},
	{"a:\n  b: 1\n c: 2\n", `3:2 deze regel springt niet in zoals de regels erboven [yaml-syntaxis]`},
	{"zomaar tekst\nfoo: bar\n", `2:4 deze regel past niet bij de regel erboven [yaml-syntaxis]`},
	{"foo: bar\nzomaar tekst\n", `2:1 op deze regel staat geen sleutel met een dubbele punt [yaml-syntaxis]`},
	{"foo: bar\nzomaar tekst\nx: y\n", `2:1 op deze regel staat geen sleutel met een dubbele punt [yaml-syntaxis]`},
	{"a: [1, 2\nb: 3\n", `2:2 de lijst gaat niet goed verder (begonnen op regel 1) [yaml-syntaxis]`},
	{"a: {b: 1\nc: 3\n", `2:2 het blok gaat niet goed verder (begonnen op regel 1) [yaml-syntaxis]`},
	{"a: [1, 2\n", `1:9 de lijst gaat niet goed verder (begonnen op regel 1) [yaml-syntaxis]`},
	{"a: @foo\n", `1:4 een waarde kan niet met "@" beginnen [yaml-syntaxis]`},
	{"a: `x`\n", "1:4 een waarde kan niet met \"`\" beginnen [yaml-syntaxis]"},
	{"a: %x\n", `1:4 een waarde kan niet met "%" beginnen [yaml-syntaxis]`},
	{"a: ]\n", `1:4 hier hoort een waarde te staan [yaml-syntaxis]`},
	{"a: - b\n", `1:4 hier kan geen lijst beginnen [yaml-syntaxis]`},
	{"a: *nieuw*\n", `1:4 achter * of & hoort een naam [yaml-syntaxis]`},
	{"a: *x\n", `1:4 *x verwijst naar een naam die niet bestaat [yaml-verwijzing]`},
	{"a: &\n", `1:4 achter * of & hoort een naam [yaml-syntaxis]`},
	{"a: | x\n  b\n", `1:6 achter | of > mag niets meer staan [yaml-syntaxis]`},
	{"a: \"C:\\Users\"\n", `1:9 achter de backslash hoort een getal uit cijfers en a tot f [yaml-syntaxis]`},
	{"a: \"\\xzz\"\n", `1:7 achter de backslash hoort een getal uit cijfers en a tot f [yaml-syntaxis]`},
	{"a: !foo x\n", `1:4 de tag !foo wordt niet gelezen [yaml-tag]`},
	{"a: !!str 2\n", `1:4 de tag !!str wordt niet gelezen [yaml-tag]`},
	{"a: 1\na: 2\n", `2:1 sleutel "a" staat er twee keer, eerst op regel 1 [dubbele-sleutel]`},
	{"a: 1\n---\nb: 2\n", `2:1 er begint een tweede YAML-document [yaml-meer-documenten]`},
	{"a: 1\n---\n", `2:1 er begint een tweede YAML-document [yaml-meer-documenten]`},
	{"---\na: 1\n---\n", `3:1 er begint een tweede YAML-document [yaml-meer-documenten]`},
	{"a: 1\n...\nb\n", `3:1 deze regel hoort nergens bij [yaml-syntaxis]`},
	{"? [a]: b\n", `1:3 een lijst of blok kan geen sleutel zijn [ongeldige-sleutel]`},
	{"t: {{ x }}\n", `1:5 een lijst of blok kan geen sleutel zijn [ongeldige-sleutel]`},
	{"{{ x }}\n", `1:2 een lijst of blok kan geen sleutel zijn [ongeldige-sleutel]`},
	{"<<: x\n", `1:1 de samenvoegsleutel "<<" wordt niet gelezen [ongeldige-sleutel]`},
	{": x\n", `1:1 voor de dubbele punt staat geen sleutel [yaml-syntaxis]`},
	{"a: &a [*a]\n", `1:8 *a verwijst naar een waarde waar het zelf in staat [yaml-verwijzing]`},
	{"a: &a {b: *a}\n", `1:11 *a verwijst naar een waarde waar het zelf in staat [yaml-verwijzing]`},
	{"a: 1\n--- b\n", `2:1 er begint een tweede YAML-document [yaml-meer-documenten]`},
	{"%YAML 1.2\n---\na: 1\n", `1:1 een regel %YAML wordt niet gelezen [yaml-syntaxis]`},
	{"%FOO\na: 1\n", `1:1 een regel kan niet met een procentteken beginnen [yaml-syntaxis]`},
	{"a: \"x\n---\ny\"\n", `1:4 dit aanhalingsteken wordt niet gesloten [yaml-syntaxis]`},
	{"- a\nb: c\n", `2:1 hier hoort het volgende streepje van de lijst te staan [yaml-syntaxis]`},
	{"a: b\n- c\n", `2:1 deze regel springt niet in zoals de regels erboven [yaml-syntaxis]`},
	{"é é: é: é\n", `1:7 in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]`},
	{"a: b: c: d\n", `1:5 in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]`},
	{"a:b\nc: d\n", `2:2 deze regel past niet bij de regel erboven [yaml-syntaxis]`},
	{"a: !!int x\n", `1:4 de tag !!int wordt niet gelezen [yaml-tag]`},
	{"a: >0\n x\n", `1:5 achter | of > mag geen 0 staan [yaml-syntaxis]`},
	{"a: 1 2: 3\n", `1:7 in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]`},
	{"\ufeffé: @\n", `1:4 een waarde kan niet met "@" beginnen [yaml-syntaxis]`},
	{"a: \u2028b\n", `1:4 onzichtbaar teken U+2028 (bijzonder regeleinde) [verboden-teken]`},
	{"a: \xff\n", `1:4 dit is geen UTF-8 [geen-utf8]`},
	{"a: b\rc: d\n", `1:5 onzichtbaar teken U+000D (regeleinde van een oude Mac) [verboden-teken]`},
	{"\x00\n", `1:1 onzichtbaar teken U+0000 (stuurteken) [verboden-teken]`},
	{"a: \"\\ud800\"\n", `1:7 dit teken bestaat niet [yaml-syntaxis]`},
	{"a: [b]]\n", `1:7 achter de waarde staat nog iets [yaml-syntaxis]`},
	{"a: {b: c}}\n", `1:10 achter de waarde staat nog iets [yaml-syntaxis]`},
	{"a: ? b\n", `1:4 hier mag geen vraagteken staan [yaml-syntaxis]`},
	{"a: \"b\": c\n", `1:7 in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]`},
	{"a: 'don't'\n", `1:9 achter de waarde staat nog iets [yaml-syntaxis]`},
	{"'''\n", `1:1 dit aanhalingsteken wordt niet gesloten [yaml-syntaxis]`},
	{"a: !<\n", `1:6 de YAML is hier niet te lezen: did not find expected tag URI [yaml-syntaxis]`},
	{"a: !x!y z\n", `1:4 een waarde kan niet met een uitroepteken beginnen [yaml-syntaxis]`},
	{"a: [\n", `1:5 hier hoort een waarde te staan [yaml-syntaxis]`},
	{"%TAG a b\n", `1:6 de YAML is hier niet te lezen: did not find expected '!' [yaml-syntaxis]`},
	{"a: >-x\n", `1:6 achter | of > mag niets meer staan [yaml-syntaxis]`},
	{"a: |9\n b\n", `2:2 deze regel springt niet in zoals de regels erboven [yaml-syntaxis]`},
	{"&x a: b\n*x : c\n", `2:1 een sleutel kan geen verwijzing (*x) zijn [ongeldige-sleutel]`},
	{strings.Repeat("[", 60) + strings.Repeat("]", 60), `1:51 hier staan meer dan 50 lijsten en blokken in elkaar [yaml-te-diep]`},
	{bomb, `4:36 de verwijzingen in dit bestand brengen samen meer dan 10000 waarden mee [yaml-verwijzing]`},
	{"titel: café\u0085\n", `1:12 onzichtbaar teken U+0085 (bijzonder regeleinde) [verboden-teken]`},
	{"a: b\ufeff\n", `1:5 onzichtbaar teken U+FEFF (bytevolgordemarkering) [verboden-teken]`},
	{"\xff\xfea\x00", `1:1 dit is geen UTF-8 [geen-utf8]`},
	{"a: b\n\"\": c\n", `2:1 voor de dubbele punt staat geen sleutel [ongeldige-sleutel]`},
	{"a: b\n!!str c: d\n", `2:1 de tag !!str wordt niet gelezen [yaml-tag]`},
	{"a: {b: 1, b: 2}\n", `1:11 sleutel "b" staat er twee keer, eerst op regel 1 [dubbele-sleutel]`},
}

// bomb brings in ten times as many nodes with each line.
var bomb = func() string {
	s := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'j'; c++ {
		s += fmt.Sprintf("%c: &%c [%s]\n", c, c, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*%c, ", c-1), 10), ", "))
	}
	return s
}()

func TestFaults(t *testing.T) {
	for _, test := range faults {
		_, messages := Parse("a.md", []byte(test.source), 0)
		if len(messages) == 0 {
			t.Errorf("%q: no fault, want %s", test.source, test.want)
			continue
		}
		m := messages[0]
		if got := fmt.Sprintf("%d:%d %s [%s]", m.Line, m.Col, m.Text, m.Code); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.source, got, test.want)
		}
		if m.File != "a.md" || m.Severity != diag.Error || m.Hint == "" {
			t.Errorf("%q: %+v", test.source, m)
		}
	}
}

// The library's own words are only passed on where it says something rare.
func TestFaultsAreDutch(t *testing.T) {
	untranslated := 0
	for _, test := range faults {
		if strings.Contains(test.want, "niet te lezen: ") {
			untranslated++
		}
	}
	if untranslated != 2 {
		t.Errorf("%d faults are in English", untranslated)
	}
}

func TestFaultsAllAtOnce(t *testing.T) {
	const source = "title: a\ntitle: b\nx: !!int 1\n{}: c\n<<: d\n---\ne: f\n"
	_, messages := Parse("a.md", []byte(source), 4)
	var lines []int
	for _, m := range messages {
		lines = append(lines, m.Line)
	}
	if want := []int{6, 7, 8, 9, 10}; !slices.Equal(lines, want) {
		t.Errorf("lines %v, want %v: %v", lines, want, messages)
	}
	if want := `sleutel "title" staat er twee keer, eerst op regel 5`; messages[0].Text != want {
		t.Errorf("got %s, want %s", messages[0].Text, want)
	}
}

func TestFaultsInBinary(t *testing.T) {
	_, messages := Parse("a.md", bytes.Repeat([]byte{0}, 1000), 0)
	if len(messages) != maxCharacters {
		t.Errorf("%d messages, want %d", len(messages), maxCharacters)
	}
}

func TestParse(t *testing.T) {
	const source = `# comment
titel: "één: twee"   # quoted
getal: 12
leeg:
tilde: ~
lijst: [a, 1.5, true, 2022-09-14, "2022", no]
é: &x {ü: ö}
nog: *x
tekst: |
  regel één
  regel twee
diep:
  - - b
yes: null
`
	root, messages := Parse("a.md", []byte("\ufeff"+strings.ReplaceAll(source, "\n", "\r\n")), 3)
	if len(messages) > 0 {
		t.Fatal(messages)
	}
	const want = `5:1 map
5:1 titel: 5:8 str "één: twee"
6:1 getal: 6:8 int "12"
7:1 leeg: 7:6 null
8:1 tilde: 8:8 null
9:1 lijst: 9:8 list
- 9:9 str "a"
- 9:12 float "1.5"
- 9:17 bool "true"
- 9:23 timestamp "2022-09-14"
- 9:35 str "2022"
- 9:43 str "no"
10:1 é: 10:4 map
10:8 ü: 10:11 str "ö"
11:1 nog: 10:4 map
10:8 ü: 10:11 str "ö"
12:1 tekst: 12:8 block str "regel één\nregel twee\n"
15:1 diep: 16:3 list
- 16:5 list
- 16:7 str "b"
17:1 yes: 17:6 null
`
	var b strings.Builder
	show(&b, root)
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	if n := root.Get("nog").Get("ü"); n == nil || n.Text != "ö" {
		t.Errorf("an alias is not expanded: %v", n)
	}
	if root.Get("x") != nil || root.Get("titel").Get("x") != nil || (*Node)(nil).Get("x") != nil {
		t.Error("Get finds what is not there")
	}
}

func show(b *strings.Builder, n *Node) {
	fmt.Fprintf(b, "%d:%d ", n.Line, n.Col)
	switch n.Kind {
	case Null:
		b.WriteString("null\n")
	case Scalar:
		if n.Block {
			b.WriteString("block ")
		}
		fmt.Fprintf(b, "%s %q\n", n.Tag, n.Text)
	case List:
		b.WriteString("list\n")
		for _, item := range n.Items {
			b.WriteString("- ")
			show(b, item)
		}
	case Map:
		b.WriteString("map\n")
		for _, p := range n.Pairs {
			fmt.Fprintf(b, "%d:%d %s: ", p.Key.Line, p.Key.Col, p.Key.Text)
			show(b, p.Value)
		}
	}
}

func TestParseNothing(t *testing.T) {
	for _, source := range []string{"", "\n\n", "# niets\n", "---\n", "\ufeff", "~", "null\n"} {
		root, messages := Parse("a.md", []byte(source), 1)
		if root.Kind != Null || len(messages) > 0 || root.Line < 2 {
			t.Errorf("%q: %+v %v", source, root, messages)
		}
	}
}

// An alias may be used often as long as it stays within the budget.
func TestParseAliases(t *testing.T) {
	source := "a: &a x\nb: [" + strings.Repeat("*a, ", maxAliased) + "]\n"
	if _, messages := Parse("a.md", []byte(source), 0); len(messages) > 0 {
		t.Error(messages)
	}
	source = strings.Replace(source, "*a", "*a, *a", 1)
	if _, messages := Parse("a.md", []byte(source), 0); len(messages) != 1 {
		t.Errorf("%d messages over the budget, want 1", len(messages))
	}
}

func TestParseBombIsSmall(t *testing.T) {
	root, messages := Parse("a.md", []byte(bomb), 0)
	if len(messages) != 1 {
		t.Errorf("%d messages, want 1", len(messages))
	}
	// Besides what aliases bring in there are the nodes of the source itself.
	if n := count(root); n > maxAliased+200 {
		t.Errorf("%d nodes", n)
	}
}

func count(n *Node) int {
	total := 1
	for _, item := range n.Items {
		total += count(item)
	}
	for _, p := range n.Pairs {
		total += 1 + count(p.Value)
	}
	return total
}

// plain either leaves a text alone or reads it as the library does.
func FuzzPlain(f *testing.F) {
	for _, seed := range []string{
		"a: b\n", "a: b", "title: \"één: twee\"\nb: 'x y'\n", "a:\n", "a:\nb: c\n", "a:\n  - b\n  - 12\nc: d\n", "a:\n- b\n\n# c\n- d\n",
		"a: [b, \"c\", 1.5, 'é', ü, f]\nb: []\n", "a:\n  - {b: c, d: \"e: f\", g: no}\n  - {h: true}\n", "a: 2022-09-14\nb: 2022-09\nc: 0899\nd: 0x1F\ne: 1_000\nf: 12e3\n",
		"a: null\nb: True\nc: nul\nd: false\ne: no\nf: Null\n", "# c\n\na: b c  \r\nd: e\r\n", "a: https://b.nl/c?d=e#f\n", "a: b:c\n", "a: [é, b]\n", "a: {b: c, d: 1}\n",
		"a: |\n  b\n\n   - c: #d\n\n\ne: f\n", "a: |\r\n\r\n b\r\n", "a: |\n  b\n# c\n", "a:\n  b: c\n", "a:\n  b: |\n    c\n  d: [e]\n  f: g\nh:\n- i\n",
	} {
		p := &parse{src: []byte(seed)}
		if _, ok := p.plain(); !ok {
			f.Fatalf("seed %q is not plain", seed)
		}
		f.Add(seed)
	}
	for _, seed := range []string{"a: b\n  c\n", "a: b: c\n", "a: b #c\n", "a: b\na: c\n", "a: [b, ]\n", "a: *b\n", "a: \"\\t\"\n", "a: 'b''c'\n",
		"a: \"b\" c\n", "a: [b\n", "a: [b] c\n", "- a\n", "a: {b: c}}\n", "a: [b?, c]\n", "a: {b: c:}\n", "a:\n - b\n  - c\n", "a: b\n- c\n", "---\na: b\n", "a: [b: c]\n", "a: {b}\n", "a: [b}c]\n", "a: {b: c]\n", "",
		"a: |-\n  b\n", "a: |2\n  b\n", "a: | \n  b\n", "a: |\n  b", "a: |\n   \n  b\n", "a: |\n  b\n  \n", "a: |\nb: c\n", "a: |\n", "a: |\n   b\n  c\n", "a:\n  b: |\n  c: d\n",
		"a:\n  b:\n", "a:\n  b: c\n  b: d\n", "a:\n  b: c\n - d\n", "a:\n  b: c\n  - d\n", "a:\n  - b\n  c: d\n", "a:\n  b: c\n   d: e\n", "a:\n- |\n  b\n", "  a: b\n"} {
		p := &parse{src: []byte(seed)}
		if _, ok := p.plain(); ok {
			f.Fatalf("seed %q is plain", seed)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) { agree(t, source) })
}

// Lines in any order try the borders of blocks more often than a fuzzer does.
func TestPlainLines(t *testing.T) {
	lines := []string{"a: b", "c: |", "d: |", "e:", "e: ", "f: |-", "g: [h, 1]", "i: {j: k}", "# l", "- m", "-", "- n: o", "- |", "  p: q", "  r: |", "  s:", "  - t", "  # u", " v", " - w",
		"    x", "     # x", " ", "    ", "y", "---", "...", "z: null", "\"a\": b", "  a: 'b'", "    - c: {d: e}"}
	random := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 30_000 {
		var b strings.Builder
		for range 1 + random.IntN(7) {
			b.WriteString(lines[random.IntN(len(lines))])
			b.WriteString([]string{"\n", "\n", "\n", "\n", "\r\n", "\n\n", "\n  \n"}[random.IntN(7)])
		}
		source := b.String()
		if random.IntN(8) == 0 {
			source = strings.TrimSuffix(source, "\n")
		}
		if agree(t, source) {
			read++
		}
	}
	if read < 1000 {
		t.Errorf("only %d texts were plain", read)
	}
}

// agree reports whether plain reads a text, which must then be as the library does.
func agree(t *testing.T, source string) bool {
	t.Helper()
	p := &parse{src: []byte(source), offset: 2}
	p.lines = lineCount(p.src)
	if !p.readable() {
		return false
	}
	plain, ok := p.plain()
	if !ok {
		return false
	}
	var got, want strings.Builder
	show(&got, plain)
	show(&want, p.library(&Node{Line: 3, Col: 1}))
	if got.String() != want.String() || len(p.messages) > 0 {
		t.Errorf("%q:\n got %s\nwant %s\n%v", source, got.String(), want.String(), p.messages)
	}
	return true
}

func FuzzParse(f *testing.F) {
	for _, test := range faults {
		root, messages := Parse("a.md", []byte(test.source), 0)
		if len(messages) == 0 {
			f.Fatalf("seed %q has no fault", test.source)
		}
		if err := sound(root, messages, test.source, 0); err != nil {
			f.Fatalf("seed %q: %v", test.source, err)
		}
		f.Add(test.source, 0)
	}
	for _, seed := range []string{"", "a: b\n", "a: &x [1, {b: c}]\nd: *x\n", "- |\n  x\n- >-\n  y\n", "# c\na: # d\n  b # e\n"} {
		if _, messages := Parse("a.md", []byte(seed), 0); len(messages) > 0 {
			f.Fatalf("seed %q: %v", seed, messages)
		}
		f.Add(seed, 3)
	}
	f.Fuzz(func(t *testing.T, source string, offset int) {
		if offset < 0 || offset > 1_000_000 {
			offset = 0
		}
		root, messages := Parse("a.md", []byte(source), offset)
		if err := sound(root, messages, source, offset); err != nil {
			t.Errorf("%q: %v", source, err)
		}
	})
}

// sound checks what holds for any result of Parse: every place lies within the
// file, keys are unique words, the tree is not deep and not big.
func sound(root *Node, messages []diag.Message, source string, offset int) error {
	source = strings.TrimPrefix(source, "\ufeff")
	lines := strings.Split(source, "\n")
	within := func(line, col int) error {
		i := line - offset - 1
		if i < 0 || i >= len(lines) {
			return fmt.Errorf("line %d of %d", i+1, len(lines))
		}
		if most := utf8.RuneCountInString(lines[i]) + 1; col < 1 || col > most {
			return fmt.Errorf("line %d column %d of %d", i+1, col, most)
		}
		return nil
	}
	for _, m := range messages {
		if err := within(m.Line, m.Col); err != nil {
			return fmt.Errorf("message %v: %w", m, err)
		}
		if m.Text == "" || m.Hint == "" {
			return fmt.Errorf("message %v says too little", m)
		}
	}
	if n := count(root); n > maxAliased+2*len(source)+2 {
		return fmt.Errorf("%d nodes", n)
	}
	var walk func(n *Node, depth int) error
	walk = func(n *Node, depth int) error {
		if err := within(n.Line, n.Col); err != nil {
			return fmt.Errorf("node %+v: %w", n, err)
		}
		if depth > maxDepth+1 {
			return fmt.Errorf("depth %d", depth)
		}
		if (n.Kind == Scalar) != (n.Tag != "") || n.Kind != Scalar && n.Text != "" {
			return fmt.Errorf("node %+v", n)
		}
		seen := map[string]bool{}
		for _, p := range n.Pairs {
			if p.Key.Kind != Scalar || p.Key.Text == "" || seen[p.Key.Text] {
				return fmt.Errorf("key %+v", p.Key)
			}
			seen[p.Key.Text] = true
			if err := within(p.Key.Line, p.Key.Col); err != nil {
				return fmt.Errorf("key %+v: %w", p.Key, err)
			}
			if err := walk(p.Value, depth+1); err != nil {
				return err
			}
		}
		for _, item := range n.Items {
			if err := walk(item, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(root, 1)
}

// The front matter of a usual page.
func BenchmarkParse(b *testing.B) {
	source := []byte(`title: Deepfakes herkennen met studenten
description: Wat gebeurt er als studenten zelf een deepfake maken?
date: 2024-03-12
tags: [ai, mediawijsheid]
studiejaar: 2023-2024
status: afgerond
themas: [ai, privacy]
doelgroep:
  - studenten
  - docenten
periode: 2024-01/2024-03
interventie: |
  1. **Maken.** Studenten maken in tweetallen een korte deepfake van zichzelf.
  2. **Bespreken.** Ze zoeken bij elkaar wat de deepfake verraadt:

     - het licht op het gezicht
     - de mond en de klank
meting:
  methode: [toets]
  studenten: 41
team:
  - {rol: onderzoekdocent, instelling: Albeda}
  - {rol: practor, instelling: Deltion}
netwerk: ibp
`)
	b.ReportAllocs()
	b.SetBytes(int64(len(source)))
	for b.Loop() {
		if _, messages := Parse("a.md", source, 1); len(messages) > 0 {
			b.Fatal(messages)
		}
	}
}
