package check

import (
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
		begin, end := p.When()
		if begin != nil && end != nil && before(end, begin) {
			messages = append(messages, codeEvent.At(p.File(), end.Line, end.Col, "het einde ligt voor het begin", "zet het einde na het begin"))
		}
	}
	return messages
}

// before reports whether what ends at one value is over before another begins. A
// day lasts until the next.
func before(end, begin *schema.Value) bool {
	if end.Type == schema.DateTime {
		return end.Time.Before(start(begin))
	}
	next := end.Period.End.AddDate(0, 0, 1)
	return !day(next).After(start(begin))
}

func start(v *schema.Value) time.Time {
	if v.Type == schema.DateTime {
		return v.Time
	}
	return day(v.Period.Start)
}

func day(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, schema.Amsterdam)
}
