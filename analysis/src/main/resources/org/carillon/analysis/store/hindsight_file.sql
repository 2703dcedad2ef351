-- The intervals of a node's events, the coordinator's with node null; empty where nobody can tell.
SELECT e.event_id, h.earliest_ns AS hs_earliest_ns, h.latest_ns AS hs_latest_ns
FROM (SELECT NULL AS node, event_id FROM event
      UNION ALL
      SELECT node, event_id FROM arrival) e
LEFT JOIN hindsight_interval h ON h.event_id = e.event_id AND h.node IS NOT DISTINCT FROM e.node
WHERE e.node IS NOT DISTINCT FROM ?
ORDER BY e.event_id;
