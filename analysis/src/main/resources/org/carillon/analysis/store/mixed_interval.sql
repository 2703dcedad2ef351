-- As mixed_point, with the worker's interval against the coordinator's system time.
SELECT r.clock AS clock, node, count(*) AS pairs,
       count(*) FILTER (WHERE s.best_ns < r.earliest_ns) AS proven,
       count(*) FILTER (WHERE s.best_ns BETWEEN r.earliest_ns AND r.latest_ns) AS ambiguous,
       count(*) FILTER (WHERE r.latest_ns < s.best_ns) AS violations
FROM received r
JOIN sent s ON s.event_id = r.event_id AND s.clock = 'system'
WHERE r.earliest_ns IS NOT NULL
GROUP BY r.clock, node
ORDER BY r.clock, node;
