// Package check finds the faults that only the whole site can show: links and
// anchors that lead nowhere, files that are missing, dates that have come.
//
// [Run] asks every family of rules, one file each, such as links.go and dates.go. A rule reads the graph and returns messages; it changes nothing.
package check

import (
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/site"
	"kennishub/internal/theme"
)

// Run returns what the rules find, unsorted. Now is the day of the build.
func Run(s *site.Site, t *theme.Theme, now time.Time) []diag.Message {
	var messages []diag.Message
	messages = append(messages, links(s)...)
	messages = append(messages, files(s)...)
	messages = append(messages, menu(s)...)
	messages = append(messages, sums(s)...)
	messages = append(messages, events(s)...)
	messages = append(messages, dates(s, now)...)
	messages = append(messages, layouts(s, t)...)
	messages = append(messages, security(s, now)...)
	return messages
}
