package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug bounds the bytes of a slug: file systems take names of up to 255.
const maxSlug = 200

// Address is the address of a folder in content/ without the first slash: the
// slugs of its names, "a/b/"; "" for content/ itself.
func Address(folder string) string {
	if folder == "." || folder == "" {
		return ""
	}
	var b strings.Builder
	for name := range strings.SplitSeq(folder, "/") {
		b.WriteString(Slug(name))
		b.WriteByte('/')
	}
	return b.String()
}

// Slug makes a name fit for an address: small letters without accents, digits,
// full stops and underscores stay, everything else becomes one hyphen. A name of
// which nothing is left becomes "-", and a very long one is cut off.
func Slug(name string) string {
	if isSlug(name) {
		return name
	}
	var b strings.Builder
	gap, latin := false, false // latin: the letter before is Latin, so that a mark is an accent
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.IsMark(r):
			if !gap && b.Len() > 0 && !latin {
				b.WriteRune(r) // part of the letter, as in й, が and हि
			}
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '.', r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap, latin = false, r < utf8.RuneSelf || unicode.Is(unicode.Latin, r)
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	s := norm.NFC.String(b.String())
	if len(s) > maxSlug {
		s = strings.ToValidUTF8(s[:maxSlug], "")
	}
	switch s = strings.Trim(s, ".-"); s {
	case "":
		return "-"
	case "index.html": // what servers show for a folder
		return "index-html"
	}
	return s
}

// isSlug is the quick answer for the names that most files have.
func isSlug(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && (c != '-' || i == 0 || name[i-1] == '-') {
			return false
		}
	}
	return name != "" && name[len(name)-1] != '-' && len(name) <= maxSlug
}
