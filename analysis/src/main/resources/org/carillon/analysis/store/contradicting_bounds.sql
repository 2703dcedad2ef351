-- Bounds of the same event at two workers that lie further apart than the arrivals did, plus 1 ms: both cannot be right.
-- How far apart the arrivals were is true time's word where it is known. Elsewhere it is that of the two system clocks, less
-- the median difference of their readings over the 101 arrivals around: that takes away what one clock is ahead of the other,
-- which is no delay, and keeps what differs from event to event.
WITH paired AS (
  SELECT clock, event_id, a.node AS first_node, b.node AS second_node,
         greatest(b.earliest_ns - a.latest_ns, a.earliest_ns - b.latest_ns) AS gap_ns,
         a.system_ns - b.system_ns AS system_apart_ns,
         a.true_time_ns - b.true_time_ns AS true_apart_ns
  FROM received a
  JOIN received b USING (event_id, clock)
  WHERE a.node < b.node AND a.earliest_ns IS NOT NULL AND b.earliest_ns IS NOT NULL),
apart AS (
  SELECT clock, first_node, second_node, gap_ns,
         abs(coalesce(true_apart_ns, system_apart_ns - quantile_disc(system_apart_ns, 0.5) OVER around)) AS apart_ns
  FROM paired
  WINDOW around AS (
    PARTITION BY clock, first_node, second_node ORDER BY event_id ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING))
SELECT clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE gap_ns > apart_ns + 1000000) AS contradictions,
       coalesce(max(gap_ns) FILTER (WHERE gap_ns > apart_ns + 1000000), 0) AS largest_gap_ns
FROM apart
GROUP BY clock, first_node, second_node
ORDER BY contradictions DESC, clock, first_node, second_node;
