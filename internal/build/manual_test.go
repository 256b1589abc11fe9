package build

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kennishub/internal/diag"
)

// printed is a block in docs/handleiding.md with the file that it is to be put in on
// the line above: `content/a.md`:
var printed = regexp.MustCompile("(?ms)^`([^`\n]+)`:\n\n```\\w+\n(.*?)^```$")

// besides is a file that a block expects in its folder.
var besides = regexp.MustCompile(`bestand: ([\w.-]+)`)

// A reader who types over what the manual prints gets no message, and the messages
// that the manual prints when a fault is made in it.
func TestManual(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "handleiding.md"))
	if err != nil {
		t.Fatal(err)
	}
	manual := string(data)
	source := hubSource(t)
	blocks := printed.FindAllStringSubmatch(manual, -1)
	put := func(name, text string) {
		t.Helper()
		file := filepath.Join(source, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	const experiment = "content/experimenten/scherm-op-slot/index.md"
	text := ""
	for _, block := range blocks {
		name := block[1]
		if _, err := os.Stat(filepath.Join(source, filepath.FromSlash(name))); err == nil {
			t.Errorf("the hub has %s already: the manual needs another example", name)
		}
		put(name, block[2])
		if name == experiment {
			text = block[2]
		}
		for _, file := range besides.FindAllStringSubmatch(block[2], -1) {
			put(path.Join(path.Dir(name), file[1]), "x")
		}
	}
	if len(blocks) < 6 {
		t.Fatalf("the manual prints only %d files", len(blocks))
	}
	silent(t, build(t, Options{Source: source, Output: filepath.Join(source, "public"), NoSearch: true, Now: hubDay}))

	for _, edit := range [][2]string{
		{`onderzoeksvraag: .*\n`, ""},
		{`status: afgerond`, "status: klaar"},
		{`oefenlokaal`, "[oefenlokaal](../../netwerken/ibp.md)"},
	} {
		found := regexp.MustCompile(edit[0])
		if len(found.FindAllString(text, -1)) != 1 {
			t.Fatalf("%s stands not once in the experiment of the manual", edit[0])
		}
		text = found.ReplaceAllString(text, edit[1])
	}
	put(experiment, text)
	b := New(Options{Source: source, Check: true, Now: hubDay})
	defer b.Close()
	r, err := b.Build(context.Background())
	if !errors.Is(err, ErrContent) {
		t.Fatalf("with faults: %v", err)
	}
	var said strings.Builder
	diag.Write(&said, slices.DeleteFunc(r.Messages, func(m diag.Message) bool { return m.File != experiment || m.Code == "datum-toekomst" }))
	if !strings.Contains(manual, "```text\n"+said.String()) {
		t.Errorf("the manual does not print\n%s", said.String())
	}
}
