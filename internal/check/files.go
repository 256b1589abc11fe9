package check

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/media"
	"kennishub/internal/schema"
	"kennishub/internal/site"
)

var codeFile = diag.Define("bestand-ontbreekt", diag.Error,
	"Een veld noemt een bestand dat er niet is",
	"Een veld met een bestand noemt een bestand uit de map van de pagina. Let op hoofdletters en op de uitgang: poster.pdf is niet Poster.PDF.")

var codeNoImage = diag.Define("geen-afbeelding", diag.Error,
	"Een bestand dat als afbeelding is genoemd, is er geen",
	"Een afbeelding is een PNG, JPEG, WebP, GIF, AVIF of SVG. Een ander bestand kan een browser niet in de pagina tonen: maak er een link van.")

func isImage(r *content.Resource) bool { return strings.HasPrefix(media.TypeOf(r.File).MIME, "image/") }

// files looks up the files that fields and `image` name.
func files(s *site.Site) []diag.Message {
	var messages []diag.Message
	for p := range documents(s) {
		look := func(name string, line, col int) {
			file, ok := s.Beside(p, name)
			if ok {
				return
			}
			if s.Of(file) != nil {
				messages = append(messages, codeFile.At(p.File(), line, col, fmt.Sprintf("%q is een pagina, geen bestand", name), "maak er in de tekst een link van, of noem een bijlage"))
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
		if image := p.Document.Image; image != nil {
			at := image.File
			look(at.Text, at.Line, at.Col)
			if r := s.Image(p); r != nil && !isImage(r) {
				messages = append(messages, codeNoImage.At(p.File(), at.Line, at.Col, fmt.Sprintf("het bestand %q is geen afbeelding", at.Text), "noem een bestand zoals foto.jpg"))
			}
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
