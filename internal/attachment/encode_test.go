package attachment

import (
	"encoding/binary"
	"hash/crc32"
	"reflect"
	"testing"
)

// sealed gives data the checksum it should have.
func sealed(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(data[:len(data):len(data)], crc32.Checksum(data, castagnoli))
}

func TestEncoding(t *testing.T) {
	for _, want := range []Text{
		{},
		{Problem: "kost te veel", Passing: true},
		{Parts: []Part{{1, "één", "twee"}, {3, "", "drie"}}, Problem: "is lang"},
	} {
		data, err := want.AppendBinary([]byte("before"))
		if err != nil {
			t.Fatal(err)
		}
		var got Text
		if err := got.UnmarshalBinary(data[len("before"):]); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestUnmarshalDamaged(t *testing.T) {
	data, err := Text{Parts: []Part{{1, "a", "b"}, {2, "", "c"}}, Problem: "d"}.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		var got Text
		if got.UnmarshalBinary(data[:i]) == nil {
			t.Errorf("cut off after %d of %d bytes: no error", i, len(data))
		}
		for bit := range 8 {
			damaged := append([]byte(nil), data...)
			damaged[i] ^= 1 << bit
			if got.UnmarshalBinary(damaged) == nil {
				t.Errorf("bit %d of byte %d turned: no error", bit, i)
			}
			got.UnmarshalBinary(sealed(damaged[:len(damaged)-crc32.Size])) // must not panic
		}
		if i < len(data)-crc32.Size && got.UnmarshalBinary(sealed(data[:i])) == nil {
			t.Errorf("cut off after %d of %d bytes with a checksum: no error", i, len(data))
		}
	}
	var got Text
	if got.UnmarshalBinary(sealed([]byte{Version, 0, 0, 0xff, 0xff, 0xff, 0xff, 0x0f})) == nil {
		t.Error("a very long list: no error")
	}
}
