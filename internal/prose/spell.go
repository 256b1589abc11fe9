package prose

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os/exec"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrNoSpeller says that hunspell or its Dutch dictionary is not on this machine.
var ErrNoSpeller = errors.New("hunspell with the dictionary nl_NL is not installed")

// Unknown is a word that no dictionary has.
type Unknown struct {
	Word        string
	Suggestions []string // what may have been meant, the likeliest first
}

// Spell gives the words that neither hunspell nor known has, in the order of words
// and once each. A word with hyphens is right when its parts are, and a word with
// a capital when it is right without.
func Spell(ctx context.Context, words, known []string) ([]Unknown, error) {
	right := make(map[string]bool, len(known))
	for _, w := range known {
		right[w] = true
	}
	var asked []string // words and their parts, as they are and in small letters, each once
	seen := map[string]bool{}
	for _, w := range words {
		for form := range forms(w) {
			for _, part := range append(strings.Split(form, "-"), form) {
				if !seen[part] && !right[part] {
					asked = append(asked, part)
				}
				seen[part] = true
			}
		}
	}
	wrong, err := list(ctx, asked)
	if err != nil {
		return nil, err
	}
	isRight := func(part string) bool { return right[part] || !wrong[part] || utf8.RuneCountInString(part) == 1 }

	var unknown []Unknown
	told := map[string]bool{}
	for _, w := range words {
		ok := told[w]
		for form := range forms(w) {
			parts := strings.Split(form, "-")
			ok = ok || isRight(form) || len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !isRight(p) })
		}
		if !ok {
			told[w] = true
			unknown = append(unknown, Unknown{Word: w})
		}
	}
	return unknown, suggest(ctx, unknown)
}

// forms gives a word, and the same with a small letter when it begins with a capital.
func forms(w string) iter.Seq[string] {
	return func(yield func(string) bool) {
		r, size := utf8.DecodeRuneInString(w)
		if small := string(unicode.ToLower(r)) + w[size:]; yield(w) && small != w {
			yield(small)
		}
	}
}

// list gives the words that hunspell does not know.
func list(ctx context.Context, words []string) (map[string]bool, error) {
	out, err := hunspell(ctx, strings.Join(words, "\n")+"\n", "-l")
	wrong := map[string]bool{}
	for line := range strings.Lines(out) {
		wrong[strings.TrimSpace(line)] = true
	}
	return wrong, err
}

// suggest fills in what may have been meant, over hunspell's pipe (the protocol of
// ispell -a): a line "^word" is answered by lines and an empty one; what stands
// behind ": " is suggested.
func suggest(ctx context.Context, unknown []Unknown) error {
	var in strings.Builder
	for _, u := range unknown {
		in.WriteString("^" + u.Word + "\n")
	}
	out, err := hunspell(ctx, in.String(), "-a")
	i := 0
	for line := range strings.Lines(out) {
		if line == "\n" {
			i++
		} else if _, list, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && line[0] == '&' && i < len(unknown) {
			unknown[i].Suggestions = strings.Split(list, ", ")
		}
	}
	return err
}

func hunspell(ctx context.Context, in, mode string) (string, error) {
	if strings.TrimSpace(in) == "" {
		in = "\n"
	}
	cmd := exec.CommandContext(ctx, "hunspell", mode, "-d", "nl_NL", "-i", "utf-8")
	cmd.Stdin = strings.NewReader(in)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.Is(err, exec.ErrNotFound), strings.Contains(said.String(), "Can't open"):
		return "", ErrNoSpeller
	case err != nil:
		return "", fmt.Errorf("hunspell: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return string(out), nil
}
