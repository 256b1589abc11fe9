package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"text/template/parse"

	"kennishub/internal/diag"
	"kennishub/themes"
)

// small is a whole theme with little in it.
func small(change map[string]string) fstest.MapFS {
	files := map[string]string{
		"templates/base.html": `<!doctype html><html lang="{{.Site.Language}}"><head><title>{{block "title" .}}{{.Title}}{{end}}</title>` +
			`<link rel="stylesheet" href="{{asset "site.css"}}"></head><body class="{{block "class" .}}{{end}}">{{part "head" .Site .Current}}{{block "main" .}}{{end}}</body></html>`,
		"templates/page.html":          `{{define "main"}}<h1>{{.Title}}</h1>{{with .Body}}{{.HTML}}{{end}}{{end}}`,
		"templates/list.html":          `{{define "main"}}<p>{{t "pages" .Total}}</p>{{range $i, $c := .Cards}}{{$i}}{{part "card" .}}{{end}}{{end}}`,
		"templates/zoeken.html":        `{{define "title"}}{{.Query}}{{end}}{{define "main"}}{{range .Hits}}<a href="{{.URL}}">{{.Title}}</a>{{.Excerpt}}{{end}}{{end}}`,
		"templates/partials/head.html": `<a href="{{.HomeURL}}">{{.Title}}</a>{{range .Menu}}<a href="{{.URL}}"{{if eq .URL $.Current}} aria-current="true"{{end}}>{{.Text}}</a>{{end}}`,
		"templates/partials/card.html": `<a href="{{.URL}}">{{.Title}}</a>`,
		"messages/nl.json":             "{\n  \"hallo\": \"Hallo {0}\",\n  \"pages.one\": \"{0} pagina\",\n  \"pages.other\": \"{0} pagina's\"\n}\n",
		"messages/en.json":             `{"hallo": "Hello {0}", "pages.one": "{0} page", "pages.other": "{0} pages"}`,
		"assets/site.css":              `@import "./deel/kleur.css"; a { background: url(ster.svg) }`,
		"assets/deel/kleur.css":        `p { color : red }`,
		"assets/site.js":               `document.title = "x";`,
		"assets/ster.svg":              `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	}
	maps.Copy(files, change)
	m := fstest.MapFS{}
	for name, text := range files {
		if text != "-" {
			m[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return m
}

var options = Options{Name: "klein", BasePath: "/hub/", Language: "nl"}

func openSmall(t testing.TB, change map[string]string, o Options) *Theme {
	t.Helper()
	th, found := Open(small(change), o)
	if th == nil || len(found) > 0 {
		t.Fatalf("Open: %v", found)
	}
	return th
}

func openBuiltIn(t testing.TB) *Theme { return openBuiltInAs(t, false) }

func openBuiltInAs(t testing.TB, known bool) *Theme {
	t.Helper()
	folder, err := fs.Sub(themes.FS, "mbodigitaal")
	if err != nil {
		t.Fatal(err)
	}
	th, found := Open(folder, Options{Name: "mbodigitaal", BasePath: "/hub/", Language: "nl", Known: known})
	if th == nil {
		t.Fatalf("Open: %v", found)
	}
	return th
}

func render(t testing.TB, th *Theme, name string, view any) string {
	t.Helper()
	var b bytes.Buffer
	if err := th.Render(&b, name, view); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func testSite() *Site {
	return Seal(&Site{Title: "Hub & co", Language: "nl", HomeURL: "/hub/", Menu: []Link{{"A", "/hub/a/"}, {"B", "/hub/b/"}}})
}

func TestRender(t *testing.T) {
	th := openSmall(t, nil, options)
	got := render(t, th, "page", &Page{Site: testSite(), Title: `<x> "y"`, Current: "/hub/b/", Body: Seal(&Body{HTML: "<p>tekst</p>"})})
	css := th.AssetURL("site.css")
	want := `<!doctype html><html lang="nl"><head><title>&lt;x&gt; &#34;y&#34;</title><link rel="stylesheet" href="` + css + `"></head><body class="">` +
		`<a href="/hub/">Hub &amp; co</a><a href="/hub/a/">A</a><a href="/hub/b/" aria-current="true">B</a><h1>&lt;x&gt; &#34;y&#34;</h1><p>tekst</p></body></html>`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	list := &List{Page: Page{Site: testSite(), Title: "L"}, Total: 1, Cards: []*Card{Seal(&Card{URL: "/hub/c/?a=1&b=2", Title: "C"})}}
	if got := render(t, th, "list", list); !strings.Contains(got, `<p>1 pagina</p>0<a href="/hub/c/?a=1&amp;b=2">C</a>`) {
		t.Error(got)
	}
	list.Total = 2
	if got := render(t, th, "list", list); !strings.Contains(got, `<p>2 pagina&#39;s</p>`) {
		t.Error(got)
	}
}

func TestRenderRefuses(t *testing.T) {
	th := openSmall(t, nil, options)
	for _, c := range []struct {
		template string
		view     any
		want     string
	}{
		{"niets", &Page{}, `no template "niets"`},
		{"page", &List{}, "takes a *theme.Page, not a *theme.List"},
		{"page", (*Page)(nil), "takes a *theme.Page"},
		{"page", nil, "takes a *theme.Page"},
		{"page", &Page{}, "the view has no Site (for .Language)"},
		{"page", &Page{Site: &Site{}}, "was not sealed"},
	} {
		var b bytes.Buffer
		err := th.Render(&b, c.template, c.view)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.template, err, c.want)
		}
		if b.Len() > 0 {
			t.Errorf("%s: wrote %q", c.template, &b)
		}
	}
}

func TestOpenReports(t *testing.T) {
	const page = "templates/page.html"
	for _, c := range []struct {
		name, file, text string
		position         string // in themes/klein/
		want             string // in the text or the hint
	}{
		{"no base", "templates/base.html", "-", "templates/base.html", "het bestaat niet"},
		{"no page", page, "-", page, "het bestaat niet"},
		{"no list", "templates/list.html", "-", "templates/list.html", "het bestaat niet"},
		{"no language", "messages/nl.json", "-", "messages/nl.json", `geen teksten voor de taal "nl"`},
		{"syntax", page, "{{define \"main\"}}\n{{.Title}\n{{end}}", page + ":2:1", "de sjabloon is fout"},
		{"unclosed", page, "{{define \"main\"}}\n{{if .Title}}", page + ":2:1", "unexpected EOF"},
		{"field", page, "{{define \"main\"}}\n<p>é{{.Titel}}</p>{{end}}", page + ":2:7", `bedoelde je "Title"`},
		{"field in else", page, `{{define "main"}}{{if .Title}}{{else if .Kind}}{{else}}{{.Xyz}}{{end}}{{end}}`, page + ":1:58", `het veld "Xyz" bestaat niet in Page`},
		{"field of element", page, `{{define "main"}}{{range .Tags}}{{.Label}}{{end}}{{end}}`, page + ":1:35", `"Label" bestaat niet in Link`},
		{"field of variable", page, `{{define "main"}}{{range $i, $x := .Tags}}{{$x.Label}}{{end}}{{end}}`, page + ":1:47", `"Label" bestaat niet in Link`},
		{"field of list in page", page, `{{define "main"}}{{.Cards}}{{end}}`, page + ":1:20", `"Cards" bestaat niet in Page`},
		{"field in partial", "templates/partials/card.html", "\n {{.Naam}}", "templates/partials/card.html:2:4", `"Naam" bestaat niet in Card`},
		{"field in called template", page, `{{define "x"}}{{.Zzz}}{{end}}{{define "main"}}{{range .Tags}}{{template "x" .}}{{end}}{{end}}`, page + ":1:17", `"Zzz" bestaat niet in Link`},
		{"message", page, `{{define "main"}}{{t "halo" .Title}}{{end}}`, page + ":1:22", `bedoelde je "hallo"`},
		{"message in attribute", page, `{{define "main"}}<p title="{{t "weg"}}">{{end}}`, page + ":1:32", `er is geen tekst "weg"`},
		{"arguments", page, `{{define "main"}}{{t "hallo"}}{{end}}`, page + ":1:22", "krijgt 0 argumenten in plaats van 1"},
		{"plural needs a number", page, `{{define "main"}}{{t "pages" .Title}}{{end}}`, page + ":1:22", "past niet"},
		{"message not fixed", page, `{{define "main"}}{{t .Title}}{{end}}`, page + ":1:20", "geen vaste tekst"},
		{"asset", page, `{{define "main"}}<img src="{{asset "ster.png"}}">{{end}}`, page + ":1:36", `bedoelde je "ster.svg"`},
		{"partial", page, `{{define "main"}}{{part "kaart" .Site}}{{end}}`, page + ":1:25", "er is geen templates/partials/kaart.html"},
		{"not sealed", page, `{{define "main"}}{{range .Tags}}{{part "card" .}}{{end}}{{end}}`, page + ":1:47", "geen verzegeld onderdeel"},
		{"template", page, `{{define "main"}}{{template "carb" .Site}}{{end}}`, page + ":1:29", `bedoelde je "card"`},
		{"function", page, `{{define "main"}}{{printf "x"}}{{end}}`, page + ":1:20", `de functie "printf" bestaat niet`},
		{"struct is always true", page, `{{define "main"}}{{if .Date}}x{{end}}{{end}}`, page + ":1:23", "vraag naar een van de velden ervan: ISO, Text"},
		{"struct cannot be shown", page, `{{define "main"}}{{.Date}}{{end}}`, page + ":1:20", "is niet te tonen"},
		{"no list to range", page, `{{define "main"}}{{range .Title}}x{{end}}{{end}}`, page + ":1:26", "is geen lijst"},
		{"compared", page, `{{define "main"}}{{if eq .Title 1}}x{{end}}{{end}}`, page + ":1:23", "vergelijk tekst met tekst"},
		{"in a script", page, `{{define "main"}}<script>let x = {{.Title}}</script>{{end}}`, page + ":1:36", "waar deze waarde niet mag staan"},
		{"without quotes", page, `{{define "main"}}<p title={{.Title}}>{{end}}`, page + ":1:29", "attributen met aanhalingstekens"},
		{"open attribute", page, `{{define "main"}}<p title="x{{end}}`, page + ":1:1", "eindigt midden in een tag"},
		{"in an attribute", page, `{{define "x"}}x{{end}}{{define "main"}}{{range .Tags}}<p title="{{template "x" .}}">{{end}}{{end}}`, page + ":1:76", "staat in een attribuut"},
		{"keys differ", "messages/en.json", `{"hallo": "Hello {0}", "pages.one": "{0}"}`, "messages/en.json", `de sleutel "pages.other" ontbreekt`},
		{"JSON", "messages/nl.json", "{\n  \"a\": \"b\",\n  \"c\" \"d\"\n}", "messages/nl.json:3:7", "geen goede JSON"},
		{"no text", "messages/nl.json", "{\n  \"a\": 3\n}", "messages/nl.json:2:3", `de waarde van "a" is geen tekst`},
		{"twice", "messages/nl.json", "{\"a\": \"b\",\n\"a\": \"c\"}", "messages/nl.json:2:1", `de sleutel "a" staat er tweemaal`},
		{"an array", "messages/nl.json", "[]", "messages/nl.json:1:1", "geen JSON-object"},
		{"more", "messages/nl.json", "{}\n{}", "messages/nl.json:2:1", "staat nog iets"},
		{"CSS", "assets/site.css", "a { b: c }\né { color: url(weg.svg) }", "assets/site.css:2:12", `"weg.svg" is er niet`},
		{"other site", "assets/site.css", `@import "https://example.nl/x.css";`, "assets/site.css:1:9", "leidt buiten het thema"},
		{"data URL", "assets/site.css", `a { background: url(data:image/png;base64,AA) }`, "assets/site.css:1:17", "leidt buiten het thema"},
		{"outside", "assets/site.css", `@import "../messages/nl.json";`, "assets/site.css:1:9", "is er niet"},
		{"JavaScript", "assets/site.js", "let a = 1;\nlet = = 2;", "assets/site.js:2", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			th, found := Open(small(map[string]string{c.file: c.text}), options)
			if th != nil || !diag.HasErrors(found) {
				t.Fatalf("opened, with %v", found)
			}
			for _, m := range found {
				if strings.HasPrefix(m.Position(), "themes/klein/"+c.position) && strings.Contains(m.Text+m.Hint, c.want) {
					return
				}
			}
			for _, m := range found {
				t.Errorf("got %s: %s (%s)", m.Position(), m.Text, m.Hint)
			}
			t.Errorf("want %s with %q", c.position, c.want)
		})
	}
}

// Several faults are reported at once, in order, each once.
func TestOpenReportsAll(t *testing.T) {
	_, found := Open(small(map[string]string{
		"templates/partials/card.html": "{{.Een}}",
		"templates/page.html":          `{{define "main"}}{{.Twee}}{{with .Drie}}{{.Vier}}{{end}}{{end}}`,
		"templates/base.html":          `{{.Vijf}}{{block "main" .}}{{end}}`,
	}), options)
	var got []string
	for _, m := range found {
		got = append(got, strings.TrimPrefix(m.Position(), "themes/klein/templates/"))
	}
	want := []string{"base.html:1:3", "page.html:1:20", "page.html:1:34", "partials/card.html:1:3"}
	if !slices.Equal(slices.Compact(got), want) {
		t.Errorf("got %q, want %q: %v", got, want, found)
	}
}

func TestSum(t *testing.T) {
	before := openSmall(t, nil, options)
	same := openSmall(t, nil, options)
	all := []string{"list", "page", "zoeken"}
	if !slices.Equal(before.Templates(), all) {
		t.Fatal(before.Templates())
	}
	if before.Sum("page") == before.Sum("list") || before.Sum("page") == (Sum{}) || before.Sum("niets") != (Sum{}) {
		t.Error("sums do not tell templates apart")
	}
	for _, c := range []struct {
		name    string
		change  map[string]string
		options Options
		want    []string
	}{
		{"nothing", nil, options, nil},
		{"template", map[string]string{"templates/page.html": `{{define "main"}}{{.Title}}{{end}}`}, options, []string{"page"}},
		{"new template", map[string]string{"templates/x.html": `{{define "main"}}{{.Title}}{{end}}`}, options, nil},
		{"base", map[string]string{"templates/base.html": `{{.Title}}{{block "main" .}}{{end}}`}, options, all},
		{"partial", map[string]string{"templates/partials/card.html": `{{.Title}}`}, options, all},
		{"message", map[string]string{"messages/nl.json": `{"hallo": "Dag {0}", "pages.one": "{0} pagina", "pages.other": "{0} pagina's"}`}, options, all},
		{"message of another language", map[string]string{"messages/en.json": `{"hallo": "Hi {0}", "pages.one": "{0} page", "pages.other": "{0} pages"}`}, options, nil},
		{"asset", map[string]string{"assets/deel/kleur.css": `p { color: blue }`}, options, all},
		{"comment in an asset", map[string]string{"assets/deel/kleur.css": `/* x */ p { color: red }`}, options, nil},
		{"picture", map[string]string{"assets/ster.svg": `<svg/>`}, options, all},
		{"base path", nil, Options{Name: "klein", BasePath: "/", Language: "nl"}, all},
		{"language", nil, Options{Name: "klein", BasePath: "/hub/", Language: "en"}, all},
	} {
		after := openSmall(t, c.change, c.options)
		var got []string
		for _, name := range all {
			if before.Sum(name) != after.Sum(name) {
				got = append(got, name)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: changed %q, want %q", c.name, got, c.want)
		}
	}
	if !reflect.DeepEqual(before.Assets(), same.Assets()) {
		t.Error("assets differ between two runs")
	}
}

func TestAssets(t *testing.T) {
	th := openSmall(t, nil, options)
	files := map[string]string{}
	for _, a := range th.Assets() {
		files[options.BasePath+a.Path] = string(a.Data)
	}
	star := th.AssetURL("ster.svg")
	if !strings.HasPrefix(star, "/hub/assets/ster-") || !strings.HasSuffix(star, ".svg") || files[star] == "" {
		t.Errorf("ster.svg is at %q of %q", star, files)
	}
	if got, want := files[th.AssetURL("site.css")], "p{color:red}a{background:url("+star+")}\n"; got != want {
		t.Errorf("site.css is %q, want %q", got, want)
	}
	if len(files) != 3 || th.AssetURL("deel/kleur.css") != "" {
		t.Errorf("%q", files)
	}
}

func TestChoose(t *testing.T) {
	th := openSmall(t, map[string]string{"templates/experiment.html": "", "templates/term.html": ""}, options)
	for _, c := range []struct {
		list        bool
		names, want string
	}{
		{false, "breed experiment page", "experiment"}, {false, "breed page", "page"}, {true, "experiment-list list", "list"}, {false, "breed", ""},
		{true, "experiment term list", "term"}, {false, "term page", "page"}, {false, "zoeken page", "page"}, {true, "zoeken", ""},
	} {
		if got := th.Choose(c.list, strings.Fields(c.names)...); got != c.want {
			t.Errorf("%s: %q, want %q", c.names, got, c.want)
		}
	}
	for name, want := range map[string]bool{"list": true, "home": true, "term": true, "experiment-list": true, "page": false, "zoeken": false, "lister": false} {
		if TakesList(name) != want {
			t.Errorf("TakesList(%q) is %v", name, !want)
		}
	}
}

func TestText(t *testing.T) {
	th := openSmall(t, nil, options)
	for _, c := range []struct {
		want string
		key  string
		args []any
	}{
		{"Hallo {0}", "hallo", nil},
		{"Hallo {0}{1}", "hallo", []any{"{0}{1}"}}, // a value is not read again
		{"1 pagina", "pages", []any{1}},
		{"0 pagina's", "pages", []any{0}},
		{"weg", "weg", []any{1}},
	} {
		if got := th.Text(c.key, c.args...); got != c.want {
			t.Errorf("Text(%q, %v) is %q, want %q", c.key, c.args, got, c.want)
		}
	}
}

func TestOverlay(t *testing.T) {
	o := Overlay(fstest.MapFS{
		"templates/page.html":       {Data: []byte(`{{define "main"}}eigen{{end}}`)},
		"templates/experiment.html": {Data: []byte(`{{define "main"}}nieuw{{end}}`)},
	}, small(nil))
	if err := fstest.TestFS(o, "templates/page.html", "templates/experiment.html", "templates/list.html", "assets/deel/kleur.css"); err != nil {
		t.Error(err)
	}
	th, found := Open(o, options)
	if th == nil {
		t.Fatal(found)
	}
	view := &Page{Site: testSite()}
	for name, want := range map[string]string{"page": "eigen", "experiment": "nieuw"} {
		if got := render(t, th, name, view); !strings.Contains(got, want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestBundle(t *testing.T) {
	th := openBuiltIn(t)
	for seed := range uint64(50) {
		view := randomView("zoeken", seed, "kennis", "a&b").(*Search)
		data, err := th.Bundle(view)
		if err != nil {
			t.Fatal(err)
		}
		page, err := OpenBundle(data)
		if err != nil {
			t.Fatal(err)
		}
		if page.BasePath() != "/hub/" || page.Language() != "nl" || page.Text("skip") != th.Text("skip") {
			t.Fatal(page.BasePath(), page.Language())
		}
		base := page.Base()
		if SumOf(&base) != SumOf(view) {
			t.Fatal("the view changed on the way")
		}
		var b bytes.Buffer
		if err := page.Render(&b, &base); err != nil {
			t.Fatal(err)
		}
		if want := render(t, th, "zoeken", view); b.String() != want {
			t.Fatalf("got  %s\nwant %s", &b, want)
		}
		base.Query = "anders"
		if again := page.Base(); again.Query == "anders" {
			t.Fatal("Base does not return a copy")
		}
	}
}

func TestOpenBundleRefuses(t *testing.T) {
	good, err := openSmall(t, nil, options).Bundle(&Search{Page: Page{Site: testSite()}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ data, want string }{
		{"", "cannot be read"},
		{"null", "another version"},
		{`{"Version":1}`, "not complete"},
		{strings.Replace(string(good), `"Version":1`, `"Version":99`, 1), "99, not 1"},
		{strings.Replace(string(good), `.Query}}`, `.Qqqqq}}`, 1), `templates/zoeken.html:1:21: het veld "Qqqqq" bestaat niet`},
	} {
		if _, err := OpenBundle([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q: %v, want %q", c.data, err, c.want)
		}
	}
	without := openSmall(t, map[string]string{"templates/zoeken.html": "-"}, options)
	if _, err := without.Bundle(&Search{}); err == nil {
		t.Error("a bundle without a search page")
	}
}

func TestRenderConcurrently(t *testing.T) {
	th := openBuiltIn(t)
	views := make([]any, 8)
	want := make([]string, len(views))
	names := th.Templates()
	for i := range views {
		name := names[i%len(names)]
		views[i] = randomView(name, uint64(i), "x", "<y>")
		want[i] = render(t, openBuiltIn(t), name, views[i])
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range views {
				var b bytes.Buffer
				if err := th.Render(&b, names[i%len(names)], views[i]); err != nil || b.String() != want[i] {
					t.Errorf("view %d differs: %v", i, err)
				}
			}
		})
	}
	wg.Wait()
}

// A full memo starts anew and still gives the same.
func TestMemoIsBounded(t *testing.T) {
	th := openSmall(t, nil, options)
	view := &List{Page: Page{Site: testSite()}}
	title := strings.Repeat("x", 100_000)
	for i := range 2000 {
		view.Cards = []*Card{Seal(&Card{Title: title, URL: fmt.Sprint(i)})}
		if err := th.Render(io.Discard, "list", view); err != nil {
			t.Fatal(err)
		}
	}
	held := 0
	for i := range th.engine.memo.shards {
		for _, html := range th.engine.memo.shards[i].html {
			held += len(html)
		}
	}
	if limit := len(th.engine.memo.shards) * (shardLimit + len(title)); held == 0 || held > limit {
		t.Errorf("the memo holds %d bytes, at most %d", held, limit)
	}
}

// FuzzRender compares with html/template executing the same templates without a
// memo, on views full of nasty texts, of every template of the built-in theme.
func FuzzRender(f *testing.F) {
	th, nasty := openBuiltIn(f), openSmall(f, map[string]string{
		"templates/page.html": `{{define "title"}}{{.Title}}{{end}}{{define "class"}}{{.Kind}}{{end}}{{define "main"}}
<a href="{{.URL}}" title='{{.Title}}'>{{.Title}}</a><a href="/x/{{.URL}}">p</a><a href="?q={{.Title}}">q</a><a href="#{{.Title}}">f</a><img src="{{.URL}}" srcset="{{.Title}}" alt="{{.Title}}">
{{if and .Title .Draft (not .Example)}}1{{else if or .Kind .Body}}2{{else}}3{{end}}{{if eq .Title "a" .Kind}}4{{end}}{{if ne .Title .Kind}}5{{end}}
{{if lt (len .Tags) 2}}6{{end}}{{if le (len .Tags) 1}}7{{end}}{{if gt (len .Tags) 1}}8{{end}}{{if ge (len .Tags) 1}}{{(index .Tags 0).Text}}{{end}}{{if eq .Draft true}}9{{end}}
{{$x := .Title}}{{with $y := .Next}}{{$x}}{{$y.Text}}{{.URL}}{{$.Title}}{{else}}{{$x}}{{end}}{{range $i, $t := .Tags}}{{$i}}{{$t.Text}}{{.URL}}{{else}}none{{end}}
{{or .Title .Kind}}{{and .Title .Kind}}{{t "hallo" .Title}}{{t "pages" (len .Tags)}}<i title="{{t "hallo" .URL}}">{{/* weg */}}<!-- weg --></i>{{- .Title -}} x
{{template "card" .}}{{range .Relations}}{{template "kaarten" .Cards}}{{end}}{{with .Body}}{{.HTML}}{{.Minutes}}{{end}}{{end}}{{define "kaarten"}}{{range .}}{{part "card" .}}{{end}}{{end}}`,
	}, options)
	for i, s := range []string{"", "kennis", `<b> & "x" 'y' + é`, "javascript:alert(1)", "HTTP://x/?a=b&c#d e%20%zz", "\x00\xff\u2028", "mailto:a@b", "a:b/c"} {
		f.Add(uint64(i), s, "b")
		f.Add(uint64(i+100), "/pad/", s)
	}
	f.Fuzz(func(t *testing.T, seed uint64, a, b string) {
		for _, th := range []*Theme{th, nasty} {
			for _, name := range th.Templates() {
				view := randomView(name, seed, a, b)
				want := reference(t, th.engine, name, view)
				for _, memo := range []string{"cold", "warm", "off"} {
					th.engine.memo.off.Store(memo == "off")
					if got := render(t, th, name, view); got != want {
						t.Fatalf("%s, memo %s:\ngot  %s\nwant %s", name, memo, got, want)
					}
				}
				th.engine.memo.off.Store(false)
			}
		}
	})
}

// A theme that is known to be right compiles its templates when they are asked for,
// by many at once, and renders the same.
func TestKnownTheme(t *testing.T) {
	all, known := openBuiltInAs(t, false), openBuiltInAs(t, true)
	var wait sync.WaitGroup
	for seed := range uint64(4) {
		for _, name := range all.Templates() {
			if all.Sum(name) != known.Sum(name) {
				t.Errorf("%s has another sum", name)
			}
			wait.Go(func() {
				view := randomView(name, seed, "a & b", "<c>")
				if got, want := render(t, known, name, view), render(t, all, name, view); got != want {
					t.Errorf("%s: got %s, want %s", name, got, want)
				}
			})
		}
	}
	wait.Wait()
	if err := known.Render(io.Discard, "nergens", &Page{}); err == nil {
		t.Error("a template that is not there is rendered")
	}
}

// reference renders with html/template alone.
func reference(t testing.TB, e *engine, name string, view any) string {
	t.Helper()
	var partials *template.Template
	funcs := template.FuncMap{
		"asset": func(name string) string { return e.Assets[name] },
		"t":     func(key string, args ...any) string { return e.Messages.text(key, args) },
		"part": func(name string, part any, text ...string) (template.HTML, error) {
			if reflect.ValueOf(part).IsNil() {
				return "", nil
			}
			if site, ok := part.(*Site); ok {
				part = Place{site, strings.Join(text, "")}
			}
			var b strings.Builder
			err := partials.ExecuteTemplate(&b, name, part)
			return template.HTML(strings.TrimSpace(b.String())), err
		},
	}
	c := &compiler{engine: e, report: func(file, text string, offset int, why, hint string) { t.Fatal(file, why) }}
	set := func(sources ...source) *template.Template {
		all := map[string]*parse.Tree{}
		for _, s := range sources {
			trees := map[string]*parse.Tree{}
			c.parse(s, trees)
			maps.Copy(all, trees)
		}
		set := template.New("").Funcs(funcs)
		for name, tree := range all {
			template.Must(set.AddParseTree(name, tree))
		}
		return set
	}
	shared := append([]source{e.Base}, e.Partials...)
	partials = set(shared...)
	var b strings.Builder
	i := slices.IndexFunc(e.Pages, func(s source) bool { return s.Name == name })
	if err := set(append(shared, e.Pages[i])...).ExecuteTemplate(&b, "base", view); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// randomView is a view for a template, in which texts are a, b or something else
// and anything may be missing.
func randomView(name string, seed uint64, a, b string) any {
	r := rand.New(rand.NewPCG(seed, 1))
	texts := []string{a, b, a + b, "", "x", "/pad/?a=b"}
	var fill func(v reflect.Value, depth int)
	fill = func(v reflect.Value, depth int) {
		switch v.Kind() {
		case reflect.String:
			v.SetString(texts[r.IntN(len(texts))])
		case reflect.Bool:
			v.SetBool(r.IntN(2) == 0)
		case reflect.Int:
			v.SetInt(int64(r.IntN(4)))
		case reflect.Pointer:
			if v.Type() == reflect.TypeFor[*Site]() || v.Type() == reflect.TypeFor[*Card]() || r.IntN(3) > 0 {
				v.Set(reflect.New(v.Type().Elem()))
				fill(v.Elem(), depth)
			}
		case reflect.Slice:
			if depth < 5 {
				n := r.IntN(4)
				v.Set(reflect.MakeSlice(v.Type(), n, n))
				for i := range n {
					fill(v.Index(i), depth+1)
				}
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[Sealed]() {
					fill(v.Field(i), depth)
				}
			}
		}
	}
	v := reflect.New(viewType(name).Elem())
	fill(v.Elem(), 0)
	sealAll(v)
	return v.Interface()
}
