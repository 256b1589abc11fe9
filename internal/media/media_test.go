package media

import "testing"

func TestTypeOf(t *testing.T) {
	for name, want := range map[string]Type{
		"poster.PDF":      {"application/pdf", "PDF"},
		"a/b/slides.pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint"},
		"data.parquet":    {"application/octet-stream", "PARQUET"},
		"LEESMIJ":         {"application/octet-stream", "bestand"},
	} {
		if got := TypeOf(name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func TestSize(t *testing.T) {
	for _, c := range []struct {
		bytes int64
		want  string
	}{
		{0, "0 bytes"}, {999, "999 bytes"}, {1000, "1 kB"}, {14_499, "14 kB"}, {999_499, "999 kB"},
		{999_500, "1,0 MB"}, {1_234_567, "1,2 MB"}, {9_949_999, "9,9 MB"}, {9_950_000, "10 MB"}, {2_000_000_000, "2,0 GB"},
	} {
		if got := Size(c.bytes, "nl"); got != c.want {
			t.Errorf("%d: got %q, want %q", c.bytes, got, c.want)
		}
	}
	if got := Size(1_234_567, "en"); got != "1.2 MB" {
		t.Errorf("English: %q", got)
	}
}
