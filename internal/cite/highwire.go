package cite

import "fmt"

// Meta is a meta element of a page, its content not escaped.
type Meta struct {
	Name, Content string
}

// Highwire is the work as the meta elements that Highwire Press began with, which
// Google Scholar asks for in its guidelines for webmasters and which Zotero and
// Mendeley read. An author's ORCID follows the author.
func (w Work) Highwire() []Meta {
	w = w.tidy()
	var metas []Meta
	meta := func(name, content string) {
		if content != "" {
			metas = append(metas, Meta{name, content})
		}
	}
	meta("citation_title", w.Title)
	for _, n := range w.Authors {
		meta("citation_author", n.inverted())
		if n.ORCID != "" {
			meta("citation_author_orcid", "https://orcid.org/"+n.ORCID)
		}
	}
	// Scholar takes a whole day or a year alone.
	if d := w.Issued; d.Day > 0 {
		meta("citation_publication_date", fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day))
	} else if d.Year > 0 {
		meta("citation_publication_date", fmt.Sprintf("%04d", d.Year))
	}
	meta(kinds[w.Type].highwire, w.Publisher)
	meta("citation_isbn", w.ISBN)
	meta("citation_doi", w.DOI)
	meta("citation_language", w.Language)
	for _, keyword := range w.Keywords {
		meta("citation_keywords", keyword)
	}
	meta("citation_abstract_html_url", w.URL)
	meta("citation_pdf_url", w.PDF)
	return metas
}
