-- What became of the events at each worker. Out of order: an event id below one seen before, in the order of the file;
-- a duplicate is seen, but is not counted a second time.
WITH ordered AS (
  SELECT node, event_id, fate,
         max(event_id) OVER (PARTITION BY node ORDER BY file, line
                             ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before
  FROM judged_row WHERE fate <> 'foreign'),
out_of_order AS (
  SELECT node, count(*) FILTER (WHERE fate = 'used' AND event_id < highest_before) AS out_of_order
  FROM ordered GROUP BY node),
fates AS (
  SELECT node,
         count(*) FILTER (WHERE fate = 'used') AS received,
         count(*) FILTER (WHERE fate = 'duplicate') AS duplicates,
         count(*) FILTER (WHERE fate = 'foreign') AS foreign_rows
  FROM judged_row GROUP BY node)
SELECT node,
       coalesce(received, 0) AS received,
       (SELECT count(*) FROM event) - coalesce(received, 0) AS lost,
       coalesce(duplicates, 0) AS duplicates,
       coalesce(out_of_order, 0) AS out_of_order,
       coalesce(foreign_rows, 0) AS foreign_rows
FROM worker_node
LEFT JOIN fates USING (node)
LEFT JOIN out_of_order USING (node)
ORDER BY node;
