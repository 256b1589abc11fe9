package history

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// stampVersion is part of every stamp. Raise it when the same commits give another
// history, or another encoding of it.
const stampVersion = 1

// Stamp says which commit is checked out, and what else decides a history, without
// starting git. It is nil when the site in dir is in no work tree. It trusts what it
// finds: whether there is a history to be had is for [Read] to say.
//
// See gitrepository-layout(5) and gitrevisions(7) for the files it looks at.
func Stamp(dir string) []byte {
	content, err := filepath.Abs(filepath.Join(dir, folder))
	if err != nil {
		return nil
	}
	if content, err = filepath.EvalSymlinks(content); err != nil {
		return nil
	}
	root, gitDir := workTree(content)
	if root == "" {
		return nil
	}
	prefix, err := filepath.Rel(root, content)
	if err != nil {
		return nil
	}
	// A linked work tree shares all but its HEAD with the main one.
	common := gitDir
	if linked := line(filepath.Join(gitDir, "commondir")); linked != "" {
		common = within(gitDir, linked)
	}
	shallow, _ := os.ReadFile(filepath.Join(common, "shallow"))
	return fmt.Appendf(nil, "%d\x00%s\x00%s\x00%s", stampVersion, filepath.ToSlash(prefix), commit(gitDir, common), shallow)
}

// workTree finds the work tree that a folder is in, and its git folder.
func workTree(folder string) (root, gitDir string) {
	for {
		gitDir = filepath.Join(folder, ".git")
		if linked, ok := strings.CutPrefix(line(gitDir), "gitdir: "); ok { // a linked work tree, or a submodule
			return folder, within(folder, linked)
		}
		if _, err := os.Lstat(filepath.Join(gitDir, "HEAD")); err == nil {
			return folder, gitDir
		}
		up := filepath.Dir(folder)
		if up == folder {
			return "", ""
		}
		folder = up
	}
}

// commit is the commit that HEAD stands for, or text that differs when that does.
func commit(gitDir, common string) string {
	head := line(filepath.Join(gitDir, "HEAD"))
	for range 5 { // as deep as git goes
		name, symbolic := strings.CutPrefix(head, "ref: ")
		if !symbolic {
			return head
		}
		if !filepath.IsLocal(name) {
			break
		}
		next := line(filepath.Join(gitDir, name))
		if next == "" {
			next = line(filepath.Join(common, name))
		}
		if next == "" {
			next = packed(filepath.Join(common, "packed-refs"), name)
		}
		if next == "" {
			break
		}
		head = next
	}
	// No commit yet, or the refs are in tables: the list of these changes with every ref.
	own, _ := os.ReadFile(filepath.Join(gitDir, "reftable", "tables.list"))
	shared, _ := os.ReadFile(filepath.Join(common, "reftable", "tables.list"))
	return head + "\n" + string(own) + string(shared)
}

// packed looks a ref up in the file of packed refs: lines of a hash and a name.
func packed(file, ref string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if hash, name, ok := strings.Cut(lines.Text(), " "); ok && name == ref {
			return hash
		}
	}
	return ""
}

// line reads a file of one line; "" when there is none.
func line(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return strings.TrimRight(string(text), "\r\n")
}

// within is the path that a file in dir names.
func within(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
