package theme

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"
)

// Asset is a file that pages ask for. Its name holds a digest of its contents, so
// that browsers may keep it for ever.
type Asset struct {
	Path string // below the output folder: "assets/site-AB12CD34.css"
	Data []byte
}

// assets bundles the scripts and styles and takes along the other files. names
// gives for a file in assets/ its address.
func (r *reader) assets(basePath string) (assets []Asset, names map[string]string) {
	names = map[string]string{}
	add := func(name string, data []byte) {
		sum := sha256.Sum256(data)
		ext := path.Ext(name)
		file := fmt.Sprintf("assets/%s-%X%s", strings.TrimSuffix(name, ext), sum[:4], ext)
		assets = append(assets, Asset{Path: file, Data: data})
		names[name] = basePath + file
	}
	var entries []string
	err := fs.WalkDir(r.fsys, "assets", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name := strings.TrimPrefix(file, "assets/")
		switch path.Ext(file) {
		case ".css", ".js":
			if !strings.Contains(name, "/") {
				entries = append(entries, file)
			}
		default:
			if text, ok := r.read(file); ok {
				add(name, []byte(text))
			}
		}
		return nil
	})
	if err != nil {
		r.found.Add(codeMissing.At(r.folder+"assets", 0, 0, "de map is niet te lezen: "+cause(err), "zet er de stijl en de plaatjes van het thema in"))
		return nil, names
	}
	for file, data := range r.bundle(entries, names) {
		add(strings.TrimPrefix(file, "assets/"), data)
	}
	slices.SortFunc(assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	return assets, names
}

// bundle runs esbuild over files of the theme, without the machine's file system.
func (r *reader) bundle(entries []string, names map[string]string) map[string][]byte {
	const space = "theme"
	resolve := func(args api.OnResolveArgs) (api.OnResolveResult, error) {
		refuse := func(text string) (api.OnResolveResult, error) {
			return api.OnResolveResult{Errors: []api.Message{{Text: text}}}, nil
		}
		if args.Kind == api.ResolveEntryPoint {
			return api.OnResolveResult{Path: args.Path, Namespace: space}, nil
		}
		if strings.HasPrefix(args.Path, "#") { // a part of the document itself
			return api.OnResolveResult{Path: args.Path, External: true}, nil
		}
		if strings.Contains(args.Path, ":") || strings.HasPrefix(args.Path, "/") {
			return refuse(fmt.Sprintf("de verwijzing %q leidt buiten het thema", args.Path))
		}
		file := path.Join(path.Dir(args.Importer), args.Path)
		if _, err := fs.Stat(r.fsys, file); err != nil || !strings.HasPrefix(file, "assets/") {
			return refuse(fmt.Sprintf("het bestand %q is er niet", args.Path))
		}
		if args.Kind == api.ResolveCSSURLToken {
			url, ok := names[strings.TrimPrefix(file, "assets/")]
			if !ok {
				return refuse(fmt.Sprintf("url() kan niet naar %q leiden", args.Path))
			}
			return api.OnResolveResult{Path: url, External: true}, nil
		}
		return api.OnResolveResult{Path: file, Namespace: space}, nil
	}
	load := func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		data, err := fs.ReadFile(r.fsys, args.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		text, loader := string(data), api.LoaderJS
		if path.Ext(args.Path) == ".css" {
			loader = api.LoaderCSS
		}
		return api.OnLoadResult{Contents: &text, Loader: loader}, nil
	}
	options := api.BuildOptions{
		Outdir:            "/",
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2020,
		Engines:           []api.Engine{{Name: api.EngineChrome, Version: "105"}, {Name: api.EngineFirefox, Version: "110"}, {Name: api.EngineSafari, Version: "15.4"}},
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone,
		Charset:           api.CharsetUTF8,
		LogLevel:          api.LogLevelSilent,
		TsconfigRaw:       "{}",
		Plugins: []api.Plugin{{Name: space, Setup: func(b api.PluginBuild) {
			b.OnResolve(api.OnResolveOptions{Filter: ".*"}, resolve)
			b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: space}, load)
		}}},
	}
	for _, file := range entries {
		options.EntryPointsAdvanced = append(options.EntryPointsAdvanced,
			api.EntryPoint{InputPath: file, OutputPath: strings.TrimSuffix(path.Base(file), path.Ext(file))})
	}
	if len(entries) == 0 {
		return nil
	}
	result := api.Build(options)
	for _, m := range slices.Concat(result.Errors, result.Warnings) {
		file, line, col := "assets", 0, 0
		if l := m.Location; l != nil {
			file = strings.TrimPrefix(l.File, space+":")
			line, col = l.Line, utf8.RuneCountInString(l.LineText[:min(l.Column, len(l.LineText))])+1
		}
		r.found.Add(codeAsset.At(r.folder+file, line, col, m.Text, ""))
	}
	bundled := make(map[string][]byte, len(entries))
	for _, file := range result.OutputFiles {
		bundled["assets/"+path.Base(strings.ReplaceAll(file.Path, "\\", "/"))] = file.Contents
	}
	return bundled
}
