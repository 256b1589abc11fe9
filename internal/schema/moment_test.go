package schema

import (
	"testing"
	"time"
)

var moments = []struct{ written, text, dutch, english string }{
	{"2026-03-12 13:30", "2026-03-12T13:30:00+01:00", "12 maart 2026, 13.30\u00a0uur", "12 March 2026, 13:30"},
	{" 2026-03-12T13:30 ", "2026-03-12T13:30:00+01:00", "12 maart 2026, 13.30\u00a0uur", "12 March 2026, 13:30"},
	{"2026-07-01 09:05:07", "2026-07-01T09:05:07+02:00", "1 juli 2026, 09.05\u00a0uur", "1 July 2026, 09:05"},
	{"2026-07-01 00:00", "2026-07-01T00:00:00+02:00", "1 juli 2026, 00.00\u00a0uur", "1 July 2026, 00:00"},
	{"2026-03-12T13:30Z", "2026-03-12T14:30:00+01:00", "12 maart 2026, 14.30\u00a0uur", "12 March 2026, 14:30"},
	{"2025-12-31 20:00:00-05:00", "2026-01-01T02:00:00+01:00", "1 januari 2026, 02.00\u00a0uur", "1 January 2026, 02:00"},
	// The clocks go forward from 02:00 to 03:00, and back from 03:00 to 02:00.
	{"2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00", "29 maart 2026, 01.59\u00a0uur", "29 March 2026, 01:59"},
	{"2026-03-29 03:00", "2026-03-29T03:00:00+02:00", "29 maart 2026, 03.00\u00a0uur", "29 March 2026, 03:00"},
	{"2026-10-25 01:59:59", "2026-10-25T01:59:59+02:00", "25 oktober 2026, 01.59\u00a0uur", "25 October 2026, 01:59"},
	{"2026-10-25 03:00", "2026-10-25T03:00:00+01:00", "25 oktober 2026, 03.00\u00a0uur", "25 October 2026, 03:00"},
	{"2026-10-25T02:30+02:00", "2026-10-25T02:30:00+02:00", "25 oktober 2026, 02.30\u00a0uur", "25 October 2026, 02:30"},
	{"2026-10-25T02:30+01:00", "2026-10-25T02:30:00+01:00", "25 oktober 2026, 02.30\u00a0uur", "25 October 2026, 02:30"},
	{"1970-01-01 00:00", "1970-01-01T00:00:00+01:00", "1 januari 1970, 00.00\u00a0uur", "1 January 1970, 00:00"},
	{"2999-12-31 23:59", "2999-12-31T23:59:00+01:00", "31 december 2999, 23.59\u00a0uur", "31 December 2999, 23:59"},
}

func TestMoments(t *testing.T) {
	for _, test := range moments {
		m, err := parseMoment(test.written)
		if err != nil {
			t.Errorf("%q: %v", test.written, err)
			continue
		}
		if got := m.Format(time.RFC3339); got != test.text || m.Location() != Amsterdam {
			t.Errorf("%q: %s in %v, want %s", test.written, got, m.Location(), test.text)
		}
		if nl, en := FormatMoment(m.UTC(), "nl"), FormatMoment(m.UTC(), "en"); nl != test.dutch || en != test.english {
			t.Errorf("%q: %q, %q", test.written, nl, en)
		}
	}
}

func TestMomentFaults(t *testing.T) {
	const form = "is geen datum met een tijd; schrijf jaar-maand-dag en uren:minuten: 2026-03-12 13:30"
	for _, test := range []struct{ written, want string }{
		{"2026-03-12", `achter "2026-03-12" ontbreekt de tijd; schrijf de tijd erbij: 2026-03-12 13:30`},
		{"2026-03-29 02:00", `"2026-03-29 02:00" bestaat niet: dan gaat de klok vooruit; schrijf een tijd die er wel is, zoals 2026-03-29 03:00`},
		{"2026-03-29T02:59:59", `"2026-03-29t02:59:59" bestaat niet: dan gaat de klok vooruit; schrijf een tijd die er wel is, zoals 2026-03-29 03:59`},
		{"2026-10-25 02:00", `"2026-10-25 02:00" komt twee keer voor: dan gaat de klok terug; schrijf welke: 2026-10-25T02:00:00+02:00 (zomertijd) of 2026-10-25T02:00:00+01:00 (wintertijd)`},
		{"2026-10-25 02:59", `"2026-10-25 02:59" komt twee keer voor: dan gaat de klok terug; schrijf welke: 2026-10-25T02:59:00+02:00 (zomertijd) of 2026-10-25T02:59:00+01:00 (wintertijd)`},
		{"2026-03-12 24:00", `tijd "24:00:00" bestaat niet; een tijd is 00:00 tot en met 23:59`},
		{"2026-03-12 13:60", `tijd "13:60:00" bestaat niet; een tijd is 00:00 tot en met 23:59`},
		{"2026-02-29 13:30", `dag "2026-02-29" bestaat niet; februari 2026 heeft 28 dagen`},
		{"2026-13-01 13:30", `maand "13" bestaat niet; een maand is 01 tot en met 12`},
		{"2026-03-12 13:30+99:00", `"+99:00" is geen verschil met UTC; schrijf +01:00 in de winter, +02:00 in de zomer, of laat het weg`},
		{"1969-12-31 13:30", `jaar 1969 ligt niet tussen 1970 en 2999; verbeter het jaar, of gebruik een veld van type date`},
		{"2999-12-31T23:30-05:00", `jaar 3000 ligt niet tussen 1970 en 2999; verbeter het jaar, of gebruik een veld van type date`},
		{"1970-01-01T00:30+05:00", `jaar 1969 ligt niet tussen 1970 en 2999; verbeter het jaar, of gebruik een veld van type date`},
		{"12 maart 2026, 13.30 uur", `"12 maart 2026, 13.30 uur" is geen datum met een tijd; schrijf: 2026-03-12 13:30`},
		{"12-3-2026 9:30", `"12-3-2026 9:30" is geen datum met een tijd; schrijf: 2026-03-12 09:30`},
		{"2026-03-12 13.30", `"2026-03-12 13.30" is geen datum met een tijd; schrijf: 2026-03-12 13:30`},
		{"29-3-2026 02:30", `"29-3-2026 02:30" ` + form},
		{"2026-03-12 13:30:00.000", `"2026-03-12 13:30:00.000" ` + form},
		{"2026-03-12 13:30 +01:00", `"2026-03-12 13:30 +01:00" ` + form},
		{"2026-03-12 13:30CET", `"2026-03-12 13:30cet" ` + form},
		{"2026-03-12T", `"2026-03-12t" ` + form},
		{"2026-03-12 +", `"2026-03-12 +" ` + form},
		{"maart 2026 13:30", `"maart 2026 13:30" ` + form},
		{"half twee", `"half twee" ` + form},
		{"", `"" ` + form},
	} {
		if m, err := parseMoment(test.written); err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, m, err, test.want)
		}
	}
}

// Every moment that the clocks show once is read as that moment, around every
// change of the clocks that is known.
func TestMomentsAroundClockChanges(t *testing.T) {
	const step = 15 * time.Minute
	for day := time.Date(1970, time.January, 2, 12, 0, 0, 0, Amsterdam); day.Year() < 2060; day = day.AddDate(0, 0, 1) {
		_, before := day.AddDate(0, 0, -1).Zone()
		_, after := day.Zone()
		if before == after {
			continue
		}
		shown := map[string]int{}
		for m := day.Add(-24 * time.Hour); m.Before(day); m = m.Add(step) {
			shown[m.Format("2006-01-02 15:04")]++
		}
		for m := day.Add(-24 * time.Hour); m.Before(day); m = m.Add(step) {
			written := m.Format("2006-01-02 15:04")
			got, err := parseMoment(written)
			if once := shown[written] == 1; once != (err == nil) || once && !got.Equal(m) {
				t.Errorf("%s: %v, %v", written, got, err)
			}
		}
	}
}

func FuzzMoment(f *testing.F) {
	for _, test := range moments {
		if _, err := parseMoment(test.written); err != nil {
			f.Fatalf("seed %q: %v", test.written, err)
		}
		f.Add(test.written)
	}
	for _, seed := range []string{"2026-03-29 02:30", "12 maart 2026 13.30 uur", "2026-03-12tz", "2026-03-12 13:30-", "2026-03-12 13:30+01:00z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := parseMoment(s)
		if err != nil {
			if !m.IsZero() {
				t.Errorf("%q: %v and %v", s, m, err)
			}
			return
		}
		if again, err := parseMoment(m.Format(time.RFC3339)); err != nil || !again.Equal(m) {
			t.Errorf("%q is %v, which gives %v, %v", s, m, again, err)
		}
	})
}
