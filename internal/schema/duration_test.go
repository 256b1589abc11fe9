package schema

import "testing"

var durations = []struct{ written, iso, dutch, english string }{
	{"PT45M", "PT45M", "45 minuten", "45 minutes"},
	{"45 minuten", "PT45M", "45 minuten", "45 minutes"},
	{"P2W", "P2W", "2 weken", "2 weeks"},
	{"3 weken", "P3W", "3 weken", "3 weeks"},
	{"14 dagen", "P14D", "14 dagen", "14 days"},
	{"2 dagen", "P2D", "2 dagen", "2 days"},
	{"1 week en 2 dagen", "P9D", "9 dagen", "9 days"},
	{"1 week en 3 uur", "P7DT3H", "7 dagen en 3 uur", "7 days and 3 hours"},
	{"1,5 uur", "PT1H30M", "1 uur en 30 minuten", "1 hour and 30 minutes"},
	{"1.5 uren", "PT1H30M", "1 uur en 30 minuten", "1 hour and 30 minutes"},
	{"PT1.5H", "PT1H30M", "1 uur en 30 minuten", "1 hour and 30 minutes"},
	{"1 uur en 30 minuten", "PT1H30M", "1 uur en 30 minuten", "1 hour and 30 minutes"},
	{"75 minuten", "PT75M", "75 minuten", "75 minutes"},
	{"90 minuten en 1 seconde", "PT90M1S", "90 minuten en 1 seconde", "90 minutes and 1 second"},
	{"PT90M", "PT90M", "90 minuten", "90 minutes"},
	{"3600 seconden", "PT3600S", "3600 seconden", "3600 seconds"},
	{"18 maanden", "P18M", "18 maanden", "18 months"},
	{"1,5 uur en 45 minuten", "PT1H75M", "1 uur en 75 minuten", "1 hour and 75 minutes"},
	{"2,5 minuten", "PT2M30S", "2 minuten en 30 seconden", "2 minutes and 30 seconds"},
	{"1 maand en 2 weken", "P1M14D", "1 maand en 14 dagen", "1 month and 14 days"},
	{"1 Uur, 1 minuut en 1 seconde", "PT1H1M1S", "1 uur, 1 minuut en 1 seconde", "1 hour, 1 minute and 1 second"},
	{"40 uur", "PT40H", "40 uur", "40 hours"},
	{"1600 uur", "PT1600H", "1600 uur", "1600 hours"},
	{"1,125 uur", "PT1H7M30S", "1 uur, 7 minuten en 30 seconden", "1 hour, 7 minutes and 30 seconds"},
	{"6 maanden", "P6M", "6 maanden", "6 months"},
	{"1,5 jaar", "P1Y6M", "1 jaar en 6 maanden", "1 year and 6 months"},
	{"2 jaar", "P2Y", "2 jaar", "2 years"},
	{"P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S", "1 jaar, 2 maanden, 3 dagen, 4 uur, 5 minuten en 6 seconden", "1 year, 2 months, 3 days, 4 hours, 5 minutes and 6 seconds"},
	{"PT0H45M", "PT45M", "45 minuten", "45 minutes"},
}

func TestDurations(t *testing.T) {
	for _, test := range durations {
		length, err := parseDuration(test.written)
		if err != nil || length.iso() != test.iso {
			t.Errorf("%q: %q, %v; want %q", test.written, length.iso(), err, test.iso)
		}
		if nl, en := FormatDuration(test.iso, "nl"), FormatDuration(test.iso, "en"); nl != test.dutch || en != test.english {
			t.Errorf("%q: %q, %q", test.iso, nl, en)
		}
	}
	if got := FormatDuration("ooit", "nl"); got != "ooit" {
		t.Errorf("no duration became %q", got)
	}
}

func TestDurationFaults(t *testing.T) {
	const forms = " is geen duur; schrijf bijvoorbeeld 45 minuten, 1,5 uur, 1 uur en 30 minuten, 3 weken of PT45M"
	const names = "toegestaan: jaar, jaren, maand, maanden, week, weken, dag, dagen, uur, uren, minuut, minuten, seconde, seconden"
	for _, test := range []struct{ written, want string }{
		{"45 minten", `in "45 minten" is "minten" geen eenheid van tijd; bedoelde je "minuten"? ` + names},
		{"45 m", `in "45 m" is "m" geen eenheid van tijd; ` + names},
		{"30 minuten en 1 uur", `in "30 minuten en 1 uur" staat "uur" niet op zijn plaats; schrijf de grootste eenheid eerst, en elke eenheid één keer`},
		{"1 uur en 1 uur", `in "1 uur en 1 uur" staat "uur" niet op zijn plaats; schrijf de grootste eenheid eerst, en elke eenheid één keer`},
		{"1.600 uur", `in "1.600 uur" kan "1.600" duizendtallen of een breuk zijn; schrijf duizendtallen zonder punt: 1600; of de breuk met een komma: 1,600`},
		{"1,5 maanden", `in "1,5 maanden" is de breuk "1,5" niet precies in kleinere eenheden te zeggen; gebruik een kleinere eenheid, zonder breuk`},
		{"0,5 dag", `in "0,5 dag" is de breuk "0,5" niet precies in kleinere eenheden te zeggen; gebruik een kleinere eenheid, zonder breuk`},
		{"0,00001 uur", `in "0,00001 uur" is de breuk "0,00001" niet precies in kleinere eenheden te zeggen; gebruik een kleinere eenheid, zonder breuk`},
		{"999999999999999 uur", `duur "999999999999999 uur" is te lang; kijk of er niet te veel cijfers staan`},
		{"0 minuten", `"0 minuten"` + forms},
		{"-5 minuten", `"-5 minuten"` + forms},
		{"45", `"45"` + forms},
		{"45minuten", `"45minuten"` + forms},
		{"een uur", `"een uur"` + forms},
		{"anderhalf uur", `"anderhalf uur"` + forms},
		{"en 5 minuten", `"en 5 minuten"` + forms},
		{"1 uur en", `"1 uur en"` + forms},
		{"P", `"p"` + forms},
		{"PT", `"pt"` + forms},
		{"P2DT", `"p2dt"` + forms},
		{"P45M1Y", `"p45m1y"` + forms},
		{"P5H", `"p5h"` + forms},
		{"PT5", `"pt5"` + forms},
		{"PTM", `"ptm"` + forms},
		{"P-2D", `"p-2d"` + forms},
		{"PT5MT5S", `"pt5mt5s"` + forms},
		{"", `""` + forms},
	} {
		if length, err := parseDuration(test.written); err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, length, err, test.want)
		}
	}
}

// What is read is written in one form, which is read again, as is what readers
// see.
func FuzzDuration(f *testing.F) {
	for _, test := range durations {
		if _, err := parseDuration(test.written); err != nil {
			f.Fatalf("seed %q: %v", test.written, err)
		}
		f.Add(test.written)
	}
	for _, seed := range []string{"P1W2D", "PT1,5H", "1 uur en en 5 minuten", "99999999999999999999 jaar", "P1YT", "en"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		length, err := parseDuration(s)
		if err != nil {
			if length != (span{}) {
				t.Errorf("%q: %v and %v", s, length, err)
			}
			return
		}
		for _, text := range []string{length.iso(), FormatDuration(length.iso(), "nl")} {
			if again, err := parseDuration(text); err != nil || again != length {
				t.Errorf("%q gives %q, which gives %v, %v", s, text, again, err)
			}
		}
	})
}
