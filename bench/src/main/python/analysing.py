"""How long analyze takes and how much memory, as a whole process, against pandas and bare DuckDB on the same files."""

import json
import os
import random
import subprocess
import time

from footprint import wall_s
from programs import CHECKOUT, DIST_BIN, HERE, PYTHON, BenchError
from results import Row

# Outside the checkout's sources, and kept: what pandas and duckdb bring with them is large.
TOOLS = CHECKOUT / "bench" / "target" / "analysis-tools"

NODES = ("n1", "n2")
COORDINATOR = ("event_id,sequence_number,send_time_ns,send_time_iso,ntp_offset_ms,ntp_timestamp_ns,ct_offset_ms,ct_timestamp_ns,"
               "pattern_delay_ms,workers_sent,workers_failed")
WORKER = "event_id,node_id,sequence_number,receive_time_ns,coordinator_send_time_ns,ntp_offset_ms,ntp_uncertainty_ms,ntp_timestamp_ns"


class Analysis:

    def __init__(self, programs, settings, say):
        self.programs = programs
        self.settings = settings
        self.say = say

    def rows(self):
        if self.settings.analysis_sizes:
            python = tools(self.say)
            return [row for events in self.settings.analysis_sizes for row in self.compared(python, events)] + [self.small(python)]
        return self.merged()

    def compared(self, python, events):
        """A whole run, in turn; and a second analysis of it, with other windows."""
        ours, again, ours_mb = [], [], []
        others = {"plain_pandas": ([], []), "bare_duckdb": ([], [])}
        with self.programs.files() as folder:
            run = folder / "run"
            measured([python, HERE / "big_run.py", run, str(events)])
            for turn in range(self.settings.rounds):
                for which in ["analyze", *others] if turn % 2 == 0 else [*reversed(others), "analyze"]:
                    if which == "analyze":
                        out = folder / f"results{turn}"
                        command = [DIST_BIN / "analyze", run, "--out", out, "--quiet"]
                        took_s, peak_mb = measured(command)
                        ours.append(took_s)
                        ours_mb.append(peak_mb)
                        again.append(measured([*command, "--windows", "30ms,70ms,300ms,2s"])[0])
                        if turn == 0:
                            measured(command)  # for the comparison of the numbers, with the windows that the others have
                    else:
                        took_s, peak_mb = measured([python, HERE / f"{which}.py", run], folder / f"{which}.json")
                        others[which][0].append(took_s)
                        others[which][1].append(peak_mb)
            same = compare(folder, *others)
        what = f"{events:,} events × {len(NODES)} workers"
        key = f"analysis.{events // 1_000_000}m"
        rows = [
            Row(f"{key}.pandas", f"analysis of {what}", "s", "analyze", ours, "pandas", others["plain_pandas"][0], "ratio <= 0.4",
                [f"pandas at most {max(others['plain_pandas'][1]):.0f} MB", f"{same} numbers are the same in all three"]),
            Row(f"{key}.duckdb", f"analysis of {what}", "s", "analyze", ours, "DuckDB", others["bare_duckdb"][0], "ratio <= 1.15",
                [f"DuckDB at most {max(others['bare_duckdb'][1]):.0f} MB"]),
            Row(f"{key}.again", f"second analysis of {what}, other windows", "s", "second", again, "first", ours, "ratio <= 0.2"),
            Row(f"{key}.memory", f"peak memory, {what}", "MB", "analyze", ours_mb, target="value <= 1074"),
        ]
        for row in rows:
            self.say(f"analysis: {' | '.join(row.cells())}")
        return rows

    def small(self, python):
        with self.programs.files() as folder:
            run = folder / "run"
            measured([python, HERE / "big_run.py", run, "3000"])
            took_s = [measured([DIST_BIN / "analyze", run, "--out", folder / f"results{turn}", "--quiet"])[0]
                      for turn in range(self.settings.rounds)]
        return Row("analysis.small", "analysis of 3,000 events, from command to report", "s", "analyze", took_s, target="value <= 3")

    def merged(self):
        events = self.settings.analysis_events
        with self.programs.files() as folder:
            run = folder / "run"
            run.mkdir()
            generate(run, events)
            commands = ([DIST_BIN / "analyze", run, "--out", folder / "results", "--quiet"], [PYTHON, HERE / "merge.py", run])
            took_s = ([], [])
            for turn in range(self.settings.rounds):
                for which in (0, 1) if turn % 2 == 0 else (1, 0):
                    took_s[which].append(wall_s(commands[which]))
        row = Row("analysis.time", f"analysis of {events:,} events × {len(NODES)} workers", "s", "analyze", took_s[0], "Python",
                  took_s[1], notes=["the Python program only merges and takes percentiles, with pandas if it is there;"
                                    " analyze also draws figures and writes the report"])
        self.say(f"analysis: {' | '.join(row.cells())}")
        return [row]


def tools(say):
    """A Python with pandas and duckdb, made once."""
    python = TOOLS / "bin" / "python"
    if not python.exists():
        say("analysis: installing pandas and duckdb for Python")
        for command in ([PYTHON, "-m", "venv", TOOLS], [python, "-m", "pip", "--quiet", "install", "pandas", "duckdb"]):
            if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
                raise BenchError("pandas and duckdb for Python cannot be installed; scripts/bench analysis --quick does without")
    return python


def compare(folder, *others):
    """How many numbers all programs have in common, and the same: one that computes something else proves nothing."""
    with open(folder / "results0" / "statistics" / "summary.json", encoding="utf-8") as summary:
        ours = numbers(json.load(summary))
    theirs = {}
    for other in others:
        with open(folder / f"{other}.json", encoding="utf-8") as told:
            theirs[other] = json.load(told)
    first = theirs[others[0]]
    for other, told in theirs.items():
        for path in told.keys() | first.keys():
            # What analyze draws or writes sentences of is in no number of its own: there the others vouch for one another.
            expected = first if path.startswith(("drawn/", "diagnosis/")) else ours
            if told.get(path, "nothing") != expected.get(path, "nothing"):
                raise BenchError(f"{other} has {told.get(path)} for {path}, and not {expected.get(path)}")
    return sum(path in ours for path in first)


def numbers(value, path=""):
    """The numbers of a JSON document by their path."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        return {path: value}
    return {one: number for key, part in inner for one, number in numbers(part, f"{path}/{key}" if path else str(key)).items()}


def measured(command, output=os.devnull):
    """How long a program took in s, and its peak memory in MB."""
    begin_s = time.monotonic()
    with open(output, "wb") as stdout:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BenchError(f"{command[0]} ended with {process.returncode}")
    return time.monotonic() - begin_s, usage.ru_maxrss * 1024 / 1e6


def generate(run, events):
    """A run of two nodes at 1,000 events/s, each event 20 to 220 µs under way, with NTP offsets."""
    chance = random.Random(1)
    begin_ns = 1_790_000_000_000_000_000
    with open(run / "coordinator.csv", "w", encoding="ascii") as coordinator:
        coordinator.write(COORDINATOR + "\n")
        for event in range(1, events + 1):
            send_ns = begin_ns + event * 1_000_000
            coordinator.write(f'{event},{event - 1},{send_ns},2026-09-21 13:33:20,0.100000,{send_ns + 100_000},,,1.000000,"n1:1,n2:1",\n')
    for node in NODES:
        with open(run / f"worker_{node}.csv", "w", encoding="ascii") as worker:
            worker.write(WORKER + "\n")
            for event in range(1, events + 1):
                send_ns = begin_ns + event * 1_000_000
                receive_ns = send_ns + chance.randrange(20_000, 220_000)
                worker.write(f"{event},{node},{event - 1},{receive_ns},{send_ns},0.100000,0.050000,{receive_ns + 100_000}\n")
