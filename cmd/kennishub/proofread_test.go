package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An author hears of each misspelt word where it stands, and how hard each text
// reads, the hardest first. A machine without hunspell says so; CI has it.
func TestProofread(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"site.yaml": "title: Hub\nwords: {known: data/woorden.yaml}\nkinds:\n  begrip: {file: data/begrippen.yaml, fields: {uitleg: {type: text, label: Uitlegg}}}\n",
		"content/a.md": "---\ntitle: Een docent\n---\n## Een koppp\n\nDe docentt geeft les met ict. Dat is ~~geen~~ `cooode`.\nKijk op www.scholl.nl. De docentt weet dat.\n\n" +
			"| Cel zonder zin |\n| --- |\n| iXperium |\n",
		"content/b.md":                "---\ntitle: Professionaliseringsactiviteiten\n---\nDe professionaliseringsactiviteiten van onderwijsinstellingen vereisen voortdurende verantwoordelijkheid.\n",
		"content/data/woorden.yaml":   "vakwoorden: [ict]\nnamen: [iXperium, Hub]\n",
		"content/data/begrippen.yaml": "- title: Bekwaam\n  uitleg: Wat je kunnt\n",
	})
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), []string{"proofread", "--source", dir}, &stdout, &stderr)
	if got := stdout.String(); !strings.HasPrefix(got, "Leesbaarheid van 2 teksten") || strings.Index(got, "zeer moeilijk") > strings.Index(got, "content/b.md") || strings.Index(got, "content/b.md") > strings.Index(got, "content/a.md") {
		t.Errorf("printed\n%s", got)
	}
	if strings.Contains(stderr.String(), "hunspell") && code == exitMachine && os.Getenv("CI") == "" {
		t.Skip("needs hunspell and hunspell-nl")
	}
	var places []string
	for line := range strings.Lines(stderr.String()) {
		if place, word, ok := strings.Cut(line, ": waarschuwing: onbekend woord "); ok {
			places = append(places, place+" "+strings.TrimSuffix(word, " [spelling]\n"))
		}
	}
	const want = `content/a.md:4:8 "koppp"; content/a.md:6:4 "docentt"; content/a.md:6:48 "cooode"; content/data/begrippen.yaml:2:18 "kunnt"; site.yaml:4:76 "Uitlegg"`
	if got := strings.Join(places, "; "); got != want || code != exitContent {
		t.Errorf("exit %d, said\n%s\ngot  %s\nwant %s", code, stderr.String(), got, want)
	}
	if _, err := os.Stat(filepath.Join(dir, "public")); err == nil {
		t.Error("something is published")
	}
}

// What is wrong with the site comes first and alone: words that are not known because
// their list is broken would bury it.
func TestProofreadTellsFaultsFirst(t *testing.T) {
	for _, test := range []struct{ name, list, page, want string }{
		{"a broken list of words", "vakwoorden: [Ict, ict]\n", "---\ntitle: A\n---\nDe docentt.\n", `content/data/woorden.yaml:1:19: fout: "ict" staat er twee keer`},
		{"a fault in a page", "vakwoorden: [ict]\n", "---\ntitle: A\n---\nDe docentt leest [b](b.md).\n", "content/a.md:4:18: fout: de link b.md"},
	} {
		dir := t.TempDir()
		write(t, dir, map[string]string{"site.yaml": "title: Hub\nwords: {known: data/woorden.yaml}\n", "content/a.md": test.page, "content/data/woorden.yaml": test.list})
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), []string{"proofread", "--source", dir}, &stdout, &stderr)
		if code != exitContent || stdout.Len() > 0 || !strings.HasPrefix(stderr.String(), test.want) || strings.Contains(stderr.String(), "docentt") {
			t.Errorf("%s: exit %d\n%s\nsaid\n%s", test.name, code, stdout.String(), stderr.String())
		}
	}
}
