package theme

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"reflect"
	"sync"
)

// Sum is the digest of a value: the first 16 bytes of a SHA-256.
type Sum [16]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// MarshalText writes a sum as hexadecimal digits.
func (s Sum) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [Sum.MarshalText] wrote.
func (s *Sum) UnmarshalText(text []byte) error {
	if hex.DecodedLen(len(text)) != len(s) {
		return fmt.Errorf("theme: a sum has %d digits, not %d", hex.EncodedLen(len(s)), len(text))
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Sealed makes the struct that embeds it a part: a piece of a view that is
// shared by many views, hashed once by [Seal], and never changed afterwards.
type Sealed struct{ sum Sum }

// Sum is the digest of the part's fields.
func (s *Sealed) Sum() Sum { return s.sum }

func (s *Sealed) seal(sum Sum) { s.sum = sum }

type sealer interface {
	Sum() Sum
	seal(Sum)
}

// Seal hashes a part and returns it for use in views. It panics when the part is
// sealed already, because a part that changes after it was hashed would make
// pages go stale.
func Seal[P sealer](part P) P {
	if part.Sum() != (Sum{}) {
		panic(fmt.Sprintf("theme: %T is sealed twice", part))
	}
	part.seal(digest(reflect.ValueOf(part).Elem(), nil))
	return part
}

// SumOf hashes a view: its own fields by value, its parts by their sums, and the
// sums of whatever else decides what it looks like.
func SumOf(view any, with ...Sum) Sum {
	v := reflect.ValueOf(view)
	for v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	return digest(v, with)
}

// buffers are what views are written to before they are hashed: as many as there
// are goroutines that do so, and not one for each page.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func digest(v reflect.Value, with []Sum) Sum {
	buffer := buffers.Get().(*[]byte)
	b := (*buffer)[:0]
	for _, s := range with {
		b = append(b, s[:]...)
	}
	b = appendValue(b, v, true)
	full := sha256.Sum256(b)
	*buffer = b
	buffers.Put(buffer)
	return Sum(full[:16])
}

var sealerType = reflect.TypeFor[sealer]()

// appendValue writes v so that different values give different bytes: every
// string and list is preceded by its length, every pointer by whether it is nil.
func appendValue(b []byte, v reflect.Value, top bool) []byte {
	switch v.Kind() {
	case reflect.String:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		return append(b, v.String()...)
	case reflect.Bool:
		if v.Bool() {
			return append(b, 1)
		}
		return append(b, 0)
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Int16, reflect.Int8:
		return binary.AppendVarint(b, v.Int())
	case reflect.Uint, reflect.Uint64, reflect.Uint32, reflect.Uint16, reflect.Uint8:
		return binary.AppendUvarint(b, v.Uint())
	case reflect.Float64, reflect.Float32:
		return binary.BigEndian.AppendUint64(b, math.Float64bits(v.Float()))
	case reflect.Slice, reflect.Array:
		b = binary.AppendUvarint(b, uint64(v.Len()))
		for i := range v.Len() {
			b = appendValue(b, v.Index(i), false)
		}
		return b
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, 0)
		}
		if v.Type().Implements(sealerType) {
			sum := v.Interface().(sealer).Sum()
			if sum == (Sum{}) {
				panic(fmt.Sprintf("theme: %s is used in a view before it is sealed", v.Type()))
			}
			return append(append(b, 1), sum[:]...)
		}
		return appendValue(append(b, 1), v.Elem(), false)
	case reflect.Struct:
		if !top && v.CanAddr() && v.Addr().Type().Implements(sealerType) && v.Type() != reflect.TypeFor[Sealed]() {
			panic(fmt.Sprintf("theme: %s must be held by pointer", v.Type()))
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Type == reflect.TypeFor[Sealed]() {
				continue
			}
			b = appendValue(b, v.Field(i), false)
		}
		return b
	}
	// Maps, interfaces and functions have no order or can lead back to the graph.
	panic(fmt.Sprintf("theme: a view cannot hold a %s", v.Type()))
}
