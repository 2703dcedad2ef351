-- What the recorded NTP offsets look like, at the coordinator (node null) and at each worker: how many, with how many
-- different uncertainties, for how long the same offset stood, and the largest step between two offsets that both claim
-- to be right: a step beyond the sum of their uncertainties contradicts one of them.
WITH measured AS (
  SELECT NULL AS node, file, line, send_time_ns AS time_ns, ntp_offset_ns, ntp_uncertainty_ns
  FROM event WHERE ntp_offset_ns IS NOT NULL
  UNION ALL
  SELECT node, file, line, receive_time_ns, ntp_offset_ns, ntp_uncertainty_ns
  FROM arrival WHERE ntp_offset_ns IS NOT NULL),
stepped AS (
  SELECT *,
         ntp_offset_ns - lag(ntp_offset_ns) OVER in_file AS step_ns,
         ntp_uncertainty_ns + lag(ntp_uncertainty_ns) OVER in_file AS allowed_ns
  FROM measured
  WINDOW in_file AS (PARTITION BY node ORDER BY file, line)),
held AS (
  SELECT *,
         sum(CASE WHEN step_ns <> 0 THEN 1 ELSE 0 END) OVER (PARTITION BY node ORDER BY file, line
                                                            ROWS UNBOUNDED PRECEDING) AS period
  FROM stepped),
periods AS (
  SELECT node, period, max(time_ns) - min(time_ns) AS held_ns, count(*) AS events
  FROM held GROUP BY node, period),
longest AS (
  SELECT node, max(held_ns) AS held_ns FROM periods GROUP BY node)
SELECT h.node AS node,
       count(*) AS n,
       count(ntp_uncertainty_ns) AS uncertainties,
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
