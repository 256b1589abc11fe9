package attachment

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// cleanedText gives the text of one part in which s was written.
func cleanedText(s string) string {
	g := &gatherer{room: len(s)}
	g.write(s)
	for _, p := range g.cleaned() {
		return p.Text
	}
	return ""
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"space", " een\t twee\u00a0\r\n drie \n", "een twee drie"},
		{"hyphen", "onder-\nzoek", "onderzoek"},
		{"hyphen and space", "onder- \r\n zoek", "onderzoek"},
		{"other hyphen", "onder\u2010\nzoek", "onderzoek"},
		{"soft hyphen", "on\u00adder\u00ad\nzoek", "onderzoek"},
		{"soft hyphen before a hyphen", "onder\u00ad\u2010\nzoek", "onderzoek"},
		{"soft hyphen before a space", "onder\u00ad zoek", "onder zoek"},
		{"known compound", "mbo-\nschool en MBO-docent", "mbo-school en MBO-docent"},
		{"other compound", "mbo-\nschool en vmbo-docent", "mboschool en vmbo-docent"},
		{"abbreviation", "ICT-\nbeleid", "ICT-beleid"},
		{"name", "Noord-\nHolland", "Noord-Holland"},
		{"number", "covid-\n19 en 21-\njarige", "covid-19 en 21-jarige"},
		{"and", "voor-\nen nadelen, in-\nof uitloggen", "voor- en nadelen, in- of uitloggen"},
		{"and more", "leer-\nentreeën", "leerentreeën"},
		{"dash", "een -\ntwee", "een - twee"},
		{"dash at the end", "een-\n", "een-"},
		{"hyphen within a line", "voor- en na-apen", "voor- en na-apen"},
		{"ligatures", "ﬁets, oﬃcieel", "fiets, officieel"},
		{"no text", "a\x00b\x07\u200b\ufeff\uf0b7c\xffd", "abcd"},
		{"only no text", "\x01 \u00ad\n", ""},
		{"joined signs", "👩\u200d🏫", "👩\u200d🏫"},
	} {
		if got := cleanedText(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"onder-\nzoek", "-\n-\na", "\u00ad\n\u00ad-\nb", "a-b a-\nc", "\xff-\n\xff", strings.Repeat("a-\n", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := cleanedText(s)
		checkLine(t, text)
		if again := cleanedText(text); again != text {
			t.Errorf("%q becomes %q", text, again)
		}
	})
}

// checkLine holds a text to what [Part] says of it.
func checkLine(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) || s != strings.Join(strings.Fields(s), " ") ||
		strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == '\u00ad' }) {
		t.Errorf("not clean: %q", s)
	}
}

func TestRoom(t *testing.T) {
	g := &gatherer{room: 6}
	g.write("één")
	g.next(2)
	g.titling = true
	g.write("éé")
	g.write("n")
	parts := g.cleaned()
	if len(parts) != 1 || parts[0].Text != "één" || !g.cut {
		t.Errorf("got %+v, cut %v", parts, g.cut)
	}
}
