package check

import (
	"fmt"
	"time"

	"kennishub/internal/diag"
	"kennishub/internal/site"
)

var codeExpires = diag.Define("security-verloopt", diag.Warning,
	"security.txt is verlopen of verloopt binnenkort",
	"In security.txt staat tot wanneer de gegevens kloppen (RFC 9116). Daarna vertrouwt niemand ze meer. Kijk of het contact nog klopt en zet onder security in site.yaml een nieuwe datum bij expires, hooguit een jaar verder.")

// notice is how long before its end the security contact is asked to be renewed.
const notice = 60 * 24 * time.Hour

func security(s *site.Site, now time.Time) []diag.Message {
	c := s.Config.Security
	expires, err := time.Parse(time.DateOnly, c.Expires)
	if len(c.Contact) == 0 || err != nil || expires.Sub(now) > notice {
		return nil
	}
	text := fmt.Sprintf("security.txt verloopt op %s", c.Expires)
	if !expires.After(now) { // it expires when that day begins
		text = fmt.Sprintf("security.txt is verlopen op %s", c.Expires)
	}
	return []diag.Message{codeExpires.At("site.yaml", c.Line, c.Col, text, "controleer het contact en zet een nieuwe datum bij security: expires")}
}
