package output

import (
	"encoding/xml"
	"fmt"
	"time"

	"kennishub/internal/view"
)

type urlSet struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Location string `xml:"loc"`
	Changed  string `xml:"lastmod,omitempty"`
}

// sitemap lists the addresses of all pages with the days on which they changed.
func sitemap(in Input) []byte {
	var set urlSet
	for _, p := range in.Site.Pages {
		u := sitemapURL{Location: view.Absolute(in.Site.Config, p.URL)}
		if day := p.Changed(); !day.IsZero() {
			u.Changed = day.Format(time.DateOnly)
		}
		set.URLs = append(set.URLs, u)
	}
	return xmlBytes(set)
}

// robots lets search engines see everything but search results, which would send
// them round in circles.
func robots(in Input) []byte {
	cfg := in.Site.Config
	return fmt.Appendf(nil, "User-agent: *\nDisallow: %s\nDisallow: %s\n\nSitemap: %s\n",
		view.URL(cfg, "/zoeken/"), view.URL(cfg, "/api/"), view.Absolute(cfg, "/sitemap.xml"))
}
