package markdown

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// benchSources are the Markdown files below the folder that MARKDOWN_CORPUS names,
// without their front matter, or else our own sample.
func benchSources(b *testing.B) (sources [][]byte, size int64) {
	root := os.Getenv("MARKDOWN_CORPUS")
	if root == "" {
		root = "testdata"
	}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".md") {
			return err
		}
		src, err := os.ReadFile(path)
		if rest, ok := bytes.CutPrefix(src, []byte("---\n")); ok {
			_, src, _ = bytes.Cut(rest, []byte("\n---\n"))
		}
		sources = append(sources, src)
		size += int64(len(src))
		return err
	})
	if err != nil || len(sources) == 0 {
		b.Fatalf("no sources in %s: %v", root, err)
	}
	return sources, size
}

func BenchmarkRender(b *testing.B) {
	sources, size := benchSources(b)
	r := New(Options{})
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range sources {
			r.Render(src, "Titel")
		}
	}
}

// A glossary of a thousand terms, few of which are met.
func BenchmarkRenderTerms(b *testing.B) {
	sources, size := benchSources(b)
	terms := []Term{{"digibord", []string{"digibord"}}, {"bpv", []string{"bpv", "beroepspraktijkvorming"}}}
	for i := range 1_000 {
		terms = append(terms, Term{fmt.Sprint(i), []string{fmt.Sprintf("digitaal begrip %d", i), fmt.Sprintf("b%d", i)}})
	}
	r := New(Options{Terms: terms})
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range sources {
			r.Render(src, "Titel")
		}
	}
}

func BenchmarkUnmarshal(b *testing.B) {
	sources, size := benchSources(b)
	r := New(Options{})
	var encoded [][]byte
	for _, src := range sources {
		data, err := r.Render(src, "Titel").AppendBinary(nil)
		if err != nil {
			b.Fatal(err)
		}
		encoded = append(encoded, data)
	}
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range encoded {
			var d Document
			if err := d.UnmarshalBinary(data); err != nil {
				b.Fatal(err)
			}
		}
	}
}
