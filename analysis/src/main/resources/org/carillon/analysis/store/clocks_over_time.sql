-- How far each clock of a worker was from its system clock, in at most ? steps of the run, with the extremes of each
-- step: of the estimates for points, of the bounds for intervals, and of true time where it is known.
WITH placed AS (
  SELECT r.node, r.clock, r.best_ns - r.system_ns AS best_ns, r.earliest_ns - r.system_ns AS earliest_ns,
         r.latest_ns - r.system_ns AS latest_ns, r.true_time_ns - r.system_ns AS true_ns,
         e.send_time_ns - min(e.send_time_ns) OVER () AS since_start_ns,
         max(e.send_time_ns) OVER () - min(e.send_time_ns) OVER () + 1 AS span_ns
  FROM received r
  JOIN event e USING (event_id)),
clocks AS (
  SELECT node, clock, since_start_ns, span_ns,
         coalesce(earliest_ns, best_ns) AS low_ns, coalesce(latest_ns, best_ns) AS high_ns
  FROM placed WHERE clock <> 'system'
  UNION ALL
  SELECT node, 'true', since_start_ns, span_ns, true_ns, true_ns
  FROM placed WHERE clock = 'system' AND true_ns IS NOT NULL),
stepped AS (
  SELECT *, (since_start_ns::HUGEINT * ? // span_ns)::BIGINT AS step FROM clocks)
SELECT node, clock, step, min(since_start_ns) AS since_start_ns, min(low_ns) AS low_ns, max(high_ns) AS high_ns
FROM stepped
WHERE low_ns IS NOT NULL
GROUP BY node, clock, step
ORDER BY node, clock, step;
