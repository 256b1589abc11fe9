package cite

import (
	"bytes"
	"fmt"
	"strings"
)

// BibTeX is the work as an entry for BibTeX and for biber with biblatex. Letters
// stay UTF-8, which biber wants and BibTeX passes on to LaTeX unread. What TeX gives
// a meaning is escaped, braces as commands because BibTeX counts braces even
// behind a backslash. Addresses are verbatim for biblatex, so there it is percent
// encoding that keeps them whole.
func (w Work) BibTeX() []byte {
	w = w.tidy()
	k := kinds[w.Type]
	var b bytes.Buffer
	fmt.Fprintf(&b, "@%s{%s", k.bibtex, w.ID)
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, ",\n  %s = {%s}", name, value)
		}
	}

	names := make([]string, len(w.Authors))
	for i, n := range w.Authors {
		names[i] = n.bibtex()
	}
	field("author", strings.Join(names, " and "))
	if w.Title != "" {
		field("title", "{"+tex(w.Title)+"}") // a style may not touch its capitals
	}
	if d := w.Issued; d.Year > 0 {
		field("year", fmt.Sprint(d.Year))
		if d.Month > 0 {
			fmt.Fprintf(&b, ",\n  month = %s", strings.ToLower(english.months[d.Month-1][:3]))
		}
	}
	field(k.publisher, tex(w.Publisher))
	field("type", tex(w.Genre))
	field("version", tex(w.Version))
	field("isbn", tex(w.ISBN))
	field("doi", verbatim(w.DOI))
	field("url", verbatim(w.URL))
	switch w.Language {
	case "nl":
		field("language", "dutch")
	case "en":
		field("language", "english")
	default:
		field("language", tex(w.Language))
	}
	keywords := make([]string, len(w.Keywords))
	for i, keyword := range w.Keywords {
		keywords[i] = item(keyword)
	}
	field("keywords", strings.Join(keywords, ", "))
	field("abstract", tex(w.Abstract))
	b.WriteString("\n}\n")
	return b.Bytes()
}

// bibtex is the name as "van der {Meulen de Vries}, Jan": what stands before the
// last word and begins with a small letter is the particle.
func (n Name) bibtex() string {
	if n.Literal != "" {
		return "{" + tex(n.Literal) + "}"
	}
	name := item(n.Family)
	if strings.Contains(n.Family, " ") {
		name = "{" + tex(n.Family) + "}"
	}
	if n.Particle != "" {
		name = item(n.Particle) + " " + name
	}
	if n.Given != "" {
		name += ", " + item(n.Given)
	}
	return name
}

// item is s in a list, in braces when it holds what parts a list.
func item(s string) string {
	for word := range strings.FieldsSeq(s) {
		if strings.EqualFold(word, "and") || strings.Contains(word, ",") {
			return "{" + tex(s) + "}"
		}
	}
	return tex(s)
}

var texReplacer = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
	`%`, `\%`, `&`, `\&`, `#`, `\#`, `_`, `\_`, `$`, `\$`,
)

func tex(s string) string { return texReplacer.Replace(s) }

// verbatim is an address with everything percent-encoded that cannot stand in one
// (RFC 3986), so no brace, backslash or space is left.
func verbatim(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>\\^`{|}", rune(c)) {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
