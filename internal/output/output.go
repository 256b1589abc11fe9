// Package output lists the files of a site: each an artifact with the fingerprint
// of everything that decides its bytes. One file per sort: pages.go, forms.go (the
// other forms of pages: feed.go, calendar.go, table.go, reference.go, package.go),
// pictures.go, resources.go, sitemap.go, opensearch.go, wellknown.go.
package output

import (
	"io"
	"io/fs"
	"slices"

	"kennishub/internal/picture"
	"kennishub/internal/publish"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// Input is what the files of a site are made from.
type Input struct {
	Site    *site.Site
	Theme   *theme.Theme
	Content fs.FS      // the content folder, for resources
	Program theme.Sum  // stands for the executable: another program may write other bytes
	Memo    *view.Memo // bodies of the build before
	Sizes   *picture.Store
}

// Plan is the files of a site in the order in which they should land: what pages
// need before the pages, what points at pages after them. Each path is there once,
// and none is a folder of another: the room site saw to that.
type Plan struct {
	Assets  []publish.Artifact
	Pages   []publish.Artifact
	Records []publish.Artifact // feeds, sitemap and what servers read
}

// Paths lists all files of the plan.
func (p *Plan) Paths() []string {
	var paths []string
	for _, list := range [][]publish.Artifact{p.Assets, p.Pages, p.Records} {
		for _, a := range list {
			paths = append(paths, a.Path)
		}
	}
	return paths
}

// Make makes the plan.
func Make(in Input) (*Plan, error) {
	views := view.New(in.Site, in.Theme, in.Memo)
	plan := &Plan{}
	plan.Assets = slices.Concat(assets(in), resources(in), pictures(in))
	plan.Pages = pages(in, views)
	plan.Pages = append(plan.Pages, redirects(in)...)
	packages, records, err := forms(in, views)
	if err != nil {
		return nil, err
	}
	plan.Assets = append(plan.Assets, packages...)
	plan.Records = append(records,
		bytesArtifact("sitemap.xml", sitemap(in)),
		bytesArtifact("robots.txt", robots(in)),
	)
	if data := dataPackage(in); data != nil {
		plan.Records = append(plan.Records, bytesArtifact("datapackage.json", data))
	}
	if in.Theme.Has("zoeken") {
		bundle, err := in.Theme.Bundle(views.Search())
		if err != nil {
			return nil, err
		}
		plan.Records = append(plan.Records, bytesArtifact(ServerFile, bundle), bytesArtifact("opensearch.xml", openSearchText(in)))
	}
	if text := securityText(in); text != nil {
		plan.Records = append(plan.Records, bytesArtifact(".well-known/security.txt", text))
	}
	return plan, nil
}

// ServerFile is what a server needs besides the index to answer searches with a
// page: the bundle of [theme.Theme.Bundle]. It is there when the theme has a
// template for that page.
const ServerFile = ".search/site.json"

// bytesArtifact is a file that is made already: its bytes are its fingerprint.
func bytesArtifact(path string, data []byte) publish.Artifact {
	sum := theme.SumOf(struct{ Data string }{string(data)})
	return publish.Artifact{Path: path, Fingerprint: publish.Fingerprint(sum), Write: func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}}
}
