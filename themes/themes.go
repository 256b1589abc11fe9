// Package themes holds the themes that are built in: [FS] has a folder for each.
// What a theme's folder looks like stands in the package theme.
package themes

import "embed"

// FS holds the built-in themes, each in the folder of its name: "mbodigitaal".
//
//go:embed mbodigitaal
var FS embed.FS
