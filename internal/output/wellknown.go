package output

import (
	"fmt"
	"strings"

	"kennishub/internal/view"
)

// securityText is security.txt as RFC 9116 has it, nil when site.yaml names no
// contact. The day it expires is written in site.yaml, because a build knows no
// clock; a check warns when it comes near.
func securityText(in Input) []byte {
	s := in.Site.Config.Security
	if len(s.Contact) == 0 {
		return nil
	}
	var b []byte
	for _, c := range s.Contact {
		b = fmt.Appendf(b, "Contact: %s\n", c)
	}
	b = fmt.Appendf(b, "Expires: %sT00:00:00Z\n", s.Expires)
	if len(s.Languages) > 0 {
		b = fmt.Appendf(b, "Preferred-Languages: %s\n", strings.Join(s.Languages, ", "))
	}
	if s.Policy != "" {
		b = fmt.Appendf(b, "Policy: %s\n", s.Policy)
	}
	return fmt.Appendf(b, "Canonical: %s\n", view.Absolute(in.Site.Config, "/.well-known/security.txt"))
}
