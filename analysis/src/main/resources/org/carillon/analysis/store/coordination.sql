-- How many intervals of each worker are wider than each epsilon: of such an event the clock alone does not tell enough.
-- Whole buckets above that of epsilon, and of its own bucket the values above it.
WITH wider AS (
  SELECT clock, node, epsilon_ns, n
  FROM bucket_count CROSS JOIN epsilon
  WHERE measure = 'width' AND bucket > bucket_of(epsilon_ns)
  UNION ALL
  SELECT clock, node, epsilon_ns, n
  FROM value_count CROSS JOIN epsilon
  WHERE measure = 'width' AND bucket = bucket_of(epsilon_ns) AND value_ns > epsilon_ns),
summed AS (
  SELECT clock, node, epsilon_ns, sum(n)::BIGINT AS n FROM wider GROUP BY clock, node, epsilon_ns)
SELECT d.clock, d.node, e.epsilon_ns, d.n, coalesce(s.n, 0) AS wider
FROM distribution d
CROSS JOIN epsilon e
LEFT JOIN summed s ON s.clock = d.clock AND s.node = d.node AND s.epsilon_ns = e.epsilon_ns
WHERE d.measure = 'width' AND d.node IS NOT NULL
ORDER BY d.clock, d.node, e.epsilon_ns;
