-- How many events each clock stamped: at the coordinator (node null) and at each worker, with and without bounds.
SELECT NULL AS node, clock, count(best_ns) AS estimates, count(earliest_ns) AS intervals FROM sent GROUP BY clock
UNION ALL
SELECT node, clock, count(best_ns), count(earliest_ns) FROM received GROUP BY node, clock
ORDER BY node, clock;
