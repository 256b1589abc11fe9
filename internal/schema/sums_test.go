package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

const budget = `kinds:
  post:
    file: data/posten.yaml
    fields:
      subsidie: money
      eigen: money
      totaal: money
      uren: {type: group, fields: {voor: number, na: number, samen: number}}
    sum:
%s
`

// items reads a list of items as the kind of a test has them.
func items(t *testing.T, k *Kind, source string) []Item {
	t.Helper()
	root, messages := yaml.Parse("data/posten.yaml", []byte(source), 0)
	var items []Item
	for _, n := range root.Items {
		fields, faults := k.Check("data/posten.yaml", n)
		messages = append(messages, faults...)
		items = append(items, Item{ID: n.Get("id").Text, File: "data/posten.yaml", Line: n.Line, Col: n.Col, Fields: fields})
	}
	if len(messages) > 0 {
		t.Fatal(printed(t, messages))
	}
	return items
}

func TestCheckSums(t *testing.T) {
	const across, within, hours = "{of: [subsidie, eigen], equals: alles, except: [concept, plan]}", "{of: [subsidie, eigen], equals: totaal}",
		"{of: [uren.voor, uren.na], equals: uren.samen, except: plan}"
	for _, test := range []struct{ sum, items, want string }{
		{across, `
- {id: a, subsidie: 700.000.000, eigen: "€ 1.000"}
- {id: b, subsidie: -5}
- {id: alles, subsidie: 699999995, eigen: 1000}
- {id: concept, subsidie: 12}
- {id: plan}
`, ""},
		{across, `
- {id: alles, subsidie: "0,9 miljoen"}
- {id: a, subsidie: "0,7 miljoen", eigen: 1}
- {id: concept, subsidie: 200000}
- {id: b, subsidie: "300.000,-"}
- {id: plan}
`, `data/posten.yaml:2:3 som: veld "eigen" van "alles" is leeg, maar de delen zijn samen € 1 / verbeter dit, of een van de delen: a € 1
data/posten.yaml:2:25 som: veld "subsidie" van "alles" is € 0,9 miljoen, maar de delen zijn samen € 1 miljoen / verbeter dit, of een van de delen: a € 0,7 miljoen; b € 300.000`},
		{across, "- {id: alles, subsidie: 1}\n- {id: plan}\n- {id: concept}\n",
			`data/posten.yaml:1:25 som: veld "subsidie" van "alles" is € 1, maar de delen zijn samen € 0 / verbeter dit, of vul de delen in: er is niets geteld`},
		{across, "- {id: ales}\n- {id: plan}\n", `site.yaml:10:9 declaratie: een som van soort "post" noemt "alles", maar geen onderdeel heet zo / bedoelde je "ales"?
site.yaml:10:9 declaratie: een som van soort "post" noemt "concept", maar geen onderdeel heet zo / noem de id van een onderdeel, of achter equals een veld: subsidie, eigen, totaal, uren.voor, uren.na, uren.samen`},
		{within, `
- {id: a, subsidie: 1, eigen: 2, totaal: 3}
- {id: b, totaal: 0}
- {id: c}
- {id: d, eigen: 2}
- {id: e, subsidie: 1, totaal: 3}
`, `data/posten.yaml:5:3 som: veld "totaal" is leeg, maar de delen zijn samen € 2 / verbeter dit, of een van de delen: eigen € 2
data/posten.yaml:6:32 som: veld "totaal" is € 3, maar de delen zijn samen € 1 / verbeter dit, of een van de delen: subsidie € 1`},
		// Tenths add up, which they do not in binary; and amounts do beyond an int64.
		{hours, "- {id: a, uren: {voor: 0.1, na: 0.2, samen: 0.30}}\n- {id: plan, uren: {samen: 9}}\n", ""},
		{hours, "- {id: a, uren: {voor: 0.1, na: 1200, samen: 1200.11}}\n- {id: plan}\n",
			`data/posten.yaml:1:46 som: veld "uren.samen" is 1200,11, maar de delen zijn samen 1200,1 / verbeter dit, of een van de delen: uren.voor 0,1; uren.na 1200`},
		{within, "- {id: a, subsidie: 9223372036854775807, eigen: 9223372036854775807, totaal: -2}\n",
			`data/posten.yaml:1:78 som: veld "totaal" is € -2, maar de delen zijn samen € 18.446.744.073.709.551.614 / verbeter dit, of een van de delen: ` +
				`subsidie € 9.223.372.036.854.775.807; eigen € 9.223.372.036.854.775.807`},
	} {
		kinds, _, messages := declared(t, fmt.Sprintf(budget, "      - "+test.sum))
		if len(messages) > 0 {
			t.Fatal(printed(t, messages))
		}
		messages = CheckSums("site.yaml", kinds[0], items(t, kinds[0], test.items))
		slices.SortStableFunc(messages, diag.Compare)
		var lines []string
		for _, m := range messages {
			lines = append(lines, m.Position()+" "+m.Code+": "+m.Text+" / "+m.Hint)
		}
		if got := strings.Join(lines, "\n"); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.items, got, test.want)
		}
	}
}

// A message about many values stays readable.
func TestCheckSumsOfMany(t *testing.T) {
	kinds, _, _ := declared(t, fmt.Sprintf(budget, "      {of: eigen, equals: alles}"))
	source := "- {id: alles, eigen: 1}\n"
	for i := range 100 {
		source += fmt.Sprintf("- {id: p%d, eigen: 2}\n", i)
	}
	messages := CheckSums("site.yaml", kinds[0], items(t, kinds[0], source))
	if len(messages) != 1 || !strings.Contains(messages[0].Text, "€ 200") || !strings.HasSuffix(messages[0].Hint, "p19 € 2; en nog 80") {
		t.Error(messages)
	}
}
