"""How long programs take to start, how large they are, and how much memory they hold."""

import subprocess
import time

from programs import DIST_BIN, PYTHON, await_file, cpu_s, memory_mb
from results import Row


class Start:

    def __init__(self, programs, settings, say):
        self.settings = settings
        self.say = say

    def rows(self):
        return [self.start("worker"), self.start("analyze"), archive()]

    def start(self, executable):
        ours, theirs = [DIST_BIN / executable, "--version"], [PYTHON, "-c", "import argparse,json,socket"]
        wall_s(ours), wall_s(theirs)  # so that both are in memory
        ms = ([], [])
        for turn in range(self.settings.starts):
            for which in (0, 1) if turn % 2 == 0 else (1, 0):
                ms[which].append(wall_s((ours, theirs)[which]) * 1000)
        row = Row(f"start.{executable}", f"{executable} --version", "ms", executable, ms[0], "Python", ms[1], "ratio <= 1.3")
        self.say(f"start: {' | '.join(row.cells())}")
        return row


def archive():
    sizes_mb = [path.stat().st_size / 1e6 for path in (DIST_BIN.parent / "share").glob("carillon-node-*.tar.gz")]
    return Row("start.archive", "archive for compute nodes", "MB", "carillon-node", sizes_mb, target="value <= 45")


def wall_s(command):
    begin_s = time.monotonic()
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.monotonic() - begin_s


class Memory:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        return [self.worker(), *self.timeserver(), *self.soak()]

    def worker(self):
        resident, theirs, notes = [], [], []
        for kind, values in (("worker", resident), ("c", theirs)):
            with self.programs.files() as folder:
                receiver = self.programs.receiver(kind, folder)
                sender = self.programs.sender([receiver.port], self.settings.rate, self.settings.warmup_seconds + self.settings.cpu_seconds)
                time.sleep(self.settings.warmup_seconds + self.settings.cpu_seconds - 0.5)
                now_mb, peak_mb = receiver.memory_mb()
                values.append(now_mb)
                notes.append(f"{kind} at most {peak_mb:.1f} MB")
                sender.totals()
                receiver.stop()
        self.say(f"memory at {self.settings.rate:,}/s: worker {resident[0]:.1f} MB, C {theirs[0]:.1f} MB; {'; '.join(notes)}")
        return Row("memory.worker", f"resident memory of worker at {self.settings.rate:,}/s", "MB", "worker", resident, "C", theirs,
                   "value <= 120", notes)

    def timeserver(self):
        with self.programs.files() as folder:
            ready, log = folder / "ready", folder / "log"
            command = [DIST_BIN / "timeserver", "--local-stratum", "8", "--bind", "127.0.0.1", "--port", "0", "--ready-file", ready]
            process = self.programs.start([str(word) for word in command], log)
            await_file(ready, process, log)
            time.sleep(2)
            from_cpu_s = cpu_s(process.pid)
            time.sleep(self.settings.idle_seconds)
            idle_ms = (cpu_s(process.pid) - from_cpu_s) / self.settings.idle_seconds * 1000
            now_mb, peak_mb = memory_mb(process.pid)
            process.terminate()
            process.wait()
        self.say(f"idle timeserver: {now_mb:.1f} MB, {idle_ms:.1f} ms of processor time per second")
        return [Row("memory.timeserver", "resident memory of timeserver, idle", "MB", "timeserver", [now_mb], target="value <= 70",
                    notes=[f"at most {peak_mb:.1f} MB"]),
                Row("memory.idle_cpu", "processor time of timeserver, idle, per second", "ms", "timeserver", [idle_ms])]

    def soak(self):
        """Memory and rows over a long time. The first twelfth is not counted: of an hour, five minutes."""
        seconds, rate = self.settings.soak_seconds, self.settings.soak_rate
        step_s = min(10, seconds / 12)
        with self.programs.files() as folder:
            receiver = self.programs.receiver("worker", folder)
            sender = self.programs.sender([receiver.port], rate, seconds)
            begin_s = time.monotonic()
            resident = []  # (s, MB)
            while time.monotonic() - begin_s < seconds - step_s / 2:
                time.sleep(step_s)
                resident.append((time.monotonic() - begin_s, receiver.memory_mb()[0]))
            sent = sender.totals()
            time.sleep(0.3)
            totals = receiver.stop()
        counted = [mb for at_s, mb in resident if at_s >= seconds / 12]
        # The means of quarters: single values swing with the collections of garbage.
        quarter = max(1, len(counted) // 4)
        growth_mb = sum(counted[-quarter:]) / quarter - sum(counted[:quarter]) / quarter
        lost = sent["sent"] - totals["rows_on_disk"]
        self.say(f"soak: {seconds:g} s at {rate:,}/s: {growth_mb:+.2f} MB, {lost} rows lost")
        notes = [f"from {min(counted):.1f} to {max(counted):.1f} MB; last {counted[-1]:.1f} MB"]
        return [
            Row("memory.growth", f"{seconds:g} s at {rate:,}/s: growth of resident memory after the first twelfth", "MB", "worker",
                [growth_mb], target="value <= 1", notes=notes),
            Row("memory.rows_lost", f"{seconds:g} s at {rate:,}/s: rows lost", "rows", "worker", [lost], target="value <= 0"),
        ]
