// Package attachment reads the text of attachments, so that a search finds a
// campaign by the words in its PDF or slides.
//
// Files come from people we do not trust, and a goroutine cannot be killed. So
// the reading is done by workers: processes of our own program that read one file
// after another and are ended when a file takes too long or too much. A file that
// is broken, encrypted or made to harm costs at most its [Limits] and gives a
// problem to tell its author.
//
//	func main() {
//		attachment.Main() // in a worker: serves and does not return
//		…
//		self, err := os.Executable()
//		pool := attachment.NewPool([]string{self}, attachment.Limits{}, runtime.NumCPU())
//		defer pool.Close()
//		text, err := pool.Read(ctx, "poster.pdf", file, size)
//
// What is read, and how it is divided in parts:
//
//   - PDF: a part for each page, numbered, without titles. Letters are read in the
//     order in which the page draws them, which is the order in which it was
//     written, also in columns; words and lines are told apart by their places.
//     Invisible letters (the text behind a scan) count, annotations do not.
//   - PPTX and ODP: a part for each slide, numbered, with its title. Notes for the
//     speaker are not read.
//   - DOCX and ODT: a part for each stretch below a heading of level 1 or 2, with
//     the heading as title. Comments and deleted text are not read; the footnotes
//     of a DOCX are the last part.
//   - TXT and CSV: one part.
//
// The PDF library reads the structure of a file: its cross-references, objects,
// filters and encryption. It does not read PDFs whose cross-reference table is
// wrong, that are encrypted with AES-256, or whose pages are packed with LZW.
// Letters without a code for them in the file cannot be read by anybody.
package attachment

import (
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
)

// Version is of the way files are read: the same bytes give the same [Text] under
// the same version and [Limits].
const Version = 2

// Part is the text of one page, slide or section. It has a title or a text; both
// are valid UTF-8 without control characters, on one line, with single spaces.
type Part struct {
	Number int    // of the page or slide, from 1; 0 in formats that have none
	Title  string // of the slide or section, "" when it has none
	Text   string // without the title
}

// Text is what was read of a file. There may be both parts and a problem.
type Text struct {
	Parts []Part

	// Problem says to the author what is wrong with the file, as the rest of a
	// sentence that begins with its name: "is beschadigd en daardoor niet te lezen".
	// It is "" when all was read.
	Problem string

	// Passing tells that the machine may have caused the problem: the time ran out,
	// or the worker was ended from outside. The same file may fare better next time.
	Passing bool
}

// What one file may cost, unless [Limits] says otherwise.
const (
	DefaultTime   = 20 * time.Second
	DefaultMemory = 512 << 20 // bytes
	DefaultText   = 2 << 20   // bytes
)

// MaxSize is the size in bytes above which files are not read.
const MaxSize = 256 << 20

// Limits is what one file may cost. What is zero has its default.
type Limits struct {
	Time   time.Duration // from the first byte sent to a worker to the last of its answer
	Memory int64         // bytes, of a whole worker
	Text   int           // bytes of text; the rest is cut off
}

// A format reads a file into g. The error is a [fault] or says that the file is
// damaged; what came into g before it counts.
type format func(g *gatherer, file io.ReaderAt, size int64) error

var formats = map[string]format{
	".pdf":  readPDF,
	".docx": readDOCX, ".pptx": readPPTX,
	".odt": readODF, ".odp": readODF,
	".txt": readPlain, ".csv": readPlain,
}

func ending(name string) string { return strings.ToLower(path.Ext(name)) }

// Reads reports whether files with this name can be read, which its ending tells.
func Reads(name string) bool { return formats[ending(name)] != nil }

// fault is a problem of a file, as in [Text].
type fault string

func (f fault) Error() string { return string(f) }

const (
	faultLocked  fault = "is versleuteld of beveiligd met een wachtwoord; sla het op zonder beveiliging"
	faultBroken  fault = "is beschadigd en daardoor niet te lezen"
	faultPartly  fault = "is voor een deel beschadigd; alleen de tekst die wel te lezen was, is te doorzoeken"
	faultEmpty   fault = "bevat geen tekst"
	faultScan    fault = "bevat geen tekst; waarschijnlijk is het een scan"
	faultLetters fault = "bevat letters die niet als tekst te lezen zijn; sla het bestand opnieuw op als PDF"
	faultMemory  fault = "kost te veel geheugen om te lezen"
	faultCrash   fault = "is beschadigd: het lezen ervan liep vast"
)

// extract reads one file with at most limit bytes of text, in a worker.
func extract(read format, file io.ReaderAt, size int64, limit int) Text {
	g := &gatherer{room: limit}
	err := guard(func() error { return read(g, file, size) })
	t := Text{Parts: g.cleaned()}
	var f fault
	switch {
	case errors.As(err, &f):
		t.Problem = string(f)
	case err != nil && len(t.Parts) > 0:
		t.Problem = string(faultPartly)
	case err != nil:
		t.Problem = string(faultBroken)
	case g.cut:
		t.Problem = fmt.Sprintf("bevat meer dan %s tekst; alleen het begin is te doorzoeken", inMegabytes(int64(limit)))
	case len(t.Parts) == 0:
		t.Problem = string(faultEmpty)
	}
	return t
}

// guard runs do, of which a panic is an error: the PDF library panics at much that
// is wrong with a file.
func guard(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("attachment: %v", r)
		}
	}()
	return do()
}

// inMegabytes writes a limit as "2 MB" or, below one, as "600 kB".
func inMegabytes(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d kB", bytes>>10)
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}
