-- How far each clock was from the node's own, at the least and at the most: its estimates, and its bounds. The coordinator has
-- node null. Own clock: what `system_ns` shows.
SELECT NULL AS node, clock, count(*) AS n, min(best_ns - system_ns) AS least_ns, max(best_ns - system_ns) AS most_ns,
       min(earliest_ns - system_ns) AS earliest_ns, max(latest_ns - system_ns) AS latest_ns
FROM sent WHERE clock <> 'system'
GROUP BY clock
UNION ALL
SELECT node, clock, count(*), min(best_ns - system_ns), max(best_ns - system_ns),
       min(earliest_ns - system_ns), max(latest_ns - system_ns)
FROM received WHERE clock <> 'system'
GROUP BY node, clock
ORDER BY node NULLS FIRST, clock;
