"""Writes a run as worker and coordinator write it, with some events lost, late or twice.

big_run.py RUN_DIR EVENTS [WORKERS [csv|csv.gz|csv.zst|parquet]]
"""

import sys
from pathlib import Path

import duckdb

WORKERS = 2
BEGIN_NS = 1_790_000_000_000_000_003

# One event every 10 µs: what a coordinator sends at 100,000/s. hash() gives the same numbers in every run.
COORDINATOR = """
SELECT event_id, event_id - 1 AS sequence_number, send_time_ns,
       strftime(make_timestamp(send_time_ns // 1000), '%Y-%m-%d %H:%M:%S') AS send_time_iso,
       printf('%.6f', 0.1 + (event_id // 6400000) * 0.001) AS ntp_offset_ms, send_time_ns + 100000 AS ntp_timestamp_ns,
       NULL AS ct_offset_ms, NULL AS ct_timestamp_ns, '0.010000' AS pattern_delay_ms, '{addresses}' AS workers_sent,
       NULL AS workers_failed, send_time_ns - 150 - noise % 2000 AS scheduled_time_ns, '0.050000' AS ntp_uncertainty_ms,
       send_time_ns + 99000 AS bc_timestamp_ns, send_time_ns + 99000 - 48000 - noise % 4000 AS bc_earliest_ns,
       send_time_ns + 99000 + 48000 + noise % 4000 AS bc_latest_ns, 'synchronized' AS bc_status, NULL AS true_time_ns,
       send_time_ns - 1789000000000000000 AS raw_time_ns, 40 + noise % 20 AS raw_uncertainty_ns,
       150 + noise % 2000 AS lateness_ns, NULL AS transmit_time_ns
FROM (SELECT range AS event_id, {begin} + range * 10000 AS send_time_ns, (hash(range) % 1000003)::BIGINT AS noise
      FROM range(1, {events} + 1))
ORDER BY event_id"""

WORKER = """
SELECT event_id, '{node}' AS node_id, event_id - 1 AS sequence_number, receive_time_ns, send_time_ns AS coordinator_send_time_ns,
       printf('%.6f', 0.2 + (event_id // 6400000) * 0.001) AS ntp_offset_ms, '0.050000' AS ntp_uncertainty_ms,
       receive_time_ns + 200000 AS ntp_timestamp_ns, 'kernel' AS timestamp_source, receive_time_ns + 99000 AS bc_timestamp_ns,
       receive_time_ns + 99000 - 48000 - noise % 5000 AS bc_earliest_ns, receive_time_ns + 99000 + 48000 + noise % 5000 AS bc_latest_ns,
       'synchronized' AS bc_status, NULL AS true_time_ns, receive_time_ns - 1788000000000000000 AS raw_time_ns,
       40 + noise % 20 AS raw_uncertainty_ns
FROM (SELECT *, send_time_ns + 20000 + noise % 200000 AS receive_time_ns
      FROM (SELECT range AS event_id, {begin} + range * 10000 AS send_time_ns, (hash(range, '{node}') % 1000003)::BIGINT AS noise
            FROM range(1, {events} + 1)))
CROSS JOIN range(CASE WHEN noise % 20011 = 0 THEN 0 WHEN noise % 30011 = 0 THEN 2 ELSE 1 END)
ORDER BY event_id + CASE WHEN noise % 1009 = 0 THEN 1.5 ELSE 0 END"""


FORMATS = {
    "csv": "FORMAT csv, HEADER",
    "csv.gz": "FORMAT csv, HEADER, COMPRESSION gzip",
    "csv.zst": "FORMAT csv, HEADER, COMPRESSION zstd",
    "parquet": "FORMAT parquet, COMPRESSION zstd",
}


def write(run, events, workers=WORKERS, form="csv"):
    run.mkdir(parents=True, exist_ok=True)
    database = duckdb.connect(config={"temp_directory": str(run / ".spill"), "memory_limit": "2GB"})
    nodes = [f"n{number}" for number in range(1, workers + 1)]
    texts = {"coordinator": COORDINATOR, **{f"worker_{node}": WORKER for node in nodes}}
    addresses = ",".join(f"{node}:9000" for node in nodes)
    for name, text in texts.items():
        query = text.format(begin=BEGIN_NS, events=events, node=name.removeprefix("worker_"), addresses=addresses)
        database.execute(f"COPY ({query}) TO '{run / name}.{form}' ({FORMATS[form]})")


if __name__ == "__main__":
    write(Path(sys.argv[1]), *(int(number) for number in sys.argv[2:4]), *sys.argv[4:5])
