package schema

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

var periods = []struct {
	written, source, iso, dutch, english string
	first, last                          string
	precision                            Precision
}{
	{"2022", "2022", "2022", "2022", "2022", "2022-01-01", "2022-12-31", Year},
	{"2022-09", "2022-09", "2022-09", "september 2022", "September 2022", "2022-09-01", "2022-09-30", Month},
	{"2024-02", "2024-02", "2024-02", "februari 2024", "February 2024", "2024-02-01", "2024-02-29", Month},
	{"2022-09-14", "2022-09-14", "2022-09-14", "14 september 2022", "14 September 2022", "2022-09-14", "2022-09-14", Day},
	{"2022-01-01", "2022-01-01", "2022-01-01", "1 januari 2022", "1 January 2022", "2022-01-01", "2022-01-01", Day},
	{"voorjaar 2023", "voorjaar 2023", "2023-03-01/2023-05-31", "voorjaar 2023", "spring 2023", "2023-03-01", "2023-05-31", Season},
	{"Lente 2023", "voorjaar 2023", "2023-03-01/2023-05-31", "voorjaar 2023", "spring 2023", "2023-03-01", "2023-05-31", Season},
	{"zomer 2023", "zomer 2023", "2023-06-01/2023-08-31", "zomer 2023", "summer 2023", "2023-06-01", "2023-08-31", Season},
	{"najaar 2022", "najaar 2022", "2022-09-01/2022-11-30", "najaar 2022", "autumn 2022", "2022-09-01", "2022-11-30", Season},
	{" herfst   2022 ", "najaar 2022", "2022-09-01/2022-11-30", "najaar 2022", "autumn 2022", "2022-09-01", "2022-11-30", Season},
	{"winter 2022", "winter 2022-2023", "2022-12-01/2023-02-28", "winter 2022-2023", "winter 2022-2023", "2022-12-01", "2023-02-28", Season},
	{"winter 2023-2024", "winter 2023-2024", "2023-12-01/2024-02-29", "winter 2023-2024", "winter 2023-2024", "2023-12-01", "2024-02-29", Season},
	{"studiejaar 2022-2023", "studiejaar 2022-2023", "2022-08-01/2023-07-31", "studiejaar 2022-2023", "school year 2022-2023", "2022-08-01", "2023-07-31", StudyYear},
	{"Schooljaar 2022 / 2023", "studiejaar 2022-2023", "2022-08-01/2023-07-31", "studiejaar 2022-2023", "school year 2022-2023", "2022-08-01", "2023-07-31", StudyYear},
	{"2022-09/2022-12", "2022-09/2022-12", "2022-09-01/2022-12-31", "september 2022 t/m december 2022", "September 2022 to December 2022", "2022-09-01", "2022-12-31", Range},
	{"2022 / 2023", "2022/2023", "2022-01-01/2023-12-31", "2022 t/m 2023", "2022 to 2023", "2022-01-01", "2023-12-31", Range},
	{"2022-09-14/2022-09-16", "2022-09-14/2022-09-16", "2022-09-14/2022-09-16", "14 september 2022 t/m 16 september 2022", "14 September 2022 to 16 September 2022", "2022-09-14", "2022-09-16", Range},
	{"herfst 2022/lente 2023", "najaar 2022/voorjaar 2023", "2022-09-01/2023-05-31", "najaar 2022 t/m voorjaar 2023", "autumn 2022 to spring 2023", "2022-09-01", "2023-05-31", Range},
	{"2022-11/studiejaar 2022-2023", "2022-11/studiejaar 2022-2023", "2022-11-01/2023-07-31", "november 2022 t/m studiejaar 2022-2023", "November 2022 to school year 2022-2023", "2022-11-01", "2023-07-31", Range},
	{"winter 2022/2023-06", "winter 2022-2023/2023-06", "2022-12-01/2023-06-30", "winter 2022-2023 t/m juni 2023", "winter 2022-2023 to June 2023", "2022-12-01", "2023-06-30", Range},
}

func TestParsePeriod(t *testing.T) {
	for _, test := range periods {
		p, err := ParsePeriod(test.written)
		if err != nil {
			t.Errorf("%q: %v", test.written, err)
			continue
		}
		got := []string{p.Source, p.ISO(), p.Format("nl"), p.Format("en"), p.Start.Format(time.DateOnly), p.End.Format(time.DateOnly)}
		want := []string{test.source, test.iso, test.dutch, test.english, test.first, test.last}
		if !slices.Equal(got, want) || p.Precision != test.precision {
			t.Errorf("%q:\n got %q %d\nwant %q %d", test.written, got, p.Precision, want, test.precision)
		}
		if err := roundTrip(p); err != nil {
			t.Errorf("%q: %v", test.written, err)
		}
	}
}

// roundTrip checks what holds for every period.
func roundTrip(p Period) error {
	again, err := ParsePeriod(p.Source)
	if err != nil || again != p {
		return fmt.Errorf("source %q gives %+v, %v; not %+v", p.Source, again, err, p)
	}
	iso, err := ParsePeriod(p.ISO())
	if err != nil || iso.Start != p.Start || iso.End != p.End {
		return fmt.Errorf("iso %q gives %+v, %v; not %+v", p.ISO(), iso, err, p)
	}
	if p.End.Before(p.Start) {
		return fmt.Errorf("%+v ends before it starts", p)
	}
	if p.Compare(p) != 0 {
		return fmt.Errorf("%+v is not equal to itself", p)
	}
	if p.Format("nl") == "" || p.Format("en") == "" {
		return fmt.Errorf("%+v has no format", p)
	}
	return nil
}

func TestParsePeriodFaults(t *testing.T) {
	const forms = "schrijf bijvoorbeeld 2022, 2022-09, 2022-09-14, 2022-09/2022-12, najaar 2022 of studiejaar 2022-2023"
	for _, test := range []struct{ written, want string }{
		{"", `"" is geen periode; ` + forms},
		{"binnenkort", `"binnenkort" is geen periode; ` + forms},
		{"20222", `"20222" is geen periode; ` + forms},
		{"0022", `jaar "0022" ligt niet tussen 1000 en 2999`},
		{"2022-13", `maand "13" bestaat niet; een maand is 01 tot en met 12`},
		{"2022-02-29", `dag "2022-02-29" bestaat niet; februari 2022 heeft 28 dagen`},
		{"2022-00-10", `maand "00" bestaat niet; een maand is 01 tot en met 12`},
		{"2022-09-00", `dag "2022-09-00" bestaat niet; september 2022 heeft 30 dagen`},
		{"2022-9-4", `"2022-9-4" is geen periode; schrijf: 2022-09-04`},
		{"14-09-2022", `"14-09-2022" is geen periode; schrijf: 2022-09-14`},
		{"14 september 2022", `"14 september 2022" is geen periode; schrijf: 2022-09-14`},
		{"sept. 2022", `"sept. 2022" is geen periode; schrijf: 2022-09`},
		{"2022-2023", `"2022-2023" is geen periode; schrijf: studiejaar 2022-2023, of voor hele jaren: 2022/2023`},
		{"2022-12/2022-09", `het eind van periode "2022-12/2022-09" ligt voor het begin; schrijf: 2022-09/2022-12`},
		{"2022-09/later", `"later" is geen periode; ` + forms},
		{"ooit/2022", `"ooit" is geen periode; ` + forms},
		{"2021/2022/2023", `"2022/2023" is geen periode; ` + forms},
		{"najaar", `"najaar" is geen periode; ` + forms},
		{"herfst van 2022", `"herfst van 2022" is geen periode; schrijf: najaar 2022`},
		{"zomer 2022-2023", `"zomer 2022-2023" is geen periode; schrijf: zomer 2022`},
		{"studiejaar 2022-2024", `studiejaar 2022-2024 is niet één jaar; schrijf: 2022-2023`},
		{"studiejaar 2022", `"2022" is geen studiejaar; schrijf: 2022-2023`},
		{"99999999999999999999", `"99999999999999999999" is geen periode; ` + forms},
	} {
		p, err := ParsePeriod(test.written)
		if err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, p, err, test.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	if p, err := ParseDate(" 2022-09-14 "); err != nil || p.ISO() != "2022-09-14" || p.Precision != Day {
		t.Error(p, err)
	}
	for _, test := range []struct{ written, want string }{
		{"2022", `"2022" is geen datum; schrijf jaar-maand-dag: 2022-09-14`},
		{"2022-09", `"2022-09" is geen datum; schrijf jaar-maand-dag: 2022-09-14`},
		{"najaar 2022", `"najaar 2022" is geen datum; schrijf jaar-maand-dag: 2022-09-14`},
		{"2022-09-31", `dag "2022-09-31" bestaat niet; september 2022 heeft 30 dagen`},
		{"2022-09-14T10:30:00+02:00", `"2022-09-14t10:30:00+02:00" is geen datum; schrijf: 2022-09-14`},
		{"2022-09-14 10:30", `"2022-09-14 10:30" is geen datum; schrijf: 2022-09-14`},
		{"14/9/2022", `"14/9/2022" is geen datum; schrijf: 2022-09-14`},
		{"31-02-2022", `"31-02-2022" is geen datum; schrijf jaar-maand-dag: 2022-09-14`},
		{"14 sep 2022", `"14 sep 2022" is geen datum; schrijf: 2022-09-14`},
	} {
		if p, err := ParseDate(test.written); err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, p, err, test.want)
		}
	}
}

func TestParseSchoolYear(t *testing.T) {
	want, err := ParsePeriod("studiejaar 2023-2024")
	if err != nil {
		t.Fatal(err)
	}
	for _, written := range []string{"2023-2024", "2023/2024", "2023 – 2024", "Studiejaar 2023-2024", "schooljaar 2023/2024"} {
		if p, err := ParseSchoolYear(written); err != nil || p != want {
			t.Errorf("%q: %v, %v", written, p, err)
		}
	}
	for _, test := range []struct{ written, want string }{
		{"2023", `"2023" is geen studiejaar; schrijf: 2023-2024`},
		{"23-24", `"23-24" is geen studiejaar; schrijf twee jaren: 2023-2024`},
		{"2023-2025", `studiejaar 2023-2025 is niet één jaar; schrijf: 2023-2024`},
		{"2024-2023", `studiejaar 2024-2023 is niet één jaar; schrijf: 2024-2025`},
		{"2999-3000", `"2999-3000" is geen studiejaar; schrijf twee jaren: 2023-2024`},
		{"2023-09", `"2023-09" is geen studiejaar; schrijf twee jaren: 2023-2024`},
	} {
		if p, err := ParseSchoolYear(test.written); err == nil || err.Error() != test.want {
			t.Errorf("%q:\n got %v, %v\nwant %s", test.written, p, err, test.want)
		}
	}
}

func TestPeriodCompare(t *testing.T) {
	want := []string{"2021-12", "2022-01-01", "2022-01", "2022-01/2022-06", "2022", "studiejaar 2022-2023", "2022-09-01", "2022-09", "2022-09/2022-09", "najaar 2022"}
	var ps []Period
	for _, s := range want {
		p, err := ParsePeriod(s)
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, p)
	}
	slices.Reverse(ps)
	slices.SortFunc(ps, Period.Compare)
	for i, p := range ps {
		if p.Source != want[i] {
			t.Errorf("place %d: %s, want %s", i, p.Source, want[i])
		}
	}
	for i, p := range ps {
		for j, q := range ps {
			if got := p.Compare(q); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("%s against %s: %d", p.Source, q.Source, got)
			}
		}
	}
}

func TestZeroPeriod(t *testing.T) {
	var p Period
	if !p.IsZero() || p.ISO() != "" || p.Format("nl") != "" {
		t.Errorf("%q %q", p.ISO(), p.Format("nl"))
	}
}

func TestReadDate(t *testing.T) {
	root, messages := yaml.Parse("a.md", []byte("date: 2022-09-14\nupdated: gisteren\n"), 1)
	in := yaml.Read("a.md", root, &messages)
	if p := ReadDate(in, "date"); p.ISO() != "2022-09-14" {
		t.Error(p)
	}
	if p := ReadDate(in, "absent"); !p.IsZero() {
		t.Error(p)
	}
	if p := ReadDate(in, "updated"); !p.IsZero() {
		t.Error(p)
	}
	var b strings.Builder
	if err := diag.Write(&b, messages); err != nil {
		t.Fatal(err)
	}
	const want = `a.md:3:10: fout: veld "updated": "gisteren" is geen datum [veldwaarde]
    schrijf jaar-maand-dag: 2022-09-14
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, test := range periods {
		if _, err := ParsePeriod(test.written); err != nil {
			f.Fatalf("seed %q: %v", test.written, err)
		}
		f.Add(test.written)
	}
	for _, seed := range []string{"2022-2023", "14 september 2022", "winter 2999", "2999-12-31", "/", "studiejaar 2022/2023/2024"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if p, err := ParsePeriod(s); err == nil {
			if err := roundTrip(p); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		} else if p != (Period{}) {
			t.Errorf("%q: %v and %v", s, p, err)
		}
		if p, err := ParseSchoolYear(s); err == nil {
			if err := roundTrip(p); err != nil {
				t.Errorf("%q: %v", s, err)
			}
		}
		if p, err := ParseDate(s); err == nil && p.Start != p.End {
			t.Errorf("%q is not a day: %v", s, p)
		}
	})
}
