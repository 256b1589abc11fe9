package view

import (
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
