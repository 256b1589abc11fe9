package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// series repeats f(0), f(1) and so on up to n bytes.
func series(n int, f func(i int) string) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		b.WriteString(f(i))
	}
	return b.String()
}

// Sources that would take minutes, gigabytes or the whole stack if a step were
// quadratic, or went down a level for each mark. There is no clock here: without
// the limits, the test does not end in time.
func TestLimits(t *testing.T) {
	const n = 300_000
	again := strings.Repeat
	options := testOptions
	options.Terms = slices.Clone(testTerms)
	for i := range 60_000 {
		options.Terms = append(options.Terms, Term{fmt.Sprint(i), []string{fmt.Sprintf("t%d", i)}})
	}
	r := New(options)
	for _, c := range []struct {
		name, src string
		deep      bool // a limit is met
	}{
		{"quotes", again(">", n), true},
		{"quotes and lines", again("> ", 10_000) + "x\n" + again("y\n", 1_000), true},
		{"quotes in lines", again(again("> ", 50)+"a\n", n/100), true},
		{"lists", again("- ", n/2) + "a", true},
		{"numbered lists", again("1. ", n/3) + "a", true},
		{"list in steps", series(n, func(i int) string { return again("  ", i) + "- a\n" }), true},
		{"blank lines in lists", again("- ", 30) + "a\n" + again("\n", n) + "b", false},
		{"definitions", "a\n" + again(": ", n/2) + "b", false},
		{"footnotes in footnotes", again("[^a]: ", n/6) + "x", true},
		{"open brackets", again("[", n), true},
		{"nested brackets", again("[", n/2) + "a" + again("]", n/2), true},
		{"links without an end", again("[a](", n/4), true},
		{"destinations without an end", again("[a](<b", n/6), true},
		{"destinations without an end in lines", again("[a](<b\n", n/7), true},
		{"images in images", again("![", 90) + "a" + again("](b)", 90), false},
		{"many links", again("[*a*](b) ", n/9), true},
		{"references", series(n, func(i int) string { return fmt.Sprintf("[a%d]: b\n", i) }), true},
		{"a run of stars", again("*", n) + "a" + again("*", n), true},
		{"a run of tildes", again("~", n), false},
		{"openers", again("*a _ ", n/5), true},
		{"closers", "a" + again("**b", n/3) + again("c* ", n/3), true},
		{"backticks", series(n, func(i int) string { return again("`", i+1) + "a" }), true},
		{"comments without an end", again("a <!-- ", n/7), true},
		{"comments in a block", "<div>" + again("<!--a", n/5), false},
		{"instructions without an end", "<div>" + again("<?a", n/3), false},
		{"tags without an end", again("<a b='", n/6), true},
		{"open elements", again("<kbd>", n/5), true},
		{"scripts without an end", again("a <script>", n/10), true},
		{"quotes", again("\"a 'b ", n/6), false},
		{"at signs", again("a@", n/2), false},
		{"e-mail addresses", again("a@b.nl ", n/7), false},
		{"addresses", again("https://a.nl ", n/13), true},
		{"an address", "https://a.nl/" + again("(", n/2) + again(")", n/2), false},
		{"the same heading", again("## a\n", n/5), false},
		{"braces", "# a " + again("{a=", n/3), true},
		{"braces below", "a " + again("{a=", n/3) + "\n---", true},
		{"a wide table", again("|a", 3_000) + "\n" + again("|-", 3_000) + "\n" + again("x\n", 3_000), true},
		{"a long table", "|a|b|\n|-|-|\n" + again("|c|d|\n", n/6), false},
		{"bars in code", "|a|\n|-|\n" + again("|`a\\|b`|\n", n/9), false},
		{"many footnotes", series(n, func(i int) string { return fmt.Sprintf("[^%d]\n\n[^%d]: x\n\n", i, i) }), false},
		{"a chain of footnotes", "[^0]\n\n" + series(n, func(i int) string { return fmt.Sprintf("[^%d]: [^%d]\n\n", i, i+1) }), false},
		{"one line", again("woord ", n/6), false},
		{"many lines", again("a\n", n/2), true},
		{"terms", series(n, func(i int) string { return fmt.Sprintf("t%d ", i%60_000) }), false},
		{"parts of terms", again("twee ", n/5), false},
		{"soft hyphens", again("\u00ad", n/2) + "a", false},
		{"soft hyphens and spaces", "a" + again("\u00ad \u00ada", n/6), false},
		{"cells that are lost", "|a|\n|-|\n" + again("|b|c\n", n/5) + again("|d", n/2), false},
		{"slips", again("[a][b] [c](d e.f) ", n/18), true},
		{"labels without an end", again("[a][b ", n/6), true},
		{"a long language", "```" + again("a", n) + "\nb\n```", false},
		{"code", "```go\n" + again("func a() {}\n", n/12), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.Render([]byte(c.src), "")
			deep := slices.ContainsFunc(d.Problems, func(p Problem) bool { return p.Kind == TooDeep })
			if deep != c.deep {
				t.Errorf("TooDeep is %v, want %v", deep, c.deep)
			}
			if strings.Count(d.HTML(func(int) string { return "" }), "<") > 4*n {
				t.Error("far more elements than source")
			}
		})
	}
}

// Past a limit nothing is lost: the marks are text.
func TestPastLimits(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"quotes", strings.Repeat("> ", maxDepth+2) + "slot", "<p>&gt; &gt; slot</p>"},
		{"run", strings.Repeat("*", maxRun+1) + "a", "<p>" + strings.Repeat("*", maxRun+1) + "a</p>"},
		{"long text", strings.Repeat("woord ", maxInline/6+1) + "*a* [b](c) <d> & \"e\"", " *a* [b](c) &lt;d&gt; &amp; “e”</p>"},
		{"many lines", strings.Repeat("een \"twee\"\n", maxLines+1), "een “twee”</p>\n<p>een “twee”</p>"},
		{"a table below many lines", strings.Repeat("x\n", maxLines+1) + "|a|\n|-|\n|b|\n", "<td>b</td>"},
	} {
		d := New(Options{}).Render([]byte(c.src), "")
		if html := d.HTML(func(int) string { return "" }); !strings.Contains(html, c.want) {
			t.Errorf("%s: no %q in %q", c.name, c.want, html[max(0, len(html)-600):])
		}
	}
	// The position of what follows joined blank lines stays true.
	src := "- a\n" + strings.Repeat("\n", 20*maxBlank) + "[b](c)\n"
	if h := New(Options{}).Render([]byte(src), "").Holes; len(h) != 1 || h[0].Line != 20*maxBlank+2 || h[0].Col != 1 {
		t.Errorf("got %+v", h)
	}
}
