// Package internal_test holds the arrows between the rooms: the table in
// docs/architecture.md says which room may import which, and which room owns
// which outside library.
package internal_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath string
	Imports    []string
}

// room is a line of the table.
type room struct {
	may  []string
	owns string
}

// libraries says which imports are meant by what the table calls a library.
var libraries = map[string][]string{
	"cobra":         {"github.com/spf13/cobra"},
	"yaml.v3":       {"gopkg.in/yaml.v3"},
	"goldmark":      {"github.com/yuin/goldmark"},
	"chroma":        {"github.com/alecthomas/chroma"},
	"frontmatter":   {"github.com/adrg/frontmatter"},
	"html/template": {"html/template"},
	"esbuild":       {"github.com/evanw/esbuild"},
	"lockedfile":    {"github.com/rogpeppe/go-internal/lockedfile"},
	"bleve":         {"github.com/blevesearch"},
	"fsnotify":      {"github.com/fsnotify/fsnotify"},
	"x/image":       {"golang.org/x/image"},
	"pdf":           {"github.com/ledongthuc/pdf"},
}

// shared are imports that any room may have: small packages of text rules, and
// template.HTML as the type of a text that is HTML.
var shared = map[string][]string{
	"golang.org/x/text": nil,
	"golang.org/x/sync": nil,
	"html/template":     {"internal/view", "internal/serve"},
}

func table(t *testing.T) map[string]room {
	t.Helper()
	text, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string]room{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || !strings.Contains(cells[1], "`") {
			continue
		}
		name := strings.Trim(cells[1], " `")
		r := room{owns: strings.TrimSpace(cells[4])}
		for _, may := range strings.Fields(cells[3]) {
			if may = strings.Trim(may, "`"); may == "themes" {
				r.may = append(r.may, may)
			} else if may != "–" {
				r.may = append(r.may, "internal/"+may)
			}
		}
		rooms[name] = r
	}
	if len(rooms) < 15 {
		t.Fatalf("the table in docs/architecture.md has only %d rooms", len(rooms))
	}
	return rooms
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var list []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); d.More(); {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func TestArrows(t *testing.T) {
	rooms := table(t)
	seen := map[string]bool{}
	used := map[string][]string{} // room → imports of ours
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "kennishub/")
		if len(p.Imports) == 0 {
			continue // only tests
		}
		r, ok := rooms[name]
		if !ok {
			t.Errorf("%s is not in the table", name)
			continue
		}
		seen[name] = true
		for _, i := range p.Imports {
			if ours, ok := strings.CutPrefix(i, "kennishub/"); ok {
				used[name] = append(used[name], ours)
				if !slices.Contains(r.may, ours) {
					t.Errorf("%s imports %s, which the table does not allow", name, ours)
				}
				continue
			}
			if owner := libraryOf(i); owner != "" && !strings.Contains(r.owns, owner) && !allowed(i, name) {
				t.Errorf("%s imports %s, which another room owns", name, i)
			} else if owner == "" && strings.Contains(strings.Split(i, "/")[0], ".") && !allowed(i, name) {
				t.Errorf("%s imports %s, which no room owns", name, i)
			}
		}
	}
	for name, r := range rooms {
		if !seen[name] {
			t.Errorf("the table has a room %s that does not exist", name)
		}
		for _, may := range r.may {
			if seen[name] && !slices.Contains(used[name], may) {
				t.Errorf("the table lets %s import %s, which it does not", name, may)
			}
		}
	}
}

func libraryOf(importPath string) string {
	for name, prefixes := range libraries {
		for _, prefix := range prefixes {
			if importPath == prefix || strings.HasPrefix(importPath, prefix+"/") {
				return name
			}
		}
	}
	return ""
}

func allowed(importPath, room string) bool {
	for prefix, rooms := range shared {
		if importPath == prefix || strings.HasPrefix(importPath, path.Clean(prefix)+"/") {
			return rooms == nil || slices.Contains(rooms, room)
		}
	}
	return false
}
