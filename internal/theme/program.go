package theme

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// A proc is a template turned into steps. html/template decides how each value
// must be escaped; it also can execute templates, but takes tens of times longer,
// because it finds fields by name and calls functions by reflection, on every page
// anew. The types of all values are known when a theme is opened, so all that is
// looked up then, and what never changes becomes text.
type proc struct {
	steps []step
	slots int // values it keeps: $, the dots of with and range, variables
}

type step func(*state)

// state is one rendering.
type state struct {
	out    []byte
	values []reflect.Value // of all procs that are running
	frame  int             // where those of the current proc start
}

var states = sync.Pool{New: func() any { return new(state) }}

// run renders p, and returns what was rendered until release is called.
func (p *proc) run(dot reflect.Value) (s *state, err error) {
	s = states.Get().(*state)
	defer func() {
		switch fault := recover().(type) {
		case nil:
		case missing:
			s.release()
			s, err = nil, fmt.Errorf("theme: the view has no %s", string(fault))
		default:
			panic(fault)
		}
	}()
	p.call(s, dot)
	return s, nil
}

func (s *state) release() {
	clear(s.values)
	s.out, s.values, s.frame = s.out[:0], s.values[:0], 0
	states.Put(s)
}

func (p *proc) call(s *state, dot reflect.Value) {
	frame, top := s.frame, len(s.values)
	s.frame = top
	s.values = append(s.values, dot)
	for range p.slots - 1 {
		s.values = append(s.values, reflect.Value{})
	}
	for _, step := range p.steps {
		step(s)
	}
	clear(s.values[top:])
	s.values = s.values[:top]
	s.frame = frame
}

// missing is the panic of a pointer in a view that is nil where a template asks for
// a field of what it points to.
type missing string

// expr is a compiled value: how to get it, in one or more ways.
type expr struct {
	is    reflect.Type // nil when only its truth is known
	fixed *string      // a text that is always the same
	value func(*state) reflect.Value
	str   func(*state) string
	num   func(*state) int
	cond  func(*state) bool
	emit  step // writes HTML; the value can be shown and nothing else
}

func fixed(text string) expr {
	v := reflect.ValueOf(text)
	return expr{is: textType, fixed: &text, str: func(*state) string { return text }, value: func(*state) reflect.Value { return v }}
}

// valueOf completes an expr of which the value is known.
func valueOf(is reflect.Type, value func(*state) reflect.Value) expr {
	e := expr{is: is, value: value}
	if is == nil {
		return e
	}
	switch is.Kind() {
	case reflect.String:
		e.str = func(s *state) string { return value(s).String() }
	case reflect.Int:
		e.num = func(s *state) int { return int(value(s).Int()) }
	case reflect.Bool:
		e.cond = func(s *state) bool { return value(s).Bool() }
	}
	return e
}

func numberOf(num func(*state) int) expr {
	return expr{is: numberType, num: num, value: func(s *state) reflect.Value { return reflect.ValueOf(num(s)) }}
}

func truthOf(cond func(*state) bool) expr {
	return expr{is: truthType, cond: cond, value: func(s *state) reflect.Value { return reflect.ValueOf(cond(s)) }}
}

// truth is how if and with judge a value.
func (e expr) truth() func(*state) bool {
	switch {
	case e.cond != nil:
		return e.cond
	case e.str != nil:
		return func(s *state) bool { return e.str(s) != "" }
	case e.num != nil:
		return func(s *state) bool { return e.num(s) != 0 }
	}
	return func(s *state) bool {
		v := e.value(s)
		switch v.Kind() {
		case reflect.String, reflect.Slice:
			return v.Len() > 0
		case reflect.Pointer:
			return !v.IsNil()
		}
		return v.Kind() == reflect.Struct || !v.IsZero()
	}
}

// text is how a value that can be shown is written, nil when it cannot.
func (e expr) text() func(*state) string {
	if e.str == nil && e.num != nil {
		return func(s *state) string { return strconv.Itoa(e.num(s)) }
	}
	return e.str
}

// filters are the functions of html/template that a value may go through before the
// last one, which is in [writers].
var filters = map[string]func(string) string{
	"_html_template_urlfilter":     safeURL,
	"_html_template_urlnormalizer": func(s string) string { return escapeURL(s, &inURL, true) },
	"_html_template_urlescaper":    func(s string) string { return escapeURL(s, &inQuery, false) },
	"_html_template_srcsetescaper": safeSrcset,
}

// writers are those that come last.
var writers = map[string]func([]byte, string) []byte{
	"_html_template_htmlescaper":   appendHTML,
	"_html_template_attrescaper":   appendHTML,
	"_html_template_rcdataescaper": appendHTML,
}

var entities = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func appendHTML(out []byte, s string) []byte {
	from := 0
	for i := range len(s) {
		if entity := entities[s[i]]; entity != "" {
			out = append(append(out, s[from:i]...), entity...)
			from = i + 1
		}
	}
	return append(out, s[from:]...)
}

func safeURL(s string) string {
	scheme, _, ok := strings.Cut(s, ":")
	if !ok || strings.Contains(scheme, "/") || strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto") {
		return s
	}
	return "#ZgotmplZ"
}

// safeSrcset keeps the pictures of a srcset, "/a.webp 400w, /b.webp 800w", of which
// the address is safe and the size holds letters and digits only.
func safeSrcset(s string) string {
	const space = " \t\n\f\r"
	pictures := strings.Split(s, ",")
	for i, picture := range pictures {
		rest := strings.TrimLeft(picture, space)
		before := picture[:len(picture)-len(rest)]
		end := len(rest)
		if at := strings.IndexAny(rest, space); at >= 0 {
			end = at
		}
		odd := func(c rune) bool {
			return !strings.ContainsRune(space, c) && (c < '0' || c > '9') && (c|' ' < 'a' || c|' ' > 'z')
		}
		if safeURL(rest[:end]) != rest[:end] || strings.ContainsFunc(rest[end:], odd) {
			pictures[i] = "#ZgotmplZ"
			continue
		}
		pictures[i] = before + escapeURL(rest[:end], &inURL, true) + rest[end:]
	}
	return strings.Join(pictures, ",")
}

// inURL and inQuery tell which bytes stay as they are.
var inURL, inQuery [256]bool

func init() {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") {
		inURL[c], inQuery[c] = true, true
	}
	for _, c := range []byte("!#$&*+,/:;=?@[]") {
		inURL[c] = true
	}
}

func escapeURL(s string, keep *[256]bool, keepEscapes bool) string {
	i := 0
	for i < len(s) && keep[s[i]] {
		i++
	}
	if i == len(s) {
		return s
	}
	const digits = "0123456789abcdef"
	out := append(make([]byte, 0, len(s)+16), s[:i]...)
	for ; i < len(s); i++ {
		c := s[i]
		if keep[c] || (c == '%' && keepEscapes && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])) {
			out = append(out, c)
			continue
		}
		out = append(out, '%', digits[c>>4], digits[c&15])
	}
	return string(out)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
