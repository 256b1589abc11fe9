package search

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// The names in a folder of indexes and in an index.
const (
	currentName   = "current"
	settingsName  = "settings.json"
	documentsName = "documents"
	textName      = "text"
	wordsName     = "words"
	termsName     = "terms"
)

var (
	indexName     = regexp.MustCompile(`^[0-9a-f]{16}$`)
	temporaryName = regexp.MustCompile(`^([0-9a-f]{16}|current)\.tmp-`)
)

// batchSize gives the number of documents that bleve takes at once: at least two
// batches for each processor. Small batches cost more, as bleve makes a dictionary
// of each; large ones gain nothing more and hold more memory.
func batchSize(docs int) int {
	return min(max(docs/(2*runtime.GOMAXPROCS(0)), 50), 500)
}

// BuildResult says what a build did.
type BuildResult struct {
	ID        string
	Documents int
	Changed   bool // false when the index that stood there was the same, and whole
}

// Build brings the index in dir, a folder such as public/.search, to the
// documents. It writes nothing when the index that is served already holds them.
// Until it returns without an error, the index that was served stays served.
//
// The indexes that are no longer served stay, for who has them open; [Prune]
// removes them.
func Build(dir string, docs []Document, s Settings) (BuildResult, error) {
	sorted := make([]*Document, len(docs))
	for i := range docs {
		sorted[i] = &docs[i]
	}
	slices.SortFunc(sorted, func(a, b *Document) int { return strings.Compare(a.URL, b.URL) })
	for i := 1; i < len(sorted); i++ {
		if sorted[i].URL == sorted[i-1].URL {
			return BuildResult{}, fmt.Errorf("de zoekindex krijgt twee documenten met het adres %s", sorted[i].URL)
		}
	}
	id, err := identify(sorted, s)
	if err != nil {
		return BuildResult{}, err
	}
	result := BuildResult{ID: id, Documents: len(docs)}
	whole := check(dir, id) == nil
	if current, err := readCurrent(dir); err == nil && current == id && whole {
		return result, nil
	}
	result.Changed = true

	if err := os.MkdirAll(dir, 0o755); err != nil {
		return result, err
	}
	if err := removeIf(dir, temporaryName.MatchString); err != nil {
		return result, err
	}
	if !whole {
		if err := writeWhole(dir, id, sorted, s); err != nil {
			return result, fmt.Errorf("de zoekindex kan niet worden geschreven: %w", err)
		}
	}
	return result, writeCurrent(dir, id)
}

// Prune removes from dir the indexes that are not served, and what a crash left
// behind. It touches nothing that is not of an index. A server that still has a
// removed index open keeps its files until it closes it.
func Prune(dir string) error {
	current, err := readCurrent(dir)
	if err != nil && !errors.Is(err, ErrNoIndex) {
		return err
	}
	return removeIf(dir, func(name string) bool {
		return temporaryName.MatchString(name) || indexName.MatchString(name) && name != current
	})
}

// Remove removes all indexes from dir, for a site that is published without
// search. The folder itself goes when nothing else is in it.
func Remove(dir string) error {
	// The pointer first, so that no server opens an index that is half gone.
	if err := os.Remove(filepath.Join(dir, currentName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := Prune(dir); err != nil {
		return err
	}
	if entries, err := os.ReadDir(dir); err == nil && len(entries) == 0 {
		return os.Remove(dir)
	}
	return nil
}

// identify gives the ID of the index of documents, which are sorted by URL.
func identify(docs []*Document, s Settings) (string, error) {
	settings, err := json.Marshal(s)
	if err != nil {
		return "", err
	}
	digests := make([][sha256.Size]byte, len(docs))
	parallel(len(docs), 64, func(from, to int) error {
		w := &encoder{}
		for i := from; i < to; i++ {
			w.data = w.data[:0]
			w.document(docs[i])
			digests[i] = sha256.Sum256(w.data)
		}
		return nil
	})
	w := &encoder{}
	w.strings(documentsMagic, analyserVersion, string(settings))
	for _, d := range digests {
		w.data = append(w.data, d[:]...)
	}
	sum := sha256.Sum256(w.data)
	return hex.EncodeToString(sum[:8]), nil
}

// document writes all of a document, so that different documents give different
// bytes.
func (w *encoder) document(d *Document) {
	w.strings(d.URL, d.Title, d.Kind, d.Date, d.Description)
	list := func(all []string) {
		w.number(uint64(len(all)))
		w.strings(all...)
	}
	list(d.Names)
	w.number(uint64(len(d.Sections)))
	for _, s := range d.Sections {
		w.strings(s.ID, s.Title, s.Text)
	}
	w.number(uint64(len(d.Facets)))
	for _, name := range slices.Sorted(maps.Keys(d.Facets)) {
		w.strings(name)
		list(d.Facets[name])
	}
	w.number(uint64(len(d.Fields)))
	for _, name := range slices.Sorted(maps.Keys(d.Fields)) {
		w.strings(name, d.Fields[name])
	}
}

// parallel calls do for stretches of n things on all processors, and returns the
// first error.
func parallel(n, size int, do func(from, to int) error) error {
	var (
		next   atomic.Int64
		failed atomic.Pointer[error]
		wait   sync.WaitGroup
	)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for failed.Load() == nil {
				to := int(next.Add(int64(size)))
				from := to - size
				if from >= n {
					return
				}
				if err := do(from, min(to, n)); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	wait.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}

// writeWhole writes an index under another name and gives it its own name when it
// is whole.
func writeWhole(dir, id string, docs []*Document, s Settings) error {
	temporary, err := os.MkdirTemp(dir, id+".tmp-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	if err := write(temporary, docs, s); err != nil {
		return err
	}
	final := filepath.Join(dir, id)
	if err := os.RemoveAll(final); err != nil { // a damaged one
		return err
	}
	return os.Rename(temporary, final)
}

// write writes the files of an index.
func write(dir string, docs []*Document, s Settings) error {
	table := newValueTable(s)
	records := make([]*record, len(docs))
	labels := make([][]string, len(docs))
	for i, d := range docs {
		var values []int32
		values, labels[i] = table.of(d)
		records[i] = newRecord(d, values)
	}

	t, err := newTongue(s.Language)
	if err != nil {
		return err
	}
	v := learn(t, docs, labels).vocabulary(t)
	if err := writeFile(filepath.Join(dir, wordsName), encodeVocabulary(v)); err != nil {
		return err
	}

	var text sync.WaitGroup
	var textSize int64
	var textErr error
	text.Go(func() { textSize, textErr = writeText(filepath.Join(dir, textName), docs) })
	err = writeTerms(filepath.Join(dir, termsName), docs, labels, records, v)
	text.Wait()
	if err := cmp.Or(err, textErr); err != nil {
		return err
	}
	settings, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, settingsName), settings); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, documentsName), encodeRecords(records, table, textSize)); err != nil {
		return err
	}
	// bleve keeps its files to their owner, but a published folder is often served
	// by another user than the one that builds it.
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o644)
		if entry.IsDir() {
			mode = 0o755
		}
		return os.Chmod(path, mode)
	})
}

// writeTerms makes bleve's index on disk.
func writeTerms(dir string, docs []*Document, labels [][]string, records []*record, v *vocabulary) (err error) {
	bleve, err := openScorch(map[string]any{
		"path":               dir,
		"numSnapshotsToKeep": 1,
		// The segments are written as they are: merging them would take longer than all
		// searches together save.
		"scorchPersisterOptions": map[string]any{"MemoryPressurePauseThreshold": 0},
		"scorchMergePlanOptions": map[string]any{"MaxSegmentSize": 1}, // none is small enough to merge
	})
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, bleve.Close()) }()

	return indexAll(bleve, docs, labels, records, v)
}

// indexAll indexes documents under their places in the list, and notes the lengths
// of their fields in records. bleve gets one batch at a time, because what it makes of
// a batch takes many times the memory of the batch: the next one is counted meanwhile.
func indexAll(bleve *scorchIndex, docs []*Document, labels [][]string, records []*record, v *vocabulary) error {
	analyser := newAnalyser(v.tongue, v.split)
	var counters sync.Pool
	var indexing sync.Mutex
	return parallel(len(docs), batchSize(len(docs)), func(from, to int) error {
		c, _ := counters.Get().(*counter)
		if c == nil {
			c = &counter{analyser: analyser}
		}
		batch := index.NewBatch()
		for i := from; i < to; i++ {
			var e *entry
			e, records[i].lengths = c.count(i, docs[i], labels[i])
			batch.Update(e)
		}
		defer counters.Put(c) // bleve asks it for the fields of the batch
		indexing.Lock()
		defer indexing.Unlock()
		return bleve.Batch(batch)
	})
}

// scorchIndex is a bleve index with the goroutines that it needs.
type scorchIndex struct {
	index.Index
	queue *index.AnalysisQueue
}

func openScorch(config map[string]any) (*scorchIndex, error) {
	queue := index.NewAnalysisQueue(1) // our entries are analysed already
	i, err := scorch.NewScorch(scorch.Name, config, queue)
	if err == nil {
		err = i.Open()
	}
	if err != nil {
		queue.Close()
		return nil, err
	}
	return &scorchIndex{i, queue}, nil
}

func (i *scorchIndex) Close() error {
	defer i.queue.Close()
	return i.Index.Close()
}

func writeText(path string, docs []*Document) (size int64, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<18)
	for _, d := range docs {
		for i := range d.Sections {
			n, err := w.WriteString(d.Sections[i].Text)
			if err != nil {
				return 0, err
			}
			size += int64(n)
		}
	}
	return size, cmp.Or(w.Flush(), f.Sync())
}

func writeFile(path string, data []byte) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, f.Close()) }()
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// writeCurrent makes an index the one that is served.
func writeCurrent(dir, id string) error {
	f, err := os.CreateTemp(dir, currentName+".tmp-")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(id + "\n")
	if err := cmp.Or(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(dir, currentName))
}

// readCurrent gives the ID of the index that is served. A pointer that names
// nothing possible counts as none.
func readCurrent(dir string) (string, error) {
	data, err := os.ReadFile(filepath.Join(dir, currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", ErrNoIndex
	}
	if err != nil {
		return "", err
	}
	id := strings.TrimSpace(string(data))
	if !indexName.MatchString(id) {
		return "", ErrNoIndex
	}
	return id, nil
}

// check reports whether an index is there and whole, by opening it.
func check(dir, id string) error {
	x, err := openIndex(dir, id)
	if err != nil {
		return err
	}
	return x.Close()
}

// removeIf removes what is in dir under the names that go. A folder that is not
// there has nothing to remove.
func removeIf(dir string, goes func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if goes(e.Name()) {
			err = cmp.Or(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
