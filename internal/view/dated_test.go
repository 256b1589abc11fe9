package view

import (
	"fmt"
	"strings"
	"testing"
)

// What leads to a page that has expired keeps its words and loses its link: the
// day comes by itself, and must not break the site.
func TestExpired(t *testing.T) {
	yaml := "title: T\nkinds:\n  club: {folder: clubs}\n  werk: {folder: werken, fields: {club: {type: ref}, clubs: {type: list, of: ref, kind: club}}}\n"
	h := newHub(t, yaml, "clubs/oud.md", "---\ntitle: Oude club\nexpiryDate: 2020-01-01\n---\n", "clubs/nieuw.md", "---\ntitle: Nieuwe club\n---\n",
		"werken/a.md", "---\ntitle: A\nclub: oud\nclubs: [oud, nieuw]\n---\nZie [de club](../clubs/oud.md).\n")
	h.expected = "verwijzing-buiten-datum"
	p := page(t, h.views(), "/werken/a/")
	if len(p.Fields) != 2 || p.Fields[0].Values[0].Text != "Oude club" || p.Fields[0].Values[0].URL != "" || p.Fields[1].Values[1].URL == "" {
		t.Errorf("%+v", p.Fields)
	}
	if html := string(p.Body.HTML); !strings.Contains(html, "<a>de club</a>") {
		t.Error(html)
	}
}

// Of what has yet to come out nothing is shown, not even its name.
func TestWithheld(t *testing.T) {
	yaml := "title: T\nkinds:\n  club: {folder: clubs}\n  werk: {folder: werken, fields: {club: {type: ref, property: publisher}, clubs: {type: list, of: ref, kind: club, property: author}}}\n"
	h := newHub(t, yaml, "clubs/geheim-plan.md", "---\ntitle: Geheim plan\npublishDate: 2099-01-01\n---\n", "clubs/nieuw.md", "---\ntitle: Nieuwe club\n---\n",
		"werken/a.md", "---\ntitle: A\nclub: geheim-plan\nclubs: [geheim-plan, nieuw]\n---\n")
	h.expected = "verwijzing-buiten-datum"
	p := page(t, h.views(), "/werken/a/")
	if text := strings.ToLower(fmt.Sprintf("%+v %s", p.Fields, p.LinkedData)); strings.Contains(text, "geheim") || len(p.Fields) != 1 {
		t.Error(text)
	}
}
