package schema

import (
	"fmt"
	"math/big"
	"strings"

	"kennishub/internal/yaml"
)

// longestNumber is in characters. What takes more is no number that a reader can
// use, and exact arithmetic with it would be slow.
const longestNumber = 40

func checkNumber(in *yaml.Fields, f *Field, n *yaml.Node) (Value, bool) {
	text, ok := scalar(in, f, n)
	if !ok {
		return Value{}, false
	}
	size := strings.TrimPrefix(text, "-")
	switch {
	case len(text) > longestNumber:
		return wrong(in, f, n, "dit getal is te lang", fmt.Sprintf("schrijf een getal van hoogstens %d tekens", longestNumber))
	case oneGroup(size):
		// 1.500 is one and a half to a computer and fifteen hundred to a Dutch reader.
		return wrong(in, f, n, fmt.Sprintf("%q kan duizendtallen of een breuk zijn", text),
			fmt.Sprintf("schrijf duizendtallen zonder punt: %s; of de breuk met een nul erbij: %s0", strings.ReplaceAll(text, ".", ""), text))
	case grouped(size):
		return wrong(in, f, n, fmt.Sprintf("%q is geen getal", text), "schrijf duizendtallen zonder punt: "+strings.ReplaceAll(text, ".", ""))
	case !decimal(size, "."):
		hint := "schrijf een getal met cijfers, en een punt voor een breuk: 1.5"
		if point := strings.Replace(text, ",", ".", 1); decimal(size, ",") && !oneGroup(strings.TrimPrefix(point, "-")) {
			hint = "schrijf: " + point
		}
		return wrong(in, f, n, fmt.Sprintf("%q is geen getal", text), hint)
	}
	// Leading zeros mean nothing, and JSON has none.
	whole := strings.TrimLeft(size, "0")
	if whole == "" || whole[0] == '.' {
		whole = "0" + whole
	}
	return value(f, n, text[:len(text)-len(size)]+whole), true
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// decimal reports whether s is digits with at most one mark and a fraction.
func decimal(s, mark string) bool {
	whole, fraction, ok := strings.Cut(s, mark)
	return digits(whole) && (!ok || digits(fraction))
}

// grouped reports whether s has points between its thousands, "1.500.000".
func grouped(s string) bool {
	first, rest, ok := strings.Cut(s, ".")
	if !ok || len(first) > 3 || !digits(first) || first[0] == '0' {
		return false
	}
	for group := range strings.SplitSeq(rest, ".") {
		if len(group) != 3 || !digits(group) {
			return false
		}
	}
	return true
}

// oneGroup reports whether s is "1.500", which can also be read as a fraction.
func oneGroup(s string) bool { return strings.Count(s, ".") == 1 && grouped(s) }

// times multiplies a number as people write it by a unit: digits, with or without
// points between thousands, and a fraction behind a comma; or a fraction behind a
// point. Whether a single point stands before thousands is for the caller to rule
// out with [oneGroup]. It gives nil for anything else.
func times(s string, unit int64) *big.Rat {
	whole, fraction, comma := strings.Cut(s, ",")
	if grouped(whole) {
		whole = strings.ReplaceAll(whole, ".", "")
	}
	if comma {
		s = whole + "." + fraction
	} else {
		s = whole
	}
	if len(s) > longestNumber || !decimal(s, ".") {
		return nil
	}
	r, _ := new(big.Rat).SetString(s)
	return r.Mul(r, new(big.Rat).SetInt64(unit))
}
