package output

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	"kennishub/internal/calendar"
	"kennishub/internal/schema"
	"kennishub/internal/site"
	"kennishub/internal/view"
)

// calendarOf is the calendar of a list of what happens. The checks tell of what
// cannot be in one.
func calendarOf(in Input, p *site.Page) ([]byte, error) {
	cfg := in.Site.Config
	c := calendar.Calendar{
		Name:        p.Title + " · " + cfg.Title,
		Description: p.Description,
		Language:    cfg.Language,
		URL:         view.Absolute(cfg, p.URL),
		Source:      view.Absolute(cfg, p.Form(site.ICS)),
	}
	for _, q := range listed(in.Site, p) {
		if e, ok := event(in.Site, q); ok {
			c.Events = append(c.Events, e)
		}
	}
	var b bytes.Buffer
	err := calendar.Write(&b, c)
	return b.Bytes(), err
}

// event is a page that says when it happens; false for one that does not.
func event(s *site.Site, p *site.Page) (calendar.Event, bool) {
	cfg := s.Config
	host := ""
	if u, err := url.Parse(cfg.BaseURL); err == nil {
		host = u.Hostname()
	}
	e := calendar.Event{
		UID:         p.Kind.Name + "-" + p.Document.ID + "@" + host,
		Title:       p.Title,
		Description: view.Summary(p),
		Location:    view.Property(s, p, "location"),
		Organizer:   view.Property(s, p, "organizer"),
		URL:         view.Absolute(cfg, p.URL),
		Status:      statuses[strings.ToLower(view.Property(s, p, "eventStatus"))],
	}
	for _, label := range p.Labels {
		e.Categories = append(e.Categories, label.Title)
	}
	for f, value := range schema.Values(p.Document.Fields) {
		day := value.Type != schema.DateTime
		switch {
		case f.Property == "startDate" && day:
			e.Start, e.End, e.AllDay = value.Period.Start, value.Period.End, true
		case f.Property == "startDate":
			e.Start = value.Time
		case f.Property == "endDate" && day:
			e.End = value.Period.End
		case f.Property == "endDate":
			e.End = value.Time
		}
	}
	if e.End.Before(e.Start) {
		e.End = time.Time{}
	}
	e.Updated = p.Changed()
	return e, !e.Start.IsZero()
}

// statuses are the values of RFC 5545 that Dutch and English words mean.
var statuses = map[string]string{
	"geannuleerd": "CANCELLED", "afgelast": "CANCELLED", "cancelled": "CANCELLED",
	"voorlopig": "TENTATIVE", "uitgesteld": "TENTATIVE", "tentative": "TENTATIVE", "postponed": "TENTATIVE",
	"gehouden": "CONFIRMED", "bevestigd": "CONFIRMED", "confirmed": "CONFIRMED",
}
