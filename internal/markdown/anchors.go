package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reserved are the ids that templates use.
var reserved = []string{
	"afbeeldingen", "bijlagen", "broodkruimels", "content", "downloads", "filters", "footer", "header", "hoofdmenu",
	"inhoud", "inhoudsopgave", "kruimelpad", "live", "main", "melding", "menu", "nav", "onderaan", "pagina", "q",
	"resultaten", "search", "status", "suggesties", "top", "voettekst", "zoek", "zoeken", "zoekresultaten", "zoekveld",
}

// Reserved returns the ids that no text gets, sorted, so that templates can use them.
func Reserved() []string { return slices.Clone(reserved) }

// anchors gives out ids.
type anchors struct {
	prefix string // of every id
	taken  map[string]bool
	next   map[string]int // by base, the number to try first
}

func newAnchors() anchors {
	return anchors{taken: map[string]bool{}, next: map[string]int{}}
}

// reset forgets all ids. Clearing a map takes time for the largest it ever was, so
// one that grew large is left behind.
func (a *anchors) reset() {
	if len(a.taken) > 1_000 {
		*a = newAnchors()
		return
	}
	a.prefix = ""
	clear(a.taken)
	clear(a.next)
}

// free reports whether nothing has this id yet, given without the prefix.
func (a *anchors) free(id string) bool {
	if a.taken[id] {
		return false
	}
	_, found := slices.BinarySearch(reserved, a.prefix+id)
	return !found
}

// take returns the prefix with base, or with base-2, base-3 and so on, and marks
// it as taken.
func (a *anchors) take(base string) string {
	id := base
	if !a.free(base) {
		n := max(2, a.next[base])
		for {
			id = base + "-" + strconv.Itoa(n)
			n++
			if a.free(id) {
				break
			}
		}
		a.next[base] = n
	}
	a.taken[id] = true
	return a.prefix + id
}

// slug makes an id of a heading: lower case, letters without their marks, and
// "-" between words.
func slug(title []byte) string {
	var buf [64]byte
	out := buf[:0]
	gap := false
	add := func(s string) {
		if gap && len(out) > 0 {
			out = append(out, '-')
		}
		gap = false
		out = append(out, s...)
	}
	for i := 0; i < len(title); {
		c, n := utf8.DecodeRune(title[i:])
		i += n
		switch {
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			add(string(title[i-1 : i]))
		case 'A' <= c && c <= 'Z':
			add(string(c + 'a' - 'A'))
		case c < utf8.RuneSelf:
			gap = true
		case unicode.Is(unicode.Mn, c):
			// The mark of a letter that was written in two parts.
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			add(fold(unicode.ToLower(c)))
		default:
			gap = true
		}
	}
	if len(out) == 0 {
		return "kop"
	}
	return string(out)
}

// foldedFrom and foldedTo are the lower-case Latin letters from U+00E0 to U+017F
// that have a mark, and the same without.
const (
	foldedFrom = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőŕŗřśŝşšţťŧũūŭůűųŵŷźżž"
	foldedTo   = "aaaaaaceeeeiiiinoooooouuuuyyaaaccccddeeeeegggghhiiiiijklllllnnnooorrrsssstttuuuuuuwyzzz"
)

// fold returns a lower-case letter without its mark.
func fold(c rune) string {
	switch c {
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'ĳ':
		return "ij"
	}
	if c <= 0x17f {
		at := 0
		for _, from := range foldedFrom {
			if from == c {
				return foldedTo[at : at+1]
			}
			at++
		}
	}
	return string(c)
}

// words counts the words in a text: what stands between white space and has a
// letter or a digit.
func words(text string) int {
	count, inWord := 0, false
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c <= ' ':
			inWord = false
		case inWord:
		case isASCIILetter(c) || isDigit(c):
			count, inWord = count+1, true
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				count, inWord = count+1, true
			}
			i += n
			continue
		}
		i++
	}
	return count
}

// untyped undoes what [writer.letters] does to quotes, dashes and dots.
var untyped = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "–", "--", "—", "---", "…", "...")

// sameTitle reports whether two titles differ in nothing but case, space and
// typography.
func sameTitle(a, b string) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(untyped.Replace(s)), " ") }
	return strings.EqualFold(plain(a), plain(b))
}
