package yaml

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// The library takes about as long over the front matter of a page as Markdown
// over a paragraph or ten, and nearly all front matter is plain: keys without
// indentation with one-line values, lists of those, and lists of one-line maps.
// plain reads that itself, some ten times faster. At the least doubt it leaves
// the whole text to the library, so it has no faults of its own, and a fuzz test
// holds it to the library's results.
func (p *parse) plain() (*Node, bool) {
	r := &plainReader{text: string(p.src), line: p.offset}
	if strings.IndexByte(r.text, '\t') >= 0 {
		return nil, false
	}
	root := r.node()
	root.Kind = Map
	root.Pairs = make([]Pair, 0, 16)
	var list *Node // that the next lines may add to, in column listCol
	listCol := 0
	for r.next() {
		s := r.current
		indent := len(s) - len(strings.TrimLeft(s, " "))
		switch {
		case indent == len(s), indent == 0 && s[0] == '#':
			continue
		case s[indent] == '-':
			if list == nil || list.Kind == List && listCol != indent {
				return nil, false
			}
			at := skipSpaces(s, indent+1)
			if at == indent+1 || at == len(s) {
				return nil, false
			}
			if list.Kind == Null {
				list.Kind, list.Line, list.Col = List, r.line, indent+1
				listCol = indent
			}
			item, ok := r.value(at)
			if !ok {
				return nil, false
			}
			list.Items = append(list.Items, item)
			continue
		case indent > 0:
			return nil, false
		}
		end := keyEnd(s, 0)
		if end == 0 || len(root.Pairs) == maxPlain {
			return nil, false
		}
		key := r.node()
		key.Kind, key.Tag, key.Text, key.Line, key.Col = Scalar, "str", s[:end], r.line, 1
		if root.Get(key.Text) != nil {
			return nil, false
		}
		var value *Node
		if at := skipSpaces(s, end+1); at == len(s) {
			if at > end+1 {
				return nil, false
			}
			value = r.node()
			value.Line, value.Col = r.line, at+1
			list = value
		} else {
			var ok bool
			if value, ok = r.value(at); !ok {
				return nil, false
			}
			list = nil
		}
		if len(root.Pairs) == 0 {
			root.Line, root.Col = r.line, 1
		}
		root.Pairs = append(root.Pairs, Pair{Key: key, Value: value})
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
