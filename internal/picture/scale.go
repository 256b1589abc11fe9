package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"

	xdraw "golang.org/x/image/draw"
)

// enough reports whether a width can well be made of an image that is so many
// pixels wide. Halving is quick, but the good filter must take the last step: when
// it takes off a quarter or more, the result is as good as without halving.
func enough(pixels, width int) bool { return 3*pixels >= 4*width }

// plane is what makes up an image: rows of samples, some channels at each place.
type plane struct {
	samples               []uint8
	stride, width, height int
	channels              int
}

// planes are the planes of an image that came from [flatten] or [halve].
func planes(img image.Image) []plane {
	size := img.Bounds().Size()
	switch img := img.(type) {
	case *image.YCbCr:
		// The colours have fewer samples than the light.
		last := img.COffset(size.X-1, size.Y-1)
		width, height := last%img.CStride+1, last/img.CStride+1
		return []plane{
			{img.Y, img.YStride, size.X, size.Y, 1},
			{img.Cb, img.CStride, width, height, 1},
			{img.Cr, img.CStride, width, height, 1},
		}
	case *image.Gray:
		return []plane{{img.Pix, img.Stride, size.X, size.Y, 1}}
	}
	rgba := img.(*image.RGBA)
	return []plane{{rgba.Pix, rgba.Stride, size.X, size.Y, 4}}
}

// half is the size of what is halved: the last of an odd number of pixels counts
// double.
func half(n int) int { return (n + 1) / 2 }

// halve makes an image half as wide and high, by the mean of four pixels each.
func halve(img image.Image) image.Image {
	size := image.Rect(0, 0, half(img.Bounds().Dx()), half(img.Bounds().Dy()))
	var to image.Image
	switch img := img.(type) {
	case *image.YCbCr:
		to = image.NewYCbCr(size, img.SubsampleRatio)
	case *image.Gray:
		to = image.NewGray(size)
	default:
		to = image.NewRGBA(size)
	}
	from := planes(img)
	for i, p := range planes(to) {
		halvePlane(p, from[i])
	}
	return to
}

func halvePlane(to, from plane) {
	n := from.channels
	for y := range to.height {
		row := to.samples[y*to.stride:][:to.width*n]
		upper := from.samples[2*y*from.stride:][:from.width*n]
		lower := from.samples[min(2*y+1, from.height-1)*from.stride:][:from.width*n]
		for x := range to.width {
			left, right := 2*x*n, min(2*x+1, from.width-1)*n
			for c := range n {
				sum := int(upper[left+c]) + int(upper[right+c]) + int(lower[left+c]) + int(lower[right+c])
				row[x*n+c] = uint8((sum + 2) / 4)
			}
		}
	}
}

// strip is how many rows or columns are filtered at a time. The filter takes 32
// bytes for each pixel that is done in one direction only; by strips that is little.
const strip = 64

// filterMemory is how many bytes the filter takes for each row or column: those of
// a strip, and less than half as many for the weights.
const filterMemory = 48 * strip

// scale brings an image to a size, first its width and then its height.
func scale(img image.Image, size image.Point) *image.RGBA {
	from := img.Bounds().Size()
	narrow := image.NewRGBA(image.Rect(0, 0, size.X, from.Y))
	across := xdraw.CatmullRom.NewScaler(size.X, strip, from.X, strip)
	for y := 0; y < from.Y; y += strip {
		end := min(y+strip, from.Y)
		across.Scale(narrow, image.Rect(0, y, size.X, end), img, image.Rect(0, y, from.X, end), draw.Src, nil)
	}
	small := image.NewRGBA(image.Rectangle{Max: size})
	down := xdraw.CatmullRom.NewScaler(strip, size.Y, strip, from.Y)
	for x := 0; x < size.X; x += strip {
		end := min(x+strip, size.X)
		down.Scale(small, image.Rect(x, 0, end, size.Y), narrow, image.Rect(x, 0, end, from.Y), draw.Src, nil)
	}
	return small
}

// swapIf swaps width and height when the image was taken on its side.
func swapIf(turned bool, p image.Point) image.Point {
	if turned {
		return image.Pt(p.Y, p.X)
	}
	return p
}

// turn sets an image upright that was taken with this orientation (Exif 2.32, tag
// 0x0112).
func turn(img *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return img
	}
	size := img.Bounds().Size()
	to := image.NewRGBA(image.Rectangle{Max: swapIf(orientation >= 5, size)})
	for y := range size.Y {
		for x := range size.X {
			p := image.Pt(x, y)
			switch orientation {
			case 2, 3, 7, 8:
				p.X = size.X - 1 - x
			}
			switch orientation {
			case 3, 4, 6, 7:
				p.Y = size.Y - 1 - y
			}
			p = swapIf(orientation >= 5, p)
			copy(to.Pix[to.PixOffset(p.X, p.Y):][:4], img.Pix[img.PixOffset(x, y):])
		}
	}
	return to
}

// reduce brings an image to the colours that its original had, because a PNG
// takes several times as much without a palette. When those were few, their
// mixtures come with them: they are what smooth edges are made of.
func reduce(img *image.RGBA, colours color.Palette) *image.Paletted {
	to := image.NewPaletted(img.Rect, mixtures(colours))
	index := map[[4]uint8]uint8{}
	for i := range to.Pix { // neither has room between its rows
		c := [4]uint8(img.Pix[4*i:])
		n, ok := index[c]
		if !ok {
			n = uint8(to.Palette.Index(color.RGBA{c[0], c[1], c[2], c[3]}))
			index[c] = n
		}
		to.Pix[i] = n
	}
	return to
}

// mixtures adds to a palette the steps between each two of its colours, as many as
// a palette has room for, up to the 14 that make two colours a palette of 4 bits.
func mixtures(colours color.Palette) color.Palette {
	all := slices.Clone(colours)
	steps := 0
	if pairs := len(colours) * (len(colours) - 1) / 2; pairs > 0 {
		steps = min(14, (256-len(colours))/pairs)
	}
	for i, a := range colours {
		for _, b := range colours[:i] {
			for step := 1; step <= steps; step++ {
				all = append(all, mixture(a, b, step, steps+1))
			}
		}
	}
	return all
}

func mixture(a, b color.Color, step, steps int) color.Color {
	p, q := color.RGBAModel.Convert(a).(color.RGBA), color.RGBAModel.Convert(b).(color.RGBA)
	mix := func(a, b uint8) uint8 { return uint8((int(a)*step + int(b)*(steps-step) + steps/2) / steps) }
	return color.RGBA{mix(p.R, q.R), mix(p.G, q.G), mix(p.B, q.B), mix(p.A, q.A)}
}

// quality is that of a JPEG: above it the bytes grow faster than what is seen.
const quality = 82

// encode writes an image with the colours of its original.
func encode(rgba *image.RGBA, model color.Model, format string) (data []byte, err error) {
	var img image.Image = rgba
	if colours, ok := model.(color.Palette); ok {
		img = reduce(rgba, colours)
	} else if model == color.GrayModel || model == color.Gray16Model {
		gray := image.NewGray(rgba.Rect)
		draw.Draw(gray, gray.Rect, rgba, image.Point{}, draw.Src)
		img = gray
	}
	var out bytes.Buffer
	if format == "png" {
		err = png.Encode(&out, img)
	} else {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: quality})
	}
	return out.Bytes(), err
}
