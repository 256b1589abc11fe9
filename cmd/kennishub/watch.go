package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"kennishub/internal/build"
	"kennishub/internal/diag"
	"kennishub/internal/search"
	"kennishub/internal/serve"
	"kennishub/internal/watch"
)

func watchCommand() *cobra.Command {
	var f siteFlags
	var addr string
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Laat de site zien terwijl je schrijft",
		Long: `Laat de site zien terwijl je schrijft.

De voorvertoning staat in .kennishub/preview; public/ wordt niet aangeraakt. Na elke
wijziging ververst de browser zichzelf. Een pagina met fouten toont haar fouten.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := f.resolve(); err != nil {
				return err
			}
			f.options.Preview = true
			f.options.Output = filepath.Join(f.options.Source, ".kennishub", "preview")
			if f.options.BaseURL == "" {
				f.options.BaseURL = "http://localhost:8080/" // no address of the real site in a preview
			}
			return runWatch(cmd.Context(), &f, addr, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&addr, "addr", "localhost:8080", "adres en poort")
	return cmd
}

// preview is a running watch.
type preview struct {
	flags   *siteFlags
	builder *build.Builder
	live    atomic.Pointer[search.Live]
	server  *serve.Server
	stdout  io.Writer
	stderr  io.Writer
	urls    map[string]string // of the pages of the last build, by file
	said    string            // messages that were printed last
}

func runWatch(ctx context.Context, f *siteFlags, addr string, stdout, stderr io.Writer) error {
	if _, err := os.Stat(f.options.Source); err != nil {
		return err
	}
	p := &preview{flags: f, builder: build.New(f.options), stdout: stdout, stderr: stderr}
	defer p.builder.Close()
	// Watching starts before the first build, so that no edit falls between them.
	watcher, err := watch.New(f.options.Source, "content", "themes")
	if err != nil {
		return err
	}
	defer watcher.Close()
	r, err := p.build(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(f.options.Output, 0o777); err != nil { // without a good build there is no folder yet
		return err
	}
	p.server, err = serve.New(serve.Options{Dir: f.options.Output, Live: p.live.Load, Preview: true})
	if err != nil {
		return err
	}
	defer p.server.Close()
	p.show(r)

	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case _, ok := <-watcher.Batches():
				if !ok {
					stop(watcher.Err())
					return
				}
			}
			r, err := p.build(ctx)
			if err != nil {
				// A full disk today is no reason to lose the preview of an hour.
				fmt.Fprintf(stderr, "kennishub: %s\n", explainError(err))
				continue
			}
			p.show(r)
		}
	}()
	err = p.server.Run(ctx, addr, func(a net.Addr) {
		fmt.Fprintf(stdout, "de voorvertoning staat op http://%s%s (stop met Ctrl+C)\n", host(a), p.server.BasePath())
	})
	stop(nil)
	<-done
	if cause := context.Cause(ctx); err == nil && cause != nil && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// build brings the preview up to date. Faults of the content are in the result,
// not in the error: the last good site stays.
func (p *preview) build(ctx context.Context) (*build.Result, error) {
	start := time.Now()
	r, err := p.builder.Build(ctx)
	if err != nil && !errors.Is(err, build.ErrContent) {
		return nil, err
	}
	p.live.Store(p.builder.Live())
	p.report(r)
	if len(r.Changed) > 0 && !p.flags.quiet {
		fmt.Fprintf(p.stdout, "%s bijgewerkt in %d ms: %s\n", time.Now().Format(time.TimeOnly), time.Since(start).Milliseconds(), some(r.Changed))
	}
	return r, nil
}

// show tells the open pages of a build. While the site cannot be made, its pages are
// those of the last build.
func (p *preview) show(r *build.Result) {
	if r.URLs != nil {
		p.urls = r.URLs
	}
	p.server.SetFaults(r.Messages, p.urls)
	p.server.Notify(serve.Event{})
}

// report prints the messages when they are not the ones printed last.
func (p *preview) report(r *build.Result) {
	var b strings.Builder
	diag.Write(&b, r.Messages)
	if b.String() == p.said {
		return
	}
	p.said = b.String()
	if p.said == "" {
		fmt.Fprintln(p.stdout, "geen fouten meer")
		return
	}
	report(p.stderr, r.Messages)
}

// some names the first few files.
func some(files []string) string {
	const few = 3
	if len(files) <= few {
		return strings.Join(files, ", ")
	}
	return fmt.Sprintf("%s en nog %d", strings.Join(files[:few], ", "), len(files)-few)
}
