package build

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
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

func newWorld(seed uint64) *world {
	w := &world{Rand: rand.New(rand.NewPCG(seed, 7)), files: files{"content/s0/_index.md": "---\ntitle: Nul\n---\n"}}
	w.configure()
	for range 25 {
		w.add()
	}
	w.items()
	w.glossary()
	for range 10 {
		w.resource()
	}
	return w
}

func (w *world) word() string {
	return []string{"appel", "peer", "lezen", "schrijven", "stage", "privacy", "docent", "student"}[w.IntN(8)]
}

// some writes a line now and then.
func (w *world) some(b *strings.Builder, format string, args ...any) {
	if w.IntN(3) == 0 {
		fmt.Fprintf(b, format, args...)
	}
}

// configure writes site.yaml: always the same kinds and fields, but what the hub does
// with them differs.
func (w *world) configure() {
	var b strings.Builder
	fmt.Fprintf(&b, "title: Wereld %s\nbaseURL: https://example.org/\nmenu: [s0/_index.md]\n", w.word())
	w.some(&b, "language: en\n")
	w.some(&b, "feeds: {items: %d}\n", 1+w.IntN(4))
	b.WriteString(`kinds:
  proef:
    folder: proeven
    label: {one: Proef, many: Proeven}
    fields:
      jaar: {type: schoolyear, facet: true}
      themas: {type: list, of: term, vocabulary: themas, facet: true}
      zie: {type: list, of: ref, kind: proef}
      punt: {type: ref, inverse: Bij dit punt}
      bijlage: file
      maker: {type: text, property: author}
`)
	fmt.Fprintf(&b, "    bundle: %t\n", w.IntN(4) > 0)
	w.some(&b, "    cite: %s\n", []string{"report", "book"}[w.IntN(2)])
	w.some(&b, "    sort: %s\n", []string{"title", "-date", "jaar"}[w.IntN(3)])
	w.some(&b, "    schema: Report\n")
	b.WriteString(`  punt:
    file: data/punten.yaml
    fields:
      wanneer: {type: period, property: startDate}
      deel: money
      rest: money
      geheel: money
      proeven: {type: list, of: ref, kind: proef, inverse: Op de lijst}
      tekst: markdown
`)
	w.some(&b, "    calendar: true\n")
	w.some(&b, "    sort: %s\n", []string{"-geheel", "title", "wanneer"}[w.IntN(3)])
	w.some(&b, "    sum: {of: [deel, rest], equals: geheel}\n")
	b.WriteString("  begrip:\n    folder: begrippen\n    fields: {kort: text}\n")
	w.some(&b, "    glossary: kort\n")
	b.WriteString("vocabularies:\n  themas:\n    label: {one: Thema, many: Thema's}\n    terms: {ai: Kunstmatige intelligentie, privacy: Privacy, bpv: Stage}\n")
	w.files["site.yaml"] = b.String()
}

// items writes the file of items anew, or takes it away.
func (w *world) items() {
	var b strings.Builder
	for i := range w.IntN(6) {
		fmt.Fprintf(&b, "- title: %s %d\n", w.word(), i)
		w.some(&b, "  id: punt-%d\n", w.IntN(4))
		w.some(&b, "  wanneer: %s\n", []string{"2024", "najaar 2023", "2024-02-28/2024-03-01"}[w.IntN(3)])
		fmt.Fprintf(&b, "  deel: %d\n  geheel: %d\n", w.IntN(3), w.IntN(3))
		w.some(&b, "  proeven: [p%d, i%d]\n", 1+w.IntN(w.pages), w.IntN(5))
		w.some(&b, "  tekst: Een **%s**, en een [%s](../%s).\n", w.word(), w.word(), strings.TrimPrefix(w.one(), "content/"))
		w.some(&b, "  draft: true\n")
	}
	if w.files["content/data/punten.yaml"] = b.String(); b.Len() == 0 {
		delete(w.files, "content/data/punten.yaml")
	}
}

// glossary writes a page that explains a word of other pages, or takes it away.
func (w *world) glossary() {
	word := w.word()
	name := fmt.Sprintf("content/begrippen/%s.md", word)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", word)
	w.some(&b, "kort: %s\n", w.word())
	b.WriteString("---\n")
	if w.files[name] = b.String(); w.IntN(4) == 0 {
		delete(w.files, name)
	}
}

// resource writes an image or an attachment beside the pages of a folder, or takes
// it away. There is no telling whether a page names it.
func (w *world) resource() {
	name, data := "", ""
	switch w.IntN(3) {
	case 0: // wide enough to be made smaller
		img := image.NewPaletted(image.Rect(0, 0, 620, 2), color.Palette{color.White, color.Gray{uint8(w.IntN(200))}})
		img.Pix[w.IntN(len(img.Pix))] = 1
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			panic(err)
		}
		name, data = "beeld.png", b.String()
	case 1:
		name, data = "bijlage.txt", w.word()+" "+w.word()
	default:
		name, data = "stuk.odt", "geen zip, maar een "+w.word() // cannot be read
	}
	name = path.Join(path.Dir(w.one()), name)
	if old := w.any(path.Base(name)); old != "" && w.IntN(2) == 0 {
		name = old // another text for what is there
	}
	if w.files[name] = data; w.IntN(3) == 0 {
		delete(w.files, name)
	}
}

// any is a file with that ending, "" when there is none.
func (w *world) any(ending string) string {
	var names []string
	for name := range w.files {
		if strings.HasSuffix(name, ending) && name != "content/s0/_index.md" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if len(names) == 0 {
		return ""
	}
	return names[w.IntN(len(names))]
}

// one is the file of a page, which may be gone.
func (w *world) one() string { return cmp.Or(w.any(".md"), "content/geen.md") }

func (w *world) add() {
	w.pages++
	folder := []string{"s0", "s1", "s1/diep", "proeven", "proeven"}[w.IntN(5)]
	name := fmt.Sprintf("content/%s/p%d.md", folder, w.pages)
	if w.IntN(3) == 0 {
		name = fmt.Sprintf("content/%s/p%d/index.md", folder, w.pages)
		w.files[strings.TrimSuffix(name, "index.md")+"bijlage.txt"] = w.word()
	}
	w.files[name] = w.text(name)
}

func (w *world) text(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s %d\n", w.word(), w.IntN(50))
	some := func(format string, args ...any) { w.some(&b, format, args...) }
	some("date: 2024-0%d-1%d\n", 1+w.IntN(9), w.IntN(9))
	some("tags: [%s, %s]\n", w.word(), w.word())
	some("description: over %s\n", w.word())
	some("weight: %d\n", w.IntN(5))
	some("slug: s%d\n", w.IntN(40))
	some("id: i%d\n", w.IntN(40))
	some("aliases: [/oud/%d/]\n", w.IntN(40))
	some("publishDate: 2024-03-0%d\n", 1+w.IntN(9))
	some("voorbeeld: true\n")
	some("image: {file: beeld.png, alt: Een beeld}\n")
	if w.IntN(12) == 0 {
		b.WriteString("draft: true\n")
	}
	if strings.HasPrefix(name, "content/proeven/") {
		some("jaar: 202%d-202%d\n", 2, 3)
		some("themas: [ai, bpv]\n")
		some("zie: [p%d, i%d]\n", 1+w.IntN(w.pages), w.IntN(40))
		some("punt: punt-%d\n", w.IntN(4))
		some("bijlage: bijlage.txt\n")
		some("maker: %s\n", w.word())
	}
	b.WriteString("---\n")
	if w.IntN(15) == 0 {
		return b.String()[:b.Len()-4] // front matter that is not closed
	}
	for range w.IntN(4) {
		target := func() string {
			rel, _ := filepath.Rel(filepath.Dir(name), w.one())
			return filepath.ToSlash(rel)
		}
		fmt.Fprintf(&b, "## %s\n\nEen %s en een %s. Zie [%s](%s).", w.word(), w.word(), w.word(), w.word(), target())
		some("\n\n![een %s](%s)", w.word(), path.Join(path.Dir(target()), "beeld.png"))
		some("\n\nLees [dit](%s) ook.", path.Join(path.Dir(target()), "bijlage.txt"))
		b.WriteString("\n\n")
	}
	return b.String()
}

// edit changes something.
func (w *world) edit() {
	switch name := w.one(); w.IntN(16) {
	case 0:
		w.add()
	case 1:
		delete(w.files, name)
	case 2: // rename, also out of a bundle and into another section
		w.pages++
		if text, ok := w.files[name]; ok {
			w.files[fmt.Sprintf("content/s%d/p%d.md", w.IntN(3), w.pages)] = text
			delete(w.files, name)
		}
	case 3:
		w.configure()
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
	case 6, 7:
		w.items()
	case 8:
		w.glossary()
	case 9, 10, 11:
		w.resource()
	case 12: // a word more
		if text, ok := w.files[name]; ok {
			w.files[name] = text + w.word() + "\n"
		}
	default:
		if _, ok := w.files[name]; ok {
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
	rounds, seeds := 20, 4
	if testing.Short() {
		rounds, seeds = 10, 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(uint64(seed))
			dir := t.TempDir()
			w.files.write(t, dir)
			o := Options{Source: dir, Output: filepath.Join(dir, workFolder, "preview"), Now: day, Preview: true, Worker: worker(t)}
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

// What site.yaml says of the order of results shows at once, in a preview and after a
// build, and is gone with the lines that say it.
func TestOrderFollowsSiteYAML(t *testing.T) {
	const kinds = "title: Proef\nkinds: {les: {folder: lessen}, nieuws: {folder: nieuws}}\n"
	page := func(date string) string { return "---\ntitle: Een appel\ndate: " + date + "\n---\nOver de appel.\n" }
	site := files{"content/lessen/a.md": page("2026-03-01"), "content/lessen/b.md": page("2020-03-01"), "content/nieuws/c.md": page("2019-03-01")}
	dir := t.TempDir()
	disk := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day}
	p := New(Options{Source: dir, Output: filepath.Join(t.TempDir(), "preview"), Now: day, Preview: true})
	defer p.Close()
	for _, step := range []struct{ settings, want string }{
		{"", "/lessen/a/ /lessen/b/ /nieuws/c/"},
		{"search: {kinds: {nieuws: 1.2}}\n", "/nieuws/c/ /lessen/a/ /lessen/b/"},
		{"search: {kinds: {les: 0.8}, recent: {percent: 50, days: 100}}\n", "/lessen/a/ /nieuws/c/ /lessen/b/"},
		{"search: {kinds: {les: 0.6}, recent: {percent: 50, days: 100}}\n", "/nieuws/c/ /lessen/a/ /lessen/b/"},
		{"", "/lessen/a/ /lessen/b/ /nieuws/c/"},
	} {
		site["site.yaml"] = kinds + step.settings
		site.write(t, dir)
		silent(t, build(t, disk))
		index, err := search.Open(filepath.Join(disk.Output, indexFolder))
		if err != nil {
			t.Fatal(err)
		}
		defer index.Close()
		if _, err := p.Build(context.Background()); err != nil {
			t.Fatal(err)
		}
		for where, x := range map[string]interface {
			Search(context.Context, search.Query) (*search.Results, error)
		}{"on disk": index, "in the preview": p.Live()} {
			r, err := x.Search(context.Background(), search.Query{Text: "appel"})
			if err != nil {
				t.Fatal(err)
			}
			var order []string
			for _, h := range r.Hits {
				order = append(order, h.URL)
			}
			if got := strings.Join(order, " "); got != step.want {
				t.Errorf("%q: %s: got %s, want %s", step.settings, where, got, step.want)
			}
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
