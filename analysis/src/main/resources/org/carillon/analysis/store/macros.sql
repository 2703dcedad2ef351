-- Percentile by nearest rank: the value at position ceil(p·n) of n sorted values, p in thousandths.
-- Null below n = 1/(1−p), where the percentile would only be the maximum under another name.
CREATE MACRO nearest_rank(sorted_values, per_mille) AS
  CASE WHEN len(sorted_values) * (1000 - per_mille) >= 1000
       THEN sorted_values[(len(sorted_values) * per_mille + 999) // 1000] END;

-- The number of the window that a time lies in, rounded down for times before 1970 too.
CREATE MACRO window_of(time_ns, size_ns) AS
  time_ns // size_ns - CASE WHEN time_ns % size_ns < 0 THEN 1 ELSE 0 END;

-- The bucket that a value lies in, 2,048 to each power of two and one to each value below 2,048, in the order of the
-- values and alike on both sides of zero: as in HdrHistogram.
CREATE MACRO halvings_of(magnitude) AS greatest(0, floor(log2(greatest(1, magnitude)))::BIGINT - 11);
CREATE MACRO bucket_of(value_ns) AS
  CASE WHEN value_ns < 0 THEN -1 ELSE 1 END
  * (2048 * halvings_of(abs(value_ns)) + (abs(value_ns) >> halvings_of(abs(value_ns))));

-- Whether an event's id is a multiple of n, or one of the four before or after it.
CREATE MACRO is_near_multiple(event_id, n) AS abs(event_id % n) <= 4 OR abs(event_id % n) >= n - 4;
