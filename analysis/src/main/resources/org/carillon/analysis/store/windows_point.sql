-- Point clocks: two workers agree on an event if both put it into the same window.
-- All pairs of workers in one reading: an event that all of them put into one window is the same for every pair.
WITH placed AS NOT MATERIALIZED (
  SELECT size_ns, clock, points, points_everywhere AND window_of(least_ns, size_ns) = window_of(most_ns, size_ns) AS together
  FROM stamped
  CROSS JOIN window_size
  WHERE clock IN ('system', 'ntp') AND least_ns IS NOT NULL),
counted AS (
  SELECT size_ns, clock, first_node, second_node, n AS pairs, n AS agree
  FROM (SELECT size_ns, clock, count(*) AS n FROM placed WHERE together GROUP BY size_ns, clock)
  CROSS JOIN worker_pair
  UNION ALL
  SELECT size_ns, clock, first_node, second_node,
         count(*) FILTER (WHERE windows[first_place] IS NOT NULL AND windows[second_place] IS NOT NULL),
         count(*) FILTER (WHERE windows[first_place] = windows[second_place])
  FROM (SELECT size_ns, clock, list_transform(points, lambda ns: window_of(ns, size_ns)) AS windows FROM placed WHERE NOT together)
  CROSS JOIN worker_pair
  GROUP BY size_ns, clock, first_node, second_node)
SELECT size_ns, clock, first_node, second_node, sum(pairs)::BIGINT AS pairs, sum(agree)::BIGINT AS agree
FROM counted
GROUP BY size_ns, clock, first_node, second_node
HAVING sum(pairs) > 0
ORDER BY size_ns, clock, first_node, second_node;
