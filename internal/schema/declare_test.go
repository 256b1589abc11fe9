package schema

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// declared reads declarations as site.yaml holds them.
func declared(t *testing.T, source string) ([]*Kind, []*Vocabulary, []diag.Message) {
	t.Helper()
	root, messages := yaml.Parse("site.yaml", []byte(source), 0)
	if len(messages) > 0 {
		t.Fatal(messages)
	}
	kinds, faults := ReadKinds("site.yaml", root.Get("kinds"))
	vocabularies, more := ReadVocabularies("site.yaml", root.Get("vocabularies"))
	return kinds, vocabularies, slices.Concat(faults, more, Link("site.yaml", kinds, vocabularies))
}

func printed(t *testing.T, messages []diag.Message) string {
	t.Helper()
	slices.SortStableFunc(messages, diag.Compare)
	var b strings.Builder
	if err := diag.Write(&b, messages); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const hub = `kinds:
  experiment:
    folder: experimenten
    label: {one: Experiment, many: Experimenten}
    bundle: true
    fields:
      studiejaar: {type: schoolyear, required: true, facet: true, label: Studiejaar, help: "het jaar waarin het experiment begon"}
      status: {type: choice, of: [gepland, lopend], required: true, facet: true}
      uitkomst: {type: choice, of: {werkt: Het werkt, deels: }}
      themas: {type: list, of: term, vocabulary: themas, required: true, facet: true}
      netwerk: ref
      periode: {type: period}
      begin: {type: date, property: startDate}
      team: {type: list, property: author, of: {rol: {type: text, property: roleName}, netwerk: {type: ref, inverse: Wie doet wat}}}
      materialen: {type: list, of: {bestand: {type: file, required: true}, soort: {type: choice, of: [poster, checklist]}}}
      vormen: {type: list, of: choice, choices: [klas, online]}
      talen: {type: list, of: {type: choice, of: [nl, en]}}
      kosten: {type: group, fields: {geld: number, vrij: bool, meer: number, samen: number}}
      meer: {type: list, of: group, fields: {adres: url, mail: email}}
      uitleg: {type: text}
      toelichting: markdown
      subsidie: money
      start: {type: datetime, required: false}
      duur: duration
      bronnen: {type: list, of: ref, kind: mijlpaal, inverse: Gebruikt in}
    schema: [Report, LearningResource]
    cite: report
    glossary: uitleg
    calendar: true
    sort: -studiejaar
    sum:
      - {of: [subsidie], equals: totaal}
      - of: kosten.geld
        equals: totaal
        except: concept
      - {of: [kosten.geld, kosten.meer], equals: kosten.samen, except: [a, b]}
  netwerk:
    folder: netwerken
    label: Netwerk
  mijlpaal:
    file: data/tijdlijn.yaml
    fields:
      status: {type: list, of: choice, choices: [lopend, gestopt], facet: true}
vocabularies:
  themas:
    label: {one: Thema, many: Thema's}
    terms:
      ai: AI in het onderwijs
      privacy: {label: Privacy, description: Over gegevens}
      digitale-veiligheid:
`

func TestDeclared(t *testing.T) {
	kinds, vocabularies, messages := declared(t, hub)
	if len(messages) > 0 {
		t.Fatal(printed(t, messages))
	}
	if len(kinds) != 3 || len(vocabularies) != 1 {
		t.Fatalf("%d kinds, %d vocabularies", len(kinds), len(vocabularies))
	}
	k := kinds[0]
	if k.Name != "experiment" || k.Folder != "experimenten" || k.File != "" || k.Label != (Label{"Experiment", "Experimenten"}) || !k.Bundle || k.Line != 2 || k.Col != 3 {
		t.Errorf("%+v", k)
	}
	if l := kinds[1].Label; l != (Label{"Netwerk", "Netwerk"}) {
		t.Errorf("label %v", l)
	}
	if l := kinds[2].Label; l != (Label{"Mijlpaal", "Mijlpaal"}) || kinds[2].File != "data/tijdlijn.yaml" {
		t.Errorf("%+v", kinds[2])
	}
	var types []string
	for _, f := range k.Fields {
		text := f.Name + " " + string(f.Type)
		if f.Of != nil {
			text += " " + string(f.Of.Type)
		}
		types = append(types, text)
	}
	const want = "studiejaar schoolyear,status choice,uitkomst choice,themas list term,netwerk ref,periode period,begin date," +
		"team list group,materialen list group,vormen list choice,talen list choice,kosten group,meer list group,uitleg text," +
		"toelichting markdown,subsidie money,start datetime,duur duration,bronnen list ref"
	if got := strings.Join(types, ","); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if f := k.Field("studiejaar"); f.Label != "Studiejaar" || f.Hint == "" || !f.Required || !f.Facet || f.Line != 7 || f.Col != 7 {
		t.Errorf("%+v", f)
	}
	if f := k.Field("uitkomst"); !slices.Equal(f.Choices, []Option{{"werkt", "Het werkt"}, {"deels", "Deels"}}) {
		t.Errorf("%+v", f.Choices)
	}
	if f := k.Field("themas"); f.Of.Vocabulary != "themas" || f.Of.vocabulary != vocabularies[0] || f.Label != "Themas" {
		t.Errorf("%+v", f)
	}
	if f := k.Field("netwerk"); f.Kind != "netwerk" {
		t.Errorf("a ref without kind leads to %q", f.Kind)
	}
	if f := k.Field("team"); f.Property != "author" || f.Of.Fields[0].Property != "roleName" || f.Of.Fields[1].Inverse != "Wie doet wat" {
		t.Errorf("%+v %+v", f, f.Of.Fields)
	}
	if f := k.Field("bronnen"); f.Of.Kind != "mijlpaal" || f.Of.Inverse != "Gebruikt in" {
		t.Errorf("%+v", f.Of)
	}
	if !slices.Equal(k.Schema, []string{"Report", "LearningResource"}) || k.Cite != "report" || k.Glossary != "uitleg" || !k.Calendar || k.Sort != "studiejaar" || !k.Backward {
		t.Errorf("%+v", k)
	}
	wantSums := []Sum{
		{Of: []string{"subsidie"}, Equals: "totaal", Line: 32, Col: 9},
		{Of: []string{"kosten.geld"}, Equals: "totaal", Except: []string{"concept"}, Line: 33, Col: 9},
		{Of: []string{"kosten.geld", "kosten.meer"}, Total: "kosten.samen", Except: []string{"a", "b"}, Line: 36, Col: 9},
	}
	if !reflect.DeepEqual(k.Sums, wantSums) {
		t.Errorf("got  %+v\nwant %+v", k.Sums, wantSums)
	}
	if k.Field("absent") != nil {
		t.Error("Field finds what is not there")
	}
	wantTerms := []VocabularyTerm{{"ai", "AI in het onderwijs", ""}, {"privacy", "Privacy", "Over gegevens"}, {"digitale-veiligheid", "Digitale veiligheid", ""}}
	if !slices.Equal(vocabularies[0].Terms, wantTerms) {
		t.Errorf("%+v", vocabularies[0].Terms)
	}
}

func TestDeclaredFaults(t *testing.T) {
	kind := func(rest string) string {
		return "kinds: {a: {folder: a, fields: {t: text, n: number, m: money, d: date, g: {type: group, fields: {n: number, t: text}}, f: tekst},\n" + rest + "\n}}"
	}
	field := func(declaration string) string { return "kinds: {a: {folder: a, fields: {\n" + declaration + "\n}}}" }
	const names = "text, markdown, number, money, bool, date, datetime, period, schoolyear, duration, choice, term, ref, url, email, file, count, list, group"
	const badType = `1:123 onbekend type "tekst" van veld "f" / toegestaan: ` + names
	for _, test := range []struct{ source, want string }{
		{"kinds: [a]", `1:8 dit moet een blok met sleutels zijn, geen lijst / schrijf op ingesprongen regels: sleutel: waarde`},
		{"kinds: {a: b}", `1:9 soort "a" heeft geen map en geen bestand / schrijf: folder: a voor pagina's, of: file: data/a.yaml voor onderdelen zonder eigen pagina
1:12 "a" moet een blok met sleutels zijn, geen losse waarde / schrijf op ingesprongen regels: sleutel: waarde`},
		{"kinds: {a: {}}", `1:9 soort "a" heeft geen map en geen bestand / schrijf: folder: a voor pagina's, of: file: data/a.yaml voor onderdelen zonder eigen pagina`},
		{"kinds: {a: {folder: a, file: a.yaml}}", `1:9 soort "a" heeft een map en een bestand / kies folder of file`},
		{"kinds: {a: {file: a.csv}}", `1:19 bestand "a.csv" is geen YAML-bestand / de naam eindigt op .yaml`},
		{"kinds: {a: {file: a.yml, bundle: true}}", `1:34 soort "a" heeft geen eigen pagina's, dus bundle doet niets / haal bundle weg, of geef de soort een map met folder`},
		{"kinds: {a: {folder: ../a}}", `1:21 "../a" is geen goed pad / schrijf een pad binnen de site, zonder schuine streep aan begin of eind, zonder .. en zonder namen die met een punt of _ beginnen`},
		{"kinds: {a: {folder: a/}}", `1:21 "a/" is geen goed pad / schrijf een pad binnen de site, zonder schuine streep aan begin of eind, zonder .. en zonder namen die met een punt of _ beginnen`},
		{"kinds: {a: {folder: a/.b}}", `1:21 "a/.b" is geen goed pad / schrijf een pad binnen de site, zonder schuine streep aan begin of eind, zonder .. en zonder namen die met een punt of _ beginnen`},
		{"kinds: {a: {folder: a, labels: x}}", `1:24 onbekende sleutel "labels" / bedoelde je "label"? toegestaan: folder, file, label, bundle, fields, schema, cite, glossary, calendar, sort, sum`},
		{"kinds: {a: {folder: a, label: {one: x}}}", `1:31 sleutel "many" ontbreekt / voeg toe: many: …`},
		{"kinds: {Één: {folder: a}}", `1:9 "Één" kan niet de naam van een soort zijn / gebruik kleine letters zonder accent, cijfers, - en _`},
		{"kinds: {page: {folder: a}}", `1:9 soort "page" heet als een sjabloon van elke site / kies een andere naam`},
		{"kinds: {a: {folder: x}, b: {folder: x}}", `1:25 soort "b" en soort "a" (regel 1) hebben allebei "x" / geef elke soort een eigen map of bestand`},
		{"kinds: {a: {file: x.yaml}, b: {file: x.yaml}}", `1:28 soort "b" en soort "a" (regel 1) hebben allebei "x.yaml" / geef elke soort een eigen map of bestand`},
		{field("x: {}"), `2:4 veld "x" heeft geen type / toegestaan: ` + names},
		{field("x: {type: }"), `2:4 veld "x" heeft geen type / toegestaan: ` + names},
		{field("x: txet"), `2:4 onbekend type "txet" van veld "x" / bedoelde je "text"? toegestaan: ` + names},
		{field("x: {type: geld}"), `2:11 onbekend type "geld" van veld "x" / toegestaan: ` + names},
		{field("x: {type: text, requierd: true}"), `2:17 onbekende sleutel "requierd" / bedoelde je "required"? toegestaan: type, required, facet, label, help, property`},
		{field("x: {type: text, of: [a]}"), `2:17 onbekende sleutel "of" / toegestaan: type, required, facet, label, help, property`},
		{field("title: text"), `2:1 veld "title" heet als een sleutel die elke pagina al heeft / kies een andere naam; vaste sleutels: ` + strings.Join(CommonKeys, ", ")},
		{field("sort: {type: text, facet: true}"), `2:27 facet "sort" heet als een woord dat de zoekmachine zelf gebruikt / kies een andere naam dan q, limit, offset, sort, kind`},
		{field("x: {type: period, facet: true}"), `2:26 op een veld van type period kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list`},
		{field("x: {type: list, of: {y: text}, facet: true}"), `2:39 op een veld van type group kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list`},
		{field("x: {type: group, fields: {y: {type: text, facet: true}}}"), `2:50 veld "y" staat in een groep en kan daarom geen facet zijn / haal facet weg, of maak er een veld van de soort zelf van`},
		{field("x: choice"), `2:4 veld "x" heeft geen keuzes / schrijf: of: [ja, nee]`},
		{field("x: {type: choice, of: []}"), `2:23 veld "x" heeft geen keuzes / schrijf: of: [ja, nee]`},
		{field("x: {type: choice, of: [a, a, [b]]}"), `2:27 keuze "a" staat er twee keer / haal er een weg
2:30 een keuze van veld "x" is een woord, geen lijst / schrijf: of: [ja, nee]`},
		{field("x: {type: choice, of: a}"), `2:23 "of" moet een lijst zijn, geen losse waarde / schrijf: of: [a]`},
		{field("x: {type: choice, of: {a: [b]}}"), `2:27 achter een keuze staat haar naam, geen lijst / schrijf: of: {ja: Ja zeker, nee: Nee}`},
		{field("x: {type: list, of: choice}"), `2:4 veld "x" heeft geen keuzes / schrijf: choices: [ja, nee]`},
		{field("x: list"), `2:4 lijst "x" zegt niet waarvan / schrijf: of: text`},
		{field("x: {type: list, of: {}}"), `2:21 lijst "x" zegt niet waarvan / schrijf: of: {naam: text}`},
		{field("x: {type: list, of: {type: }}"), `2:21 veld "x" heeft geen type / toegestaan: ` + names},
		{field("x: {type: list, of: tekst}"), `2:21 onbekend type "tekst" van veld "x" / toegestaan: ` + names},
		{field("x: {type: list, of: list}"), `2:21 lijst "x" bevat lijsten / maak er een lijst van groepen van: of: {namen: {type: list, of: text}}`},
		{`kinds: {a: {folder: a, calendar: true, fields: {x: {type: date, property: startDate}, y: {type: text, property: endDate}}}}`,
			`1:34 soort "a" hoort in de agenda, maar veld "y" van type text zegt niet wanneer / zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld`},
		{field("x: {type: list, of: {type: list, of: text}}"), `2:21 lijst "x" bevat lijsten / maak er een lijst van groepen van: of: {namen: {type: list, of: text}}`},
		{field("x: {type: list, of: [text]}"), `2:21 onbekend type "" van veld "x" / toegestaan: ` + names},
		{field("x: group"), `2:4 groep "x" heeft geen velden / schrijf: fields: {naam: text}`},
		{field("x: {type: group, fields: {y: foo}}"), `2:30 onbekend type "foo" van veld "y" / toegestaan: ` + names},
		{field("x: {type: term, vocabulary: thema}") + "\nvocabularies: {themas: {terms: {ai: AI}}}",
			`2:1 veld "x" kiest uit vocabulaire "thema", dat niet bestaat / noem met vocabulary er een uit site.yaml; bedoelde je "themas"? toegestaan: themas`},
		{field("x: {type: list, of: term}"), `2:1 veld "x" kiest uit vocabulaire "x", dat niet bestaat / noem met vocabulary er een uit site.yaml; er zijn er nog geen`},
		{field("x: {type: list, of: {y: {type: ref, kind: q}}}"), `2:22 veld "y" verwijst naar soort "q", die niet bestaat / noem met kind er een uit site.yaml; toegestaan: a`},
		{"kinds:\n a: {folder: a, fields: {x: {type: choice, of: [p], facet: true}}}\n b: {folder: b, fields: {x: {type: text, facet: true}}}",
			`3:26 facet "x" is hier text en op regel 2 choice / geef het facet overal hetzelfde type, of een andere naam`},
		{"kinds:\n a: {folder: a, fields: {x: {type: ref, kind: a, facet: true}}}\n b: {folder: b, fields: {x: {type: list, of: ref, kind: b, facet: true}}}",
			`3:26 facet "x" is hier ref b en op regel 2 ref a / geef het facet overal hetzelfde type, of een andere naam`},
		{"kinds:\n a: {folder: a, fields: {x: {type: choice, of: {p: P}, facet: true}}}\n b: {folder: b, fields: {x: {type: choice, of: {p: Q}, facet: true}}}",
			`3:26 keuze "p" van facet "x" heet hier "Q" en op regel 2 "P" / geef de keuze overal dezelfde naam`},
		{field("x: {type: text, property: autor}"), `2:27 "autor" is geen eigenschap van schema.org die de hub kent / bedoelde je "author"?`},
		{field("x: {type: list, of: {y: {type: text, property: schoolyear}}}"), `2:48 "schoolyear" is geen eigenschap van schema.org die de hub kent / kies een naam van schema.org, zoals author of startDate`},
		{field("x: {type: text, inverse: y}"), `2:17 onbekende sleutel "inverse" / toegestaan: type, required, facet, label, help, property`},
		{field("x: {type: list, of: ref, kind: a, invers: y}"), `2:35 onbekende sleutel "invers" / bedoelde je "inverse"? toegestaan: type, required, facet, label, help, property, of, kind, inverse`},
		{field("x: {type: markdown, facet: true},\ny: {type: money, facet: true},\nz: {type: datetime, facet: true},\nv: {type: list, of: duration, facet: true}"),
			`2:28 op een veld van type markdown kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list
3:25 op een veld van type money kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list
4:28 op een veld van type datetime kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list
5:38 op een veld van type duration kan niet worden gefilterd / haal facet weg; een facet kan zijn: text, bool, schoolyear, choice, term, ref, list`},
		{"kinds: {a: {folder: a, schema: Reprot}}", `1:32 "Reprot" is geen type van schema.org dat de hub kent / bedoelde je "Report"?`},
		{"kinds: {a: {folder: a, schema: [Report, report, Report, [x], Boomhut]}}", `1:41 "report" is geen type van schema.org dat de hub kent / bedoelde je "Report"?
1:49 "Report" staat twee keer achter "schema" / haal er een weg
1:57 achter "schema" hoort een naam, geen lijst / schrijf één naam, of een lijst van namen
1:62 "Boomhut" is geen type van schema.org dat de hub kent / kies een naam van schema.org, zoals Report of Event`},
		{"kinds: {a: {folder: a, schema: []}}", `1:32 de lijst achter "schema" is leeg / vul haar in, of haal schema weg`},
		{"kinds: {a: {folder: a, schema: {x: y}}}", `1:32 "schema" moet een lijst zijn, geen blok met sleutels / schrijf: schema: [eerste, tweede]`},
		{"kinds: {a: {folder: a, cite: rapport}}", `1:30 "rapport" is geen soort publicatie / bedoelde je "report"? toegestaan: report, article, article-journal, book, chapter, dataset, webpage, document, speech, thesis`},
		{"kinds: {a: {folder: a, glossary: true}}", `1:34 "true" is geen veld van type text van soort "a" / voeg een veld toe voor de afkorting: afkorting: text`},
		{"kinds: {a: {folder: a, calendar: true}}", `1:34 soort "a" hoort in de agenda, maar geen veld zegt wanneer / zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld`},
		{"kinds: {a: {folder: a, calendar: true, fields: {x: {type: schoolyear, property: startDate}}}}",
			`1:34 soort "a" hoort in de agenda, maar veld "x" van type schoolyear zegt niet wanneer / zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld`},
		{"kinds: {a: {folder: a, calendar: true, fields: {x: {type: date, property: startDate}, y: {type: datetime, property: startDate}}}}",
			`1:34 soort "a" hoort in de agenda, maar "x" en "y" zeggen allebei wanneer / zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld`},
		{"kinds: {a: {folder: a, calendar: true, fields: {x: {type: group, fields: {y: {type: date, property: startDate}}}}}}",
			`1:34 soort "a" hoort in de agenda, maar geen veld zegt wanneer / zet property: startDate bij één veld van type date, datetime of period, en endDate ook bij zo'n veld`},
		{kind("glossary: n"), badType + `
2:11 "n" is geen veld van type text van soort "a" / noem het veld met de afkorting; toegestaan: t`},
		{kind("glossary: g.t"), badType + `
2:11 "g.t" is geen veld van type text van soort "a" / noem het veld met de afkorting; toegestaan: t`},
		{kind("sort: -g"), badType + `
2:7 op veld "g" van type group kan niet worden geordend / toegestaan: t, n, m, d, title, date`},
		{kind("sort: titel"), badType + `
2:7 soort "a" heeft geen veld "titel" / bedoelde je "title"? toegestaan: t, n, m, d, title, date`},
		{kind("sort: [t]"), badType + `
2:7 "sort" moet één waarde zijn, geen lijst / schrijf: sort: …`},
		// A field with a fault of its own is not missing.
		{kind("sort: f, glossary: f, calendar: true, sum: {of: f, equals: f}"), badType},
		{kind("sum: n"), badType + `
2:6 een som is een blok met sleutels, geen losse waarde / schrijf: sum: {of: bedrag, equals: totaal}`},
		{kind("sum: [{of: n, equals: z}, [n]]"), badType + `
2:27 een som is een blok met sleutels, geen lijst / schrijf: sum: {of: bedrag, equals: totaal}`},
		{kind("sum: {}"), badType + `
2:6 sleutel "equals" ontbreekt / voeg toe: equals: …
2:6 sleutel "of" ontbreekt / voeg toe: of: …`},
		{kind("sum: {of: n, equal: z}"), badType + `
2:6 sleutel "equals" ontbreekt / voeg toe: equals: …
2:14 onbekende sleutel "equal" / bedoelde je "equals"? toegestaan: of, equals, except`},
		{kind("sum: {of: [nn, g.nn, t, g, d], equals: z}"), badType + `
2:12 soort "a" heeft geen veld "nn" om op te tellen / bedoelde je "n"? toegestaan: n, m, g.n
2:16 soort "a" heeft geen veld "g.nn" om op te tellen / bedoelde je "g.n"? toegestaan: n, m, g.n
2:22 veld "t" van type text kan niet worden opgeteld / een som telt velden van type number of money op
2:25 veld "g" van type group kan niet worden opgeteld / een som telt velden van type number of money op
2:28 veld "d" van type date kan niet worden opgeteld / een som telt velden van type number of money op`},
		{kind("sum: {of: [n, n], equals: z, except: [a, a]}"), badType + `
2:15 "n" staat twee keer achter "of" / haal er een weg
2:42 "a" staat twee keer achter "except" / haal er een weg`},
		{kind("sum: {of: [n, m], equals: m}"), badType + `
2:12 veld "n" van type number kan niet optellen tot "m" van type money / geef ze hetzelfde type
2:15 veld "m" is de som en telt zelf mee / haal het weg bij of`},
		{kind("sum: {of: n, equals: t}"), badType + `
2:22 veld "t" van type text kan geen som zijn / maak er een veld van type number of money van`},
		{"kinds: {a: {folder: a, sum: {of: n, equals: t}}}", `1:34 soort "a" heeft geen veld "n" om op te tellen / voeg een veld toe van type number of money`},
		{"vocabularies: {a: {}}", `1:16 vocabulaire "a" heeft geen termen / schrijf: terms: {ai: AI in het onderwijs}`},
		{"vocabularies: {a: {terms: {X: y}}}", `1:28 "X" kan niet de naam van een term zijn / gebruik kleine letters zonder accent, cijfers, - en _`},
		{"vocabularies: {a: {terms: {x: {labl: y}}}}", `1:32 onbekende sleutel "labl" / bedoelde je "label"? toegestaan: label, description`},
		{"vocabularies: {a: {terms: {x: [y]}}}", `1:31 "x" moet een blok met sleutels zijn, geen lijst / schrijf op ingesprongen regels: sleutel: waarde`},
		{"vocabularies: {a: {termen: {x: y}}}", `1:16 vocabulaire "a" heeft geen termen / schrijf: terms: {ai: AI in het onderwijs}
1:20 onbekende sleutel "termen" / bedoelde je "terms"? toegestaan: label, terms`},
	} {
		kinds, _, messages := declared(t, test.source)
		slices.SortStableFunc(messages, diag.Compare)
		var lines []string
		for _, m := range messages {
			lines = append(lines, strings.ReplaceAll(strings.TrimPrefix(m.Position(), "site.yaml:"), ": ", " ")+" "+m.Text+" / "+m.Hint)
		}
		if got := strings.Join(lines, "\n"); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.source, got, test.want)
		}
		// What is left of a faulty kind is whole enough to check a document with.
		document, _ := yaml.Parse("a.md", []byte("x: [{y: 1}, 2]\n"), 0)
		for _, k := range kinds {
			k.Check("a.md", document)
			k.Check("a.md", nil)
		}
	}
}
