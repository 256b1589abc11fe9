// Package diag holds what kennishub has to say about its input: messages with a
// position, a cause and a remedy.
//
// A room that can find a fault defines its codes once, as package variables:
//
//	var codeUnknownKey = diag.Define("onbekende-sleutel", diag.Error,
//		"Deze sleutel bestaat niet",
//		"In front matter en in site.yaml mogen alleen sleutels staan die …")
//
// and reports with the code:
//
//	list.Add(codeUnknownKey.At("content/a.md", 3, 1, `onbekende sleutel "titel"`, `bedoelde je "title"?`))
//
// Texts are Dutch, start with a small letter and have no full stop. Text says
// what is wrong, Hint says what to do about it. A [List] may be filled from many
// goroutines: [List.Sorted] puts it in a total order, so the same faults always
// print the same way.
package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"
)

// Severity says what a message means for a build.
type Severity int

const (
	Info    Severity = iota // worth knowing
	Warning                 // the build goes on
	Error                   // the build changes nothing in the output folder
)

var severities = [...]string{"info", "waarschuwing", "fout"}

// String gives the Dutch word that stands before a message.
func (s Severity) String() string { return severities[s] }

// MarshalText gives the word, which is what JSON shows.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severities[:], string(text))
	if i < 0 {
		return fmt.Errorf("diag: no severity %q", text)
	}
	*s = Severity(i)
	return nil
}

// Code is a sort of message. Make one with [Define].
type Code struct {
	ID       string   // what `kennishub explain` takes, such as "dubbele-url"
	Severity Severity // unless site.yaml says otherwise
	Summary  string   // one line
	Help     string   // why it matters and how to mend it, for `kennishub explain`
}

var codes []*Code

// Define makes a code and enters it in the list that [Codes] gives. Call it only
// to initialise a package variable. It panics when the ID is taken.
func Define(id string, severity Severity, summary, help string) *Code {
	if slices.ContainsFunc(codes, func(c *Code) bool { return c.ID == id }) {
		panic("diag: code defined twice: " + id)
	}
	c := &Code{ID: id, Severity: severity, Summary: summary, Help: help}
	codes = append(codes, c)
	return c
}

// Codes returns all defined codes, sorted by ID.
func Codes() []*Code {
	return slices.SortedFunc(slices.Values(codes), func(a, b *Code) int { return cmp.Compare(a.ID, b.ID) })
}

// At makes a message of this code. Line and col are 1-based and 0 when unknown.
func (c *Code) At(file string, line, col int, text, hint string) Message {
	return Message{Code: c.ID, Severity: c.Severity, File: file, Line: line, Col: col, Text: text, Hint: hint}
}

// Message is one thing to say about the input.
type Message struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	File     string   `json:"file,omitempty"` // slash-separated, relative to the site's folder
	Line     int      `json:"line,omitempty"` // 1-based
	Col      int      `json:"col,omitempty"`  // 1-based, in characters
	Text     string   `json:"text"`           // what is wrong
	Hint     string   `json:"hint,omitempty"` // what to do
}

// Position is file:line:col as far as they are known.
func (m Message) Position() string {
	switch {
	case m.File == "" || m.Line == 0:
		return m.File
	case m.Col == 0:
		return m.File + ":" + strconv.Itoa(m.Line)
	}
	return m.File + ":" + strconv.Itoa(m.Line) + ":" + strconv.Itoa(m.Col)
}

// Compare orders messages by file, position, severity (errors first), code and text.
func Compare(a, b Message) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Col, b.Col),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Text, b.Text),
		cmp.Compare(a.Hint, b.Hint),
	)
}

// List gathers messages. The zero value is empty and ready; it is safe for use
// by many goroutines at once.
type List struct {
	mu       sync.Mutex
	messages []Message
}

// Add adds messages.
func (l *List) Add(messages ...Message) {
	if len(messages) == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.messages = append(l.messages, messages...)
}

// Sorted returns the messages in their total order, each once.
func (l *List) Sorted() []Message {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Compact(slices.SortedFunc(slices.Values(l.messages), Compare))
}

// HasErrors reports whether a message is an [Error].
func HasErrors(messages []Message) bool {
	return slices.ContainsFunc(messages, func(m Message) bool { return m.Severity == Error })
}

// Write prints messages as a person reads them in a terminal or a CI log, two
// lines each:
//
//	content/experimenten/a.md:3:1: fout: onbekende sleutel "titel" [onbekende-sleutel]
//	    bedoelde je "title"?
func Write(w io.Writer, messages []Message) error {
	b := bufio.NewWriterSize(w, 1<<16)
	for _, m := range messages {
		if position := m.Position(); position != "" {
			b.WriteString(position)
			b.WriteString(": ")
		}
		b.WriteString(m.Severity.String())
		b.WriteString(": ")
		b.WriteString(m.Text)
		b.WriteString(" [")
		b.WriteString(m.Code)
		b.WriteString("]\n")
		if m.Hint != "" {
			b.WriteString("    ")
			b.WriteString(m.Hint)
			b.WriteString("\n")
		}
	}
	return b.Flush() // also tells of an error in any line before
}
