-- How many events were sent after the last one that each worker recorded; all of them, if it recorded none.
WITH last_arrival AS (
  SELECT node, max(event_id) AS event_id FROM arrival GROUP BY node)
SELECT node, (SELECT count(*) FROM event e WHERE e.event_id > coalesce(a.event_id, -1)) AS n
FROM worker_node
LEFT JOIN last_arrival a USING (node)
ORDER BY node;
