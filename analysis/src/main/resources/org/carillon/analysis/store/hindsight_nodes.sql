-- What there is to work out hindsight from: at the coordinator (node null) and at each worker.
WITH nodes AS (
  SELECT NULL AS node
  UNION ALL
  SELECT node FROM worker_node)
SELECT n.node,
       (SELECT count(*) FROM moment m WHERE m.node IS NOT DISTINCT FROM n.node) AS moments,
       (SELECT count(*) FROM measured s WHERE s.node IS NOT DISTINCT FROM n.node) AS samples,
       (SELECT count(DISTINCT server) FROM measured s WHERE s.node IS NOT DISTINCT FROM n.node) AS servers
FROM nodes n
ORDER BY n.node NULLS FIRST;
