package attachment

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// font tells what the codes in a string mean and how wide their letters are.
type font struct {
	size    int // bytes of a code
	letters map[uint16]string
	widths  map[uint16]float64 // in ems
	other   float64            // the width of other codes
	unicode bool               // codes without a letter are UTF-16
}

// newFont reads a font (ISO 32000-1, 9.6 to 9.10) as far as it can be read.
func newFont(v pdf.Value) *font {
	f := &font{size: 1, letters: map[uint16]string{}, widths: map[uint16]float64{}}
	guard(func() error {
		if v.Key("Subtype").Name() == "Type0" {
			f.composite(v)
		} else {
			f.simple(v)
		}
		return nil
	})
	guard(func() error {
		if m := v.Key("ToUnicode"); m.Kind() == pdf.Stream {
			data, _ := unpacked(m)
			f.readCMap(data)
		}
		return nil
	})
	return f
}

// texText matches the names of TeX's own fonts for text, which have ligatures where
// others have control characters, and seldom say so.
var texText = regexp.MustCompile(`\bCM(R|BX|TI|SL|SS|CSC)`)

func (f *font) simple(v pdf.Value) {
	scale := 0.001
	if v.Key("Subtype").Name() == "Type3" {
		scale = math.Abs(v.Key("FontMatrix").Index(0).Float64())
	}
	f.other = 0.5
	if widths := v.Key("Widths"); widths.Kind() == pdf.Array {
		f.other = v.Key("FontDescriptor").Key("MissingWidth").Float64() * scale
		first := v.Key("FirstChar").Int64()
		for i := range min(widths.Len(), 256) {
			f.widths[uint16(first+int64(i))] = widths.Index(i).Float64() * scale
		}
	}

	encoding := v.Key("Encoding")
	base := charmap.Windows1252
	if encoding.Name() == "MacRomanEncoding" || encoding.Key("BaseEncoding").Name() == "MacRomanEncoding" {
		base = charmap.Macintosh
	}
	for c := range uint16(256) {
		f.letters[c] = string(base.DecodeByte(byte(c)))
	}
	if texText.MatchString(v.Key("BaseFont").Name()) {
		for i, ligature := range []string{"ff", "fi", "fl", "ffi", "ffl"} {
			f.letters[uint16(11+i)] = ligature
		}
	}
	// The library knows the names of letters, and gives the code itself for others.
	names := (&pdf.Font{V: v}).Encoder()
	differences := encoding.Key("Differences")
	code := uint16(0)
	for i := range differences.Len() {
		switch d := differences.Index(i); d.Kind() {
		case pdf.Integer:
			code = uint16(d.Int64())
		case pdf.Name:
			f.letters[code] = names.Decode(string([]byte{byte(code)}))
			if hex, ok := strings.CutPrefix(d.Name(), "uni"); ok {
				if r, err := strconv.ParseUint(hex, 16, 16); err == nil {
					f.letters[code] = string(rune(r))
				}
			}
			code++
		}
	}
}

func (f *font) composite(v pdf.Value) {
	f.size = 2
	encoding := v.Key("Encoding").Name()
	f.unicode = strings.Contains(encoding, "UCS2") || strings.Contains(encoding, "UTF16")
	descendant := v.Key("DescendantFonts").Index(0)
	f.other = 1
	if width := descendant.Key("DW"); !width.IsNull() {
		f.other = width.Float64() / 1000
	}
	// Groups of "first [w w …]" and "first last w" (9.7.4.3).
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len(); {
		first, second := w.Index(i).Int64(), w.Index(i+1)
		if second.Kind() == pdf.Array {
			for j := range min(second.Len(), 1<<16) {
				f.widths[uint16(first+int64(j))] = second.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		width := w.Index(i+2).Float64() / 1000
		for c := max(0, first); c <= min(second.Int64(), math.MaxUint16); c++ {
			f.widths[uint16(c)] = width
		}
		i += 3
	}
}

// readCMap reads what codes mean (9.10.3).
func (f *font) readCMap(data []byte) {
	l := lexer{data: data}
	var args []token
	for {
		t := l.next()
		switch {
		case t.kind == tokenEnd:
			return
		case t.kind != tokenWord:
			args = append(args, t)
			continue
		case t.text == "endbfchar":
			for ; len(args) >= 2; args = args[2:] {
				f.set(codeOf(args[0].text), args[1].text, 0)
			}
		case t.text == "endbfrange":
			f.readRanges(args)
		}
		args = args[:0]
	}
}

// readRanges reads groups of "first last letter" and "first last [letter letter …]".
func (f *font) readRanges(args []token) {
	for len(args) >= 3 {
		first, last := codeOf(args[0].text), codeOf(args[1].text)
		if args[2].kind == tokenString {
			for n := 0; n <= last-first; n++ {
				f.set(first+n, args[2].text, n)
			}
			args = args[3:]
			continue
		}
		args = args[3:]
		for n := 0; len(args) > 0; n++ {
			t := args[0]
			args = args[1:]
			if t.kind != tokenString {
				break
			}
			f.set(first+n, t.text, 0)
		}
	}
}

// codeOf reads a code of one or two bytes; longer ones do not occur.
func codeOf(s string) int {
	n := 0
	for i := range min(len(s), 2) {
		n = n<<8 | int(s[i])
	}
	return n
}

// set gives a code the letter that is n behind one in UTF-16. Some programs write
// zeros for what they do not know.
func (f *font) set(code int, text string, n int) {
	units := utf16Units(text)
	if code > math.MaxUint16 || len(units) == 0 {
		return
	}
	units[len(units)-1] += uint16(n)
	if letter := string(utf16.Decode(units)); letter != "\x00" {
		f.letters[uint16(code)] = letter
	}
}

// utf16Units reads big-endian UTF-16; half a unit at the end is dropped.
func utf16Units(s string) []uint16 {
	units := make([]uint16, len(s)/2)
	for i := range units {
		units[i] = uint16(s[2*i])<<8 | uint16(s[2*i+1])
	}
	return units
}

// letter gives what a code means, "" when nobody can know, and its width in ems.
func (f *font) letter(code uint16) (string, float64) {
	letter, ok := f.letters[code]
	if !ok && f.unicode {
		letter = string(rune(code))
	}
	width, ok := f.widths[code]
	if !ok {
		width = f.other
	}
	return letter, width
}
