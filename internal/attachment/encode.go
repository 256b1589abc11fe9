package attachment

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// errDamaged is what decoding gives for data that no text was encoded to.
var errDamaged = errors.New("attachment: damaged text")

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// AppendBinary appends the text to b: numbers as uvarints, strings behind their
// length, lists behind their number, and a checksum at the end. It implements
// [encoding.BinaryAppender] and gives no errors.
func (t Text) AppendBinary(b []byte) ([]byte, error) {
	start := len(b)
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	str := func(s string) {
		number(len(s))
		b = append(b, s...)
	}
	number(Version)
	str(t.Problem)
	if t.Passing {
		number(1)
	} else {
		number(0)
	}
	number(len(t.Parts))
	for _, p := range t.Parts {
		number(p.Number)
		str(p.Title)
		str(p.Text)
	}
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[start:], castagnoli)), nil
}

// UnmarshalBinary makes t the text that [Text.AppendBinary] appended to nothing. It
// returns an error, and leaves t as it was, when data is anything else; it keeps
// nothing of data.
func (t *Text) UnmarshalBinary(data []byte) error {
	end := len(data) - crc32.Size
	if end < 0 || binary.LittleEndian.Uint32(data[end:]) != crc32.Checksum(data[:end], castagnoli) {
		return errDamaged
	}
	r := reader{data: data[:end], all: string(data[:end])}
	if r.number() != Version {
		return errDamaged
	}
	n := Text{Problem: r.str()}
	passing := r.number()
	n.Passing = passing == 1
	parts := r.number()
	const least = 3 // bytes of a part
	if r.damaged || passing > 1 || parts > (len(r.data)-r.at)/least {
		return errDamaged
	}
	if parts > 0 {
		n.Parts = make([]Part, 0, parts)
	}
	for range parts {
		n.Parts = append(n.Parts, Part{r.number(), r.str(), r.str()})
	}
	if r.damaged || r.at != len(r.data) {
		return errDamaged
	}
	*t = n
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

func (r *reader) str() string {
	n := r.number()
	if r.damaged || n > len(r.data)-r.at {
		r.damaged = true
		return ""
	}
	r.at += n
	return r.all[r.at-n : r.at]
}
