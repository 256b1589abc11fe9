package tally

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

var quiet = slog.New(slog.DiscardHandler)

func start(t *testing.T, dir string, now func() time.Time) *Tally {
	t.Helper()
	tally, err := open(dir, quiet, now)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

func at(moment string) func() time.Time {
	return func() time.Time {
		when, err := time.Parse(time.RFC3339, moment)
		if err != nil {
			panic(err)
		}
		return when
	}
}

func client(n int) netip.Addr { return netip.AddrFrom4([4]byte{192, 0, byte(n >> 8), byte(n)}) }

// files gives the texts of the files in a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts[e.Name()] = string(data)
	}
	return texts
}

func TestWords(t *testing.T) {
	type ask struct {
		client int
		word   string
	}
	tests := []struct {
		name string
		asks []ask
		want string
	}{
		{"one client", []ask{{1, "zebra"}, {1, "zebra"}, {1, "zebra"}, {1, "zebra"}}, "map[]"},
		{"two clients", []ask{{1, "zebra"}, {2, "zebra"}, {1, "zebra"}}, "map[]"},
		{"three clients", []ask{{1, "zebra"}, {1, "zebra"}, {2, "zebra"}, {3, "zebra"}, {3, "zebra"}}, "map[zebra:5]"},
		{"three spellings", []ask{{1, "ZEBRA"}, {2, "zébra"}, {3, "zebra"}}, "map[zebra:3]"},
		{"three words", []ask{{1, "zebra"}, {2, "olifant"}, {3, "giraf"}}, "map[]"},
		{"a letter", []ask{{1, "z"}, {2, "z"}, {3, "z"}}, "map[]"},
		{"no word", []ask{{1, strings.Repeat("z", 41)}, {2, strings.Repeat("z", 41)}, {3, strings.Repeat("z", 41)}}, "map[]"},
	}
	for _, test := range tests {
		dir, now := t.TempDir(), at("2026-11-22T12:00:00Z")()
		tally := start(t, dir, func() time.Time { return now })
		for _, a := range test.asks {
			tally.Search(client(a.client), a.word, 0, []string{a.word})
			now = now.Add(settled)
		}
		if err := tally.Close(); err != nil {
			t.Fatal(err)
		}
		days, err := Read(dir)
		if err != nil || len(days) != 1 || days[0].Date != "2026-11-22" || days[0].Searches != len(test.asks) || fmt.Sprint(days[0].Words) != test.want {
			t.Errorf("%s: %+v %v", test.name, days, err)
		}
	}
}

// A text that is typed further or taken back is not asked until the reader leaves it
// for a while.
func TestTyping(t *testing.T) {
	type ask struct {
		after  float64 // seconds since the one before
		client int
		text   string // of which no page has the words
	}
	tests := []struct {
		name  string
		asks  []ask
		want  int
		words string // that client 1 asked for
	}{
		{"typed", []ask{{0, 1, "b"}, {1, 1, "begelei"}, {1, 1, "begeleid"}, {1, 1, "begeleiding"}}, 1, "begeleiding"},
		{"typed slowly", []ask{{0, 1, "begelei"}, {4, 1, "begeleid"}, {4, 1, "begeleiding"}}, 1, "begeleiding"},
		{"more words", []ask{{0, 1, "zeb"}, {1, 1, "zebra"}, {1, 1, "zebra pad"}}, 1, "pad zebra"},
		{"capitals", []ask{{0, 1, "Zeb"}, {1, 1, "zébra"}}, 1, "zebra"},
		{"taken back", []ask{{0, 1, "zebras"}, {1, 1, "zebra"}}, 1, "zebra"},
		{"taken back and typed anew", []ask{{0, 1, "begelij"}, {1, 1, "begeleiding"}}, 1, "begeleiding"},
		{"taken back whole", []ask{{0, 1, "zebra"}, {1, 1, ""}}, 0, ""},
		{"something else", []ask{{0, 1, "zebra"}, {1, 1, "olifant"}}, 2, "olifant zebra"},
		{"something else after all", []ask{{0, 1, "zeb"}, {1, 1, ""}, {1, 1, "olifant"}}, 1, "olifant"},
		{"left for a while", []ask{{0, 1, "zebra"}, {5, 1, "zebras"}}, 2, "zebra zebras"},
		{"left and taken back", []ask{{0, 1, "zebra"}, {5, 1, "ze"}, {1, 1, ""}}, 1, "zebra"},
		{"the same once more", []ask{{0, 1, "zebra"}, {1, 1, "zebra"}}, 1, "zebra"},
		{"by another", []ask{{0, 1, "zebra"}, {1, 2, "zebras"}, {1, 2, ""}}, 1, "zebra"},
		{"two at one address", []ask{{0, 1, "zeb"}, {1, 1, "oli"}, {1, 1, "zebra"}, {1, 1, "olifant"}}, 2, "olifant zebra"},
		{"nothing", []ask{{0, 1, ""}}, 0, ""},
	}
	for _, test := range tests {
		now := at("2026-11-22T12:00:00Z")()
		tally := start(t, t.TempDir(), func() time.Time { return now })
		for _, a := range test.asks {
			now = now.Add(time.Duration(a.after * float64(time.Second)))
			tally.Search(client(a.client), a.text, 0, strings.Fields(a.text))
		}
		now = now.Add(settled)
		if err := tally.save(); err != nil {
			t.Fatal(err)
		}
		words := strings.Join(slices.Sorted(maps.Keys(tally.day.asked)), " ")
		days, err := Read(tally.dir)
		if err != nil || len(days) != 1 || days[0].Searches != test.want || days[0].Without != test.want || words != test.words || len(tally.day.pending) > 0 {
			t.Errorf("%s: %+v, words %s; %v", test.name, days, words, err)
		}
		if err := tally.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Nothing in the folder tells who asked, or what fewer than three asked for.
func TestNothingOfReaders(t *testing.T) {
	dir := t.TempDir()
	tally := start(t, dir, at("2026-11-22T12:00:00Z"))
	for i := range 3 {
		tally.Search(client(i), fmt.Sprint("zebra naam", i), 0, []string{"zebra", fmt.Sprint("naam", i)})
	}
	if err := tally.Close(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"2026-11-22.json": `{"searches":3,"without":3,"failed":0,"words":{"zebra":3}}` + "\n"}
	if got := files(t, dir); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

func TestDays(t *testing.T) {
	dir := t.TempDir()
	var mu sync.Mutex
	now := at("2026-11-22T22:59:00Z") // 23.59 in Amsterdam
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now() }
	tally := start(t, dir, clock)
	tally.Search(client(1), "zebra", 4, []string{"zebra"})
	tally.Search(client(2), "zebra", 0, []string{"zebra"})
	mu.Lock()
	now = at("2026-11-22T23:01:00Z")
	mu.Unlock()
	tally.Search(client(3), "zebra", 0, []string{"zebra"}) // on another day
	tally.Failed()
	if err := tally.Close(); err != nil {
		t.Fatal(err)
	}

	// Yesterday is gone from memory, also when nobody searches.
	idle := start(t, t.TempDir(), at("2026-11-21T12:00:00Z"))
	idle.Search(client(1), "zebra", 0, []string{"zebra"})
	salt := idle.day.salt
	idle.now = at("2026-11-22T12:00:00Z")
	if err := idle.Close(); err != nil || len(idle.day.asked) != 0 || idle.day.salt == salt {
		t.Errorf("%v, %v", idle.day.asked, err)
	}

	// After a new start the day goes on, but who asked is forgotten.
	tally = start(t, dir, clock)
	tally.Search(client(4), "zebra", 2, []string{"zebra"})
	tally.Search(client(5), "zebra", 2, []string{"zebra"})
	if err := tally.Close(); err != nil {
		t.Fatal(err)
	}
	days, err := Read(dir)
	want := []Day{{"2026-11-22", 2, 1, 0, map[string]int{}}, {"2026-11-23", 3, 1, 1, map[string]int{}}}
	if err != nil || !reflect.DeepEqual(days, want) {
		t.Errorf("%+v %v", days, err)
	}
}

func TestOldDaysGo(t *testing.T) {
	dir := t.TempDir()
	for name, stays := range map[string]bool{
		"2026-08-24.json": true, "2026-08-23.json": false, "2025-01-01.json": false, "2026-11-21.json.tmp-123": false,
		"2026-02-31.json": true, "notities.json": true, "2025-01-01.json.oud": true,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != stays {
				t.Errorf("%s: %v", name, err)
			}
		}()
	}
	if err := start(t, dir, at("2026-11-22T12:00:00Z")).Close(); err != nil {
		t.Error(err)
	}
}

func TestUnusable(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(filepath.Join(dir, "nee")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	file := filepath.Join(dir, "2026-11-22.json")
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), file) {
		t.Error(err)
	}
	if _, err := open(dir, quiet, at("2026-11-22T12:00:00Z")); err == nil || !strings.Contains(err.Error(), file) {
		t.Error(err)
	}
	if _, err := open(file, quiet, at("2026-11-22T12:00:00Z")); err == nil {
		t.Error("counts in a file")
	}
}

// What cannot be written is told once, and written when it can be.
func TestWriteFaults(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "tellingen")
	var log bytes.Buffer
	tally, err := open(dir, slog.New(slog.NewTextHandler(&log, nil)), at("2026-11-22T12:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	tally.Search(client(1), "zebra", 1, nil)
	for range 3 {
		if tally.save() == nil {
			t.Error("written to no folder")
		}
	}
	if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
		t.Errorf("%d times: %s", n, log.String())
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := tally.Close(); err != nil {
		t.Error(err)
	}
	if days, err := Read(dir); err != nil || len(days) != 1 || days[0].Searches != 1 {
		t.Errorf("%+v %v", days, err)
	}
}

// One client that makes up words takes no more than its share of memory, and does
// not push out the words of others.
func TestFlood(t *testing.T) {
	now := at("2026-11-22T12:00:00Z")()
	tally := start(t, t.TempDir(), func() time.Time { return now })
	defer tally.Close()
	tally.Search(client(1), "zebra", 0, []string{"zebra"})
	tally.Search(client(2), "zebra", 0, []string{"zebra"})
	for i := range 3 * mostWords {
		word := fmt.Sprint(i, "verzonnen")
		tally.Search(client(9), word, 0, []string{word})
		if n, p := len(tally.day.asked), len(tally.day.pending); n > mostWords || p > mostPending {
			t.Fatalf("%d words, %d searches", n, p)
		}
	}
	now = now.Add(settled)
	tally.Search(client(3), "zebra", 0, []string{"zebra"})
	now = now.Add(settled)
	if tally.save(); tally.day.Words["zebra"] != 3 {
		t.Errorf("%v", tally.day.Words)
	}
	for i := range 2 * mostWords {
		for c := range enough {
			word := fmt.Sprint(i, "verzonnen")
			tally.Search(client(c), word, 0, []string{word})
		}
	}
	now = now.Add(settled)
	tally.save()
	if n := len(tally.day.asked) + len(tally.day.Words); n > mostWords {
		t.Errorf("%d words", n)
	}
}

func TestGaps(t *testing.T) {
	got := Gaps([]Day{
		{Date: "2026-11-20", Words: map[string]int{"zebra": 3, "giraf": 4, "olifant": 6}},
		{Date: "2026-11-21"},
		{Date: "2026-11-22", Words: map[string]int{"zebra": 3, "aap": 4}},
	})
	want := []Gap{{"zebra", 6, 2}, {"olifant", 6, 1}, {"aap", 4, 1}, {"giraf", 4, 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}
