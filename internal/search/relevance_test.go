package search_test

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kennishub/internal/attachment"
	"kennishub/internal/build"
	"kennishub/internal/search"
)

var update = flag.Bool("update", false, "record the figures of today")

// TestMain lets the program that tests read attachments too.
func TestMain(m *testing.M) {
	attachment.Main()
	os.Exit(m.Run())
}

const (
	judgements = "testdata/relevance.jsonl"
	recorded   = "testdata/relevance.txt"

	// mayDrop is how much worse a figure may be than the recorded one: pages change,
	// and one page that goes a place down is no loss.
	mayDrop = 0.02
)

// kinds are those of queries, all of which are judged.
var kinds = []string{"exact", "compound", "inflect", "prefix", "question", "synonym", "typo"}

// judged is a query with the pages that answer it, by address: 3 is what one looks
// for, 2 is good, 1 has something of it. They were judged by reading the pages, and
// not by what a search finds. Never change one to make a figure better.
type judged struct {
	Query string         `json:"q"`
	Kind  string         `json:"type"`
	Pages map[string]int `json:"rel"`
}

// TestRelevance asks the judged queries of the hub of this repository. The figures
// show with -v. After a change that is meant to be for the better:
//
//	go test ./internal/search -run Relevance -update
func TestRelevance(t *testing.T) {
	queries := readJudged(t)
	site := buildHub(t)
	index, err := search.Open(filepath.Join(site, ".search"))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()

	got := figures{}
	for _, q := range queries {
		for page := range q.Pages {
			if _, err := os.Stat(filepath.Join(site, filepath.FromSlash(page), "index.html")); err != nil {
				t.Errorf("%q is judged to be answered by %s, which is no page of the hub any more: correct %s", q.Query, page, judgements)
			}
		}
		r, err := index.Search(context.Background(), search.Query{Text: q.Query})
		if err != nil {
			t.Fatal(err)
		}
		f := q.score(r.Hits)
		got.add(q.Kind, f)
		got.add("all", f)
		if testing.Verbose() && f.ndcg < 0.5 {
			t.Logf("%-9s nDCG %.2f  %s", q.Kind, f.ndcg, q.Query)
		}
	}
	t.Log("\n" + got.String())
	if *update {
		if err := os.WriteFile(recorded, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	before := readFigures(t)
	for _, kind := range append(kinds, "all") {
		now, was := got[kind].mean(), before[kind]
		worse := func(what string, now, was float64) {
			if now < was-mayDrop {
				t.Errorf("%s of %s fell from %.3f to %.3f", what, kind, was, now)
			}
		}
		worse("nDCG@10", now.ndcg, was.ndcg)
		if kind == "all" {
			worse("MRR", now.mrr, was.mrr)
			worse("recall@10", now.recall, was.recall)
			worse("the share of queries with a result", 1-now.zero, 1-was.zero)
		}
	}
}

func readJudged(t *testing.T) (list []judged) {
	t.Helper()
	data, err := os.ReadFile(judgements)
	if err != nil {
		t.Fatal(err)
	}
	counts, seen := map[string]int{}, map[string]bool{}
	for line := range bytes.Lines(data) {
		var q judged
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatalf("%s: %v", judgements, err)
		}
		if !slices.Contains(kinds, q.Kind) || seen[q.Query] || slices.Max(slices.Collect(maps.Values(q.Pages))) != 3 {
			t.Errorf("%q has a kind that is not there, is judged twice, or has no page that answers it", q.Query)
		}
		counts[q.Kind]++
		seen[q.Query] = true
		list = append(list, q)
	}
	for _, kind := range kinds {
		if counts[kind] < 12 {
			t.Errorf("%d queries of the kind %s are too few to tell anything", counts[kind], kind)
		}
	}
	return list
}

// buildHub builds the hub as it is published and gives the folder.
func buildHub(t *testing.T) string {
	t.Helper()
	source := t.TempDir()
	for _, name := range []string{"content", "themes"} {
		if err := os.CopyFS(filepath.Join(source, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile("../../site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(source, "site.yaml"), config, 0o666); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	output := filepath.Join(source, "public")
	b := build.New(build.Options{
		Source: source, Output: output, BaseURL: "https://hub.example/", Worker: []string{self},
		Now: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	})
	defer b.Close()
	if r, err := b.Build(context.Background()); err != nil {
		t.Fatalf("%v: %v", err, r)
	}
	return output
}

// figure says how well a query is answered, or several on average: normalised
// discounted cumulative gain of ten hits (Järvelin and Kekäläinen 2002), one divided
// by the place of the first page with a 3, the share of those that are found, and
// whether nothing was.
type figure struct{ ndcg, mrr, recall, zero float64 }

// score compares ten hits with the judgement. A place on a page counts as the page.
func (q *judged) score(hits []search.Hit) (f figure) {
	best, threes := 0.0, 0.0
	grades := slices.SortedFunc(maps.Values(q.Pages), func(a, b int) int { return cmp.Compare(b, a) })
	for i, grade := range grades {
		if i < 10 {
			best += gain(grade, i)
		}
		if grade == 3 {
			threes++
		}
	}
	seen := map[string]bool{}
	for _, hit := range hits {
		page, _, _ := strings.Cut(hit.URL, "#")
		if seen[page] {
			continue
		}
		grade := q.Pages[page]
		f.ndcg += gain(grade, len(seen)) / best
		seen[page] = true
		if grade == 3 {
			f.recall += 1 / threes
			if f.mrr == 0 {
				f.mrr = 1 / float64(len(seen))
			}
		}
	}
	if len(hits) == 0 {
		f.zero = 1
	}
	return f
}

func gain(grade, place int) float64 {
	return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(place+2))
}

// sum adds up figures of n queries.
type sum struct {
	figure
	n float64
}

func (s sum) mean() figure { return figure{s.ndcg / s.n, s.mrr / s.n, s.recall / s.n, s.zero / s.n} }

// figures are sums by kind, and of all.
type figures map[string]sum

func (all figures) add(kind string, f figure) {
	s := all[kind]
	all[kind] = sum{figure{s.ndcg + f.ndcg, s.mrr + f.mrr, s.recall + f.recall, s.zero + f.zero}, s.n + 1}
}

const line = "%-9s %7s %7s %9s %6s\n"

// String is the table that is recorded.
func (all figures) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, line, "kind", "nDCG@10", "MRR", "recall@10", "zero")
	number := func(f float64) string { return fmt.Sprintf("%.3f", f) }
	for _, kind := range append(kinds, "all") {
		f := all[kind].mean()
		fmt.Fprintf(&b, line, kind, number(f.ndcg), number(f.mrr), number(f.recall), number(f.zero))
	}
	return b.String()
}

func readFigures(t *testing.T) map[string]figure {
	t.Helper()
	file, err := os.Open(recorded)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all := map[string]figure{}
	lines := bufio.NewScanner(file)
	for lines.Scan(); lines.Scan(); { // the first is the head
		var kind string
		var f figure
		if _, err := fmt.Sscan(lines.Text(), &kind, &f.ndcg, &f.mrr, &f.recall, &f.zero); err != nil {
			t.Fatalf("%s: %v", recorded, err)
		}
		all[kind] = f
	}
	for _, kind := range append(kinds, "all") {
		if _, known := all[kind]; !known {
			t.Fatalf("%s has no figures of %s; record them with -update", recorded, kind)
		}
	}
	return all
}
