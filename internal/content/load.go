package content

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"kennishub/internal/cache"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
	"kennishub/internal/schema"
)

var (
	codeUnreadable = diag.Define("onleesbaar-bestand", diag.Error,
		"Een bestand kan niet worden gelezen",
		"Kennishub mag dit bestand niet openen, of het is geen gewoon bestand. Geef jezelf leesrechten of haal het bestand uit de map content.")
	codeName = diag.Define("bestandsnaam", diag.Error,
		"De naam van een bestand of map kan niet in een adres staan",
		"Een backslash, een regeleinde of een ander onzichtbaar teken in een naam werkt niet op elke computer en niet in een webadres. Geef het bestand of de map een andere naam.")
	codeLinkOut = diag.Define("koppeling-naar-buiten", diag.Error,
		"Een symbolische koppeling wijst buiten de site",
		"Een symbolische koppeling in content/ mag alleen wijzen naar een bestand binnen content/. Zo komt er nooit per ongeluk een bestand van je computer op de website. Zet het bestand zelf in de map.")
	codeLinkedFolder = diag.Define("gekoppelde-map", diag.Warning,
		"Een map is een symbolische koppeling en wordt niet gevolgd",
		"Kennishub leest alleen echte mappen. Zet de map zelf in content/ als de bestanden mee moeten.")
	codeTooLarge = diag.Define("tekst-te-groot", diag.Error,
		"Een Markdown-bestand is te groot",
		"Een pagina van meer dan 16 MB kan geen lezer gebruiken. Meestal staat er per ongeluk een bijlage of een uitvoer van een programma in. Verdeel de tekst over meer pagina's, of zet de gegevens als bijlage naast de pagina.")
)

// maxText bounds a Markdown file. A very long novel is 4 MB.
const maxText = 16 << 20

// Stamp is what the file system says of a file. Two equal stamps mean the same
// contents, unless the first was taken in the very moment the file was written.
type Stamp struct {
	size     int64
	modified int64
	changed  int64 // inode change time where the system has one
	Racy     bool  // the file was written so recently that the next write may not show
}

// settled is how long a file must have been left alone before its times are
// trusted: a second write within the same tick of the clock leaves no trace.
const settled = 100 * time.Millisecond

// StampOf takes the stamp of a file.
func StampOf(info fs.FileInfo) Stamp {
	s := Stamp{size: info.Size(), modified: info.ModTime().UnixNano(), changed: changeTime(info)}
	age := time.Since(time.Unix(0, max(s.modified, s.changed)))
	s.Racy = age < settled // also a time in the future
	return s
}

// Append appends the stamp, without Racy, to b.
func (s Stamp) Append(b []byte) []byte {
	return fmt.Append(b, s.size, s.modified, s.changed)
}

func (s Stamp) sameAs(t Stamp) bool {
	return s.size == t.size && s.modified == t.modified && s.changed == t.changed
}

// load reads one file, or takes what is known of it.
func (l *Loader) load(f file) (loaded, []diag.Message) {
	info, err := l.info(f)
	if err != nil {
		return l.unreadable(f, err)
	}
	switch {
	case info.IsDir():
		return loaded{}, []diag.Message{codeLinkedFolder.At(l.at(f.name), 0, 0, "deze map is een symbolische koppeling", "zet de map zelf in content/")}
	case !info.Mode().IsRegular():
		return loaded{}, []diag.Message{codeUnreadable.At(l.at(f.name), 0, 0, "is geen gewoon bestand", "haal het weg uit content/")}
	}
	now := StampOf(info)
	before, known := l.known[f.name]
	if known && before.stamp.sameAs(now) && !before.stamp.Racy {
		return before, nil
	}
	if !strings.EqualFold(path.Ext(f.name), ".md") {
		r, err := l.resource(f.name, now)
		if err != nil {
			return l.unreadable(f, err)
		}
		return loaded{stamp: now, resource: r}, nil
	}
	if info.Size() > maxText {
		text := fmt.Sprintf("het bestand is %d MB groot, een pagina mag %d MB zijn", (info.Size()-1)>>20+1, maxText>>20)
		doc := newDocument(f.name, cache.KeyOf([]byte(f.name), now.Append(nil)))
		doc.Messages = []diag.Message{codeTooLarge.At(l.at(f.name), 0, 0, text, "verdeel de tekst over meer pagina's")}
		l.place(doc)
		doc.Title, doc.Body = doc.Name(), &markdown.Document{Chunks: []string{""}}
		return loaded{stamp: now, document: doc}, nil
	}
	source, err := fs.ReadFile(l.fsys, f.name)
	if err != nil {
		return l.unreadable(f, err)
	}
	version := cache.KeyOf([]byte(f.name), source)
	if known && before.document != nil && before.document.Version == version {
		before.stamp = now
		return before, nil
	}
	return loaded{stamp: now, document: l.document(f.name, source, version)}, nil
}

// info asks the file system about a file. Only a symbolic link must be followed,
// which takes far longer than asking about the entry that was listed.
func (l *Loader) info(f file) (fs.FileInfo, error) {
	if f.entry.Type()&fs.ModeSymlink != 0 {
		return fs.Stat(l.fsys, f.name)
	}
	return f.entry.Info()
}

func (l *Loader) unreadable(f file, err error) (loaded, []diag.Message) {
	name := l.at(f.name)
	if f.entry.Type()&fs.ModeSymlink != 0 {
		return loaded{}, []diag.Message{codeLinkOut.At(name, 0, 0, "deze symbolische koppeling wijst nergens naar, of naar iets buiten content/", "zet het bestand zelf in de map")}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return loaded{}, nil // gone since the folder was read
	}
	return loaded{}, []diag.Message{codeUnreadable.At(name, 0, 0, "kan niet worden gelezen: "+reason(err), "kijk naar de rechten van het bestand")}
}

// resource notes a file that is published as it is. Its version comes from what
// the file system says, because a video of 2 GB is not read to learn that it is
// still the same. Only while that cannot be trusted is the file read.
func (l *Loader) resource(name string, s Stamp) (*Resource, error) {
	r := &Resource{File: name, Size: s.size, Version: cache.KeyOf([]byte(name), s.Append(nil))}
	if !s.Racy {
		return r, nil
	}
	file, err := l.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return nil, err
	}
	r.Version = cache.KeyOf([]byte(name), s.Append(nil), h.Sum(nil))
	return r, nil
}

func newDocument(name string, version cache.Key) *Document {
	base := path.Base(name)
	return &Document{File: name, Section: base == "_index.md", Bundle: base == "index.md", Version: version}
}

// place fills in what follows from where a document stands.
func (l *Loader) place(d *Document) {
	if d.ID == "" {
		d.ID = d.Name()
	}
	d.Path = l.path(d)
	d.Kind = l.kind(d)
}

// path is the address of a document without the first slash.
func (l *Loader) path(d *Document) string {
	dir := path.Dir(d.File)
	switch {
	case d.home():
		return ""
	case d.Section || d.Bundle:
		dir = path.Dir(dir)
	}
	return Address(dir) + Slug(cmp.Or(d.slug, d.Name())) + "/"
}

// kind is the kind whose folder a page is in: the deepest, when one stands in
// another. The page of the folder itself has none.
func (l *Loader) kind(d *Document) (kind *schema.Kind) {
	if d.Section {
		return nil
	}
	for _, k := range l.config.Kinds {
		if k.Folder != "" && strings.HasPrefix(d.File, k.Folder+"/") && (kind == nil || len(k.Folder) > len(kind.Folder)) {
			kind = k
		}
	}
	return kind
}
