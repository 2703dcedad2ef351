-- The coordinator's side: how long it sent, to whom it failed, and how late it was by its own schedule.
WITH late AS (
  SELECT list_sort(list(send_time_ns - scheduled_time_ns)) AS sorted_ns
  FROM event WHERE scheduled_time_ns IS NOT NULL)
SELECT count(*) AS n,
       max(send_time_ns) - min(send_time_ns) AS span_ns,
       count(*) FILTER (WHERE workers_failed IS NOT NULL) AS with_failures,
       (SELECT nearest_rank(sorted_ns, 500) FROM late) AS late_p50_ns,
       (SELECT nearest_rank(sorted_ns, 990) FROM late) AS late_p99_ns,
       (SELECT sorted_ns[-1] FROM late) AS late_max_ns
FROM event;
