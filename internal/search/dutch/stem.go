package dutch

import "strings"

// longestWord bounds what is taken for a word, in bytes.
const longestWord = 64

// Stem gives what the forms of one Dutch word have in common: scholen and school
// give school, geoefend and oefeningen give oefen. It wants a folded word, and
// gives letters that need not be a word. What is no word of at least four letters
// from a to z stays as it is.
//
// The rules are of the family of Kraaij and Pohlmann (Porter's stemming algorithm
// for Dutch, 1994), made careful for search: dienst is no form of dienen, nor les
// of lezen. So an ending goes only where the spelling shows that it is one; and
// where that does not tell (campagnes, adres), it goes from both.
func Stem(folded string) string {
	w := folded
	if len(w) < 4 || len(w) > longestWord || !isLetters(w) {
		return w
	}
	w = undouble(w)
	for {
		w = derivation(inflection(diminutive(change(w))))
		w = participle(dental(w))
		shorter := plural(w)
		if len(shorter) == len(w) {
			return level(w)
		}
		w = undouble(shorter)
	}
}

// Shift gives the stem that a word has if the vowel of its plural is the other one
// than Stem takes it for: slot for sloten, of which Stem makes sloot as in sloten
// with water, and sloot for slot. It gives "" for what has no such vowel. Which of
// the two a word has only a dictionary tells, or the texts.
func Shift(stem string) string {
	n := len(stem)
	if n < 3 || !isLetters(stem) || isVowel(stem, n-1) || !isVowel(stem, n-2) || strings.IndexByte("aeo", stem[n-2]) < 0 {
		return ""
	}
	switch {
	case stem[n-3] == stem[n-2]:
		return stem[:n-2] + stem[n-1:]
	case isVowel(stem, n-3):
		return ""
	}
	return stem[:n-1] + stem[n-2:]
}

// change replaces the end of a word that no rule of spelling leads from.
func change(w string) string {
	for _, c := range changes[w[len(w)-1]%32] {
		if strings.HasSuffix(w, c.end) {
			return w[:len(w)-len(c.end)] + c.stem
		}
	}
	return w
}

// changes are by the last letter; the first that fits counts. What stays as it is
// only looks like what follows it.
var changes = func() (byLast [32][]ending) {
	for _, e := range []ending{
		{"verleden", "verleden"}, {"geleden", "geleden"}, {"overleden", "overleden"}, {"ontleden", "ontleden"}, {"kleden", "kleden"}, {"gleden", "gleden"}, {"leden", "lid"},
		{"besteden", "besteden"}, {"steden", "stad"}, {"heden", "heid"},
		{"kinderen", "kind"}, {"kinder", "kind"},
		{"uitdagen", "uitdagen"}, {"dagen", "dag"}, {"slagen", "slag"}, {"bedragen", "bedrag"}, {"paden", "pad"}, {"bladen", "blad"},
		{"musea", "museum"}, {"centra", "centrum"}, {"criteria", "criterium"}, {"media", "medium"},
		{"menus", "menu"}, {"accus", "accu"},
		{"eiger", "eiger"}, {"igere", "ig"}, {"iger", "ig"}, {"igste", "ig"}, {"igst", "ig"},
		{"ijkere", "ijk"}, {"lijker", "lijk"}, {"rijker", "rijk"}, {"ijkste", "ijk"}, {"ijkst", "ijk"},
	} {
		last := e.end[len(e.end)-1] % 32
		byLast[last] = append(byLast[last], e)
	}
	return byLast
}()

type ending struct{ end, stem string }

// diminutive takes huisje to huis, boompje to boom, mannetje to man and kettinkje
// to ketting. The t of tafeltje is left to dental.
func diminutive(w string) string {
	n := len(w)
	if n < 6 || w[n-2:] != "je" {
		return w
	}
	switch rest := w[:n-2]; {
	case strings.HasSuffix(rest, "nk") && syllables(rest) > 1 && rest[len(rest)-3] == 'i':
		return rest[:len(rest)-1] + "g"
	case strings.HasSuffix(rest, "mp") && (syllables(rest) > 1 || long(rest[:len(rest)-1])):
		return rest[:len(rest)-1]
	case strings.HasSuffix(rest, "lmp") || strings.HasSuffix(rest, "rmp"):
		return rest[:len(rest)-1]
	case strings.HasSuffix(rest, "et") && (doubled(rest[:len(rest)-2]) || strings.HasSuffix(rest, "nget")):
		return undouble(rest[:len(rest)-2])
	case strings.IndexByte("bdfghkpstx", rest[len(rest)-1]) >= 0:
		return rest
	}
	return w
}

// inflection takes scholen to school, grote to groot, ideeen to idee.
func inflection(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "en"):
		rest := w[:n-2]
		switch {
		case endsInEn(w) || !voiced(rest) || n < 4:
			return w
		case !isVowel(w, n-3):
			return closed(rest)
		case strings.HasSuffix(rest, "ee"), strings.HasSuffix(rest, "ie"):
			return rest
		case w[n-3] == 'i' && syllables(rest) > 1 && !isVowel(w, n-4) && !endsIn(w, "dien", "hien", "tien", "zien"):
			return w[:n-1] // bacterien
		case w[n-3] == 'i' && isVowel(w, n-4), w[n-3] == 'j':
			return rest // eien, groeien, partijen
		}
	case w[n-1] == 'e' && n >= 4:
		switch rest := w[:n-1]; {
		case !voiced(rest):
		case !isVowel(w, n-2):
			return closed(rest)
		case endsIn(rest, "ij", "aai", "oei", "ooi"):
			return rest
		}
	}
	return w
}

// derivation takes veiligheid and veiliger to veilig, beoordeling to beoordeel,
// volgend to volg.
func derivation(w string) string {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "heid"):
		if n >= 8 && !endsIn(w, "eenheid", "overheid", "scheid", "waarheid", "hoeveelheid", "gelegenheid") {
			return inflection(w[:n-4])
		}
	case strings.HasSuffix(w, "ing"):
		if n >= 6 && root(w[:n-3]) && !endsIn(w, "meeting", "briefing") {
			return closed(w[:n-3])
		}
	case strings.HasSuffix(w, "end"):
		if n >= 6 && root(w[:n-3]) && voiced(bare(w[:n-3])) && !strings.HasPrefix(w, "ge") && !endsInEn(w[:n-1]) &&
			!endsIn(w, "weekend", "frontend", "backend", "duizend") {
			return closed(w[:n-3])
		}
	}
	return w
}

// dental takes the t and the d of verbs: werkt to werk, beveiligd to beveilig. It
// leaves dienst and student, land and raad. It also tells whether what it took can
// be the end of a participle: in t only those of voiceless stems are, so gewoonte
// is none.
func dental(w string) (rest string, participle bool) {
	n := len(w)
	if n < 4 || w[n-1] != 't' && w[n-1] != 'd' || !voiced(w[:n-1]) ||
		endsIn(w, "maart", "voort", "verkeerd") { // maar, voor, verkeer
		return w, false
	}
	if strings.HasSuffix(w, "dt") {
		rest, _ = dental(w[:n-1]) // antwoordt
		return rest, false
	}
	rest = w[:n-1]
	var verbal bool
	switch last := w[n-2]; {
	case w[n-1] == 't':
		switch last {
		case 'g', 'k', 'l', 'm', 'p', 'w':
			verbal = true
		case 'f':
			verbal = long(rest)
		case 'i':
			verbal = endsIn(rest, "aai", "oei", "ooi")
		case 'n':
			verbal = (long(rest) || endsInEn(rest)) && !strings.HasPrefix(w, "ge") // gemeente
		case 'r':
			verbal = long(rest) || strings.HasSuffix(rest, "er") && syllables(rest) > 1
		case 's':
			verbal = long(rest) || strings.HasSuffix(rest, "ts")
		}
		participle = verbal && strings.IndexByte("fkps", last) >= 0
	case syllables(rest) > 1:
		switch last {
		case 'b', 'f', 'g', 'l', 'm', 'r', 's', 'w':
			verbal = true
		case 'i':
			verbal = endsIn(rest, "aai", "oei", "ooi")
		case 'n':
			verbal = long(rest) || endsInEn(rest)
		}
		participle = verbal
	default:
		verbal = strings.HasSuffix(rest, "eer") // leerde; but not beeld and woord
	}
	if !verbal {
		return w, false
	}
	return rest, participle
}

// participle takes geoefend, of which dental left geoefen, to oefen, and ingezet to
// inzet. A few verbs begin with ge themselves.
func participle(w string, shortened bool) string {
	if strings.HasPrefix(w, "ge") {
		if shortened && len(w) >= 6 && voiced(w[2:]) && !beginsWith(w[2:], "beur", "bruik", "loof", "middel", "nees") {
			return w[2:]
		}
		return w
	}
	if !shortened && w[len(w)-1] != 't' && w[len(w)-1] != 'd' {
		return w
	}
	for _, p := range particles {
		rest, found := strings.CutPrefix(w, p)
		if !found {
			continue
		}
		if rest, found = strings.CutPrefix(rest, "ge"); found && len(rest) >= 3 && voiced(rest) {
			if endsIn(rest, "past", "lost") {
				rest = rest[:len(rest)-1] // toegepast, opgelost
			}
			return p + rest
		}
	}
	return w
}

// particles are those that stand apart from their verb.
var particles = []string{"aan", "achter", "af", "bij", "binnen", "door", "in", "los", "mee", "na", "om", "op", "over", "samen", "tegen", "terug", "toe", "uit", "vast", "voor", "weg"}

// plural takes the s of fotos, campagnes and accounts, but not of huis, les, plaats
// and nieuws.
func plural(w string) string {
	n := len(w)
	if n < 4 || w[n-1] != 's' {
		return w
	}
	rest := w[:n-1]
	if !voiced(rest) {
		return w
	}
	many := syllables(rest) > 1
	var ends bool
	switch last, before := rest[n-2], rest[n-3]; last {
	case 'b', 'c', 'd', 'f', 'g', 'h', 'm', 'p', 'v', 'x', 'y':
		ends = true
	case 'k':
		ends = many || !isVowel(rest, n-3) || long(rest)
	case 'a', 'o':
		ends = many && before != last
	case 'e':
		ends = many && before != 'e' && before != 'o' && !doubled(rest[:n-2]) // not taalles
	case 'u':
		ends = strings.HasSuffix(rest, "eau")
	case 'l':
		ends = many || before == 'l' || long(rest)
	case 'n', 'r':
		ends = many
	case 't':
		switch before {
		case 'c', 'f', 'k', 'n', 'p', 's':
			ends = true
		case 'l', 'r':
			ends = many
		default:
			ends = many && isVowel(rest, n-3) && !long(rest) || strings.HasSuffix(rest, "teit")
		}
	case 'w':
		ends = before == 'o' || strings.HasSuffix(rest, "iew")
	}
	if ends {
		return rest
	}
	return w
}

// closed spells an open syllable, which an ending left, as a closed one: schol as
// school, less as les, briev as brief.
func closed(w string) string {
	n := len(w)
	if doubled(w) {
		return undouble(w)
	}
	last := w[n-1]
	open := n >= 2 && strings.IndexByte("aeou", w[n-2]) >= 0 && strings.IndexByte("bdfgklmnprstvz", last) >= 0 &&
		(n == 2 || !isVowel(w, n-3) && w[n-3] != 'q' || apart(w[:n-1])) &&
		!(syllables(w) > 1 && isUnstressed(w[n-2], last))
	end := w[n-1:]
	switch last {
	case 'v':
		end = "f"
	case 'z':
		end = "s"
	}
	if open {
		end = w[n-2:n-1] + end
	}
	if !open && end == w[n-1:] {
		return w
	}
	return w[:n-1] + end
}

// apart reports whether the two vowels that w ends in are those of two syllables:
// sociale, idealen.
func apart(w string) bool {
	return endsIn(w, "ia", "io") || endsIn(w, "ea", "eo", "ua", "uo") && syllables(w) > 1
}

// level gives wandel and regeer, motor and kantoor the same vowel in the end,
// because in wandelen and regeren, motoren and kantoren it cannot be told.
func level(w string) string {
	w = strings.Replace(w, "eee", "ee", 1)
	if n := len(w); n > 3 && w[n-2] == w[n-3] && isUnstressed(w[n-2], w[n-1]) && syllables(w) > 1 {
		w = w[:n-2] + w[n-1:]
	}
	return undouble(w)
}

// isUnstressed is true of the ends that most longer words do not stress.
func isUnstressed(vowel, last byte) bool {
	return vowel == 'e' && strings.IndexByte("lmnr", last) >= 0 || vowel == 'o' && last == 'r'
}

// endsInEn is true of the stems that end in en as verbs do in theirs.
func endsInEn(w string) bool {
	switch bare(w) {
	case "ken", "oefen", "reken", "teken", "wapen", "zegen":
		return true
	}
	return w == "open" || endsIn(w, "geopen", "heropen")
}

// bare is what follows the particle and the prefix of a verb.
func bare(w string) string {
	for _, p := range particles {
		if rest, found := strings.CutPrefix(w, p); found {
			w = rest
			break
		}
	}
	for _, p := range []string{"be", "er", "ge", "her", "mis", "ont", "onder", "ver"} {
		w = strings.TrimPrefix(w, p)
	}
	return w
}

// root reports whether w can be what a suffix was put behind: not the spr of
// spring, nor the leerl of leerling.
func root(w string) bool {
	n := len(w)
	if n < 3 || !voiced(w) {
		return false
	}
	if isVowel(w, n-1) {
		return w[n-1] == 'i' && isVowel(w, n-2)
	}
	return isVowel(w, n-2) || w[n-1] == w[n-2] || w[n-1] != 'l' && w[n-1] != 'r'
}

// undouble takes less to les, but leaves app.
func undouble(w string) string {
	if len(w) > 3 && doubled(w) {
		return w[:len(w)-1]
	}
	return w
}

// doubled reports whether w ends in two equal consonants.
func doubled(w string) bool {
	n := len(w)
	return n >= 2 && w[n-1] == w[n-2] && !isVowel(w, n-1)
}

// long reports whether the last consonant of w follows two vowels.
func long(w string) bool {
	n := len(w)
	return n >= 3 && !isVowel(w, n-1) && isVowel(w, n-2) && isVowel(w, n-3)
}

// voiced reports whether w has a vowel.
func voiced(w string) bool {
	for i := range len(w) {
		if isVowel(w, i) {
			return true
		}
	}
	return false
}

// syllables counts the runs of vowels in w, of which ij is one.
func syllables(w string) int {
	count := 0
	for i := range len(w) {
		if isVowel(w, i) && (i == 0 || !isVowel(w, i-1) || w[i-1] == 'j') {
			count++
		}
	}
	return count
}

func isVowel(w string, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	case 'j':
		return i > 0 && w[i-1] == 'i'
	}
	return false
}

func isLetters(w string) bool {
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

func endsIn(w string, ends ...string) bool {
	for _, end := range ends {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

func beginsWith(w string, beginnings ...string) bool {
	for _, b := range beginnings {
		if strings.HasPrefix(w, b) {
			return true
		}
	}
	return false
}
