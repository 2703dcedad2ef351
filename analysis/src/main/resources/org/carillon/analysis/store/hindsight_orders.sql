-- Of the orders that hindsight has intervals for at both ends, how many were provable online, and how many are now:
-- of arrivals of the same event at two workers, and of sending before receiving.
WITH wide AS (
  SELECT r.node, event_id, r.earliest_ns, r.latest_ns, b.earliest_ns AS then_earliest_ns, b.latest_ns AS then_latest_ns
  FROM received r
  LEFT JOIN (FROM received WHERE clock = 'bounded') b USING (node, event_id)
  WHERE r.clock = 'hindsight'),
sending AS (
  SELECT event_id, s.latest_ns, b.latest_ns AS then_latest_ns
  FROM sent s
  LEFT JOIN (FROM sent WHERE clock = 'bounded') b USING (event_id)
  WHERE s.clock = 'hindsight')
SELECT 'arrivals' AS what, count(*) AS n,
       count(*) FILTER (WHERE a.then_latest_ns < b.then_earliest_ns OR b.then_latest_ns < a.then_earliest_ns) AS online,
       count(*) FILTER (WHERE a.latest_ns < b.earliest_ns OR b.latest_ns < a.earliest_ns) AS hindsight
FROM wide a
JOIN wide b USING (event_id)
WHERE a.node < b.node
UNION ALL
SELECT 'sends', count(*),
       count(*) FILTER (WHERE s.then_latest_ns < r.then_earliest_ns),
       count(*) FILTER (WHERE s.latest_ns < r.earliest_ns)
FROM sending s
JOIN wide r USING (event_id)
ORDER BY what;
