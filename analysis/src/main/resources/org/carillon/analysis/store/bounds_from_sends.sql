-- What sends prove of a worker's clock: at the arrival, true time was no earlier than the earliest of the send. Of each
-- slot of the counter the tightest counts; what is left out could only have narrowed.
WITH bound AS (
  SELECT r.to_ns AS raw_ns,
         CASE WHEN h.event_id IS NULL THEN s.earliest_ns ELSE h.earliest_ns END - r.to_ns AS offset_ns
  FROM moment r
  JOIN moment s ON s.node IS NULL AND s.event_id = r.event_id
  LEFT JOIN hindsight_interval h ON h.node IS NULL AND h.event_id = s.event_id
  WHERE r.node = ?),
slotted AS (
  SELECT *, (raw_ns - min(raw_ns) OVER ())
            // greatest(1000000000, (max(raw_ns) OVER () - min(raw_ns) OVER ()) // 4096) AS slot
  FROM bound WHERE offset_ns IS NOT NULL)
SELECT arg_max(raw_ns, offset_ns) AS raw_ns, max(offset_ns) AS offset_ns
FROM slotted
GROUP BY slot
ORDER BY raw_ns;
