package site

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/content"
)

// partSize is how many pages are in one part of a list: a screen or three, quick
// to load. Longer lists have more parts, each with its own address.
const partSize = 20

// PartSize is how many pages are in one part of the page's list. A glossary is
// looked through and not read, so it is all in one.
func (p *Page) PartSize() int {
	if pages := p.Listed(); len(pages) > 0 && p.Role == Section && pages[0].Kind != nil && pages[0].Kind.Glossary != "" {
		return len(pages)
	}
	return partSize
}

// Listed is the pages that the list of a section or term shows. The home page
// leads into the sections; the pages beside them are in the menu or at the foot.
func (p *Page) Listed() []*Page {
	if p.Role == Plain || p.URL == "/" && len(p.Sections) > 0 {
		return nil
	}
	return p.Pages
}

// Parts is how many parts the page has: 1, or as many as its list needs.
func (p *Page) Parts() int {
	size := p.PartSize()
	return max(1, (len(p.Listed())+size-1)/size)
}

// PartURL is the address of a part, from 1, of the page at a URL.
func PartURL(url string, part int) string {
	if part == 1 {
		return url
	}
	return url + partSegment + "/" + strconv.Itoa(part) + "/"
}

const partSegment = "pagina"

// File is where the redirect is written in the output folder.
func (r Redirect) File() string { return fileOf(r.From) }

// fileOf is the file in the output folder that a file server shows at a URL.
func fileOf(url string) string {
	if strings.HasSuffix(url, "/") {
		url += "index.html"
	}
	return url[1:]
}

// ownSegments are first segments of addresses that the site itself answers, and
// files that it writes beside its pages.
var ownSegments = []string{"api", "zoeken", "healthz", "oai", "id", "assets", ".well-known", ".search",
	"feed.xml", "feed.json", "datapackage.json", "sitemap.xml", "robots.txt", "opensearch.xml", "404.html"}

// reserved reports whether the site keeps a URL for itself: pagina/2 in any folder
// is a part of a list.
func reserved(url string) bool {
	segments := strings.Split(strings.Trim(url, "/"), "/")
	if slices.Contains(ownSegments, segments[0]) {
		return true
	}
	for i, s := range segments {
		if i > 0 && segments[i-1] == partSegment && strings.Trim(s, "0123456789") == "" {
			return true
		}
	}
	return false
}

// places is what stands where in the output folder: by file, and by the folders
// that files need.
type places struct{ files, folders map[string]holder }

// holder is what holds a place: a page, another form of it, a resource or an alias
// of a page.
type holder struct {
	page     *Page
	form     *Page
	resource *content.Resource
	alias    *Page
}

// String is what messages call the holder.
func (h holder) String() string {
	switch {
	case h.resource != nil:
		return "het bestand " + contentFolder + h.resource.File
	case h.alias != nil:
		return "een alias van " + h.alias.File()
	case h.form != nil:
		return "een bestand dat kennishub maakt bij de pagina " + h.form.URL
	case h.page.Document != nil:
		return "de pagina " + h.page.File()
	case h.page.Title != "":
		return "de pagina " + strconv.Quote(h.page.Title)
	}
	return "de pagina " + h.page.URL
}

// take gives a file to a holder. When that cannot be, because of the file, of one
// in the place of a folder or the other way round, it says who is there.
func (p *places) take(file string, h holder) (other holder, ok bool) {
	if other, taken := p.files[file]; taken {
		return other, false
	}
	if other, taken := p.folders[file]; taken {
		return other, false
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if other, taken := p.files[dir]; taken {
			return other, false
		}
	}
	p.files[file] = h
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if _, known := p.folders[dir]; known {
			break
		}
		p.folders[dir] = h
	}
	return holder{}, true
}

// outputs gives every page with its other forms, every resource and every old
// address its place in the output folder, in that order, and leaves out what finds
// its place taken.
func (b *builder) outputs() {
	s := b.site
	taken := &places{files: make(map[string]holder, len(s.byURL)), folders: make(map[string]holder, len(s.byURL))}
	for _, p := range s.Pages {
		for part := range p.Parts() {
			taken.take(fileOf(PartURL(p.URL, part+1)), holder{page: p})
		}
	}
	b.newest()
	for _, p := range s.Pages {
		b.forms(p)
		p.Forms = slices.DeleteFunc(p.Forms, func(f Form) bool {
			other, ok := taken.take(fileOf(f.URL), holder{form: p})
			if !ok {
				b.messages = append(b.messages, codeDoubleURL.At(other.file(), 0, 0,
					fmt.Sprintf("het adres %s is voor een bestand dat kennishub maakt bij de pagina %s", f.URL, p.URL), "geef de pagina een andere naam"))
			}
			return !ok
		})
		if url := p.Form(ZIP); url != "" {
			b.redirect(taken, p, Redirect{From: p.NewestURL(), To: url, Title: p.Title})
		}
		if p.Permanent != "" {
			b.redirect(taken, p, Redirect{From: p.Permanent, To: p.URL, Title: p.Title})
		}
	}
	s.Resources = slices.DeleteFunc(slices.Clone(s.Resources), func(r *content.Resource) bool {
		if b.resource(taken, r) {
			return false
		}
		delete(s.resources, r.File)
		return true
	})
	for _, p := range b.documents {
		for _, a := range p.Document.Aliases {
			b.alias(taken, p, a)
		}
	}
	slices.SortFunc(s.Redirects, func(a, b Redirect) int { return cmp.Compare(a.From, b.From) })
}

// file is where an author can do something about the holder.
func (h holder) file() string {
	for _, p := range []*Page{h.page, h.form, h.alias} {
		if p != nil {
			return p.nearest()
		}
	}
	return contentFolder + h.resource.File
}

// nearest is the file of a page, or of the first page below it: what makes it be
// there.
func (p *Page) nearest() string {
	for p.Document == nil {
		below := slices.Concat(p.Pages, p.Sections, p.Items)
		if len(below) == 0 {
			return ""
		}
		p = below[0]
	}
	return p.File()
}

// redirect makes a redirect of the site's own.
func (b *builder) redirect(taken *places, p *Page, r Redirect) {
	if other, ok := taken.take(fileOf(r.From), holder{form: p}); !ok {
		b.messages = append(b.messages, codeDoubleURL.At(p.File(), 0, 0, "op het adres "+r.From+" staat al "+other.String(), "geef een van beide een andere naam"))
		return
	}
	b.site.Redirects = append(b.site.Redirects, r)
}

// resource reports whether a resource finds its place.
func (b *builder) resource(taken *places, r *content.Resource) bool {
	file := contentFolder + r.File
	const hint = "geef het bestand een andere naam"
	if segment, _, _ := strings.Cut(r.File, "/"); slices.Contains(ownSegments, segment) {
		b.messages = append(b.messages, codeReserved.At(file, 0, 0, "het adres /"+r.File+" is van de site zelf", hint))
		return false
	}
	other, ok := taken.take(r.File, holder{resource: r})
	if !ok {
		b.messages = append(b.messages, codeDoubleURL.At(file, 0, 0, "op het adres /"+r.File+" staat al "+other.String(), hint))
	}
	return ok
}

// alias makes a redirect.
func (b *builder) alias(taken *places, p *Page, a content.Text) {
	fault := func(text, hint string) {
		b.messages = append(b.messages, codeAlias.At(p.File(), a.Line, a.Col, text, hint))
	}
	from, ok := aliasURL(a.Text)
	switch {
	case !ok:
		fault(fmt.Sprintf("%q is geen oud adres van deze site", a.Text), "schrijf het zonder https:// en naam van de site, bijvoorbeeld /oud/adres/")
		return
	case reserved(from):
		fault("het adres "+from+" is van de site zelf", "haal de alias weg")
		return
	}
	if other, ok := taken.take(fileOf(from), holder{alias: p}); !ok {
		fault("op het adres "+from+" staat al "+other.String(), "haal de alias weg")
		return
	}
	b.site.Redirects = append(b.site.Redirects, Redirect{From: from, To: p.URL, Title: p.Title})
}

// aliasURL tidies an old address: that of a file that ends in .html, or of a
// folder. It is false for what cannot be one.
func aliasURL(text string) (string, bool) {
	if strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune(`?#\:%`, r) || r < ' ' || r == 0x7f }) {
		return "", false
	}
	url := strings.TrimSuffix(path.Clean("/"+text), "/index.html")
	if url == "" || url == "/" {
		return "", false
	}
	for segment := range strings.SplitSeq(url[1:], "/") {
		if segment[0] == '.' || len(segment) > maxSegment {
			return "", false
		}
	}
	if path.Ext(url) != ".html" {
		url += "/"
	}
	return url, true
}

// maxSegment is how many bytes the name of a file or folder may have.
const maxSegment = 200
