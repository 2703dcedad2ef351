-- Hindsight as a clock among the others: intervals without an estimate of their own.
INSERT INTO sent
  SELECT event_id, 'hindsight', NULL, h.earliest_ns, h.latest_ns, send_time_ns, true_time_ns
  FROM event JOIN hindsight_interval h USING (event_id)
  WHERE h.node IS NULL AND h.earliest_ns IS NOT NULL;

INSERT INTO received
  SELECT a.node, event_id, 'hindsight', NULL, h.earliest_ns, h.latest_ns, receive_time_ns, true_time_ns, sent_time_ns,
         ntp_timestamp_ns
  FROM arrival a JOIN hindsight_interval h USING (event_id)
  WHERE h.node = a.node AND h.earliest_ns IS NOT NULL;
