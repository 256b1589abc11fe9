package site

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"kennishub/internal/content"
	"kennishub/internal/diag"
)

// Target is where a link of a text leads.
type Target struct {
	Page     *Page             // a page of this site; or
	Resource *content.Resource // a file of this site; or
	URL      string            // an address elsewhere, as it was written
	Fragment string            // the anchor within Page, without "#"
}

// Problem is what is wrong with a link.
type Problem uint8

const (
	NoProblem   Problem = iota
	NoScheme            // an address elsewhere that does not say so: "//example.org", "www.example.org", "a@example.org"
	Outside             // leads out of content/
	Unpublished         // leads to a page that is not published
	Dated               // leads to a page that is not published today, but was or will be
	Missing             // leads to nothing
	NoAnchor            // the page is there, the anchor is not
)

// Follow resolves the destination of a link in the text of p. Links between
// pages are written as relative paths to the .md file, the way git forges show
// them; the address of a page from the root of the site is understood too. With
// [NoAnchor] the target holds the page all the same.
func (s *Site) Follow(p *Page, destination string) (Target, Problem) {
	if i := strings.IndexByte(destination, ':'); i >= 0 && !strings.ContainsAny(destination[:i], "/?#") {
		return Target{URL: destination}, NoProblem
	}
	if strings.HasPrefix(destination, "//") {
		return Target{}, NoScheme
	}
	name, fragment := p.file(destination)
	t := Target{Fragment: fragment}
	switch {
	case name == "" && p.Role == Item:
		t.Page = p.Parent
	case name == "":
		t.Page = p
	case slices.Contains(served, name):
		return Target{URL: s.Config.BasePath + strings.TrimPrefix(destination, "/")}, NoProblem
	case strings.HasPrefix(name, "/"):
		if t.Page = s.byURL[strings.TrimSuffix(name, "/")+"/"]; t.Page == nil {
			t.Page, t.Resource = s.at(name[1:])
		}
	case name == ".." || strings.HasPrefix(name, "../"):
		return Target{}, Outside
	default:
		t.Page, t.Resource = s.at(name)
	}
	switch {
	case t.Resource != nil:
		return t, NoProblem
	case t.Page != nil && (fragment == "" || fragment == "top" || slices.Contains(t.Page.anchors(), fragment)):
		return t, NoProblem
	case t.Page != nil:
		return t, NoAnchor
	}
	if file := s.hiddenFile(name); file != "" {
		if s.hidden[file].dated {
			return Target{}, Dated
		}
		return Target{}, Unpublished
	}
	if scheme(destination) != "" {
		return Target{}, NoScheme
	}
	return Target{}, Missing
}

// host is how most addresses of other sites begin that are written without a
// protocol. A file may end in many other ways, so only endings that no file has
// count.
var host = regexp.MustCompile(`(?i)^([^/?#]*@)?(www\.[a-z0-9-]+\.[a-z.]+|([a-z0-9-]+\.)+(nl|be|eu|com|org|net|edu|info))([/?#]|$)`)

// scheme is what is missing before an address elsewhere that leads to nothing here,
// "" when it is none.
func scheme(destination string) string {
	if strings.HasPrefix(destination, "//") {
		return "https:"
	}
	name := destination
	if i := strings.IndexAny(name, "/?#"); i >= 0 {
		name = name[:i]
	}
	if !strings.Contains(name, ".") || strings.HasSuffix(name, ".md") && !strings.Contains(strings.ToLower(name), "www.") {
		return "" // a page that is not there: the expression takes much longer to say so
	}
	switch m := host.FindStringSubmatch(destination); {
	case m == nil:
		return ""
	case m[1] != "":
		return "mailto:"
	}
	return "https://"
}

// served are addresses of the site itself that a text may link to.
var served = []string{"/zoeken", "/feed.xml", "/feed.json", "/datapackage.json"}

// hiddenFile is the file of the page that is meant by a path in content/ and is
// not published, "" when there is none.
func (s *Site) hiddenFile(name string) string {
	name = strings.TrimPrefix(name, "/")
	for _, file := range []string{name, name + ".md", name + "/index.md", name + "/_index.md"} {
		if _, ok := s.hidden[file]; ok {
			return file
		}
	}
	return ""
}

// file takes a destination apart into a path in content/ and a fragment. The path
// starts with "/" when it was written from the root, and is "" for the page itself.
func (p *Page) file(destination string) (name, fragment string) {
	name, fragment, _ = strings.Cut(destination, "#")
	name, _, _ = strings.Cut(name, "?")
	name, fragment = unescape(name), unescape(fragment)
	switch {
	case name == "":
		return "", fragment
	case name[0] == '/':
		return path.Clean(name), fragment
	case p.Document == nil:
		return path.Join(strings.Trim(p.URL, "/"), name), fragment
	}
	return path.Join(path.Dir(p.Document.File), name), fragment
}

// at returns the page of a file or folder, or the resource.
func (s *Site) at(name string) (*Page, *content.Resource) {
	if p := s.byFile[name]; p != nil {
		return p, nil
	}
	if r := s.resources[name]; r != nil {
		return nil, r
	}
	if name == "." || name == "" {
		return s.Home, nil
	}
	for _, index := range []string{"/_index.md", "/index.md"} {
		if p := s.byFile[name+index]; p != nil {
			return p, nil
		}
	}
	return s.folders["/"+content.Address(strings.TrimSuffix(name, "/_index.md"))], nil
}

// anchors are the places on the page that a link may lead to.
func (p *Page) anchors() []string {
	list := p.places
	if p.Document != nil {
		for _, text := range p.Document.Texts() {
			list = append(list[:len(list):len(list)], text.Anchors...)
		}
	}
	return list
}

// Explain puts the problem of a link, or of an image, in words: what is wrong and what
// to do.
func (s *Site) Explain(p *Page, destination string, image bool, t Target, problem Problem) (text, hint string) {
	name, _ := p.file(destination)
	name = strings.TrimPrefix(name, "/")
	what := "de link " + destination
	const beside = "zet de afbeelding in de map van deze pagina, of schrijf het pad naar haar bestand vanaf die map"
	if image {
		what = "de afbeelding " + destination
	}
	switch problem {
	case NoScheme:
		missing := scheme(destination)
		return what + " mist " + missing, "schrijf " + missing + " ervoor: " + missing + destination
	case Outside:
		text = what + " wijst buiten de map content"
		if image {
			return text, beside
		}
		return text, "link alleen naar bestanden in content/, of schrijf een heel adres met https://"
	case Unpublished, Dated:
		file := s.hiddenFile(name)
		return "de pagina " + contentFolder + file + " wordt niet gepubliceerd: " + s.hidden[file].reason, "haal de link weg, of publiceer de pagina"
	case NoAnchor:
		where := "op deze pagina"
		if t.Page != p {
			where = "op de pagina " + t.Page.URL
		}
		hint := cmp.Or(diag.Suggest(t.Fragment, t.Page.anchors()), "haal #"+t.Fragment+" weg: die pagina heeft geen koppen")
		return where + " is geen plaats met de naam #" + t.Fragment, hint
	}
	text = what + " wijst naar een bestand dat er niet is: " + contentFolder + name
	const example = "programma/_index.md"
	switch guess := s.guess(name); {
	case guess != "":
		return text, "bedoelde je " + contentFolder + guess + "?"
	case image:
		return text, beside
	case p.Document == nil:
		return text, "schrijf het pad naar het bestand vanaf content/, bijvoorbeeld " + example
	}
	up := strings.Repeat("../", strings.Count(p.Document.File, "/"))
	return text, "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld " + up + example
}

// mostGuesses bounds how many spellings are compared with all names in a folder.
// Who moves a thousand broken links in does not mend them one by one.
const mostGuesses = 20

// guess finds the file that was probably meant: the page of a folder instead of a
// file or the other way round, one of that name in another folder, or one in the
// same folder with nearly that name.
func (s *Site) guess(name string) string {
	dir, base := path.Dir(name), path.Base(name)
	stem := strings.TrimSuffix(name, ".md")
	isIndex := base == "_index.md" || base == "index.md"
	if isIndex {
		stem = dir
	}
	for _, file := range []string{stem + ".md", path.Join(stem, "index.md"), path.Join(stem, "_index.md")} {
		if s.byFile[file] != nil {
			return file
		}
	}
	s.guessOnce.Do(s.listNames)
	if same := s.byName[base]; len(same) > 0 && !isIndex {
		return slices.Min(same)
	}
	if s.guesses++; s.guesses > mostGuesses {
		return ""
	}
	ext := path.Ext(name)
	if near := diag.Nearest(strings.TrimSuffix(base, ext), s.byFolder[folderOf(name)]); near != "" {
		return path.Join(dir, near+ext)
	}
	return ""
}

// listNames fills what guesses are made from.
func (s *Site) listNames() {
	s.byName, s.byFolder = map[string][]string{}, map[string][]string{}
	add := func(file string) {
		base := path.Base(file)
		s.byName[base] = append(s.byName[base], file)
		s.byFolder[folderOf(file)] = append(s.byFolder[folderOf(file)], strings.TrimSuffix(base, path.Ext(base)))
	}
	for _, p := range s.Pages {
		if p.Document != nil {
			add(p.Document.File)
		}
	}
	for _, r := range s.Resources {
		add(r.File)
	}
}

// folderOf is a file's folder with the ending of its name: what a guess looks in.
func folderOf(file string) string { return path.Dir(file) + "/*" + path.Ext(file) }

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if u, err := url.PathUnescape(s); err == nil {
		return u
	}
	return s
}

// Beside returns the path in content/ of the file that a page names in a field,
// relative to its own file, and whether there is such a resource.
func (s *Site) Beside(p *Page, name string) (file string, ok bool) {
	file = path.Join(path.Dir(p.Document.File), name)
	return file, s.resources[file] != nil
}

// Image returns the file that a page names as its image, nil when it has none.
func (s *Site) Image(p *Page) *content.Resource {
	if p.Document == nil || p.Document.Image == nil {
		return nil
	}
	file, _ := s.Beside(p, p.Document.Image.File.Text)
	return s.resources[file]
}

// Below returns the resources of the page of a folder, in order: those in the
// folder, but for the folders below it that have a page of their own.
func (s *Site) Below(p *Page) []*content.Resource {
	folder := path.Dir(p.Document.File)
	return slices.DeleteFunc(slices.Clone(s.In(folder)), func(r *content.Resource) bool {
		for dir := path.Dir(r.File); dir != folder && dir != "."; dir = path.Dir(dir) {
			if s.byFile[dir+"/index.md"] != nil {
				return true
			}
		}
		return false
	})
}

// In returns all resources in a folder and those below it, in order; "." is
// content/ itself.
func (s *Site) In(folder string) []*content.Resource {
	if folder == "." {
		return s.Resources
	}
	folder += "/"
	at, _ := slices.BinarySearchFunc(s.Resources, folder, func(r *content.Resource, folder string) int { return strings.Compare(r.File, folder) })
	end := at
	for end < len(s.Resources) && strings.HasPrefix(s.Resources[end].File, folder) {
		end++
	}
	return s.Resources[at:end]
}
