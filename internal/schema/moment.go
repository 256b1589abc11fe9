package schema

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // machines without time zones give the same moments

	"kennishub/internal/yaml"
)

// Amsterdam is where the clocks hang that moments without an offset are read from.
var Amsterdam = amsterdam()

func amsterdam() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		panic(err) // the program holds the zones itself
	}
	return zone
}

// Before this year the sources of time zones do not agree on Dutch clocks.
const firstClockYear = 1970

func checkDateTime(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	t, err := parseMoment(text)
	if err != nil {
		return malformed(in, f, n, err)
	}
	v := value(f, n, t.Format(time.RFC3339))
	v.Time = t
	return v, true
}

// parseMoment reads a day and a time of that day, "2026-03-12 13:30" or with a T
// between them. Seconds and an offset (Z or +01:00, RFC 3339) may follow. It
// gives the moment in [Amsterdam].
func parseMoment(s string) (time.Time, error) {
	s = tidy(s)
	date, clock, _ := strings.Cut(s, " ")
	if len(s) > len("2006-01-02") && s[len("2006-01-02")] == 't' {
		date, clock = s[:len("2006-01-02")], s[len("2006-01-02t"):]
	}
	zone := ""
	if i := strings.IndexAny(clock, "z+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	if looksLike(clock, "00:00") {
		clock += ":00"
	}
	if !looksLike(date, "0000-00-00") || !looksLike(clock, "00:00:00") || zone != "" && zone != "z" && !looksLike(zone[1:], "00:00") {
		if p, err := ParseDate(s); err == nil {
			return time.Time{}, &formError{fmt.Sprintf("achter %q ontbreekt de tijd", s), fmt.Sprintf("schrijf de tijd erbij: %s 13:30", p.Source)}
		}
		hint := "schrijf jaar-maand-dag en uren:minuten: 2026-03-12 13:30"
		if meant := meantMoment(s); meant != "" {
			hint = "schrijf: " + meant
		}
		return time.Time{}, &formError{fmt.Sprintf("%q is geen datum met een tijd", s), hint}
	}
	if _, err := parseSpan(date); err != nil {
		return time.Time{}, err
	}
	wall, err := time.Parse(time.DateTime, date+" "+clock)
	if err != nil {
		return time.Time{}, &formError{fmt.Sprintf("tijd %q bestaat niet", clock), "een tijd is 00:00 tot en met 23:59"}
	}
	var t time.Time
	if zone == "" {
		t, err = onDutchClocks(s, wall)
	} else if t, err = time.Parse(time.RFC3339, date+"T"+clock+strings.ToUpper(zone)); err != nil {
		err = &formError{fmt.Sprintf("%q is geen verschil met UTC", zone), "schrijf +01:00 in de winter, +02:00 in de zomer, of laat het weg"}
	}
	if err != nil {
		return time.Time{}, err
	}
	t = t.In(Amsterdam)
	if t.Year() < firstClockYear || t.Year() > lastYear {
		return time.Time{}, &formError{fmt.Sprintf("jaar %d ligt niet tussen %d en %d", t.Year(), firstClockYear, lastYear), "verbeter het jaar, of gebruik een veld van type date"}
	}
	return t, nil
}

// onDutchClocks gives the one moment at which clocks in [Amsterdam] show what
// wall shows. When they are changed, there may be none or two.
func onDutchClocks(s string, wall time.Time) (time.Time, error) {
	const day = 24 * time.Hour
	_, before := wall.Add(-day).In(Amsterdam).Zone()
	_, after := wall.Add(day).In(Amsterdam).Zone()
	first := wall.Add(-time.Duration(before) * time.Second).In(Amsterdam)
	second := wall.Add(-time.Duration(after) * time.Second).In(Amsterdam)
	shows := func(t time.Time) bool { return t.Format(time.DateTime) == wall.Format(time.DateTime) }
	switch {
	case first.Equal(second):
		return first, nil
	case shows(first) && shows(second):
		return time.Time{}, &formError{fmt.Sprintf("%q komt twee keer voor: dan gaat de klok terug", s),
			fmt.Sprintf("schrijf welke: %s (zomertijd) of %s (wintertijd)", first.Format(time.RFC3339), second.Format(time.RFC3339))}
	case shows(first):
		return first, nil
	case shows(second):
		return second, nil
	}
	return time.Time{}, &formError{fmt.Sprintf("%q bestaat niet: dan gaat de klok vooruit", s),
		"schrijf een tijd die er wel is, zoals " + first.Format("2006-01-02 15:04")}
}

// meantMoment gives a moment in our form that was written as people do, such as
// "12 maart 2026, 13.30 uur"; "" when s is nothing of the kind.
func meantMoment(s string) string {
	s = strings.TrimSuffix(s, " uur")
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return ""
	}
	date, clock := meantDate(strings.TrimSuffix(s[:i], ",")), strings.Replace(s[i+1:], ".", ":", 1)
	if looksLike(clock, "0:00") {
		clock = "0" + clock
	}
	if !looksLike(date, "0000-00-00") || !looksLike(clock, "00:00") {
		return ""
	}
	if _, err := parseMoment(date + " " + clock); err != nil {
		return ""
	}
	return date + " " + clock
}

// FormatMoment gives a moment as clocks in [Amsterdam] show it to readers: "12
// maart 2026, 13.30 uur", or for lang "en" "12 March 2026, 13:30". Seconds are
// left out.
func FormatMoment(t time.Time, lang string) string {
	t = t.In(Amsterdam)
	day := strconv.Itoa(t.Day()) + " "
	if lang == "en" {
		return day + englishMonths[t.Month()-1] + t.Format(" 2006, 15:04")
	}
	return day + dutchMonths[t.Month()-1] + t.Format(" 2006, 15.04") + "\u00a0uur" // so that no line breaks there
}
