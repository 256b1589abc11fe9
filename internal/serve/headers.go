package serve

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
)

// securityHeaders are on every answer. Pages hold no inline script or style and
// ask nobody else for anything, so the policy can be this narrow.
var securityHeaders = [...][2]string{
	{"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Permissions-Policy", "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
}

// strictTransport keeps browsers to https for a year.
const strictTransport = "max-age=31536000"

func setHeaders(h http.Header, https bool) {
	for _, header := range securityHeaders {
		h.Set(header[0], header[1])
	}
	if https {
		h.Set("Strict-Transport-Security", strictTransport)
	}
}

const (
	htmlType = "text/html; charset=utf-8"
	jsonType = "application/json; charset=utf-8"
	textType = "text/plain; charset=utf-8"
)

// compressible reports whether gzip makes sense of a type: it is text.
func compressible(mediaType string) bool { return strings.HasSuffix(mediaType, "; charset=utf-8") }

const (
	leastGzip = 1 << 10 // bytes; smaller answers fit in a packet as they are
	mostGzip  = 4 << 20 // bytes; larger ones are not worth holding in memory
)

// acceptsGzip reads Accept-Encoding. What is odd in it counts as no.
func acceptsGzip(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, parameter, _ := strings.Cut(part, ";")
		if strings.TrimSpace(name) != "gzip" {
			continue
		}
		quality, found := strings.CutPrefix(strings.ReplaceAll(parameter, " ", ""), "q=")
		if !found {
			return parameter == ""
		}
		q, err := strconv.ParseFloat(quality, 64)
		return err == nil && q > 0
	}
	return false
}

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, 5) // beyond 5, more time saves next to nothing on pages
	return w
}}

func gzipTo(w io.Writer, data []byte) error {
	z := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(z)
	z.Reset(w)
	if _, err := z.Write(data); err != nil {
		return err
	}
	return z.Close()
}

// answer writes a whole answer of some type, compressed when that helps.
func answer(w http.ResponseWriter, r *http.Request, status int, mediaType string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", mediaType)
	if compressible(mediaType) {
		h.Add("Vary", "Accept-Encoding")
		if len(data) >= leastGzip && acceptsGzip(r) {
			var packed strings.Builder
			if gzipTo(&packed, data) == nil {
				h.Set("Content-Encoding", "gzip")
				h.Set("Content-Length", strconv.Itoa(packed.Len()))
				w.WriteHeader(status)
				io.WriteString(w, packed.String())
				return
			}
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	w.Write(data)
}

// plain answers with a line of text.
func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", textType)
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	io.WriteString(w, text+"\n")
}

// escapePath writes a path as it stands in an address.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
