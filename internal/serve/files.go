package serve

import (
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"

	"kennishub/internal/media"
)

// longestPath is longer than any path of ours, in bytes.
const longestPath = 2048

// hashedName is the name of a file whose name changes with its contents.
var hashedName = regexp.MustCompile(`^assets/(.*-[0-9A-Z]{8}|images/[0-9a-f]{16}-[0-9]+-[0-9]+)\.[0-9a-z]+$`)

// refresh is where a page leads on to that stands at an old or a lasting address. A
// build writes such pages for servers that know no better; programs that download
// do not understand them.
var refresh = regexp.MustCompile(`<meta http-equiv="refresh" content="0; url=(/(?:[^"/][^"]*)?)">`)

// longestRefresh is longer than any such page, and shorter than most others.
const longestRefresh = 4096

// fileName gives the name of the file that a path asks for. It refuses all that
// cannot be one of ours, so that what follows need not think of it; that links
// lead out of the folder is refused by [os.Root].
func fileName(path string) (name string, ok bool) {
	if len(path) > longestPath || strings.ContainsAny(path, "\x00\\") {
		return "", false
	}
	name = strings.TrimSuffix(path, "/")
	if name == "" {
		return "", path == ""
	}
	for i, segment := range strings.Split(name, "/") {
		if segment == "" || segment[0] == '.' && (i > 0 || segment != ".well-known") {
			return "", false
		}
	}
	return name, true
}

// file answers with the published file at a path under the base.
func (v *visit) file(path string) {
	name, ok := fileName(path)
	if !ok {
		v.notFound()
		return
	}
	slash := name == "" || strings.HasSuffix(path, "/")
	info, err := v.root.Stat(orDot(name))
	switch {
	case err != nil:
		v.missing(err)
		return
	case info.IsDir() && !slash:
		if _, err := v.root.Stat(name + "/index.html"); err != nil {
			v.missing(err)
			return
		}
		v.redirect(v.base+name+"/", http.StatusMovedPermanently)
		return
	case info.IsDir():
		if name = strings.TrimPrefix(name+"/index.html", "/"); name != "" {
			info, err = v.root.Stat(name)
		}
	case slash: // a file is no folder
		v.notFound()
		return
	}
	if err != nil || !info.Mode().IsRegular() {
		v.missing(err)
		return
	}

	mediaType := media.TypeOf(name).MIME
	if mediaType == htmlType && info.Size() <= longestRefresh {
		if page, err := v.root.ReadFile(name); err == nil {
			if to := refresh.FindSubmatch(page); to != nil {
				if address, err := url.PathUnescape(html.UnescapeString(string(to[1]))); err == nil {
					v.redirect(address, http.StatusFound)
					return
				}
			}
		}
	}
	if mediaType == htmlType && v.events != nil {
		if !v.pageFile(http.StatusOK, name) {
			v.notFound()
		}
		return
	}
	f, err := v.root.Open(name)
	if err != nil {
		v.missing(err)
		return
	}
	defer f.Close()
	h := v.w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Cache-Control", "no-cache")
	if hashedName.MatchString(name) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	// A build never rewrites a file that did not change.
	tag := fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size())
	if compressible(mediaType) {
		h.Add("Vary", "Accept-Encoding")
		if size := info.Size(); size >= leastGzip && size <= mostGzip && v.r.Header.Get("Range") == "" && acceptsGzip(v.r) {
			v.packed(f, tag)
			return
		}
	}
	h.Set("Etag", tag)
	http.ServeContent(v.w, v.r, name, info.ModTime(), f)
}

func orDot(name string) string {
	if name == "" {
		return "."
	}
	return name
}

// packed answers with a file, compressed. Other bytes have another tag.
func (v *visit) packed(f *os.File, tag string) {
	tag = strings.TrimSuffix(tag, `"`) + `-gz"`
	h := v.w.Header()
	h.Set("Etag", tag)
	if known := v.r.Header.Get("If-None-Match"); known == "*" || strings.Contains(known, tag) {
		h.Del("Content-Type")
		v.w.WriteHeader(http.StatusNotModified)
		return
	}
	data, err := io.ReadAll(io.LimitReader(f, mostGzip+1))
	if err != nil {
		panic(err) // the disk fails; nothing was written yet
	}
	h.Del("Vary") // answer sets it
	answer(v.w, v.r, http.StatusOK, h.Get("Content-Type"), data)
}

// missing answers for a file that could not be found or opened.
func (v *visit) missing(err error) {
	// A name that is too long or leads out of the folder is a reader's fault; that a
	// file may not be read is ours.
	if errors.Is(err, fs.ErrPermission) {
		v.log.Error("een bestand is niet te lezen", "fout", err)
	}
	v.notFound()
}

// notFound answers with the site's own page for it.
func (v *visit) notFound() {
	v.w.Header().Set("Cache-Control", "no-cache")
	if v.pageFile(http.StatusNotFound, "404.html") {
		return
	}
	if v.events != nil {
		v.html(http.StatusNotFound, []byte("<!doctype html>\n<html lang=\"nl\">\n<title>Niet gevonden</title>\n<body>\n<h1>Deze pagina bestaat niet.</h1>\n</body>\n</html>\n"))
		return
	}
	plain(v.w, http.StatusNotFound, "Deze pagina bestaat niet.")
}

// pageFile answers with the page in a file, and reports whether it is there.
func (v *visit) pageFile(status int, name string) bool {
	info, err := v.root.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	data, err := v.root.ReadFile(name)
	if err != nil {
		return false
	}
	v.html(status, data)
	return true
}

// html answers with a page. In a preview it gets what only a preview has.
func (v *visit) html(status int, page []byte) {
	if v.events != nil {
		v.w.Header().Set("Cache-Control", "no-store")
		page = v.withPreview(page)
	}
	answer(v.w, v.r, status, htmlType, page)
}
