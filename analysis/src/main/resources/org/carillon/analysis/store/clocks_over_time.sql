-- How far each clock of a worker was from its system clock, with the extremes of each step of the run: of the estimates
-- for points, of the bounds for intervals, and of true time where it is known.
-- Parameters: of how many workers, the first by name; when the run began; how long a step of it is.
WITH shown AS (
  SELECT DISTINCT node FROM received WHERE clock <> 'system' OR true_time_ns IS NOT NULL ORDER BY node LIMIT ?),
placed AS (
  SELECT r.node, r.clock, r.best_ns - r.system_ns AS best_ns, r.earliest_ns - r.system_ns AS earliest_ns,
         r.latest_ns - r.system_ns AS latest_ns, r.true_time_ns - r.system_ns AS true_ns,
         r.sent_time_ns - ? AS since_start_ns
  FROM received r
  JOIN shown USING (node)),
clocks AS (
  SELECT node, clock, since_start_ns, coalesce(earliest_ns, best_ns) AS low_ns, coalesce(latest_ns, best_ns) AS high_ns
  FROM placed WHERE clock <> 'system'
  UNION ALL
  SELECT node, 'true', since_start_ns, true_ns, true_ns
  FROM placed WHERE clock = 'system' AND true_ns IS NOT NULL)
SELECT node, clock, since_start_ns // ? AS step, min(since_start_ns) AS since_start_ns, min(low_ns) AS low_ns,
       max(high_ns) AS high_ns
FROM clocks
WHERE low_ns IS NOT NULL
GROUP BY node, clock, step
ORDER BY node, clock, step;
