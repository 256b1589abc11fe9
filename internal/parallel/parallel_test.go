package parallel

import (
	"runtime"
	"sync/atomic"
	"testing"
)

// Every number is done once, also with fewer of them than cores, and none is left
// when Each returns.
func TestEach(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	for _, n := range []int{0, 1, 3, 4, 5, 1000} {
		times := make([]int, n)
		Each(n, func(i int) { times[i]++ })
		for i, done := range times {
			if done != 1 {
				t.Errorf("of %d: %d was done %d times", n, i, done)
			}
		}
	}
}

// Calls run side by side: each of two waits until the other has begun.
func TestEachIsParallel(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var begun atomic.Int32
	both := make(chan struct{})
	Each(2, func(int) {
		if begun.Add(1) == 2 {
			close(both)
		}
		<-both
	})
}
