package check

import (
	"fmt"
	"slices"

	"kennishub/internal/diag"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

var codeLayout = diag.Define("layout-onbekend", diag.Error,
	"Een pagina vraagt om een sjabloon dat er niet is",
	"Achter layout staat de naam van een sjabloon van het thema: een bestand in templates/, zonder .html. Een map, een term en de startpagina kunnen alleen een sjabloon voor een lijst gebruiken (list, of een naam die eindigt op -list), andere pagina's alleen een sjabloon voor een pagina.")

// layouts looks up the templates that pages ask for.
func layouts(s *site.Site, t *theme.Theme) []diag.Message {
	var messages []diag.Message
	for _, p := range s.Pages {
		if p.Role == site.Collection && t.Choose(true, p.Kind.Name+"-list", "collection") == "" {
			messages = append(messages, codeLayout.At("site.yaml", p.Kind.Line, p.Kind.Col,
				fmt.Sprintf("het thema heeft geen sjabloon dat de onderdelen van soort %q toont", p.Kind.Name), "maak templates/collection.html in het thema"))
		}
		if p.Document == nil || p.Document.Layout == "" {
			continue
		}
		list, what := p.Role != site.Plain, "een pagina"
		if list {
			what = "een lijst"
		}
		fits := func(name string) bool { return t.Choose(list, name) != "" }
		if fits(p.Document.Layout) {
			continue
		}
		line, col := p.Document.Position("layout")
		allowed := slices.DeleteFunc(t.Templates(), func(name string) bool { return !fits(name) })
		messages = append(messages, codeLayout.At(p.File(), line, col,
			fmt.Sprintf("er is geen sjabloon %q voor %s", p.Document.Layout, what), diag.Suggest(p.Document.Layout, allowed)))
	}
	return messages
}
