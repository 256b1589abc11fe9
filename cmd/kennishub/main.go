// Kennishub makes a fast, searchable website of a folder with Markdown and YAML.
//
// A site is a folder with a site.yaml, of which only the title is required, and a
// folder content/. In it:
//
//	kennishub watch            shows the site on http://localhost:8080 while you write
//	kennishub build            makes the site, with its search index, in public/
//	kennishub serve            serves public/ with its search; needs nothing else
//	kennishub check            tells what is wrong, and writes nothing
//	kennishub proofread        tells which words are misspelt, and how hard each text reads
//	kennishub search QUERY     searches the index in public/ from the terminal
//	kennishub explain CODE     says more about a message
//	kennishub version
//
// Every command knows --source (the site's folder, default the current one) and
// --help. Exit codes: 0 fine, 1 the content has errors, 2 wrong usage, 3 the
// machine failed (disk, port), 130 stopped.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"kennishub/internal/attachment"
)

func main() {
	attachment.Main() // does not return in the processes that read attachments
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit codes.
const (
	exitFine    = 0
	exitContent = 1
	exitUsage   = 2
	exitMachine = 3
	exitStopped = 130 // as shells have it for Ctrl+C
)

// errReported ends a command whose messages have been printed: the content has
// errors.
var errReported = errors.New("reported")

// usageError is the error of a command line that cannot be meant.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the program: it never exits, so that tests can call it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:           "kennishub",
		Short:         "Maak van een map met Markdown en YAML een snelle website met zoeken",
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return usagef("welke opdracht? kies er een: %s", strings.Join(names(cmd), ", "))
		},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return usagef("onbekende opdracht %q; %s", args[0], suggestion(args[0], names(cmd)))
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{inDutch(err)} })
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.AddCommand(buildCommand(), watchCommand(), serveCommand(), checkCommand(), proofreadCommand(), searchCommand(), explainCommand(), versionCommand())

	for _, c := range append(root.Commands(), root) {
		c.DisableFlagsInUseLine = true
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = "toon deze uitleg"
	}

	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errReported):
		return exitContent
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "kennishub: %v\n", err)
		fmt.Fprintf(stderr, "    kennishub --help noemt alle opdrachten, kennishub OPDRACHT --help hun vlaggen\n")
		return exitUsage
	}
	fmt.Fprintf(stderr, "kennishub: %s\n", explainError(err))
	if errors.Is(err, context.Canceled) {
		return exitStopped
	}
	return exitMachine
}

func names(cmd *cobra.Command) []string {
	var list []string
	for _, c := range cmd.Commands() {
		if !c.Hidden && c.Name() != "help" {
			list = append(list, c.Name())
		}
	}
	return list
}

// noArguments refuses arguments where a command takes none.
func noArguments(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("onverwacht: %q", args[0])
	}
	return nil
}

// usageTemplate is cobra's, in the language of everything else.
const usageTemplate = `Gebruik:
  {{.UseLine}}{{if .HasAvailableSubCommands}} OPDRACHT

Opdrachten:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Vlaggen:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

kennishub OPDRACHT --help zegt meer over een opdracht.{{end}}
`

// inDutch puts the errors of the flag library in Dutch, as far as they are common.
func inDutch(err error) error {
	text := err.Error()
	for english, dutch := range map[string]string{
		"unknown flag: ":           "onbekende vlag: ",
		"unknown shorthand flag: ": "onbekende vlag: ",
		"flag needs an argument: ": "bij deze vlag hoort een waarde: ",
		"invalid argument ":        "verkeerde waarde ",
	} {
		if rest, ok := strings.CutPrefix(text, english); ok {
			return errors.New(dutch + rest)
		}
	}
	return err
}
