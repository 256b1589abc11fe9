package diag

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

var (
	codeA = Define("test-a", Error, "Een fout", "Zo los je hem op.")
	codeB = Define("test-b", Warning, "Een waarschuwing", "Zo voorkom je haar.")
)

func TestDefine(t *testing.T) {
	ids := []string{}
	for _, c := range Codes() {
		ids = append(ids, c.ID)
	}
	if !slices.Contains(ids, "test-a") || !slices.Contains(ids, "test-b") || !slices.IsSorted(ids) {
		t.Error(ids)
	}
	defer func() {
		if r := recover(); r == nil || !strings.Contains(fmt.Sprint(r), "test-a") {
			t.Errorf("a code defined twice: %v", r)
		}
	}()
	Define("test-a", Info, "", "")
}

func TestSeverity(t *testing.T) {
	for severity, want := range map[Severity]string{Info: "info", Warning: "waarschuwing", Error: "fout"} {
		if got := severity.String(); got != want {
			t.Errorf("%d is %q, want %q", severity, got, want)
		}
	}
	if HasErrors(nil) || HasErrors([]Message{{Severity: Warning}}) || !HasErrors([]Message{{Severity: Info}, {Severity: Error}}) {
		t.Error("HasErrors")
	}
}

func TestWrite(t *testing.T) {
	messages := []Message{
		codeA.At("a.md", 3, 7, "sleutel fout", "doe iets"),
		codeB.At("a.md", 3, 0, "regel fout", ""),
		codeB.At("a.md", 0, 0, "bestand fout", "weg ermee"),
		codeB.At("", 0, 0, "alles fout", ""),
	}
	const want = `a.md:3:7: fout: sleutel fout [test-a]
    doe iets
a.md:3: waarschuwing: regel fout [test-b]
a.md: waarschuwing: bestand fout [test-b]
    weg ermee
waarschuwing: alles fout [test-b]
`
	var b strings.Builder
	if err := Write(&b, messages); err != nil || b.String() != want {
		t.Errorf("%v, got\n%s\nwant\n%s", err, b.String(), want)
	}
	for room := range 1 {
		if err := Write(&full{0}, messages); !errors.Is(err, errFull) {
			t.Errorf("a writer that is full after %d writes gives %v", room, err)
		}
	}
}

var errFull = errors.New("full")

type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room == 0 {
		return 0, errFull
	}
	f.room--
	return len(p), nil
}

func TestMessageJSON(t *testing.T) {
	message := codeA.At("a.md", 3, 7, "t", "")
	got, err := json.Marshal(message)
	const want = `{"code":"test-a","severity":"fout","file":"a.md","line":3,"col":7,"text":"t"}`
	if err != nil || string(got) != want {
		t.Errorf("%v %s, want %s", err, got, want)
	}
	var back Message
	if err := json.Unmarshal(got, &back); err != nil || back != message {
		t.Errorf("%v %+v, want %+v", err, back, message)
	}
	if err := json.Unmarshal([]byte(`{"severity":"erg"}`), &back); err == nil {
		t.Error("an unknown severity is read")
	}
}

// Messages have one order, whatever the order in which they came.
func TestListSorted(t *testing.T) {
	want := []Message{
		{Code: "b", File: "", Text: "x"},
		{Code: "a", File: "a.md", Text: "x"},
		{Code: "b", File: "a.md", Line: 2, Text: "x"},
		{Code: "b", File: "a.md", Line: 2, Col: 1, Severity: Error, Text: "x"},
		{Code: "a", File: "a.md", Line: 2, Col: 1, Severity: Warning, Text: "x"},
		{Code: "b", File: "a.md", Line: 2, Col: 1, Severity: Warning, Text: "x"},
		{Code: "b", File: "a.md", Line: 2, Col: 1, Severity: Warning, Text: "y"},
		{Code: "b", File: "a.md", Line: 2, Col: 1, Severity: Warning, Text: "y", Hint: "h"},
		{Code: "b", File: "a.md", Line: 10, Text: "x"},
		{Code: "b", File: "b.md", Line: 1, Text: "x"},
	}
	for range 100 {
		var list List
		var wait sync.WaitGroup
		for _, i := range rand.Perm(2 * len(want)) { // each twice
			wait.Go(func() { list.Add(want[i%len(want)]) })
		}
		wait.Wait()
		if got := list.Sorted(); !slices.Equal(got, want) {
			t.Fatalf("got\n%v\nwant\n%v", got, want)
		}
	}
	var list List
	list.Add()
	if got := list.Sorted(); len(got) != 0 {
		t.Error(got)
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct{ word, candidates, want string }{
		{"titel", "title tags", "title"},
		{"TITLE", "tags title", "title"},
		{"lopnd", "gepland lopend", "lopend"},
		{"begroting", "bijeenkomst netwerk", ""},
		{"studie", "studiejaar", ""},
		{"ül", "ul ol", "ul"},
		{"nl", "en nl", "nl"},
		{"lm", "en nl", ""},
		{"ne", "en nl", "en"},
		{"x", "y X", "X"},
		{"x", "y z", ""},
		{"", "a bb", ""},
		{"abc", "", ""},
		{"katt", "kant kat", "kant"}, // of equals the first
	} {
		if got := Nearest(test.word, strings.Fields(test.candidates)); got != test.want {
			t.Errorf("%q of %s: %q, want %q", test.word, test.candidates, got, test.want)
		}
	}
}

func TestSuggest(t *testing.T) {
	for _, test := range []struct {
		word    string
		allowed []string
		want    string
	}{
		{"titel", []string{"title", "date"}, `bedoelde je "title"? toegestaan: title, date`},
		{"foo", []string{"title", "date"}, "toegestaan: title, date"},
		{"", []string{"a", "b"}, "toegestaan: a, b"},
		{"foo", nil, ""},
		{"titel", append(many(mostListed-1), "title"), `bedoelde je "title"? toegestaan: ` + strings.Join(append(many(mostListed-1), "title"), ", ")},
		{"titel", append(many(mostListed), "title"), `bedoelde je "title"?`},
		{"foo", many(100), "toegestaan: " + strings.Join(many(100), ", ")},
	} {
		if got := Suggest(test.word, test.allowed); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
}

func many(n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("sleutel-%d", i)
	}
	return words
}

// distance against its definition.
func FuzzDistance(f *testing.F) {
	for _, seed := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "ab", 2}, {"ab", "ba", 1}, {"ca", "abc", 3}, {"titel", "title", 1}, {"ééé", "eee", 3}, {"kitten", "sitting", 3}, {"abcd", "badc", 2}} {
		if got := exact([]rune(seed.a), []rune(seed.b)); got != seed.want {
			f.Fatalf("seed %q %q: %d, want %d", seed.a, seed.b, got, seed.want)
		}
		f.Add(seed.a, seed.b)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
		if len(x) > 8 || len(y) > 8 {
			return
		}
		got := exact(x, y)
		if want := defined(x, y); got != want {
			t.Errorf("%q %q: %d, want %d", a, b, got, want)
		}
		if back := exact(y, x); back != got {
			t.Errorf("%q %q: %d one way, %d the other", a, b, got, back)
		}
	})
}

// exact is the distance with a limit that no word reaches.
func exact(a, b []rune) int { return new(aligner).distance(a, string(b), 100) }

func defined(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	la, lb := len(a)-1, len(b)-1
	cost := 1
	if a[la] == b[lb] {
		cost = 0
	}
	d := min(defined(a[:la], b)+1, defined(a, b[:lb])+1, defined(a[:la], b[:lb])+cost)
	if la > 0 && lb > 0 && a[la] == b[lb-1] && a[la-1] == b[lb] {
		d = min(d, defined(a[:la-1], b[:lb-1])+1)
	}
	return d
}
