package cite

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is a piece of plain text, not escaped for any language.
type Span struct {
	Text   string
	Italic bool
}

// wording is what a reference says in a language.
type wording struct {
	undated, version string
	month            string // of a year and a month's name, as fmt wants it
	day              string // of a year, a day and a month's name
	months           [12]string
}

var dutch = wording{"z.d.", "Versie", "%d, %s", "%d, %[3]d %[2]s",
	[12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}}

var english = wording{"n.d.", "Version", "%d, %s", "%d, %s %d",
	[12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}}

// APA is the work as an entry of a reference list by the seventh edition of the
// Publication Manual of the American Psychological Association, with what Dutch
// universities make of it for Dutch texts: the particle of a name behind the
// initials, "z.d." for no date, and months in Dutch.
func (w Work) APA() []Span {
	w = w.tidy()
	k, words := kinds[w.Type], dutch
	if w.Language == "en" {
		words = english
	}

	var ref reference
	date := "(" + w.apaDate(words, k.day) + ")."
	if len(w.Authors) > 0 {
		ref.add(apaNames(w.Authors), false)
		ref.stop()
		ref.add(" "+date+" ", false)
	}
	ref.add(w.Title, !k.part)
	if w.Version != "" {
		ref.add(" ("+words.version+" "+w.Version+")", false)
	}
	if w.Genre != "" {
		ref.add(" ["+w.Genre+"]", false)
	}
	ref.stop()
	if len(w.Authors) == 0 {
		ref.add(" "+date, false)
	}
	// Who publishes what it wrote itself is named once (section 9.29).
	if w.Publisher != "" && !(len(w.Authors) == 1 && w.Authors[0].Literal == w.Publisher) {
		ref.add(" ", false)
		ref.add(w.Publisher, w.Type == "article-journal")
		ref.stop()
	}
	if w.DOI != "" {
		ref.add(" https://doi.org/"+w.DOI, false)
	} else if w.URL != "" {
		ref.add(" "+w.URL, false)
	}
	return ref
}

type reference []Span

func (r *reference) add(text string, italic bool) {
	if last := len(*r) - 1; last >= 0 && (*r)[last].Italic == italic {
		(*r)[last].Text += text
	} else if text != "" {
		*r = append(*r, Span{text, italic})
	}
}

// stop ends an element with a full stop, unless a mark does so already.
func (r *reference) stop() {
	text := (*r)[len(*r)-1].Text
	if !strings.ContainsAny(text[len(text)-1:], ".?!") {
		r.add(".", false)
	}
}

func (w Work) apaDate(words wording, toTheDay bool) string {
	d := w.Issued
	switch {
	case d.Year == 0:
		return words.undated
	case !toTheDay || d.Month == 0:
		return fmt.Sprint(d.Year)
	case d.Day == 0:
		return fmt.Sprintf(words.month, d.Year, words.months[d.Month-1])
	}
	return fmt.Sprintf(words.day, d.Year, words.months[d.Month-1], d.Day)
}

// apaNames names up to twenty authors, and of more the first nineteen and the last
// (section 9.8).
func apaNames(authors []Name) string {
	names := make([]string, len(authors))
	for i, n := range authors {
		names[i] = n.apa()
	}
	last := len(names) - 1
	switch {
	case last == 0:
		return names[0]
	case last < 20:
		return strings.Join(names[:last], ", ") + ", & " + names[last]
	}
	return strings.Join(names[:19], ", ") + ", . . . " + names[last]
}

// apa is the name as "Dijk, J. W. van".
func (n Name) apa() string {
	if n.Literal != "" {
		return n.Literal
	}
	rest := line(initials(n.Given) + " " + n.Particle)
	if rest == "" {
		return n.Family
	}
	return n.Family + ", " + rest
}

// initials makes "J.-W. P. H." of "Jan-Willem P.H.". What is short already, like
// "Th.", stays; the Dutch IJ is one letter.
func initials(given string) string {
	var words []string
	for _, word := range strings.Fields(given) {
		var parts []string
		for part := range strings.SplitSeq(word, "-") {
			var letters []string
			for name := range strings.SplitAfterSeq(part, ".") {
				at := strings.IndexFunc(name, unicode.IsLetter)
				if at < 0 {
					continue
				}
				_, size := utf8.DecodeRuneInString(name[at:])
				switch {
				case strings.HasSuffix(name, "."):
					letters = append(letters, name)
				case strings.HasPrefix(name[at:], "IJ"):
					letters = append(letters, "IJ.")
				default:
					letters = append(letters, strings.ToUpper(name[at:at+size])+".")
				}
			}
			if letters != nil {
				parts = append(parts, strings.Join(letters, " "))
			}
		}
		if parts != nil {
			words = append(words, strings.Join(parts, "-"))
		}
	}
	return strings.Join(words, " ")
}
