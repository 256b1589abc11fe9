package build

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"
)

// vocabulary gives the context of schema.org without asking for it: every word is
// one of its.
type vocabulary struct{}

func (vocabulary) LoadDocument(address string) (*ld.RemoteDocument, error) {
	if address != "https://schema.org" {
		return nil, errors.New("nothing but schema.org is asked for, not " + address)
	}
	context := map[string]any{"@context": map[string]any{"@vocab": "https://schema.org/"}}
	return &ld.RemoteDocument{DocumentURL: address, Document: context}, nil
}

// expanded is the JSON-LD of a page as a reader understands it: every key an
// address, and every value a list.
func expanded(t *testing.T, p *htmlPage) []any {
	t.Helper()
	if len(p.linkedData) != 1 {
		t.Fatalf("%s has %d pieces of JSON-LD", p.file, len(p.linkedData))
	}
	options := ld.NewJsonLdOptions(hubBase)
	options.DocumentLoader = vocabulary{}
	things, err := ld.NewJsonLdProcessor().Expand(p.linkedData[0], options)
	if err != nil {
		t.Fatalf("%s: %v", p.file, err)
	}
	return things
}

// values are those of a property, each shortened to what tells it apart: the value
// itself, an address, else the name and the types.
func values(thing any, property string) []string {
	var list []string
	all, _ := thing.(map[string]any)["https://schema.org/"+property].([]any)
	for _, v := range all {
		switch v := v.(map[string]any); {
		case v["@value"] != nil:
			list = append(list, fmt.Sprint(v["@value"]))
		case v["@id"] != nil:
			list = append(list, fmt.Sprint(v["@id"]))
		default:
			list = append(list, strings.Join(append(types(v), values(v, "name")...), " "))
		}
	}
	return list
}

func types(thing any) []string {
	var list []string
	all, _ := thing.(map[string]any)["@type"].([]any)
	for _, v := range all {
		list = append(list, strings.TrimPrefix(fmt.Sprint(v), "https://schema.org/"))
	}
	return list
}

// A reader of JSON-LD finds on every page what it is about.
func TestLinkedDataIsUnderstood(t *testing.T) {
	type properties map[string][]string
	want := map[string]struct {
		types      []string
		properties properties
	}{
		"index.html": {[]string{"WebSite"}, properties{"name": {"Proefhub"}, "inLanguage": {"nl"}}},
		"kaal/index.html": {[]string{"WebPage"}, properties{
			"name": {"Kaal"}, "url": {hubBase + "kaal/"}, "isPartOf": {hubBase}, "datePublished": nil, "description": nil,
		}},
		"proeven/index.html": {[]string{"CollectionPage"}, properties{"name": {"Alle proeven"}, "mainEntity": {"ItemList", "Dataset Alle proeven"}}},
		"proeven/lezen-met-de-klok/index.html": {[]string{"Report", "LearningResource"}, properties{
			"name":               {"Lezen met de klok: gaat dat?"},
			"alternateName":      {"Kloklezen", "De klokproef"},
			"identifier":         {hubBase + "id/klok/"},
			"abstract":           {`Leest wie de klok kent ook "beter" & sneller <dan> een ander?`},
			"datePublished":      {"2024-01-10"},
			"dateModified":       {"2024-02-15"},
			"dateCreated":        {"2024-01-09"},
			"timeRequired":       {"PT75M"},
			"temporalCoverage":   {"2024-01-01/2024-06-30"},
			"educationalLevel":   {"Niveau 3 en 4", "Niveau 1"},
			"sourceOrganization": {hubBase + "scholen/voorbeeldschool/"},
			"funding":            {hubBase + "posten/#boeken"},
			"author":             {"Person Anna-Lise van der Voorbeeld", "Person", "Person"},
			"citation":           {"CreativeWork Het grote klokkenboek", "CreativeWork Tikken"},
			"license":            {"https://creativecommons.org/licenses/by/4.0/"},
			"version":            {"1.2"},
			"keywords":           {"klok", "beeld"},
			"encoding":           {"MediaObject", "MediaObject", "MediaObject Lesbrief", "MediaObject"},
		}},
		"proeven/schrijven-zonder-pen/index.html": {[]string{"Report", "LearningResource"}, properties{
			"isBasedOn": {hubBase + "proeven/lezen-met-de-klok/"}, "timeRequired": {"P3W"}, "temporalCoverage": {"2024-03-01/2024-05-31"},
		}},
		"uitgaven/jaarbericht/index.html": {[]string{"Book"}, properties{
			"datePublished": {"2024-01-31"}, "isbn": {"978-3-16-148410-0"}, "identifier": {"10.5555/proef_2023"},
			"publisher": {hubBase + "scholen/voorbeeldschool/"}, "author": {"Organization Redactie van de Proefhub", "Organization Voorbeeld, Fictief en Zoon"},
		}},
		"activiteiten/nacht-van-de-klok/index.html": {[]string{"EducationEvent"}, properties{
			"startDate": {"2024-10-26T22:00:00+02:00"}, "endDate": {"2024-10-27T04:00:00+01:00"},
			"eventStatus": {"https://schema.org/EventCancelled"}, "eventAttendanceMode": {"https://schema.org/MixedEventAttendanceMode"},
		}},
		"activiteiten/zomerdag/index.html": {[]string{"EducationEvent"}, properties{
			"location": {`Place Zaal 1, Oost; het "hoekje"`}, "organizer": {hubBase + "scholen/voorbeeldschool/"}, "isAccessibleForFree": {"true"},
		}},
		"scholen/fictieve-academie/index.html": {[]string{"EducationalOrganization"}, properties{"parentOrganization": {hubBase + "scholen/voorbeeldschool/"}}},
		"begrippen/kloklespakket/index.html":   {[]string{"DefinedTerm"}, properties{"alternateName": {"KLP"}}},
		"onderwerpen/lezen/index.html":         {[]string{"CollectionPage"}, properties{"name": {"Lezen"}}},
		"mijlpalen/index.html":                 {[]string{"CollectionPage"}, properties{"mainEntity": {"ItemList", "Dataset Mijlpalen"}}},
	}
	site := built(t)
	pages := 0
	for _, name := range site.with(t, ".html") {
		p := parsePage(t, name, site[name])
		if p.moved || name == "404.html" {
			continue
		}
		pages++
		things := expanded(t, p)
		if len(things) == 0 || len(types(things[0])) == 0 || len(values(things[0], "name")) == 0 {
			t.Errorf("%s: what the page is about has no type or no name: %v", name, things)
			continue
		}
		if len(things) > 1 && !slices.Equal(types(things[1]), []string{"BreadcrumbList"}) || len(things) == 1 && name != "index.html" {
			t.Errorf("%s: %d things", name, len(things))
		}
		w, ok := want[name]
		if !ok {
			continue
		}
		delete(want, name)
		if got := types(things[0]); !slices.Equal(got, w.types) {
			t.Errorf("%s: types %q, want %q", name, got, w.types)
		}
		for property, texts := range w.properties {
			if got := values(things[0], property); !reflect.DeepEqual(got, texts) {
				t.Errorf("%s: %s is %q, want %q", name, property, got, texts)
			}
		}
	}
	if pages < 30 || len(want) > 0 {
		t.Errorf("%d pages; these are not there: %v", pages, want)
	}
}
