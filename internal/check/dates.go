package check

import (
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/site"
)

var codeFuture = diag.Define("datum-toekomst", diag.Warning,
	"De datum van een pagina ligt in de toekomst",
	"De datum is de dag waarop de pagina op de site komt, en staat erbij. Hij houdt niets tegen: lezers zien de pagina nu al. Moet zij pas op die dag verschijnen, schrijf hem dan achter publishDate. Wanneer een bijeenkomst is, staat in een eigen veld.")

// dates looks for pages that say to come out on a day that has yet to come, and are
// there already.
func dates(s *site.Site, now time.Time) []diag.Message {
	var messages []diag.Message
	for p := range documents(s) {
		if d := p.Document; d.Date.After(now) && d.PublishDate.IsZero() {
			line, col := d.Position("date")
			messages = append(messages, codeFuture.At(p.File(), line, col, "de datum ligt in de toekomst", "bedoel je publishDate? daarmee verschijnt de pagina pas op die dag"))
		}
	}
	return messages
}
