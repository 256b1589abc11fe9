// Package cache keeps values under the hash of what they were made from, in one
// file between runs.
//
// Because a key is the hash of everything that decides the value, an entry is
// never wrong, only unused; there is nothing to invalidate. [Store.Save] writes
// just the entries that were asked for or put since [Open], so what left the
// sources leaves the cache with the same build.
//
//	store := cache.Open(".kennishub/cache")
//	key := cache.KeyOf("markdown/3", source)
//	value, ok := store.Get(key)
//	if !ok { value = …; store.Put(key, value) }
//	err := store.Save()
//
// A missing, foreign or damaged file is an empty cache: a cache may be deleted at
// any time and costs nothing but work.
package cache

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Key is the SHA-256 of everything a value was made from.
type Key [sha256.Size]byte

// KeyOf hashes parts so that different lists of parts give different keys.
func KeyOf(parts ...[]byte) Key {
	h := sha256.New()
	var n [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write(p)
	}
	return Key(h.Sum(nil))
}

// The file is magic, then records of key, length, checksum and value. A record
// that does not check out ends the reading: what stands before it is good.
var magic = []byte("kennishub cache 1\n")

const headerSize = sha256.Size + 8

// Store is an open cache. It is safe for use by many goroutines at once. A nil
// *Store is a cache that forgets everything.
type Store struct {
	file string

	mu      sync.Mutex
	values  map[Key][]byte // read from the file
	used    map[Key]bool   // of those, asked for since Open
	added   map[Key]bool   // put since Open, already in temp
	temp    *os.File       // made at the first Put
	out     *bufio.Writer
	failure error // the first write that failed; Save reports it
	peeked  bool  // nothing is kept
}

// Peek reads the cache in file for someone who may not write: what is put is
// forgotten.
func Peek(file string) *Store {
	s := read(file)
	s.peeked = true
	return s
}

// Open reads the cache in file.
func Open(file string) *Store {
	sweep(file)
	return read(file)
}

func read(file string) *Store {
	s := &Store{file: file, values: map[Key][]byte{}, used: map[Key]bool{}, added: map[Key]bool{}}
	data, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(data, magic) {
		return s
	}
	for rest := data[len(magic):]; len(rest) >= headerSize; {
		key := Key(rest[:sha256.Size])
		size := int(binary.BigEndian.Uint32(rest[sha256.Size:]))
		check := binary.BigEndian.Uint32(rest[sha256.Size+4:])
		rest = rest[headerSize:]
		if size > len(rest) || crc32.ChecksumIEEE(rest[:size]) != check {
			break
		}
		s.values[key] = rest[:size:size]
		rest = rest[size:]
	}
	return s
}

// tempMark is in the names of files that are being written: each run has its own,
// so that runs at the same time do not write through each other.
const tempMark = ".tmp-"

// sweep removes what runs that were killed left behind.
func sweep(file string) {
	left, _ := filepath.Glob(file + tempMark + "*")
	for _, name := range left {
		if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > time.Hour {
			os.Remove(name)
		}
	}
}

// Get returns the value under key. The value must not be changed.
func (s *Store) Get(key Key) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	value, ok := s.values[key]
	if ok {
		s.used[key] = true
	}
	return value, ok
}

// Put stores a value. It goes to a temporary file at once, so that a large build
// does not hold all its values in memory; [Store.Save] makes it count.
func (s *Store) Put(key Key, value []byte) {
	if s == nil || s.peeked || uint64(len(value)) > 1<<32-1 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.added[key] || s.failure != nil {
		return
	}
	if s.failure = s.start(); s.failure == nil {
		s.failure = s.write(key, value)
		s.added[key] = true
	}
}

func (s *Store) start() error {
	if s.temp != nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(s.file), 0o777); err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(s.file), filepath.Base(s.file)+tempMark+"*")
	if err != nil {
		return err
	}
	s.temp, s.out = temp, bufio.NewWriterSize(temp, 1<<18)
	_, err = s.out.Write(magic)
	return err
}

func (s *Store) write(key Key, value []byte) error {
	var header [headerSize]byte
	copy(header[:], key[:])
	binary.BigEndian.PutUint32(header[sha256.Size:], uint32(len(value)))
	binary.BigEndian.PutUint32(header[sha256.Size+4:], crc32.ChecksumIEEE(value))
	if _, err := s.out.Write(header[:]); err != nil {
		return err
	}
	_, err := s.out.Write(value)
	return err
}

// Save replaces the file by the entries that were used or put since [Open], and
// does nothing when those are what the file holds. The store is spent afterwards.
func (s *Store) Save() error {
	if s == nil || s.peeked {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.discard()
	if s.failure != nil {
		return fmt.Errorf("cache %s: %w", s.file, s.failure)
	}
	if s.temp == nil && len(s.used) == len(s.values) {
		return nil
	}
	if err := s.replace(); err != nil {
		return fmt.Errorf("cache %s: %w", s.file, err)
	}
	return nil
}

func (s *Store) replace() error {
	if err := s.start(); err != nil {
		return err
	}
	for key := range s.used {
		if s.added[key] {
			continue
		}
		if err := s.write(key, s.values[key]); err != nil {
			return err
		}
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	name := s.temp.Name()
	err := s.temp.Close()
	s.temp = nil
	if err != nil {
		return err
	}
	return os.Rename(name, s.file)
}

// Discard gives up what was put since [Open].
func (s *Store) Discard() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.discard()
}

func (s *Store) discard() {
	if s.temp != nil {
		s.temp.Close()
		os.Remove(s.temp.Name())
		s.temp = nil
	}
}
