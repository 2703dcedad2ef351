-- How many events are ambiguous for windows of the sizes 1, 2, 5, 10, ... ns between two sizes, by one clock.
-- All pairs of workers in one reading: an event whose intervals all lie in one window is ambiguous for none.
WITH tried AS (
  SELECT digit * (10 ** power)::BIGINT AS size_ns
  FROM (VALUES (1), (2), (5)) d(digit) CROSS JOIN range(0, 13) p(power)),
interval_of AS NOT MATERIALIZED (
  FROM stamped WHERE clock = ? AND earliest_ns IS NOT NULL),
size AS (
  FROM tried WHERE size_ns BETWEEN ? AND ?),
counted AS (
  SELECT first_node, second_node, n
  FROM (SELECT count(*) AS n FROM interval_of WHERE intervals_everywhere)
  CROSS JOIN worker_pair
  UNION ALL
  SELECT first_node, second_node, count(*)
  FROM interval_of
  CROSS JOIN worker_pair
  WHERE NOT intervals_everywhere AND intervals[first_place] IS NOT NULL AND intervals[second_place] IS NOT NULL
  GROUP BY first_node, second_node),
common AS (
  SELECT first_node, second_node, sum(n)::BIGINT AS n FROM counted GROUP BY first_node, second_node),
apart AS (
  SELECT size_ns,
         list_transform(intervals, lambda i:
           CASE WHEN i IS NOT NULL
                THEN (window_of(i.earliest_ns, size_ns) <> window_of(i.latest_ns, size_ns))::INTEGER END) AS unsure
  FROM interval_of
  CROSS JOIN size
  WHERE NOT (intervals_everywhere AND window_of(earliest_ns, size_ns) = window_of(latest_ns, size_ns))),
ambiguous AS (
  SELECT size_ns, first_node, second_node, count(*) FILTER (WHERE unsure[first_place] + unsure[second_place] > 0) AS n
  FROM apart
  CROSS JOIN worker_pair
  GROUP BY size_ns, first_node, second_node)
SELECT s.size_ns, first_node, second_node, b.n AS pairs, coalesce(a.n, 0) AS ambiguous
FROM common b
CROSS JOIN size s
LEFT JOIN ambiguous a USING (size_ns, first_node, second_node)
WHERE b.n > 0
ORDER BY s.size_ns, first_node, second_node;
