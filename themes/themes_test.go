package themes_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"kennishub/internal/theme"
	"kennishub/themes"
)

func folder(t testing.TB) fs.FS {
	t.Helper()
	f, err := fs.Sub(themes.FS, "mbodigitaal")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// open opens the built-in theme.
func open(t testing.TB, base, language string) *theme.Theme {
	t.Helper()
	th, found := theme.Open(folder(t), theme.Options{Name: "mbodigitaal", BasePath: base, Language: language})
	for _, m := range found {
		t.Errorf("%s: %s (%s)", m.Position(), m.Text, m.Hint)
	}
	if th == nil {
		t.FailNow()
	}
	return th
}

func read(t testing.TB, file string) string {
	t.Helper()
	data, err := fs.ReadFile(folder(t), file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Every page, in both languages, is HTML that keeps to the rules of the house.
func TestPages(t *testing.T) {
	const base = "/kennishub/"
	for _, language := range []string{"nl", "en"} {
		th := open(t, base, language)
		assets := map[string]bool{}
		for _, a := range th.Assets() {
			assets[base+a.Path] = true
		}
		seen := map[string]bool{}
		for _, s := range samples(base) {
			seen[s.template] = true
			t.Run(language+"/"+s.name, func(t *testing.T) {
				var b bytes.Buffer
				if err := th.Render(&b, s.template, s.view); err != nil {
					t.Fatal(err)
				}
				checkPage(t, b.String(), assets)
			})
		}
		for _, name := range th.Templates() {
			if !seen[name] {
				t.Errorf("no sample for the template %q", name)
			}
		}
	}
}

// The last of the breadcrumbs is the page itself: it says so, and leads nowhere.
func TestCrumbs(t *testing.T) {
	th := open(t, "/", "nl")
	p := plain("/", "Waar & wat")
	var b bytes.Buffer
	if err := th.Render(&b, "page", &p); err != nil {
		t.Fatal(err)
	}
	want := `<ol><li><a href="/">Home</a></li><li><span aria-current="page">Waar &amp; wat</span></li></ol>`
	if !strings.Contains(b.String(), want) {
		t.Errorf("there is no %s in\n%s", want, b.String())
	}
}

// What a page must show, in this order.
func TestShows(t *testing.T) {
	th := open(t, "/", "nl")
	for _, c := range []struct {
		sample string
		want   []string
		not    string // what it must leave out
	}{
		{"page", []string{
			`<link rel="cite-as" href="https://kennishub.example.nl/id/feedback-met-ai/">`,
			`<link rel="license" href="https://creativecommons.org/licenses/by/4.0/deed.nl">`,
			`<link rel="alternate" type="application/x-bibtex" title="Verwijzing (BibTeX)" href="/experimenten/feedback-met-ai/verwijzing.bib">`,
			`<meta property="og:title" content="Feedback met AI op reflectieverslagen">`, `<meta name="citation_title"`,
			`<script type="application/ld+json">{"@context"`,
			`width="1200" height="800" alt="Drie studenten`,
			`<dt>Meting</dt><dd><dl><div class="fact-text"><dt>Wat</dt>`, `<h2 id="k_field_aanpak">Zo pak je het zelf aan</h2>`,
			`Download alles in één keer <span>(ZIP, 1,6 MB)</span>`, `(PNG, 310 kB, 1200 × 1800 pixels)`,
			`href="https://kennishub.example.nl/experimenten/feedback-met-ai/feedback-met-ai.zip">Altijd de nieuwste versie</a>`,
			`<a rel="license"`, `<code>0a1b2c3d`, `Citeer als`, `<cite>Feedback met AI op reflectieverslagen</cite> [Experiment]`, `>RIS</a>`, `Vast adres`,
		}, "Bijlagen"},
		{"experiment", []string{`<dt>Onderzoeksvraag</dt><dd>Helpt`, `class="verdict verdict-partly">Werkt deels`, `<dt>Status</dt>`, `id="aanpak"`,
			`<dd>onderzoekdocent, <a href="/organisaties/roc/">ROC Voorbeeldstad</a>, Jan van Dijk</dd>`, `<dt>Tips</dt>`, `k_downloads`, `k_cite`}, "Bijlagen"},
		{"event", []string{`<dt>Begin</dt><dd><time datetime="2026-03-12T13:30:00`, `<dt>Locatie</dt>`, `href="https://aanmelden.example.nl/">Meld je aan`, `type="text/calendar">Zet in je agenda`, `<dt>Netwerk</dt>`}, "<dt>Aanmelden</dt>"},
		{"budget", []string{`<th scope="col" class="number">2022</th>`, `<tr id="monitor">`, `telt niet mee`, `<td class="number">€ 0,05 miljoen</td>`, `<tr id="totaal" class="total">`,
			`Totaal is de som van de andere rijen.`, `Niet meegeteld: <a href="#monitor">`, `<a href="#onderzoekswerkplaats">`, `Genoemd in: <a`, `Deze lijst volgen of overnemen`, `>CSV</a>`}, "<dt>2022"},
		{"timeline", []string{`<ol class="timeline"><li><article class="item" id="fase-1">`, `<time datetime="2022-09">september tot en met december 2022</time>`, `<h2>Fase 1: voorbereiden</h2>`, `<dt>Status</dt>`, `Agenda (iCalendar)`}, "<dt>Periode"},
		{"collection", []string{`<article class="item" id="fase-1">`, `<h2>Fase 1: voorbereiden</h2>`, `<dt>Periode</dt>`, `Docenten van vijf scholen`, `<dt>Doelstelling</dt>`, `<dt>Resultaat</dt><dd><a href`}, "<table"},
		{"nothing measured", []string{`verdict-no">werkt niet`, `<dt>Licentie</dt>`}, "k_downloads"},
	} {
		i := slices.IndexFunc(samples("/"), func(s sample) bool { return s.name == c.sample })
		s := samples("/")[i]
		var b bytes.Buffer
		if err := th.Render(&b, s.template, s.view); err != nil {
			t.Fatal(err)
		}
		rest := b.String()
		for _, want := range c.want {
			_, after, ok := strings.Cut(rest, want)
			if !ok {
				t.Errorf("%s: there is no %s, or not in its place", c.sample, want)
				continue
			}
			rest = after
		}
		if strings.Contains(b.String(), c.not) {
			t.Errorf("%s: holds %s", c.sample, c.not)
		}
	}
}

func checkPage(t *testing.T, page string, assets map[string]bool) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for _, rest := range []string{"<no value>", "ZgotmplZ", "%!"} {
		if strings.Contains(page, rest) {
			t.Errorf("the page holds %q", rest)
		}
	}
	ids, forms, labelled, refs := map[string]bool{}, map[string]bool{}, map[string]bool{}, []string{}
	var fields, landmarks []string
	level, h1, loaded := 0, 0, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s> has an attribute %s", n.Data, a.Key)
			}
			if strings.ContainsAny(a.Val, "{}") {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
			attr[a.Key] = a.Val
		}
		if id, ok := attr["id"]; ok {
			if ids[id] || id == "" {
				t.Errorf("the id %q is there twice, or empty", id)
			}
			ids[id] = true
		}
		for _, key := range []string{"for", "aria-labelledby", "form"} {
			if id, ok := attr[key]; ok {
				refs = append(refs, id)
			}
		}
		if href := attr["href"]; strings.HasPrefix(href, "#") {
			refs = append(refs, href[1:])
		}
		switch n.Data {
		case "script":
			if attr["type"] == "application/ld+json" {
				continue // data, which no browser runs
			}
			loaded++
			if !assets[attr["src"]] || n.FirstChild != nil {
				t.Errorf("<script src=%q> is inline or not an asset", attr["src"])
			}
		case "img":
			if _, ok := attr["alt"]; !ok || attr["width"] == "" || attr["height"] == "" {
				t.Errorf("an image without alt, width or height: %v", attr)
			}
			if strings.HasPrefix(attr["class"], "picture") && strings.HasPrefix(attr["src"], "/") {
				continue // of the page itself
			}
			loaded++
			if !assets[attr["src"]] {
				t.Errorf("<img src=%q> is not an asset", attr["src"])
			}
		case "th":
			if attr["scope"] == "" {
				t.Error("a heading of a table without scope")
			}
		case "link":
			if rel := attr["rel"]; rel == "stylesheet" || rel == "icon" {
				loaded++
				if !assets[attr["href"]] {
					t.Errorf("<link href=%q> is not an asset", attr["href"])
				}
			}
		case "style", "iframe", "object":
			t.Errorf("<%s>", n.Data)
		case "h1", "h2", "h3", "h4", "h5", "h6":
			now := int(n.Data[1] - '0')
			if now == 1 {
				h1++
			}
			if now > level+1 {
				t.Errorf("<%s> after a heading of level %d", n.Data, level)
			}
			level = now
			if n.FirstChild == nil {
				t.Errorf("an empty <%s>", n.Data)
			}
		case "label":
			labelled[attr["for"]] = true
		case "input", "select":
			inLabel := n.Parent.Data == "label"
			if id := attr["id"]; !inLabel && attr["disabled"] == "" && attr["aria-label"] == "" {
				fields = append(fields, id)
			}
		case "form":
			forms[attr["method"]] = true
		case "nav", "search":
			landmarks = append(landmarks, n.Data+" "+attr["aria-label"])
		case "a":
			if n.FirstChild == nil || attr["href"] == "" {
				t.Errorf("a link without text or address: %v", attr)
			}
		}
	}
	if h1 != 1 {
		t.Errorf("%d h1", h1)
	}
	want := 4
	if strings.Contains(page, `id="k_results"`) {
		want++
	}
	if loaded != want {
		t.Errorf("the page loads %d files, not its style, script, icon and mark, and for results another script", loaded)
	}
	for _, id := range refs {
		if !ids[id] {
			t.Errorf("nothing has the id %q", id)
		}
	}
	for _, id := range fields {
		if !labelled[id] {
			t.Errorf("the field %q has no label", id)
		}
	}
	if forms["post"] || len(forms) == 0 {
		t.Errorf("forms with the methods %v", forms)
	}
	slices.Sort(landmarks)
	for i, l := range landmarks {
		// The menu is there twice, for narrow and for wide windows; one is shown.
		if strings.HasSuffix(l, " ") || i > 0 && l == landmarks[i-1] && !strings.Contains(l, "ofdmenu") && !strings.Contains(l, "Main menu") {
			t.Errorf("two landmarks are called %q", l)
		}
	}
}

// With the longest sample, a first visit stays under 50 KB before compression, the
// styles under 10 KB and the scripts under 8 KB after it.
func TestFirstVisit(t *testing.T) {
	th := open(t, "/", "nl")
	styles, scripts, sheets := 0, 0, ""
	for _, a := range th.Assets() {
		var small bytes.Buffer
		z := gzip.NewWriter(&small)
		if _, err := z.Write(a.Data); err != nil || z.Close() != nil {
			t.Fatal(err)
		}
		switch path.Ext(a.Path) {
		case ".js":
			scripts += small.Len()
		case ".css":
			styles += small.Len()
			sheets += string(a.Data)
			if strings.Contains(string(a.Data), "//") {
				t.Errorf("%s leads to another site", a.Path)
			}
		}
	}
	if scripts == 0 || scripts >= 8_000 || styles >= 10_000 {
		t.Errorf("%d bytes of scripts, %d of styles", scripts, styles)
	}
	for _, s := range samples("/") {
		var b bytes.Buffer
		if err := th.Render(&b, s.template, s.view); err != nil {
			t.Fatal(err)
		}
		total := b.Len()
		for _, a := range th.Assets() {
			if strings.Contains(b.String()+sheets, a.Path) {
				total += len(a.Data)
			}
		}
		if total > 50_000 {
			t.Errorf("%s: %d bytes", s.name, total)
		}
	}
}

// Every message is used, and asks for the same arguments in each language.
func TestMessages(t *testing.T) {
	var templates strings.Builder
	err := fs.WalkDir(folder(t), "templates", func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			templates.WriteString(read(t, file))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var nl, en map[string]string
	for file, into := range map[string]*map[string]string{"messages/nl.json": &nl, "messages/en.json": &en} {
		if err := json.Unmarshal([]byte(read(t, file)), into); err != nil {
			t.Fatal(err)
		}
	}
	holes := regexp.MustCompile(`\{\d\}`)
	for key, text := range nl {
		name := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
		if !strings.Contains(templates.String(), `{{t "`+name+`"`) && !slices.Contains(theme.Asked, name) {
			t.Errorf("no template uses %q", key)
		}
		if a, b := holes.FindAllString(text, -1), holes.FindAllString(en[key], -1); !slices.Equal(a, b) {
			t.Errorf("%q has %q in Dutch and %q in English", key, a, b)
		}
	}
	for _, key := range theme.Asked {
		if nl[key] == "" {
			t.Errorf("there is no message %q", key)
		}
	}
	if len(nl) == 0 || len(nl) != len(en) {
		t.Errorf("%d and %d messages", len(nl), len(en))
	}
}

// Colours contrast as WCAG asks, in both schemes.
func TestContrast(t *testing.T) {
	style := read(t, "assets/css/ground.css")
	light, dark, ok := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "*, ::before")
	token := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]+);`)
	colours := map[string]string{"dark text": "#14262c", "white": "#fff"}
	scheme := func(css string) {
		for _, m := range token.FindAllStringSubmatch(css, -1) {
			colours[m[1]] = m[2]
		}
	}
	check := func(name string) {
		for _, c := range []struct {
			front string
			backs string
			least float64
		}{
			{"ink", "paper surface tint warm-tint red-tint violet-tint mark", 4.5},
			{"soft", "paper surface tint", 4.5},
			{"teal", "paper surface tint", 4.5},
			{"warm", "paper surface warm-tint", 4.5},
			{"red", "surface red-tint", 4.5},
			{"violet", "surface violet-tint", 4.5},
			{"green", "surface tint", 4.5},
			{"on-deep", "deep", 4.5},
			{"on-deep-soft", "deep", 4.5},
			{"surface", "teal ink", 4.5}, // text of buttons
			{"dark text", "amber white", 4.5},
			{"edge", "paper surface", 3},
			{"focus", "paper surface tint", 3},
			{"amber", "deep", 3}, // focus on the header
		} {
			for _, back := range strings.Fields(c.backs) {
				a, b := luminance(t, colours[c.front]), luminance(t, colours[back])
				if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < c.least {
					t.Errorf("%s: %s on %s is %.2f:1, less than %.1f:1", name, c.front, back, ratio, c.least)
				}
			}
		}
	}
	scheme(light)
	check("light")
	scheme(dark)
	check("dark")
}

// luminance is the relative luminance of a colour, as WCAG defines it.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	digits := strings.TrimPrefix(colour, "#")
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		t.Fatalf("no colour: %q", colour)
	}
	part := func(shift int) float64 {
		c := float64(n>>shift&255) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
