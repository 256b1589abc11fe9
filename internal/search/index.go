package search

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// ErrNoIndex is what [Open] returns when a folder names no index.
var ErrNoIndex = errors.New("er is geen zoekindex")

// ErrClosed is what a search returns after the index was closed.
var ErrClosed = errors.New("de zoekindex is gesloten")

// Index is an index on disk, open for reading. It is safe for use by many
// goroutines.
type Index struct {
	snapshot *snapshot
	bleve    *scorchIndex
	texts    *os.File

	mu     sync.RWMutex // held for reading by searches
	closed bool
}

// Open opens the index that is served from dir. The error is [ErrNoIndex] when
// there is none; any other error says that it is damaged and what to do.
func Open(dir string) (*Index, error) {
	id, err := readCurrent(dir)
	if err != nil {
		return nil, err
	}
	x, err := openIndex(dir, id)
	if err != nil {
		return nil, fmt.Errorf("de zoekindex %s is beschadigd: %w; bouw de site opnieuw om hem te herstellen", filepath.Join(dir, id), err)
	}
	x.snapshot.warm()
	return x, nil
}

// openIndex opens an index and checks all of it but the text of pages and the
// terms, of which only the sizes are known.
func openIndex(dir, id string) (x *Index, err error) {
	folder := filepath.Join(dir, id)
	x = &Index{}
	defer func() {
		if r := recover(); r != nil { // bleve panics on some broken files
			err = fmt.Errorf("bleve kan de termen niet lezen: %v", r)
		}
		if err != nil {
			x.release()
			x = nil
		}
	}()

	var settings Settings
	data, err := os.ReadFile(filepath.Join(folder, settingsName))
	if err != nil {
		return x, err
	}
	if err := json.Unmarshal(data, &settings); err != nil {
		return x, fmt.Errorf("%s is niet te lezen: %w", settingsName, err)
	}
	settings.Limits = settings.Limits.withDefaults()
	if data, err = os.ReadFile(filepath.Join(folder, wordsName)); err != nil {
		return x, err
	}
	vocabulary, err := decodeVocabulary(data, settings.Language)
	if err != nil {
		return x, err
	}

	table := newValueTable(settings)
	if data, err = os.ReadFile(filepath.Join(folder, documentsName)); err != nil {
		return x, err
	}
	records, textSize, err := decodeRecords(data, table)
	if err != nil {
		return x, err
	}
	table.sort()
	if x.texts, err = os.Open(filepath.Join(folder, textName)); err != nil {
		return x, err
	}
	if info, err := x.texts.Stat(); err != nil || info.Size() != textSize {
		return x, cmp.Or(err, fmt.Errorf("%s heeft niet de goede lengte", textName))
	}

	// bleve would make a database that is not there.
	terms := filepath.Join(folder, termsName)
	if _, err := os.Stat(filepath.Join(terms, "root.bolt")); err != nil {
		return x, err
	}
	if x.bleve, err = openScorch(map[string]any{"path": terms, "read_only": true, "bolt_timeout": "5s"}); err != nil {
		return x, err
	}
	reader, err := x.bleve.Reader()
	if err != nil {
		return x, err
	}
	x.snapshot, err = newSnapshot(snapshot{
		id: id, settings: settings, vocabulary: vocabulary, table: table,
		records: records, reader: reader, texts: x.texts,
	}, func(n int) *record {
		if n < 0 || n >= len(records) {
			return nil
		}
		return records[n]
	})
	if err != nil {
		reader.Close()
	}
	return x, err
}

// ID names what is indexed: equal IDs give equal answers.
func (x *Index) ID() string { return x.snapshot.id }

// Settings gives the settings of the build, with all limits filled in.
func (x *Index) Settings() Settings { return x.snapshot.settings }

// Search answers a query. An error is a [*QueryError] when the query is at fault.
func (x *Index) Search(ctx context.Context, q Query) (*Results, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return nil, ErrClosed
	}
	return x.snapshot.search(ctx, q)
}

// Suggest gives at most so many places for who has typed a text so far, the best
// first; see [Suggestion]. An error is a [*QueryError] when the text is at fault.
func (x *Index) Suggest(ctx context.Context, text string, most int) ([]Suggestion, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return nil, ErrClosed
	}
	return x.snapshot.suggest(ctx, text, most)
}

// Close waits for running searches and frees the index.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	return x.release()
}

func (x *Index) release() (err error) {
	if x.snapshot != nil {
		err = x.snapshot.reader.Close()
	}
	if x.bleve != nil {
		err = cmp.Or(err, x.bleve.Close())
	}
	if x.texts != nil {
		err = cmp.Or(err, x.texts.Close())
	}
	return err
}
