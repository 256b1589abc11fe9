// Package bundle writes the files of a page as one ZIP, with what someone needs who
// has nothing but that ZIP: what it is, what may be done with it, and whether it is
// whole.
//
//	b := bundle.Bundle{
//		Folder: "klik-niet-zomaar-1.1", Title: "Klik niet zomaar", Version: "1.1", Licence: "CC BY 4.0",
//		Attribution: "MBO Digitaal", Address: "https://kennishub.example/campagnes/klik-niet-zomaar/",
//		Entries: []bundle.Entry{{Name: "poster.pdf", Size: 14_301, CRC32: …, SHA256: …, Open: …}},
//	}
//	size, err := b.Size()     // what a page says about the download; opens no file
//	_, err = b.WriteTo(file)  // in constant memory
//
// In the ZIP is one folder. Beside the files it holds LEESMIJ.txt, LICENTIE.txt with
// the legal text of a licence of [Licences], and SHA256SUMS for sha256sum -c; in
// English README.txt and LICENCE.txt. Where a file of the page has such a name, or
// one that Windows takes for the same, ours becomes LEESMIJ-1.txt.
//
// Files are stored, not deflated. What pages offer is compressed already, and so the
// bytes follow from the bundle alone and the size is known before a file is read.
package bundle

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Bundle is what goes into a ZIP. Only Folder and Title are needed.
type Bundle struct {
	Folder      string // one name, that everything unpacks into: "klik-niet-zomaar-1.1"
	Title       string
	Version     string    // "1.1"
	Date        time.Time // the day of this version; also the time of the files, if a ZIP can tell it
	Description string    // plain text, may have more than one paragraph, as Adapting may
	Licence     string    // as authors write it: "CC BY 4.0"
	Attribution string    // who is to be named: "MBO Digitaal"
	Credit      string    // the sentence that names the source, as the maker wants it; "" for one made of the rest
	Adapting    string    // how to change the files
	Address     string    // the permanent web address
	Language    string    // "en", any other is Dutch
	Entries     []Entry   // in any order
}

// Entry is a file.
type Entry struct {
	Name   string // slash-separated, inside the folder
	Size   int64  // bytes
	CRC32  uint32 // IEEE
	SHA256 [sha256.Size]byte
	Open   func() (io.ReadCloser, error)
}

// ErrName is the error for a name that no ZIP may hold: one that leaves the folder,
// that systems read differently, or that two files have.
var ErrName = errors.New("deze naam kan niet in een ZIP; kies een andere naam")

// ErrChanged is the error for a file that is not what its entry says.
var ErrChanged = errors.New("het bestand is veranderd terwijl de ZIP werd gemaakt; bouw de site opnieuw")

// files are the entries with ours, sorted by name.
func (b Bundle) files() ([]Entry, error) {
	if !single(b.Folder) {
		return nil, fmt.Errorf("de map %q: %w", b.Folder, ErrName)
	}
	files := slices.Clone(b.Entries)
	slices.SortFunc(files, byName)
	names := map[string]bool{}
	taken := map[string]bool{} // names and folders, as Windows and macOS compare them
	for _, e := range files {
		if !plain(e.Name) || names[e.Name] || e.Size < 0 || len(b.Folder)+len("/")+len(e.Name) > math.MaxUint16 {
			return nil, fmt.Errorf("%q: %w", e.Name, ErrName)
		}
		names[e.Name] = true
		taken[strings.ToLower(e.Name)] = true
	}
	for _, e := range files {
		for folder := path.Dir(e.Name); folder != "."; folder = path.Dir(folder) {
			if names[folder] {
				return nil, fmt.Errorf("%q: %w", folder, ErrName)
			}
			taken[strings.ToLower(folder)] = true
		}
	}

	free := func(stem, ext string) string {
		name := stem + ext
		for n := 1; taken[strings.ToLower(name)]; n++ {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		return name
	}
	r := readme{Bundle: b, Files: files, SumsFile: free("SHA256SUMS", "")}
	r.Terms, _ = LicenceOf(b.Licence)
	name := free("LEESMIJ", ".txt")
	r.LicenceFile = free("LICENTIE", ".txt")
	if b.Language == "en" {
		name, r.LicenceFile = free("README", ".txt"), free("LICENCE", ".txt")
	}
	files = append(slices.Clip(files), entry(name, windows(r.text())))
	if r.Terms.Name != "" {
		files = append(files, entry(r.LicenceFile, windows(r.Terms.Text())))
	}
	slices.SortFunc(files, byName)

	var sums bytes.Buffer
	for _, e := range files {
		fmt.Fprintf(&sums, "%x  %s\n", e.SHA256, e.Name)
	}
	files = append(files, entry(r.SumsFile, sums.Bytes()))
	slices.SortFunc(files, byName)
	return files, nil
}

func byName(a, b Entry) int { return cmp.Compare(a.Name, b.Name) }

// plain reports whether name is a relative path for every system: none that leaves
// its folder, and no backslash, which parts a path on Windows and is an escape in
// SHA256SUMS.
func plain(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.Contains(name, `\`) && !strings.ContainsFunc(name, unicode.IsControl)
}

// single reports whether name is that of one folder, and not of a drive.
func single(name string) bool {
	return plain(name) && !strings.ContainsAny(name, "/:")
}

func entry(name string, data []byte) Entry {
	return Entry{name, int64(len(data)), crc32.ChecksumIEEE(data), sha256.Sum256(data), func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

// windows is a text as old and new editors of Windows show it: with a byte order
// mark and CRLF.
func windows(text string) []byte {
	return []byte("\uFEFF" + strings.ReplaceAll(text, "\n", "\r\n"))
}
