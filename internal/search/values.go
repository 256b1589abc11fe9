package search

import (
	"cmp"
	"slices"
	"strings"
)

// kindFacet is the number of the facet that holds the kinds; the declared facets
// follow it. Treating kinds as a facet makes one filter and one count of two.
const (
	kindFacet = 0
	kindName  = "kind"
)

// valueTable numbers the values of all facets.
type valueTable struct {
	facets  []Facet // the kinds, then the declared facets
	values  []facetValue
	numbers []map[string]int32 // by facet
	order   []int32            // all values as readers see them, by facet; made by sort
}

type facetValue struct {
	facet int
	value string
	label string
	rank  int // place among the declared values
}

func newValueTable(s Settings) *valueTable {
	t := &valueTable{facets: append([]Facet{{Name: kindName, Values: s.Kinds}}, s.Facets...)}
	for i, f := range t.facets {
		t.numbers = append(t.numbers, map[string]int32{})
		for rank, v := range f.Values {
			t.add(facetValue{i, v.Value, cmp.Or(v.Label, v.Value), rank})
		}
	}
	t.sort()
	return t
}

// facet gives the number of the facet with a name, -1 when there is none.
func (t *valueTable) facet(name string) int {
	return slices.IndexFunc(t.facets, func(f Facet) bool { return f.Name == name })
}

// number gives the number of a value, which is entered when it is new.
func (t *valueTable) number(facet int, value string) int32 {
	if n, known := t.numbers[facet][value]; known {
		return n
	}
	return t.add(facetValue{facet, value, value, len(t.facets[facet].Values)})
}

func (t *valueTable) add(v facetValue) int32 {
	if n, known := t.numbers[v.facet][v.value]; known {
		return n
	}
	n := int32(len(t.values))
	t.values = append(t.values, v)
	t.numbers[v.facet][v.value] = n
	return n
}

// of gives the numbers and the labels of a document's values, each once and in
// the order of the facets. Facets that are not declared are left out.
func (t *valueTable) of(d *Document) (numbers []int32, labels []string) {
	add := func(facet int, value string) {
		n := t.number(facet, value)
		if slices.Contains(numbers, n) {
			return
		}
		numbers = append(numbers, n)
		labels = append(labels, t.values[n].label)
	}
	if d.Kind != "" {
		add(kindFacet, d.Kind)
	}
	for i := kindFacet + 1; i < len(t.facets); i++ {
		for _, value := range d.Facets[t.facets[i].Name] {
			if value != "" {
				add(i, value)
			}
		}
	}
	return numbers, labels
}

// sort works out the order, after values were added.
func (t *valueTable) sort() {
	if len(t.order) == len(t.values) {
		return
	}
	t.order = make([]int32, len(t.values))
	for i := range t.order {
		t.order[i] = int32(i)
	}
	slices.SortFunc(t.order, func(a, b int32) int {
		v, w := &t.values[a], &t.values[b]
		return cmp.Or(cmp.Compare(v.facet, w.facet), cmp.Compare(v.rank, w.rank),
			strings.Compare(strings.ToLower(v.label), strings.ToLower(w.label)), strings.Compare(v.value, w.value))
	})
}

// clone gives a copy that can grow while this one is read.
func (t *valueTable) clone() *valueTable {
	c := &valueTable{facets: t.facets, values: slices.Clone(t.values), order: t.order}
	for _, numbers := range t.numbers {
		m := make(map[string]int32, len(numbers))
		for value, n := range numbers {
			m[value] = n
		}
		c.numbers = append(c.numbers, m)
	}
	return c
}
