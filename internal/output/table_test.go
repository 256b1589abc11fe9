package output

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const tableYAML = `
title: Proef
description: Over de proef
baseURL: https://voorbeeld.nl/hub/
kinds:
  post:
    file: data/posten.yaml
    label: {one: Post, many: Posten}
    fields:
      tekst: {type: text, label: De tekst, help: Wat er staat}
      bedrag: money
      getal: number
      waar: bool
      dag: date
      moment: datetime
      duur: duration
      periode: period
      jaar: schoolyear
      keuze: {type: choice, of: {a: De eerste}}
      thema: {type: term, vocabulary: themas}
      zie: {type: ref, kind: post}
      bestand: file
      uitleg: markdown
      lijst: {type: list, of: text}
      wie: {type: group, fields: {naam: text, aantal: number}}
      wieallen: {type: list, of: {naam: text, thema: {type: term, vocabulary: themas}}}
  a:
    folder: a/lijst
    fields: {x: text}
  b:
    folder: b/lijst
    fields: {x: text}
vocabularies:
  themas: {label: Thema's, terms: {ai: AI}}
`

const tableItems = `- title: Alles
  description: "Met \"aanhalingstekens\", komma's en\nregels"
  date: 2024-01-02
  updated: 2024-01-03
  tags: [een, "twee; drie"]
  voorbeeld: true
  ook_bekend_als: [Anders]
  tekst: é; "zo"
  bedrag: 0,7 miljoen
  getal: -1.50
  waar: true
  dag: 2024-03-01
  moment: 2024-03-01 13:30
  duur: 1 uur en 30 minuten
  periode: 2023
  jaar: 2023-2024
  keuze: a
  thema: ai
  zie: los
  bestand: p.pdf
  uitleg: |
    Een *tekst*.

    - a
  lijst: ["x", "=y"]
  wie: {naam: "=Jan", aantal: 3}
  wieallen: [{naam: "\"A\""}, {thema: ai}]
- {title: Los}
`

// A table has a row for each item. Read back, its values are what was written;
// those that a spreadsheet would take for a formula are not one.
func TestCSV(t *testing.T) {
	plan := newSource(tableYAML, "data/posten.yaml", tableItems, "data/p.pdf", "x", "a/lijst/x.md", "---\ntitle: X\nx: \"=1\"\n---\n", "a/lijst/diep/y.md", "---\ntitle: Y\n---\n", "b/lijst/z.md", "---\ntitle: Z\n---\n").plan(t)
	raw := file(t, plan, "posten/posten.csv")
	if !strings.HasSuffix(raw, "\r\n") || strings.Contains(strings.ReplaceAll(raw, "\r\n", ""), "\n") {
		t.Errorf("lines do not end in CRLF: %q", raw)
	}
	rows, err := csv.NewReader(strings.NewReader(raw)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		strings.Fields("id _url title description date updated tags voorbeeld tekst bedrag getal waar dag moment duur periode jaar keuze thema zie bestand uitleg lijst wie wieallen"),
		{"alles", "https://voorbeeld.nl/hub/posten/#alles", "Alles", "Met \"aanhalingstekens\", komma's en\nregels", "2024-01-02", "2024-01-03", "een; twee; drie", "true",
			"é; \"zo\"", "700000", "-1.50", "true", "2024-03-01", "2024-03-01T13:30:00+01:00", "PT1H30M", "2023", "2023-2024", "De eerste", "AI", "Los", "https://voorbeeld.nl/hub/data/p.pdf",
			"Een *tekst*.\n\n- a\n", "x; '=y", `{"aantal":3,"naam":"=Jan"}`, `[{"naam":"\"A\""},{"thema":{"id":"ai","label":"AI","url":"https://voorbeeld.nl/hub/themas/ai/"}}]`},
		append([]string{"los", "https://voorbeeld.nl/hub/posten/#los", "Los", "", "", "", "", "false"}, make([]string, 17)...),
	}
	if !reflect.DeepEqual(rows, want) {
		t.Errorf("got\n%q\nwant\n%q", rows, want)
	}
	// A kind's pages in folders below its own are in its table too.
	if got := file(t, plan, "a/lijst/lijst.csv"); !strings.Contains(got, "\r\nx,https://voorbeeld.nl/hub/a/lijst/x/,X,,,,,false,'=1\r\n") || !strings.Contains(got, "\r\ny,") {
		t.Error(got)
	}
}

// What a spreadsheet might take for a formula, in every column that authors fill.
func TestFormulas(t *testing.T) {
	for _, start := range []string{"=", "+", "-", "@", "\t"} {
		text := fmt.Sprintf("%q", start+"HYPERLINK()")
		if start == "\t" {
			text = `"\u0001=x"` // white space goes anyway
		}
		s := newSource(tableYAML, "data/posten.yaml", fmt.Sprintf("- {title: %[1]s, id: a, description: %[1]s, tags: [%[1]s], tekst: %[1]s, uitleg: %[1]s, lijst: [%[1]s]}\n", text))
		in, _ := s.input(t) // an invisible character is a fault, and a preview shows it
		plan, err := Make(in)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(file(t, plan, "posten/posten.csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for i, cell := range rows[1] {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("with %q, column %s holds %q", start, rows[0][i], cell)
			}
		}
	}
}

// The same as JSON, with ids and addresses.
func TestJSON(t *testing.T) {
	plan := newSource(tableYAML, "data/posten.yaml", tableItems, "data/p.pdf", "x").plan(t)
	var got, want any
	if err := json.Unmarshal([]byte(file(t, plan, "posten/posten.json")), &got); err != nil {
		t.Fatal(err)
	}
	term := `{"id": "ai", "label": "AI", "url": "https://voorbeeld.nl/hub/themas/ai/"}`
	err := json.Unmarshal([]byte(`{"kind": "post", "title": "Posten", "url": "https://voorbeeld.nl/hub/posten/", "items": [
		{"id": "alles", "url": "https://voorbeeld.nl/hub/posten/#alles", "title": "Alles", "description": "Met \"aanhalingstekens\", komma's en\nregels", "date": "2024-01-02", "updated": "2024-01-03",
		 "tags": ["een", "twee; drie"], "ook_bekend_als": ["Anders"], "voorbeeld": true, "fields": {"tekst": "é; \"zo\"", "bedrag": 700000, "getal": -1.5, "waar": true, "dag": "2024-03-01",
		 "moment": "2024-03-01T13:30:00+01:00", "duur": "PT1H30M", "periode": "2023", "jaar": "2023-2024", "keuze": "a", "thema": `+term+`,
		 "zie": {"id": "los", "title": "Los", "url": "https://voorbeeld.nl/hub/posten/#los"}, "bestand": "https://voorbeeld.nl/hub/data/p.pdf", "uitleg": "Een *tekst*.\n\n- a\n",
		 "lijst": ["x", "=y"], "wie": {"naam": "=Jan", "aantal": 3}, "wieallen": [{"naam": "\"A\""}, {"thema": `+term+`}]}},
		{"id": "los", "url": "https://voorbeeld.nl/hub/posten/#los", "title": "Los", "fields": {}}]}`), &want)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

// A number as an author writes it is a number in every table.
func TestTableNumbers(t *testing.T) {
	for _, text := range []string{"007", "-01.5", "00", "-0"} {
		func() {
			defer func() {
				if fault := recover(); fault != nil {
					t.Errorf("%s: %v", text, fault)
				}
			}()
			plan := newSource(tableYAML, "data/posten.yaml", "- {title: A, getal: \""+text+"\", wie: {aantal: \""+text+"\"}}\n").plan(t)
			if got := file(t, plan, "posten/posten.json"); !json.Valid([]byte(got)) {
				t.Errorf("%s: %s", text, got)
			}
		}()
	}
}

// The description of the tables has their columns, each table under a name of its
// own.
func TestDataPackage(t *testing.T) {
	plan := newSource(tableYAML, "data/posten.yaml", "- {title: A}\n", "a/lijst/x.md", "---\ntitle: X\n---\n", "b/lijst/y.md", "---\ntitle: Y\n---\n").plan(t)
	var data struct {
		Name, Title, Description, Homepage string
		Resources                          []struct {
			Name, Title, Path, Format, Mediatype, Encoding string
			Schema                                         struct {
				Fields     []struct{ Name, Title, Description, Type string }
				PrimaryKey string
			}
		}
	}
	if err := json.Unmarshal([]byte(file(t, plan, "datapackage.json")), &data); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(data.Title, data.Description, data.Homepage, len(data.Resources)); got != "ProefOver de proefhttps://voorbeeld.nl/hub/3" {
		t.Error(got)
	}
	var names []string
	for _, r := range data.Resources {
		if slices.Contains(names, r.Name) {
			t.Errorf("two tables have the name %q", r.Name)
		}
		names = append(names, r.Name)
		head, err := csv.NewReader(strings.NewReader(file(t, plan, r.Path))).Read()
		if err != nil {
			t.Fatal(err)
		}
		var fields []string
		for _, f := range r.Schema.Fields {
			fields = append(fields, f.Name)
		}
		if !slices.Equal(head, fields) || r.Schema.PrimaryKey != "id" || r.Mediatype != "text/csv" {
			t.Errorf("%s has the columns %q, described are %q", r.Path, head, fields)
		}
		if r.Path != "posten/posten.csv" {
			continue
		}
		for _, f := range r.Schema.Fields {
			want := map[string]string{"bedrag": "integer", "getal": "number", "waar": "boolean", "voorbeeld": "boolean", "dag": "date", "date": "date", "updated": "date", "moment": "datetime"}[f.Name]
			if want == "" {
				want = "string"
			}
			if f.Type != want || f.Title == "" || f.Name == "tekst" && (f.Title != "De tekst" || f.Description != "Wat er staat") {
				t.Errorf("%+v", f)
			}
		}
	}
	if paths := newSource("title: T").plan(t).Paths(); slices.Contains(paths, "datapackage.json") {
		t.Error("there is a data package without tables")
	}
}
