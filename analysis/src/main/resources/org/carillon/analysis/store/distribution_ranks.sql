-- Distributions, second reading: the values at the wanted ranks, exactly.

-- The least, the greatest, and rank ceil(p·n), which is percentile p.
CREATE OR REPLACE TABLE wanted_rank AS
  SELECT key, unnest([1, n]) AS rank FROM distribution
  UNION
  SELECT key, (n * per_mille + 999) // 1000
  FROM distribution CROSS JOIN (VALUES (500), (900), (990), (999)) p(per_mille)
  UNION
  SELECT key, unnest([low_rank, high_rank])
  FROM distribution JOIN rank_interval USING (n);

-- The buckets that they lie in, and how many values lie in lower ones.
CREATE OR REPLACE TABLE wanted_bucket AS
  WITH whole AS (
    SELECT d.key, b.bucket, sum(b.n)::BIGINT AS n
    FROM distribution d
    JOIN bucket_count b ON b.measure = d.measure AND b.clock = d.clock AND b.delay_ns = d.delay_ns
                       AND (d.node IS NULL OR b.node = d.node)
    GROUP BY d.key, b.bucket),
  placed AS (
    SELECT key, bucket, (sum(n) OVER (PARTITION BY key ORDER BY bucket ROWS UNBOUNDED PRECEDING))::BIGINT - n AS lower_n
    FROM whole)
  SELECT DISTINCT w.key, p.bucket, p.lower_n
  FROM wanted_rank w
  ASOF JOIN placed p ON w.key = p.key AND w.rank > p.lower_n;

-- Of these buckets alone, how often each value is there.
CREATE OR REPLACE TABLE value_count AS
  WITH wanted AS (
    SELECT DISTINCT b.measure, b.clock, b.node, b.delay_ns, b.bucket
    FROM (SELECT key, bucket FROM wanted_bucket
          UNION
          SELECT key, bucket_of(epsilon_ns) FROM distribution CROSS JOIN epsilon
          WHERE measure = 'width' AND node IS NOT NULL) w
    JOIN distribution d USING (key)
    JOIN bucket_count b ON b.bucket = w.bucket AND b.measure = d.measure AND b.clock = d.clock
                       AND b.delay_ns = d.delay_ns AND (d.node IS NULL OR b.node = d.node))
  SELECT measure, clock, node, delay_ns, bucket, value_ns, count(*) AS n
  FROM (SELECT *, bucket_of(value_ns) AS bucket FROM observation)
  JOIN wanted USING (measure, clock, node, delay_ns, bucket)
  GROUP BY measure, clock, node, delay_ns, bucket, value_ns;

CREATE OR REPLACE TABLE value_at_rank AS
  WITH counted AS (
    SELECT w.key, w.lower_n, w.bucket, v.value_ns, sum(v.n)::BIGINT AS n
    FROM wanted_bucket w
    JOIN distribution d USING (key)
    JOIN value_count v ON v.bucket = w.bucket AND v.measure = d.measure AND v.clock = d.clock
                      AND v.delay_ns = d.delay_ns AND (d.node IS NULL OR v.node = d.node)
    GROUP BY w.key, w.lower_n, w.bucket, v.value_ns),
  placed AS (
    SELECT key, value_ns,
           lower_n - n + (sum(n) OVER (PARTITION BY key, bucket ORDER BY value_ns ROWS UNBOUNDED PRECEDING))::BIGINT AS lower_n
    FROM counted)
  SELECT w.key, w.rank, p.value_ns
  FROM wanted_rank w
  ASOF JOIN placed p ON w.key = p.key AND w.rank > p.lower_n;
