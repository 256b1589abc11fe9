// Package picture makes smaller widths of photos and screenshots, so that a phone
// need not load what a large screen shows.
//
//	widths := picture.Widths(facts.Width, facts.Height, name) // [480 960]
//	store := picture.NewStore(".kennishub/images")
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
// ask, what they have in memory at a time is at most 512 MB, reckoned by the sort
// of each original; what takes more than that alone is refused.
package picture

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/semaphore"
)

// Version is part of what a made picture is kept under. It goes up when the bytes
// change.
const Version = 1

// MaxPixels is how many pixels an original may have to be made smaller. Ordinary
// sorts of that size fit in memory; a progressive JPEG with full colours may
// have half of it.
const MaxPixels = 64_000_000

// maxMemory is how many bytes all originals that are being made smaller may take,
// by their [head.memory].
const maxMemory = 512 << 20

var budget = semaphore.NewWeighted(maxMemory)

// littered is how many bytes were given back to the budget and may not be collected
// yet: left to itself, the collector lets as much lie about as is in use.
var littered atomic.Int64

func release(memory int64) {
	if littered.Add(memory) > maxMemory/4 {
		littered.Store(0)
		runtime.GC()
	}
	budget.Release(memory)
}

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
	if int64(h.size.X)*int64(h.size.Y) > MaxPixels {
		return Fault{o.name, fmt.Sprintf("is te groot: %d×%d is meer dan %d miljoen pixels", h.size.X, h.size.Y, MaxPixels/1_000_000)}
	}
	var memory int64
	for _, width := range widths {
		if width < 1 || width > h.size.X {
			return fmt.Errorf("picture: no %d pixels can be made of the %d that %s is wide", width, h.size.X, o.name)
		}
		memory = max(memory, h.memory(width))
	}
	if memory > maxMemory {
		return Fault{o.name, fmt.Sprintf("is te groot: %d×%d pixels van deze soort verkleinen kost meer dan %d MB geheugen", h.size.X, h.size.Y, maxMemory>>20)}
	}
	if err := budget.Acquire(context.Background(), memory); err != nil {
		return err
	}
	defer release(memory)
	decoded, err := o.decode(h.format, sum)
	if err != nil {
		return err
	}
	img, colours := flatten(decoded), decoded.ColorModel()

	// What is halved for a large width serves the smaller ones. A width's bytes are
	// the same whichever others are made.
	turned := h.orientation >= 5
	for _, width := range slices.Backward(slices.Sorted(slices.Values(widths))) {
		for enough(half(swapIf(turned, img.Bounds().Size()).X), width) {
			img = halve(img)
		}
		data, err := encode(turn(scale(img, swapIf(turned, h.scaled(width))), h.orientation), colours, h.format)
		if err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
		if err := put(width, data); err != nil {
			return err
		}
	}
	return nil
}
