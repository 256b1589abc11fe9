package picture

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
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
		config, err = png.DecodeConfig(r)
	case bytes.HasPrefix(magic, []byte("\xff\xd8")):
		h.format = "jpeg"
		config, err = jpeg.DecodeConfig(r)
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

// flatten brings an image to one of the types that [planes] knows.
func flatten(img image.Image) image.Image {
	var to draw.Image
	switch img.(type) {
	case *image.YCbCr, *image.RGBA, *image.Gray:
		return img
	case *image.Gray16:
		to = image.NewGray(img.Bounds())
	default:
		to = image.NewRGBA(img.Bounds())
	}
	draw.Draw(to, img.Bounds(), img, img.Bounds().Min, draw.Src)
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
