package search

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
)

func newLive(t *testing.T, s Settings) *Live {
	t.Helper()
	l, err := NewLive(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestLive(t *testing.T) {
	l := newLive(t, hubSettings)
	if r := ask(t, l, Query{Text: "rekenen"}); r.Total != 0 {
		t.Errorf("empty: %+v", r)
	}
	apply := func(docs []Document, want int) {
		t.Helper()
		if got, err := l.Apply(docs); err != nil || got != want {
			t.Errorf("changed %d (%v), want %d", got, err, want)
		}
	}
	docs := hubDocuments()
	apply(docs, len(docs))
	first := l.ID()
	apply(hubDocuments(), 0) // equal, though not the same
	if l.ID() != first {
		t.Error("the ID changed and the documents did not")
	}
	docs = hubDocuments()
	docs[3].Title = "Zebra"
	docs[4].Facets = map[string][]string{"status": {"nieuw"}}
	apply(docs, 2)
	if l.ID() == first {
		t.Error("the documents changed and the ID did not")
	}
	if r := ask(t, l, Query{Text: "zebra"}); r.Total != 1 {
		t.Errorf("the new title finds %d", r.Total)
	}
	if r := ask(t, l, Query{Facets: map[string][]string{"status": {"nieuw"}}}); r.Total != 1 {
		t.Errorf("the new value finds %d", r.Total)
	}
	apply(docs[1:], 1)
	if r := ask(t, l, Query{Text: "telraam"}); r.Total != 0 {
		t.Errorf("the removed page is found: %s", titles(r))
	}
	if _, err := l.Apply([]Document{{URL: "/a/"}, {URL: "/a/"}}); err == nil {
		t.Error("two documents with one URL")
	}
	if r := ask(t, l, Query{Text: "zebra"}); r.Total != 1 {
		t.Errorf("after a fault it finds %d", r.Total)
	}
}

// After any series of edits, Live answers as an index that was built at once, but
// that what it took for compounds is from when it learned last.
func TestLiveEqualsBuild(t *testing.T) {
	words := []string{"rekenen", "bril", "docent", "nieuw", "verse", "woorden", "titel", "les", "school", "onderwijs"}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 3))
		settings := hubSettings
		settings.Language = []string{"nl", "en"}[seed%2]
		if seed >= 4 {
			settings.Boosts = Boosts{Kinds: map[string]float64{"experiment": 1.3, "campagne": 0.7}, RecentPercent: 30}
		}
		l := newLive(t, settings)
		docs := hubDocuments()
		added := 0
		for step := range 12 {
			docs = slices.Clone(docs)
			for range 1 + r.IntN(4) {
				i := r.IntN(len(docs))
				switch r.IntN(6) {
				case 0:
					docs = slices.Delete(docs, i, i+1)
				case 1:
					added++
					docs = append(docs, Document{URL: fmt.Sprintf("/nieuw-%d/", added), Title: words[r.IntN(len(words))],
						Sections: []Section{{"a", words[r.IntN(len(words))], words[r.IntN(len(words))]}, {"b", "", words[r.IntN(len(words))] + "."}}})
				case 2:
					docs[i].Title = words[r.IntN(len(words))] + " " + words[r.IntN(len(words))]
				case 3:
					docs[i].Facets = map[string][]string{"thema": {[]string{"ai", "vr", "eigen", "Ander"}[r.IntN(4)]}}
				case 4:
					j := r.IntN(len(docs))
					docs[i], docs[j] = docs[j], docs[i]
				case 5:
					docs[i].Date = fmt.Sprintf("2024-%02d-01", 1+r.IntN(12)) // may be the newest, or was
				}
			}
			if step == 6 {
				l.segments = mostSegments // as after many edits
			}
			if _, err := l.Apply(docs); err != nil {
				t.Fatal(err)
			}
		}
		if settings.Language == "nl" {
			if err := l.renew(docs); err != nil {
				t.Fatal(err)
			}
		}
		got, want := sample(t, l), sample(t, openWith(t, docs, settings))
		for i := range want {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("seed %d, query %d:\ngot  %+v\nwant %+v", seed, i, got[i], want[i])
			}
		}
	}
}

func TestSearchWhileApplying(t *testing.T) {
	l := newLive(t, hubSettings)
	docs := hubDocuments()
	docs[5].Title = "veranderlijk"
	if _, err := l.Apply(docs); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				// A page has its old or its new title, and is there once.
				if r := ask(t, l, Query{Text: "veranderlijk"}); r.Total != 1 {
					t.Errorf("found %d", r.Total)
					return
				}
			}
		})
	}
	for i := range 60 {
		docs = slices.Clone(docs)
		docs[5].Title = fmt.Sprint("veranderlijk ", i)
		if i%20 == 19 {
			l.segments = mostSegments
		}
		if _, err := l.Apply(docs); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wait.Wait()
}
