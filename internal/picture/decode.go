package picture

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"

	"kennishub/internal/media"
)

// original is a file to be made smaller.
type original struct {
	open func() (io.ReadCloser, error)
	name string
}

// head is what is known of an original before it is decoded.
type head struct {
	format      string      // "png" or "jpeg"
	size        image.Point // as readers see it
	orientation int         // as media.Orientation says
	decoding    int64       // how many bytes it takes at most until it is halved once
}

// scaled is the size that an original has in one of its widths.
func (h head) scaled(width int) image.Point {
	return image.Pt(width, max(1, (width*h.size.Y+h.size.X/2)/h.size.X))
}

// memory is how many bytes it takes at most to make an original smaller, for the
// largest of its widths.
func (h head) memory(width int) int64 {
	turned := h.orientation >= 5
	from, to := swapIf(turned, h.size), swapIf(turned, h.scaled(width))
	narrow := 4 * int64(to.X) * int64(from.Y)
	small := 4 * int64(to.X) * int64(to.Y) // and once more upright, and once more as a file
	return h.decoding + narrow + 3*small + filterMemory*int64(to.X+from.Y)
}

// maxHead is within how many bytes the head of an original must end: they are kept
// to look for the orientation.
const maxHead = 16 << 20

// head reads the size with the decoder's own eyes, so that no file can be larger
// than was thought.
func (o original) head() (head, error) {
	file, err := o.open()
	if err != nil {
		return head{}, err
	}
	defer file.Close()
	in := &source{r: io.LimitReader(file, maxHead)}
	var read bytes.Buffer
	r := bufio.NewReader(io.TeeReader(in, &read))
	h := head{orientation: 1}
	var config image.Config
	switch magic, _ := r.Peek(8); {
	case string(magic) == "\x89PNG\r\n\x1a\n":
		h.format = "png"
		ihdr, _ := r.Peek(29)
		config, err = png.DecodeConfig(r)
		h.decoding = decodingPNG(config, len(ihdr) == 29 && ihdr[28] != 0)
	case bytes.HasPrefix(magic, []byte("\xff\xd8")):
		h.format = "jpeg"
		config, err = jpeg.DecodeConfig(r)
		h.decoding = decodingJPEG(config, read.Bytes())
		h.orientation = media.Orientation(&read)
	default:
		err = errFormat
	}
	if err == nil && (config.Width < 1 || config.Height < 1) {
		err = errEmpty
	}
	if err != nil {
		return head{}, o.explain(err, in)
	}
	h.size = swapIf(h.orientation >= 5, image.Pt(config.Width, config.Height))
	return h, nil
}

// decodingPNG gives the bytes it takes to decode a PNG and halve it. Whether it has
// a transparent colour, which brings grey to four channels, is not known yet.
func decodingPNG(config image.Config, interlaced bool) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	decoded, apart := 4*pixels, int64(0) // apart: what flatten has no room for in place
	switch config.ColorModel {
	case color.Gray16Model, color.RGBA64Model, color.NRGBA64Model:
		decoded = 8 * pixels
	}
	if _, ok := config.ColorModel.(color.Palette); ok {
		decoded, apart = pixels, 4*pixels
	}
	if interlaced {
		decoded *= 2 // each pass is an image of its own first
	}
	halved := pixels
	return decoded + apart + halved
}

// frames are the frame headers that the decoder knows, by marker, with the bytes
// it takes for each sample: of a progressive one it keeps the coefficients.
var frames = map[string]int64{"\xff\xc0": 1, "\xff\xc1": 1, "\xff\xc2": 1 + 4}

// decodingJPEG gives the bytes it takes to decode a JPEG with this head; halving it
// then takes less. The decoder does not tell which frame header (ITU T.81, B.2.2)
// it went by, but that one has the size that it did tell. Of several that have, the
// one counts that takes most.
func decodingJPEG(config image.Config, head []byte) int64 {
	size := binary.BigEndian.AppendUint16(nil, uint16(config.Height))
	size = binary.BigEndian.AppendUint16(size, uint16(config.Width))
	var most int64
	for marker, sample := range frames {
		for _, frame, found := bytes.Cut(head, []byte(marker)); found; _, frame, found = bytes.Cut(frame, []byte(marker)) {
			if len(frame) > 7 && bytes.Equal(frame[3:7], size) {
				most = max(most, sample*samples(config, frame[7:]))
			}
		}
	}
	flat := int64(config.Width) * int64(config.Height)
	if config.ColorModel != color.GrayModel {
		flat *= 4 // it may become RGB or CMYK, depending on what follows the head
	}
	return most + flat
}

// samples counts the samples in all blocks of a JPEG (ITU T.81, A.1.1 and A.2.4).
// The components are those of a frame header: their number, and of each the name,
// sampling factors and table.
func samples(config image.Config, components []byte) int64 {
	number := int(components[0])
	if number == 0 || len(components) < 1+3*number {
		return 0
	}
	across, down, all := 1, 1, 1 // the factors of the first, and the blocks of all
	if number > 1 {
		across, down, all = int(components[2]>>4), int(components[2]&15), 0
		for i := range number {
			all += int(components[2+3*i]>>4) * int(components[2+3*i]&15)
		}
	}
	if across == 0 || down == 0 {
		return 0
	}
	units := int64((config.Width+8*across-1)/(8*across)) * int64((config.Height+8*down-1)/(8*down))
	return 64 * int64(all) * units
}

// decode reads the whole original.
func (o original) decode(format string, sum *[sha256.Size]byte) (img image.Image, err error) {
	file, err := o.open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	hash := sha256.New()
	in := &source{r: io.TeeReader(file, hash)}
	if img, err = decodeImage(in, format); err != nil {
		return nil, o.explain(err, in)
	}
	if sum != nil {
		if _, err := io.Copy(io.Discard, in.r); err != nil {
			return nil, err
		}
		if [sha256.Size]byte(hash.Sum(nil)) != *sum {
			return nil, fmt.Errorf("%s is veranderd terwijl het gelezen werd", o.name)
		}
	}
	return img, nil
}

func decodeImage(in *source, format string) (img image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	if format == "png" {
		return png.Decode(bufio.NewReaderSize(in, 64<<10))
	}
	in.scans = maxScans
	return jpeg.Decode(in)
}

// flatten brings an image to one of the types that [planes] knows, where it stands
// in memory if there is room. The image is not to be used any more.
func flatten(img image.Image) image.Image {
	size := img.Bounds().Size()
	var pix []uint8
	switch img := img.(type) {
	case *image.YCbCr, *image.RGBA, *image.Gray:
		return img
	case *image.Gray16:
		gray := image.NewGray(img.Rect)
		draw.Draw(gray, gray.Rect, img, img.Rect.Min, draw.Src)
		return gray
	case *image.NRGBA:
		pix = img.Pix
	case *image.NRGBA64:
		pix = img.Pix
	case *image.RGBA64:
		pix = img.Pix
	case *image.CMYK:
		pix = img.Pix
	default:
		pix = make([]uint8, 4*size.X*size.Y)
	}
	to := &image.RGBA{Pix: pix, Stride: 4 * size.X, Rect: image.Rectangle{Max: size}}
	row := image.NewRGBA(image.Rect(0, 0, size.X, 1))
	for y := range size.Y {
		draw.Draw(row, row.Rect, img, img.Bounds().Min.Add(image.Pt(0, y)), draw.Src)
		copy(to.Pix[y*to.Stride:], row.Pix)
	}
	return to
}

var (
	errFormat = errors.New("not a PNG or JPEG")
	errEmpty  = errors.New("an image without pixels")
	errScans  = errors.New("too many scans")
)

// explain makes of an error of a decoder what there is to say about it.
func (o original) explain(err error, in *source) error {
	var strangeJPEG jpeg.UnsupportedError
	var strangePNG png.UnsupportedError
	switch {
	case in.err != nil && in.err != io.EOF && in.err != errScans:
		return in.err
	case err == errFormat:
		return Fault{o.name, "is geen PNG of JPEG"}
	case err == errEmpty:
		return Fault{o.name, "heeft geen pixels"}
	case in.err == errScans:
		return Fault{o.name, "bestaat uit te veel lagen"}
	case errors.As(err, &strangeJPEG), errors.As(err, &strangePNG):
		return Fault{o.name, fmt.Sprintf("is een soort afbeelding die kennishub niet kan verkleinen (%v)", err)}
	}
	return Fault{o.name, fmt.Sprintf("is beschadigd of niet heel (%v)", err)}
}

// maxScans is how many scans a JPEG may have. An ordinary one has at most some
// ten; each costs a walk over all pixels, and takes hardly a byte in the file.
const maxScans = 500

// source passes a file on. It remembers the error it ended with, because decoders
// turn errors of reading into their own, and it counts.
type source struct {
	r     io.Reader
	err   error
	scans int  // how many starts of a scan may still come; 0 is no limit
	last  byte // the last byte of what was read
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.r.Read(p)
	s.err = err
	if s.scans > 0 && n > 0 && !s.count(p[:n]) {
		n, s.err = 0, errScans
	}
	return n, s.err
}

// count counts the markers that start a scan (ITU T.81, annex B), which cannot
// stand in the data of a scan, and reports whether there are not too many.
func (s *source) count(p []byte) bool {
	found := bytes.Count(p, []byte("\xff\xda"))
	if s.last == 0xff && p[0] == 0xda {
		found++
	}
	s.last = p[len(p)-1]
	s.scans -= found
	return s.scans > 0
}
