-- How wide intervals are in hindsight and were online, of the same events: at the coordinator (node null) and at each worker.
WITH end_of AS (
  SELECT NULL AS node, event_id, clock, earliest_ns, latest_ns FROM sent
  UNION ALL
  SELECT node, event_id, clock, earliest_ns, latest_ns FROM received),
both_known AS (
  SELECT h.node, h.latest_ns - h.earliest_ns AS hindsight_ns, b.latest_ns - b.earliest_ns AS online_ns
  FROM end_of h
  LEFT JOIN end_of b ON b.node IS NOT DISTINCT FROM h.node AND b.event_id = h.event_id AND b.clock = 'bounded'
                    AND b.earliest_ns IS NOT NULL
  WHERE h.clock = 'hindsight')
SELECT node, count(*) AS intervals,
       (quantile_disc(hindsight_ns, 0.5) FILTER (WHERE online_ns IS NOT NULL))::BIGINT AS hindsight_ns,
       quantile_disc(online_ns, 0.5)::BIGINT AS online_ns
FROM both_known
GROUP BY node
ORDER BY node NULLS FIRST;
