-- Intervals that are none: one bound without the other, or the later before the earlier. Coordinator: node null.
WITH bounds AS (
  SELECT NULL AS node, 'chronotick' AS clock, ct_lower_bound_ns AS earliest_ns, ct_upper_bound_ns AS latest_ns FROM event
  UNION ALL
  SELECT NULL, 'bounded', bc_earliest_ns, bc_latest_ns FROM event
  UNION ALL
  SELECT node, 'chronotick', ct_lower_bound_ns, ct_upper_bound_ns FROM arrival
  UNION ALL
  SELECT node, 'bounded', bc_earliest_ns, bc_latest_ns FROM arrival)
SELECT node, clock, count(*) AS n
FROM bounds
WHERE earliest_ns > latest_ns OR (earliest_ns IS NULL) <> (latest_ns IS NULL)
GROUP BY node, clock
ORDER BY node NULLS FIRST, clock;
