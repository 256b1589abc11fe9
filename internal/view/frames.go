package view

import (
	"net/url"
	"path"
	"strings"

	"kennishub/internal/config"
	"kennishub/internal/theme"
)

// NotFound is the page for addresses that lead nowhere.
func (v *Views) NotFound() View {
	page := v.frame("/404.html")
	page.Template, page.NoIndex = v.theme.Choose(false, "404", "page"), true
	page.Title = v.theme.Text("404.title")
	return View{Path: "404.html", Template: page.Template, Value: page}
}

// Search is the search page before anything was asked.
func (v *Views) Search() *theme.Search {
	page := v.frame("/zoeken/")
	page.Template, page.NoIndex = "zoeken", true
	page.Title = v.theme.Text("search.page")
	search := &theme.Search{Page: *page}
	for _, section := range v.site.Home.Sections {
		search.Browse = append(search.Browse, v.link(section))
	}
	return search
}

// forge gives the addresses where a file is edited and a fault is reported; "" on
// forges of which these are not known.
func forge(r config.Repository, file string) (edit, report string) {
	u, err := url.Parse(r.URL)
	if err != nil || r.URL == "" || file == "" {
		return "", ""
	}
	place := escape(path.Join(r.Branch, r.Folder, file))
	switch host := u.Hostname(); {
	case strings.Contains(host, "github"):
		return r.URL + "/edit/" + place, r.URL + "/issues/new"
	case strings.Contains(host, "gitlab"):
		return r.URL + "/-/edit/" + place, r.URL + "/-/issues/new"
	case strings.Contains(host, "codeberg"), strings.Contains(host, "gitea"), strings.Contains(host, "forgejo"):
		return r.URL + "/_edit/" + place, r.URL + "/issues/new"
	}
	return "", ""
}
