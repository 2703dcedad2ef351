-- Point clocks: an event that was received before it was sent, by the same clock, is a violation.
SELECT clock, node, count(*) AS pairs, count(*) FILTER (WHERE r.best_ns < s.best_ns) AS violations
FROM received r
JOIN sent s USING (event_id, clock)
WHERE clock IN ('system', 'ntp')
GROUP BY clock, node
ORDER BY clock, node;
