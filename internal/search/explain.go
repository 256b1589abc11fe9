package search

import (
	"cmp"
	"context"
	"slices"
)

// Explanation says how a hit came by its score, in words for an editor: the points
// of its words and of the rest add up to the score, but for a few times 0.000001 of
// rounding.
type Explanation struct {
	Words []WordExplanation `json:"words"` // of the query, in its order; without those that say nothing
	All   float64           `json:"all"`   // for holding all of them
	Place float64           `json:"place"` // less than 0: for being a place on a page, and no page
	Title float64           `json:"title"` // for a title that is like the query
	Near  float64           `json:"near"`  // for holding words together

	Kind   BoostExplanation `json:"kind"`   // of all that: for being of a kind that counts more or less
	Recent BoostExplanation `json:"recent"` // and of all that: for being new
}

// BoostExplanation is what one of the [Boosts] gives.
type BoostExplanation struct {
	Times  float64 `json:"times"` // that the page counts; 1 when there is none
	Points float64 `json:"points"`
}

// WordExplanation is what a word of the query gives.
type WordExplanation struct {
	Word    string              `json:"word"` // as the reader wrote it
	Points  float64             `json:"points"`
	Answers []AnswerExplanation `json:"answers"` // most points first; none when the page does not hold the word
}

// AnswerExplanation is what one sort of answer gives to a word.
type AnswerExplanation struct {
	How    string             `json:"how"`   // "zelfde woord", "deel van"
	Words  []string           `json:"words"` // as they stand on the page, a few at most; none when they are not in its text any more
	Points float64            `json:"points"`
	Fields []FieldExplanation `json:"fields"` // from title to attachments
}

// FieldExplanation is what the words in one field give.
type FieldExplanation struct {
	Field  string  `json:"field"` // "titel", "tekst"
	Points float64 `json:"points"`
}

// mostExplained is how many words of a page are named for one sort of answer.
const mostExplained = 5

// explain explains the scores of hits. It counts again what match counts, by sort of
// answer and by field.
func (x *snapshot) explain(ctx context.Context, p *plan, hits []match, d *desk) ([]*Explanation, error) {
	numbers := make([]int, len(hits)) // of bleve
	list := make([]*Explanation, len(hits))
	for i, m := range hits {
		numbers[i] = m.number
		list[i] = &Explanation{Title: m.title, Near: m.near}
	}
	for i := range p.concepts {
		c := &p.concepts[i]
		if err := x.tallyConcept(ctx, d, c); err != nil {
			return nil, err
		}
		rarity := x.rarity(d.tally)
		sources, err := x.sources(ctx, c, numbers)
		if err != nil {
			return nil, err
		}
		for j, number := range numbers {
			w := WordExplanation{Word: c.text}
			if counted := d.tally.of[number]; counted.weight > 0 {
				w.Points = rarity * saturate(counted.weight)
				list[j].All += fullCover * rarity * counted.best / float64(len(p.concepts))
				if w.Answers, err = x.answered(sources, j, hits[j].record, w.Points/counted.weight); err != nil {
					return nil, err
				}
			}
			list[j].Words = append(list[j].Words, w)
		}
	}
	for i, e := range list {
		if slices.ContainsFunc(e.Words, func(w WordExplanation) bool { return w.Answers == nil }) {
			e.All = 0
		}
		given := e.All
		for _, w := range e.Words {
			given += w.Points
		}
		e.Place = given*hits[i].share() - given
		given += e.Place + e.Title + e.Near
		kind, recent := x.boosts(hits[i].record)
		e.Kind = BoostExplanation{kind, given * (kind - 1)}
		e.Recent = BoostExplanation{recent, (given + e.Kind.Points) * (recent - 1)}
	}
	return list, nil
}

// source is an answer, of one term or several together, with what it weighs on some
// pages.
type source struct {
	how     how
	terms   []string
	weights []byField // by page
}

// byField are the weighed occurrences in the fields of a page.
type byField [fieldCount]float64

func (w *byField) sum() (sum float64) {
	for _, n := range w {
		sum += n
	}
	return sum
}

// sources weighs all that answers a word of a query on some pages.
func (x *snapshot) sources(ctx context.Context, c *concept, numbers []int) ([]source, error) {
	var list []source
	for _, a := range c.answers {
		weights, err := x.weigh(ctx, []answer{a}, numbers)
		if err != nil {
			return nil, err
		}
		list = append(list, source{a.how, []string{a.term}, weights})
	}
	for _, g := range c.together {
		s := source{how: g.how}
		for i, member := range g.members {
			weights, err := x.weigh(ctx, member, numbers)
			if err != nil {
				return nil, err
			}
			for _, a := range member {
				s.terms = append(s.terms, a.term)
			}
			if i == 0 {
				s.weights = weights
				continue
			}
			for j := range weights { // the one that stands there least
				if weights[j].sum() < s.weights[j].sum() {
					s.weights[j] = weights[j]
				}
			}
		}
		for j := range s.weights {
			for field := range s.weights[j] {
				s.weights[j][field] *= g.weight
			}
		}
		list = append(list, s)
	}
	return list, nil
}

// weigh gives the weighed occurrences of answers, added up, on some pages.
func (x *snapshot) weigh(ctx context.Context, answers []answer, numbers []int) ([]byField, error) {
	weights := make([]byField, len(numbers))
	t := newTally(len(x.numbered))
	for field := range fields {
		t.clear()
		for _, a := range answers {
			if err := x.tallyField(ctx, t, field, a.term, a.weight); err != nil {
				return nil, err
			}
		}
		for i, number := range numbers {
			weights[i][field] = t.of[number].weight
		}
	}
	return weights, nil
}

// answered says what the sources of a word give to the page at a place in the list:
// so many points for each weighed occurrence.
func (x *snapshot) answered(sources []source, at int, r *record, points float64) ([]AnswerExplanation, error) {
	var sorts []how
	totals := map[how]*byField{}
	terms := map[string]how{}
	for _, s := range sources {
		if s.weights[at].sum() == 0 {
			continue
		}
		if totals[s.how] == nil {
			totals[s.how] = &byField{}
			sorts = append(sorts, s.how)
		}
		for field, n := range s.weights[at] {
			totals[s.how][field] += n
		}
		for _, term := range s.terms {
			if _, taken := terms[term]; !taken {
				terms[term] = s.how
			}
		}
	}
	words, err := x.wordsOf(r, terms)
	if err != nil {
		return nil, err
	}
	list := make([]AnswerExplanation, 0, len(sorts))
	for _, how := range sorts {
		a := AnswerExplanation{How: string(how), Words: words[how]}
		for field, n := range totals[how] {
			if n > 0 {
				a.Fields = append(a.Fields, FieldExplanation{fields[field].label, n * points})
				a.Points += n * points
			}
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b AnswerExplanation) int { return cmp.Compare(b.Points, a.Points) })
	return list, nil
}

// wordsOf gives the words of a page that have one of the terms, by the sort of
// answer that the term is: each form once, as it stands there first.
func (x *snapshot) wordsOf(r *record, terms map[string]how) (map[how][]string, error) {
	words := map[how][]string{}
	seen := map[string]bool{}
	visit := func(text string) {
		x.analyser.each(text, func(start, end int, of []*term) {
			for _, t := range of {
				how, ok := terms[t.text]
				if word := text[start:end]; ok && len(words[how]) < mostExplained && !seen[string(how)+normal(word)] {
					seen[string(how)+normal(word)] = true
					words[how] = append(words[how], word)
				}
			}
		})
	}
	visit(r.Title)
	all(r.names, visit)
	visit(r.Description)
	for _, s := range r.sections {
		visit(s.Title)
	}
	for _, v := range r.values {
		visit(x.table.values[v].label)
	}
	text, err := r.textOf(x.texts)
	if err != nil {
		return nil, err
	}
	for _, s := range r.sections {
		visit(text[:s.size])
		text = text[s.size:]
	}
	return words, nil
}
