package cite

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

// TestOthersReadIt has Citation.js read back what every form says.
func TestOthersReadIt(t *testing.T) {
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("testdata/reader/node_modules")
	}
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("CI has no Citation.js: %v; run npm ci in internal/cite/testdata/reader", err)
		}
		t.Skipf("no Citation.js: %v; run npm ci in internal/cite/testdata/reader", err)
	}

	type read struct {
		Title string
		Year  int
		Names []string
	}
	hostile := Work{Title: `Hak {erin} \ "of} 50% & #1 $x_y^z~q $a$ ER  - @misc{x,`, Authors: []Name{{Given: "J{", Family: "D}ijk and Co"}, {Literal: "A and B"}}, Issued: Date{2019, 2, 0}}
	var texts []string
	var want [][]read
	for _, w := range []Work{experiment, hostile, {Title: "Niets"}} {
		for name := range kinds {
			w.Type = name
			texts = append(texts, string(w.BibTeX()), string(w.RIS()), string(w.CSL()))
			tidy := w.tidy()
			r := read{tidy.Title, tidy.Issued.Year, []string{}}
			ris := r
			for _, n := range tidy.Authors {
				r.Names = append(r.Names, strings.Trim(n.Literal+n.Particle+" "+n.Family+"/"+n.Given, " /"))
				ris.Names = append(ris.Names, strings.Replace(n.inverted(), ", ", "/", 1))
			}
			want = append(want, []read{r}, []read{ris}, []read{r})
		}
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "read.js")
	cmd.Dir, cmd.Stdin, cmd.Stderr = "testdata/reader", bytes.NewReader(input), os.Stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got [][]read
	if err := json.Unmarshal(output, &got); err != nil || len(got) != len(want) {
		t.Fatalf("%v: %s", err, output)
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("got %+v, want %+v from\n%s", got[i], want[i], texts[i])
		}
	}
}
