package yaml

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/diag"
)

var (
	codeUnknownKey = diag.Define("onbekende-sleutel", diag.Error,
		"Deze sleutel bestaat niet",
		"Een sleutel die niemand leest, verdwijnt ongemerkt; meestal is het een tikfout. De melding noemt de sleutel die erop lijkt, of alle sleutels die hier mogen staan. "+
			"Eigen velden voor een soort pagina zet je in site.yaml onder kinds.")
	codeMissingKey = diag.Define("ontbrekende-sleutel", diag.Error,
		"Een verplichte sleutel ontbreekt",
		"Zonder deze sleutel kan de pagina of de site niet worden gemaakt. Voeg haar toe op de genoemde plaats.")
	codeSort = diag.Define("verkeerde-waarde", diag.Error,
		"De waarde past niet bij de sleutel",
		"Bij elke sleutel hoort een soort waarde: tekst, een getal, true of false, een lijst, of een blok met eigen sleutels. De melding zegt welke, en hoe je die schrijft.")
)

// Fields reads the values of one map by key and notes what is wrong with them.
// A method that finds no value, or a wrong one, gives the zero value. A key with
// nothing after it counts as absent.
type Fields struct {
	Node     *Node // the map; [Null] when there is none
	file     string
	asked    []string
	messages *[]diag.Message
}

// Read starts reading a map of a file; faults are appended to messages. A nil or
// Null node reads as an empty map, any other node that is no map is a fault.
func Read(file string, n *Node, messages *[]diag.Message) *Fields {
	f := &Fields{file: file, messages: messages}
	return f.In("", n)
}

// In starts reading another map of the same file: the value of a key, or an item
// of the list under that key.
func (f *Fields) In(key string, n *Node) *Fields {
	inner := &Fields{Node: n, file: f.file, messages: f.messages}
	switch {
	case n == nil:
		inner.Node = &Node{Line: 1, Col: 1}
		if f.Node != nil {
			inner.Node.Line, inner.Node.Col = f.Node.Line, f.Node.Col
		}
	case n.Kind != Null && n.Kind != Map:
		inner.Fault(codeSort, n, subject(key)+" moet een blok met sleutels zijn, geen "+n.Kind.String(), "schrijf op ingesprongen regels: sleutel: waarde")
		inner.Node = &Node{Line: n.Line, Col: n.Col}
	}
	return inner
}

// Fault notes a message at a node of the file, at the map itself when n is nil.
func (f *Fields) Fault(code *diag.Code, n *Node, text, hint string) {
	if n == nil {
		n = f.Node
	}
	*f.messages = append(*f.messages, code.At(f.file, n.Line, n.Col, text, hint))
}

// Get gives the value of a key, nil when there is none.
func (f *Fields) Get(key string) *Node {
	if !slices.Contains(f.asked, key) {
		f.asked = append(f.asked, key)
	}
	n := f.Node.Get(key)
	if n == nil || n.Kind == Null {
		return nil
	}
	return n
}

// Text gives a scalar of any sort as text, without the white space around it.
func (f *Fields) Text(key string) string {
	n := f.scalar(key)
	if n == nil {
		return ""
	}
	return strings.TrimSpace(n.Text)
}

// Bool gives true or false.
func (f *Fields) Bool(key string) bool {
	n := f.scalar(key)
	if n == nil {
		return false
	}
	if n.Tag != "bool" {
		f.Fault(codeSort, n, fmt.Sprintf("%q moet true of false zijn, geen %q", key, n.Text), HintBool(key+": ", n.Text))
		return false
	}
	return strings.EqualFold(n.Text, "true")
}

// HintBool says what to write where true or false belongs and a text stands. What
// comes before the value is given, such as "draft: ".
func HintBool(before, text string) string {
	word := strings.ToLower(strings.TrimSpace(text))
	switch word {
	case "ja", "j", "yes", "y", "on", "aan", "1", "waar":
		return "schrijf: " + before + "true"
	case "nee", "n", "no", "off", "uit", "0", "onwaar":
		return "schrijf: " + before + "false"
	case "true", "false":
		return "schrijf: " + before + word + ", zonder aanhalingstekens"
	}
	return fmt.Sprintf("schrijf: %strue, of: %[1]sfalse", before)
}

// Int gives a whole number from least to most.
func (f *Fields) Int(key string, least, most int) int {
	n := f.scalar(key)
	if n == nil {
		return 0
	}
	i, err := strconv.Atoi(n.Text)
	if err != nil || i < least || i > most {
		f.Fault(codeSort, n, fmt.Sprintf("%q moet een geheel getal van %d tot en met %d zijn, geen %q", key, least, most, n.Text), fmt.Sprintf("schrijf bijvoorbeeld: %s: %d", key, least))
		return 0
	}
	return i
}

// Decimal gives a number in the given range, which may have a fraction.
func (f *Fields) Decimal(key string, least, most float64) float64 {
	n := f.scalar(key)
	if n == nil {
		return 0
	}
	number, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || !(number >= least && number <= most) { // NaN is neither
		f.Fault(codeSort, n, fmt.Sprintf("%q moet een getal van %v tot en met %v zijn, geen %q", key, least, most, n.Text), fmt.Sprintf("schrijf een breuk met een punt, bijvoorbeeld: %s: %v", key, least))
		return 0
	}
	return number
}

// Texts gives a list of scalars as texts, without the white space around them.
func (f *Fields) Texts(key string) []string {
	items := f.Items(key)
	texts := make([]string, 0, len(items))
	for _, n := range items {
		switch {
		case n.Kind == Null, n.Kind == Scalar && strings.TrimSpace(n.Text) == "":
			f.Fault(codeSort, n, fmt.Sprintf("in de lijst %q mag alleen tekst staan, geen %s", key, Null), "haal het onderdeel weg of vul het in")
			continue
		case n.Kind != Scalar:
			f.Fault(codeSort, n, fmt.Sprintf("in de lijst %q mag alleen tekst staan, geen %s", key, n.Kind), hintQuote)
			continue
		}
		texts = append(texts, strings.TrimSpace(n.Text))
	}
	if len(texts) == 0 {
		return nil
	}
	return texts
}

// Items gives the items of a list.
func (f *Fields) Items(key string) []*Node {
	n := f.Get(key)
	if n == nil {
		return nil
	}
	if n.Kind != List {
		f.Fault(codeSort, n, fmt.Sprintf("%q moet een lijst zijn, geen %s", key, n.Kind), "schrijf: "+listExample(key, n))
		return nil
	}
	return n.Items
}

// Map starts reading the map under a key. It is never nil.
func (f *Fields) Map(key string) *Fields {
	return f.In(key, f.Get(key))
}

// Need notes the keys that have no value; a key is missing where the map begins.
func (f *Fields) Need(keys ...string) {
	for _, key := range keys {
		n := f.Node.Get(key)
		switch {
		case n == nil:
			f.Fault(codeMissingKey, nil, fmt.Sprintf("sleutel %q ontbreekt", key), fmt.Sprintf("voeg toe: %s: …", key))
		case n.Kind == Null, n.Kind == Scalar && strings.TrimSpace(n.Text) == "":
			f.Fault(codeMissingKey, n, fmt.Sprintf("sleutel %q heeft geen waarde", key), fmt.Sprintf("vul aan: %s: …", key))
		}
	}
}

// NoOthers notes the keys that nothing asked for and that are not in also. Call
// it last.
func (f *Fields) NoOthers(also ...string) {
	for _, pair := range f.Node.Pairs {
		key := pair.Key.Text
		if !slices.Contains(f.asked, key) && !slices.Contains(also, key) {
			allowed := slices.Concat(f.asked, also)
			f.Fault(codeUnknownKey, pair.Key, fmt.Sprintf("onbekende sleutel %q", key), cmp.Or(diag.Suggest(key, allowed), "haal haar weg: hier mag geen sleutel staan"))
		}
	}
}

func (f *Fields) scalar(key string) *Node {
	n := f.Get(key)
	if n != nil && n.Kind != Scalar {
		f.Fault(codeSort, n, fmt.Sprintf("%q moet één waarde zijn, geen %s", key, n.Kind), fmt.Sprintf("schrijf: %s: …", key))
		return nil
	}
	return n
}

// String gives the Dutch word for a kind.
func (k Kind) String() string {
	return [...]string{"lege waarde", "losse waarde", "lijst", "blok met sleutels"}[k]
}

func subject(key string) string {
	if key == "" {
		return "dit"
	}
	return strconv.Quote(key)
}

// listExample shows how the value that was written looks as a list.
func listExample(key string, n *Node) string {
	if n.Kind != Scalar || len(n.Text) > 60 || strings.ContainsAny(n.Text, "[]{}:#\"'\\\n&*!|>%@`") {
		return key + ": [eerste, tweede]"
	}
	return fmt.Sprintf("%s: [%s]", key, strings.TrimSpace(n.Text))
}
