-- How late the coordinator was: by the monotonic clock where that is on record, else by the node's clock against the schedule;
-- and how long after the send time the kernel handed the first datagram on.
WITH measured AS (
  SELECT 'lateness_ns' AS what, lateness_ns AS value_ns FROM event WHERE lateness_ns IS NOT NULL
  UNION ALL
  SELECT 'scheduled_time_ns', send_time_ns - scheduled_time_ns
  FROM event
  WHERE scheduled_time_ns IS NOT NULL AND NOT EXISTS (FROM event WHERE lateness_ns IS NOT NULL)
  UNION ALL
  SELECT 'transmit_time_ns', transmit_time_ns - send_time_ns FROM event WHERE transmit_time_ns IS NOT NULL),
sorted AS (
  SELECT what, list_sort(list(value_ns)) AS sorted_ns, count(*) FILTER (WHERE value_ns > 1000000) AS above_millisecond
  FROM measured GROUP BY what)
SELECT what, len(sorted_ns) AS n,
       nearest_rank(sorted_ns, 500) AS p50_ns,
       nearest_rank(sorted_ns, 900) AS p90_ns,
       nearest_rank(sorted_ns, 990) AS p99_ns,
       nearest_rank(sorted_ns, 999) AS p999_ns,
       sorted_ns[-1] AS max_ns,
       above_millisecond
FROM sorted
ORDER BY what;
