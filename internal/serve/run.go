package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// ErrPortInUse is what [Server.Run] returns when another program listens at the
// address. Its text says what to do.
var ErrPortInUse = errors.New("het adres is al in gebruik")

// grace is how long running requests get to end when the server stops.
const grace = 5 * time.Second

// Run serves on an address, such as "localhost:8080" or ":0", until ctx ends; then
// it lets running requests end, for a few seconds at most, and returns nil. It
// calls ready with the address it really listens at. Run does not close the
// server.
func (s *Server) Run(ctx context.Context, addr string, ready func(net.Addr)) error {
	listener, err := net.Listen("tcp", addr)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%w: op %s luistert al een ander programma; stop dat, of kies een andere poort met --addr, zoals --addr %s", ErrPortInUse, addr, nextPort(addr))
	}
	if err != nil {
		return fmt.Errorf("op %s kan niet worden geluisterd: %w; kies een ander adres met --addr, zoals --addr localhost:8080", addr, err)
	}
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second, // a GET has no body worth waiting for
		WriteTimeout:      10 * time.Minute, // a large file on a slow line
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // connections that break: the reader's affair
	}
	if ready != nil {
		ready(listener.Addr())
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.stopEvents() // they would last until the grace is over
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(limited); err != nil {
		return server.Close() // whoever is still busy is cut off
	}
	return nil
}

// nextPort gives an address that may be free.
func nextPort(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	number, perr := net.LookupPort("tcp", port)
	if err != nil || perr != nil || number == 65535 {
		return "localhost:8081"
	}
	return net.JoinHostPort(host, fmt.Sprint(number+1))
}

// BasePath is the path under which the site lies now: "/" or "/kennishub/".
func (s *Server) BasePath() string {
	s.refresh()
	st, done := s.use()
	defer done()
	if st == nil {
		return "/"
	}
	return st.base
}
