package attachment

import (
	"bytes"
	"compress/zlib"
	"errors"
	"io"
	"strings"

	"github.com/ledongthuc/pdf"
)

const (
	maxStream = 16 << 20 // bytes of one unpacked stream; what is larger is a drawing
	maxPages  = 64       // levels of the page tree
	maxForms  = 16       // forms drawn in forms
)

// readPDF reads the pages of a PDF (ISO 32000-1).
//
// The library gives the objects of the file. What a page draws is interpreted here,
// because the library knows neither the widths of composite fonts, with which
// browsers and word processors write, nor forms.
func readPDF(g *gatherer, file io.ReaderAt, size int64) error {
	file, size, err := trimPDF(file, size)
	if err != nil {
		return err
	}
	r, err := pdf.NewReader(file, size)
	if err != nil {
		if strings.Contains(err.Error(), "encrypt") {
			return faultLocked
		}
		return err
	}
	d := &document{gatherer: g, fonts: map[string]*font{}, resources: map[string]*resources{}}
	err = guard(func() error {
		pages := r.Trailer().Key("Root").Key("Pages")
		if pages.Kind() != pdf.Dict {
			return errors.New("attachment: no pages")
		}
		return d.readPages(pages, pdf.Value{}, 0)
	})
	switch {
	case err == nil && d.unknown > d.known:
		return faultLetters
	case err == nil && d.known == 0:
		return faultScan
	}
	return err
}

// trimPDF gives the part of the file that the library takes for a PDF: from a
// plain first line to the last "%%EOF". Readers are used to what mail programs and
// web servers put around it.
func trimPDF(file io.ReaderAt, size int64) (io.ReaderAt, int64, error) {
	const around = 1024 // bytes in which readers look (ISO 32000-1, annex H.3)
	head := make([]byte, min(size, around))
	tail := make([]byte, min(size, around))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, 0, err
	}
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return nil, 0, err
	}
	start, end := bytes.Index(head, []byte("%PDF-")), bytes.LastIndex(tail, []byte("%%EOF"))
	if start < 0 {
		return nil, 0, fault("is geen PDF")
	}
	if end < 0 {
		return nil, 0, errors.New("attachment: no end")
	}
	size += int64(end + len("%%EOF") - len(tail) - start)
	return firstLine{io.NewSectionReader(file, int64(start), size)}, size, nil
}

// firstLine is a PDF whose first line is one that the library accepts. Versions
// differ in nothing that reading text depends on.
type firstLine struct{ io.ReaderAt }

func (f firstLine) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.ReaderAt.ReadAt(p, off)
	if line := "%PDF-1.7\n"; off < int64(len(line)) {
		copy(p[:n], line[off:])
	}
	return n, err
}

// document is a PDF that is being read.
type document struct {
	*gatherer
	pages          int
	known, unknown int // letters that can be read, and that cannot

	// Fonts and resources by how they are written, which tells them apart as it has
	// the numbers of the objects they point to.
	fonts     map[string]*font
	resources map[string]*resources
}

// resources are what the names in a page mean (ISO 32000-1, 7.8.3).
type resources struct {
	pdf.Value
	fonts map[string]*font // by name
}

func (d *document) resourcesOf(v pdf.Value) *resources {
	key := v.String()
	if d.resources[key] == nil {
		d.resources[key] = &resources{v, map[string]*font{}}
	}
	return d.resources[key]
}

// font gives the font with this name; one that cannot be read has no letters.
func (d *document) font(r *resources, name string) *font {
	if f := r.fonts[name]; f != nil {
		return f
	}
	f := initial.font
	guard(func() error {
		v := r.Key("Font").Key(name)
		key := v.String()
		if d.fonts[key] == nil {
			d.fonts[key] = newFont(v)
		}
		f = d.fonts[key]
		return nil
	})
	r.fonts[name] = f
	return f
}

// readPages reads a node of the page tree and all below it. What a page lacks it
// has from its parents. A fault on one page does not keep from the others.
func (d *document) readPages(node, inherited pdf.Value, depth int) error {
	if own := node.Key("Resources"); own.Kind() == pdf.Dict {
		inherited = own
	}
	kids := node.Key("Kids")
	if kids.Kind() != pdf.Array {
		d.pages++
		d.next(d.pages)
		data, damaged := contents(node)
		p := &page{document: d, damaged: damaged}
		err := guard(func() error {
			p.draw(data, d.resourcesOf(inherited), initial, 0)
			return p.damaged
		})
		p.endLine()
		return err
	}
	if depth == maxPages {
		return errors.New("attachment: page tree too deep")
	}
	var fault error
	for i := 0; i < kids.Len() && !d.cut; i++ {
		if err := guard(func() error { return d.readPages(kids.Index(i), inherited, depth+1) }); err != nil {
			fault = err
		}
	}
	return fault
}

// contents gives what a page draws, of one stream or of many. There may be both
// bytes and an error.
func contents(page pdf.Value) ([]byte, error) {
	v := page.Key("Contents")
	if v.Kind() != pdf.Array {
		return unpacked(v)
	}
	var all []byte
	for i := range v.Len() {
		data, err := unpacked(v.Index(i))
		all = append(append(all, data...), '\n')
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// unpacked gives the bytes of a stream, and those before a fault.
func unpacked(v pdf.Value) (data []byte, err error) {
	if v.IsNull() {
		return nil, nil
	}
	err = guard(func() error {
		data, err = io.ReadAll(io.LimitReader(v.Reader(), maxStream+1))
		return err
	})
	switch {
	case len(data) > maxStream:
		return data[:maxStream], errors.New("attachment: stream too long")
	case errors.Is(err, zlib.ErrChecksum):
		return data, nil // the bytes are there, and viewers do not look at the sum
	}
	return data, err
}
