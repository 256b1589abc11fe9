package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
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

func BenchmarkSearch(b *testing.B) {
	docs, dir := manyDocuments(3000), b.TempDir()
	if _, err := Build(dir, docs, manySettings); err != nil {
		b.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	i := 0
	for b.Loop() {
		words := strings.Fields(docs[i%len(docs)].Title)
		i++
		q := Query{Text: words[0] + " " + words[1] + " " + words[2], Facets: map[string][]string{"thema": {"thema3", "thema5"}}}
		if _, err := x.Search(context.Background(), q); err != nil {
			b.Fatal(err)
		}
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
