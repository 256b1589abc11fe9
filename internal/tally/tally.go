// Package tally counts searches by day, and keeps the words that were asked for
// and not found. It keeps nothing about who asked.
//
// A word reaches the disk only on a day on which clients of at least [enough]
// different addresses asked for it: what one or two people type may say who they
// are. Clients are told apart by a hash with a salt that is drawn anew each day and
// that cannot leave the memory of the program; no address is kept.
//
// While a reader types, each beginning of the text is a search of its own, and none
// of these was asked. So a search waits until its client has left the text for some
// seconds; when that goes on before with what is the same text typed further or taken
// back, the old one is dropped. The texts that wait are in memory only.
//
// # What is on disk
//
// One file for each day in Amsterdam, such as 2026-11-22.json:
//
//	{"searches": 120, "without": 9, "failed": 0, "words": {"zonnebloem": 4}}
//
// A file is replaced as a whole, and removed after [lasts] days. One program at a
// time may count in a folder.
package tally

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io/fs"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"kennishub/internal/search/dutch"
)

const (
	enough = 3           // different clients that make a word fit to be kept
	lasts  = 90          // days that a file is kept
	often  = time.Minute // between two times that counts are written

	mostWords   = 5000 // a day; bounds memory and files
	longestWord = 40   // characters; what is longer is no word that a page lacks

	settled     = 5 * time.Second // that a text is left: longer than who types looks for the next key
	mostPending = 1000            // searches that wait; beyond it the oldest are counted sooner

	tempMark = ".tmp-"
)

// Day is what was counted on one day.
type Day struct {
	Date     string         `json:"-"`        // "2026-11-22"
	Searches int            `json:"searches"` // that were answered
	Without  int            `json:"without"`  // of these, without a result
	Failed   int            `json:"failed"`   // requests of any sort that ended in a fault of the program
	Words    map[string]int `json:"words"`    // folded words that no page holds, with how often they were asked for
}

// Tally counts. It is safe for use by many goroutines.
type Tally struct {
	dir  string
	log  *slog.Logger
	now  func() time.Time
	zone *time.Location

	mu      sync.Mutex
	day     *counting
	past    []*Day // that are not on disk yet
	changed bool   // since day was written

	writing sync.Mutex // held by save
	failing bool       // the last save did
	stop    chan struct{}
	stopped sync.WaitGroup
}

// counting is a day that has not ended.
type counting struct {
	Day
	salt    maphash.Seed
	pending []pending         // the oldest first
	asked   map[string]*asked // the words that may still become fit to be kept
}

// pending is a search whose text may still be typed further.
type pending struct {
	client  uint64 // a hash
	text    string // folded
	when    time.Time
	found   int
	missing []string // folded
}

// asked is a word that fewer than enough clients asked for.
type asked struct {
	times   int
	clients []uint64 // hashes
}

// Open begins to count in a folder, which it makes, and goes on with what was
// counted today. Faults of later writing go to the log.
func Open(dir string, log *slog.Logger) (*Tally, error) { return open(dir, log, time.Now) }

func open(dir string, log *slog.Logger, now func() time.Time) (*Tally, error) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		zone = time.UTC
	}
	t := &Tally{dir: dir, log: log, now: now, zone: zone, stop: make(chan struct{})}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	today, err := read(dir, t.today())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	t.begin(today)
	t.changed = true // so that a folder that cannot be written shows now
	if err := t.save(); err != nil {
		return nil, fmt.Errorf("in %s kan niet worden geschreven: %w", dir, err)
	}
	t.stopped.Go(func() {
		ticker := time.NewTicker(often)
		defer ticker.Stop()
		for {
			select {
			case <-t.stop:
				return
			case <-ticker.C:
				t.save() // has logged what went wrong, and tries again
			}
		}
	})
	return t, nil
}

// Close writes what was counted. What is counted afterwards is lost.
func (t *Tally) Close() error {
	close(t.stop)
	t.stopped.Wait()
	t.mu.Lock()
	t.current()
	t.settle(len(t.day.pending))
	t.mu.Unlock()
	return t.save()
}

func (t *Tally) today() string { return t.now().In(t.zone).Format(time.DateOnly) }

// begin starts to count a day. The caller holds mu, or has t alone.
func (t *Tally) begin(day Day) {
	if day.Words == nil {
		day.Words = map[string]int{}
	}
	t.day = &counting{Day: day, salt: maphash.MakeSeed(), asked: map[string]*asked{}}
}

// current gives the day to count in, with what no longer waits counted. The caller
// holds mu.
func (t *Tally) current() *counting {
	if today := t.today(); today != t.day.Date {
		t.settle(len(t.day.pending)) // with the day goes the hash that tells who asked
		if t.changed {
			t.past = append(t.past, &t.day.Day)
		}
		t.begin(Day{Date: today})
		t.changed = true
	}
	left := t.now().Add(-settled)
	n := 0
	for n < len(t.day.pending) && !t.day.pending[n].when.After(left) {
		n++
	}
	t.settle(n)
	return t.day
}

// settle counts the first n searches that wait. The caller holds mu.
func (t *Tally) settle(n int) {
	for _, s := range t.day.pending[:n] {
		t.changed = true
		t.day.Searches++
		if s.found == 0 {
			t.day.Without++
		}
		for _, word := range s.missing {
			t.day.miss(word, s.client)
		}
	}
	t.day.pending = slices.Delete(t.day.pending, 0, n)
}

// Search notes a search that was answered: by which client, its text, how many pages
// it found, and the words that no page holds. A search without a text counts as none,
// but says that the reader took back what was typed.
func (t *Tally) Search(client netip.Addr, text string, found int, missing []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.current()
	s := pending{client: maphash.Comparable(d.salt, client), text: strings.Clone(dutch.Fold(text)), when: t.now(), found: found}
	for _, word := range missing {
		word = dutch.Fold(word)
		if n := utf8.RuneCountInString(word); n >= 2 && n <= longestWord {
			s.missing = append(s.missing, strings.Clone(word)) // a clone, or the word would hold the whole request in memory
		}
	}
	for i, old := range slices.Backward(d.pending) {
		if old.client == s.client && sameTyping(old.text, s.text) {
			d.pending = slices.Delete(d.pending, i, i+1)
			break
		}
	}
	if s.text == "" {
		return
	}
	if len(d.pending) == mostPending {
		t.settle(1)
	}
	d.pending = append(d.pending, s)
}

// sameTyping reports whether the one text may have become the other by typing further
// and taking back: they begin alike for at least half of the shorter.
func sameTyping(a, b string) bool {
	shorter := min(len(a), len(b))
	same := 0
	for same < shorter && a[same] == b[same] {
		same++
	}
	return 2*same >= shorter
}

func (d *counting) miss(word string, client uint64) {
	if d.Words[word] > 0 {
		d.Words[word]++
		return
	}
	a := d.asked[word]
	if a == nil {
		if len(d.asked)+len(d.Words) >= mostWords {
			// One client that makes up words must not push out those of others.
			for w, a := range d.asked {
				if len(a.clients) == 1 {
					delete(d.asked, w)
				}
			}
		}
		if len(d.asked)+len(d.Words) >= mostWords {
			return
		}
		a = &asked{}
		d.asked[word] = a
	}
	a.times++
	if !slices.Contains(a.clients, client) {
		a.clients = append(a.clients, client)
	}
	if len(a.clients) == enough {
		d.Words[word] = a.times
		delete(d.asked, word)
	}
}

// Failed counts a request that ended in a fault of the program.
func (t *Tally) Failed() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current().Failed++
	t.changed = true
}

// save writes the days that changed and removes those that are old. What could
// not be written is written next time.
func (t *Tally) save() error {
	t.writing.Lock()
	defer t.writing.Unlock()

	t.mu.Lock()
	t.current() // also when nobody searches: the hashes of yesterday must go
	days := t.past
	t.past = nil
	if t.changed {
		today := t.day.Day
		today.Words = maps.Clone(today.Words)
		days = append(days, &today)
	}
	t.changed = false
	t.mu.Unlock()

	var faults []error
	for _, d := range days {
		if err := write(t.dir, d); err != nil {
			faults = append(faults, err)
			t.mu.Lock()
			if d.Date == t.day.Date {
				t.changed = true
			} else if !slices.ContainsFunc(t.past, func(newer *Day) bool { return newer.Date == d.Date }) {
				t.past = append(t.past, d)
			}
			t.mu.Unlock()
		}
	}
	faults = append(faults, t.sweep())
	err := errors.Join(faults...)
	if err != nil && !t.failing {
		t.log.Error("de tellingen van zoekvragen zijn niet te schrijven", "fout", err)
	}
	t.failing = err != nil
	return err
}

func write(dir string, d *Day) (err error) {
	data, err := json.Marshal(d)
	if err != nil {
		return err
	}
	name := filepath.Join(dir, d.Date+".json")
	f, err := os.CreateTemp(dir, d.Date+".json"+tempMark)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, err = f.Write(append(data, '\n'))
	if err = cmp.Or(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// sweep removes the files of days long past, and what a crash left behind. All
// else in the folder stays.
func (t *Tally) sweep() error {
	entries, err := os.ReadDir(t.dir)
	if err != nil {
		return err
	}
	oldest := t.now().In(t.zone).AddDate(0, 0, -lasts).Format(time.DateOnly)
	var faults []error
	for _, e := range entries {
		day, rest, _ := strings.Cut(e.Name(), ".json")
		if isDay(day) && (rest == "" && day < oldest || strings.HasPrefix(rest, tempMark)) {
			faults = append(faults, os.Remove(filepath.Join(t.dir, e.Name())))
		}
	}
	return errors.Join(faults...)
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// Read gives what was counted in a folder, oldest day first.
func Read(dir string) ([]Day, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var days []Day
	for _, e := range entries {
		date, found := strings.CutSuffix(e.Name(), ".json")
		if !found || !isDay(date) {
			continue
		}
		d, err := read(dir, date)
		if err != nil {
			return nil, err
		}
		days = append(days, d)
	}
	return days, nil
}

func read(dir, date string) (Day, error) {
	d := Day{Date: date}
	name := filepath.Join(dir, date+".json")
	data, err := os.ReadFile(name)
	if err != nil {
		return d, err
	}
	if err := json.Unmarshal(data, &d); err != nil {
		return d, fmt.Errorf("%s is geen bestand met tellingen: %w; haal het weg", name, err)
	}
	return d, nil
}

// Gap is a word that readers asked for and no page holds.
type Gap struct {
	Word  string
	Times int
	Days  int // on how many days
}

// Gaps gives the words of some days, the most asked first.
func Gaps(days []Day) []Gap {
	byWord := map[string]Gap{}
	for _, d := range days {
		for word, times := range d.Words {
			g := byWord[word]
			byWord[word] = Gap{word, g.Times + times, g.Days + 1}
		}
	}
	return slices.SortedFunc(maps.Values(byWord), func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(b.Days, a.Days), strings.Compare(a.Word, b.Word))
	})
}
