package schema

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/yaml"
)

// span is a length of time: how many there are of each of the units. These are
// left as their author wrote them: a lesson of 75 minutes is not one of an hour
// and a quarter to who plans it.
type span [7]int64

type unit struct {
	letter    string // of ISO 8601
	one, many string
	always    bool // one is also what readers see for more: "2 uur"
	english   string
	size      int64 // in the smallest unit that a fraction of this one may go to
}

// units go from large to small. Fractions do not become days, as months differ,
// nor hours, as a day of work is no 24 of them.
var units = [len(span{})]unit{
	{"Y", "jaar", "jaren", true, "year", 12},
	{"M", "maand", "maanden", false, "month", 1},
	{"W", "week", "weken", false, "week", 7},
	{"D", "dag", "dagen", false, "day", 1},
	{"H", "uur", "uren", true, "hour", 60 * 60},
	{"M", "minuut", "minuten", false, "minute", 60},
	{"S", "seconde", "seconden", false, "second", 1},
}

const (
	weeks = 2
	days  = 3
	clock = 4 // the first unit behind the T of ISO 8601
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
// ISO 8601 does, "PT1H30M". A number may have a fraction when smaller units
// make it whole: "1,5 uur". In ISO 8601 weeks stand alone, so beside others they
// become days.
func parseDuration(s string) (span, error) {
	s = tidy(s)
	var length span
	var err error
	if letters, ok := strings.CutPrefix(strings.ToUpper(s), "P"); ok {
		date, time, _ := strings.Cut(letters, "T")
		if err = length.addLetters(s, date, 0, clock); err == nil {
			err = length.addLetters(s, time, clock, len(units))
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
	if length != (span{weeks: length[weeks]}) {
		length[days] += 7 * length[weeks]
		length[weeks] = 0
	}
	return length, nil
}

// addLetters reads counts of units[from:to].
func (length *span) addLetters(s, rest string, from, to int) error {
	for rest != "" {
		behind := strings.TrimLeft(rest, "0123456789.,")
		number := rest[:len(rest)-len(behind)]
		i := slices.IndexFunc(units[from:to], func(u unit) bool { return strings.HasPrefix(behind, u.letter) })
		if i < 0 {
			return notDuration(s)
		}
		if err := length.add(s, number, from+i); err != nil {
			return err
		}
		from, rest = from+i+1, behind[1:]
	}
	return nil
}

func (length *span) addWords(s string) error {
	words := strings.Fields(s)
	for from := 0; len(words) > 0; words = words[2:] {
		if words[0] == "en" && from > 0 {
			words = words[1:]
		}
		if len(words) < 2 {
			return notDuration(s)
		}
		number, name := words[0], strings.TrimSuffix(words[1], ",")
		named := func(u unit) bool { return name == u.one || name == u.many }
		i := slices.IndexFunc(units[:], named)
		switch {
		case i >= 0 && i < from:
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
		if err := length.add(s, number, i); err != nil {
			return err
		}
		from = i + 1
	}
	return nil
}

// add adds a number of units[i], and what is left of it to the smaller units.
func (length *span) add(s, number string, i int) error {
	r := times(number, units[i].size)
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
	for left := r.Num().Int64(); left > 0; i++ {
		length[i] += left / units[i].size
		left %= units[i].size
	}
	return nil
}

func notDuration(s string) error {
	return &formError{fmt.Sprintf("%q is geen duur", s), "schrijf bijvoorbeeld 45 minuten, 1,5 uur, 1 uur en 30 minuten, 3 weken of PT45M"}
}

// iso writes the duration as ISO 8601, in its own units: equal durations may have
// different texts.
func (length span) iso() string {
	text := "P"
	for i, count := range length {
		if i == clock && slices.Max(length[clock:]) > 0 {
			text += "T"
		}
		if count > 0 {
			text += strconv.FormatInt(count, 10) + units[i].letter
		}
	}
	return text
}

// FormatDuration gives a duration in ISO 8601 for readers, in the units that it is
// written in: "1 uur en 30 minuten" for PT1H30M and "90 minuten" for PT90M, or for
// lang "en" "90 minutes". What is no duration stays as it is.
func FormatDuration(iso, lang string) string {
	length, err := parseDuration(iso)
	if err != nil {
		return iso
	}
	var parts []string
	for i, count := range length {
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
