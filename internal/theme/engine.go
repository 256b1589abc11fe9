package theme

import (
	"fmt"
	"io"
	"reflect"
	"sync"
	"sync/atomic"
)

// source is the text of one template.
type source struct {
	Name string // as other templates call it
	File string // "templates/page.html"
	Text string
}

// engine renders. Its exported fields are what it is made from: a bundle is those
// fields as JSON.
type engine struct {
	Language string
	BasePath string
	Base     source
	Partials []source
	Pages    []source
	Messages messages
	Assets   map[string]string // name → address

	mu    sync.Mutex
	procs map[string]*proc // those that were asked for; nil for one that there is not
	page  func(name string) *proc
	memo  memo
}

func (e *engine) render(w io.Writer, name string, view any) error {
	p := e.proc(name)
	if p == nil {
		return fmt.Errorf("theme: no template %q", name)
	}
	v := reflect.ValueOf(view)
	if want := viewType(name); !v.IsValid() || v.Type() != want || v.IsNil() {
		return fmt.Errorf("theme: template %q takes a %s, not a %T", name, want, view)
	}
	s, err := p.run(v)
	if err != nil {
		return err
	}
	defer s.release()
	_, err = w.Write(s.out)
	return err
}

// memo remembers rendered parts. It forgets a shard that holds more than
// shardLimit bytes, so that a long-running preview or server keeps within bounds.
type memo struct {
	off    atomic.Bool
	shards [16]struct {
		sync.RWMutex
		html map[memoKey]string
		size int
	}
}

type memoKey struct {
	proc *proc
	sum  Sum
	text string
}

const shardLimit = 4 << 20

func (m *memo) get(key memoKey) (string, bool) {
	if m.off.Load() {
		return "", false
	}
	shard := &m.shards[key.sum[0]&15]
	shard.RLock()
	defer shard.RUnlock()
	html, ok := shard.html[key]
	return html, ok
}

func (m *memo) put(key memoKey, html string) {
	shard := &m.shards[key.sum[0]&15]
	shard.Lock()
	defer shard.Unlock()
	shard.size += len(html) + len(key.text) + 64
	if shard.html == nil || shard.size > shardLimit {
		shard.html, shard.size = map[memoKey]string{}, len(html)
	}
	shard.html[key] = html
}
