package attachment

import (
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/encoding/charmap"
)

// matrix is [a b c d e f] of ISO 32000-1, 8.3.4.
type matrix [6]float64

// times gives the matrix that does m first and then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// state is what q saves and Q restores, as far as text needs it (8.4, 9.3).
type state struct {
	ctm                          matrix
	font                         *font
	size, stretch, leading, rise float64
	betweenLetters, betweenWords float64
}

var identity = matrix{1, 0, 0, 1, 0, 0}

var initial = state{ctm: identity, stretch: 1, font: &font{size: 1}}

// page is a page that is being read.
type page struct {
	*document
	line    []glyph
	damaged error // a fault in it
}

// glyph is a letter on the page, with places in its coordinates.
type glyph struct {
	text       string
	x, y       float64 // where it begins
	endX, endY float64 // where the next one is when they stand close
	dirX, dirY float64 // of the line it stands on, of length 1
	size       float64 // of its font, along the height
	gap        float64 // from the letter before it on the line, in sizes
}

// operands are what stands before an operator.
type operands []token

// numbers gives the last n operands, zeros when they are no numbers.
func (o operands) numbers(n int) []float64 {
	all := make([]float64, n)
	for i := range min(n, len(o)) {
		all[n-1-i] = o[len(o)-1-i].number
	}
	return all
}

// last gives the text of the last operand.
func (o operands) last() string {
	if len(o) == 0 {
		return ""
	}
	return o[len(o)-1].text
}

// draw reads the text that a content stream draws (9.4), with depth the number
// of forms it is in.
func (p *page) draw(data []byte, r *resources, s state, depth int) {
	l := lexer{data: data}
	var args operands
	var saved []state
	var place, line matrix // of the text and of its line
	var open marks
	move := func(x, y float64) {
		line = matrix{1, 0, 0, 1, x, y}.times(line)
		place = line
	}
	show := func(text string) { p.show(text, &s, &place, open) }
	for !p.cut {
		t := l.next()
		if t.kind == tokenEnd {
			return
		}
		if t.kind != tokenWord {
			// No operator has so many; it is garbage.
			if len(args) < 1<<16 {
				args = append(args, t)
			}
			continue
		}
		switch t.text {
		case "q":
			saved = append(saved, s)
		case "Q":
			if n := len(saved); n > 0 {
				s, saved = saved[n-1], saved[:n-1]
			}
		case "cm":
			s.ctm = matrix(args.numbers(6)).times(s.ctm)
		case "BT":
			place, line = identity, identity
		case "Tf":
			if len(args) == 2 {
				s.font, s.size = p.font(r, args[0].text), args[1].number
			}
		case "Tc":
			s.betweenLetters = args.numbers(1)[0]
		case "Tw":
			s.betweenWords = args.numbers(1)[0]
		case "Tz":
			s.stretch = args.numbers(1)[0] / 100
		case "TL":
			s.leading = args.numbers(1)[0]
		case "Ts":
			s.rise = args.numbers(1)[0]
		case "Td", "TD":
			to := args.numbers(2)
			if t.text == "TD" {
				s.leading = -to[1]
			}
			move(to[0], to[1])
		case "Tm":
			line = matrix(args.numbers(6))
			place = line
		case "T*":
			move(0, -s.leading)
		case "Tj":
			show(args.last())
		case "'":
			move(0, -s.leading)
			show(args.last())
		case "\"":
			if len(args) == 3 {
				s.betweenWords, s.betweenLetters = args[0].number, args[1].number
			}
			move(0, -s.leading)
			show(args.last())
		case "TJ":
			for _, a := range args {
				switch a.kind {
				case tokenString:
					show(a.text)
				case tokenNumber:
					place = matrix{1, 0, 0, 1, -a.number / 1000 * s.size * s.stretch, 0}.times(place)
				}
			}
		case "BMC":
			open = append(open, mark{})
		case "BDC":
			open = append(open, markOf(args, r))
		case "EMC":
			if n := len(open); n > 0 {
				open = open[:n-1]
			}
		case "Do":
			// What is wrong in a form does not keep from what follows it.
			if err := guard(func() error { return p.drawForm(r.Key("XObject").Key(args.last()), r, s, depth) }); err != nil {
				p.damaged = err
			}
		case "ID":
			l.skipImage()
		}
		args = args[:0]
	}
}

// drawForm draws a page within a page (8.10).
func (p *page) drawForm(form pdf.Value, r *resources, s state, depth int) error {
	if form.Key("Subtype").Name() != "Form" || depth == maxForms {
		return nil
	}
	if own := form.Key("Resources"); own.Kind() == pdf.Dict {
		r = p.resourcesOf(own)
	}
	if m := form.Key("Matrix"); m.Len() == 6 {
		var to matrix
		for i := range to {
			to[i] = m.Index(i).Float64()
		}
		s.ctm = to.times(s.ctm)
	}
	data, damaged := unpacked(form)
	p.draw(data, r, s, depth+1)
	return damaged
}

// marks are the marked contents that are open, one in another (14.6).
type marks []mark

// mark has the text that stands for what is drawn in it (14.9.4): a ligature's
// letters, the whole of a hyphenated word.
type mark struct {
	text  string
	has   bool
	given bool
}

func markOf(args operands, r *resources) mark {
	for i := range len(args) - 1 {
		if args[i].kind == tokenName && args[i].text == "ActualText" && args[i+1].kind == tokenString {
			return mark{text: textString(args[i+1].text), has: true}
		}
	}
	if len(args) == 2 && args[1].kind == tokenName {
		if v := r.Key("Properties").Key(args[1].text).Key("ActualText"); v.Kind() == pdf.String {
			return mark{text: textString(v.RawString()), has: true}
		}
	}
	return mark{}
}

// textString reads a text string (7.9.2.2).
func textString(s string) string {
	if rest, ok := strings.CutPrefix(s, "\xfe\xff"); ok {
		return string(utf16.Decode(utf16Units(rest)))
	}
	if rest, ok := strings.CutPrefix(s, "\xef\xbb\xbf"); ok {
		return rest
	}
	text, _ := charmap.Windows1252.NewDecoder().String(s) // alike in all that Dutch has
	return text
}

// of gives what stands for a letter: the text of the outermost mark that has
// one, for the first letter in it.
func (m marks) of(letter string) string {
	for i := range m {
		if m[i].has {
			if m[i].given {
				return ""
			}
			m[i].given = true
			return m[i].text
		}
	}
	return letter
}

// show puts the letters of a string on the line and moves place behind them.
func (p *page) show(s string, st *state, place *matrix, instead marks) {
	f := st.font
	for i := 0; i+f.size <= len(s); i += f.size {
		code := uint16(s[i])
		if f.size == 2 {
			code = code<<8 | uint16(s[i+1])
		}
		letter, width := f.letter(code)
		if letter == "" {
			p.unknown++
		} else {
			p.known++
		}
		m := matrix{st.size * st.stretch, 0, 0, st.size, 0, st.rise}.times(*place).times(st.ctm)
		length := math.Hypot(m[0], m[1])
		p.add(glyph{
			text: instead.of(letter),
			x:    m[4], y: m[5],
			endX: m[4] + width*m[0], endY: m[5] + width*m[1],
			dirX: m[0] / length, dirY: m[1] / length,
			size: math.Hypot(m[2], m[3]),
		})
		forward := width*st.size + st.betweenLetters
		if f.size == 1 && code == ' ' {
			forward += st.betweenWords
		}
		*place = matrix{1, 0, 0, 1, forward * st.stretch, 0}.times(*place)
	}
}

// What tells lines and words apart, in sizes of the letters.
const (
	sameLine = 0.5     // how far a letter may stand above or below the one before it, as 12² does
	backward = 1.0     // how far it may go back
	wordGap  = 0.1     // the least space between words
	maxLine  = 1 << 14 // letters on it
)

// add puts a letter behind the others on the line or begins a line with it.
func (p *page) add(g glyph) {
	if len(p.line) > 0 {
		last := p.line[len(p.line)-1]
		size := max(g.size, last.size)
		dx, dy := g.x-last.endX, g.y-last.endY
		along := dx*last.dirX + dy*last.dirY
		across := dx*last.dirY - dy*last.dirX
		turned := g.dirX*last.dirX+g.dirY*last.dirY < 0.99
		if turned || math.Abs(across) > sameLine*size || along < -backward*size || len(p.line) == maxLine {
			p.endLine()
		} else {
			g.gap = along / size
		}
	}
	p.line = append(p.line, g)
}

// endLine writes the line at hand.
func (p *page) endLine() {
	least := wordGap + p.spacing()
	before := " "
	for _, g := range p.line {
		if g.gap > least && !strings.HasSuffix(before, " ") && !strings.HasPrefix(g.text, " ") {
			p.write(" ")
		}
		p.write(g.text)
		before = g.text
	}
	if len(p.line) > 0 {
		p.write("\n")
	}
	p.line = p.line[:0]
}

// spacing gives how far the letters of the line are spaced out, in sizes: the gap
// in its middle, 0 when there are few.
func (p *page) spacing() float64 {
	const few, most = 5, 0.8
	var gaps []float64
	for i, g := range p.line {
		if i > 0 && g.text != " " && p.line[i-1].text != " " {
			gaps = append(gaps, g.gap)
		}
	}
	if len(gaps) < few {
		return 0
	}
	slices.Sort(gaps)
	return min(max(0, gaps[len(gaps)/2]), most)
}
