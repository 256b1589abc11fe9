package yaml

// Kind is the sort of a node.
type Kind uint8

const (
	Null Kind = iota // nothing was written, or null, or ~
	Scalar
	List
	Map
)

// Node is a YAML value with the place where it stands. Aliases are resolved, so
// a node has no more structure than what it shows.
type Node struct {
	Kind  Kind
	Text  string // a scalar as written (unquoted)
	Tag   string // of a scalar: "str", "int", "float", "bool", "timestamp"; a quoted scalar is always "str"
	Block bool   // a scalar written below | or >, so its text begins on the next line
	Items []*Node
	Pairs []Pair // in the order of the file; keys are unique
	Line  int    // 1-based line in the file
	Col   int    // 1-based column in characters
}

// Pair is a key of a map with its value.
type Pair struct {
	Key   *Node // a scalar
	Value *Node
}

// Get returns the value of a key of a map, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, p := range n.Pairs {
		if p.Key.Text == key {
			return p.Value
		}
	}
	return nil
}
