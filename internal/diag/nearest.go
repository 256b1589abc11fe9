package diag

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	mostEdits  = 3  // how far a spelling may be off; further away lies another word
	mostListed = 20 // words beside a nearest one; among more of them it would not be seen
)

// Nearest returns the candidate that a writer most likely meant with word: the
// first at the smallest edit distance (insertions, deletions, substitutions and
// swaps of neighbours; the optimal string alignment distance), ignoring case. It
// returns "" when even that is more than [mostEdits], or a third of the word, away.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	limit := min(max(1, len(w)/3), mostEdits, len(w)-1) // something must be left of the word
	best := ""
	var a aligner
	for _, c := range candidates {
		if n := utf8.RuneCountInString(c); max(len(w)-n, n-len(w)) > limit {
			continue
		}
		if d := a.distance(w, c, limit); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// Suggest is the hint for a word that is not one of the allowed ones: the
// nearest spelling, and the allowed words unless there are many besides that.
func Suggest(word string, allowed []string) string {
	if len(allowed) == 0 {
		return ""
	}
	near := Nearest(word, allowed)
	if near != "" && len(allowed) > mostListed {
		return fmt.Sprintf("bedoelde je %q?", near)
	}
	all := "toegestaan: " + strings.Join(allowed, ", ")
	if near != "" {
		return fmt.Sprintf("bedoelde je %q? %s", near, all)
	}
	return all
}

// aligner keeps the memory that comparing words takes.
type aligner struct {
	b    []rune
	rows [3][]int
}

// distance is the distance between a and b when that is at most limit, and
// anything above limit otherwise. It looks only at the diagonal band in which such
// a distance can lie, and stops at the row where none is left, so that unlike
// words cost next to nothing.
func (l *aligner) distance(a []rune, word string, limit int) int {
	l.b = l.b[:0]
	for _, r := range word {
		l.b = append(l.b, unicode.ToLower(r))
	}
	b := l.b
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if max(len(a)-len(b), len(b)-len(a)) > limit {
		return limit + 1
	}
	for i := range l.rows {
		l.rows[i] = slices.Grow(l.rows[i][:0], len(b)+1)[:len(b)+1]
	}
	before, previous, current := l.rows[0], l.rows[1], l.rows[2]
	for j := range previous {
		previous[j] = j
	}
	lastLow := 0
	for i := range a {
		from, to := max(0, i-limit), min(len(b), i+1+limit)
		far := limit + 1
		if from == 0 {
			current[0] = i + 1
		} else {
			current[from] = far
		}
		low := current[from]
		for j := from; j < to; j++ {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			d := min(previous[j]+cost, current[j]+1)
			if j+1 < i+limit+1 {
				d = min(d, previous[j+1]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] && j-1 >= i-1-limit {
				d = min(d, before[j-1]+1)
			}
			current[j+1] = d
			low = min(low, d)
		}
		if low > limit && lastLow > limit {
			return far
		}
		lastLow = low
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
