package view

import (
	"kennishub/internal/theme"
)

// NotFound is the page for addresses that lead nowhere.
func (v *Views) NotFound() View {
	page := v.frame("/404.html")
	page.Template, page.NoIndex = "404", true
	page.Title = v.theme.Text("404.title")
	list := &theme.List{Page: *page, Sections: v.cardsOf(v.site.Home.Sections)}
	if theme.TakesList("404") {
		return View{Path: "404.html", Template: "404", Value: list}
	}
	return View{Path: "404.html", Template: "404", Value: page}
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
