"""The programs that are compared: how they are built, started, watched and ended."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[3]
C_SOURCES = HERE.parent / "c"
DIST_BIN = CHECKOUT / "dist" / "carillon" / "bin"
# The interpreter itself: what stands first on the path may be a script of a version manager.
PYTHON = os.path.realpath(sys.executable)
DEADLINE_S = 60
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class BenchError(Exception):
    """What went wrong and what to do, in a sentence; with the exit code."""

    def __init__(self, message, exit_code=70):
        super().__init__(message)
        self.exit_code = exit_code


class Programs:
    """All that one run of the harness starts, and the folder in which it works. Ended and removed by close()."""

    def __init__(self, folder, receive_buffer_bytes):
        self.folder = Path(folder)
        self.receive_buffer_bytes = receive_buffer_bytes
        self._running = []
        self._runs = 0

    def compile_c(self):
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise BenchError("there is no C compiler for the reference programs; install one: apt-get install gcc libc6-dev", 5)
        for name in ("receiver", "sender"):
            command = [compiler, "-O2", "-std=gnu11", "-Wall", "-Wextra", "-o", str(self.folder / name), str(C_SOURCES / (name + ".c"))]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                raise BenchError(f"{name}.c does not compile: {done.stderr.strip()}", 5)
        return subprocess.run([compiler, "--version"], capture_output=True, text=True).stdout.split("\n")[0]

    @contextlib.contextmanager
    def files(self):
        """An empty folder for one run's files, which are removed afterwards, so that they fill neither the disk nor the page cache."""
        self._runs += 1
        folder = self.folder / f"run-{self._runs}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def start(self, command, log, environment=None):
        with open(log, "wb") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, **(environment or {})})
        self._running.append(process)
        return process

    def receiver(self, kind, folder, environment=None):
        return Receiver(self, kind, folder, environment)

    def sender(self, ports, rate, seconds=None, events=None, first_event=1, json_form=False, output=None):
        """Starts the C sender; rate 0 is as fast as it can."""
        command = [self.folder / "sender", "--receivers", addresses(ports), "--rate", rate, "--first-event", first_event]
        command += ["--seconds", seconds] if seconds else ["--num-events", events]
        command += ["--json"] if json_form else []
        command += ["--output", output] if output else []
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self._running.append(process)
        return Sender(process)

    def coordinate(self, ports, rate, events, output, *options):
        """Runs our coordinator to its end."""
        log = Path(str(output) + ".log")
        command = [DIST_BIN / "coordinator", "--workers", addresses(ports), "--rate", rate, "--num-events", events, "--output", output,
                   "--progress", "none", *options]
        process = self.start([str(word) for word in command], log)
        code = process.wait(DEADLINE_S + 20 * events / rate + 60)
        if code not in (0, 2):
            raise BenchError(f"the coordinator ended with {code}: {tail(log)}")

    def close(self):
        for process in self._running:
            if process.poll() is None:
                process.kill()
                process.wait()


class Sender:
    """The C sender at work."""

    def __init__(self, process):
        self._process = process

    def totals(self):
        """Waits for its end; what it told, and as rate the events a second that it really sent."""
        out, _ = self._process.communicate()
        if self._process.returncode != 0:
            raise BenchError(f"the C sender ended with {self._process.returncode}")
        totals = json.loads(out)
        totals["rate"] = (totals["sent"] - 1) / totals["elapsed_s"]
        return totals


class Receiver:
    """A receiving program that is ready: worker, the C or the Python one."""

    def __init__(self, programs, kind, folder, environment=None, command=None):
        self.kind = kind
        self.output = folder / f"worker_{kind}.csv"
        self._summary = folder / f"{kind}.json"
        self._log = folder / f"{kind}.log"
        ready = folder / f"{kind}.ready"
        command = command or {"worker": [DIST_BIN / "worker"], "c": [programs.folder / "receiver"], "python": [PYTHON, HERE / "receiver.py"]}[kind]
        command += ["--warmup", "0s"] if kind == "worker" else []
        command += ["--node-id", kind, "--listen-port", 0, "--ready-file", ready, "--summary", self._summary, "--output", self.output]
        if kind != "python":
            command += ["--receive-buffer", programs.receive_buffer_bytes]
        self.process = programs.start([str(word) for word in command], self._log, environment)
        self.pid = self.process.pid
        self.port = json.loads(await_file(ready, self.process, self._log))["port"]

    def cpu_s(self):
        return cpu_s(self.pid)

    def memory_mb(self):
        return memory_mb(self.pid)

    def stop(self):
        """Ends it in good order; its totals, and as rows_on_disk the lines of its file below the header."""
        self.process.terminate()
        code = self.process.wait(DEADLINE_S)
        if code not in (0, 2):
            raise BenchError(f"{self.kind} ended with {code}: {tail(self._log)}")
        totals = json.loads(self._summary.read_text(encoding="utf-8"))
        totals["rows_on_disk"] = lines(self.output) - 1
        return totals


@contextlib.contextmanager
def sinks(count):
    """Ports that nobody reads, with buffers that hold next to nothing: what is sent there costs no other processor time."""
    with contextlib.ExitStack() as stack:
        ports = []
        for _ in range(count):
            sink = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
            sink.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
            sink.bind(("127.0.0.1", 0))
            ports.append(sink.getsockname()[1])
        yield ports


def addresses(ports):
    return ",".join(f"127.0.0.1:{port}" for port in ports)


def cpu_s(pid):
    """Processor time of a process and of children of it that have ended; user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return sum(int(field) for field in fields[11:15]) / TICKS_PER_S


def memory_mb(pid):
    """Resident now and at most, in MB of 1,000,000 bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return tuple(int(re.search(rf"^{name}:\s+(\d+) kB", status, re.M)[1]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))


def await_file(path, process, log):
    end = time.monotonic() + DEADLINE_S
    while not path.exists():
        if process.poll() is not None:
            raise BenchError(f"{Path(process.args[0]).name} ended with {process.returncode}: {tail(log)}")
        if time.monotonic() > end:
            raise BenchError(f"{Path(process.args[0]).name} was not ready within {DEADLINE_S} s: {tail(log)}")
        time.sleep(0.01)
    return path.read_text(encoding="utf-8")


def lines(path):
    count = 0
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            count += block.count(b"\n")
    return count


def tail(log):
    return " / ".join(Path(log).read_text(encoding="utf-8", errors="replace").strip().split("\n")[-3:])
