package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"kennishub/internal/cache"
	"kennishub/internal/diag"
	"kennishub/internal/markdown"
	"kennishub/internal/schema"
	"kennishub/internal/yaml"
)

var (
	codeItems = diag.Define("gegevens-geen-lijst", diag.Error,
		"Een bestand met gegevens is geen lijst",
		"Een YAML-bestand in content/data/ is een lijst: elk onderdeel begint met een streepje en heeft een id en een title.")
	codeItemID = diag.Define("id-van-onderdeel", diag.Error,
		"Het id van een onderdeel kan geen deel van een adres zijn",
		"Het id van een onderdeel in een YAML-bestand staat in zijn adres, zoals /tijdlijn/#fase-1. Gebruik kleine letters zonder accent, cijfers en streepjes.")
	codeNoKind = diag.Define("gegevens-zonder-soort", diag.Warning,
		"Een YAML-bestand in data wordt niet gelezen",
		"De onderdelen van een YAML-bestand in content/data/ horen bij een soort uit site.yaml, die het bestand noemt met `file: data/naam.yaml`. Zonder soort doet kennishub er niets mee.")
	codeNoItems = diag.Define("gegevens-ontbreken", diag.Warning,
		"Het YAML-bestand van een soort is er niet",
		"In site.yaml staat een soort met een bestand, en dat bestand staat niet in content/. De site heeft dan geen lijst van die soort.")
)

// isData reports whether a file holds data: it is read, and not published.
func isData(name string) bool {
	ext := path.Ext(name)
	return strings.HasPrefix(name, "data/") && (ext == ".yaml" || ext == ".yml")
}

// absent tells of kinds whose file is not there.
func (l *Loader) absent(files []file) []diag.Message {
	var messages []diag.Message
	for _, k := range l.config.Kinds {
		if k.File == "" || slices.ContainsFunc(files, func(f file) bool { return f.name == k.File }) {
			continue
		}
		messages = append(messages, codeNoItems.At("site.yaml", k.Line, k.Col,
			fmt.Sprintf("soort %q heeft het bestand %s, dat er niet is", k.Name, l.at(k.File)), "maak het bestand, of haal de soort weg"))
	}
	return messages
}

// items reads the items of a YAML file.
func (l *Loader) items(name string, source []byte, version cache.Key, s Stamp) loaded {
	i := slices.IndexFunc(l.config.Kinds, func(k *schema.Kind) bool { return k.File == name })
	if i < 0 {
		return l.fault(codeNoKind, name, "geen soort in site.yaml leest dit bestand", "schrijf bij een soort: file: "+name+", of haal het bestand weg")
	}
	kind := l.config.Kinds[i]
	at := l.at(name)
	source, messages := checkBytes(at, source)
	root, faults := yaml.Parse(at, source, 0)
	messages = append(messages, faults...)
	switch root.Kind {
	case yaml.List, yaml.Null:
	default:
		messages = append(messages, codeItems.At(at, root.Line, root.Col, fmt.Sprintf("dit bestand is geen lijst, maar een %s", root.Kind), "begin elk onderdeel met een streepje: - title: …"))
	}
	result := loaded{stamp: s, messages: messages}
	for _, n := range root.Items {
		result.documents = append(result.documents, l.item(name, kind, n, version))
	}
	return result
}

// item reads one item.
func (l *Loader) item(name string, kind *schema.Kind, n *yaml.Node, version cache.Key) *Document {
	at := l.at(name)
	d := &Document{File: name, Item: true, Kind: kind, Version: version, Matter: version, Front: Front{line: n.Line, col: n.Col}}
	front := yaml.Read(at, n, &d.Messages)
	d.common(front)
	if d.Title == "" {
		d.Messages = append(d.Messages, codeNoTitle.At(at, n.Line, n.Col, "het onderdeel heeft geen titel", "schrijf: - title: …"))
		d.Title = d.ID
	}
	if d.ID == "" {
		d.ID = Slug(d.Title)
	}
	line, col := d.Position("id")
	switch {
	case Slug(d.ID) != d.ID:
		d.Messages = append(d.Messages, codeItemID.At(at, line, col, fmt.Sprintf("%q kan geen deel van een adres zijn", d.ID), "schrijf: id: "+Slug(d.ID)))
		d.ID = Slug(d.ID)
	case slices.Contains(markdown.Reserved(), d.ID), strings.HasPrefix(d.ID, "k_"): // k_ is for templates
		d.Messages = append(d.Messages, codeItemID.At(at, line, col, fmt.Sprintf("%q is een naam die de pagina zelf gebruikt", d.ID), "schrijf bijvoorbeeld: id: "+d.ID+"-1"))
	}
	if n.Kind == yaml.Map {
		l.fields(d, at, front)
	}
	d.Path = kind.Place() + "/#" + d.ID
	return d
}
