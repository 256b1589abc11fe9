package content

import (
	"io/fs"
	"net/url"
	"path"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var slugs = []struct{ name, want string }{
	{"over", "over"},
	{"a_b-2", "a_b-2"},
	{"Over ons", "over-ons"},
	{"één Élève", "een-eleve"},
	{"e\u0301e\u0301n", "een"}, // accents of their own, as macOS writes file names
	{"thema's", "thema-s"},
	{"  veel -- streepjes  ", "veel-streepjes"},
	{"versie 1.2", "versie-1.2"},
	{"Index.html", "index-html"}, // servers show that file for its folder
	{"a+b=c?d#e%f&g", "a-b-c-d-e-f-g"},
	{`a/b\c`, "a-b-c"},
	{"..", "-"},
	{".", "-"},
	{"", "-"},
	{"-", "-"},
	{"!?", "-"},
	{"../../etc", "etc"},
	{".verborgen.", "verborgen"},
	{"a-.", "a"},
	{"...-a", "a"},
	{"straße øre", "straße-øre"},
	{"книга", "книга"},
	{"Йога", "йога"},     // the breve is a part of this letter, not an accent on it
	{"がか", "がか"},         // two different letters
	{"हिन्दी", "हिन्दी"}, // vowels are marks
	{"한국", "한국"},
	{"日本語 2024", "日本語-2024"},
	{"😀 blij", "blij"},
	{"fout\xffje", "fout-je"},
	{strings.Repeat("a", 300), strings.Repeat("a", 200)},
	{strings.Repeat("é", 300), strings.Repeat("e", 200)},
	{strings.Repeat("書", 300), strings.Repeat("書", 66)},
	{strings.Repeat("a", 199) + " b", strings.Repeat("a", 199)},
}

func TestSlug(t *testing.T) {
	for _, test := range slugs {
		if got := Slug(test.name); got != test.want {
			t.Errorf("Slug(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}

// checkSlug holds what addresses rely on, whatever the name.
func checkSlug(t *testing.T, name string) {
	s := Slug(name)
	switch {
	case s == "":
		t.Errorf("Slug(%q) is empty", name)
	case Slug(s) != s:
		t.Errorf("Slug(%q) = %q, of which the slug is %q", name, s, Slug(s))
	case s == "index.html":
		t.Errorf("Slug(%q) is the file of another page", name)
	case !fs.ValidPath(s) || strings.ContainsAny(s, `/\`) || s[0] == '.' || path.Clean(s) != s:
		t.Errorf("Slug(%q) = %q cannot be part of a path", name, s)
	case len(s) > 255:
		t.Errorf("Slug(%q) is too long for a file system", name)
	case !utf8.ValidString(s) || !norm.NFC.IsNormalString(s):
		t.Errorf("Slug(%q) = %q is not normal UTF-8", name, s)
	case strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r < 0x80 && unicode.IsUpper(r) }):
		t.Errorf("Slug(%q) = %q has spaces or capitals", name, s)
	}
	if u, err := url.Parse("/" + s + "/"); err != nil || u.Path != "/"+s+"/" {
		t.Errorf("Slug(%q) = %q changes in an address", name, s)
	}
	if isSlug(name) && s != name {
		t.Errorf("Slug(%q) = %q, though it is a slug", name, s)
	}
}

func FuzzSlug(f *testing.F) {
	for _, test := range slugs {
		f.Add(test.name)
	}
	f.Fuzz(checkSlug)
}
