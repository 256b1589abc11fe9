package view

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"kennishub/internal/theme"
)

func pngOf(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Images in texts: in the sizes there are, with room kept for them, and leading to
// the original unless they lead elsewhere or tell nothing.
func TestImages(t *testing.T) {
	h := newHub(t, siteYAML, "a/groot.png", pngOf(t, 2000, 1000), "a/midden.png", pngOf(t, 1200, 600), "a/klein foto.png", pngOf(t, 400, 300), "a/x.avif", "x", "a/lijn.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	sizes := func(file string, widths ...int) string {
		var set []string
		for _, w := range widths {
			r := h.views().site.Resource(file)
			set = append(set, fmt.Sprintf("/hub/%s %dw", SizePath(r, w), w))
		}
		return strings.Join(set, ", ")
	}
	large := sizes("a/groot.png", 480, 960, 1440)
	at := large[strings.LastIndex(large, ", ")+2 : len(large)-len(" 1440w")]
	const end = ` loading="lazy" decoding="async">`
	for _, test := range []struct{ text, want string }{
		{"![Foto](groot.png)", `<a class="image" href="/hub/a/groot.png"><img src="` + at + `" srcset="` + large + `" sizes="` + imageSizes + `" width="2000" height="1000" alt="Foto"` + end + `</a>`},
		{"![decoratief](groot.png)", `<img src="` + at + `" srcset="` + large + `" sizes="` + imageSizes + `" width="2000" height="1000" alt=""` + end},
		{"[![Foto](groot.png)](https://x.nl/)", `<a href="https://x.nl/"><img src="` + at + `" srcset="` + large + `" sizes="` + imageSizes + `" width="2000" height="1000" alt="Foto"` + end + `</a>`},
		{"![Foto](<klein foto.png> \"Zeg \\\"ja\\\"\")", `<img src="/hub/a/klein%20foto.png" width="400" height="300" alt="Foto" title="Zeg &#34;ja&#34;"` + end},
		{"![Foto](x.avif)", `<img src="/hub/a/x.avif" alt="Foto"` + end},
		{"![Lijn](lijn.svg)", `<img src="/hub/a/lijn.svg" alt="Lijn"` + end},
		{"![Foto](weg.png)", `<span class="missing-image">Foto</span>`},
	} {
		h.write("a/b.md", test.text)
		if got, want := string(page(t, h.views(), "/a/b/").Body.HTML), "<p>"+test.want+"</p>\n"; got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.text, got, want)
		}
	}
	// An original that is not much larger than a screen is one of the sizes: else a
	// reader with a sharp screen gets less than there is.
	h.write("a/b.md", "![Foto](midden.png)")
	if got := string(page(t, h.views(), "/a/b/").Body.HTML); !strings.Contains(got, `srcset="`+sizes("a/midden.png", 480, 960)+`, /hub/a/midden.png 1200w"`) {
		t.Errorf("the original is not among the sizes in\n%s", got)
	}
}

// The image of a page, and which images pages show: each file once, and that of
// another file with the same contents too.
func TestPictures(t *testing.T) {
	v := newHub(t, siteYAML, "De Dingen/a/index.md", "---\ntitle: A\nimage: {file: foto.png, alt: Foto}\n---\n![F](foto.png) ![G](zelfde.png) ![H](x.avif) [link](link.png) ![weg](nergens.png)",
		"De Dingen/a/foto.png", pngOf(t, 700, 20), "De Dingen/a/zelfde.png", pngOf(t, 700, 20), "De Dingen/a/x.avif", "x", "De Dingen/a/link.png", pngOf(t, 700, 21), "los.png", pngOf(t, 9, 9),
		"b.md", "![F](<De Dingen/a/foto.png>)").views()
	var got []string
	for _, r := range Pictures(v.site) {
		got = append(got, r.File)
	}
	if want := "De Dingen/a/foto.png De Dingen/a/zelfde.png De Dingen/a/x.avif"; strings.Join(got, " ") != want {
		t.Errorf("%q, want %s", got, want)
	}
	if a, b := SizePath(v.site.Resource(got[0]), 480), SizePath(v.site.Resource(got[1]), 480); a != b || !strings.HasPrefix(a, "assets/images/") || !strings.HasSuffix(a, "-480.png") {
		t.Errorf("%s, %s", a, b)
	}
	p := page(t, v, "/de-dingen/a/")
	if p.Image == nil || p.Image.Width != 700 || p.Image.Height != 20 || p.Image.Alt != "Foto" || !strings.Contains(p.Image.SrcSet, " 480w") {
		t.Errorf("%+v", p.Image)
	}
	if len(p.Downloads) != 1 || p.Downloads[0].Name != "link.png" {
		t.Errorf("%+v", p.Downloads)
	}
	if page(t, v, "/b/").Image != (*theme.Picture)(nil) {
		t.Error("a page without an image has one")
	}
}

const woordenYAML = `
title: Proef
kinds:
  begrip:
    folder: begrippen
    glossary: kort
    fields: {kort: text, uitleg: markdown}
  lijst:
    file: data/lijst.yaml
    fields: {uitleg: markdown}
`

// Words of the glossary lead to their pages: a title as it is, another name as an
// abbreviation of it. Not on that page itself, and not to what is not published.
func TestGlossary(t *testing.T) {
	h := newHub(t, woordenYAML, "begrippen/avg.md", "---\ntitle: Verordening & <wet>\nkort: AVG\nuitleg: De AVG.\n---\nDe AVG is een wet. Zie ook IBP.",
		"begrippen/ibp.md", "---\ntitle: IBP\n---\n", "begrippen/weg.md", "---\ntitle: Concept\npublishDate: 2024-03-02\n---\n",
		"a.md", "De AVG en *nog eens* AVG, IBP, concept en Concept.", "data/lijst.yaml", "- {title: X, uitleg: De AVG.}\n")
	const avg = `<a class="term" href="/begrippen/avg/"><abbr title="Verordening &amp; &lt;wet&gt;">AVG</abbr></a>`
	v := h.views()
	for _, test := range []struct{ what, got, want string }{
		{"a page", string(page(t, v, "/a/").Body.HTML), "<p>De " + avg + ` en <em>nog eens</em> AVG, <a class="term" href="/begrippen/ibp/">IBP</a>, concept en Concept.</p>` + "\n"},
		{"its own page", string(page(t, v, "/begrippen/avg/").Body.HTML), `<p>De AVG is een wet. Zie ook <a class="term" href="/begrippen/ibp/">IBP</a>.</p>` + "\n"},
		{"a field of its own page", string(page(t, v, "/begrippen/avg/").Fields[1].Values[0].HTML), "<p>De AVG.</p>\n"},
		{"an item", string(list(t, v, "/lijst/").Items[0].Cells[0].Values[0].HTML), "<p>De " + avg + ".</p>\n"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.what, test.got, test.want)
		}
	}
	// A page of the glossary that moves is led to where it is; its words are the same.
	h.write("begrippen/avg.md", "---\ntitle: Verordening & <wet>\nkort: AVG\nslug: wet\nuitleg: De AVG.\n---\n")
	if got := string(page(t, h.views(), "/a/").Body.HTML); !strings.Contains(got, `href="/begrippen/wet/"`) {
		t.Error(got)
	}
}
