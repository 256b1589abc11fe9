package build

import (
	"errors"
	"fmt"
	"io"

	"kennishub/internal/content"
	"kennishub/internal/diag"
	"kennishub/internal/parallel"
	"kennishub/internal/picture"
	"kennishub/internal/site"
	"kennishub/internal/view"
)

var (
	codeUnscaled = diag.Define("afbeelding-beschadigd", diag.Warning,
		"Van een afbeelding kunnen geen kleinere maten worden gemaakt",
		"Kennishub maakt van een foto kleinere maten, zodat een telefoon niet meer laadt dan nodig is. Bij deze afbeelding lukt dat niet, omdat het bestand niet heel is, of omdat het te veel geheugen kost. Lezers krijgen het bestand zoals het is. Bewaar de afbeelding opnieuw, als PNG of JPEG.")
	codeHuge = diag.Define("afbeelding-te-groot", diag.Warning,
		"Een afbeelding heeft te veel pixels",
		"Een afbeelding van meer dan 64 miljoen pixels kost elke lezer veel tijd en geheugen, en kennishub maakt er geen kleinere maten van. Maak haar kleiner: 2.000 pixels breed is genoeg voor elk scherm.")
)

// makeSizes makes the smaller sizes of the images that pages show, those that are
// not kept from an earlier build, and tells of images that cannot be made smaller.
func (b *Builder) makeSizes(s *site.Site, sizes *picture.Store) ([]diag.Message, error) {
	shown := view.Pictures(s)
	failed := make([]error, len(shown))
	parallel.Each(len(shown), func(i int) { failed[i] = b.makeSizesOf(shown[i], sizes) })
	var messages []diag.Message
	for _, r := range shown {
		file := "content/" + r.File
		switch f := r.Facts; {
		case r.Unscaled != "":
			messages = append(messages, codeUnscaled.At(file, 0, 0, r.Unscaled, "bewaar de afbeelding opnieuw als PNG of JPEG, zo nodig kleiner"))
		case int64(f.Width)*int64(f.Height) > picture.MaxPixels:
			messages = append(messages, codeHuge.At(file, 0, 0, fmt.Sprintf("de afbeelding is %d bij %d pixels", f.Width, f.Height), "maak haar kleiner, bijvoorbeeld 2000 pixels breed"))
		}
	}
	return messages, errors.Join(failed...)
}

func (b *Builder) makeSizesOf(r *content.Resource, sizes *picture.Store) error {
	widths := view.Widths(r)
	if len(widths) == 0 {
		return nil
	}
	file, err := sizes.Open(r.Facts.SHA256, r.File, widths[0], widths, func() (io.ReadCloser, error) { return b.content.Open(r.File) })
	var fault picture.Fault
	switch {
	case errors.As(err, &fault):
		r.Unscaled = fault.Problem
		return nil
	case err != nil:
		return err
	}
	return file.Close()
}
