package bundle

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
)

func TestReadme(t *testing.T) {
	licence, _ := LicenceOf("CC BY 4.0")
	r := readme{Bundle: campaign(), Terms: licence, LicenceFile: "LICENTIE.txt", SumsFile: "SHA256SUMS", Files: []Entry{{Name: "poster.pdf", Size: 1_234_567}, {Name: "map/bron.odt", Size: 14_499}}}
	const want = `Klik niet zomaar

Versie 1.1
5 oktober 2026
https://kennishub.example/campagnes/klik-niet-zomaar/

WAT IS DIT?

Campagne over nepberichten.

Met een poster.

WAT MAG JE ERMEE?

Licentie: CC BY 4.0

Je mag het materiaal kopiëren en delen, ook als je er geld mee verdient.
Je mag het ook veranderen, en delen wat je ervan hebt gemaakt.
Noem de bron als je het deelt. Zeg erbij of je iets hebt veranderd.

Dit is een samenvatting. Wat geldt, is de hele tekst. Die staat in LICENTIE.txt, in het Engels. Meer uitleg in het Nederlands:
https://creativecommons.org/licenses/by/4.0/deed.nl

HOE NOEM JE DE BRON?

Neem deze zin over:

    "Klik niet zomaar", versie 1.1, van MBO Digitaal. Bron: https://kennishub.example/campagnes/klik-niet-zomaar/ Licentie: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/deed.nl

Heb je iets veranderd? Neem dan deze zin over, en vul hem aan:

    Naar "Klik niet zomaar", versie 1.1, van MBO Digitaal. Bron: https://kennishub.example/campagnes/klik-niet-zomaar/ Licentie: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/deed.nl Aangepast door: [naam van je school]

HOE PAS JE HET AAN?

1. Open de poster.
2. Zet je meldpunt erin.

WELKE BESTANDEN ZITTEN ERIN?

- poster.pdf (1,2 MB)
- map/bron.odt (14 kB)

Wil je weten of de bestanden heel zijn? In SHA256SUMS staat van elk bestand een controlegetal. Zo controleer je ze in deze map, op Linux en op macOS:

    sha256sum -c SHA256SUMS
    shasum -a 256 -c SHA256SUMS

Op Windows laat PowerShell het getal van een bestand zien. Vergelijk het met dat in SHA256SUMS:

    Get-FileHash naam-van-het-bestand
`
	if got := r.text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	r.Language = "en"
	if got := r.text(); strings.Count(got, "\n") != strings.Count(want, "\n") || !strings.Contains(got, "5 October 2026") || !strings.Contains(got, "(1.2 MB)") {
		t.Errorf("not the same in English:\n%s", got)
	}
}

// TestReadmeSaysWhatIsAllowed looks for the sentences that differ between licences.
func TestReadmeSaysWhatIsAllowed(t *testing.T) {
	said := map[string][]string{ // in Dutch and English
		"earn":   {"ook als je er geld mee verdient", "also to earn money"},
		"not":    {"niet om er geld", "not to earn money"},
		"change": {"delen wat je ervan hebt gemaakt", "share what you made"},
		"keep":   {"mag je niet delen", "may not share"},
		"alike":  {"dezelfde licentie", "the same licence"},
		"name":   {"Noem de bron als", "Name the source when"},
		"legal":  {"samenvatting", "summary"},
		"adapt":  {"Naar \"Klik", "Based on \"Klik"},
		"ask":    {"Vraag het dan aan de maker", "ask the maker."},
		"first":  {"eerst aan de maker", "ask the maker first"},
	}
	for licence, want := range map[string]string{
		"CC BY 4.0": "earn change name legal adapt", "CC BY-SA 4.0": "earn change alike name legal adapt", "CC BY-NC 4.0": "not change name legal adapt",
		"cc-by-nc-sa-4.0": "not change alike name legal adapt", "CC BY-ND 4.0": "earn keep name legal", "CC BY-NC-ND 4.0": "not keep name legal",
		"CC0 1.0": "earn legal adapt", "Eigen voorwaarden": "ask adapt", "": "first adapt",
	} {
		for at, language := range []string{"nl", "en"} {
			b := campaign()
			b.Language, b.Licence = language, licence
			terms, _ := LicenceOf(licence)
			text := readme{Bundle: b, Terms: terms, LicenceFile: "L", SumsFile: "S"}.text()
			for key, sentences := range said {
				if got, wanted := strings.Contains(text, sentences[at]), strings.Contains(" "+want+" ", " "+key+" "); got != wanted {
					t.Errorf("%q in %s: %q is there: %v\n%s", licence, language, sentences[at], got, text)
				}
			}
		}
	}
}

func TestReadmeOfLittle(t *testing.T) {
	got := readme{Bundle: Bundle{Title: "A\r\nB\x00"}, SumsFile: "S"}.text()
	if !strings.HasPrefix(got, "A B\n\nWAT MAG JE ERMEE?\n\nEr is geen licentie") || !strings.Contains(got, "    \"A B\".\n") || strings.Contains(got, "\n\n\n") {
		t.Errorf("got %q", got)
	}
}

func TestSizeInWords(t *testing.T) {
	for bytes, want := range map[int64]string{0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 999_499: "999 kB", 999_500: "1,0 MB", 9_950_000: "10 MB", 6_000_000_000: "6,0 GB", 2e15: "2000 TB"} {
		if got := size(bytes, ","); got != want {
			t.Errorf("%d: got %q, want %q", bytes, got, want)
		}
	}
}

func TestLicences(t *testing.T) {
	for _, l := range Licences {
		text := l.Text()
		if len(text) < 7000 || strings.Contains(text, "\r") || !strings.HasSuffix(text, ".\n") {
			t.Errorf("%s: the text is not whole: %d bytes", l.Name, len(text))
		}
		for part, word := range map[string]string{"BY": "Attribution", "SA": "ShareAlike", "NC": "NonCommercial", "ND": "NoDerivatives", "CC0": "CC0 1.0 Universal"} {
			if strings.Contains(strings.SplitN(text, "\n\n ", 2)[0], word) != strings.Contains(l.SPDX, part) {
				t.Errorf("%s has the text of another licence: %s", l.SPDX, text[:100])
			}
		}
		for _, name := range []string{l.Name, l.SPDX, strings.ToLower(l.Name), " " + strings.ReplaceAll(l.Name, " ", "-")} {
			if got, ok := LicenceOf(name); !ok || got != l {
				t.Errorf("%q: got %v", name, got)
			}
		}
	}
	for _, name := range []string{"", "CC BY", "CC BY 3.0", "CC BY 4.0 NL", "CC0", "MIT"} {
		if got, ok := LicenceOf(name); ok {
			t.Errorf("%q: got %v", name, got)
		}
	}
}

// The sentence that a maker wants stands there as it is.
func TestReadmeCredit(t *testing.T) {
	for _, licence := range []string{"CC BY 4.0", "CC BY-ND 4.0"} {
		b := Bundle{Folder: "a", Title: "Titel", Licence: licence, Attribution: "MBO Digitaal", Credit: "Foto's: Jan van Dijk,\nROC Noord", Address: "https://a.example/"}
		got := readmeOf(t, b)
		if !strings.Contains(got, "\r\n    Foto's: Jan van Dijk, ROC Noord\r\n") || strings.Contains(got, "Bron:") || strings.Contains(got, "Naar ") {
			t.Errorf("%s: %s", licence, got)
		}
		if strings.Contains(got, "Aangepast door") != (licence == "CC BY 4.0") {
			t.Errorf("%s: %s", licence, got)
		}
	}
}

func readmeOf(t *testing.T, b Bundle) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	file, err := z.Open("a/LEESMIJ.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
