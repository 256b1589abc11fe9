package check

import (
	"fmt"
	"iter"

	"kennishub/internal/config"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
	"kennishub/internal/site"
)

var (
	codeLink = diag.Define("dode-link", diag.Error,
		"Een link wijst naar iets dat er niet is",
		"Een link naar een andere pagina is het pad naar het .md-bestand, vanaf de map van de pagina zelf: [het netwerk](../netwerken/ibp-netwerk.md). Heeft de pagina een eigen map, met index.md, dan is dat ../../netwerken/ibp-netwerk.md. Een link naar een bijlage of een afbeelding is het pad naar dat bestand. Voor het adres van een andere site staat https://, voor een e-mailadres mailto:.")
	codeDatedLink = diag.Define("link-buiten-datum", diag.Warning,
		"Een link wijst naar een pagina die nu niet te zien is",
		"De pagina is verlopen (expiryDate) of verschijnt nog (publishDate). Zolang zij er niet is, staat de tekst er zonder link. De site gaat er niet op stuk, want de dag komt vanzelf.")
	codeNoAnchor = diag.Define("dood-anker", diag.Error,
		"Een link wijst naar een plaats op een pagina die er niet is",
		"Achter het hekje staat het anker van een kop: de kop in kleine letters, met streepjes in plaats van spaties. Verandert de kop, dan verandert het anker. Geef een kop een vast anker met ## Kop {#anker}.")
	codeMenu = diag.Define("menu-pagina", diag.Error,
		"Het menu verwijst naar een pagina die er niet is",
		"Onder menu en footer in site.yaml staat achter page het pad van een bestand in content/, bijvoorbeeld experimenten/_index.md.")
)

// links follows every link and image of every text.
func links(s *site.Site) []diag.Message {
	var messages []diag.Message
	for p := range documents(s) {
		for lines, text := range p.Document.Texts() {
			for i := range text.Holes {
				h := &text.Holes[i]
				if code, text, hint := link(s, p, h); code != nil {
					messages = append(messages, code.At(p.File(), h.Line+lines, h.Col, text, hint))
				}
			}
		}
	}
	return messages
}

// link says what is wrong with a link or image; the code is nil when it is right.
func link(s *site.Site, p *site.Page, h *markdown.Hole) (code *diag.Code, text, hint string) {
	if h.Kind == markdown.TermHole || h.Kind == markdown.FileHole {
		return nil, "", ""
	}
	t, problem := s.Follow(p, h.Dest)
	switch image := h.Kind == markdown.ImageHole; {
	case image && (t.URL != "" || problem == site.NoScheme):
		return codeLink, "de afbeelding " + h.Dest + " staat niet in content", "zet het bestand in de map van de pagina; zo ziet geen andere site wie de pagina leest"
	case problem != site.NoProblem:
		text, hint = s.Explain(p, h.Dest, image, t, problem)
		switch problem {
		case site.NoAnchor:
			return codeNoAnchor, text, hint
		case site.Dated:
			return codeDatedLink, text, hint
		}
		return codeLink, text, hint
	case image && t.Page != nil:
		return codeLink, "de afbeelding " + h.Dest + " is een pagina", "noem een bestand met een afbeelding"
	case image && t.Resource != nil && !isImage(t.Resource):
		return codeNoImage, "het bestand " + h.Dest + " is geen afbeelding", "maak er een link van, zonder uitroepteken"
	}
	return nil, "", ""
}

// documents gives the pages and items that have a document.
func documents(s *site.Site) iter.Seq[*site.Page] {
	return func(yield func(*site.Page) bool) {
		for _, p := range s.Pages {
			if p.Document != nil && !yield(p) {
				return
			}
			for _, item := range p.Items {
				if !yield(item) {
					return
				}
			}
		}
	}
}

// menu looks up the pages of the menu and the foot of the pages.
func menu(s *site.Site) []diag.Message {
	var messages []diag.Message
	look := func(items []config.MenuItem) {
		for _, m := range items {
			if m.Page == "" {
				continue
			}
			// From the home page, a path in content/ is a relative link.
			from := &site.Page{URL: "/"}
			if t, problem := s.Follow(from, m.Page); problem != site.NoProblem {
				text, hint := s.Explain(from, m.Page, false, t, problem)
				messages = append(messages, codeMenu.At("site.yaml", m.Line, m.Col, fmt.Sprintf("page %q: %s", m.Page, text), hint))
			}
		}
	}
	look(s.Config.Menu)
	look(s.Config.Footer)
	return messages
}
