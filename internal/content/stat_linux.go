package content

import (
	"io/fs"
	"syscall"
)

// changeTime is when the file's contents or attributes last changed, in ns since
// 1970: unlike the modification time it cannot be set back.
func changeTime(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctim.Nano()
	}
	return 0
}
