package theme

import (
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"kennishub/internal/diag"
)

// report tells of a fault at a byte offset in the text of a file.
type report func(file, text string, offset int, why, hint string)

// compile makes the engine ready. It goes over all templates twice: first as they
// were written, to report every fault in them, and then as html/template leaves
// them, with an escaper after each value. What is known to have no faults is only
// parsed, and compiled when it is asked for: a small site needs few templates.
func (e *engine) compile(known bool, fault report) {
	failed := false
	c := &compiler{engine: e, report: func(file, text string, offset int, why, hint string) {
		failed = true
		fault(file, text, offset, why, hint)
	}}
	shared := map[string]*parse.Tree{}
	for _, s := range append([]source{e.Base}, e.Partials...) {
		c.parse(s, shared)
	}
	pages := make([]map[string]*parse.Tree, len(e.Pages))
	for i, s := range e.Pages {
		own := map[string]*parse.Tree{}
		c.parse(s, own)
		pages[i] = maps.Clone(shared)
		maps.Copy(pages[i], own)
	}
	if failed {
		return
	}

	for i := range e.Pages {
		if base := pages[i]["base"]; base != nil {
			base = base.Copy()
			inline(base.Root, pages[i], nil)
			pages[i]["base"] = base
		}
	}
	if !known {
		c.parts = newUnit(c, shared)
		for i, s := range e.Pages {
			newUnit(c, pages[i]).proc("base", viewType(s.Name))
		}
		if failed {
			return
		}
	}

	c.escaped = true
	c.parts = newUnit(c, shared)
	e.procs = make(map[string]*proc, len(e.Pages))
	e.page = func(name string) *proc {
		i := slices.IndexFunc(e.Pages, func(s source) bool { return s.Name == name })
		if i < 0 {
			return nil
		}
		u := newUnit(c, pages[i])
		if !u.escape("base", viewType(name), e.Pages[i].File) {
			return nil
		}
		return u.proc("base", viewType(name))
	}
	if !known {
		for _, s := range e.Pages {
			e.proc(s.Name)
		}
	}
}

// proc is the program of a template, compiled when it is first asked for.
func (e *engine) proc(name string) *proc {
	e.mu.Lock()
	defer e.mu.Unlock()
	p, ok := e.procs[name]
	if !ok {
		p = e.page(name)
		e.procs[name] = p
	}
	return p
}

type compiler struct {
	engine  *engine
	report  report
	parts   *unit // the partials by themselves, for the function part
	escaped bool  // the second time
}

// spaces are the runs of white space around line ends in a template's own text.
var spaces = regexp.MustCompile(`[ \t\r]*\n\s*`)

// parse adds the templates in s to trees.
func (c *compiler) parse(s source, trees map[string]*parse.Tree) {
	tree := parse.New(s.File)
	tree.Mode = parse.SkipFuncCheck // the compiler knows the functions, and has better hints
	own := map[string]*parse.Tree{}
	if _, err := tree.Parse(s.Text, "", "", own); err != nil {
		c.faultAt(err.Error(), "", "")
		return
	}
	if own[s.File] == nil {
		own[s.File] = tree
	}
	squeeze := !strings.Contains(s.Text, "<pre") && !strings.Contains(s.Text, "<textarea")
	for name, t := range own {
		if name == s.File {
			name = s.Name
		}
		if _, taken := trees[name]; taken {
			c.report(s.File, s.Text, 0, fmt.Sprintf("de naam %q is al van een andere sjabloon", name), "kies een andere naam")
		}
		if squeeze {
			squeezeText(t.Root)
		}
		trees[name] = t
	}
}

// squeezeText leaves one line end of each run of white space that has any.
func squeezeText(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		if text, ok := node.(*parse.TextNode); ok {
			text.Text = spaces.ReplaceAll(text.Text, []byte("\n"))
		}
		if b := branchOf(node); b != nil {
			squeezeText(b.List)
			squeezeText(b.ElseList)
		}
	}
}

func branchOf(node parse.Node) *parse.BranchNode {
	switch n := node.(type) {
	case *parse.IfNode:
		return &n.BranchNode
	case *parse.WithNode:
		return &n.BranchNode
	case *parse.RangeNode:
		return &n.BranchNode
	}
	return nil
}

// inline puts templates that are called with the dot of the page, such as the
// blocks of base, in the place of the call. html/template would otherwise make
// copies that it keeps to itself for those in an attribute or a title.
func inline(list *parse.ListNode, trees map[string]*parse.Tree, within []string) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TemplateNode:
			tree := trees[n.Name]
			if tree != nil && n.Pipe != nil && n.Pipe.String() == "." && !slices.Contains(within, n.Name) {
				body := tree.Root.CopyList()
				inline(body, trees, append(within, n.Name))
				nodes = append(nodes, body.Nodes...)
				continue
			}
		case *parse.IfNode:
			inline(n.List, trees, within)
			inline(n.ElseList, trees, within)
		}
		nodes = append(nodes, node)
	}
	list.Nodes = nodes
}

// position of the errors of Go's template packages, and of [parse.Tree.ErrorContext].
var templateError = regexp.MustCompile(`^(?:(?:html/)?template: ?)?([^:]+):(\d+)(?::(\d+))?:? ?(?s:(.*))$`)

// faultAt reports a fault at a location that starts with file:line:col, col being
// bytes from 0. Without why, what stands after it is the fault.
func (c *compiler) faultAt(location, why, hint string) {
	m := templateError.FindStringSubmatch(location)
	sources := slices.Concat([]source{c.engine.Base}, c.engine.Partials, c.engine.Pages)
	if m != nil {
		for _, s := range sources {
			if s.File == m[1] {
				if why == "" {
					why = "de sjabloon is fout: " + m[4]
				}
				line, _ := strconv.Atoi(m[2])
				col, _ := strconv.Atoi(m[3])
				offset := 0
				for range line - 1 {
					offset += strings.IndexByte(s.Text[offset:], '\n') + 1
				}
				c.report(s.File, s.Text, offset+col, why, hint)
				return
			}
		}
	}
	c.report("templates", "", 0, strings.TrimSpace(why+" "+location), hint)
}

// viewType is the type of view that a template gets.
func viewType(name string) reflect.Type {
	switch {
	case name == "zoeken":
		return reflect.TypeFor[*Search]()
	case TakesList(name):
		return reflect.TypeFor[*List]()
	}
	return reflect.TypeFor[*Page]()
}

// unit is a set of templates that can call each other: a page with everything it is
// made of, or the partials.
type unit struct {
	*compiler
	set   *template.Template
	procs map[procKey]*proc
	trees map[string]*parse.Tree
}

// procKey is a template with a type of dot.
type procKey struct {
	name string
	dot  reflect.Type
}

func newUnit(c *compiler, trees map[string]*parse.Tree) *unit {
	u := &unit{compiler: c, procs: map[procKey]*proc{}, trees: trees}
	if !c.escaped {
		return u
	}
	u.set = template.New("").Funcs(template.FuncMap{ // html/template only has to find the contexts
		"asset": func(string) string { return "" },
		"t":     func(string, ...any) string { return "" },
		"part":  func(string, any, ...string) template.HTML { return "" },
	})
	for name, tree := range trees {
		template.Must(u.set.AddParseTree(name, tree.Copy()))
	}
	return u
}

// escape has html/template put escapers in a template, which it does the first time
// that it executes it.
func (u *unit) escape(name string, dot reflect.Type, file string) bool {
	err := u.set.ExecuteTemplate(io.Discard, name, sample(dot).Interface())
	switch {
	case err == nil:
		return true
	case strings.Contains(err.Error(), "ends in a non-text context"):
		u.faultAt(file+":1:0: ", "de sjabloon eindigt midden in een tag, een attribuut of een script", "sluit wat open is gebleven")
	default:
		u.faultAt(err.Error(), "", "")
	}
	return false
}

func (u *unit) tree(name string) *parse.Tree {
	if u.set == nil {
		return u.trees[name]
	}
	if t := u.set.Lookup(name); t != nil {
		return t.Tree
	}
	return nil
}

// proc compiles a template for one type of dot, once.
func (u *unit) proc(name string, dot reflect.Type) *proc {
	key := procKey{name, dot}
	if p := u.procs[key]; p != nil {
		return p
	}
	p := &proc{slots: 1}
	u.procs[key] = p // before its steps: a template can call itself
	f := &frame{unit: u, proc: p, tree: u.tree(name), vars: []variable{{"$", 0, dot}}}
	p.steps = f.list(f.tree.Root, place{0, dot})
	return p
}

// frame is the compiling of one template.
type frame struct {
	*unit
	proc *proc
	tree *parse.Tree
	vars []variable
}

type variable struct {
	name string
	slot int
	is   reflect.Type // nil when unknown
}

// place is where the dot is kept.
type place struct {
	slot int
	is   reflect.Type
}

func (f *frame) newSlot() int {
	f.proc.slots++
	return f.proc.slots - 1
}

func (f *frame) wrong(n parse.Node, why, hint string) {
	location, _ := f.tree.ErrorContext(n)
	f.faultAt(location, why, hint)
}

func (f *frame) list(list *parse.ListNode, dot place) []step {
	if list == nil {
		return nil
	}
	var steps []step
	var literal []byte
	flush := func() {
		if len(literal) > 0 {
			text := literal
			literal = nil
			steps = append(steps, func(s *state) { s.out = append(s.out, text...) })
		}
	}
	mark := len(f.vars)
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			literal = append(literal, n.Text...)
		case *parse.CommentNode:
		case *parse.ActionNode:
			text, step := f.action(n, dot)
			literal = append(literal, text...)
			if step != nil {
				flush()
				steps = append(steps, step)
			}
		case *parse.IfNode:
			flush()
			steps = append(steps, f.ifStep(n, dot))
		case *parse.WithNode:
			flush()
			steps = append(steps, f.withStep(n, dot))
		case *parse.RangeNode:
			flush()
			steps = append(steps, f.rangeStep(n, dot))
		case *parse.TemplateNode:
			flush()
			steps = append(steps, f.templateStep(n, dot))
		default:
			f.wrong(n, fmt.Sprintf("%s kan hier niet", n), "")
		}
	}
	flush()
	f.vars = f.vars[:mark]
	return steps
}

// action gives what {{…}} writes: a text that is always the same, or a step.
func (f *frame) action(n *parse.ActionNode, dot place) (string, step) {
	cmds := n.Pipe.Cmds
	escapers := []string{}
	for i := len(cmds) - 1; i > 0; i-- {
		name, ok := cmds[i].Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(name.Ident, "_html_template_") {
			break
		}
		escapers = append([]string{name.Ident}, escapers...)
		cmds = cmds[:i]
	}
	e, ok := f.pipe(n.Pipe, cmds, dot)
	if !ok {
		if len(n.Pipe.Decl) > 0 {
			f.declare(n.Pipe.Decl[0].Ident[0], brokenType)
		}
		return "", nil
	}
	if len(n.Pipe.Decl) > 0 {
		slot := f.declare(n.Pipe.Decl[0].Ident[0], e.is)
		if e.value == nil {
			f.wrong(n, "wat part geeft is alleen te tonen", "")
		}
		return "", func(s *state) { s.values[s.frame+slot] = e.value(s) }
	}
	html := e.is == htmlType
	text := e.text()
	if text == nil && e.emit == nil {
		f.wrong(n, fmt.Sprintf("%s is niet te tonen", n.Pipe), "alleen een tekst of een getal is te tonen: noem een veld ervan")
		return "", nil
	}
	if !f.escaped {
		return "", nil
	}
	var write func([]byte, string) []byte
	var through []func(string) string
	for i, name := range escapers {
		if i < len(escapers)-1 {
			filter := filters[name]
			if filter == nil {
				f.wrong(n, fmt.Sprintf("%s staat op een plek waar geen waarden mogen staan", n.Pipe), "zet waarden alleen in tekst en in attributen, niet in een script of een stijl")
				return "", nil
			}
			through = append(through, filter)
			continue
		}
		write = writers[name]
	}
	if write == nil || html && escapers[0] != "_html_template_htmlescaper" {
		f.wrong(n, fmt.Sprintf("%s staat op een plek waar deze waarde niet mag staan", n.Pipe), "zet waarden alleen in tekst en in attributen met aanhalingstekens, en HTML alleen in tekst")
		return "", nil
	}
	if e.emit != nil {
		return "", e.emit
	}
	if html {
		return "", func(s *state) { s.out = append(s.out, text(s)...) }
	}
	if e.fixed != nil {
		t := *e.fixed
		for _, filter := range through {
			t = filter(t)
		}
		return string(write(nil, t)), nil
	}
	return "", func(s *state) {
		t := text(s)
		for _, filter := range through {
			t = filter(t)
		}
		s.out = write(s.out, t)
	}
}

func (f *frame) declare(name string, is reflect.Type) int {
	slot := f.newSlot()
	f.vars = append(f.vars, variable{name, slot, is})
	return slot
}

func run(steps []step, s *state) {
	for _, step := range steps {
		step(s)
	}
}

func nothing(*state) {}

func (f *frame) ifStep(n *parse.IfNode, dot place) step {
	defer func(mark int) { f.vars = f.vars[:mark] }(len(f.vars))
	e, ok := f.operand(n.Pipe, dot)
	if ok && e.is != nil && e.is.Kind() == reflect.Struct {
		f.wrong(n.Pipe, fmt.Sprintf("%s geldt altijd als waar", n.Pipe), "vraag naar een van de velden ervan: "+strings.Join(fieldNames(e.is), ", "))
	}
	keep := nothing
	if len(n.Pipe.Decl) > 0 {
		slot := f.declare(n.Pipe.Decl[0].Ident[0], e.is)
		keep = func(s *state) { s.values[s.frame+slot] = e.value(s) }
	}
	then, otherwise := f.list(n.List, dot), f.list(n.ElseList, dot)
	if !ok {
		return nothing
	}
	truth := e.truth()
	return func(s *state) {
		keep(s)
		if truth(s) {
			run(then, s)
		} else {
			run(otherwise, s)
		}
	}
}

func (f *frame) withStep(n *parse.WithNode, dot place) step {
	defer func(mark int) { f.vars = f.vars[:mark] }(len(f.vars))
	e, ok := f.operand(n.Pipe, dot)
	slot := f.newSlot()
	if len(n.Pipe.Decl) > 0 {
		f.vars = append(f.vars, variable{n.Pipe.Decl[0].Ident[0], slot, e.is})
	}
	then, otherwise := f.list(n.List, place{slot, e.is}), f.list(n.ElseList, dot)
	if !ok {
		return nothing
	}
	it := expr{value: func(s *state) reflect.Value { return s.values[s.frame+slot] }}
	truth := it.truth()
	return func(s *state) {
		s.values[s.frame+slot] = e.value(s)
		if truth(s) {
			run(then, s)
		} else {
			run(otherwise, s)
		}
	}
}

func (f *frame) rangeStep(n *parse.RangeNode, dot place) step {
	defer func(mark int) { f.vars = f.vars[:mark] }(len(f.vars))
	e, ok := f.operand(n.Pipe, dot)
	element := brokenType
	if ok && (e.is == nil || e.is.Kind() != reflect.Slice) {
		f.wrong(n.Pipe, fmt.Sprintf("%s is geen lijst", n.Pipe), "range kan alleen langs een lijst lopen")
		ok = false
	} else if ok {
		element = e.is.Elem()
	}
	slot, index := f.newSlot(), -1
	if names := n.Pipe.Decl; len(names) == 2 {
		index = f.declare(names[0].Ident[0], numberType)
		f.vars = append(f.vars, variable{names[1].Ident[0], slot, element})
	} else if len(names) == 1 {
		f.vars = append(f.vars, variable{names[0].Ident[0], slot, element})
	}
	each, otherwise := f.list(n.List, place{slot, element}), f.list(n.ElseList, dot)
	if !ok {
		return nothing
	}
	return func(s *state) {
		list := e.value(s)
		count := list.Len()
		if count == 0 {
			run(otherwise, s)
		}
		for i := range count {
			s.values[s.frame+slot] = list.Index(i)
			if index >= 0 {
				s.values[s.frame+index] = reflect.ValueOf(i)
			}
			run(each, s)
		}
	}
}

func (f *frame) templateStep(n *parse.TemplateNode, dot place) step {
	if n.Pipe == nil {
		f.wrong(n, fmt.Sprintf("template %q krijgt geen waarde", n.Name), fmt.Sprintf("schrijf {{template %q .}}", n.Name))
		return nothing
	}
	e, ok := f.operand(n.Pipe, dot)
	if f.unit.tree(n.Name) == nil {
		if f.escaped {
			f.wrong(n, fmt.Sprintf("template %q staat in een attribuut of een titel", strings.Split(n.Name, "$")[0]), "schrijf daar uit wat er moet staan")
			return nothing
		}
		f.wrong(n, fmt.Sprintf("er is geen sjabloon %q", n.Name), diag.Suggest(n.Name, slices.Sorted(maps.Keys(f.trees))))
		return nothing
	}
	if !ok {
		return nothing
	}
	p := f.unit.proc(n.Name, e.is)
	return func(s *state) { p.call(s, e.value(s)) }
}

var (
	textType   = reflect.TypeFor[string]()
	numberType = reflect.TypeFor[int]()
	truthType  = reflect.TypeFor[bool]()
	htmlType   = reflect.TypeFor[template.HTML]()

	// brokenType is the type of a value with a fault that was reported already.
	brokenType = reflect.TypeFor[broken]()
)

type broken struct{}

// pipe compiles the commands of a pipeline; ok is false when a fault was reported.
func (f *frame) pipe(n *parse.PipeNode, cmds []*parse.CommandNode, dot place) (e expr, ok bool) {
	if len(cmds) > 1 {
		f.wrong(n, "een waarde kan niet met | worden doorgegeven", "schrijf de waarde achter de functie")
		return expr{}, false
	}
	if n.IsAssign {
		f.wrong(n, "een variabele kan niet worden veranderd", "maak met := een nieuwe")
		return expr{}, false
	}
	command := cmds[0]
	if name, is := command.Args[0].(*parse.IdentifierNode); is {
		return f.call(name, command.Args[1:], dot)
	}
	for _, arg := range command.Args[1:] {
		f.wrong(arg, fmt.Sprintf("%s is geen functie en kan geen %s krijgen", command.Args[0], arg), "")
		return expr{}, false
	}
	return f.value(command.Args[0], dot)
}

// operand compiles a pipeline that is not shown but used.
func (f *frame) operand(n *parse.PipeNode, dot place) (expr, bool) {
	e, ok := f.pipe(n, n.Cmds, dot)
	if ok && e.value == nil {
		f.wrong(n, "wat part geeft is alleen te tonen", "")
		ok = false
	}
	if !ok {
		e.is = brokenType
	}
	return e, ok
}

// value compiles an argument.
func (f *frame) value(node parse.Node, dot place) (expr, bool) {
	switch n := node.(type) {
	case *parse.DotNode:
		return f.fields(n, f.kept(dot.slot, dot.is), nil)
	case *parse.StringNode:
		return fixed(n.Text), true
	case *parse.NumberNode:
		if number := int(n.Int64); n.IsInt {
			return numberOf(func(*state) int { return number }), true
		}
	case *parse.BoolNode:
		truth := n.True
		return truthOf(func(*state) bool { return truth }), true
	case *parse.FieldNode:
		return f.fields(n, f.kept(dot.slot, dot.is), n.Ident)
	case *parse.VariableNode:
		for _, v := range slices.Backward(f.vars) {
			if v.name == n.Ident[0] {
				return f.fields(n, f.kept(v.slot, v.is), n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		if e, ok := f.value(n.Node, dot); ok {
			return f.fields(n, e, n.Field)
		}
		return expr{}, false
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return f.operand(n, dot)
		}
	case *parse.IdentifierNode:
		return f.call(n, nil, dot)
	}
	f.wrong(node, fmt.Sprintf("%s kan hier niet", node), "")
	return expr{}, false
}

// kept is a value that was kept in a slot.
func (f *frame) kept(slot int, is reflect.Type) expr {
	return valueOf(is, func(s *state) reflect.Value { return s.values[s.frame+slot] })
}

func (f *frame) fields(n parse.Node, e expr, names []string) (expr, bool) {
	if e.is == brokenType {
		return expr{}, false
	}
	for _, name := range names {
		if e.is == nil {
			f.wrong(n, fmt.Sprintf("in %s is niet zeker wat voor .%s staat", n, name), "gebruik and en or met waarden van dezelfde soort")
			return expr{}, false
		}
		of := e.is
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			f.wrong(n, fmt.Sprintf("in %s heeft het veld %q geen zin: wat ervoor staat heeft geen velden", n, name), "")
			return expr{}, false
		}
		field, ok := of.FieldByName(name)
		if !ok || !field.IsExported() || field.Type == reflect.TypeFor[Sealed]() {
			f.wrong(n, fmt.Sprintf("het veld %q bestaat niet in %s", name, of.Name()), diag.Suggest(name, fieldNames(of)))
			return expr{}, false
		}
		e = valueOf(field.Type, fieldOf(e.value, field.Index, fmt.Sprintf("%s (for .%s)", of.Name(), name)))
	}
	return e, true
}

func fieldOf(value func(*state) reflect.Value, index []int, what string) func(*state) reflect.Value {
	return func(s *state) reflect.Value {
		v := value(s)
		for _, i := range index {
			if v.Kind() == reflect.Pointer {
				if v.IsNil() {
					panic(missing(what))
				}
				v = v.Elem()
			}
			v = v.Field(i)
		}
		return v
	}
}

// fieldNames lists the fields a template may show of a struct.
func fieldNames(is reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(is) {
		if f.IsExported() && !f.Anonymous {
			names = append(names, f.Name)
		}
	}
	return names
}

// functions are those that a template can call.
var functions = []string{"and", "asset", "eq", "ge", "gt", "index", "le", "len", "lt", "ne", "not", "or", "part", "t"}

func (f *frame) call(name *parse.IdentifierNode, args []parse.Node, dot place) (expr, bool) {
	if !slices.Contains(functions, name.Ident) {
		f.wrong(name, fmt.Sprintf("de functie %q bestaat niet", name.Ident), diag.Suggest(name.Ident, functions))
		return expr{}, false
	}
	values := make([]expr, len(args))
	good := true
	for i, arg := range args {
		var ok bool
		values[i], ok = f.value(arg, dot)
		good = good && ok
	}
	if !good {
		return expr{}, false
	}
	switch name.Ident {
	case "t", "asset", "part":
		if len(values) == 0 || values[0].fixed == nil {
			f.wrong(name, fmt.Sprintf("achter %s staat geen vaste tekst", name.Ident), "schrijf de naam uit, tussen aanhalingstekens, zodat hij is na te kijken")
			return expr{}, false
		}
	}
	switch name.Ident {
	case "t":
		return f.message(args[0], *values[0].fixed, values[1:])
	case "asset":
		url, ok := f.engine.Assets[*values[0].fixed]
		if !ok || len(values) != 1 {
			f.wrong(args[0], fmt.Sprintf("er is geen bestand assets/%s", *values[0].fixed), diag.Suggest(*values[0].fixed, slices.Sorted(maps.Keys(f.engine.Assets))))
			return expr{}, false
		}
		return fixed(url), true
	case "part":
		return f.part(name, args, values)
	}
	e, ok := logic(name.Ident, values)
	if !ok {
		f.wrong(name, fmt.Sprintf("%s kan niet overweg met deze waarden", name.Ident), "vergelijk tekst met tekst en getal met getal; len en index krijgen een lijst")
	}
	return e, ok
}

func logic(name string, values []expr) (expr, bool) {
	switch name {
	case "not":
		if len(values) != 1 {
			return expr{}, false
		}
		truth := values[0].truth()
		return truthOf(func(s *state) bool { return !truth(s) }), true
	case "and", "or":
		return choice(name == "or", values)
	case "len":
		if len(values) != 1 || values[0].is == nil || (values[0].is.Kind() != reflect.Slice && values[0].is.Kind() != reflect.String) {
			return expr{}, false
		}
		return numberOf(func(s *state) int { return values[0].value(s).Len() }), true
	case "index":
		if len(values) != 2 || values[0].is == nil || values[0].is.Kind() != reflect.Slice || values[1].num == nil {
			return expr{}, false
		}
		return valueOf(values[0].is.Elem(), func(s *state) reflect.Value {
			list, i := values[0].value(s), values[1].num(s)
			if i < 0 || i >= list.Len() {
				panic(missing(fmt.Sprintf("element %d in a list of %d", i, list.Len())))
			}
			return list.Index(i)
		}), true
	}
	return comparison(name, values)
}

// choice is and, or or: the first value that decides, else the last.
func choice(until bool, values []expr) (expr, bool) {
	if len(values) == 0 {
		return expr{}, false
	}
	is := values[0].is
	truths := make([]func(*state) bool, len(values))
	for i, v := range values {
		if v.value == nil {
			return expr{}, false
		}
		truths[i] = v.truth()
		if v.is != is {
			is = nil
		}
	}
	e := valueOf(is, func(s *state) reflect.Value {
		for i, truth := range truths[:len(truths)-1] {
			if truth(s) == until {
				return values[i].value(s)
			}
		}
		return values[len(values)-1].value(s)
	})
	e.cond = func(s *state) bool {
		for _, truth := range truths {
			if truth(s) == until {
				return until
			}
		}
		return !until
	}
	return e, true
}

func comparison(name string, values []expr) (expr, bool) {
	if len(values) < 2 || len(values) > 2 && name != "eq" {
		return expr{}, false
	}
	a := values[0]
	compare := make([]func(*state) int, 0, len(values)-1)
	for _, b := range values[1:] {
		switch {
		case a.str != nil && b.str != nil:
			compare = append(compare, func(s *state) int { return strings.Compare(a.str(s), b.str(s)) })
		case a.num != nil && b.num != nil:
			compare = append(compare, func(s *state) int { return a.num(s) - b.num(s) })
		case a.is == truthType && b.is == truthType && (name == "eq" || name == "ne"):
			compare = append(compare, func(s *state) int {
				if a.cond(s) == b.cond(s) {
					return 0
				}
				return 1
			})
		default:
			return expr{}, false
		}
	}
	first := compare[0]
	switch name {
	case "eq":
		return truthOf(func(s *state) bool {
			return slices.ContainsFunc(compare, func(c func(*state) int) bool { return c(s) == 0 })
		}), true
	case "ne":
		return truthOf(func(s *state) bool { return first(s) != 0 }), true
	case "lt":
		return truthOf(func(s *state) bool { return first(s) < 0 }), true
	case "le":
		return truthOf(func(s *state) bool { return first(s) <= 0 }), true
	case "gt":
		return truthOf(func(s *state) bool { return first(s) > 0 }), true
	}
	return truthOf(func(s *state) bool { return first(s) >= 0 }), true // ge
}

// message compiles {{t "key" args…}}.
func (f *frame) message(n parse.Node, key string, args []expr) (expr, bool) {
	m := f.engine.Messages
	ok, plural := m.has(key)
	if !ok {
		var keys []string
		for _, k := range slices.Sorted(maps.Keys(m)) {
			keys = append(keys, strings.TrimSuffix(strings.TrimSuffix(k, ".one"), ".other"))
		}
		hint := "zet de tekst in messages/"
		if near := diag.Nearest(key, keys); near != "" {
			hint = fmt.Sprintf("bedoelde je %q? anders: %s", near, hint)
		}
		f.wrong(n, fmt.Sprintf("er is geen tekst %q", key), hint)
		return expr{}, false
	}
	if want := m.arguments(key); len(args) != want {
		f.wrong(n, fmt.Sprintf("de tekst %q krijgt %d argumenten in plaats van %d", key, len(args), want), "geef voor {0}, {1} … elk een waarde")
		return expr{}, false
	}
	texts := make([]func(*state) string, len(args))
	for i, arg := range args {
		if texts[i] = arg.text(); texts[i] == nil || arg.is == htmlType || i == 0 && plural && arg.num == nil {
			f.wrong(n, fmt.Sprintf("argument %d van de tekst %q past niet", i, key), "geef een tekst of een getal, en eerst een getal als er een meervoud is")
			return expr{}, false
		}
	}
	if len(args) == 0 {
		return fixed(m[key]), true
	}
	str := func(s *state) string {
		pattern := m[key]
		if plural {
			pattern = m[form(key, args[0].num(s))]
		}
		values := make([]string, len(texts))
		for i, text := range texts {
			values[i] = text(s)
		}
		return fillIn(pattern, values)
	}
	return expr{is: textType, str: str, value: func(s *state) reflect.Value { return reflect.ValueOf(str(s)) }}, true
}

// part compiles {{part "name" .Part}}. What a partial makes of a part is remembered:
// headers, footers and cards are the same on thousands of pages.
func (f *frame) part(n parse.Node, args []parse.Node, values []expr) (expr, bool) {
	name := *values[0].fixed
	if f.parts.trees[name] == nil || name == "base" {
		f.wrong(args[0], fmt.Sprintf("er is geen templates/partials/%s.html", name), diag.Suggest(name, f.partialNames()))
		return expr{}, false
	}
	if len(values) < 2 || len(values) > 3 || len(values) == 3 && values[2].str == nil {
		f.wrong(n, "part krijgt een naam, een onderdeel en hooguit een tekst", "")
		return expr{}, false
	}
	is := values[1].is
	if is == nil || !is.Implements(sealerType) {
		f.wrong(args[1], fmt.Sprintf("%s is geen verzegeld onderdeel", args[1]), fmt.Sprintf("gebruik {{template %q …}}", name))
		return expr{}, false
	}
	site := is == reflect.TypeFor[*Site]()
	dot := is
	if site {
		dot = reflect.TypeFor[Place]()
	} else if len(values) == 3 {
		f.wrong(args[2], "alleen een part van de site kan een tekst krijgen", "")
		return expr{}, false
	}
	if f.escaped && f.parts.procs[procKey{name, dot}] == nil && !f.parts.escape(name, dot, "templates/partials/"+name+".html") {
		return expr{}, false
	}
	p := f.parts.proc(name, dot)
	memo := &f.engine.memo
	emit := func(s *state) {
		part := values[1].value(s)
		if part.IsNil() {
			return
		}
		key := memoKey{proc: p, sum: part.Interface().(sealer).Sum()}
		if key.sum == (Sum{}) {
			panic(missing("sum for a " + is.String() + ", which was not sealed"))
		}
		if len(values) == 3 {
			key.text = values[2].str(s)
		}
		html, ok := memo.get(key)
		if !ok {
			from := len(s.out)
			if site {
				part = reflect.ValueOf(&Place{Site: part.Interface().(*Site), Current: key.text}).Elem()
			}
			p.call(s, part)
			html = strings.TrimSpace(string(s.out[from:]))
			s.out = s.out[:from]
			memo.put(key, html)
		}
		s.out = append(s.out, html...)
	}
	return expr{is: htmlType, emit: emit}, true
}

func (c *compiler) partialNames() []string {
	var names []string
	for _, s := range c.engine.Partials {
		names = append(names, s.Name)
	}
	return names
}

// sample is a value in which everything is filled in.
func sample(is reflect.Type) reflect.Value {
	v := reflect.New(is).Elem()
	fill(v, 0)
	sealAll(v)
	return v
}

func fill(v reflect.Value, depth int) {
	if depth > 6 { // headings and fields can hold themselves
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("x")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(2)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && v.Type().Field(i).Type != reflect.TypeFor[Sealed]() {
				fill(v.Field(i), depth)
			}
		}
	}
}
