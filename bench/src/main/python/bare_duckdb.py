"""The joins and the statistics of analyze in plain DuckDB, as one writes them who trusts the files. bare_duckdb.py RUN_DIR"""

import sys
from pathlib import Path

import duckdb

CLOCKS = (("system", None, None), ("ntp", None, None), ("bounded", "bc_earliest_ns", "bc_latest_ns"))
SENT = {"system": "send_time_ns", "ntp": "ntp_timestamp_ns", "bounded": "bc_timestamp_ns"}
RECEIVED = {"system": "receive_time_ns", "ntp": "ntp_timestamp_ns", "bounded": "bc_timestamp_ns"}
WINDOWS_NS = (50_000_000, 100_000_000, 500_000_000, 1_000_000_000)
PERCENTILES = "quantile_disc({0}, [0.5, 0.9, 0.99, 0.999]), min({0}), max({0}), avg({0}), count({0})"


def main():
    run = Path(sys.argv[1])
    database = duckdb.connect()
    workers = {path.stem.removeprefix("worker_"): path for path in sorted(run.glob("worker_*.csv"))}
    database.execute(f"CREATE TABLE sent AS FROM read_csv('{run / 'coordinator.csv'}')")
    for node, path in workers.items():
        database.execute(f"""
            CREATE TABLE {node} AS
            SELECT w.*, row_number() OVER (PARTITION BY event_id ORDER BY receive_time_ns) AS copy
            FROM (SELECT *, row_number() OVER () AS line FROM read_csv('{path}')) w""")
        database.execute(f"""
            CREATE TABLE both_{node} AS
            SELECT w.*, s.send_time_ns, s.ntp_timestamp_ns AS sent_ntp_timestamp_ns, s.bc_timestamp_ns AS sent_bc_timestamp_ns,
                   s.bc_earliest_ns AS sent_bc_earliest_ns, s.bc_latest_ns AS sent_bc_latest_ns
            FROM {node} w JOIN sent s USING (event_id)
            WHERE copy = 1 AND abs(w.coordinator_send_time_ns - s.send_time_ns) <= 100000000""")
    answers = {}
    for query in queries(list(workers)):
        answers[query] = database.execute(query).fetchall()
    for answer in answers.values():
        print(answer)


def queries(nodes):
    yield "SELECT count(*), max(send_time_ns) - min(send_time_ns), count(workers_failed) FROM sent"
    yield f"SELECT {PERCENTILES.format('send_time_ns - scheduled_time_ns')} FROM sent"
    yield quality("sent", "event_id")
    for node in nodes:
        yield f"SELECT count(*) FILTER (WHERE copy = 1), count(*) FILTER (WHERE copy > 1) FROM {node}"
        yield f"""SELECT count(*) FILTER (WHERE copy = 1 AND event_id < highest)
                  FROM (SELECT copy, event_id,
                               max(event_id) OVER (ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest
                        FROM {node})"""
        yield f"SELECT timestamp_source, bc_status, count(*) FROM {node} GROUP BY ALL"
        yield quality(node, "line")
        for clock, earliest, latest in CLOCKS:
            sent = SENT[clock] if clock == "system" else "sent_" + SENT[clock]
            yield f"SELECT {PERCENTILES.format(f'{RECEIVED[clock]} - {sent}')} FROM both_{node}"
            if earliest:
                yield f"""SELECT count(*), count(*) FILTER (WHERE sent_{latest} < {earliest}),
                                 count(*) FILTER (WHERE {latest} < sent_{earliest}) FROM both_{node}
                          WHERE {earliest} <= {latest} AND sent_{earliest} <= sent_{latest}"""
                yield f"SELECT {PERCENTILES.format(f'{latest} - {earliest}')} FROM both_{node} WHERE {earliest} <= {latest}"
            else:
                yield f"SELECT count(*), count(*) FILTER (WHERE {RECEIVED[clock]} < {sent}) FROM both_{node}"
    for i, a in enumerate(nodes):
        for b in nodes[i + 1:]:
            pair = f"both_{a} a JOIN both_{b} b USING (event_id)"
            yield f"""SELECT count(*), count(*) FILTER (WHERE a.bc_latest_ns < b.bc_earliest_ns),
                             count(*) FILTER (WHERE b.bc_latest_ns < a.bc_earliest_ns) FROM {pair}"""
            for clock, earliest, latest in CLOCKS:
                for size_ns in WINDOWS_NS:
                    if earliest:
                        confident = " AND ".join(f"{side}.{earliest} // {size_ns} = {side}.{latest} // {size_ns}" for side in "ab")
                        same = f"a.{earliest} // {size_ns} = b.{earliest} // {size_ns}"
                        yield f"""SELECT count(*), count(*) FILTER (WHERE {confident}), count(*) FILTER (WHERE {confident} AND {same})
                                  FROM {pair}"""
                    else:
                        same = f"a.{RECEIVED[clock]} // {size_ns} = b.{RECEIVED[clock]} // {size_ns}"
                        yield f"SELECT count(*), count(*) FILTER (WHERE {same}) FROM {pair}"


def quality(table, order):
    """What the recorded NTP offsets look like."""
    return f"""SELECT count(ntp_offset_ms), count(DISTINCT ntp_offset_ms), count(DISTINCT ntp_uncertainty_ms), max(abs(step))
               FROM (SELECT ntp_offset_ms, ntp_uncertainty_ms, ntp_offset_ms - lag(ntp_offset_ms) OVER (ORDER BY {order}) AS step
                     FROM {table})"""


main()
