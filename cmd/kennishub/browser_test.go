package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts Chromium and notes everything that should not happen in a tab:
// errors on the console, among them what the security policy blocks, and requests
// to anyone else.
func browser(t *testing.T, host string) (context.Context, func() []string) {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("CI has no Chromium")
		}
		t.Skip("skipped: needs Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)

	var mu sync.Mutex
	var seen []string
	note := func(s string) {
		mu.Lock()
		seen = append(seen, s)
		mu.Unlock()
	}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "404") {
				note("console: " + e.Entry.Text)
			}
		case *cdpruntime.EventExceptionThrown:
			note("exception: " + e.ExceptionDetails.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, host) && !strings.HasPrefix(e.Request.URL, "data:") {
				note("request to " + e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, enable := range []func() error{
		func() error { _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); return err },
		func() error { _, err := chromedp.Call(ctx, log.Enable, struct{}{}); return err },
		func() error { _, err := chromedp.Call(ctx, cdpruntime.Enable, struct{}{}); return err },
	} {
		if err := enable(); err != nil {
			t.Fatal(err)
		}
	}
	return ctx, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return append([]string(nil), seen...)
	}
}

// look evaluates an expression in the page.
func look[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// hubSource copies the hub of this repository.
func hubSource(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"content", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	config, err := os.ReadFile(filepath.Join("..", "..", "site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"site.yaml": string(config)})
	return dir
}

func TestPagesInABrowser(t *testing.T) {
	source := hubSource(t)
	mustRun(t, "build", "--source", source, "--base-url", "http://localhost/")
	r := start(t, "serve", "--source", source)
	ctx, seen := browser(t, r.url)
	_, sitemap := r.get(t, "/sitemap.xml")
	paths := []string{"/zoeken/", "/zoeken/?q=privacy", "/zoeken/?q=xyzzy", "/geen/pagina/"}
	for _, m := range regexp.MustCompile(`<loc>http://localhost(/[^<]*)</loc>`).FindAllStringSubmatch(sitemap, -1) {
		paths = append(paths, m[1])
	}
	if len(paths) < 20 {
		t.Fatalf("only %d pages", len(paths))
	}
	for _, width := range []int64{320, 1280} {
		for _, path := range paths {
			do(t, ctx, chromedp.EmulateViewport(width, 900), chromedp.Navigate(strings.TrimSuffix(r.url, "/")+path))
			overflow := look[bool](t, ctx, `document.documentElement.scrollWidth > document.documentElement.clientWidth`)
			// Text that is cut off at the side of the window.
			hidden := look[[]string](t, ctx, `[...document.querySelectorAll("h1,h2,h3,p,li,dd,a,button,input")].filter(e => {
				const r = e.getBoundingClientRect();
				return r.width > 1 && !e.closest(".table, pre, .hidden, .skip") && (r.right > innerWidth + 1 || r.left < -1);
			}).map(e => e.outerHTML.slice(0, 80))`)
			if overflow || len(hidden) > 0 {
				t.Errorf("%s at %d pixels: scrolls sideways: %v, outside: %q", path, width, overflow, hidden)
			}
		}
	}
	for _, s := range seen() {
		t.Error(s)
	}
}

// Searching and filtering work without JavaScript.
func TestSearchWithoutScripts(t *testing.T) {
	source := hubSource(t)
	mustRun(t, "build", "--source", source)
	r := start(t, "serve", "--source", source)
	ctx, seen := browser(t, r.url)
	_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	if err != nil {
		t.Fatal(err)
	}
	// becomes waits for the next page: it has that in its address, and results.
	becomes := func(query string) {
		t.Helper()
		for range 200 {
			if found, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("location.search.includes(`"+query+"`) && document.querySelector(`mark`) !== null")); err == nil && found {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("there were never results for %s", query)
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(r.url))
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("main input[name=q]"), "privacy\r"))
	becomes("q=privacy")
	all := look[int](t, ctx, `parseInt(document.querySelector("#k_count").textContent)`)
	do(t, ctx, chromedp.Click(chromedp.CSS("input[name=kind][value=experiment]")))
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("main input[name=q]"), "\r"))
	becomes("kind=experiment")
	address := look[string](t, ctx, `location.href`)
	narrowed := look[int](t, ctx, `parseInt(document.querySelector("#k_count").textContent)`)
	chosen := look[int](t, ctx, `[...document.querySelectorAll("a")].filter(a => a.href.includes("/zoeken/?") && !a.href.includes("kind=")).length`)
	if checked := look[bool](t, ctx, `document.querySelector("input[name=kind][value=experiment]").checked`); !checked {
		t.Error("the chosen filter is not shown as chosen")
	}
	if all == 0 || narrowed == 0 || narrowed >= all || chosen == 0 || !strings.Contains(address, "kind=experiment") || !strings.Contains(address, "q=privacy") {
		t.Errorf("%d results, then %d; %d links without the filter; address %s", all, narrowed, chosen, address)
	}
	for _, s := range seen() {
		t.Error(s)
	}
}

// The search page answers while one types, and its address and the focus keep up.
func TestSearchAsOneTypes(t *testing.T) {
	source := hubSource(t)
	mustRun(t, "build", "--source", source)
	r := start(t, "serve", "--source", source)
	ctx, seen := browser(t, r.url)
	becomes := func(expression string) {
		t.Helper()
		for range 200 {
			// While another page comes there is nothing to ask.
			if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && is {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		state, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + " " + document.activeElement?.outerHTML`))
		t.Fatalf("never: %s\n%s", expression, state)
	}
	press := func(keys string, options ...chromedp.KeyOption) { do(t, ctx, chromedp.KeyEvent(keys, options...)) }
	// propose lets the page get these suggestions, whatever the server has.
	propose := func(answer string) {
		look[bool](t, ctx, `(real => { window.fetch = (url, o) => String(url).includes("/api/suggest")
			? Promise.resolve(new Response(...`+answer+`)) : real(url, o) })(fetch), true`)
	}

	// From any page to the field, and not from another field.
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(r.url+"over/"))
	press("k", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	becomes(`document.activeElement.id === "k_q" && document.activeElement.role === "combobox"`)

	// Elsewhere the list comes as one types: down, down, back to the field, away.
	const suggestions = `['{"suggestions":[{"text":"Privacy","url":"/privacy/","kind":"Pagina"},{"text":"<b>","url":"/over/","kind":""}]}']`
	propose(suggestions)
	press("privacy")
	becomes(`k_q.ariaExpanded === "true" && k_q_list.children[1]?.textContent === "<b>" && !k_q.hasAttribute("aria-activedescendant")`)
	press(kb.ArrowDown + kb.ArrowDown)
	becomes(`k_q.getAttribute("aria-activedescendant") === k_q_list.children[1].id && k_q_list.children[1].ariaSelected === "true"`)
	press(kb.ArrowDown)
	becomes(`!k_q.hasAttribute("aria-activedescendant") && !k_q_list.querySelector("[aria-selected=true]")`)
	press(kb.Escape)
	becomes(`k_q.ariaExpanded === "false" && k_q_list.hidden && k_q.value === "privacy"`)

	// On the search page the results come, and the list lies over none of them unless
	// it is asked for.
	do(t, ctx, chromedp.Navigate(r.url+"zoeken/"))
	propose(suggestions)
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#k_find"), "privacy"))
	becomes(`location.search === "?q=privacy" && document.querySelector(".hits mark") !== null && document.title.startsWith("privacy ")`)
	becomes(`k_find === document.activeElement && k_find.selectionStart === 7`)
	becomes(`k_status.textContent !== "" && k_status.textContent === k_count.textContent`)

	if look[bool](t, ctx, `k_find.ariaExpanded === "true" || !k_find_list.hidden`) {
		t.Error("suggestions lie over the results")
	}
	press(kb.ArrowDown)
	becomes(`k_find.ariaExpanded === "true" && k_find.getAttribute("aria-activedescendant") === k_find_list.children[0].id`)
	press(kb.Escape)
	becomes(`k_find.ariaExpanded === "false" && k_find_list.hidden && k_find.value === "privacy"`)
	press(kb.ArrowUp)
	becomes(`k_find.getAttribute("aria-activedescendant") === k_find_list.children[1]?.id`)
	press(kb.Enter)
	becomes(`location.pathname === "/over/"`)
	do(t, ctx, chromedp.NavigateBack())
	becomes(`location.search === "?q=privacy" && k_find.value === "privacy" && document.querySelector(".hits mark") !== null`)

	// A server without suggestions is no fault.
	propose(`["", {status: 404}]`)
	all := look[int](t, ctx, `parseInt(k_count.textContent)`)
	do(t, ctx, chromedp.Click(chromedp.CSS("input[name=kind][value=experiment]")))
	becomes(`location.search === "?q=privacy&kind=experiment" && document.querySelectorAll(".chosen a").length === 1`)
	becomes(`document.activeElement.value === "experiment" && document.activeElement.checked`)
	if some := look[int](t, ctx, `parseInt(k_count.textContent)`); some == 0 || some >= all {
		t.Errorf("%d of %d results", some, all)
	}
	press("k", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	if look[bool](t, ctx, `document.activeElement === k_find`) {
		t.Error("Ctrl+K takes the focus out of another field")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".hits a")))
	becomes(`location.pathname.startsWith("/experimenten/")`)
	do(t, ctx, chromedp.NavigateBack())
	becomes(`location.search === "?q=privacy&kind=experiment" && document.querySelector("input[value=experiment]").checked`)

	// Enter does not wait, and an answer that comes too late is left.
	do(t, ctx, chromedp.SendKeys(chromedp.CSS("#k_find"), kb.End+" xyzzy"+kb.Backspace+"\r"))
	becomes(`location.search === "?q=privacy+xyzz&kind=experiment" && k_count.textContent.includes("privacy xyzz’")`)

	// One goes back by what was asked and chosen, not by what was typed on the way.
	do(t, ctx, chromedp.NavigateBack())
	becomes(`location.search === "?q=privacy&kind=experiment" && k_find.value === "privacy" && k_count.textContent.includes("privacy’")`)
	becomes(`document.querySelector("input[value=experiment]").checked`)
	do(t, ctx, chromedp.NavigateForward())
	becomes(`location.search === "?q=privacy+xyzz&kind=experiment" && k_find.value === "privacy xyzz" && k_count.textContent.includes("privacy xyzz’")`)
	do(t, ctx, chromedp.Click(chromedp.CSS(".chosen a")))
	becomes(`location.search === "?q=privacy+xyzz" && k_find.value === "privacy xyzz"`)
	do(t, ctx, chromedp.Click(chromedp.CSS("input[name=kind][value=begrip]")))
	becomes(`location.search === "?q=privacy+xyzz&kind=begrip" && document.querySelectorAll(".chosen a").length === 1`)
	do(t, ctx, chromedp.NavigateBack())
	becomes(`location.search === "?q=privacy+xyzz" && !document.querySelector("input[value=begrip]").checked && !document.querySelector(".chosen")`)
	for _, s := range seen() {
		t.Error(s)
	}
}

// A preview reloads by itself and shows the faults of a page while they last.
func TestPreviewInABrowser(t *testing.T) {
	source := t.TempDir()
	write(t, source, map[string]string{"site.yaml": "title: Proef\n", "content/a.md": "---\ntitle: A\n---\nappel\n"})
	r := start(t, "watch", "--source", source)
	ctx, seen := browser(t, r.url)
	has := func(text string) {
		t.Helper()
		for range 200 {
			// While the page reloads there is nothing to ask.
			if found, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.body?.textContent.includes("`+text+`") ?? false`)); err == nil && found {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Fatalf("the page never held %q\n%s", text, r.output)
	}
	save := func(text string) { write(t, source, map[string]string{"content/a.md": text}) }
	do(t, ctx, chromedp.Navigate(r.url+"a/"))
	has("appel")
	save("---\ntitle: A\n---\npeer\n")
	has("peer")
	save("---\ntitel: A\n---\npeer\n")
	has("onbekende sleutel")
	visible := look[bool](t, ctx, `document.querySelector(".kennishub-faults").getBoundingClientRect().bottom > 0`)
	save("---\ntitle: A\n---\npruim\n")
	has("pruim")
	if look[bool](t, ctx, `document.querySelector(".kennishub-faults") !== null`) {
		t.Error("the faults outlast their mending")
	}
	if !visible {
		t.Error("the faults are out of sight")
	}
	for _, s := range seen() {
		t.Error(s)
	}
}
