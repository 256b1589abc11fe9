package picture

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

// The corners of the test images.
var (
	red    = color.NRGBA{220, 40, 40, 255}
	green  = color.NRGBA{40, 200, 60, 255}
	blue   = color.NRGBA{40, 60, 210, 255}
	yellow = color.NRGBA{230, 220, 50, 255}
)

// corners paints a quarter each: red and green above, blue and yellow below.
func corners[T draw.Image](img T) T {
	end := img.Bounds().Max
	for i, c := range []color.NRGBA{red, green, blue, yellow} {
		corner := image.Rect(end.X/2*(i%2), end.Y/2*(i/2), end.X, end.Y)
		draw.Draw(img, corner, image.NewUniform(c), image.Point{}, draw.Src)
	}
	return img
}

func jpegOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func pngOf(img image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// held notes in a JPEG how the camera was held, and where.
func held(file []byte, orientation uint16) []byte {
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, orientation)
	exif = append(exif, "\x00\x00\x00\x00\x00\x00GPS 52.09N 5.12E"...)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return slices.Concat(file[:2], segment, exif, file[2:])
}

// clear says of a grey PNG that its black is transparent.
func clear(file []byte) []byte {
	return slices.Insert(file, 33, chunked("tRNS", []byte{0, 0})...)
}

func opener(data []byte) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

// made makes widths of an original in memory.
func made(t testing.TB, data []byte, widths ...int) map[int][]byte {
	t.Helper()
	got := map[int][]byte{}
	err := Make(opener(data), "a", widths, func(width int, data []byte) error {
		got[width] = data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func decoded(t testing.TB, data []byte) (image.Image, string) {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img, format
}

// alike reports whether two colours are the same but for what a JPEG does to them.
func alike(a, b color.Color) bool {
	p, q := color.NRGBAModel.Convert(a).(color.NRGBA), color.NRGBAModel.Convert(b).(color.NRGBA)
	for _, d := range [][2]uint8{{p.R, q.R}, {p.G, q.G}, {p.B, q.B}, {p.A, q.A}} {
		if max(d[0], d[1])-min(d[0], d[1]) > 16 {
			return false
		}
	}
	return true
}

func TestWidths(t *testing.T) {
	for _, c := range []struct {
		width, height int
		name          string
		want          []int
	}{
		{4000, 3000, "a/foto.JPG", []int{480, 960, 1440}},
		{1800, 10, "foto.jpeg", []int{480, 960, 1440}},
		{1799, 10, "scherm.png", []int{480, 960}},
		{1200, 9000, "scherm.png", []int{480, 960}},
		{600, 400, "scherm.png", []int{480}},
		{599, 400, "scherm.png", nil},
		{0, 0, "scherm.png", nil},
		{4000, 3000, "beweegt.gif", nil},
		{4000, 3000, "foto.webp", nil},
		{4000, 3000, "tekening.svg", nil},
		{8192, 6144, "camera van 50 megapixels.jpg", []int{480, 960, 1440}},
		{8000, 8000, "groot.jpg", []int{480, 960, 1440}},
		{8001, 8000, "groot.jpg", nil},
		{math.MaxInt32, math.MaxInt32, "groot.jpg", nil},
	} {
		if got := Widths(c.width, c.height, c.name); !slices.Equal(got, c.want) {
			t.Errorf("%d×%d %s: got %v, want %v", c.width, c.height, c.name, got, c.want)
		}
	}
}

func TestEverySortOfImageIsMadeSmaller(t *testing.T) {
	area := image.Rect(0, 0, 301, 201) // odd, and halved on the way to 100
	palette := color.Palette{red, green, blue, color.NRGBA{}}
	glass := image.NewNRGBA(area)
	draw.Draw(glass, area, image.NewUniform(color.NRGBA{40, 60, 210, 100}), image.Point{}, draw.Src)
	gray := func(c color.Color) color.Color { return color.GrayModel.Convert(c) }
	same := func(c color.Color) color.Color { return c }
	for name, c := range map[string]struct {
		file   []byte
		format string
		sort   string
		colour func(color.Color) color.Color
	}{
		"JPEG":                {jpegOf(corners(image.NewRGBA(area))), "jpeg", "*image.YCbCr", same},
		"grey JPEG":           {jpegOf(corners(image.NewGray(area))), "jpeg", "*image.Gray", gray},
		"PNG":                 {pngOf(corners(image.NewRGBA(area))), "png", "*image.RGBA", same},
		"PNG with alpha":      {pngOf(glass), "png", "*image.NRGBA", func(color.Color) color.Color { return color.NRGBA{40, 60, 210, 100} }},
		"PNG with a palette":  {pngOf(corners(image.NewPaletted(area, palette))), "png", "*image.Paletted", palette.Convert},
		"PNG of 16 bits":      {pngOf(corners(image.NewNRGBA64(area))), "png", "*image.RGBA", same},
		"grey PNG":            {pngOf(corners(image.NewGray(area))), "png", "*image.Gray", gray},
		"PNG, grey and clear": {clear(pngOf(image.NewGray(area))), "png", "*image.NRGBA", func(color.Color) color.Color { return color.Transparent }},
		"grey PNG, 16 bits":   {pngOf(corners(image.NewGray16(area))), "png", "*image.Gray", gray},
	} {
		for width, data := range made(t, c.file, 100, 200) {
			img, format := decoded(t, data)
			height := (width*201 + 150) / 301
			if img.Bounds() != image.Rect(0, 0, width, height) || format != c.format || fmt.Sprintf("%T", img) != c.sort {
				t.Errorf("%s: a %s of %v, %T", name, format, img.Bounds(), img)
			}
			for i, corner := range []color.NRGBA{red, green, blue, yellow} {
				x, y := width/4+width/2*(i%2), height/4+height/2*(i/2)
				if got := img.At(x, y); !alike(got, c.colour(corner)) {
					t.Errorf("%s, %d wide: corner %d is %v, want %v", name, width, i, got, c.colour(corner))
				}
			}
		}
	}
}

func TestFewColoursStayFewAndGetSmoothEdges(t *testing.T) {
	file := pngOf(corners(image.NewPaletted(image.Rect(0, 0, 301, 201), color.Palette{red, blue})))
	img, _ := decoded(t, made(t, file, 100)[100])
	small := img.(*image.Paletted)
	if len(small.Palette) != 16 || small.At(10, 10) != color.Color(color.RGBA(red)) || small.At(10, 60) != color.Color(color.RGBA(blue)) {
		t.Errorf("%d colours, %v and %v", len(small.Palette), small.At(10, 10), small.At(10, 60))
	}
	used := map[color.Color]bool{}
	for y := range 67 {
		used[small.At(10, y)] = true
	}
	if len(used) < 3 {
		t.Error("the edge is hard")
	}
	many := make(color.Palette, 256)
	for i := range many {
		many[i] = color.Gray{uint8(i)}
	}
	for _, n := range []int{0, 1, 2, 3, 22, 23, 255, 256} {
		if all := mixtures(many[:n]); len(all) < n || len(all) > 256 || !slices.Equal(all[:n], many[:n]) {
			t.Errorf("%d colours became %d", n, len(all))
		}
	}
}

// TestHalvingKeepsColours goes through the ratios that an encoder of the standard
// library cannot write, to an odd size and down to one pixel.
func TestHalvingKeepsColours(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		for size := range 40 {
			ycc := image.NewYCbCr(image.Rect(0, 0, size+1, 41-size), ratio)
			for i := range ycc.Y {
				ycc.Y[i] = 120
			}
			for i := range ycc.Cb {
				ycc.Cb[i], ycc.Cr[i] = 90, 200
			}
			var img image.Image = ycc
			for img.Bounds().Dx() > 1 || img.Bounds().Dy() > 1 {
				img = halve(img)
				for _, p := range []image.Point{{}, img.Bounds().Max.Sub(image.Pt(1, 1))} {
					if got := img.At(p.X, p.Y); got != (color.YCbCr{120, 90, 200}) {
						t.Fatalf("%v, %d: %v at %v of %v", ratio, size, got, p, img.Bounds())
					}
				}
			}
		}
	}
}

func TestPicturesStandUpright(t *testing.T) {
	file := jpegOf(corners(image.NewRGBA(image.Rect(0, 0, 90, 70))))
	// Where the first row and the first column of a stored image are seen, as the
	// Exif standard says it of each orientation.
	const top, left, bottom, right = 0, 0, 1, 1
	for orientation, c := range map[uint16]struct {
		sideways      bool // the first row is seen at the left or right
		row, column   int
		width, height int
	}{
		1: {false, top, left, 48, 37},
		2: {false, top, right, 48, 37},
		3: {false, bottom, right, 48, 37},
		4: {false, bottom, left, 48, 37},
		5: {true, left, top, 48, 62},
		6: {true, right, top, 48, 62},
		7: {true, right, bottom, 48, 62},
		8: {true, left, bottom, 48, 62},
	} {
		data := made(t, held(file, orientation), 48)[48]
		img, _ := decoded(t, data)
		if img.Bounds() != image.Rect(0, 0, c.width, c.height) {
			t.Errorf("%d: %v", orientation, img.Bounds())
		}
		for i, want := range []color.NRGBA{red, green, blue, yellow} {
			x, y := c.column^(i%2), c.row^(i/2)
			if c.sideways {
				x, y = c.row^(i/2), c.column^(i%2)
			}
			x, y = c.width/4+c.width/2*x, c.height/4+c.height/2*y
			if got := img.At(x, y); !alike(got, want) {
				t.Errorf("%d: stored corner %d is %v at %d,%d, want %v", orientation, i, got, x, y, want)
			}
		}
		if bytes.Contains(data, []byte("Exif")) || bytes.Contains(data, []byte("GPS")) {
			t.Errorf("%d: the place is in it", orientation)
		}
	}
}

func TestAWidthIsTheSameWithAndWithoutOthers(t *testing.T) {
	for _, file := range [][]byte{jpegOf(corners(image.NewRGBA(image.Rect(0, 0, 2000, 30)))), pngOf(corners(image.NewNRGBA64(image.Rect(0, 0, 2000, 30))))} {
		all := made(t, file, 480, 960, 1440)
		for width, data := range all {
			if !bytes.Equal(made(t, file, width)[width], data) {
				t.Errorf("%d is not the same when made alone", width)
			}
		}
	}
}

func TestBytesAreThoseOfVersion(t *testing.T) {
	wave := image.NewRGBA(image.Rect(0, 0, 500, 300))
	for i := range wave.Pix {
		wave.Pix[i] = uint8(i*i/4000) | uint8(i%4/3*255)
	}
	want := map[string]string{
		"1 jpeg": "9dfd80e021062139",
		"1 png":  "05ba80bcb0e18733",
	}
	for format, file := range map[string][]byte{"jpeg": held(jpegOf(wave), 6), "png": pngOf(wave)} {
		sum := sha256.Sum256(made(t, file, 100)[100])
		key := fmt.Sprint(Version, " ", format)
		if got := hex.EncodeToString(sum[:8]); got != want[key] {
			t.Errorf("the bytes of %s are now %s: raise Version, so that what was kept is not taken for the same", key, got)
		}
	}
}

// chunked makes a chunk of a PNG.
func chunked(name string, data []byte) []byte {
	chunk := append([]byte(name), data...)
	whole := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	return binary.BigEndian.AppendUint32(append(whole, chunk...), crc32.ChecksumIEEE(chunk))
}

// The colour types of a PNG (PNG, third edition, 11.2.1) that tests ask for.
const (
	typeGrey = 0
	typeRGBA = 6
)

// vast is the beginning of a PNG of a size.
func vast(width, height int, depth, colour, interlaced byte) []byte {
	ihdr := binary.BigEndian.AppendUint32(nil, uint32(width))
	ihdr = binary.BigEndian.AppendUint32(ihdr, uint32(height))
	ihdr = append(ihdr, depth, colour, 0, 0, interlaced)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunked("IHDR", ihdr)...)
}

// woven is an interlaced PNG of 16 bits with nothing on it, which no encoder here
// writes. Side is a multiple of 8.
func woven(side int) []byte {
	var data bytes.Buffer
	w := zlib.NewWriter(&data)
	for _, pass := range [][2]int{{8, 8}, {8, 8}, {4, 8}, {4, 4}, {2, 4}, {2, 2}, {1, 2}} {
		w.Write(make([]byte, (1+8*side/pass[0])*(side/pass[1])))
	}
	w.Close()
	return slices.Concat(vast(side, side, 16, typeRGBA, 1), chunked("IDAT", data.Bytes()), chunked("IEND", nil))
}

// layers is a progressive JPEG with many scans over nothing. Side is a multiple of 8.
func layers(side, components, scans int) []byte {
	file := binary.BigEndian.AppendUint16([]byte("\xff\xd8\xff\xc2\x00"), uint16((8+3*components)<<8|8))
	file = binary.BigEndian.AppendUint16(file, uint16(side))
	file = binary.BigEndian.AppendUint16(file, uint16(side))
	file = append(file, byte(components))
	scan := []byte{0xff, 0xda, 0, byte(6 + 2*components), byte(components)}
	for i := range components {
		file = append(file, byte(i), 0x11, 0)
		scan = append(scan, byte(i), 0)
	}
	file = append(file, "\xff\xc4\x00\x15\x00\x02"+strings.Repeat("\x00", 15)+"\x00\x01"...)
	scan = append(scan, make([]byte, 3+side/8*side/8*components/8+1)...) // a bit for each block
	return append(append(file, bytes.Repeat(scan, scans)...), 0xff, 0xd9)
}

// adobe says of a JPEG that its colours are stored as they are: RGB or CMYK.
func adobe(file []byte) []byte {
	return slices.Insert(file, 2, []byte("\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00")...)
}

func TestFaults(t *testing.T) {
	area := image.Rect(0, 0, 700, 500)
	photo, screen := jpegOf(corners(image.NewRGBA(area))), pngOf(corners(image.NewRGBA(area)))
	var moving bytes.Buffer
	gif.Encode(&moving, image.NewGray(area), nil)
	damaged := slices.Clone(screen)
	damaged[len(damaged)/2] ^= 0xff
	unknown := slices.Clone(photo)
	copy(unknown[bytes.Index(unknown, []byte{0xff, 0xc0}):], []byte{0xff, 0xc9})
	const ended = "is beschadigd of niet heel (unexpected EOF)"
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":             {nil, "is geen PNG of JPEG"},
		"text":              {[]byte("een tekst"), "is geen PNG of JPEG"},
		"GIF":               {moving.Bytes(), "is geen PNG of JPEG"},
		"JPEG, head cut":    {photo[:30], ended},
		"JPEG, half":        {photo[:len(photo)/2], "is beschadigd of niet heel (invalid JPEG format: short Huffman data)"},
		"PNG, head cut":     {screen[:20], ended},
		"PNG, half":         {screen[:len(screen)/2], "is beschadigd of niet heel (png: invalid format: not enough pixel data)"},
		"PNG, damaged":      {damaged, "is beschadigd of niet heel (png: invalid format: bad filter type)"},
		"JPEG, arithmetic":  {unknown, "is een soort afbeelding die kennishub niet kan verkleinen (unsupported JPEG feature: unknown marker)"},
		"vast":              {vast(30_000, 30_000, 8, typeGrey, 0), "is te groot: 30000×30000 is meer dan 64 miljoen pixels"},
		"just not too vast": {vast(8000, 8000, 8, typeRGBA, 0), ended},
		"deep":              {vast(8000, 7900, 16, typeRGBA, 0), "is te groot: 8000×7900 pixels van deze soort verkleinen kost meer dan 512 MB geheugen"},
		"progressive":       {layers(6400, 3, 1), "is te groot: 6400×6400 pixels van deze soort verkleinen kost meer dan 512 MB geheugen"},
		"too many layers":   {layers(64, 1, 600), "bestaat uit te veel lagen"},
	} {
		err := Make(opener(c.file), "foto.jpg", []int{32}, func(int, []byte) error {
			t.Errorf("%s: something was made", name)
			return nil
		})
		if want := (Fault{"foto.jpg", c.want}); err != error(want) {
			t.Errorf("%s: got %v, want %v", name, err, want)
		}
	}
	made(t, layers(64, 1, 400), 32)
}

func TestOtherErrorsArePassedOn(t *testing.T) {
	file := jpegOf(corners(image.NewRGBA(image.Rect(0, 0, 700, 500))))
	broken := errors.New("the disk is broken")
	put := func(int, []byte) error { return nil }
	for name, err := range map[string]error{
		"open": Make(func() (io.ReadCloser, error) { return nil, broken }, "a", []int{480}, put),
		"head": Make(func() (io.ReadCloser, error) { return io.NopCloser(iotest.ErrReader(broken)), nil }, "a", []int{480}, put),
		"body": Make(func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(bytes.NewReader(file[:4000]), iotest.ErrReader(broken))), nil
		}, "a", []int{480}, put),
		"put": Make(opener(file), "a", []int{480}, func(int, []byte) error { return broken }),
	} {
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, width := range []int{-1, 0, 701} {
		if err := Make(opener(file), "a", []int{width}, put); err == nil {
			t.Errorf("a width of %d was made", width)
		}
	}
}

// panics is a file that its decoder panics over.
type panics struct{ io.Reader }

func (p panics) Read(b []byte) (int, error) {
	n, err := p.Reader.Read(b)
	if err != nil {
		panic("index out of range")
	}
	return n, nil
}

func TestAPanicIsAFault(t *testing.T) {
	file := jpegOf(corners(image.NewRGBA(image.Rect(0, 0, 700, 500))))
	open := func() (io.ReadCloser, error) { return io.NopCloser(panics{bytes.NewReader(file[:5000])}), nil }
	err := Make(open, "a.jpg", []int{480}, nil)
	if want := (Fault{"a.jpg", "is beschadigd of niet heel (index out of range)"}); err != error(want) {
		t.Errorf("got %v", err)
	}
}

// TestMemoryIsBounded counts how many of thirty like originals are decoded at a time.
func TestMemoryIsBounded(t *testing.T) {
	for name, c := range map[string]struct {
		file []byte
		most int
	}{
		"PNG":                     {vast(5000, 4000, 8, typeRGBA, 0), 4},
		"PNG of 16 bits":          {vast(7000, 7000, 16, typeRGBA, 0), 1},
		"a ribbon":                {vast(600, 20_000, 8, typeRGBA, 0), 2},
		"interlaced":              {vast(5000, 4000, 16, typeRGBA, 1), 1},
		"progressive JPEG":        {layers(5000, 3, 1), 1},
		"JPEG":                    {jpegOf(image.NewRGBA(image.Rect(0, 0, 4000, 3000))), 6},
		"JPEG that says it twice": {slices.Insert(layers(5000, 3, 1), 2, []byte("\xff\xfe\x00\x0d\xff\xc0\x00\x0b\x08\x13\x88\x13\x88\x01\x01")...), 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			var inside, most atomic.Int64
			for range 30 {
				go func() {
					opened := 0
					Make(func() (io.ReadCloser, error) {
						if opened++; opened == 1 {
							return opener(c.file)()
						}
						most.Store(max(most.Load(), inside.Add(1)))
						defer inside.Add(-1)
						time.Sleep(time.Second) // until all others wait
						return nil, io.EOF
					}, "a", []int{480}, nil)
				}()
			}
			time.Sleep(time.Minute)
			if most.Load() != int64(c.most) {
				t.Errorf("%s: %d at a time, want %d", name, most.Load(), c.most)
			}
		})
	}
}

// TestMemoryIsReckonedWell compares what is reckoned with what is allocated, of
// which a little does not depend on the size.
func TestMemoryIsReckonedWell(t *testing.T) {
	const side, fixed = 1000, 256 << 10
	area := image.Rect(0, 0, side, side)
	for name, file := range map[string][]byte{
		"PNG":                 pngOf(image.NewNRGBA(area)),
		"PNG of 16 bits":      pngOf(image.NewNRGBA64(area)),
		"PNG with a palette":  pngOf(image.NewPaletted(area, color.Palette{red, blue})),
		"grey PNG, 16 bits":   pngOf(image.NewGray16(area)),
		"PNG, grey and clear": clear(pngOf(image.NewGray(area))),
		"interlaced":          woven(side),
		"JPEG":                jpegOf(image.NewRGBA(area)),
		"grey JPEG":           jpegOf(image.NewGray(area)),
		"progressive":         layers(side, 3, 1),
		"progressive grey":    layers(side, 1, 1),
		"progressive RGB":     adobe(layers(side, 3, 1)),
		"progressive CMYK":    adobe(layers(side, 4, 1)),
	} {
		h, err := original{opener(file), "a"}.head()
		if err != nil {
			t.Fatal(name, err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		img, err := original{opener(file), "a"}.decode(h.format, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if flat := flatten(img); h.format == "png" { // the samples of a JPEG are not needed any more
			halve(flat)
		}
		runtime.ReadMemStats(&after)
		if got, want := h.decoding, int64(after.TotalAlloc-before.TotalAlloc)-fixed; got < want || got > 5*want {
			t.Errorf("%s: %d kB were allocated, %d kB reckoned", name, want>>10, got>>10)
		}
	}
}

func FuzzMake(f *testing.F) {
	area := image.Rect(0, 0, 70, 50)
	photo := jpegOf(corners(image.NewRGBA(area)))
	for _, file := range [][]byte{photo, held(photo, 6), jpegOf(corners(image.NewGray(area))), pngOf(corners(image.NewNRGBA64(area))), vast(30_000, 30_000, 8, typeGrey, 0), woven(16), layers(64, 1, 2), adobe(layers(64, 4, 2))} {
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		h, err := original{opener(file), "a"}.head()
		if err != nil || h.size.X*h.size.Y > 1_000_000 {
			return
		}
		width := (h.size.X + 2) / 3
		err = Make(opener(file), "a", []int{width}, func(width int, data []byte) error {
			config, format, err := image.DecodeConfig(bytes.NewReader(data))
			if err != nil || config.Width != width || config.Height < 1 || format != h.format {
				t.Errorf("a %s of %d×%d: %v", format, config.Width, config.Height, err)
			}
			return nil
		})
		if err != nil && !errors.As(err, new(Fault)) {
			t.Error(err)
		}
	})
}

// BenchmarkMake makes all widths of what a phone takes.
func BenchmarkMake(b *testing.B) {
	img := image.NewRGBA(image.Rect(0, 0, 4000, 3000))
	noise := uint32(1)
	for y := range 3000 {
		for x := range 4000 {
			noise = noise*1664525 + 1013904223
			light := 128 + 90*math.Sin(float64(x*y)/200_000)
			n := float64(noise>>24) / 16
			img.SetRGBA(x, y, color.RGBA{uint8(light + n), uint8(0.7*light + n), uint8(240 - light + n), 255})
		}
	}
	for name, file := range map[string][]byte{"jpeg": jpegOf(img), "png": pngOf(img)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				made(b, file, 480, 960, 1440)
			}
		})
	}
}
