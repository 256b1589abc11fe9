package search

import "slices"

// related gives the words of a query that no page holds in any form, while pages were
// found with other words for them. Missing are the words for which none were found.
func (p *plan) related(missing []string) []string {
	list := []string{}
	for i := range p.concepts {
		if c := &p.concepts[i]; c.onlyRelated() && !slices.Contains(missing, c.text) {
			list = append(list, c.text)
		}
	}
	return list
}

// onlyRelated reports whether only other words answer a word. Who misspelt a word did
// not mean what only its last part says.
func (c *concept) onlyRelated() bool {
	other, head, misspelt := false, false, false
	note := func(h how) (own bool) {
		switch h {
		case synonym, relatedTo:
			other = true
		case headOf:
			head = true
		case typingError:
			misspelt = true
		default:
			return true
		}
		return false
	}
	if slices.ContainsFunc(c.answers, func(a answer) bool { return note(a.how) }) ||
		slices.ContainsFunc(c.together, func(t together) bool { return note(t.how) }) {
		return false
	}
	return other || head && !misspelt
}
