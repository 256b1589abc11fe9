package content

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"kennishub/internal/cache"
	"kennishub/internal/config"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
)

const siteYAML = `
title: Proef
kinds:
  ding:
    folder: dingen
    label: {one: Ding, many: Dingen}
    fields: {kleur: text}
  diep:
    folder: dingen/diepe
    fields: {kleur: text}
  eis:
    folder: Eisen
    fields: {kleur: {type: text, required: true}}
`

func configure(t testing.TB, yaml string) *config.Config {
	t.Helper()
	cfg, messages := config.Load(fstest.MapFS{config.File: {Data: []byte(yaml)}})
	if len(messages) > 0 {
		t.Fatal(messages)
	}
	return cfg
}

// long ago is when files of these tests were written, so that their times count.
var longAgo = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// folder makes a content folder out of pairs of name and text.
func folder(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1]), ModTime: longAgo}
	}
	return m
}

// written is what is wrong with a tree, as an author reads it.
func written(tree *Tree) string {
	var list diag.List
	list.Add(tree.Messages...)
	for _, d := range tree.Documents {
		list.Add(d.Messages...)
	}
	var b strings.Builder
	diag.Write(&b, list.Sorted())
	return b.String()
}

func files(tree *Tree) (documents, resources []string) {
	for _, d := range tree.Documents {
		documents = append(documents, d.File)
	}
	for _, r := range tree.Resources {
		resources = append(resources, r.File)
	}
	return documents, resources
}

const titled = "---\ntitle: T\n---\n"

// Where a file stands decides what it is, its address and its kind.
func TestPlaces(t *testing.T) {
	cfg := configure(t, siteYAML)
	long := strings.Repeat("x", 300)
	for _, test := range []struct{ file, text, want string }{
		{"_index.md", titled, `"" section id=index`},
		{"index.md", titled, `"" bundle id=index`},
		{"over.md", titled, `"over/" id=over`},
		{"a/b.md", titled, `"a/b/" id=b`},
		{"a/_index.md", titled, `"a/" section id=a`},
		{"a/b/_index.md", titled, `"a/b/" section id=b`},
		{"a/b/index.md", titled, `"a/b/" bundle id=b`},
		{"Over Ons/Één pagina.md", titled, `"over-ons/een-pagina/" id=Één pagina`},
		{"книги/Война.md", titled, `"книги/война/" id=Война`},
		{"a/!.md", titled, `"a/-/" id=!`},
		{"a/" + long + ".md", titled, `"a/` + long[:200] + `/" id=` + long},
		{"a/Hoofdletters.MD", titled, `"a/hoofdletters/" id=Hoofdletters`},
		{"a/v1.2.md", titled, `"a/v1.2/" id=v1.2`},
		{"dingen/x.md", titled, `"dingen/x/" kind=ding id=x`},
		{"dingen/map/x.md", titled, `"dingen/map/x/" kind=ding id=x`},
		{"dingen/_index.md", titled, `"dingen/" section id=dingen`},
		{"dingen/x/index.md", titled, `"dingen/x/" bundle kind=ding id=x`},
		{"dingen/diepe/x.md", titled, `"dingen/diepe/x/" kind=diep id=x`},
		{"dingenlijst/x.md", titled, `"dingenlijst/x/" id=x`},
		{"Eisen/x.md", "---\ntitle: T\nkleur: rood\n---\n", `"eisen/x/" kind=eis id=x`},
		{"a/b.md", "---\ntitle: T\nslug: ander\n---\n", `"a/ander/" id=b`},
		{"a/b/index.md", "---\ntitle: T\nslug: ander\n---\n", `"a/ander/" bundle id=b`},
		{"a/b.md", "---\ntitle: T\nid: eigen\n---\n", `"a/b/" id=eigen`},
	} {
		tree := NewLoader(folder(test.file, test.text), "content", nil).Load(cfg, nil)
		if said := written(tree); said != "" {
			t.Errorf("%s: %s", test.file, said)
		}
		if len(tree.Documents) != 1 {
			t.Errorf("%s: %d documents", test.file, len(tree.Documents))
			continue
		}
		d := tree.Documents[0]
		got := fmt.Sprintf("%q", d.Path)
		if d.Section {
			got += " section"
		}
		if d.Bundle {
			got += " bundle"
		}
		if d.Kind != nil {
			got += " kind=" + d.Kind.Name
		}
		if got += " id=" + d.ID; got != test.want {
			t.Errorf("%s: got %s, want %s", test.file, got, test.want)
		}
	}
}

// What is a page, what is a file, and what is neither.
func TestWhatIsWhat(t *testing.T) {
	tree := NewLoader(folder(
		"b.md", titled, "a/z.md", titled, "a/_index.md", titled, "a.md", titled,
		"a/poster.pdf", "p", "poster.pdf", "p", "a/tabel.yaml", "x: 1", "data/los.txt", "x",
		".verborgen", "x", "_opzij.md", titled, "_map/x.md", titled, ".git/x.md", titled, "a/_los/x.pdf", "p",
		"a.md~", "x", "#a.md#", "x", "a.tmp", "x", "a.swp", "x", ".a.md.swp", "x",
		"~$verslag.docx", "x", "Thumbs.db", "x", "a/desktop.ini", "x", "Icon\r", "x", ".\n", "x", ".DS_Store", "x",
	), "content", nil).Load(configure(t, siteYAML), nil)
	if said := written(tree); said != "" {
		t.Error(said)
	}
	documents, resources := files(tree)
	if want := []string{"a.md", "a/_index.md", "a/z.md", "b.md"}; !slices.Equal(documents, want) {
		t.Errorf("documents: %q, want %q", documents, want)
	}
	if want := []string{"a/poster.pdf", "a/tabel.yaml", "data/los.txt", "poster.pdf"}; !slices.Equal(resources, want) {
		t.Errorf("resources: %q, want %q", resources, want)
	}
	if r := tree.Resources[1]; r.Size != 4 {
		t.Errorf("%s is %d bytes", r.File, r.Size)
	}
}

// Names that no address or message can hold are refused in words.
func TestUnfitNames(t *testing.T) {
	const hint = "    geef het een naam met letters, cijfers, spaties, punten en streepjes\n"
	tree := NewLoader(folder(
		`a\b.pdf`, "x", "c\nd.md", titled, "map\x1b[31m/x.md", titled, "goed.md", titled,
	), "content", nil).Load(configure(t, siteYAML), nil)
	want := "content/a\\b.pdf: fout: deze naam kan niet in een adres of op elke computer: \"a\\\\b.pdf\" [bestandsnaam]\n" + hint +
		"content/c\uFFFDd.md: fout: deze naam kan niet in een adres of op elke computer: \"c\\nd.md\" [bestandsnaam]\n" + hint +
		"content/map\uFFFD[31m: fout: deze naam kan niet in een adres of op elke computer: \"map\\x1b[31m\" [bestandsnaam]\n" + hint
	if got := written(tree); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if documents, resources := files(tree); !slices.Equal(documents, []string{"goed.md"}) || resources != nil {
		t.Error(documents, resources)
	}
}

// counting counts which files are opened.
type counting struct {
	fs.FS
	mu     sync.Mutex
	opened []string
}

func (c *counting) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && !info.IsDir() {
		c.mu.Lock()
		c.opened = append(c.opened, name)
		c.mu.Unlock()
	}
	return f, nil
}

func (c *counting) take() []string {
	slices.Sort(c.opened)
	opened := c.opened
	c.opened = nil
	return opened
}

// Loading again reads only what changed, and keeps the rest as it is.
func TestLoadAgain(t *testing.T) {
	cfg := configure(t, siteYAML)
	site := folder("a.md", titled+"a", "b.md", titled+"b", "c.md", titled+"c", "p.pdf", "p", "q.pdf", "q")
	fsys := &counting{FS: site}
	loader := NewLoader(fsys, "content", nil)

	first := loader.Load(cfg, nil)
	if got, want := fsys.take(), []string{"a.md", "b.md", "c.md", "p.pdf", "q.pdf"}; !slices.Equal(got, want) {
		t.Errorf("first, %q is read, want %q", got, want)
	}
	again := loader.Load(cfg, nil)
	if got := fsys.take(); got != nil {
		t.Errorf("nothing changed, but %q is read", got)
	}
	if !slices.Equal(again.Documents, first.Documents) || !slices.Equal(again.Resources, first.Resources) {
		t.Error("nothing changed, but documents are others")
	}

	later := longAgo.Add(time.Hour)
	site["a.md"] = &fstest.MapFile{Data: []byte(titled + "A"), ModTime: later}   // changed
	site["b.md"] = &fstest.MapFile{Data: site["b.md"].Data, ModTime: later}      // touched
	site["d.md"], site["c.md"] = site["c.md"], nil                               // renamed
	site["p.pdf"] = &fstest.MapFile{Data: []byte("P"), ModTime: later}           // changed
	site["r.pdf"] = &fstest.MapFile{Data: site["q.pdf"].Data, ModTime: longAgo}  // renamed
	site["e.md"] = &fstest.MapFile{Data: []byte(titled + "e"), ModTime: longAgo} // made
	delete(site, "c.md")
	delete(site, "q.pdf")
	now := loader.Load(cfg, nil)
	if got, want := fsys.take(), []string{"a.md", "b.md", "d.md", "e.md", "p.pdf", "r.pdf"}; !slices.Equal(got, want) {
		t.Errorf("%q is read, want %q", got, want)
	}
	documents, resources := files(now)
	if want := []string{"a.md", "b.md", "d.md", "e.md"}; !slices.Equal(documents, want) {
		t.Errorf("documents: %q", documents)
	}
	if want := []string{"p.pdf", "r.pdf"}; !slices.Equal(resources, want) {
		t.Errorf("resources: %q", resources)
	}
	if now.Documents[0] == first.Documents[0] || now.Documents[0].Version == first.Documents[0].Version {
		t.Error("a.md changed, but its document did not")
	}
	if now.Documents[1] != first.Documents[1] {
		t.Error("b.md has the same contents, but another document")
	}
	if now.Documents[2].Version == first.Documents[2].Version || now.Documents[2].Path != "d/" {
		t.Error("d.md is still c.md")
	}
	if now.Resources[0].Version == first.Resources[0].Version || now.Resources[1].Version == first.Resources[1].Version {
		t.Error("a resource changed or has another name, but its version is the same")
	}
	if loader.Load(cfg, nil); fsys.take() != nil {
		t.Error("a touched file is read every time")
	}
	if other := loader.Load(configure(t, siteYAML), nil); other.Documents[0] == now.Documents[0] || len(fsys.take()) != 4 {
		t.Error("another site.yaml leaves documents as they were")
	}
}

// The clock of a file system has ticks. A second edit in the same tick leaves the
// time as it is; that it has the same size must not hide it.
func TestEditWithinTheTick(t *testing.T) {
	cfg := configure(t, siteYAML)
	for _, name := range []string{"a.md", "a.txt"} {
		tick := time.Now()
		site := fstest.MapFS{name: {Data: []byte("# een"), ModTime: tick}}
		loader := NewLoader(site, "content", nil)
		version := func() (cache.Key, string) {
			tree := loader.Load(cfg, nil)
			for _, d := range tree.Documents {
				return d.Version, d.Title
			}
			return tree.Resources[0].Version, ""
		}
		before, _ := version()
		site[name] = &fstest.MapFile{Data: []byte("# twé"[:5]), ModTime: tick}
		after, title := version()
		if before == after {
			t.Errorf("%s: an edit in the same tick is not seen", name)
		}
		if name == "a.md" && title == "een" {
			t.Errorf("%s still has the title %q", name, title)
		}
		settled := tick.Add(-time.Hour)
		site[name].ModTime = settled
		if now, _ := version(); name == "a.md" && now != after {
			t.Errorf("%s has another version, with the same contents", name)
		}
	}
}

// vanishing loses a file or folder between its listing and its reading.
type vanishing struct {
	fs.FS
	gone string
}

func (v vanishing) err(name string) error {
	if name == v.gone {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return nil
}

func (v vanishing) Open(name string) (fs.File, error) {
	if err := v.err(name); err != nil {
		return nil, err
	}
	return v.FS.Open(name)
}

func (v vanishing) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := v.err(name); err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(v.FS, name)
	for i, e := range entries {
		entries[i] = vanishingEntry{e, v.err(path.Join(name, e.Name()))}
	}
	return entries, err
}

type vanishingEntry struct {
	fs.DirEntry
	err error
}

func (e vanishingEntry) Info() (fs.FileInfo, error) {
	if e.err != nil {
		return nil, e.err
	}
	return e.DirEntry.Info()
}

// refusing has files that may not be read.
type refusing struct {
	fs.FS
	name string
	err  error
}

func (r refusing) Open(name string) (fs.File, error) {
	if name == r.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: r.err}
	}
	return r.FS.Open(name)
}

func TestUnreadable(t *testing.T) {
	site := folder("a.md", titled, "b.md", titled, "map/c.pdf", "x")
	site["pijp"] = &fstest.MapFile{Mode: fs.ModeNamedPipe, ModTime: longAgo}
	const pipe = "content/pijp: fout: is geen gewoon bestand [onleesbaar-bestand]\n    haal het weg uit content/\n"
	const hint = "    kijk naar de rechten van het bestand\n"
	for _, test := range []struct {
		fsys fs.FS
		want string
		left []string
	}{
		{site, pipe, []string{"a.md", "b.md", "map/c.pdf"}},
		{vanishing{site, "a.md"}, pipe, []string{"b.md", "map/c.pdf"}},
		{vanishing{site, "map"}, pipe, []string{"a.md", "b.md"}},
		{vanishing{site, "map/c.pdf"}, pipe, []string{"a.md", "b.md"}},
		{refusing{site, "a.md", fs.ErrPermission},
			"content/a.md: fout: kan niet worden gelezen: permission denied [onleesbaar-bestand]\n" + hint + pipe, []string{"b.md", "map/c.pdf"}},
		{refusing{site, "map", errors.New("de schijf hapert")},
			"content/map: fout: kan niet worden gelezen: de schijf hapert [onleesbaar-bestand]\n" + hint + pipe, []string{"a.md", "b.md"}},
		{refusing{site, ".", fs.ErrPermission},
			"content: fout: kan niet worden gelezen: permission denied [onleesbaar-bestand]\n" + hint, nil},
		{vanishing{site, "."}, "", nil}, // the build says that there is no folder content
	} {
		tree := NewLoader(test.fsys, "content", nil).Load(configure(t, siteYAML), nil)
		if got := written(tree); got != test.want {
			t.Errorf("%+v: got\n%s\nwant\n%s", test.fsys, got, test.want)
		}
		documents, resources := files(tree)
		if left := slices.Concat(documents, resources); !slices.Equal(left, test.left) {
			t.Errorf("%+v: %q, want %q", test.fsys, left, test.left)
		}
	}
}

// Symbolic links are followed to files in the folder, and nowhere else.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(filepath.FromSlash(to), filepath.Join(dir, "content", name)); err != nil {
			t.Skipf("skipped: needs symbolic links: %v", err)
		}
	}
	write("geheim.md", titled+"geheim")
	write("content/echt.md", titled+"echt")
	write("content/map/x.md", titled+"x")
	write("content/p.pdf", "12345")
	link("echt.md", "kopie.md")
	link("p.pdf", "q.pdf")
	link("../geheim.md", "uit.md")
	link("../geheim.md", "uit.pdf")
	link("nergens.md", "los.md")
	link("map", "ook.map")
	link("kring", "kring")
	root, err := os.OpenRoot(filepath.Join(dir, "content"))
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := NewLoader(root.FS(), "content", nil).Load(configure(t, siteYAML), nil)
	const out = ": fout: deze symbolische koppeling wijst nergens naar, of naar iets buiten content/ [koppeling-naar-buiten]\n    zet het bestand zelf in de map\n"
	want := "content/kring" + out + "content/los.md" + out +
		"content/ook.map: waarschuwing: deze map is een symbolische koppeling [gekoppelde-map]\n    zet de map zelf in content/\n" +
		"content/uit.md" + out + "content/uit.pdf" + out
	if got := written(tree); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	documents, resources := files(tree)
	if want := []string{"echt.md", "kopie.md", "map/x.md"}; !slices.Equal(documents, want) {
		t.Errorf("documents: %q", documents)
	}
	if want := []string{"p.pdf", "q.pdf"}; !slices.Equal(resources, want) {
		t.Errorf("resources: %q", resources)
	} else if tree.Resources[1].Size != 5 {
		t.Error("the size of a link is that of its file")
	}
}

// A second loader with the same cache renders nothing, and gives the same. What is
// rendered is put in the cache, and the cache is written only when something was.
func TestCache(t *testing.T) {
	name := filepath.Join(t.TempDir(), "cache")
	site := folder(
		"a.md", "---\ntitle: A\n---\n## Kop {#k}\n\n[b](b.md) <marquee>\n",
		"b.md", "# B\n\n![](foto.png)\n",
		"c.md", "",
	)
	load := func(cfg *config.Config) (tree *Tree, written bool) {
		t.Helper()
		before, _ := os.Stat(name)
		store := cache.Open(name)
		tree = NewLoader(site, "content", nil).Load(cfg, store)
		if err := store.Save(); err != nil {
			t.Fatal(err)
		}
		after, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return tree, !os.SameFile(before, after)
	}
	first, rendered := load(configure(t, siteYAML))
	if !rendered {
		t.Fatal("the cache is not written")
	}
	second, rendered := load(configure(t, siteYAML))
	if rendered {
		t.Error("texts were rendered that are in the cache")
	}
	for i, d := range second.Documents {
		if got, want := fmt.Sprintf("%+v", *d.Body), fmt.Sprintf("%+v", *first.Documents[i].Body); got != want {
			t.Errorf("%s: from the cache\n%s\nrendered\n%s", d.File, got, want)
		}
		if d.Title != first.Documents[i].Title || d.Version != first.Documents[i].Version {
			t.Errorf("%s is another document when it comes from the cache", d.File)
		}
	}
	if got, want := written(second), written(first); got != want || want == "" {
		t.Errorf("from the cache\n%s\nrendered\n%s", got, want)
	}

	// What decides the rendering is part of the key.
	for _, yaml := range []string{"title: X\nlanguage: en", "title: X\nmarkdown: {tags: [kbd]}", "title: X"} {
		if _, rendered := load(configure(t, yaml)); !rendered {
			t.Errorf("with %q, texts come from the cache of other options", yaml)
		}
	}
	site["a.md"].Data = []byte(strings.Replace(string(site["a.md"].Data), "title: A", "title: Kop", 1))
	if _, rendered := load(configure(t, "title: X")); !rendered {
		t.Error("with another title, the text comes from the cache")
	}
	delete(site, "c.md")
	if _, rendered := load(configure(t, "title: X")); !rendered {
		t.Error("a text that is gone stays in the cache")
	}
}

// A damaged value in the cache costs work, not a page.
func TestDamagedCache(t *testing.T) {
	cfg := configure(t, siteYAML)
	site := folder("a.md", titled+"tekst")
	store := cache.Open(filepath.Join(t.TempDir(), "cache"))
	key := cache.KeyOf([]byte(markdown.Options{Language: "nl"}.Key()), []byte("T"), []byte("tekst"))
	store.Put(key, []byte("geen document"))
	if err := store.Save(); err != nil {
		t.Fatal(err)
	}
	tree := NewLoader(site, "content", nil).Load(cfg, store)
	if html := tree.Documents[0].Body.HTML(nil); html != "<p>tekst</p>\n" {
		t.Errorf("got %q", html)
	}
}

// thousands is a folder of 3,000 pages with a little text.
func thousands() fstest.MapFS {
	m := fstest.MapFS{}
	text := strings.Repeat("Een alinea met een [link](p0001.md) en *nadruk*, zoals er veel zijn.\n\n", 20)
	for i := range 3000 {
		m[fmt.Sprintf("map%d/p%04d.md", i%10, i)] = &fstest.MapFile{ModTime: longAgo,
			Data: fmt.Appendf(nil, "---\ntitle: Pagina %d\ndate: 2024-01-02\ntags: [een, twee]\n---\n## Kop\n\n%s", i, text)}
	}
	return m
}

func BenchmarkLoad(b *testing.B) {
	site, cfg := thousands(), configure(b, siteYAML)
	b.Run("cold", func(b *testing.B) {
		for b.Loop() {
			NewLoader(site, "content", nil).Load(cfg, nil)
		}
	})
	b.Run("again", func(b *testing.B) {
		loader := NewLoader(site, "content", nil)
		loader.Load(cfg, nil)
		for b.Loop() {
			loader.Load(cfg, nil)
		}
	})
}
