package schema

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kennishub/internal/yaml"
)

// Years outside this span are typing errors.
const (
	firstYear = 1000
	lastYear  = 2999
)

// formError says what is wrong with a written value and how it should look.
type formError struct{ cause, hint string }

func (e *formError) Error() string {
	if e.hint == "" {
		return e.cause
	}
	return e.cause + "; " + e.hint
}

// ParseDate reads a day, "2022-09-14". The error tells how the day that was
// probably meant is written.
func ParseDate(s string) (Period, error) {
	s = tidy(s)
	if p, err := parseSpan(s); err == nil && p.Precision == Day {
		return p, nil
	} else if looksLike(s, "0000-00-00") {
		return Period{}, err
	}
	cause := fmt.Sprintf("%q is geen datum", s)
	if meant := meantDate(s); meant != "" {
		return Period{}, &formError{cause, "schrijf: " + meant}
	}
	return Period{}, &formError{cause, "schrijf jaar-maand-dag: 2022-09-14"}
}

// ParseSchoolYear reads a school year of 1 August to 31 July: "2023-2024", or
// with a slash as schools also write it. Its source is "studiejaar 2023-2024".
func ParseSchoolYear(s string) (Period, error) {
	s = tidy(s)
	years := s
	for _, word := range studyYearWords {
		years = strings.TrimPrefix(years, word+" ")
	}
	first, second, ok := twoYears(years)
	if !ok {
		hint := "schrijf twee jaren: 2023-2024"
		if looksLike(s, "0000") {
			if y, err := year(s); err == nil && y < lastYear {
				hint = fmt.Sprintf("schrijf: %d-%d", y, y+1)
			}
		}
		return Period{}, &formError{fmt.Sprintf("%q is geen studiejaar", s), hint}
	}
	if second != first+1 {
		return Period{}, &formError{fmt.Sprintf("studiejaar %d-%d is niet één jaar", first, second), fmt.Sprintf("schrijf: %d-%d", first, first+1)}
	}
	return studyYear(first), nil
}

// ParsePeriod reads a period in any of these forms; a range has two of the
// others:
//
//	2022
//	2022-09
//	2022-09-14
//	2022-09/2022-12
//	voorjaar 2023 (or lente), zomer 2023, najaar 2022 (or herfst)
//	winter 2022 or winter 2022-2023 (December to February)
//	studiejaar 2022-2023 (or schooljaar)
//
// Capitals and spaces do not matter.
func ParsePeriod(s string) (Period, error) {
	s = tidy(s)
	from, to, ok := strings.Cut(s, "/")
	if !ok {
		return parseSpan(s)
	}
	if slices.Contains(studyYearWords, strings.TrimRight(from, "-/ 0123456789")) {
		// "studiejaar 2022/2023" is no range.
		if p, err := ParseSchoolYear(s); err == nil {
			return p, nil
		}
	}
	start, err := parseSpan(strings.TrimSpace(from))
	if err != nil {
		return Period{}, err
	}
	end, err := parseSpan(strings.TrimSpace(to))
	if err != nil {
		return Period{}, err
	}
	if end.End.Before(start.End) {
		return Period{}, &formError{fmt.Sprintf("het eind van periode %q ligt voor het begin", s), fmt.Sprintf("schrijf: %s/%s", end.Source, start.Source)}
	}
	return Period{Start: start.Start, End: end.End, Precision: Range, Source: start.Source + "/" + end.Source}, nil
}

// ReadDate reads a day under a key of front matter or of site.yaml. It gives the
// zero Period when there is none, or when it is wrong, which is then noted.
func ReadDate(in *yaml.Fields, key string) Period {
	n := in.Get(key)
	if n == nil {
		return Period{}
	}
	v, _ := checkDate(in, &Field{Name: key, Type: DateType}, n)
	return v.Period
}

var seasons = []struct {
	name, english string // as Source and Format write them
	also          string
	month         time.Month
}{
	{"voorjaar", "spring", "lente", time.March},
	{"zomer", "summer", "zomer", time.June},
	{"najaar", "autumn", "herfst", time.September},
	{"winter", "winter", "winter", time.December},
}

var studyYearWords = []string{"studiejaar", "schooljaar"}

// parseSpan reads a tidied period that is no range.
func parseSpan(s string) (Period, error) {
	word, rest, hasWord := strings.Cut(s, " ")
	switch {
	case looksLike(s, "0000"):
		y, err := year(s)
		if err != nil {
			return Period{}, err
		}
		return Period{day(y, time.January, 1), day(y, time.December, 31), Year, s}, nil
	case looksLike(s, "0000-00"):
		y, err := year(s[:4])
		if err != nil {
			return Period{}, err
		}
		m, err := month(s)
		if err != nil {
			return Period{}, err
		}
		return Period{day(y, m, 1), day(y, m+1, 0), Month, s}, nil
	case looksLike(s, "0000-00-00"):
		y, err := year(s[:4])
		if err != nil {
			return Period{}, err
		}
		m, err := month(s)
		if err != nil {
			return Period{}, err
		}
		d, _ := strconv.Atoi(s[8:])
		if last := day(y, m+1, 0).Day(); d < 1 || d > last {
			return Period{}, &formError{fmt.Sprintf("dag %q bestaat niet", s), fmt.Sprintf("%s %d heeft %d dagen", dutchMonths[m-1], y, last)}
		}
		return Period{day(y, m, d), day(y, m, d), Day, s}, nil
	case hasWord && (word == studyYearWords[0] || word == studyYearWords[1]):
		return ParseSchoolYear(rest)
	case hasWord:
		for _, season := range seasons {
			if word == season.name || word == season.also {
				return parseSeason(s, rest, season.name, season.month)
			}
		}
	}
	cause := fmt.Sprintf("%q is geen periode", s)
	if first, second, ok := twoYears(s); ok && !strings.Contains(s, "/") {
		hint := fmt.Sprintf("schrijf voor hele jaren: %d/%d", first, second)
		if second == first+1 {
			hint = fmt.Sprintf("schrijf: studiejaar %d-%d, of voor hele jaren: %d/%d", first, second, first, second)
		}
		return Period{}, &formError{cause, hint}
	}
	if meant := meantDate(s); meant != "" {
		return Period{}, &formError{cause, "schrijf: " + meant}
	}
	return Period{}, &formError{cause, "schrijf bijvoorbeeld 2022, 2022-09, 2022-09-14, 2022-09/2022-12, najaar 2022 of studiejaar 2022-2023"}
}

func parseSeason(s, rest, name string, m time.Month) (Period, error) {
	first, second, two := twoYears(rest)
	if m == time.December && two && second == first+1 {
		rest = rest[:4]
	}
	if !looksLike(rest, "0000") {
		return Period{}, &formError{fmt.Sprintf("%q is geen periode", s), fmt.Sprintf("schrijf: %s 2022", name)}
	}
	y, err := year(rest)
	if err != nil {
		return Period{}, err
	}
	source := name + " " + rest
	if m == time.December {
		if _, err := year(strconv.Itoa(y + 1)); err != nil {
			return Period{}, err
		}
		source = fmt.Sprintf("%s %d-%d", name, y, y+1)
	}
	return Period{day(y, m, 1), day(y, m+3, 0), Season, source}, nil
}

// Compare orders periods by their start, then the narrower first.
func (p Period) Compare(q Period) int {
	return cmp.Or(p.Start.Compare(q.Start), p.End.Compare(q.End), cmp.Compare(p.Precision, q.Precision), cmp.Compare(p.Source, q.Source))
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p.Precision == 0 }

// ISO gives the period as ISO 8601: "2022-09-14", "2022-09", "2022", and
// "2022-09-01/2022-11-30" for the rest.
func (p Period) ISO() string {
	switch p.Precision {
	case 0:
		return ""
	case Day:
		return p.Start.Format("2006-01-02")
	case Month:
		return p.Start.Format("2006-01")
	case Year:
		return p.Start.Format("2006")
	}
	return p.Start.Format("2006-01-02") + "/" + p.End.Format("2006-01-02")
}

var (
	dutchMonths   = [...]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}
	englishMonths = [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
)

// Format gives the period for readers: "14 september 2022", "september 2022",
// "2022", "najaar 2022", "studiejaar 2022-2023", "september 2022 t/m december
// 2022", or for lang "en" the same in English.
func (p Period) Format(lang string) string {
	months, to, studyYear := &dutchMonths, " t/m ", "studiejaar "
	if lang == "en" {
		months, to, studyYear = &englishMonths, " to ", "school year "
	}
	switch p.Precision {
	case Day:
		return strconv.Itoa(p.Start.Day()) + " " + months[p.Start.Month()-1] + " " + strconv.Itoa(p.Start.Year())
	case Month:
		return months[p.Start.Month()-1] + " " + strconv.Itoa(p.Start.Year())
	case Year:
		return strconv.Itoa(p.Start.Year())
	case StudyYear:
		return studyYear + p.years()
	case Season:
		season := seasons[(p.Start.Month()-time.March)/3]
		name, when := season.name, strconv.Itoa(p.Start.Year())
		if lang == "en" {
			name = season.english
		}
		if season.month == time.December {
			when = p.years()
		}
		return name + " " + when
	case Range:
		first, last, _ := strings.Cut(p.Source, "/")
		from, err1 := parseSpan(first)
		until, err2 := parseSpan(last)
		if err1 == nil && err2 == nil {
			return from.Format(lang) + to + until.Format(lang)
		}
	}
	return p.Source
}

// years gives "2022-2023" for a period that ends in the next year.
func (p Period) years() string {
	return strconv.Itoa(p.Start.Year()) + "-" + strconv.Itoa(p.End.Year())
}

func studyYear(first int) Period {
	return Period{day(first, time.August, 1), day(first+1, time.July, 31), StudyYear, fmt.Sprintf("studiejaar %d-%d", first, first+1)}
}

// meantDate gives the ISO form of a day or month that was written as people and
// other programs do, "" when s is nothing of the kind.
func meantDate(s string) string {
	var y, m, d string
	if g := dayFirst().FindStringSubmatch(s); g != nil {
		d, m, y = g[1], g[2], g[3]
	} else if g := yearFirst().FindStringSubmatch(s); g != nil {
		y, m, d = g[1], g[2], g[3]
	} else if g := inWords().FindStringSubmatch(s); g != nil {
		d, y = g[1], g[3]
		for i := range dutchMonths {
			if g[2] == dutchMonths[i] || len(g[2]) >= 3 && strings.HasPrefix(dutchMonths[i], g[2]) {
				m = strconv.Itoa(i + 1)
			}
		}
	}
	if m == "" {
		return ""
	}
	iso := y + "-" + twoDigits(m)
	if d != "" {
		iso += "-" + twoDigits(d)
	}
	if _, err := parseSpan(iso); err != nil {
		return ""
	}
	return iso
}

// Only mistakes need these.
var (
	dayFirst  = pattern(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$`)
	yearFirst = pattern(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?$`)
	inWords   = pattern(`^(?:(\d{1,2}) )?([a-z]+)\.? (\d{4})$`)
)

func pattern(p string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(p) })
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// twoYears reads "2023-2024" or "2023/2024".
func twoYears(s string) (first, second int, ok bool) {
	if !looksLike(s, "0000-0000") && !looksLike(s, "0000/0000") {
		return 0, 0, false
	}
	first, err1 := year(s[:4])
	second, err2 := year(s[5:])
	return first, second, err1 == nil && err2 == nil
}

func year(digits string) (int, error) {
	y, _ := strconv.Atoi(digits)
	if y < firstYear || y > lastYear {
		return 0, &formError{fmt.Sprintf("jaar %q ligt niet tussen %d en %d", digits, firstYear, lastYear), ""}
	}
	return y, nil
}

// month reads the month of a text that starts with a year.
func month(s string) (time.Month, error) {
	m, _ := strconv.Atoi(s[5:7])
	if m < 1 || m > 12 {
		return 0, &formError{fmt.Sprintf("maand %q bestaat niet", s[5:7]), "een maand is 01 tot en met 12"}
	}
	return time.Month(m), nil
}

// looksLike reports whether s has the form of pattern, in which 0 is any digit.
func looksLike(s, pattern string) bool {
	if len(s) != len(pattern) {
		return false
	}
	for i := range len(s) {
		if pattern[i] == '0' {
			if s[i] < '0' || s[i] > '9' {
				return false
			}
		} else if s[i] != pattern[i] {
			return false
		}
	}
	return true
}

// tidy gives s in small letters with single spaces, and none around dashes and
// slashes.
func tidy(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if !strings.ContainsAny(s, "-/–") {
		return s
	}
	return tidyDashes.Replace(s)
}

var tidyDashes = strings.NewReplacer(" - ", "-", " – ", "-", "–", "-", " / ", "/", "/ ", "/", " /", "/")

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
