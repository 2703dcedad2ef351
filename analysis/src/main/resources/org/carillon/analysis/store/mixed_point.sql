-- No valid comparison, but one that has been published: the worker's clock against the coordinator's system clock.
SELECT r.clock AS clock, node, count(*) AS pairs, count(*) FILTER (WHERE r.best_ns < s.best_ns) AS violations
FROM received r
JOIN sent s ON s.event_id = r.event_id AND s.clock = 'system'
WHERE r.clock <> 'system' AND r.best_ns IS NOT NULL
GROUP BY r.clock, node
ORDER BY r.clock, node;
