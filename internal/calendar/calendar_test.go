package calendar

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func utc(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

func write(t testing.TB, c Calendar) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func decode(t testing.TB, file string) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(file)).Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	return c
}

// The whole of a file, once.
func TestWrite(t *testing.T) {
	c := Calendar{
		Name: "Agenda, mbo", Description: "Alle bijeenkomsten", Language: "nl",
		URL: "https://example.nl/agenda/", Source: "https://example.nl/agenda.ics",
		Events: []Event{
			{UID: "b@example.nl", Title: "Winterdag", Start: utc("2026-01-15 09:00"), End: utc("2026-01-15 15:30"), Status: "CANCELLED"},
			{UID: "c@example.nl", Title: "Studiedagen", AllDay: true, Start: day(2026, 10, 24), End: day(2026, 10, 25)},
			{UID: "a@example.nl", Title: "Zomer; een\r\nbijeenkomst", Description: "Over \\ en meer, met een lange zin die niet op één regel past.", Location: "Zaal 1, Utrecht",
				URL: "https://example.nl/a/?x=1,2;y", Organizer: `"ROC, 't \"Noorden\": A" <info@example.nl>`, Start: utc("2026-07-01 09:00"),
				Status: "CONFIRMED", Categories: []string{"ict", "", "zorg, welzijn"}, Updated: utc("2026-06-01 10:11")},
			{UID: "d@example.nl", Organizer: "Werkgroep AI", AllDay: true, Start: day(2025, 12, 31)},
		},
	}
	head, zone, _ := strings.Cut(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//kennishub//kennishub//NL
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME;LANGUAGE=nl:Agenda\, mbo
X-WR-CALNAME:Agenda\, mbo
DESCRIPTION;LANGUAGE=nl:Alle bijeenkomsten
X-WR-CALDESC:Alle bijeenkomsten
URL:https://example.nl/agenda/
SOURCE;VALUE=URI:https://example.nl/agenda.ics
X-WR-TIMEZONE:Europe/Amsterdam
ZONE
BEGIN:VEVENT
UID:d@example.nl
DTSTAMP:19700101T000000Z
DTSTART;VALUE=DATE:20251231
CONTACT;LANGUAGE=nl:Werkgroep AI
END:VEVENT
BEGIN:VEVENT
UID:b@example.nl
DTSTAMP:19700101T000000Z
DTSTART;TZID=Europe/Amsterdam:20260115T100000
DTEND;TZID=Europe/Amsterdam:20260115T163000
SUMMARY;LANGUAGE=nl:Winterdag
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:a@example.nl
DTSTAMP:20260601T101100Z
LAST-MODIFIED:20260601T101100Z
DTSTART;TZID=Europe/Amsterdam:20260701T110000
SUMMARY;LANGUAGE=nl:Zomer\; een\nbijeenkomst
DESCRIPTION;LANGUAGE=nl:Over \\ en meer\, met een lange zin die niet op é
 én regel past.
LOCATION;LANGUAGE=nl:Zaal 1\, Utrecht
URL:https://example.nl/a/?x=1,2;y
ORGANIZER;CN="ROC, 't 'Noorden': A":mailto:info@example.nl
STATUS:CONFIRMED
CATEGORIES;LANGUAGE=nl:ict,zorg\, welzijn
END:VEVENT
BEGIN:VEVENT
UID:c@example.nl
DTSTAMP:19700101T000000Z
DTSTART;VALUE=DATE:20261024
DTEND;VALUE=DATE:20261026
SUMMARY;LANGUAGE=nl:Studiedagen
END:VEVENT
END:VCALENDAR
`, "ZONE\n")
	want := strings.ReplaceAll(head+zoneRules+zone, "\n", "\r\n")
	got := write(t, c)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	slices.Reverse(c.Events)
	if again := write(t, c); again != got {
		t.Errorf("in another order\n%s", again)
	}
	if empty := decode(t, write(t, Calendar{})); len(empty.Children) != 1 || len(empty.Props) != 5 {
		t.Errorf("%+v", empty.Component)
	}
}

// What is read back is the same moment, whatever the clock in Amsterdam shows then.
func TestMoments(t *testing.T) {
	const local, inUTC = ical.PropTimezoneID, ""
	for start, form := range map[string]string{
		"2026-01-15 09:00": local,
		"2026-07-15 09:00": local,
		"2026-03-29 00:59": local, // the last minute of winter
		"2026-03-29 01:00": local,
		"2026-10-24 23:59": local,
		"2026-10-25 00:00": inUTC, // 02:00, summer time
		"2026-10-25 01:30": inUTC, // 02:30 again
		"2026-10-25 02:00": local,
		"1996-12-31 22:59": inUTC,
		"1996-12-31 23:00": local,
		"1926-07-01 12:00": inUTC,
		"2026-12-31 23:30": local, // next year in Amsterdam
	} {
		want := utc(start)
		c := decode(t, write(t, Calendar{Events: []Event{{UID: "a", Start: want, End: want.Add(time.Hour)}}}))
		prop := c.Events()[0].Props.Get(ical.PropDateTimeStart)
		got, err := prop.DateTime(nil)
		end, err2 := c.Events()[0].DateTimeEnd(nil)
		if err != nil || err2 != nil || !got.Equal(want) || !end.Equal(want.Add(time.Hour)) {
			t.Errorf("%s: %v to %v, %v %v", start, got, end, err, err2)
		}
		if (form == local) != (prop.Params.Get(ical.PropTimezoneID) == zoneName) {
			t.Errorf("%s: %+v", start, prop)
		}
	}
}

// The rules in the file are those of the clock: they change it at the same moments.
func TestZoneRules(t *testing.T) {
	zone := decode(t, write(t, Calendar{})).Children[0]
	changes := 0
	for _, rules := range zone.Children {
		set, err := rules.RecurrenceSet(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		from, to := offset(rules, "TZOFFSETFROM"), offset(rules, "TZOFFSETTO")
		for _, wall := range set.Between(day(zoneSince-1, 1, 1), day(2035, 1, 1), true) {
			moment := wall.Add(-time.Duration(from) * time.Second)
			_, before := moment.Add(-time.Second).In(amsterdam).Zone()
			name, after := moment.In(amsterdam).Zone()
			if before != from || after != to || name != rules.Props.Get("TZNAME").Value {
				t.Errorf("%v: from %d to %d %s, and the rules say from %d to %d", moment, before, after, name, from, to)
			}
			changes++
		}
	}
	if want := 2 * (2035 - (zoneSince - 1)); changes != want {
		t.Errorf("%d changes of the clock, want %d", changes, want)
	}
}

// offset is in seconds.
func offset(c *ical.Component, name string) int {
	t, err := time.Parse("-0700", c.Props.Get(name).Value)
	if err != nil {
		panic(err)
	}
	_, seconds := t.Zone()
	return seconds
}

func TestFaults(t *testing.T) {
	now := utc("2026-01-15 09:00")
	for want, events := range map[string][]Event{
		"no UID":            {{UID: "\x00", Start: now}},
		"no start":          {{UID: "a"}},
		"cannot be written": {{UID: "a", Start: now, End: now.AddDate(9000, 0, 0)}},
		"before the start":  {{UID: "a", Start: now, End: now.Add(-time.Minute)}},
		"a status":          {{UID: "a", Start: now, Status: "CONFIRMED\r\nX:1"}},
		"two events":        {{UID: "a", Start: now}, {UID: "a", Start: now.Add(time.Hour)}},
	} {
		var b bytes.Buffer
		if err := Write(&b, Calendar{Events: events}); err == nil || !strings.Contains(err.Error(), want) || b.Len() > 0 {
			t.Errorf("%s: %v, and wrote %q", want, err, b.String())
		}
	}
	if err := Write(full{}, Calendar{}); err != errFull {
		t.Error(err)
	}
}

var errFull = errors.New("full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

// Whatever a text holds, the file keeps its form and the text comes back.
func FuzzTexts(f *testing.F) {
	for _, seed := range []struct{ text, want string }{
		{"gewoon", "gewoon"},
		{"a\r\nb\rc\nd\u2028e", "a\nb\nc\nd\ne"},
		{"x\r\nEND:VEVENT\r\nBEGIN:VALARM", "x\nEND:VEVENT\nBEGIN:VALARM"},
		{"\x00\x07a\tb\x7f\u0085", "a\tb"},
		{"a\xffb", "a�b"},
		{`\n \, \; , ; :"^'`, `\n \, \; , ; :"^'`},
		{strings.Repeat("é", 100), strings.Repeat("é", 100)},
		{strings.Repeat(" ", 300), strings.Repeat(" ", 300)},
		{"x" + strings.Repeat("👩‍🏫", 50), "x" + strings.Repeat("👩‍🏫", 50)},
	} {
		if got := clean(seed.text); got != seed.want {
			f.Fatalf("%q became %q", seed.text, got)
		}
		f.Add(seed.text)
		f.Add(seed.text + " <a@example.nl>")
	}
	f.Fuzz(func(t *testing.T, text string) {
		events := []Event{{UID: "u" + text, Title: text, Description: text, Location: text, URL: text, Organizer: text, Categories: []string{text, "b"}, Start: utc("2026-01-15 09:00")}}
		file := write(t, Calendar{Name: text, Description: text, Language: text, URL: text, Source: text, Events: events})
		if !utf8.ValidString(file) || !strings.HasSuffix(file, "\r\n") {
			t.Fatalf("%q", file)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
			if len(line) > maxLine || !utf8.ValidString(line) || strings.Trim(line, " ") == "" && len(line) < 2 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
				t.Errorf("%d bytes: %q", len(line), line)
			}
		}
		c := decode(t, file)
		if len(c.Children) != 2 || len(c.Children[0].Children) != 2 || len(c.Children[1].Children) != 0 || len(c.Props) > 12 {
			t.Fatalf("other parts in\n%s", file)
		}
		want := clean(text)
		e := c.Events()[0].Props
		for _, name := range []string{ical.PropSummary, ical.PropDescription, ical.PropLocation} {
			if got, err := e.Text(name); err != nil || got != want {
				t.Errorf("%s %q, %v, want %q", name, got, err, want)
			}
		}
		if got, err := e.Text(ical.PropUID); err != nil || got != clean("u"+text) {
			t.Errorf("UID %q, %v", got, err)
		}
		if got, err := c.Props.Text("NAME"); err != nil || got != want {
			t.Errorf("NAME %q, %v, want %q", got, err, want)
		}
		categories := []string{want, "b"}
		if want == "" {
			categories = categories[1:]
		}
		if got, err := e.Get(ical.PropCategories).TextList(); err != nil || !slices.Equal(got, categories) {
			t.Errorf("CATEGORIES %q, %v, want %q", got, err, categories)
		}
		if organizer := e.Get(ical.PropOrganizer); organizer != nil {
			if address := organizer.Value; !strings.HasPrefix(address, "mailto:") || !strings.Contains(address, "@") || len(organizer.Params) > 1 || len(organizer.Params.Values("CN")) > 1 {
				t.Errorf("%+v", organizer)
			}
		}
	})
}
