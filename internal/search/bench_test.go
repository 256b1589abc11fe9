package search

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// manyDocuments makes n documents of about 7.5 kB, from an invented vocabulary in
// which a few words are common and most are rare, as in any language.
func manyDocuments(n int) []Document {
	r := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("on der wijs les leer ling do cent school plan werk boek lan gen ter voor bij op in uit ken nis taal reken zorg tech niek di gi taal be kwaam ex pe ri ment cam pag ne net we rk the ma stu die jaar mid del or ga ni sa tie ver zoek pu bli ca")
	vocabulary := make([]string, 40_000)
	for i := range vocabulary {
		for range 2 + r.IntN(4) {
			vocabulary[i] += syllables[r.IntN(len(syllables))]
		}
	}
	zipf := rand.NewZipf(r, 1.1, 4, uint64(len(vocabulary)-1))
	words := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(" .,"[r.IntN(20)/18])
				b.WriteByte(' ')
			}
			b.WriteString(vocabulary[zipf.Uint64()])
		}
		return b.String()
	}
	docs := make([]Document, n)
	for i := range docs {
		d := Document{
			URL: fmt.Sprintf("/p/%05d/", i), Title: words(5), Kind: []string{"experiment", "campagne", "publicatie"}[r.IntN(3)],
			Date: fmt.Sprintf("20%02d-%02d-01", 18+r.IntN(8), 1+r.IntN(12)), Description: words(18),
			Facets: map[string][]string{"thema": {fmt.Sprint("thema", r.IntN(12)), fmt.Sprint("thema", r.IntN(12))}, "jaar": {fmt.Sprint(2018 + r.IntN(8))}},
			Fields: map[string]string{"Status": "lopend", "Instelling": words(2)},
		}
		for j := range 6 {
			d.Sections = append(d.Sections, Section{ID: fmt.Sprint("kop-", j), Title: words(4), Text: words(120)})
		}
		docs[i] = d
	}
	return docs
}

var manySettings = Settings{
	Language: "nl",
	Kinds:    []Value{{"experiment", "Experiment"}, {"campagne", "Campagne"}, {"publicatie", "Publicatie"}},
	Facets:   []Facet{{Name: "thema", Label: "Thema"}, {Name: "jaar", Label: "Jaar"}},
}

// opened builds an index of documents and opens it.
func opened(b *testing.B, docs []Document) *Index {
	dir := b.TempDir()
	if _, err := Build(dir, docs, manySettings); err != nil {
		b.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { x.Close() })
	return x
}

func BenchmarkBuild(b *testing.B) {
	docs := manyDocuments(3000)
	size := 0
	for _, d := range docs {
		for _, s := range d.Sections {
			size += len(s.Text)
		}
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		dir := b.TempDir()
		if _, err := Build(dir, docs, manySettings); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		os.RemoveAll(dir)
		b.StartTimer()
	}
}

func BenchmarkBuildUnchanged(b *testing.B) {
	docs, dir := manyDocuments(3000), b.TempDir()
	if _, err := Build(dir, docs, manySettings); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Build(dir, docs, manySettings); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	dir := b.TempDir()
	if _, err := Build(dir, manyDocuments(3000), manySettings); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

// dutchDocuments makes n documents of the pages of the hub of this repository, so that
// words are as common as in Dutch: the text of each page again under other titles,
// with sections of other pages.
func dutchDocuments(b *testing.B, n int) []Document {
	front := regexp.MustCompile(`(?m)^(title|description): *"?(.*?)"?$`)
	var pages []Document
	err := filepath.WalkDir("../../content", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		data, err := os.ReadFile(path)
		head, text, ok := strings.Cut(strings.TrimPrefix(string(data), "---\n"), "\n---\n")
		if err != nil || !ok {
			return err
		}
		d := Document{Kind: manySettings.Kinds[len(pages)%3].Value, Date: "2025-01-01", Fields: map[string]string{"Status": "lopend"}}
		for _, line := range front.FindAllStringSubmatch(head, -1) {
			if line[1] == "title" {
				d.Title = line[2]
			} else {
				d.Description = line[2]
			}
		}
		for i, part := range strings.Split(text, "\n## ") {
			title, rest, _ := strings.Cut(part, "\n")
			d.Sections = append(d.Sections, Section{ID: fmt.Sprint("kop-", i), Title: title, Text: rest})
		}
		pages = append(pages, d)
		return nil
	})
	if err != nil || len(pages) == 0 {
		b.Fatal("no pages", err)
	}
	docs := make([]Document, n)
	for i := range docs {
		page, other := pages[i%len(pages)], pages[(i+i/len(pages))%len(pages)]
		page.URL = fmt.Sprintf("/p/%05d/", i)
		page.Title += " " + strings.Join(strings.Fields(other.Title)[:1], " ")
		page.Facets = map[string][]string{"thema": {fmt.Sprint("thema", i%12), fmt.Sprint("thema", i%7)}, "jaar": {fmt.Sprint(2018 + i%8)}}
		page.Sections = slices.Concat(page.Sections, other.Sections)
		docs[i] = page
	}
	return docs
}

// dutchQueries makes n different queries as readers might type them: a few words that
// stand together in a title or a description, at times with a typing error or a
// choice.
func dutchQueries(docs []Document, n int) []Query {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[string]bool{}
	var queries []Query
	for len(queries) < n {
		d := &docs[r.IntN(len(docs))]
		words := strings.Fields(d.Title + " " + d.Description)
		from := r.IntN(len(words))
		words = slices.Clone(words[from:min(len(words), from+1+r.IntN(5))])
		if last := []byte(words[len(words)-1]); len(last) > 5 && r.IntN(5) == 0 {
			i := 1 + r.IntN(len(last)-2)
			last[i], last[i+1] = last[i+1], last[i]
			words[len(words)-1] = string(last)
		}
		q := Query{Text: strings.Join(words, " ")}
		if len(queries)%3 == 0 {
			q.Kinds, q.Facets = []string{d.Kind}, map[string][]string{"thema": {"thema3", "thema5"}}
		}
		if !seen[q.Text] {
			seen[q.Text] = true
			queries = append(queries, q)
		}
	}
	return queries
}

// BenchmarkSearch asks different queries one after another, after some that nobody
// counts: what a server remembers of pages, it has then. With -cpu 1 it tells what one
// core can do.
func BenchmarkSearch(b *testing.B) {
	docs := dutchDocuments(b, 3000)
	x := opened(b, docs)
	queries := dutchQueries(docs, 4000)
	var took []time.Duration
	ask := func(q Query) {
		began := time.Now()
		if _, err := x.Search(context.Background(), q); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	for _, q := range queries[:500] {
		ask(q)
	}
	took = nil
	b.ReportAllocs()
	for b.Loop() {
		ask(queries[len(took)%len(queries)])
	}
	slices.Sort(took)
	for _, p := range []int{50, 95, 99} {
		b.ReportMetric(took[(len(took)-1)*p/100].Seconds()*1000, fmt.Sprintf("p%d-ms", p))
	}
}

func BenchmarkLiveApplyOne(b *testing.B) {
	docs := manyDocuments(3000)
	l, err := NewLive(manySettings)
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Apply(docs); err != nil {
		b.Fatal(err)
	}
	i := 0
	for b.Loop() {
		docs[i%len(docs)].Title = fmt.Sprint("titel ", i)
		i++
		if _, err := l.Apply(docs); err != nil {
			b.Fatal(err)
		}
	}
}
