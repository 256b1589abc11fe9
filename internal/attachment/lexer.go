package attachment

import "strconv"

// kind is a kind of token.
type kind uint8

const (
	tokenEnd    kind = iota
	tokenNumber      // number
	tokenString      // text, decoded
	tokenName        // text, without the slash
	tokenMark        // text: [ ] << >> { }
	tokenWord        // text: an operator
)

type token struct {
	kind   kind
	text   string
	number float64
}

// lexer divides a content stream or a CMap in tokens (ISO 32000-1, 7.2 and 7.3).
// Anything is accepted: what is no token is skipped.
type lexer struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) next() token {
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		switch {
		case isSpace(c) || c == ')':
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		case c == '(':
			return token{kind: tokenString, text: l.literal()}
		case c == '<' && l.peek() == '<', c == '>' && l.peek() == '>':
			l.at++
			return token{kind: tokenMark, text: string(l.data[l.at-2 : l.at])}
		case c == '<':
			return token{kind: tokenString, text: l.hex()}
		case c == '/':
			return token{kind: tokenName, text: l.name()}
		case isDelimiter(c):
			return token{kind: tokenMark, text: string(c)}
		default:
			l.at--
			word := l.regular()
			if c := word[0]; c > '9' || c < '+' || c == ',' {
				return token{kind: tokenWord, text: word}
			}
			// What is no number after all counts as 0, as in other readers.
			n, _ := strconv.ParseFloat(word, 64)
			return token{kind: tokenNumber, number: n}
		}
	}
	return token{}
}

// peek gives the next byte, 0 at the end.
func (l *lexer) peek() byte {
	if l.at == len(l.data) {
		return 0
	}
	return l.data[l.at]
}

// regular reads up to a space or delimiter.
func (l *lexer) regular() string {
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	return string(l.data[start:l.at])
}

func (l *lexer) name() string {
	s := l.regular()
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '#' && i+2 < len(s) && hexValue(s[i+1]) >= 0 && hexValue(s[i+2]) >= 0 {
			out = append(out, byte(hexValue(s[i+1])<<4|hexValue(s[i+2])))
			i += 2
		} else {
			out = append(out, s[i])
		}
	}
	return string(out)
}

func hexValue(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func (l *lexer) hex() string {
	var out []byte
	digits, value := 0, 0
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		if c == '>' {
			break
		}
		if v := hexValue(c); v >= 0 {
			value = value<<4 | v
			if digits++; digits%2 == 0 {
				out = append(out, byte(value))
			}
		}
	}
	if digits%2 == 1 {
		out = append(out, byte(value<<4))
	}
	return string(out)
}

func (l *lexer) literal() string {
	var out []byte
	for open := 1; l.at < len(l.data); {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return string(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

func (l *lexer) escape(out []byte) []byte {
	c := l.peek()
	l.at = min(l.at+1, len(l.data))
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b', 'f':
		return append(out, ' ')
	case '\r':
		if l.peek() == '\n' {
			l.at++
		}
		return out
	case '\n':
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	value := int(c - '0')
	for range 2 {
		if c := l.peek(); '0' <= c && c <= '7' {
			value = value<<3 | int(c-'0')
			l.at++
		}
	}
	return append(out, byte(value))
}

// skipImage goes behind the end of an image that stands amid the operators.
func (l *lexer) skipImage() {
	for ; l.at+2 < len(l.data); l.at++ {
		if isSpace(l.data[l.at]) && l.data[l.at+1] == 'E' && l.data[l.at+2] == 'I' &&
			(l.at+3 == len(l.data) || isSpace(l.data[l.at+3])) {
			l.at += 3
			return
		}
	}
	l.at = len(l.data)
}
