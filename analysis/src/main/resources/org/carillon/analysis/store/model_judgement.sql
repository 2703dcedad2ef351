-- Each claim against what the exchanges show that began after it was made: the newest claim of a model before an exchange,
-- if it is at most 16 s older than the end of the exchange. Within that time the clock drifted by no more than 50 ppm, so
-- at the moment of the claim the offset was within error + drift of what was measured. Compatible: the two meet. Contained:
-- all that the exchange leaves lies within the claim.
-- Claims about a node without such an exchange are not read. Of the others only those are put in order that can be the newest
-- one: the last of each second, and in the second in which an exchange began the last before that.
WITH about AS NOT MATERIALIZED (
  SELECT model, node, time_ns, best_ns, least_ns, most_ns FROM claim WHERE node IN (SELECT node FROM shown)
  UNION ALL
  SELECT c.model, n.node, c.time_ns, c.best_ns, c.least_ns, c.most_ns
  FROM (FROM claim WHERE node IS NULL) c
  CROSS JOIN (SELECT DISTINCT node FROM shown) n),
last_of_second AS (
  SELECT model, node, max(time_ns) AS time_ns, arg_max(best_ns, time_ns) AS best_ns, arg_max(least_ns, time_ns) AS least_ns,
         arg_max(most_ns, time_ns) AS most_ns
  FROM about
  GROUP BY model, node, time_ns // 1000000000),
last_before AS (
  SELECT model, a.node, max(time_ns) AS time_ns, arg_max(best_ns, time_ns) AS best_ns, arg_max(least_ns, time_ns) AS least_ns,
         arg_max(most_ns, time_ns) AS most_ns
  FROM about a
  JOIN (SELECT DISTINCT node, begin_ns FROM shown) s
    ON s.node = a.node AND s.begin_ns // 1000000000 = a.time_ns // 1000000000 AND s.begin_ns > a.time_ns
  GROUP BY model, a.node, begin_ns),
newest AS (
  FROM last_of_second
  UNION
  FROM last_before),
model AS (
  SELECT unnest(['ntp', 'chronotick', 'bounded']) AS model
  UNION
  SELECT node FROM input_file WHERE kind = 'model_row'),
asked AS (
  SELECT m.model, s.* FROM shown s CROSS JOIN model m),
matched AS (
  SELECT a.model, a.node, a.offset_ns, a.error_ns + (a.end_ns - c.time_ns) // 19999 + 1 AS error_ns, c.best_ns, c.least_ns, c.most_ns
  FROM asked a
  ASOF JOIN newest c ON a.model = c.model AND a.node = c.node AND a.begin_ns > c.time_ns
  WHERE a.end_ns - c.time_ns <= 16000000000),
judged AS (
  SELECT model, node, best_ns - offset_ns AS error_ns,
         least_ns <= offset_ns + error_ns AND most_ns >= offset_ns - error_ns AS compatible,
         least_ns <= offset_ns - error_ns AND most_ns >= offset_ns + error_ns AS contained
  FROM matched),
tallied AS (
  SELECT model, node, count(*) AS n,
         count(*) FILTER (WHERE compatible) AS compatible,
         count(*) FILTER (WHERE contained) AS contained,
         quantile_disc(abs(error_ns), 0.5)::BIGINT AS median_ns,
         round(sqrt(avg(error_ns::DOUBLE * error_ns::DOUBLE)))::BIGINT AS rms_ns
  FROM judged
  GROUP BY model, node),
-- A model that was asked for stands here also where nothing could judge it.
named AS (
  SELECT DISTINCT model, coalesce(c.node, n.node) AS node
  FROM claim c
  LEFT JOIN (
    SELECT DISTINCT node FROM shown
    UNION
    SELECT node FROM run_node WHERE NOT EXISTS (FROM shown)) n ON c.node IS NULL
  WHERE model NOT IN ('ntp', 'chronotick', 'bounded'))
SELECT model, node, coalesce(n, 0) AS n, coalesce(compatible, 0) AS compatible, coalesce(contained, 0) AS contained,
       median_ns, rms_ns
FROM tallied
FULL JOIN named USING (model, node)
ORDER BY model, node;
