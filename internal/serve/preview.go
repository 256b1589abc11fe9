package serve

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"kennishub/internal/diag"
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

// faults are what the pages of a preview have to show.
type faults struct {
	messages []diag.Message
	urls     map[string]string
}

// SetFaults says which messages the pages of a preview show from now on; urls gives
// the path of a file's page (with that of the base URL). A page shows its own. What
// has no page is shown by all when it is an error, or not about content: then the
// site as a whole cannot be made. Of the rest a page only says where it is. Neither
// may be changed afterwards.
func (s *Server) SetFaults(messages []diag.Message, urls map[string]string) {
	s.faults.Store(&faults{messages, urls})
}

// at parts the messages in those that a page shows and those it only points at.
func (f *faults) at(path string) (here, elsewhere []diag.Message) {
	for _, m := range f.messages {
		url, known := f.urls[m.File]
		switch {
		case known && url == path, !known && (m.Severity == diag.Error || !strings.HasPrefix(m.File, "content/")):
			here = append(here, m)
		default:
			elsewhere = append(elsewhere, m)
		}
	}
	return here, elsewhere
}

// box is what a page shows of the faults; nothing when there are none.
func (f *faults) box(b *bytes.Buffer, base, path string) {
	here, elsewhere := f.at(path)
	if len(here)+len(elsewhere) == 0 {
		return
	}
	// A stylesheet may stand in the body, so that pages without faults are as they
	// will be published.
	fmt.Fprintf(b, `<link rel="stylesheet" href="%s%spreview.css"><aside class="kennishub-faults`, html.EscapeString(base), previewFolder)
	if !diag.HasErrors(here) && !diag.HasErrors(elsewhere) {
		b.WriteString(" kennishub-warnings")
	}
	if len(here) == 0 {
		b.WriteString(` kennishub-elsewhere" aria-label="Meldingen over andere pagina's">`)
	} else {
		is := "Er zijn"
		if len(here) == 1 {
			is = "Er is"
		}
		fmt.Fprintf(b, `" aria-labelledby="kennishub-faults"><h2 id="kennishub-faults">%s %s gevonden</h2><ul>`, is, count(here))
		for _, m := range here {
			fmt.Fprintf(b, "<li><b>%s: %s:</b> %s [%s]", html.EscapeString(m.Position()), m.Severity, html.EscapeString(m.Text), m.Code)
			if m.Hint != "" {
				fmt.Fprintf(b, "<p>%s</p>", html.EscapeString(m.Hint))
			}
			b.WriteString("</li>")
		}
		b.WriteString("</ul><p>kennishub explain CODE zegt er meer over</p>")
	}
	f.point(b, elsewhere)
	b.WriteString("</aside>")
}

// mostFiles is how many files with faults a page points at.
const mostFiles = 10

// point says where the faults of other pages are, files with errors first.
func (f *faults) point(b *bytes.Buffer, messages []diag.Message) {
	if len(messages) == 0 {
		return
	}
	var files []string
	byFile := map[string][]diag.Message{}
	for _, m := range messages {
		if byFile[m.File] == nil {
			files = append(files, m.File)
		}
		byFile[m.File] = append(byFile[m.File], m)
	}
	slices.SortStableFunc(files, func(a, b string) int {
		switch x, y := diag.HasErrors(byFile[a]), diag.HasErrors(byFile[b]); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	where := "andere pagina's"
	if len(files) == 1 {
		where = "een andere pagina"
	}
	fmt.Fprintf(b, "<details><summary>%s op %s</summary><ul>", count(messages), where)
	for i, file := range files {
		if i == mostFiles {
			fmt.Fprintf(b, "<li>en nog %s</li>", plural(len(files)-i, "bestand", "bestanden"))
			break
		}
		name := html.EscapeString(file)
		if url, ok := f.urls[file]; ok {
			name = fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(url), name)
		}
		fmt.Fprintf(b, "<li>%s: %s</li>", name, count(byFile[file]))
	}
	b.WriteString("</ul></details>")
}

// count says how many errors and warnings there are: "2 fouten en 1 waarschuwing".
func count(messages []diag.Message) string {
	errors := 0
	for _, m := range messages {
		if m.Severity == diag.Error {
			errors++
		}
	}
	warnings := plural(len(messages)-errors, "waarschuwing", "waarschuwingen")
	switch errors {
	case 0:
		return warnings
	case len(messages):
		return plural(errors, "fout", "fouten")
	}
	return plural(errors, "fout", "fouten") + " en " + warnings
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// withPreview puts the reload script and the box of faults in a page.
func (v *visit) withPreview(page []byte) []byte {
	var b bytes.Buffer
	start := bodyStart(page)
	b.Write(page[:start])
	page = page[start:]
	v.faults.Load().box(&b, v.base, v.r.URL.Path)
	end := bytes.LastIndex(page, []byte("</body>"))
	if end < 0 {
		end = len(page)
	}
	b.Write(page[:end])
	fmt.Fprintf(&b, `<script src="%s%sreload.js?%s" defer></script>`, html.EscapeString(v.base), previewFolder, v.events.state())
	b.Write(page[end:])
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
