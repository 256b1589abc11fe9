package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kennishub/internal/serve"
)

func serveCommand() *cobra.Command {
	var source, output, addr, data string
	var https bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serveer de gemaakte site, met zoeken",
		Long: `Serveer de gemaakte site, met zoeken.

Alleen de uitvoermap is nodig. Een nieuwe build wordt vanzelf opgepakt.

Met --data telt de server per dag hoe vaak er gezocht is, hoe vaak zonder resultaat, en
welke woorden niet gevonden zijn. Adressen van bezoekers en hele zoekvragen worden niet
bewaard, een woord alleen als op één dag drie bezoekers of meer het zochten. Na 90
dagen verdwijnt een telling. Bekijk ze met kennishub search --gaps.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("output") {
				output = filepath.Join(source, "public")
			}
			// Only what kennishub published is served: never a folder of somebody's own.
			if _, err := os.Stat(filepath.Join(output, ".kennishub-manifest")); err != nil {
				return fmt.Errorf("er is geen gemaakte site in %s\n    maak haar met: kennishub build", output)
			}
			return runServe(cmd.Context(), serve.Options{Dir: output, HTTPS: https, Data: data}, addr, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&source, "source", ".", "map van de site")
	flags.StringVar(&output, "output", "public", "map met de gemaakte site; zonder deze vlag public/ in de map van de site")
	flags.StringVar(&addr, "addr", "localhost:8080", "adres en poort")
	flags.BoolVar(&https, "https", false, "lezers komen alleen via https: laat browsers dat onthouden (HSTS)")
	flags.StringVar(&data, "data", "", "map voor tellingen van zoekvragen; zonder deze vlag wordt er niets geteld")
	return cmd
}

func runServe(ctx context.Context, o serve.Options, addr string, stdout, stderr io.Writer) (err error) {
	o.Logger = slog.New(slog.NewTextHandler(stderr, nil))
	server, err := serve.New(o)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, server.Close()) }()
	return server.Run(ctx, addr, func(a net.Addr) {
		fmt.Fprintf(stdout, "de site staat op http://%s%s (stop met Ctrl+C)\n", host(a), server.BasePath())
	})
}

// host is an address as one types it.
func host(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if ok && (tcp.IP.IsUnspecified() || tcp.IP.IsLoopback()) {
		return fmt.Sprintf("localhost:%d", tcp.Port)
	}
	return a.String()
}
