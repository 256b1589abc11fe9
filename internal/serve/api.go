package serve

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"kennishub/internal/diag"
	"kennishub/internal/search"
)

// The codes of faults that are not of the search room.
const (
	codeBadQuery         = "bad-query"
	codeRepeated         = "repeated-parameter"
	codeUnknownParameter = "unknown-parameter"
	codeNoIndex          = "no-index"
	codeInternal         = "internal"
	codeTooManyChoices   = "too-many-choices"
	codeTooMany          = "too-many-requests"
	codeBusy             = "busy"
)

// The parameters of a search besides the facets, in the order in which they are
// named to readers.
var parameters = []string{"q", "limit", "offset", "sort", "kind"}

// mostChoices bounds the choices of kinds and facets in an address, in bytes with
// choiceCost added for each. The page has a link for each choice that holds all the
// others, so without a bound a small request would get a huge answer.
const (
	mostChoices = 4096
	choiceCost  = 40
)

// parse reads a query from an address. With strict it refuses parameters that do
// not exist: programs must know about a slip, but a reader who follows a link
// with somebody's tracking code in it must not be bothered. The query is also
// given with a fault, as far as it could be read.
func parse(rawQuery string, settings search.Settings, strict bool) (q search.Query, err error) {
	q.Facets = map[string][]string{}
	values, fault := url.ParseQuery(rawQuery)
	if fault != nil {
		err = errBadQuery
	}
	note := func(code, format string, args ...any) {
		if err == nil {
			err = &search.QueryError{Code: code, Message: fmt.Sprintf(format, args...)}
		}
	}
	known := slices.Clone(parameters)
	for _, f := range settings.Facets {
		known = append(known, f.Name)
	}
	names := make([]string, 0, len(values))
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names) // the same fault every time
	choices := 0
	for _, name := range names {
		all := values[name]
		if name == "kind" || slices.Contains(known[len(parameters):], name) {
			for _, value := range all {
				choices += len(value) + choiceCost
			}
		}
		switch {
		case name == "kind":
			q.Kinds = all
		case slices.Contains(parameters, name):
			if len(all) > 1 {
				err = cmp.Or(err, repeated(name))
			}
			switch name {
			case "q":
				q.Text = all[0]
			case "sort":
				q.Sort = all[0]
			case "limit":
				q.Limit = number(all[0])
				if q.Limit == 0 {
					q.Limit = -1 // of a Query 0 is the default, but a reader who asks for 0 hits errs
				}
			case "offset":
				q.Offset = number(all[0])
			}
		case slices.Contains(known, name):
			q.Facets[name] = all
		case strict:
			note(codeUnknownParameter, "de parameter %q bestaat niet; %s", short(name), diag.Suggest(short(name), known))
		}
	}
	if choices > mostChoices {
		note(codeTooManyChoices, "er zijn te veel keuzes gemaakt om te filteren; maak er minder")
		q.Kinds, q.Facets = nil, nil
	}
	return q, err
}

var errBadQuery error = &search.QueryError{Code: codeBadQuery, Message: "het adres is niet goed geschreven; zet vreemde tekens als %XX"}

func repeated(name string) error {
	return &search.QueryError{Code: codeRepeated, Message: name + " mag maar één keer in het adres staan"}
}

// number reads a whole number; -1, which no parameter may be, stands for
// everything else.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || len(s) > 10 || s[0] < '0' || s[0] > '9' {
		return -1
	}
	return n
}

// short makes a reader's text fit to be repeated in a message.
func short(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if utf8.RuneCountInString(s) > 40 {
		s = string([]rune(s)[:40]) + "…"
	}
	return s
}

// api answers /api/search.
func (v *visit) api() {
	v.w.Header().Set("X-Robots-Tag", "noindex")
	results, _, err := v.search(true)
	if err == nil {
		v.json(http.StatusOK, results)
		return
	}
	status, code, message := v.explain(err)
	v.fault(status, code, message)
}

// retryAfter is how many seconds a trouble of the server may last.
const retryAfter = 10

// suggestions is how many suggestions an answer has at most: more do not fit under
// a field on a small screen.
const suggestions = 8

// suggest answers /api/suggest. It knows no parameter but q.
func (v *visit) suggest() {
	v.w.Header().Set("X-Robots-Tag", "noindex")
	list, err := v.suggested()
	if err == nil {
		v.json(http.StatusOK, map[string]any{"suggestions": list})
		return
	}
	status, code, message := v.explain(err)
	v.fault(status, code, message)
}

func (v *visit) suggested() ([]search.Suggestion, error) {
	_, leave, err := v.enter()
	if err != nil {
		return nil, err
	}
	defer leave()
	index := v.searcher(v.state)
	if index == nil {
		return nil, errNoIndex
	}
	values, err := url.ParseQuery(v.r.URL.RawQuery)
	if err != nil {
		return nil, errBadQuery
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if name != "q" {
			return nil, &search.QueryError{Code: codeUnknownParameter, Message: fmt.Sprintf("de parameter %q bestaat niet; hier is er maar één: q", short(name))}
		}
		if len(values[name]) > 1 {
			return nil, repeated(name)
		}
	}
	return index.Suggest(v.r.Context(), values.Get("q"), suggestions)
}

// errNoIndex is what a search meets when there is no index.
var errNoIndex = errors.New("er is geen zoekindex")

// search answers the query of the request. A reader, to whom it is not strict,
// also gets with a faulty query what can be chosen.
func (v *visit) search(strict bool) (*search.Results, search.Query, error) {
	index := v.searcher(v.state)
	if index == nil {
		return nil, search.Query{}, errNoIndex
	}
	q, fault := parse(v.r.URL.RawQuery, index.Settings(), strict)
	client, leave, err := v.enter()
	if err != nil {
		return nil, q, err
	}
	defer leave()
	if !strict {
		q.Limit = min(pageHits, index.Settings().Limits.Hits)
	}
	var results *search.Results
	if fault == nil {
		results, fault = index.Search(v.r.Context(), q)
	}
	switch {
	case fault == nil:
		if v.tally != nil && q.Offset == 0 {
			v.tally.Search(client, results.Query, results.Total, results.Missing)
		}
	case !strict:
		results, _ = index.Search(v.r.Context(), search.Query{})
	}
	return results, q, fault
}

// later tells programs in how many seconds to try again.
func (v *visit) later(seconds int) { v.w.Header().Set("Retry-After", strconv.Itoa(seconds)) }

// explain says what to tell a reader about an error.
func (v *visit) explain(err error) (status int, code, message string) {
	var fault *search.QueryError
	var refused *refusal
	switch {
	case errors.As(err, &refused):
		v.later(refused.retry)
		return refused.status, refused.code, refused.message
	case errors.As(err, &fault) && fault.Code == search.CodeTimeout:
		v.later(retryAfter)
		return http.StatusServiceUnavailable, fault.Code, fault.Message
	case errors.As(err, &fault):
		return http.StatusBadRequest, fault.Code, fault.Message
	case errors.Is(err, errNoIndex), errors.Is(err, search.ErrClosed):
		v.later(retryAfter)
		return http.StatusServiceUnavailable, codeNoIndex, "zoeken kan nu niet: er is nog geen zoekindex; probeer het later opnieuw"
	}
	if v.r.Context().Err() == nil { // else the reader left
		v.log.Error("een zoekopdracht mislukte", "fout", err)
	}
	return http.StatusInternalServerError, codeInternal, "het zoeken mislukte door een fout op de server; probeer het later opnieuw"
}

// fault answers with an error as JSON.
func (v *visit) fault(status int, code, message string) {
	v.json(status, map[string]any{"error": map[string]string{"code": code, "message": message}})
}

func (v *visit) json(status int, value any) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // nosniff keeps it from being read as HTML, and people read it too
	if err := encoder.Encode(value); err != nil {
		panic(err) // a type of ours that JSON cannot write
	}
	v.w.Header().Set("Cache-Control", "no-store")
	answer(v.w, v.r, status, jsonType, b.Bytes())
}
