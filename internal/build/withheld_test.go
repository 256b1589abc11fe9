package build

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Nothing of a page shows before its day, whoever names it: in no page, table,
// reference or index.
func TestWithheldPagesAreNowhere(t *testing.T) {
	dir := t.TempDir()
	files{
		"site.yaml": "title: Proef\nkinds:\n  club: {folder: clubs, fields: {naam: text}}\n" +
			"  werk: {folder: werken, cite: report, fields: {club: {type: ref, property: publisher, facet: true}, clubs: {type: list, of: ref, kind: club, property: author}, delen: {type: list, of: {club: ref}}}}\n",
		"content/clubs/geheim-plan.md": "---\ntitle: Geheim plan\npublishDate: 2099-01-01\n---\n",
		"content/clubs/nieuw.md":       "---\ntitle: Nieuwe club\n---\n",
		"content/werken/a.md":          "---\ntitle: A\nclub: geheim-plan\nclubs: [geheim-plan, nieuw]\ndelen: [{club: geheim-plan}, {club: nieuw}]\n---\n",
	}.write(t, dir)
	out := filepath.Join(dir, "public")
	build(t, Options{Source: dir, Output: out, Now: day})
	some := false
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		text := strings.ToLower(string(data))
		some = some || strings.Contains(text, "nieuwe club")
		if at := strings.Index(text, "geheim"); at >= 0 {
			t.Errorf("%s: …%q…", name, text[max(0, at-60):min(len(text), at+60)])
		}
		return err
	})
	if err != nil || !some {
		t.Error(err, "what may be shown is not there either")
	}
}
