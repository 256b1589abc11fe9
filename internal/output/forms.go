package output

import (
	"errors"
	"io"
	"slices"
	"strings"

	"kennishub/internal/cite"
	"kennishub/internal/parallel"
	"kennishub/internal/publish"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// forms makes the artifacts of the other forms of all pages: the packages, which
// pages lead to, and the records, which lead to pages.
func forms(in Input, views *view.Views) (packages, records []publish.Artifact, err error) {
	all := in.Site.Pages
	made, failed := make([][]publish.Artifact, len(all)), make([]error, len(all))
	parallel.Each(len(all), func(i int) {
		for _, f := range all[i].Forms {
			a, err := form(in, views, all[i], f)
			made[i], failed[i] = append(made[i], a), errors.Join(failed[i], err)
		}
	})
	for i, p := range all {
		for j, f := range p.Forms {
			if f.Type == site.ZIP {
				packages = append(packages, made[i][j])
			} else {
				records = append(records, made[i][j])
			}
		}
	}
	return packages, records, errors.Join(failed...)
}

func form(in Input, views *view.Views, p *site.Page, f site.Form) (publish.Artifact, error) {
	path := strings.TrimPrefix(f.URL, "/")
	switch f.Type {
	case site.Atom:
		return madeFrom(in, path, newsOf(in, p, f.URL), news.atom), nil
	case site.JSONFeed:
		return madeFrom(in, path, newsOf(in, p, f.URL), news.json), nil
	case site.ICS:
		data, err := calendarOf(in, p)
		return bytesArtifact(path, data), err
	case site.CSV:
		return madeFrom(in, path, tableKeyOf(in, p), func(tableKey) []byte { return tableCSV(in, p) }), nil
	case site.JSON:
		return madeFrom(in, path, tableKeyOf(in, p), func(tableKey) []byte { return tableJSON(in, p) }), nil
	case site.BibTeX:
		return madeFrom(in, path, views.Work(p), cite.Work.BibTeX), nil
	case site.RIS:
		return madeFrom(in, path, views.Work(p), cite.Work.RIS), nil
	case site.CSL:
		return madeFrom(in, path, views.Work(p), cite.Work.CSL), nil
	}
	return packageOf(in, views, p, path), nil
}

// madeFrom is a file whose bytes follow from a plain value: it is made only when
// that changed.
func madeFrom[V any](in Input, path string, value V, bytes func(V) []byte) publish.Artifact {
	sum := theme.SumOf(struct {
		Path  string
		Value V
	}{path, value}, in.Program)
	return publish.Artifact{Path: path, Fingerprint: publish.Fingerprint(sum), Write: func(w io.Writer) error {
		_, err := w.Write(bytes(value))
		return err
	}}
}

// listed is what a table or calendar holds: all pages or items of a kind, or just
// the page.
func listed(s *site.Site, p *site.Page) []*site.Page {
	if p.Role == site.Plain {
		return []*site.Page{p}
	}
	return s.Kinds[slices.Index(s.Config.Kinds, p.Kind)]
}
