-- Events without an arrival at a worker, in runs of ids one after the other, with the time from the first to the last of a run.
-- What was sent after the last arrival is told apart: a worker may have ended.
WITH last_arrival AS (
  SELECT w.node, coalesce(max(a.event_id), -1) AS event_id
  FROM worker_node w LEFT JOIN arrival a USING (node) GROUP BY w.node),
lost AS (
  SELECT m.node, m.event_id, m.send_time_ns, m.event_id > l.event_id AS after_the_last
  FROM merged m
  JOIN last_arrival l USING (node)
  WHERE m.receive_time_ns IS NULL),
numbered AS (
  SELECT *, event_id::HUGEINT - row_number() OVER (PARTITION BY node, after_the_last ORDER BY event_id) AS run FROM lost),
runs AS (
  SELECT node, after_the_last, run, count(*) AS events, max(send_time_ns) - min(send_time_ns) AS span_ns
  FROM numbered GROUP BY node, after_the_last, run)
SELECT node,
       coalesce(sum(events) FILTER (WHERE after_the_last), 0)::BIGINT AS after_the_last,
       count(*) FILTER (WHERE NOT after_the_last) AS runs,
       coalesce(sum(events) FILTER (WHERE NOT after_the_last), 0)::BIGINT AS lost_before,
       count(*) FILTER (WHERE NOT after_the_last AND events = 1) AS of_one,
       count(*) FILTER (WHERE NOT after_the_last AND events BETWEEN 2 AND 9) AS of_few,
       count(*) FILTER (WHERE NOT after_the_last AND events BETWEEN 10 AND 99) AS of_tens,
       count(*) FILTER (WHERE NOT after_the_last AND events >= 100) AS of_hundreds,
       coalesce(max(events) FILTER (WHERE NOT after_the_last), 0) AS longest,
       coalesce(max(span_ns) FILTER (WHERE NOT after_the_last), 0) AS longest_ns
FROM runs
GROUP BY node
ORDER BY node;
