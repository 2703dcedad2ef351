-- The NTP offsets of the rows, at the coordinator (node null) and at each worker, in the order of the file: rows one after the
-- other with the same offset and the same uncertainty are one as far as they fill a block of lines, so that what needs their
-- order need not sort every row.

CREATE OR REPLACE VIEW measured_offset AS
  SELECT NULL AS node, file, line, line // 1024 AS block, send_time_ns AS time_ns, ntp_offset_ns, ntp_uncertainty_ns
  FROM event WHERE ntp_offset_ns IS NOT NULL
  UNION ALL
  SELECT node, file, line, line // 1024, receive_time_ns, ntp_offset_ns, ntp_uncertainty_ns
  FROM arrival WHERE ntp_offset_ns IS NOT NULL;

-- Each block of lines. First: by line; least and greatest: of all its rows.
CREATE OR REPLACE TABLE offset_block AS
  SELECT node, file, block, min(line) AS line, count(*) AS n, count(ntp_uncertainty_ns) AS uncertainties,
         arg_min(time_ns, line) AS first_time_ns, min(time_ns) AS least_time_ns, max(time_ns) AS greatest_time_ns,
         min(ntp_offset_ns) AS ntp_offset_ns, min(ntp_uncertainty_ns) AS ntp_uncertainty_ns,
         min(ntp_offset_ns) = max(ntp_offset_ns)
           AND (count(ntp_uncertainty_ns) = 0
                OR count(ntp_uncertainty_ns) = count(*) AND min(ntp_uncertainty_ns) = max(ntp_uncertainty_ns)
                   AND min(ntp_uncertainty_ns) >= 0) AS is_even
  FROM measured_offset
  GROUP BY node, file, block;

-- Whole blocks where they are even, else each row.
CREATE OR REPLACE VIEW offset_run AS
  SELECT node, file, line, n, uncertainties, first_time_ns, least_time_ns, greatest_time_ns, ntp_offset_ns, ntp_uncertainty_ns
  FROM offset_block WHERE is_even
  UNION ALL
  SELECT m.node, m.file, m.line, 1, CASE WHEN m.ntp_uncertainty_ns IS NULL THEN 0 ELSE 1 END, time_ns, time_ns, time_ns,
         m.ntp_offset_ns, m.ntp_uncertainty_ns
  FROM measured_offset m
  JOIN offset_block b ON b.file = m.file AND b.block = m.block AND coalesce(b.node, '') = coalesce(m.node, '')
  WHERE NOT b.is_even;
