package media

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// encoded makes an image of some size in one of the formats of the standard
// library, or the head of a WebP.
func encoded(format string, width, height int) string {
	var m image.Image
	if format[0] != 'V' {
		m = image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.Black})
	}
	var b bytes.Buffer
	switch format {
	case "png":
		png.Encode(&b, m)
	case "gif":
		gif.Encode(&b, m, nil)
	case "jpeg":
		jpeg.Encode(&b, m, nil)
	case "VP8 ":
		b.WriteString("RIFF\x00\x10\x00\x00WEBPVP8 \xf0\x0f\x00\x00\x32\x2f\x00\x9d\x01\x2a")
		binary.Write(&b, binary.LittleEndian, []uint16{uint16(width) | 1<<14, uint16(height) | 2<<14})
	case "VP8L":
		b.WriteString("RIFF\x00\x10\x00\x00WEBPVP8L\xf0\x0f\x00\x00\x2f")
		binary.Write(&b, binary.LittleEndian, uint32(width-1)|uint32(height-1)<<14|1<<28)
		b.WriteString("pixels")
	case "VP8X":
		b.WriteString("RIFF\x00\x10\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00")
		w, h := width-1, height-1
		b.Write([]byte{byte(w), byte(w >> 8), byte(w >> 16), byte(h), byte(h >> 8), byte(h >> 16)})
	}
	return b.String()
}

// held is a JPEG of 60×40 pixels with an Exif segment behind its first marker.
func held(exif string) string {
	m := encoded("jpeg", 60, 40)
	return m[:2] + "\xff\xe1" + string(binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))) + exif + m[2:]
}

// exif notes an orientation as cameras do, behind another entry.
func exif(order binary.AppendByteOrder, orientation uint16) string {
	b := []byte("Exif\x00\x00")
	if order.String() == "LittleEndian" {
		b = append(b, "II*\x00"...)
	} else {
		b = append(b, "MM\x00*"...)
	}
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][2]uint16{{0x010f, 9}, {0x0112, orientation}} {
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, entry[1])
		b = order.AppendUint16(b, 0)
	}
	return string(order.AppendUint32(b, 0))
}

const svgStart = `<svg xmlns="http://www.w3.org/2000/svg" `

func TestInspect(t *testing.T) {
	poster := encoded("png", 300, 200)
	vast := strings.Replace(encoded("png", 1, 1), "\x00\x00\x00\x01\x00\x00\x00\x01", "\x00\x00\x75\x30\x00\x00\x75\x30", 1)
	vast = vast[:29] + string(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(vast[12:29])))) + vast[33:]
	for _, c := range []struct {
		name, content string
		width, height int
		problem       string
	}{
		{"a.png", poster, 300, 200, ""},
		{"A.PNG", poster, 300, 200, ""},
		{"a.gif", encoded("gif", 30, 20), 30, 20, ""},
		{"a.jpg", encoded("jpeg", 30, 20), 30, 20, ""},
		{"a.jpeg", encoded("jpeg", 30, 20), 30, 20, ""},
		{"a.webp", encoded("VP8 ", 300, 16383), 300, 16383, ""},
		{"a.webp", encoded("VP8L", 16384, 1), 16384, 1, ""},
		{"a.webp", encoded("VP8X", 1<<24, 70_000), 1 << 24, 70_000, ""},
		{"vast.png", vast, 30_000, 30_000, ""},

		{"a.jpg", poster, 300, 200, ""},
		{"a.png", encoded("jpeg", 30, 20), 30, 20, ""},
		{"a.png", poster[:60], 300, 200, ""}, // only the head is looked at
		{"a.JPG", encoded("VP8L", 30, 20), 30, 20, "is een WebP-afbeelding, maar heet .JPG"},
		{"a.webp", poster, 300, 200, "is een PNG-afbeelding, maar heet .webp"},
		{"a.png", encoded("gif", 30, 20), 30, 20, "is een GIF-afbeelding, maar heet .png"},
		{"a.svg", poster, 300, 200, "is een PNG-afbeelding, maar heet .svg"},

		{"a.png", "", 0, 0, empty},
		{"a.svg", "", 0, 0, empty},
		{"a.png", "een tekst", 0, 0, unreadable},
		{"a.png", svgStart + "/>", 0, 0, unreadable},
		{"a.png", poster[:20], 0, 0, unreadable},
		{"a.gif", encoded("gif", 30, 20)[:9], 0, 0, unreadable},
		{"a.gif", encoded("gif", 30, 20)[:6] + "\x00\x00\x00\x00\x00\x00\x00", 0, 0, unreadable},
		{"a.jpg", encoded("jpeg", 30, 20)[:30], 0, 0, unreadable},
		{"a.jpg", "\xff\xd8", 0, 0, unreadable},
		{"a.jpg", "\xff", 0, 0, unreadable},
		{"a.webp", encoded("VP8L", 30, 20)[:28], 0, 0, unreadable},
		{"a.webp", encoded("VP8 ", 0, 20), 0, 0, unreadable},
		{"a.webp", "RIFF", 0, 0, unreadable},

		{"a.jpg", held(exif(binary.BigEndian, 1)), 60, 40, ""},
		{"a.jpg", held(exif(binary.LittleEndian, 4)), 60, 40, ""},
		{"a.jpg", held(exif(binary.BigEndian, 5)), 40, 60, ""},
		{"a.jpg", held(exif(binary.LittleEndian, 8)), 40, 60, ""},
		{"a.jpg", held(exif(binary.LittleEndian, 9)), 60, 40, ""},

		{"a.txt", poster, 0, 0, ""},
		{"a.avif", "anything", 0, 0, ""},
		{"leeg", "", 0, 0, ""},
		{"big.zip", strings.Repeat("0123456789", 100_000), 0, 0, ""},

		{"a.svg", "\ufeff<?xml version='1.0' encoding='ISO-8859-1'?>\n<!-- caf\xe9 -->\n" + svgStart + `width="120" height=" 80px "/>`, 120, 80, ""},
		{"a.svg", svgStart + `width="1in" height="25.4mm"/>`, 96, 96, ""},
		{"a.svg", svgStart + `width="100%" height="3em" viewBox="-5,-5 , 300 200.4"><g/>`, 300, 200, ""},
		{"a.svg", svgStart + `viewBox="0 0 300 200" height="50"/>`, 75, 50, ""},
		{"a.svg", svgStart + `viewBox="0 0 300 200" width="30"/>`, 30, 20, ""},
		{"a.svg", svgStart + `viewBox="0 0 0.1 0.1"/>`, 1, 1, ""},
		{"a.svg", svgStart + `width="10"/>`, 0, 0, ""},
		{"a.svg", svgStart + `width="1e300in" height="NaN" viewBox="0 0 Inf -1"/>`, 0, 0, ""},
		{"a.svg", svgStart + `width="0.0001" viewBox="0 0 0.0001 1000000"/>`, 1, 1_000_000, ""},
		{"a.svg", svgStart + `width="1" viewBox="0 0 0.0001 1000000"/>`, 0, 0, ""},
		{"a.svg", svgStart + `width="1e300in" height="1" viewBox="0 0 1e300in 1e300in"/>`, 0, 0, ""},
		{"a.svg", `<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="&ns_svg;" width="9" height="8"/>`, 9, 8, ""},
		{"a.svg", `<s:svg xmlns:s="http://www.w3.org/2000/svg" width="9" height="8"/>`, 9, 8, ""},
		{"a.svg", `<svg width="9" height="8"/>`, 0, 0, unnamed},
		{"a.svg", "<html><svg/></html>", 0, 0, unreadable},
		{"a.svg", "een tekst", 0, 0, unreadable},
		{"a.svg", "<!--" + strings.Repeat(" ", svgHead) + "-->" + svgStart + "/>", 0, 0, unreadable},
	} {
		want := Facts{sha256.Sum256([]byte(c.content)), crc32.ChecksumIEEE([]byte(c.content)), c.width, c.height, c.problem}
		for how, r := range map[string]io.Reader{
			"whole": strings.NewReader(c.content), "by bytes": iotest.OneByteReader(strings.NewReader(c.content)),
			"end at once": iotest.DataErrReader(strings.NewReader(c.content)),
		} {
			if got, err := Inspect(c.name, r); got != want || err != nil {
				t.Errorf("%s %.60q, %s: got %d×%d %q %v, want %d×%d %q", c.name, c.content, how,
					got.Width, got.Height, got.Problem, err, want.Width, want.Height, want.Problem)
			}
		}
	}
}

func TestInspectTellsErrorsOfReading(t *testing.T) {
	broken := errors.New("the disk is broken")
	for _, name := range []string{"a.png", "a.jpg", "a.gif", "a.webp", "a.svg", "a.pdf"} {
		for _, content := range []string{"", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff", "GIF89a", "RIFF", "<svg", strings.Repeat("x", 100_000)} {
			r := io.MultiReader(strings.NewReader(content), iotest.ErrReader(broken))
			if got, err := Inspect(name, r); !errors.Is(err, broken) || got != (Facts{}) {
				t.Errorf("%s %.10q: got %v, %v", name, content, got, err)
			}
		}
	}
}

// zeros is a file without end in sight.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestInspectNeedsLittleMemory(t *testing.T) {
	for _, start := range []string{"", "\xff\xd8", "\x89PNG\r\n\x1a\n", "<!--"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := Inspect("a.svg", io.MultiReader(strings.NewReader(start), io.LimitReader(zeros{}, 64<<20))); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 8<<20 {
			t.Errorf("%q and 64 MB of zeros: %d bytes of memory", start, allocated)
		}
	}
}

func TestOrientation(t *testing.T) {
	for o := range 10 {
		want := o
		if o < 1 || o > 8 {
			want = 1
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			if got := Orientation(strings.NewReader(held(exif(order, uint16(o))))); got != want {
				t.Errorf("%v %d: got %d", order, o, got)
			}
		}
	}
	six := exif(binary.LittleEndian, 6)
	xmp := "http://ns.adobe.com/xap/1.0/\x00<x/>"
	for name, c := range map[string]struct {
		content string
		want    int
	}{
		"none":                {encoded("jpeg", 8, 8), 1},
		"behind XMP":          {held(xmp)[:2+4+len(xmp)] + held(six)[2:], 6},
		"fill bytes":          {"\xff\xd8\xff\xff" + held(six)[2:], 6},
		"bytes between":       {"\xff\xd8abc\xff\x00" + held(six)[2:], 6},
		"first of two":        {held(six)[:2+4+len(six)] + held(exif(binary.BigEndian, 3))[2:], 6},
		"cut in the entry":    {held(six[:len(six)-10]), 1},
		"cut behind the head": {held(six[:14]), 1},
		"no TIFF":             {held("Exif\x00\x00II+\x00" + six[10:]), 1},
		"far away":            {held("Exif\x00\x00II*\x00\xff\xff\xff\xff"), 1},
		"segment cut":         {held(six)[:20], 1},
		"nothing":             {"", 1},
	} {
		if got := Orientation(strings.NewReader(c.content)); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

func TestFactsSurviveEncoding(t *testing.T) {
	for _, f := range []Facts{{}, {sha256.Sum256(nil), 1<<32 - 1, 30_000, 1, ""}, {Problem: unreadable}} {
		data, err := f.AppendBinary([]byte("before"))
		if err != nil {
			t.Fatal(err)
		}
		data = data[len("before"):]
		got := Facts{Width: 7, Problem: "old"}
		if err := got.UnmarshalBinary(data); err != nil || got != f {
			t.Errorf("got %v, %v, want %v", got, err, f)
		}
		other := append([]byte{factsVersion + 1}, data[1:]...)
		if got.UnmarshalBinary(other) == nil || got.UnmarshalBinary(data[:38]) == nil || got.UnmarshalBinary(nil) == nil || got != f {
			t.Errorf("%v: other data was taken for facts", f)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	for _, facts := range []Facts{{}, {Width: 30_000, Height: 1, Problem: unreadable}} {
		data, _ := facts.AppendBinary(nil)
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var facts, again Facts
		if facts.UnmarshalBinary(data) != nil {
			return
		}
		encoded, _ := facts.AppendBinary(nil)
		if err := again.UnmarshalBinary(encoded); err != nil || again != facts {
			t.Errorf("%x: %v became %v, %v", data, facts, again, err)
		}
	})
}

// FuzzInspect holds our readers of heads against those of the standard library.
func FuzzInspect(f *testing.F) {
	for _, s := range []string{
		encoded("png", 30, 20), encoded("gif", 30, 20), encoded("jpeg", 30, 20), encoded("VP8 ", 30, 20), encoded("VP8L", 30, 20), encoded("VP8X", 30, 20),
		held(exif(binary.LittleEndian, 6)), held(exif(binary.BigEndian, 3)), svgStart + `viewBox="0 0 300 200" width="3cm"/>`, "",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, name := range []string{"a.jpg", "a.svg"} {
			got, err := Inspect(name, bytes.NewReader(data))
			if err != nil || got.SHA256 != sha256.Sum256(data) || got.CRC32 != crc32.ChecksumIEEE(data) {
				t.Fatalf("%s: %v, %v", name, got, err)
			}
			if got.Width < 0 || got.Height < 0 || (got.Width == 0) != (got.Height == 0) {
				t.Errorf("%s: %d×%d", name, got.Width, got.Height)
			}
		}
		o := Orientation(bytes.NewReader(data))
		if o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
		if !bytes.HasPrefix(data, []byte("\xff\xd8")) {
			return
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width < 1 || config.Height < 1 {
			return
		}
		if o >= 5 {
			config.Width, config.Height = config.Height, config.Width
		}
		if got, _ := Inspect("a.jpg", bytes.NewReader(data)); got.Width != config.Width || got.Height != config.Height {
			t.Errorf("got %d×%d, want %d×%d", got.Width, got.Height, config.Width, config.Height)
		}
	})
}
