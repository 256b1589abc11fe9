// Package config reads site.yaml, the file that makes a folder a hub.
//
// [Load] gives a [Config] with every default filled in, and all that is wrong
// with the file in one go. Only title is required. A Config of a file with
// errors holds what could be read, so that other rooms can go on and find more
// faults; nothing may be published from it.
//
// The keys, with their defaults:
//
//	title: Kennishub                      # required
//	description: …
//	baseURL: https://example.nl/hub/      # http://localhost:8080/
//	language: nl                          # or en
//	theme: mbodigitaal
//	menu:                                 # a page, or {page: …, label: …}, or {url: …, label: …}
//	  - experimenten/_index.md
//	footer:                               # as menu
//	contact: {label: …, email: …, url: …}
//	repository: https://…/owner/name      # or {url: …, branch: main, folder: …}
//	security: {contact: mailto:…, expires: 2027-06-30, languages: [nl], policy: https://…}
//	kinds: …                              # see package schema
//	vocabularies: …
//	words: {synonyms: …, known: …}
//	search: {query_length: …, words: …, hits: …, offset: …, timeout: 2s, rate: …, concurrent: …, trusted_proxies: […],
//	         kinds: {KIND: 1}, recent: {percent: 0, days: 365}}
//	checks: {CODE: fout|waarschuwing|uit}
//	markdown: {tags: [kbd]}
//	feeds: {items: 20}
//	attachments: {seconds: …, megabytes: …}   # what reading the text of one may cost
//
// A byte order mark before the first key is accepted: some editors write it and
// it does no harm here.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net/mail"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/schema"
	"kennishub/internal/yaml"
)

// File is the name of the file in the site's folder.
const File = "site.yaml"

var (
	codeMissing = diag.Define("site-yaml-ontbreekt", diag.Error,
		"Er is geen site.yaml",
		"Een map wordt een hub door een bestand site.yaml met ten minste een regel `title: Naam van de hub`. Ga naar de map waar het staat, "+
			"wijs die aan met --source. Voor een nieuwe site is een site.yaml met één regel genoeg: `title: Naam van de site`.")
	codeSetting = diag.Define("instelling", diag.Error,
		"Een instelling in site.yaml klopt niet",
		"De melding zegt welke waarden mogen. Alle sleutels van site.yaml en hun standaardwaarden staan in de handleiding.")
	codeAddress = diag.Define("gereserveerd-adres", diag.Error,
		"Een soort of vocabulaire gebruikt een adres dat al bezet is",
		"De map van een soort en de naam van een vocabulaire zijn ook adressen op de site. Sommige adressen gebruikt kennishub zelf, "+
			"en geen twee dingen kunnen op hetzelfde adres staan. Kies een andere map of naam.")
)

// ReservedAddresses are first parts of addresses that kennishub uses itself.
var ReservedAddresses = []string{"api", "zoeken", "healthz", "oai", ".well-known", ".search", "id", "tags", "assets", "pagina"}

// defaults is the configuration of an empty site.yaml.
func defaults() *Config {
	return &Config{
		BaseURL:  "http://localhost:8080/",
		BasePath: "/",
		Language: "nl",
		Theme:    "mbodigitaal",
		Checks:   map[string]diag.Severity{},
		Off:      map[string]bool{},
		Feeds:    Feeds{Items: 20},
	}
}

// Load reads site.yaml from the site's folder. The Config is never nil.
func Load(fsys fs.FS) (*Config, []diag.Message) {
	c := defaults()
	source, err := fs.ReadFile(fsys, File)
	if err != nil {
		return c, []diag.Message{unreadable(fsys, err)}
	}
	root, messages := yaml.Parse(File, source, 0)
	if diag.HasErrors(messages) && root.Kind == yaml.Null {
		return c, messages
	}
	r := reader{Fields: yaml.Read(File, root, &messages), c: c}
	r.site()
	kinds, faults := schema.ReadKinds(File, r.Get("kinds"))
	vocabularies, more := schema.ReadVocabularies(File, r.Get("vocabularies"))
	messages = slices.Concat(messages, faults, more, schema.Link(File, kinds, vocabularies))
	c.Kinds, c.Vocabularies = kinds, vocabularies
	r.addresses()
	r.search(r.Map("search"))
	r.checks(r.Map("checks"))
	r.markdown(r.Map("markdown"))
	r.feeds(r.Map("feeds"))
	r.attachments(r.Map("attachments"))
	if r.Get("words") != nil {
		r.words(r.Map("words"))
	}
	r.Need("title")
	r.NoOthers()
	slices.SortStableFunc(messages, diag.Compare)
	return c, messages
}

func unreadable(fsys fs.FS, err error) diag.Message {
	if !errors.Is(err, fs.ErrNotExist) {
		return codeMissing.At(File, 0, 0, "site.yaml is niet te lezen: "+err.Error(), "controleer of het een gewoon bestand is dat je mag lezen")
	}
	if _, err := fs.Stat(fsys, "site.yml"); err == nil {
		return codeMissing.At(File, 0, 0, "er is geen site.yaml, wel site.yml", "geef site.yml de naam site.yaml")
	}
	return codeMissing.At(File, 0, 0, "er is geen site.yaml in deze map", "ga naar de map van de site, of wijs haar aan met --source; voor een nieuwe site is één regel genoeg: title: Naam van de site")
}

// Override replaces the base URL, as the flag --base-url does.
func (c *Config) Override(baseURL string) error {
	u, base, err := parseBase(baseURL)
	if err != nil {
		return err
	}
	c.BaseURL, c.BasePath = u, base
	return nil
}

// reader fills c from the keys of site.yaml.
type reader struct {
	*yaml.Fields
	c *Config
}

func (r reader) fault(n *yaml.Node, text, hint string) { r.Fault(codeSetting, n, text, hint) }

func (r reader) site() {
	c := r.c
	c.Title = r.Text("title")
	c.Description = r.Text("description")
	if n := r.Get("baseURL"); n != nil {
		if text := r.Text("baseURL"); text != "" {
			if u, base, err := parseBase(text); err != nil {
				cause, hint, _ := strings.Cut(err.Error(), "; ")
				r.fault(n, cause, hint)
			} else {
				c.BaseURL, c.BasePath = u, base
			}
		}
	}
	if language := r.Text("language"); language != "" {
		if r.oneOf("language", language, []string{"nl", "en"}) {
			c.Language = language
		}
	}
	if theme := r.Text("theme"); theme != "" {
		if themeName.MatchString(theme) {
			c.Theme = theme
		} else {
			r.fault(r.Get("theme"), fmt.Sprintf("%q kan niet de naam van een thema zijn", theme), "gebruik de naam van een map onder themes/: kleine letters, cijfers, - en _")
		}
	}
	c.Menu = r.menu("menu")
	c.Footer = r.menu("footer")
	r.contact(r.Map("contact"))
	r.repository()
	r.security(r.Map("security"))
}

var themeName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

func (r reader) oneOf(key, value string, allowed []string) bool {
	if slices.Contains(allowed, value) {
		return true
	}
	r.fault(r.Get(key), fmt.Sprintf("onbekende waarde %q van %q", value, key), diag.Suggest(value, allowed))
	return false
}

var basePath = regexp.MustCompile(`^(/[A-Za-z0-9._~-]+)*/?$`)

// parseBase gives a base URL with a slash at its end, and its path. The error
// holds cause and hint.
func parseBase(text string) (base, dir string, err error) {
	const hint = "schrijf bijvoorbeeld https://kennishub.example.nl/ of https://example.nl/kennishub/"
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return "", "", fmt.Errorf("%q is geen volledig webadres; %s", text, hint)
	case u.User != nil:
		return "", "", fmt.Errorf("in %q staat een gebruikersnaam; %s", u.Redacted(), hint)
	case u.RawQuery != "" || u.ForceQuery:
		return "", "", fmt.Errorf("in %q staat een vraagteken; %s", text, hint)
	case strings.Contains(text, "#"):
		return "", "", fmt.Errorf("in %q staat een #; %s", text, hint)
	case !basePath.MatchString(u.EscapedPath()) || u.Path != "" && path.Clean(u.Path) != strings.TrimSuffix(u.Path, "/") && u.Path != "/":
		return "", "", fmt.Errorf("het pad van %q is niet eenvoudig genoeg; gebruik alleen letters zonder accent, cijfers, punt, - en _", text)
	}
	dir = strings.TrimSuffix(u.Path, "/") + "/"
	return u.Scheme + "://" + strings.ToLower(u.Host) + dir, dir, nil
}

// webAddress reads an absolute http or https address under a key, "" when it is
// absent or wrong.
func webAddress(in *yaml.Fields, key string) string {
	text := in.Text(key)
	if text == "" || isWebAddress(text) {
		return text
	}
	in.Fault(codeSetting, in.Get(key), fmt.Sprintf("%q is geen volledig webadres", text), "schrijf het hele adres: https://www.mbodigitaal.nl/")
	return ""
}

func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil && !strings.ContainsAny(text, " \t\n")
}

func isEmail(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

func (r reader) menu(key string) []MenuItem {
	var items []MenuItem
	for _, n := range r.Items(key) {
		if item, ok := r.menuItem(key, n); ok {
			items = append(items, item)
		}
	}
	return items
}

func (r reader) menuItem(key string, n *yaml.Node) (MenuItem, bool) {
	item := MenuItem{Line: n.Line, Col: n.Col}
	switch n.Kind {
	case yaml.Scalar:
		item.Page = strings.TrimSpace(n.Text)
		return item, r.page(n, item.Page)
	case yaml.Map:
		in := r.In(key, n)
		item.Page, item.URL, item.Label = in.Text("page"), in.Text("url"), in.Text("label")
		in.NoOthers()
		address, isMail := strings.CutPrefix(item.URL, "mailto:")
		switch {
		case (item.Page == "") == (item.URL == ""):
			r.fault(n, fmt.Sprintf("een onderdeel van %q heeft een pagina of een adres", key), "schrijf: {page: over.md} of {url: https://…, label: …}")
		case item.Page != "":
			return item, r.page(in.Get("page"), item.Page)
		case !isWebAddress(item.URL) && !(isMail && isEmail(address)):
			r.fault(in.Get("url"), fmt.Sprintf("%q is geen volledig webadres", item.URL), "schrijf het hele adres: https://www.mbodigitaal.nl/; een pagina van de hub zelf hoort onder page")
		case item.Label == "":
			r.fault(n, fmt.Sprintf("een adres in %q heeft geen naam", key), "schrijf: {url: …, label: …}")
		default:
			return item, true
		}
		return item, false
	}
	r.fault(n, fmt.Sprintf("een onderdeel van %q is een pagina of een blok, geen %s", key, n.Kind), "schrijf: over.md, {page: over.md, label: Over} of {url: https://…, label: …}")
	return item, false
}

// page reports whether p can be a page in content/.
func (r reader) page(n *yaml.Node, p string) bool {
	switch {
	case strings.Contains(p, "://") || strings.HasPrefix(p, "mailto:"):
		r.fault(n, fmt.Sprintf("%q is een adres, geen pagina", p), fmt.Sprintf("schrijf: {url: %s, label: …}", p))
	case strings.HasPrefix(p, "content/") && strings.HasSuffix(p, ".md"):
		r.fault(n, fmt.Sprintf("%q begint met content/", p), "schrijf het pad vanaf content/: "+strings.TrimPrefix(p, "content/"))
	case !fs.ValidPath(p) || !strings.HasSuffix(p, ".md"):
		r.fault(n, fmt.Sprintf("%q is geen pagina", p), "schrijf het pad van een .md-bestand vanaf content/: experimenten/_index.md")
	default:
		return true
	}
	return false
}

func (r reader) contact(in *yaml.Fields) {
	contact := Contact{Label: in.Text("label"), Email: in.Text("email"), URL: webAddress(in, "url")}
	if contact.Email != "" && !isEmail(contact.Email) {
		r.fault(in.Get("email"), fmt.Sprintf("%q is geen e-mailadres", contact.Email), "schrijf: naam@school.nl")
		contact.Email = ""
	}
	in.NoOthers()
	r.c.Contact = contact
}

func (r reader) repository() {
	n := r.Get("repository")
	if n == nil {
		return
	}
	repository := Repository{Branch: "main"}
	if n.Kind == yaml.Scalar {
		repository.URL = webAddress(r.Fields, "repository")
	} else {
		in := r.In("repository", n)
		repository.URL = webAddress(in, "url")
		if branch := in.Text("branch"); branch != "" {
			repository.Branch = branch
		}
		if folder := strings.TrimSuffix(in.Text("folder"), "/"); folder != "" && folder != "." {
			if fs.ValidPath(folder) {
				repository.Folder = folder
			} else {
				r.fault(in.Get("folder"), fmt.Sprintf("%q is geen map", folder), "schrijf het pad van de hub vanaf de bovenste map van de repository")
			}
		}
		if in.Node.Kind == yaml.Map {
			in.Need("url")
		}
		in.NoOthers()
	}
	if repository.URL != "" {
		repository.URL = strings.TrimSuffix(strings.TrimRight(repository.URL, "/"), ".git")
		r.c.Repository = repository
	}
}

var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (r reader) security(in *yaml.Fields) {
	if in.Node.Kind != yaml.Map {
		return
	}
	s := Security{Line: in.Node.Line, Col: in.Node.Col, Languages: []string{r.c.Language}}
	contacts := []*yaml.Node{in.Get("contact")}
	if n := contacts[0]; n == nil || n.Kind != yaml.Scalar {
		contacts = in.Items("contact")
	}
	for _, n := range contacts {
		if text := strings.TrimSpace(n.Text); r.securityContact(n, text) {
			s.Contact = append(s.Contact, text)
		}
	}
	if expires := schema.ReadDate(in, "expires"); !expires.IsZero() {
		s.Expires = expires.ISO()
	}
	if languages := in.Items("languages"); len(languages) > 0 {
		s.Languages = nil
		for _, n := range languages {
			if tag := strings.TrimSpace(n.Text); languageTag.MatchString(tag) {
				s.Languages = append(s.Languages, tag)
			} else {
				r.fault(n, fmt.Sprintf("%q is geen taalcode", tag), "schrijf: languages: [nl, en]")
			}
		}
	}
	s.Policy = webAddress(in, "policy")
	in.Need("contact", "expires")
	in.NoOthers()
	r.c.Security = s
}

func (r reader) securityContact(n *yaml.Node, text string) bool {
	mailto, isMail := strings.CutPrefix(text, "mailto:")
	switch {
	case isMail && isEmail(mailto), strings.HasPrefix(text, "https://") && isWebAddress(text), telephone.MatchString(text):
		return true
	case isEmail(text):
		r.fault(n, fmt.Sprintf("%q heeft geen mailto:", text), "schrijf: mailto:"+text)
	default:
		r.fault(n, fmt.Sprintf("%q is geen adres voor meldingen", text), "schrijf: mailto:naam@school.nl, https://… of tel:+31…")
	}
	return false
}

var telephone = regexp.MustCompile(`^tel:\+?[0-9-]+$`)

// addresses checks that kinds and vocabularies do not claim each other's
// addresses or those of kennishub.
func (r reader) addresses() {
	places := map[string]*schema.Kind{}
	for _, k := range r.c.Kinds {
		place, at := k.Place(), &yaml.Node{Line: k.Line, Col: k.Col}
		if place == "" {
			continue
		}
		if other := places[place]; other != nil && other.Folder+other.File != k.Folder+k.File {
			r.Fault(codeAddress, at, fmt.Sprintf("soort %q krijgt hetzelfde adres als soort %q (regel %d): /%s/", k.Name, other.Name, other.Line, place),
				"geef een van beide een andere map, of een bestand met een andere naam")
		}
		places[place] = k
		if first, _, _ := strings.Cut(place, "/"); slices.Contains(ReservedAddresses, first) {
			r.Fault(codeAddress, at, fmt.Sprintf("soort %q krijgt het adres /%s, maar /%s is van kennishub", k.Name, place, first),
				"kies een andere naam; bezet: "+strings.Join(ReservedAddresses, ", "))
		}
		if k.File != "" && !strings.HasPrefix(k.File, "data/") {
			r.Fault(codeAddress, at, fmt.Sprintf("het bestand %q van soort %q staat niet in data/", k.File, k.Name), "zet het in content/data/ en schrijf: file: data/"+path.Base(k.File))
		}
		if k.File != "" && strings.Trim(place, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			r.Fault(codeAddress, at, fmt.Sprintf("de naam van het bestand %q wordt een adres", k.File), "gebruik kleine letters zonder accent, cijfers en streepjes")
		}
	}
	for _, v := range r.c.Vocabularies {
		at := &yaml.Node{Line: v.Line, Col: v.Col}
		if slices.Contains(ReservedAddresses, v.Name) {
			r.Fault(codeAddress, at, fmt.Sprintf("vocabulaire %q krijgt het adres /%s, maar dat is van kennishub", v.Name, v.Name),
				"kies een andere naam; bezet: "+strings.Join(ReservedAddresses, ", "))
		}
		if k := places[v.Name]; k != nil {
			r.Fault(codeAddress, at, fmt.Sprintf("vocabulaire %q krijgt hetzelfde adres als soort %q (regel %d)", v.Name, k.Name, k.Line),
				"geef het vocabulaire een andere naam, of de soort een andere map")
		}
	}
}

func (r reader) search(in *yaml.Fields) {
	r.c.Search = Search{
		QueryLength: in.Int("query_length", 10, 10_000),
		Words:       in.Int("words", 1, 100),
		Hits:        in.Int("hits", 1, 1000),
	}
	if deepest := in.Int("offset", 0, 1_000_000); in.Get("offset") != nil {
		r.c.Search.Offset = &deepest
	}
	if text := in.Text("timeout"); text != "" {
		d, err := time.ParseDuration(text)
		if err != nil || d < 10*time.Millisecond || d > time.Minute {
			r.fault(in.Get("timeout"), fmt.Sprintf("%q is geen tijd van 10ms tot 1m", text), "schrijf: timeout: 2s")
		} else {
			r.c.Search.TimeoutMS = int(d.Milliseconds())
		}
	}
	r.c.Search.Rate = in.Int("rate", 1, 1000)
	r.c.Search.Concurrent = in.Int("concurrent", 1, 1000)
	for _, n := range in.Items("trusted_proxies") {
		if proxies, ok := machines(strings.TrimSpace(n.Text)); ok {
			r.c.Search.TrustedProxies = append(r.c.Search.TrustedProxies, proxies)
		} else {
			r.fault(n, fmt.Sprintf("%q is geen adres van een computer", n.Text), "schrijf een IP-adres of een reeks: 127.0.0.1, ::1 of 10.0.0.0/8")
		}
	}
	r.boosts(in)
	in.NoOthers()
}

// boosts bounds what counts more or less, so that the words of a query stay what
// matters most.
func (r reader) boosts(in *yaml.Fields) {
	kinds := in.Map("kinds")
	for _, k := range r.c.Kinds {
		if times := kinds.Decimal(k.Name, 0.5, 2); times != 0 {
			if r.c.Search.Kinds == nil {
				r.c.Search.Kinds = map[string]float64{}
			}
			r.c.Search.Kinds[k.Name] = times
		}
	}
	kinds.NoOthers()

	recent := in.Map("recent")
	r.c.Search.RecentPercent = recent.Int("percent", 0, 50)
	r.c.Search.RecentDays = recent.Int("days", 1, 36_500)
	if recent.Get("days") != nil {
		recent.Need("percent")
	}
	recent.NoOthers()
}

// machines reads one address of a machine, or a range of them.
func machines(text string) (netip.Prefix, bool) {
	if one, err := netip.ParseAddr(text); err == nil && one.Zone() == "" {
		one = one.Unmap()
		return netip.PrefixFrom(one, one.BitLen()), true
	}
	many, err := netip.ParsePrefix(text)
	return many.Masked(), err == nil && !many.Addr().Is4In6()
}

func (r reader) words(in *yaml.Fields) {
	file := func(key string) string {
		name := in.Text(key)
		if name != "" && (!fs.ValidPath(name) || !strings.HasPrefix(name, "data/") || !strings.HasSuffix(name, ".yaml")) {
			r.fault(in.Get(key), fmt.Sprintf("%q is geen YAML-bestand in content/data/", name), "schrijf bijvoorbeeld: "+key+": data/woorden.yaml")
			return ""
		}
		return name
	}
	r.c.Words = Words{Synonyms: file("synonyms"), Known: file("known"), Line: in.Node.Line, Col: in.Node.Col}
	if w := r.c.Words; w.Known != "" && w.Known == w.Synonyms {
		r.fault(in.Get("known"), "synonyms en known noemen hetzelfde bestand", "geef ze elk een eigen bestand")
	}
	for _, k := range r.c.Kinds {
		if w := r.c.Words; k.File != "" && (k.File == w.Synonyms || k.File == w.Known) {
			r.fault(in.Node, fmt.Sprintf("soort %q leest %s ook", k.Name, k.File), "geef de lijst met woorden een eigen bestand")
		}
	}
	in.NoOthers()
}

var severities = []string{diag.Error.String(), diag.Warning.String(), "uit"}

func (r reader) checks(in *yaml.Fields) {
	codes := diag.Codes()
	for _, pair := range in.Node.Pairs {
		id := pair.Key.Text
		i := slices.IndexFunc(codes, func(c *diag.Code) bool { return c.ID == id })
		if i < 0 {
			var ids []string
			for _, c := range codes {
				ids = append(ids, c.ID)
			}
			r.fault(pair.Key, fmt.Sprintf("er is geen controle %q", id), diag.Suggest(id, ids))
			continue
		}
		n := pair.Value
		switch {
		case n.Kind != yaml.Scalar:
			r.fault(n, fmt.Sprintf("controle %q moet één woord zijn, geen %s", id, n.Kind), diag.Suggest("", severities))
		case !slices.Contains(severities, n.Text):
			r.fault(n, fmt.Sprintf("controle %q kan niet op %q staan", id, n.Text), diag.Suggest(n.Text, severities))
		case n.Text == "uit" && codes[i].Severity == diag.Error:
			r.fault(n, fmt.Sprintf("controle %q is een fout en kan niet uit", id), "zet hem op waarschuwing, of haal de regel weg")
		case n.Text == "uit":
			r.c.Off[id] = true
		default:
			r.c.Checks[id] = map[string]diag.Severity{severities[0]: diag.Error, severities[1]: diag.Warning}[n.Text]
		}
	}
}

// safeTags are the elements that cannot run, load or send anything, and cannot
// break the page around them.
var safeTags = strings.Fields("abbr b bdi bdo br cite code dd del details dfn div dl dt em figcaption figure hr i ins kbd mark p q rp rt ruby s samp " +
	"small span strong sub summary sup time u var wbr")

func (r reader) markdown(in *yaml.Fields) {
	for _, n := range in.Items("tags") {
		tag := strings.TrimSpace(n.Text)
		if !slices.Contains(safeTags, tag) {
			r.fault(n, fmt.Sprintf("het element %q kan niet worden toegestaan", tag), diag.Suggest(strings.Trim(tag, "</>"), safeTags))
			continue
		}
		r.c.Markdown.Tags = append(r.c.Markdown.Tags, tag)
	}
	in.NoOthers()
}

func (r reader) feeds(in *yaml.Fields) {
	if items := in.Int("items", 1, 200); items != 0 {
		r.c.Feeds.Items = items
	}
	in.NoOthers()
}

func (r reader) attachments(in *yaml.Fields) {
	r.c.Attachments = Attachments{
		Time:   time.Duration(in.Int("seconds", 1, 600)) * time.Second,
		Memory: int64(in.Int("megabytes", 64, 16_384)) << 20,
	}
	in.NoOthers()
}
