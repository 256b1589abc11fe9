package build

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"kennishub/internal/attachment"
	"kennishub/internal/search"
)

// TestMain lets the program that tests read attachments too.
func TestMain(m *testing.M) {
	attachment.Main()
	os.Exit(m.Run())
}

// worker starts this program as one that reads attachments.
func worker(t testing.TB) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return []string{self}
}

var day = time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC)

// files are a site's files by path.
type files map[string]string

// write brings a folder to exactly these files.
func (f files) write(t testing.TB, dir string) {
	t.Helper()
	for _, sub := range []string{"content", "themes"} {
		filepath.WalkDir(filepath.Join(dir, sub), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil
			}
			rel, _ := filepath.Rel(dir, name)
			if _, ok := f[filepath.ToSlash(rel)]; !ok {
				if err := os.Remove(name); err != nil {
					t.Fatal(err)
				}
			}
			return nil
		})
	}
	for name, text := range f {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if old, err := os.ReadFile(name); err == nil && string(old) == text {
			continue
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
}

// published reads what a reader can see of an output folder: all files but the
// index, whose bytes differ from run to run, and our own notes.
func published(t testing.TB, dir string) files {
	t.Helper()
	got := files{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case strings.HasPrefix(rel, ".search/") && rel != ".search/site.json", strings.HasPrefix(rel, ".kennishub-"):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		data, err := os.ReadFile(name)
		got[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func equal(t testing.TB, got, want files, when string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s: %s is missing", when, name)
		} else if got[name] != want[name] {
			t.Errorf("%s: %s differs:\n%s", when, name, firstDifference(got[name], want[name]))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s should be gone", when, name)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

func firstDifference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-80):min(len(s), i+80)] }
	return fmt.Sprintf("got  …%q…\nwant …%q…", cut(got), cut(want))
}

func build(t testing.TB, o Options) *Result {
	t.Helper()
	b := New(o)
	defer b.Close()
	r, err := b.Build(context.Background())
	if err != nil {
		if r != nil {
			t.Fatalf("%v: %v", err, r.Messages)
		}
		t.Fatal(err)
	}
	return r
}

// world makes random sites and random edits of them.
type world struct {
	*rand.Rand
	files files
	pages int
}

const worldConfig = `title: Wereld
baseURL: https://example.org/
menu: [s0/_index.md]
kinds:
  proef:
    folder: proeven
    label: {one: Proef, many: Proeven}
    fields:
      jaar: {type: schoolyear, facet: true}
      themas: {type: list, of: term, vocabulary: themas, facet: true}
      zie: {type: list, of: ref, kind: proef}
vocabularies:
  themas:
    label: {one: Thema, many: Thema's}
    terms: {ai: Kunstmatige intelligentie, privacy: Privacy, bpv: Stage}
`

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 7)), files: files{"site.yaml": worldConfig, "content/s0/_index.md": "---\ntitle: Nul\n---\n"}}
	for range 25 {
		w.add()
	}
	return w
}

func (w *world) word() string {
	return []string{"appel", "peer", "lezen", "schrijven", "stage", "privacy", "docent", "student"}[w.IntN(8)]
}

func (w *world) one() string {
	var names []string
	for name := range w.files {
		if strings.HasSuffix(name, ".md") && name != "content/s0/_index.md" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return ""
	}
	return names[w.IntN(len(names))]
}

func (w *world) add() {
	w.pages++
	folder := []string{"s0", "s1", "s1/diep", "proeven", "proeven"}[w.IntN(5)]
	name := fmt.Sprintf("content/%s/p%d.md", folder, w.pages)
	if w.IntN(4) == 0 {
		name = fmt.Sprintf("content/%s/p%d/index.md", folder, w.pages)
		w.files[strings.TrimSuffix(name, "index.md")+"bijlage.txt"] = w.word()
	}
	w.files[name] = w.text(name)
}

func (w *world) text(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %d\n", w.word(), w.IntN(50))
	some := func(format string, args ...any) {
		if w.IntN(3) == 0 {
			fmt.Fprintf(&b, format, args...)
		}
	}
	some("date: 2024-0%d-1%d\n", 1+w.IntN(9), w.IntN(9))
	some("tags: [%s, %s]\n", w.word(), w.word())
	some("description: over %s\n", w.word())
	some("weight: %d\n", w.IntN(5))
	some("slug: s%d\n", w.IntN(40))
	some("aliases: [/oud/%d/]\n", w.IntN(40))
	some("publishDate: 2024-03-0%d\n", 1+w.IntN(9))
	some("voorbeeld: true\n")
	if w.IntN(12) == 0 {
		b.WriteString("draft: true\n")
	}
	if strings.HasPrefix(name, "content/proeven/") {
		some("jaar: 202%d-202%d\n", 2, 3)
		some("themas: [ai, bpv]\n")
		some("zie: [p%d, p%d]\n", 1+w.IntN(w.pages), 1+w.IntN(w.pages))
	}
	b.WriteString("---\n")
	if w.IntN(15) == 0 {
		return b.String()[:b.Len()-4] // front matter that is not closed
	}
	for range w.IntN(4) {
		fmt.Fprintf(&b, "## %s\n\nEen %s en een %s. ", w.word(), w.word(), w.word())
		if target := w.one(); target != "" {
			rel, _ := filepath.Rel(filepath.Dir(name), target)
			fmt.Fprintf(&b, "Zie [%s](%s).", w.word(), filepath.ToSlash(rel))
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// edit changes something.
func (w *world) edit() {
	switch name := w.one(); w.IntN(9) {
	case 0:
		w.add()
	case 1:
		delete(w.files, name)
	case 2: // rename, also out of a bundle and into another section
		w.pages++
		w.files[fmt.Sprintf("content/s%d/p%d.md", w.IntN(3), w.pages)] = w.files[name]
		delete(w.files, name)
	case 3:
		w.files["site.yaml"] = strings.Replace(worldConfig, "Wereld", w.word(), 1)
		if w.IntN(2) == 0 {
			w.files["site.yaml"] += "language: en\n"
		}
	case 4:
		w.files["themes/mbodigitaal/templates/partials/tags.html"] = `{{with .}}<p>` + w.word() + `</p>{{end}}`
		if w.IntN(2) == 0 {
			delete(w.files, "themes/mbodigitaal/templates/partials/tags.html")
		}
	case 5:
		w.files["content/s1/_index.md"] = "---\ntitle: Sectie " + w.word() + "\n---\n"
		if w.IntN(2) == 0 {
			delete(w.files, "content/s1/_index.md")
		}
	default:
		if name != "" {
			w.files[name] = w.text(name)
		}
	}
}

func TestSecondBuildWritesNothing(t *testing.T) {
	w := newWorld(1)
	dir := t.TempDir()
	w.files.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day, Lenient: true}
	first := build(t, o)
	if first.Written == 0 || first.Documents == 0 {
		t.Fatalf("first: %+v", first)
	}
	want := published(t, o.Output)
	for _, forget := range []bool{false, true} {
		if forget {
			os.RemoveAll(filepath.Join(dir, workFolder))
		}
		r := build(t, o)
		if r.Written != 0 || r.Removed != 0 || r.Unchanged != first.Written || r.Pages != first.Pages || len(r.Messages) != len(first.Messages) {
			t.Errorf("again: %+v", r)
		}
		equal(t, published(t, o.Output), want, "second build")
	}
	o.Output = t.TempDir()
	build(t, o)
	equal(t, published(t, o.Output), want, "another folder")
}

// The result of the last build is used only while it holds.
func TestLastResultIsNeverStale(t *testing.T) {
	dir := t.TempDir()
	site := files{"site.yaml": "title: Proef\n", "content/a.md": "---\ntitle: A\n---\neen\n", "content/b.md": "---\ntitle: B\npublishDate: 2024-03-05\n---\n"}
	site.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day}
	settle := func() { time.Sleep(150 * time.Millisecond) }
	settle()
	build(t, o)
	used := func() bool {
		b := New(o)
		defer b.Close()
		if err := b.open(); err != nil {
			t.Fatal(err)
		}
		_, ok := b.last()
		return ok
	}
	if !used() {
		t.Fatal("nothing changed, and the last result is not used")
	}
	put := func(name, text string) func() {
		return func() {
			name := filepath.Join(dir, filepath.FromSlash(name))
			if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
				t.Fatal(err)
			}
		}
	}
	remove := func(name string) func() {
		return func() {
			if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"a text of the same size", put("content/a.md", "---\ntitle: A\n---\nzes\n")},
		{"a new file", put("content/c.md", "---\ntitle: C\n---\n")},
		{"a removed file", remove("content/c.md")},
		{"site.yaml", put("site.yaml", "title: Anders\n")},
		{"the theme", put("themes/mbodigitaal/assets/x.svg", "<svg/>")},
		{"an output file", put("public/a/index.html", "x")},
		{"a removed output file", remove("public/a/index.html")},
		{"the index", remove("public/.search/current")},
	} {
		step.change()
		if used() {
			t.Errorf("%s changed, and the last result is used", step.name)
		}
		settle()
		build(t, o)
		if !used() {
			t.Errorf("after %s the result is not remembered", step.name)
		}
	}
	o.Now = day.AddDate(0, 0, 7)
	if used() {
		t.Error("the day changed, and the last result is used")
	}
	build(t, o)
	if _, err := os.Stat(filepath.Join(o.Output, "b", "index.html")); err != nil {
		t.Error("the page that was due is not there")
	}
}

// Whatever is edited, in whatever order, a preview ends in the bytes of a clean
// build, and its search in the same answers.
func TestEditsEndInTheBytesOfACleanBuild(t *testing.T) {
	rounds, seeds := 40, 3
	if testing.Short() {
		rounds, seeds = 10, 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(uint64(seed))
			dir := t.TempDir()
			w.files.write(t, dir)
			o := Options{Source: dir, Output: filepath.Join(dir, workFolder, "preview"), Now: day, Preview: true}
			running := New(o)
			defer running.Close()
			for round := range rounds {
				r, err := running.Build(context.Background())
				if err != nil {
					t.Fatalf("round %d: %v, %v", round, err, r)
				}
				clean := o
				clean.Output = filepath.Join(t.TempDir(), "out")
				fresh := New(clean)
				want, err := fresh.Build(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				when := fmt.Sprintf("seed %d, round %d", seed, round)
				equal(t, published(t, o.Output), published(t, clean.Output), when)
				if !slices.Equal(r.Messages, want.Messages) || !slices.Equal(r.Skipped, want.Skipped) || !maps.Equal(r.URLs, want.URLs) {
					t.Fatalf("%s: the results differ:\n%v\n%v", when, r.Messages, want.Messages)
				}
				for _, q := range []string{"appel", "peer docent", "stage", "over"} {
					if got, want := answer(t, running.Live(), q), answer(t, fresh.Live(), q); got != want {
						t.Fatalf("%s: search %q: got\n%s\nwant\n%s", when, q, got, want)
					}
				}
				fresh.Close()
				for range 1 + w.IntN(3) {
					w.edit()
				}
				w.files.write(t, dir)
			}
		})
	}
}

func answer(t *testing.T, live *search.Live, query string) string {
	t.Helper()
	r, err := live.Search(context.Background(), search.Query{Text: query, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	r.TookMS = 0
	for i := range r.Hits {
		r.Hits[i].Score = float64(int(r.Hits[i].Score*1e6)) / 1e6
	}
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A build to disk and the index of a preview answer alike.
func TestPreviewAnswersLikeABuild(t *testing.T) {
	w := newWorld(9)
	dir := t.TempDir()
	w.files.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day, Lenient: true}
	build(t, o)
	index, err := search.Open(filepath.Join(o.Output, indexFolder))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	p := New(Options{Source: dir, Output: filepath.Join(t.TempDir(), "preview"), Now: day, Preview: true})
	defer p.Close()
	if _, err := p.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"appel", "privacy docent", "lezen"} {
		r, err := index.Search(context.Background(), search.Query{Text: q})
		if err != nil || r.Total == 0 {
			t.Fatalf("%q: %v, %v", q, r, err)
		}
		live, err := p.Live().Search(context.Background(), search.Query{Text: q})
		if err != nil {
			t.Fatal(err)
		}
		r.TookMS, live.TookMS = 0, 0
		a, _ := json.Marshal(r)
		b, _ := json.Marshal(live)
		if string(a) != string(b) {
			t.Errorf("%q: on disk\n%s\nin the preview\n%s", q, a, b)
		}
	}
}

// A preview of faulty sites keeps what was good.
func TestPreviewKeepsTheLastGoodSite(t *testing.T) {
	dir := t.TempDir()
	site := files{"site.yaml": "title: Proef\n", "content/a.md": "---\ntitle: A\n---\n"}
	site.write(t, dir)
	o := Options{Source: dir, Output: filepath.Join(dir, workFolder, "preview"), Now: day, Preview: true}
	b := New(o)
	defer b.Close()
	if _, err := b.Build(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := published(t, o.Output)
	for _, broken := range []files{
		{"site.yaml": "title: [\n", "content/a.md": site["content/a.md"]},
		{"site.yaml": site["site.yaml"], "content/a.md": site["content/a.md"], "themes/mbodigitaal/templates/page.html": "{{"},
	} {
		broken.write(t, dir)
		r, err := b.Build(context.Background())
		if !errors.Is(err, ErrContent) || len(r.Messages) == 0 {
			t.Fatalf("%v, %+v", err, r)
		}
		equal(t, published(t, o.Output), want, "with faults")
	}
	site.write(t, dir)
	r, err := b.Build(context.Background())
	if err != nil || len(r.Messages) != 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	equal(t, published(t, o.Output), want, "mended")
}
