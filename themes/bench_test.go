package themes_test

import (
	"io"
	"testing"

	"kennishub/internal/theme"
)

// BenchmarkRender measures executing the templates of each sample, with parts
// that were rendered before.
func BenchmarkRender(b *testing.B) {
	th := open(b, "/", "nl")
	for _, s := range samples("/") {
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := th.Render(io.Discard, s.template, s.view); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpen measures reading, checking and bundling the theme.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b, "/", "nl")
	}
}

// BenchmarkOpenBundle measures what a server does when it takes up a new build.
func BenchmarkOpenBundle(b *testing.B) {
	data, err := open(b, "/", "nl").Bundle(&theme.Search{Page: theme.Page{Site: site("/")}})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := theme.OpenBundle(data); err != nil {
			b.Fatal(err)
		}
	}
}
