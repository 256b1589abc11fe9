// Package dutch knows what search has to know of Dutch words: which spellings and
// which forms are of one word, which words are of one family, what a compound is
// made of, what a text says an abbreviation stands for, which word was meant by a
// typing error, and which words are near in meaning.
//
//	word := dutch.Fold("Scholen")           // scholen
//	stem := dutch.Stem(word)                // school
//	root := dutch.Root("verkoper")          // verkoop
//	parts := splitter.Split("schoolleider") // school, leider
//
// For form it knows rules and a few exceptions to them, no dictionary: which words
// there are comes from the texts that are searched. For meaning it has a [Thesaurus]
// of its own, in the folder of that name. All it makes may be used by many
// goroutines at once, and gives the same for the same, in any order.
package dutch
