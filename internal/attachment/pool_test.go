package attachment

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestMain makes the test binary a worker when a pool starts it.
func TestMain(m *testing.M) {
	Main()
	os.Exit(m.Run())
}

func newPool(t *testing.T, limits Limits, workers int) *Pool {
	p := NewPool([]string{os.Args[0]}, limits, workers)
	t.Cleanup(p.Close)
	return p
}

// readBy has a pool read data and fails the test for faults of the machine.
func readBy(t *testing.T, p *Pool, name string, data []byte) Text {
	t.Helper()
	text, err := p.Read(t.Context(), name, bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

// endless is a PDF whose list of objects says that it goes on where it begins.
func endless() []byte {
	data := pdfOf("<<>>")
	at := bytes.LastIndex(data, []byte("xref\n0"))
	return bytes.Replace(data, []byte("/Root"), fmt.Appendf(nil, "/Prev %d /Root", at), 1)
}

// bottomless is a PDF with an object that is in the stream that is that object.
func bottomless() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n")
	start := b.Len()
	entries := "\x00\x00\x00" + "\x02\x01\x00" // object 1 is the first in object 1
	fmt.Fprintf(&b, "2 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type /XRef /Size 2 /W [1 1 1] /Root 1 0 R", entries), start)
	b.WriteString(strings.Repeat("\n", 3))
	return b.Bytes()
}

// boundless is a PDF that says it has two thousand million objects.
func boundless() []byte {
	data := bottomless()
	return bytes.Replace(data, []byte("/Size 2 "), []byte("/Size 2000000000 "), 1)
}

// branching is a PDF in which each form draws others, ten to the sixteenth in all.
func branching() []byte {
	objects := []string{"<</Pages 2 0 R>>", "<</Kids [3 0 R]>>", "<</Contents 4 0 R /Resources <</XObject <</X 4 0 R>>>>>>"}
	return pdfOf(append(objects, stream("/Subtype /Form", strings.Repeat("/X Do ", 10)))...)
}

// bomb is a DOCX of a megabyte with a gigabyte of a letter behind its start.
func bomb(t *testing.T, start string, letter byte) []byte {
	var chunk bytes.Buffer
	w, err := flate.NewWriter(&chunk, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, start)
	w.Flush()
	head := chunk.Len()
	w.Reset(&chunk)
	w.Write(bytes.Repeat([]byte{letter}, 1<<20))
	w.Flush() // so that it can be repeated

	files := docx("")
	delete(files, "word/document.xml")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, text)
	}
	data := append(chunk.Bytes()[:head:head], bytes.Repeat(chunk.Bytes()[head:], 1<<10)...)
	f, err := z.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate,
		CompressedSize64: uint64(len(data)), UncompressedSize64: uint64(1<<30 + len(start))})
	if err != nil {
		t.Fatal(err)
	}
	f.Write(data)
	z.Close()
	return b.Bytes()
}

// laughs is an ODT with an entity that stands for a thousand million words.
func laughs() []byte {
	files := odf("<text:p>&a9;</text:p>")
	declared := `<!DOCTYPE a [<!ENTITY a0 "ha">`
	for i := range 9 {
		declared += fmt.Sprintf(`<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	files["content.xml"] = declared + "]>" + files["content.xml"]
	return zipOf(files)
}

func manyPages(n int) []byte {
	objects := []string{"<</Pages 2 0 R>>", "", "<</BaseFont /A>>"}
	var kids strings.Builder
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", len(objects)+1)
		objects = append(objects, fmt.Sprintf("<</Contents %d 0 R>>", len(objects)+2),
			stream("", fmt.Sprintf("BT /F 10 Tf (bladzijde %d) Tj ET", i+1)))
	}
	objects[1] = "<</Resources <</Font <</F 3 0 R>>>> /Kids [" + kids.String() + "]>>"
	return pdfOf(objects...)
}

// One worker reads files that are made to harm, one after another, and an honest
// file after each.
func TestHostileFiles(t *testing.T) {
	const million = 1_000_000
	hasty := newPool(t, Limits{Time: time.Second}, 1)
	small := newPool(t, Limits{Time: 2 * time.Minute, Memory: 64 << 20}, 1)
	late := Text{Problem: "kost meer dan 1 seconden om te lezen", Passing: true}
	for _, c := range []struct {
		name, file string
		pool       *Pool
		data       []byte
		want       Text
	}{
		{"endless", "a.pdf", hasty, endless(), late},
		{"branching", "a.pdf", hasty, branching(), late},
		{"pages that branch", "a.pdf", hasty, pdfOf("<</Pages 2 0 R>>", "<</Kids [2 0 R 2 0 R]>>"), late},
		{"bottomless", "a.pdf", small, bottomless(), Text{Problem: string(faultCrash)}},
		{"boundless", "a.pdf", small, boundless(), Text{Problem: string(faultMemory)}},
		{"entities", "a.odt", small, laughs(), Text{Problem: string(faultBroken)}},
		{"elements in elements", "a.odt", small, zipOf(odf(strings.Repeat("<a>", million) + "<text:p>diep")), Text{Parts: []Part{{0, "", "diep"}}}},
		{"forms in arrays", "a.pdf", small, pageOf(strings.Repeat("[", million) + "BT /F 10 Tf (diep) Tj"), Text{Parts: []Part{{1, "", "diep"}}}},
		{"states in states", "a.pdf", small, pageOf(strings.Repeat("q ", 4*million)), Text{Problem: string(faultMemory)}},
	} {
		if got := readBy(t, c.pool, c.file, c.data); lines(got) != lines(c.want) || got.Passing != c.want.Passing {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
		if got := readBy(t, c.pool, "a.txt", []byte("daarna")); lines(got) != "0||daarna\n" {
			t.Errorf("after %s: got %+v", c.name, got)
		}
	}
	if got := readBy(t, small, "a.pdf", manyPages(10_000)); len(got.Parts) != 10_000 || got.Problem != "" || got.Parts[9_999] != (Part{10_000, "", "bladzijde 10000"}) {
		t.Errorf("many pages: got %d parts, %q", len(got.Parts), got.Problem)
	}
}

// A large file is on disk while it is read, and not afterwards.
func TestLargeFile(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	p := newPool(t, Limits{Text: 1 << 20}, 1)
	got := readBy(t, p, "a.TXT", bytes.Repeat([]byte("woord "), maxHeld/6+1))
	if len(got.Parts) != 1 || len(got.Parts[0].Text) < 1<<20-6 || got.Problem != "bevat meer dan 1 MB tekst; alleen het begin is te doorzoeken" {
		t.Errorf("got %d parts, %q", len(got.Parts), got.Problem)
	}
	if left, err := filepath.Glob(dir + "/*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for size, want := range map[int64]string{0: "is leeg", MaxSize + 1: "is groter dan 256 MB en wordt daarom niet gelezen"} {
		if got, err := p.Read(t.Context(), "a.pdf", nil, size); err != nil || got.Problem != want {
			t.Errorf("of %d bytes: got %+v, %v", size, got, err)
		}
	}
}

// What a worker gives is what reading here gives, however many are at work.
func TestManyAtOnce(t *testing.T) {
	p := newPool(t, Limits{}, 3)
	var wg sync.WaitGroup
	for range 4 {
		for _, name := range []string{"tekst.pdf", "browser.pdf", "tekst.docx", "tekst.odt"} {
			wg.Go(func() {
				data, err := os.ReadFile("testdata/" + name)
				if err != nil {
					t.Error(err)
					return
				}
				got, err := p.Read(t.Context(), name, bytes.NewReader(data), int64(len(data)))
				if want := lines(read(ending(name), data)); err != nil || lines(got) != want {
					t.Errorf("%s: got %s, %v, want %s", name, lines(got), err, want)
				}
			})
		}
	}
	wg.Wait()
}

type badDisk struct{}

var errDisk = errors.New("bad disk")

func (badDisk) ReadAt([]byte, int64) (int, error) { return 0, errDisk }

func TestMachineFaults(t *testing.T) {
	p := newPool(t, Limits{}, 1)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	data := endless()
	if _, err := p.Read(ctx, "a.pdf", bytes.NewReader(data), int64(len(data))); err != context.Canceled {
		t.Errorf("stopped: got %v", err)
	}
	if _, err := p.Read(t.Context(), "a.txt", badDisk{}, 10); err != errDisk {
		t.Errorf("a bad disk: got %v", err)
	}
	if _, err := p.Read(t.Context(), "a.txt", strings.NewReader("kort"), 10); err == nil {
		t.Error("a file that became shorter: no error")
	}
	if _, err := p.Read(t.Context(), "a.png", strings.NewReader("x"), 1); err == nil {
		t.Error("an unknown format: no error")
	}
	if got := readBy(t, p, "a.txt", []byte("daarna")); lines(got) != "0||daarna\n" {
		t.Errorf("afterwards: got %+v", got)
	}
	p.Close()
	p.Close()
	if _, err := p.Read(t.Context(), "a.txt", strings.NewReader("x"), 1); err == nil {
		t.Error("a closed pool: no error")
	}

	program, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range map[string][]string{"no program": {filepath.Join(t.TempDir(), "none")}, "another program": {program, "version"}} {
		other := NewPool(command, Limits{}, 1)
		for range 2 {
			if _, err := other.Read(t.Context(), "a.txt", strings.NewReader("x"), 1); err == nil {
				t.Errorf("%s: no error", name)
			}
		}
		other.Close()
	}
	t.Setenv(environment, "1")
	if _, err := newPool(t, Limits{}, 1).Read(t.Context(), "a.txt", strings.NewReader("x"), 1); err == nil {
		t.Error("a worker that starts workers: no error")
	}
}

// A worker that nobody waits for ends by itself.
func TestAbandonedWorker(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), environment+"=1")
	data := endless()
	cmd.Stdin = strings.NewReader(fmt.Sprintf("%d %d %d %d .pdf\n%s", len(data), DefaultMemory, DefaultText, 100, data))
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != exitTime {
		t.Errorf("got %v", err)
	}
}

func TestReads(t *testing.T) {
	for name, want := range map[string]bool{"a/b.PDF": true, "a.docx": true, "a.odp": true, "a.csv": true, "a.md": false, "pdf": false, "a.pdf.exe": false} {
		if Reads(name) != want {
			t.Errorf("%s: got %v", name, !want)
		}
	}
}
