-- From when to when each node had events, by its own clock: the coordinator (node null) and each worker.
SELECT NULL AS node, min(send_time_ns) AS from_ns, max(send_time_ns) AS to_ns FROM event
UNION ALL
SELECT node, min(receive_time_ns), max(receive_time_ns) FROM arrival GROUP BY node
ORDER BY node NULLS FIRST;
