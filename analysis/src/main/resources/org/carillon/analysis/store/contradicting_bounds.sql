-- Bounds of the same event at two workers that lie further apart than the workers' system clocks do, plus 1 ms: both
-- cannot be right, unless the system clocks are wrong in the same direction by as much.
WITH paired AS (
  SELECT clock, a.node AS first_node, b.node AS second_node,
         greatest(b.earliest_ns - a.latest_ns, a.earliest_ns - b.latest_ns) AS gap_ns,
         abs(a.system_ns - b.system_ns) AS system_apart_ns
  FROM received a
  JOIN received b USING (event_id, clock)
  WHERE a.node < b.node AND a.earliest_ns IS NOT NULL AND b.earliest_ns IS NOT NULL)
SELECT clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE gap_ns > system_apart_ns + 1000000) AS contradictions,
       coalesce(max(gap_ns) FILTER (WHERE gap_ns > system_apart_ns + 1000000), 0) AS largest_gap_ns
FROM paired
GROUP BY clock, first_node, second_node
ORDER BY contradictions DESC, clock, first_node, second_node;
