-- Interval clocks: two workers are confident about an event if both intervals lie each in one window, and then agree
-- if it is the same window; else the window is ambiguous. Reach: how much time the two intervals cover together; a
-- window's edge lies in it with probability reach/size if events fall anywhere in a window.
WITH paired AS (
  SELECT clock, first_node, second_node, first_earliest_ns AS a_earliest_ns, first_latest_ns AS a_latest_ns,
         second_earliest_ns AS b_earliest_ns, second_latest_ns AS b_latest_ns
  FROM meeting
  WHERE first_earliest_ns IS NOT NULL AND second_earliest_ns IS NOT NULL),
placed AS (
  SELECT size_ns, clock, first_node, second_node,
         window_of(a_earliest_ns, size_ns) = window_of(a_latest_ns, size_ns)
           AND window_of(b_earliest_ns, size_ns) = window_of(b_latest_ns, size_ns) AS confident,
         window_of(a_earliest_ns, size_ns) = window_of(b_earliest_ns, size_ns) AS same,
         a_latest_ns - a_earliest_ns + b_latest_ns - b_earliest_ns
           - greatest(0, least(a_latest_ns, b_latest_ns) - greatest(a_earliest_ns, b_earliest_ns)) AS reach_ns
  FROM paired
  CROSS JOIN window_size)
SELECT size_ns, clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE confident) AS confident,
       count(*) FILTER (WHERE confident AND same) AS agree,
       count(*) FILTER (WHERE NOT confident) AS ambiguous,
       sum(reach_ns) AS reach_ns,
       sum(least(reach_ns, size_ns)) AS capped_reach_ns
FROM placed
GROUP BY size_ns, clock, first_node, second_node
ORDER BY size_ns, clock, first_node, second_node;
