package history

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
	"time"
)

// errDamaged is what decoding gives for data that no history was encoded to.
var errDamaged = errors.New("history: damaged history")

const secondsOfDay = 24 * 60 * 60

// AppendBinary appends a history with a Head to b: the head, whether it is shallow,
// and the files by name with the days of their dates since 1970, as uvarints and
// texts behind their length. It implements [encoding.BinaryAppender] and gives no
// errors.
func (h *History) AppendBinary(b []byte) ([]byte, error) {
	number := func(n uint64) { b = binary.AppendUvarint(b, n) }
	text := func(s string) {
		number(uint64(len(s)))
		b = append(b, s...)
	}
	text(h.Head)
	if h.Shallow {
		number(1)
	} else {
		number(0)
	}
	number(uint64(len(h.files)))
	for _, name := range slices.Sorted(maps.Keys(h.files)) {
		text(name)
		number(uint64(h.files[name].First.Unix() / secondsOfDay))
		number(uint64(h.files[name].Last.Unix() / secondsOfDay))
	}
	return b, nil
}

// UnmarshalBinary makes h the history that [History.AppendBinary] appended to
// nothing. It returns an error, and leaves h as it was, when data is anything else;
// it keeps nothing of data.
func (h *History) UnmarshalBinary(data []byte) error {
	r := reader{string(data), false}
	n := History{Head: r.text()}
	shallow := r.number(1)
	n.Shallow = shallow == 1
	count := r.number(uint64(len(r.rest) / 4)) // bytes that a file takes at least
	if count > 0 {
		n.files = make(map[string]Dates, count)
	}
	last := ""
	for range count {
		name, dates := r.text(), Dates{r.day(), r.day()}
		if r.damaged || name <= last || dates.Last.Before(dates.First) {
			return errDamaged
		}
		n.files[name] = dates
		last = name
	}
	if r.damaged || r.rest != "" {
		return errDamaged
	}
	*h = n
	return nil
}

// reader reads what AppendBinary wrote. After a fault it gives zero values.
type reader struct {
	rest    string
	damaged bool
}

func (r *reader) number(most uint64) uint64 {
	n, size := binary.Uvarint([]byte(r.rest[:min(len(r.rest), binary.MaxVarintLen64)]))
	if r.damaged || size <= 0 || n > most {
		r.damaged = true
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

func (r *reader) text() string {
	n := r.number(uint64(len(r.rest)))
	if n > uint64(len(r.rest)) { // the number itself took bytes
		r.damaged = true
		return ""
	}
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

func (r *reader) day() time.Time {
	return time.Unix(int64(r.number(maxSeconds/secondsOfDay))*secondsOfDay, 0).UTC()
}
