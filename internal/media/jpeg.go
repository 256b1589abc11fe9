package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
)

// Orientation reads the head of a JPEG and returns how its camera was held, as a
// number from 1 to 8 (Exif 2.32, tag 0x0112): 1 is upright, and what a file
// without it has; from 5 on, readers see the width as the height.
func Orientation(r io.Reader) int {
	_, _, orientation := jpegHead(bufio.NewReader(r))
	return orientation
}

// jpegHead reads a JPEG up to and including its frame header (ITU T.81, annex B),
// behind which no camera writes anything about the image. Width and height are as
// stored; they are 0 when there is no frame header that browsers can read.
func jpegHead(r *bufio.Reader) (width, height, orientation int) {
	orientation = 1
	seen := false
	if _, err := r.Discard(2); err != nil { // start of image
		return 0, 0, orientation
	}
	for {
		marker, err := nextMarker(r)
		if err != nil {
			return 0, 0, orientation
		}
		if marker >= 0xd0 && marker <= 0xd7 { // restart: no segment
			continue
		}
		var head [7]byte // length, precision, height, width
		if _, err := io.ReadFull(r, head[:2]); err != nil {
			return 0, 0, orientation
		}
		size := int(binary.BigEndian.Uint16(head[:])) - 2
		switch {
		case size < 0 || marker == 0xd9 || marker == 0xda: // end of image, start of scan
			return 0, 0, orientation
		case marker >= 0xc0 && marker <= 0xc2: // baseline, extended and progressive
			if _, err := io.ReadFull(r, head[2:]); err != nil {
				return 0, 0, orientation
			}
			return int(binary.BigEndian.Uint16(head[5:])), int(binary.BigEndian.Uint16(head[3:])), orientation
		case marker == 0xe1 && !seen:
			segment := make([]byte, size)
			if _, err := io.ReadFull(r, segment); err != nil {
				return 0, 0, orientation
			}
			if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok {
				orientation, seen = exifOrientation(tiff), true
			}
		default:
			if _, err := r.Discard(size); err != nil {
				return 0, 0, orientation
			}
		}
	}
}

// nextMarker skips to the next marker. Like every decoder it forgives bytes
// between segments.
func nextMarker(r *bufio.Reader) (byte, error) {
	for {
		if _, err := r.ReadSlice(0xff); err != nil && err != bufio.ErrBufferFull {
			return 0, err
		} else if err != nil {
			continue
		}
		marker, err := byte(0xff), error(nil)
		for marker == 0xff && err == nil {
			marker, err = r.ReadByte()
		}
		if marker != 0 || err != nil {
			return marker, err
		}
	}
}

// exifOrientation looks the orientation up in the first directory of a TIFF
// (TIFF 6.0, section 2). It is 1 when it is not there or makes no sense.
func exifOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		const tag, short = 0x0112, 3
		if order.Uint16(entries) == tag {
			value := int(order.Uint16(entries[8:]))
			if order.Uint16(entries[2:]) != short || value < 1 || value > 8 {
				return 1
			}
			return value
		}
		entries = entries[12:]
	}
	return 1
}
