-- Interval clocks: two workers are confident about an event if both intervals lie each in one window, and then agree
-- if it is the same window; else the window is ambiguous.
WITH placed AS (
  SELECT size_ns, clock, node, event_id,
         window_of(earliest_ns, size_ns) AS first_window,
         window_of(latest_ns, size_ns) AS last_window
  FROM received
  CROSS JOIN window_size
  WHERE earliest_ns IS NOT NULL),
paired AS (
  SELECT size_ns, clock, a.node AS first_node, b.node AS second_node,
         a.first_window = a.last_window AND b.first_window = b.last_window AS confident,
         a.first_window = b.first_window AS same
  FROM placed a
  JOIN placed b USING (size_ns, clock, event_id)
  WHERE a.node < b.node)
SELECT size_ns, clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE confident) AS confident,
       count(*) FILTER (WHERE confident AND same) AS agree,
       count(*) FILTER (WHERE NOT confident) AS ambiguous
FROM paired
GROUP BY size_ns, clock, first_node, second_node
ORDER BY size_ns, clock, first_node, second_node;
