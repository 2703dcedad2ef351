-- What happened to the nodes' clocks: how often each kind of thing, and the first 100 of each node. A break that was noted
-- up to a second before a suspend, by the counter that stood still in it, is that suspend: it is found a moment after the
-- machine wakes, and an answer may come first.
SELECT f.node, c.kind, c.local_time_ns, c.size_ns, c.detail,
       count(*) OVER (PARTITION BY f.node, c.kind) AS of_this_kind
FROM clock_row c
JOIN input_file f USING (file)
WHERE c.kind <> 'assumptions'
  AND NOT (c.kind IN ('contradiction', 'disagreement')
           AND EXISTS (FROM clock_row s
                       WHERE s.file = c.file AND s.kind = 'suspend'
                         AND s.raw_time_ns - c.raw_time_ns BETWEEN 0 AND 1000000000))
QUALIFY row_number() OVER (PARTITION BY f.node ORDER BY c.line) <= 100
     OR row_number() OVER (PARTITION BY f.node, c.kind ORDER BY c.line) = 1
ORDER BY f.node, c.line;
