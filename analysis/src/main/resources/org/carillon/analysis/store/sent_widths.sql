-- The width of the coordinator's intervals.
WITH width AS (
  SELECT clock, list_sort(list(latest_ns - earliest_ns)) AS sorted_ns
  FROM sent
  WHERE earliest_ns IS NOT NULL
  GROUP BY clock)
SELECT clock, len(sorted_ns) AS n,
       nearest_rank(sorted_ns, 500) AS p50_ns,
       nearest_rank(sorted_ns, 900) AS p90_ns,
       nearest_rank(sorted_ns, 990) AS p99_ns,
       nearest_rank(sorted_ns, 999) AS p999_ns,
       sorted_ns[-1] AS max_ns
FROM width
ORDER BY clock;
