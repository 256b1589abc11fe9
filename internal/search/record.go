package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// record is what an index knows of a document besides its words: what a hit shows
// and what facets count. The text of its sections lies elsewhere, see [textOf].
type record struct {
	URL, Title, Kind, Date, Description string

	names    []string // other names
	fields   []string // names and values by turns, sorted by name
	values   []int32  // numbers of its facet values, in the index's table
	sections []section
	lengths  lengths

	offset int64  // of its text in the text file
	text   string // its text, when that is in memory
}

// section is a section of a record; size is the length of its text in bytes.
type section struct {
	ID, Title string
	size      int
}

// newRecord makes the record of a document. Lengths and offset are the caller's.
func newRecord(d *Document, values []int32) *record {
	r := &record{URL: d.URL, Title: d.Title, Kind: d.Kind, Date: d.Date, Description: d.Description, names: d.Names, values: values}
	names := make([]string, 0, len(d.Fields))
	for name := range d.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		r.fields = append(r.fields, name, d.Fields[name])
	}
	r.sections = make([]section, len(d.Sections))
	for i, s := range d.Sections {
		r.sections[i] = section{s.ID, s.Title, len(s.Text)}
	}
	return r
}

// textOf gives the text of a record's sections, one after another.
func (r *record) textOf(texts io.ReaderAt) (string, error) {
	if texts == nil {
		return r.text, nil
	}
	size := 0
	for _, s := range r.sections {
		size += s.size
	}
	data := make([]byte, size)
	if _, err := texts.ReadAt(data, r.offset); err != nil && !(errors.Is(err, io.EOF) && size == 0) {
		return "", fmt.Errorf("de tekst van %s is niet te lezen: %w", r.URL, err)
	}
	return string(data), nil
}

// documentsMagic starts a documents file. Its number is the version of the format
// and part of the ID of an index.
const documentsMagic = "kennishub documents 3\n"

// encodeRecords writes records as the documents file holds them: the magic, the
// CRC-32C of the rest, the size of the text file, and the records.
func encodeRecords(records []*record, table *valueTable, textSize int64) []byte {
	w := &encoder{}
	w.number(uint64(textSize))
	w.number(uint64(len(records)))
	for _, r := range records {
		w.strings(r.URL, r.Title, r.Kind, r.Date, r.Description)
		w.number(uint64(len(r.names)))
		w.strings(r.names...)
		w.number(uint64(len(r.fields)))
		w.strings(r.fields...)
		w.number(uint64(len(r.values)))
		for _, v := range r.values {
			value := &table.values[v]
			w.number(uint64(value.facet))
			w.strings(value.value)
		}
		w.number(uint64(len(r.sections)))
		for _, s := range r.sections {
			w.strings(s.ID, s.Title)
			w.number(uint64(s.size))
		}
		for _, n := range r.lengths {
			w.number(uint64(n))
		}
	}
	return seal(w.data)
}

func seal(payload []byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte(documentsMagic), crc32.Checksum(payload, castagnoli))
	return append(head, payload...)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errDocuments = errors.New("het bestand documents is niet heel")

// decodeRecords reads what encodeRecords wrote, entering facet values in the
// table.
func decodeRecords(data []byte, table *valueTable) (records []*record, textSize int64, err error) {
	data, ok := bytes.CutPrefix(data, []byte(documentsMagic))
	if !ok || len(data) < 4 || crc32.Checksum(data[4:], castagnoli) != binary.BigEndian.Uint32(data) {
		return nil, 0, errDocuments
	}
	r := &decoder{data: string(data[4:])} // once: all strings of the records share its memory
	textSize = int64(r.number())
	count := r.count()
	store := make([]record, count)
	records = make([]*record, count)
	var offset int64
	for i := range store {
		d := &store[i]
		records[i] = d
		d.URL, d.Title, d.Kind, d.Date, d.Description = r.string(), r.string(), r.string(), r.string(), r.string()
		d.names = r.strings()
		d.fields = r.strings()
		d.values = make([]int32, r.count())
		for j := range d.values {
			facet := r.count()
			if facet >= len(table.facets) {
				return nil, 0, errDocuments
			}
			d.values[j] = table.number(facet, r.string())
		}
		d.sections = make([]section, r.count())
		d.offset = offset
		for j := range d.sections {
			s := &d.sections[j]
			s.ID, s.Title, s.size = r.string(), r.string(), int(r.number())
			offset += int64(s.size)
		}
		for j := range d.lengths {
			d.lengths[j] = uint32(r.number())
		}
	}
	if r.failed || r.data != "" || offset != textSize {
		return nil, 0, errDocuments
	}
	return records, textSize, nil
}

// encoder appends numbers and strings to data.
type encoder struct{ data []byte }

func (w *encoder) number(n uint64) { w.data = binary.AppendUvarint(w.data, n) }

func (w *encoder) strings(all ...string) {
	for _, s := range all {
		w.number(uint64(len(s)))
		w.data = append(w.data, s...)
	}
}

// decoder takes numbers and strings off data. After a fault it gives zeros.
type decoder struct {
	data   string
	failed bool
}

func (r *decoder) number() uint64 {
	var n uint64
	for i := 0; i < len(r.data) && i < binary.MaxVarintLen64; i++ {
		b := r.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.data = r.data[i+1:]
			return n
		}
	}
	r.fail()
	return 0
}

// count is a number of things that follow. None is smaller than a byte, so more
// than there are bytes is a fault, and not a reason to ask for memory.
func (r *decoder) count() int {
	n := r.number()
	if n > uint64(len(r.data)) {
		r.fail()
		return 0
	}
	return int(n)
}

// count32 is a number that is no count of what follows.
func (r *decoder) count32() int { return int(min(r.number(), 1<<31-1)) }

func (r *decoder) string() string {
	n := r.count()
	s := r.data[:n]
	r.data = r.data[n:]
	return s
}

// strings are as many as their count says, which stands before them.
func (r *decoder) strings() []string {
	n := r.count()
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = r.string()
	}
	return all
}

func (r *decoder) fail() { r.data, r.failed = "", true }
