package search

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"slices"

	"kennishub/internal/search/dutch"
)

// wordsMagic starts a words file. Its number is the version of the format.
const wordsMagic = "kennishub words 1\n"

var errWords = errors.New("het bestand words is niet heel")

// encodeVocabulary writes a vocabulary as the words file holds it: the magic, the
// CRC-32C of the rest, the forms with their counts and parts, and the
// abbreviations.
func encodeVocabulary(v *vocabulary) []byte {
	w := &encoder{}
	w.number(uint64(len(v.counts)))
	for _, form := range slices.Sorted(maps.Keys(v.counts)) {
		w.strings(form)
		w.number(uint64(v.counts[form]))
		w.number(uint64(len(v.splits[form])))
		w.strings(v.splits[form]...)
	}
	w.number(uint64(len(v.abbreviations)))
	for _, a := range v.abbreviations {
		w.strings(a.Short, a.Long)
	}
	head := binary.BigEndian.AppendUint32([]byte(wordsMagic), crc32.Checksum(w.data, castagnoli))
	return append(head, w.data...)
}

// decodeVocabulary reads what encodeVocabulary wrote.
func decodeVocabulary(data []byte, language string) (*vocabulary, error) {
	data, ok := bytes.CutPrefix(data, []byte(wordsMagic))
	if !ok || len(data) < 4 || crc32.Checksum(data[4:], castagnoli) != binary.BigEndian.Uint32(data) {
		return nil, errWords
	}
	t, err := newTongue(language)
	if err != nil {
		return nil, err
	}
	r := &decoder{data: string(data[4:])}
	n := r.count()
	counts, splits := make(map[string]int, n), map[string][]string{}
	for range n {
		form := r.string()
		counts[form] = r.count32()
		parts := make([]string, r.count())
		for i := range parts {
			parts[i] = r.string()
		}
		if len(parts) > 0 {
			splits[form] = parts
		}
	}
	abbreviations := make([]dutch.Abbreviation, r.count())
	for i := range abbreviations {
		abbreviations[i] = dutch.Abbreviation{Short: r.string(), Long: r.string()}
	}
	if r.failed || r.data != "" {
		return nil, errWords
	}
	return newVocabulary(t, counts, splits, abbreviations, nil), nil
}
