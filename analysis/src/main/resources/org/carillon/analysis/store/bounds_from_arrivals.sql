-- What arrivals prove of the coordinator's clock: at the send, true time was no later than the latest of the arrival. Of
-- each slot of the counter the tightest counts; what is left out could only have narrowed.
WITH bound AS (
  SELECT s.from_ns AS raw_ns,
         CASE WHEN o.event_id IS NULL THEN r.latest_ns ELSE o.latest_ns END - s.from_ns AS offset_ns
  FROM moment s
  JOIN moment r ON s.node IS NULL AND r.node IS NOT NULL AND r.event_id = s.event_id
  LEFT JOIN own_interval o ON o.node = r.node AND o.event_id = r.event_id),
slotted AS (
  SELECT *, (raw_ns - min(raw_ns) OVER ())
            // greatest(1000000000, (max(raw_ns) OVER () - min(raw_ns) OVER ()) // 4096) AS slot
  FROM bound WHERE offset_ns IS NOT NULL)
SELECT arg_min(raw_ns, offset_ns) AS raw_ns, min(offset_ns) AS offset_ns
FROM slotted
GROUP BY slot
ORDER BY raw_ns;
