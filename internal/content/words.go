package content

import (
	"fmt"
	"slices"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

var (
	codeWords = diag.Define("woordenlijst", diag.Error,
		"Een lijst met woorden klopt niet",
		"In site.yaml noemt words twee bestanden met woorden. De synoniemen zijn een lijst: elk onderdeel is een groep woorden die hetzelfde betekenen, zoals "+
			"[bpv, stage], of één richting op, zoals {zoek: roc, vind: [mbo-instelling]}. De woordenlijst heeft groepen met een naam, zoals namen: [Kennisnet].")
	codeNoWords = diag.Define("woordenlijst-ontbreekt", diag.Error,
		"Een lijst met woorden is er niet",
		"In site.yaml noemt words een bestand dat niet in content/ staat. Maak het bestand, of haal de regel uit site.yaml weg.")
)

// Words are the lists of words that site.yaml names.
type Words struct {
	Synonyms []Synonym
	Known    []string // right spellings that no dictionary has, sorted
}

// Synonym says what visitors find who search for a word.
type Synonym struct {
	Search []string // what they type
	Find   []string // what they find too; the same words when they mean the same both ways
	Line   int
}

// isWords reports whether site.yaml names a file as a list of words.
func (l *Loader) isWords(name string) bool {
	return name != "" && (name == l.config.Words.Synonyms || name == l.config.Words.Known)
}

// words reads a list of words.
func (l *Loader) words(name string, source []byte) loaded {
	at := l.at(name)
	source, messages := checkBytes(at, source)
	root, faults := yaml.Parse(at, source, 0)
	r := wordsReader{at: at, loaded: loaded{messages: append(messages, faults...)}}
	if name == l.config.Words.Synonyms {
		r.synonyms(root)
	} else {
		r.known(root)
	}
	return r.loaded
}

// wordsReader gathers what a list of words holds.
type wordsReader struct {
	at string
	loaded
}

func (r *wordsReader) fault(n *yaml.Node, text, hint string) {
	r.messages = append(r.messages, codeWords.At(r.at, n.Line, n.Col, text, hint))
}

func (r *wordsReader) synonyms(root *yaml.Node) {
	if root.Kind != yaml.List && root.Kind != yaml.Null {
		r.fault(root, fmt.Sprintf("dit bestand is geen lijst, maar een %s", root.Kind), "begin elke groep met een streepje: - [bpv, stage]")
		return
	}
	group := map[string]int{} // line of the group that a word is in
	from := map[string]int{}  // line of the rule that begins with a word
	for _, n := range root.Items {
		switch n.Kind {
		case yaml.List:
			words := r.group(n, n)
			for _, w := range words {
				r.once(group, w, n, "een woord hoort bij één groep: voeg de groepen samen, of haal het uit een van de twee")
			}
			if len(words) < 2 {
				r.fault(n, "een groep heeft ten minste twee woorden", "schrijf bijvoorbeeld: - [bpv, stage]")
				continue
			}
			r.loaded.words.Synonyms = append(r.loaded.words.Synonyms, Synonym{Search: words, Find: words, Line: n.Line})
		case yaml.Map:
			in := yaml.Read(r.at, n, &r.messages)
			search, find := r.group(n, in.Get("zoek")), r.group(n, in.Get("vind"))
			in.Need("zoek", "vind")
			in.NoOthers()
			for _, w := range search {
				r.once(from, w, n, "zet alles wat erbij hoort achter één vind")
			}
			if len(search) > 0 && len(find) > 0 {
				r.loaded.words.Synonyms = append(r.loaded.words.Synonyms, Synonym{Search: search, Find: find, Line: n.Line})
			}
		default:
			r.fault(n, fmt.Sprintf("dit is geen groep woorden, maar een %s", n.Kind), "schrijf: - [bpv, stage] of - {zoek: roc, vind: [mbo-instelling]}")
		}
	}
}

// once notes a word that stands in two groups.
func (r *wordsReader) once(lines map[string]int, word string, n *yaml.Node, hint string) {
	key := strings.ToLower(word)
	if first := lines[key]; first != 0 {
		r.fault(n, fmt.Sprintf("%q staat ook op regel %d", word, first), hint)
		return
	}
	lines[key] = n.Line
}

// group gives the words of a list, or one word; n is nil when there is none.
func (r *wordsReader) group(at, n *yaml.Node) []string {
	if n == nil {
		return nil
	}
	items := n.Items
	if n.Kind == yaml.Scalar {
		items = []*yaml.Node{n}
	}
	var words []string
	for _, item := range items {
		w := strings.Join(strings.Fields(item.Text), " ")
		switch {
		case item.Kind != yaml.Scalar || w == "":
			r.fault(item, fmt.Sprintf("hier hoort een woord, geen %s", item.Kind), "vul het in of haal het weg")
		case slices.ContainsFunc(words, func(other string) bool { return strings.EqualFold(other, w) }):
			r.fault(item, fmt.Sprintf("%q staat er twee keer", w), "haal er een weg")
		default:
			words = append(words, w)
		}
	}
	if len(items) == 0 {
		r.fault(at, "hier hoort een lijst van woorden", "schrijf bijvoorbeeld: [bpv, stage]")
	}
	return words
}

func (r *wordsReader) known(root *yaml.Node) {
	if root.Kind != yaml.Map && root.Kind != yaml.Null {
		r.fault(root, fmt.Sprintf("dit bestand heeft geen groepen, maar is een %s", root.Kind), "schrijf bijvoorbeeld: namen: [Kennisnet]")
		return
	}
	lines := map[string]int{}
	for _, pair := range root.Pairs {
		for _, w := range r.group(pair.Key, pair.Value) {
			if strings.Contains(w, " ") {
				r.fault(pair.Value, fmt.Sprintf("%q is meer dan één woord", w), "zet elk woord apart in de lijst")
				continue
			}
			if first := lines[w]; first != 0 {
				r.fault(pair.Key, fmt.Sprintf("%q staat ook in de groep van regel %d", w, first), "haal er een weg")
				continue
			}
			lines[w] = pair.Key.Line
			r.loaded.words.Known = append(r.loaded.words.Known, w)
		}
	}
	slices.Sort(r.loaded.words.Known)
}

// absentWords tells of lists that are not there.
func (l *Loader) absentWords(files []file) []diag.Message {
	var messages []diag.Message
	w := l.config.Words
	for _, named := range [][2]string{{"synonyms", w.Synonyms}, {"known", w.Known}} {
		key, name := named[0], named[1]
		if name != "" && !slices.ContainsFunc(files, func(f file) bool { return f.name == name }) {
			messages = append(messages, codeNoWords.At("site.yaml", w.Line, w.Col,
				fmt.Sprintf("words noemt achter %s het bestand %s, dat er niet is", key, l.at(name)), "maak het bestand, of haal de regel weg"))
		}
	}
	return messages
}
