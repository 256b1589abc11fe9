package bundle

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"time"
	"unicode"
)

// readme is what the texts leesmij.txt and readme.txt are filled with.
type readme struct {
	Bundle
	Files       []Entry // of the page, sorted
	Terms       Licence // without a name when no known licence is named
	LicenceFile string
	SumsFile    string
}

//go:embed leesmij.txt
var dutchText string

//go:embed readme.txt
var englishText string

var (
	dutch   = parse(dutchText, ",", dutchDay)
	english = parse(englishText, ".", func(day time.Time) string { return day.Format("2 January 2006") })
	gaps    = regexp.MustCompile(`\n{3,}`)
)

func parse(text, decimal string, day func(time.Time) string) *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"day":  day,
		"has":  strings.Contains,
		"line": line,
		"size": func(bytes int64) string { return size(bytes, decimal) },
		"text": paragraphs,
	}).Parse(text))
}

func (r readme) text() string {
	t := dutch
	if r.Language == "en" {
		t = english
	}
	var b strings.Builder
	if err := t.Execute(&b, r); err != nil {
		panic(err) // the data is always of this type
	}
	return gaps.ReplaceAllString(strings.TrimSpace(b.String()), "\n\n") + "\n"
}

var months = [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

func dutchDay(day time.Time) string {
	return fmt.Sprintf("%d %s %d", day.Day(), months[day.Month()-1], day.Year())
}

// size is a number of bytes in decimal units, as the pages of the site show it.
func size(bytes int64, decimal string) string {
	if bytes < 1000 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	n, unit := float64(bytes)/1000, 0
	for n >= 999.5 && unit < 3 {
		n, unit = n/1000, unit+1
	}
	text := fmt.Sprintf("%.0f", n)
	if n < 9.95 && unit > 0 {
		text = strings.Replace(fmt.Sprintf("%.1f", n), ".", decimal, 1)
	}
	return text + [...]string{" kB", " MB", " GB", " TB"}[unit]
}

// line is s in one line, without control characters.
func line(s string) string {
	return strings.Join(strings.Fields(strings.Map(printable, s)), " ")
}

// paragraphs is s with its lines, without other control characters.
func paragraphs(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c == '\n' {
			return c
		}
		return printable(c)
	}, s))
}

func printable(c rune) rune {
	if unicode.IsControl(c) {
		return ' '
	}
	return c
}
