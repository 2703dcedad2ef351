-- Bounds of the same event at two workers that lie further apart than the arrivals did, plus 1 ms: both cannot be right.
-- How far apart the arrivals were is true time's word where it is known. Elsewhere it is that of the two system clocks, less
-- the median difference of their readings over the 101 arrivals around: that takes away what one clock is ahead of the other,
-- which is no delay, and keeps what differs from event to event.
WITH paired AS NOT MATERIALIZED (
  SELECT clock, event_id, first_node, second_node,
         greatest(second_earliest_ns - first_latest_ns, first_earliest_ns - second_latest_ns) AS gap_ns,
         first_system_ns - second_system_ns AS system_apart_ns,
         first_true_time_ns - second_true_time_ns AS true_apart_ns
  FROM meeting
  WHERE first_earliest_ns IS NOT NULL AND second_earliest_ns IS NOT NULL),
-- Where no two intervals are so far apart, nothing is to be found, and the medians need not be sought.
suspected AS (
  SELECT DISTINCT clock, first_node, second_node FROM paired WHERE gap_ns > 1000000),
apart AS (
  SELECT clock, first_node, second_node, gap_ns,
         abs(coalesce(true_apart_ns, system_apart_ns - quantile_disc(system_apart_ns, 0.5) OVER around)) AS apart_ns
  FROM paired
  SEMI JOIN suspected USING (clock, first_node, second_node)
  WINDOW around AS (
    PARTITION BY clock, first_node, second_node ORDER BY event_id ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING))
SELECT clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE gap_ns > apart_ns + 1000000) AS contradictions,
       coalesce(max(gap_ns) FILTER (WHERE gap_ns > apart_ns + 1000000), 0) AS largest_gap_ns
FROM apart
GROUP BY clock, first_node, second_node
ORDER BY contradictions DESC, clock, first_node, second_node;
