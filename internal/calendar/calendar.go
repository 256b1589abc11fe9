// Package calendar writes iCalendar files (RFC 5545, and RFC 7986 for what is said
// of a calendar as a whole), to which a reader can subscribe.
//
//	err := calendar.Write(w, calendar.Calendar{Name: "Agenda", Events: events})
//
// The bytes depend on the values alone: there is no clock in them, and the order of
// the events is that of their times. Texts may hold anything. Control characters
// are left out, and what is no UTF-8 is replaced.
//
// Times are written as they are on a clock in Amsterdam, with the rules of that
// clock, so that a calendar shows them rightly wherever it is read. Two sorts are
// written in UTC: times before 1997, for which the rules were others, and those in
// the hour that the clock shows twice when summer time ends. (The standard takes the
// first of the two, but not every program does.)
//
// It is written by hand, because the libraries that were looked at put texts into
// parameters and addresses unchecked, so that a name or an address could add lines.
package calendar

import (
	"cmp"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the clock in Amsterdam is the same on every machine
	"unicode"
	"unicode/utf8"
)

// Calendar is what goes into one file. Empty texts are left out.
type Calendar struct {
	Name        string
	Description string
	Language    string // of all texts, BCP 47: "nl"
	URL         string // the page that shows the same events
	Source      string // the address of the file itself, where a newer one can be had
	Events      []Event
}

// Event is one thing that takes place.
type Event struct {
	UID         string // the same as long as it is the same event; needed, and unique in the world
	Title       string
	Description string
	Location    string
	URL         string
	Organizer   string // a name, an address for mail, or both as "Naam <naam@example.nl>"

	// Start is needed. Without an End, or when that is the Start, an event has no
	// length. When AllDay, they are midnight UTC of the first and the last day, and
	// without an End there is one day.
	Start, End time.Time
	AllDay     bool

	Status     string // "", TENTATIVE, CONFIRMED or CANCELLED
	Categories []string
	Updated    time.Time // when the event was last changed; the zero time when unknown
}

// Write writes a calendar. Besides the error of w there is one for an event that
// cannot be written; then nothing is.
func Write(w io.Writer, c Calendar) error {
	events := slices.SortedFunc(slices.Values(c.Events), func(a, b Event) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.UID, b.UID))
	})
	seen := map[string]bool{}
	for _, e := range events {
		if err := e.check(); err != nil {
			return err
		}
		if seen[e.UID] {
			return fmt.Errorf("calendar: two events %q", e.UID)
		}
		seen[e.UID] = true
	}

	o := output{}
	if c.Language != "" {
		o.language = ";LANGUAGE=" + strings.Map(languageRune, c.Language)
	}
	o.line("BEGIN:VCALENDAR")
	o.line("VERSION:2.0")
	o.line("PRODID:-//kennishub//kennishub//NL")
	o.line("CALSCALE:GREGORIAN")
	o.line("METHOD:PUBLISH")
	o.spoken("NAME", c.Name)
	o.text("X-WR-CALNAME", c.Name) // what most programs read instead
	o.spoken("DESCRIPTION", c.Description)
	o.text("X-WR-CALDESC", c.Description)
	o.uri("URL", c.URL)
	o.uri("SOURCE;VALUE=URI", c.Source)
	o.text("X-WR-TIMEZONE", zoneName)
	for l := range strings.Lines(zoneRules) { // also without events: a calendar must hold something
		o.line(strings.TrimSuffix(l, "\n"))
	}
	for _, e := range events {
		o.event(e)
	}
	o.line("END:VCALENDAR")
	_, err := w.Write(o.bytes)
	return err
}

func (e Event) check() error {
	fault := ""
	impossible := func(t time.Time) bool { return t.Year() < 1 || t.Year() > 9998 }
	switch {
	case clean(e.UID) == "":
		fault = "no UID"
	case e.Start.IsZero():
		fault = "no start"
	case slices.ContainsFunc([]time.Time{e.Start, e.End, e.Updated}, impossible):
		fault = "a time that cannot be written"
	case !e.End.IsZero() && e.End.Before(e.Start):
		fault = "an end before the start"
	case !slices.Contains([]string{"", "TENTATIVE", "CONFIRMED", "CANCELLED"}, e.Status):
		fault = "a status " + e.Status
	default:
		return nil
	}
	return fmt.Errorf("calendar: event %q has %s", e.UID, fault)
}

const zoneName = "Europe/Amsterdam"

var amsterdam = func() *time.Location {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		panic(err) // the zones are in the program
	}
	return zone
}()

// zoneSince is the first year that zoneRules cover: until 1995 summer time ended in
// September. They are those of directive 2000/84/EC.
const zoneSince = 1997

const zoneRules = `BEGIN:VTIMEZONE
TZID:` + zoneName + `
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
`

const (
	dateForm  = "20060102"
	localForm = "20060102T150405"
	utcForm   = "20060102T150405Z"
)

// output is a file in the making.
type output struct {
	bytes    []byte
	language string // the parameter, with its semicolon
}

func (o *output) event(e Event) {
	updated := e.Updated
	if updated.IsZero() {
		updated = time.Unix(0, 0) // there must be a stamp, and the clock's would differ each time
	}
	o.line("BEGIN:VEVENT")
	o.text("UID", e.UID)
	o.line("DTSTAMP:" + updated.UTC().Format(utcForm))
	if !e.Updated.IsZero() {
		o.line("LAST-MODIFIED:" + updated.UTC().Format(utcForm))
	}
	if e.AllDay {
		o.line("DTSTART;VALUE=DATE:" + e.Start.UTC().Format(dateForm))
		if !e.End.IsZero() { // the day after the last
			o.line("DTEND;VALUE=DATE:" + e.End.UTC().AddDate(0, 0, 1).Format(dateForm))
		}
	} else {
		o.line("DTSTART" + moment(e.Start))
		if e.End.After(e.Start) {
			o.line("DTEND" + moment(e.End))
		}
	}
	o.spoken("SUMMARY", e.Title)
	o.spoken("DESCRIPTION", e.Description)
	o.spoken("LOCATION", e.Location)
	o.uri("URL", e.URL)
	o.organizer(e.Organizer)
	o.text("STATUS", e.Status)
	o.spoken("CATEGORIES", e.Categories...)
	o.line("END:VEVENT")
}

// moment is a time behind the name of its property.
func moment(t time.Time) string {
	local := t.In(amsterdam)
	form := local.Format(localForm)
	twice := local.Add(-time.Hour).Format(localForm) == form || local.Add(time.Hour).Format(localForm) == form
	if twice || local.Year() < zoneSince {
		return ":" + t.UTC().Format(utcForm)
	}
	return ";TZID=" + zoneName + ":" + form
}

// organizer writes who organizes an event: with an address as the organizer, which
// must have one, and else as someone to ask.
func (o *output) organizer(who string) {
	address, err := mail.ParseAddress(clean(who))
	if err != nil {
		o.spoken("CONTACT", who)
		return
	}
	name := ""
	if address.Name != "" {
		name = ";CN=" + quoted(address.Name)
	}
	o.line("ORGANIZER" + name + ":mailto:" + url.PathEscape(address.Address))
}

// spoken writes texts in the language of the calendar.
func (o *output) spoken(name string, texts ...string) { o.text(name+o.language, texts...) }

var escaper = strings.NewReplacer(`\`, `\\`, `;`, `\;`, `,`, `\,`, "\n", `\n`)

// text writes a property whose value is a list of texts (RFC 5545, 3.3.11). Empty
// texts are left out, and so is a property without any.
func (o *output) text(name string, texts ...string) {
	var values []string
	for _, text := range texts {
		if text = clean(text); text != "" {
			values = append(values, escaper.Replace(text))
		}
	}
	if len(values) > 0 {
		o.line(name + ":" + strings.Join(values, ","))
	}
}

// uri writes a property whose value is an address, if there is one.
func (o *output) uri(name, address string) {
	if address = strings.ReplaceAll(clean(address), "\n", ""); address != "" {
		o.line(name + ":" + address)
	}
}

// clean makes a text one that a calendar may hold: UTF-8, with \n at the end of lines
// and without other control characters than tabs.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "�"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, text)
}

// languageRune leaves out what cannot be in the name of a language.
func languageRune(r rune) rune {
	if r == '-' || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return r
	}
	return -1
}

// quoted is the value of a parameter. There is no escape for a quotation mark in
// one that all programs know.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`"`, `'`, "\n", " ").Replace(clean(text)) + `"`
}

// maxLine is how many bytes a line may have before its end (RFC 5545, 3.1).
const maxLine = 75

// line writes a line, folded where it is too long and between characters.
func (o *output) line(line string) {
	for room := maxLine; len(line) > room; room = maxLine - 1 {
		for !utf8.RuneStart(line[room]) {
			room--
		}
		o.bytes = append(append(o.bytes, line[:room]...), "\r\n "...)
		line = line[room:]
	}
	o.bytes = append(append(o.bytes, line...), "\r\n"...)
}
