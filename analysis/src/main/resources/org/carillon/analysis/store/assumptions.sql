-- What each node's program assumed of its clock, the last word of each; the coordinator with node null.
SELECT CASE WHEN f.node = 'coordinator' AND NOT EXISTS (FROM worker_node w WHERE w.node = f.node)
            THEN NULL ELSE f.node END AS node,
       arg_max(detail, line) AS detail
FROM clock_row c
JOIN input_file f USING (file)
WHERE c.kind = 'assumptions' AND detail IS NOT NULL
GROUP BY ALL
ORDER BY node NULLS FIRST;
