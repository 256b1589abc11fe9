package schema

import (
	"fmt"
	"strings"
	"testing"

	"kennishub/internal/yaml"
)

const record = `title: Deepfakes herkennen
status: lopend
studiejaar: 2023/2024
uitkomst: werkt
themas: [ai, privacy]
netwerk: ibp
periode: 2022-09/2022-12
begin: 2022-09-14
team:
  - {rol: docent, netwerk: ibp}
  - rol: practor
materialen:
  - {bestand: ./poster.pdf, soort: poster}
vormen: [klas]
talen: [nl, en]
kosten: {geld: 1.5, vrij: TRUE}
meer: [{adres: https://a.nl/b, mail: a@b.nl}]
uitleg: |
  Eerst **dit**
toelichting: |

  * een
      voorbeeld
subsidie: 0,7 miljoen
start: 2026-03-12 13:30
duur: 90 minuten
bronnen: [b]
`

func TestCheck(t *testing.T) {
	kinds, _, messages := declared(t, hub)
	if len(messages) > 0 {
		t.Fatal(printed(t, messages))
	}
	root, messages := yaml.Parse("a.md", []byte(record), 1)
	values, faults := kinds[0].Check("a.md", root)
	if len(messages)+len(faults) > 0 {
		t.Fatal(printed(t, append(messages, faults...)))
	}
	const want = `studiejaar 4:13 schoolyear "2023-2024" studiejaar 2023-2024
status 3:9 choice "lopend"
uitkomst 5:11 choice "werkt"
themas 6:9 list [6:10 term "ai", 6:14 term "privacy"]
netwerk 7:10 ref "ibp"
periode 8:10 period "2022-09/2022-12" september 2022 t/m december 2022
begin 9:8 date "2022-09-14" 14 september 2022
team 11:3 list [11:5 group {rol 11:11 text "docent", netwerk 11:28 ref "ibp"}, 12:5 group {rol 12:10 text "practor"}]
materialen 14:3 list [14:5 group {bestand 14:15 file "poster.pdf", soort 14:36 choice "poster"}]
vormen 15:9 list [15:10 choice "klas"]
talen 16:8 list [16:9 choice "nl", 16:13 choice "en"]
kosten 17:9 group {geld 17:16 number "1.5", vrij 17:27 bool "true"}
meer 18:7 list [18:8 group {adres 18:16 url "https://a.nl/b", mail 18:38 email "a@b.nl"}]
uitleg 19:9 text "Eerst **dit**"
toelichting 22:1 markdown "\n* een\n    voorbeeld\n"
subsidie 25:11 money "700000" € 0,7 miljoen
start 26:8 datetime "2026-03-12T13:30:00+01:00" 12 maart 2026, 13.30 uur
duur 27:7 duration "PT90M"
bronnen 28:10 list [28:11 ref "b"]
`
	var b strings.Builder
	for _, v := range values {
		b.WriteString(shownField(v) + "\n")
	}
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func shownField(v FieldValue) string { return v.Field.Name + " " + shown(v.Value) }

func shown(v Value) string {
	s := fmt.Sprintf("%d:%d %s", v.Line, v.Col, v.Type)
	switch v.Type {
	case List:
		var parts []string
		for _, item := range v.Items {
			parts = append(parts, shown(item))
		}
		return s + " [" + strings.Join(parts, ", ") + "]"
	case Group:
		var parts []string
		for _, f := range v.Fields {
			parts = append(parts, shownField(f))
		}
		return s + " {" + strings.Join(parts, ", ") + "}"
	}
	s += fmt.Sprintf(" %q", v.Text)
	if !v.Period.IsZero() {
		s += " " + v.Period.Format("nl")
	}
	if v.Type == MoneyType {
		s += " " + v.Money.Format("nl")
	}
	if !v.Time.IsZero() {
		s += " " + FormatMoment(v.Time, "nl")
	}
	return s
}

func TestCheckFaults(t *testing.T) {
	kinds, _, _ := declared(t, hub)
	const good = "studiejaar: 2023-2024\nstatus: lopend\nthemas: [ai]\n"
	for _, test := range []struct{ source, want string }{
		{"title: x\n", `2:1 verplicht veld "status" (Status) ontbreekt / schrijf bijvoorbeeld: status: gepland; toegestaan: gepland, lopend
2:1 verplicht veld "studiejaar" (Studiejaar) ontbreekt / schrijf bijvoorbeeld: studiejaar: 2023-2024 (het jaar waarin het experiment begon)
2:1 verplicht veld "themas" (Themas) ontbreekt / schrijf bijvoorbeeld: themas: [ai]; toegestaan: ai, privacy, digitale-veiligheid`},
		{"status: lopend\nthemas: []\nstudiejaar:\n", `3:9 verplicht veld "themas" (Themas) is leeg / schrijf bijvoorbeeld: themas: [ai]; toegestaan: ai, privacy, digitale-veiligheid
4:12 verplicht veld "studiejaar" (Studiejaar) is leeg / schrijf bijvoorbeeld: studiejaar: 2023-2024 (het jaar waarin het experiment begon)`},
		{"studiejaar: 2023\nstatus: lopnd\nthemas: ai\n", `2:13 veld "studiejaar": "2023" is geen studiejaar / schrijf: 2023-2024
3:9 veld "status": onbekende waarde "lopnd" / bedoelde je "lopend"? toegestaan: gepland, lopend
4:9 veld "themas": dit moet een lijst zijn, geen losse waarde / schrijf: themas: [ai]`},
		{strings.Replace(good, "[ai]", "digitale Veiligheid", 1), `4:9 veld "themas": dit moet een lijst zijn, geen losse waarde / schrijf: themas: [digitale-veiligheid]`},
		{strings.Replace(good, "[ai]", "AI in het onderwijs,privacy , aj", 1) + "vormen: online, Klas\ntalen: NL\n", `4:9 veld "themas": dit moet een lijst zijn, geen losse waarde / schrijf: themas: [ai, privacy, …]
4:9 veld "themas": onbekende term "aj" in vocabulaire "themas" / bedoelde je "ai"? toegestaan: ai, privacy, digitale-veiligheid
5:9 veld "vormen": dit moet een lijst zijn, geen losse waarde / schrijf: vormen: [online, klas]
6:8 veld "talen": dit moet een lijst zijn, geen losse waarde / schrijf: talen: [nl]`},
		{good + "vormen: ','\nbronnen: a\n", `5:9 veld "vormen": dit moet een lijst zijn, geen losse waarde / schrijf: vormen: […]
5:9 veld "vormen": dit moet één waarde zijn, geen lege tekst / schrijf bijvoorbeeld: vormen: [klas]; toegestaan: klas, online
6:10 "bronnen" moet een lijst zijn, geen losse waarde / schrijf: bronnen: [a]`},
		{good + "uitkomst: het werkt\n", `5:11 veld "uitkomst": "het werkt" is de naam van een keuze, niet de waarde / schrijf: werkt`},
		{strings.Replace(good, "ai", "AI in het onderwijs, aj, ai, ai", 1), `4:10 veld "themas": "AI in het onderwijs" is de naam van een term, niet de term zelf / schrijf: ai
4:31 veld "themas": onbekende term "aj" in vocabulaire "themas" / bedoelde je "ai"? toegestaan: ai, privacy, digitale-veiligheid
4:39 veld "themas": "ai" staat twee keer in de lijst / haal er een weg`},
		{strings.Replace(good, "[ai]", "[ai, ]\nvormen: [klas, ~, [klas], fysiek]", 1), `5:16 veld "vormen": een onderdeel van de lijst is leeg / vul het in of haal het weg
5:19 veld "vormen": dit moet één waarde zijn, geen lijst / schrijf bijvoorbeeld: vormen: [klas]; toegestaan: klas, online
5:27 veld "vormen": onbekende waarde "fysiek" / toegestaan: klas, online`},
		{good + "periode: 2022-2023\nbegin: 14-9-2022\n", `5:10 veld "periode": "2022-2023" is geen periode / schrijf: studiejaar 2022-2023, of voor hele jaren: 2022/2023
6:8 veld "begin": "14-9-2022" is geen datum / schrijf: 2022-09-14`},
		{good + "netwerk: [ibp]\nperiode: {van: 2022}\n", `5:10 veld "netwerk": dit moet één waarde zijn, geen lijst / schrijf bijvoorbeeld: netwerk: naam-van-de-pagina
6:10 veld "periode": dit moet één waarde zijn, geen blok met sleutels / schrijf bijvoorbeeld: periode: najaar 2022`},
		{good + "team: docent\n", `5:7 veld "team": dit moet een lijst zijn, geen losse waarde / zet voor elk onderdeel een streepje: - rol: …`},
		{good + "team: [docent, {rolle: x}, {rol: [y]}]\n", `5:8 veld "team": dit moet een blok met sleutels zijn, geen losse waarde / schrijf: {rol: …}
5:17 onbekende sleutel "rolle" / toegestaan: rol, netwerk
5:34 veld "rol": dit moet één waarde zijn, geen lijst / schrijf bijvoorbeeld: rol: een tekst`},
		{good + "materialen:\n  - soort: poster\n", `6:5 verplicht veld "bestand" (Bestand) ontbreekt / schrijf bijvoorbeeld: bestand: poster.pdf`},
		{good + "materialen:\n  - bestand: https://a.nl/b.pdf\n  - bestand: a\\b.pdf\n  - bestand: /b.pdf\n", `6:14 veld "bestand": "https://a.nl/b.pdf" is een webadres, geen bestand / zet het bestand naast de pagina en schrijf zijn naam
7:14 veld "bestand": "a\\b.pdf" is geen pad / schrijf schuine strepen naar rechts: a/b.pdf
8:14 veld "bestand": "/b.pdf" begint met een schuine streep / schrijf het pad vanaf het bestand van de pagina: poster.pdf`},
		{good + "kosten: 12\n", `5:9 veld "kosten": dit moet een blok met sleutels zijn, geen losse waarde / schrijf: {geld: …}`},
		{good + "kosten: {geld: 1.500, vrij: ja}\n", `5:16 veld "geld": "1.500" kan duizendtallen of een breuk zijn / schrijf duizendtallen zonder punt: 1500; of de breuk met een nul erbij: 1.5000
5:29 veld "vrij": "ja" is niet true of false / schrijf: vrij: true`},
		{good + "kosten: {vrij: Uit}\n", `5:16 veld "vrij": "Uit" is niet true of false / schrijf: vrij: false`},
		{good + "kosten: {geld: '1,5'}\n", `5:16 veld "geld": "1,5" is geen getal / schrijf: 1.5`},
		{good + "kosten: {geld: veel}\n", `5:16 veld "geld": "veel" is geen getal / schrijf een getal met cijfers, en een punt voor een breuk: 1.5`},
		{good + "kosten: {geld: 1.500.000}\n", `5:16 veld "geld": "1.500.000" is geen getal / schrijf duizendtallen zonder punt: 1500000`},
		{good + "kosten: {geld: -0.1234567890123456789012345678901234567890}\n", `5:16 veld "geld": dit getal is te lang / schrijf een getal van hoogstens 40 tekens`},
		{good + "subsidie: 1.500\nstart: 2026-03-12\nduur: [1 uur]\n", `5:11 veld "subsidie": "1.500" kan duizendtallen of een breuk zijn / schrijf alleen cijfers: 1500
6:8 veld "start": achter "2026-03-12" ontbreekt de tijd / schrijf de tijd erbij: 2026-03-12 13:30
7:7 veld "duur": dit moet één waarde zijn, geen lijst / schrijf bijvoorbeeld: duur: 45 minuten`},
		{good + "toelichting: {a: b}\nduur: even\n", `5:14 veld "toelichting": dit moet één waarde zijn, geen blok met sleutels / schrijf bijvoorbeeld: toelichting: een tekst
6:7 veld "duur": "even" is geen duur / schrijf bijvoorbeeld 45 minuten, 1,5 uur, 1 uur en 30 minuten, 3 weken of PT45M`},
		{good + "meer: [{adres: www.a.nl, mail: Jan <a@b.nl>}]\n", `5:16 veld "adres": "www.a.nl" is geen webadres / schrijf het hele adres: https://www.mbodigitaal.nl/
5:32 veld "mail": "Jan <a@b.nl>" is geen e-mailadres / schrijf: naam@school.nl`},
		{good + "meer: [{adres: 'javascript:alert(1)'}, {adres: 'https://a b.nl/'}, {adres: 'https://u:p@b.nl/'}]\n", `5:16 veld "adres": "javascript:alert(1)" is geen webadres / schrijf het hele adres: https://www.mbodigitaal.nl/
5:48 veld "adres": "https://a b.nl/" is geen webadres / schrijf het hele adres: https://www.mbodigitaal.nl/
5:76 veld "adres": "https://u:p@b.nl/" is geen webadres / schrijf het hele adres: https://www.mbodigitaal.nl/`},
	} {
		root, messages := yaml.Parse("a.md", []byte(test.source), 1)
		if len(messages) > 0 {
			t.Fatal(messages)
		}
		_, messages = kinds[0].Check("a.md", root)
		printed(t, messages) // sorts
		var lines []string
		for _, m := range messages {
			lines = append(lines, strings.TrimPrefix(m.Position(), "a.md:")+" "+m.Text+" / "+m.Hint)
		}
		if got := strings.Join(lines, "\n"); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.source, got, test.want)
		}
	}
}

// A page without front matter lacks every required field.
func TestCheckNothing(t *testing.T) {
	kinds, _, _ := declared(t, hub)
	for _, root := range []*yaml.Node{nil, {Line: 1, Col: 1}} {
		values, messages := kinds[0].Check("a.md", root)
		if len(values) != 0 || len(messages) != 3 || messages[0].Position() != "a.md:1:1" || messages[0].Code != codeRequired.ID {
			t.Errorf("%v %v", values, messages)
		}
	}
}

// What an item of a list lacks is missing where that item begins.
func TestCheckItem(t *testing.T) {
	kinds, _, _ := declared(t, hub)
	root, _ := yaml.Parse("data/a.yaml", []byte("- {status: lopend}\n- themas: [ai]\n  status: lopend\n- ~\n"), 0)
	for i, want := range []string{"data/a.yaml:1:3", "data/a.yaml:2:3", "data/a.yaml:4:3"} {
		_, messages := kinds[0].Check("data/a.yaml", root.Items[i])
		if len(messages) == 0 {
			t.Errorf("item %d lacks nothing", i)
		}
		for _, m := range messages {
			if m.Position() != want || m.Code != codeRequired.ID {
				t.Errorf("%s: %s [%s], want %s", m.Position(), m.Text, m.Code, want)
			}
		}
	}
}

// Every type of the table can be declared, checked and shown to an author.
func TestTypesAreWhole(t *testing.T) {
	if len(types) == 0 {
		t.Fatal("no types")
	}
	for _, ft := range types {
		if ft.check == nil || ft.declare == nil && ft.example == "" {
			t.Errorf("type %s is not whole", ft.name)
		}
		if ft.example == "" {
			continue
		}
		root, _ := yaml.Parse("a.md", []byte("x: "+ft.example), 0)
		k := &Kind{Fields: []*Field{{Name: "x", Type: ft.name}}}
		if values, messages := k.Check("a.md", root); len(values) != 1 || len(messages) > 0 {
			t.Errorf("the example of %s is wrong: %v", ft.name, messages)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	root, _ := yaml.Parse("site.yaml", []byte(hub), 0)
	kinds, _ := ReadKinds("site.yaml", root.Get("kinds"))
	vocabularies, _ := ReadVocabularies("site.yaml", root.Get("vocabularies"))
	Link("site.yaml", kinds, vocabularies)
	document, _ := yaml.Parse("a.md", []byte(record), 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, messages := kinds[0].Check("a.md", document); len(messages) > 0 {
			b.Fatal(messages)
		}
	}
}
