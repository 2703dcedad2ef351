-- Distributions, first reading: from the table bucket_count, which is filled from bucket_counts.sql.

-- Each distribution: of one worker, and with node null of all workers' values together. A bucket below zero holds only
-- values below zero.
CREATE OR REPLACE TABLE distribution AS
  SELECT row_number() OVER (ORDER BY measure, clock, delay_ns, node NULLS FIRST) AS key, *
  FROM (
    SELECT measure, clock, node, delay_ns, sum(n)::BIGINT AS n, (sum(sum_ns) // sum(n))::BIGINT AS mean_ns,
           (sum(sum_ns) % sum(n))::BIGINT AS beyond_mean_ns,
           coalesce(sum(n) FILTER (WHERE bucket < 0), 0)::BIGINT AS negative
    FROM bucket_count
    GROUP BY GROUPING SETS ((measure, clock, delay_ns, node), (measure, clock, delay_ns)));

-- Between which ranks of n values a percentile lies with 95 % confidence; filled from the binomial distribution.
CREATE OR REPLACE TABLE rank_interval (n BIGINT, per_mille BIGINT, low_rank BIGINT, high_rank BIGINT);

-- Widths of which is counted how many intervals are wider.
CREATE OR REPLACE TABLE epsilon (epsilon_ns BIGINT);
