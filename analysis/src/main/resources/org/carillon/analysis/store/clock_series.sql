-- What each clock read at the first event of each second, or of each 2,048th of the run if that is longer: at the coordinator
-- (node null) and at each worker that had the event.
WITH span AS (
  SELECT min(send_time_ns) AS from_ns, greatest(1000000000, (max(send_time_ns) - min(send_time_ns)) // 2048) AS slot_ns
  FROM event),
chosen AS (
  SELECT min(event_id) AS event_id FROM event CROSS JOIN span GROUP BY (send_time_ns - from_ns) // slot_ns),
reading AS (
  SELECT NULL AS node, clock, event_id, best_ns, earliest_ns, latest_ns, system_ns, true_time_ns
  FROM sent JOIN chosen USING (event_id)
  UNION ALL
  SELECT node, clock, event_id, best_ns, earliest_ns, latest_ns, system_ns, true_time_ns
  FROM received JOIN chosen USING (event_id))
SELECT node, clock, system_ns, best_ns - system_ns AS offset_ns, earliest_ns - system_ns AS earliest_ns,
       latest_ns - system_ns AS latest_ns, true_time_ns
FROM reading
ORDER BY node NULLS FIRST, clock, event_id;
