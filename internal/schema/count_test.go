package schema

import (
	"strings"
	"testing"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

const counted = `kinds:
  verslag:
    folder: verslagen
    fields:
      jaar: schoolyear
      dag: date
      begin: datetime
      status: {type: choice, of: {af: Klaar, bezig: Bezig}}
      plaatsen: {type: list, of: choice, choices: [noord, zuid]}
      landelijk: bool
      aantal: number
  doel:
    file: data/doelen.yaml
    fields:
      waarde: number
      stand: {type: count, target: waarde}
`

func checkedCount(t *testing.T, kinds []*Kind, text string) (*Counting, []diag.Message) {
	root, messages := yaml.Parse("d.yaml", []byte("stand: "+text), 0)
	values, faults := kinds[1].Check("d.yaml", root)
	if messages = append(messages, faults...); len(messages) > 0 {
		return nil, messages
	}
	return values[0].Value.Count, nil
}

func TestCounting(t *testing.T) {
	kinds, _, messages := declared(t, counted)
	if len(messages) > 0 {
		t.Fatal(printed(t, messages))
	}
	for _, test := range []struct {
		count, page, year string
		counts            bool
	}{
		{"{soort: verslag}", "aantal: 1", "", true},
		{"{soort: verslag, per: jaar}", "jaar: 2023/2024", "2023-2024", true},
		{"{soort: verslag, per: jaar}", "dag: 2023-01-01", "", false},
		{"{soort: verslag, per: dag}", "dag: 2023-01-01", "2023", true},
		{"{soort: verslag, per: begin}", "begin: 2023-12-31 23:30", "2023", true},
		{"{soort: verslag, met: {status: af}}", "status: af", "", true},
		{"{soort: verslag, met: {status: af}}", "status: bezig", "", false},
		{"{soort: verslag, met: {status: af}}", "aantal: 1", "", false},
		{"{soort: verslag, met: {plaatsen: zuid, landelijk: true}}", "{plaatsen: [noord, zuid], landelijk: true}", "", true},
		{"{soort: verslag, met: {plaatsen: zuid, landelijk: true}}", "{plaatsen: [noord, zuid], landelijk: false}", "", false},
		{"{soort: verslag, met: {plaatsen: zuid, landelijk: true}}", "{plaatsen: [noord], landelijk: true}", "", false},
	} {
		c, messages := checkedCount(t, kinds, test.count)
		if c == nil {
			t.Fatal(printed(t, messages))
		}
		root, _ := yaml.Parse("v.md", []byte(test.page), 1)
		values, messages := kinds[0].Check("v.md", root)
		if len(messages) > 0 {
			t.Fatal(printed(t, messages))
		}
		if year, ok := c.Counts(values); year != test.year || ok != test.counts {
			t.Errorf("%s, %s: %q, %v", test.count, test.page, year, ok)
		}
	}
}

func TestCountingFaults(t *testing.T) {
	kinds, _, _ := declared(t, counted)
	for _, test := range []struct{ count, want string }{
		{"3", `1:8 veld "stand": dit moet een blok met sleutels zijn, geen losse waarde / schrijf bijvoorbeeld: stand: {soort: verslag}`},
		{"{per: jaar}", `1:8 sleutel "soort" ontbreekt / voeg toe: soort: …`},
		{"{soort: verslagen}", `1:16 veld "stand": onbekende soort "verslagen" / bedoelde je "verslag"? toegestaan: verslag, doel`},
		{"{soort: doel, per: waarde}", `1:27 veld "stand": soort "doel" heeft geen veld "waarde" met een jaar / haal per weg: deze soort heeft geen veld met een jaar`},
		{"{soort: verslag, per: aantal, met: {aantal: 1, status: Klaar, plaatsen: oost}, of: 2}", `1:30 veld "stand": soort "verslag" heeft geen veld "aantal" met een jaar / toegestaan: jaar, dag, begin
1:44 veld "stand": op veld "aantal" van soort "verslag" kan niet worden geteld / toegestaan: status, plaatsen, landelijk
1:63 veld "status": "Klaar" is de naam van een keuze, niet de waarde / schrijf: af
1:80 veld "plaatsen": onbekende waarde "oost" / toegestaan: noord, zuid
1:87 onbekende sleutel "of" / toegestaan: soort, per, met`},
	} {
		c, messages := checkedCount(t, kinds, test.count)
		printed(t, messages) // sorts
		var lines []string
		for _, m := range messages {
			lines = append(lines, strings.TrimPrefix(m.Position(), "d.yaml:")+" "+m.Text+" / "+m.Hint)
		}
		if got := strings.Join(lines, "\n"); got != test.want || c != nil {
			t.Errorf("%s:\n got %s\nwant %s", test.count, got, test.want)
		}
	}
	_, _, messages := declared(t, strings.Replace(counted, "target: waarde", "target: waarden", 1))
	if len(messages) != 1 || messages[0].Text != `veld "stand" telt naar "waarden", en dat is geen veld van type number` || messages[0].Hint != `bedoelde je "waarde"? toegestaan: waarde` {
		t.Error(printed(t, messages))
	}
}
