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
	seen := map[string]bool{} // a preview shows a site with two pages of one id
	for _, q := range listed(in.Site, p) {
		if e, ok := event(in.Site, q); ok && !seen[e.UID] {
			seen[e.UID] = true
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
		Title:       marked(cfg.Language, p),
		Description: view.Summary(p),
		Location:    view.Property(s, p, "location"),
		Organizer:   view.Property(s, p, "organizer"),
		URL:         view.Absolute(cfg, p.URL),
		Status:      statuses[strings.ToLower(view.Property(s, p, "eventStatus"))],
	}
	for _, label := range p.Labels {
		e.Categories = append(e.Categories, label.Title)
	}
	start, end := p.When()
	if start == nil {
		return e, false
	}
	if e.AllDay = start.Type != schema.DateTime; e.AllDay {
		e.Start, e.End = start.Period.Start, start.Period.End
	} else {
		e.Start = start.Time
	}
	switch {
	case end == nil:
	case e.AllDay && end.Type == schema.DateTime:
		e.End = midnight(end.Time, time.UTC)
	case e.AllDay:
		e.End = end.Period.End
	case end.Type == schema.DateTime:
		e.End = end.Time
	default:
		e.End = midnight(end.Period.End, schema.Amsterdam).AddDate(0, 0, 1)
	}
	if e.End.Before(e.Start) {
		e.End = time.Time{}
	}
	if e.Updated = p.Changed(); p.Role == site.Item {
		e.Updated = p.Parent.Changed() // of the file that it stands in
	}
	return e, true
}

// midnight is the beginning of the day of t, in a zone.
func midnight(t time.Time, zone *time.Location) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// statuses are the values of RFC 5545 that Dutch and English words mean.
var statuses = map[string]string{
	"geannuleerd": "CANCELLED", "afgelast": "CANCELLED", "cancelled": "CANCELLED",
	"voorlopig": "TENTATIVE", "uitgesteld": "TENTATIVE", "tentative": "TENTATIVE", "postponed": "TENTATIVE",
	"gehouden": "CONFIRMED", "bevestigd": "CONFIRMED", "confirmed": "CONFIRMED",
}
