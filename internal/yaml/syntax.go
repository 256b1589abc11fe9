package yaml

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// problem says in the author's language what the library found.
type problem struct {
	text, hint string
	start      bool // the fault is where the unfinished thing began, not where the library gave up
}

const (
	hintQuote  = "zet de waarde tussen aanhalingstekens"
	hintIndent = "controleer de inspringing, en zet een waarde met bijzondere tekens tussen aanhalingstekens"
	hintTab    = "spring in met spaties"
	hintEscape = `schrijf \\ voor een backslash, of gebruik enkele aanhalingstekens`
)

// problems are the library's messages.
var problems = map[string]problem{
	"found a tab character that violates indentation":              {text: "hier springt een tab in", hint: hintTab},
	"found a tab character where an indentation space is expected": {text: "hier springt een tab in", hint: hintTab},
	"mapping keys are not allowed in this context":                 {text: "hier mag geen vraagteken staan", hint: hintQuote},
	"block sequence entries are not allowed in this context": {text: "hier kan geen lijst beginnen",
		hint: "zet een lijst op de regels onder de sleutel, of zet een waarde die met een streepje begint tussen aanhalingstekens"},
	"could not find expected ':'": {text: "op deze regel staat geen sleutel met een dubbele punt",
		hint: "schrijf: sleutel: waarde; laat tekst van meer regels inspringen", start: true},
	"did not find expected '-' indicator":                   {text: "hier hoort het volgende streepje van de lijst te staan", hint: hintIndent},
	"did not find expected ',' or ']'":                      {text: "de lijst gaat niet goed verder", hint: "zet komma's tussen de waarden en sluit de lijst met ]"},
	"did not find expected ',' or '}'":                      {text: "het blok gaat niet goed verder", hint: "zet komma's tussen de sleutels en sluit het blok met }"},
	"did not find expected node content":                    {text: "hier hoort een waarde te staan", hint: hintQuote},
	"did not find expected <document start>":                {text: "deze regel hoort nergens bij", hint: hintIndent},
	"found unexpected end of stream":                        {text: "dit aanhalingsteken wordt niet gesloten", hint: "zet een aanhalingsteken aan het eind van de waarde", start: true},
	"found unexpected document indicator":                   {text: "dit aanhalingsteken wordt niet gesloten", hint: "zet een aanhalingsteken aan het eind van de waarde", start: true},
	"found unknown escape character":                        {text: `onbekend teken achter een backslash`, hint: hintEscape},
	"did not find expected hexdecimal number":               {text: "achter de backslash hoort een getal uit cijfers en a tot f", hint: hintEscape},
	"found invalid Unicode character escape code":           {text: "dit teken bestaat niet", hint: hintEscape},
	"did not find expected alphabetic or numeric character": {text: "achter * of & hoort een naam", hint: hintQuote, start: true},
	"found an indentation indicator equal to 0":             {text: "achter | of > mag geen 0 staan", hint: "haal de 0 weg"},
	"did not find expected comment or line break":           {text: "achter | of > mag niets meer staan", hint: "zet de tekst op de regels eronder, ingesprongen"},
	"found undefined tag handle":                            {text: "een waarde kan niet met een uitroepteken beginnen", hint: hintQuote},
	"found unknown directive name":                          {text: "een regel kan niet met een procentteken beginnen", hint: "haal de regel weg", start: true},
	"could not find expected directive name":                {text: "een regel kan niet met een procentteken beginnen", hint: "haal de regel weg", start: true},
	"found incompatible YAML document":                      {text: "een regel %YAML wordt niet gelezen", hint: "haal de regel weg"},
	"exceeded max depth of 10000":                           {text: "hier staan te veel lijsten en blokken in elkaar", hint: "maak de YAML minder diep"},
}

// mark is a place as the library counts it, from 0, in characters.
type mark struct{ line, column int }

// syntaxFault notes why the decoder gave up.
func (p *parse) syntaxFault(decoder *yaml.Decoder, err error) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	var at, start mark
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		number, text, _ := strings.Cut(rest, ": ")
		at.line, _ = strconv.Atoi(number)
		at.line, message = max(0, at.line-1), text
		start = at
	}
	reader := reflect.ValueOf(decoder).Elem().FieldByName("parser").Elem()
	if name, ok := strings.CutPrefix(message, "unknown anchor '"); ok {
		name = strings.TrimSuffix(name, "' referenced")
		at := readMark(reader, at, "event", "start_mark")
		p.fault(codeAlias, at.line+1, at.column+1, fmt.Sprintf("*%s verwijst naar een naam die niet bestaat", name),
			fmt.Sprintf("zet eerder in het bestand &%s voor een waarde, of zet aanhalingstekens om de tekst", name))
		return
	}
	at = readMark(reader, at, "parser", "problem_mark")
	start = readMark(reader, start, "parser", "context_mark")
	found, ok := problems[message]
	before, character := p.around(at)
	switch message {
	case "mapping values are not allowed in this context":
		found = problem{text: "in de waarde staat een dubbele punt met een spatie erachter", hint: hintQuote}
		if !strings.Contains(before, ": ") {
			found = problem{text: "deze regel past niet bij de regel erboven",
				hint: "zet regels die bij elkaar horen recht onder elkaar, en achter elke sleutel een dubbele punt met een spatie"}
		}
	case "did not find expected key":
		found = problem{text: "deze regel springt niet in zoals de regels erboven", hint: "zet regels die bij elkaar horen recht onder elkaar"}
		if strings.TrimSpace(before) != "" {
			found = problem{text: "achter de waarde staat nog iets", hint: `zet de hele waarde tussen aanhalingstekens; met een ' erin tussen dubbele, met een " erin tussen enkele`}
		} else if character == ":" {
			found = problem{text: "voor de dubbele punt staat geen sleutel", hint: "schrijf: sleutel: waarde"}
		}
	case "found character that cannot start any token":
		found = problem{text: fmt.Sprintf("een waarde kan niet met %q beginnen", character), hint: hintQuote}
		if character == "\t" {
			found = problems["found a tab character that violates indentation"]
		}
	case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
		found.text += fmt.Sprintf(" (begonnen op regel %d)", start.line+1+p.offset)
	default:
		if !ok {
			found = problem{text: "de YAML is hier niet te lezen: " + message, hint: hintIndent}
		}
	}
	if found.start {
		at = start
	}
	p.fault(codeSyntax, at.line+1, at.column+1, found.text, found.hint)
}

// readMark reads a place that the library knows but leaves out of its errors,
// which have no column and often a line that is one off. The library is
// finished (its repository is archived), so its fields stay; without them
// readMark gives otherwise.
func readMark(reader reflect.Value, otherwise mark, path ...string) mark {
	v := reader
	for _, name := range path {
		if v = v.FieldByName(name); !v.IsValid() {
			return otherwise
		}
	}
	line, column := v.FieldByName("line"), v.FieldByName("column")
	if !line.IsValid() || !column.IsValid() {
		return otherwise
	}
	return mark{int(line.Int()), int(column.Int())}
}

// around gives what stands before a place on its line, and the character there,
// "" at the end of a line.
func (p *parse) around(at mark) (before, character string) {
	lines := bytes.SplitN(p.src, []byte("\n"), at.line+2)
	if at.line >= len(lines) {
		return "", ""
	}
	runes := []rune(string(lines[at.line]))
	if at.column >= len(runes) {
		return string(runes), ""
	}
	return string(runes[:at.column]), string(runes[at.column])
}
