package main

import (
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kennishub/internal/search"
)

func searchCommand() *cobra.Command {
	var source, output, sort, data string
	var gaps bool
	var limit, offset int
	var kinds []string
	var explain bool
	cmd := &cobra.Command{
		Use:   "search VRAAG",
		Short: "Doorzoek de gemaakte site",
		Long: `Doorzoek de gemaakte site.

Met --gaps zie je welke woorden bezoekers zochten en op geen enkele pagina staan. Dat
telt kennishub serve --data MAP. Een woord staat er pas in als op één dag drie
bezoekers of meer het zochten.`,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case gaps && len(args) > 0:
				return usagef("--gaps toont alle woorden; laat %q weg", strings.Join(args, " "))
			case gaps && data == "":
				return usagef("waar staan de tellingen? schrijf: kennishub search --gaps --data MAP")
			case !gaps && data != "":
				return usagef("--data hoort bij --gaps; schrijf: kennishub search --gaps --data MAP")
			case !gaps && len(args) == 0:
				return usagef("waar zoek je naar? schrijf: kennishub search VRAAG")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if gaps {
				return printGaps(cmd.OutOrStdout(), data)
			}
			if !cmd.Flags().Changed("output") {
				output = filepath.Join(source, "public")
			}
			index, err := search.Open(filepath.Join(output, ".search"))
			if errors.Is(err, search.ErrNoIndex) {
				return fmt.Errorf("er is geen zoekindex in %s\n    maak haar met: kennishub build", output)
			}
			if err != nil {
				return err
			}
			defer index.Close()
			results, err := index.Search(cmd.Context(), search.Query{Text: strings.Join(args, " "), Limit: limit, Offset: offset, Sort: sort, Kinds: kinds, Explain: explain})
			var wrong *search.QueryError
			if errors.As(err, &wrong) {
				return usageError{err}
			}
			if err != nil {
				return err
			}
			return printResults(cmd.OutOrStdout(), results, offset)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&source, "source", ".", "map van de site")
	flags.StringVar(&output, "output", "public", "map met de gemaakte site; zonder deze vlag public/ in de map van de site")
	flags.IntVar(&limit, "limit", 10, "aantal resultaten")
	flags.IntVar(&offset, "offset", 0, "sla zoveel resultaten over")
	flags.StringVar(&sort, "sort", "relevance", "volgorde: relevance of date")
	flags.StringSliceVar(&kinds, "kind", nil, "alleen deze soort; mag vaker")
	flags.BoolVar(&gaps, "gaps", false, "toon wat bezoekers zochten en niet vonden")
	flags.StringVar(&data, "data", "", "met --gaps: map met de tellingen van serve")
	flags.BoolVar(&explain, "explain", false, "toon hoe de score van elk resultaat tot stand kwam")
	return cmd
}

func printResults(w io.Writer, r *search.Results, offset int) error {
	fmt.Fprintf(w, "%s in %.1f ms\n", plural(r.Total, "resultaat", "resultaten"), r.TookMS)
	if len(r.Missing) > 0 {
		fmt.Fprintf(w, "op geen enkele pagina: %s\n", strings.Join(r.Missing, ", "))
	}
	if len(r.Related) > 0 {
		fmt.Fprintf(w, "op geen enkele pagina, maar verwante woorden wel: %s\n", strings.Join(r.Related, ", "))
	}
	for i, h := range r.Hits {
		fmt.Fprintf(w, "\n%d. %s\n   %s\n", offset+i+1, h.Title, h.URL)
		if h.Excerpt != "" {
			fmt.Fprintf(w, "   %s\n", plainText(h.Excerpt))
		}
		for _, s := range h.Sections {
			fmt.Fprintf(w, "   - %s: %s\n", s.Title, s.URL)
		}
		if h.Explanation != nil {
			printExplanation(w, h)
		}
	}
	return nil
}

// printExplanation shows how a score came about, the parts below what they add up to.
func printExplanation(w io.Writer, h search.Hit) {
	e := h.Explanation
	fmt.Fprintf(w, "   score %s\n", points(h.Score))
	for _, word := range e.Words {
		if len(word.Answers) == 0 {
			fmt.Fprintf(w, "     %s: staat er niet\n", word.Word)
			continue
		}
		fmt.Fprintf(w, "     %s: %s\n", word.Word, points(word.Points))
		for _, a := range word.Answers {
			how := a.How
			for i, on := range a.Words {
				how += []string{" ", ", "}[min(i, 1)] + strconv.Quote(on)
			}
			var fields []string
			for _, f := range a.Fields {
				if f.Points >= 0.005 {
					fields = append(fields, f.Field+" "+points(f.Points))
				}
			}
			if fields != nil {
				fmt.Fprintf(w, "       %s: %s\n", how, strings.Join(fields, ", "))
			}
		}
	}
	for _, more := range []struct {
		why    string
		points float64
	}{
		{"alle woorden van de vraag", e.All},
		{"een plaats op een pagina, geen hele pagina", e.Place},
		{"de titel lijkt op de vraag", e.Title},
		{"woorden bij elkaar", e.Near},
		{"soort " + h.Kind + " telt " + decimal(e.Kind.Times) + " keer", e.Kind.Points},
		{"nieuw, " + decimal(math.Round((e.Recent.Times-1)*1000)/10) + "% erbij", e.Recent.Points},
	} {
		if math.Abs(more.points) >= 0.005 { // else it would read as nothing
			fmt.Fprintf(w, "     %s: %s\n", more.why, points(more.points))
		}
	}
}

// points writes a number as readers of Dutch do, as does decimal.
func points(n float64) string { return strings.Replace(fmt.Sprintf("%.2f", n), ".", ",", 1) }

func decimal(n float64) string { return strings.Replace(fmt.Sprint(n), ".", ",", 1) }

// plainText shows an excerpt in a terminal, with the words found between stars.
func plainText(excerpt string) string {
	return html.UnescapeString(strings.NewReplacer("<mark>", "*", "</mark>", "*").Replace(excerpt))
}
