package content

import (
	"fmt"
	"slices"

	"kennishub/internal/diag"
	"kennishub/internal/markdown"
)

var (
	codeHTML = diag.Define("html-weggelaten", diag.Warning,
		"HTML in een tekst is weggelaten",
		"In Markdown staat geen HTML, tenzij site.yaml het element toestaat (markdown: {tags: [kbd]}). Zo kan een tekst de site niet onveilig of ontoegankelijk maken. Schrijf het in Markdown.")
	codeScheme = diag.Define("link-soort", diag.Error,
		"Een link begint met iets dat niet mag",
		"Links mogen beginnen met http:, https:, mailto: of tel:, of wijzen naar een bestand van deze site. Andere soorten, zoals javascript:, zijn gevaarlijk voor lezers.")
	codeSecondTitle = diag.Define("tweede-titel", diag.Warning,
		"Een tekst heeft een kop van niveau 1 naast de titel",
		"De titel van de pagina is de enige kop van niveau 1. Begin koppen in de tekst met twee hekjes: ## Kop.")
	codeSkipped = diag.Define("kop-overgeslagen", diag.Warning,
		"Een kop slaat een niveau over",
		"Wie een schermlezer gebruikt, springt van kop naar kop. Ga na ## verder met ###, niet met ####.")
	codeEmptyLink = diag.Define("link-zonder-tekst", diag.Error,
		"Een link heeft geen tekst",
		"Een link zonder tekst kan niemand zien of horen. Schrijf tussen de rechte haken wat de lezer vindt.")
	codeAlt = diag.Define("alt-ontbreekt", diag.Error,
		"Een afbeelding heeft geen tekstalternatief",
		"Wie de afbeelding niet ziet, leest of hoort het tekstalternatief. Schrijf het tussen de rechte haken: ![Docent legt uit aan twee studenten](foto.jpg). Vertelt de afbeelding niets, schrijf dan ![decoratief](lijn.png). Een schermlezer slaat haar dan over. In een Engelse site is dat woord decorative.")
	codeAnchor = diag.Define("dubbel-anker", diag.Error,
		"Twee plaatsen in een tekst hebben hetzelfde anker",
		"Een anker, zoals {#methode}, mag in een tekst maar één keer staan. Anders weet een link niet waarheen.")
	codeAttribute = diag.Define("kenmerk-weggelaten", diag.Warning,
		"Een kenmerk van een kop of van HTML is weggelaten",
		"Een kop of een toegestaan HTML-element mag alleen een id en een class hebben. Andere kenmerken, zoals style of onclick, maken de site onveilig of verschillend van zichzelf.")
	codeNoFootnote = diag.Define("voetnoot-ontbreekt", diag.Error,
		"Een verwijzing hoort bij een voetnoot die er niet is",
		"Bij elke verwijzing [^naam] hoort ergens in dezelfde tekst een regel [^naam]: met de voetnoot.")
	codeUnusedFootnote = diag.Define("voetnoot-ongebruikt", diag.Warning,
		"Een voetnoot wordt nergens genoemd",
		"Een voetnoot zonder verwijzing [^naam] in de tekst wordt niet getoond. Zet de verwijzing in de tekst, of haal de voetnoot weg.")
	codeFieldHeading = diag.Define("kop-in-veld", diag.Warning,
		"Een veld bevat een kop",
		"Koppen horen in de tekst van de pagina. Een veld krijgt zijn kop van de site; een kop in het veld komt daaronder, op niveau 3.")
	codeSpacedLink = diag.Define("link-met-spatie", diag.Warning,
		"Een link staat er als gewone tekst, want er staat een spatie in het adres",
		"In een adres tussen ( en ) mag geen spatie staan. Zet het adres tussen < en >: [verslag](<mijn verslag.pdf>). Een titel bij de link staat tussen aanhalingstekens: [verslag](verslag.pdf \"Titel\").")
	codeNoReference = diag.Define("link-zonder-adres", diag.Warning,
		"Een link staat er als gewone tekst, want het adres ontbreekt",
		"Bij een link [tekst][naam] hoort ergens in dezelfde tekst een regel [naam]: adres. Bij [tekst][] is dat [tekst]: adres.")
	codeLostCells = diag.Define("cel-weggelaten", diag.Warning,
		"Een rij van een tabel heeft meer cellen dan de kop",
		"Wat verder staat dan de laatste kolom van de kop, komt niet op de site. Geef de kop meer kolommen. Een streep die bij de tekst hoort, schrijf je als \\|, ook in code.")
	codeOpenFence = diag.Define("code-zonder-einde", diag.Warning,
		"Een blok code heeft geen einde",
		"Een blok code begint en eindigt met een regel van drie of meer accenten (```) of tildes (~~~). Het einde heeft er minstens zoveel als het begin en springt even ver in. Zonder einde wordt alles tot het einde van de tekst, de lijst of het citaat code.")
	codeDeep = diag.Define("te-diep-genest", diag.Warning,
		"Een tekst is te diep genest of een alinea te lang",
		"Lijsten, citaten en haakjes in elkaar hebben een grens, en alinea's ook. Wat daarbuiten valt, staat er als gewone tekst. Meestal is er iets misgegaan bij het plakken.")
)

// problem puts a problem of a text into words.
func problem(at string, offset int, p markdown.Problem) diag.Message {
	line := p.Line + offset
	say := func(c *diag.Code, text, hint string) diag.Message { return c.At(at, line, p.Col, text, hint) }
	switch p.Kind {
	case markdown.DroppedHTML:
		if p.Detail == "" {
			return say(codeHTML, "HTML-commentaar is weggelaten", "haal het weg; een lezer kan het niet zien")
		}
		hint := "haal het weg; dit element mag op geen enkele site"
		if slices.Contains(markdown.KnownTags(), p.Detail) {
			hint = "schrijf het in Markdown, of sta het toe in site.yaml onder markdown: tags"
		}
		return say(codeHTML, fmt.Sprintf("het HTML-element <%s> is weggelaten", p.Detail), hint)
	case markdown.DroppedLink:
		return say(codeScheme, fmt.Sprintf("deze link mag niet: %s", p.Detail), "gebruik http:, https:, mailto:, tel: of een bestand van deze site")
	case markdown.ExtraTitle:
		return say(codeSecondTitle, fmt.Sprintf("de kop %q heeft niveau 1, maar de pagina heeft al een titel", p.Detail), "begin de kop met ##")
	case markdown.SkippedLevel:
		return say(codeSkipped, fmt.Sprintf("de kop %q slaat een niveau over", p.Detail), "maak haar één niveau dieper dan de kop erboven")
	case markdown.EmptyLink:
		return say(codeEmptyLink, fmt.Sprintf("de link naar %s heeft geen tekst", p.Detail), "schrijf tussen [ en ] wat de lezer vindt")
	case markdown.MissingAlt:
		return say(codeAlt, fmt.Sprintf("de afbeelding %s heeft geen tekstalternatief", p.Detail), "beschrijf tussen ![ en ] wat de afbeelding vertelt, of schrijf daar decoratief als zij niets vertelt")
	case markdown.DoubleAnchor:
		return say(codeAnchor, fmt.Sprintf("het anker %q bestaat al", p.Detail), "kies een ander anker")
	case markdown.DroppedAttribute:
		return say(codeAttribute, fmt.Sprintf("het kenmerk %q is weggelaten", p.Detail), "alleen id en class mogen")
	case markdown.MissingFootnote:
		return say(codeNoFootnote, fmt.Sprintf("er is geen voetnoot [^%s]", p.Detail), fmt.Sprintf("schrijf onderaan: [^%s]: …", p.Detail))
	case markdown.UnusedFootnote:
		return say(codeUnusedFootnote, fmt.Sprintf("de voetnoot [^%s] wordt nergens genoemd", p.Detail), fmt.Sprintf("zet in de tekst [^%s], of haal de voetnoot weg", p.Detail))
	case markdown.FieldHeading:
		return say(codeFieldHeading, fmt.Sprintf("de kop %q staat in een veld", p.Detail), "koppen horen in de tekst van de pagina; maak hem vet of haal hem weg")
	case markdown.SpacedLink:
		return say(codeSpacedLink, fmt.Sprintf("dit is geen link geworden: er staat een spatie in (%s)", p.Detail), "zet het adres tussen < en >, zoals (<mijn verslag.pdf>), en een titel tussen aanhalingstekens")
	case markdown.NoReference:
		return say(codeNoReference, fmt.Sprintf("dit is geen link geworden: er is geen adres voor [%s]", p.Detail), fmt.Sprintf("schrijf onderaan: [%s]: adres", p.Detail))
	case markdown.LostCells:
		return say(codeLostCells, fmt.Sprintf("deze rij heeft meer cellen dan de kop van de tabel; weg valt: %s", p.Detail), "geef de kop meer kolommen, of schrijf een streep in de tekst als \\|")
	case markdown.OpenFence:
		return say(codeOpenFence, "dit blok code heeft geen einde", "sluit het met een regel van evenveel accenten of tildes, die even ver inspringt")
	}
	return say(codeDeep, "de tekst is hier te diep genest of te lang, en staat er deels als gewone tekst", "haal lijsten, citaten of alinea's uit elkaar")
}
