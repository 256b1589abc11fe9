package attachment

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/metrics"
	"syscall"
	"time"
)

// environment is the variable that makes our program a worker.
const environment = "KENNISHUB_ATTACHMENT_WORKER"

// Pool and worker talk through standard input and output:
//
//	worker: greeting
//	pool:   size memory text milliseconds ending LF, and size bytes: the file
//	worker: length LF, and length bytes: the Text
//
// memory and text are the [Limits] in bytes. After the milliseconds a worker ends
// itself, for when the pool is no longer there to do it.

// greeting is what a worker says first, so that no other program is taken for one.
var greeting = fmt.Sprintf("kennishub attachment worker %d\n", Version)

// Exit codes of a worker that cannot go on. Go uses 2 for a crash.
const (
	exitCrash   = 2
	exitMemory  = 86
	exitMachine = 87
	exitTime    = 88
)

const (
	maxStack = 16 << 20 // bytes; the PDF library never returns from some files
	maxHeld  = 8 << 20  // bytes of a file in memory; a larger one is on disk
	tidyFrom = 64 << 20 // bytes in use after a file that are given back before the next
)

// Main makes a worker of the program when a [Pool] started it as one, and does not
// return then. A program that has a pool calls it before anything else.
func Main() {
	if os.Getenv(environment) == "" {
		return
	}
	// Ctrl+C reaches all processes of a terminal; the pool ends its workers itself.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	debug.SetMaxStack(maxStack)
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitMachine)
	}
	os.Exit(0)
}

// serve reads files until in ends. An error is one of the machine.
func serve(in io.Reader, out io.Writer) error {
	if _, err := io.WriteString(out, greeting); err != nil {
		return err
	}
	for r := bufio.NewReaderSize(in, 1<<16); ; {
		line, err := r.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var size, memory, milliseconds int64
		var text int
		var ending string
		if _, err := fmt.Sscan(line, &size, &memory, &text, &milliseconds, &ending); err != nil {
			return err
		}
		answer, err := serveOne(io.LimitReader(r, size), size, memory, text, time.Duration(milliseconds)*time.Millisecond, formats[ending])
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%d\n%s", len(answer), answer); err != nil {
			return err
		}
		if inUse() > tidyFrom {
			debug.FreeOSMemory()
		}
	}
}

func serveOne(in io.Reader, size, memory int64, text int, limit time.Duration, read format) ([]byte, error) {
	if read == nil {
		return nil, errors.New("attachment: unknown format")
	}
	defer watch(memory, limit)()
	if size <= maxHeld {
		data, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		return extract(read, bytes.NewReader(data), size, text).AppendBinary(nil)
	}
	file, err := os.CreateTemp("", "kennishub-*")
	if err != nil {
		return nil, err
	}
	// Where the system allows it, the name goes at once: a worker may be killed.
	os.Remove(file.Name())
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := io.Copy(file, in); err != nil {
		return nil, err
	}
	return extract(read, file, size, text).AppendBinary(nil)
}

// watch ends the process when it uses more memory or time than it may, until stop
// is called.
func watch(memory int64, limit time.Duration) (stop func()) {
	debug.SetMemoryLimit(memory / 4 * 3) // collect garbage harder before it is too late
	done := make(chan struct{})
	go func() {
		late := time.After(limit)
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-late:
				os.Exit(exitTime)
			case <-tick.C:
				if inUse() > memory {
					os.Exit(exitMemory)
				}
			}
		}
	}()
	return func() { close(done) }
}

// inUse gives the bytes that the process has from the system.
func inUse() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}
