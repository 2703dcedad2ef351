-- Percentile by nearest rank: the value at position ceil(p·n) of n sorted values, p in thousandths.
-- Null below n = 1/(1−p), where the percentile would only be the maximum under another name.
CREATE MACRO nearest_rank(sorted_values, per_mille) AS
  CASE WHEN len(sorted_values) * (1000 - per_mille) >= 1000
       THEN sorted_values[(len(sorted_values) * per_mille + 999) // 1000] END;

-- The number of the window that a time lies in, rounded down for times before 1970 too.
CREATE MACRO window_of(time_ns, size_ns) AS
  time_ns // size_ns - CASE WHEN time_ns % size_ns < 0 THEN 1 ELSE 0 END;

-- The bucket that a value lies in: 128 times its fourth root, rounded, so that buckets are in the order of the values, alike
-- on both sides of zero, and wider where values are greater: 1 ns at 100 ns, 176 ns at 100 µs, 176 µs at 1 s.
CREATE MACRO bucket_of(value_ns) AS (sign(value_ns) * 128 * sqrt(sqrt(abs(value_ns::DOUBLE))))::INTEGER;

-- The least magnitude of a value in a bucket or above. Powers are rounded, so that from 14 s on the neighbour may be it; exact
-- up to 13 days.
CREATE MACRO power_edge(bucket) AS ceil((greatest(0, abs(bucket) - 0.5) / 128) ** 4)::HUGEINT;
CREATE MACRO bucket_edge(bucket) AS
  power_edge(bucket) + CASE WHEN bucket_of(power_edge(bucket)) < abs(bucket) THEN 1
                            WHEN bucket_of(power_edge(bucket) - 1) >= abs(bucket) THEN -1 ELSE 0 END;

-- Whether an event's id is a multiple of n, or one of the four before or after it.
CREATE MACRO is_near_multiple(event_id, n) AS abs(event_id % n) <= 4 OR abs(event_id % n) >= n - 4;
