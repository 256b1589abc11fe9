package attachment

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	encunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// readPlain reads text in UTF-8, in UTF-16 with a byte order mark, or else in
// Windows-1252, which is what spreadsheets write here.
func readPlain(g *gatherer, file io.ReaderAt, size int64) error {
	// A letter takes at most twice as many bytes in UTF-16 as in UTF-8.
	data, err := io.ReadAll(io.NewSectionReader(file, 0, min(size, 2*int64(g.room)+utf8.UTFMax)))
	if err != nil {
		return err
	}
	marked := bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
	if !marked && bytes.IndexByte(data, 0) >= 0 {
		return fault("is geen tekstbestand")
	}
	unmarked := encoding.Nop.NewDecoder()
	if !validStart(data) {
		unmarked = charmap.Windows1252.NewDecoder()
	}
	text, _, err := transform.Bytes(encunicode.BOMOverride(unmarked), data)
	g.write(string(text))
	return err
}

// validStart reports whether data is UTF-8 of which the last letter may be cut off.
func validStart(data []byte) bool {
	for range utf8.UTFMax {
		if utf8.Valid(data) {
			return true
		}
		data = data[:max(0, len(data)-1)]
	}
	return false
}
