package dutch

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// typingErrors are words as people type them, each with the word that was meant.
//
//go:embed testdata/typing-errors.txt
var typingErrors string

// meantWords gives the words that are meant in typingErrors.
func meantWords() []string {
	var words []string
	for line := range strings.Lines(typingErrors) {
		words = append(words, strings.Fields(line)[1])
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// nearWords gives more than 30,000 words: some Dutch words with forms that are near
// to them, and what are compounds of two of them.
func nearWords() []Word {
	words := map[string]int{}
	meant := meantWords()
	for i, w := range meant {
		words[w] = 1 + i%7*20
		for _, ending := range []string{"en", "s", "e", "t", "de", "ing", "tje", "er"} {
			words[w+ending] = max(1, words[w+ending])
		}
		for _, prefix := range []string{"be", "ge", "ver", "in", "op"} {
			words[prefix+w] = max(1, words[prefix+w])
		}
		for _, other := range meant {
			words[w+other], words[w+"s"+other] = 1, 1
		}
	}
	var list []Word
	for text, count := range words {
		list = append(list, Word{text, count})
	}
	return list // in any order
}

func texts(corrections []Correction) []string {
	var texts []string
	for _, c := range corrections {
		texts = append(texts, c.Text)
	}
	return texts
}

func TestTypingErrorsAreCorrected(t *testing.T) {
	words := nearWords()
	if len(words) < 30_000 {
		t.Fatalf("only %d words", len(words))
	}
	c := NewCorrector(words)
	all, first, among := 0, 0, 0
	for line := range strings.Lines(typingErrors) {
		fields := strings.Fields(line)
		all++
		switch at := slices.Index(texts(c.Correct(fields[0], 3)), fields[1]); {
		case at == 0:
			first++
			among++
		case at > 0:
			among++
		default:
			t.Logf("%s is not %s but %v", fields[0], fields[1], c.Correct(fields[0], 3))
		}
	}
	t.Logf("of %d errors, %.3f first, %.3f among three", all, float64(first)/float64(all), float64(among)/float64(all))
	if all < 200 || float64(first) < 0.9*float64(all) || float64(among) < 0.97*float64(all) {
		t.Errorf("of %d errors, %d first and %d among three", all, first, among)
	}
}

func TestCorrect(t *testing.T) {
	c := NewCorrector([]Word{
		{"les", 9}, {"lessen", 9}, {"school", 9}, {"scholen", 9}, {"schoot", 1}, {"leiding", 5}, {"lading", 5},
		{"vier", 2}, {"dier", 2}, {"gebeurt", 3}, {"bestand", 3}, {"nt2", 3}, {"café", 3}, {"avg-check", 3},
		{"gegevensbeschermingsautoriteit", 1}, {"beleid", 100}, {"beleig", 1}, {"aap", 1}, {"aapje", 1},
		{strings.Repeat("lang", 10), 1}, {strings.Repeat("lang", 10) + "s", 1}, {"", 1},
	})
	for typed, want := range map[string][]string{
		"shcool":                        {"school"},
		"schol":                         {"school"},
		"lijding":                       {"leiding"},
		"leidding":                      {"leiding"},
		"fier":                          {"vier"}, // the sound of the first letter
		"tier":                          {"dier"},
		"gebeurd":                       {"gebeurt"},
		"bestant":                       {"bestand"},
		"beleit":                        {"beleid", "beleig"},
		"beleid":                        {"beleig"}, // never the word itself
		"gegevesbeschermingsautoritijt": {"gegevensbeschermingsautoriteit"},

		"les": nil, "lse": nil, "aa": nil, "": nil, // too short
		"nt3": nil, "nt22": nil, "cafe": nil, "avg-chek": nil, // not of letters only
		"windmolen": nil, "qqqqqqqqq": nil,
		strings.Repeat("lang", 10) + "z": nil, // too long
		strings.Repeat("lang", 2500):     nil,
		"\xff\xfe\xfd\xfc":               nil, "👩‍🏫": nil, "SCHOOL": nil,
	} {
		if got := texts(c.Correct(typed, 3)); !slices.Equal(got, want) {
			t.Errorf("%.40q: %v, want %v", typed, c.Correct(typed, 3), want)
		}
	}
	for _, most := range []int{-1, 0} {
		if got := c.Correct("schol", most); len(got) != 0 {
			t.Errorf("%d corrections: %v", most, got)
		}
	}
	if got := NewCorrector(nil).Correct("school", 3); len(got) != 0 {
		t.Errorf("of no words: %v", got)
	}
}

func TestCommonWordsAreLikelier(t *testing.T) {
	c := NewCorrector([]Word{{"kaars", 1}, {"kaart", 1}, {"kaard", 500}, {"kaard", 2}})
	want := []Correction{{"kaard", 1 - 0.08*math.Log(500)}, {"kaars", 1}, {"kaart", 1}}
	if got := c.Correct("kaarp", 5); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestConfusionsCostWhatTheySay(t *testing.T) {
	for _, f := range confusions {
		typed, meant := "la"+f.a, "la"+f.b
		if !f.atEnd {
			typed, meant = typed+"la", meant+"la"
		}
		if forth, back := newChannel(typed, 3).cost(meant, never), newChannel(meant, 3).cost(typed, never); forth > int(f.cost) || forth != back {
			t.Errorf("%s for %s costs %d, and %d the other way", typed, meant, forth, back)
		}
	}
}

func TestMoreCorrectionsBeginWithTheSame(t *testing.T) {
	c := NewCorrector(nearWords())
	for line := range strings.Lines(typingErrors) {
		typed := strings.Fields(line)[0]
		all := c.Correct(typed, 1000)
		for _, most := range []int{1, 3} {
			if got := c.Correct(typed, most); !slices.Equal(got, all[:min(most, len(all))]) {
				t.Errorf("%s: %v, of %v", typed, got, all[:min(10, len(all))])
			}
		}
	}
}

func TestOrderOfWordsDoesNotMatter(t *testing.T) {
	words := nearWords()
	a := NewCorrector(words)
	slices.Reverse(words)
	if !reflect.DeepEqual(a, NewCorrector(words)) {
		t.Error("another corrector of the same words in another order")
	}
}

func TestCorrectorForManyAtOnce(t *testing.T) {
	c := NewCorrector(nearWords())
	want := c.Correct("veiligehid", 3)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got := c.Correct("veiligehid", 3); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			c.Complete("v", 8)
		})
	}
	all.Wait()
}

func TestComplete(t *testing.T) {
	c := NewCorrector([]Word{{"beleid", 5}, {"beleidsplan", 9}, {"beeld", 5}, {"zorg", 7}, {"é", 1}, {"bel", 1}, {"a4", 2}})
	tests := []struct {
		prefix string
		most   int
		want   []string
	}{
		{"bel", 9, []string{"beleidsplan", "beleid", "bel"}},
		{"b", 9, []string{"beleidsplan", "beeld", "beleid", "bel"}},
		{"b", 2, []string{"beleidsplan", "beeld"}},
		{"b", 0, nil},
		{"b", -1, nil},
		{"", 2, []string{"beleidsplan", "zorg"}},
		{"a", 9, []string{"a4"}},
		{"é", 9, []string{"é"}},
		{"beleidsplannen", 9, nil},
		{"zz", 9, nil},
		{"\xff", 9, nil},
		{strings.Repeat("b", 10_000), 9, nil},
	}
	for _, test := range tests {
		if got := c.Complete(test.prefix, test.most); !slices.Equal(got, test.want) {
			t.Errorf("%.40q: %q, want %q", test.prefix, got, test.want)
		}
	}
}

func FuzzCorrector(f *testing.F) {
	for _, seed := range [][2]string{
		{"school scholen scholing", "shcool"},
		{"logisch logies", "logies"},
		{"x ks xx ksks", "ksks"},
		{strings.Repeat("a", 40), strings.Repeat("a", 41)},
		{strings.Repeat("ij", 20), strings.Repeat("ei", 20)},
		{"\xff é 👩‍🏫", "\xff\xff\xff\xff"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, list, typed string) {
		var words []Word
		for i, text := range strings.Fields(list) {
			words = append(words, Word{text, i - 1})
		}
		c := NewCorrector(words)
		got := c.Correct(typed, 3)
		if len(got) > 3 || !slices.IsSortedFunc(got, func(a, b Correction) int { return cmp.Compare(a.Cost, b.Cost) }) {
			t.Errorf("%q: %v", typed, got)
		}
		for _, g := range got {
			if g.Text == typed || !slices.ContainsFunc(words, func(w Word) bool { return w.Text == g.Text }) {
				t.Errorf("%q: %v", typed, got)
			}
		}
		for _, text := range c.Complete(typed, 3) {
			if !strings.HasPrefix(text, typed) || !slices.ContainsFunc(words, func(w Word) bool { return w.Text == text }) {
				t.Errorf("%q: completed to %q", typed, text)
			}
		}
	})
}

// manyWords gives 50,000 words as long as those of a text, made of syllables.
func manyWords() []Word {
	starts := strings.Fields("b d g k l m n p r s t v w z sch st br tr kl pr")
	rimes := strings.Fields("a e o aal eid ing en er oor ijk ie oep ent ach and ool uur isch el os")
	words := make([]Word, 50_000)
	for i := range words {
		text, n := "", uint32(i)*2654435761
		for range 2 + i%3 {
			text += starts[n%20] + rimes[n/20%20]
			n = n/400 ^ n*40503
		}
		words[i] = Word{text, 1 + i%100}
	}
	return words
}

func BenchmarkNewCorrector(b *testing.B) {
	words := manyWords()
	for b.Loop() {
		NewCorrector(words)
	}
}

func BenchmarkCorrect(b *testing.B) {
	c := NewCorrector(manyWords())
	for _, typed := range []string{"kaalen", "prentooren", "schijkerel", "vandachtiesen", strings.Repeat("enteringen", 4)} {
		b.Run(fmt.Sprint(typed[:min(13, len(typed))], len(typed)), func(b *testing.B) {
			for b.Loop() {
				c.Correct(typed, 3)
			}
		})
	}
}

func BenchmarkComplete(b *testing.B) {
	c := NewCorrector(manyWords())
	for _, prefix := range []string{"", "s", "scha"} {
		b.Run("prefix "+prefix, func(b *testing.B) {
			for b.Loop() {
				c.Complete(prefix, 8)
			}
		})
	}
}
