package dutch

import "strings"

// IsStop reports whether a folded word says nothing of what a text is about:
// articles, pronouns, prepositions, conjunctions, forms of the verbs that help
// others, and the words that questions begin with. Words of two letters that are
// also abbreviations (im, hr, ai, ap) are none.
func IsStop(folded string) bool { return stops[folded] }

var stops = func() map[string]bool {
	m := map[string]bool{}
	for _, word := range strings.Fields(`
		de het een t n
		ik je jij jou jouw u uw hij hem zij ze we wij ons onze jullie hun hen haar zijn mijn men zich zelf elkaar
		die dat deze dit der des den er hier daar
		wie wat waar wanneer waarom hoe welk welke waarmee waarin waarop waarvan waarover waardoor
		en of maar want dus noch als dan toen omdat doordat zodat opdat hoewel terwijl indien mits tenzij
		in op aan van voor met bij uit door over onder tot naar om te tegen tussen na binnen per via af toe
		is ben bent was waren wees geweest wordt worden word werd werden geworden
		heb hebt heeft hebben had hadden gehad
		kan kun kunt kunnen kon konden zal zult zullen zou zouden moet moeten moest moesten
		mag mogen mocht mochten wil wilt willen wilde wilden
		niet geen wel ook nog al alleen zo zoals heel erg meer veel
	`) {
		m[word] = true
	}
	return m
}()
