package theme

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
)

// bundle is the JSON form of a search page.
type bundle struct {
	Version int
	Engine  *engine
	Base    *Search
}

const bundleVersion = 1

// Bundle packs what is needed to render the search page: its template, messages,
// the addresses of the assets, and base, a view that holds all but the answer to a
// query. It fails when the theme has no template "zoeken".
func (t *Theme) Bundle(base *Search) ([]byte, error) {
	of := t.engine
	e := &engine{Language: of.Language, BasePath: of.BasePath, Base: of.Base, Partials: of.Partials, Messages: of.Messages, Assets: of.Assets}
	for _, s := range of.Pages {
		if s.Name == "zoeken" {
			e.Pages = []source{s}
		}
	}
	if e.Pages == nil {
		return nil, fmt.Errorf(`theme: no template "zoeken"`)
	}
	return json.Marshal(bundle{Version: bundleVersion, Engine: e, Base: base})
}

// SearchPage renders the search page without a theme. It is safe for use by many
// goroutines.
type SearchPage struct {
	engine *engine
	base   *Search
}

// OpenBundle unpacks what [Theme.Bundle] made.
func OpenBundle(data []byte) (*SearchPage, error) {
	var b bundle
	if err := json.Unmarshal(data, &b); err != nil {
		return nil, fmt.Errorf("theme: the search page cannot be read: %w", err)
	}
	if b.Version != bundleVersion {
		return nil, fmt.Errorf("theme: the search page was made by another version of kennishub (%d, not %d): build the site again", b.Version, bundleVersion)
	}
	if b.Engine == nil || b.Base == nil || len(b.Engine.Pages) != 1 || b.Engine.Pages[0].Name != "zoeken" || b.Engine.Base.Name != "base" {
		return nil, fmt.Errorf("theme: the search page is not complete: build the site again")
	}
	var err error
	b.Engine.compile(false, func(file, text string, offset int, why, _ string) {
		if err == nil {
			line, col := position(text, offset)
			err = fmt.Errorf("theme: %s:%d:%d: %s", file, line, col, why)
		}
	})
	if err != nil {
		return nil, err
	}
	sealAll(reflect.ValueOf(b.Base))
	return &SearchPage{engine: b.Engine, base: b.Base}, nil
}

// BasePath is the path of the base URL, "/" or "/kennishub/".
func (p *SearchPage) BasePath() string { return p.engine.BasePath }

// Language is the language of the page, "nl".
func (p *SearchPage) Language() string { return p.engine.Language }

// Base returns a copy of the view that the bundle was made with, to be filled in
// for one query. What it points to is shared and must not be changed.
func (p *SearchPage) Base() Search { return *p.base }

// Text is a message, as [Theme.Text].
func (p *SearchPage) Text(key string, args ...any) string { return p.engine.Messages.text(key, args) }

// Render writes the search page for a view. Nothing is written when it fails.
func (p *SearchPage) Render(w io.Writer, view *Search) error {
	return p.engine.render(w, "zoeken", view)
}

// sealAll seals the parts that v leads to, inner parts first.
func sealAll(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		sealAll(v.Elem())
		if part, ok := v.Interface().(sealer); ok && part.Sum() == (Sum{}) {
			Seal(part)
		}
	case reflect.Slice:
		for i := range v.Len() {
			sealAll(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				sealAll(v.Field(i))
			}
		}
	}
}
