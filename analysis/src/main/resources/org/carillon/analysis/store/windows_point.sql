-- Point clocks: two workers agree on an event if both put it into the same window.
SELECT size_ns, clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE window_of(first_best_ns, size_ns) = window_of(second_best_ns, size_ns)) AS agree
FROM meeting
CROSS JOIN window_size
WHERE clock IN ('system', 'ntp')
GROUP BY size_ns, clock, first_node, second_node
ORDER BY size_ns, clock, first_node, second_node;
