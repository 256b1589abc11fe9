package media

import (
	"encoding/xml"
	"io"
	"math"
	"strconv"
	"strings"
)

// svgHead is how many bytes of an SVG are looked through for its root element.
const svgHead = 1 << 20

// svgSize reads the size of an SVG from its root element: width and height, and
// what is missing of those from the viewBox (SVG 2, section 8). Without either the
// size is 0, which is no problem.
func svgSize(r io.Reader) (width, height int, problem string) {
	d := xml.NewDecoder(io.LimitReader(r, svgHead))
	d.Strict = false // drawing programs declare entities of their own
	// What is read of the root is ASCII in every encoding that occurs.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := d.Token()
		if err != nil {
			return 0, 0, unreadable
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch {
		case root.Name.Local != "svg":
			return 0, 0, unreadable
		case root.Name.Space != "http://www.w3.org/2000/svg" && !strings.HasPrefix(root.Name.Space, "&"): // an entity
			return 0, 0, unnamed
		}
		width, height = svgPixels(root.Attr)
		return width, height, ""
	}
}

func svgPixels(attributes []xml.Attr) (width, height int) {
	var w, h, boxWidth, boxHeight float64
	for _, a := range attributes {
		switch a.Name {
		case xml.Name{Local: "width"}:
			w = cssPixels(a.Value)
		case xml.Name{Local: "height"}:
			h = cssPixels(a.Value)
		case xml.Name{Local: "viewBox"}:
			if box := strings.Fields(strings.ReplaceAll(a.Value, ",", " ")); len(box) == 4 {
				boxWidth, boxHeight = cssPixels(box[2]), cssPixels(box[3])
			}
		}
	}
	switch {
	case w > 0 && h > 0:
	case boxWidth == 0 || boxHeight == 0:
		return 0, 0
	case w > 0:
		h = w * boxHeight / boxWidth
	case h > 0:
		w = h * boxWidth / boxHeight
	default:
		w, h = boxWidth, boxHeight
	}
	if w > svgMost || h > svgMost {
		return 0, 0
	}
	return int(math.Max(1, math.Round(w))), int(math.Max(1, math.Round(h)))
}

// cssUnits are the absolute lengths of CSS in pixels (CSS Values 4, section 6.2).
var cssUnits = map[string]float64{
	"": 1, "px": 1, "pt": 96.0 / 72, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54,
}

// svgMost is the longest length in pixels that is believed.
const svgMost = 1 << 20

// cssPixels reads a length. It is 0 for one that says nothing about pixels ("100%",
// "3em"), is not above zero, is absurd, or is none.
func cssPixels(length string) float64 {
	length = strings.TrimSpace(length)
	number := strings.TrimRight(length, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%")
	v, err := strconv.ParseFloat(number, 64)
	v *= cssUnits[strings.ToLower(length[len(number):])]
	if err != nil || !(v > 0 && v <= svgMost) {
		return 0
	}
	return v
}
