package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"text/tabwriter"

	"kennishub/internal/tally"
)

// printGaps shows what readers searched for and did not find.
func printGaps(w io.Writer, dir string) error {
	days, err := tally.Read(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(days) == 0 {
		return fmt.Errorf("er zijn geen tellingen in %s\n    ze komen er met: kennishub serve --data %[1]s", dir)
	}
	if err != nil {
		return err
	}
	searches, without, failed := 0, 0, 0
	for _, d := range days {
		searches, without, failed = searches+d.Searches, without+d.Without, failed+d.Failed
	}
	fmt.Fprintf(w, "%s t/m %s: %s, %d zonder resultaat\n", days[0].Date, days[len(days)-1].Date, plural(searches, "zoekvraag", "zoekvragen"), without)
	if failed > 0 {
		fmt.Fprintf(w, "fouten in kennishub: %d; het logboek van de server zegt er meer over\n", failed)
	}
	gaps := tally.Gaps(days)
	if len(gaps) == 0 {
		fmt.Fprintln(w, "geen woorden die op één dag door drie of meer bezoekers zijn gezocht en niet gevonden")
		return nil
	}
	fmt.Fprintln(w, "gezocht en niet gevonden:")
	fmt.Fprintln(w)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "keer\tdagen\t  woord")
	for _, g := range gaps {
		fmt.Fprintf(table, "%d\t%d\t  %s\n", g.Times, g.Days, g.Word)
	}
	return table.Flush()
}
