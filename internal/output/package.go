package output

import (
	"io"

	"kennishub/internal/content"
	"kennishub/internal/publish"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// packageOf is the ZIP with all files of a page.
func packageOf(in Input, views *view.Views, p *site.Page, path string) publish.Artifact {
	b := views.Bundle(p, func(r *content.Resource) (io.ReadCloser, error) { return in.Content.Open(r.File) })
	type entry struct {
		Name   string
		SHA256 [32]byte
	}
	var entries []entry
	for _, e := range b.Entries {
		entries = append(entries, entry{e.Name, e.SHA256})
	}
	sum := theme.SumOf(struct {
		Path, Folder, Title, Version, Description, Licence, Attribution, Credit, Adapting, Address, Date, Language string
		Entries                                                                                                    []entry
	}{path, b.Folder, b.Title, b.Version, b.Description, b.Licence, b.Attribution, b.Credit, b.Adapting, b.Address, isoDay(b.Date), b.Language, entries}, in.Program)
	return publish.Artifact{Path: path, Fingerprint: publish.Fingerprint(sum), Write: func(w io.Writer) error {
		_, err := b.WriteTo(w)
		return err
	}}
}
