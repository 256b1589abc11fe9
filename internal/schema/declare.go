package schema

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

var (
	codeDeclaration = diag.Define("declaratie", diag.Error,
		"Een soort, veld of vocabulaire in site.yaml klopt niet",
		"Onder kinds en vocabularies in site.yaml staat welke soorten pagina's de hub heeft, welke velden daarbij horen en uit welke termen "+
			"auteurs kiezen. De melding zegt wat er niet klopt en wat er mag staan.")
	codeValue = diag.Define("veldwaarde", diag.Error,
		"De waarde past niet bij het veld",
		"In site.yaml staat welk type een veld heeft. De melding noemt de waarde die erop lijkt of de waarden die mogen, of laat zien hoe een goede waarde eruitziet.")
	codeRequired = diag.Define("verplicht-veld", diag.Error,
		"Een verplicht veld ontbreekt",
		"De hub vraagt dit veld bij elke pagina van deze soort, omdat bezoekers erop filteren of het nodig hebben. Vul het in boven aan de "+
			"pagina, tussen de regels met ---.")
	codeTwice = diag.Define("dubbele-waarde", diag.Warning,
		"Dezelfde waarde staat twee keer in een lijst",
		"Een waarde telt maar één keer; de tweede is waarschijnlijk een vergissing. Haal hem weg of vervang hem.")
)

// CommonKeys are the front matter keys that any page may have. A kind cannot
// declare a field with such a name.
var CommonKeys = []string{"title", "description", "date", "updated", "draft", "publishDate", "expiryDate", "slug", "aliases",
	"weight", "tags", "layout", "image", "id", "voorbeeld", "ook_bekend_als"}

// Names that the search and the templates use themselves.
var (
	reservedFacets = []string{"q", "limit", "offset", "sort", "kind"}
	reservedKinds  = []string{"page", "list", "home", "term", "terms", "collection", "zoeken", "404", "base"}
)

// declaration is the state of reading the declarations of one file.
type declaration struct {
	file     string
	field    string // named field that is being read
	messages []diag.Message
}

// ReadKinds reads the value of `kinds` in site.yaml. A kind or field that is at
// fault is left out or incomplete; then a message is an [diag.Error]. Call
// [Link] afterwards.
func ReadKinds(file string, n *yaml.Node) ([]*Kind, []diag.Message) {
	d := &declaration{file: file}
	in := yaml.Read(file, n, &d.messages)
	var kinds []*Kind
	for _, pair := range in.Node.Pairs {
		name := pair.Key.Text
		if !d.name(in, pair.Key, "soort", name) {
			continue
		}
		if slices.Contains(reservedKinds, name) {
			in.Fault(codeDeclaration, pair.Key, fmt.Sprintf("soort %q heet als een sjabloon van elke site", name), "kies een andere naam")
		}
		keys := in.In(name, pair.Value)
		k := &Kind{Name: name, Line: pair.Key.Line, Col: pair.Key.Col}
		k.Folder = d.path(keys, "folder")
		k.File = d.path(keys, "file")
		k.Label = d.label(keys, name)
		k.Bundle = keys.Bool("bundle")
		k.Fields = d.fields(keys.Map("fields"), true)
		d.uses(k, keys)
		keys.NoOthers()
		switch {
		case keys.Node.Get("folder") == nil && keys.Node.Get("file") == nil:
			in.Fault(codeDeclaration, pair.Key, fmt.Sprintf("soort %q heeft geen map en geen bestand", name),
				fmt.Sprintf("schrijf: folder: %s voor pagina's, of: file: data/%s.yaml voor onderdelen zonder eigen pagina", name, name))
		case keys.Node.Get("folder") != nil && keys.Node.Get("file") != nil:
			in.Fault(codeDeclaration, pair.Key, fmt.Sprintf("soort %q heeft een map en een bestand", name), "kies folder of file")
		case k.File != "" && !strings.HasSuffix(k.File, ".yaml") && !strings.HasSuffix(k.File, ".yml"):
			in.Fault(codeDeclaration, keys.Get("file"), fmt.Sprintf("bestand %q is geen YAML-bestand", k.File), "de naam eindigt op .yaml")
		}
		for _, use := range []struct {
			key string
			has bool
		}{{"bundle", k.Bundle}, {"cite", k.Cite != ""}, {"glossary", k.Glossary != ""}} {
			if key := use.key; k.File != "" && use.has {
				in.Fault(codeDeclaration, keys.Get(key), fmt.Sprintf("soort %q heeft geen eigen pagina's, dus %s doet niets", name, key), fmt.Sprintf("haal %s weg, of geef de soort een map met folder", key))
			}
		}
		kinds = append(kinds, k)
	}
	return kinds, d.messages
}

// ReadVocabularies reads the value of `vocabularies` in site.yaml.
func ReadVocabularies(file string, n *yaml.Node) ([]*Vocabulary, []diag.Message) {
	d := &declaration{file: file}
	in := yaml.Read(file, n, &d.messages)
	var vocabularies []*Vocabulary
	for _, pair := range in.Node.Pairs {
		name := pair.Key.Text
		if !d.name(in, pair.Key, "vocabulaire", name) {
			continue
		}
		keys := in.In(name, pair.Value)
		v := &Vocabulary{Name: name, Line: pair.Key.Line, Col: pair.Key.Col}
		v.Label = d.label(keys, name)
		v.Terms = d.terms(keys, keys.Map("terms"))
		keys.NoOthers()
		if len(v.Terms) == 0 && len(keys.Map("terms").Node.Pairs) == 0 {
			in.Fault(codeDeclaration, pair.Key, fmt.Sprintf("vocabulaire %q heeft geen termen", name), "schrijf: terms: {ai: AI in het onderwijs}")
		}
		vocabularies = append(vocabularies, v)
	}
	return vocabularies, d.messages
}

func (d *declaration) terms(keys, in *yaml.Fields) []VocabularyTerm {
	var terms []VocabularyTerm
	for _, pair := range in.Node.Pairs {
		id := pair.Key.Text
		if !d.name(in, pair.Key, "term", id) {
			continue
		}
		t := VocabularyTerm{ID: id, Label: capital(id)}
		switch n := pair.Value; n.Kind {
		case yaml.Scalar:
			t.Label = strings.TrimSpace(n.Text)
		case yaml.Null:
		default:
			term := in.In(id, n)
			if label := term.Text("label"); label != "" {
				t.Label = label
			}
			t.Description = term.Text("description")
			term.NoOthers()
		}
		terms = append(terms, t)
	}
	return terms
}

// fields reads the declared fields of a kind (top) or of a group.
func (d *declaration) fields(in *yaml.Fields, top bool) []*Field {
	var fields []*Field
	for _, pair := range in.Node.Pairs {
		name := pair.Key.Text
		if !d.name(in, pair.Key, "veld", name) {
			continue
		}
		if top && slices.Contains(CommonKeys, name) {
			in.Fault(codeDeclaration, pair.Key, fmt.Sprintf("veld %q heet als een sleutel die elke pagina al heeft", name),
				"kies een andere naam; vaste sleutels: "+strings.Join(CommonKeys, ", "))
			continue
		}
		outer := d.field
		d.field = name
		f := &Field{Name: name, Label: capital(name), Line: pair.Key.Line, Col: pair.Key.Col}
		if pair.Value.Kind == yaml.Scalar {
			// A type without keys, as in `status: choice`: what is missing is missing there.
			d.typed(f, in.In(name, &yaml.Node{Line: pair.Value.Line, Col: pair.Value.Col}), pair.Value)
		} else {
			d.attributes(f, in.In(name, pair.Value), top)
		}
		d.field = outer
		if f.sound() {
			fields = append(fields, f)
		}
	}
	return fields
}

// attributes reads the keys of a field.
func (d *declaration) attributes(f *Field, keys *yaml.Fields, top bool) {
	n := keys.Get("type")
	f.Required = keys.Bool("required")
	f.Facet = keys.Bool("facet")
	if label := keys.Text("label"); label != "" {
		f.Label = label
	}
	f.Hint = keys.Text("help")
	if f.Property = keys.Text("property"); f.Property != "" {
		if hint := suggestKnown(f.Property, properties, "author of startDate"); hint != "" {
			keys.Fault(codeDeclaration, keys.Get("property"), fmt.Sprintf("%q is geen eigenschap van schema.org die de hub kent", f.Property), hint)
			f.Property = ""
		}
	}
	if !d.typed(f, keys, n) {
		return
	}
	keys.NoOthers()
	if !f.Facet {
		return
	}
	switch of := f.element(); {
	case !top:
		keys.Fault(codeDeclaration, keys.Get("facet"), fmt.Sprintf("veld %q staat in een groep en kan daarom geen facet zijn", f.Name), "haal facet weg, of maak er een veld van de soort zelf van")
	case slices.Contains(reservedFacets, f.Name):
		keys.Fault(codeDeclaration, keys.Get("facet"), fmt.Sprintf("facet %q heet als een woord dat de zoekmachine zelf gebruikt", f.Name),
			"kies een andere naam dan "+strings.Join(reservedFacets, ", "))
	case typeOf(of.Type) != nil && !typeOf(of.Type).facet:
		var can []string
		for _, t := range types {
			if t.facet {
				can = append(can, string(t.name))
			}
		}
		keys.Fault(codeDeclaration, keys.Get("facet"), fmt.Sprintf("op een veld van type %s kan niet worden gefilterd", of.Type), "haal facet weg; een facet kan zijn: "+strings.Join(can, ", "))
	}
}

// typed sets the type that n names and reads that type's own keys. It reports
// whether the type exists.
func (d *declaration) typed(f *Field, keys *yaml.Fields, n *yaml.Node) bool {
	if n == nil {
		keys.Fault(codeDeclaration, nil, fmt.Sprintf("veld %q heeft geen type", d.field), diag.Suggest("", typeNames()))
		return false
	}
	t := typeOf(Type(n.Text))
	if n.Kind != yaml.Scalar || t == nil {
		keys.Fault(codeDeclaration, n, fmt.Sprintf("onbekend type %q van veld %q", n.Text, d.field), diag.Suggest(n.Text, typeNames()))
		return false
	}
	f.Type = t.name
	if t.declare != nil {
		t.declare(d, f, keys)
	}
	return true
}

// options reads the allowed values of a choice: a list of values, or a map from
// value to label.
func (d *declaration) options(f *Field, keys *yaml.Fields, key string) {
	n := keys.Get(key)
	if n == nil || n.Kind != yaml.Scalar && len(n.Items)+len(n.Pairs) == 0 {
		keys.Fault(codeDeclaration, n, fmt.Sprintf("veld %q heeft geen keuzes", d.field), fmt.Sprintf("schrijf: %s: [ja, nee]", key))
		return
	}
	if n.Kind == yaml.Map {
		for _, pair := range n.Pairs {
			if pair.Value.Kind > yaml.Scalar {
				keys.Fault(codeDeclaration, pair.Value, fmt.Sprintf("achter een keuze staat haar naam, geen %s", pair.Value.Kind), fmt.Sprintf("schrijf: %s: {ja: Ja zeker, nee: Nee}", key))
			}
			f.Choices = append(f.Choices, Option{Value: pair.Key.Text, Label: cmp.Or(strings.TrimSpace(pair.Value.Text), upper(pair.Key.Text))})
		}
		return
	}
	for _, item := range keys.Items(key) {
		v := strings.TrimSpace(item.Text)
		switch {
		case item.Kind != yaml.Scalar || v == "":
			keys.Fault(codeDeclaration, item, fmt.Sprintf("een keuze van veld %q is een woord, geen %s", d.field, item.Kind), fmt.Sprintf("schrijf: %s: [ja, nee]", key))
		case slices.ContainsFunc(f.Choices, func(o Option) bool { return o.Value == v }):
			keys.Fault(codeDeclaration, item, fmt.Sprintf("keuze %q staat er twee keer", v), "haal er een weg")
		default:
			f.Choices = append(f.Choices, Option{Value: v, Label: upper(v)})
		}
	}
}

// sound reports whether a declared field is whole enough to check values with.
func (f *Field) sound() bool {
	switch f.Type {
	case List:
		return f.Of != nil && f.Of.sound()
	case Group:
		return len(f.Fields) > 0
	}
	return f.Type != ""
}

// element gives what a field holds one or more of.
func (f *Field) element() *Field {
	if f.Type == List && f.Of != nil {
		return f.Of
	}
	return f
}

// label reads what readers call one and many of something.
func (d *declaration) label(keys *yaml.Fields, name string) Label {
	n := keys.Get("label")
	if n == nil {
		return Label{One: capital(name), Many: capital(name)}
	}
	if n.Kind == yaml.Scalar {
		text := keys.Text("label")
		return Label{One: text, Many: text}
	}
	in := keys.In("label", n)
	l := Label{One: in.Text("one"), Many: in.Text("many")}
	in.Need("one", "many")
	in.NoOthers()
	return l
}

// path reads a path within the site, "" when it is not fit to be one.
func (d *declaration) path(keys *yaml.Fields, key string) string {
	p := keys.Text(key)
	if p == "" {
		return ""
	}
	if !fs.ValidPath(p) || p == "." || strings.Contains(p, `\`) || hidden(p) {
		keys.Fault(codeDeclaration, keys.Get(key), fmt.Sprintf("%q is geen goed pad", p),
			"schrijf een pad binnen de site, zonder schuine streep aan begin of eind, zonder .. en zonder namen die met een punt of _ beginnen")
		return ""
	}
	return p
}

func hidden(p string) bool {
	for part := range strings.SplitSeq(p, "/") {
		if part[0] == '.' || part[0] == '_' {
			return true
		}
	}
	return false
}

// name reports whether a declared name can stand in addresses and in search
// requests.
func (d *declaration) name(in *yaml.Fields, key *yaml.Node, what, name string) bool {
	ok := true
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || (r == '-' || r == '_') && i > 0
		ok = ok && letter
	}
	if !ok {
		in.Fault(codeDeclaration, key, fmt.Sprintf("%q kan niet de naam van een %s zijn", name, what), "gebruik kleine letters zonder accent, cijfers, - en _")
	}
	return ok
}

// capital turns a name into a label: "ook_bekend" becomes "Ook bekend".
func capital(name string) string {
	return upper(strings.NewReplacer("_", " ", "-", " ").Replace(name))
}

// upper gives a word its capital: "e-mail" becomes "E-mail".
func upper(name string) string {
	r, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + name[size:]
}

// Link checks declarations against each other and gives the kinds their
// vocabularies.
func Link(file string, kinds []*Kind, vocabularies []*Vocabulary) []diag.Message {
	l := &linking{file: file, kinds: kinds, vocabularies: vocabularies, facets: map[string]*Field{}}
	for _, k := range kinds {
		l.kindNames = append(l.kindNames, k.Name)
	}
	for _, v := range vocabularies {
		l.vocabularyNames = append(l.vocabularyNames, v.Name)
	}
	places := map[string]*Kind{}
	for _, k := range kinds {
		place := k.Folder + k.File
		if first := places[place]; first != nil && place != "" {
			l.fault(k.Line, k.Col, fmt.Sprintf("soort %q en soort %q (regel %d) hebben allebei %q", k.Name, first.Name, first.Line, place),
				"geef elke soort een eigen map of bestand")
		} else {
			places[place] = k
		}
		l.fields(k, k.Fields)
		for _, f := range k.Fields {
			l.facet(f)
		}
	}
	return l.messages
}

type linking struct {
	file                       string
	kinds                      []*Kind
	vocabularies               []*Vocabulary
	kindNames, vocabularyNames []string
	facets                     map[string]*Field // the first of each name
	messages                   []diag.Message
}

func (l *linking) fault(line, col int, text, hint string) {
	l.messages = append(l.messages, codeDeclaration.At(l.file, line, col, text, hint))
}

func (l *linking) fields(k *Kind, fields []*Field) {
	for _, f := range fields {
		of := f.element()
		switch of.Type {
		case Term:
			i := slices.Index(l.vocabularyNames, of.Vocabulary)
			if i >= 0 {
				of.vocabulary = l.vocabularies[i]
				continue
			}
			l.fault(f.Line, f.Col, fmt.Sprintf("veld %q kiest uit vocabulaire %q, dat niet bestaat", f.Name, of.Vocabulary),
				"noem met vocabulary er een uit site.yaml; "+cmp.Or(diag.Suggest(of.Vocabulary, l.vocabularyNames), "er zijn er nog geen"))
		case Ref:
			if !slices.Contains(l.kindNames, of.Kind) {
				l.fault(f.Line, f.Col, fmt.Sprintf("veld %q verwijst naar soort %q, die niet bestaat", f.Name, of.Kind),
					"noem met kind er een uit site.yaml; "+diag.Suggest(of.Kind, l.kindNames))
			}
		case Count:
			l.count(k, f)
		case Group:
			l.fields(k, of.Fields)
		}
	}
}

// facet checks that a facet means the same in every kind that has it.
func (l *linking) facet(f *Field) {
	if !f.Facet {
		return
	}
	first := l.facets[f.Name]
	if first == nil {
		l.facets[f.Name] = f
		return
	}
	a, b := first.element(), f.element()
	if a.Type != b.Type || a.Vocabulary != b.Vocabulary || a.Kind != b.Kind {
		l.fault(f.Line, f.Col, fmt.Sprintf("facet %q is hier %s en op regel %d %s", f.Name, describe(b), first.Line, describe(a)),
			"geef het facet overal hetzelfde type, of een andere naam")
		return
	}
	for _, o := range b.Choices {
		if i := slices.IndexFunc(a.Choices, func(p Option) bool { return p.Value == o.Value }); i >= 0 && a.Choices[i].Label != o.Label {
			l.fault(f.Line, f.Col, fmt.Sprintf("keuze %q van facet %q heet hier %q en op regel %d %q", o.Value, f.Name, o.Label, first.Line, a.Choices[i].Label),
				"geef de keuze overal dezelfde naam")
		}
	}
}

func describe(f *Field) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s%s", f.Type, f.Vocabulary, f.Kind))
}
