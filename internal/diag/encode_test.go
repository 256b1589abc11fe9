package diag

import (
	"slices"
	"testing"
)

func FuzzDecode(f *testing.F) {
	messages := []Message{codeA.At("a.md", 3, 7, "sleutel é fout", "doe\niets"), codeB.At("", 0, 0, "alles", ""), {}}
	good := string(Append(nil, messages))
	if got, err := Decode(good); err != nil || !slices.Equal(got, messages) {
		f.Fatalf("%v, %v", got, err)
	}
	for cut := range len(good) {
		if _, err := Decode(good[:cut]); err == nil {
			f.Fatalf("cut at %d goes unseen", cut)
		}
	}
	f.Add(good)
	f.Add(good + "x")
	f.Add("")
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01")
	f.Fuzz(func(t *testing.T, data string) {
		got, err := Decode(data)
		if err != nil {
			return
		}
		if again, err := Decode(string(Append(nil, got))); err != nil || !slices.Equal(again, got) {
			t.Errorf("%v, %v", again, err)
		}
	})
}
