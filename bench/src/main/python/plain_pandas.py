"""The joins and the statistics of analyze in pandas, as one writes them who trusts the files. plain_pandas.py RUN_DIR

Reads each file once, and of it only the columns that are needed. Prints the same JSON object as bare_duckdb.py."""

import json
import sys
from pathlib import Path

import numpy
import pandas
from order_statistics import duration, ranks, sizes_around, smallest_window

WINDOWS_NS = (50_000_000, 100_000_000, 500_000_000, 1_000_000_000)
EPSILONS_NS = [digit * 10**power for power in range(3, 9) for digit in (1, 2, 5)] + [10**9]
MOST_BEGINNINGS = 200_000
READINGS = ["ntp_timestamp_ns", "bc_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"]
OFFSETS = ["ntp_offset_ms", "ntp_uncertainty_ms"]
COORDINATOR = ["event_id", "send_time_ns", *READINGS, *OFFSETS, "bc_status", "lateness_ns", "workers_failed"]
WORKER = ["event_id", "receive_time_ns", "coordinator_send_time_ns", *READINGS, *OFFSETS, "bc_status", "timestamp_source"]
SENT = ["send_time_ns", *(f"sent_{name}" for name in READINGS)]
found = {}


def tell(path, **numbers):
    for name, value in numbers.items():
        found[f"{path}/{name}"] = value


def distribution(path, values):
    """By nearest rank, with the confidence intervals of the percentiles."""
    ordered = numpy.sort(values)
    wanted = ranks(len(ordered))
    tell(path, n=len(ordered), mean_ns=int(ordered.sum()) // len(ordered), **{name: ordered[rank - 1] for name, rank in wanted.items()})


def judged(rows, sent):
    """Each row with the sending of its event, whether it is of another run, and whether an earlier row stands for it."""
    rows = rows.merge(sent[["event_id", "send_time_ns", *READINGS]].rename(columns={name: f"sent_{name}" for name in READINGS}),
                      on="event_id", how="left")
    foreign = ~((rows.coordinator_send_time_ns - rows.send_time_ns).abs() <= 100_000_000)
    ours = rows if not foreign.any() else rows[~foreign].astype({name: "int64" for name in SENT})
    copies = ours.sort_values("receive_time_ns", kind="stable").duplicated("event_id").sort_index()
    return ours, copies, int(foreign.sum())


def arrivals(node, rows, sent):
    ours, copies, foreign = judged(rows, sent)
    late = ~copies & (ours.event_id < ours.event_id.cummax().shift(fill_value=ours.event_id.min()))
    arrived = ours[~copies]
    tell(f"events/workers/{node}", received=len(arrived), lost=len(sent) - len(arrived), duplicates=copies.sum(), out_of_order=late.sum(),
         foreign=foreign)
    for source, n in arrived.timestamp_source.value_counts().items():
        found[f"diagnosis/stamped/{node}/{source}"] = n
    return arrived


def measures(rows):
    return {
        "latency/system": (rows.receive_time_ns - rows.send_time_ns).to_numpy(),
        "latency/ntp": (rows.ntp_timestamp_ns - rows.sent_ntp_timestamp_ns).to_numpy(),
        "latency/bounded": (rows.bc_timestamp_ns - rows.sent_bc_timestamp_ns).to_numpy(),
        "earliest": (rows.bc_earliest_ns - rows.sent_bc_latest_ns).to_numpy(),
        "latest": (rows.bc_latest_ns - rows.sent_bc_earliest_ns).to_numpy(),
        "commit_wait/bounded": (rows.bc_latest_ns - rows.bc_earliest_ns).to_numpy(),
    }


def worker(node, rows):
    """What one worker's arrivals tell; gives back what has a distribution."""
    values = measures(rows)
    distributions(node, values)
    system, ntp = values["latency/system"], values["latency/ntp"]
    tell(f"causality/system/{node}", pairs=len(rows), violations=(system < 0).sum())
    tell(f"causality/ntp/{node}", pairs=len(rows), violations=(ntp < 0).sum())
    proven, violations = (values["earliest"] > 0).sum(), (values["latest"] < 0).sum()
    tell(f"causality/bounded/{node}", pairs=len(rows), proven=proven, violations=violations, ambiguous=len(rows) - proven - violations)
    for epsilon_ns in EPSILONS_NS:
        found[f"commit_wait/bounded/{node}/coordination/{duration(epsilon_ns)}/wider"] = (values["commit_wait/bounded"] > epsilon_ns).sum()
    return values


def distributions(node, values):
    for measure, numbers in values.items():
        if measure in ("earliest", "latest"):
            path = f"latency_bounds/bounded/{node}" if node else "totals/latency_bounds/bounded"
            distribution(f"{path}/{measure}", numbers)
            found[f"{path}/negative_{measure}"] = (numbers < 0).sum()
        else:
            distribution(f"{measure}/{node}" if node else f"totals/{measure}", numbers)


def windows(pair, both):
    a = [both[f"{name}_a"].to_numpy() for name in ("receive_time_ns", "ntp_timestamp_ns", "bc_earliest_ns", "bc_latest_ns")]
    b = [both[f"{name}_b"].to_numpy() for name in ("receive_time_ns", "ntp_timestamp_ns", "bc_earliest_ns", "bc_latest_ns")]

    def confident(size_ns):
        return (a[2] // size_ns == a[3] // size_ns) & (b[2] // size_ns == b[3] // size_ns)

    for size_ns in WINDOWS_NS:
        path = f"windows/{duration(size_ns)}"
        tell(f"{path}/system/{pair}", pairs=len(both), agree=(a[0] // size_ns == b[0] // size_ns).sum())
        tell(f"{path}/ntp/{pair}", pairs=len(both), agree=(a[1] // size_ns == b[1] // size_ns).sum())
        sure = confident(size_ns)
        tell(f"{path}/bounded/{pair}", pairs=len(both), confident=sure.sum(), ambiguous=(~sure).sum(),
             agree=(sure & (a[2] // size_ns == b[2] // size_ns)).sum())
    reach_ns = a[3] - a[2] + b[3] - b[2] - numpy.maximum(0, numpy.minimum(a[3], b[3]) - numpy.maximum(a[2], b[2]))
    sizes_ns = sizes_around(int(reach_ns.sum()) * 100 // len(both))
    size_ns, ambiguous = smallest_window(len(both), {size_ns: int((~confident(size_ns)).sum()) for size_ns in sizes_ns})
    tell(f"smallest_window/bounded/{pair}", pairs=len(both), size_ns=size_ns, ambiguous=ambiguous)
    first, second = (a[3] < b[2]).sum(), (b[3] < a[2]).sum()
    tell(f"ordering/bounded/{pair}", pairs=len(both), first_before=first, second_before=second, ambiguous=len(both) - first - second)
    found[f"diagnosis/apart/{pair}/n"] = (numpy.maximum(b[2] - a[3], a[2] - b[3]) > 1_000_000).sum()


def across(pair, a, b, every):
    """Different events at two workers, sent close to one another."""
    begin = a[a.event_id % every == 0]
    near = pandas.concat([begin.assign(other_id=begin.event_id + step) for step in (-4, -3, -2, -1, 1, 2, 3, 4)])
    near = near.merge(b, left_on="other_id", right_on="event_id", suffixes=("_a", "_b"))
    gap_ns = (near.send_time_ns_b - near.send_time_ns_a).abs()
    first, second = near.bc_latest_ns_a < near.bc_earliest_ns_b, near.bc_latest_ns_b < near.bc_earliest_ns_a
    proven = first.astype("int8") - second.astype("int8")
    system = proven * numpy.sign(near.receive_time_ns_b - near.receive_time_ns_a) < 0
    ntp = proven * numpy.sign(near.ntp_timestamp_ns_b - near.ntp_timestamp_ns_a) < 0
    for within_ns in [10**power for power in range(4, 10)]:
        within = gap_ns <= within_ns
        n = int(within.sum())
        path = f"cross_ordering/bounded/{pair}/within/{duration(within_ns)}"
        provable = (within & first).sum() + (within & second).sum()
        tell(path, pairs=n, first_before=(within & first).sum(), second_before=(within & second).sum(), ambiguous=n - provable)
        tell(f"{path}/contradicted/system", provable=provable, contradicted=(within & system).sum())
        tell(f"{path}/contradicted/ntp", provable=provable, contradicted=(within & ntp).sum())
    found[f"drawn/across/{pair}/n"] = n


def network(node, rows, sent):
    lost = sent[~sent.event_id.isin(rows.event_id)]
    at_end = lost.event_id > rows.event_id.max()
    before = lost[~at_end].sort_values("event_id")
    runs = before.groupby((before.event_id.diff() != 1).cumsum()).send_time_ns.agg(["count", "min", "max"])
    lengths = {"1": (1, 1), "2-9": (2, 9), "10-99": (10, 99), "100-": (100, len(sent))}
    tell(f"network/{node}/lost", after_the_last=at_end.sum())
    tell(f"network/{node}/bursts", runs=len(runs), lost=len(before), longest=runs["count"].max() if len(runs) else 0,
         longest_ns=(runs["max"] - runs["min"]).max() if len(runs) else 0,
         **{f"lengths/{name}": runs["count"].between(*between).sum() for name, between in lengths.items()})
    ids = rows.event_id.to_numpy()
    highest = numpy.maximum.accumulate(ids)
    places = numpy.flatnonzero(ids[1:] < highest[:-1]) + 1
    # The first arrival above an id is where the highest id so far comes to exceed it.
    extents = numpy.sort(places - numpy.searchsorted(highest, ids[places], side="right"))
    tell(f"network/{node}/reordering", n=len(extents), **{
        name: extents[(len(extents) * per_mille + 999) // 1000 - 1] if len(extents) else None
        for name, per_mille in (("extent_p50", 500), ("extent_p99", 990), ("extent_max", 1000))})


def quality(name, rows, time, chosen):
    """What the recorded NTP offsets look like, and how far each clock was from the node's own."""
    offsets = rows[rows.ntp_offset_ms.notna()]
    step, allowed = offsets.ntp_offset_ms.diff(), offsets.ntp_uncertainty_ms + offsets.ntp_uncertainty_ms.shift()
    period = (step.notna() & (step != 0)).cumsum()
    held = offsets[time].groupby(period).agg(["min", "max"])
    tell(f"diagnosis/ntp/{name}", n=len(offsets), offsets=offsets.ntp_offset_ms.nunique(), uncertainties=offsets.ntp_uncertainty_ms.nunique(),
         largest_step_ns=round(1e6 * step.abs().max()), contradictions=(step.abs() > allowed).sum(), held_ns=(held["max"] - held["min"]).max(),
         periods=period.max() + 1)
    ntp, best = rows.ntp_timestamp_ns - rows[time], rows.bc_timestamp_ns - rows[time]
    tell(f"clock_quality/claimed/{name}/ntp", n=ntp.count(), **{"offset/least_ns": ntp.min(), "offset/most_ns": ntp.max()})
    tell(f"clock_quality/claimed/{name}/bounded", n=best.count(), **{
        "offset/least_ns": best.min(), "offset/most_ns": best.max(), "offset/band_least_ns": (rows.bc_earliest_ns - rows[time]).min(),
        "offset/band_most_ns": (rows.bc_latest_ns - rows[time]).max()})
    broken = (rows.bc_earliest_ns > rows.bc_latest_ns) | (rows.bc_earliest_ns.isna() != rows.bc_latest_ns.isna())
    tell(f"diagnosis/bounded/{name}", broken=broken.sum(), synchronized=(rows.bc_status == "synchronized").sum(),
         span_ns=rows[time].max() - rows[time].min())
    some = rows[rows.event_id.isin(chosen)].sort_values("event_id")
    for clock, column in (("ntp", "ntp_timestamp_ns"), ("bounded", "bc_timestamp_ns")):
        offset_ns = some[column] - some[time]
        tell(f"clock_quality/claimed/{name}/{clock}/offset", start_ns=offset_ns.iloc[0], end_ns=offset_ns.iloc[-1])


def first_arrivals(nodes, sent):
    early = pandas.concat([rows[(rows.event_id < sent.event_id.min() + 1000) & (rows.bc_earliest_ns <= rows.bc_latest_ns)]
                           for rows in nodes.values()])
    spread = early.groupby("event_id").agg(n=("bc_timestamp_ns", "size"), best_least=("bc_timestamp_ns", "min"), best=("bc_timestamp_ns", "max"),
                                           earliest=("bc_earliest_ns", "min"), latest_earliest=("bc_earliest_ns", "max"),
                                           least_latest=("bc_latest_ns", "min"), latest=("bc_latest_ns", "max"))
    first = spread[spread.n == len(nodes)].iloc[0]
    tell("start/first_arrivals/bounded", event_id=first.name, spread_ns=first.best - first.best_least,
         spread_min_ns=max(0, first.latest_earliest - first.least_latest), spread_max_ns=first.latest - first.earliest)


def drawn(values, nodes, sent):
    """What the figures show, as numbers."""
    start_ns = sent.send_time_ns.min()
    span_ns = int(sent.send_time_ns.max() - start_ns + 1)
    since_ns = numpy.concatenate([rows.send_time_ns.to_numpy() for rows in nodes.values()]) - start_ns
    columns = since_ns // -(-span_ns // 64)
    for clock in ("system", "ntp", "bounded"):
        numbers = values[f"latency/{clock}"]
        magnitude = numpy.abs(numbers)
        bins = numpy.sign(numbers) * (1 + numpy.floor(128 * numpy.log2(numpy.maximum(1, magnitude))).astype("int64"))
        cells = pandas.DataFrame({"column": columns, "bin": bins}).groupby(["column", "bin"], sort=False).size()
        checksum = (cells * (cells.index.get_level_values("column") + 1) * cells.index.get_level_values("bin")).sum()
        tell(f"drawn/latency/{clock}", cells=len(cells), n=cells.sum(), checksum=checksum)
    for node, rows in nodes.items():
        since_ns = rows.send_time_ns - start_ns
        steps = pandas.DataFrame({
            "since_ns": since_ns, "ntp": rows.ntp_timestamp_ns - rows.receive_time_ns, "low": rows.bc_earliest_ns - rows.receive_time_ns,
            "high": rows.bc_latest_ns - rows.receive_time_ns}).groupby(since_ns // -(-span_ns // 240)).agg(
                since_ns=("since_ns", "min"), ntp_low=("ntp", "min"), ntp_high=("ntp", "max"), low=("low", "min"), high=("high", "max"))
        for step in steps.itertuples():
            found[f"drawn/clocks/{node}/ntp/{step.since_ns}"] = f"{step.ntp_low},{step.ntp_high}"
            found[f"drawn/clocks/{node}/bounded/{step.since_ns}"] = f"{step.low},{step.high}"


def main():
    run = Path(sys.argv[1])
    sent = pandas.read_csv(run / "coordinator.csv", usecols=COORDINATOR)
    tell("events", sent=len(sent))
    tell("diagnosis/sending", span_ns=sent.send_time_ns.max() - sent.send_time_ns.min(), failed=sent.workers_failed.count())
    distribution("sender/lateness", sent.lateness_ns.to_numpy())
    found["sender/lateness/above_1ms"] = (sent.lateness_ns > 1_000_000).sum()
    distribution("clock_quality/claimed/coordinator/bounded/bound_width", (sent.bc_latest_ns - sent.bc_earliest_ns).to_numpy())
    slot = (sent.send_time_ns - sent.send_time_ns.min()) // max(10**9, int(sent.send_time_ns.max() - sent.send_time_ns.min()) // 2048)
    chosen = sent.event_id.groupby(slot).min()
    quality("coordinator", sent, "send_time_ns", chosen)
    nodes, values = {}, {}
    for path in sorted(run.glob("worker_*.csv")):
        node = path.stem.removeprefix("worker_")
        nodes[node] = arrivals(node, pandas.read_csv(path, usecols=WORKER), sent)
        values[node] = worker(node, nodes[node])
        network(node, nodes[node], sent)
        quality(node, nodes[node], "receive_time_ns", chosen)
    together = {measure: numpy.concatenate([values[node][measure] for node in nodes]) for measure in next(iter(values.values()))}
    distributions(None, together)
    names = list(nodes)
    all_pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1:]]
    every = max(1, -(-len(sent) * len(all_pairs) // MOST_BEGINNINGS))
    found["cross_ordering/of/every_nth"] = every
    columns = ["event_id", "send_time_ns", "receive_time_ns", "ntp_timestamp_ns", "bc_earliest_ns", "bc_latest_ns"]
    for a, b in all_pairs:
        windows(f"{a},{b}", nodes[a][columns].merge(nodes[b][columns], on="event_id", suffixes=("_a", "_b")))
        across(f"{a},{b}", nodes[a][columns], nodes[b][columns], every)
    first_arrivals(nodes, sent)
    drawn(together, nodes, sent)
    json.dump(found, sys.stdout, default=lambda number: number.item())


main()
