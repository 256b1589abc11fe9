package markdown

import (
	"encoding/binary"
	"hash/crc32"
	"testing"
)

// sealed gives data the checksum it should have.
func sealed(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(data[:len(data):len(data)], crc32.Checksum(data, castagnoli))
}

func TestUnmarshalDamaged(t *testing.T) {
	data, err := New(testOptions).Render([]byte("# T\n\n[a](b) *c* [![decoratief](d)](e)\n\n## d\n\n<x> e[^1]\n\n[^1]: f"), "").AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		var d Document
		if d.UnmarshalBinary(data[:i]) == nil {
			t.Errorf("cut off after %d of %d bytes: no error", i, len(data))
		}
		for bit := range 8 {
			damaged := append([]byte(nil), data...)
			damaged[i] ^= 1 << bit
			if d.UnmarshalBinary(damaged) == nil {
				t.Errorf("bit %d of byte %d turned: no error", bit, i)
			}
			d.UnmarshalBinary(sealed(damaged[:len(damaged)-crc32.Size])) // must not panic
		}
		if d.UnmarshalBinary(sealed(data[:i])) == nil && i < len(data)-crc32.Size {
			t.Errorf("cut off after %d of %d bytes with a checksum: no error", i, len(data))
		}
	}
	var d Document
	if d.UnmarshalBinary(append(data, 0)) == nil || d.UnmarshalBinary(sealed(append(data[:len(data)-crc32.Size:len(data)-crc32.Size], 0))) == nil {
		t.Error("data behind the end: no error")
	}
	if d.UnmarshalBinary(sealed([]byte{Version, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})) == nil {
		t.Error("a very long list: no error")
	}
}
