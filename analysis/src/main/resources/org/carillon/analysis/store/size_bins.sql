-- A distribution for a curve: of the buckets that percentiles are found with, those within a 128th of a doubling together,
-- with what is known of the least and the greatest value in each: the buckets' edges, and those of the whole distribution.
-- Parameters: the measure; of how many workers at most each is told apart.
WITH counted AS (
  SELECT b.clock, b.node, b.bucket, b.n, least_value.value_ns AS least_of_all_ns, greatest_value.value_ns AS greatest_of_all_ns,
         bucket_edge(b.bucket) AS near_zero_ns, bucket_edge(abs(b.bucket) + 1) - 1 AS far_ns
  FROM bucket_count b
  JOIN distribution d ON d.measure = b.measure AND d.clock = b.clock AND d.node = b.node AND d.delay_ns = b.delay_ns
  JOIN value_at_rank least_value ON least_value.key = d.key AND least_value.rank = 1
  JOIN value_at_rank greatest_value ON greatest_value.key = d.key AND greatest_value.rank = d.n
  WHERE b.measure = ?),
edged AS (
  SELECT clock, node, n,
         greatest(least_of_all_ns, CASE WHEN bucket < 0 THEN -far_ns ELSE near_zero_ns END)::BIGINT AS least_ns,
         least(greatest_of_all_ns, CASE WHEN bucket < 0 THEN -near_zero_ns ELSE far_ns END)::BIGINT AS greatest_ns
  FROM counted),
binned AS (
  SELECT clock, CASE WHEN (SELECT count(*) FROM worker_node) <= ? THEN node END AS node, n, least_ns, greatest_ns,
         CASE WHEN least_ns = 0 THEN 0
              ELSE sign(least_ns) * (1 + floor(128 * log2(abs(least_ns)))::INTEGER) END AS bin
  FROM edged)
SELECT clock, node, bin, sum(n)::BIGINT AS n, min(least_ns) AS least_ns, max(greatest_ns) AS greatest_ns
FROM binned
GROUP BY clock, node, bin;
