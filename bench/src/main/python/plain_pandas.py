"""The joins and the statistics of analyze in pandas, as one writes them who trusts the files. plain_pandas.py RUN_DIR"""

import sys
from pathlib import Path

import pandas

SENT = {"system": "send_time_ns", "ntp": "sent_ntp_timestamp_ns", "bounded": "sent_bc_timestamp_ns"}
RECEIVED = {"system": "receive_time_ns", "ntp": "ntp_timestamp_ns", "bounded": "bc_timestamp_ns"}
WINDOWS_NS = (50_000_000, 100_000_000, 500_000_000, 1_000_000_000)


def percentiles(values):
    return (*values.quantile([0.5, 0.9, 0.99, 0.999], interpolation="higher"), values.min(), values.max(), values.mean(), values.count())


def quality(rows):
    """What the recorded NTP offsets look like."""
    return (rows.ntp_offset_ms.count(), rows.ntp_offset_ms.nunique(), rows.ntp_uncertainty_ms.nunique(),
            rows.ntp_offset_ms.diff().abs().max())


def main():
    run = Path(sys.argv[1])
    sent = pandas.read_csv(run / "coordinator.csv")
    print(len(sent), sent.send_time_ns.max() - sent.send_time_ns.min(), sent.workers_failed.count())
    print(percentiles(sent.send_time_ns - sent.scheduled_time_ns), quality(sent))
    columns = ["event_id", "send_time_ns", "ntp_timestamp_ns", "bc_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"]
    side = sent[columns].rename(columns={name: f"sent_{name}" for name in columns[2:]})
    del sent
    nodes = {}
    for path in sorted(run.glob("worker_*.csv")):
        rows = pandas.read_csv(path)
        highest = rows.event_id.cummax().shift(fill_value=0)
        first = ~rows.sort_values("receive_time_ns", kind="stable").duplicated("event_id").sort_index()
        print(path.stem, first.sum(), (~first).sum(), (first & (rows.event_id < highest)).sum())
        print(rows.groupby(["timestamp_source", "bc_status"]).size().to_dict(), quality(rows))
        both = rows[first].merge(side, on="event_id")
        both = both[(both.coordinator_send_time_ns - both.send_time_ns).abs() <= 100_000_000]
        for clock in SENT:
            latency_ns = both[RECEIVED[clock]] - both[SENT[clock]]
            print(clock, percentiles(latency_ns))
            if clock != "bounded":
                print(len(both), (latency_ns < 0).sum())
        print(len(both), (both.sent_bc_latest_ns < both.bc_earliest_ns).sum(), (both.bc_latest_ns < both.sent_bc_earliest_ns).sum())
        print(percentiles(both.bc_latest_ns - both.bc_earliest_ns))
        nodes[path.stem] = both[["event_id", "receive_time_ns", "ntp_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"]]
    names = list(nodes)
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            pairs(nodes[a].merge(nodes[b], on="event_id", suffixes=("_a", "_b")))


def pairs(pair):
    print(len(pair), (pair.bc_latest_ns_a < pair.bc_earliest_ns_b).sum(), (pair.bc_latest_ns_b < pair.bc_earliest_ns_a).sum())
    for size_ns in WINDOWS_NS:
        for column in ("receive_time_ns", "ntp_timestamp_ns"):
            print(size_ns, (pair[f"{column}_a"] // size_ns == pair[f"{column}_b"] // size_ns).sum())
        confident = ((pair.bc_earliest_ns_a // size_ns == pair.bc_latest_ns_a // size_ns)
                     & (pair.bc_earliest_ns_b // size_ns == pair.bc_latest_ns_b // size_ns))
        same = pair.bc_earliest_ns_a // size_ns == pair.bc_earliest_ns_b // size_ns
        print(size_ns, confident.sum(), (confident & same).sum())


main()
