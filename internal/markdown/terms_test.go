package markdown

import (
	"reflect"
	"testing"
)

// marked is d with {ID|words} for each term.
func marked(d *Document) string {
	return d.HTML(func(i int) string {
		switch h := d.Holes[i]; h.Kind {
		case TermHole:
			return "{" + h.Dest + "|" + string(appendEscaped(nil, h.Text)) + "}"
		case ImageHole:
			return "<img>"
		}
		return ""
	})
}

func TestTerms(t *testing.T) {
	r := New(Options{Tags: []string{"abbr", "kbd", "sub"}, Terms: []Term{
		{ID: "avg", Names: []string{"AVG", "Algemene verordening gegevensbescherming"}},
		{ID: "bpv", Names: []string{"bpv", "stage"}},
		{ID: "begeleider", Names: []string{"bpv-begeleider"}},
		{ID: "pdg", Names: []string{"pedagogisch-didactisch  getuigschrift", " PDG "}},
		{ID: "getuigschrift", Names: []string{"getuigschrift"}},
		{ID: "im", Names: []string{"im", "ijkpunt"}},
		{ID: "r&d", Names: []string{"R&D", "o.a.", "'t Hart", "foto's", ".NET", "één<vlak>"}},
		{ID: "empty", Names: []string{"", " ", "--"}},
		{ID: "second", Names: []string{"AVG", "Bpv"}},
	}})
	for _, c := range []struct{ name, src, want string }{
		{"once for all names", "De AVG, AVG en Algemene verordening gegevensbescherming.", "De {avg|AVG}, AVG en Algemene verordening gegevensbescherming."},
		{"longest name", "Een bpv-begeleider bij de bpv.", "Een {begeleider|bpv-begeleider} bij de {bpv|bpv}."},
		{"longest name, met before", "PDG. Pedagogisch-didactisch getuigschrift. Getuigschrift.", "{pdg|PDG}. Pedagogisch-didactisch getuigschrift. {getuigschrift|Getuigschrift}."},
		{"whole words", "AVGs xAVG AVG2 2AVG AVGé AVG_x AVGë", "AVGs xAVG AVG2 2AVG AVGé AVG_x AVGë"},
		{"other words", "AVG-proof anti-AVG AVG- en AVG’s AVG's d'AVG avg.nl x.AVG AVG.nl @AVG a@AVG AVG‑proof", "AVG-proof anti-AVG AVG- en AVG’s AVG’s d’AVG avg.nl x.AVG AVG.nl @AVG a@AVG AVG‑proof"},
		{"beside marks", "(AVG)/Wpg", "({avg|AVG})/Wpg"},
		{"in quotes", "'AVG' en \"bpv\"", "‘{avg|AVG}’ en “{bpv|bpv}”"},
		{"beside dashes", "AVG--bpv---stage", "{avg|AVG}–{bpv|bpv}—stage"},
		{"end of a sentence", "Denk aan de bpv. Dit.", "Denk aan de {bpv|bpv}. Dit."},
		{"capital at the start", "Stage. Ijkpunt IJkpunt", "{bpv|Stage}. Ijkpunt {im|IJkpunt}"},
		{"the name itself goes first", "Bpv", "{second|Bpv}"},
		{"all capitals", "STAGE. IM. IJKPUNT", "{bpv|STAGE}. IM. {im|IJKPUNT}"},
		{"other spelling", "Avg avg bPV", "Avg avg bPV"},
		{"white space", "pedagogisch-didactisch\ngetuigschrift Algemene \u00a0 verordening\n gegevensbescherming", "{pdg|pedagogisch-didactisch getuigschrift} {avg|Algemene \u00a0 verordening gegevensbescherming}"},
		{"soft hyphens", "A\u00adVG\u00ad, be&shy;geleid, bpv\u00adplan, bpv&shy;-be&shy;geleider", "{avg|A\u00adVG}\u00ad, be\u00adgeleid, bpv\u00adplan, {begeleider|bpv\u00ad-be\u00adgeleider}"},
		{"soft hyphens before", "\u00ad AVG \u00adbpv x\u00adgetuigschrift", "\u00ad {avg|AVG} \u00ad{bpv|bpv} x\u00adgetuigschrift"},
		{"other hyphens", "pedagogisch‑didactisch getuigschrift", "{pdg|pedagogisch‑didactisch getuigschrift}"},
		{"apostrophes", "foto's", "{r&d|foto’s}"},
		{"apostrophe at the start", "Bij 't Hart", "Bij {r&d|’t Hart}"},
		{"characters of HTML", "\"x\" & <R&amp;D> R&D", "“x” &amp; &lt;{r&d|R&amp;D}&gt; R&amp;D"},
		{"escapes", `\<één\<vlak\>`, "&lt;{r&d|één&lt;vlak&gt;}"},
		{"dots", "o.a. zo", "{r&d|o.a.} zo"},
		{"dot at the start", "ASP.NET .NET", "ASP.NET {r&d|.NET}"},
		{"within marks", "*AVG* **stage**", "<em>{avg|AVG}</em> <strong>{bpv|stage}</strong>"},
		{"across marks", "**AVG**-proof, anti-**AVG**, bpv*x*, *bpv*'s, **Algemene** verordening gegevensbescherming", "<strong>AVG</strong>-proof, anti-<strong>AVG</strong>, bpv<em>x</em>, <em>bpv</em>’s, <strong>Algemene</strong> verordening gegevensbescherming"},
		{"hard line break", "pedagogisch-didactisch  \ngetuigschrift", "pedagogisch-didactisch<br>\n{getuigschrift|getuigschrift}"},
		{"links", "[AVG](x) <https://AVG.nl> https://bpv.nl AVG@bpv.nl AVG, ![AVG](x) bpv", "<a>AVG</a> <a>https://AVG.nl</a> <a>https://bpv.nl</a> <a>AVG@bpv.nl</a> {avg|AVG}, <img> {bpv|bpv}"},
		{"around an e-mail address", "de bpv a@b.nl de AVG", "de {bpv|bpv} <a>a@b.nl</a> de {avg|AVG}"},
		{"code", "`AVG` AVG", "<code>AVG</code> {avg|AVG}"},
		{"raw HTML", "<abbr>AVG *bpv*</abbr> <kbd>bpv</kbd> <sub>AVG</sub> <a>stage</a>", "<abbr>AVG <em>bpv</em></abbr> <kbd>bpv</kbd> <sub>{avg|AVG}</sub> {bpv|stage}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.Render([]byte(c.src), "T")
			if got, want := marked(d), "<p>"+c.want+"</p>\n"; got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			checkDocument(t, d, c.src)
		})
	}

	src := "## AVG\n\n    AVG\n\n| AVG |\n|---|\n| é bpv |\n\n> - AVG[^1]\n\nGetuigschrift\n: x\n\n[^1]: xPDG, een\n    xPDG PDG\n"
	d := r.Render([]byte(src), "")
	want := []Hole{
		{Kind: TermHole, Dest: "bpv", Text: "bpv", Line: 7, Col: 5},
		{Kind: TermHole, Dest: "avg", Text: "AVG", Line: 9, Col: 5},
		{Kind: TermHole, Dest: "getuigschrift", Text: "Getuigschrift", Line: 11, Col: 1},
		{Kind: TermHole, Dest: "pdg", Text: "PDG", Line: 15, Col: 10},
	}
	if !reflect.DeepEqual(d.Holes, want) {
		t.Errorf("got  %+v\nwant %+v", d.Holes, want)
	}
	// A document does not know what the one before met.
	if again := r.Render([]byte(src), ""); !reflect.DeepEqual(d, again) {
		t.Errorf("got  %+v\nwant %+v", again, d)
	}
}
