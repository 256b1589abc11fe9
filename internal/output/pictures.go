package output

import (
	"io"

	"kennishub/internal/picture"
	"kennishub/internal/publish"
	"kennishub/internal/theme"
	"kennishub/internal/view"
)

// pictures are the smaller sizes of the images that pages show.
func pictures(in Input) []publish.Artifact {
	var list []publish.Artifact
	made := map[string]bool{} // two files may be the same image
	for _, r := range view.Pictures(in.Site) {
		widths := view.Widths(r)
		for _, width := range widths {
			path := view.SizePath(r, width)
			if made[path] {
				continue
			}
			made[path] = true
			in.Sizes.Keep(r.Facts.SHA256, width)
			sum := theme.SumOf(struct {
				SHA256         [32]byte
				Width, Version int
			}{r.Facts.SHA256, width, picture.Version})
			list = append(list, publish.Artifact{Path: path, Fingerprint: publish.Fingerprint(sum), Write: func(w io.Writer) error {
				file, err := in.Sizes.Open(r.Facts.SHA256, r.File, width, widths, func() (io.ReadCloser, error) { return in.Content.Open(r.File) })
				if err != nil {
					return err
				}
				defer file.Close()
				_, err = io.Copy(w, file)
				return err
			}})
		}
	}
	return list
}
