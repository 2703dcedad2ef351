-- Interval clocks: two workers are confident about an event if both intervals lie each in one window, and then agree
-- if it is the same window; else the window is ambiguous. Reach: how much time the two intervals cover together; a
-- window's edge lies in it with probability reach/size if events fall anywhere in a window.
-- All pairs of workers in one reading: an event whose intervals all lie in one window is the same for every pair.
WITH placed AS NOT MATERIALIZED (
  SELECT size_ns, clock, intervals, intervals_everywhere AND window_of(earliest_ns, size_ns) = window_of(latest_ns, size_ns) AS together
  FROM stamped
  CROSS JOIN window_size
  WHERE earliest_ns IS NOT NULL),
-- Of each worker the window, null where it is not sure of it.
sure AS (
  SELECT size_ns, clock,
         list_transform(intervals, lambda i:
           CASE WHEN window_of(i.earliest_ns, size_ns) = window_of(i.latest_ns, size_ns)
                THEN window_of(i.earliest_ns, size_ns) END) AS windows
  FROM placed WHERE NOT together),
reach AS (
  SELECT clock, first_node, second_node,
         a.latest_ns - a.earliest_ns + b.latest_ns - b.earliest_ns
           - greatest(0, least(a.latest_ns, b.latest_ns) - greatest(a.earliest_ns, b.earliest_ns)) AS reach_ns
  FROM (SELECT clock, first_node, second_node, intervals[first_place] AS a, intervals[second_place] AS b
        FROM stamped CROSS JOIN worker_pair)
  WHERE a IS NOT NULL AND b IS NOT NULL),
counted AS (
  SELECT size_ns, clock, first_node, second_node, 0 AS pairs, n AS confident, n AS agree, 0 AS reach_ns, 0 AS capped_reach_ns
  FROM (SELECT size_ns, clock, count(*) AS n FROM placed WHERE together GROUP BY size_ns, clock)
  CROSS JOIN worker_pair
  UNION ALL
  SELECT size_ns, clock, first_node, second_node, 0,
         count(*) FILTER (WHERE windows[first_place] IS NOT NULL AND windows[second_place] IS NOT NULL),
         count(*) FILTER (WHERE windows[first_place] = windows[second_place]), 0, 0
  FROM sure
  CROSS JOIN worker_pair
  GROUP BY size_ns, clock, first_node, second_node
  UNION ALL
  SELECT size_ns, clock, first_node, second_node, count(*), 0, 0, sum(reach_ns), sum(least(reach_ns, size_ns))
  FROM reach
  CROSS JOIN window_size
  GROUP BY size_ns, clock, first_node, second_node)
SELECT size_ns, clock, first_node, second_node, sum(pairs)::BIGINT AS pairs,
       sum(confident)::BIGINT AS confident,
       sum(agree)::BIGINT AS agree,
       (sum(pairs) - sum(confident))::BIGINT AS ambiguous,
       sum(reach_ns)::HUGEINT AS reach_ns,
       sum(capped_reach_ns)::HUGEINT AS capped_reach_ns
FROM counted
GROUP BY size_ns, clock, first_node, second_node
HAVING sum(pairs) > 0
ORDER BY size_ns, clock, first_node, second_node;
