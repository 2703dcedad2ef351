-- How many events are ambiguous for windows of the sizes 1, 2, 5, 10, ... ns between two sizes, by one clock.
WITH tried AS (
  SELECT digit * (10 ** power)::BIGINT AS size_ns
  FROM (VALUES (1), (2), (5)) d(digit) CROSS JOIN range(0, 13) p(power)),
paired AS (
  SELECT first_node, second_node, first_earliest_ns AS a_earliest_ns, first_latest_ns AS a_latest_ns,
         second_earliest_ns AS b_earliest_ns, second_latest_ns AS b_latest_ns
  FROM meeting
  WHERE clock = ? AND first_earliest_ns IS NOT NULL AND second_earliest_ns IS NOT NULL)
SELECT size_ns, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE window_of(a_earliest_ns, size_ns) <> window_of(a_latest_ns, size_ns)
                           OR window_of(b_earliest_ns, size_ns) <> window_of(b_latest_ns, size_ns)) AS ambiguous
FROM paired
CROSS JOIN (FROM tried WHERE size_ns BETWEEN ? AND ?)
GROUP BY size_ns, first_node, second_node
ORDER BY size_ns, first_node, second_node;
