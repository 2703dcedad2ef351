#!/usr/bin/env python3
"""Computes counts, percentiles and shares of summary.json from the CSV files once more, in Python's integers, and compares.

usage: summary-check.py RUN_DIR SUMMARY_JSON

Written from docs/formats.md, not from the program. Prints one line per difference; ends with 1 if there is any.
"""
import csv
import glob
import json
import os
import sys
from fractions import Fraction

FOREIGN_NS = 100_000_000
UNITS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9, "d": 86400 * 10**9}


def rows(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def number(row, column):
    text = row.get(column) or ""
    return int(text) if text else None


def interval(row, low, high):
    earliest, latest = number(row, low), number(row, high)
    if earliest is None or latest is None or earliest > latest:
        return None
    return earliest, latest


def readings(row, time_column):
    """clock -> (point, interval)"""
    return {
        "system": (number(row, time_column), None),
        "ntp": (number(row, "ntp_timestamp_ns"), None),
        "chronotick": (number(row, "ct_timestamp_ns"), interval(row, "ct_lower_bound_ns", "ct_upper_bound_ns")),
        "bounded": (number(row, "bc_timestamp_ns"), interval(row, "bc_earliest_ns", "bc_latest_ns")),
    }


def distribution(values):
    values = sorted(values)
    n = len(values)
    result = {"n": n}
    for key, p in (("p50_ns", 500), ("p90_ns", 900), ("p99_ns", 990), ("p999_ns", 999)):
        enough = Fraction(n) >= 1 / (1 - Fraction(p, 1000))
        rank = -(-n * p // 1000)
        result[key] = values[rank - 1] if enough else None
    result["max_ns"] = values[-1]
    result["min_ns"] = values[0]
    return result


def milliseconds(text):
    return round(Fraction(text) * 10**6)


def window_ns(name):
    for unit in ("ns", "us", "ms", "s", "m", "h", "d"):
        if name.endswith(unit) and name[: -len(unit)].isdigit():
            return int(name[: -len(unit)]) * UNITS[unit]
    raise ValueError(name)


def load(run):
    sent = {}
    for row in rows(os.path.join(run, "coordinator.csv")):
        sent.setdefault(int(row["event_id"]), row)
    raw = {}
    for path in sorted(glob.glob(os.path.join(run, "worker_*.csv"))):
        name = os.path.basename(path)[len("worker_"):-len(".csv")]
        content = rows(path)
        for row in content:
            raw.setdefault(row.get("node_id") or name, []).append(row)
        if not content:
            raw.setdefault(name, [])
    counts, arrived = {}, {}
    for node, content in raw.items():
        own, foreign, best = [], 0, {}
        for row in content:
            event = sent.get(int(row["event_id"]))
            if event is None or abs(int(row["coordinator_send_time_ns"]) - int(event["send_time_ns"])) > FOREIGN_NS:
                foreign += 1
                continue
            key = int(row["event_id"])
            own.append((key, row))
            if key not in best or int(row["receive_time_ns"]) < int(best[key]["receive_time_ns"]):
                best[key] = row
        highest, out_of_order = None, 0
        for key, row in own:
            if best[key] is row and highest is not None and key < highest:
                out_of_order += 1
            highest = key if highest is None else max(highest, key)
        counts[node] = {
            "received": len(best), "lost": len(sent) - len(best), "duplicates": len(own) - len(best),
            "out_of_order": out_of_order, "foreign": foreign}
        arrived[node] = best
    return sent, counts, arrived


def compute(run, windows):
    sent, counts, arrived = load(run)
    send = {key: readings(row, "send_time_ns") for key, row in sent.items()}
    receive = {node: {key: readings(row, "receive_time_ns") for key, row in content.items()}
               for node, content in arrived.items()}
    nodes = sorted(arrived)
    clocks = ("system", "ntp", "chronotick", "bounded")
    result = {"events": {"sent": len(sent), "workers": counts}, "latency": {}, "causality": {}, "ordering": {},
              "windows": {}, "commit_wait": {}, "coverage": {}, "mixed_sources": {}}
    for clock in clocks:
        for node in nodes:
            pairs = [(send[key][clock], r[clock]) for key, r in receive[node].items()]
            latencies = [r[0] - s[0] for s, r in pairs if s[0] is not None and r[0] is not None]
            if latencies:
                result["latency"].setdefault(clock, {})[node] = distribution(latencies)
            if clock in ("system", "ntp"):
                if latencies:
                    result["causality"].setdefault(clock, {})[node] = {
                        "pairs": len(latencies), "violations": sum(value < 0 for value in latencies)}
            else:
                both = [(s[1], r[1]) for s, r in pairs if s[1] and r[1]]
                if both:
                    proven = sum(s[1] < r[0] for s, r in both)
                    violations = sum(r[1] < s[0] for s, r in both)
                    result["causality"].setdefault(clock, {})[node] = {
                        "pairs": len(both), "proven": proven, "ambiguous": len(both) - proven - violations,
                        "violations": violations}
                widths = [r[clock][1][1] - r[clock][1][0] for r in receive[node].values() if r[clock][1]]
                if widths:
                    result["commit_wait"].setdefault(clock, {})[node] = distribution(widths)
            if clock != "system":
                mixed = [(send[key]["system"][0], r[clock]) for key, r in receive[node].items()]
                points = [(s, r[0]) for s, r in mixed if r[0] is not None]
                if points:
                    entry = {"pairs": len(points), "violations": sum(r < s for s, r in points)}
                    bounds = [(s, r[1]) for s, r in mixed if r[1]]
                    if bounds:
                        proven = sum(s < r[0] for s, r in bounds)
                        violations = sum(r[1] < s for s, r in bounds)
                        entry["bounds"] = {"pairs": len(bounds), "proven": proven,
                                           "ambiguous": len(bounds) - proven - violations, "violations": violations}
                    result["mixed_sources"].setdefault(clock, {})[node] = entry
    for i, first in enumerate(nodes):
        for second in nodes[i + 1:]:
            pair = f"{first},{second}"
            common = [(receive[first][key], receive[second][key]) for key in receive[first] if key in receive[second]]
            for clock in clocks:
                bounds = [(a[clock][1], b[clock][1]) for a, b in common if a[clock][1] and b[clock][1]]
                points = [(a[clock][0], b[clock][0]) for a, b in common
                          if a[clock][0] is not None and b[clock][0] is not None]
                if bounds:
                    before = sum(a[1] < b[0] for a, b in bounds)
                    after = sum(b[1] < a[0] for a, b in bounds)
                    result["ordering"].setdefault(clock, {})[pair] = {
                        "pairs": len(bounds), "first_before": before, "second_before": after,
                        "ambiguous": len(bounds) - before - after}
                for window in windows:
                    size = window_ns(window)
                    by_clock = result["windows"].setdefault(window, {})
                    if clock in ("system", "ntp"):
                        if points:
                            by_clock.setdefault(clock, {})[pair] = {
                                "pairs": len(points), "agree": sum(a // size == b // size for a, b in points)}
                    elif bounds:
                        sure = [(a[0] // size, b[0] // size) for a, b in bounds
                                if a[0] // size == a[1] // size and b[0] // size == b[1] // size]
                        by_clock.setdefault(clock, {})[pair] = {
                            "pairs": len(bounds), "confident": len(sure), "agree": sum(a == b for a, b in sure),
                            "ambiguous": len(bounds) - len(sure)}
    add_commit_wait(run, result, arrived)
    add_coverage(result, sent, send, arrived, receive)
    return result


def add_commit_wait(run, result, arrived):
    for path in sorted(glob.glob(os.path.join(run, "commit_wait_*.csv"))):
        node = os.path.basename(path)[len("commit_wait_"):-len(".csv")]
        seen, widths = set(), {}
        for row in rows(path):
            key = (int(row["event_id"]), row["delay_s"])
            if key in seen or key[0] not in arrived.get(node, {}):
                continue
            seen.add(key)
            delay = round(Fraction(row["delay_s"]) * 10**9)
            if row.get("bc_uncertainty_ns"):
                widths.setdefault(("bounded", delay), []).append(2 * int(row["bc_uncertainty_ns"]))
            if row.get("ct_uncertainty_ms"):
                widths.setdefault(("chronotick", delay), []).append(6 * milliseconds(row["ct_uncertainty_ms"]))
        for (clock, delay), values in widths.items():
            if node in result["commit_wait"].get(clock, {}):
                after = result["commit_wait"][clock][node].setdefault("after", {})
                after[duration(delay)] = distribution(values)


def duration(ns):
    for unit in ("d", "h", "m", "s", "ms", "us", "ns"):
        if ns and ns % UNITS[unit] == 0:
            return f"{ns // UNITS[unit]}{unit}"
    return "0s"


def add_coverage(result, sent, send, arrived, receive):
    ends = {"coordinator": [(sent[key], reading) for key, reading in send.items()]}
    for node in arrived:
        ends[node] = [(arrived[node][key], reading) for key, reading in receive[node].items()]
    for node, content in ends.items():
        for clock in ("chronotick", "bounded"):
            known = [(number(row, "true_time_ns"), reading[clock][1]) for row, reading in content
                     if number(row, "true_time_ns") is not None and reading[clock][1]]
            if known:
                result["coverage"].setdefault(clock, {})[node] = {
                    "n": len(known), "inside": sum(b[0] <= true <= b[1] for true, b in known)}


def quality(run):
    """Of claimed clocks and of the network, what summary.json says of each node; compared key by key, as there is more."""
    sent, counts, arrived = load(run)
    ends = {"coordinator": [(int(row["send_time_ns"]), readings(row, "send_time_ns")) for row in sent.values()]}
    for node, content in arrived.items():
        ends[node] = [(int(row["receive_time_ns"]), readings(row, "receive_time_ns")) for row in content.values()]
    claimed = {}
    for node, content in ends.items():
        for clock in ("ntp", "chronotick", "bounded"):
            best = [reading[clock][0] - own for own, reading in content if reading[clock][0] is not None]
            bounds = [(reading[clock][1], own) for own, reading in content if reading[clock][1]]
            entry = {}
            if best:
                entry["offset"] = {"least_ns": min(best), "most_ns": max(best)}
            if bounds:
                entry.setdefault("offset", {})["band_least_ns"] = min(b[0] - own for b, own in bounds)
                entry["offset"]["band_most_ns"] = max(b[1] - own for b, own in bounds)
                entry["bound_width"] = distribution([b[1] - b[0] for b, _ in bounds])
            if entry:
                claimed.setdefault(node, {})[clock] = entry
    network = {}
    for node, content in arrived.items():
        entry = {"sent": len(sent), "lost": {"n": counts[node]["lost"]}, "duplicates": counts[node]["duplicates"]}
        last = max(content, default=-1)
        runs, before = [], None
        for key in sorted(key for key in sent if key not in content and key < last):
            if before == key - 1:
                runs[-1] += 1
            else:
                runs.append(1)
            before = key
        if runs:
            entry["bursts"] = {"lost": sum(runs), "runs": len(runs), "longest": max(runs),
                               "lengths": {"1": runs.count(1), "2-9": sum(1 < r < 10 for r in runs),
                                           "10-99": sum(9 < r < 100 for r in runs), "100-": sum(r > 99 for r in runs)}}
        network[node] = entry
    return {"clock_quality": {"claimed": claimed}, "network": network}


def part(value, of):
    """What is asked for of a value."""
    if not isinstance(of, dict) or not isinstance(value, dict):
        return value
    return {key: part(value[key], inner) for key, inner in of.items() if key in value}


def without_reasons(value):
    """What cannot be compared has a reason instead of numbers; a computation has nothing there."""
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, inner in value.items():
        if key in ("comparable", "why"):
            continue
        cleaned = without_reasons(inner)
        if cleaned != {}:
            kept[key] = cleaned
    return kept


# Confidence intervals, and what follows from distributions, are held against references of their own in StatisticsTest.
ELSEWHERE = ("_ci", "_ci_ns", "_hz", "expected_ambiguous_rate", "mean_ns", "coordination")
SHARES = {"violation_rate": "violations", "proven_rate": "proven", "ambiguous_rate": "ambiguous", "agree_rate": "agree"}


def with_shares(value):
    """Shares are of all pairs, but those that agree of the ones that both are sure of."""
    if not isinstance(value, dict):
        return value
    result = {key: with_shares(inner) for key, inner in value.items()}
    if "pairs" in result:
        for share, count in SHARES.items():
            of = result["confident"] if share == "agree_rate" and "confident" in result else result["pairs"]
            if count in result and of:
                result[share] = Fraction(result[count], of)
    if "inside" in result and result["n"]:
        result["inside_rate"] = Fraction(result["inside"], result["n"])
    return result


def differences(path, expected, actual):
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted(set(expected) | set(actual)):
            if key in expected or not key.endswith(ELSEWHERE):
                yield from differences(path + [key], expected.get(key), actual.get(key))
    elif isinstance(expected, Fraction) and isinstance(actual, (int, float)):
        if abs(expected - Fraction(actual)) > Fraction(1, 10**9):
            yield f"{'.'.join(path)}: expected {float(expected)}, found {actual}"
    elif expected != actual:
        yield f"{'.'.join(path)}: expected {expected}, found {actual}"


def main():
    run, summary_path = sys.argv[1], sys.argv[2]
    with open(summary_path, encoding="utf-8") as file:
        summary = json.load(file)
    assert summary["schema"] == 1
    expected = with_shares(without_reasons(compute(run, list(summary["windows"]))))
    expected["events"].setdefault("workers", {})
    if "mixed_sources" not in summary:
        expected.pop("mixed_sources", None)
    compared = ("events", "latency", "causality", "ordering", "windows", "commit_wait", "coverage", "mixed_sources")
    actual = without_reasons({key: summary[key] for key in compared if key in summary})
    asked = quality(run)
    found = list(differences([], expected, actual)) + list(differences([], asked, part(summary, asked)))
    expected.update(asked)
    print("\n".join(found) if found else f"{sum(1 for _ in leaves(expected))} numbers agree")
    return 1 if found else 0


def leaves(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    else:
        yield value


if __name__ == "__main__":
    sys.exit(main())
