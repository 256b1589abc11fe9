package markdown

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// fill fills the holes of d as a page would.
func fill(d *Document) string {
	return d.HTML(func(i int) string {
		h := d.Holes[i]
		dest, title := html.EscapeString(h.Dest), ""
		if h.Title != "" {
			title = ` title="` + html.EscapeString(h.Title) + `"`
		}
		switch h.Kind {
		case TermHole:
			return `<a href="` + dest + `"><abbr>` + html.EscapeString(h.Text) + `</abbr></a>`
		case ImageHole:
			return `<img src="` + dest + `" alt="` + html.EscapeString(h.Text) + `"` + title + `>`
		}
		return ` href="` + dest + `"` + title
	})
}

// cases are sources with the HTML they become. They are also the seeds of the
// fuzz targets.
var cases = []struct{ name, src, want string }{
	// CommonMark
	{"paragraphs", "een\ntwee\n\ndrie", "<p>een\ntwee</p>\n<p>drie</p>\n"},
	{"headings", "## een\n\ntwee\n---\n\n### drie ###", "<h2 id=\"een\">een</h2>\n<h2 id=\"twee\">twee</h2>\n<h3 id=\"drie\">drie</h3>\n"},
	{"emphasis", "*a* _b_ **c** __d__ ***e*** f*g*h snake_case_naam", "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em> f<em>g</em>h snake_case_naam</p>\n"},
	{"escapes", `\*a\* \<b\> 1\. &amp; &eacute; &#233; &#xE9; & &onzin; \a`, "<p>*a* &lt;b&gt; 1. &amp; é é é &amp; &amp;onzin; \\a</p>\n"},
	{"code span", "`a <b> & \"c\"` ``x`y``", "<p><code>a &lt;b&gt; &amp; &quot;c&quot;</code> <code>x`y</code></p>\n"},
	{"breaks", "a  \nb\\\nc\nd", "<p>a<br>\nb<br>\nc\nd</p>\n"},
	{"thematic break", "a\n\n***\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"},
	{"blockquote", "> a\n> b\n>\n> > c", "<blockquote>\n<p>a\nb</p>\n<blockquote>\n<p>c</p>\n</blockquote>\n</blockquote>\n"},
	{"tight list", "- a\n- b\n  1. c\n  2. d", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n</li>\n</ul>\n"},
	{"loose list", "- a\n\n- b", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n"},
	{"list start", "3) a\n4) b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
	{"empty item", "-\n- a", "<ul>\n<li></li>\n<li>a</li>\n</ul>\n"},
	{"indented code", "    a <b>\n\n      c", "<pre class=\"chroma\" tabindex=\"0\"><code>a &lt;b&gt;\n\n  c\n</code></pre>\n"},
	{"links", "[a](b.md) [c](<d e.md> \"T\\\"x\") [f][g] [g] [h]\n\n[g]: i.md 'j'", "<p><a href=\"b.md\">a</a> <a href=\"d e.md\" title=\"T&#34;x\">c</a> <a href=\"i.md\" title=\"j\">f</a> <a href=\"i.md\" title=\"j\">g</a> [h]</p>\n"},
	{"link destination", `[a](b&amp;c\)d%20e.md)`, "<p><a href=\"b&amp;c)d%20e.md\">a</a></p>\n"},
	{"link with markup", "[*a* `b` ![c](d.png)](e)", "<p><a href=\"e\"><em>a</em> <code>b</code> <img src=\"d.png\" alt=\"c\"></a></p>\n"},
	{"image", "![een *twee* [drie](x) `vier`](a.png 'T')", "<p><img src=\"a.png\" alt=\"een twee drie vier\" title=\"T\"></p>\n"},
	{"autolinks", "<https://a.nl/?b=c&d> <jan@a.nl>", "<p><a href=\"https://a.nl/?b=c&amp;d\">https://a.nl/?b=c&amp;d</a> <a href=\"mailto:jan@a.nl\">jan@a.nl</a></p>\n"},

	// what GitHub added
	{"strikethrough", "~~a~~ ~b~ ~~~c~~~", "<p><del>a</del> <del>b</del> ~~~c~~~</p>\n"},
	{"table", "a | b | c\n:-|:-:|-:\n*d* | `e\\|f` | g\\|h\ni", "<div class=\"table\" role=\"region\" aria-label=\"Tabel\" tabindex=\"0\"><table>\n" +
		"<thead>\n<tr>\n<th scope=\"col\" class=\"align-left\">a</th>\n<th scope=\"col\" class=\"align-center\">b</th>\n<th scope=\"col\" class=\"align-right\">c</th>\n</tr>\n</thead>\n" +
		"<tbody>\n<tr>\n<td class=\"align-left\"><em>d</em></td>\n<td class=\"align-center\"><code>e|f</code></td>\n<td class=\"align-right\">g|h</td>\n</tr>\n" +
		"<tr>\n<td class=\"align-left\">i</td>\n<td></td>\n<td></td>\n</tr>\n</tbody>\n</table></div>\n"},
	{"table without a head", "| | |\n|-|-|\n|a|b|", "<div class=\"table\" role=\"region\" aria-label=\"Tabel\" tabindex=\"0\"><table>\n<tbody>\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>\n"},
	{"two tables", "|a|\n|-|\n\n| |b|\n|-|-|", "<div class=\"table\" role=\"region\" aria-label=\"Tabel\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n</table></div>\n" +
		"<div class=\"table\" role=\"region\" aria-label=\"Tabel 2\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<td></td>\n<th scope=\"col\">b</th>\n</tr>\n</thead>\n</table></div>\n"},
	{"tasks", "- [ ] a\n- [X] b\n- [x](c)\n- d [x] e", "<ul>\n" +
		"<li class=\"task\"><span class=\"task-mark\" aria-hidden=\"true\">☐</span> <span class=\"visually-hidden\">nog te doen:</span> a</li>\n" +
		"<li class=\"task\"><span class=\"task-mark\" aria-hidden=\"true\">☑</span> <span class=\"visually-hidden\">gedaan:</span> b</li>\n" +
		"<li><a href=\"c\">x</a></li>\n<li>d [x] e</li>\n</ul>\n"},
	{"bare addresses", "https://a.nl/b_c_d?e=f. (http://x.nl/(y)) www.mbo.nl, hhttps://nee.nl https:// www.nee", "<p><a href=\"https://a.nl/b_c_d?e=f\">https://a.nl/b_c_d?e=f</a>. (<a href=\"http://x.nl/(y)\">http://x.nl/(y)</a>) <a href=\"https://www.mbo.nl\">www.mbo.nl</a>, hhttps://nee.nl https:// www.nee</p>\n"},
	{"bare addresses and marks", "**https://a.nl** https://a.nl/*b*/c--d https://a.nl?x=1&amp;", "<p><strong><a href=\"https://a.nl\">https://a.nl</a></strong> <a href=\"https://a.nl/*b*/c--d\">https://a.nl/*b*/c--d</a> <a href=\"https://a.nl?x=1\">https://a.nl?x=1</a>&amp;</p>\n"},
	{"bare e-mail", "jan_de.boer+x@mail.school.nl. a@b, @jan a\\@b.nl [jan@a.nl](x)", "<p><a href=\"mailto:jan_de.boer+x@mail.school.nl\">jan_de.boer+x@mail.school.nl</a>. a@b, @jan a@b.nl <a href=\"x\">jan@a.nl</a></p>\n"},
	{"alert", "> [!NOTE]\n> a", "<div class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">Opmerking</p>\n<p>a</p>\n</div>\n"},
	{"alert, loosely written", "> [!caution]  \n> *a*\n> b\n>\n> - c", "<div class=\"alert alert-caution\" role=\"note\">\n<p class=\"alert-title\">Let op</p>\n<p><em>a</em>\nb</p>\n<ul>\n<li>c</li>\n</ul>\n</div>\n"},
	{"alert without text", "> [!Tip]", "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n</div>\n"},
	{"alerts", "> [!IMPORTANT]\n>\n> a\n\n> [!WARNING]\n> b", "<div class=\"alert alert-important\" role=\"note\">\n<p class=\"alert-title\">Belangrijk</p>\n<p>a</p>\n</div>\n<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Waarschuwing</p>\n<p>b</p>\n</div>\n"},
	{"no alerts", "> [!NOTE] a\n\n> [!ANDERS]\n> b", "<blockquote>\n<p>[!NOTE] a</p>\n</blockquote>\n<blockquote>\n<p>[!ANDERS]\nb</p>\n</blockquote>\n"},

	// what others added
	{"definition list", "a\n: b\n: c\n\nd\n\n: e", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n<dt>d</dt>\n<dd>\n<p>e</p>\n</dd>\n</dl>\n"},
	{"footnotes", "a[^x] b[^y], [^X].\n\n[^y]: Y\n[^x]: X[^y]", "<p>a<sup class=\"footnote-ref\"><a href=\"#noot-1\" id=\"nootverwijzing-1\" role=\"doc-noteref\" aria-label=\"Voetnoot 1\">1</a></sup> " +
		"b<sup class=\"footnote-ref\"><a href=\"#noot-2\" id=\"nootverwijzing-2\" role=\"doc-noteref\" aria-label=\"Voetnoot 2\">2</a></sup>, " +
		"<sup class=\"footnote-ref\"><a href=\"#noot-1\" id=\"nootverwijzing-1-2\" role=\"doc-noteref\" aria-label=\"Voetnoot 1\">1</a></sup>.</p>\n" +
		"<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Voetnoten\">\n<ol>\n<li id=\"noot-1\">\n<p>X<sup class=\"footnote-ref\"><a href=\"#noot-2\" id=\"nootverwijzing-2-2\" role=\"doc-noteref\" aria-label=\"Voetnoot 2\">2</a></sup> " +
		"<a href=\"#nootverwijzing-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst\">↩︎</a> <a href=\"#nootverwijzing-1-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst 2\">↩︎</a></p>\n</li>\n" +
		"<li id=\"noot-2\">\n<p>Y <a href=\"#nootverwijzing-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst\">↩︎</a> <a href=\"#nootverwijzing-2-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst 2\">↩︎</a></p>\n</li>\n</ol>\n</section>\n"},
	{"footnote in a link", "[a[^1]](b)\n\n[^1]: c\n\n    - d", "<p><a href=\"b\">a</a><sup class=\"footnote-ref\"><a href=\"#noot-1\" id=\"nootverwijzing-1\" role=\"doc-noteref\" aria-label=\"Voetnoot 1\">1</a></sup></p>\n" +
		"<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Voetnoten\">\n<ol>\n<li id=\"noot-1\">\n<p>c</p>\n<ul>\n<li>d</li>\n</ul>\n<p> <a href=\"#nootverwijzing-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst\">↩︎</a></p>\n</li>\n</ol>\n</section>\n"},
	{"fenced code", "~~~\na <b>\n~~~\n\n```onbekend <x>\nc\n```", "<pre class=\"chroma\" tabindex=\"0\"><code>a &lt;b&gt;\n</code></pre>\n<pre class=\"chroma\" tabindex=\"0\"><code class=\"language-onbekend\">c\n</code></pre>\n"},
	{"coloured code", "```go\nfunc a() string { return \"<x>\" } // b\n```", "<pre class=\"chroma\" tabindex=\"0\"><code class=\"language-go\"><span class=\"kd\">func</span> <span class=\"nf\">a</span><span class=\"p\">()</span> <span class=\"kt\">string</span> <span class=\"p\">{</span> <span class=\"k\">return</span> <span class=\"s\">&quot;&lt;x&gt;&quot;</span> <span class=\"p\">}</span> <span class=\"c1\">// b</span>\n</code></pre>\n"},

	// typography
	{"quotes", `"a" 'b' ("c") "*d*" **"e"** "'f'" [g "h"](i)`, "<p>“a” ‘b’ (“c”) “<em>d</em>” <strong>“e”</strong> “‘f’” <a href=\"i\">g “h”</a></p>\n"},
	{"apostrophes", `foto's 's avonds 't Huis 'n 's-Hertogenbosch Hans' boek '90 don't 'S MORGENS`, "<p>foto’s ’s avonds ’t Huis ’n ’s-Hertogenbosch Hans’ boek ’90 don’t ’S MORGENS</p>\n"},
	{"quotes that stay", "5\" 6' \\\"a\\\" &quot;b&quot; `\"c\"` 1'2", "<p>5&quot; 6' &quot;a&quot; &quot;b&quot; <code>&quot;c&quot;</code> 1'2</p>\n"},
	{"quotes end with their block", "\"a\n\nb\"", "<p>“a</p>\n<p>b&quot;</p>\n"},
	{"dashes and dots", "a -- b --- c ---- d - e... f.... g.. h......", "<p>a – b — c ---- d - e… f…. g.. h......</p>\n"},

	// headings
	{"heading ids", "## Café ÉÉN\n## Café één!\n## IJs & \"co\": foto's\n## 2022-2023\n## ???\n## Ĳsland œuvre Straße Ελλάδα\n## Inhoud", "<h2 id=\"cafe-een\">Café ÉÉN</h2>\n<h2 id=\"cafe-een-2\">Café één!</h2>\n<h2 id=\"ijs-co-foto-s\">IJs &amp; “co”: foto’s</h2>\n<h2 id=\"2022-2023\">2022-2023</h2>\n<h2 id=\"kop\">???</h2>\n<h2 id=\"ijsland-oeuvre-strasse-ελλάδα\">Ĳsland œuvre Straße Ελλάδα</h2>\n<h2 id=\"inhoud-2\">Inhoud</h2>\n"},
	{"heading attributes", "## a {#b .c .d}\n## e {#b style=\"x\" onclick=y}\n## f {#main}\n## g {h}\ni {#j}\n---", "<h2 id=\"b\" class=\"c d\">a</h2>\n<h2 id=\"b-2\">e</h2>\n<h2 id=\"main-2\">f</h2>\n<h2 id=\"g-h\">g {h}</h2>\n<h2 id=\"j\">i</h2>\n"},
	{"heading with a link", "## a [b](c) `d` ![e](f)", "<h2 id=\"a-b-d-e\">a <a href=\"c\">b</a> <code>d</code> <img src=\"f\" alt=\"e\"></h2>\n"},
	{"heading in a list", "- ## a\n  b", "<ul>\n<li>\n<h2 id=\"a\">a</h2>\nb</li>\n</ul>\n"},

	// raw HTML
	{"allowed in a text", "a <kbd class=\"x\" id=y>b</kbd> c<br>d <SUB>e", "<p>a <kbd id=\"y\" class=\"x\">b</kbd> c<br>d <sub>e</sub></p>\n"},
	{"not allowed in a text", "a <b>*b*</b> <span style=\"x\">c</span> <!-- d --> <?e?> <!F>", "<p>a <em>b</em> c   </p>\n"},
	{"attributes", "<kbd id='a' class='b \" c' onclick=\"x()\" style=y title=z>d</kbd>", "<p><kbd id=\"a\" class=\"b c\">d</kbd></p>\n"},
	{"script in a text", "a <script>alert(1)</script> b <style>c\nd", "<p>a  b </p>\n"},
	{"tags across marks", "<kbd>*a</kbd>* b", "<p><kbd><em>a</em> b</kbd></p>\n"},
	{"details", "<details class=\"x\"><summary>a <kbd>b</kbd></summary>\nc &amp; \"d\"\n\n*e*\n\n</details>\n\nf", "<details class=\"x\">\n<summary>a <kbd>b</kbd></summary>\n<p>c &amp; &quot;d&quot;\n</p>\n<p><em>e</em></p>\n</details>\n<p>f</p>\n"},
	{"text in a block", "<section>\na <b>b</b>\n<table><tr><td>c</td></tr></table>\n</section>", "<p>a b\n</p>\n<p>c</p>\n"},
	{"script block", "<script>\nalert(1)\n\nb\n</script>\n\nc", "<p>c</p>\n"},
	{"script in a block", "<div>a<script>alert(1)</SCRIPT >b<style>c</style></div>", "<div>\n<p>a</p>\n<p>b</p>\n</div>\n"},
	{"comment block", "<!-- a\n\nb -->\n\nc", "<p>c</p>\n"},
	{"unclosed blocks", "> <div>\n> <p>a\n\nb", "<blockquote>\n<div>\n<p>a\n</p>\n</div>\n</blockquote>\n<p>b</p>\n"},
	{"broken tags", "<div a=\"b\n\n<kbd\n\na <kbd b", "<p>&lt;div a=&quot;b\n</p>\n<p>&lt;kbd</p>\n<p>a &lt;kbd b</p>\n"},

	// what must not pass
	{"schemes", "[a](javascript:x) [b](JaVaScRiPt&#58;x) [c](java&#10;script:x) [d](&#1;javascript:x) [e](data:text/html,x) [f](vbscript:x) [g](<java script:x>) ![h](data:image/png;base64,x) <javascript:i> [j](file:///etc) [k](ht&#9;tps://a)", "<p>a b c d e f g h javascript:i j k</p>\n"},
	{"schemes that pass", "[a](HTTPS://a) [b](tel:+31) [c](//d/e) [f](g#h:i) [j](?k:l) [m]() [n](#o)", "<p><a href=\"HTTPS://a\">a</a> <a href=\"tel:+31\">b</a> <a href=\"//d/e\">c</a> <a href=\"g#h:i\">f</a> <a href=\"?k:l\">j</a> <a href=\"\">m</a> <a href=\"#o\">n</a></p>\n"},
	{"quotes in attributes", "## a {#\"><script>}\n\n[b](c\"><script> \"'><\")", "<h2 id=\"a\">a {#&quot;&gt;</h2>\n<p><a href=\"c&#34;&gt;&lt;script&gt;\" title=\"&#39;&gt;&lt;\">b</a></p>\n"},
	{"control characters", "a\x00b &#0; &#1; &#xD800; \x1b[0m \x7f\r\nc\rd \xff", "<p>a\ufffdb \ufffd \ufffd \ufffd \ufffd[0m \ufffd\nc\nd \ufffd</p>\n"},
	{"nul in code", "`\x00`\n\n```\n\x00\n```", "<p><code>\ufffd</code></p>\n<pre class=\"chroma\" tabindex=\"0\"><code>\ufffd\n</code></pre>\n"},
	{"nothing", "", ""},
	{"blank", " \n\n\t\n", ""},

	// what is told as a slip
	{"slips", "[a](b c.md) [d][e] ![f][]\n\n> ```\n> g", "<p>[a](b c.md) [d][e] ![f][]</p>\n<blockquote>\n<pre class=\"chroma\" tabindex=\"0\"><code>g\n</code></pre>\n</blockquote>\n"},
	{"lost cells", "|a|\n|-|\n|b|c|d|", "<div class=\"table\" role=\"region\" aria-label=\"Tabel\" tabindex=\"0\"><table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>\n"},
	{"decorative image", "![Decoratief](a.png) [![b](c)](d)", "<p><img src=\"a.png\" alt=\"\"> <a href=\"d\"><img src=\"c\" alt=\"b\"></a></p>\n"},
}

// testOptions allow what the cases need.
var testOptions = Options{Tags: []string{"kbd", "sub", "br", "details", "summary", "div", "p", "script", "iframe"}}

func TestHTML(t *testing.T) {
	r := New(testOptions)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := r.Render([]byte(c.src), "Titel")
			if got := fill(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			checkDocument(t, d, c.src)
		})
	}
}

func TestTitle(t *testing.T) {
	for _, c := range []struct{ name, src, title, wantTitle, wantHTML string }{
		{"taken", "# Een \"titel\" *hier*\n\ntekst", "", "Een “titel” hier", "<p>tekst</p>\n"},
		{"taken behind what does not show", "<!-- x -->\n\n[a]: b\n[^c]: d\n\nTitel\n=====\n\ntekst", "", "Titel", "<p>tekst</p>\n"},
		{"same as the title", "#  de   Titel \n\ntekst", "De titel", "", "<p>tekst</p>\n"},
		{"same but for typography", "# 's Avonds: \"een\" -- twee", "’s avonds: \"een\" – twee", "", ""},
		{"another than the title", "# Anders", "Titel", "", "<h2 id=\"anders\">Anders</h2>\n"},
		{"not first", "tekst\n\n# Titel", "", "", "<p>tekst</p>\n<h2 id=\"titel\">Titel</h2>\n"},
		{"twice", "# Titel\n# Titel", "", "Titel", "<h2 id=\"titel\">Titel</h2>\n"},
		{"level 2", "## Titel", "", "", "<h2 id=\"titel\">Titel</h2>\n"},
		{"empty", "#\n\ntekst", "", "", "<p>tekst</p>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := New(Options{}).Render([]byte(c.src), c.title)
			if d.Title != c.wantTitle || fill(d) != c.wantHTML {
				t.Errorf("got %q and\n%s\nwant %q and\n%s", d.Title, fill(d), c.wantTitle, c.wantHTML)
			}
		})
	}
}

// The sample, which the benchmarks use, is a text as authors should write it.
func TestSample(t *testing.T) {
	src, err := os.ReadFile("testdata/voorbeeld.md")
	if err != nil {
		t.Fatal(err)
	}
	d := New(Options{}).Render(src, "")
	checkDocument(t, d, string(src))
	if len(d.Problems) > 0 || len(d.Holes) != 6 || len(d.Headings) != 5 || d.Title != "Samen leren lesgeven met een digibord" {
		t.Errorf("title %q, problems %v, holes %v, headings %v", d.Title, d.Problems, d.Holes, d.Headings)
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      []Problem
	}{
		{"none", "a [b](c) ![d](e)\n\n## f\n### g\n## h", nil},
		{"raw HTML", "é <b>x</b> </i>\n\n<!-- c -->\n\n  <table>\n<tr>", []Problem{{DroppedHTML, "b", 1, 3}, {DroppedHTML, "i", 1, 12}, {DroppedHTML, "", 3, 1}, {DroppedHTML, "table", 5, 3}, {DroppedHTML, "tr", 6, 1}}},
		{"raw HTML in a quote", "> <div>\n> a <b>\n> </div>", []Problem{{DroppedHTML, "b", 2, 5}}},
		{"attributes", "a <kbd title=x>b</kbd>\n\n## c {lang=nl}", []Problem{{DroppedAttribute, "title", 1, 3}, {DroppedAttribute, "lang", 3, 1}}},
		{"links", "a [b](ftp://c) ![d](data:e) <foo:f>", []Problem{{DroppedLink, "ftp://c", 1, 3}, {DroppedLink, "data:e", 1, 16}, {DroppedLink, "foo:f", 1, 29}}},
		{"empty", "éé [](a) [![](b)](c) ![ ](d)", []Problem{{EmptyLink, "a", 1, 4}, {EmptyLink, "c", 1, 10}, {MissingAlt, "b", 1, 11}, {MissingAlt, "d", 1, 22}}},
		{"headings", "### a\n\n# b\n\n#### c\n\nd\n=", []Problem{{SkippedLevel, "a", 1, 1}, {ExtraTitle, "b", 3, 1}, {SkippedLevel, "c", 5, 1}, {ExtraTitle, "d", 7, 1}}},
		{"anchors", "## a\n## b {#a}\n## c {#menu}\n<kbd id=a>d</kbd>", []Problem{{DoubleAnchor, "a", 2, 1}, {DoubleAnchor, "menu", 3, 1}, {DoubleAnchor, "a", 4, 1}}},
		{"decorative", "![decoratief](a) ![ *Decoratief* ](b) ![decorative](c) [![decoratief](d)](e)", []Problem{{EmptyLink, "e", 1, 56}}},
		{"spaced links", "é [a](b c.md) ![a](b (1).png \"t\") [a](b.md Titel) [a]( https://b/c d ) [a](#b c)\n> [a\n> b](c/ d)", []Problem{{SpacedLink, "b c.md", 1, 3}, {SpacedLink, "b (1).png \"t\"", 1, 15},
			{SpacedLink, "b.md Titel", 1, 35}, {SpacedLink, "https://b/c d", 1, 51}, {SpacedLink, "#b c", 1, 72}, {SpacedLink, "c/ d", 2, 3}}},
		{"no spaced links", "[a](b c) [a](o.a. b) [a](b c.md \\[a](b c.md) `[a](b c.md)` [a](b \"c d.md\") [a](<b c.md>) [a [b](c)](d.md \"e\") [a](b c.md\n) ]( a b.md)", nil},
		{"no reference", "[a][b c] ![d][] [e\nf][1], [g][]\n\n[g]: h", []Problem{{NoReference, "b c", 1, 1}, {NoReference, "d", 1, 10}, {NoReference, "1", 1, 17}}},
		{"no slip in references", "[1][2] [1] [a] [A][B] [a][a] [a][b][c] x[a][b] [a][b](c) [[a][b]] [] [][] [][B] [a](b)[c] [!a][b] `[a][b]` \\[a][b] [a [g](h) i][g]\n\n[g]: h", nil},
		{"lost cells", "|a|b|\n|-|-|\n|c|d|\n| c | d | e | f |\nc|d||\n|c\\|d|e|\n> |a|\n> |-|\n>  b|`c|d`", []Problem{{LostCells, "e | f", 4, 1}, {LostCells, "`c|d`", 9, 3}}},
		{"open fences", "```\n```\n\n- ~~~~\n  a\n  ~~~\n\n> ````\n> a\n\n```\na\n``", []Problem{{OpenFence, "", 4, 3}, {OpenFence, "", 8, 3}, {OpenFence, "", 11, 1}}},
		{"footnotes", "a[^1] b[^2] [^c](d)\n\n[^1]: e\n[^1]: f\n[^3]: g", []Problem{{MissingFootnote, "2", 1, 8}, {UnusedFootnote, "1", 4, 1}, {UnusedFootnote, "3", 5, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := New(testOptions).Render([]byte(c.src), "Titel").Problems; !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %v\nwant %v", got, c.want)
			}
		})
	}
}

func TestHoles(t *testing.T) {
	src := "# T\n\néén [twee](a.md) en ![drie](b.png \"c\")\r\n> - [vier\n>   *vijf*](d&amp;e.md) https://f.nl\n\n| x | [g](h) |\n|---|---|\n| y | jan@i.nl |\n\n[j]: k.md\n[j] <https://l.nl> www.m.nl[^1]\n\n[^1]: [n](o) [q ![decoratief](r)](p)"
	want := []Hole{
		{Kind: LinkHole, Dest: "a.md", Title: "", Text: "twee", Line: 3, Col: 5},
		{Kind: ImageHole, Dest: "b.png", Title: "c", Text: "drie", Line: 3, Col: 21},
		{Kind: LinkHole, Dest: "d&e.md", Title: "", Text: "vier vijf", Line: 4, Col: 5},
		{Kind: LinkHole, Dest: "https://f.nl", Title: "", Text: "https://f.nl", Line: 5, Col: 25},
		{Kind: LinkHole, Dest: "h", Title: "", Text: "g", Line: 7, Col: 7},
		{Kind: LinkHole, Dest: "mailto:jan@i.nl", Title: "", Text: "jan@i.nl", Line: 9, Col: 7},
		{Kind: LinkHole, Dest: "k.md", Title: "", Text: "j", Line: 12, Col: 1},
		{Kind: LinkHole, Dest: "https://l.nl", Title: "", Text: "https://l.nl", Line: 12, Col: 5},
		{Kind: LinkHole, Dest: "https://www.m.nl", Title: "", Text: "www.m.nl", Line: 12, Col: 20},
		{Kind: LinkHole, Dest: "o", Title: "", Text: "n", Line: 14, Col: 7},
		{Kind: LinkHole, Dest: "p", Text: "q", Line: 14, Col: 14},
		{Kind: ImageHole, Dest: "r", Line: 14, Col: 17, Decorative: true, InLink: true},
	}
	got := New(Options{}).Render([]byte(src), "T").Holes
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("hole %d: got %+v\nwant %+v", i, got[min(i, len(got)):], want[min(i, len(want)):])
		}
	}
}

// A link to a file has a place at its end for what the file is.
func TestFileHoles(t *testing.T) {
	for _, c := range []struct {
		dest string
		want bool
	}{
		{"a.pdf", true}, {"../b/poster klein.PDF", true}, {"a.tar.gz#page=2", true}, {"/x/a.csv?b", true},
		{"a.md", false}, {"a.html", false}, {"a", false}, {"a.", false}, {"a/", false}, {"#a.pdf", false}, {"?a.pdf", false},
		{"https://b.nl/a.pdf", false}, {"//b.nl/a.pdf", false}, {"mailto:a@b.nl", false}, {"a.b/c", false},
	} {
		d := New(Options{}).Render([]byte("[*x* ![y](z.png)](<"+c.dest+">)"), "T")
		last := d.Holes[len(d.Holes)-1]
		if got := last.Kind == FileHole; got != c.want || got && (last.Dest != c.dest || !strings.HasPrefix(d.Chunks[len(d.Holes)], "</a>")) {
			t.Errorf("%s: %+v before %q", c.dest, last, d.Chunks[len(d.Holes)])
		}
	}
}

// A text of a field has ids and levels of its own.
func TestField(t *testing.T) {
	src := "# A\n\n##### a\n\n## menu {#b}\n\n<kbd id=b>c</kbd> <kbd id=menu>d</kbd>[^1]\n\n[^1]: e\n"
	d := New(testOptions).RenderField([]byte(src), "veld_")
	want := "<h3 id=\"veld_a\">A</h3>\n<h3 id=\"veld_a-2\">a</h3>\n<h3 id=\"veld_b\">menu</h3>\n<p><kbd>c</kbd> <kbd id=\"veld_menu\">d</kbd>" +
		"<sup class=\"footnote-ref\"><a href=\"#veld_noot-1\" id=\"veld_nootverwijzing-1\" role=\"doc-noteref\" aria-label=\"Voetnoot 1\">1</a></sup></p>\n" +
		"<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Voetnoten\">\n<ol>\n<li id=\"veld_noot-1\">\n<p>e <a href=\"#veld_nootverwijzing-1\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Terug naar de tekst\">↩︎</a></p>\n</li>\n</ol>\n</section>\n"
	if got := fill(d); got != want || d.Title != "" {
		t.Errorf("got %q and\n%s\nwant\n%s", d.Title, got, want)
	}
	if want := []Problem{{FieldHeading, "A", 1, 1}, {FieldHeading, "a", 3, 1}, {FieldHeading, "menu", 5, 1}, {DoubleAnchor, "b", 7, 1}}; !reflect.DeepEqual(d.Problems, want) {
		t.Errorf("got  %v\nwant %v", d.Problems, want)
	}
	checkDocument(t, d, src)
	if d := New(Options{}).RenderField([]byte("## Nu"), "me"); d.Anchors[0] != "menu-2" {
		t.Errorf("got %q, which templates use", d.Anchors)
	}
}

func TestSections(t *testing.T) {
	src := "Voor *alles* uit & `code`.\nTweede \"regel\".\n\n- a\n- b\n\n## Kop [één](x)\n\n| k1 | k2 |\n|----|----|\n| v1 | **v2** |\n\n![beeld](y)\n\n### Leeg\n\n## Slot\n\n> [!TIP]\n> tip[^1]\n\n```go\nvar a int\n\nvar b\n```\n\n[^1]: noot <kbd>K</kbd>\n"
	d := New(testOptions).Render([]byte(src), "T")
	want := []Section{
		{"", "", "Voor alles uit & code. Tweede “regel”.\na\nb"},
		{"kop-een", "Kop één", "k1 k2\nv1 v2\nbeeld"},
		{"leeg", "Leeg", ""},
		{"slot", "Slot", "tip\nvar a int\n\nvar b\nnoot K"},
	}
	if !reflect.DeepEqual(d.Sections, want) {
		t.Errorf("got  %q\nwant %q", d.Sections, want)
	}
	if d.Words != 20 {
		t.Errorf("got %d words, want 20", d.Words)
	}
	if want := []Heading{{2, "kop-een", "Kop één"}, {3, "leeg", "Leeg"}, {2, "slot", "Slot"}}; !reflect.DeepEqual(d.Headings, want) {
		t.Errorf("got %v, want %v", d.Headings, want)
	}
	if want := []string{"kop-een", "leeg", "slot", "nootverwijzing-1", "noot-1"}; !reflect.DeepEqual(d.Anchors, want) {
		t.Errorf("got %v, want %v", d.Anchors, want)
	}
	if d := New(Options{}).Render([]byte("## A\n\nb"), ""); len(d.Sections) != 1 || d.Sections[0].Title != "A" {
		t.Errorf("an empty first section is there: %q", d.Sections)
	}
}

func TestLanguage(t *testing.T) {
	d := New(Options{Language: "en-GB"}).Render([]byte("> [!CAUTION]\n> a[^1]\n\n- [x] b\n\n[^1]: c\n\n|d|\n|-|\n"), "")
	for _, want := range []string{">Caution<", `"Footnote 1"`, `"Footnotes"`, `"Back to the text"`, ">done:<", `"Table"`} {
		if !strings.Contains(fill(d), want) {
			t.Errorf("no %s in\n%s", want, fill(d))
		}
	}
}

func TestKey(t *testing.T) {
	key := Options{Tags: []string{"sub", "KBD", "kbd", "script"}}.Key()
	if same := (Options{Tags: []string{"kbd", "sub"}, Language: "nl-NL"}).Key(); same != key {
		t.Errorf("%q and %q differ", key, same)
	}
	seen := map[string]bool{key: true}
	for _, other := range []Options{
		{}, {Tags: []string{"kbd"}}, {Tags: []string{"kbd", "sub"}, Language: "en"},
		{Terms: []Term{{"a", []string{"b", "c"}}}}, {Terms: []Term{{"a", []string{"b c"}}}}, {Terms: []Term{{"a", []string{"b"}}, {"c", nil}}}, {Terms: []Term{{"a", []string{"c", "b"}}}},
	} {
		if seen[other.Key()] {
			t.Errorf("%v has the key of another", other)
		}
		seen[other.Key()] = true
	}
}

// A renderer is shared by many goroutines, and keeps nothing from one text to the next.
func TestConcurrent(t *testing.T) {
	r := New(testOptions)
	var want []*Document
	for _, c := range cases {
		want = append(want, New(testOptions).Render([]byte(c.src), "Titel"))
	}
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range cases {
				i = (i*7 + n*13) % len(cases)
				src := []byte(cases[i].src)
				d := r.Render(src, "Titel")
				clear(src)
				if !reflect.DeepEqual(d, want[i]) {
					t.Errorf("%s: differs when rendered among others", cases[i].name)
				}
			}
		})
	}
	wg.Wait()
}

// Whatever colours code, its text stays the same.
func TestPaint(t *testing.T) {
	samples := []string{
		"", "\n", "a", "\"", "'a\n'b", "`x\ny`", "/* a", "// a\n# b\n-- c\n; d", "<a b='c' d=\"e\">f</a><!-- g", "<a <b/>", "{{x}}",
		"a: b # c\n- \"d\": 1.5\n  e: [true, ~, 2022-01-01]\n&x *y !z", "{\"a\": [1, -2.5e3, null], \"b\": \"c\\\"d\"}",
		"@media (x) { .a #b { color: #fff; --c: 1px } }", "$ sudo ls --all -l $HOME ${X} \"$Y\"", "+a\n-b\n@@ c\n+++ d\n", "func é(ñ int) { return 0x1F + 1_000.5 }",
		"def f(x): '''doc\n''' \"\"\"d", "#include <a.h>\nint main() { return 'a'; }", "SELECT * FROM a WHERE b = 'c' -- d", "[a]\nb = 1\n; c", "# a\n> b\n`c`\n```d\n",
	}
	painted := 0
	for _, name := range []string{"", "geen-taal", "go", "yaml", "json", "html", "css", "bash", "sql", "diff", "python", "c", "ini", "markdown", "javascript", "xml", "php"} {
		for _, code := range samples {
			got := paint(nil, name, []byte(code))
			if text := html.UnescapeString(stripTags(string(got))); text != code {
				t.Errorf("%s: %q became %q", name, code, got)
			}
			if bytes.Contains(got, []byte("<span")) {
				painted++
			}
		}
	}
	if painted < 100 {
		t.Errorf("only %d samples have colours", painted)
	}
	for _, c := range []struct{ language, code, want string }{
		{"yaml", "titel: \"a\"\n", `<span class="nt">titel</span><span class="p">:</span> <span class="s2">&quot;a&quot;</span>` + "\n"},
		{"json", `{"a": 1}`, `<span class="p">{</span><span class="nt">&quot;a&quot;</span><span class="p">:</span> <span class="mi">1</span><span class="p">}</span>`},
		{"diff", "+a\n b\n", "<span class=\"gi\">+a\n</span> b\n"},
		{"geen-taal", "<b>", "&lt;b&gt;"},
		{"go", strings.Repeat("x := 1\n", maxPainted/7+1), strings.Repeat("x := 1\n", maxPainted/7+1)},
	} {
		if got := string(paint(nil, c.language, []byte(c.code))); got != c.want {
			t.Errorf("%s: got\n%.500s\nwant\n%.500s", c.language, got, c.want)
		}
	}
}

func stripTags(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(after, ">")
	}
}

func ExampleRenderer_Render() {
	d := New(Options{}).Render([]byte("# Een titel\n\nLees [meer](meer.md)."), "")
	fmt.Println(d.Title)
	fmt.Print(d.HTML(func(i int) string { return ` href="/meer/"` }))
	// Output:
	// Een titel
	// <p>Lees <a href="/meer/">meer</a>.</p>
}
