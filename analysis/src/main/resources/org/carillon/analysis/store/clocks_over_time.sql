-- How far each clock of a worker was from its system clock, with the extremes of each step of the run: of the estimates
-- for points, of the bounds for intervals, and of true time where it is known.
-- Parameters: when the run began; how long a step of it is; of how many workers, the first by name.
WITH placed AS NOT MATERIALIZED (
  SELECT node, clock, best_ns - system_ns AS best_ns, earliest_ns - system_ns AS earliest_ns,
         latest_ns - system_ns AS latest_ns, true_time_ns - system_ns AS true_ns, sent_time_ns - ? AS since_start_ns
  FROM received),
clocks AS (
  SELECT node, clock, since_start_ns, coalesce(earliest_ns, best_ns) AS low_ns, coalesce(latest_ns, best_ns) AS high_ns
  FROM placed WHERE clock <> 'system'
  UNION ALL
  SELECT node, 'true', since_start_ns, true_ns, true_ns
  FROM placed WHERE clock = 'system' AND true_ns IS NOT NULL),
stepped AS (
  SELECT node, clock, since_start_ns // ? AS step, min(since_start_ns) AS since_start_ns, min(low_ns) AS low_ns,
         max(high_ns) AS high_ns
  FROM clocks
  GROUP BY node, clock, step)
SELECT *
FROM stepped
WHERE node IN (SELECT DISTINCT node FROM stepped ORDER BY node LIMIT ?)
ORDER BY node, clock, step;
