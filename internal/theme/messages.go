package theme

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"kennishub/internal/diag"
)

// Asked are the messages that the view room asks for with [Theme.Text], besides
// those that templates name: titles of pages that nobody wrote, places in attachments.
var Asked = []string{"404.title", "attachment.page", "attachment.slide", "related", "search.page", "tags"}

// messages are the texts of one language by key.
type messages map[string]string

// has reports whether a template may ask for key, and whether it must come with a
// number because there is a text for one and a text for more.
func (m messages) has(key string) (ok, plural bool) {
	if _, ok := m[key]; ok {
		return true, false
	}
	_, one := m[key+".one"]
	_, other := m[key+".other"]
	return one && other, true
}

// arguments is how many arguments the text under key asks for.
func (m messages) arguments(key string) int {
	if text, ok := m[key]; ok {
		return placeholders(text)
	}
	return max(placeholders(m[key+".one"]), placeholders(m[key+".other"]), 1)
}

func placeholders(text string) int {
	n := 0
	for strings.Contains(text, "{"+strconv.Itoa(n)+"}") {
		n++
	}
	return n
}

func (m messages) text(key string, args []any) string {
	pattern, ok := m[key]
	if !ok && len(args) > 0 {
		if n, isInt := args[0].(int); isInt {
			pattern, ok = m[form(key, n)]
		}
	}
	if !ok {
		return key
	}
	values := make([]string, len(args))
	for i, arg := range args {
		values[i] = fmt.Sprint(arg)
	}
	return fillIn(pattern, values)
}

// form is the key of the text for n things.
func form(key string, n int) string {
	if n == 1 {
		return key + ".one"
	}
	return key + ".other"
}

// fillIn puts values in the place of {0}, {1} …; what is in a value stays as it is.
func fillIn(pattern string, values []string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		digits, after, closed := strings.Cut(rest, "}")
		if i, err := strconv.Atoi(digits); closed && err == nil && i >= 0 && i < len(values) {
			b.WriteString(values[i])
			pattern = after
			continue
		}
		b.WriteByte('{')
		pattern = rest
	}
}

// messages reads the texts of all languages, checks that they have the same keys,
// and returns those of one language.
func (r *reader) messages(language string) messages {
	files := r.list("messages/*.json")
	all := make(map[string]messages, len(files))
	var languages []string
	for _, file := range files {
		if text, ok := r.read(file); ok {
			name := strings.TrimSuffix(path.Base(file), ".json")
			languages = append(languages, name)
			all[name] = r.parseMessages(file, text)
		}
	}
	keys := map[string]bool{}
	for _, m := range all {
		for key := range m {
			keys[key] = true
		}
	}
	for _, name := range languages {
		if all[name] == nil {
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if _, ok := all[name][key]; !ok {
				r.found.Add(codeMessage.At(r.folder+"messages/"+name+".json", 0, 0,
					fmt.Sprintf("de sleutel %q ontbreekt", key), "een andere taal van het thema heeft hem wel: vul hem ook hier in"))
			}
		}
	}
	if !slices.Contains(languages, language) {
		r.found.Add(codeMissing.At(r.folder+"messages/"+language+".json", 0, 0,
			fmt.Sprintf("het thema heeft geen teksten voor de taal %q", language), diag.Suggest(language, languages)))
	}
	return all[language]
}

// parseMessages returns nil when the file is wrong.
func (r *reader) parseMessages(file, text string) messages {
	d := json.NewDecoder(strings.NewReader(text))
	fault := func(offset int64, why, hint string) messages {
		line, col := position(text, int(offset))
		r.found.Add(codeMessage.At(r.folder+file, line, col, why, hint))
		return nil
	}
	syntax := func(err error) messages {
		offset := d.InputOffset()
		if e, ok := err.(*json.SyntaxError); ok {
			offset = e.Offset - 1
		}
		offset = after(text, offset)
		return fault(offset, "dit is geen goede JSON: "+err.Error(), `schrijf een object met teksten: {"sleutel": "tekst"}`)
	}
	start, err := d.Token()
	if err != nil {
		return syntax(err)
	}
	if start != json.Delim('{') {
		return fault(0, "het bestand is geen JSON-object", `schrijf een object met teksten: {"sleutel": "tekst"}`)
	}
	m, good := messages{}, true
	for d.More() {
		at := after(text, d.InputOffset())
		token, err := d.Token()
		if err != nil {
			return syntax(err)
		}
		key := token.(string) // More and Token let only a string be a key
		var value any
		if err := d.Decode(&value); err != nil {
			return syntax(err)
		}
		s, isText := value.(string)
		_, twice := m[key]
		switch {
		case !isText:
			fault(at, fmt.Sprintf("de waarde van %q is geen tekst", key), "zet de waarde tussen aanhalingstekens")
			good = false
		case twice:
			fault(at, fmt.Sprintf("de sleutel %q staat er tweemaal", key), "haal er een weg")
			good = false
		}
		m[key] = s
	}
	if _, err := d.Token(); err != nil {
		return syntax(err)
	}
	if rest := strings.TrimSpace(text[d.InputOffset():]); rest != "" {
		return fault(after(text, d.InputOffset()), "na het object staat nog iets", "haal weg wat na de laatste } staat")
	}
	if !good {
		return nil
	}
	return m
}

// after skips the comma and the space before the next token.
func after(text string, offset int64) int64 {
	offset = min(max(offset, 0), int64(len(text)))
	return offset + int64(len(text[offset:])-len(strings.TrimLeft(text[offset:], ", \t\r\n")))
}
