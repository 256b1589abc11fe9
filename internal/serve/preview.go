package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"strconv"
	"sync"
	"time"

	"kennishub/internal/media"
)

// previewFolder is where what belongs to a preview is served, under the base.
const previewFolder = ".kennishub/"

//go:embed reload.js
var reloadScript []byte

//go:embed preview.css
var previewStyle []byte

// heartbeat keeps proxies and browsers from closing a stream of events in which
// nothing happens.
const heartbeat = 15 * time.Second

// Event tells the pages of a preview that the site changed.
type Event struct {
	URLs []string `json:"urls"` // of the pages that changed
}

// Notify makes all open pages of a preview reload. It does not wait for them.
func (s *Server) Notify(e Event) {
	if s.events != nil {
		s.events.send(e)
	}
}

// faults are the faults that pages show.
type faults struct {
	byURL  map[string][]string
	global []string
}

// SetFaults says which faults the pages of a preview show from now on: those of a
// page, under its path (with that of the base URL), and those of all pages. Both
// are texts, not HTML; they must not be changed afterwards.
func (s *Server) SetFaults(byURL map[string][]string, global []string) {
	s.faults.Store(&faults{byURL, global})
}

// withPreview puts the reload script and the box of faults in a page.
func (v *visit) withPreview(page []byte) []byte {
	var b bytes.Buffer
	f := v.faults.Load()
	if found := append(append([]string{}, f.byURL[v.r.URL.Path]...), f.global...); len(found) > 0 {
		at := bodyStart(page)
		b.Write(page[:at])
		page = page[at:]
		// A stylesheet may stand in the body, so that pages without faults are as they
		// will be published.
		fmt.Fprintf(&b, `<link rel="stylesheet" href="%s%spreview.css"><aside class="kennishub-faults" aria-labelledby="kennishub-faults"><h2 id="kennishub-faults">`, html.EscapeString(v.base), previewFolder)
		if len(found) == 1 {
			b.WriteString("Er is 1 fout gevonden</h2><ul>")
		} else {
			fmt.Fprintf(&b, "Er zijn %d fouten gevonden</h2><ul>", len(found))
		}
		for _, text := range found {
			b.WriteString("<li>" + html.EscapeString(text) + "</li>")
		}
		b.WriteString("</ul></aside>")
	}
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	b.Write(page[:at])
	fmt.Fprintf(&b, `<script src="%s%sreload.js?%s" defer></script>`, html.EscapeString(v.base), previewFolder, v.events.state())
	b.Write(page[at:])
	return b.Bytes()
}

// bodyStart is where the content of a page begins; its end when it has no body.
func bodyStart(page []byte) int {
	start := bytes.Index(page, []byte("<body"))
	if start < 0 {
		return len(page)
	}
	end := bytes.IndexByte(page[start:], '>')
	if end < 0 {
		return len(page)
	}
	return start + end + 1
}

// servePreview answers what lies in previewFolder.
func (s *Server) servePreview(w http.ResponseWriter, r *http.Request, name string) {
	w.Header().Set("Cache-Control", "no-store")
	switch name {
	case "reload.js":
		answer(w, r, http.StatusOK, media.TypeOf("reload.js").MIME, reloadScript)
	case "preview.css":
		answer(w, r, http.StatusOK, media.TypeOf("preview.css").MIME, previewStyle)
	case "events":
		s.events.serve(w, r)
	default:
		plain(w, http.StatusNotFound, "Deze pagina bestaat niet.")
	}
}

// events are the open streams to the pages of a preview.
type events struct {
	id string // of this run of the server

	mu      sync.Mutex
	sent    int // number of events so far
	streams map[chan Event]bool
	stopped chan struct{}
	once    sync.Once
}

func newEvents() *events {
	return &events{
		id:      strconv.FormatInt(time.Now().UnixNano(), 36),
		streams: map[chan Event]bool{},
		stopped: make(chan struct{}),
	}
}

// state says what a page has seen: a page that learns of another, when it begins
// to listen, reloads. So nothing is missed between its making and its listening,
// nor when the server starts again.
func (e *events) state() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return fmt.Sprintf("%s-%d", e.id, e.sent)
}

func (e *events) send(event Event) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.sent++
	for stream := range e.streams {
		select {
		case stream <- event:
		default: // it has yet to tell of the last one, after which the page reloads anyway
		}
	}
}

func (e *events) stop() { e.once.Do(func() { close(e.stopped) }) }

// serve sends events until the page or the server goes.
func (e *events) serve(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	// A stream outlives the time that any other answer may take. Not all writers
	// have a deadline, and then there is nothing to lift.
	_ = control.SetWriteDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	stream := make(chan Event, 1)
	e.mu.Lock()
	e.streams[stream] = true
	e.mu.Unlock()
	defer func() {
		e.mu.Lock()
		delete(e.streams, stream)
		e.mu.Unlock()
	}()

	fmt.Fprintf(w, "retry: 500\nevent: hello\ndata: %s\n\n", e.state())
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		if control.Flush() != nil {
			return
		}
		select {
		case <-e.stopped:
			return
		case <-r.Context().Done():
			return
		case <-beat.C:
			fmt.Fprint(w, ": nog hier\n\n")
		case event := <-stream:
			data, err := json.Marshal(event)
			if err != nil {
				panic(err) // a list of strings can always be written
			}
			fmt.Fprintf(w, "event: reload\ndata: %s\n\n", data)
		}
	}
}
