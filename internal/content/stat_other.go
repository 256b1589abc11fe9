//go:build !linux

package content

import "io/fs"

func changeTime(fs.FileInfo) int64 { return 0 }
