package build

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// hub builds the hub of this repository under a base URL with a path, which shows
// every address that was written without it.
func hub(t *testing.T) files {
	t.Helper()
	return soundly(t, Options{Source: hubSource(t), BaseURL: hubBase, Now: hubDay})
}

// hubDay is a day in the past of every commit: the hub must be sound whatever the day.
var hubDay = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

// hubSource copies the hub. What is in the copy may be changed.
func hubSource(t *testing.T) (source string) {
	t.Helper()
	source = t.TempDir()
	for _, name := range []string{"content", "themes"} {
		if err := os.CopyFS(filepath.Join(source, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile(filepath.Join("..", "..", "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(source, "site.yaml"), config, 0o666); err != nil {
		t.Fatal(err)
	}
	return source
}

// soundly builds a site of which there is nothing to say.
func soundly(t *testing.T, o Options) files {
	t.Helper()
	o.Output = filepath.Join(o.Source, "public")
	r := build(t, o)
	silent(t, r)
	if r.Pages < 12 || r.Documents < 12 {
		t.Fatalf("there are only %d pages", r.Pages)
	}
	return published(t, o.Output)
}

// silent checks that a build has nothing to say, but that pages came out after the day
// of the test.
func silent(t *testing.T, r *Result) {
	t.Helper()
	for _, m := range r.Messages {
		if m.Code != "datum-toekomst" {
			t.Errorf("%s: %s", m.Position(), m.Text)
		}
	}
}

const (
	hubBase = "https://hub.example/pad/"
	hubPath = "/pad/"
)

// htmlPage is a parsed page.
type htmlPage struct {
	file       string
	ids        map[string]bool
	links      []string
	title      string
	linkedData []any // each piece of JSON-LD
	moved      bool  // it leads on to another page
}

// loads are the attributes whose address a browser fetches by itself.
var loads = map[string][]string{
	"script": {"src"}, "img": {"src", "srcset"}, "source": {"src", "srcset"}, "iframe": {"src"}, "video": {"src", "poster"},
	"audio": {"src"}, "embed": {"src"}, "object": {"data"}, "track": {"src"}, "input": {"src"}, "use": {"href"},
}

func TestHubIsSound(t *testing.T) { sound(t, hub(t)) }

func TestFixtureIsSound(t *testing.T) {
	sound(t, soundly(t, Options{Source: fixture(t), BaseURL: hubBase, Now: day, Worker: worker(t)}))
}

// sound checks that every page is whole, and that every address in every file leads
// somewhere.
func sound(t *testing.T, site files) {
	pages := map[string]*htmlPage{}
	for name, text := range site {
		if path.Ext(name) == ".html" {
			pages[name] = parsePage(t, name, text)
		}
	}
	titles := map[string]string{}
	for name, p := range pages {
		if other, ok := titles[p.title]; ok && !p.moved {
			t.Errorf("%s and %s have the title %q", name, other, p.title)
		}
		if !p.moved {
			titles[p.title] = name
		}
		for _, link := range p.links {
			follow(t, site, pages, p, link)
		}
		for _, data := range p.linkedData {
			for text := range texts(data) {
				if strings.HasPrefix(text, hubBase) {
					follow(t, site, pages, p, text)
				}
			}
		}
	}
	found := 0
	for name, text := range site {
		switch path.Ext(name) {
		case ".json", ".xml", ".csv", ".ics", ".bib", ".ris", ".txt":
		default:
			continue
		}
		// Lines of a calendar are folded, and JSON may write & as a code.
		text = strings.NewReplacer("\r\n ", "", `\u0026`, "&", "&amp;", "&").Replace(text)
		for _, address := range hubAddress.FindAllString(text, -1) {
			found++
			follow(t, site, pages, &htmlPage{file: name}, address)
		}
	}
	if found < 100 {
		t.Errorf("only %d addresses outside of pages", found)
	}
	checkXML(t, site, pages)
	if !strings.Contains(site[".well-known/security.txt"], "Contact: mailto:") {
		t.Error("security.txt names no contact")
	}
}

// hubAddress is an absolute address of the site in a file of any sort.
var hubAddress = regexp.MustCompile(regexp.QuoteMeta(hubBase) + `[^\s",<>{}\\]*`)

// texts are all texts in a JSON value.
func texts(v any) iter.Seq[string] {
	return func(yield func(string) bool) {
		var walk func(v any) bool
		walk = func(v any) bool {
			switch v := v.(type) {
			case string:
				return yield(v)
			case []any:
				return !slices.ContainsFunc(v, func(v any) bool { return !walk(v) })
			case map[string]any:
				for _, v := range v {
					if !walk(v) {
						return false
					}
				}
			}
			return true
		}
		walk(v)
	}
}

func parsePage(t *testing.T, name, text string) *htmlPage {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p := &htmlPage{file: name, ids: map[string]bool{}}
	count := map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		count[n.Data]++
		attributes := map[string]string{}
		for _, a := range n.Attr {
			attributes[a.Key] = a.Val
			switch {
			case a.Key == "style":
				t.Errorf("%s: <%s> has a style attribute", name, n.Data)
			case strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: <%s> has the attribute %s", name, n.Data, a.Key)
			case a.Key == "id" && p.ids[a.Val]:
				t.Errorf("%s: the id %q stands there twice", name, a.Val)
			case a.Key == "id":
				p.ids[a.Val] = true
			}
		}
		for _, key := range loads[n.Data] {
			for v := range strings.SplitSeq(attributes[key], ", ") {
				if key == "srcset" { // each address has its width behind it
					v, _, _ = strings.Cut(v, " ")
				}
				if v != "" {
					p.own(t, n.Data, v)
				}
			}
		}
		switch n.Data {
		case "style":
			t.Errorf("%s: an inline <style>", name)
		case "script":
			if attributes["type"] == "application/ld+json" {
				var data any
				if err := json.Unmarshal([]byte(n.FirstChild.Data), &data); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				p.linkedData = append(p.linkedData, data)
			} else if attributes["src"] == "" {
				t.Errorf("%s: an inline <script>", name)
			}
		case "link":
			switch attributes["rel"] {
			case "canonical", "cite-as":
				if !strings.HasPrefix(attributes["href"], hubBase) {
					t.Errorf("%s: %s %s", name, attributes["rel"], attributes["href"])
				}
				fallthrough
			case "license":
				p.links = append(p.links, attributes["href"])
			default:
				p.own(t, "link", attributes["href"])
			}
		case "meta":
			if strings.HasPrefix(attributes["content"], hubBase) {
				p.links = append(p.links, attributes["content"])
			}
			p.moved = p.moved || attributes["http-equiv"] == "refresh"
		case "a", "form":
			if v := attributes["href"] + attributes["action"]; v != "" {
				p.links = append(p.links, v)
			}
		case "img":
			if _, ok := attributes["alt"]; !ok {
				t.Errorf("%s: the image %s has no alt", name, attributes["src"])
			}
		case "title":
			if n.FirstChild != nil && p.title == "" {
				p.title = n.FirstChild.Data
			}
		case "html":
			if attributes["lang"] != "nl" {
				t.Errorf("%s: lang=%q", name, attributes["lang"])
			}
		}
	}
	if count["h1"] != 1 || p.title == "" || count["main"] != 1 {
		t.Errorf("%s: %d h1, %d main, title %q", name, count["h1"], count["main"], p.title)
	}
	return p
}

// own notes an address that a browser loads: it must be of the site.
func (p *htmlPage) own(t *testing.T, element, address string) {
	if !strings.HasPrefix(address, hubPath) {
		t.Errorf("%s: <%s> loads %s", p.file, element, address)
		return
	}
	p.links = append(p.links, address)
}

// answered are addresses that the server answers.
var answered = []string{hubPath + "zoeken/", hubPath + "api/"}

// follow checks that a link leads to a file of the site, and its anchor to a place
// in it.
func follow(t *testing.T, site files, pages map[string]*htmlPage, p *htmlPage, link string) {
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: %s: %v", p.file, link, err)
		return
	}
	switch {
	case strings.HasPrefix(link, hubBase):
		u.Scheme, u.Host = "", ""
	case u.Scheme == "https", u.Scheme == "http", u.Scheme == "mailto", u.Scheme == "tel":
		return
	case u.Scheme != "" || u.Host != "":
		t.Errorf("%s: link to %s", p.file, link)
		return
	}
	target := p.file
	if u.Path != "" {
		for _, a := range answered {
			if strings.HasPrefix(u.Path, a) {
				return
			}
		}
		rest, ok := strings.CutPrefix(u.Path, hubPath)
		if !ok {
			t.Errorf("%s: the link %s leaves the base URL", p.file, link)
			return
		}
		target = rest
		if target == "" || strings.HasSuffix(target, "/") {
			target += "index.html"
		}
		if _, ok := site[target]; !ok {
			t.Errorf("%s: the link %s leads nowhere", p.file, link)
			return
		}
	}
	if u.Fragment != "" && pages[target] != nil && !pages[target].ids[u.Fragment] {
		t.Errorf("%s: there is no #%s in %s", p.file, u.Fragment, target)
	}
}

func checkXML(t *testing.T, site files, pages map[string]*htmlPage) {
	var feed struct {
		Updated string `xml:"updated"`
		Entries []struct {
			ID   string `xml:"id"`
			Link struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	var sitemap struct {
		URLs []struct {
			Location string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(site["feed.xml"]), &feed); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal([]byte(site["sitemap.xml"]), &sitemap); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) == 0 || len(sitemap.URLs) < 12 {
		t.Fatalf("%d entries, %d addresses", len(feed.Entries), len(sitemap.URLs))
	}
	exists := func(address string) error {
		rest, ok := strings.CutPrefix(address, hubBase)
		if !ok || pages[rest+"index.html"] == nil {
			return fmt.Errorf("%s is no page", address)
		}
		return nil
	}
	seen := map[string]bool{}
	for _, e := range feed.Entries {
		if err := exists(e.Link.Href); err != nil || seen[e.ID] {
			t.Errorf("feed: %v, id %s", err, e.ID)
		}
		seen[e.ID] = true
	}
	for _, u := range sitemap.URLs {
		if err := exists(u.Location); err != nil {
			t.Errorf("sitemap: %v", err)
		}
	}
}

// The files for download are what they say they are.
func TestHubDownloadsAreGenuine(t *testing.T) {
	heads := map[string]string{".pdf": "%PDF-", ".odt": "PK\x03\x04", ".docx": "PK\x03\x04", ".pptx": "PK\x03\x04"}
	found := 0
	err := fs.WalkDir(os.DirFS(filepath.Join("..", "..", "content")), ".", func(name string, d fs.DirEntry, err error) error {
		head := heads[path.Ext(name)]
		if err != nil || d.IsDir() || head == "" {
			return err
		}
		found++
		data, err := os.ReadFile(filepath.Join("..", "..", "content", filepath.FromSlash(name)))
		if !strings.HasPrefix(string(data), head) {
			t.Errorf("%s does not begin like a file of its type", name)
		}
		return err
	})
	if err != nil || found == 0 {
		t.Fatalf("%d files, %v", found, err)
	}
}
