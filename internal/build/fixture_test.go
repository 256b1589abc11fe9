package build

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fixtureBase is the base URL that the fixture is built for.
const fixtureBase = "https://hub.example/pad/"

// fixture copies the fixture: a small hub in which everything that site.yaml can
// declare has a value somewhere. What is in the copy may be changed.
func fixture(t testing.TB) (source string) {
	t.Helper()
	source = t.TempDir()
	if err := os.CopyFS(source, os.DirFS(filepath.Join("testdata", "hub"))); err != nil {
		t.Fatal(err)
	}
	return source
}

// built builds the fixture and gives what a reader can see of it.
func built(t testing.TB) files {
	t.Helper()
	o := Options{Source: fixture(t), Output: t.TempDir(), BaseURL: fixtureBase, Now: day, Worker: worker(t)}
	if r := build(t, o); len(r.Messages) > 0 {
		t.Fatalf("the fixture should have no faults: %v", r.Messages)
	}
	return published(t, o.Output)
}

// golden are the pages whose HTML is compared as a whole. Of the others the listing
// has the names: their templates are the same.
var golden = []string{
	"index.html", "klok/index.html", "proeven/index.html", "proeven/lezen-met-de-klok/index.html", "uitgaven/jaarbericht/index.html",
	"beelden/index.html", "mijlpalen/index.html", "posten/index.html",
}

// TestGolden compares all that a build writes with testdata/golden. After a change
// that is meant:
//
//	go test ./internal/build -run Golden -update
func TestGolden(t *testing.T) {
	const folder, listing = "testdata/golden", "FILES"
	got := files{}
	var list strings.Builder
	site := built(t)
	for _, name := range slices.Sorted(maps.Keys(site)) {
		data := site[name]
		switch ext := path.Ext(name); {
		case strings.HasPrefix(name, "assets/") && !strings.HasPrefix(name, "assets/images/"), strings.HasPrefix(name, ".search/"):
			// They are the theme's, which has tests of its own.
		case ext == ".html" && !slices.Contains(golden, name):
			fmt.Fprintln(&list, name)
		case ext == ".html":
			got[name] = hashed.ReplaceAllString(data, "$1*.")
		case resource(name) || !utf8.ValidString(data):
			fmt.Fprintf(&list, "%s %d %x\n", name, len(data), sha256.Sum256([]byte(data)))
		default:
			got[name] = data
		}
	}
	got[listing] = list.String()
	if *update {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		got.write(t, folder)
		return
	}
	equal(t, got, published(t, folder), "a build of the fixture")
}

// hashed is the name of a file of the theme, but for its hash.
var hashed = regexp.MustCompile(`(/assets/[a-z-]+-)[0-9A-F]{8}\.`)

// resource reports whether a file is passed on as the fixture has it.
func resource(name string) bool {
	_, err := os.Stat(filepath.Join("testdata", "hub", "content", filepath.FromSlash(name)))
	return err == nil
}
