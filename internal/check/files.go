package check

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"

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
	for p := range documents(s) {
		look := func(name string, line, col int) {
			file, ok := s.Beside(p, name)
			if ok {
				return
			}
			hint := "noem een bestand in content/"
			if fs.ValidPath(file) {
				hint = cmp.Or(diag.Suggest(name, beside(s, name, file)), "zet het bestand in "+path.Join("content", path.Dir(file))+", of haal het veld weg")
			}
			messages = append(messages, codeFile.At(p.File(), line, col, fmt.Sprintf("het bestand %q is er niet", name), hint))
		}
		for f, v := range schema.Values(p.Document.Fields) {
			if f.Type == schema.File {
				look(v.Text, v.Line, v.Col)
			}
		}
		if p.Document.Image != nil {
			look(p.Document.Image.Text, p.Document.Image.Line, p.Document.Image.Col)
		}
	}
	return messages
}

// beside lists the files in the folder in which one is missing, as its field would
// name them.
func beside(s *site.Site, name, missing string) []string {
	var names []string
	folder := path.Dir(missing)
	for _, r := range s.In(folder) {
		if path.Dir(r.File) == folder {
			names = append(names, path.Join(path.Dir(name), path.Base(r.File)))
		}
	}
	return names
}
