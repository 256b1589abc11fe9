package diag

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// plain is the distance without any short cut.
func plain(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func TestShortCutsKeepTheDistance(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var l aligner
	near := 0
	for range 200_000 {
		word := func() string {
			var b strings.Builder
			for range random.IntN(9) {
				b.WriteByte("abc"[random.IntN(3)])
			}
			return b.String()
		}
		a, b := word(), word()
		want := plain([]rune(a), []rune(b))
		for limit := range 4 {
			got := l.distance([]rune(a), b, limit)
			if want <= limit && got != want || want > limit && got <= limit {
				t.Fatalf("%q and %q, limit %d: got %d, want %d", a, b, limit, got, want)
			}
		}
		if want < 4 {
			near++
		}
	}
	if near < 1000 {
		t.Errorf("only %d pairs were near", near)
	}
}
