"""The joins and the statistics of analyze in plain DuckDB, as one writes them who trusts the files. bare_duckdb.py RUN_DIR

Reads each file once, into a table of what is needed. Prints a JSON object: the numbers under their paths in summary.json; those
that analyze only draws or writes sentences of stand under "drawn" and "diagnosis"."""

import json
import sys
from pathlib import Path

import duckdb
from order_statistics import duration, ranks, sizes_around, smallest_window

WINDOWS_NS = (50_000_000, 100_000_000, 500_000_000, 1_000_000_000)
EPSILONS_NS = [digit * 10**power for power in range(3, 9) for digit in (1, 2, 5)] + [10**9]
MOST_BEGINNINGS = 200_000
COORDINATOR = ("event_id, send_time_ns, ntp_offset_ms, ntp_uncertainty_ms, ntp_timestamp_ns, bc_timestamp_ns, bc_earliest_ns, bc_latest_ns,"
               " bc_status, lateness_ns, workers_failed")
WORKER = ("event_id, receive_time_ns, coordinator_send_time_ns, ntp_offset_ms, ntp_uncertainty_ms, ntp_timestamp_ns, bc_timestamp_ns,"
          " bc_earliest_ns, bc_latest_ns, bc_status, timestamp_source")
# What has a distribution: where it stands in summary.json, and what it is made of.
MEASURES = {
    "latency/system": "receive_time_ns - send_time_ns",
    "latency/ntp": "ntp_timestamp_ns - sent_ntp_timestamp_ns",
    "latency/bounded": "bc_timestamp_ns - sent_bc_timestamp_ns",
    "earliest": "bc_earliest_ns - sent_bc_latest_ns",
    "latest": "bc_latest_ns - sent_bc_earliest_ns",
    "commit_wait/bounded": "bc_latest_ns - bc_earliest_ns",
}
found = {}
database = duckdb.connect()


def row(query):
    return database.execute(query).fetchone()


def tell(path, **numbers):
    for name, value in numbers.items():
        found[f"{path}/{name}"] = value


def at(measure, group, name):
    """Where a number of a distribution stands: of a worker, or of all together."""
    if measure in ("earliest", "latest"):
        return f"latency_bounds/bounded/{group}/{measure}/{name}" if group else f"totals/latency_bounds/bounded/{measure}/{name}"
    return f"{measure}/{group}/{name}" if group else f"totals/{measure}/{name}"


def load(run):
    database.execute(f"CREATE TABLE sent AS SELECT row_number() OVER () AS line, {COORDINATOR} FROM read_csv('{run / 'coordinator.csv'}')")
    nodes = sorted(path.stem.removeprefix("worker_") for path in run.glob("worker_*.csv"))
    rows = " UNION ALL ".join(
        f"SELECT '{node}' AS node, row_number() OVER () AS line, {WORKER} FROM read_csv('{run / f'worker_{node}.csv'}')" for node in nodes)
    database.execute(f"""
        CREATE TABLE judged AS
        SELECT w.*, s.send_time_ns, s.ntp_timestamp_ns AS sent_ntp_timestamp_ns, s.bc_timestamp_ns AS sent_bc_timestamp_ns,
               s.bc_earliest_ns AS sent_bc_earliest_ns, s.bc_latest_ns AS sent_bc_latest_ns,
               coalesce(abs(w.coordinator_send_time_ns - s.send_time_ns) > 100000000, true) AS is_foreign,
               row_number() OVER (PARTITION BY node, event_id, is_foreign ORDER BY receive_time_ns, w.line) > 1 AS is_copy
        FROM ({rows}) w LEFT JOIN sent s USING (event_id)""")
    database.execute("CREATE VIEW arrival AS SELECT * EXCLUDE (is_copy, is_foreign) FROM judged WHERE NOT is_copy AND NOT is_foreign")
    return nodes


def accounts(nodes):
    sent, span_ns, failed, late = row("""SELECT count(*), max(send_time_ns) - min(send_time_ns), count(workers_failed),
                                               count(*) FILTER (WHERE lateness_ns > 1000000) FROM sent""")
    tell("events", sent=sent)
    tell("diagnosis/sending", span_ns=span_ns, failed=failed)
    tell("sender/lateness", above_1ms=late)
    for node in nodes:
        received, duplicates, foreign, late = row(f"""
            SELECT count(*) FILTER (WHERE NOT is_foreign AND NOT is_copy), count(*) FILTER (WHERE is_copy AND NOT is_foreign),
                   count(*) FILTER (WHERE is_foreign), count(*) FILTER (WHERE NOT is_foreign AND NOT is_copy AND event_id < highest)
            FROM (SELECT is_foreign, is_copy, event_id,
                         max(event_id) FILTER (WHERE NOT is_foreign) OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                           AS highest
                  FROM judged WHERE node = '{node}')""")
        tell(f"events/workers/{node}", received=received, lost=sent - received, duplicates=duplicates, out_of_order=late, foreign=foreign)
    return sent


def distributions(nodes):
    counts = {}
    for group in [*nodes, None]:
        where = f"WHERE node = '{group}'" if group else ""
        counts[group] = row(f"SELECT {', '.join(f'count({value})' for value in MEASURES.values())} FROM arrival {where}")
        wanted = {n: ranks(n) for n in set(counts[group])}
        asked = []
        for value, n in zip(MEASURES.values(), counts[group]):
            fractions = [(rank - 0.5) / n for rank in wanted[n].values()]
            asked.append(f"quantile_disc({value}, {fractions}), (sum({value}) // {n})::BIGINT, count(*) FILTER ({value} < 0)")
        answer = row(f"SELECT {', '.join(asked)} FROM arrival {where}")
        for i, (measure, n) in enumerate(zip(MEASURES, counts[group])):
            values, mean_ns, negative = answer[3 * i:3 * i + 3]
            for name, value in zip(wanted[n], values):
                found[at(measure, group, name)] = value
            found[at(measure, group, "n")] = n
            found[at(measure, group, "mean_ns")] = mean_ns
            if measure in ("earliest", "latest"):
                found[at(measure, group, "").replace(f"{measure}/", f"negative_{measure}")] = negative
    for path, value in (("sender/lateness", "lateness_ns"),
                        ("clock_quality/claimed/coordinator/bounded/bound_width", "bc_latest_ns - bc_earliest_ns")):
        n = row(f"SELECT count({value}) FROM sent")[0]
        wanted = ranks(n)
        values, mean_ns = row(f"SELECT quantile_disc({value}, {[(r - 0.5) / n for r in wanted.values()]}), (sum({value}) // {n})::BIGINT FROM sent")
        tell(path, n=n, mean_ns=mean_ns, **dict(zip(wanted, values)))
    wider = ", ".join(f"count(*) FILTER (bc_latest_ns - bc_earliest_ns > {epsilon_ns})" for epsilon_ns in EPSILONS_NS)
    for node in nodes:
        for epsilon_ns, n in zip(EPSILONS_NS, row(f"SELECT {wider} FROM arrival WHERE node = '{node}'")):
            found[f"commit_wait/bounded/{node}/coordination/{duration(epsilon_ns)}/wider"] = n


def causality(nodes):
    for node in nodes:
        n, system, ntp, proven, violations = row(f"""
            SELECT count(*), count(*) FILTER (WHERE receive_time_ns < send_time_ns),
                   count(*) FILTER (WHERE ntp_timestamp_ns < sent_ntp_timestamp_ns),
                   count(*) FILTER (WHERE sent_bc_latest_ns < bc_earliest_ns), count(*) FILTER (WHERE bc_latest_ns < sent_bc_earliest_ns)
            FROM arrival WHERE node = '{node}'""")
        tell(f"causality/system/{node}", pairs=n, violations=system)
        tell(f"causality/ntp/{node}", pairs=n, violations=ntp)
        tell(f"causality/bounded/{node}", pairs=n, proven=proven, violations=violations, ambiguous=n - proven - violations)


def pairs(nodes, sent):
    all_pairs = [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1:]]
    every = max(1, -(-sent * len(all_pairs) // MOST_BEGINNINGS))
    found["cross_ordering/of/every_nth"] = every
    for a, b in all_pairs:
        pair = f"{a},{b}"
        database.execute(f"""
            CREATE OR REPLACE TABLE pair AS
            SELECT a.receive_time_ns AS a_system, b.receive_time_ns AS b_system, a.ntp_timestamp_ns AS a_ntp, b.ntp_timestamp_ns AS b_ntp,
                   a.bc_earliest_ns AS a_earliest, a.bc_latest_ns AS a_latest, b.bc_earliest_ns AS b_earliest, b.bc_latest_ns AS b_latest
            FROM arrival a JOIN arrival b USING (event_id) WHERE a.node = '{a}' AND b.node = '{b}'""")
        n, first, second, reach_ns, apart = row("""
            SELECT count(*), count(*) FILTER (WHERE a_latest < b_earliest), count(*) FILTER (WHERE b_latest < a_earliest),
                   sum(a_latest - a_earliest + b_latest - b_earliest
                       - greatest(0, least(a_latest, b_latest) - greatest(a_earliest, b_earliest))),
                   count(*) FILTER (WHERE greatest(b_earliest - a_latest, a_earliest - b_latest) > 1000000)
            FROM pair""")
        tell(f"ordering/bounded/{pair}", pairs=n, first_before=first, second_before=second, ambiguous=n - first - second)
        tell(f"diagnosis/apart/{pair}", n=apart)
        windows(pair, n)
        sizes_ns = sizes_around(int(reach_ns) * 100 // n)
        ambiguous = row(f"SELECT {', '.join(f'count(*) FILTER (NOT {confident(size_ns)})' for size_ns in sizes_ns)} FROM pair")
        size_ns, count = smallest_window(n, dict(zip(sizes_ns, ambiguous)))
        tell(f"smallest_window/bounded/{pair}", pairs=n, size_ns=size_ns, ambiguous=count)
        across(a, b, every)


def confident(size_ns):
    return " AND ".join(f"({side}_earliest // {size_ns} = {side}_latest // {size_ns})" for side in "ab").join("()")


def windows(pair, n):
    for size_ns in WINDOWS_NS:
        system, ntp, sure, agree = row(f"""
            SELECT count(*) FILTER (WHERE a_system // {size_ns} = b_system // {size_ns}),
                   count(*) FILTER (WHERE a_ntp // {size_ns} = b_ntp // {size_ns}), count(*) FILTER (WHERE {confident(size_ns)}),
                   count(*) FILTER (WHERE {confident(size_ns)} AND a_earliest // {size_ns} = b_earliest // {size_ns})
            FROM pair""")
        tell(f"windows/{duration(size_ns)}/system/{pair}", pairs=n, agree=system)
        tell(f"windows/{duration(size_ns)}/ntp/{pair}", pairs=n, agree=ntp)
        tell(f"windows/{duration(size_ns)}/bounded/{pair}", pairs=n, confident=sure, agree=agree, ambiguous=n - sure)


def across(a, b, every):
    """Different events at two workers, sent close to one another."""
    answers = database.execute(f"""
        WITH near AS (
          SELECT abs(b.send_time_ns - a.send_time_ns) AS gap_ns,
                 CASE WHEN a.bc_latest_ns < b.bc_earliest_ns THEN 1 WHEN b.bc_latest_ns < a.bc_earliest_ns THEN -1 ELSE 0 END AS proven,
                 sign(b.receive_time_ns - a.receive_time_ns) AS by_system, sign(b.ntp_timestamp_ns - a.ntp_timestamp_ns) AS by_ntp
          FROM (SELECT *, event_id + unnest([-4, -3, -2, -1, 1, 2, 3, 4]) AS other_id
                FROM arrival WHERE node = '{a}' AND event_id % {every} = 0) a
          JOIN arrival b ON b.node = '{b}' AND b.event_id = a.other_id)
        SELECT least_ns, count(gap_ns), count(*) FILTER (WHERE proven > 0), count(*) FILTER (WHERE proven < 0),
               count(*) FILTER (WHERE proven * by_system < 0), count(*) FILTER (WHERE proven * by_ntp < 0)
        FROM (SELECT unnest([10000, 100000, 1000000, 10000000, 100000000, 1000000000]) AS least_ns) LEFT JOIN near ON gap_ns <= least_ns
        GROUP BY least_ns ORDER BY least_ns""").fetchall()
    for within_ns, n, first, second, system, ntp in answers:
        path = f"cross_ordering/bounded/{a},{b}/within/{duration(within_ns)}"
        tell(path, pairs=n, first_before=first, second_before=second, ambiguous=n - first - second)
        tell(f"{path}/contradicted/system", provable=first + second, contradicted=system)
        tell(f"{path}/contradicted/ntp", provable=first + second, contradicted=ntp)
        found[f"drawn/across/{a},{b}/n"] = n


def network(nodes):
    for node in nodes:
        answer = row(f"""
            WITH lost AS (
              SELECT event_id, send_time_ns, event_id > (SELECT max(event_id) FROM arrival WHERE node = '{node}') AS at_end
              FROM sent ANTI JOIN (FROM arrival WHERE node = '{node}') USING (event_id)),
            runs AS (
              SELECT at_end, count(*) AS events, max(send_time_ns) - min(send_time_ns) AS span_ns
              FROM (SELECT *, event_id - row_number() OVER (PARTITION BY at_end ORDER BY event_id) AS run FROM lost)
              GROUP BY at_end, run)
            SELECT coalesce(sum(events) FILTER (WHERE at_end), 0)::BIGINT, count(*) FILTER (WHERE NOT at_end),
                   coalesce(sum(events) FILTER (WHERE NOT at_end), 0)::BIGINT,
                   count(*) FILTER (WHERE NOT at_end AND events = 1), count(*) FILTER (WHERE NOT at_end AND events BETWEEN 2 AND 9),
                   count(*) FILTER (WHERE NOT at_end AND events BETWEEN 10 AND 99), count(*) FILTER (WHERE NOT at_end AND events >= 100),
                   coalesce(max(events) FILTER (WHERE NOT at_end), 0), coalesce(max(span_ns) FILTER (WHERE NOT at_end), 0)
            FROM runs""")
        tell(f"network/{node}/lost", after_the_last=answer[0])
        tell(f"network/{node}/bursts", runs=answer[1], lost=answer[2], longest=answer[7], longest_ns=answer[8],
             **{f"lengths/{length}": count for length, count in zip(("1", "2-9", "10-99", "100-"), answer[3:7])})
        n, half, most_of, most = row(f"""
            WITH arrived AS (
              SELECT event_id, row_number() OVER in_file AS place,
                     max(event_id) OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest
              FROM arrival WHERE node = '{node}' WINDOW in_file AS (ORDER BY line)),
            record AS (SELECT event_id, place FROM arrived WHERE highest IS NULL OR event_id > highest),
            extent AS (
              SELECT r.place - h.place AS places
              FROM (FROM arrived WHERE event_id < highest) r ASOF JOIN record h ON r.event_id < h.event_id)
            SELECT count(*), quantile_disc(places, 0.5), quantile_disc(places, 0.99), max(places) FROM extent""")
        tell(f"network/{node}/reordering", n=n, extent_p50=half, extent_p99=most_of, extent_max=most)


def quality(nodes):
    """What the recorded NTP offsets look like, and how far each clock was from the node's own."""
    for name, rows, time in [("coordinator", "sent", "send_time_ns")] + [
            (node, f"(FROM arrival WHERE node = '{node}')", "receive_time_ns") for node in nodes]:
        answer = row(f"""
            WITH stepped AS (
              SELECT {time} AS time_ns, ntp_offset_ms, ntp_uncertainty_ms, line,
                     ntp_offset_ms - lag(ntp_offset_ms) OVER in_file AS step,
                     ntp_uncertainty_ms + lag(ntp_uncertainty_ms) OVER in_file AS allowed
              FROM {rows} WHERE ntp_offset_ms IS NOT NULL WINDOW in_file AS (ORDER BY line)),
            held AS (SELECT *, sum(CASE WHEN step <> 0 THEN 1 ELSE 0 END) OVER (ORDER BY line ROWS UNBOUNDED PRECEDING) AS period FROM stepped),
            periods AS (SELECT max(time_ns) - min(time_ns) AS held_ns FROM held GROUP BY period)
            SELECT count(*), count(DISTINCT ntp_offset_ms), count(DISTINCT ntp_uncertainty_ms), coalesce(round(1e6 * max(abs(step))), 0)::BIGINT,
                   count(*) FILTER (WHERE abs(step) > allowed), (SELECT max(held_ns) FROM periods), (max(period) + 1)::BIGINT
            FROM held""")
        tell(f"diagnosis/ntp/{name}", n=answer[0], offsets=answer[1], uncertainties=answer[2], largest_step_ns=answer[3],
             contradictions=answer[4], held_ns=answer[5], periods=answer[6])
        answer = row(f"""
            SELECT count(ntp_timestamp_ns), min(ntp_timestamp_ns - {time}), max(ntp_timestamp_ns - {time}), count(bc_timestamp_ns),
                   min(bc_timestamp_ns - {time}), max(bc_timestamp_ns - {time}), min(bc_earliest_ns - {time}), max(bc_latest_ns - {time}),
                   count(*) FILTER (WHERE bc_earliest_ns > bc_latest_ns OR (bc_earliest_ns IS NULL) <> (bc_latest_ns IS NULL)),
                   count(*) FILTER (WHERE bc_status = 'synchronized'), min({time}), max({time})
            FROM {rows}""")
        tell(f"clock_quality/claimed/{name}/ntp", n=answer[0], **{"offset/least_ns": answer[1], "offset/most_ns": answer[2]})
        tell(f"clock_quality/claimed/{name}/bounded", n=answer[3], **{
            "offset/least_ns": answer[4], "offset/most_ns": answer[5], "offset/band_least_ns": answer[6], "offset/band_most_ns": answer[7]})
        tell(f"diagnosis/bounded/{name}", broken=answer[8], synchronized=answer[9], span_ns=answer[11] - answer[10])
        clocks = database.execute(f"""
            SELECT ntp_timestamp_ns - {time}, bc_timestamp_ns - {time}, bc_earliest_ns - {time}, bc_latest_ns - {time}
            FROM {rows} JOIN (SELECT min(event_id) AS event_id FROM sent GROUP BY (send_time_ns - (SELECT min(send_time_ns) FROM sent))
                              // (SELECT greatest(1000000000, (max(send_time_ns) - min(send_time_ns)) // 2048) FROM sent))
            USING (event_id) ORDER BY event_id""").fetchall()
        for place, clock in enumerate(("ntp", "bounded")):
            tell(f"clock_quality/claimed/{name}/{clock}/offset", start_ns=clocks[0][place], end_ns=clocks[-1][place])
    for node, source, n in database.execute("SELECT node, timestamp_source, count(*) FROM arrival GROUP BY ALL").fetchall():
        found[f"diagnosis/stamped/{node}/{source}"] = n
    event_id, best_ns, least_ns, most_ns = row(f"""
        SELECT event_id, max(bc_timestamp_ns) - min(bc_timestamp_ns), greatest(0, max(bc_earliest_ns) - min(bc_latest_ns)),
               max(bc_latest_ns) - min(bc_earliest_ns)
        FROM arrival WHERE event_id < (SELECT min(event_id) + 1000 FROM sent) AND bc_earliest_ns <= bc_latest_ns
        GROUP BY event_id HAVING count(*) = {len(nodes)} ORDER BY event_id LIMIT 1""")
    tell("start/first_arrivals/bounded", event_id=event_id, spread_ns=best_ns, spread_min_ns=least_ns, spread_max_ns=most_ns)


def drawn(nodes):
    """What the figures show, as numbers."""
    start_ns, span_ns = row("SELECT min(send_time_ns), max(send_time_ns) - min(send_time_ns) + 1 FROM sent")
    bin_of = "CASE WHEN {0} = 0 THEN 0 ELSE sign({0}) * (1 + floor(128 * log2(abs({0})))::INTEGER) END"
    for clock in ("system", "ntp", "bounded"):
        value = MEASURES[f"latency/{clock}"]
        cells, n, checksum = row(f"""
            SELECT count(*), sum(n)::BIGINT, sum(n * ("column" + 1) * bin)::BIGINT
            FROM (SELECT (send_time_ns - {start_ns}) // {-(-span_ns // 64)} AS "column", {bin_of.format(f'({value})')} AS bin, count(*) AS n
                  FROM arrival GROUP BY ALL)""")
        tell(f"drawn/latency/{clock}", cells=cells, n=n, checksum=checksum)
    step_ns = -(-span_ns // 240)
    for node in nodes:
        for step, since_ns, ntp_low, ntp_high, low, high in database.execute(f"""
                SELECT (send_time_ns - {start_ns}) // {step_ns} AS step, min(send_time_ns) - {start_ns},
                       min(ntp_timestamp_ns - receive_time_ns), max(ntp_timestamp_ns - receive_time_ns),
                       min(bc_earliest_ns - receive_time_ns), max(bc_latest_ns - receive_time_ns)
                FROM arrival WHERE node = '{node}' GROUP BY step""").fetchall():
            found[f"drawn/clocks/{node}/ntp/{since_ns}"] = f"{ntp_low},{ntp_high}"
            found[f"drawn/clocks/{node}/bounded/{since_ns}"] = f"{low},{high}"


def main():
    nodes = load(Path(sys.argv[1]))
    sent = accounts(nodes)
    distributions(nodes)
    causality(nodes)
    pairs(nodes, sent)
    network(nodes)
    quality(nodes)
    drawn(nodes)
    json.dump(found, sys.stdout)


main()
