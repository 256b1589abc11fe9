package attachment

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Pool reads files in workers. Workers are started when they are needed. It is safe
// for use by many goroutines at once.
type Pool struct {
	command []string
	limits  Limits
	slots   chan *worker // one for each worker there may be; nil for one not running
	close   sync.Once
}

// NewPool makes a pool of at most so many workers, at least one. The command is a
// program that calls [Main], with its arguments: usually our own.
func NewPool(command []string, limits Limits, workers int) *Pool {
	p := &Pool{
		command: command,
		limits: Limits{
			Time:   cmp.Or(limits.Time, DefaultTime),
			Memory: cmp.Or(limits.Memory, DefaultMemory),
			Text:   cmp.Or(limits.Text, DefaultText),
		},
		slots: make(chan *worker, max(workers, 1)),
	}
	for range cap(p.slots) {
		p.slots <- nil
	}
	return p
}

// Read reads a file of a format that [Reads] knows by its name. It waits for a
// worker when all are at work. What is wrong with the file is in the text; an
// error is one of the machine (no worker can be started, the file cannot be
// read from its disk), of ctx, or of a pool that is closed.
func (p *Pool) Read(ctx context.Context, name string, file io.ReaderAt, size int64) (Text, error) {
	if !Reads(name) {
		return Text{}, fmt.Errorf("attachment: %s is of a format that is not read", name)
	}
	switch {
	case size == 0:
		return Text{Problem: "is leeg"}, nil
	case size > MaxSize:
		return Text{Problem: "is groter dan " + inMegabytes(MaxSize) + " en wordt daarom niet gelezen"}, nil
	}
	var w *worker
	var open bool
	select {
	case <-ctx.Done():
		return Text{}, ctx.Err()
	case w, open = <-p.slots:
		if !open {
			return Text{}, errors.New("attachment: the pool is closed")
		}
	}
	defer func() { p.slots <- w }()
	if w == nil {
		var err error
		if w, err = start(ctx, p.command); err != nil {
			return Text{}, err
		}
	}
	text, alive, err := w.read(ctx, p.limits, ending(name), file, size)
	if !alive {
		w = nil
	}
	return text, err
}

// Close waits for reads that are going on and ends the workers.
func (p *Pool) Close() {
	p.close.Do(func() {
		for range cap(p.slots) {
			if w := <-p.slots; w != nil {
				w.end()
			}
		}
		close(p.slots)
	})
}

// worker is a process that reads files.
type worker struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	errors *head
}

func start(ctx context.Context, command []string) (*worker, error) {
	// A program that forgets to call Main would start itself without end.
	if os.Getenv(environment) != "" {
		return nil, errors.New("attachment: a worker starts no workers")
	}
	w := &worker{cmd: exec.Command(command[0], command[1:]...), errors: &head{}}
	w.cmd.Env = append(w.cmd.Environ(), environment+"=1")
	w.cmd.Stderr = w.errors
	w.cmd.WaitDelay = time.Second
	var err error
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	w.out = bufio.NewReader(out)
	if err := w.cmd.Start(); err != nil {
		return nil, fmt.Errorf("attachment: %w", err)
	}
	hasty, cancel := context.WithTimeout(ctx, DefaultTime)
	defer cancel()
	alive := context.AfterFunc(hasty, w.kill)
	said := make([]byte, len(greeting))
	_, err = io.ReadFull(w.out, said)
	if !alive() || err != nil || string(said) != greeting {
		w.end()
		return nil, cmp.Or(ctx.Err(), fmt.Errorf("attachment: %s is no worker: it said %q %s", command[0], said, w.errors))
	}
	return w, nil
}

func (w *worker) kill() { w.cmd.Process.Kill() }

// end ends the process, if it still runs, and frees what it had.
func (w *worker) end() {
	w.kill()
	w.cmd.Wait()
}

// read has the worker read a file. It is not alive any more after a fault.
func (w *worker) read(ctx context.Context, limits Limits, ending string, file io.ReaderAt, size int64) (text Text, alive bool, err error) {
	var late atomic.Bool
	timer := time.AfterFunc(limits.Time, func() {
		late.Store(true)
		w.kill()
	})
	keep := context.AfterFunc(ctx, w.kill)
	source := &source{io.NewSectionReader(file, 0, size), nil}
	text, failed := w.exchange(limits, ending, source, size)
	// Whoever comes too late to stop a kill has a worker that is being killed.
	inTime, wanted := timer.Stop(), keep()
	if failed == nil && inTime && wanted {
		return text, true, nil
	}
	w.end()
	switch {
	case failed == nil:
		return text, false, nil
	case ctx.Err() != nil:
		return Text{}, false, ctx.Err()
	case source.err != nil:
		return Text{}, false, source.err
	case late.Load():
		problem := fmt.Sprintf("kost meer dan %g seconden om te lezen", limits.Time.Seconds())
		return Text{Problem: problem, Passing: true}, false, nil
	}
	switch code := w.cmd.ProcessState.ExitCode(); {
	case code == exitMemory, code == exitCrash && w.errors.ofMemory():
		return Text{Problem: string(faultMemory)}, false, nil
	case code == exitCrash:
		return Text{Problem: string(faultCrash)}, false, nil
	case code == -1: // by a signal that is not ours: the system wants its memory back
		return Text{Problem: string(faultMemory), Passing: true}, false, nil
	}
	return Text{}, false, fmt.Errorf("attachment: worker: %w: %v: %s", failed, w.cmd.ProcessState, w.errors)
}

func (w *worker) exchange(limits Limits, ending string, file *source, size int64) (t Text, err error) {
	_, err = fmt.Fprintf(w.in, "%d %d %d %d %s\n", size, limits.Memory, limits.Text, 2*limits.Time.Milliseconds(), ending)
	if err != nil {
		return t, err
	}
	if _, err := io.CopyN(w.in, file, size); err != nil {
		if err == io.EOF {
			file.err = errors.New("attachment: the file is shorter than it was")
		}
		return t, err
	}
	line, err := w.out.ReadString('\n')
	if err != nil {
		return t, err
	}
	length, err := strconv.Atoi(strings.TrimSuffix(line, "\n"))
	if err != nil {
		return t, err
	}
	data := make([]byte, length)
	if _, err := io.ReadFull(w.out, data); err != nil {
		return t, err
	}
	return t, t.UnmarshalBinary(data)
}

// source is a file that remembers its fault, to tell it from those of the worker.
type source struct {
	io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// head keeps the beginning of what is written to it: why a worker ended.
type head struct{ bytes.Buffer }

func (h *head) Write(p []byte) (int, error) {
	const most = 4 << 10
	h.Buffer.Write(p[:min(len(p), max(0, most-h.Len()))])
	return len(p), nil
}

func (h *head) ofMemory() bool {
	return bytes.Contains(h.Bytes(), []byte("out of memory")) || bytes.Contains(h.Bytes(), []byte("cannot allocate memory"))
}
