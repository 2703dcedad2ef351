-- What each clock said about each event, in one form: a best estimate and, for interval clocks, the bounds.
-- A bound without its partner, or an interval that ends before it begins, is no interval. With each arrival stands when
-- the coordinator sent the event, by its system clock, and what the worker's NTP time was.

CREATE TABLE sent AS
  SELECT event_id, 'system' AS clock, send_time_ns AS best_ns,
         NULL::BIGINT AS earliest_ns, NULL::BIGINT AS latest_ns, send_time_ns AS system_ns, true_time_ns
  FROM event
  UNION ALL
  SELECT event_id, 'ntp', ntp_timestamp_ns, NULL, NULL, send_time_ns, true_time_ns
  FROM event WHERE ntp_timestamp_ns IS NOT NULL
  UNION ALL
  SELECT event_id, 'chronotick', ct_timestamp_ns,
         CASE WHEN ct_lower_bound_ns <= ct_upper_bound_ns THEN ct_lower_bound_ns END,
         CASE WHEN ct_lower_bound_ns <= ct_upper_bound_ns THEN ct_upper_bound_ns END, send_time_ns, true_time_ns
  FROM event WHERE ct_timestamp_ns IS NOT NULL OR ct_lower_bound_ns <= ct_upper_bound_ns
  UNION ALL
  SELECT event_id, 'bounded', bc_timestamp_ns,
         CASE WHEN bc_earliest_ns <= bc_latest_ns THEN bc_earliest_ns END,
         CASE WHEN bc_earliest_ns <= bc_latest_ns THEN bc_latest_ns END, send_time_ns, true_time_ns
  FROM event WHERE bc_timestamp_ns IS NOT NULL OR bc_earliest_ns <= bc_latest_ns;

CREATE TABLE received AS
  SELECT node, event_id, 'system' AS clock, receive_time_ns AS best_ns,
         NULL::BIGINT AS earliest_ns, NULL::BIGINT AS latest_ns, receive_time_ns AS system_ns, true_time_ns, sent_time_ns,
         ntp_timestamp_ns AS ntp_ns
  FROM arrival
  UNION ALL
  SELECT node, event_id, 'ntp', ntp_timestamp_ns, NULL, NULL, receive_time_ns, true_time_ns, sent_time_ns, ntp_timestamp_ns
  FROM arrival WHERE ntp_timestamp_ns IS NOT NULL
  UNION ALL
  SELECT node, event_id, 'chronotick', ct_timestamp_ns,
         CASE WHEN ct_lower_bound_ns <= ct_upper_bound_ns THEN ct_lower_bound_ns END,
         CASE WHEN ct_lower_bound_ns <= ct_upper_bound_ns THEN ct_upper_bound_ns END, receive_time_ns, true_time_ns, sent_time_ns, ntp_timestamp_ns
  FROM arrival WHERE ct_timestamp_ns IS NOT NULL OR ct_lower_bound_ns <= ct_upper_bound_ns
  UNION ALL
  SELECT node, event_id, 'bounded', bc_timestamp_ns,
         CASE WHEN bc_earliest_ns <= bc_latest_ns THEN bc_earliest_ns END,
         CASE WHEN bc_earliest_ns <= bc_latest_ns THEN bc_latest_ns END, receive_time_ns, true_time_ns, sent_time_ns, ntp_timestamp_ns
  FROM arrival WHERE bc_timestamp_ns IS NOT NULL OR bc_earliest_ns <= bc_latest_ns;
