-- How often true time, known where clocks are simulated, lies inside the interval. The coordinator has node null.
SELECT clock, NULL AS node, count(*) AS n,
       count(*) FILTER (WHERE true_time_ns BETWEEN earliest_ns AND latest_ns) AS inside
FROM sent
WHERE earliest_ns IS NOT NULL AND true_time_ns IS NOT NULL
GROUP BY clock
UNION ALL
SELECT clock, node, count(*),
       count(*) FILTER (WHERE true_time_ns BETWEEN earliest_ns AND latest_ns)
FROM received
WHERE earliest_ns IS NOT NULL AND true_time_ns IS NOT NULL
GROUP BY clock, node
ORDER BY clock, node NULLS FIRST;
