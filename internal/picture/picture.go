// Package picture makes smaller widths of photos and screenshots, so that a phone
// need not load what a large screen shows.
//
//	widths := picture.Widths(facts.Width, facts.Height, name) // [480 960]
//	store := picture.NewStore(".kennishub/pictures")
//	small, err := store.Open(facts.SHA256, name, 480, widths, open)
//	err = store.Prune()
//
// What is made of a PNG is a PNG, of a JPEG a JPEG. It has 8 bits a channel, stays
// grey when the original is, and takes over the colours of a palette. It stands
// upright and holds nothing but pixels: where and by whom a photo was taken is not
// in it, and neither is a colour profile. GIF and WebP get no smaller widths: they
// may move, and nothing here would write them as small as they are.
//
// The bytes depend on the original and the width alone. However many goroutines
// ask, what is in memory at a time are the pixels of at most two of the largest
// originals.
package picture

import (
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"io"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/semaphore"
)

// Version is part of what a made picture is kept under. It goes up when the bytes
// change.
const Version = 1

// MaxPixels is how many pixels an original may have to be made smaller. Each takes
// 2 to 15 bytes to decode, depending on the sort of file.
const MaxPixels = 100_000_000

// budget is how many pixels may be in memory at a time.
var budget = semaphore.NewWeighted(2 * MaxPixels)

// Widths returns which smaller widths are made of an image, in pixels from small
// to large: those of 480, 960 and 1440 that are at least a fifth smaller. Width
// and height are those that readers see. A file that is not called .png, .jpg or
// .jpeg has none, and neither has one of more than [MaxPixels].
func Widths(width, height int, name string) []int {
	switch strings.ToLower(path.Ext(name)) {
	case ".png", ".jpg", ".jpeg":
	default:
		return nil
	}
	var widths []int
	for _, w := range []int{480, 960, 1440} {
		if 5*w <= 4*width && int64(width)*int64(height) <= MaxPixels {
			widths = append(widths, w)
		}
	}
	return widths
}

// Fault is the error for an original that cannot be made smaller because of what
// is in it. All other errors are those of opening, reading and putting.
type Fault struct {
	Name    string
	Problem string // in Dutch, to be put behind the name: "is geen PNG of JPEG"
}

func (f Fault) Error() string { return f.Name + " " + f.Problem }

// Make makes an image in each of the widths and puts them, the largest first. The
// original is opened twice, one after the other: for its head, and for all of it.
// The contents decide what it is, so a PNG that is called .jpg stays a PNG. The
// name is for errors; those of the contents are a [Fault].
func Make(open func() (io.ReadCloser, error), name string, widths []int, put func(width int, data []byte) error) error {
	return makeOf(original{open, name}, nil, widths, put)
}

// makeOf does what Make does, and nothing with an original that turns out to have
// another SHA-256 than sum, when there is one.
func makeOf(o original, sum *[sha256.Size]byte, widths []int, put func(width int, data []byte) error) error {
	h, err := o.head()
	if err != nil {
		return err
	}
	pixels := int64(h.size.X) * int64(h.size.Y)
	if pixels > MaxPixels {
		return Fault{o.name, fmt.Sprintf("is te groot: %d×%d is meer dan %d miljoen pixels", h.size.X, h.size.Y, MaxPixels/1_000_000)}
	}
	if err := budget.Acquire(context.Background(), pixels); err != nil {
		return err
	}
	defer budget.Release(pixels)
	decoded, err := o.decode(h.format, sum)
	if err != nil {
		return err
	}
	img, colours := flatten(decoded), decoded.ColorModel()

	// What is halved for a large width serves the smaller ones. A width's bytes are
	// the same whichever others are made.
	turned := h.orientation >= 5
	for _, width := range slices.Backward(slices.Sorted(slices.Values(widths))) {
		if width < 1 || width > h.size.X {
			return fmt.Errorf("picture: no %d pixels can be made of the %d that %s is wide", width, h.size.X, o.name)
		}
		for enough(half(swapIf(turned, img.Bounds().Size()).X), width) {
			img = halve(img)
		}
		size := image.Pt(width, max(1, (width*h.size.Y+h.size.X/2)/h.size.X))
		data, err := encode(turn(scale(img, swapIf(turned, size)), h.orientation), colours, h.format)
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		if err := put(width, data); err != nil {
			return err
		}
	}
	return nil
}
