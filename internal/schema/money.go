package schema

import (
	"fmt"
	"strconv"
	"strings"

	"kennishub/internal/yaml"
)

const million = 1_000_000

func checkMoney(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	m, err := parseMoney(text, n.Tag == "float")
	if err != nil {
		return malformed(in, f, n, err)
	}
	v := value(f, n, strconv.FormatInt(m.Euros, 10))
	v.Money = m
	return v, true
}

// parseMoney reads an amount in whole euros in any of these forms, with or
// without a euro sign, and a minus before or behind that:
//
//	700000
//	700.000
//	1.250,-
//	0,7 miljoen (or mln), also with a point
//
// A float is a number to YAML, which would read 700.000 as seven hundred.
func parseMoney(s string, float bool) (Money, error) {
	s = tidy(s)
	rest, unit := s, int64(1)
	for _, word := range []string{" miljoen", " mln", " mln."} {
		if before, ok := strings.CutSuffix(rest, word); ok {
			rest, unit = before, million
		}
	}
	rest, negative := strings.CutPrefix(rest, "-")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "€"), " ")
	if !negative {
		rest, negative = strings.CutPrefix(rest, "-")
	}
	if unit == 1 {
		rest = strings.TrimSuffix(rest, ",-")
	}
	switch comma := strings.Contains(rest, ","); {
	case unit == million && oneGroup(rest):
		return Money{}, &formError{fmt.Sprintf("%q kan duizendtallen of een breuk zijn", s),
			fmt.Sprintf("schrijf duizendtallen zonder punt: %s miljoen; of de breuk met een komma: %s miljoen", strings.ReplaceAll(rest, ".", ""), strings.Replace(rest, ".", ",", 1))}
	case unit == 1 && (comma || float) && grouped(strings.ReplaceAll(rest, ",", ".")):
		return Money{}, &formError{fmt.Sprintf("%q kan duizendtallen of een breuk zijn", s),
			"schrijf alleen cijfers: " + strings.NewReplacer(",", "", ".", "").Replace(rest)}
	}
	r := times(rest, unit)
	if r == nil {
		return Money{}, &formError{fmt.Sprintf("%q is geen bedrag", s), `schrijf hele euro's, zoals 700000 of "€ 700.000", of 0,7 miljoen`}
	}
	if negative {
		r.Neg(r)
	}
	if !r.IsInt() {
		return Money{}, &formError{fmt.Sprintf("%q is geen bedrag in hele euro's", s), "rond af, zonder centen: " + r.FloatString(0)}
	}
	if !r.Num().IsInt64() {
		return Money{}, &formError{fmt.Sprintf("bedrag %q is te groot", s), "kijk of er niet te veel cijfers staan"}
	}
	return Money{Euros: r.Num().Int64(), Millions: unit == million}, nil
}

// Format gives the amount for readers: "€ 700.000" or "€ 0,7 miljoen", or for
// lang "en" "€700,000" or "€0.7 million". No digit is rounded away. Its spaces are
// U+00A0, so that no line breaks in it.
func (m Money) Format(lang string) string {
	return formatEuros(strconv.FormatInt(m.Euros, 10), m.Millions, lang)
}

// InMillions gives the bare number of millions, for a table that says so once:
// "0,7".
func (m Money) InMillions(lang string) string {
	m.Millions = true
	return bareNumber.Replace(m.Format(lang))
}

var bareNumber = strings.NewReplacer("€", "", "\u00a0", "", "miljoen", "", "million", "")

// formatEuros writes a whole number of euros, which may be too large for an int64.
func formatEuros(euros string, millions bool, lang string) string {
	euros, negative := strings.CutPrefix(euros, "-")
	point, comma, word := ".", ",", "\u00a0miljoen"
	if lang == "en" {
		point, comma, word = ",", ".", "\u00a0million"
	}
	amount := euros
	if millions {
		euros = strings.Repeat("0", max(0, len("1000000")-len(euros))) + euros
		at := len(euros) - len("000000")
		amount = thousands(euros[:at], point)
		if fraction := strings.TrimRight(euros[at:], "0"); fraction != "" {
			amount += comma + fraction
		}
		amount += word
	} else {
		amount = thousands(euros, point)
	}
	switch {
	case lang == "en" && negative:
		return "-€" + amount
	case lang == "en":
		return "€" + amount
	case negative:
		return "€\u00a0-" + amount
	}
	return "€\u00a0" + amount
}

// thousands writes a mark between the thousands of a row of digits.
func thousands(digits, mark string) string {
	var b strings.Builder
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteByte(digits[i])
	}
	return b.String()
}
