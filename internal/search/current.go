package search

import "errors"

// Current is the ID of the index that is served from dir, "" when there is none.
// It does not look whether that index is whole; [Open] does.
func Current(dir string) (string, error) {
	id, err := readCurrent(dir)
	if errors.Is(err, ErrNoIndex) {
		return "", nil
	}
	return id, err
}
