package bundle

import (
	"archive/zip"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"time"
)

// Lengths of the fixed parts of a ZIP (PKWARE APPNOTE 6.3.10, section 4.3), and of
// what archive/zip adds to them for zip64.
const (
	localHeader   = 30
	centralHeader = 46
	endRecord     = 22
	localZip64    = 20
	centralZip64  = 28
	endZip64      = 56 + 20
)

// Size is the number of bytes that WriteTo writes.
func (b Bundle) Size() (int64, error) {
	files, err := b.files()
	if err != nil {
		return 0, err
	}
	return b.size(files), nil
}

func (b Bundle) size(files []Entry) int64 {
	var offset, directory int64
	for _, f := range files {
		name := int64(len(b.Folder) + len("/") + len(f.Name))
		directory += centralHeader + name
		if f.Size >= math.MaxUint32 || offset >= math.MaxUint32 {
			directory += centralZip64
		}
		offset += localHeader + name + f.Size
		if f.Size >= math.MaxUint32 {
			offset += localZip64
		}
	}
	if len(files) >= math.MaxUint16 || directory >= math.MaxUint32 || offset >= math.MaxUint32 {
		directory += endZip64
	}
	return offset + directory + endRecord
}

// WriteTo writes the ZIP and returns how many bytes it wrote. Errors are of w, of a
// file, or wrap [ErrName] or [ErrChanged]; those of a file name it. After an
// error what was written is no ZIP.
func (b Bundle) WriteTo(w io.Writer) (int64, error) {
	files, err := b.files()
	if err != nil {
		return 0, err
	}
	counted := &counter{w: w}
	z := zip.NewWriter(counted)
	for _, f := range files {
		h := b.header(f)
		body, err := z.CreateRaw(h)
		if err != nil {
			return counted.n, err
		}
		h.Extra = nil // archive/zip makes the one for the directory itself
		if err := f.copyTo(body); err != nil {
			return counted.n, err
		}
	}
	err = z.Close()
	return counted.n, err
}

func (b Bundle) header(f Entry) *zip.FileHeader {
	h := &zip.FileHeader{
		Name: b.Folder + "/" + f.Name, Method: zip.Store,
		Flags:         1 << 11, // the name is UTF-8
		ReaderVersion: 20, CRC32: f.CRC32, CompressedSize64: uint64(f.Size), UncompressedSize64: uint64(f.Size),
	}
	if f.Size >= math.MaxUint32 {
		// In the directory archive/zip writes sizes like these by itself.
		h.ReaderVersion = 45
		h.Extra = binary.LittleEndian.AppendUint16(nil, 1)
		h.Extra = binary.LittleEndian.AppendUint16(h.Extra, 16)
		h.Extra = binary.LittleEndian.AppendUint64(h.Extra, h.UncompressedSize64)
		h.Extra = binary.LittleEndian.AppendUint64(h.Extra, h.CompressedSize64)
	}
	h.SetMode(0o644)
	h.CreatorVersion |= h.ReaderVersion
	day := b.Date
	if day.Year() < 1980 || day.Year() > 2107 {
		day = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	h.ModifiedDate = uint16((day.Year()-1980)<<9 | int(day.Month())<<5 | day.Day()) //lint:ignore SA1019 CreateRaw writes this and not Modified
	return h
}

func (e Entry) copyTo(w io.Writer) error {
	r, err := e.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", e.Name, err)
	}
	defer r.Close()
	sum := crc32.NewIEEE()
	n, err := io.Copy(io.MultiWriter(w, sum), io.LimitReader(r, e.Size+1))
	if err != nil {
		return fmt.Errorf("%s: %w", e.Name, err)
	}
	if n != e.Size || sum.Sum32() != e.CRC32 {
		return fmt.Errorf("%s: %w", e.Name, ErrChanged)
	}
	return nil
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
