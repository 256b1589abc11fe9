package output

import (
	"io"

	"kennishub/internal/publish"
)

// assets are the files of the theme.
func assets(in Input) []publish.Artifact {
	var list []publish.Artifact
	for _, a := range in.Theme.Assets() {
		list = append(list, bytesArtifact(a.Path, a.Data))
	}
	return list
}

// resources are the files of the content folder, passed through as they are.
func resources(in Input) []publish.Artifact {
	var list []publish.Artifact
	for _, r := range in.Site.Resources {
		list = append(list, publish.Artifact{
			Path:        r.File,
			Fingerprint: publish.Fingerprint(r.Facts.SHA256[:16]),
			Write: func(w io.Writer) error {
				file, err := in.Content.Open(r.File)
				if err != nil {
					return err
				}
				defer file.Close()
				_, err = io.Copy(w, file)
				return err
			},
		})
	}
	return list
}
