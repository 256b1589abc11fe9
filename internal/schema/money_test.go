package schema

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

var amounts = []struct {
	written        string
	want           Money
	dutch, english string
}{
	{"700000", Money{700_000, false}, "€\u00a0700.000", "€700,000"},
	{"700.000", Money{700_000, false}, "€\u00a0700.000", "€700,000"},
	{"€ 700.000", Money{700_000, false}, "€\u00a0700.000", "€700,000"},
	{"€1.250,-", Money{1250, false}, "€\u00a01.250", "€1,250"},
	{"€ 1.250,00", Money{1250, false}, "€\u00a01.250", "€1,250"},
	{"12.000.000", Money{12_000_000, false}, "€\u00a012.000.000", "€12,000,000"},
	{"1.500", Money{1500, false}, "€\u00a01.500", "€1,500"},
	{"0", Money{}, "€\u00a00", "€0"},
	{"-€ 500", Money{-500, false}, "€\u00a0-500", "-€500"},
	{"€ -1.500", Money{-1500, false}, "€\u00a0-1.500", "-€1,500"},
	{"0,7 miljoen", Money{700_000, true}, "€\u00a00,7\u00a0miljoen", "€0.7\u00a0million"},
	{"0.05 miljoen", Money{50_000, true}, "€\u00a00,05\u00a0miljoen", "€0.05\u00a0million"},
	{"0.125 miljoen", Money{125_000, true}, "€\u00a00,125\u00a0miljoen", "€0.125\u00a0million"},
	{"1,125 miljoen", Money{1_125_000, true}, "€\u00a01,125\u00a0miljoen", "€1.125\u00a0million"},
	{"€\u00a00,7 Mln.", Money{700_000, true}, "€\u00a00,7\u00a0miljoen", "€0.7\u00a0million"},
	{"12 mln", Money{12_000_000, true}, "€\u00a012\u00a0miljoen", "€12\u00a0million"},
	{"-1,000001 miljoen", Money{-1_000_001, true}, "€\u00a0-1,000001\u00a0miljoen", "-€1.000001\u00a0million"},
	{"1250 miljoen", Money{1_250_000_000, true}, "€\u00a01.250\u00a0miljoen", "€1,250\u00a0million"},
	{"-9223372036854775808", Money{math.MinInt64, false}, "€\u00a0-9.223.372.036.854.775.808", "-€9,223,372,036,854,775,808"},
}

func TestMoney(t *testing.T) {
	for _, test := range amounts {
		m, err := parseMoney(test.written, false)
		if err != nil || m != test.want {
			t.Errorf("%q: %+v, %v; want %+v", test.written, m, err, test.want)
		}
		if got := m.Format("nl"); got != test.dutch {
			t.Errorf("%q: %q, want %q", test.written, got, test.dutch)
		}
		if got := m.Format("en"); got != test.english {
			t.Errorf("%q: %q, want %q", test.written, got, test.english)
		}
		if strings.ContainsAny(m.InMillions("nl")+m.InMillions("en"), "€ \u00a0mn") {
			t.Errorf("%q: %q, %q in millions", test.written, m.InMillions("nl"), m.InMillions("en"))
		}
	}
}

func TestMoneyFaults(t *testing.T) {
	const forms = `; schrijf hele euro's, zoals 700000 of "€ 700.000", of 0,7 miljoen`
	for _, test := range []struct {
		written, want string
		float         bool
	}{
		{"1.500", `"1.500" kan duizendtallen of een breuk zijn; schrijf alleen cijfers: 1500`, true},
		{"-700.000", `"-700.000" kan duizendtallen of een breuk zijn; schrijf alleen cijfers: 700000`, true},
		{"12,500", `"12,500" kan duizendtallen of een breuk zijn; schrijf alleen cijfers: 12500`, false},
		{"€ 1,250,000", `"€ 1,250,000" kan duizendtallen of een breuk zijn; schrijf alleen cijfers: 1250000`, false},
		{"1.500 miljoen", `"1.500 miljoen" kan duizendtallen of een breuk zijn; schrijf duizendtallen zonder punt: 1500 miljoen; of de breuk met een komma: 1,500 miljoen`, false},
		{"12,50", `"12,50" is geen bedrag in hele euro's; rond af, zonder centen: 13`, false},
		{"-12.4", `"-12.4" is geen bedrag in hele euro's; rond af, zonder centen: -12`, true},
		{"€ 1.250,99", `"€ 1.250,99" is geen bedrag in hele euro's; rond af, zonder centen: 1251`, false},
		{"0,1234567 miljoen", `"0,1234567 miljoen" is geen bedrag in hele euro's; rond af, zonder centen: 123457`, false},
		{"9223372036854775808", `bedrag "9223372036854775808" is te groot; kijk of er niet te veel cijfers staan`, false},
		{"9223372036855 miljoen", `bedrag "9223372036855 miljoen" is te groot; kijk of er niet te veel cijfers staan`, false},
		{strings.Repeat("9", 41), `"` + strings.Repeat("9", 41) + `" is geen bedrag` + forms, false},
		{"veel", `"veel" is geen bedrag` + forms, false},
		{"€", `"€" is geen bedrag` + forms, false},
		{"miljoen", `"miljoen" is geen bedrag` + forms, false},
		{"--5", `"--5" is geen bedrag` + forms, false},
		{"-€ -5", `"-€ -5" is geen bedrag` + forms, false},
		{"1e6", `"1e6" is geen bedrag` + forms, true},
		{"700_000", `"700_000" is geen bedrag` + forms, false},
		{"1.25.000", `"1.25.000" is geen bedrag` + forms, false},
		{"12,", `"12," is geen bedrag` + forms, false},
		{"0,7,- miljoen", `"0,7,- miljoen" is geen bedrag` + forms, false},
		{"$ 5", `"$ 5" is geen bedrag` + forms, false},
		{"700 euro", `"700 euro" is geen bedrag` + forms, false},
	} {
		if m, err := parseMoney(test.written, test.float); err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, m, err, test.want)
		}
	}
}

// Amounts are exact, and what readers see is again that amount to an author.
func FuzzMoney(f *testing.F) {
	for _, test := range amounts {
		if _, err := parseMoney(test.written, false); err != nil {
			f.Fatalf("seed %q: %v", test.written, err)
		}
		f.Add(test.written)
	}
	for _, seed := range []string{"1.500 miljoen", "€€ 5", "1,,2", "0,0000010 mln", ",-", "-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := parseMoney(s, false)
		if err != nil {
			if m != (Money{}) {
				t.Errorf("%q: %v and %v", s, m, err)
			}
			return
		}
		if again, err := parseMoney(strconv.FormatInt(m.Euros, 10), false); err != nil || again.Euros != m.Euros {
			t.Errorf("%q: %v, %v", s, again, err)
		}
		if shown := m.Format("nl"); !m.Millions || !strings.Contains(shown, ".") { // 1.500 miljoen is not read
			if again, err := parseMoney(shown, false); err != nil || again != m {
				t.Errorf("%q is shown as %q, which gives %v, %v", s, shown, again, err)
			}
		}
	})
}
