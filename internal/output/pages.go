package output

import (
	"fmt"
	"html"
	"io"
	"slices"

	"kennishub/internal/parallel"
	"kennishub/internal/publish"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// pages makes the artifacts of all pages, on all cores: making views and hashing
// them is most of the work when nothing changed.
//
// The views of a whole site are as large as the site, so that of a page is made
// again when the page is to be written. The parts of a list are kept: there are few
// lists, and a list is only made whole.
func pages(in Input, views *view.Views) []publish.Artifact {
	all := in.Site.Pages
	made := make([][]publish.Artifact, len(all))
	parallel.Each(len(all), func(i int) {
		list := views.Of(all[i])
		if len(list) == 1 {
			made[i] = []publish.Artifact{page(in, list[0], func() any { return views.Of(all[i])[0].Value })}
			return
		}
		for _, part := range list {
			made[i] = append(made[i], page(in, part, func() any { return part.Value }))
		}
	})
	return append(slices.Concat(made...), page(in, views.NotFound(), func() any { return views.NotFound().Value }))
}

// page is the artifact of a view; value gives what the view shows, when that is
// written.
func page(in Input, v view.View, value func() any) publish.Artifact {
	template := v.Template // alone, or the artifact would hold the view
	sum := theme.SumOf(v.Value, in.Theme.Sum(template), in.Program)
	return publish.Artifact{Path: v.Path, Fingerprint: publish.Fingerprint(sum), Write: func(w io.Writer) error {
		return in.Theme.Render(w, template, value())
	}}
}

// redirects makes a small page at each old address. It works on any file server,
// without scripts.
func redirects(in Input) []publish.Artifact {
	var list []publish.Artifact
	for _, r := range in.Site.Redirects {
		list = append(list, bytesArtifact(r.File(), redirect(in, r)))
	}
	return list
}

func redirect(in Input, r site.Redirect) []byte {
	cfg := in.Site.Config
	address := html.EscapeString(view.URL(cfg, r.To))
	title := html.EscapeString(r.Title)
	return fmt.Appendf(nil, `<!doctype html>
<html lang="%s">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>%s</title>
<link rel="canonical" href="%s">
<meta http-equiv="refresh" content="0; url=%s">
<main><h1>%s</h1><p><a href="%s">%s</a></p></main>
</html>
`, cfg.Language, title, html.EscapeString(view.Absolute(cfg, r.To)), address, title, address, address)
}
