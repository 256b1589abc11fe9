package markdown

import (
	"bytes"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// maxPainted is how much code is coloured: half a millisecond goes into every
// hundred bytes or so, and a block longer than this is data rather than an example.
const maxPainted = 32 << 10

// maxLanguage is how long the name of a language may be to be looked for: the
// library compares it with patterns, which takes seconds for a name of some kilobytes.
const maxLanguage = 40

// language returns the language that a fence names, in lower case and with
// nothing but what may stand in a class.
func language(n *ast.FencedCodeBlock, src []byte) string {
	name := strings.ToLower(string(n.Language(src)))
	if end := strings.IndexFunc(name, func(c rune) bool {
		return !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.ContainsRune("+#-_", c))
	}); end >= 0 {
		name = name[:end]
	}
	return name
}

// code writes a block of code. It can be scrolled, so it can have the focus.
func (w *writer) code(lines *text.Segments, language string) {
	w.html = append(w.html, `<pre class="chroma" tabindex="0"><code`...)
	if language != "" {
		w.attribute("class", "language-"+language)
	}
	w.html = append(w.html, '>')
	w.startText()
	from := len(w.text)
	for i := range lines.Len() {
		segment := lines.At(i)
		w.text = append(w.text, segment.Value(w.src)...)
	}
	code := w.text[from:]
	w.words += words(string(code))
	w.html = paint(w.html, language, code)
	w.html = append(w.html, "</code></pre>\n"...)
	w.text = w.text[:from+len(bytes.TrimRight(code, "\n"))]
	w.endText('\n')
}

// paint appends code as HTML, with chroma's classes when it knows the language.
func paint(out []byte, language string, code []byte) []byte {
	tokens := tokenise(language, string(code))
	if tokens == nil {
		return appendEscaped(out, code)
	}
	for _, t := range tokens {
		class := chroma.StandardTypes[t.Type]
		if class == "" || strings.TrimSpace(t.Value) == "" {
			out = appendEscaped(out, t.Value)
			continue
		}
		out = append(append(append(out, `<span class="`...), class...), `">`...)
		out = append(appendEscaped(out, t.Value), "</span>"...)
	}
	return out
}

// tokenise takes code apart, or gives nil when that cannot be done without
// changing a letter of it.
func tokenise(language, code string) []chroma.Token {
	if language == "" || len(language) > maxLanguage || len(code) > maxPainted {
		return nil
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return nil
	}
	tokens, err := chroma.Tokenise(chroma.Coalesce(lexer), &chroma.TokeniseOptions{State: "root"}, code)
	if err != nil || chroma.Stringify(tokens...) != code {
		return nil
	}
	return tokens
}
