package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/spf13/cobra"

	"kennishub/internal/build"
)

func proofreadCommand() *cobra.Command {
	var f siteFlags
	cmd := &cobra.Command{
		Use:   "proofread",
		Short: "Lees alle teksten na: spelling en leesbaarheid",
		Long: `Lees alle teksten na: spelling en leesbaarheid.

De spelling controleert hunspell, een los programma (Debian: hunspell hunspell-nl).
Woorden die kloppen maar in geen woordenboek staan, horen in de lijst die site.yaml
noemt: words: {known: data/woordenlijst.yaml}.

De leesbaarheid is een cijfer, meestal van 0 tot 100: hoe hoger, hoe makkelijker
(Flesch-Douma: 206,8 - 0,93 × woorden per zin - 77 × lettergrepen per woord). Het
telt, maar het leest niet: gebruik het om teksten te vinden die je nog eens wilt
bekijken.

Zijn er fouten in de site, dan staan alleen die er: los ze eerst op.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.resolve(); err != nil {
				return err
			}
			b := build.New(f.options)
			defer b.Close()
			proof, r, err := b.Proofread(cmd.Context())
			switch {
			case errors.Is(err, build.ErrContent):
				if err := report(cmd.ErrOrStderr(), r.Messages); err != nil {
					return err
				}
				return errReported
			case proof == nil:
				return err
			}
			if !f.quiet {
				listReadings(cmd.OutOrStdout(), proof.Readings)
			}
			if err != nil {
				return err
			}
			if err := report(cmd.ErrOrStderr(), proof.Messages); err != nil {
				return err
			}
			if len(proof.Messages) > 0 {
				return errReported
			}
			return nil
		},
	}
	f.register(cmd)
	return cmd
}

// listReadings prints how hard each text is, the hardest first.
func listReadings(w io.Writer, readings []build.Reading) {
	fmt.Fprintf(w, "Leesbaarheid van %s, de moeilijkste eerst (hoger is makkelijker):\n", plural(len(readings), "tekst", "teksten"))
	for _, r := range readings {
		fmt.Fprintf(w, "  %3.0f %-16s %5d woorden, %s per zin  %s\n", r.Ease(), ease(math.Round(r.Ease())), r.Words,
			strings.Replace(fmt.Sprintf("%4.1f", r.SentenceLength()), ".", ",", 1), r.File)
	}
}

// ease puts a reading ease in words, as Flesch did (How to Test Readability, 1951).
func ease(e float64) string {
	switch {
	case e < 30:
		return "zeer moeilijk"
	case e < 50:
		return "moeilijk"
	case e < 60:
		return "vrij moeilijk"
	case e < 70:
		return "gewoon"
	case e < 80:
		return "vrij makkelijk"
	case e < 90:
		return "makkelijk"
	}
	return "zeer makkelijk"
}
