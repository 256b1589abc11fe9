// Package media knows facts about files: what type they are and how large, in
// the words that readers see, and what one look through their contents tells.
//
//	media.TypeOf("poster.pdf").Label          // "PDF"
//	media.Size(1_234_567, "nl")               // "1,2 MB"
//	facts, err := media.Inspect("a.jpg", file) // checksums, pixels, what is wrong with it
//
// Types come from the table in this package and never from the machine, so the
// same site is served and published alike everywhere.
package media

import (
	"fmt"
	"path"
	"strings"
)

// Type is a type of file.
type Type struct {
	MIME  string // with charset for text
	Label string // "PDF"
}

var types = map[string]Type{
	".html": {"text/html; charset=utf-8", "HTML"}, ".htm": {"text/html; charset=utf-8", "HTML"},
	".css": {"text/css; charset=utf-8", "CSS"},
	".js":  {"text/javascript; charset=utf-8", "JavaScript"}, ".mjs": {"text/javascript; charset=utf-8", "JavaScript"},
	".txt": {"text/plain; charset=utf-8", "tekst"}, ".md": {"text/markdown; charset=utf-8", "Markdown"},
	".csv": {"text/csv; charset=utf-8", "CSV"}, ".ics": {"text/calendar; charset=utf-8", "agenda"},
	".vtt": {"text/vtt; charset=utf-8", "ondertiteling"}, ".xsl": {"text/xsl; charset=utf-8", "XSL"},
	".xml": {"application/xml; charset=utf-8", "XML"}, ".atom": {"application/atom+xml; charset=utf-8", "Atom"},
	".json": {"application/json; charset=utf-8", "JSON"}, ".jsonld": {"application/ld+json; charset=utf-8", "JSON-LD"},
	".webmanifest": {"application/manifest+json; charset=utf-8", "manifest"},
	".yaml":        {"application/yaml; charset=utf-8", "YAML"}, ".yml": {"application/yaml; charset=utf-8", "YAML"},
	".bib": {"application/x-bibtex; charset=utf-8", "BibTeX"}, ".ris": {"application/x-research-info-systems; charset=utf-8", "RIS"},
	".pdf": {"application/pdf", "PDF"}, ".epub": {"application/epub+zip", "EPUB"}, ".zip": {"application/zip", "ZIP"},
	".doc": {"application/msword", "Word"}, ".xls": {"application/vnd.ms-excel", "Excel"}, ".ppt": {"application/vnd.ms-powerpoint", "PowerPoint"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint"},
	".odt":  {"application/vnd.oasis.opendocument.text", "ODT"},
	".ods":  {"application/vnd.oasis.opendocument.spreadsheet", "ODS"},
	".odp":  {"application/vnd.oasis.opendocument.presentation", "ODP"},
	".svg":  {"image/svg+xml; charset=utf-8", "SVG"}, ".png": {"image/png", "PNG"}, ".jpg": {"image/jpeg", "JPEG"}, ".jpeg": {"image/jpeg", "JPEG"},
	".gif": {"image/gif", "GIF"}, ".webp": {"image/webp", "WebP"}, ".avif": {"image/avif", "AVIF"}, ".ico": {"image/x-icon", "pictogram"},
	".mp3": {"audio/mpeg", "MP3"}, ".m4a": {"audio/mp4", "M4A"}, ".ogg": {"audio/ogg", "Ogg"}, ".wav": {"audio/wav", "WAV"},
	".mp4": {"video/mp4", "MP4"}, ".webm": {"video/webm", "WebM"},
	".woff": {"font/woff", "lettertype"}, ".woff2": {"font/woff2", "lettertype"}, ".ttf": {"font/ttf", "lettertype"}, ".otf": {"font/otf", "lettertype"},
	".wasm": {"application/wasm", "WebAssembly"},
}

// TypeOf returns the type of a file by its name. A file of an unknown type has
// application/octet-stream and its ending in capitals as label.
func TypeOf(name string) Type {
	ext := strings.ToLower(path.Ext(name))
	if t, ok := types[ext]; ok {
		return t
	}
	label := strings.ToUpper(strings.TrimPrefix(ext, "."))
	if label == "" {
		label = "bestand"
	}
	return Type{"application/octet-stream", label}
}

// Size writes a number of bytes as readers see it, with decimal units as
// operating systems show them: "812 bytes", "14 kB", "1,2 MB". The language
// decides the decimal sign.
func Size(bytes int64, language string) string {
	units := []string{"kB", "MB", "GB", "TB"}
	if bytes < 1000 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	n, unit := float64(bytes)/1000, 0
	for n >= 999.5 && unit < len(units)-1 {
		n, unit = n/1000, unit+1
	}
	text := fmt.Sprintf("%.0f", n)
	if n < 9.95 && unit > 0 {
		text = fmt.Sprintf("%.1f", n)
	}
	if language == "nl" {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + " " + units[unit]
}
