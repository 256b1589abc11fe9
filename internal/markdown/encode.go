package markdown

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// errDamaged is what decoding gives for data that no document was encoded to.
var errDamaged = errors.New("markdown: damaged document")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// AppendBinary appends the document to b: numbers as uvarints, strings behind
// their length, lists behind their number, and a checksum at the end. It
// implements [encoding.BinaryAppender] and gives no errors.
func (d *Document) AppendBinary(b []byte) ([]byte, error) {
	start := len(b)
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	str := func(s string) {
		number(len(s))
		b = append(b, s...)
	}
	number(Version)
	str(d.Title)
	number(len(d.Chunks))
	for _, c := range d.Chunks {
		str(c)
	}
	number(len(d.Holes))
	for _, h := range d.Holes {
		number(int(h.Kind))
		str(h.Dest)
		str(h.Title)
		str(h.Text)
		number(h.Line)
		number(h.Col)
		flags := 0
		if h.Decorative {
			flags = 1
		}
		if h.InLink {
			flags |= 2
		}
		number(flags)
	}
	number(len(d.Headings))
	for _, h := range d.Headings {
		number(h.Level)
		str(h.ID)
		str(h.Text)
	}
	number(len(d.Anchors))
	for _, a := range d.Anchors {
		str(a)
	}
	number(len(d.Sections))
	for _, s := range d.Sections {
		str(s.ID)
		str(s.Title)
		str(s.Text)
	}
	number(d.Words)
	number(len(d.Problems))
	for _, p := range d.Problems {
		number(int(p.Kind))
		str(p.Detail)
		number(p.Line)
		number(p.Col)
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli)), nil
}

// UnmarshalBinary makes d the document that [Document.AppendBinary] appended to
// nothing. It returns an error, and leaves d as it was, when data is anything else;
// it keeps nothing of data.
func (d *Document) UnmarshalBinary(data []byte) error {
	end := len(data) - crc32.Size
	if end < 0 || binary.LittleEndian.Uint32(data[end:]) != crc32.Checksum(data[:end], castagnoli) {
		return errDamaged
	}
	r := reader{data: data[:end], all: string(data[:end])}
	if r.number() != Version {
		return errDamaged
	}
	n := Document{Title: r.str()}
	n.Chunks = list(&r, 1, func() string { return r.str() })
	n.Holes = list(&r, 7, func() Hole {
		h := Hole{Kind: HoleKind(r.small()), Dest: r.str(), Title: r.str(), Text: r.str(), Line: r.number(), Col: r.number()}
		flags := r.small()
		h.Decorative, h.InLink = flags&1 != 0, flags&2 != 0
		return h
	})
	n.Headings = list(&r, 3, func() Heading { return Heading{r.number(), r.str(), r.str()} })
	n.Anchors = list(&r, 1, func() string { return r.str() })
	n.Sections = list(&r, 3, func() Section { return Section{r.str(), r.str(), r.str()} })
	n.Words = r.number()
	n.Problems = list(&r, 4, func() Problem {
		return Problem{ProblemKind(r.small()), r.str(), r.number(), r.number()}
	})
	if r.damaged || r.at != len(r.data) || len(n.Chunks) != len(n.Holes)+1 {
		return errDamaged
	}
	*d = n
	return nil
}

// reader reads what AppendBinary wrote. After a fault it gives zero values.
type reader struct {
	data    []byte
	all     string // the same; strings are cut from it
	at      int
	damaged bool
}

func (r *reader) number() int {
	n, size := binary.Uvarint(r.data[r.at:])
	if r.damaged || size <= 0 || n > 1<<40 {
		r.damaged = true
		return 0
	}
	r.at += size
	return int(n)
}

func (r *reader) small() uint8 {
	n := r.number()
	if n > 255 {
		r.damaged = true
	}
	return uint8(n)
}

func (r *reader) str() string {
	n := r.number()
	if r.damaged || n > len(r.data)-r.at {
		r.damaged = true
		return ""
	}
	r.at += n
	return r.all[r.at-n : r.at]
}

// list reads a list of values that take at least size bytes each.
func list[T any](r *reader, size int, value func() T) []T {
	n := r.number()
	if r.damaged || n > (len(r.data)-r.at)/size {
		r.damaged = true
		return nil
	}
	if n == 0 {
		return nil
	}
	values := make([]T, 0, n)
	for range n {
		values = append(values, value())
	}
	return values
}
