// Package serve answers HTTP requests from a published folder: its files, its
// search index and its search page. It needs nothing but that folder.
//
// [New] makes a [Server], which is an http.Handler; [Server.Run] serves it on an
// address until its context ends. A server follows the folder: it takes up a new
// build by itself, within a second and without failing a request.
//
// # What is answered
//
// Everything lies under the path of the base URL, which the build noted ("/" or
// "/kennishub/"); other paths are not found, and "/" leads there.
//
//	api/search?q=…   search, as JSON
//	api/suggest?q=…  what a reader who types may be on the way to, as JSON
//	zoeken/?q=…      search, as a page that was rendered here; no JavaScript needed
//	healthz          200 with the ID of the index, 503 while there is none
//	anything else    a file: ETag, ranges, gzip; never a dot file (but .well-known/)
//
// Only GET and HEAD are answered. All answers carry the headers of headers.go.
// Readers and what they search for are never logged. With [Options.Data] searches
// are counted, as package tally says; nothing is kept of who searched.
//
// # Under load
//
// A search passes a gate (gate.go): one client may ask only so much a second, else
// it gets 429, and only so many searches run at once; others wait briefly and then
// get 503. What is wrong with a query is a 400 with words, and a panic is a 500
// that is counted. Previews have no gate.
//
// # Previews
//
// With [Options.Preview] pages are served with two things that are never in a
// file: a script that reloads the page on [Server.Notify], and a box with what
// [Server.SetFaults] has to say about it. [Options.Live] then gives the index.
package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"kennishub/internal/search"
	"kennishub/internal/tally"
	"kennishub/internal/theme"
)

// Options say what to serve.
type Options struct {
	Dir     string              // the published folder
	Live    func() *search.Live // asked for the index of a preview at each request; nil to use the one in Dir
	Preview bool                // live reload and faults in pages
	HTTPS   bool                // readers come by https only: tell browsers to keep to it
	Data    string              // the folder for counts of searches; "" to count nothing
	Logger  *slog.Logger        // nil to log nothing
}

// Server serves a published folder. It is safe for use by many goroutines.
type Server struct {
	options Options
	log     *slog.Logger
	events  *events // nil but in a preview
	faults  atomic.Pointer[faults]
	tally   *tally.Tally // nil without a folder for it
	counted sync.Once    // when it ends
	panics  atomic.Int64

	refreshing sync.Mutex // held by the request that looks for a new build
	lastLook   atomic.Int64
	complaint  string // what was last logged about the folder

	mu      sync.RWMutex
	state   *state         // nil after Close
	closing sync.WaitGroup // for states that are still in use after another took their place
}

// state is one build as it is served.
type state struct {
	stamp stamp
	root  *os.Root
	page  searchPage // nil when there is none
	base  string     // "/" or "/kennishub/"
	index searcher   // nil when there is none
	gate  *gate      // before the index; nil when there is none
	users sync.WaitGroup
}

// searchPage is what serve needs of [theme.SearchPage].
type searchPage interface {
	BasePath() string
	Base() theme.Search
	Render(w io.Writer, view *theme.Search) error
}

// searcher is what serve needs of [search.Index] and [search.Live].
type searcher interface {
	ID() string
	Settings() search.Settings
	Search(context.Context, search.Query) (*search.Results, error)
	Suggest(ctx context.Context, text string, most int) ([]search.Suggestion, error)
}

// The names in a published folder that the build and serve share.
const (
	indexFolder = ".search"
	pageFile    = ".search/site.json"
)

// lookInterval is how often the folder is looked at for a new build, at most.
const lookInterval = time.Second

// New makes a server. The folder must exist; an index or a search page that is
// missing or damaged is logged, and the rest is served.
func New(o Options) (*Server, error) {
	s := &Server{options: o, log: o.Logger}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if o.Preview {
		s.events = newEvents()
	}
	s.faults.Store(&faults{})
	s.refresh()
	if s.state == nil {
		return nil, fmt.Errorf("de map %s is niet te openen (%s); bouw de site eerst met kennishub build", o.Dir, s.complaint)
	}
	if o.Data != "" {
		if err := s.count(); err != nil {
			s.Close()
			return nil, err
		}
	}
	return s, nil
}

// count begins to count searches.
func (s *Server) count() error {
	if within(s.options.Dir, s.options.Data) {
		return fmt.Errorf("de map voor tellingen (%s) ligt in de gemaakte site, waar iedereen haar kan lezen; kies een andere map met --data", s.options.Data)
	}
	var err error
	s.tally, err = tally.Open(s.options.Data, s.log)
	return err
}

// within reports whether a folder, which need not exist, is another one or lies in
// it.
func within(outer, folder string) bool {
	o, err := os.Stat(outer)
	if err != nil {
		return false
	}
	for p, err := filepath.Abs(folder); err == nil; p = filepath.Dir(p) {
		if info, err := os.Stat(p); err == nil && os.SameFile(info, o) {
			return true
		}
		if p == filepath.Dir(p) {
			break
		}
	}
	return false
}

// Close ends the event streams, waits for running requests and frees the index.
// An error says that searches of the last minute are not counted.
func (s *Server) Close() (err error) {
	s.stopEvents()
	s.swap(nil)
	s.closing.Wait()
	if s.tally != nil {
		s.counted.Do(func() { err = s.tally.Close() })
	}
	return err
}

func (s *Server) stopEvents() {
	if s.events != nil {
		s.events.stop()
	}
}

// use gives the build that is served, and what to call when done with it. The
// build is nil after Close.
func (s *Server) use() (*state, func()) {
	if now := time.Now().UnixNano(); now-s.lastLook.Load() >= int64(lookInterval) {
		s.refresh()
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.state == nil {
		return nil, func() {}
	}
	s.state.users.Add(1)
	return s.state, s.state.users.Done
}

// swap makes a build the one that is served. The one before it is closed when its
// last request is done.
func (s *Server) swap(next *state) {
	s.mu.Lock()
	old := s.state
	s.state = next
	s.mu.Unlock()
	if old != nil {
		s.closing.Go(func() {
			old.users.Wait()
			old.close()
		})
	}
}

// refresh takes up a new build, when there is one. While one request does so, the
// others go on with the old one.
func (s *Server) refresh() {
	if !s.refreshing.TryLock() {
		return
	}
	defer s.refreshing.Unlock()
	defer func() { s.lastLook.Store(time.Now().UnixNano()) }()

	s.mu.RLock()
	old := s.state
	s.mu.RUnlock()
	var next *state
	now, err := s.look()
	if err == nil {
		if old != nil && old.stamp.same(now) {
			return
		}
		next, err = s.load(now, old)
	}
	complaint := ""
	if err != nil {
		complaint = err.Error()
	}
	if err != nil && complaint != s.complaint {
		s.log.Error("de nieuwe versie van de site is niet helemaal te gebruiken", "fout", err)
	}
	s.complaint = complaint
	if next != nil {
		s.swap(next)
	}
}

// stamp is what tells builds apart: the folder itself, and the index that is
// served with the search page.
type stamp struct {
	folder os.FileInfo
	parts  string
}

func (s stamp) same(other stamp) bool {
	return s.parts == other.parts && os.SameFile(s.folder, other.folder)
}

// look gives the stamp of what is in the folder now.
func (s *Server) look() (stamp, error) {
	folder, err := os.Stat(s.options.Dir)
	if err != nil {
		return stamp{}, err
	}
	now := stamp{folder: folder}
	if info, err := os.Stat(filepath.Join(s.options.Dir, filepath.FromSlash(pageFile))); err == nil {
		now.parts = fmt.Sprint(info.Size(), info.ModTime().UnixNano())
	}
	if s.options.Live == nil {
		id, err := search.Current(filepath.Join(s.options.Dir, indexFolder))
		now.parts += fmt.Sprint(" ", id, err)
	}
	return now, nil
}

// load opens a build. When a part of it cannot be used, the error says so: then a
// server that has an old build keeps that and looks again, and one that has none
// serves the rest.
func (s *Server) load(now stamp, old *state) (*state, error) {
	next := &state{stamp: now, base: "/"}
	root, err := os.OpenRoot(s.options.Dir)
	if err != nil {
		return nil, err
	}
	next.root = root

	var faults []error
	data, err := root.ReadFile(pageFile)
	if err == nil {
		var page *theme.SearchPage
		if page, err = theme.OpenBundle(data); err == nil {
			next.page, next.base = page, page.BasePath()
		}
	}
	if err != nil {
		faults = append(faults, fmt.Errorf("de zoekpagina ontbreekt: %w", err))
	}
	if s.options.Live == nil {
		index, err := search.Open(filepath.Join(s.options.Dir, indexFolder))
		switch {
		case err == nil:
			next.index, next.gate = index, newGate(index.Settings().Limits)
		case !errors.Is(err, search.ErrNoIndex): // a site without search is fine
			faults = append(faults, err)
		}
	}
	if faults != nil && old != nil {
		next.close()
		return nil, errors.Join(faults...)
	}
	if faults != nil {
		next.stamp.parts += " half" // so that it is looked at again
	}
	return next, errors.Join(faults...)
}

func (st *state) close() {
	if index, ok := st.index.(*search.Index); ok {
		index.Close()
	}
	st.root.Close()
}

// searcher gives the index to search, nil when there is none.
func (s *Server) searcher(st *state) searcher {
	if s.options.Live == nil {
		return st.index
	}
	if live := s.options.Live(); live != nil {
		return live
	}
	return nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	watched := &watchedWriter{ResponseWriter: w}
	defer func() {
		fault := recover()
		if fault == nil {
			return
		}
		if fault == http.ErrAbortHandler {
			panic(fault)
		}
		s.log.Error("een verzoek liep vast", "pad", r.URL.Path, "keer", s.panics.Add(1), "fout", wordless(fault), "stapel", string(debug.Stack()))
		if s.tally != nil {
			s.tally.Failed()
		}
		if watched.wrote {
			panic(http.ErrAbortHandler) // the answer is half: end it as such
		}
		clear(w.Header())
		setHeaders(w.Header(), s.options.HTTPS)
		if strings.Contains(r.URL.Path, "/api/") {
			(&visit{w: w, r: r}).fault(http.StatusInternalServerError, codeInternal, "er ging iets mis op de server; probeer het later opnieuw")
			return
		}
		plain(w, http.StatusInternalServerError, "Er ging iets mis op de server. Probeer het later opnieuw.")
	}()
	setHeaders(w.Header(), s.options.HTTPS)
	s.route(watched, r)
}

// wordless says what a panic was about without anything a reader may have typed;
// where it was stands in the trace.
func wordless(fault any) string {
	switch f := fault.(type) {
	case runtime.Error:
		return f.Error()
	case *fs.PathError:
		return f.Error()
	}
	return fmt.Sprintf("%T", fault)
}

// watchedWriter knows whether an answer has begun.
type watchedWriter struct {
	http.ResponseWriter
	wrote bool
}

func (w *watchedWriter) WriteHeader(status int) {
	w.wrote = true
	w.ResponseWriter.WriteHeader(status)
}

func (w *watchedWriter) Write(data []byte) (int, error) {
	w.wrote = true
	return w.ResponseWriter.Write(data)
}

// Unwrap is for http.ResponseController.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, http.StatusMethodNotAllowed, "Deze server beantwoordt alleen GET en HEAD.")
		return
	}
	st, done := s.use()
	if st == nil {
		plain(w, http.StatusServiceUnavailable, "De server stopt. Probeer het zo opnieuw.")
		return
	}
	v := &visit{Server: s, state: st, w: w, r: r}
	path := r.URL.Path
	if st.base != "/" && (path == "/" || path == strings.TrimSuffix(st.base, "/")) {
		defer done()
		v.redirect(st.base, http.StatusFound)
		return
	}
	rest, ok := strings.CutPrefix(path, st.base)
	if name, found := strings.CutPrefix(rest, previewFolder); ok && found && s.events != nil {
		done() // a stream of events lasts, and must not keep an old build open
		s.servePreview(w, r, name)
		return
	}
	defer done()
	switch {
	case !ok:
		v.notFound()
	case rest == "healthz":
		v.health()
	case rest == "api/search":
		v.api()
	case rest == "api/suggest":
		v.suggest()
	case rest == "api" || strings.HasPrefix(rest, "api/"):
		v.fault(http.StatusNotFound, "not-found", "dit adres bestaat niet; zoeken kan met "+st.base+"api/search?q=…")
	case rest == "zoeken":
		v.redirect(path+"/", http.StatusMovedPermanently)
	case rest == "zoeken/":
		v.find()
	default:
		v.file(rest)
	}
}

// visit is one request, answered from one build.
type visit struct {
	*Server
	*state
	w http.ResponseWriter
	r *http.Request
}

// redirect leads to a path on this server, with the query that was asked.
func (v *visit) redirect(path string, status int) {
	target := escapePath(path)
	if v.r.URL.RawQuery != "" {
		target += "?" + v.r.URL.RawQuery
	}
	v.w.Header().Set("Location", target)
	v.w.Header().Set("Cache-Control", "no-cache")
	plain(v.w, status, "Deze pagina staat op "+target)
}

func (v *visit) health() {
	type health struct {
		Status string `json:"status"`
		Build  string `json:"build,omitempty"` // the ID of the index
	}
	if index := v.searcher(v.state); index != nil {
		v.json(http.StatusOK, health{"ok", index.ID()})
		return
	}
	v.later(retryAfter)
	v.json(http.StatusServiceUnavailable, health{Status: codeNoIndex})
}
