package view

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"kennishub/internal/bundle"
	"kennishub/internal/content"
	"kennishub/internal/markdown"
	"kennishub/internal/media"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// downloads lists the files that fields of the page name, then the other files
// of a bundle, but for the images its text shows.
func (v *Views) downloads(p *site.Page) []theme.Download {
	var list []theme.Download
	seen := map[*content.Resource]bool{}
	add := func(r *content.Resource, title string, facts []schema.FieldValue) {
		if r == nil || seen[r] {
			return
		}
		seen[r] = true
		d := v.download(r, title)
		d.Facts = v.fields(p, facts)
		list = append(list, d)
	}
	for _, named := range Named(v.site, p) {
		add(named.Resource, named.Title, named.Facts)
	}
	if p.Document.Bundle {
		for _, h := range p.Document.Body.Holes {
			if h.Kind == markdown.ImageHole {
				t, _ := v.site.Follow(p, h.Dest)
				seen[t.Resource] = true
			}
		}
		seen[v.site.Image(p)] = true
		for _, r := range v.site.Below(p) {
			add(r, "", nil)
		}
	}
	return list
}

func (v *Views) download(r *content.Resource, title string) theme.Download {
	kind := media.TypeOf(r.File)
	d := theme.Download{
		URL:    v.URL("/" + r.File),
		Title:  cmp.Or(title, path.Base(r.File)),
		Name:   path.Base(r.File),
		Type:   kind.Label,
		MIME:   kind.MIME,
		Size:   media.Size(r.Size, v.site.Config.Language),
		SHA256: hex.EncodeToString(r.Facts.SHA256[:]),
	}
	if r.Facts.Width > 0 {
		d.Dimensions = fmt.Sprintf("%d × %d pixels", r.Facts.Width, r.Facts.Height)
	}
	return d
}

// NamedFile is a file that a page names in a field.
type NamedFile struct {
	Resource *content.Resource   // nil when it is not there
	Title    string              // "" when the page gives it none
	Facts    []schema.FieldValue // the other fields of its group
}

// Named finds the files in the fields of a page. A file in a group takes the
// group's first text as its title, and the rest of it as facts.
func Named(s *site.Site, p *site.Page) []NamedFile {
	var list []NamedFile
	var look func(value *schema.Value, title string, facts []schema.FieldValue)
	look = func(value *schema.Value, title string, facts []schema.FieldValue) {
		switch value.Type {
		case schema.File:
			file, _ := s.Beside(p, value.Text)
			list = append(list, NamedFile{s.Resource(file), title, facts})
		case schema.List:
			for i := range value.Items {
				look(&value.Items[i], title, facts)
			}
		case schema.Group:
			facts = nil
			named := false
			for _, f := range value.Fields {
				switch {
				case f.Field.Type == schema.File:
				case f.Field.Type == schema.Text && !named:
					title, named = f.Value.Text, true
				default:
					facts = append(facts, f)
				}
			}
			for i := range value.Fields {
				look(&value.Fields[i].Value, title, facts)
			}
		}
	}
	for i := range p.Document.Fields {
		look(&p.Document.Fields[i].Value, "", nil)
	}
	return list
}

// licence is the licence of a page: the value of the field that means it.
func (v *Views) licence(p *site.Page) *theme.Link {
	name := Property(v.site, p, "license")
	if name == "" {
		return nil
	}
	known, _ := bundle.LicenceOf(name)
	return &theme.Link{Text: name, URL: known.URL}
}

// Property is the text of the first field of a page that is a property of
// schema.org, "" when it has none.
func Property(s *site.Site, p *site.Page, name string) string {
	for i := range p.Document.Fields {
		v := &p.Document.Fields[i]
		if v.Field.Property != name {
			continue
		}
		f, value := v.Field, &v.Value
		if f.Type == schema.List {
			f, value = f.Of, &value.Items[0]
		}
		if Withheld(s, f, value) {
			return ""
		}
		text, _ := Text(s, f, value)
		return text
	}
	return ""
}

// packed is the ZIP with all files of a page.
func (v *Views) packed(p *site.Page) *theme.Download {
	url := p.Form(site.ZIP)
	kind := media.TypeOf(url)
	size, _ := v.Bundle(p, nil).Size() // what cannot be packed is told by the checks
	return &theme.Download{
		URL:   v.URL(url),
		Title: p.Title,
		Name:  path.Base(url),
		Type:  kind.Label,
		MIME:  kind.MIME,
		Size:  media.Size(size, v.site.Config.Language),
	}
}

// Bundle is what the ZIP of a page holds. The files are opened with open, which may
// be nil when only the size is asked for.
func (v *Views) Bundle(p *site.Page, open func(r *content.Resource) (io.ReadCloser, error)) *bundle.Bundle {
	cfg := v.site.Config
	url := p.Form(site.ZIP)
	address := p.URL
	if p.Permanent != "" {
		address = p.Permanent
	}
	b := &bundle.Bundle{
		Folder:      path.Base(url[:len(url)-len(".zip")]),
		Title:       p.Title,
		Version:     p.Version(),
		Description: p.Description,
		Licence:     Property(v.site, p, "license"),
		Attribution: cfg.Title,
		Credit:      Property(v.site, p, "creditText"),
		Adapting:    Property(v.site, p, "usageInfo"),
		Address:     Absolute(cfg, address),
		Language:    cfg.Language,
		Date:        p.Changed(),
	}
	folder := path.Dir(p.Document.File)
	taken := map[string]bool{} // as Windows and macOS compare names
	files := v.site.Files(p)
	slices.SortStableFunc(files, func(a, b *content.Resource) int { // what is in the page's own folder keeps its name
		return strings.Compare(elsewhere(folder, a.File), elsewhere(folder, b.File))
	})
	for _, r := range files {
		name := within(folder, r.File)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%d-%s", n, path.Base(r.File))
		}
		taken[strings.ToLower(name)] = true
		e := bundle.Entry{Name: name, Size: r.Size, CRC32: r.Facts.CRC32, SHA256: r.Facts.SHA256}
		e.Open = func() (io.ReadCloser, error) { return open(r) }
		b.Entries = append(b.Entries, e)
	}
	return b
}

// elsewhere is "" for a file in a folder, and its path for any other.
func elsewhere(folder, file string) string {
	if folder == "." || strings.HasPrefix(file, folder+"/") {
		return ""
	}
	return file
}

// within is the name of a file in a ZIP: its path from the folder of the page, or
// just its name when it is elsewhere.
func within(folder, file string) string {
	if elsewhere(folder, file) != "" {
		return path.Base(file)
	}
	return strings.TrimPrefix(file, folder+"/")
}
