package build

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// What git could not answer is asked again: a build without git is not remembered.
func TestGitIsAskedAgain(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip("needs git")
	}
	dir := t.TempDir()
	files{
		"site.yaml":            "title: Proef\nkinds: {stuk: {folder: stukken, cite: report}}\n",
		"content/over.md":      "---\ntitle: Over\n---\nTekst.\n",
		"content/stukken/a.md": "---\ntitle: Stuk\n---\nTekst.\n",
	}.write(t, dir)
	for _, args := range [][]string{{"init", "-q"}, {"add", "-A"}, {"-c", "user.name=x", "-c", "user.email=x@example.nl", "commit", "-q", "-m", "x"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2024-02-03T12:00:00Z", "GIT_COMMITTER_DATE=2024-02-03T12:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v\n%s", args, err, out)
		}
	}
	o := Options{Source: dir, Output: filepath.Join(dir, "public"), Now: day, NoSearch: true}
	path := os.Getenv("PATH")
	t.Setenv("PATH", t.TempDir())
	time.Sleep(200 * time.Millisecond) // so that the files are trusted, and the build could be remembered
	build(t, o)
	if site := published(t, o.Output); strings.Contains(site["over/index.html"], "2024-02-03") {
		t.Error("a day from git without git")
	}
	t.Setenv("PATH", path)
	build(t, o)
	site := published(t, o.Output)
	if !strings.Contains(site["over/index.html"], `<time datetime="2024-02-03">`) || !strings.Contains(site["sitemap.xml"], "<lastmod>2024-02-03</lastmod>") {
		t.Error("git is there again, but the days are not")
	}
	// The day on which a file came is not the day on which a work came out.
	stuk := site["stukken/a/index.html"]
	if !strings.Contains(stuk, `<time datetime="2024-02-03">`) || strings.Contains(stuk, "datePublished") || strings.Contains(stuk, "citation_publication_date") || !strings.Contains(stuk, `"dateCreated":"2024-02-03"`) {
		t.Errorf("a page without a date of its own: %s", stuk)
	}
	if strings.Contains(site["stukken/a/a.ris"], "2024") || strings.Contains(site["feed.xml"], "Stuk") {
		t.Error("the day of a commit is taken for the day on which a work came out")
	}
}
