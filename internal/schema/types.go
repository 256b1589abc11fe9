package schema

import (
	"cmp"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"path"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// fieldType is what the rooms here know of a type.
type fieldType struct {
	name    Type
	facet   bool                                              // visitors may filter by it
	example string                                            // a right value, as an author writes it
	declare func(d *declaration, f *Field, keys *yaml.Fields) // reads the keys of its own
	check   func(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool)
}

// types holds every type, in the order in which messages name them.
var types []fieldType

// The table is filled here because lists and groups look their parts up in it.
func init() {
	types = []fieldType{
		{Text, true, "een tekst", nil, checkText},
		{Markdown, false, "een tekst", nil, checkMarkdown},
		{Number, false, "12", nil, checkNumber},
		{MoneyType, false, "€ 700.000", nil, checkMoney},
		{Bool, true, "true", nil, checkBool},
		{DateType, false, "2022-09-14", nil, checkDate},
		{DateTime, false, "2026-03-12 13:30", nil, checkDateTime},
		{PeriodType, false, "najaar 2022", nil, checkPeriod},
		{SchoolYear, true, "2023-2024", nil, checkSchoolYear},
		{Duration, false, "45 minuten", nil, checkDuration},
		{Choice, true, "", declareChoice, checkChoice},
		{Term, true, "", declareTerm, checkTerm},
		{Ref, true, "", declareRef, checkRef},
		{URL, false, "https://www.mbodigitaal.nl/", nil, checkURL},
		{Email, false, "naam@school.nl", nil, checkEmail},
		{File, false, "poster.pdf", nil, checkFile},
		{Count, false, "{soort: verslag}", declareCount, checkCount},
		{List, true, "", declareList, checkList},
		{Group, false, "", declareGroup, checkGroup},
	}
}

// typeOf returns the type of that name, or nil.
func typeOf(name Type) *fieldType {
	for i := range types {
		if types[i].name == name {
			return &types[i]
		}
	}
	return nil
}

func typeNames() []string {
	names := make([]string, len(types))
	for i := range types {
		names[i] = string(types[i].name)
	}
	return names
}

// Declarations of the types that have keys of their own.

func declareChoice(d *declaration, f *Field, keys *yaml.Fields) { d.options(f, keys, "of") }

func declareTerm(d *declaration, f *Field, keys *yaml.Fields) {
	f.Vocabulary = keys.Text("vocabulary")
	if f.Vocabulary == "" {
		f.Vocabulary = d.field
	}
}

func declareRef(d *declaration, f *Field, keys *yaml.Fields) {
	f.Kind = keys.Text("kind")
	if f.Kind == "" {
		f.Kind = d.field
	}
	f.Inverse = keys.Text("inverse")
}

func declareGroup(d *declaration, f *Field, keys *yaml.Fields) {
	f.Fields = d.fields(keys.Map("fields"), false)
	if len(keys.Map("fields").Node.Pairs) == 0 {
		keys.Fault(codeDeclaration, nil, fmt.Sprintf("groep %q heeft geen velden", d.field), "schrijf: fields: {naam: text}")
	}
}

func declareList(d *declaration, f *Field, keys *yaml.Fields) {
	n := keys.Get("of")
	if n == nil {
		keys.Fault(codeDeclaration, nil, fmt.Sprintf("lijst %q zegt niet waarvan", d.field), "schrijf: of: text")
		return
	}
	f.Of = &Field{Label: f.Label, Line: n.Line, Col: n.Col, list: f.Name}
	inner := n
	if n.Kind == yaml.Map {
		inner = n.Get("type")
	}
	switch {
	case inner != nil && inner.Kind == yaml.Scalar && inner.Text == string(List):
		// Reading its keys would read this one again and again.
		keys.Fault(codeDeclaration, n, fmt.Sprintf("lijst %q bevat lijsten", d.field), "maak er een lijst van groepen van: of: {namen: {type: list, of: text}}")
	case n.Kind == yaml.Map && n.Get("type") == nil:
		f.Of.Type = Group
		f.Of.Fields = d.fields(keys.In("of", n), false)
		if len(n.Pairs) == 0 {
			keys.Fault(codeDeclaration, n, fmt.Sprintf("lijst %q zegt niet waarvan", d.field), "schrijf: of: {naam: text}")
		}
	case n.Kind == yaml.Map:
		inner := keys.In("of", n)
		d.typed(f.Of, inner, inner.Get("type"))
		inner.NoOthers()
	case n.Kind == yaml.Scalar && n.Text == string(Choice):
		// `of` is taken, so the choices of a list stand under a name of their own.
		f.Of.Type = Choice
		d.options(f.Of, keys, "choices")
	default:
		d.typed(f.Of, keys, n)
	}
}

// Checks of values. Each gives the value, and false when it noted a fault.

func checkText(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	return value(f, n, text), ok
}

// checkMarkdown leaves every space and line where it is: they mean something.
func checkMarkdown(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	_, ok := scalar(in, f, n)
	v := value(f, n, n.Text)
	if n.Block {
		v.Line, v.Col = n.Line+1, 1
	}
	return v, ok
}

func checkBool(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	if n.Tag != "bool" {
		before := ""
		if f.Name != "" {
			before = f.Name + ": "
		}
		return wrong(in, f, n, fmt.Sprintf("%q is niet true of false", text), yaml.HintBool(before, text))
	}
	return value(f, n, strings.ToLower(text)), true
}

func checkDate(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	return checkTime(in, f, n, ParseDate)
}

func checkPeriod(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	return checkTime(in, f, n, ParsePeriod)
}

func checkSchoolYear(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	v, ok := checkTime(in, f, n, ParseSchoolYear)
	if ok {
		v.Text = v.Period.years()
	}
	return v, ok
}

func checkTime(in *yaml.Fields, f *Field, n *yaml.Node, parse func(string) (Period, error)) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	p, err := parse(text)
	if err != nil {
		return malformed(in, f, n, err)
	}
	v := value(f, n, p.Source)
	v.Period = p
	return v, true
}

func checkChoice(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	switch meant := f.meant(text); meant {
	case text:
		return value(f, n, text), true
	case "":
		return wrong(in, f, n, fmt.Sprintf("onbekende waarde %q", text), diag.Suggest(text, f.allowed()))
	default:
		return wrong(in, f, n, fmt.Sprintf("%q is de naam van een keuze, niet de waarde", text), "schrijf: "+meant)
	}
}

func checkTerm(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok || f.vocabulary == nil {
		return value(f, n, text), ok
	}
	switch meant := f.meant(text); meant {
	case text:
		return value(f, n, text), true
	case "":
		return wrong(in, f, n, fmt.Sprintf("onbekende term %q in vocabulaire %q", text, f.vocabulary.Name), diag.Suggest(text, f.allowed()))
	default:
		return wrong(in, f, n, fmt.Sprintf("%q is de naam van een term, niet de term zelf", text), "schrijf: "+meant)
	}
}

// options yields what a choice or term may be: each value or id, and its label.
func (f *Field) options(yield func(value, label string) bool) {
	for _, o := range f.Choices {
		if !yield(o.Value, o.Label) {
			return
		}
	}
	if f.vocabulary == nil {
		return
	}
	for _, t := range f.vocabulary.Terms {
		if !yield(t.ID, t.Label) {
			return
		}
	}
}

func (f *Field) allowed() []string {
	var values []string
	for value := range f.options {
		values = append(values, value)
	}
	return values
}

// meant gives the option that text is, or else is the label of; "" when it is
// neither.
func (f *Field) meant(text string) string {
	for value := range f.options {
		if value == text {
			return value
		}
	}
	for value, label := range f.options {
		if strings.EqualFold(label, text) {
			return value
		}
	}
	return ""
}

func checkRef(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	return value(f, n, text), ok
}

func checkURL(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(text, " \t\n") {
		return wrong(in, f, n, fmt.Sprintf("%q is geen webadres", text), "schrijf het hele adres: https://www.mbodigitaal.nl/")
	}
	return value(f, n, text), true
}

func checkEmail(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
		return wrong(in, f, n, fmt.Sprintf("%q is geen e-mailadres", text), "schrijf: naam@school.nl")
	}
	return value(f, n, text), true
}

func checkFile(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	switch {
	case !ok:
		return Value{}, false
	case strings.Contains(text, "://"):
		return wrong(in, f, n, fmt.Sprintf("%q is een webadres, geen bestand", text), "zet het bestand naast de pagina en schrijf zijn naam")
	case strings.Contains(text, `\`):
		return wrong(in, f, n, fmt.Sprintf("%q is geen pad", text), "schrijf schuine strepen naar rechts: "+strings.ReplaceAll(text, `\`, "/"))
	case strings.HasPrefix(text, "/"):
		return wrong(in, f, n, fmt.Sprintf("%q begint met een schuine streep", text), "schrijf het pad vanaf het bestand van de pagina: poster.pdf")
	}
	return value(f, n, path.Clean(text)), true
}

func checkList(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	if n.Kind != yaml.List && f.Of.Type == Group {
		return wrong(in, f, n, fmt.Sprintf("dit moet een lijst zijn, geen %s", n.Kind), hintFor(f))
	}
	if n.Kind == yaml.Scalar && (f.Of.Type == Choice || f.Of.Type == Term) {
		return looseOptions(in, f, n)
	}
	items := in.Items(f.Name)
	if len(items) == 0 {
		return Value{}, false
	}
	v := value(f, n, "")
	v.Items = make([]Value, 0, len(items))
	element := typeOf(f.Of.Type)
	for _, item := range items {
		if item.Kind == yaml.Null {
			wrong(in, f, item, "een onderdeel van de lijst is leeg", "vul het in of haal het weg")
			continue
		}
		e, ok := element.check(in, f.Of, item)
		if !ok {
			continue
		}
		if f.Of.Type != Group && f.Of.Type != Text && f.Of.Type != Markdown {
			for _, other := range v.Items {
				if other.Text == e.Text {
					in.Fault(codeTwice, item, fmt.Sprintf("veld %q: %q staat twee keer in de lijst", f.Name, e.Text), "haal er een weg")
				}
			}
		}
		v.Items = append(v.Items, e)
	}
	return v, len(v.Items) > 0
}

// looseOptions notes that a list of choices or terms was written without brackets,
// and what is wrong with its parts: else the author would only hear of that when
// the brackets are there.
func looseOptions(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text := strings.TrimSpace(n.Text)
	parts := []string{text}
	if f.Of.meant(text) == "" {
		parts = strings.Split(strings.Trim(text, ", "), ",")
	}
	for i, part := range parts {
		if parts[i] = f.Of.meant(strings.TrimSpace(part)); parts[i] == "" {
			parts[i] = "…"
			single := *n
			single.Text = part
			typeOf(f.Of.Type).check(in, f.Of, &single)
		}
	}
	return wrong(in, f, n, fmt.Sprintf("dit moet een lijst zijn, geen %s", n.Kind), fmt.Sprintf("schrijf: %s: [%s]", f.Name, strings.Join(parts, ", ")))
}

func checkGroup(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	if n.Kind != yaml.Map {
		return wrong(in, f, n, fmt.Sprintf("dit moet een blok met sleutels zijn, geen %s", n.Kind), hintFor(f))
	}
	inner := in.In(f.Name, n)
	v := value(f, n, "")
	v.Fields = checkFields(inner, f.Fields)
	inner.NoOthers()
	return v, len(v.Fields) > 0
}

// scalar gives the text of a single value, false when it is no such thing.
func scalar(in *yaml.Fields, f *Field, n *yaml.Node) (string, bool) {
	text := strings.TrimSpace(n.Text)
	if n.Kind == yaml.Scalar && text != "" {
		return text, true
	}
	sort := n.Kind.String()
	if n.Kind == yaml.Scalar {
		sort = "lege tekst"
	}
	wrong(in, f, n, fmt.Sprintf("dit moet één waarde zijn, geen %s", sort), hintFor(f))
	return "", false
}

func value(f *Field, n *yaml.Node, text string) Value {
	return Value{Type: f.Type, Text: text, Line: n.Line, Col: n.Col}
}

// wrong notes what is wrong with the value of a field.
func wrong(in *yaml.Fields, f *Field, n *yaml.Node, cause, hint string) (Value, bool) {
	if name := cmp.Or(f.Name, f.list); name != "" {
		cause = fmt.Sprintf("veld %q: %s", name, cause)
	}
	in.Fault(codeValue, n, cause, hint)
	return Value{}, false
}

// malformed notes what a parser of this package says of the value of a field.
func malformed(in *yaml.Fields, f *Field, n *yaml.Node, err error) (Value, bool) {
	var form *formError
	errors.As(err, &form)
	return wrong(in, f, n, form.cause, form.hint)
}

// hintFor shows an author what to write for a field, or for the list that it is
// the element of.
func hintFor(f *Field) string {
	of := f.element()
	name, example, allowed := cmp.Or(f.Name, f.list), "…", of.allowed()
	switch of.Type {
	case Choice, Term:
	case Ref:
		example = "naam-van-de-pagina"
	case Count:
		example = "{soort: " + of.kinds[0].name + "}"
	case Group:
		if of != f {
			return fmt.Sprintf("zet voor elk onderdeel een streepje: - %s: …", of.Fields[0].Name)
		}
		return fmt.Sprintf("schrijf: {%s: …}", of.Fields[0].Name)
	default:
		example = typeOf(of.Type).example
	}
	if len(allowed) > 0 {
		example = allowed[0]
	}
	if of != f || f.list != "" {
		example = "[" + example + "]"
	}
	hint := "schrijf bijvoorbeeld: " + name + ": " + example
	if len(allowed) > 0 {
		hint += "; " + diag.Suggest("", allowed)
	}
	return hint
}
