package view

import (
	"fmt"
	"strings"
	"testing"

	"kennishub/internal/config"
	"kennishub/internal/theme"
)

const postenYAML = `
title: Proef
baseURL: https://voorbeeld.nl/hub/
kinds:
  post:
    file: data/posten.yaml
    label: {one: Post, many: Posten}
    fields:
      leeg: text
      stuks: number
      tekst: text
      uitleg: markdown
      bedrag: money
      aantal: number
      waar: bool
      web: url
      mail: email
      keuze: {type: choice, of: {a: De eerste}}
      dag: date
      moment: datetime
      duur: duration
      jaar: schoolyear
      periode: period
      thema: {type: term, vocabulary: themas}
      zie: {type: ref, kind: post}
      bestand: file
      jaren: {type: list, of: number}
      wie: {type: group, fields: {naam: text}}
    sum:
      - {of: bedrag, equals: totaal, except: [los]}
      - {of: stuks, equals: aantal, except: [alles]}
  stuk:
    folder: stukken
    fields: {post: {type: ref, kind: post, inverse: Betaald hieruit}}
vocabularies:
  themas: {label: Thema's, terms: {ai: AI}}
`

const posten = `- title: Alles
  tekst: "<b>"
  uitleg: Een *woord* en [de tweede](#los).
  bedrag: 0,7 miljoen
  aantal: -1.5
  waar: false
  web: https://x.nl/
  mail: a@b.nl
  keuze: a
  dag: 2024-03-01
  moment: 2024-03-01 13:30
  duur: 1 uur en 30 minuten
  jaar: 2023-2024
  periode: 2023
  thema: ai
  zie: los
  bestand: p.pdf
  jaren: [1, 2.5]
  wie: {naam: Jan}
- {title: Los, bedrag: 7, description: Telt niet mee, voorbeeld: true, draft: true, date: 2024-01-01}
- {title: Totaal, bedrag: 700000}
`

// cells writes the cells of an item, one on a line, with what else of it is shown.
func cells(i *theme.Item) string {
	var b strings.Builder
	for _, c := range i.Cells {
		if len(c.Values) == 0 {
			fmt.Fprintf(&b, "%s %s (%s): none\n", c.Name, c.Type, c.Label)
			continue
		}
		b.WriteString(shown([]theme.Field{c}))
		for _, v := range c.Values {
			if v.HTML != "" {
				fmt.Fprintf(&b, "  %s", v.HTML)
			}
		}
	}
	return b.String()
}

// A collection shows its items in columns: a cell for each field that any has.
func TestCollection(t *testing.T) {
	h := newHub(t, postenYAML, "data/posten.yaml", posten, "data/p.pdf", "x", "stukken/x.md", "---\ntitle: X\npost: totaal\n---\n", "posten/_index.md", "---\ntitle: De posten\n---\nZie [alles](#alles) en [los](../data/posten.yaml#los).")
	v := h.views()
	l := list(t, v, "/posten/")
	var got []string
	for _, c := range l.Columns {
		got = append(got, fmt.Sprintf("%s:%s:%s:%v", c.Name, c.Type, c.Label, c.Numeric))
	}
	if want := "tekst:text:Tekst:false uitleg:markdown:Uitleg:false bedrag:money:Bedrag:true aantal:number:Aantal:true waar:bool:Waar:false web:url:Web:false mail:email:Mail:false " +
		"keuze:choice:Keuze:false dag:date:Dag:false moment:datetime:Moment:false duur:duration:Duur:false jaar:schoolyear:Jaar:false periode:period:Periode:false thema:term:Thema:false " +
		"zie:ref:Zie:false bestand:file:Bestand:false jaren:list:Jaren:true wie:group:Wie:false"; strings.Join(got, " ") != want {
		t.Errorf("columns %s\nwant %s", strings.Join(got, " "), want)
	}
	want := `tekst text (Tekst): [<b>]
uitleg markdown (Uitleg): []
  <p>Een <em>woord</em> en <a href="/hub/posten/#los">de tweede</a>.</p>
bedrag money (Bedrag): [€ 0,7 miljoen]
aantal number (Aantal): [-1,5]
waar bool (Waar): [nee]
web url (Web): [https://x.nl/ → https://x.nl/]
mail email (Mail): [a@b.nl → mailto:a@b.nl]
keuze choice (Keuze): [De eerste]
dag date (Dag): [1 maart 2024 = 2024-03-01]
moment datetime (Moment): [1 maart 2024, 13.30 uur = 2024-03-01T13:30:00+01:00]
duur duration (Duur): [1 uur en 30 minuten = PT1H30M]
jaar schoolyear (Jaar): [2023-2024]
periode period (Periode): [2023 = 2023]
thema term (Thema): [AI → /hub/themas/ai/]
zie ref (Zie): [Los → /hub/posten/#los]
bestand file (Bestand): [p.pdf → /hub/data/p.pdf]
jaren list (Jaren): [1] [2,5]
wie group (Wie): [{naam text (Naam): [Jan]}]
`
	if got := strings.ReplaceAll(cells(l.Items[0]), "\u00a0", " "); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, test := range []struct{ what, got, want string }{
		{"items", fmt.Sprint(len(l.Items), l.Total, l.Items[0].ID, l.Items[1].ID, len(l.Cards)), "3 3alleslos0"},
		{"what an item is besides", fmt.Sprint(l.Items[1].Title, l.Items[1].Description, l.Items[1].Date.ISO, l.Items[1].Example, l.Items[1].Draft), "LosTelt niet mee2024-01-01true true"},
		{"an empty cell of it", strings.Join(strings.SplitAfter(cells(l.Items[1]), "\n")[:1], ""), "tekst text (Tekst): none\n"},
		{"as many cells", fmt.Sprint(len(l.Items[1].Cells), len(l.Items[2].Cells)), "18 18"},
		{"totals", fmt.Sprint(l.Totals), "[{{Totaal /hub/posten/#totaal} [{Los /hub/posten/#los}]}]"},
		{"which is the total and which is left out", fmt.Sprint(l.Items[0].Total, l.Items[0].Left, l.Items[1].Total, l.Items[1].Left, l.Items[2].Total, l.Items[2].Left), "false false false true true false"},
		{"what names an item", fmt.Sprint(l.Items[2].Relations[0].Label, l.Items[2].Relations[0].Cards[0].URL), "Betaald hieruit/hub/stukken/x/"},
		{"an item names another", fmt.Sprint(l.Items[1].Relations[0].Label, l.Items[1].Relations[0].Cards[0].URL, l.Items[1].Relations[0].Cards[0].KindLabel), "Posten/hub/posten/#allesPost"},
		{"on a term", fmt.Sprint(list(t, v, "/themas/ai/").Cards[0].URL), "/hub/posten/#alles"},
		{"the text", string(l.Body.HTML), "<p>Zie <a href=\"#alles\">alles</a> en <a href=\"#los\">los</a>.</p>\n"},
		{"the title", l.Title + l.Kind, "De posten"},
	} {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.what, test.got, test.want)
		}
	}
	for _, i := range l.Items {
		if i.Sum() == (theme.Sum{}) {
			t.Errorf("%s is not sealed", i.ID)
		}
	}
}

// A collection with many pages below it shows its items once.
func TestCollectionParts(t *testing.T) {
	v := newHub(t, postenYAML, append(many("posten", 21), "data/posten.yaml", "- title: A\n")...).views()
	parts := v.Of(v.site.Page("/posten/"))
	if len(parts) != 2 {
		t.Fatalf("%d parts", len(parts))
	}
	first, second := parts[0].Value.(*theme.List), parts[1].Value.(*theme.List)
	if len(first.Items) != 1 || len(second.Items) != 0 || len(second.Columns) != 0 || len(second.Totals) != 0 {
		t.Errorf("%d items on the first part, %d on the second", len(first.Items), len(second.Items))
	}
}

// The template of a collection, and addresses of places on a page.
func TestCollectionTemplates(t *testing.T) {
	h := newHub(t, "title: T\nkinds:\n  ding: {file: data/posten.yaml}\n", "data/posten.yaml", "- {title: A}\n")
	for drop, want := range map[string]string{"": "ding-list", "ding-list": "list"} {
		h.look = look(t, h.cfg, strings.Fields(drop))
		v := h.views()
		if got := v.Of(v.site.Page("/posten/"))[0].Template; got != want {
			t.Errorf("without %q: %s, want %s", drop, got, want)
		}
	}
	for _, test := range []struct{ address, url, absolute string }{
		{"/posten/#los", "/hub/posten/#los", "https://x.nl/hub/posten/#los"},
		{"/a b/#é", "/hub/a%20b/#%C3%A9", "https://x.nl/hub/a%20b/#%C3%A9"},
		{"/a/", "/hub/a/", "https://x.nl/hub/a/"},
		{"/id/x/", "/hub/id/x/", "https://x.nl/hub/id/x/"},
	} {
		cfg := &config.Config{}
		if err := cfg.Override("https://x.nl/hub/"); err != nil {
			t.Fatal(err)
		}
		if got := URL(cfg, test.address); got != test.url {
			t.Errorf("%s: %s, want %s", test.address, got, test.url)
		}
		if got := Absolute(cfg, test.address); got != test.absolute {
			t.Errorf("%s: %s, want %s", test.address, got, test.absolute)
		}
	}
}
