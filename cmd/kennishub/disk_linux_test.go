package main

import (
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A full disk, and one that cannot be written: a clear message, nothing lost, and
// the next build heals.
func TestDiskThatRefuses(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=200k"); err != nil {
		t.Skipf("skipped: mounting a small disk takes rights that this test does not have: %v", err)
	}
	defer syscall.Unmount(disk, 0)
	remount := func(flags uintptr, options string) {
		t.Helper()
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|flags, options); err != nil {
			t.Fatal(err)
		}
	}
	source, output, clean := t.TempDir(), filepath.Join(disk, "public"), t.TempDir()
	site := map[string]string{"site.yaml": "title: Proef\n"}
	for i := range 120 {
		site["content/s/p"+string(rune('a'+i/26))+string(rune('a'+i%26))+".md"] = "---\ntitle: Pagina\n---\n" + strings.Repeat("Een zin. ", 200)
	}
	write(t, source, site)
	refused := func(words string) {
		t.Helper()
		out, err := program(t.Context(), "build", "--source", source, "--output", output).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitMachine || !strings.Contains(string(out), words) || strings.Count(string(out), "\n") > 12 {
			t.Errorf("%v\n%s", err, out)
		}
		wholeFiles(t, output)
	}
	refused("de schijf is vol")
	remount(syscall.MS_RDONLY, "size=20m")
	refused("kan niet worden geschreven")
	remount(0, "size=20m")
	mustRun(t, "build", "--source", source, "--output", output)
	mustRun(t, "build", "--source", source, "--output", clean)
	sameFiles(t, output, clean)
}
