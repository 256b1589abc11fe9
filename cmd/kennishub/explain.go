package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kennishub/internal/diag"
)

func explainCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Leg een melding uit, of noem alle meldingen",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("noem één code")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			out := cmd.OutOrStdout()
			var ids []string
			for _, c := range diag.Codes() {
				if len(args) == 0 {
					fmt.Fprintf(out, "%-26s %s: %s\n", c.ID, c.Severity, c.Summary)
					continue
				}
				if c.ID == args[0] {
					fmt.Fprintf(out, "%s (%s)\n\n%s.\n\n%s\n", c.ID, c.Severity, c.Summary, c.Help)
					return nil
				}
				ids = append(ids, c.ID)
			}
			if len(args) == 0 {
				return nil
			}
			if near := diag.Nearest(args[0], ids); near != "" {
				return usagef("er is geen melding %q; bedoelde je %q?", args[0], near)
			}
			return usagef("er is geen melding %q; kennishub explain noemt ze alle", args[0])
		},
	}
}
