package dutch

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"
)

// Word is a folded word of an index with the number of pages that hold it.
type Word struct {
	Text  string
	Count int
}

// Correction is a word that may have been meant. The lower its cost, the likelier;
// the cost of a common word can be less than nothing.
type Correction struct {
	Text string
	Cost float64
}

// Corrector knows the words of an index. It is safe for use by many goroutines.
//
// It reasons as Kernighan, Church & Gale, A spelling correction program based on a
// noisy channel model (1990): what is typed is a word that was meant, after a channel
// that changes letters. The likeliest word is one that is common, and that the channel
// easily changes into what was typed.
//
// The words stand in a plain list, each with the sets of its letters and its sounds.
// Comparing those rules out all but some hundreds of words in less time than a trie
// takes to find them, because edits that sound alike are too cheap to prune one early.
type Corrector struct {
	words    []Word           // sorted by text
	plain    []int32          // indexes of the words that can be corrections, by length
	sets     []sets           // of each plain word
	ofLength [longest + 2]int // where the words of a length begin in plain
	mostGain float64          // of any word
}

// How many letters a word has that is corrected. With fewer, most words are one edit
// away from another; with more, it is no word.
const (
	shortest = 4
	longest  = 40
)

// NewCorrector makes a corrector of the words. Those with other letters than a to z
// can complete a prefix, but are no corrections.
func NewCorrector(words []Word) *Corrector {
	c := &Corrector{words: slices.Clone(words)}
	slices.SortFunc(c.words, func(a, b Word) int {
		return cmp.Or(strings.Compare(a.Text, b.Text), cmp.Compare(b.Count, a.Count))
	})
	c.words = slices.CompactFunc(c.words, func(a, b Word) bool { return a.Text == b.Text })
	for _, w := range c.words {
		if isPlain(w.Text) {
			c.ofLength[len(w.Text)+1]++
		}
	}
	for length := range longest + 1 {
		c.ofLength[length+1] += c.ofLength[length]
	}
	next := c.ofLength
	c.plain = make([]int32, next[longest+1])
	c.sets = make([]sets, len(c.plain))
	for i, w := range c.words {
		if isPlain(w.Text) {
			at := next[len(w.Text)]
			next[len(w.Text)]++
			c.plain[at], c.sets[at] = int32(i), setsOf(w.Text)
			c.mostGain = max(c.mostGain, gain(w))
		}
	}
	return c
}

// isPlain reports whether a word is of the letters a to z, and short enough.
func isPlain(word string) bool {
	for i := range min(len(word), longest+1) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return len(word) <= longest
}

// sets are the letters of a word, and of the word as it sounds.
type sets struct{ letters, sounds uint64 }

func setsOf(word string) sets {
	var buffer [2 * longest]byte
	return sets{signature(word), signature(sound(buffer[:0], word))}
}

// near reports whether words differ in few enough sounds or letters. Sounds alone do
// not tell: a letter in another place can change three of them (school, shcool).
func (s sets) near(other sets, differing int) bool {
	n := bits.OnesCount64(s.sounds ^ other.sounds)
	return n <= differing || n <= differing+3 && bits.OnesCount64(s.letters^other.letters) <= differing
}

// signature gives the set of letters in a word of the letters a to z, with a second
// bit for those that it has more than once. One letter more or less changes one bit
// at most.
func signature[T string | []byte](word T) (set uint64) {
	for i := range len(word) {
		once := uint64(1) << (2 * (word[i] - 'a'))
		set |= set&once<<1 | once
	}
	return set
}

// sound appends a word of the letters a to z roughly as it sounds, so that most
// confusions come out the same.
func sound(said []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		rest := word[i:]
		next := byte(0)
		if len(rest) > 1 {
			next = rest[1]
		}
		switch letter := rest[0]; {
		case letter == 'i' && (next == 'j' || next == 'e'), letter == 'e' && next == 'i':
			said = append(said, 'i')
			i++
		case letter == 'y':
			said = append(said, 'i')
		case letter == 'a' && next == 'u':
			said = append(said, 'o')
		case letter == 'o' && next == 'e':
			said = append(said, 'u')
			i++
		case letter == 'c' && next == 'h':
			said = append(said, 'g')
			i++
		case letter == 'c' && (next == 'e' || next == 'i' || next == 'y'), letter == 'z',
			letter == 't' && next == 'i' && len(rest) > 2 && (rest[2] == 'e' || rest[2] == 'o'):
			said = append(said, 's')
		case letter == 'c', letter == 'q':
			said = append(said, 'k')
		case letter == 'x':
			said = append(said, 'k', 's')
		case letter == 'p' && next == 'h':
			said = append(said, 'f')
			i++
		case letter == 'v':
			said = append(said, 'f')
		case letter == 'd':
			said = append(said, 't')
		case letter == 'h' && i > 0 && (word[i-1] == 't' || word[i-1] == 'r'):
		default:
			said = append(said, letter)
		}
		if n := len(said); n > 1 && said[n-1] == said[n-2] {
			said = said[:n-1]
		}
	}
	return said
}

// Correct gives the words that may have been meant by a folded word, the likeliest
// first, equally likely ones by the alphabet. The word itself is not among them.
func (c *Corrector) Correct(word string, most int) []Correction {
	limit := allowed(len(word))
	if limit == 0 || most <= 0 || !isPlain(word) {
		return nil
	}
	var found []Correction
	typed := setsOf(word)
	differing := slack(limit)
	channel := newChannel(word, differing)
	from, to := c.ofLength[max(0, len(word)-differing)], c.ofLength[min(longest, len(word)+differing)+1]
	for i, s := range c.sets[from:to] {
		if !s.near(typed, differing) {
			continue
		}
		w := c.words[c.plain[from+i]]
		if edits := channel.cost(w.Text, limit); edits <= limit && w.Text != word {
			found = insert(found, Correction{w.Text, float64(edits)/edit - gain(w)}, most, func(a, b Correction) int {
				return cmp.Or(cmp.Compare(a.Cost, b.Cost), strings.Compare(a.Text, b.Text))
			})
			if len(found) == most { // what costs more is not among them
				limit = min(limit, int(edit*(found[most-1].Cost+c.mostGain))+1)
			}
		}
	}
	return found
}

// gain is how much less a word costs because it is common: a word on a hundred times
// as many pages may be a third of an edit further.
func gain(w Word) float64 { return 0.08 * math.Log(float64(max(1, w.Count))) }

// insert puts an item in a sorted list of at most so many items, after its equals.
func insert[T any](list []T, item T, most int, compare func(a, b T) int) []T {
	at := len(list)
	for at > 0 && compare(item, list[at-1]) < 0 {
		at--
	}
	if at >= most {
		return list
	}
	if len(list) == most {
		list = list[:most-1]
	}
	return slices.Insert(list, at, item)
}

// Costs of edits are whole numbers, so that sums of them are exact.
const edit = 100

// allowed is what the edits of a word of so many letters may cost: a longer word is
// further from others.
func allowed(length int) int {
	switch {
	case length < shortest || length > longest:
		return 0
	case length < 6:
		return edit
	case length < 9:
		return edit * 3 / 2
	case length < 20:
		return edit * 2
	}
	return edit * 5 / 2
}

// What edits cost: the less, the more often people make them. A letter too many or too
// few is the ordinary slip. Of wrong letters most are on the next key, and are swapped
// when two fingers race. A letter that is doubled or not is no slip but a doubt about
// spelling, and those are common. People seldom get the first letter wrong.
const (
	replacedCost  int16 = 100
	neighbourCost int16 = 80
	missingCost   int16 = 90
	extraCost     int16 = 90
	swappedCost   int16 = 60
	doubledCost   int16 = 40
	firstCost     int16 = 50 // on top
)

// keyboard are the rows of QWERTY, each half a key to the right of the one before.
var keyboard = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}

// replacement is what it costs to type one letter for another.
var replacement = func() (table [26][26]int16) {
	for i := range table {
		for j := range table[i] {
			table[i][j] = replacedCost
		}
	}
	near := func(a, b byte) {
		table[a-'a'][b-'a'], table[b-'a'][a-'a'] = neighbourCost, neighbourCost
	}
	for r, row := range keyboard {
		for k := range len(row) {
			if k+1 < len(row) {
				near(row[k], row[k+1])
			}
			if r > 0 {
				near(row[k], keyboard[r-1][k])
				if k+1 < len(keyboard[r-1]) {
					near(row[k], keyboard[r-1][k+1])
				}
			}
		}
	}
	return table
}()

// confusion is a pair of spellings that readers take for each other.
type confusion struct {
	a, b  string // typed and meant, or meant and typed
	cost  int16
	atEnd bool // only at the end of a word
}

// confusions are spellings that sound the same in Dutch, which cost least, or alike.
// Where the rules of spelling decide and not the sound (ei or ij, au or ou, d or dt),
// they are the cheapest.
var confusions = []confusion{
	{"ei", "ij", 30, false}, // leiden, lijden
	{"y", "ij", 40, false},
	{"y", "i", 40, false}, // systeem
	{"y", "ie", 50, false},
	{"i", "ie", 40, false}, // kritiek
	{"ou", "au", 30, false},
	{"ouw", "ou", 50, false},
	{"auw", "ou", 60, false},
	{"ouw", "au", 60, false},
	{"oe", "u", 60, false}, // route
	{"oe", "ou", 60, false},
	{"eau", "o", 50, false}, // niveau
	{"au", "o", 60, false},
	{"ai", "e", 60, false}, // trainen
	{"a", "e", 80, false},
	{"e", "i", 80, false},
	{"ij", "e", 60, false}, // moeilijk
	{"ij", "u", 60, false},
	{"c", "k", 40, false},
	{"c", "s", 40, false},
	{"s", "z", 40, false},
	{"f", "v", 40, false},
	{"d", "t", 60, false},
	{"d", "t", 30, true},
	{"d", "dt", 30, true},
	{"t", "dt", 30, true},
	{"b", "p", 60, false},
	{"b", "p", 40, true},
	{"g", "ch", 40, false},
	{"g", "h", 70, false},
	{"g", "k", 80, false},
	{"ng", "nk", 60, false},
	{"sch", "sg", 40, false},
	{"s", "sch", 60, false},
	{"es", "sch", 40, false}, // logisch, logies
	{"c", "ch", 50, false},
	{"k", "ch", 60, false},
	{"sj", "ch", 60, false}, // machine
	{"sj", "sh", 50, false},
	{"tj", "ch", 60, false}, // checklist
	{"k", "ck", 40, false},
	{"ks", "x", 40, false},
	{"kw", "qu", 40, false},
	{"kw", "q", 40, false},
	{"k", "q", 60, false},
	{"f", "ph", 40, false},
	{"t", "th", 40, false}, // thema
	{"r", "rh", 40, false},
	{"si", "ti", 40, false}, // informatie
	{"si", "tsi", 40, false},
	{"ti", "tsi", 40, false},
	{"sie", "cy", 60, true}, // privacy
	{"j", "g", 70, false},   // garage
	{"zj", "g", 60, false},
	{"w", "v", 70, false},
	{"u", "uw", 60, false},
	{"e", "en", 40, true}, // cursussen
	{"en", "n", 60, true},
	{"er", "r", 60, true},
	{"el", "l", 60, true},
}

// longestConfusion is the length of the longest spelling in confusions.
const longestConfusion = 3

// confusionsEnding are the confusions by the last letter of what is typed and of what is meant;
// confusable has the letters meant for which there are any, as bits.
var confusionsEnding, confusable = func() (table [26][26][]confusion, letters [26]uint32) {
	put := func(c confusion) {
		x, y := c.a[len(c.a)-1]-'a', c.b[len(c.b)-1]-'a'
		table[x][y] = append(table[x][y], c)
		letters[x] |= 1 << y
	}
	for _, c := range confusions {
		put(c)
		c.a, c.b = c.b, c.a
		put(c)
	}
	return table, letters
}()

// slack is by how many letters words within a limit may be out of step, and in how
// many letters or sounds they may differ. Two letters that are both replaced by
// letters of another sound differ in more: that is hardly ever the same word.
func slack(limit int) int { return 1 + limit/edit }

// channel computes what it costs to type a word when another is meant, after Damerau
// and Levenshtein, with confusions.
type channel struct {
	typed string
	slack int
	costs [longest + 1][longest + 1]int16 // of so many letters typed and so many meant; never when out of step
}

const never = math.MaxInt16 / 2

func newChannel(typed string, slack int) *channel {
	c := &channel{typed: typed, slack: slack}
	for i := range len(typed) + 1 {
		for j := range c.costs[i] {
			c.costs[i][j] = never
		}
	}
	c.costs[0][0] = 0
	for i := range min(len(typed), slack) {
		c.costs[i+1][0] = firstCost + int16(i+1)*extraCost
	}
	for j := range slack {
		c.costs[0][j+1] = firstCost + int16(j+1)*missingCost
	}
	return c
}

// cost gives what the edits cost, or more than the limit when they cost more.
func (c *channel) cost(meant string, limit int) int {
	over := 0 // rows on end without a cell under the limit
	for i := 1; i <= len(c.typed); i++ {
		x := c.typed[i-1]
		above, row := &c.costs[i-1], &c.costs[i]
		extra := extraCost
		if i > 1 && x == c.typed[i-2] {
			extra = doubledCost
		}
		lowest := row[0]
		for j := max(1, i-c.slack); j <= min(len(meant), i+c.slack); j++ {
			y := meant[j-1]
			lacking := missingCost
			if j > 1 && y == meant[j-2] {
				lacking = doubledCost
			}
			best := min(above[j]+extra, row[j-1]+lacking)
			if x == y {
				best = min(best, above[j-1])
			} else {
				replace := above[j-1] + replacement[x-'a'][y-'a']
				if i == 1 && j == 1 {
					replace += firstCost
				}
				best = min(best, replace)
				if i > 1 && j > 1 && x == meant[j-2] && y == c.typed[i-2] {
					best = min(best, c.costs[i-2][j-2]+swappedCost)
				}
			}
			if confusable[x-'a']>>(y-'a')&1 != 0 {
				best = min(best, c.confused(meant, i, j))
			}
			row[j] = best
			lowest = min(lowest, best)
		}
		if int(lowest) <= limit {
			over = 0
		} else if over++; over == longestConfusion {
			return never
		}
	}
	return int(c.costs[len(c.typed)][len(meant)])
}

// confused gives what it costs when the last letters are a confusion.
func (c *channel) confused(meant string, i, j int) int16 {
	best := int16(never)
	for _, f := range confusionsEnding[c.typed[i-1]-'a'][meant[j-1]-'a'] {
		if strings.HasSuffix(c.typed[:i], f.a) && strings.HasSuffix(meant[:j], f.b) && (!f.atEnd || i == len(c.typed) && j == len(meant)) {
			best = min(best, c.costs[i-len(f.a)][j-len(f.b)]+f.cost)
		}
	}
	return best
}

// Complete gives the words that begin with a prefix, those on most pages first.
func (c *Corrector) Complete(prefix string, most int) []string {
	from, _ := slices.BinarySearchFunc(c.words, prefix, func(w Word, prefix string) int {
		return strings.Compare(w.Text, prefix)
	})
	var best []Word
	for _, w := range c.words[from:] {
		if !strings.HasPrefix(w.Text, prefix) {
			break
		}
		if most > 0 && len(best) == most && w.Count <= best[most-1].Count {
			continue // most words of a short prefix
		}
		best = insert(best, w, most, func(a, b Word) int { return cmp.Compare(b.Count, a.Count) })
	}
	texts := make([]string, len(best))
	for i, w := range best {
		texts[i] = w.Text
	}
	return texts
}
