-- The commonest ChronoTick uncertainty of each worker, and how common the second is: a measured uncertainty is seldom the
-- same twice, and one that is asked for less often than events arrive repeats each of its values about as often.
WITH counted AS (
  SELECT node, ct_uncertainty_ns AS uncertainty_ns, count(*) AS n
  FROM arrival WHERE ct_uncertainty_ns IS NOT NULL
  GROUP BY node, ct_uncertainty_ns)
SELECT node, uncertainty_ns, n,
       coalesce(lead(n) OVER commonest, 0) AS next_n,
       (sum(n) OVER (PARTITION BY node))::BIGINT AS readings
FROM counted
WINDOW commonest AS (PARTITION BY node ORDER BY n DESC, uncertainty_ns)
QUALIFY row_number() OVER commonest = 1
ORDER BY node;
