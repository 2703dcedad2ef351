-- Hindsight as a clock among the others, beside what merged.parquet tells: intervals without an estimate of their own.
CREATE OR REPLACE VIEW sent AS
  FROM told_sent
  UNION ALL
  SELECT event_id, 'hindsight', NULL, h.earliest_ns, h.latest_ns, send_time_ns, true_time_ns
  FROM event JOIN hindsight_interval h USING (event_id)
  WHERE h.node IS NULL AND h.earliest_ns IS NOT NULL;

CREATE OR REPLACE VIEW received AS
  FROM told_received
  UNION ALL
  SELECT a.node, event_id, 'hindsight', NULL, h.earliest_ns, h.latest_ns, receive_time_ns, true_time_ns, sent_time_ns,
         ntp_timestamp_ns
  FROM arrival a JOIN hindsight_interval h USING (event_id)
  WHERE h.node = a.node AND h.earliest_ns IS NOT NULL;

CREATE OR REPLACE VIEW crossing AS
  FROM told_crossing
  UNION ALL
  SELECT r.node, event_id, 'hindsight', NULL, s.earliest_ns, s.latest_ns, NULL, r.earliest_ns, r.latest_ns, NULL
  FROM hindsight_interval r JOIN hindsight_interval s USING (event_id)
  WHERE r.node IS NOT NULL AND r.earliest_ns IS NOT NULL AND s.node IS NULL AND s.earliest_ns IS NOT NULL;

CREATE OR REPLACE VIEW meeting AS
  FROM told_meeting
  UNION ALL
  SELECT a.node, b.node, event_id, 'hindsight', NULL, a.earliest_ns, a.latest_ns, NULL, b.earliest_ns, b.latest_ns,
         a.system_ns, a.true_time_ns, b.system_ns, b.true_time_ns
  FROM (FROM received WHERE clock = 'hindsight') a
  JOIN (FROM received WHERE clock = 'hindsight') b USING (event_id)
  WHERE a.node < b.node;

-- Of the arrivals, what stands behind the view stamped.
CREATE OR REPLACE VIEW told_hindsight AS
  SELECT event_id, 'hindsight' AS clock, node, NULL::BIGINT AS best_ns, earliest_ns, latest_ns
  FROM hindsight_interval
  WHERE node IS NOT NULL AND earliest_ns IS NOT NULL;
