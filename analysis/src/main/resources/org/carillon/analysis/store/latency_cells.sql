-- Latency of all workers, receive minus send of an event on the same clock's best estimate, counted by when in the run and by
-- size. Parameters: when the run began; how long a column of it is. A bin is a 128th of a doubling, counted up from 1 ns and
-- down from -1 ns.
WITH latency AS (
  SELECT clock, (sent_system_ns - ?) // ? AS run_column, received_best_ns - sent_best_ns AS latency_ns
  FROM crossing
  WHERE received_best_ns IS NOT NULL AND sent_best_ns IS NOT NULL)
SELECT clock, run_column,
       CASE WHEN latency_ns = 0 THEN 0
            ELSE sign(latency_ns) * (1 + floor(128 * log2(abs(latency_ns)))::INTEGER) END AS bin,
       count(*) AS n
FROM latency
GROUP BY clock, run_column, bin;
