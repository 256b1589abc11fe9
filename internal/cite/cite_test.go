package cite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var experiment = Work{
	ID: "nepmail-herkennen", Type: "report", Genre: "Experiment",
	Title: "Herkennen studenten een nepmail na één les?",
	Authors: []Name{
		{Given: "Jan-Willem P.", Particle: "van der", Family: "Meulen de Vries", ORCID: "https://orcid.org/0000-0002-1825-0097"},
		{Given: "Ömer", Family: "Jansen"},
		{Literal: "Werkgroep Veilig, Digitaal and Co"},
	},
	Issued: Date{2024, 6, 8}, Publisher: "MBO Digitaal", URL: "https://kennishub.example/experimenten/nepmail_herkennen/",
	PDF: "https://kennishub.example/nepmail.pdf", DOI: "https://doi.org/10.5555/ABC_1", ISBN: "978-3-16-148410-0",
	Abstract: "Een les helpt.\n\nVoor 50% & meer.", Version: "1.1", Language: "nl", Keywords: []string{"phishing", "mbo, bol", "phishing"},
}

func TestBibTeX(t *testing.T) {
	compare(t, experiment.BibTeX(), `@techreport{nepmail-herkennen,
  author = {van der {Meulen de Vries}, Jan-Willem P. and Jansen, Ömer and {Werkgroep Veilig, Digitaal and Co}},
  title = {{Herkennen studenten een nepmail na één les?}},
  year = {2024},
  month = jun,
  institution = {MBO Digitaal},
  type = {Experiment},
  version = {1.1},
  isbn = {978-3-16-148410-0},
  doi = {10.5555/ABC_1},
  url = {https://kennishub.example/experimenten/nepmail_herkennen/},
  language = {dutch},
  keywords = {phishing, {mbo, bol}},
  abstract = {Een les helpt. Voor 50\% \& meer.}
}
`)
}

func TestRIS(t *testing.T) {
	compare(t, experiment.RIS(), strings.ReplaceAll(`TY  - RPRT
ID  - nepmail-herkennen
AU  - van der Meulen de Vries, Jan-Willem P.
AU  - Jansen, Ömer
AU  - Werkgroep Veilig Digitaal and Co
PY  - 2024
DA  - 2024/06/08/
TI  - Herkennen studenten een nepmail na één les?
PB  - MBO Digitaal
M3  - Experiment
ET  - 1.1
SN  - 978-3-16-148410-0
DO  - 10.5555/ABC_1
UR  - https://kennishub.example/experimenten/nepmail_herkennen/
L1  - https://kennishub.example/nepmail.pdf
LA  - nl
KW  - phishing
KW  - mbo, bol
AB  - Een les helpt. Voor 50% & meer.
ER  - 
`, "\n", "\r\n"))
}

func TestCSL(t *testing.T) {
	compare(t, experiment.CSL(), `[
  {
    "id": "nepmail-herkennen",
    "type": "report",
    "genre": "Experiment",
    "title": "Herkennen studenten een nepmail na één les?",
    "author": [
      {
        "family": "Meulen de Vries",
        "given": "Jan-Willem P.",
        "non-dropping-particle": "van der"
      },
      {
        "family": "Jansen",
        "given": "Ömer"
      },
      {
        "literal": "Werkgroep Veilig, Digitaal and Co"
      }
    ],
    "issued": {
      "date-parts": [
        [
          2024,
          6,
          8
        ]
      ]
    },
    "publisher": "MBO Digitaal",
    "version": "1.1",
    "ISBN": "978-3-16-148410-0",
    "DOI": "10.5555/ABC_1",
    "URL": "https://kennishub.example/experimenten/nepmail_herkennen/",
    "language": "nl-NL",
    "keyword": "phishing, mbo, bol",
    "abstract": "Een les helpt. Voor 50% \u0026 meer."
  }
]
`)
}

func compare(t *testing.T, got []byte, want string) {
	t.Helper()
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHighwire(t *testing.T) {
	want := []Meta{
		{"citation_title", "Herkennen studenten een nepmail na één les?"},
		{"citation_author", "van der Meulen de Vries, Jan-Willem P."},
		{"citation_author_orcid", "https://orcid.org/0000-0002-1825-0097"},
		{"citation_author", "Jansen, Ömer"},
		{"citation_author", "Werkgroep Veilig Digitaal and Co"},
		{"citation_publication_date", "2024/06/08"},
		{"citation_technical_report_institution", "MBO Digitaal"},
		{"citation_isbn", "978-3-16-148410-0"},
		{"citation_doi", "10.5555/ABC_1"},
		{"citation_language", "nl"},
		{"citation_keywords", "phishing"},
		{"citation_keywords", "mbo, bol"},
		{"citation_abstract_html_url", "https://kennishub.example/experimenten/nepmail_herkennen/"},
		{"citation_pdf_url", "https://kennishub.example/nepmail.pdf"},
	}
	if got := experiment.Highwire(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	month := Work{Title: "T", Issued: Date{2024, 6, 0}}
	if got := month.Highwire(); !reflect.DeepEqual(got, []Meta{{"citation_title", "T"}, {"citation_publication_date", "2024"}}) {
		t.Errorf("a month: %q", got)
	}
}

// marked is a reference with its italics between asterisks.
func marked(spans []Span) string {
	var b strings.Builder
	for _, s := range spans {
		if s.Italic {
			s.Text = "*" + s.Text + "*"
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestAPA(t *testing.T) {
	jan, piet, hub := Name{Given: "Jan", Particle: "van", Family: "Dijk"}, Name{Given: "P.", Family: "Jansen"}, Name{Literal: "MBO Digitaal"}
	many := func(n int) (authors []Name) {
		for i := range n {
			authors = append(authors, Name{Given: "A.", Family: fmt.Sprint("F", i+1)})
		}
		return authors
	}
	for _, c := range []struct {
		work Work
		want string
	}{
		{experiment, "Meulen de Vries, J.-W. P. van der, Jansen, Ö., & Werkgroep Veilig, Digitaal and Co. (2024). *Herkennen studenten een nepmail na één les?* (Versie 1.1) [Experiment]. MBO Digitaal. https://doi.org/10.5555/ABC_1"},
		{Work{Type: "report", Title: "Titel", Genre: "Experiment", Authors: []Name{jan, piet}, Issued: Date{Year: 2024}, Publisher: "MBO Digitaal", URL: "https://x.example/"},
			"Dijk, J. van, & Jansen, P. (2024). *Titel* [Experiment]. MBO Digitaal. https://x.example/"},
		{Work{Title: "Waarom?", Authors: []Name{jan}}, "Dijk, J. van. (z.d.). *Waarom?*"},
		{Work{Title: "Waarom?"}, "*Waarom?* (z.d.)."},
		{Work{Title: "Why", Language: "en", Version: "2"}, "*Why* (Version 2). (n.d.)."},
		{Work{Title: "Klik", Authors: []Name{hub}, Publisher: "MBO Digitaal"}, "MBO Digitaal. (z.d.). *Klik*."},
		{Work{Title: "Klik", Authors: []Name{hub, piet}, Publisher: "MBO Digitaal"}, "MBO Digitaal, & Jansen, P. (z.d.). *Klik*. MBO Digitaal."},
		{Work{Type: "webpage", Title: "Nieuws", Authors: []Name{hub}, Issued: Date{2024, 6, 8}}, "MBO Digitaal. (2024, 8 juni). *Nieuws*."},
		{Work{Type: "webpage", Title: "News", Authors: []Name{hub}, Issued: Date{2024, 6, 8}, Language: "en"}, "MBO Digitaal. (2024, June 8). *News*."},
		{Work{Type: "speech", Title: "Nieuws", Issued: Date{2024, 3, 0}}, "*Nieuws*. (2024, maart)."},
		{Work{Type: "report", Title: "Jaar", Issued: Date{2024, 3, 8}}, "*Jaar*. (2024)."},
		{Work{Type: "article-journal", Title: "Artikel", Authors: []Name{piet}, Issued: Date{Year: 2023}, Publisher: "Tijdschrift", DOI: "doi:10.1/x", URL: "https://x.example/"},
			"Jansen, P. (2023). Artikel. *Tijdschrift*. https://doi.org/10.1/x"},
		{Work{Title: "T", Authors: many(20)}, "F1, A., F2, A., F3, A., F4, A., F5, A., F6, A., F7, A., F8, A., F9, A., F10, A., F11, A., F12, A., F13, A., F14, A., F15, A., F16, A., F17, A., F18, A., F19, A., & F20, A. (z.d.). *T*."},
		{Work{Title: "T", Authors: many(23)}, "F1, A., F2, A., F3, A., F4, A., F5, A., F6, A., F7, A., F8, A., F9, A., F10, A., F11, A., F12, A., F13, A., F14, A., F15, A., F16, A., F17, A., F18, A., F19, A., . . . F23, A. (z.d.). *T*."},
		{Work{Title: "T", Authors: []Name{{Given: "Cher"}, {}, {ORCID: "0"}, {Family: "Plato"}}, Issued: Date{2024, 13, 1}}, "Cher, & Plato. (2024). *T*."},
	} {
		if got := marked(c.work.APA()); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestInitials(t *testing.T) {
	for given, want := range map[string]string{
		"Jan": "J.", "Jan Willem": "J. W.", "Jan-Willem": "J.-W.", "J.W.": "J. W.", "J.-W. P.H.": "J.-W. P. H.", "Th.": "Th.",
		"IJsbrand": "IJ.", "Ilse": "I.", "élodie": "É.", "(Jan)": "J.", "- 1 -": "", "": "",
	} {
		if got := initials(given); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

// FuzzForms reads back what every form says, with strict readers that know nothing
// of how the form was written.
func FuzzForms(f *testing.F) {
	for _, s := range []string{
		"gewoon", "", "Één & ander: 50%", "a\r\nER  - \r\nTY  - BOOK", "}, title = {x", `\`, `\}`, "{{", "}}", "\x00\x1b", "\xff", "\u2028\u0085", `"`, "</script>",
		"Jansen, Jr. and De Vries", "AND", "a_b$c#d~e^f", "%", "@book{x,", "  ", "İ\u212a", ",", "a ,, b,",
	} {
		f.Add(s, "gewoon", 2024, 6, 18)
		f.Add("gewoon", s, 0, -1, 99)
	}
	f.Fuzz(func(t *testing.T, a, b string, year, month, day int) {
		for name := range kinds {
			w := Work{
				ID: a, Type: name, Genre: b, Title: "T" + a, Authors: []Name{{Given: a, Particle: b, Family: a}, {Literal: b, ORCID: a}, {Given: b, Family: "F" + b}},
				Issued: Date{year, month, day}, Publisher: a, URL: "https://x.example/" + a, PDF: b, DOI: "10.1/" + b, ISBN: a, Abstract: b, Version: a, Language: b,
				Keywords: []string{a, b},
			}
			tidy := w.tidy()
			if again := tidy.tidy(); !reflect.DeepEqual(again, tidy) {
				t.Errorf("tidied twice: %+v, %+v", tidy, again)
			}
			checkBibTeX(t, tidy, w.BibTeX())
			checkRIS(t, tidy, w.RIS())
			checkCSL(t, tidy, w.CSL())
			reference := w.APA()
			for i, s := range reference {
				checkLine(t, s.Text)
				if s.Text == "" || i > 0 && s.Italic == reference[i-1].Italic {
					t.Errorf("spans %+v", reference)
				}
			}
			if !strings.Contains(strings.ReplaceAll(marked(reference), "*", ""), strings.ReplaceAll(tidy.Title, "*", "")) {
				t.Errorf("%+v has not the title %q", reference, tidy.Title)
			}
			for _, m := range w.Highwire() {
				checkLine(t, m.Content)
			}
		}
	})
}

func checkLine(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(c rune) bool { return unicode.IsControl(c) || unicode.IsSpace(c) && c != ' ' }) {
		t.Errorf("not one line of text: %q", s)
	}
}

func checkRIS(t *testing.T, w Work, data []byte) {
	t.Helper()
	text, ok := strings.CutSuffix(string(data), "ER  - \r\n")
	if !ok || !utf8.Valid(data) {
		t.Fatalf("no end: %q", data)
	}
	got := map[string][]string{}
	for line := range strings.Lines(text) {
		value, ok := strings.CutSuffix(line, "\r\n")
		if !ok || len(value) < 7 || value[2:6] != "  - " || value[:2] == "ER" {
			t.Fatalf("not a tag: %q", line)
		}
		checkLine(t, value)
		got[value[:2]] = append(got[value[:2]], value[6:])
	}
	want := map[string][]string{"TY": {kinds[w.Type].ris}, "KW": w.Keywords}
	publisher := "PB"
	if w.Type == "article-journal" {
		publisher = "T2"
	}
	for tag, value := range map[string]string{"ID": w.ID, "TI": w.Title, publisher: w.Publisher, "M3": w.Genre, "ET": w.Version, "SN": w.ISBN, "DO": w.DOI, "UR": w.URL, "L1": w.PDF, "LA": w.Language, "AB": w.Abstract} {
		if value != "" {
			want[tag] = []string{value}
		}
	}
	for _, tag := range []string{"TY", "ID", "TI", "PB", "T2", "M3", "ET", "SN", "DO", "UR", "L1", "LA", "AB", "KW"} {
		if !reflect.DeepEqual(got[tag], want[tag]) {
			t.Errorf("%s: got %q, want %q", tag, got[tag], want[tag])
		}
	}
	if len(got["AU"]) != len(w.Authors) {
		t.Fatalf("authors %q of %+v", got["AU"], w.Authors)
	}
	plain := func(s string) string { return line(strings.ReplaceAll(s, ",", " ")) }
	for i, n := range w.Authors {
		family, given, _ := strings.Cut(got["AU"][i], ", ")
		if family != plain(n.Literal+n.Particle+" "+n.Family) || given != plain(n.Given) {
			t.Errorf("author %q of %+v", got["AU"][i], n)
		}
	}
	if d := w.Issued; d.Year > 0 && !reflect.DeepEqual(got["PY"], []string{fmt.Sprintf("%04d", d.Year)}) || d.Year == 0 && got["PY"] != nil {
		t.Errorf("year %q of %v", got["PY"], d)
	}
}

func checkCSL(t *testing.T, w Work, data []byte) {
	t.Helper()
	var items []cslItem
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&items); err != nil || len(items) != 1 {
		t.Fatalf("%v: %s", err, data)
	}
	i := items[0]
	if i.ID != w.ID || i.Type != w.Type || i.Genre != w.Genre || i.Title != w.Title || i.Container+i.Publisher != w.Publisher || i.Version != w.Version ||
		i.ISBN != w.ISBN || i.DOI != w.DOI || i.URL != w.URL || i.Abstract != w.Abstract || len(i.Author) != len(w.Authors) {
		t.Errorf("got %+v, want %+v", i, w)
	}
	for at, n := range i.Author {
		if (Name{n.Given, n.Particle, n.Family, n.Literal, w.Authors[at].ORCID}) != w.Authors[at] {
			t.Errorf("got %+v, want %+v", n, w.Authors[at])
		}
	}
}

// checkBibTeX reads an entry as BibTeX does: a value ends where its braces do,
// whatever stands before them.
func checkBibTeX(t *testing.T, w Work, data []byte) {
	t.Helper()
	rest, ok := strings.CutPrefix(string(data), "@"+kinds[w.Type].bibtex+"{"+w.ID)
	if !ok || strings.ContainsAny(w.ID, "{}, =\"#%'()") || !utf8.Valid(data) {
		t.Fatalf("begins with %q", data)
	}
	fields := map[string]string{}
	for {
		if rest == "\n}\n" {
			break
		}
		name, after, ok := strings.Cut(strings.TrimPrefix(rest, ",\n  "), " = ")
		if !ok || rest == strings.TrimPrefix(rest, ",\n  ") || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" || fields[name] != "" {
			t.Fatalf("not a field: %q", rest)
		}
		if name == "month" {
			fields[name], rest = after[:3], after[3:]
			continue
		}
		depth, end := 0, 0
		for i, c := range after {
			if c == '{' {
				depth++
			} else if c == '}' {
				depth--
			}
			if depth == 0 {
				end = i
				break
			}
		}
		if end < 2 {
			t.Fatalf("no value: %q", after)
		}
		fields[name], rest = after[1:end], after[end+1:]
		checkLine(t, fields[name])
	}

	k := kinds[w.Type]
	for name, want := range map[string]string{k.publisher: w.Publisher, "type": w.Genre, "version": w.Version, "isbn": w.ISBN, "abstract": w.Abstract} {
		if got := untex(t, fields[name]); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if got := fields["title"]; untex(t, got[1:len(got)-1]) != w.Title {
		t.Errorf("title: got %q, want %q", got, w.Title)
	}
	for name, want := range map[string]string{"url": w.URL, "doi": w.DOI} {
		if strings.ContainsAny(fields[name], "{}\\ ") || fields[name] != verbatim(want) {
			t.Errorf("%s: got %q", name, fields[name])
		}
	}
	authors := outside(fields["author"], " and ")
	if len(authors) != len(w.Authors) {
		t.Fatalf("authors %q of %+v", authors, w.Authors)
	}
	for i, n := range w.Authors {
		parts := outside(authors[i], ", ")
		want := []string{n.Literal}
		if n.Literal == "" {
			want = []string{line(n.Particle + " " + n.Family)}
			if n.Given != "" {
				want = append(want, n.Given)
			}
		}
		for i := range parts {
			parts[i] = untex(t, parts[i])
		}
		if !reflect.DeepEqual(parts, want) {
			t.Errorf("author %q of %+v", parts, n)
		}
	}
	var keywords []string
	if fields["keywords"] != "" {
		keywords = outside(fields["keywords"], ",")
	}
	for i := range keywords {
		keywords[i] = strings.TrimSpace(untex(t, keywords[i]))
	}
	if !reflect.DeepEqual(keywords, w.Keywords) {
		t.Errorf("keywords %q of %q", keywords, w.Keywords)
	}
}

// outside splits s where separator stands outside all braces.
func outside(s, separator string) (parts []string) {
	depth, begin := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case depth == 0 && len(s)-i >= len(separator) && strings.EqualFold(s[i:i+len(separator)], separator):
			parts, begin = append(parts, s[begin:i]), i+len(separator)
			i += len(separator) - 1
		}
	}
	return append(parts, s[begin:])
}

// untex is what TeX shows of s: commands for what they stand for, and no braces.
func untex(t *testing.T, s string) string {
	t.Helper()
	commands := map[string]string{"textbackslash": `\`, "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '{' || c == '}':
		case strings.IndexByte("%&#_$~^", c) >= 0:
			t.Errorf("%q has a meaning for TeX in %q", c, s)
		case c != '\\':
			b.WriteByte(c)
		case strings.IndexByte("%&#_$", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i++
		default:
			name, _, ok := strings.Cut(s[i+1:], "{}")
			if !ok || commands[name] == "" {
				t.Fatalf("unknown command in %q", s[i:])
			}
			b.WriteString(commands[name])
			i += len(name) + 2
		}
	}
	return b.String()
}
