package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"kennishub/internal/diag"
	"kennishub/internal/theme"
	"kennishub/themes"
)

var codeNoTheme = diag.Define("thema-onbekend", diag.Error,
	"Het thema is er niet",
	"Achter theme in site.yaml staat de naam van een ingebouwd thema, of van een map in themes/. Een eigen map met de naam van een ingebouwd thema vult dat aan, bestand voor bestand.")

// themeFS is the theme of that name: the built-in one with the site's own files
// over it, or either alone. A built-in theme as it is is known to be right.
func themeFS(root *os.Root, name string) (fsys fs.FS, known bool, err error) {
	if !fs.ValidPath(name) || strings.ContainsRune(name, '/') || name == "." {
		return nil, false, fmt.Errorf("%q is geen naam van een thema", name)
	}
	var builtIn, own fs.FS
	if sub, err := fs.Sub(themes.FS, name); err == nil && isFolder(themes.FS, name) {
		builtIn = sub
	}
	if sub, err := fs.Sub(root.FS(), "themes/"+name); err == nil && isFolder(root.FS(), "themes/"+name) {
		own = sub
	}
	switch {
	case builtIn != nil && own != nil:
		return theme.Overlay(own, builtIn), false, nil
	case own != nil:
		return own, false, nil
	case builtIn != nil:
		return builtIn, true, nil
	}
	return nil, false, errors.New("er is geen thema " + name)
}

func isFolder(fsys fs.FS, name string) bool {
	info, err := fs.Stat(fsys, name)
	return err == nil && info.IsDir()
}
