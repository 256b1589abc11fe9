package check

import (
	"kennishub/internal/diag"
	"kennishub/internal/schema"
	"kennishub/internal/site"
)

// sums adds up what site.yaml says adds up.
func sums(s *site.Site) []diag.Message {
	var messages []diag.Message
	for i, k := range s.Config.Kinds {
		if len(k.Sums) == 0 || len(s.Kinds[i]) == 0 {
			continue
		}
		var items []schema.Item
		for _, p := range s.Kinds[i] {
			line, col := p.Document.Position("id")
			items = append(items, schema.Item{ID: p.Document.ID, File: p.File(), Line: line, Col: col, Fields: p.Document.Fields})
		}
		messages = append(messages, schema.CheckSums("site.yaml", k, items)...)
	}
	return messages
}
