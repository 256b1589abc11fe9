package content

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/cache"
)

func pngOf(t testing.TB, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The facts of a file are those of its contents; what is wrong with it is told
// once, and it is published all the same. Attachments have no text without a pool.
func TestFacts(t *testing.T) {
	const again = "    bewaar de afbeelding opnieuw, als PNG of JPEG\n"
	for _, test := range []struct {
		name, text    string
		width, height int
		said          string
	}{
		{"a/foto.png", pngOf(t, 30, 20), 30, 20, ""},
		{"foto.JPG", pngOf(t, 30, 20), 30, 20, ""}, // readers see it
		{"lijn.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>`, 40, 30, ""},
		{"foto.avif", "x", 0, 0, ""},
		{"foto.png", "geen foto", 0, 0, "content/foto.png: waarschuwing: is geen leesbare afbeelding [afbeelding-onleesbaar]\n" + again},
		{"leeg.jpg", "", 0, 0, "content/leeg.jpg: waarschuwing: is leeg [afbeelding-onleesbaar]\n" + again},
		{"kapot.pdf", "geen pdf", 0, 0, ""},
		{"leeg.docx", "", 0, 0, ""},
	} {
		tree := NewLoader(folder(test.name, test.text), "content", nil).Load(configure(t, "title: T"), nil)
		if said := written(tree); said != test.said {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, said, test.said)
		}
		r := tree.Resources[0]
		if r.Facts.SHA256 != sha256.Sum256([]byte(test.text)) || r.Facts.CRC32 != crc32.ChecksumIEEE([]byte(test.text)) || r.Size != int64(len(test.text)) || r.Parts != nil {
			t.Errorf("%s: %+v", test.name, r)
		}
		if r.Facts.Width != test.width || r.Facts.Height != test.height {
			t.Errorf("%s is %d by %d", test.name, r.Facts.Width, r.Facts.Height)
		}
	}
}

// What the cache knows of a file is not read again by another loader, as long as
// the file system says that it is the same. A file that was written just now is.
func TestFactsFromCache(t *testing.T) {
	file := filepath.Join(t.TempDir(), "cache")
	site := folder("a.pdf", "a", "b.png", pngOf(t, 2, 1), "kapot.png", "x")
	fsys := &counting{FS: site}
	load := func() (string, []string) {
		t.Helper()
		store := cache.Open(file)
		tree := NewLoader(fsys, "content", nil).Load(configure(t, "title: T"), store)
		if err := store.Save(); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, r := range tree.Resources {
			fmt.Fprintf(&b, "%+v\n", *r)
		}
		return b.String() + written(tree), fsys.take()
	}
	first, opened := load()
	if len(opened) != 3 {
		t.Errorf("first, %q is opened", opened)
	}
	if again, opened := load(); again != first || opened != nil {
		t.Errorf("%q is opened, and known is\n%s\nnot\n%s", opened, again, first)
	}
	site["a.pdf"] = &fstest.MapFile{Data: []byte("b"), ModTime: longAgo.Add(time.Second)}
	changed, opened := load()
	if changed == first || len(opened) != 1 || opened[0] != "a.pdf" {
		t.Errorf("one file changed, and %q is opened", opened)
	}
	// The clock has ticks: the second edit within one does not show.
	site["a.pdf"] = &fstest.MapFile{Data: []byte("c"), ModTime: time.Now().Add(time.Hour)}
	before, opened := load()
	site["a.pdf"].Data = []byte("d")
	if after, again := load(); len(opened) != 1 || len(again) != 1 || after == before {
		t.Errorf("%q and %q are opened; a second edit shows: %v", opened, again, after != before)
	}
}
