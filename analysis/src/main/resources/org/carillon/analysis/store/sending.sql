-- The coordinator's side: how long it sent, and to whom it failed.
SELECT count(*) AS n,
       max(send_time_ns) - min(send_time_ns) AS span_ns,
       count(*) FILTER (WHERE workers_failed IS NOT NULL) AS with_failures
FROM event;
