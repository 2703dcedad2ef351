-- When each node's clock was set (step), and when its counter stood still (suspend), by the node's clock and by its counter.
SELECT CASE WHEN f.node = 'coordinator' AND NOT EXISTS (FROM worker_node w WHERE w.node = f.node)
            THEN NULL ELSE f.node END AS node,
       c.kind, c.local_time_ns, c.raw_time_ns, abs(coalesce(c.size_ns, 0)) AS size_ns
FROM clock_row c
JOIN input_file f USING (file)
WHERE c.kind IN ('step', 'suspend')
ORDER BY node NULLS FIRST, c.line;
