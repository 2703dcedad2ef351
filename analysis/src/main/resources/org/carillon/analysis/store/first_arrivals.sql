-- How far apart the workers had the first event that all of them had, by each interval clock: by best estimates, and at least
-- and at most by the bounds. Only where every worker has an interval for it, among the first thousand ids.
WITH early AS NOT MATERIALIZED (
  FROM received
  WHERE earliest_ns IS NOT NULL AND event_id < (SELECT least(min(event_id), 9000000000000000000) + 1000 FROM event)),
everywhere AS (
  SELECT clock, event_id FROM early GROUP BY clock, event_id
  HAVING count(*) = (SELECT count(*) FROM worker_node)),
first AS (
  SELECT clock, min(event_id) AS event_id FROM everywhere GROUP BY clock)
SELECT clock, event_id, count(*) AS workers,
       CASE WHEN count(best_ns) = count(*) THEN max(best_ns) - min(best_ns) END AS best_ns,
       greatest(0, max(earliest_ns) - min(latest_ns)) AS at_least_ns,
       max(latest_ns) - min(earliest_ns) AS at_most_ns,
       CASE WHEN count(true_time_ns) = count(*) THEN max(true_time_ns) - min(true_time_ns) END AS true_ns
FROM early
JOIN first USING (clock, event_id)
WHERE (SELECT count(*) FROM worker_node) > 1
GROUP BY clock, event_id
ORDER BY clock;
