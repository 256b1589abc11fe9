package site

import (
	"strings"
	"testing"

	"kennishub/internal/content"
)

func linkSite(t testing.TB) *Site {
	return good(t,
		"_index.md", "", "over.md", "---\ntitle: Over\n---\n## Kop {#kop}\n\n## Zo één\n",
		"a/_index.md", "", "a/b.md", "---\ntitle: B\n---\n## Hier {#hier}\n", "a/c/index.md", "", "a/c/foto.avif", "x",
		"a/Met Spatie & meer.md", "", "a/poster 1.pdf", "x", "Made Map/x.md", "", "los.pdf", "x", "a/d.txt", "x",
		"concept.md", "draft: true", "bundel/index.md", "draft: true", "oud/_index.md", "expiryDate: 2024-01-01",
		"proeven/p.md", "themas: [ai]\ntags: [Eén]",
	)
}

// Where every sort of destination leads. Pages are named by their address,
// resources by their file, elsewhere by what was written.
func TestFollow(t *testing.T) {
	s := linkSite(t)
	for _, test := range []struct {
		from, dest, want string
		problem          Problem
	}{
		// From the page a/b.md.
		{"a/b.md", "c/index.md", "/a/c/", 0},
		{"a/b.md", "./c/index.md", "/a/c/", 0},
		{"a/b.md", "c/", "/a/c/", 0},
		{"a/b.md", "c", "/a/c/", 0},
		{"a/b.md", "../over.md", "/over/", 0},
		{"a/b.md", "x/../../over.md", "/over/", 0},
		{"a/b.md", "../_index.md", "/", 0},
		{"a/b.md", "..", "/", 0},
		{"a/b.md", "../", "/", 0},
		{"a/b.md", ".", "/a/", 0},
		{"a/b.md", "_index.md", "/a/", 0},
		{"a/b.md", "b.md", "/a/b/", 0},
		{"a/b.md", "Met Spatie & meer.md", "/a/met-spatie-meer/", 0},
		{"a/b.md", "Met%20Spatie%20%26%20meer.md", "/a/met-spatie-meer/", 0},
		{"a/b.md", "poster%201.pdf", "file a/poster 1.pdf", 0},
		{"a/b.md", "c/foto.avif", "file a/c/foto.avif", 0},
		{"a/b.md", "../los.pdf#page=2", "file los.pdf #page=2", 0},
		{"a/b.md", "../los.pdf?x=1", "file los.pdf", 0},
		{"a/b.md", "../over.md?x=1#kop", "/over/ #kop", 0},
		{"a/b.md", "../over.md#kop", "/over/ #kop", 0},
		{"a/b.md", "../over.md#zo-een", "/over/ #zo-een", 0},
		{"a/b.md", "../over.md#zo%2Deen", "/over/ #zo-een", 0},
		{"a/b.md", "../over.md#", "/over/", 0},
		{"a/b.md", "../over.md#top", "/over/ #top", 0},
		{"a/b.md", "#hier", "/a/b/ #hier", 0},
		{"a/b.md", "#", "/a/b/", 0},
		{"a/b.md", "", "/a/b/", 0},
		{"a/b.md", "?x", "/a/b/", 0},

		// Folders of pages that were made.
		{"over.md", "Made Map/_index.md", "/made-map/", 0},
		{"over.md", "Made%20Map/", "/made-map/", 0},
		{"over.md", "made-map/", "/made-map/", 0},
		{"over.md", "proeven", "/proeven/", 0},
		{"over.md", "themas/_index.md", "/themas/", 0},
		{"over.md", "themas/ai/", "/themas/ai/", 0},
		{"over.md", "tags/een/_index.md", "/tags/een/", 0},

		// From the root of the site.
		{"a/b.md", "/", "/", 0},
		{"a/b.md", "/over/", "/over/", 0},
		{"a/b.md", "/over", "/over/", 0},
		{"a/b.md", "/over/#kop", "/over/ #kop", 0},
		{"a/b.md", "/over.md", "/over/", 0},
		{"a/b.md", "/a/c/index.md", "/a/c/", 0},
		{"a/b.md", "/a/c/foto.avif", "file a/c/foto.avif", 0},
		{"a/b.md", "/../over/", "/over/", 0},
		{"a/b.md", "/tags/een/", "/tags/een/", 0},
		{"a/b.md", "/Made Map/", "/made-map/", 0},
		{"a/b.md", "/zoeken/?q=ibp#x", "to /zoeken/?q=ibp#x", 0},
		{"a/b.md", "/feed.xml", "to /feed.xml", 0},

		// Elsewhere.
		{"a/b.md", "https://x.nl/a#b", "to https://x.nl/a#b", 0},
		{"a/b.md", "mailto:a@b.nl?subject=x", "to mailto:a@b.nl?subject=x", 0},
		{"a/b.md", "tel:+3112345", "to tel:+3112345", 0},

		// What is wrong.
		{"a/b.md", "//x.nl/a", "", NoScheme},
		{"a/b.md", "www.kennisnet.nl", "", NoScheme},
		{"a/b.md", "WWW.rijks.overheid/x", "", NoScheme},
		{"a/b.md", "kennisnet.nl", "", NoScheme},
		{"a/b.md", "kennisnet.nl/x?y#z", "", NoScheme},
		{"a/b.md", "info@mbo.school.example.org", "", NoScheme},
		{"a/b.md", "info@kennisnet", "", Missing},
		{"a/b.md", "kennisnet.nl.pdf", "", Missing},
		{"a/b.md", "x/kennisnet.nl", "", Missing},
		{"a/b.md", "www.md", "", Missing},
		{"a/b.md", "../../geheim.md", "", Outside},
		{"a/b.md", "../..", "", Outside},
		{"over.md", "..", "", Outside},
		{"a/b.md", "..%2f..%2fgeheim", "", Outside},
		{"a/b.md", "../concept.md", "", Unpublished},
		{"a/b.md", "/concept.md", "", Unpublished},
		{"a/b.md", "/concept/", "", Unpublished},
		{"a/b.md", "../bundel/", "", Unpublished},
		{"a/b.md", "../bundel/index.md", "", Unpublished},
		{"a/b.md", "../oud/_index.md", "", Dated},
		{"a/b.md", "../oud", "", Dated},
		{"a/b.md", "nergens.md", "", Missing},
		{"a/b.md", "over.md", "", Missing},
		{"a/b.md", "B.md", "", Missing},
		{"a/b.md", "b", "", Missing},
		{"a/b.md", "c.md", "", Missing},
		{"a/b.md", "/nergens/", "", Missing},
		{"a/b.md", "100%.md", "", Missing},
		{"a/b.md", "../over.md#nergens", "/over/ #nergens", NoAnchor},
		{"a/b.md", "#nergens", "/a/b/ #nergens", NoAnchor},
		{"a/b.md", "/tags/een/#x", "/tags/een/ #x", NoAnchor},
	} {
		target, problem := s.Follow(s.Of(test.from), test.dest)
		got := ""
		switch {
		case target.Page != nil:
			got = target.Page.URL
		case target.Resource != nil:
			got = "file " + target.Resource.File
		case target.URL != "":
			got = "to " + target.URL
		}
		if target.Fragment != "" {
			got += " #" + target.Fragment
		}
		if got != test.want || problem != test.problem {
			t.Errorf("from %s, %q leads to %q (%d), want %q (%d)", test.from, test.dest, got, problem, test.want, test.problem)
		}
		if problem != NoProblem && problem != NoAnchor && target != (Target{}) {
			t.Errorf("from %s, %q leads nowhere and to %+v", test.from, test.dest, target)
		}
	}
}

// From a page that was made, as menus are followed.
func TestFollowFromMade(t *testing.T) {
	s := linkSite(t)
	for _, test := range []struct{ from, dest, want string }{
		{"/made-map/", "../over.md", "/over/"},
		{"/made-map/", "#", "/made-map/"},
		{"/tags/een/", "../../a/b.md", "/a/b/"},
	} {
		if target, problem := s.Follow(s.Page(test.from), test.dest); problem != 0 || target.Page != s.Page(test.want) {
			t.Errorf("from %s, %q leads to %+v (%d)", test.from, test.dest, target, problem)
		}
	}
}

// With a path in the base URL, only addresses of the site's own files need it:
// those of pages get it when they are filled in.
func TestFollowBasePath(t *testing.T) {
	cfg, tree := read(t, "title: X\nbaseURL: https://x.nl/hub/", "a.md", "")
	s, _ := New(cfg, tree, Options{Now: today})
	if target, problem := s.Follow(s.Of("a.md"), "/zoeken/?q=x"); target.URL != "/hub/zoeken/?q=x" || problem != 0 {
		t.Errorf("%+v, %d", target, problem)
	}
}

// What is wrong with a link and what to do, in words.
func TestExplain(t *testing.T) {
	s := linkSite(t)
	for _, test := range []struct{ from, dest, text, hint string }{
		{"a/b.md", "//x.nl/a", "de link //x.nl/a mist https:", "schrijf https: ervoor: https://x.nl/a"},
		{"a/b.md", "kennisnet.nl/x", "de link kennisnet.nl/x mist https://", "schrijf https:// ervoor: https://kennisnet.nl/x"},
		{"a/b.md", "info@kennisnet.nl", "de link info@kennisnet.nl mist mailto:", "schrijf mailto: ervoor: mailto:info@kennisnet.nl"},
		{"a/b.md", "../../geheim.md", "de link ../../geheim.md wijst buiten de map content", "link alleen naar bestanden in content/, of schrijf een heel adres met https://"},
		{"a/b.md", "../concept.md", "de pagina content/concept.md wordt niet gepubliceerd: concept (draft: true)", "haal de link weg, of publiceer de pagina"},
		{"a/b.md", "/concept/", "de pagina content/concept.md wordt niet gepubliceerd: concept (draft: true)", "haal de link weg, of publiceer de pagina"},
		{"a/b.md", "../bundel/", "de pagina content/bundel/index.md wordt niet gepubliceerd: concept (draft: true)", "haal de link weg, of publiceer de pagina"},
		{"a/b.md", "../oud", "de pagina content/oud/_index.md wordt niet gepubliceerd: verlopen op 2024-01-01 (expiryDate)", "haal de link weg, of publiceer de pagina"},
		{"a/b.md", "#hie", "op deze pagina is geen plaats met de naam #hie", `bedoelde je "hier"? toegestaan: hier`},
		{"a/b.md", "../over.md#kopp", "op de pagina /over/ is geen plaats met de naam #kopp", `bedoelde je "kop"? toegestaan: kop, zo-een`},
		{"a/b.md", "c/#x", "op de pagina /a/c/ is geen plaats met de naam #x", "haal #x weg: die pagina heeft geen koppen"},
		{"a/b.md", "over.md", "de link over.md wijst naar een bestand dat er niet is: content/a/over.md", "bedoelde je content/over.md?"},
		{"a/b.md", "bb.md", "de link bb.md wijst naar een bestand dat er niet is: content/a/bb.md", "bedoelde je content/a/b.md?"},
		{"a/b.md", "Poster%201.pdf", "de link Poster%201.pdf wijst naar een bestand dat er niet is: content/a/Poster 1.pdf", "bedoelde je content/a/poster 1.pdf?"},
		{"a/b.md", "c.md", "de link c.md wijst naar een bestand dat er niet is: content/a/c.md", "bedoelde je content/a/c/index.md?"},
		{"a/b.md", "b", "de link b wijst naar een bestand dat er niet is: content/a/b", "bedoelde je content/a/b.md?"},
		{"a/b.md", "c/_index.md", "de link c/_index.md wijst naar een bestand dat er niet is: content/a/c/_index.md", "bedoelde je content/a/c/index.md?"},
		{"a/b.md", "index.md", "de link index.md wijst naar een bestand dat er niet is: content/a/index.md", "bedoelde je content/a/_index.md?"},
		{"over.md", "over/index.md", "de link over/index.md wijst naar een bestand dat er niet is: content/over/index.md", "bedoelde je content/over.md?"},
		{"a/b.md", "x.md", "de link x.md wijst naar een bestand dat er niet is: content/a/x.md", "bedoelde je content/Made Map/x.md?"},
		{"a/b.md", "y.md", "de link y.md wijst naar een bestand dat er niet is: content/a/y.md", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../programma/_index.md"},
		{"a/b.md", "iets-heel-anders.md", "de link iets-heel-anders.md wijst naar een bestand dat er niet is: content/a/iets-heel-anders.md", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../programma/_index.md"},
		{"a/b.md", "/iets/anders/", "de link /iets/anders/ wijst naar een bestand dat er niet is: content/iets/anders", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../programma/_index.md"},
		{"over.md", "y.md", "de link y.md wijst naar een bestand dat er niet is: content/y.md", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld programma/_index.md"},
		{"a/c/index.md", "y.md", "de link y.md wijst naar een bestand dat er niet is: content/a/c/y.md", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../../programma/_index.md"},
		{"a/b.md", "x/index.md", "de link x/index.md wijst naar een bestand dat er niet is: content/a/x/index.md", "schrijf het pad naar het bestand vanaf de map van deze pagina, bijvoorbeeld ../programma/_index.md"},
	} {
		p := s.Of(test.from)
		target, problem := s.Follow(p, test.dest)
		if text, hint := s.Explain(p, test.dest, false, target, problem); text != test.text || hint != test.hint {
			t.Errorf("%s: %q, %q; want %q, %q", test.dest, text, hint, test.text, test.hint)
		}
	}
}

// Not every one of a thousand broken links is compared with all names.
func TestGuessesAreBounded(t *testing.T) {
	s := linkSite(t)
	p := s.Of("a/b.md")
	for i := range mostGuesses + 1 {
		_, hint := s.Explain(p, "bb.md", false, Target{}, Missing)
		if guessed := strings.HasPrefix(hint, "bedoelde je"); guessed != (i < mostGuesses) {
			t.Fatalf("link %d: %q", i, hint)
		}
	}
	if _, hint := s.Explain(p, "over.md", false, Target{}, Missing); hint != "bedoelde je content/over.md?" {
		t.Errorf("a file of that name costs nothing to find: %q", hint)
	}
}

func names(resources []*content.Resource) string {
	var list []string
	for _, r := range resources {
		list = append(list, r.File)
	}
	return strings.Join(list, " ")
}

// The files of a page stand in its folder, and in folders below it that are no
// pages themselves.
func TestResources(t *testing.T) {
	s := good(t, "a/index.md", "", "a/z.pdf", "x", "a/b/y.pdf", "x", "a/c/index.md", "", "a/c/q.pdf", "x", "a-b.pdf", "x", "a.pdf", "x", "aa/x.pdf", "x", "over.md", "", "b.md", "")
	for _, test := range []struct{ folder, want string }{
		{"a", "a/b/y.pdf a/c/q.pdf a/z.pdf"},
		{"a/b", "a/b/y.pdf"},
		{"b", ""},
		{".", "a-b.pdf a.pdf a/b/y.pdf a/c/q.pdf a/z.pdf aa/x.pdf"},
	} {
		if got := names(s.In(test.folder)); got != test.want {
			t.Errorf("in %s: %q, want %q", test.folder, got, test.want)
		}
	}
	for _, test := range []struct{ page, want string }{{"a/index.md", "a/b/y.pdf a/z.pdf"}, {"a/c/index.md", "a/c/q.pdf"}} {
		if got := names(s.Below(s.Of(test.page))); got != test.want {
			t.Errorf("below %s: %q, want %q", test.page, got, test.want)
		}
	}
	for _, test := range []struct {
		page, name, file string
		ok               bool
	}{
		{"a/index.md", "z.pdf", "a/z.pdf", true}, {"a/index.md", "b/y.pdf", "a/b/y.pdf", true}, {"a/index.md", "../a.pdf", "a.pdf", true},
		{"over.md", "a.pdf", "a.pdf", true}, {"over.md", "z.pdf", "z.pdf", false}, {"a/index.md", "Z.pdf", "a/Z.pdf", false},
		{"a/index.md", "../../x", "../x", false}, {"over.md", "a", "a", false}, {"over.md", "b.md", "b.md", false},
	} {
		if file, ok := s.Beside(s.Of(test.page), test.name); file != test.file || ok != test.ok {
			t.Errorf("beside %s, %s: %s, %v", test.page, test.name, file, ok)
		}
	}
	if s.Resource("a/z.pdf") == nil || s.Resource("a/index.md") != nil {
		t.Error("a resource is not found by its file")
	}
}

// What is not published cannot be linked to.
func TestNoLinksToWhatIsGone(t *testing.T) {
	s, _ := graph(t, "a.md", "", "a/index.md", "", "api.md", "", "feed.xml", "x", "api/x.pdf", "x")
	for _, file := range []string{"feed.xml", "api/x.pdf"} {
		if s.Resource(file) != nil {
			t.Errorf("%s is a resource", file)
		}
	}
	for dest, want := range map[string]string{
		"a/index.md": "de pagina content/a/index.md wordt niet gepubliceerd: het adres /a/ is ook van content/a.md",
		"/api/":      "de pagina content/api.md wordt niet gepubliceerd: het adres /api/ is van de site zelf",
	} {
		p := s.Of("a.md")
		target, problem := s.Follow(p, dest)
		if text, _ := s.Explain(p, dest, false, target, problem); text != want {
			t.Errorf("%s: %q, want %q", dest, text, want)
		}
	}
}
