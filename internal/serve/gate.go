package serve

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"time"

	"kennishub/internal/search"
)

const (
	defaultRate       = 50 // requests a second: a class of thirty behind one address types at once, and each letter may ask twice
	burst             = 2  // seconds' worth of requests that may come at once
	defaultConcurrent = 4  // searches at once, for each core: a search waits for the disk at times

	// longestWait is how long a search waits for others to end. Readers wait that
	// long for an answer without wondering.
	longestWait = 500 * time.Millisecond

	// mostClients bounds the memory for clients, at about 10 MB. Beyond it they are
	// forgotten sooner.
	mostClients = 1 << 16
)

// A refusal is a search that was not begun, because of others.
type refusal struct {
	status  int
	code    string
	message string
	retry   int // seconds to wait
}

func (r *refusal) Error() string { return r.message }

var errBusy = &refusal{http.StatusServiceUnavailable, codeBusy, "het is nu druk met zoeken; wacht even en probeer het opnieuw", 2}

// gate bounds how much clients may ask of the search of one build.
type gate struct {
	trusted  []netip.Prefix
	interval time.Duration // between two requests of one client, in the long run
	own      bool          // clients on this machine are bounded too
	slots    chan struct{} // one for each search that may run

	// When the requests of a client would have been spread evenly. A client that has
	// not asked anything for as long as a burst lasts is as good as new, so two maps
	// that take turns forget each client in time.
	mu            sync.Mutex
	recent, older map[netip.Addr]time.Time
	turned        time.Time
}

// newGate makes a gate. Without a rate in the limits nobody on this machine itself
// is bounded: there a proxy may stand for all readers that nobody told us of, and
// no attacker comes from there.
func newGate(l search.Limits) *gate {
	return &gate{
		trusted:  l.TrustedProxies,
		interval: time.Second / time.Duration(cmp.Or(l.Rate, defaultRate)),
		own:      l.Rate > 0,
		slots:    make(chan struct{}, cmp.Or(l.Concurrent, defaultConcurrent*runtime.GOMAXPROCS(0))),
		recent:   map[netip.Addr]time.Time{},
	}
}

// client gives the address that a request comes from. Of IPv6 that is the network,
// of which one client has all addresses.
func (g *gate) client(r *http.Request) netip.Addr {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{} // no address, such as of a pipe: all such are one client
	}
	client := peer.Addr().Unmap()
	// Each proxy adds the address that it was asked from. What stands before the
	// first one that we do not trust may be made up.
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && g.trusts(client); i-- {
		hop, ok := address(strings.TrimSpace(hops[i]))
		if !ok {
			break
		}
		client = hop
	}
	if client.Is6() {
		network, _ := client.WithZone("").Prefix(64)
		if !client.IsLoopback() {
			return network.Addr()
		}
	}
	return client
}

func (g *gate) trusts(a netip.Addr) bool {
	for _, p := range g.trusted {
		if p.Contains(a.WithZone("")) {
			return true
		}
	}
	return false
}

// address reads an address as proxies write them, with or without a port.
func address(text string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return a.Unmap(), true
	}
	a, err := netip.ParseAddrPort(text)
	return a.Addr().Unmap(), err == nil
}

// enter asks to use the index, and gives the client that does. The error says why
// it may not.
func (v *visit) enter() (client netip.Addr, leave func(), err error) {
	if v.gate == nil {
		return client, func() {}, nil
	}
	client = v.gate.client(v.r)
	leave, err = v.gate.enter(v.r.Context(), client)
	return client, leave, err
}

func (g *gate) enter(ctx context.Context, client netip.Addr) (leave func(), err error) {
	if wait := g.ask(client, time.Now()); wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		unit := "seconden"
		if seconds == 1 {
			unit = "seconde"
		}
		return nil, &refusal{http.StatusTooManyRequests, codeTooMany, fmt.Sprintf("je zoekt te vaak achter elkaar; wacht %d %s en probeer het opnieuw", seconds, unit), seconds}
	}
	leave = func() { <-g.slots }
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	default:
	}
	timer := time.NewTimer(longestWait)
	defer timer.Stop()
	select {
	case g.slots <- struct{}{}:
		return leave, nil
	case <-timer.C:
		return nil, errBusy
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// ask gives how long a client must wait before it may ask something; 0 is now,
// and counts.
func (g *gate) ask(client netip.Addr, now time.Time) time.Duration {
	if client.IsLoopback() && !g.own {
		return 0
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.recent) >= mostClients || now.Sub(g.turned) >= burst*time.Second {
		g.recent, g.older, g.turned = map[netip.Addr]time.Time{}, g.recent, now
	}
	even, known := g.recent[client]
	if !known {
		even = g.older[client]
	}
	if even.Before(now) {
		even = now
	}
	even = even.Add(g.interval)
	if wait := even.Sub(now) - burst*time.Second; wait > 0 {
		return wait
	}
	g.recent[client] = even
	return 0
}
