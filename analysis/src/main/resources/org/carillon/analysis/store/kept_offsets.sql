-- Each NTP offset of the rows where it is first seen, which is when it was measured as near as the rows tell: at the coordinator
-- (node null) and at each worker.
WITH changed AS (
  SELECT *, lag(ntp_offset_ns) OVER (PARTITION BY node ORDER BY file, line) AS before_ns
  FROM offset_run)
SELECT node, first_time_ns AS time_ns, ntp_offset_ns AS offset_ns, ntp_uncertainty_ns AS uncertainty_ns
FROM changed
WHERE before_ns IS DISTINCT FROM ntp_offset_ns
ORDER BY node NULLS FIRST, time_ns;
