-- What the recorded NTP offsets look like, at the coordinator (node null) and at each worker: how many, with how many
-- different uncertainties, for how long the same offset stood, and the largest step between two offsets that both claim
-- to be right: a step beyond the sum of their uncertainties contradicts one of them.
WITH stepped AS (
  SELECT *,
         ntp_offset_ns - lag(ntp_offset_ns) OVER in_file AS step_ns,
         ntp_uncertainty_ns + lag(ntp_uncertainty_ns) OVER in_file AS allowed_ns
  FROM offset_run
  WINDOW in_file AS (PARTITION BY node ORDER BY file, line)),
held AS (
  SELECT *,
         sum(CASE WHEN step_ns <> 0 THEN 1 ELSE 0 END) OVER (PARTITION BY node ORDER BY file, line
                                                            ROWS UNBOUNDED PRECEDING) AS period
  FROM stepped),
periods AS (
  SELECT node, period, max(greatest_time_ns) - min(least_time_ns) AS held_ns
  FROM held GROUP BY node, period),
longest AS (
  SELECT node, max(held_ns) AS held_ns FROM periods GROUP BY node)
SELECT h.node AS node,
       sum(n)::BIGINT AS n,
       sum(uncertainties)::BIGINT AS uncertainties,
       count(DISTINCT ntp_uncertainty_ns) AS different_uncertainties,
       min(ntp_uncertainty_ns) AS least_uncertainty_ns,
       count(DISTINCT ntp_offset_ns) AS different_offsets,
       any_value(l.held_ns) AS held_ns,
       coalesce(max(abs(step_ns)), 0) AS largest_step_ns,
       count(*) FILTER (WHERE abs(step_ns) > allowed_ns) AS contradictions
FROM held h
JOIN longest l ON l.node IS NOT DISTINCT FROM h.node
GROUP BY h.node
ORDER BY h.node NULLS FIRST;
