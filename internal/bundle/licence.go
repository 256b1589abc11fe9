package bundle

import (
	"embed"
	"strings"
)

// Licence is a licence that a page may name.
type Licence struct {
	Name string // as authors write it: "CC BY 4.0"
	URL  string // of Creative Commons, ends in a slash; with deed.nl behind it a summary in Dutch
	SPDX string // the identifier in the SPDX License List: "CC-BY-4.0"
}

// Licences are the licences whose legal text goes into a bundle.
var Licences = []Licence{
	{"CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"},
	{"CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"},
	{"CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/", "CC-BY-NC-4.0"},
	{"CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"},
	{"CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/", "CC-BY-ND-4.0"},
	{"CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"},
	{"CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"},
}

// LicenceOf finds a licence by its name or SPDX identifier, in capitals or not and
// with spaces, hyphens or neither: "cc-by-4.0". The version has to be there, because
// it decides which text holds.
func LicenceOf(name string) (Licence, bool) {
	for _, l := range Licences {
		if letters(l.Name) == letters(name) {
			return l, true
		}
	}
	return Licence{}, false
}

func letters(name string) string {
	return strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(name))
}

//go:embed licences/*.txt
var texts embed.FS

// Text is the whole legal text, as the SPDX License List has it.
func (l Licence) Text() string {
	text, err := texts.ReadFile("licences/" + l.SPDX + ".txt")
	if err != nil {
		panic(err) // a test reads them all
	}
	return string(text)
}
