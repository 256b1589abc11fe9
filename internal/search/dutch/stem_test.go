package dutch

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// Each line holds forms of one word.
const oneStem = `
school scholen
les lessen
werkplaats werkplaatsen
campagne campagnes
docent docenten docentes docente
huis huizen huisje huisjes
brief brieven briefje briefjes
foto foto's
idee ideeën
analyse analyses
onderzoek onderzoeken onderzoekt
veilig veilige veiliger veiligst veiligste veiligheid
examen examens
museum musea
stad steden
werk werken werkt gewerkt werkte werkten werkend werkende werking
delen deel deelt gedeeld gedeelde
oefenen oefen oefent geoefend oefening oefeningen oefende oefenden
beoordelen beoordeelt beoordeel beoordeling beoordelingen beoordeeld beoordeelde
mogelijk mogelijke mogelijkheid mogelijkheden
persoonlijk persoonlijke
bewijs bewijzen bewijst
raad raden
opleiding opleidingen opleiden opgeleid opgeleide
student studenten
leerling leerlingen
leraar leraren leraars
boek boeken boekje boekjes
beveiligen beveilig beveiligt beveiligd beveiligde beveiliging beveiligingen
verbeteren verbeter verbetert verbeterd verbeterde verbetering verbeteringen
veranderen verander verandert veranderd verandering veranderingen
registreren registreer registreert geregistreerd geregistreerde registrering
controleren controleer controleert gecontroleerd
organiseren organiseert georganiseerd georganiseerde
organisatie organisaties
systeem systemen
probleem problemen
methode methodes methoden
periode periodes perioden
categorie categorieën
bacterie bacteriën
kopie kopieën
strategie strategieën
gemeente gemeenten gemeentes
dienst diensten
kunst kunsten
product producten
project projecten
wachtwoord wachtwoorden
account accounts
app apps
tool tools
test tests testen
team teams
dashboard dashboards
workshop workshops
training trainingen trainings trainen traint getraind
cookie cookies
website websites
update updates updaten
computer computers
server servers
gebruiker gebruikers
gebruiken gebruik gebruikt gebruikte
gebeuren gebeurt gebeurd
leren leer leert geleerd geleerde lerend lerende
zoeken zoek zoekt zoekend
maken maak maakt gemaakt gemaakte
vragen vraag vraagt gevraagd
volgen volg volgt gevolgd volgend volgende
schrijven schrijf schrijft schrijvend
geven geef geeft
gegeven gegevens
lezen lees leest lezing lezingen
kiezen kies kiest
plaatsen plaats plaatst geplaatst plaatsing geplaatste
toetsen toets toetst getoetst toetsing
wijzigen wijzig wijzigt gewijzigd wijziging wijzigingen gewijzigde
instellen instelt instelling instellingen
ontwikkelen ontwikkel ontwikkelt ontwikkeld ontwikkeling ontwikkelingen
begeleiden begeleid begeleiding
vergaderen vergader vergadert vergaderd vergadering vergaderingen
regelen regel regelt geregeld regeling regelingen
handelen handel handelt gehandeld handeling handelingen
tekenen teken tekent getekend tekening tekeningen tekens
openen open opent geopend opening openingen geopende
rekenen reken rekent gerekend rekening rekeningen
ondertekenen onderteken ondertekent ondertekend ondertekening
groot grote
digitaal digitale
actief actieve
positief positieve
serieus serieuze
technisch technische
bruikbaar bruikbare bruikbaarheid
sociaal sociale
nationaal nationale
financieel financiële
officieel officiële
individueel individuele
essentieel essentiële
algemeen algemene
duidelijk duidelijke duidelijker duidelijkst duidelijkste duidelijkheid
belangrijk belangrijke belangrijker
verantwoordelijk verantwoordelijke verantwoordelijkheid verantwoordelijkheden
afhankelijk afhankelijke afhankelijkheid
vaardig vaardigheid vaardigheden
gezond gezonde gezondheid
lid leden
teamlid teamleden
kind kinderen
werkdag werkdagen
verslag verslagen
bedrag bedragen
leerpad leerpaden
criterium criteria
centrum centra
prijs prijzen
reis reizen
proef proeven
schrift schriften
bedrijf bedrijven bedrijfje
initiatief initiatieven
advies adviezen
cursus cursussen
campus campussen
proces processen
adres adressen
succes successen
congres congressen
gastles gastlessen
kennis kennissen
gebeurtenis gebeurtenissen
vergunning vergunningen
agenda agenda's
camera's camera
thema thema's
programma programma's
video video's
risico risico's
scenario scenario's
menu menu's
bureau bureaus
niveau niveaus
hobby hobby's
man mannen mannetje
bom bommen
boom bomen boompje boompjes
film films filmpje filmpjes
verhaal verhalen verhaaltje
tafel tafels tafeltje
ketting kettingen kettinkje
kaart kaarten kaartje kaartjes
stuk stukken stukje stukjes
bestand bestanden
land landen
hand handen
woord woorden
antwoord antwoorden antwoordt
beeld beelden
voorbeeld voorbeelden
wereld werelden
standaard standaarden standaards
rapport rapporten
rapporteren rapporteert gerapporteerd rapporteer
expert experts
moment momenten
document documenten
ambtenaar ambtenaren
directeur directeuren
kantoor kantoren
doctor doctoren
motor motoren motors
persoon personen
apparaat apparaten
resultaat resultaten
kwaliteit kwaliteiten
universiteit universiteiten
activiteit activiteiten
aanmelden aanmeld aanmeldt aangemeld aanmelding
invullen invult ingevuld ingevulde
uitvoeren uitvoert uitgevoerd uitvoering
toepassen toegepast toepassing toepassingen
aanpassen aangepast aanpassing
oplossen opgelost oplossing oplossingen
inzetten ingezet
afronden afgerond afronding
samenwerken samenwerkt samengewerkt samenwerking
voorbereiden voorbereid voorbereiding
bespreken bespreekt bespreking
beschrijven beschrijft beschrijving beschrijvingen
verzamelen verzamelt verzameld verzameling
verwerken verwerkt verwerking verwerkingen
beheren beheer beheert beheerd
beheerder beheerders
evalueren evalueert geëvalueerd
integreren geïntegreerd integreert
creëren creëert gecreëerd
bouwen bouwt gebouwd
groeien groeit groei gegroeid groeiend
studeren studeert studeerde gestudeerd studerend studerende studerenden
leven leeft
helpen help helpt
denken denk denkt
stellen stelt gesteld
bellen belt
kosten kost
markt markten
partij partijen
fase fases fasen
keuze keuzes keuzen
bijdrage bijdragen bijdrages
drempel drempels
middel middelen
artikel artikelen artikels
titel titels
nummer nummers
link links
blog blogs
chatbot chatbots
podcast podcasts
event events
formulier formulieren
certificaat certificaten
diploma diploma's
stage stages
verzenden verzend verzendt verzending
herkennen herken herkent herkend
heropenen heropend heropening
mooi mooie
onderscheiden onderscheid onderscheidend
bescheiden bescheidenheid
kleden kleedt kleding
voorzien voorziene voorziening voorzieningen
corrigeren corrigeert corrigeer gecorrigeerd
weigeren weiger weigert geweigerd
eenheid eenheden
overheid overheden
capaciteit capaciteiten capaciteits
werkblad werkbladen
`

// Each line holds words that share no stem.
const apartStems = `
veilig veil
gedacht dag
dienst dien
dienst dienen
kunst kun
student stud
student studeren
organisatie orgaan
universiteit universeel
les lezen
les lees
noot nood
pas paard
nieuws nieuw
bestand bestaan
minister ministerie
leer leraar
man maan
bom boom
bos boos
kop koop
wet weet
zon zoon
stal staal
kaas kas
mens men
kans kan
grens gren
plaats plaat
toets toet
les lessenaar
huis hui
prijs prij
overheid over
waarheid waar
eenheid een
gelegenheid gelegen
koning kon
gemeente gemeen
gewoonte wonen
gebied bieden
gebruik bruik
gebeurt beurt
gericht recht
gezicht zicht
gedicht dicht
voorraad voor
raad raat
hond hon
stof stoof
docent doceren
bedrijf bedrog
agent agenda
moment mom
talent taal
talent talen
patient patio
weekend week
frontend front
vriend vrij
duizend duis
bekend bek
avond avontuur
post pos
test tes
rest ren
tekst teken
punt pun
kant kan
klant klan
krant kraan
sport spoor
start ster
hart haar
kort koor
volt volk
markt merk
hoofd hoop
beleid leiden
brug brood
data datum
server service
serie serieus
precies prijs
status staat
campus kamp
virus vier
basis bas
crisis crimineel
bus buis
hal haal
tak taak
vak vaak
rok rook
bot boot
pot poot
rot rood
lat laat
zak zaak
vis vies
lid lied
schip schep
wil wiel
been ben
deel del
heel hel
veel vel
steel stel
leeg leg
leerling leer
bijeenkomst bijeen
inkomst inkomen
opkomst opkopen
ruis ruit
reis rij
regel reeks
honing hond
lening lens
meeting meten
briefing brief
marketing markt
planning plank
kosten kast
last las
gast gas
kast kas
mist mis
feest fee
winst win
eerst eer
arts art
rits rit
spits spit
bots bot
hals hal
pers per
vers ver
beurs beur
paars paar
dans dan
lens len
wens wen
paard paar
veld vel
held hel
geld gel
maand maan
band ban
kind kin
wind win
bond bon
lamp lam
kampje kam
maar maart
voor voort
verkeer verkeerd
middel gemiddeld
weiger weigerachtig
taal taalles
verzend vers
onderscheid onder
corrigeren corrigenda
toekomst toekomen
inkomst inkomen
zien zij
museum muziek
school schol
`

func TestStemJoinsForms(t *testing.T) {
	words := map[string]string{} // first word of a line by stem
	for line := range lines(oneStem) {
		stem := Stem(Fold(line[0]))
		for _, word := range line[1:] {
			if got := Stem(Fold(word)); got != stem {
				t.Errorf("Stem(%q) = %q, of %q %q", word, got, line[0], stem)
			}
		}
		if other := words[stem]; other != "" {
			t.Errorf("%q and %q have the same stem %q", other, line[0], stem)
		}
		words[stem] = line[0]
	}
}

func TestStemKeepsWordsApart(t *testing.T) {
	for line := range lines(apartStems) {
		if a, b := Stem(Fold(line[0])), Stem(Fold(line[1])); a == b {
			t.Errorf("%q and %q have the same stem %q", line[0], line[1], a)
		}
	}
}

func TestStem(t *testing.T) {
	for word, want := range map[string]string{
		"scholen": "school", "brieven": "brief", "huizen": "huis", "lessen": "les", "geoefend": "oefen",
		"beoordeling": "beoordel", "regeren": "reger", "kantoren": "kantor", // what level does

		// From English.
		"elearning": "elearn", "apps": "app", "cookies": "cookie", "privacy": "privacy", "phishing": "phish",
		"meeting": "meeting", "weekend": "weekend", "reviews": "review",

		// What is no word, or too short to tell.
		"": "", "a": "a", "les": "les", "een": "een", "mbo": "mbo", "vmbo4": "vmbo4", "2024": "2024", "mp3s": "mp3s",
		"Scholen": "Scholen", "школы": "школы", "e-mails": "e-mails", "bcdfen": "bcdfen", "eeee": "eee",
		strings.Repeat("en", 33): strings.Repeat("en", 33),
	} {
		if got := Stem(word); got != want {
			t.Errorf("Stem(%q) = %q, want %q", word, got, want)
		}
	}
}

// lines gives the words of each line.
func lines(text string) func(func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(strings.TrimSpace(text)) {
			if !yield(strings.Fields(line)) {
				return
			}
		}
	}
}

func FuzzStem(f *testing.F) {
	for _, word := range slices.Sorted(maps.Keys(vocabulary())) {
		f.Add(word)
	}
	for _, word := range []string{"", "ge", "gege", "eeeen", "jejeje", "heidheid", "aangege", "ingingen", "enenenen", "sssss", "dtdt", "ijijij", "opgelost", "\xff", "🙂en", strings.Repeat("s", 10_000)} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		folded := Fold(word)
		stem := Stem(folded)
		switch {
		case len(folded) < 4 || len(folded) > longestWord || !isLetters(folded):
			if stem != folded {
				t.Fatalf("Stem(%q) = %q, but it is no word", folded, stem)
			}
		case len(stem) < 2 || len(stem) > len(folded)+3 || !isLetters(stem): // criteria, criterium
			t.Fatalf("Stem(%q) = %q", folded, stem)
		}
	})
}

func BenchmarkStem(b *testing.B) {
	words := slices.Sorted(maps.Keys(vocabulary()))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		Stem(words[i%len(words)])
	}
}

// vocabulary has the words of the table of stems, each as often as it is long.
func vocabulary() map[string]int {
	words := map[string]int{}
	for line := range lines(oneStem) {
		for _, word := range line {
			words[Fold(word)] = len(word)
		}
	}
	return words
}
