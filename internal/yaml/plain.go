package yaml

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The library takes about as long over the front matter of a page as Markdown
// over a paragraph or ten, and nearly all front matter is plain: keys without
// indentation with one-line values or a text below a |, and lists and maps of
// those, one deep or on one line. plain reads that itself, some ten times faster.
// At the least doubt it leaves the whole text to the library, so it has no faults
// of its own, and a fuzz test holds it to the library's results.
func (p *parse) plain() (*Node, bool) {
	r := &plainReader{text: string(p.src), line: p.offset}
	if strings.IndexByte(r.text, '\t') >= 0 {
		return nil, false
	}
	root := r.node()
	root.Kind = Map
	root.Pairs = make([]Pair, 0, 16)
	var block *Node // the value of the last key, when the next lines may add to it
	for r.next() {
		s := r.current
		indent := skipSpaces(s, 0)
		if indent == len(s) || s[0] == '#' {
			continue
		}
		if indent == 0 && s[0] != '-' {
			var ok bool
			if block, ok = r.pair(root, 0); !ok {
				return nil, false
			}
			continue
		}
		kind := Map
		if s[indent] == '-' {
			kind = List
		}
		if block != nil && block.Kind == Null {
			block.Kind, block.Line, block.Col = kind, r.line, indent+1
		}
		if block == nil || block.Kind != kind || block.Col != indent+1 {
			return nil, false
		}
		if kind == Map {
			if inner, ok := r.pair(block, indent); !ok || inner != nil {
				return nil, false
			}
			continue
		}
		at := skipSpaces(s, indent+1)
		if at == indent+1 || at == len(s) {
			return nil, false
		}
		item, ok := r.value(at)
		if !ok {
			return nil, false
		}
		block.Items = append(block.Items, item)
	}
	return root, len(root.Pairs) > 0
}

// maxPlain is how many keys may be compared with each other for doubles.
const maxPlain = 64

type plainReader struct {
	text    string // that is left
	current string // line, without its end
	line    int    // number of current in the file
	nodes   []Node // room for new ones
}

func (r *plainReader) next() bool {
	if r.text == "" {
		return false
	}
	r.current, r.text, _ = strings.Cut(r.text, "\n")
	r.current = strings.TrimSuffix(r.current, "\r")
	r.line++
	return true
}

func (r *plainReader) node() *Node {
	if len(r.nodes) == 0 {
		r.nodes = make([]Node, 32)
	}
	n := &r.nodes[0]
	r.nodes = r.nodes[1:]
	return n
}

// pair reads the key at an index of the current line and its value into m. It
// gives the value when there is none on the line.
func (r *plainReader) pair(m *Node, at int) (open *Node, ok bool) {
	s := r.current
	end := keyEnd(s, at)
	if end == 0 || len(m.Pairs) == maxPlain || m.Get(s[at:end]) != nil {
		return nil, false
	}
	key := r.at(s, at)
	key.Kind, key.Tag, key.Text = Scalar, "str", s[at:end]
	if len(m.Pairs) == 0 {
		m.Line, m.Col = key.Line, key.Col
	}
	var value *Node
	switch begin := skipSpaces(s, end+1); {
	case begin == len(s):
		if begin > end+1 {
			return nil, false
		}
		value = r.at(s, begin)
		open = value
	case s[begin:] == "|":
		value, ok = r.literal(begin, at)
	default:
		value, ok = r.value(begin)
	}
	m.Pairs = append(m.Pairs, Pair{Key: key, Value: value})
	return open, ok || open != nil
}

// literal reads the lines below the | at an index of the current line, which stand
// deeper than the key at another.
func (r *plainReader) literal(at, key int) (*Node, bool) {
	n := r.at(r.current, at)
	n.Kind, n.Tag, n.Block = Scalar, "str", true
	var text strings.Builder
	indent, blank := 0, 0
	for r.text != "" {
		s, rest, ended := strings.Cut(r.text, "\n")
		s = strings.TrimSuffix(s, "\r")
		spaces := skipSpaces(s, 0)
		if spaces < len(s) {
			if indent == 0 {
				indent = spaces
			}
			if spaces < indent || indent <= key {
				break
			}
			for ; blank > 0; blank-- {
				text.WriteByte('\n')
			}
			text.WriteString(s[indent:])
			text.WriteByte('\n')
		} else if blank++; spaces > 0 {
			return nil, false
		}
		if !ended {
			return nil, false
		}
		r.text = rest
		r.line++
	}
	n.Text = text.String()
	return n, n.Text != ""
}

// value reads what stands on the current line from at to its end.
func (r *plainReader) value(at int) (*Node, bool) {
	s := strings.TrimRight(r.current, " ")
	var n *Node
	end := 0
	switch s[at] {
	case '[':
		n, end = r.flowList(s, at)
	case '{':
		n, end = r.flowMap(s, at)
	case '"', '\'':
		n, end = r.quoted(s, at)
	default:
		n, end = r.scalar(s, at, len(s)), len(s)
	}
	return n, n != nil && end == len(s)
}

// The readers below give nil, or a value and the index behind it.

func (r *plainReader) flowList(s string, at int) (*Node, int) {
	n := r.at(s, at)
	n.Kind = List
	if at = skipSpaces(s, at+1); at < len(s) && s[at] == ']' {
		return n, at + 1
	}
	for at < len(s) {
		item, end := r.flowValue(s, at, ']')
		if item == nil {
			return nil, 0
		}
		n.Items = append(n.Items, item)
		if s[end] == ']' {
			return n, end + 1
		}
		at = skipSpaces(s, end+1)
	}
	return nil, 0
}

func (r *plainReader) flowMap(s string, at int) (*Node, int) {
	n := r.at(s, at)
	n.Kind = Map
	for at = skipSpaces(s, at+1); at < len(s); {
		end := keyEnd(s, at)
		if end == 0 {
			return nil, 0
		}
		key := r.at(s, at)
		key.Kind, key.Tag, key.Text = Scalar, "str", s[at:end]
		if n.Get(key.Text) != nil || len(n.Pairs) == maxPlain {
			return nil, 0
		}
		value, end := r.flowValue(s, skipSpaces(s, end+1), '}')
		if value == nil {
			return nil, 0
		}
		n.Pairs = append(n.Pairs, Pair{Key: key, Value: value})
		if s[end] == '}' {
			return n, end + 1
		}
		at = skipSpaces(s, end+1)
	}
	return nil, 0
}

// flowValue reads a scalar up to a comma or the closing bracket, which is then at
// the index that it gives.
func (r *plainReader) flowValue(s string, at int, closing byte) (*Node, int) {
	if at >= len(s) {
		return nil, 0
	}
	if s[at] == '"' || s[at] == '\'' {
		n, end := r.quoted(s, at)
		if n == nil {
			return nil, 0
		}
		if end = skipSpaces(s, end); end == len(s) || s[end] != ',' && s[end] != closing {
			return nil, 0
		}
		return n, end
	}
	length := strings.IndexAny(s[at:], ",[]{}?:")
	if length < 0 || s[at+length] != ',' && s[at+length] != closing {
		return nil, 0
	}
	return r.scalar(s, at, at+length), at + length
}

// quoted reads a quoted scalar in which nothing is escaped.
func (r *plainReader) quoted(s string, at int) (*Node, int) {
	length := strings.IndexByte(s[at+1:], s[at])
	if length < 0 {
		return nil, 0
	}
	text, end := s[at+1:at+1+length], at+length+2
	if s[at] == '"' && strings.IndexByte(text, '\\') >= 0 || end < len(s) && s[end] == s[at] {
		return nil, 0
	}
	n := r.at(s, at)
	n.Kind, n.Tag, n.Text = Scalar, "str", text
	return n, end
}

// scalar reads s[at:end] as a plain scalar.
func (r *plainReader) scalar(s string, at, end int) *Node {
	text := strings.TrimRight(s[at:end], " ")
	if text == "" || !wordStart(text[0]) || text[len(text)-1] == ':' || strings.Contains(text, ": ") || strings.Contains(text, " #") {
		return nil
	}
	n := r.at(s, at)
	n.Kind, n.Tag, n.Text = Scalar, "str", text
	// Only numbers, dates, true, false and null are more than text.
	if digit := text[0] <= '9'; digit || len(text) <= 5 && strings.IndexByte("tTfFnN", text[0]) >= 0 {
		tag := (&yaml.Node{Kind: yaml.ScalarNode, Value: text}).ShortTag()
		n.Tag = tag[2:]
		if n.Tag == "null" {
			n.Kind, n.Tag, n.Text = Null, "", ""
		}
	}
	return n
}

// at gives a new node for what stands at an index of the current line.
func (r *plainReader) at(s string, i int) *Node {
	n := r.node()
	n.Line, n.Col = r.line, utf8.RuneCountInString(s[:i])+1
	return n
}

// keyEnd gives the index of the colon behind the key at an index, 0 when there is
// no plain key.
func keyEnd(s string, at int) int {
	i := at
	for i < len(s) && (wordStart(s[i]) && s[i] < utf8.RuneSelf || i > at && (s[i] == '-' || s[i] == '_')) {
		i++
	}
	if i == at || i-at > 100 || i == len(s) || s[i] != ':' || i+1 < len(s) && s[i+1] != ' ' {
		return 0
	}
	return i
}

func wordStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= utf8.RuneSelf
}

func skipSpaces(s string, i int) int {
	for i < len(s) && s[i] == ' ' {
		i++
	}
	return i
}
