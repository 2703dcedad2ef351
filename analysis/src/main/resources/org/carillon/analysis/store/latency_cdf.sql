-- The distribution of latency in 201 steps: step i is the value at rank ceil(i·n/200), step 0 the least.
WITH latency AS (
  SELECT clock, node, list_sort(list(r.best_ns - s.best_ns)) AS sorted_ns
  FROM received r
  JOIN sent s USING (event_id, clock)
  WHERE r.best_ns IS NOT NULL AND s.best_ns IS NOT NULL
  GROUP BY clock, node),
thinned AS (
  SELECT clock, node,
         list_transform(range(0, 201), lambda step: sorted_ns[greatest(1, (step * len(sorted_ns) + 199) // 200)]) AS steps_ns
  FROM latency)
SELECT clock, node, generate_subscripts(steps_ns, 1) - 1 AS step, unnest(steps_ns) AS latency_ns
FROM thinned
ORDER BY clock, node, step;
