package attachment

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestVastTokens has one worker read files with a gigabyte in one token of XML, and
// looks how much memory it had in the end.
func TestVastTokens(t *testing.T) {
	p := newPool(t, Limits{Time: 2 * time.Minute, Text: 1 << 10}, 1)
	begun := []Part{{0, "", strings.Repeat("a", 1<<10)}}
	for _, c := range []struct {
		name, start string
		letter      byte
		want        Text
	}{
		{"a text", "<w:t>", 'a', Text{Parts: begun, Problem: "bevat meer dan 1 kB tekst; alleen het begin is te doorzoeken"}},
		{"a text that nobody reads", "<w:p><w:t>voor</w:t>", 'a', Text{Parts: []Part{{0, "", "voor"}}, Problem: string(faultMemory)}},
		{"an attribute", `<w:t a="`, 'a', Text{Problem: string(faultMemory)}},
		{"zeros", "<w:t>", 0, Text{Problem: string(faultBroken)}},
	} {
		if got := readBy(t, p, "a.docx", bomb(t, c.start, c.letter)); lines(got) != lines(c.want) || got.Passing {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
	w := <-p.slots
	p.slots <- nil
	if w == nil {
		t.Fatal("the worker was ended")
	}
	w.end()
	if most := int64(w.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) << 10; most > DefaultMemory {
		t.Errorf("the worker had %s in memory", inMegabytes(most))
	}
}
