package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// span is a length of time in months, days and seconds. These are not exchanged:
// months differ, and a day of work is no 24 hours.
type span [3]int64

const (
	months = iota
	days
	seconds
)

type unit struct {
	letter    string // of ISO 8601
	one, many string
	always    bool // one is also what readers see for more: "2 uur"
	english   string
	part      int   // of a span
	size      int64 // in that part
}

// units go from large to small. In ISO 8601 a T stands before those of the clock.
var (
	calendarUnits = []unit{
		{"Y", "jaar", "jaren", true, "year", months, 12},
		{"M", "maand", "maanden", false, "month", months, 1},
		{"W", "week", "weken", false, "week", days, 7},
		{"D", "dag", "dagen", false, "day", days, 1},
	}
	clockUnits = []unit{
		{"H", "uur", "uren", true, "hour", seconds, 60 * 60},
		{"M", "minuut", "minuten", false, "minute", seconds, 60},
		{"S", "seconde", "seconden", false, "second", seconds, 1},
	}
	units = slices.Concat(calendarUnits, clockUnits)
)

func checkDuration(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	length, err := parseDuration(text)
	if err != nil {
		return malformed(in, f, n, err)
	}
	return value(f, n, length.iso()), true
}

// parseDuration reads a duration as people write it, "1 uur en 30 minuten", or as
// ISO 8601 does, "PT1H30M". A number may have a fraction when a smaller unit
// makes it whole: "1,5 uur".
func parseDuration(s string) (span, error) {
	s = tidy(s)
	var length span
	var err error
	if letters, ok := strings.CutPrefix(strings.ToUpper(s), "P"); ok {
		date, time, _ := strings.Cut(letters, "T")
		if err = length.addLetters(s, date, calendarUnits); err == nil {
			err = length.addLetters(s, time, clockUnits)
		}
		if strings.HasSuffix(letters, "T") {
			err = notDuration(s)
		}
	} else {
		err = length.addWords(s)
	}
	if err == nil && length == (span{}) {
		err = notDuration(s)
	}
	if err != nil {
		return span{}, err
	}
	return length, nil
}

func (length *span) addLetters(s, rest string, units []unit) error {
	for rest != "" {
		behind := strings.TrimLeft(rest, "0123456789.,")
		number := rest[:len(rest)-len(behind)]
		i := slices.IndexFunc(units, func(u unit) bool { return strings.HasPrefix(behind, u.letter) })
		if i < 0 {
			return notDuration(s)
		}
		if err := length.add(s, number, units[i]); err != nil {
			return err
		}
		units, rest = units[i+1:], behind[1:]
	}
	return nil
}

func (length *span) addWords(s string) error {
	words := strings.Fields(s)
	for left := units; len(words) > 0; words = words[2:] {
		if words[0] == "en" && len(left) < len(units) {
			words = words[1:]
		}
		if len(words) < 2 {
			return notDuration(s)
		}
		number, name := words[0], strings.TrimSuffix(words[1], ",")
		named := func(u unit) bool { return name == u.one || name == u.many }
		i := slices.IndexFunc(left, named)
		switch {
		case i < 0 && slices.ContainsFunc(units, named):
			return &formError{fmt.Sprintf("in %q staat %q niet op zijn plaats", s, name), "schrijf de grootste eenheid eerst, en elke eenheid één keer"}
		case i < 0 && times(number, 1) != nil:
			var names []string
			for _, u := range units {
				names = append(names, u.one, u.many)
			}
			return &formError{fmt.Sprintf("in %q is %q geen eenheid van tijd", s, name), diag.Suggest(name, names)}
		case i < 0:
			return notDuration(s)
		}
		if err := length.add(s, number, left[i]); err != nil {
			return err
		}
		left = left[i+1:]
	}
	return nil
}

func (length *span) add(s, number string, u unit) error {
	r := times(number, u.size)
	switch {
	case oneGroup(number):
		return &formError{fmt.Sprintf("in %q kan %q duizendtallen of een breuk zijn", s, number),
			fmt.Sprintf("schrijf duizendtallen zonder punt: %s; of de breuk met een komma: %s", strings.ReplaceAll(number, ".", ""), strings.Replace(number, ".", ",", 1))}
	case r == nil:
		return notDuration(s)
	case !r.IsInt():
		return &formError{fmt.Sprintf("in %q is de breuk %q niet precies in kleinere eenheden te zeggen", s, number), "gebruik een kleinere eenheid, zonder breuk"}
	case r.Num().BitLen() > 40: // thousands of years, even in seconds
		return &formError{fmt.Sprintf("duur %q is te lang", s), "kijk of er niet te veel cijfers staan"}
	}
	length[u.part] += r.Num().Int64()
	return nil
}

func notDuration(s string) error {
	return &formError{fmt.Sprintf("%q is geen duur", s), "schrijf bijvoorbeeld 45 minuten, 1,5 uur, 1 uur en 30 minuten, 3 weken of PT45M"}
}

// counts gives how many there are of each of the units. Weeks stand alone, as ISO
// 8601 wants.
func (length span) counts() [7]int64 {
	m, d, s := length[months], length[days], length[seconds]
	weeks := int64(0)
	if m == 0 && s == 0 && d%7 == 0 {
		weeks, d = d/7, 0
	}
	return [...]int64{m / 12, m % 12, weeks, d, s / 3600, s / 60 % 60, s % 60}
}

// iso writes the duration as ISO 8601. Equal durations get equal texts.
func (length span) iso() string {
	text := "P"
	for i, count := range length.counts() {
		if i == len(calendarUnits) && length[seconds] > 0 {
			text += "T"
		}
		if count > 0 {
			text += strconv.FormatInt(count, 10) + units[i].letter
		}
	}
	return text
}

// FormatDuration gives a duration in ISO 8601 for readers: "1 uur en 30 minuten",
// or for lang "en" "1 hour and 30 minutes". What is no duration stays as it is.
func FormatDuration(iso, lang string) string {
	length, err := parseDuration(iso)
	if err != nil {
		return iso
	}
	var parts []string
	for i, count := range length.counts() {
		u := units[i]
		name := u.many
		switch {
		case count == 0:
			continue
		case lang == "en" && count == 1:
			name = u.english
		case lang == "en":
			name = u.english + "s"
		case u.always || count == 1:
			name = u.one
		}
		parts = append(parts, strconv.FormatInt(count, 10)+" "+name)
	}
	and := " en "
	if lang == "en" {
		and = " and "
	}
	last := len(parts) - 1
	if last == 0 {
		return parts[0]
	}
	return strings.Join(parts[:last], ", ") + and + parts[last]
}
