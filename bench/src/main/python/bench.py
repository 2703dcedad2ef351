"""Measures Carillon's executables against reference programs, in turn; scripts/bench runs it."""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from analysing import Analysis
from fan_out import Hosts
from footprint import Memory, Start
from profiling import Profile
from programs import CHECKOUT, BenchError, Programs
from receiving import Receiving
from results import counted, markdown_table, text_table
from sending import Sending, Timestamps

MEASURES = {"receive": Receiving, "send": Sending, "timestamps": Timestamps, "start": Start, "memory": Memory, "analysis": Analysis,
            "hosts": Hosts}
# What hosts is compared with is to be installed first.
NOT_IN_ALL = {"hosts"}
DOCUMENT = CHECKOUT / "docs" / "benchmarks.md"
# These have tables of their own, which measuring the other parts leaves as they are, and the other way round.
OWN_TABLE = {"analysis", "hosts"}
END = "<!-- end -->"
RECEIVE_BUFFER_BYTES = 32 << 20


@dataclass
class Settings:
    """How long and how often; times in s, rates in events/s."""

    java_home: Path
    rounds: int
    seconds: float  # of the run that confirms a highest rate
    soak_seconds: float
    probe_seconds: float = 3
    warmup_seconds: float = 3
    cpu_seconds: float = 8
    send_seconds: float = 10
    idle_seconds: float = 10
    rate: int = 100_000
    rate_max: int = 0  # where the search for a highest rate begins; 0 is as fast as the sender can
    lateness_rates: tuple = (1_000, 10_000)
    stamp_rate: int = 1_000
    drift_events: int = 1_000_000
    drift_rate: int = 50_000
    fast_events: int = 2_000_000
    soak_rate: int = 10_000
    starts: int = 20
    analysis_events: int = 200_000  # where nothing is installed for it
    analysis_sizes: tuple = (1_000_000, 5_000_000)
    hosts: int = 32
    names: int = 256  # of which a tenth is dead

    def quick(self):
        """So little that it proves nothing but that all works."""
        self.rounds = 1
        self.seconds = self.probe_seconds = self.cpu_seconds = self.send_seconds = self.idle_seconds = 1
        self.warmup_seconds = 0.5
        self.soak_seconds = 6
        self.rate = self.rate_max = self.soak_rate = self.drift_rate = 1_000
        self.lateness_rates = (1_000,)
        self.drift_events = 2_000
        self.fast_events = 20_000
        self.starts = 2
        self.analysis_events = 2_000
        self.analysis_sizes = ()
        self.hosts = 3
        self.names = 20


def parse():
    parser = argparse.ArgumentParser(prog="scripts/bench", add_help=False)
    parser.add_argument("measures", nargs="+", choices=[*MEASURES, "all", "profile"], metavar="MEASURE")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--soak", type=float, default=60)
    parser.add_argument("--rate", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write-docs", action="store_true")
    options = parser.parse_args()
    if options.quick and options.write_docs:
        parser.error("--quick measures nothing that is worth writing into docs/benchmarks.md: --write-docs goes without it")
    if options.rounds < 1 or options.seconds < 1 or options.soak < 1 or (options.rate is not None and options.rate < 10):
        parser.error("rounds and seconds are 1 at least, a rate 10")
    return options


def machine(folder):
    cpu = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8"), re.M)
    memory_kb = int(re.search(r"^MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"), re.M)[1])
    virtual = " in a virtual machine" if " hypervisor" in Path("/proc/cpuinfo").read_text(encoding="utf-8") else ""
    filesystem = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()
    release = (Path(os.environ["JAVA_HOME"]) / "release").read_text(encoding="utf-8")
    commit = subprocess.run(["git", "-C", CHECKOUT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    return {
        "processor": f"{os.cpu_count()} × {cpu[1] if cpu else platform.machine()}{virtual}",
        "memory": f"{memory_kb * 1024 / 1e9:.0f} GB",
        "kernel": f"{platform.system()} {platform.release()}",
        "files on": filesystem,
        "net.core.rmem_max": Path("/proc/sys/net/core/rmem_max").read_text(encoding="ascii").strip(),
        "root": "yes" if os.geteuid() == 0 else "no",
        "Java": re.search(r'^JAVA_RUNTIME_VERSION="(.*)"', release, re.M)[1],
        "Python": platform.python_version(),
        "commit": commit or "unknown",
        "load before": Path("/proc/loadavg").read_text(encoding="ascii").split()[0],
    }


def jmh(name):
    """The table of one of the benchmarks of single operations."""
    done = subprocess.run([CHECKOUT / "scripts" / "bench", name], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise BenchError(f"scripts/bench {name} ended with {done.returncode}")
    return done.stdout


def write_document(results):
    """Puts the rows into the tables that they belong to, and leaves the tables of others."""
    text = DOCUMENT.read_text(encoding="utf-8")
    settings = results["settings"]
    how = f", highest rates confirmed for {settings['seconds']:g} s, a soak of {settings['soak_seconds']:g} s"
    tables = {}
    for row in results["row_objects"]:
        measure = row.key.partition(".")[0]
        tables.setdefault(f" {measure}" if measure in OWN_TABLE else "", []).append(row)
    for own, rows in tables.items():
        about = {**results, "how": "", "operations": {}} if own else {**results, "how": how}
        begin = f"<!-- what scripts/bench{own} measured: begin -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(END)
        text = before + "\n\n".join([begin, *section(about, rows), END]) + after
    DOCUMENT.write_text(text, encoding="utf-8")


def section(results, rows):
    """What stands between two marks."""
    about = "\n".join(f"| {name} | {value} |" for name, value in results["machine"].items())
    yield (f"Measured on {results['date']} by `{results['command']}`, which took {counted(round(results['took_minutes']), 'minute')}:"
           f" {counted(results['settings']['rounds'], 'round')}{results['how']}.")
    yield "| machine | |\n|---|---|\n" + about
    yield markdown_table(rows)
    yield from (f"```\n{text.strip()}\n```" for text in results["operations"].values())


def main():
    options = parse()
    everything = "all" in options.measures
    names = [name for name in MEASURES if name in options.measures or everything and name not in NOT_IN_ALL]
    settings = Settings(Path(os.environ["JAVA_HOME"]), options.rounds, options.seconds, options.soak)
    if options.quick:
        settings.quick()
    if options.rate:
        settings.rate = options.rate

    def say(line):
        print(line, file=sys.stderr, flush=True)

    folder = tempfile.mkdtemp(prefix="carillon-bench-")
    programs = Programs(folder, RECEIVE_BUFFER_BYTES)
    begin_s = time.monotonic()
    rows = []
    operations = {}
    try:
        about = machine(folder)
        about["C compiler"] = programs.compile_c()
        say(", ".join(f"{name}: {value}" for name, value in about.items()))
        if "profile" in options.measures:
            print(Profile(programs, settings, say).text())
        for name in names:
            rows += MEASURES[name](programs, settings, say).rows()
        for row in rows:
            row.judged = not options.quick
        if everything and not options.quick:
            operations = {name: jmh(name) for name in os.environ.get("CARILLON_BENCH_OPERATIONS", "").split()}
    finally:
        programs.close()
        shutil.rmtree(folder, ignore_errors=True)
    if not rows:
        return
    results = {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "command": "scripts/bench " + re.sub(r" --json[ =]\S+| --write-docs", "", " ".join(sys.argv[1:])),
        "machine": about,
        "settings": {name: value for name, value in asdict(settings).items() if name != "java_home"},
        "took_minutes": (time.monotonic() - begin_s) / 60,
        "operations": operations,
    }
    print(text_table(rows))
    if options.quick:
        print("With --quick it only shows that everything works: these numbers say nothing, and docs/benchmarks.md stays as it is.")
    if options.json:
        options.json.write_text(json.dumps({**results, "rows": [row.as_json() for row in rows]}, indent=1) + "\n", encoding="utf-8")
    if (options.write_docs or everything) and not options.quick:
        write_document({**results, "row_objects": rows})


if __name__ == "__main__":
    try:
        main()
    except BenchError as error:
        print(f"scripts/bench: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(3)
