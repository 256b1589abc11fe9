package dutch

import "strings"

// Root gives what a word has in common with others of its family that Stem keeps
// apart: registreren and registratie, gebruiker and gebruiken, controleur and
// controle. It wants what Stem gives. Words of one root are near in meaning and not
// the same. The rules know no words, so a root is worth only as much as the texts
// have other words of it: comput, of computer, has none.
//
// The endings are those with which Dutch makes nouns of verbs and names who does
// something (Booij, The Morphology of Dutch, 2002, chapter 3), as far as spelling
// alone shows them.
func Root(stem string) string {
	if len(stem) > longestWord || !isLetters(stem) {
		return stem
	}
	for _, d := range derivations {
		if rest, found := strings.CutSuffix(stem, d.end); found {
			if rest += d.stem; len(rest) < d.letters && syllables(rest) < 2 || endsIn(stem, "meester", "minister") {
				return stem
			}
			return Stem(rest + "en") // as if it were a verb, whose spelling Stem knows
		}
	}
	return stem
}

// derivations are endings with what stands for them in the root, and how many
// letters that has at least if it is of one syllable; the first that fits counts.
var derivations = []struct {
	end, stem string
	letters   int
}{
	{"ucer", "uct", 5},  // produceren
	{"ruer", "ruct", 5}, // instrueren
	{"atie", "", 4},     // registratie
	{"ctie", "ct", 4},   // selectie
	{"ement", "", 4},    // abonnement
	{"eur", "", 5},      // controleur
	{"rder", "r", 4},    // huurder
	{"elaar", "el", 5},  // ontwikkelaar
	{"enaar", "en", 5},  // tekenaar
	{"er", "", 5},       // verkoper, registreren
}
