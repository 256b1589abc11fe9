package content

import (
	"cmp"
	"errors"
	"fmt"
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
		"Een teken zoals \\, :, ? of *, een regeleinde, een punt of spatie aan het eind, en namen zoals CON en NUL werken niet op elke computer; Windows kan zo'n bestand niet uitpakken. Geef het bestand of de map een andere naam.")
	codeLinkOut = diag.Define("koppeling-naar-buiten", diag.Error,
		"Een symbolische koppeling wijst buiten de site",
		"Een symbolische koppeling in content/ mag alleen wijzen naar een bestand binnen content/. Zo komt er nooit per ongeluk een bestand van je computer op de website. Zet het bestand zelf in de map.")
	codeLinkedFolder = diag.Define("gekoppelde-map", diag.Warning,
		"Een map is een symbolische koppeling en wordt niet gevolgd",
		"Kennishub leest alleen echte mappen. Zet de map zelf in content/ als de bestanden mee moeten.")
	codeTooLarge = diag.Define("tekst-te-groot", diag.Error,
		"Een bestand met tekst of gegevens is te groot",
		"Een pagina of lijst van meer dan 16 MB kan geen lezer gebruiken. Meestal staat er per ongeluk een bijlage of een uitvoer van een programma in. Verdeel de tekst over meer pagina's, of zet de gegevens als bijlage naast de pagina.")
)

// maxText bounds a Markdown or YAML file. A very long novel is 4 MB.
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
func (l *Loader) load(f file) loaded {
	info, err := l.info(f)
	if err != nil {
		return l.unreadable(f, err)
	}
	switch {
	case info.IsDir():
		return l.fault(codeLinkedFolder, f.name, "deze map is een symbolische koppeling", "zet de map zelf in content/")
	case !info.Mode().IsRegular():
		return l.fault(codeUnreadable, f.name, "is geen gewoon bestand", "haal het weg uit content/")
	}
	now := StampOf(info)
	before, known := l.known[f.name]
	if known && before.stamp.sameAs(now) && !before.stamp.Racy {
		return before
	}
	isText := strings.EqualFold(path.Ext(f.name), ".md")
	if !isText && !isData(f.name) {
		return l.resource(f, now)
	}
	if info.Size() > maxText {
		return l.tooLarge(f.name, now)
	}
	source, err := fs.ReadFile(l.fsys, f.name)
	if err != nil {
		return l.unreadable(f, err)
	}
	version := cache.KeyOf([]byte(f.name), source)
	if known && len(before.documents) > 0 && before.documents[0].Version == version {
		before.stamp = now
		return before
	}
	if isText {
		return loaded{stamp: now, documents: []*Document{l.document(f.name, source, version)}}
	}
	if l.isWords(f.name) {
		return l.words(f.name, source)
	}
	return l.items(f.name, source, version, now)
}

// fault is a file that is left out.
func (l *Loader) fault(code *diag.Code, name, text, hint string) loaded {
	return loaded{messages: []diag.Message{code.At(l.at(name), 0, 0, text, hint)}}
}

func (l *Loader) tooLarge(name string, s Stamp) loaded {
	text := fmt.Sprintf("het bestand is %d MB groot, een tekst mag %d MB zijn", (s.size-1)>>20+1, maxText>>20)
	if isData(name) {
		return l.fault(codeTooLarge, name, text, "verdeel de gegevens, of zet ze als bijlage naast een pagina")
	}
	doc := newDocument(name, cache.KeyOf([]byte(name), s.Append(nil)))
	doc.Messages = []diag.Message{codeTooLarge.At(l.at(name), 0, 0, text, "verdeel de tekst over meer pagina's")}
	l.place(doc)
	doc.Title, doc.Body = doc.Name(), &markdown.Document{Chunks: []string{""}}
	return loaded{stamp: s, documents: []*Document{doc}}
}

// info asks the file system about a file. Only a symbolic link must be followed,
// which takes far longer than asking about the entry that was listed.
func (l *Loader) info(f file) (fs.FileInfo, error) {
	if f.entry.Type()&fs.ModeSymlink != 0 {
		return fs.Stat(l.fsys, f.name)
	}
	return f.entry.Info()
}

func (l *Loader) unreadable(f file, err error) loaded {
	switch {
	case f.entry.Type()&fs.ModeSymlink != 0:
		return l.fault(codeLinkOut, f.name, "deze symbolische koppeling wijst nergens naar, of naar iets buiten content/", "zet het bestand zelf in de map")
	case errors.Is(err, fs.ErrNotExist):
		return loaded{} // gone since the folder was read
	}
	return l.fault(codeUnreadable, f.name, "kan niet worden gelezen: "+reason(err), "kijk naar de rechten van het bestand")
}

func newDocument(name string, version cache.Key) *Document {
	base := path.Base(name)
	return &Document{File: name, Section: base == "_index.md", Bundle: base == "index.md", Version: version, Front: Front{line: 1, col: 1}}
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

// kind is the kind whose folder a page is in. The page of the folder itself has
// none.
func (l *Loader) kind(d *Document) *schema.Kind {
	if d.Section {
		return nil
	}
	return l.kindOf(d.File)
}

// kindOf is the kind in whose folder a file is: the deepest, when one stands in
// another.
func (l *Loader) kindOf(name string) (kind *schema.Kind) {
	for _, k := range l.config.Kinds {
		if k.Folder != "" && strings.HasPrefix(name, k.Folder+"/") && (kind == nil || len(k.Folder) > len(kind.Folder)) {
			kind = k
		}
	}
	return kind
}
