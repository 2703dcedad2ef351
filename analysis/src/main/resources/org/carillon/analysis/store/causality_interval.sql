-- Interval clocks: proven if the send was over before the receive began, violation if the receive was over before the
-- send began, else the intervals overlap and nothing is known.
SELECT clock, node, count(*) AS pairs,
       count(*) FILTER (WHERE s.latest_ns < r.earliest_ns) AS proven,
       count(*) FILTER (WHERE r.latest_ns >= s.earliest_ns AND s.latest_ns >= r.earliest_ns) AS ambiguous,
       count(*) FILTER (WHERE r.latest_ns < s.earliest_ns) AS violations
FROM received r
JOIN sent s USING (event_id, clock)
WHERE r.earliest_ns IS NOT NULL AND s.earliest_ns IS NOT NULL
GROUP BY clock, node
ORDER BY clock, node;
