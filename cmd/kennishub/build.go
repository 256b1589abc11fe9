package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kennishub/internal/build"
	"kennishub/internal/diag"
)

func buildCommand() *cobra.Command {
	var f siteFlags
	var nextChange bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Maak de site, met haar zoekindex",
		Long: `Maak de site, met haar zoekindex.

Alleen wat veranderd is, wordt geschreven. Zijn er fouten, dan verandert er niets
in de uitvoermap. Bestanden die niet van kennishub zijn, blijven altijd staan.

Pagina's met een publishDate of expiryDate verschijnen of verdwijnen pas met een
build op of na die dag. Een planner weet met --next-change wanneer dat is.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if nextChange {
				return printNextChange(cmd.Context(), &f, cmd.OutOrStdout(), cmd.ErrOrStderr())
			}
			if !cmd.Flags().Changed("output") {
				f.options.Output = filepath.Join(f.options.Source, "public")
			}
			if err := apart(f.options.Source, f.options.Output); err != nil {
				return err
			}
			return runBuild(cmd.Context(), &f, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.options.Output, "output", "public", "map om in te publiceren; zonder deze vlag public/ in de map van de site")
	flags.BoolVar(&f.options.NoSearch, "no-search", false, "alleen pagina's, geen zoekindex")
	flags.BoolVar(&f.options.Lenient, "lenient", false, "meld fouten van pagina's, maar ga door")
	flags.BoolVar(&nextChange, "next-change", false, "schrijf niets; druk de dag af waarop de site vanzelf verandert, als 2024-03-01")
	return cmd
}

// printNextChange prints the day on which the site changes by itself, and nothing
// when there is none, so that a script can use it.
func printNextChange(ctx context.Context, f *siteFlags, stdout, stderr io.Writer) error {
	if err := f.resolve(); err != nil {
		return err
	}
	f.options.Check, f.options.NoSearch, f.options.Lenient = true, true, true
	b := build.New(f.options)
	defer b.Close()
	r, err := b.Build(ctx)
	if errors.Is(err, build.ErrContent) { // site.yaml or the theme cannot be read
		if err := report(stderr, r.Messages); err != nil {
			return err
		}
		return errReported
	}
	if err != nil {
		return err
	}
	if r.NextChange.IsZero() {
		_, err = fmt.Fprintln(stderr, "de site verandert niet vanzelf")
		return err
	}
	_, err = fmt.Fprintln(stdout, r.NextChange.Format(time.DateOnly))
	return err
}

// apart refuses an output folder among the sources, or around them: it would be
// published, or take the sources for its own.
func apart(source, output string) error {
	s, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	o, err := filepath.Abs(output)
	if err != nil {
		return err
	}
	if output == "" || within(s, o) {
		return usagef("--output %q is de map van de site zelf, of een map daarboven; kies een map ernaast of erin, zoals public", output)
	}
	for _, folder := range []string{"content", "themes", ".kennishub"} {
		if within(o, filepath.Join(s, folder)) {
			return usagef("--output %q ligt in %s, bij wat de site maakt; kies een andere map, zoals public", output, folder)
		}
	}
	return nil
}

// within reports whether a path is a folder or lies in it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func runBuild(ctx context.Context, f *siteFlags, stdout, stderr io.Writer) error {
	start := time.Now()
	if err := f.resolve(); err != nil {
		return err
	}
	b := build.New(f.options)
	defer b.Close()
	r, err := b.Build(ctx)
	if r != nil {
		if err := report(stderr, r.Messages); err != nil {
			return err
		}
	}
	if errors.Is(err, build.ErrContent) {
		return errReported
	}
	if err != nil {
		return err
	}
	if !f.quiet {
		summarise(stdout, r, f.options.Output, time.Since(start))
	}
	return nil
}

func checkCommand() *cobra.Command {
	var f siteFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Zeg wat er niet klopt, en schrijf niets",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.resolve(); err != nil {
				return err
			}
			f.options.Check = true
			b := build.New(f.options)
			defer b.Close()
			r, err := b.Build(cmd.Context())
			if err != nil && !errors.Is(err, build.ErrContent) {
				return err
			}
			if err := report(cmd.ErrOrStderr(), r.Messages); err != nil {
				return err
			}
			if !f.quiet {
				if len(r.Messages) == 0 {
					fmt.Fprintf(cmd.OutOrStdout(), "geen fouten in %s\n", plural(r.Pages, "pagina", "pagina's"))
				}
				listSkipped(cmd.OutOrStdout(), r)
			}
			if diag.HasErrors(r.Messages) {
				return errReported
			}
			return nil
		},
	}
	f.register(cmd)
	return cmd
}
