-- Latency: receive minus send of an event, both on the same clock's best estimate.
WITH latency AS (
  SELECT clock, node, list_sort(list(r.best_ns - s.best_ns)) AS sorted_ns
  FROM received r
  JOIN sent s USING (event_id, clock)
  WHERE r.best_ns IS NOT NULL AND s.best_ns IS NOT NULL
  GROUP BY clock, node)
SELECT clock, node, len(sorted_ns) AS n,
       nearest_rank(sorted_ns, 500) AS p50_ns,
       nearest_rank(sorted_ns, 900) AS p90_ns,
       nearest_rank(sorted_ns, 990) AS p99_ns,
       nearest_rank(sorted_ns, 999) AS p999_ns,
       sorted_ns[-1] AS max_ns
FROM latency
ORDER BY clock, node;
