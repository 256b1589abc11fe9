package cite

import (
	"bytes"
	"fmt"
)

// RIS is the work as a record of the RIS format (Research Information Systems,
// 2011), in UTF-8. Every value is one line, so none can begin another tag.
func (w Work) RIS() []byte {
	w = w.tidy()
	var b bytes.Buffer
	tag := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", name, value)
		}
	}
	tag("TY", kinds[w.Type].ris)
	tag("ID", w.ID)
	for _, n := range w.Authors {
		tag("AU", n.inverted())
	}
	if d := w.Issued; d.Year > 0 {
		tag("PY", fmt.Sprintf("%04d", d.Year))
		// All three slashes have to be there, whatever is left out between them.
		switch {
		case d.Day > 0:
			tag("DA", fmt.Sprintf("%04d/%02d/%02d/", d.Year, d.Month, d.Day))
		case d.Month > 0:
			tag("DA", fmt.Sprintf("%04d/%02d//", d.Year, d.Month))
		}
	}
	tag("TI", w.Title)
	if w.Type == "article-journal" {
		tag("T2", w.Publisher)
	} else {
		tag("PB", w.Publisher)
	}
	tag("M3", w.Genre)
	tag("ET", w.Version)
	tag("SN", w.ISBN)
	tag("DO", w.DOI)
	tag("UR", w.URL)
	tag("L1", w.PDF)
	tag("LA", w.Language)
	for _, keyword := range w.Keywords {
		tag("KW", keyword)
	}
	tag("AB", w.Abstract)
	b.WriteString("ER  - \r\n")
	return b.Bytes()
}
