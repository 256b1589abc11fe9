package media

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/gif"
	"image/png"
	"io"
	"path"
	"slices"
)

// Facts is what the contents of a file tell.
type Facts struct {
	SHA256 [sha256.Size]byte
	CRC32  uint32 // IEEE, as in a ZIP archive

	// Width and Height are in pixels as readers see the image, so after the
	// rotation that a camera noted. They are 0 for what is no image, for an image
	// of a type that is not read (AVIF, ICO), and for an SVG that names no size.
	Width, Height int

	// Problem says in Dutch what is wrong with a file that calls itself an image,
	// to be put behind its name: "is geen leesbare afbeelding". It is empty when
	// nothing is.
	Problem string
}

// What Problem says.
const (
	empty      = "is leeg"
	unreadable = "is geen leesbare afbeelding"
	disguised  = "is een %s-afbeelding, maar heet %s"
	unnamed    = `mist xmlns="http://www.w3.org/2000/svg" in het element svg`
)

// Inspect reads a file to its end, once and in little memory, and tells its
// facts. The name decides whether it should be an image: PNG, JPEG, GIF, WebP or
// SVG. Of an image only the head is looked at, so a file whose end is missing has
// no Problem, and a huge one costs nothing. A PNG that is called .jpg, or the
// other way round, is fine; readers see it.
//
// The error is one of reading; a file that is not what it should be has a Problem.
func Inspect(name string, r io.Reader) (Facts, error) {
	sum, crc := sha256.New(), crc32.NewIEEE()
	in := &source{r: r, sums: io.MultiWriter(sum, crc)}
	all := bufio.NewReaderSize(in, 64<<10)
	var f Facts
	switch label := TypeOf(name).Label; label {
	case "PNG", "JPEG", "GIF", "WebP", "SVG":
		f.Width, f.Height, f.Problem = measure(label, path.Ext(name), all)
	}
	var err error
	for err == nil {
		_, err = all.Discard(1 << 30)
	}
	if err != io.EOF {
		return Facts{}, err
	}
	f.SHA256, f.CRC32 = [sha256.Size]byte(sum.Sum(nil)), crc.Sum32()
	return f, nil
}

// source passes a file on and hashes it. It repeats the error it ended with,
// because decoders turn errors of reading into their own.
type source struct {
	r    io.Reader
	sums io.Writer
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	var n int
	n, s.err = s.r.Read(p)
	s.sums.Write(p[:n])
	return n, s.err
}

// measure reads the head of a file that calls itself an image of the type label
// by its ending.
func measure(label, ending string, r *bufio.Reader) (width, height int, problem string) {
	head, _ := r.Peek(30)
	var config image.Config
	var format string
	var err error
	switch {
	case len(head) == 0:
		return 0, 0, empty
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		format = "PNG"
		config, err = png.DecodeConfig(r)
	case bytes.HasPrefix(head, []byte("\xff\xd8")):
		format = "JPEG"
		var orientation int
		config.Width, config.Height, orientation = jpegHead(r)
		if orientation >= 5 {
			config.Width, config.Height = config.Height, config.Width
		}
	case bytes.HasPrefix(head, []byte("GIF8")):
		format = "GIF"
		config, err = gif.DecodeConfig(r)
	case bytes.HasPrefix(head, []byte("RIFF")) && bytes.HasPrefix(head[min(8, len(head)):], []byte("WEBP")):
		format = "WebP"
		config.Width, config.Height = webpSize(head)
	case label == "SVG":
		return svgSize(r)
	}
	if err != nil || config.Width < 1 || config.Height < 1 {
		return 0, 0, unreadable
	}
	alike := []string{"PNG", "JPEG"}
	if format != label && !(slices.Contains(alike, format) && slices.Contains(alike, label)) {
		problem = fmt.Sprintf(disguised, format, ending)
	}
	return config.Width, config.Height, problem
}

// webpSize reads the first 30 bytes of a WebP file (RFC 9649, section 2). It
// returns zeros when they are not that.
func webpSize(head []byte) (width, height int) {
	if len(head) < 30 {
		return 0, 0
	}
	switch string(head[12:16]) {
	case "VP8 ": // a key frame: tag, start code, twice 14 bits of size and 2 of scaling (RFC 6386, section 9.1)
		if head[20]&1 == 0 && string(head[23:26]) == "\x9d\x01\x2a" {
			size := binary.LittleEndian.Uint32(head[26:])
			return int(size & 0x3fff), int(size >> 16 & 0x3fff)
		}
	case "VP8L": // signature, twice 14 bits of size less one
		if head[20] == 0x2f {
			size := binary.LittleEndian.Uint32(head[21:])
			return int(size&0x3fff) + 1, int(size>>14&0x3fff) + 1
		}
	case "VP8X": // flags, twice 24 bits of size less one
		return int(binary.LittleEndian.Uint32(head[23:])>>8) + 1, int(binary.LittleEndian.Uint32(head[26:])>>8) + 1
	}
	return 0, 0
}

// factsVersion is the first byte of encoded facts. It goes up when Inspect tells
// something else about the same file.
const factsVersion = 1

// errFacts is what decoding gives for data that no facts were encoded to.
var errFacts = errors.New("media: these are no facts")

// AppendBinary appends the facts to b: version, SHA-256, CRC-32, width and height
// as uvarints, and the problem. It implements [encoding.BinaryAppender] and gives
// no errors.
func (f Facts) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, factsVersion)
	b = append(b, f.SHA256[:]...)
	b = binary.BigEndian.AppendUint32(b, f.CRC32)
	b = binary.AppendUvarint(b, uint64(f.Width))
	b = binary.AppendUvarint(b, uint64(f.Height))
	return append(b, f.Problem...), nil
}

// UnmarshalBinary makes f the facts that [Facts.AppendBinary] of this version
// appended to nothing. It returns an error, and leaves f as it was, when data
// cannot be that; it keeps nothing of data.
func (f *Facts) UnmarshalBinary(data []byte) error {
	const fixed = 1 + sha256.Size + 4
	if len(data) < fixed || data[0] != factsVersion {
		return errFacts
	}
	n := Facts{SHA256: [sha256.Size]byte(data[1:]), CRC32: binary.BigEndian.Uint32(data[1+sha256.Size:])}
	rest := data[fixed:]
	for _, pixels := range []*int{&n.Width, &n.Height} {
		v, size := binary.Uvarint(rest)
		if size <= 0 || v > 1<<31-1 {
			return errFacts
		}
		*pixels, rest = int(v), rest[size:]
	}
	n.Problem = string(rest)
	*f = n
	return nil
}
