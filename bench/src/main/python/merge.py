"""What a script of a few lines does with a run: joins sends and receives by event_id, and prints latencies. merge.py RUN_DIR"""

import csv
import sys
from pathlib import Path


def with_pandas(pandas, run):
    sent = pandas.read_csv(run / "coordinator.csv")
    for path in sorted(run.glob("worker_*.csv")):
        both = pandas.read_csv(path).merge(sent[["event_id", "send_time_ns"]], on="event_id")
        latency_ns = both["receive_time_ns"] - both["send_time_ns"]
        yield path.stem, len(both), latency_ns.quantile(0.5), latency_ns.quantile(0.99)


def plain(run):
    with open(run / "coordinator.csv", newline="", encoding="utf-8") as file:
        sent = {row["event_id"]: int(row["send_time_ns"]) for row in csv.DictReader(file)}
    for path in sorted(run.glob("worker_*.csv")):
        with open(path, newline="", encoding="utf-8") as file:
            latency_ns = sorted(int(row["receive_time_ns"]) - sent[row["event_id"]] for row in csv.DictReader(file))
        yield path.stem, len(latency_ns), latency_ns[len(latency_ns) // 2], latency_ns[len(latency_ns) * 99 // 100]


def main():
    run = Path(sys.argv[1])
    try:
        import pandas
        lines = with_pandas(pandas, run)
    except ImportError:
        lines = plain(run)
    for line in lines:
        print(*line)


main()
