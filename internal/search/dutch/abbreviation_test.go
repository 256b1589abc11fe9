package dutch

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAbbreviations(t *testing.T) {
	tests := []struct {
		text string
		want []Abbreviation
	}{
		// The long form first.
		{"Een Data Protection Impact Assessment (DPIA) is verplicht.", []Abbreviation{{"DPIA", "Data Protection Impact Assessment"}}},
		{"alles over informatiebeveiliging en privacy (IBP)", []Abbreviation{{"IBP", "informatiebeveiliging en privacy"}}},
		{"De beroepspraktijkvorming (bpv) begint.", []Abbreviation{{"bpv", "beroepspraktijkvorming"}}},
		{"Vraag het de functionaris gegevensbescherming (FG).", []Abbreviation{{"FG", "functionaris gegevensbescherming"}}},
		{"de functionaris voor de gegevensbescherming (FG)", []Abbreviation{{"FG", "functionaris voor de gegevensbescherming"}}},
		{"onder de Algemene verordening gegevensbescherming (AVG)", []Abbreviation{{"AVG", "Algemene verordening gegevensbescherming"}}},
		{"in het middelbaar beroepsonderwijs (mbo)", []Abbreviation{{"mbo", "middelbaar beroepsonderwijs"}}},
		{"het voorbereidend middelbaar beroepsonderwijs (vmbo)", []Abbreviation{{"vmbo", "voorbereidend middelbaar beroepsonderwijs"}}},
		{"hoger algemeen voortgezet onderwijs (havo)", []Abbreviation{{"havo", "hoger algemeen voortgezet onderwijs"}}},
		{"het voortgezet onderwijs (vo)", []Abbreviation{{"vo", "voortgezet onderwijs"}}},
		{"het praktijkonderwijs (pro)", []Abbreviation{{"pro", "praktijkonderwijs"}}},
		{"een elektronische leeromgeving (elo)", []Abbreviation{{"elo", "elektronische leeromgeving"}}},
		{"het ontwikkelingsperspectief (opp)", []Abbreviation{{"opp", "ontwikkelingsperspectief"}}},
		{"uit het leerlingadministratiesysteem (LAS)", []Abbreviation{{"LAS", "leerlingadministratiesysteem"}}},
		{"het burgerservicenummer (BSN) van een leerling", []Abbreviation{{"BSN", "burgerservicenummer"}}},
		{"bedrijfshulpverlening (BHV)", []Abbreviation{{"BHV", "bedrijfshulpverlening"}}},
		{"informatie- en communicatietechnologie (ict)", []Abbreviation{{"ict", "informatie- en communicatietechnologie"}}},
		{"het Rijksinstituut voor Volksgezondheid en Milieu (RIVM)", []Abbreviation{{"RIVM", "Rijksinstituut voor Volksgezondheid en Milieu"}}},
		{"de Rijksdienst voor Ondernemend Nederland (RVO)", []Abbreviation{{"RVO", "Rijksdienst voor Ondernemend Nederland"}}},
		{"de Nederlandse Organisatie voor Wetenschappelijk Onderzoek (NWO)", []Abbreviation{{"NWO", "Nederlandse Organisatie voor Wetenschappelijk Onderzoek"}}},
		{"het ministerie van Onderwijs, Cultuur en Wetenschap (OCW)", []Abbreviation{{"OCW", "Onderwijs, Cultuur en Wetenschap"}}},
		{"volgens De Nederlandsche Bank (DNB)", []Abbreviation{{"DNB", "De Nederlandsche Bank"}}},
		{"de Raad van Toezicht (RvT) en het College van Bestuur (CvB)", []Abbreviation{{"RvT", "Raad van Toezicht"}, {"CvB", "College van Bestuur"}}},
		{"de Basisregistratie Instellingen (BRIN)", []Abbreviation{{"BRIN", "Basisregistratie Instellingen"}}},
		{"met multi-factor-authenticatie (MFA)", []Abbreviation{{"MFA", "multi-factor-authenticatie"}}},
		{"zet tweefactorauthenticatie (2FA) aan", []Abbreviation{{"2FA", "tweefactorauthenticatie"}}},
		{"HyperText Markup Language (HTML)", []Abbreviation{{"HTML", "HyperText Markup Language"}}},
		{"eXtensible Markup Language (XML)", []Abbreviation{{"XML", "eXtensible Markup Language"}}},
		{"brillen voor extended reality (XR)", []Abbreviation{{"XR", "extended reality"}}},
		{"Software as a Service (SaaS)", []Abbreviation{{"SaaS", "Software as a Service"}}},
		{"research & development (R&D)", []Abbreviation{{"R&D", "research & development"}}},
		{"een naamloze vennootschap (n.v.)", []Abbreviation{{"n.v.", "naamloze vennootschap"}}},
		{"functionarissen gegevensbescherming (FG's)", []Abbreviation{{"FG", "functionarissen gegevensbescherming"}}},
		{"application programming interfaces (APIs)", []Abbreviation{{"API", "application programming interfaces"}}},
		{"de “beroepsbegeleidende leerweg” (‘bbl’)", []Abbreviation{{"bbl", "beroepsbegeleidende leerweg"}}},
		{"de verordening gegevensbescherming (VG, sinds 2018)", []Abbreviation{{"VG", "verordening gegevensbescherming"}}},
		{"de Autoriteit Persoonsgegevens (hierna: AP)", []Abbreviation{{"AP", "Autoriteit Persoonsgegevens"}}},
		{"een verklaring\u00a0omtrent het\u00a0gedrag (VOG)", []Abbreviation{{"VOG", "verklaring\u00a0omtrent het\u00a0gedrag"}}},
		{"de functionaris voor de gegevensbescherming (FG)", []Abbreviation{{"FG", "functionaris voor de gegevensbescherming"}}},
		{"éénmanszaken in het échte onderwijs (ÉO)", []Abbreviation{{"ÉO", "échte onderwijs"}}},

		// The short form first.
		{"Doe een DPIA (Data Protection Impact Assessment).", []Abbreviation{{"DPIA", "Data Protection Impact Assessment"}}},
		{"de bpv (beroepspraktijkvorming)", []Abbreviation{{"bpv", "beroepspraktijkvorming"}}},
		{"de AVG (de Algemene verordening gegevensbescherming)", []Abbreviation{{"AVG", "Algemene verordening gegevensbescherming"}}},
		{"de AP (voluit: Autoriteit Persoonsgegevens)", []Abbreviation{{"AP", "Autoriteit Persoonsgegevens"}}},
		{"OCW (Onderwijs, Cultuur en Wetenschap)", []Abbreviation{{"OCW", "Onderwijs, Cultuur en Wetenschap"}}},
		{"de DPIA (data protection impact assessment, verplicht sinds 2018)", []Abbreviation{{"DPIA", "data protection impact assessment"}}},

		// In words.
		{"De beroepspraktijkvorming, afgekort bpv, begint.", []Abbreviation{{"bpv", "beroepspraktijkvorming"}}},
		{"de beroepspraktijkvorming (afgekort: bpv)", []Abbreviation{{"bpv", "beroepspraktijkvorming"}}},
		{"functionaris gegevensbescherming – afgekort tot FG", []Abbreviation{{"FG", "functionaris gegevensbescherming"}}},
		{"de Autoriteit Persoonsgegevens, kortweg de AP.", []Abbreviation{{"AP", "Autoriteit Persoonsgegevens"}}},
		{"AVG staat voor Algemene verordening gegevensbescherming en geldt sinds 2018.", []Abbreviation{{"AVG", "Algemene verordening gegevensbescherming"}}},
		{"De afkorting bpv staat voor de beroepspraktijkvorming.", []Abbreviation{{"bpv", "beroepspraktijkvorming"}}},

		// Remarks between brackets.
		{"meer over privacy (zie boven)", nil},
		{"zorgvuldig informeren en (zie)", nil},
		{"het jaarverslag (2022)", nil},
		{"bij voorkeur lokaal (bijvoorbeeld)", nil},
		{"bij instellingen jaarlijks vastgesteld (bijv.)", nil},
		{"de poster aan de muur (A3)", nil},
		{"maximaal aantal deelnemers (max. 10)", nil},
		{"of een school nu iets efficiënts toepast (of niet)", nil},
		{"het nieuwe verslag (nvt)", nil},
		{"een netwerk in evenwicht (niet)", nil},
		{"docenten en studenten (groep 3)", nil},
		{"uw gegevens (online)", nil},
		{"geeft de waarde (gunstig)", nil},
		{"een download (PDF)", nil},
		{"een bestand (docx)", nil},
		{"het artikel (en)", nil},
		{"voor onderwijs (vo)", nil},
		{"leuk en spannend ()", nil},
		{"leuk en spannend (?)", nil},
		{"leuk en spannend (!!)", nil},
		{"privacyrisico (€ 20)", nil},

		// Other initials.
		{"de kosten van verkochte goederen (KPV)", nil},
		{"onderhanden werk (WIP)", nil},
		{"de Autoriteit Persoonsgegevens waarschuwt (AP)", nil},
		{"een Amerikaanse dollar (USD)", nil},
		{"gegevens over functionarissen (FG)", nil},
		{"een beeld van praktijken (bpv)", nil},
		{"beroepspraktijk in vorm (bpvm)", nil},
		{"de DPIA (zie de handreiking)", nil},
		{"de AP (Den Haag)", nil},
		{"de les (leren en samenwerken)", nil},
		{"een stap (samen toetsen aanpakken)", nil},
		{"het mbo (vier niveaus)", nil},
		{"de AVG Verordening Groep (AVG)", nil},
		{"zijn (ZIJN)", nil},

		// What separates.
		{"Data Protection Impact\nAssessment (DPIA)", nil},
		{"beroepspraktijkvorming\n(bpv)", nil},
		{"beroepspraktijkvorming (\nbpv)", nil},
		{"Begin met de functionaris. Gegevensbescherming (FG)", nil},
		{"beroepspraktijk: voorbeelden (bpv)", nil},
		{"functionaris (in dienst) gegevensbescherming (FG)", nil},
		{"de middelen, beroepsonderwijs (mbo)", nil},
		{"beroepspraktijkvorming (bpv", nil},
		{"beroepspraktijkvorming bpv)", nil},
		{"beroepspraktijkvorming ((bpv", nil},
		{"Wij hebben het afgekort tot een zin.", nil},
		{"De docent staat voor de klas.", nil},
		{"Dat staat voor het onderwijs vast.", nil},
		{"(bpv)", nil},
		{"", nil},
	}
	for _, test := range tests {
		if got := Abbreviations(test.text); !slices.Equal(got, test.want) {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAbbreviationsAreFoundInAnyText(t *testing.T) {
	const definition = "de beroepspraktijkvorming (bpv)"
	want := Abbreviation{"bpv", "beroepspraktijkvorming"}
	for _, around := range []string{"", "Een zin. ", strings.Repeat("x", 5000) + " ", strings.Repeat("(", 100), strings.Repeat("woord ", 1000), "\xff\xfe ", "👩‍🏫 ", "kop\n"} {
		if got := Abbreviations(around + definition); !slices.Contains(got, want) {
			t.Errorf("after %.20q: %q", around, got)
		}
		if got := Abbreviations(definition + " " + around); !slices.Contains(got, want) {
			t.Errorf("before %.20q: %q", around, got)
		}
	}
}

// checkAbbreviations asserts what holds for every text.
func checkAbbreviations(t *testing.T, text string) {
	for _, a := range Abbreviations(text) {
		switch {
		case a.Short == "" || !strings.Contains(text, a.Short) || utf8.RuneCountInString(a.Short) > 2*mostLetters:
			t.Errorf("%q: short form %q", text, a.Short)
		case a.Long == "" || !strings.Contains(text, a.Long) || len(a.Long) > farthest || strings.Contains(a.Long, "\n"):
			t.Errorf("%q: long form %q", text, a.Long)
		}
	}
}

func FuzzAbbreviations(f *testing.F) {
	for _, text := range []string{
		"de beroepspraktijkvorming (bpv)",
		"AVG (Algemene verordening gegevensbescherming)",
		"functionaris gegevensbescherming, afgekort FG's",
		"DPIA staat voor data protection impact assessment",
		"É É (ÉÉ) İ İ (İİ) \xff\xff (\xff\xff)",
		"a b (A----------------------------B)",
		"((((((A)B))) afgekort afgekort (AA) aa",
		strings.Repeat("bababa", 20) + " (BBBBBBBBBB)",
		strings.Repeat("b ", 600) + "(BB)",
	} {
		f.Add(text)
	}
	f.Fuzz(checkAbbreviations)
}

func BenchmarkAbbreviations(b *testing.B) {
	text := strings.Repeat("Elke school werkt aan informatiebeveiliging en privacy (IBP), ook in de lessen (zie boven). "+
		"De docent staat voor de klas; het gaat om praktijk en beleid in het onderwijs van alledag.\n", 50)
	for name, text := range map[string]string{
		"page":     text,
		"brackets": strings.Repeat("(AB)", len(text)/4),
		"words":    strings.Repeat(strings.Repeat("babababa ", 10)+"(BBBBB) ", len(text)/98),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Abbreviations(text)
			}
		})
	}
}
