package site

import (
	"cmp"
	"slices"

	"kennishub/internal/schema"
)

// Tally is how many pages were counted for one year.
type Tally struct {
	Year     string // as [schema.Counting.Counts] gives it
	Pages    int    // real ones
	Examples int    // marked with voorbeeld: they show something and count for nothing
}

// Count counts the published pages of a kind, the newest year first. There is one
// tally at least.
func (s *Site) Count(c *schema.Counting) []Tally {
	var tallies []Tally
	for i, k := range s.Config.Kinds {
		if k.Name != c.Kind {
			continue
		}
		for _, p := range s.Kinds[i] {
			year, ok := c.Counts(p.Document.Fields)
			if !ok {
				continue
			}
			at := slices.IndexFunc(tallies, func(t Tally) bool { return t.Year == year })
			if at < 0 {
				at, tallies = len(tallies), append(tallies, Tally{Year: year})
			}
			if p.Document.Example {
				tallies[at].Examples++
			} else {
				tallies[at].Pages++
			}
		}
	}
	if len(tallies) == 0 {
		return []Tally{{}}
	}
	slices.SortFunc(tallies, func(a, b Tally) int { return cmp.Compare(b.Year, a.Year) })
	return tallies
}
