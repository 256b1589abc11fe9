package diag

import (
	"fmt"
	"strings"
)

// Nearest returns the candidate that a writer most likely meant with word: the
// one at the smallest edit distance (insertions, deletions, substitutions and
// swaps of neighbours; the optimal string alignment distance), ignoring case.
// It returns "" when even the nearest is more than a third of the word away.
func Nearest(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	best, bestDistance := "", max(1, len(w)/3)+1
	for _, c := range candidates {
		if d := distance(w, []rune(strings.ToLower(c))); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// Suggest is the hint for a word that is not one of the allowed ones: the
// nearest spelling, then the allowed words.
func Suggest(word string, allowed []string) string {
	all := "toegestaan: " + strings.Join(allowed, ", ")
	if len(allowed) == 0 {
		return ""
	}
	if near := Nearest(word, allowed); near != "" {
		return fmt.Sprintf("bedoelde je %q? %s", near, all)
	}
	return all
}

func distance(a, b []rune) int {
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := range a {
		current[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			current[j+1] = min(previous[j+1]+1, current[j]+1, previous[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				current[j+1] = min(current[j+1], before[j-1]+1)
			}
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
