package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // the day in Amsterdam is the same on every machine

	"github.com/spf13/cobra"

	"kennishub/internal/build"
	"kennishub/internal/diag"
)

// siteFlags are the flags of every command that reads a site.
type siteFlags struct {
	options build.Options
	now     string
	quiet   bool
}

func (f *siteFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.options.Source, "source", ".", "map van de site, met site.yaml en content/")
	flags.StringVar(&f.options.BaseURL, "base-url", "", "adres van de site, in plaats van baseURL uit site.yaml")
	flags.BoolVar(&f.options.Drafts, "drafts", false, "neem concepten mee (draft: true)")
	flags.BoolVar(&f.options.Future, "future", false, "neem pagina's mee die nog moeten verschijnen (publishDate)")
	flags.StringVar(&f.now, "now", "", "doe alsof het deze dag is, als 2024-03-01")
	flags.BoolVar(&f.quiet, "quiet", false, "druk alleen meldingen af")
}

// resolve fills in what depends on other flags.
func (f *siteFlags) resolve() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	f.options.Worker = []string{self}
	if f.now == "" {
		f.options.Now = today(time.Now())
		return nil
	}
	day, err := time.Parse(time.DateOnly, f.now)
	if err != nil {
		return usagef("--now %q is geen dag; schrijf jaar-maand-dag: --now 2024-03-01", f.now)
	}
	f.options.Now = day
	return nil
}

// today is the day in Amsterdam, where the readers of the hub are, as midnight UTC.
func today(now time.Time) time.Time {
	if zone, err := time.LoadLocation("Europe/Amsterdam"); err == nil {
		now = now.In(zone)
	}
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

// report prints the messages of a build and a line that counts them.
func report(w io.Writer, messages []diag.Message) error {
	if len(messages) == 0 {
		return nil
	}
	if err := diag.Write(w, messages); err != nil {
		return err
	}
	count := map[diag.Severity]int{}
	for _, m := range messages {
		count[m.Severity]++
	}
	_, err := fmt.Fprintf(w, "%s, %s; kennishub explain CODE zegt er meer over\n",
		plural(count[diag.Error], "fout", "fouten"), plural(count[diag.Warning], "waarschuwing", "waarschuwingen"))
	return err
}

// summarise says what a build did.
func summarise(w io.Writer, r *build.Result, output string, took time.Duration) {
	fmt.Fprintf(w, "%s: %s in %s\n", r.Title, plural(r.Pages, "pagina", "pagina's"), output)
	fmt.Fprintf(w, "  bestanden: %d geschreven, %d ongewijzigd, %d verwijderd\n", r.Written, r.Unchanged, r.Removed)
	if r.Documents > 0 {
		fmt.Fprintf(w, "  zoekindex: %s\n", plural(r.Documents, "document", "documenten"))
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(w, "  %s, %d MB geheugen\n", seconds(took), m.Sys>>20)
	listSkipped(w, r)
}

// listSkipped names the pages that are not shown now, and why.
func listSkipped(w io.Writer, r *build.Result) {
	if len(r.Skipped) > 0 {
		fmt.Fprintf(w, "  %s:\n", plural(len(r.Skipped), "pagina overgeslagen", "pagina's overgeslagen"))
	}
	for _, s := range r.Skipped {
		fmt.Fprintf(w, "    %s: %s\n", s.File, s.Reason)
	}
	if !r.NextChange.IsZero() {
		fmt.Fprintf(w, "  op %s verandert de site vanzelf: bouw haar dan opnieuw\n", r.NextChange.Format(time.DateOnly))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return strings.Replace(fmt.Sprintf("%.1f s", d.Seconds()), ".", ",", 1)
}

func suggestion(word string, allowed []string) string { return diag.Suggest(word, allowed) }

// explainError puts what a machine refused into words.
func explainError(err error) string {
	var p *fs.PathError
	path := ""
	if errors.As(err, &p) {
		path = p.Path
	}
	cause := "\n    " + firstLines(err.Error(), 3)
	switch {
	case errors.Is(err, context.Canceled):
		return "gestopt; wat er staat is heel"
	case errors.Is(err, build.ErrForeign):
		return "in de uitvoermap staat iets dat niet van kennishub is, dus er is niets in veranderd\n    kies een lege map met --output, of haal het zelf weg" + cause
	case errors.Is(err, build.ErrNoSpeller):
		return "de spelling is niet nagekeken: hunspell of zijn Nederlandse woordenboek ontbreekt\n    installeer ze (Debian en Ubuntu: apt install hunspell hunspell-nl)"
	case errors.Is(err, syscall.ENOSPC):
		return "de schijf is vol; wat er al stond is nog heel\n    maak ruimte en bouw opnieuw" + cause
	case errors.Is(err, fs.ErrPermission):
		return "geen recht om te schrijven of te lezen: " + path + "\n    geef jezelf rechten op die map, of kies een andere met --output" + cause
	case errors.Is(err, syscall.EROFS):
		return "op deze schijf kan niet worden geschreven: " + path + "\n    kies een andere map met --output" + cause
	case errors.Is(err, fs.ErrNotExist):
		return "bestaat niet: " + path + cause
	}
	return firstLines(err.Error(), 3)
}

// firstLines keeps a disk that refuses a thousand files from filling the screen.
func firstLines(text string, n int) string {
	lines := strings.Split(text, "\n")
	if len(lines) <= n {
		return text
	}
	return strings.Join(lines[:n], "\n    ") + fmt.Sprintf("\n    … en nog %d", len(lines)-n)
}
