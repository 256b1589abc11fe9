// Package dutch knows what search has to know of Dutch words: which spellings and
// which forms are of one word, what a compound is made of, what a text says an
// abbreviation stands for, and which word was meant by a typing error.
//
//	word := dutch.Fold("Scholen")           // scholen
//	stem := dutch.Stem(word)                // school
//	parts := splitter.Split("schoolleider") // school, leider
//
// It knows rules and a few exceptions to them, no dictionary: which words there are
// comes from the texts that are searched. All it makes may be used by many
// goroutines at once, and gives the same for the same, in any order.
package dutch
