package serve

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kennishub/internal/search"
	"kennishub/internal/tally"
)

func TestClient(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	tests := []struct{ peer, forwarded, want string }{
		{"192.0.2.7:99", "", "192.0.2.7"},
		{"192.0.2.7:99", "198.51.100.1", "192.0.2.7"}, // says who?
		{"127.0.0.1:99", "", "127.0.0.1"},
		{"127.0.0.1:99", "198.51.100.1", "198.51.100.1"},
		{"[::ffff:127.0.0.1]:99", "198.51.100.1", "198.51.100.1"},
		{"127.0.0.1:99", "1.1.1.1, 198.51.100.1", "198.51.100.1"}, // the first may be made up
		{"127.0.0.1:99", "198.51.100.1,10.1.2.3 , 10.0.0.1", "198.51.100.1"},
		{"127.0.0.1:99", "198.51.100.1:1234", "198.51.100.1"},
		{"127.0.0.1:99", "[2001:db8:1:2::7]:1234", "2001:db8:1:2::"},
		{"127.0.0.1:99", "[2001:db8:1:2::7]", "2001:db8:1:2::"},
		{"127.0.0.1:99", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"},
		{"[2001:db8:1:2::1]:99", "", "2001:db8:1:2::"},
		{"[fd00::1]:99", "::ffff:198.51.100.1", "198.51.100.1"},
		{"[::1]:99", "198.51.100.1", "::1"},
		{"127.0.0.1:99", "onbekend", "127.0.0.1"},
		{"127.0.0.1:99", "198.51.100.1, onbekend", "127.0.0.1"},
		{"127.0.0.1:99", "198.51.100.1, onbekend, 10.0.0.1", "10.0.0.1"},
		{"127.0.0.1:99", strings.Repeat(",", 1000), "127.0.0.1"},
		{"127.0.0.1:99", "10.0.0.1", "10.0.0.1"},
		{"pijp", "198.51.100.1", "invalid IP"},
	}
	g := newGate(search.Limits{TrustedProxies: trusted})
	for _, test := range tests {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = test.peer
		for line := range strings.SplitSeq(test.forwarded, " , ") {
			r.Header.Add("X-Forwarded-For", line)
		}
		if got := g.client(r).String(); got != test.want {
			t.Errorf("%s, %.60q: %s, not %s", test.peer, test.forwarded, got, test.want)
		}
	}
}

func TestRate(t *testing.T) {
	g := newGate(search.Limits{Rate: 5})
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	now := time.Unix(1, 0)
	admitted := func(client netip.Addr, tries int) (n int) {
		for range tries {
			if g.ask(client, now) == 0 {
				n++
			}
		}
		return n
	}
	for i, step := range []struct {
		later  time.Duration
		client netip.Addr
		want   int // of 100
	}{
		{0, a, 10}, // the burst
		{0, b, 10}, // others have their own
		{100 * time.Millisecond, a, 0},
		{100 * time.Millisecond, a, 1},
		{time.Second, a, 5},
		{1900 * time.Millisecond, b, 10},
		{10 * time.Second, a, 10},
		{0, netip.IPv6Loopback(), 10}, // a rate was asked for
		{0, netip.Addr{}, 10},
	} {
		now = now.Add(step.later)
		if got := admitted(step.client, 100); got != step.want {
			t.Errorf("step %d: %d of 100", i, got)
		}
	}
	if wait := g.ask(a, now); wait <= 0 || wait > time.Second/5 {
		t.Errorf("wait %v", wait)
	}
	now = now.Add(g.ask(a, now))
	if g.ask(a, now) != 0 {
		t.Error("refused after the wait that was told")
	}

	g = newGate(search.Limits{})
	if n := admitted(a, 300); n != burst*defaultRate {
		t.Errorf("default: %d", n)
	}
	if n := admitted(netip.MustParseAddr("127.0.0.9"), 100); n != 100 {
		t.Errorf("this machine itself: %d", n)
	}
}

// Whoever has many addresses costs no more memory for it.
func TestManyClients(t *testing.T) {
	g := newGate(search.Limits{})
	client := netip.MustParseAddr("10.0.0.0")
	for range 3*mostClients + 1 {
		g.ask(client, time.Unix(1, 0))
		client = client.Next()
	}
	if len(g.recent) > mostClients || len(g.older) > mostClients {
		t.Errorf("%d and %d clients", len(g.recent), len(g.older))
	}
	g.ask(client, time.Unix(10, 0))
	g.ask(client, time.Unix(20, 0))
	if n := len(g.recent) + len(g.older); n != 1+1 {
		t.Errorf("%d clients are not forgotten", n)
	}
}

// limited publishes a site with limits.
func limited(t *testing.T, l search.Limits) string {
	t.Helper()
	dir := publish(t, "/")
	s := settings
	s.Limits = l
	if _, err := search.Build(dir+"/"+indexFolder, documents("/"), s); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTooOften(t *testing.T) {
	s := open(t, Options{Dir: limited(t, search.Limits{Rate: 1, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.1/32")}})})
	ask := func(target, peer, forwarded string) *httptest.ResponseRecorder {
		return get(t, s, target, remote, peer, "X-Forwarded-For", forwarded)
	}
	for range 2 {
		if w := ask("/api/search?q=rekenen", "192.0.2.1:1", ""); w.Code != 200 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	w := ask("/api/search?q=rekenen", "192.0.2.1:2", "198.51.100.1")
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" || w.Header().Get("Content-Type") != jsonType ||
		!strings.Contains(w.Body.String(), `"code":"too-many-requests","message":"je zoekt te vaak achter elkaar; wacht 1 seconde en`) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	w = ask("/zoeken/?q=rekenen", "192.0.2.1:3", "")
	if w.Code != 429 || w.Header().Get("Retry-After") != "1" || w.Header().Get("Content-Type") != htmlType || w.Header().Get("Cache-Control") != "no-store" ||
		!strings.Contains(w.Body.String(), "q=[rekenen]") || !strings.Contains(w.Body.String(), "error=[Je zoekt te vaak") || strings.Contains(w.Body.String(), "hit ") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	for _, target := range []string{"/a/", "/healthz", "/nee"} {
		if w := ask(target, "192.0.2.1:1", ""); w.Code == 429 {
			t.Errorf("%s: %d", target, w.Code)
		}
	}
	for i, forwarded := range []string{"198.51.100.1", "198.51.100.1", "198.51.100.2", "198.51.100.1"} {
		if w := ask("/api/search", "10.0.0.1:1", forwarded); w.Code != []int{200, 200, 200, 429}[i] {
			t.Errorf("%d by a proxy: %d", i, w.Code)
		}
	}
}

func TestTooMany(t *testing.T) {
	dir := limited(t, search.Limits{Concurrent: 2})
	synctest.Test(t, func(t *testing.T) {
		s := open(t, Options{Dir: dir})
		g := s.state.gate
		g.slots <- struct{}{}
		g.slots <- struct{}{}
		w := get(t, s, "/api/search?q=rekenen")
		if w.Code != 503 || w.Header().Get("Retry-After") != "2" || !strings.Contains(w.Body.String(), `"code":"busy"`) {
			t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
		}
		if w := get(t, s, "/zoeken/?q=rekenen"); w.Code != 503 || !strings.Contains(w.Body.String(), "error=[Het is nu druk") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		if w := get(t, s, "/a/"); w.Code != 200 {
			t.Errorf("a page: %d", w.Code)
		}
		go func() {
			time.Sleep(longestWait / 2)
			<-g.slots
		}()
		if w := get(t, s, "/api/search?q=rekenen"); w.Code != 200 {
			t.Errorf("after a wait: %d %s", w.Code, w.Body)
		}
	})
}

// What no reader means is answered in words, by the API and by the page.
func TestBadInput(t *testing.T) {
	s := open(t, Options{Dir: publish(t, "/")})
	misspelt := func(n int) string {
		words := make([]string, n)
		for i := range words {
			words[i] = fmt.Sprintf("rekxn%cn%c", 'a'+i%26, 'a'+i/26)
		}
		return strings.Join(words, " ")
	}
	q := func(text string) string { return "q=" + url.QueryEscape(text) }
	tests := []struct {
		name, query string
		api, page   int
	}{
		{"empty", "q=", 200, 200},
		{"one letter", "q=r", 200, 200},
		{"10,000 characters", q(strings.Repeat("é", 10_000)), 400, 400},
		{"10,000 spaces", q(strings.Repeat(" ", 10_000)), 400, 400},
		{"300 misspelt words", q(misspelt(300)), 400, 400},
		{"16 misspelt words", q(misspelt(16)), 200, 200},
		{"17 misspelt words", q(misspelt(17)), 400, 400},
		{"only punctuation", q(`.,;:!?-–—…()[]{}"'/\|<>@#$%^&*_+=~`), 200, 200},
		{"wildcards", q("rek* ?ekenen *"), 200, 200},
		{"regex", q(`(rek.*)+$ [a-z]{1,99} /re/ ^(a+)+$`), 200, 200},
		{"query language", q(`+rekenen -doel title:x~2^9 AND OR NOT`), 200, 200},
		{"quotes left open", q(`"rekenen met 'blokken`), 200, 200},
		{"emoji", q("🧮👩‍🏫🇳🇱"), 200, 200},
		{"right to left", q("חשבון \u202erekenen\u202c حساب"), 200, 200},
		{"NUL", q("rek\x00enen"), 200, 200},
		{"invalid UTF-8", "q=rek%ff%c3enen", 200, 200},
		{"marks without a letter", q(strings.Repeat("\u0301", 200)), 200, 200},
		{"offset=-1", "q=rekenen&offset=-1", 400, 400},
		{"limit=1e9", "q=rekenen&limit=1e9", 400, 200}, // the page has a limit of its own
		{"limit=1000000000", "q=rekenen&limit=1000000000", 400, 200},
		{"unknown facet", "q=rekenen&tema=ai", 400, 200}, // may be somebody's tracking
		{"unknown value", "q=rekenen&thema=nee", 200, 200},
		{"a facet twice", "q=rekenen&thema=ai&thema=ai", 200, 200},
		{"a facet 2,000 times", "q=rekenen" + strings.Repeat("&thema=ai", 2000), 400, 400},
		{"a kind 2,000 times", "q=rekenen" + strings.Repeat("&kind=ai", 2000), 400, 400},
		{"a long choice", "q=rekenen&thema=" + strings.Repeat("a", 10_000), 400, 400},
		{"2,000 parameters", "q=rekenen" + strings.Repeat("&a=1&b=2", 1000), 400, 200},
	}
	for _, test := range tests {
		for target, want := range map[string]int{"/api/search?": test.api, "/zoeken/?": test.page} {
			w := get(t, s, target+test.query)
			body := w.Body.String()
			if w.Code != want {
				t.Errorf("%s, %s: %d %.300s", test.name, target, w.Code, body)
			}
			if strings.ContainsAny(body, "\x00\ufffd") || body != strings.ToValidUTF8(body, "") {
				t.Errorf("%s, %s: answers with signs that were not understood: %.300q", test.name, target, body)
			}
			if len(body) > 100_000 {
				t.Errorf("%s, %s: %d bytes", test.name, target, len(body))
			}
			if target == "/zoeken/?" {
				if (want == 400) == strings.Contains(body, "error=[]") {
					t.Errorf("%s: %.300s", test.name, body)
				}
				continue
			}
			var answer struct {
				Error struct{ Code, Message string }
				Hits  []struct{}
			}
			if err := json.Unmarshal([]byte(body), &answer); err != nil || (want == 400) == (answer.Error.Message == "") || (want == 200) == (answer.Hits == nil) {
				t.Errorf("%s: %v %.300s", test.name, err, body)
			}
		}
	}
}

func TestCounts(t *testing.T) {
	data := t.TempDir()
	s := open(t, Options{Dir: publish(t, "/"), Data: data})
	for i, target := range []string{
		"/api/search?q=rekenen+Zebra", "/zoeken/?q=z%C3%A9bra", "/zoeken/?q=zebra&thema=ai", "/api/search?q=olifant",
		"/zoeken/?q=zebra&offset=10", "/zoeken/", "/zoeken/?thema=ai", "/api/search?q=zebra&limit=0", "/a/?q=zebra", // no new searches
	} {
		get(t, s, target, remote, fmt.Sprintf("192.0.2.%d:1", i))
	}
	for _, target := range []string{"/zoeken/?q=gir", "/zoeken/?q=giraf", "/api/search?q=giraffe", "/zoeken/?q=gir", "/zoeken/"} { // typed and taken back
		get(t, s, target, remote, "192.0.2.99:1")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	days, err := tally.Read(data)
	if err != nil || len(days) != 1 {
		t.Fatal(days, err)
	}
	if d := days[0]; d.Searches != 4 || d.Without != 3 || d.Failed != 0 || fmt.Sprint(d.Words) != "map[zebra:3]" {
		t.Errorf("%+v", d)
	}
}

func TestCountsAreNotPublished(t *testing.T) {
	dir := publish(t, "/")
	for _, data := range []string{dir, dir + "/", dir + "/a", dir + "/x/y"} {
		if s, err := New(Options{Dir: dir, Data: data}); err == nil || !strings.Contains(err.Error(), "--data") {
			t.Errorf("%s: %v %v", data, s, err)
		}
	}
}

// What site.yaml bounds travels with the index.
func TestOffsetZero(t *testing.T) {
	s := open(t, Options{Dir: limited(t, search.Limits{Offset: new(0)})})
	if w := get(t, s, "/zoeken/?q=verslag"); w.Code != 200 || !strings.Contains(w.Body.String(), "total=34") || strings.Contains(w.Body.String(), "page 1") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(t, s, "/api/search?q=verslag&offset=0"); w.Code != 200 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(t, s, "/api/search?q=verslag&offset=1"); w.Code != 400 || !strings.Contains(w.Body.String(), search.CodeBadOffset) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
