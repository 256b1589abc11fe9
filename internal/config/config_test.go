package config

import (
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"kennishub/internal/diag"
)

func load(t *testing.T, source string) (*Config, string) {
	t.Helper()
	c, messages := Load(fstest.MapFS{File: {Data: []byte(source)}})
	var b strings.Builder
	if err := diag.Write(&b, messages); err != nil {
		t.Fatal(err)
	}
	return c, b.String()
}

const whole = `title: Kennishub
description: Wat werkt
baseURL: https://Example.nl:8443/hub
language: en
theme: eigen
menu:
  - experimenten/_index.md
  - {page: over.md, label: Over}
  - {url: "https://mbodigitaal.nl/", label: MBO Digitaal}
footer:
  - {url: "mailto:a@b.nl", label: Mail}
contact: {label: Redactie, email: a@b.nl, url: https://b.nl/contact}
repository: {url: https://github.com/a/b.git/, branch: trunk, folder: site/}
security:
  contact: [mailto:a@b.nl, "https://b.nl/meld", tel:+31-30-1234567]
  expires: 2027-06-30
  languages: [nl, en-GB]
  policy: https://b.nl/beleid
kinds:
  experiment: {folder: experimenten, fields: {themas: {type: list, of: term}}}
vocabularies:
  themas: {terms: {ai: AI}}
search: {query_length: 100, words: 8, hits: 20, offset: 0, timeout: 1.5s, rate: 5, concurrent: 3, trusted_proxies: [127.0.0.1, "::1", "::ffff:10.1.2.3", 192.168.7.0/16], kinds: {experiment: 1.25}, recent: {percent: 10, days: 200}}
checks: {dubbele-waarde: uit, yaml-tag: waarschuwing}
markdown: {tags: [kbd, mark]}
feeds: {items: 5}
words: {synonyms: data/synoniemen.yaml, known: data/woorden.yaml}
`

func TestLoad(t *testing.T) {
	for _, source := range []string{whole, "\ufeff" + whole, strings.ReplaceAll(whole, "\n", "\r\n")} {
		c, messages := load(t, source)
		if messages != "" {
			t.Fatal(messages)
		}
		if len(c.Kinds) != 1 || c.Kind("experiment") != c.Kinds[0] || c.Kind("x") != nil ||
			len(c.Vocabularies) != 1 || c.Vocabulary("themas") != c.Vocabularies[0] || c.Vocabulary("x") != nil {
			t.Errorf("kinds %v, vocabularies %v", c.Kinds, c.Vocabularies)
		}
		want := &Config{
			Title: "Kennishub", Description: "Wat werkt", BaseURL: "https://example.nl:8443/hub/", BasePath: "/hub/", Language: "en", Theme: "eigen",
			Menu: []MenuItem{{Page: "experimenten/_index.md", Line: 7, Col: 5}, {Page: "over.md", Label: "Over", Line: 8, Col: 5},
				{URL: "https://mbodigitaal.nl/", Label: "MBO Digitaal", Line: 9, Col: 5}},
			Footer:     []MenuItem{{URL: "mailto:a@b.nl", Label: "Mail", Line: 11, Col: 5}},
			Contact:    Contact{"Redactie", "a@b.nl", "https://b.nl/contact"},
			Repository: Repository{"https://github.com/a/b", "trunk", "site"},
			Security: Security{Contact: []string{"mailto:a@b.nl", "https://b.nl/meld", "tel:+31-30-1234567"}, Expires: "2027-06-30",
				Languages: []string{"nl", "en-GB"}, Policy: "https://b.nl/beleid", Line: 15, Col: 3},
			Kinds: c.Kinds, Vocabularies: c.Vocabularies,
			Search: Search{100, 8, 20, new(0), 1500, 5, 3, []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("::1/128"),
				netip.MustParsePrefix("10.1.2.3/32"), netip.MustParsePrefix("192.168.0.0/16")}, map[string]float64{"experiment": 1.25}, 10, 200},
			Words:    Words{"data/synoniemen.yaml", "data/woorden.yaml", 27, 8},
			Checks:   map[string]diag.Severity{"yaml-tag": diag.Warning},
			Off:      map[string]bool{"dubbele-waarde": true},
			Markdown: Markdown{[]string{"kbd", "mark"}},
			Feeds:    Feeds{5},
		}
		if !reflect.DeepEqual(c, want) {
			t.Errorf("got  %+v\nwant %+v", c, want)
		}
	}
}

func TestLoadDefaults(t *testing.T) {
	c, messages := load(t, "title: A\nrepository: https://a.nl/b\nsecurity: {contact: mailto:a@b.nl, expires: 2027-01-01}\n")
	if messages != "" {
		t.Fatal(messages)
	}
	want := &Config{Title: "A", BaseURL: "http://localhost:8080/", BasePath: "/", Language: "nl", Theme: "mbodigitaal",
		Repository: Repository{URL: "https://a.nl/b", Branch: "main"},
		Security:   Security{Contact: []string{"mailto:a@b.nl"}, Expires: "2027-01-01", Languages: []string{"nl"}, Line: 3, Col: 11},
		Checks:     map[string]diag.Severity{}, Off: map[string]bool{}, Feeds: Feeds{20}}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestLoadFaults(t *testing.T) {
	const (
		base    = "    schrijf bijvoorbeeld https://kennishub.example.nl/ of https://example.nl/kennishub/\n"
		web     = "    schrijf het hele adres: https://www.mbodigitaal.nl/\n"
		tags    = "abbr, b, bdi, bdo, br, cite, code, dd, del, details, dfn, div, dl, dt, em, figcaption, figure, hr, i, ins, kbd, mark, p, q, rp, rt, ruby, s, samp, small, span, strong, sub, summary, sup, time, u, var, wbr\n"
		machine = "    schrijf een IP-adres of een reeks: 127.0.0.1, ::1 of 10.0.0.0/8\n"
		spots   = "bezet: api, zoeken, healthz, oai, .well-known, .search, id, tags, assets, pagina\n"
	)
	for _, test := range []struct{ source, want string }{
		// The file as a whole.
		{"", "site.yaml:1:1: fout: sleutel \"title\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: title: …\n"},
		{"title:\n", "site.yaml:1:7: fout: sleutel \"title\" heeft geen waarde [ontbrekende-sleutel]\n    vul aan: title: …\n"},
		{"title: ''\n", "site.yaml:1:8: fout: sleutel \"title\" heeft geen waarde [ontbrekende-sleutel]\n    vul aan: title: …\n"},
		{"- a\n", "site.yaml:1:1: fout: sleutel \"title\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: title: …\n" +
			"site.yaml:1:1: fout: dit moet een blok met sleutels zijn, geen lijst [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"title: A: b\n", "site.yaml:1:9: fout: in de waarde staat een dubbele punt met een spatie erachter [yaml-syntaxis]\n    zet de waarde tussen aanhalingstekens\n"},
		{"title: caf\xe9\n", "site.yaml:1:11: fout: dit is geen UTF-8 [geen-utf8]\n    sla het bestand op met de codering UTF-8\n"},
		{"title: A\ntitle: B\n", "site.yaml:2:1: fout: sleutel \"title\" staat er twee keer, eerst op regel 1 [dubbele-sleutel]\n    haal er een weg\n"},
		{"title: A\nbaseUrl: https://a.nl\n", "site.yaml:2:1: fout: onbekende sleutel \"baseUrl\" [onbekende-sleutel]\n" +
			"    bedoelde je \"baseURL\"? toegestaan: title, description, baseURL, language, theme, menu, footer, contact, repository, security, kinds, vocabularies, search, checks, markdown, feeds, attachments, words\n"},
		{"title: [A]\n", "site.yaml:1:8: fout: \"title\" moet één waarde zijn, geen lijst [verkeerde-waarde]\n    schrijf: title: …\n"},
		{"tilte: A\nlanguage: fr\nfeeds: {items: nul}\n", "site.yaml:1:1: fout: onbekende sleutel \"tilte\" [onbekende-sleutel]\n" +
			"    bedoelde je \"title\"? toegestaan: title, description, baseURL, language, theme, menu, footer, contact, repository, security, kinds, vocabularies, search, checks, markdown, feeds, attachments, words\n" +
			"site.yaml:1:1: fout: sleutel \"title\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: title: …\n" +
			"site.yaml:2:11: fout: onbekende waarde \"fr\" van \"language\" [instelling]\n    toegestaan: nl, en\n" +
			"site.yaml:3:16: fout: \"items\" moet een geheel getal van 1 tot en met 200 zijn, geen \"nul\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: items: 1\n"},
		// The base address.
		{"title: A\nbaseURL: example.nl\n", "site.yaml:2:10: fout: \"example.nl\" is geen volledig webadres [instelling]\n" + base},
		{"title: A\nbaseURL: ftp://example.nl/\n", "site.yaml:2:10: fout: \"ftp://example.nl/\" is geen volledig webadres [instelling]\n" + base},
		{"title: A\nbaseURL: 'https://'\n", "site.yaml:2:10: fout: \"https://\" is geen volledig webadres [instelling]\n" + base},
		{"title: A\nbaseURL: /hub/\n", "site.yaml:2:10: fout: \"/hub/\" is geen volledig webadres [instelling]\n" + base},
		{"title: A\nbaseURL: https://u:geheim@a.nl/\n", "site.yaml:2:10: fout: in \"https://u:xxxxx@a.nl/\" staat een gebruikersnaam [instelling]\n" + base},
		{"title: A\nbaseURL: https://a.nl/?x=1\n", "site.yaml:2:10: fout: in \"https://a.nl/?x=1\" staat een vraagteken [instelling]\n" + base},
		{"title: A\nbaseURL: https://a.nl/#x\n", "site.yaml:2:10: fout: in \"https://a.nl/#x\" staat een # [instelling]\n" + base},
		{"title: A\nbaseURL: https://a.nl/a/../b\n", "site.yaml:2:10: fout: het pad van \"https://a.nl/a/../b\" is niet eenvoudig genoeg [instelling]\n    gebruik alleen letters zonder accent, cijfers, punt, - en _\n"},
		{"title: A\nbaseURL: https://a.nl//b\n", "site.yaml:2:10: fout: het pad van \"https://a.nl//b\" is niet eenvoudig genoeg [instelling]\n    gebruik alleen letters zonder accent, cijfers, punt, - en _\n"},
		{"title: A\nbaseURL: https://a.nl/é\n", "site.yaml:2:10: fout: het pad van \"https://a.nl/é\" is niet eenvoudig genoeg [instelling]\n    gebruik alleen letters zonder accent, cijfers, punt, - en _\n"},
		{"title: A\nbaseURL: [https://a.nl]\n", "site.yaml:2:10: fout: \"baseURL\" moet één waarde zijn, geen lijst [verkeerde-waarde]\n    schrijf: baseURL: …\n"},
		{"title: A\ntheme: ../thema\n", "site.yaml:2:8: fout: \"../thema\" kan niet de naam van een thema zijn [instelling]\n    gebruik de naam van een map onder themes/: kleine letters, cijfers, - en _\n"},
		// Menu and footer.
		{"title: A\nmenu: over.md\n", "site.yaml:2:7: fout: \"menu\" moet een lijst zijn, geen losse waarde [verkeerde-waarde]\n    schrijf: menu: [over.md]\n"},
		{"title: A\nmenu: [over, /over.md, ../a.md]\n", "site.yaml:2:8: fout: \"over\" is geen pagina [instelling]\n    schrijf het pad van een .md-bestand vanaf content/: experimenten/_index.md\n" +
			"site.yaml:2:14: fout: \"/over.md\" is geen pagina [instelling]\n    schrijf het pad van een .md-bestand vanaf content/: experimenten/_index.md\n" +
			"site.yaml:2:24: fout: \"../a.md\" is geen pagina [instelling]\n    schrijf het pad van een .md-bestand vanaf content/: experimenten/_index.md\n"},
		{"title: A\nmenu: [content/over.md]\n", "site.yaml:2:8: fout: \"content/over.md\" begint met content/ [instelling]\n    schrijf het pad vanaf content/: over.md\n"},
		{"title: A\nmenu: [https://a.nl/]\n", "site.yaml:2:8: fout: \"https://a.nl/\" is een adres, geen pagina [instelling]\n    schrijf: {url: https://a.nl/, label: …}\n"},
		{"title: A\nmenu: [{label: X}]\n", "site.yaml:2:8: fout: een onderdeel van \"menu\" heeft een pagina of een adres [instelling]\n    schrijf: {page: over.md} of {url: https://…, label: …}\n"},
		{"title: A\nmenu: [{page: a.md, url: https://a.nl/}]\n", "site.yaml:2:8: fout: een onderdeel van \"menu\" heeft een pagina of een adres [instelling]\n    schrijf: {page: over.md} of {url: https://…, label: …}\n"},
		{"title: A\nmenu: [{url: https://a.nl/}]\n", "site.yaml:2:8: fout: een adres in \"menu\" heeft geen naam [instelling]\n    schrijf: {url: …, label: …}\n"},
		{"title: A\nmenu: [{url: over.md, label: X}]\n", "site.yaml:2:14: fout: \"over.md\" is geen volledig webadres [instelling]\n    schrijf het hele adres: https://www.mbodigitaal.nl/; een pagina van de hub zelf hoort onder page\n"},
		{"title: A\nmenu: [{url: 'javascript:alert(1)', label: X}]\n", "site.yaml:2:14: fout: \"javascript:alert(1)\" is geen volledig webadres [instelling]\n    schrijf het hele adres: https://www.mbodigitaal.nl/; een pagina van de hub zelf hoort onder page\n"},
		{"title: A\nfooter: [{page: a.md, lable: X}]\n", "site.yaml:2:23: fout: onbekende sleutel \"lable\" [onbekende-sleutel]\n    bedoelde je \"label\"? toegestaan: page, url, label\n"},
		{"title: A\nfooter: [[a.md], ~]\n", "site.yaml:2:10: fout: een onderdeel van \"footer\" is een pagina of een blok, geen lijst [instelling]\n    schrijf: over.md, {page: over.md, label: Over} of {url: https://…, label: …}\n" +
			"site.yaml:2:18: fout: een onderdeel van \"footer\" is een pagina of een blok, geen lege waarde [instelling]\n    schrijf: over.md, {page: over.md, label: Over} of {url: https://…, label: …}\n"},
		// Contact, repository, security.
		{"title: A\ncontact: a@b.nl\n", "site.yaml:2:10: fout: \"contact\" moet een blok met sleutels zijn, geen losse waarde [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"title: A\ncontact: {email: a.b.nl, url: b.nl, mail: x}\n", "site.yaml:2:18: fout: \"a.b.nl\" is geen e-mailadres [instelling]\n    schrijf: naam@school.nl\n" +
			"site.yaml:2:31: fout: \"b.nl\" is geen volledig webadres [instelling]\n" + web +
			"site.yaml:2:37: fout: onbekende sleutel \"mail\" [onbekende-sleutel]\n    bedoelde je \"email\"? toegestaan: label, email, url\n"},
		{"title: A\nrepository: git@github.com:a/b\n", "site.yaml:2:13: fout: \"git@github.com:a/b\" is geen volledig webadres [instelling]\n" + web},
		{"title: A\nrepository: {branch: main}\n", "site.yaml:2:13: fout: sleutel \"url\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: url: …\n"},
		{"title: A\nrepository: [https://a.nl/b]\n", "site.yaml:2:13: fout: \"repository\" moet een blok met sleutels zijn, geen lijst [verkeerde-waarde]\n    schrijf op ingesprongen regels: sleutel: waarde\n"},
		{"title: A\nrepository: {url: https://a.nl/b, folder: ../c}\n", "site.yaml:2:43: fout: \"../c\" is geen map [instelling]\n    schrijf het pad van de hub vanaf de bovenste map van de repository\n"},
		{"title: A\nsecurity: {policy: x}\n", "site.yaml:2:11: fout: sleutel \"contact\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: contact: …\n" +
			"site.yaml:2:11: fout: sleutel \"expires\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: expires: …\n" +
			"site.yaml:2:20: fout: \"x\" is geen volledig webadres [instelling]\n" + web},
		{"title: A\nsecurity: {contact: a@b.nl, expires: 30-6-2027, languages: [nederlands]}\n", "site.yaml:2:21: fout: \"a@b.nl\" heeft geen mailto: [instelling]\n    schrijf: mailto:a@b.nl\n" +
			"site.yaml:2:38: fout: veld \"expires\": \"30-6-2027\" is geen datum [veldwaarde]\n    schrijf: 2027-06-30\n" +
			"site.yaml:2:61: fout: \"nederlands\" is geen taalcode [instelling]\n    schrijf: languages: [nl, en]\n"},
		{"title: A\nsecurity: {contact: ['http://a.nl/', bel], expires: 2027-06-30}\n", "site.yaml:2:22: fout: \"http://a.nl/\" is geen adres voor meldingen [instelling]\n    schrijf: mailto:naam@school.nl, https://… of tel:+31…\n" +
			"site.yaml:2:38: fout: \"bel\" is geen adres voor meldingen [instelling]\n    schrijf: mailto:naam@school.nl, https://… of tel:+31…\n"},
		// Kinds and vocabularies.
		{"title: A\nkinds: {x: {folder: api/v1}, y: {folder: zoeken}}\n", "site.yaml:2:9: fout: soort \"x\" krijgt het adres /api/v1, maar /api is van kennishub [gereserveerd-adres]\n    kies een andere naam; " + spots +
			"site.yaml:2:30: fout: soort \"y\" krijgt het adres /zoeken, maar /zoeken is van kennishub [gereserveerd-adres]\n    kies een andere naam; " + spots},
		{"title: A\nvocabularies: {tags: {terms: {a: b}}}\n", "site.yaml:2:16: fout: vocabulaire \"tags\" krijgt het adres /tags, maar dat is van kennishub [gereserveerd-adres]\n    kies een andere naam; " + spots},
		{"title: A\nkinds: {x: {folder: themas}}\nvocabularies: {themas: {terms: {a: b}}}\n", "site.yaml:3:16: fout: vocabulaire \"themas\" krijgt hetzelfde adres als soort \"x\" (regel 2) [gereserveerd-adres]\n" +
			"    geef het vocabulaire een andere naam, of de soort een andere map\n"},
		{"title: A\nkinds: {x: {folder: x, fields: {y: {type: term, vocabulary: thema}}}}\nvocabularies: {themas: {terms: {a: b}}}\n",
			"site.yaml:2:33: fout: veld \"y\" kiest uit vocabulaire \"thema\", dat niet bestaat [declaratie]\n    noem met vocabulary er een uit site.yaml; bedoelde je \"themas\"? toegestaan: themas\n"},
		// Limits, checks, tags.
		{"title: A\nsearch: {words: 0, hits: -1, offset: 1.5, timeout: 2, query_len: 3}\n", "site.yaml:2:17: fout: \"words\" moet een geheel getal van 1 tot en met 100 zijn, geen \"0\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: words: 1\n" +
			"site.yaml:2:26: fout: \"hits\" moet een geheel getal van 1 tot en met 1000 zijn, geen \"-1\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: hits: 1\n" +
			"site.yaml:2:38: fout: \"offset\" moet een geheel getal van 0 tot en met 1000000 zijn, geen \"1.5\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: offset: 0\n" +
			"site.yaml:2:52: fout: \"2\" is geen tijd van 10ms tot 1m [instelling]\n    schrijf: timeout: 2s\n" +
			"site.yaml:2:55: fout: onbekende sleutel \"query_len\" [onbekende-sleutel]\n    bedoelde je \"query_length\"? toegestaan: query_length, words, hits, offset, timeout, rate, concurrent, trusted_proxies, kinds, recent\n"},
		{"title: A\nsearch: {rate: 0, concurrent: 0, trusted_proxies: [proxy.nl, 10.0.0.0/40, 127.0.0.1:80, fe80::1%eth0, ~]}\n", "site.yaml:2:16: fout: \"rate\" moet een geheel getal van 1 tot en met 1000 zijn, geen \"0\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: rate: 1\n" +
			"site.yaml:2:31: fout: \"concurrent\" moet een geheel getal van 1 tot en met 1000 zijn, geen \"0\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: concurrent: 1\n" +
			"site.yaml:2:52: fout: \"proxy.nl\" is geen adres van een computer [instelling]\n" + machine +
			"site.yaml:2:62: fout: \"10.0.0.0/40\" is geen adres van een computer [instelling]\n" + machine +
			"site.yaml:2:75: fout: \"127.0.0.1:80\" is geen adres van een computer [instelling]\n" + machine +
			"site.yaml:2:89: fout: \"fe80::1%eth0\" is geen adres van een computer [instelling]\n" + machine +
			"site.yaml:2:103: fout: \"\" is geen adres van een computer [instelling]\n" + machine},
		{"title: A\nkinds: {x: {folder: x}, y: {folder: y}, z: {folder: z}}\nsearch: {kinds: {x: 0.4, y: '1,2', z: [2], experiment: 1}, recent: {percent: 51, days: 0, dagen: 3}}\n",
			"site.yaml:3:21: fout: \"x\" moet een getal van 0.5 tot en met 2 zijn, geen \"0.4\" [verkeerde-waarde]\n    schrijf een breuk met een punt, bijvoorbeeld: x: 0.5\n" +
				"site.yaml:3:29: fout: \"y\" moet een getal van 0.5 tot en met 2 zijn, geen \"1,2\" [verkeerde-waarde]\n    schrijf een breuk met een punt, bijvoorbeeld: y: 0.5\n" +
				"site.yaml:3:39: fout: \"z\" moet één waarde zijn, geen lijst [verkeerde-waarde]\n    schrijf: z: …\n" +
				"site.yaml:3:44: fout: onbekende sleutel \"experiment\" [onbekende-sleutel]\n    toegestaan: x, y, z\n" +
				"site.yaml:3:78: fout: \"percent\" moet een geheel getal van 0 tot en met 50 zijn, geen \"51\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: percent: 0\n" +
				"site.yaml:3:88: fout: \"days\" moet een geheel getal van 1 tot en met 36500 zijn, geen \"0\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: days: 1\n" +
				"site.yaml:3:91: fout: onbekende sleutel \"dagen\" [onbekende-sleutel]\n    toegestaan: percent, days\n"},
		{"title: A\nsearch: {kinds: {x: 1.2}, recent: {days: 30}}\n", "site.yaml:2:18: fout: onbekende sleutel \"x\" [onbekende-sleutel]\n    haal haar weg: hier mag geen sleutel staan\n" +
			"site.yaml:2:35: fout: sleutel \"percent\" ontbreekt [ontbrekende-sleutel]\n    voeg toe: percent: …\n"},
		{"title: A\nsearch: {timeout: 2h}\n", "site.yaml:2:19: fout: \"2h\" is geen tijd van 10ms tot 1m [instelling]\n    schrijf: timeout: 2s\n"},
		{"title: A\nchecks: {yaml-tag: uit}\n", "site.yaml:2:20: fout: controle \"yaml-tag\" is een fout en kan niet uit [instelling]\n    zet hem op waarschuwing, of haal de regel weg\n"},
		{"title: A\nchecks: {yaml-tag: warning, dubbele-waarde: [uit]}\n", "site.yaml:2:20: fout: controle \"yaml-tag\" kan niet op \"warning\" staan [instelling]\n    toegestaan: fout, waarschuwing, uit\n" +
			"site.yaml:2:45: fout: controle \"dubbele-waarde\" moet één woord zijn, geen lijst [instelling]\n    toegestaan: fout, waarschuwing, uit\n"},
		{"title: A\nmarkdown: {tags: [kdb, script, <b>]}\n", "site.yaml:2:19: fout: het element \"kdb\" kan niet worden toegestaan [instelling]\n    bedoelde je \"kbd\"?\n" +
			"site.yaml:2:24: fout: het element \"script\" kan niet worden toegestaan [instelling]\n    toegestaan: " + tags +
			"site.yaml:2:32: fout: het element \"<b>\" kan niet worden toegestaan [instelling]\n    bedoelde je \"b\"?\n"},
		{"title: A\nkinds: {x: {folder: lijst}, y: {file: data/lijst.yaml}, z: {file: data/Oud.yaml}}\n",
			"site.yaml:2:29: fout: soort \"y\" krijgt hetzelfde adres als soort \"x\" (regel 2): /lijst/ [gereserveerd-adres]\n    geef een van beide een andere map, of een bestand met een andere naam\n" +
				"site.yaml:2:57: fout: de naam van het bestand \"data/Oud.yaml\" wordt een adres [gereserveerd-adres]\n    gebruik kleine letters zonder accent, cijfers en streepjes\n"},
		{"title: A\nkinds: {x: {file: data/a.yaml}}\nwords: {synonyms: data/a.yaml, known: ../b.yaml, other: c}\n",
			"site.yaml:3:8: fout: soort \"x\" leest data/a.yaml ook [instelling]\n    geef de lijst met woorden een eigen bestand\n" +
				"site.yaml:3:39: fout: \"../b.yaml\" is geen YAML-bestand in content/data/ [instelling]\n    schrijf bijvoorbeeld: known: data/woorden.yaml\n" +
				"site.yaml:3:50: fout: onbekende sleutel \"other\" [onbekende-sleutel]\n    toegestaan: synonyms, known\n"},
		{"title: A\nwords: {synonyms: data/a.yaml, known: data/a.yaml}\n", "site.yaml:2:39: fout: synonyms en known noemen hetzelfde bestand [instelling]\n    geef ze elk een eigen bestand\n"},
		{"title: A\nattachments: {seconds: 0}\n", "site.yaml:2:24: fout: \"seconds\" moet een geheel getal van 1 tot en met 600 zijn, geen \"0\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: seconds: 1\n"},
		{"title: A\nfeeds: {items: 1000}\n", "site.yaml:2:16: fout: \"items\" moet een geheel getal van 1 tot en met 200 zijn, geen \"1000\" [verkeerde-waarde]\n    schrijf bijvoorbeeld: items: 1\n"},
	} {
		if _, got := load(t, test.source); got != test.want {
			t.Errorf("%s:\n--- got\n%s--- want\n%s", test.source, got, test.want)
		}
	}
}

func TestLoadUnknownCheck(t *testing.T) {
	_, messages := Load(fstest.MapFS{File: {Data: []byte("title: A\nchecks: {dubbele-sleutels: uit}\n")}})
	if len(messages) != 1 || messages[0].Position() != "site.yaml:2:10" || !strings.HasPrefix(messages[0].Hint, `bedoelde je "dubbele-sleutel"? toegestaan: `) {
		t.Error(messages)
	}
}

func TestLoadMissing(t *testing.T) {
	for _, test := range []struct {
		fsys fstest.MapFS
		want string
	}{
		{fstest.MapFS{}, "er is geen site.yaml in deze map"},
		{fstest.MapFS{"site.yml": {}}, "er is geen site.yaml, wel site.yml"},
		{fstest.MapFS{"site.yaml/x": {}}, "site.yaml is niet te lezen: "},
	} {
		c, messages := Load(test.fsys)
		if c == nil || c.Theme == "" || len(messages) != 1 || messages[0].Position() != File || !strings.HasPrefix(messages[0].Text, test.want) || messages[0].Hint == "" {
			t.Errorf("%v: %v", test.want, messages)
		}
	}
}

func TestOverride(t *testing.T) {
	for _, test := range []struct{ given, base, path string }{
		{"http://localhost:9000", "http://localhost:9000/", "/"},
		{"https://a.nl/", "https://a.nl/", "/"},
		{"https://A.nl/Hub", "https://a.nl/Hub/", "/Hub/"},
		{"https://a.nl/x/y/", "https://a.nl/x/y/", "/x/y/"},
		{"https://[::1]:8080/x", "https://[::1]:8080/x/", "/x/"},
	} {
		c := defaults()
		if err := c.Override(test.given); err != nil || c.BaseURL != test.base || c.BasePath != test.path {
			t.Errorf("%s: %v %s %s", test.given, err, c.BaseURL, c.BasePath)
		}
	}
	c := defaults()
	if err := c.Override("a.nl"); err == nil || c.BaseURL != "http://localhost:8080/" {
		t.Errorf("%v %s", err, c.BaseURL)
	}
}

// A wrong file still gives a Config that other rooms can use.
func TestLoadKeepsWhatIsRight(t *testing.T) {
	c, messages := load(t, strings.Replace(whole, "language: en", "language: fr", 1))
	if messages == "" || c.Language != "nl" || c.Title != "Kennishub" || len(c.Kinds) != 1 || c.Feeds.Items != 5 {
		t.Errorf("%s %+v", messages, c)
	}
}

func TestDefaultsAreAllowed(t *testing.T) {
	c := defaults()
	if base, dir, err := parseBase(c.BaseURL); err != nil || base != c.BaseURL || dir != c.BasePath {
		t.Error(base, dir, err)
	}
	if !themeName.MatchString(c.Theme) {
		t.Error(c.Theme)
	}
}

func FuzzLoad(f *testing.F) {
	if _, messages := Load(fstest.MapFS{File: {Data: []byte(whole)}}); len(messages) > 0 {
		f.Fatal(messages)
	}
	f.Add(whole)
	for _, part := range strings.SplitAfter(whole, "\n") {
		f.Add("title: A\n" + part)
	}
	f.Add("title: A\nkinds: {a: {folder: a, fields: {x: {type: list, of: {type: list}}, y: list}}}\nvocabularies: {a: {terms: []}}\nchecks: {yaml-tag: {}}\n")
	f.Fuzz(func(t *testing.T, source string) {
		c, messages := Load(fstest.MapFS{File: {Data: []byte(source)}})
		if c == nil || c.Title == "" && !diag.HasErrors(messages) {
			t.Errorf("%q: %+v", source, c)
		}
		if !strings.HasSuffix(c.BaseURL, c.BasePath) || !strings.HasPrefix(c.BasePath, "/") || !strings.HasSuffix(c.BasePath, "/") {
			t.Errorf("%q: base %q, path %q", source, c.BaseURL, c.BasePath)
		}
		for _, m := range messages {
			if m.File != File || m.Line < 1 || m.Col < 1 || m.Text == "" {
				t.Errorf("%q: %+v", source, m)
			}
		}
	})
}
