package check

import (
	"fmt"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/schema"
	"kennishub/internal/site"
)

var codeEvent = diag.Define("einde-voor-begin", diag.Error,
	"Iets eindigt voordat het begint",
	"Het veld met het einde noemt een moment voor dat in het veld met het begin. In een agenda kan dat niet.")

// events looks at when things begin and end.
func events(s *site.Site) []diag.Message {
	var messages []diag.Message
	for p := range documents(s) {
		if p.Kind == nil || !p.Kind.Calendar {
			continue
		}
		var begin time.Time
		for f, v := range schema.Values(p.Document.Fields) {
			switch f.Property {
			case "startDate":
				begin = moment(v)
			case "endDate":
				if end := moment(v); end.Before(begin) {
					messages = append(messages, codeEvent.At(p.File(), v.Line, v.Col, fmt.Sprintf("veld %q ligt voor het begin", f.Name), "zet het einde na het begin"))
				}
			}
		}
	}
	return messages
}

func moment(v *schema.Value) time.Time {
	if v.Type == schema.DateTime {
		return v.Time
	}
	return v.Period.Start
}
