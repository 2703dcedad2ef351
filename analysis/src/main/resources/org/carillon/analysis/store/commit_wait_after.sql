-- Interval width after each delay. The files hold half widths: of our bounded clock as such, of ChronoTick a third of it.
WITH measured AS (
  SELECT 'bounded' AS clock, node, delay_ns, 2 * bc_uncertainty_ns AS width_ns
  FROM judged_wait WHERE fate = 'used' AND bc_uncertainty_ns IS NOT NULL
  UNION ALL
  SELECT 'chronotick', node, delay_ns, 6 * ct_uncertainty_ns
  FROM judged_wait WHERE fate = 'used' AND ct_uncertainty_ns IS NOT NULL),
width AS (
  SELECT clock, node, delay_ns, list_sort(list(width_ns)) AS sorted_ns
  FROM measured
  GROUP BY clock, node, delay_ns)
SELECT clock, node, delay_ns, len(sorted_ns) AS n,
       nearest_rank(sorted_ns, 500) AS p50_ns,
       nearest_rank(sorted_ns, 900) AS p90_ns,
       nearest_rank(sorted_ns, 990) AS p99_ns,
       nearest_rank(sorted_ns, 999) AS p999_ns,
       sorted_ns[-1] AS max_ns
FROM width
ORDER BY clock, node, delay_ns;
