package themes_test

import (
	"html/template"
	"strings"

	"kennishub/internal/theme"
)

// site is a site as the view room makes it, with base path base.
func site(base string) *theme.Site {
	return theme.Seal(&theme.Site{
		Title:       "Kennishub Digitaal Bekwaam",
		Description: "Wat scholen in het mbo uitproberen, leren en delen over digitaal bekwaam lesgeven.",
		Language:    "nl",
		HomeURL:     base,
		SearchURL:   base + "zoeken/",
		FeedURL:     base + "feed.atom",
		Menu: []theme.Link{
			{Text: "Experimenten", URL: base + "experimenten/"},
			{Text: "Campagnes", URL: base + "campagnes/"},
			{Text: "Netwerken", URL: base + "netwerken/"},
			{Text: "Publicaties", URL: base + "publicaties/"},
			{Text: "Agenda", URL: base + "bijeenkomsten/"},
			{Text: "Over het programma", URL: base + "programma/"},
		},
		Footer: []theme.Link{
			{Text: "Toegankelijkheid", URL: base + "toegankelijkheid/"},
			{Text: "Privacy", URL: base + "privacy/"},
		},
		Contact:    &theme.Link{Text: "kennishub@example.nl", URL: "mailto:kennishub@example.nl"},
		Repository: &theme.Link{Text: "Bron van deze site", URL: "https://git.example.nl/kennishub"},
	})
}

func card(base, slug, kind, title, description string, facets ...string) *theme.Card {
	c := &theme.Card{
		URL: base + slug + "/", Title: title, Description: description, KindLabel: kind,
		Date: theme.Date{ISO: "2024-03-01", Text: "1 maart 2024"},
	}
	for _, f := range facets {
		c.Facets = append(c.Facets, theme.Link{Text: f, URL: base + "themas/" + slug + "/"})
	}
	if slug == "experimenten/vr-bril" {
		c.Example, c.Draft = true, true
	}
	return theme.Seal(c)
}

func cards(base string) []*theme.Card {
	return []*theme.Card{
		card(base, "experimenten/feedback-met-ai", "Experiment", "Feedback met AI op reflectieverslagen", "Studenten verpleegkunde kregen eerst feedback van een taalmodel, daarna van hun docent. Wat leverde dat op?", "AI", "Formatief handelen"),
		card(base, "experimenten/vr-bril", "Experiment", "Veilig oefenen met een VR-bril", "Een lesreeks waarin studenten techniek eerst virtueel aan de hoogspanning werken.", "Digitale didactiek"),
		card(base, "campagnes/klik-niet-zomaar", "Campagne", "Klik niet zomaar", "Posters, een presentatie en een quiz over phishing, klaar om op je eigen school te gebruiken.", "Digitale veiligheid", "Bewustwording"),
		card(base, "netwerken/ibp", "Netwerk", "Netwerk Informatiebeveiliging en privacy", "Functionarissen van alle mbo-scholen delen hier hun aanpak."),
	}
}

const prose = `<p>In het najaar van 2023 probeerden <strong>drie teams</strong> uit of <a href="/x/">feedback van een taalmodel</a> studenten helpt om beter te reflecteren. Het idee kwam van docenten die elke week <em>veertig verslagen</em> lazen, en merkten dat hun opmerkingen vaak te laat kwamen.<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>
<h2 id="aanpak">Aanpak</h2>
<p>We werkten volgens onderzoekend ontwerpen: eerst de vraag scherp, dan klein beginnen en bijstellen.</p>
<ol><li>Studenten schreven een reflectie van een halve pagina.</li><li>Het model gaf drie vragen terug, geen oordeel.</li><li>De docent las de tweede versie.</li></ol>
<div class="alert alert-note"><p class="alert-title">Let op</p><p>Voer nooit namen of gegevens van studenten in bij een dienst waarmee de school geen verwerkersovereenkomst heeft.</p></div>
<h3 id="meting">Wat hebben we gemeten?</h3>
<p>Bij 46 studenten vergeleken we de eerste en de laatste reflectie met een <abbr title="beoordelingsschema">rubric</abbr>, en we hielden gesprekken. De term <mark>zelfregie</mark> kwam vaak terug. Gebruik <code>temperature = 0.2</code> of druk op <kbd>Ctrl</kbd>.</p>
<div class="table" tabindex="0" role="region" aria-label="Tabel: scores per team"><table><caption>Gemiddelde score op de rubric (1 tot 4)</caption><thead><tr><th scope="col">Team</th><th scope="col" class="right">Voor</th><th scope="col" class="right">Na</th></tr></thead><tbody><tr><td>Verpleegkunde</td><td class="right">2,1</td><td class="right">2,9</td></tr><tr><td>Techniek en gebouwde omgeving</td><td class="right">1,8</td><td class="right">2,2</td></tr></tbody></table></div>
<h2 id="opbrengst">Opbrengst</h2>
<blockquote><p>Ik kreeg een vraag terug waar ik zelf nooit op gekomen was.</p></blockquote>
<ul><li class="task"><span class="task-mark" aria-hidden="true">☑</span> <span class="visually-hidden">gedaan:</span> Lesbrief gedeeld</li><li class="task"><span class="task-mark" aria-hidden="true">☐</span> <span class="visually-hidden">nog te doen:</span> Herhalen in het najaar</li></ul>
<div class="alert alert-tip"><p class="alert-title">Tip</p><p>Begin met één klas.</p></div>
<div class="alert alert-important"><p class="alert-title">Belangrijk</p><p>Bespreek vooraf wat het model wel en niet kan.</p></div>
<div class="alert alert-warning"><p class="alert-title">Waarschuwing</p><p>De uitkomsten verschillen per keer.</p></div>
<div class="alert alert-caution"><p class="alert-title">Pas op</p><p>Laat het model geen cijfers geven.</p></div>
<pre class="chroma" tabindex="0"><code><span class="line"><span class="cl"><span class="k">def</span> <span class="nf">vragen</span><span class="p">(</span><span class="n">tekst</span><span class="p">):</span>  <span class="c1"># drie open vragen</span>
</span></span><span class="line"><span class="cl">    <span class="k">return</span> <span class="n">model</span><span class="p">(</span><span class="s2">"Stel drie vragen over: "</span> <span class="o">+</span> <span class="n">tekst</span><span class="p">,</span> <span class="mi">3</span><span class="p">)</span>
</span></span></code></pre>
<h2 id="lessen">Lessen voor andere teams</h2>
<dl><dt>Klein beginnen</dt><dd>Een halve pagina is genoeg om te oefenen.</dd><dt>Tijd</dt><dd>Reken op twee uur voorbereiding.</dd></dl>
<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn:1"><p>Gemiddeld na negen dagen. <a href="#fnref:1" class="footnote-back" role="doc-backlink" aria-label="terug naar de tekst">↩</a></p></li></ol></section>`

func page(base string) theme.Page {
	return theme.Page{
		Site: site(base), Template: "page", URL: base + "experimenten/feedback-met-ai/",
		Canonical: "https://kennishub.example.nl" + base + "experimenten/feedback-met-ai/",
		Current:   base + "experimenten/",
		Kind:      "experiment", KindLabel: "Experiment",
		Title:       "Feedback met AI op reflectieverslagen",
		Description: "Studenten verpleegkunde kregen eerst feedback van een taalmodel, daarna van hun docent. Ze reflecteren dieper, maar niet sneller.",
		Image: &theme.Picture{
			URL: base + "experimenten/feedback-met-ai/klas.jpg", Width: 1200, Height: 800, Alt: "Drie studenten lezen samen een verslag",
			SrcSet: base + "experimenten/feedback-met-ai/klas-480.webp 480w, " + base + "experimenten/feedback-met-ai/klas.jpg 1200w", Sizes: "(min-width: 48rem) 45rem, 100vw",
		},
		Date:        theme.Date{ISO: "2024-03-01", Text: "1 maart 2024"},
		Updated:     theme.Date{ISO: "2024-06-12", Text: "12 juni 2024"},
		Example:     true,
		Breadcrumbs: []theme.Link{{Text: "Home", URL: base}, {Text: "Experimenten", URL: base + "experimenten/"}, {Text: "Feedback met AI op reflectieverslagen"}},
		Body: theme.Seal(&theme.Body{HTML: template.HTML(prose), Minutes: 4, Contents: []theme.Heading{
			{ID: "aanpak", Text: "Aanpak", Children: []theme.Heading{{ID: "meting", Text: "Wat hebben we gemeten?"}}},
			{ID: "opbrengst", Text: "Opbrengst"}, {ID: "lessen", Text: "Lessen voor andere teams"},
		}}),
		Fields: []theme.Field{
			field("onderzoeksvraag", "text", "Onderzoeksvraag", "Helpt feedback van een taalmodel studenten om dieper te reflecteren op hun stage?"),
			field("resultaat", "choice", "Resultaat", "Werkt deels"),
			field("studiejaar", "schoolyear", "Studiejaar", "2023-2024"),
			field("status", "choice", "Status", "afgerond"),
			{Name: "themas", Type: "list", Label: "Thema’s", Values: []theme.Value{{Text: "AI", URL: base + "themas/ai/"}, {Text: "Formatief handelen", URL: base + "themas/formatief/"}}},
			{Name: "doelgroep", Type: "list", Label: "Doelgroep", Values: []theme.Value{{Text: "Studenten", URL: base + "doelgroepen/studenten/"}}},
			{Name: "organisaties", Type: "list", Label: "Organisaties", Values: []theme.Value{{Text: "ROC Voorbeeldstad", URL: base + "organisaties/roc/"}}},
			{Name: "periode", Type: "period", Label: "Periode", Values: []theme.Value{{Text: "najaar 2023", ISO: "2023-09"}}},
			field("beperkingen", "text", "Beperkingen", "Eén opleiding, geen vergelijkingsgroep"),
			{Name: "aanpak", Type: "markdown", Label: "Zo pak je het zelf aan", Values: []theme.Value{{HTML: "<p>Begin met <strong>één klas</strong>:</p><ol><li>kies een opdracht</li><li>oefen met drie vragen</li></ol>"}}},
			people(base, "team", "Team"),
			{Name: "meting", Type: "group", Label: "Meting", Values: []theme.Value{{Group: []theme.Field{
				field("wat", "text", "Wat", "Hoeveel vragen studenten zichzelf stellen in hun eerste en laatste reflectie van de stage"), field("methode", "list", "Methode", "toets", "interview"), field("studenten", "number", "Aantal studenten", "46")}}}},
			field("tips", "list", "Tips", "Begin met één klas", "Spreek van tevoren met studenten af wat het model wel en niet van hen te zien krijgt"),
			{Name: "bijlagen", Type: "list", Label: "Bijlagen", Values: []theme.Value{{Group: []theme.Field{{Name: "bestand", Type: "file", Label: "Bestand", Values: []theme.Value{{Text: "lesbrief.pdf", URL: base + "experimenten/feedback-met-ai/lesbrief.pdf"}}}, field("titel", "text", "Titel", "Lesbrief reflecteren met AI")}}}},
			{Name: "fasen", Type: "list", Label: "Fasen", Values: []theme.Value{
				{Group: []theme.Field{field("fase", "choice", "Fase", "vooronderzoek"), {Name: "periode", Type: "period", Label: "Periode", Values: []theme.Value{{Text: "september 2023", ISO: "2023-09"}}}}},
				{Group: []theme.Field{field("fase", "choice", "Fase", "testen"), {Name: "verslag", Type: "markdown", Label: "Verslag", Values: []theme.Value{{HTML: "<p>Twee rondes in <em>drie</em> klassen.</p>"}}}}},
			}},
		},
		Tags: []theme.Link{{Text: "reflectie", URL: base + "tags/reflectie/"}, {Text: "taalmodellen", URL: base + "tags/taalmodellen/"}},
		Downloads: []theme.Download{
			{URL: base + "experimenten/feedback-met-ai/lesbrief.pdf", Title: "Lesbrief reflecteren met AI", Name: "lesbrief.pdf", Type: "PDF", MIME: "application/pdf", Size: "1,2 MB", SHA256: strings.Repeat("0a1b2c3d", 8)},
			{URL: base + "experimenten/feedback-met-ai/rubric.docx", Title: "Rubric", Name: "rubric.docx", Type: "Word", MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Size: "48 kB", SHA256: strings.Repeat("4e5f6071", 8)},
			{URL: base + "experimenten/feedback-met-ai/poster.png", Title: "Poster voor in de klas", Name: "poster.png", Type: "PNG", MIME: "image/png", Size: "310 kB", Dimensions: "1200 × 1800 pixels", SHA256: strings.Repeat("82930415", 8)},
		},
		Package:   &theme.Download{URL: base + "experimenten/feedback-met-ai/feedback-met-ai-1.1.zip", Title: "Alles", Name: "feedback-met-ai-1.1.zip", Type: "ZIP", MIME: "application/zip", Size: "1,6 MB"},
		Newest:    "https://kennishub.example.nl" + base + "experimenten/feedback-met-ai/feedback-met-ai.zip",
		Licence:   &theme.Link{Text: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/deed.nl"},
		Permanent: "https://kennishub.example.nl" + base + "id/feedback-met-ai/",
		Citation: &theme.Citation{Parts: []theme.CitationPart{{Text: "Dijk, J. van. (2024). "}, {Text: "Feedback met AI op reflectieverslagen", Italic: true}, {Text: " [Experiment]. MBO Digitaal."}},
			URL: "https://kennishub.example.nl" + base + "id/feedback-met-ai/"},
		Alternates: []theme.Alternate{
			{Type: "application/x-bibtex", Label: "BibTeX", Title: "Verwijzing (BibTeX)", URL: base + "experimenten/feedback-met-ai/verwijzing.bib"},
			{Type: "application/x-research-info-systems", Label: "RIS", Title: "Verwijzing (RIS)", URL: base + "experimenten/feedback-met-ai/verwijzing.ris"},
			{Type: "application/vnd.citationstyles.csl+json", Label: "CSL-JSON", Title: "Verwijzing (CSL-JSON)", URL: base + "experimenten/feedback-met-ai/verwijzing.json"},
		},
		Meta:       []theme.Meta{{Property: "og:title", Content: "Feedback met AI op reflectieverslagen"}, {Name: "citation_title", Content: "Feedback met AI op reflectieverslagen"}},
		LinkedData: `<script type="application/ld+json">{"@context":"https://schema.org","@type":"Report"}</script>`,
		Relations:  []theme.Relation{{Label: "Verwante experimenten", URL: base + "experimenten/", Cards: cards(base)[1:2]}, {Label: "Wordt genoemd door", Cards: cards(base)[2:]}},
		Previous:   &theme.Link{Text: "Digitaal portfolio in de bpv", URL: base + "experimenten/portfolio/"},
		Next:       &theme.Link{Text: "Veilig oefenen met een VR-bril", URL: base + "experimenten/vr-bril/"},
		EditURL:    "https://git.example.nl/kennishub/bewerk", ReportURL: "https://git.example.nl/kennishub/meld",
	}
}

func field(name, kind, label string, texts ...string) theme.Field {
	f := theme.Field{Name: name, Type: kind, Label: label}
	for _, text := range texts {
		f.Values = append(f.Values, theme.Value{Text: text})
	}
	return f
}

func people(base, name, label string) theme.Field {
	school := theme.Field{Name: "organisatie", Type: "ref", Label: "Organisatie", Values: []theme.Value{{Text: "ROC Voorbeeldstad", URL: base + "organisaties/roc/"}}}
	return theme.Field{Name: name, Type: "list", Label: label, Values: []theme.Value{
		{Group: []theme.Field{field("rol", "text", "Rol", "onderzoekdocent"), school, field("voornaam", "text", "Voornaam", "Jan"), field("tussenvoegsel", "text", "Tussenvoegsel", "van"), field("achternaam", "text", "Achternaam", "Dijk")}},
		{Group: []theme.Field{field("rol", "text", "Rol", "onderwijskundige")}},
	}}
}

// budget is a collection with figures, of which a row is the sum of others.
func budget(base string) *theme.List {
	l := &theme.List{Page: plain(base, "Begroting"), Total: 4}
	l.Description = "Wat het programma per jaar kost, in euro’s."
	l.Body = theme.Seal(&theme.Body{HTML: "<p>De bedragen komen uit het programmaplan.</p>", Minutes: 1})
	years := []string{"2022", "2023", "2024", "2025", "2026", "2027", "2028"}
	for _, year := range years {
		l.Columns = append(l.Columns, theme.Column{Name: "j" + year, Type: "money", Label: year, Numeric: true})
	}
	l.Columns = append(l.Columns, theme.Column{Name: "speerpunt", Type: "ref", Label: "Speerpunt"})
	for i, row := range []struct{ id, title, amount string }{
		{"monitor", "Doelstelling 1: zicht op de digitale bekwaamheid van docenten", "€ 0,05 miljoen"},
		{"onderzoekswerkplaats", "Doelstelling 4: onderzoekswerkplaats", "€ 0,2 miljoen"},
		{"leergang", "Doelstelling 5: leergang", ""},
		{"totaal", "Totaal", "€ 0,9 miljoen"},
	} {
		item := &theme.Item{ID: row.id, Title: row.title, Left: i == 0, Total: row.id == "totaal"}
		for _, year := range years {
			f := theme.Field{Name: "j" + year, Type: "money", Label: year}
			if row.amount != "" {
				f.Values = []theme.Value{{Text: row.amount}}
			}
			item.Cells = append(item.Cells, f)
		}
		item.Cells = append(item.Cells, theme.Field{Name: "speerpunt", Type: "ref", Label: "Speerpunt"})
		if i == 1 {
			item.Description = "Vijf onderzoekdocenten en een onderwijskundige, een dag per week."
			item.Cells[len(years)].Values = []theme.Value{{Text: "Speerpunt C", URL: base + "speerpunten/c/"}}
			item.Relations = []theme.Relation{{Label: "Genoemd in", Cards: cards(base)[:2]}}
		}
		l.Items = append(l.Items, theme.Seal(item))
	}
	l.Totals = []theme.Total{{Item: theme.Link{Text: "Totaal", URL: "#totaal"}, Left: []theme.Link{{Text: l.Items[0].Title, URL: "#monitor"}}}}
	l.Alternates = []theme.Alternate{{Type: "text/csv", Label: "CSV", Title: "Begroting (CSV)", URL: base + "begroting/begroting.csv"}, {Type: "application/json", Label: "JSON", Title: "Begroting (JSON)", URL: base + "begroting/begroting.json"}}
	return l
}

// figures is a collection in which each row has figures, words and a source.
func figures(base string) *theme.List {
	l := &theme.List{Page: plain(base, "Monitor"), Columns: []theme.Column{{Name: "jaar", Type: "schoolyear", Label: "Jaar"}, {Name: "waarde", Type: "number", Label: "Waarde", Numeric: true}, {Name: "eenheid", Type: "text", Label: "Eenheid"}, {Name: "bron", Type: "url", Label: "Bron"}}}
	for _, row := range []struct{ id, title, value string }{{"zij-instroom", "Zij-instromers in de lerarenopleiding", "45"}, {"bekwaam", "Docenten die zich digitaal bekwaam voelen", "80"}} {
		l.Items = append(l.Items, theme.Seal(&theme.Item{ID: row.id, Title: row.title, Example: row.id == "bekwaam", Cells: []theme.Field{
			field("jaar", "schoolyear", "Jaar", "2020-2021"), field("waarde", "number", "Waarde", row.value), field("eenheid", "text", "Eenheid", "procent"),
			{Name: "bron", Type: "url", Label: "Bron", Values: []theme.Value{{Text: "monitor.example.nl", URL: "https://monitor.example.nl/"}}}}}))
	}
	return l
}

// timeline is a collection in which each item has a place in time.
func timeline(base string) *theme.List {
	l := &theme.List{Page: plain(base, "Tijdlijn")}
	l.Description = "Wat er wanneer gebeurt, van september 2022 tot en met december 2028."
	for i, row := range []struct{ id, title, period, iso, status string }{
		{"fase-1", "Fase 1: voorbereiden", "september tot en met december 2022", "2022-09", "afgerond"},
		{"start-onderzoekswerkplaats", "De onderzoekswerkplaats begint", "najaar 2022", "2022-09", "afgerond"},
		{"leergang", "Leergang voor i-coaches", "voorjaar 2023", "2023-03", "gepland"},
	} {
		item := &theme.Item{ID: row.id, Title: row.title, Example: i == 1, Cells: []theme.Field{
			{Name: "periode", Type: "period", Label: "Periode", Values: []theme.Value{{Text: row.period, ISO: row.iso}}},
			field("status", "choice", "Status", row.status), {Name: "doelstelling", Type: "ref", Label: "Doelstelling"}}}
		if i == 1 {
			item.Description = "Docenten van vijf scholen onderzoeken samen hun eigen lessen met ict."
			item.Cells[2].Values = []theme.Value{{Text: "Doelstelling 4", URL: base + "doelstellingen/4/"}}
			item.Relations = []theme.Relation{{Label: "Resultaat", Cards: cards(base)[:2]}}
		}
		l.Items = append(l.Items, theme.Seal(item))
	}
	l.Alternates = []theme.Alternate{{Type: "text/calendar", Label: "iCalendar", Title: "Tijdlijn (iCalendar)", URL: base + "tijdlijn/tijdlijn.ics"}, {Type: "application/atom+xml", Label: "Atom", Title: "Tijdlijn (Atom)", URL: base + "tijdlijn/feed.atom"}}
	return l
}

// plain is a page with little on it.
func plain(base, title string) theme.Page {
	p := page(base)
	return theme.Page{
		Site: p.Site, URL: base + "x/", Canonical: "https://kennishub.example.nl" + base + "x/", Title: title,
		Breadcrumbs: []theme.Link{{Text: "Home", URL: base}, {Text: title}}, EditURL: p.EditURL, ReportURL: p.ReportURL,
	}
}

// sample is a view and the template it is for.
type sample struct {
	name     string
	template string
	view     any
}

// samples has every template, full and nearly empty.
func samples(base string) []sample {
	full := page(base)
	bare := plain(base, "Privacy")
	bare.Body = theme.Seal(&theme.Body{HTML: "<p>Wij bewaren geen gegevens van je bezoek.</p>", Minutes: 1})
	campaign := page(base)
	campaign.Kind, campaign.KindLabel, campaign.Title, campaign.Draft = "campagne", "Campagne", "Klik niet zomaar", true

	experiment := page(base)
	nothingMeasured := plain(base, "Een experiment dat nog moet beginnen")
	nothingMeasured.Fields = []theme.Field{field("onderzoeksvraag", "text", "Onderzoeksvraag", "Leren studenten meer van een vlog dan van een verslag?"), field("resultaat", "choice", "Resultaat", "werkt niet"), field("status", "choice", "Status", "gepland")}
	nothingMeasured.Licence = experiment.Licence
	publication := page(base)
	publication.Kind, publication.KindLabel, publication.Title = "publicatie", "Publicatie", "Bewegingsscan 2024"
	publication.Image = &theme.Picture{URL: base + "experimenten/feedback-met-ai/klas.jpg", Width: 800, Height: 1200, Alt: ""}
	publication.Fields = []theme.Field{people(base, "auteurs", "Auteurs")}
	event := plain(base, "Netwerkdag digitale didactiek")
	event.Kind, event.KindLabel = "bijeenkomst", "Bijeenkomst"
	event.Fields = []theme.Field{
		{Name: "begin", Type: "datetime", Label: "Begin", Values: []theme.Value{{Text: "12 maart 2026, 13.30 uur", ISO: "2026-03-12T13:30:00+01:00"}}},
		{Name: "einde", Type: "datetime", Label: "Einde", Values: []theme.Value{{Text: "12 maart 2026, 16.30 uur", ISO: "2026-03-12T16:30:00+01:00"}}},
		field("vorm", "choice", "Vorm", "op locatie"), field("locatie", "text", "Locatie", "ROC Voorbeeldstad, Schoolstraat 1, Voorbeeldstad"), field("status", "choice", "Status", "gepland"),
		{Name: "aanmelden", Type: "url", Label: "Aanmelden", Values: []theme.Value{{Text: "aanmelden.example.nl", URL: "https://aanmelden.example.nl/"}}},
		{Name: "netwerk", Type: "ref", Label: "Netwerk", Values: []theme.Value{{Text: "Digitale didactiek", URL: base + "netwerken/didactiek/"}}},
		{Name: "programma", Type: "markdown", Label: "Programma", Values: []theme.Value{{HTML: "<ul><li>13.30 uur: inloop</li><li>14.00 uur: werksessies</li></ul>"}}},
	}
	event.Body = theme.Seal(&theme.Body{HTML: "<p>Een middag met voorbeelden uit de les.</p>", Minutes: 1})
	event.Alternates = []theme.Alternate{{Type: "text/calendar", Label: "iCalendar", Title: "Netwerkdag (iCalendar)", URL: base + "bijeenkomsten/netwerkdag/netwerkdag.ics"}}
	glossary := theme.List{Page: timeline(base).Page, Items: timeline(base).Items}
	noItems := theme.List{Page: plain(base, "Begroting")}

	list := theme.List{Page: plain(base, "Experimenten"), Cards: cards(base), Total: 27,
		Pager: &theme.Pager{Number: 2, Of: 7, Previous: base + "experimenten/", Next: base + "experimenten/3/", Pages: []theme.PagerLink{
			{Number: 1, URL: base + "experimenten/"}, {Number: 2}, {Number: 3, URL: base + "experimenten/3/"}, {}, {Number: 7, URL: base + "experimenten/7/"}}}}
	list.Alternates = []theme.Alternate{
		{Type: "application/atom+xml", Label: "Atom", Title: "Experimenten (Atom)", URL: base + "experimenten/feed.atom"},
		{Type: "application/feed+json", Label: "JSON Feed", Title: "Experimenten (JSON Feed)", URL: base + "experimenten/feed.json"},
		{Type: "text/csv", Label: "CSV", Title: "Experimenten (CSV)", URL: base + "experimenten/experimenten.csv"},
	}
	list.Current, list.Description = base+"experimenten/", "Docenten onderzoeken in hun eigen les wat werkt. Ook wat niet werkte staat hier: daar leren anderen net zo veel van."
	terms := theme.List{Page: plain(base, "Thema’s"), Terms: []theme.Term{
		{Link: theme.Link{Text: "AI", URL: base + "themas/ai/"}, Count: 1},
		{Link: theme.Link{Text: "Digitale veiligheid", URL: base + "themas/veiligheid/"}, Description: "Van wachtwoorden tot phishing.", Count: 12},
		{Link: theme.Link{Text: "Formatief handelen", URL: base + "themas/formatief/"}, Count: 7}}}
	empty := theme.List{Page: plain(base, "Publicaties")}

	home := theme.List{Page: plain(base, "Samen digitaal bekwaam"), Sections: []*theme.Card{
		theme.Seal(&theme.Card{URL: base + "experimenten/", Title: "Experimenten", Description: "Onderzoek van docenten in hun eigen les, met vraag, aanpak en opbrengst."}),
		theme.Seal(&theme.Card{URL: base + "campagnes/", Title: "Campagnes", Description: "Materiaal over digitale veiligheid dat je zo op je school kunt gebruiken."}),
		theme.Seal(&theme.Card{URL: base + "netwerken/", Title: "Netwerken", Description: "Wie zich waarmee bezighoudt, en hoe je aansluit."}),
		theme.Seal(&theme.Card{URL: base + "publicaties/", Title: "Publicaties", Description: "Adviezen, handreikingen en de monitor."}),
	}, Groups: []theme.Relation{
		{Label: "Nieuwste experimenten", URL: base + "experimenten/", Cards: append(cards(base)[:2:2], card(base, "experimenten/portfolio", "Experiment", "Digitaal portfolio in de bpv", "Praktijkopleiders kijken mee. Wat doet dat met de begeleiding?"))},
		{Label: "Nieuwste campagnes", Cards: cards(base)[2:3]}}}
	home.Home, home.Breadcrumbs, home.Description = true, nil, "Wat docenten in het mbo uitproberen, leren en delen over lesgeven met ict. Zoek, lees en gebruik het in je eigen les."

	missing := plain(base, "Deze pagina is er niet")
	missing.NoIndex, missing.Breadcrumbs, missing.EditURL = true, nil, ""

	start := theme.Search{Page: plain(base, "Zoeken"), Sort: "relevance", Browse: home.Site.Menu}
	start.NoIndex = true
	found := start
	found.Asked, found.Query, found.Total, found.Browse = true, "feetback ai", 23, nil
	found.Suggestion = &theme.Link{Text: "feedback ai", URL: base + "zoeken/?q=feedback+ai"}
	found.Missing, found.Related = []string{"feetback"}, []string{"ai", "leraar"}
	found.Chosen = []theme.Link{{Text: "Experiment", URL: base + "zoeken/?q=feetback+ai&studiejaar=2023-2024"}, {Text: "2023-2024", URL: base + "zoeken/?kind=experiment&q=feetback+ai"}}
	found.Unfiltered = base + "zoeken/?q=feetback+ai"
	found.Facets = []theme.Facet{
		{Name: "kind", Label: "Soort", Values: []theme.FacetValue{{Value: "experiment", Label: "Experiment", Count: 14, Chosen: true}, {Value: "campagne", Label: "Campagne", Count: 6}, {Value: "publicatie", Label: "Publicatie", Count: 3}}},
		{Name: "studiejaar", Label: "Studiejaar", Values: []theme.FacetValue{{Value: "2023-2024", Label: "2023-2024", Count: 9}, {Value: "2022-2023", Label: "2022-2023", Count: 5}}},
		{Name: "themas", Label: "Thema’s", Values: []theme.FacetValue{{Value: "ai", Label: "AI", Count: 8}, {Value: "informatiebeveiliging", Label: "Informatiebeveiliging en privacy", Count: 2}}},
	}
	found.Hits = []theme.Hit{
		{URL: base + "experimenten/feedback-met-ai/", Title: "Feedback met AI op reflectieverslagen", Excerpt: "Studenten kregen eerst <mark>feedback</mark> van een taalmodel, daarna van hun docent. De inzet van <mark>AI</mark> leverde vooral betere vragen op …", KindLabel: "Experiment", Date: theme.Date{ISO: "2024-03-01", Text: "1 maart 2024"},
			Sections: []theme.HitSection{{URL: base + "experimenten/feedback-met-ai/#aanpak", Title: "Aanpak", Excerpt: "Het model gaf <mark>feedback</mark> in drie vragen …"}, {URL: base + "experimenten/feedback-met-ai/#opbrengst", Title: "Opbrengst"}}},
		{URL: base + "campagnes/klik-niet-zomaar/", Title: "Klik niet zomaar", Excerpt: "Posters en een quiz over phishing, ook als <mark>AI</mark> de mail schreef.", KindLabel: "Campagne"},
	}
	found.Pager = &theme.Pager{Number: 1, Of: 3, Next: base + "zoeken/?q=feetback+ai&offset=10", Pages: []theme.PagerLink{{Number: 1}, {Number: 2, URL: base + "zoeken/?q=feetback+ai&offset=10"}, {Number: 3, URL: base + "zoeken/?q=feetback+ai&offset=20"}}}
	nothing := found
	nothing.Query, nothing.Total, nothing.Hits, nothing.Pager, nothing.Suggestion, nothing.Browse = "xyzzy", 0, nil, nil, nil, home.Site.Menu
	nothing.Nearest = []theme.Hit{{Title: "Feedback met AI op reflectieverslagen", URL: base + "experimenten/feedback-met-ai/", KindLabel: "Experiment"}}
	wrong := start
	wrong.Asked, wrong.Query, wrong.Error = true, "a", "de zoekvraag is te lang: gebruik hooguit 200 tekens"

	return []sample{
		{"page", "page", &full}, {"bare", "page", &bare}, {"campagne", "campagne", &campaign},
		{"experiment", "experiment", &experiment}, {"nothing measured", "experiment", &nothingMeasured}, {"event", "bijeenkomst", &event}, {"publication", "publicatie", &publication},
		{"collection", "collection", &glossary}, {"budget", "begroting-list", budget(base)}, {"figures", "monitor-list", figures(base)},
		{"targets", "streefwaarde-list", &noItems}, {"timeline", "tijdlijn-list", timeline(base)},
		{"list", "list", &list}, {"words", "begrip-list", &list}, {"no words", "begrip-list", &empty}, {"terms", "list", &terms}, {"empty", "list", &empty},
		{"home", "home", &home}, {"404", "404", &missing},
		{"search", "zoeken", &start}, {"found", "zoeken", &found}, {"nothing", "zoeken", &nothing}, {"wrong", "zoeken", &wrong},
	}
}
