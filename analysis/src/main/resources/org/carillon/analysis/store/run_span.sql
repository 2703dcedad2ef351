-- When the first event was sent, and how long it took until the last was, both ends counted.
SELECT min(send_time_ns) AS start_ns, max(send_time_ns) - min(send_time_ns) + 1 AS span_ns
FROM event;
