package theme

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestSumOfTellsApart(t *testing.T) {
	card := func(c Card) *Card { return Seal(&c) }
	views := []any{
		&Site{}, &Site{Title: "a"}, &Site{Description: "a"}, &Site{Title: "ab", Description: "c"}, &Site{Title: "a", Description: "bc"},
		&Site{Menu: []Link{{"a", "b"}}}, &Site{Menu: []Link{{"ab", ""}}}, &Site{Menu: []Link{{"a", ""}, {"b", ""}}}, &Site{Menu: []Link{{}}},
		&Site{Footer: []Link{{"a", "b"}}}, &Site{Contact: &Link{}}, &Site{Repository: &Link{}},
		&struct{ Words []string }{[]string{"ab", "c"}}, &struct{ Words []string }{[]string{"a", "bc"}}, &struct{ Words []string }{[]string{"a", "b", "c"}},
		&struct{ A, B []string }{[]string{"x"}, nil}, &struct{ A, B []string }{nil, []string{"x"}},
		&struct{ A, B bool }{true, false}, &struct{ A, B bool }{false, true},
		&struct{ N int }{128}, &struct{ N int }{-128}, &struct{ N int }{1 << 40}, &struct{ F float64 }{1.5}, &struct{ F float64 }{-1.5},
		&Page{}, &Page{Draft: true}, &Page{Example: true}, &Page{Body: Seal(&Body{})}, &Page{Body: Seal(&Body{HTML: "x"})},
		&List{Cards: []*Card{card(Card{Title: "a"}), card(Card{Title: "b"})}}, &List{Cards: []*Card{card(Card{Title: "b"}), card(Card{Title: "a"})}},
		&List{Sections: []*Card{card(Card{Title: "a"}), card(Card{Title: "b"})}}, &List{Total: 1}, &List{Pager: &Pager{}},
	}
	seen := map[Sum]string{}
	for _, view := range views {
		text := fmt.Sprintf("%T %+v", view, view)
		sum := SumOf(view)
		if sum != SumOf(view) {
			t.Errorf("%s has two sums", text)
		}
		if other, ok := seen[sum]; ok {
			t.Errorf("%s and %s have the same sum", text, other)
		}
		seen[sum] = text
	}
	view := &Page{Title: "a"}
	with := []Sum{SumOf(view), SumOf(view, Sum{1}), SumOf(view, Sum{2}), SumOf(view, Sum{1}, Sum{2}), SumOf(view, Sum{2}, Sum{1})}
	for i, a := range with {
		for _, b := range with[:i] {
			if a == b {
				t.Errorf("the sums that a view is used with do not count: %v", with)
			}
		}
	}
}

// The sum of a part stands for the part.
func TestSumOfParts(t *testing.T) {
	a, b := &Page{Site: Seal(&Site{Title: "x"})}, &Page{Site: Seal(&Site{Title: "x"})}
	if SumOf(a) != SumOf(b) {
		t.Error("equal parts give different sums")
	}
	if a.Site.Sum() != SumOf(&Site{Title: "x"}) {
		t.Error("a part's sum is not that of its fields")
	}
}

func TestSealPanics(t *testing.T) {
	for want, f := range map[string]func(){
		"sealed twice":        func() { Seal(Seal(&Card{})) },
		"before it is sealed": func() { SumOf(&Page{Site: &Site{}}) },
		"held by pointer":     func() { SumOf(&struct{ Card Card }{}) },
		"cannot hold a map":   func() { SumOf(&struct{ M map[string]int }{}) },
		"cannot hold a error": func() {
			SumOf(&struct{ E error }{})
		},
		"cannot hold a func": func() { SumOf(&struct{ F func() }{}) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, want) {
					t.Errorf("panic %q, want %q", got, want)
				}
			}()
			f()
		}()
	}
}

func TestSumText(t *testing.T) {
	sum := SumOf(&Page{Title: "a"})
	data, err := json.Marshal(sum)
	if err != nil {
		t.Fatal(err)
	}
	var back Sum
	if err := json.Unmarshal(data, &back); err != nil || back != sum {
		t.Errorf("%s became %s: %v", sum, back, err)
	}
	for _, bad := range []string{`"abc"`, `"` + strings.Repeat("g", 32) + `"`, `"` + strings.Repeat("a", 34) + `"`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read as a sum", bad)
		}
	}
}
