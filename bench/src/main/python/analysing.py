"""How long analyze takes, whole, against a small Python program that only merges by event_id and takes percentiles."""

import random

from footprint import wall_s
from programs import DIST_BIN, HERE, PYTHON
from results import Row

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
