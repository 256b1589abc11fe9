package diag

import (
	"encoding/binary"
	"errors"
)

// Append appends messages to b in a form that [Decode] reads back without copying:
// a build that finds nothing changed repeats what the last one said.
func Append(b []byte, messages []Message) []byte {
	b = binary.AppendUvarint(b, uint64(len(messages)))
	for _, m := range messages {
		for _, s := range []string{m.Code, m.File, m.Text, m.Hint} {
			b = binary.AppendUvarint(b, uint64(len(s)))
			b = append(b, s...)
		}
		for _, n := range []int{int(m.Severity), m.Line, m.Col} {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

// Decode reads what [Append] wrote, and nothing else.
func Decode(data string) ([]Message, error) {
	d := decoder{data: data}
	messages := make([]Message, 0, min(d.number(), uint64(len(data))))
	for range cap(messages) {
		m := Message{Code: d.text(), File: d.text(), Text: d.text(), Hint: d.text()}
		m.Severity, m.Line, m.Col = Severity(d.number()), int(d.number()), int(d.number())
		if m.Severity < Info || m.Severity > Error {
			d.failed = true
		}
		if d.failed {
			break
		}
		messages = append(messages, m)
	}
	if d.failed || d.data != "" {
		return nil, errors.New("diag: these are no messages")
	}
	return messages, nil
}

type decoder struct {
	data   string
	failed bool
}

func (d *decoder) number() uint64 {
	var n uint64
	for i := 0; i < len(d.data) && i < binary.MaxVarintLen64; i++ {
		n |= uint64(d.data[i]&0x7f) << (7 * i)
		if d.data[i] < 0x80 {
			d.data = d.data[i+1:]
			return n
		}
	}
	d.failed = true
	return 0
}

func (d *decoder) text() string {
	n := d.number()
	if n > uint64(len(d.data)) {
		d.failed = true
		return ""
	}
	s := d.data[:n]
	d.data = d.data[n:]
	return s
}
