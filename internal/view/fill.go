package view

import (
	"fmt"
	"html"
	"html/template"
	"path"
	"strings"

	"kennishub/internal/content"
	"kennishub/internal/markdown"
	"kennishub/internal/media"
	"kennishub/internal/picture"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// fieldText is the text of a Markdown field.
func (v *Views) fieldText(p *site.Page, d *markdown.Document) template.HTML {
	fills := v.fills(p, d)
	return template.HTML(d.HTML(func(i int) string { return fills[i] }))
}

// fills is what stands in the holes of a text.
func (v *Views) fills(p *site.Page, d *markdown.Document) []string {
	fills := make([]string, len(d.Holes))
	for i := range d.Holes {
		switch h := &d.Holes[i]; h.Kind {
		case markdown.TermHole:
			fills[i] = v.term(p, h)
		case markdown.FileHole:
			fills[i] = v.sort(p, h)
		default:
			fills[i] = v.fill(p, h)
		}
	}
	return fills
}

// fill is what stands in the hole of a link or an image: the address of a link, or
// an image. A link that leads nowhere stays text.
func (v *Views) fill(p *site.Page, h *markdown.Hole) string {
	t, problem := v.site.Follow(p, h.Dest)
	address := ""
	switch {
	case problem != site.NoProblem && problem != site.NoAnchor:
	case t.URL != "":
		address = t.URL
	case t.Resource != nil:
		address = v.URL("/"+t.Resource.File) + fragment(t.Fragment)
	case t.Page == p && t.Fragment != "":
		address = fragment(t.Fragment)
	default:
		address = v.URL(t.Page.URL) + fragment(t.Fragment)
	}
	title := ""
	if h.Title != "" {
		title = ` title="` + html.EscapeString(h.Title) + `"`
	}
	switch {
	case h.Kind == markdown.LinkHole && address == "":
		return ""
	case h.Kind == markdown.LinkHole:
		return ` href="` + html.EscapeString(address) + `"` + title
	case t.Resource == nil: // also an image on another site: a reader's visit is nobody else's business
		return `<span class="missing-image">` + html.EscapeString(h.Text) + `</span>`
	}
	return v.img(t.Resource, h, title)
}

// shows reports whether a browser can be expected to show an image: a file that is
// none, or one with more pixels than a computer can hold, is no help to a reader.
func shows(r *content.Resource) bool {
	return r.Facts.Problem == "" && int64(r.Facts.Width)*int64(r.Facts.Height) <= picture.MaxPixels
}

// img is an image in a text. One whose original is not among its sizes leads to
// that, unless it leads elsewhere already.
func (v *Views) img(r *content.Resource, h *markdown.Hole, title string) string {
	if !shows(r) {
		if text := html.EscapeString(h.Text); h.InLink || h.Decorative {
			return text
		} else {
			return `<a class="image" href="` + html.EscapeString(v.URL("/"+r.File)) + `">` + text + `</a>`
		}
	}
	pic := v.picture(r, h.Text)
	var b strings.Builder
	fmt.Fprintf(&b, `<img src="%s"`, html.EscapeString(pic.URL))
	if pic.SrcSet != "" {
		fmt.Fprintf(&b, ` srcset="%s" sizes="%s"`, html.EscapeString(pic.SrcSet), pic.Sizes)
	}
	if pic.Width > 0 {
		fmt.Fprintf(&b, ` width="%d" height="%d"`, pic.Width, pic.Height)
	}
	fmt.Fprintf(&b, ` alt="%s"%s loading="lazy" decoding="async">`, html.EscapeString(h.Text), title)
	if original := v.URL("/" + r.File); r.Facts.Width > widest && pic.SrcSet != "" && !h.InLink && !h.Decorative {
		return `<a class="image" href="` + html.EscapeString(original) + `">` + b.String() + `</a>`
	}
	return b.String()
}

// sort tells at the end of a link to a file what it is and how large.
func (v *Views) sort(p *site.Page, h *markdown.Hole) string {
	t, _ := v.site.Follow(p, h.Dest)
	if t.Resource == nil {
		return ""
	}
	return fmt.Sprintf(` <span class="count">(%s, %s)</span>`, html.EscapeString(media.TypeOf(t.Resource.File).Label), media.Size(t.Resource.Size, v.site.Config.Language))
}

// term is a word of the glossary at its first use on a page. What stands for a
// longer name is an abbreviation.
func (v *Views) term(p *site.Page, h *markdown.Hole) string {
	text := html.EscapeString(h.Text)
	kind, id, _ := strings.Cut(h.Dest, "/")
	target := v.site.Ref(kind, id)
	if target == nil || target == p {
		return text
	}
	if !strings.EqualFold(h.Text, target.Title) {
		text = `<abbr title="` + html.EscapeString(target.Title) + `">` + text + `</abbr>`
	}
	return `<a class="term" href="` + html.EscapeString(v.URL(target.URL)) + `">` + text + `</a>`
}

// imageSizes tells browsers how wide images in texts are: as wide as the column of
// text, which is at most 44rem.
const imageSizes = "(min-width: 48rem) 44rem, 100vw"

// widest is how wide an original may be to be one of the sizes itself. Wider ones
// are more than any screen shows of them.
const widest = 1920

// picture is an image in its sizes, the original among them unless it is much wider
// than a screen.
func (v *Views) picture(r *content.Resource, alt string) *theme.Picture {
	original := v.URL("/" + r.File)
	pic := &theme.Picture{URL: original, Alt: alt, Width: r.Facts.Width, Height: r.Facts.Height}
	widths := Widths(r)
	if len(widths) == 0 {
		return pic
	}
	var set []string
	for _, w := range widths {
		pic.URL = v.URL("/" + SizePath(r, w))
		set = append(set, fmt.Sprintf("%s %dw", pic.URL, w))
	}
	if r.Facts.Width <= widest {
		set = append(set, fmt.Sprintf("%s %dw", original, r.Facts.Width))
	}
	pic.SrcSet, pic.Sizes = strings.Join(set, ", "), imageSizes
	return pic
}

// SizePath is where a size of an image is in the output folder: at one address are
// always the same bytes.
func SizePath(r *content.Resource, width int) string {
	return fmt.Sprintf("assets/images/%x-%d-%d%s", r.Facts.SHA256[:8], picture.Version, width, strings.ToLower(path.Ext(r.File)))
}

// image is the image of a page.
func (v *Views) image(p *site.Page) *theme.Picture {
	if r := v.site.Image(p); r != nil && shows(r) {
		return v.picture(r, p.Document.Image.Alt)
	}
	return nil
}

// Pictures are the images that pages show, each once, in the order of the pages.
func Pictures(s *site.Site) []*content.Resource {
	var list []*content.Resource
	seen := map[*content.Resource]bool{nil: true}
	add := func(r *content.Resource) {
		if !seen[r] {
			seen[r] = true
			list = append(list, r)
		}
	}
	look := func(p *site.Page) {
		if p.Document == nil {
			return
		}
		add(s.Image(p))
		for _, text := range p.Document.Texts() {
			for i := range text.Holes {
				if h := &text.Holes[i]; h.Kind == markdown.ImageHole {
					t, _ := s.Follow(p, h.Dest)
					add(t.Resource)
				}
			}
		}
	}
	for _, p := range s.Pages {
		look(p)
		for _, item := range p.Items {
			look(item)
		}
	}
	return list
}

// Widths are the smaller widths in which an image is made.
func Widths(r *content.Resource) []int {
	if r.Unscaled != "" {
		return nil
	}
	return picture.Widths(r.Facts.Width, r.Facts.Height, r.File)
}
