// Package build makes a site: it reads, models, checks, plans, publishes and
// indexes, in that order.
//
//	result, err := build.New(build.Options{Source: ".", Output: "public", Now: today}).Build(ctx)
//
// [Builder.Build] is the whole pipeline on one screen. A [Builder] may build again
// and again; with [Options.Preview] it remembers what did not change, and answers
// searches from [Builder.Live]. Without, it lets go of everything as soon as it can,
// for a small build. [ErrContent] is the only error that is the author's: everything
// else went wrong with the machine.
package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"kennishub/internal/attachment"
	"kennishub/internal/cache"
	"kennishub/internal/check"
	"kennishub/internal/config"
	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/history"
	"kennishub/internal/output"
	"kennishub/internal/picture"
	"kennishub/internal/publish"
	"kennishub/internal/search"
	"kennishub/internal/site"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// Options say what to build.
type Options struct {
	Source   string    // the site's folder: site.yaml, content/, themes/
	Output   string    // the folder to publish to
	BaseURL  string    // instead of the one in site.yaml; "" for that
	Now      time.Time // today, midnight UTC
	Drafts   bool
	Future   bool
	Lenient  bool // report the faults of pages and go on
	NoSearch bool // pages only
	Preview  bool // lenient, and the index is a [search.Live] in memory
	Check    bool // find faults only: nothing is written

	// Worker starts this program as one that reads attachments, see
	// [attachment.Main]; nil when their text is not read.
	Worker []string
}

// Result is what a build did and what it has to say.
type Result struct {
	Title      string
	Pages      int // parts of lists counted apart
	Written    int
	Unchanged  int
	Removed    int
	Documents  int // in the search index
	Skipped    []site.Skipped
	Messages   []diag.Message `json:"-"` // sorted
	NextChange time.Time      // the next day on which the site changes by itself; zero when none
	BasePath   string
	Changed    []string          `json:"-"` // files written or removed
	URLs       map[string]string `json:"-"` // in a preview: messages' file → URL of its page
}

// ErrContent says that the messages hold errors and nothing was published.
var ErrContent = errors.New("the content has errors")

// ErrForeign says that the output folder holds files that are not ours.
var ErrForeign = publish.ErrForeign

var (
	codeContent = diag.Define("content-ontbreekt", diag.Error,
		"De map content ontbreekt",
		"Een site bestaat uit site.yaml en een map content met Markdown-bestanden. Start kennishub in die map, of noem haar met --source.")
	codeBaseURL = diag.Define("base-url", diag.Error,
		"Het adres van de site kan niet worden gelezen",
		"Het adres is een heel webadres, met https:// ervoor, en mag een pad hebben: https://voorbeeld.nl/kennishub/.")
)

// workFolder is where a site's cache and preview are, beside site.yaml. It may be
// removed at any time.
const workFolder = ".kennishub"

// Builder builds a site; for a preview, it remembers.
type Builder struct {
	options Options
	program theme.Sum
	root    *os.Root
	content folder
	loader  *content.Loader
	memo    *view.Memo // bodies of the last build; nil but in a preview
	live    *search.Live
	liveFor string // the settings that live was made with

	attachments *attachment.Pool  // nil when their text is not asked for
	limits      attachment.Limits // of what they read
	history     *history.History
	historyKey  cache.Key

	began cache.Key // the inputs when the build began

	inspect func(*site.Site, *content.Tree) // sees the model, nil when nobody looks

	configSource []byte
	config       *config.Config
	configSaid   []diag.Message
	themeStamp   cache.Key
	theme        *theme.Theme
	themeSaid    []diag.Message
}

// New makes a builder.
func New(o Options) *Builder {
	o.Lenient = o.Lenient || o.Preview
	b := &Builder{options: o, program: program()}
	if o.Preview {
		b.memo = &view.Memo{}
	}
	return b
}

// Live is the index of a preview, nil before the first good build.
func (b *Builder) Live() *search.Live { return b.live }

// Close releases what the builder holds.
func (b *Builder) Close() {
	b.content.close()
	if b.attachments != nil {
		b.attachments.Close()
	}
	if b.root != nil {
		b.root.Close()
		b.root = nil
	}
	if b.live != nil {
		b.live.Close()
		b.live = nil
	}
}

// Build brings the output folder up to date. With [ErrContent] the result holds
// the messages; with other errors it may be nil.
func (b *Builder) Build(ctx context.Context) (*Result, error) {
	if err := b.open(); err != nil {
		return nil, err
	}
	last, known := b.last()
	if known && b.inspect == nil {
		return last, nil
	}
	if !b.options.Preview {
		// A build has time to spare, and pays with some of that for a smaller heap.
		defer debug.SetGCPercent(debug.SetGCPercent(80))
	}
	r := &Result{}

	// Read.
	cfg, messages := b.readConfig()
	if diag.HasErrors(messages) {
		return b.refuse(r, nil, messages)
	}
	var (
		look    *theme.Theme
		said    []diag.Message
		reading sync.WaitGroup
	)
	reading.Go(func() { look, said = b.readTheme(cfg) })
	store := b.openCache()
	defer store.Discard()
	var dated []diag.Message
	reading.Go(func() { dated = b.readHistory(ctx, store) })
	tree, found := b.readContent(cfg, store)
	reading.Wait()
	messages = slices.Concat(messages, said, found, dated)
	if look == nil || tree == nil {
		return b.refuse(r, cfg, messages)
	}

	// Model and check.
	graph, said := site.New(cfg, tree, site.Options{Now: b.options.Now, Drafts: b.options.Drafts, Future: b.options.Future, History: b.history})
	messages = append(messages, said...)
	messages = append(messages, check.Run(graph, look, b.options.Now)...)
	sizes := b.openSizes()
	said, err := b.makeSizes(graph, sizes)
	if err != nil {
		return nil, err
	}
	messages = append(messages, said...)
	r.describe(graph, tree)
	if b.inspect != nil {
		b.inspect(graph, tree)
	}
	if r.Messages = settle(cfg, messages); diag.HasErrors(r.Messages) && !b.options.Lenient {
		return r, ErrContent
	}
	if b.options.Check {
		return r, nil
	}

	// Plan.
	plan, err := output.Make(output.Input{Site: graph, Theme: look, Content: &b.content, Program: b.program, Memo: b.memo, Sizes: sizes})
	if err != nil {
		return nil, err
	}

	// Publish and index: what pages need, pages, the index, what points at them,
	// and removals last.
	folder, err := publish.Open(b.options.Output)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	if err := folder.Begin(plan.Paths()); err != nil {
		return nil, err
	}
	for _, artifacts := range [][]publish.Artifact{plan.Assets, plan.Pages} {
		if err := folder.Write(ctx, artifacts); err != nil {
			return nil, err
		}
	}
	if b.options.Preview {
		r.URLs = urls(graph)
	} else {
		b.loader, b.theme = nil, nil // another build, if one comes, reads them again
		debug.SetGCPercent(30)       // indexing is where a build is largest
	}
	plan.Assets, plan.Pages = nil, nil // what was written makes room for the index
	if err := b.index(graph, tree.Words.Synonyms, look, r); err != nil {
		return nil, err
	}
	if err := folder.Write(ctx, plan.Records); err != nil {
		return nil, err
	}
	done, err := folder.Finish()
	if err != nil {
		return nil, err
	}
	r.Written, r.Unchanged, r.Removed, r.Changed = done.Written, done.Unchanged, done.Removed, done.Changed
	_ = store.Save() // without a cache the next build only has more to do
	_ = sizes.Prune()
	b.remember(r)
	return r, nil
}

// refuse ends a build that cannot go on.
func (b *Builder) refuse(r *Result, cfg *config.Config, messages []diag.Message) (*Result, error) {
	r.Messages = settle(cfg, messages)
	return r, ErrContent
}

// settle applies the severities of site.yaml and sorts.
func settle(cfg *config.Config, messages []diag.Message) []diag.Message {
	var list diag.List
	for _, m := range messages {
		if cfg != nil && cfg.Off[m.Code] {
			continue
		}
		if cfg != nil {
			if s, ok := cfg.Checks[m.Code]; ok {
				m.Severity = s
			}
		}
		list.Add(m)
	}
	return list.Sorted()
}

// describe takes from the graph what a summary tells. The pages are those of the
// graph and the one for addresses that do not exist.
func (r *Result) describe(s *site.Site, tree *content.Tree) {
	r.Title, r.BasePath = s.Config.Title, s.Config.BasePath
	r.Pages = 1
	for _, p := range s.Pages {
		r.Pages += p.Parts()
	}
	r.Skipped, r.NextChange = s.Skipped, s.NextChange
}

// urls says where what a file holds is shown: a page, or the items of a YAML file.
func urls(s *site.Site) map[string]string {
	m := make(map[string]string, len(s.Pages))
	for _, p := range s.Pages {
		if p.Document != nil {
			m[p.File()] = view.URL(s.Config, p.URL)
		}
		if len(p.Items) > 0 {
			m[p.Items[0].File()] = view.URL(s.Config, p.URL)
		}
	}
	return m
}

// open opens the site's folder. Everything is read through it, so that no
// symbolic link leads out.
func (b *Builder) open() error {
	if b.root != nil {
		return nil
	}
	root, err := os.OpenRoot(b.options.Source)
	if err != nil {
		return err
	}
	b.root = root
	return nil
}

// readConfig reads site.yaml; the same bytes give the same *Config, which tells
// the loader that its documents still hold.
func (b *Builder) readConfig() (*config.Config, []diag.Message) {
	source, err := b.root.ReadFile("site.yaml")
	if err == nil && b.config != nil && slices.Equal(source, b.configSource) {
		return b.config, slices.Clone(b.configSaid)
	}
	cfg, messages := config.Load(b.root.FS())
	if cfg != nil && b.options.BaseURL != "" {
		if err := cfg.Override(b.options.BaseURL); err != nil {
			messages = append(messages, codeBaseURL.At("", 0, 0, "--base-url: "+err.Error(), "schrijf een heel adres, zoals https://voorbeeld.nl/kennishub/"))
		}
	}
	if !diag.HasErrors(messages) {
		b.config, b.configSource, b.configSaid = cfg, source, messages
	}
	return cfg, slices.Clone(messages)
}

// readTheme opens the theme, when its files or what it depends on changed.
func (b *Builder) readTheme(cfg *config.Config) (*theme.Theme, []diag.Message) {
	folder := "themes/" + cfg.Theme
	stamp := cache.KeyOf([]byte(cfg.Theme), []byte(cfg.BasePath), []byte(cfg.Language), tree(b.root.FS(), folder).digest())
	if b.theme != nil && stamp == b.themeStamp {
		return b.theme, b.themeSaid
	}
	fsys, known, err := themeFS(b.root, cfg.Theme)
	if err != nil {
		return nil, []diag.Message{codeNoTheme.At("site.yaml", 0, 0, err.Error(), "zet het thema in "+folder+", of haal de sleutel theme weg")}
	}
	t, messages := theme.Open(fsys, theme.Options{Name: cfg.Theme, BasePath: cfg.BasePath, Language: cfg.Language, Known: known})
	if t != nil {
		b.theme, b.themeStamp, b.themeSaid = t, stamp, messages
	}
	return t, messages
}

// folder is the content folder as it is in this build. It is a root of its own, so
// that no symbolic link leads out of it, not even to what else the site's folder
// holds, such as .git.
type folder struct {
	fs.FS
	root *os.Root
}

func (b *Builder) openContent() error {
	root, err := b.root.OpenRoot("content")
	if err != nil {
		return err
	}
	b.content.close()
	b.content.root, b.content.FS = root, root.FS()
	return nil
}

func (f *folder) close() {
	if f.root != nil {
		f.root.Close()
	}
}

func (b *Builder) readContent(cfg *config.Config, store *cache.Store) (*content.Tree, []diag.Message) {
	if err := b.openContent(); err != nil {
		return nil, []diag.Message{codeContent.At("content", 0, 0, "de map content ontbreekt", "maak haar aan naast site.yaml, of noem de map van de site met --source")}
	}
	if limits := (attachment.Limits{Time: cfg.Attachments.Time, Memory: cfg.Attachments.Memory}); b.loader == nil || limits != b.limits {
		b.readAttachments(limits)
		b.loader = content.NewLoader(&b.content, "content", b.attachments)
	}
	t := b.loader.Load(cfg, store)
	messages := slices.Clone(t.Messages)
	for _, d := range t.Documents {
		messages = append(messages, d.Messages...)
	}
	return t, messages
}

var (
	codeShallow = diag.Define("geschiedenis-onvolledig", diag.Warning,
		"Git kent niet alle wijzigingen, dus pagina's krijgen daar geen datums uit",
		"Kennishub toont wanneer een pagina op de site kwam en wanneer zij veranderde; wat niet in de front matter staat, komt uit git. In een kopie met alleen de laatste wijzigingen (een shallow clone) zijn die niet te zien. Haal de hele geschiedenis op: git fetch --unshallow, of in een automatische bouw: fetch-depth: 0.")
	codeGit = diag.Define("git", diag.Warning,
		"Git kan niet zeggen wanneer pagina's zijn gewijzigd",
		"Kennishub vraagt git naar de eerste en de laatste wijziging van elke pagina. Dat lukte niet; de pagina's hebben dan alleen de datums die in de front matter staan.")
)

// readHistory asks git when files changed, unless the same commit is checked out as
// the last time.
func (b *Builder) readHistory(ctx context.Context, store *cache.Store) []diag.Message {
	stamp := history.Stamp(b.options.Source)
	if stamp == nil {
		b.history = nil
		return nil
	}
	key := cache.KeyOf([]byte("history"), stamp)
	if b.history == nil || key != b.historyKey {
		b.history = &history.History{}
		value, ok := store.Get(key)
		if !ok || b.history.UnmarshalBinary(value) != nil {
			h, err := history.Read(ctx, b.options.Source)
			if err != nil {
				return nil // the build was stopped, and ends soon
			}
			b.history = h
			if value, err := h.AppendBinary(nil); err == nil && h.Head != "" {
				store.Put(key, value)
			}
		}
		b.historyKey = key
	}
	switch h := b.history; {
	case h.Shallow:
		return []diag.Message{codeShallow.At("", 0, 0, "de git-geschiedenis is niet volledig (shallow clone)", "haal haar op met: git fetch --unshallow; in een automatische bouw: fetch-depth: 0")}
	case h.Problem != "":
		return []diag.Message{codeGit.At("", 0, 0, h.Problem, h.Remedy)}
	}
	return nil
}

// readAttachments makes ready to read the text of attachments, for the search.
func (b *Builder) readAttachments(limits attachment.Limits) {
	if b.attachments != nil {
		b.attachments.Close()
		b.attachments = nil
	}
	b.limits = limits
	if len(b.options.Worker) > 0 && !b.options.NoSearch {
		b.attachments = attachment.NewPool(b.options.Worker, limits, runtime.GOMAXPROCS(0))
	}
}

// openCache opens the cache of rendered texts for the first build of a builder.
// After that the loader holds everything itself.
func (b *Builder) openCache() *cache.Store {
	if b.loader != nil {
		return nil
	}
	file := filepath.Join(b.options.Source, workFolder, "cache")
	if b.options.Check {
		return cache.Peek(file)
	}
	return cache.Open(file)
}

// openSizes opens what is kept of smaller images. A check keeps nothing.
func (b *Builder) openSizes() *picture.Store {
	if b.options.Check {
		return picture.NewStore("")
	}
	return picture.NewStore(filepath.Join(b.options.Source, workFolder, "images"))
}

// program stands for the executable: another one may write other bytes. Its size
// and time do; reading all of it would cost more than the build of a small site.
func program() theme.Sum {
	name, err := os.Executable()
	if err != nil {
		return theme.Sum{}
	}
	info, err := os.Stat(name)
	if err != nil {
		return theme.Sum{}
	}
	full := sha256.Sum256(fmt.Append(nil, info.Size(), info.ModTime().UnixNano()))
	return theme.Sum(full[:16])
}
