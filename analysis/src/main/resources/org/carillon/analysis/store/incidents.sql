-- What happened to the nodes' clocks: how often each kind of thing, and the first 100 of each node.
SELECT f.node, c.kind, c.local_time_ns, c.size_ns, c.detail,
       count(*) OVER (PARTITION BY f.node, c.kind) AS of_this_kind
FROM clock_row c
JOIN input_file f USING (file)
WHERE c.kind <> 'assumptions'
QUALIFY row_number() OVER (PARTITION BY f.node ORDER BY c.line) <= 100
     OR row_number() OVER (PARTITION BY f.node, c.kind ORDER BY c.line) = 1
ORDER BY f.node, c.line;
