package view

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"kennishub/internal/cite"
	"kennishub/internal/content"
	"kennishub/internal/media"
	"kennishub/internal/theme"
)

const werkenYAML = `
title: Proef
description: Een proef
baseURL: https://voorbeeld.nl/hub/
kinds:
  werk:
    folder: werken
    label: {one: Werk, many: Werken}
    bundle: true
    cite: report
    schema: Report
    fields:
      auteurs: {type: list, property: author, of: {voornaam: {type: text, property: givenName}, tussen: {type: text, property: additionalName}, achternaam: {type: text, property: familyName}, rol: {type: text, property: roleName}, van: {type: text, property: affiliation}, orcid: {type: text, property: identifier}}}
      doi: {type: text, property: identifier}
      uitgever: {type: text, property: publisher}
      verschenen: {type: date, property: datePublished}
      versie: {type: text, property: version}
      licentie: {type: text, property: license}
      samenvatting: {type: markdown, property: abstract}
      isbn: {type: text, property: isbn}
      thema: {type: term, vocabulary: themas, property: about}
      bestanden: {type: list, of: {naam: text, bestand: file}}
  club:
    folder: clubs
    cite: webpage
    schema: [Organization, Project]
    fields:
      leden: {type: list, of: {type: ref, kind: club}, property: member}
      baas: {type: ref, kind: club, property: author}
      deel: {type: group, property: member, fields: {naam: {type: text, property: name}}}
      geld: {type: money, property: amount}
      getal: {type: number, property: value}
      gratis: {type: bool, property: isAccessibleForFree}
      jaren: {type: period, property: temporalCoverage}
      lesuur: {type: duration, property: timeRequired}
      plaats: {type: text, property: location}
      plaatje: {type: file, property: logo}
      web: {type: url, property: sameAs}
      stil: text
  avond:
    folder: avonden
    calendar: true
    schema: Event
    fields:
      wanneer: {type: period, property: startDate}
      status: {type: choice, of: [Gepland, Geannuleerd, Misschien], property: eventStatus}
      hoe: {type: choice, of: [online, Op locatie], property: eventAttendanceMode}
      plaats: {type: text, property: location}
      door: {type: text, property: organizer}
  fase:
    file: data/fasen.yaml
    schema: Project
    fields: {bedrag: {type: money, property: amount}}
vocabularies:
  themas: {label: Thema's, terms: {ai: AI & recht}}
`

func werken(t testing.TB, more string, pairs ...string) *hub {
	t.Helper()
	return newHub(t, werkenYAML+more, append([]string{"data/fasen.yaml", "- {title: Fase A, bedrag: 100}\n- {title: Fase B}\n"}, pairs...)...)
}

// A download says what a reader needs to know before taking it, and to check it.
func TestDownloadFacts(t *testing.T) {
	h := werken(t, "", "werken/a/index.md", "---\ntitle: A\nbestanden: [{naam: Het plaatje, bestand: foto.png}]\n---\n", "werken/a/foto.png", pngOf(t, 30, 20), "werken/a/p.pdf", "abc")
	list := page(t, h.views(), "/werken/a/").Downloads
	if len(list) != 2 || list[0].Title != "Het plaatje" || list[0].Dimensions != "30 × 20 pixels" || list[1].Dimensions != "" ||
		list[1].SHA256 != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" || len(list[0].SHA256) != 64 {
		t.Errorf("%+v", list)
	}
}

// The link to a ZIP tells the size that it turns out to have, and everything about a
// page that a ZIP takes along.
func TestPackage(t *testing.T) {
	h := werken(t, "", "werken/a/index.md", "---\ntitle: A\nid: vast\ndescription: Waarover\nversie: '1.1'\nlicentie: CC BY 4.0\nbestanden: [{bestand: ../los.pdf}]\n---\n", "werken/a/map/p.pdf", strings.Repeat("x", 5000), "werken/los.pdf", "abc",
		"werken/b.md", "---\ntitle: B\nlicentie: Vraag het ons\n---\n",
		"werken/c.md", "---\ntitle: C\nbestanden: [{bestand: ../x/p.pdf}, {bestand: ../y/p.pdf}]\n---\n", "x/p.pdf", "1", "y/p.pdf", "2")
	v := h.views()
	a := v.site.Page("/werken/a/")
	b := v.Bundle(a, func(r *content.Resource) (io.ReadCloser, error) { return h.files.Open(r.File) })
	var zip bytes.Buffer
	if _, err := b.WriteTo(&zip); err != nil {
		t.Fatal(err)
	}
	p := page(t, v, "/werken/a/")
	want := &theme.Download{URL: "/hub/werken/a/a-1.1.zip", Title: "A", Name: "a-1.1.zip", Type: "ZIP", MIME: "application/zip", Size: media.Size(int64(zip.Len()), "nl")}
	if !reflect.DeepEqual(p.Package, want) || p.Newest != "https://voorbeeld.nl/hub/werken/a/nieuwste/" {
		t.Errorf("%+v, want %+v; newest %s", p.Package, want, p.Newest)
	}
	if size, err := b.Size(); err != nil || size != int64(zip.Len()) {
		t.Errorf("%d bytes were told, %d written: %v", size, zip.Len(), err)
	}
	var names []string
	for _, e := range b.Entries {
		names = append(names, e.Name)
	}
	if got := strings.Join([]string{fmt.Sprint(names), b.Folder, b.Title, b.Version, b.Description, b.Licence, b.Attribution, b.Address}, " "); got != "[map/p.pdf los.pdf] a-1.1 A 1.1 Waarover CC BY 4.0 Proef https://voorbeeld.nl/hub/id/vast/" {
		t.Error(got)
	}
	if fmt.Sprint(p.Licence) != "&{CC BY 4.0 https://creativecommons.org/licenses/by/4.0/}" || fmt.Sprint(page(t, v, "/werken/b/").Licence) != "&{Vraag het ons }" || page(t, v, "/werken/c/").Licence != nil {
		t.Error(p.Licence, page(t, v, "/werken/b/").Licence)
	}
	if other := page(t, v, "/werken/b/"); other.Package != nil || other.Newest != "" || p.Permanent != "https://voorbeeld.nl/hub/id/vast/" || other.Permanent != "" {
		t.Errorf("%+v %s", other.Package, p.Permanent)
	}
	// Files of two other folders may have one name.
	if size, err := v.Bundle(v.site.Page("/werken/c/"), nil).Size(); err != nil || size == 0 {
		t.Errorf("two files of the same name cannot be packed: %v", err)
	}
}

// What a page says of itself where it is shared.
func TestMeta(t *testing.T) {
	v := werken(t, "", "a.md", "---\ntitle: \"A & <b>\"\nimage: {file: f.png, alt: Een foto}\ndate: 2024-01-02\n---\nEen tekst.", "f.png", pngOf(t, 30, 20), "x/b.md", "---\ntitle: B\nimage: {file: ../x.avif, alt: decoratief}\n---\n", "x.avif", "x",
		"werken/c.md", "---\ntitle: C\ndate: 2024-01-02\nupdated: 2024-01-03\n---\n").views()
	meta := func(url string) string {
		var b strings.Builder
		for _, m := range page(t, v, url).Meta {
			if (m.Name == "") == (m.Property == "") {
				t.Errorf("%s: %+v", url, m)
			}
			if !strings.HasPrefix(m.Name, "citation_") {
				fmt.Fprintf(&b, "%s%s=%s\n", m.Name, m.Property, m.Content)
			}
		}
		return b.String()
	}
	const site = "og:site_name=Proef\nog:locale=nl_NL\n"
	for _, test := range []struct{ url, want string }{
		{"/", "og:title=Proef\nog:description=Een proef\nog:type=website\nog:url=https://voorbeeld.nl/hub/\n" + site},
		{"/a/", "og:title=A & <b>\nog:description=Een tekst.\nog:type=article\nog:url=https://voorbeeld.nl/hub/a/\n" + site +
			"og:image=https://voorbeeld.nl/hub/f.png\nog:image:width=30\nog:image:height=20\nog:image:alt=Een foto\ntwitter:card=summary_large_image\narticle:published_time=2024-01-02\n"},
		{"/x/b/", "og:title=B\nog:type=website\nog:url=https://voorbeeld.nl/hub/x/b/\n" + site + "og:image=https://voorbeeld.nl/hub/x.avif\ntwitter:card=summary_large_image\n"},
		{"/werken/c/", "og:title=C\nog:type=article\nog:url=https://voorbeeld.nl/hub/werken/c/\n" + site + "article:published_time=2024-01-02\narticle:modified_time=2024-01-03\n"},
		{"/themas/ai/", "og:title=AI & recht\nog:type=website\nog:url=https://voorbeeld.nl/hub/themas/ai/\n" + site},
	} {
		if got := meta(test.url); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.url, got, test.want)
		}
	}
	if got := page(t, werken(t, "language: en\n").views(), "/").Meta; !strings.Contains(fmt.Sprint(got), "en_GB") {
		t.Error(got)
	}
	var highwire []string
	for _, m := range page(t, v, "/werken/c/").Meta {
		if strings.HasPrefix(m.Name, "citation_") {
			highwire = append(highwire, m.Name+"="+m.Content)
		}
	}
	if want := "citation_title=C citation_author=Proef citation_publication_date=2024/01/02 citation_technical_report_institution=Proef citation_language=nl citation_abstract_html_url=https://voorbeeld.nl/hub/werken/c/"; strings.Join(highwire, " ") != want {
		t.Errorf("got %q, want %s", highwire, want)
	}
}

// How a page is referred to, out of the fields that mean it.
func TestWork(t *testing.T) {
	for _, test := range []struct {
		name, front string
		want        cite.Work
		apa         string
	}{
		{"nothing but a title", "", cite.Work{Authors: []cite.Name{{Literal: "Proef"}}, Publisher: "Proef"}, ""},
		{"names with particles", "auteurs: [{voornaam: Jan, tussen: van der, achternaam: Berg, orcid: 0000-0001-2345-6789}, {achternaam: IJs}]\ndate: 2024-01-02",
			cite.Work{Authors: []cite.Name{{Given: "Jan", Particle: "van der", Family: "Berg", ORCID: "0000-0001-2345-6789"}, {Family: "IJs"}}, Publisher: "Proef", Issued: cite.Date{Year: 2024, Month: 1, Day: 2}},
			"Berg, J. van der, & IJs. (2024). T [Werk]. Proef. https://voorbeeld.nl/hub/werken/a/"},
		{"roles only", "auteurs: [{rol: Docent}, {rol: Student}]\nuitgever: ROC", cite.Work{Authors: []cite.Name{{Literal: "ROC"}}, Publisher: "ROC"}, ""},
		{"organisations, each once", "auteurs: [{rol: Docent, van: ROC A}, {van: ROC A}, {van: ROC B}]\nuitgever: ROC B", cite.Work{Authors: []cite.Name{{Literal: "ROC A"}, {Literal: "ROC B"}}, Publisher: "ROC B"},
			""},
		{"a DOI beside an ORCID", "auteurs: [{achternaam: B, orcid: 'https://orcid.org/0000-0001-2345-6789'}]\ndoi: https://doi.org/10.1/x",
			cite.Work{Authors: []cite.Name{{Family: "B", ORCID: "https://orcid.org/0000-0001-2345-6789"}}, Publisher: "Proef", DOI: "https://doi.org/10.1/x"}, ""},
		{"another identifier", "doi: urn:x", cite.Work{Authors: []cite.Name{{Literal: "Proef"}}, Publisher: "Proef"}, ""},
		{"the day it came out", "date: 2024-01-02\nverschenen: 2023-05-06\nversie: '1.1'\nisbn: 978\nthema: ai\ntags: [x]\ndescription: Waarover\nid: vast\nbestanden: [{bestand: ../x.docx}, {bestand: ../p.pdf}]",
			cite.Work{Authors: []cite.Name{{Literal: "Proef"}}, Publisher: "Proef", Issued: cite.Date{Year: 2023, Month: 5, Day: 6}, Version: "1.1", ISBN: "978", Keywords: []string{"AI & recht", "x"}, Abstract: "Waarover",
				URL: "https://voorbeeld.nl/hub/id/vast/", PDF: "https://voorbeeld.nl/hub/p.pdf"}, "Proef. (2023). T (Versie 1.1) [Werk]. https://voorbeeld.nl/hub/id/vast/"},
	} {
		v := werken(t, "", "werken/a.md", "---\ntitle: T\n"+test.front+"\n---\n", "p.pdf", "x", "x.docx", "x").views()
		want := test.want
		want.ID, want.Type, want.Genre, want.Title, want.Language = "a", "report", "Werk", "T", "nl"
		if want.URL == "" {
			want.URL = "https://voorbeeld.nl/hub/werken/a/"
		}
		if got := v.Work(v.site.Page("/werken/a/")); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", test.name, got, want)
		}
		c := page(t, v, "/werken/a/").Citation
		if (c != nil) != (test.apa != "") {
			t.Fatalf("%s: citation %v", test.name, c)
		}
		if c == nil {
			continue // it has not come out
		}
		var apa strings.Builder
		for _, part := range c.Parts {
			apa.WriteString(part.Text)
		}
		if got := apa.String() + c.URL; got != test.apa { // the address at its end is a link
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.apa)
		}
	}
	v := werken(t, "", "clubs/a.md", "---\ntitle: A\nbaas: b\n---\n", "clubs/b.md", "---\ntitle: De baas\n---\n", "avonden/x.md", "").views()
	if w := v.Work(v.site.Page("/clubs/a/")); !reflect.DeepEqual(w.Authors, []cite.Name{{Literal: "De baas"}}) {
		t.Errorf("%+v", w.Authors)
	}
	if page(t, v, "/avonden/x/").Citation != nil || page(t, v, "/clubs/").Citation != nil {
		t.Error("what is not cited has a citation")
	}
}

// The other forms of pages, as links in the head.
func TestAlternates(t *testing.T) {
	v := werken(t, "", "werken/a.md", "---\ntitle: A\ntags: [x]\ndate: 2024-01-01\n---\n", "avonden/b.md", "", "c.md", "").views()
	for _, test := range []struct{ url, want string }{
		{"/", "application/atom+xml Proef (Atom) /hub/feed.xml; application/feed+json Proef (JSON Feed) /hub/feed.json"},
		{"/werken/a/", "application/x-bibtex A (BibTeX) /hub/werken/a/a.bib; application/x-research-info-systems A (RIS) /hub/werken/a/a.ris; application/vnd.citationstyles.csl+json A (CSL-JSON) /hub/werken/a/a.csl.json"},
		{"/avonden/", "text/calendar avonden/b.md (iCalendar) /hub/avonden/avonden.ics; text/csv Avond (CSV) /hub/avonden/avonden.csv; application/json Avond (JSON) /hub/avonden/avonden.json"},
		{"/tags/x/", "application/atom+xml x (Atom) /hub/tags/x/feed.xml; application/feed+json x (JSON Feed) /hub/tags/x/feed.json"},
		{"/c/", ""},
	} {
		var got []string
		for _, a := range page(t, v, test.url).Alternates {
			got = append(got, a.Type+" "+a.Title+" "+a.URL)
			if a.Label == "" {
				t.Errorf("%+v", a)
			}
		}
		if want := strings.Replace(test.want, "avonden/b.md (iC", "Avond (iC", 1); strings.Join(got, "; ") != want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.url, strings.Join(got, "; "), want)
		}
	}
}

// linked is the JSON-LD of a page, as a reader of it has it: the graph.
func linked(t testing.TB, p *theme.Page) []map[string]any {
	t.Helper()
	text, ok := strings.CutPrefix(string(p.LinkedData), `<script type="application/ld+json">`)
	text, end := strings.CutSuffix(text, "</script>")
	if !ok || !end || strings.Contains(text, "<") {
		t.Fatalf("this breaks out: %s", p.LinkedData)
	}
	var whole struct {
		Context string           `json:"@context"`
		Graph   []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal([]byte(text), &whole); err != nil || whole.Context != "https://schema.org" {
		t.Fatalf("%v: %s", err, text)
	}
	return whole.Graph
}

// parsed reads JSON that a test expects.
func parsed(t testing.TB, text string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return m
}

// Each sort of page and of field as schema.org has it.
func TestLinkedData(t *testing.T) {
	h := werken(t, "", "werken/a/index.md", `---
title: "</script><b> & \"A\""
id: vast
date: 2024-01-02
updated: 2024-01-03
ook_bekend_als: [Anders]
tags: [x]
auteurs:
  - {voornaam: Jan, tussen: van, achternaam: Dijk, van: ROC}
  - {rol: Docent}
  - {orcid: "1"}
doi: 10.1/x
uitgever: ROC
licentie: CC BY 4.0
samenvatting: Een *korte* tekst.
thema: ai
bestanden: [{naam: De poster, bestand: p.pdf}]
---
Tekst.
`, "werken/a/p.pdf", "abc",
		"clubs/a.md", "---\ntitle: A\ndescription: Club\nleden: [b, c]\ndeel: {naam: Iemand}\ngeld: 0,5 miljoen\ngetal: 1.50\ngratis: false\njaren: 2023\nlesuur: 1 uur\nplaats: Utrecht\nplaatje: f.png\nweb: https://x.nl/\nstil: Geheim\n---\n", "clubs/f.png", pngOf(t, 3, 2),
		"clubs/b.md", "---\ntitle: B\n---\n", "clubs/c.md", "---\ntitle: C\n---\n", "los.md", "---\ntitle: Los\nimage: {file: clubs/f.png, alt: Foto}\n---\n",
		"avonden/d.md", "---\ntitle: D\ndate: 2024-01-01\nwanneer: 2024-05-01/2024-05-02\nstatus: Geannuleerd\nhoe: online\nplaats: Utrecht\ndoor: ROC\n---\n",
		"avonden/e.md", "---\ntitle: E\nwanneer: 2024-05-01/2024-05-01\nstatus: Misschien\n---\n",
	)
	v := h.views()
	const site = `"isPartOf": {"@type": "WebSite", "@id": "https://voorbeeld.nl/hub/", "name": "Proef", "url": "https://voorbeeld.nl/hub/"}`
	at := func(url string) string {
		return `"@id": "https://voorbeeld.nl/hub` + url + `", "url": "https://voorbeeld.nl/hub` + url + `"`
	}
	sum := func(file string) string {
		r := v.site.Resource(file)
		return hex.EncodeToString(r.Facts.SHA256[:])
	}
	photo := `{"@type": "ImageObject", "contentUrl": "https://voorbeeld.nl/hub/clubs/f.png", "encodingFormat": "image/png", "contentSize": "` + media.Size(v.site.Resource("clubs/f.png").Size, "nl") + `", "sha256": "` + sum("clubs/f.png") + `", "width": 3, "height": 2}`
	club := `"@type": ["Organization", "Project"]`
	for _, test := range []struct{ url, want string }{
		{"/", `{"@type": "WebSite", "@id": "https://voorbeeld.nl/hub/", "name": "Proef", "url": "https://voorbeeld.nl/hub/", "description": "Een proef", "inLanguage": "nl"}`},
		{"/los/", `{"@type": "WebPage", ` + at("/los/") + `, "name": "Los", "inLanguage": "nl", "image": ` + photo + `, ` + site + `}`},
		{"/werken/a/", `{"@type": "Report", ` + at("/werken/a/") + `, "name": "</script><b> & \"A\"", "description": "Tekst.", "identifier": ["https://voorbeeld.nl/hub/id/vast/", "10.1/x"],
			"inLanguage": "nl", "datePublished": "2024-01-02", "dateModified": "2024-01-03", "alternateName": "Anders",
			"author": [{"@type": "Person", "givenName": "Jan", "additionalName": "van", "familyName": "Dijk", "name": "Jan van Dijk", "affiliation": {"@type": "Organization", "name": "ROC"}}, {"@type": "Person", "roleName": "Docent"}, {"@type": "Person", "identifier": "1"}],
			"publisher": {"@type": "Organization", "name": "ROC"}, "license": "https://creativecommons.org/licenses/by/4.0/", "abstract": "Een korte tekst.",
			"about": {"@type": "DefinedTerm", "name": "AI & recht", "url": "https://voorbeeld.nl/hub/themas/ai/"},
			"encoding": {"@type": "MediaObject", "name": "De poster", "contentUrl": "https://voorbeeld.nl/hub/werken/a/p.pdf", "encodingFormat": "application/pdf", "contentSize": "3 bytes", "sha256": "` + sum("werken/a/p.pdf") + `"},
			"keywords": "x", ` + site + `}`},
		{"/clubs/a/", `{` + club + `, ` + at("/clubs/a/") + `, "name": "A", "description": "Club",
			"member": [{` + club + `, "@id": "https://voorbeeld.nl/hub/clubs/b/", "name": "B"}, {` + club + `, "@id": "https://voorbeeld.nl/hub/clubs/c/", "name": "C"}, {"@type": "Person", "name": "Iemand"}],
			"amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": 500000}, "value": 1.5, "isAccessibleForFree": false, "temporalCoverage": "2023", "timeRequired": "PT1H",
			"location": {"@type": "Place", "name": "Utrecht"}, "logo": ` + photo + `, "sameAs": "https://x.nl/", ` + site + `}`},
		{"/avonden/d/", `{"@type": "Event", ` + at("/avonden/d/") + `, "name": "D", "startDate": "2024-05-01", "endDate": "2024-05-02", "eventStatus": "https://schema.org/EventCancelled",
			"eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode", "location": {"@type": "Place", "name": "Utrecht"}, "organizer": {"@type": "Organization", "name": "ROC"}, ` + site + `}`},
		{"/avonden/e/", `{"@type": "Event", ` + at("/avonden/e/") + `, "name": "E", "startDate": "2024-05-01", ` + site + `}`},
		{"/fasen/", `{"@type": "CollectionPage", ` + at("/fasen/") + `, "name": "Fase", "inLanguage": "nl", ` + site + `, "mainEntity": [
			{"@type": "ItemList", "numberOfItems": 2, "itemListElement": [
				{"@type": "ListItem", "position": 1, "item": {"@type": "Project", ` + at("/fasen/#fase-a") + `, "name": "Fase A", "amount": {"@type": "MonetaryAmount", "currency": "EUR", "value": 100}}},
				{"@type": "ListItem", "position": 2, "item": {"@type": "Project", ` + at("/fasen/#fase-b") + `, "name": "Fase B"}}]},
			{"@type": "Dataset", "name": "Fase", "url": "https://voorbeeld.nl/hub/fasen/", "distribution": [
				{"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "https://voorbeeld.nl/hub/fasen/fasen.csv"},
				{"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": "https://voorbeeld.nl/hub/fasen/fasen.json"}]}]}`},
		{"/themas/ai/", `{"@type": "CollectionPage", ` + at("/themas/ai/") + `, "name": "AI & recht", "inLanguage": "nl", ` + site + `, "mainEntity":
			{"@type": "ItemList", "numberOfItems": 1, "itemListElement": [{"@type": "ListItem", "position": 1, "item": {"@type": "Report", "url": "https://voorbeeld.nl/hub/werken/a/", "name": "</script><b> & \"A\""}}]}}`},
		{"/themas/", `{"@type": "CollectionPage", ` + at("/themas/") + `, "name": "Thema's", "inLanguage": "nl", ` + site + `}`},
	} {
		p := page(t, v, test.url)
		graph := linked(t, p)
		if want := parsed(t, test.want); !reflect.DeepEqual(graph[0], want) {
			got, _ := json.MarshalIndent(graph[0], "", " ")
			wanted, _ := json.MarshalIndent(want, "", " ")
			t.Errorf("%s: got\n%s\nwant\n%s", test.url, got, wanted)
		}
		if (len(graph) == 2) != (test.url != "/") {
			t.Errorf("%s: %d objects", test.url, len(graph))
		}
	}
	want := parsed(t, `{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Proef", "item": "https://voorbeeld.nl/hub/"},
		{"@type": "ListItem", "position": 2, "name": "Avond", "item": "https://voorbeeld.nl/hub/avonden/"}, {"@type": "ListItem", "position": 3, "name": "E", "item": "https://voorbeeld.nl/hub/avonden/e/"}]}`)
	if got := linked(t, page(t, v, "/avonden/e/"))[1]; !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%v\nwant\n%v", got, want)
	}
}

// A work came out on one day: the one that its own field says, when there is one.
func TestLinkedDay(t *testing.T) {
	v := werken(t, "", "werken/a.md", "---\ntitle: A\ndate: 2024-01-02\nverschenen: 2023-05-06\n---\n").views()
	if got := linked(t, page(t, v, "/werken/a/"))[0]["datePublished"]; got != "2023-05-06" {
		t.Errorf("it came out on %v", got)
	}
}

// Numbers as authors write them are numbers in JSON.
func TestLinkedNumbers(t *testing.T) {
	for _, text := range []string{"007", "1.50", "-0", "00", "-01.5", strings.Repeat("9", 40)} {
		v := werken(t, "", "clubs/a.md", "---\ntitle: A\ngetal: \""+text+"\"\n---\n").views()
		func() {
			defer func() {
				if fault := recover(); fault != nil {
					t.Errorf("%s: %v", text, fault)
				}
			}()
			if _, ok := linked(t, page(t, v, "/clubs/a/"))[0]["value"].(float64); !ok {
				t.Errorf("%s is no number", text)
			}
		}()
	}
}
