package search

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// ranked asks for a word that is in all documents in the same place, so that only
// what they are makes their order. It gives the addresses and the scores.
func ranked(t *testing.T, docs []Document, b Boosts) (order []string, scores map[string]float64) {
	t.Helper()
	for i := range docs {
		docs[i].Title, docs[i].Sections = "Iets", []Section{{Text: "Over rekenen."}}
	}
	x := openWith(t, docs, Settings{Language: "nl", Boosts: b})
	scores = map[string]float64{}
	for _, h := range ask(t, x, Query{Text: "rekenen"}).Hits {
		order = append(order, h.URL)
		scores[h.URL] = h.Score
	}
	return order, scores
}

// times compares the scores with that of a page for which nothing counts.
func times(t *testing.T, scores map[string]float64, plain string, want map[string]float64) {
	t.Helper()
	for url, times := range want {
		if got := scores[url] / scores[plain]; math.Abs(got-times) > 1e-4 {
			t.Errorf("%s counts %f times, want %f", url, got, times)
		}
	}
}

func TestKindsCount(t *testing.T) {
	docs := func() []Document {
		return []Document{{URL: "/a/", Kind: "les"}, {URL: "/b/", Kind: "proef"}, {URL: "/c/"}, {URL: "/d/", Kind: "nieuws"}, {URL: "/e/#f", Kind: "proef"}}
	}
	order, _ := ranked(t, docs(), Boosts{})
	if !slices.Equal(order, []string{"/a/", "/b/", "/c/", "/d/", "/e/#f"}) {
		t.Errorf("without boosts: %v", order)
	}
	order, scores := ranked(t, docs(), Boosts{Kinds: map[string]float64{"proef": 1.5, "les": 0.5, "onbekend": 2}})
	if !slices.Equal(order, []string{"/b/", "/e/#f", "/c/", "/d/", "/a/"}) {
		t.Errorf("with boosts: %v", order)
	}
	times(t, scores, "/c/", map[string]float64{"/a/": 0.5, "/b/": 1.5, "/d/": 1, "/e/#f": 1.5 * onPage})
}

// What is newest in the index counts in full, whatever the day of today; a page
// without a date or of no kind is no news.
func TestRecentCounts(t *testing.T) {
	for _, year := range []int{1999, 2024, 2999} {
		docs := []Document{
			{URL: "/kindless/", Date: fmt.Sprint(year+1, "-01-01")},
			{URL: "/new/", Kind: "les", Date: fmt.Sprint(year, "-12-31")},
			{URL: "/no-date/", Kind: "les", Date: "najaar"},
			{URL: "/old/", Kind: "les", Date: fmt.Sprint(year-9, "-06-01")},
			{URL: "/undated/", Kind: "les"},
			{URL: "/weeks/", Kind: "nieuws", Date: fmt.Sprint(year, "-11-01")},
		}
		order, scores := ranked(t, slices.Clone(docs), Boosts{RecentPercent: 40, RecentDays: 60})
		if !slices.Equal(order, []string{"/new/", "/weeks/", "/kindless/", "/no-date/", "/old/", "/undated/"}) {
			t.Errorf("%d: %v", year, order)
		}
		times(t, scores, "/undated/", map[string]float64{"/new/": 1.4, "/weeks/": 1.2, "/old/": 1, "/no-date/": 1, "/kindless/": 1})

		_, scores = ranked(t, slices.Clone(docs), Boosts{RecentPercent: 40, Kinds: map[string]float64{"nieuws": 2}})
		times(t, scores, "/undated/", map[string]float64{"/new/": 1.4, "/weeks/": 2 * (1 + 0.4*math.Exp2(-60.0/365))})

		_, scores = ranked(t, docs, Boosts{RecentDays: 60})
		times(t, scores, "/undated/", map[string]float64{"/new/": 1, "/weeks/": 1, "/old/": 1})
	}
	_, scores := ranked(t, []Document{{URL: "/a/"}, {URL: "/b/", Kind: "les"}}, Boosts{RecentPercent: 50})
	times(t, scores, "/a/", map[string]float64{"/b/": 1})
}

// Pages of one kind keep their order when kinds count more or less, also those that
// are too far down to be read again.
func TestKindsKeepTheirOrder(t *testing.T) {
	docs := manyDocuments(150)
	settings := manySettings
	settings.Limits.Hits = len(docs)
	plain := openWith(t, docs, settings)
	settings.Boosts.Kinds = map[string]float64{"experiment": 0.5, "publicatie": 2, "campagne": 1.1}
	boosted := openWith(t, docs, settings)
	byKind := func(r *Results) map[string][]string {
		kinds := map[string][]string{}
		for _, h := range r.Hits {
			kinds[h.Kind] = append(kinds[h.Kind], h.URL)
		}
		return kinds
	}
	differ := 0
	for i := range 10 {
		text := strings.Join(strings.Fields(docs[i].Title)[:3], " ")
		query := Query{Text: text, Limit: len(docs)}
		was, is := ask(t, plain, query), ask(t, boosted, query)
		if len(was.Hits) > mostReread && titles(was) != titles(is) {
			differ++
		}
		if !reflect.DeepEqual(byKind(was), byKind(is)) {
			t.Errorf("%q: pages of a kind are in another order", text)
		}
	}
	if differ < 5 {
		t.Errorf("only %d orders changed: this tests little", differ)
	}
}
