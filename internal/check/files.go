package check

import (
	"fmt"
	"path"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/schema"
	"kennishub/internal/site"
)

var codeFile = diag.Define("bestand-ontbreekt", diag.Error,
	"Een veld noemt een bestand dat er niet is",
	"Een veld met een bestand noemt een bestand uit de map van de pagina. Let op hoofdletters en op de uitgang: poster.pdf is niet Poster.PDF.")

// files looks up the files that fields and `image` name.
func files(s *site.Site) []diag.Message {
	var messages []diag.Message
	for _, p := range s.Pages {
		if p.Document == nil {
			continue
		}
		look := func(name string, line, col int) {
			if file, ok := s.Beside(p, name); !ok {
				text := fmt.Sprintf("het bestand %q is er niet", name)
				messages = append(messages, codeFile.At(p.File(), line, col, text, diag.Suggest(name, beside(s, p, file))))
			}
		}
		for v := range site.Values(p.Document.Fields) {
			if v.Field.Type == schema.File {
				look(v.Value.Text, v.Value.Line, v.Value.Col)
			}
		}
		if p.Document.Image != nil {
			look(p.Document.Image.Text, p.Document.Image.Line, p.Document.Image.Col)
		}
	}
	return messages
}

// beside lists the files in the folder in which one is missing.
func beside(s *site.Site, p *site.Page, missing string) []string {
	var names []string
	for _, r := range s.Resources {
		if path.Dir(r.File) == path.Dir(missing) {
			names = append(names, strings.TrimPrefix(r.File, path.Dir(p.Document.File)+"/"))
		}
	}
	return names
}
