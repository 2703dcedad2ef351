-- Point clocks: two workers agree on an event if both put it into the same window.
SELECT size_ns, clock, a.node AS first_node, b.node AS second_node, count(*) AS pairs,
       count(*) FILTER (WHERE window_of(a.best_ns, size_ns) = window_of(b.best_ns, size_ns)) AS agree
FROM received a
JOIN received b USING (event_id, clock)
CROSS JOIN window_size
WHERE a.node < b.node AND clock IN ('system', 'ntp')
GROUP BY size_ns, clock, a.node, b.node
ORDER BY size_ns, clock, a.node, b.node;
