-- Commit wait at the event: the width of the interval, which is how long until it has passed for certain.
WITH width AS (
  SELECT clock, node, list_sort(list(latest_ns - earliest_ns)) AS sorted_ns
  FROM received
  WHERE earliest_ns IS NOT NULL
  GROUP BY clock, node)
SELECT clock, node, len(sorted_ns) AS n,
       nearest_rank(sorted_ns, 500) AS p50_ns,
       nearest_rank(sorted_ns, 900) AS p90_ns,
       nearest_rank(sorted_ns, 990) AS p99_ns,
       nearest_rank(sorted_ns, 999) AS p999_ns,
       sorted_ns[-1] AS max_ns
FROM width
ORDER BY clock, node;
