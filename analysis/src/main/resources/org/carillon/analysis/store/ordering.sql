-- Which of two workers had the same event first, where the intervals of their arrivals do not overlap.
SELECT clock, a.node AS first_node, b.node AS second_node, count(*) AS pairs,
       count(*) FILTER (WHERE a.latest_ns < b.earliest_ns) AS first_before,
       count(*) FILTER (WHERE b.latest_ns < a.earliest_ns) AS second_before,
       count(*) FILTER (WHERE a.latest_ns >= b.earliest_ns AND b.latest_ns >= a.earliest_ns) AS ambiguous
FROM received a
JOIN received b USING (event_id, clock)
WHERE a.node < b.node AND a.earliest_ns IS NOT NULL AND b.earliest_ns IS NOT NULL
GROUP BY clock, a.node, b.node
ORDER BY clock, a.node, b.node;
