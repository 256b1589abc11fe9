package dutch

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// counts is how often words occur in a small made-up hub.
var counts = map[string]int{
	"aanpak": 8, "analyse": 14, "app": 12, "avond": 6, "basis": 12, "bekwaamheid": 5, "beleid": 20, "belang": 9, "bereik": 3, "beroep": 9, "beroepspraktijk": 3,
	"bescherming": 12, "bestand": 14, "bestuur": 9, "beveiliging": 20, "bewustwording": 8, "boek": 11, "bord": 4, "campagne": 15, "commissie": 6, "cursus": 9,
	"data": 12, "deel": 14, "docent": 25, "docenten": 40, "examen": 10, "formulier": 7, "functie": 9, "gebied": 8, "gegeven": 5, "gegevens": 30,
	"gemeenschap": 4, "groep": 16, "gebruiker": 12, "hand": 6, "handleiding": 12, "informatie": 40, "instelling": 18, "kaart": 10, "kamer": 8, "kantoor": 4, "kennis": 30, "kind": 3,
	"klas": 9, "kwaliteit": 9, "leer": 8, "leraren": 9, "leiding": 4, "leiders": 2, "les": 30, "lessen": 20, "lijst": 9, "maken": 30, "materiaal": 14, "meld": 4, "middag": 5, "model": 7,
	"netwerk": 22, "onderwijs": 40, "onderzoek": 35, "onderzoekers": 9, "opdracht": 14, "opleiding": 20, "opslag": 6, "organisatie": 22, "ouders": 7, "plaats": 14, "plan": 16,
	"praktijk": 20, "privacy": 20, "professionalisering": 9, "programma": 11, "proef": 4, "project": 20, "punt": 9, "raad": 6, "rapport": 9, "reken": 2, "risico": 9, "scholen": 24,
	"software": 12, "stage": 9, "stelsel": 4, "studenten": 44, "systeem": 14, "taal": 9, "toets": 12, "training": 14, "tijd": 16, "vaardigheid": 4, "vaardigheden": 9, "vergadering": 9,
	"voorbeeld": 22, "vorming": 5, "wachtwoord": 15, "wet": 9, "werk": 18, "werkplaats": 30, "werkplaatsen": 9, "zin": 9, "zonne": 1, "zon": 4, "energie": 5,
	"zijn": 90, "worden": 80, "voor": 90, "over": 80, "onder": 60, "door": 90, "uit": 90, "leren": 30, "detail": 4, "rijk": 4, "geven": 20, "leiden": 5, "stellen": 8, "end": 3, "organiseren": 12,
	"gemeente": 9, "komst": 2, "komsten": 2, "bijeen": 4, "antwoord": 8, "onderzoekswerkplaats": 60, "informatiebeveiliging": 90, "voorraad": 3, "lokaal": 4, "bewust": 6,
}

func TestSplit(t *testing.T) {
	splitter := NewSplitter(counts, nil)
	for word, want := range map[string]string{
		"onderzoekswerkplaats":        "onderzoek werkplaats", // though it occurs more than its parts
		"informatiebeveiliging":       "informatie beveiliging",
		"bewustwordingscampagne":      "bewustwording campagne",
		"risicoanalyse":               "risico analyse",
		"risicoanalyses":              "risico analyse",
		"wachtwoordzin":               "wachtwoord zin",
		"docentprofessionalisering":   "docent professionalisering",
		"docentenprofessionalisering": "docenten professionalisering",
		"beroepspraktijkvorming":      "beroepspraktijk vorming",
		"kennisnetwerk":               "kennis netwerk",
		"privacyrisico":               "privacy risico",
		"lerarenopleiding":            "leraren opleiding",
		"meldpunt":                    "meld punt",
		"studentenraad":               "studenten raad",
		"studentraad":                 "studenten raad",
		"gegevensbescherming":         "gegevens bescherming",
		"schoolleider":                "scholen leiders",
		"scholengemeenschap":          "scholen gemeenschap",
		"leidinggeven":                "leiding geven",
		"werkplaatsleider":            "werkplaats leiders",
		"lesmateriaal":                "les materiaal",
		"lessenplan":                  "lessen plan",
		"voorbeeldles":                "voorbeeld les",
		"taalles":                     "taal les",
		"privacywet":                  "privacy wet",
		"opslaggebied":                "opslag gebied",
		"kindgebied":                  "kind gebied",
		"kinderkamer":                 "kind kamer",
		"zonneenergie":                "zonne energie",
		"softwarelijst":               "software lijst",
		"onderwijsbeleidsplan":        "onderwijs beleid plan",
		"projectgroepvergadering":     "project groep vergadering",
		"examencommissies":            "examen commissie",
		"gebruikersgroep":             "gebruiker groep",
		"kwaliteitssysteem":           "kwaliteit systeem",
		"leerwerkplaats":              "leer werkplaats",

		// Words that only look like compounds, or had better stay whole.
		"handleiding": "", "handleidingen": "", "werkplaats": "", "student": "", "organisatie": "", "informatie": "",
		"georganiseerd": "", "bijeenkomsten": "", "besprekingen": "", "verantwoordelijk": "", "belangrijk": "", "detailleren": "",
		"voorstellen": "", "overleiden": "", "onderwijs": "", "doorgeven": "", "uitleiding": "", "onderdeel": "", "lessen": "", "wachtwoord": "",
		"leidinggevend": "", "bewustzijn": "", "gemeente": "", "lokaal": "",

		"": "", "les": "", "leslesles": "les les les", "lesles": "", "xyzxyzxyz": "", "kennis2netwerk": "", "Kennisnetwerk": "", "kennis-netwerk": "", "ideeën": "",
		strings.Repeat("kennis", 11): "", strings.Repeat("werk", 4): "werk werk werk werk",
	} {
		if got := strings.Join(splitter.Split(word), " "); got != want {
			t.Errorf("Split(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSplitKnowsOtherWords(t *testing.T) {
	if got := NewSplitter(map[string]int{"kennis": 3}, nil).Split("kenniskring"); got != nil {
		t.Errorf("split into %q", got)
	}
	if got := NewSplitter(map[string]int{"kennis": 3}, []string{"kring", "kennis"}).Split("kenniskring"); !slices.Equal(got, []string{"kennis", "kring"}) {
		t.Errorf("split into %q", got)
	}
	if got := NewSplitter(nil, nil).Split("kenniskring"); got != nil {
		t.Errorf("split into %q", got)
	}
	if got := NewSplitter(map[string]int{"kennis": 0, "kring": -1}, nil).Split("kenniskring"); got != nil {
		t.Errorf("split into %q", got)
	}
}

// The order of a map is another for each splitter.
func TestSplitIsTheSameForTheSame(t *testing.T) {
	words := slices.Sorted(maps.Keys(vocabulary()))
	first := NewSplitter(vocabulary(), nil)
	for range 10 {
		splitter := NewSplitter(vocabulary(), nil)
		for i, word := range words {
			compound := word + words[(i*7)%len(words)]
			if a, b := first.Split(compound), splitter.Split(compound); !slices.Equal(a, b) {
				t.Fatalf("Split(%q) = %q and %q", compound, a, b)
			}
		}
	}
}

func FuzzSplit(f *testing.F) {
	splitter := NewSplitter(counts, []string{"kring", "a", "", "é", "lesle"})
	for _, word := range slices.Sorted(maps.Keys(counts)) {
		f.Add(word + "werk")
		f.Add(word + "s" + word)
	}
	for _, word := range []string{"", "s", "ssssssss", "\xff\xfe\xfd\xfc\xfb\xfa\xf9", "🙂🙂🙂", strings.Repeat("les", 21), strings.Repeat("a", 10_000)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		parts := splitter.Split(word)
		if len(parts) == 1 {
			t.Fatalf("Split(%q) = %q", word, parts)
		}
		for _, part := range parts {
			if splitter.counts[part] == 0 {
				t.Fatalf("Split(%q) = %q, but %q does not occur", word, parts, part)
			}
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	splitter := NewSplitter(counts, nil)
	words := []string{"onderzoekswerkplaats", "verantwoordelijkheid", "docentenprofessionalisering", "werken", "privacyrisico", "georganiseerd"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		splitter.Split(words[i%len(words)])
	}
}

func BenchmarkNewSplitter(b *testing.B) {
	for b.Loop() {
		NewSplitter(counts, nil)
	}
}
