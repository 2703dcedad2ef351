-- What needs the rows of two sides, where these are in tables of their own.

-- What became of the events at each worker. Out of order: an event id below one seen before, in the order of the file;
-- a duplicate is seen, but is not counted a second time.
CREATE VIEW node_account AS
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
LEFT JOIN out_of_order USING (node);

-- From the coordinator to each worker: what one clock said of an event on both sides.
CREATE VIEW crossing AS
SELECT node, event_id, clock, s.best_ns AS sent_best_ns, s.earliest_ns AS sent_earliest_ns, s.latest_ns AS sent_latest_ns,
       r.best_ns AS received_best_ns, r.earliest_ns AS received_earliest_ns, r.latest_ns AS received_latest_ns,
       s.system_ns AS sent_system_ns
FROM received r
JOIN sent s USING (event_id, clock);
