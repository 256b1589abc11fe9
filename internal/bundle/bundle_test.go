package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func campaign(files ...string) Bundle {
	b := Bundle{
		Folder: "klik-niet-zomaar-1.1", Title: "Klik niet zomaar", Version: "1.1", Date: time.Date(2026, 10, 5, 0, 0, 0, 0, time.UTC),
		Description: "Campagne over nepberichten.\n\nMet een poster.", Licence: "CC BY 4.0", Attribution: "MBO Digitaal",
		Adapting: "1. Open de poster.\n2. Zet je meldpunt erin.", Address: "https://kennishub.example/campagnes/klik-niet-zomaar/", Language: "nl",
	}
	for _, name := range files {
		b.Entries = append(b.Entries, entry(name, []byte("inhoud van "+name)))
	}
	return b
}

func written(t *testing.T, b Bundle) []byte {
	t.Helper()
	var out bytes.Buffer
	n, err := b.WriteTo(&out)
	size, sizeErr := b.Size()
	if err != nil || sizeErr != nil || n != int64(out.Len()) || size != n {
		t.Fatalf("Size %d, %v; WriteTo %d, %v; %d bytes", size, sizeErr, n, err, out.Len())
	}
	return out.Bytes()
}

// unzipped is what is in a ZIP, by name without the folder.
func unzipped(t *testing.T, data []byte, folder string) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	var names []string
	for _, f := range r.File {
		body, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body) // checks the CRC
		if err != nil {
			t.Fatal(err)
		}
		name, ok := strings.CutPrefix(f.Name, folder+"/")
		if _, twice := files[name]; !ok || twice || f.NonUTF8 || f.Flags != 0x800 || f.Method != zip.Store || f.Mode() != 0o644 {
			t.Errorf("%s: %+v", f.Name, f.FileHeader)
		}
		files[name] = string(text)
		names = append(names, name)
	}
	if !slices.IsSorted(names) {
		t.Errorf("not sorted: %q", names)
	}
	return files
}

func TestZIP(t *testing.T) {
	b := campaign("poster.pdf", "map/Één bestand.odt", "Poster.pdf", "bron.docx")
	data := written(t, b)
	files := unzipped(t, data, b.Folder)
	var sums strings.Builder
	for _, name := range []string{"LEESMIJ.txt", "LICENTIE.txt", "Poster.pdf", "bron.docx", "map/Één bestand.odt", "poster.pdf"} {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(files[name])), name)
		if want := "inhoud van " + name; !strings.HasPrefix(name, "L") && files[name] != want {
			t.Errorf("%s: %q", name, files[name])
		}
	}
	if files["SHA256SUMS"] != sums.String() || len(files) != 7 {
		t.Errorf("%d files, SHA256SUMS:\n%swant\n%s", len(files), files["SHA256SUMS"], sums.String())
	}
	licence, _ := LicenceOf("CC BY 4.0")
	if text := files["LICENTIE.txt"]; strings.ReplaceAll(strings.TrimPrefix(text, "\uFEFF"), "\r\n", "\n") != licence.Text() {
		t.Error("LICENTIE.txt is not the legal text")
	}
	for _, name := range []string{"LEESMIJ.txt", "LICENTIE.txt"} {
		if text := files[name]; !strings.HasPrefix(text, "\uFEFF") || strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Errorf("%s has no byte order mark, or bare line feeds", name)
		}
	}

	slices.Reverse(b.Entries)
	if !bytes.Equal(written(t, b), data) {
		t.Error("the order of the entries is seen")
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || r.File[0].Modified.Format("2006-01-02 15:04") != "2026-10-05 00:00" {
		t.Errorf("%v: time %v", err, r.File[0].Modified)
	}
	b.Date = time.Time{}
	data = written(t, b)
	r, err = zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || r.File[0].Modified.Format("2006-01-02 15:04") != "1980-01-01 00:00" {
		t.Errorf("%v: without a day, time %v", err, r.File[0].Modified)
	}
}

func TestOurNamesGiveWay(t *testing.T) {
	for _, c := range []struct {
		language string
		theirs   []string
		want     []string
	}{
		{"nl", nil, []string{"LEESMIJ.txt", "LICENTIE.txt", "SHA256SUMS"}},
		{"en", []string{"LEESMIJ.txt"}, []string{"LEESMIJ.txt", "LICENCE.txt", "README.txt", "SHA256SUMS"}},
		{"nl", []string{"leesmij.TXT", "LEESMIJ-1.txt", "SHA256SUMS/a", "LICENTIE.txt"},
			[]string{"LEESMIJ-1.txt", "LEESMIJ-2.txt", "LICENTIE-1.txt", "LICENTIE.txt", "SHA256SUMS-1", "SHA256SUMS/a", "leesmij.TXT"}},
	} {
		b := campaign(c.theirs...)
		b.Language = c.language
		files := unzipped(t, written(t, b), b.Folder)
		var names []string
		for name := range files {
			names = append(names, name)
		}
		slices.Sort(names)
		if !reflect.DeepEqual(names, c.want) {
			t.Errorf("got %q, want %q", names, c.want)
		}
		for _, name := range c.theirs {
			if files[name] != "inhoud van "+name {
				t.Errorf("%s became %q", name, files[name])
			}
		}
	}
}

func TestNamesAreRefused(t *testing.T) {
	refused := func(b Bundle, name string) {
		t.Helper()
		_, sizeErr := b.Size()
		n, err := b.WriteTo(io.Discard)
		if !errors.Is(err, ErrName) || !errors.Is(sizeErr, ErrName) || n != 0 || !strings.Contains(err.Error(), fmt.Sprintf("%q", name)) {
			t.Errorf("%q: %v, %v, %d bytes", name, sizeErr, err, n)
		}
	}
	for _, name := range []string{"", ".", "..", "../a", "a/../b", "/a", "a/", "a//b", `a\b`, `..\a`, "a\nb", "a\x00", "\xff", strings.Repeat("x", 1<<16)} {
		refused(campaign("goed.pdf", name), name)
	}
	for _, name := range []string{"", ".", "..", "a/b", "/", "C:", `a\b`} {
		b := campaign("goed.pdf")
		b.Folder = name
		refused(b, name)
	}
	refused(campaign("a", "b", "a"), "a")
	refused(campaign("a/b/c", "a"), "a")
	negative := campaign("a")
	negative.Entries[0].Size = -1
	refused(negative, "a")
}

func TestChangedFilesAreRefused(t *testing.T) {
	for name, change := range map[string]func(*Entry){
		"shorter": func(e *Entry) { e.Size++ },
		"longer":  func(e *Entry) { e.Size-- },
		"other":   func(e *Entry) { e.CRC32++ },
	} {
		b := campaign("a.pdf", "b.pdf")
		change(&b.Entries[1])
		if _, err := b.WriteTo(io.Discard); !errors.Is(err, ErrChanged) || !strings.Contains(err.Error(), "b.pdf") {
			t.Errorf("%s: %v", name, err)
		}
	}
	b := campaign("a.pdf")
	b.Entries[0].Open = func() (io.ReadCloser, error) { return nil, os.ErrNotExist }
	if _, err := b.WriteTo(io.Discard); !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "a.pdf") {
		t.Errorf("missing: %v", err)
	}
}

func TestSizeIsWhatIsWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		b := campaign()
		b.Folder, b.Language, b.Licence = strings.Repeat("é", 1+random.IntN(20)), []string{"nl", "en"}[random.IntN(2)], []string{"", "CC0 1.0", "eigen"}[random.IntN(3)]
		for i := range random.IntN(20) {
			b.Entries = append(b.Entries, entry(fmt.Sprintf("%s/%d", strings.Repeat("é", 1+random.IntN(50)), i), make([]byte, random.IntN(100))))
		}
		unzipped(t, written(t, b), b.Folder)
	}
	many := campaign()
	for i := range 1<<16 - 1 {
		many.Entries = append(many.Entries, entry(fmt.Sprint(i), nil))
	}
	data := written(t, many)
	if r, err := zip.NewReader(bytes.NewReader(data), int64(len(data))); err != nil || len(r.File) != len(many.Entries)+3 {
		t.Errorf("many files: %v", err)
	}
}

// sparse is a file of which only what is not zero is kept.
type sparse struct {
	size   int64
	pieces map[int64][]byte // by offset
}

var zeros [32 << 10]byte

func (s *sparse) Write(p []byte) (int, error) {
	if !bytes.Equal(p, zeros[:min(len(p), len(zeros))]) {
		s.pieces[s.size] = bytes.Clone(p)
	}
	s.size += int64(len(p))
	return len(p), nil
}

func (s *sparse) ReadAt(p []byte, at int64) (int, error) {
	clear(p)
	for offset, piece := range s.pieces {
		if offset < at+int64(len(p)) && at < offset+int64(len(piece)) {
			copy(p[max(0, offset-at):], piece[max(0, at-offset):])
		}
	}
	if left := s.size - at; left < int64(len(p)) {
		return int(max(0, left)), io.EOF
	}
	return len(p), nil
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestZIP64 has a file over 4 GiB, and files that begin behind it.
func TestZIP64(t *testing.T) {
	const size = 1<<32 + 5
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, zeroReader{}, size); err != nil {
		t.Fatal(err)
	}
	b := campaign("na.pdf")
	b.Entries = append(b.Entries, Entry{Name: "film.mp4", Size: size, CRC32: sum.Sum32(), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.LimitReader(zeroReader{}, size)), nil
	}})
	out := &sparse{pieces: map[int64][]byte{}}
	n, err := b.WriteTo(out)
	if want, _ := b.Size(); err != nil || n != want || n != out.size {
		t.Fatalf("%v: %d written, size %d", err, n, want)
	}
	r, err := zip.NewReader(out, out.size)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		switch body, err := f.Open(); {
		case err != nil:
			t.Errorf("%s: %v", f.Name, err)
		case strings.HasSuffix(f.Name, "/film.mp4"):
			start, err := f.DataOffset()
			local := make([]byte, 20)
			if _, readErr := out.ReadAt(local, start-20); err != nil || readErr != nil || f.UncompressedSize64 != size ||
				string(local) != "\x01\x00\x10\x00\x05\x00\x00\x00\x01\x00\x00\x00\x05\x00\x00\x00\x01\x00\x00\x00" {
				t.Errorf("%v, %v: size %d, local header ends in %x", err, readErr, f.UncompressedSize64, local)
			}
		default:
			if _, err := io.Copy(io.Discard, body); err != nil {
				t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
}

// TestSizeOfLargeFiles adds up by hand what three files of 2 GB take, of which the
// last begins within 4 GiB, and the texts behind it do not.
func TestSizeOfLargeFiles(t *testing.T) {
	const each = 2_000_000_000
	b := campaign()
	for _, name := range []string{"A.mp4", "B.mp4", "C.mp4"} {
		b.Entries = append(b.Entries, Entry{Name: name, Size: each})
	}
	files, err := b.files()
	if err != nil {
		t.Fatal(err)
	}
	want := int64(22 + 56 + 20)
	for _, f := range files {
		want += 30 + 46 + 2*int64(len("klik-niet-zomaar-1.1/"+f.Name)) + f.Size
		if f.Size != each {
			want += 28
		}
	}
	if got, err := b.Size(); err != nil || got != want {
		t.Errorf("%v: got %d, want %d", err, got, want)
	}
}

func TestOthersReadIt(t *testing.T) {
	dir := t.TempDir()
	run := func(dir, name string, args ...string) {
		t.Helper()
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("CI has no %s", name)
			}
			t.Skipf("there is no %s", name)
		}
		cmd := exec.Command(name, args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
	b := campaign("poster klein.pdf", "map/één.odt", "*", "-n", "LEESMIJ.txt")
	if err := os.WriteFile(filepath.Join(dir, "a.zip"), written(t, b), 0o666); err != nil {
		t.Fatal(err)
	}
	run(dir, "unzip", "-t", "a.zip")
	run(dir, "unzip", "-q", "a.zip")
	run(filepath.Join(dir, b.Folder), "sha256sum", "-c", "--strict", "SHA256SUMS")
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"poster.pdf", "LEESMIJ.txt", "leesmij.txt/a", "SHA256SUMS", "../a", "", `a\b`, "a:b", "~", "één", "a/b", "\xff", "CON"} {
		f.Add(s, "poster.pdf", "map")
		f.Add("goed", s, s)
	}
	f.Fuzz(func(t *testing.T, name, other, folder string) {
		b := campaign(name, other)
		b.Folder = folder
		size, err := b.Size()
		if err != nil {
			if _, again := b.WriteTo(io.Discard); !errors.Is(err, ErrName) || !errors.Is(again, ErrName) {
				t.Errorf("%v, %v", err, again)
			}
			return
		}
		files := unzipped(t, written(t, b), folder)
		lower := map[string]bool{}
		for file := range files {
			if !filepath.IsLocal(file) || strings.Contains(file, `\`) || strings.Contains(folder, "/") || folder == ".." {
				t.Errorf("%q in %q passed", file, folder)
			}
			lower[strings.ToLower(file)] = true
		}
		if files[name] != "inhoud van "+name || files[other] != "inhoud van "+other || len(files) != 5 || size <= 0 {
			t.Errorf("%q", files)
		}
		if len(lower) != 5 && !strings.EqualFold(name, other) {
			t.Errorf("%q differ only in case", files)
		}
	})
}
