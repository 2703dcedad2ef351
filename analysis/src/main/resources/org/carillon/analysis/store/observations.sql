-- Every value that has a distribution. Latency: receive less send of an event, on the same clock's best estimate
-- at both ends, and of interval clocks the least and the most that it can be. Width: the interval of the arrival, which is
-- the commit wait at the event; and after each delay. The files hold half widths: of our bounded clock as such, of
-- ChronoTick a third of it. Of the coordinator: the width of the interval of the send, how late it sent (by the monotonic
-- clock where that is on record, else by the schedule), and how long until the kernel handed the first datagram on.
CREATE OR REPLACE VIEW observation AS
  SELECT measure, clock, node, 0::BIGINT AS delay_ns, value_ns
  FROM (
    SELECT 'latency' AS measure, clock, node, received_best_ns - sent_best_ns AS value_ns FROM crossing
    UNION ALL
    SELECT 'latency_earliest', clock, node, received_earliest_ns - sent_latest_ns FROM crossing
    UNION ALL
    SELECT 'latency_latest', clock, node, received_latest_ns - sent_earliest_ns FROM crossing)
  WHERE value_ns IS NOT NULL
  UNION ALL
  SELECT 'width', clock, node, 0, latest_ns - earliest_ns
  FROM received WHERE earliest_ns IS NOT NULL
  UNION ALL
  SELECT 'width_after', 'bounded', node, delay_ns, 2 * bc_uncertainty_ns
  FROM judged_wait WHERE fate = 'used' AND bc_uncertainty_ns IS NOT NULL
  UNION ALL
  SELECT 'width_after', 'chronotick', node, delay_ns, 6 * ct_uncertainty_ns
  FROM judged_wait WHERE fate = 'used' AND ct_uncertainty_ns IS NOT NULL
  UNION ALL
  SELECT 'sent_width', clock, '', 0, latest_ns - earliest_ns
  FROM sent WHERE earliest_ns IS NOT NULL
  UNION ALL
  SELECT 'lateness', 'system', '', 0, lateness_ns
  FROM event WHERE lateness_ns IS NOT NULL
  UNION ALL
  SELECT 'lateness', 'system', '', 0, send_time_ns - scheduled_time_ns
  FROM event WHERE scheduled_time_ns IS NOT NULL AND NOT EXISTS (FROM event WHERE lateness_ns IS NOT NULL)
  UNION ALL
  SELECT 'transmit', 'system', '', 0, transmit_time_ns - send_time_ns
  FROM event WHERE transmit_time_ns IS NOT NULL;
