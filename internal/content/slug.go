package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Slug makes a name fit for an address: small letters without accents, digits,
// full stops and underscores stay, everything else becomes one hyphen. A name of
// which nothing is left becomes "-".
func Slug(name string) string {
	if isSlug(name) {
		return name
	}
	var b strings.Builder
	gap := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '.', r == '_':
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	if s := strings.Trim(b.String(), "."); s != "" {
		return s
	}
	return "-"
}

// isSlug is the quick answer for the names that most files have.
func isSlug(name string) bool {
	for i := range len(name) {
		c := name[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && (c != '-' || i == 0 || name[i-1] == '-') {
			return false
		}
	}
	return name != "" && name[len(name)-1] != '-'
}
