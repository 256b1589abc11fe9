package dutch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold gives the form under which spellings of one word meet: small letters,
// Latin ones without their accents (however encoded) and ligatures apart, without
// apostrophes, soft hyphens and other signs that no reader sees. All else stays;
// bytes that are no UTF-8 become U+FFFD. Folding twice changes nothing more.
func Fold(word string) string {
	if isFolded(word) {
		return word
	}
	var b strings.Builder
	b.Grow(len(word))
	for _, r := range word {
		r = unicode.ToLower(r)
		switch base, known := bases[r]; {
		case known:
			b.WriteString(base)
		case r < utf8.RuneSelf || !unicode.In(r, unicode.Mn, unicode.Cf):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isFolded saves the work, and the memory, for the words that need none: most.
func isFolded(word string) bool {
	for i := range len(word) {
		if c := word[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '\'' || c == '`' {
			return false
		}
	}
	return true
}

// bases has what a small letter or sign becomes.
var bases = func() map[rune]string {
	m := map[rune]string{}
	for base, letters := range map[string]string{
		// What Unicode decomposes to letters of ASCII.
		"a": "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
		"b": "ḃḅḇ",
		"c": "çćĉċčḉ",
		"d": "ďḋḍḏḑḓ",
		"e": "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
		"f": "ḟ",
		"g": "ĝğġģǧǵḡ",
		"h": "ĥȟḣḥḧḩḫẖ",
		"i": "ìíîïĩīĭįǐȉȋḭḯỉị",
		"j": "ĵǰ",
		"k": "ķǩḱḳḵ",
		"l": "ĺļľŀḷḹḻḽ",
		"m": "ḿṁṃ",
		"n": "ñńņňŉǹṅṇṉṋ",
		"o": "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
		"p": "ṕṗ",
		"r": "ŕŗřȑȓṙṛṝṟ",
		"s": "śŝşšſșṡṣṥṧṩẛ",
		"t": "ţťțṫṭṯṱẗ",
		"u": "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
		"v": "ṽṿ",
		"w": "ŵẁẃẅẇẉẘ",
		"x": "ẋẍ",
		"y": "ýÿŷȳẏẙỳỵỷỹ",
		"z": "źżžẑẓẕ",

		"ij": "ĳ", "dz": "ǆǳ", "lj": "ǉ", "nj": "ǌ",
		"ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ", "ffi": "ﬃ", "ffl": "ﬄ", "st": "ﬅﬆ", // in texts of PDFs
	} {
		for _, r := range letters {
			m[r] = base
		}
	}
	// What Unicode takes for letters of their own, and readers for these.
	for r, base := range map[rune]string{
		'ß': "ss", 'æ': "ae", 'ǽ': "ae", 'œ': "oe", 'ø': "o", 'ǿ': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'þ': "th",
	} {
		m[r] = base
	}
	for _, r := range "'’‘‛ʼʹ′`´＇" {
		m[r] = ""
	}
	return m
}()
