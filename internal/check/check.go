// Package check finds the faults that only the whole site can show: links and
// anchors that lead nowhere, files that are missing, dates that have come.
//
// [Run] asks every family of rules, one file each: links.go, files.go,
// security.go. A rule reads the graph and returns messages; it changes nothing.
package check

import (
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/site"
)

// Run returns what the rules find, unsorted. Now is the day of the build.
func Run(s *site.Site, now time.Time) []diag.Message {
	var messages []diag.Message
	messages = append(messages, links(s)...)
	messages = append(messages, files(s)...)
	messages = append(messages, menu(s)...)
	messages = append(messages, security(s, now)...)
	return messages
}
