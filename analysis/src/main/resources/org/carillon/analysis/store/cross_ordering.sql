-- The order of two different events, one at one worker and one at another, that were sent shortly after each other: an
-- event and each of the four whose ids stand before it and the four after it, if they were sent within a second. Provable
-- where the intervals do not overlap; contradicted where a point clock puts a provable order the other way round. Of long
-- runs only events whose id is a multiple of n begin such a pair, at the first of two workers by name. Parameter: n.
WITH every AS (SELECT ?::BIGINT AS n),
reading AS NOT MATERIALIZED (
  SELECT clock, node, event_id, earliest_ns, latest_ns, system_ns, ntp_ns, sent_time_ns
  FROM received
  WHERE earliest_ns IS NOT NULL AND event_id BETWEEN -4611686018427387904 AND 4611686018427387904),
beginning AS (
  SELECT reading.* FROM reading CROSS JOIN every WHERE event_id % n = 0 AND node < (SELECT max(node) FROM worker_node)),
-- With each multiple of n that an id may be near. These are looked up among the beginnings, which are few.
other AS (
  SELECT reading.*, event_id - (event_id % n + n) % n + n * unnest(range(-(4 // n), 4 // n + 2)) AS beginning_id
  FROM reading CROSS JOIN every
  WHERE is_near_multiple(event_id, n) AND node > (SELECT min(node) FROM worker_node)),
near AS (
  SELECT a.clock, a.node AS first_node, b.node AS second_node, abs(b.sent_time_ns - a.sent_time_ns) AS gap_ns,
         CASE WHEN a.latest_ns < b.earliest_ns THEN 1 WHEN b.latest_ns < a.earliest_ns THEN -1 ELSE 0 END AS proven,
         sign(b.system_ns - a.system_ns) AS by_system, sign(b.ntp_ns - a.ntp_ns) AS by_ntp
  FROM other b
  JOIN beginning a ON a.clock = b.clock AND a.event_id = b.beginning_id
  WHERE a.node < b.node AND abs(b.event_id - b.beginning_id) BETWEEN 1 AND 4)
SELECT clock, first_node, second_node,
       CASE WHEN gap_ns <= 10000 THEN 10000 WHEN gap_ns <= 100000 THEN 100000 WHEN gap_ns <= 1000000 THEN 1000000
            WHEN gap_ns <= 10000000 THEN 10000000 WHEN gap_ns <= 100000000 THEN 100000000 ELSE 1000000000 END AS within_ns,
       count(*) AS pairs,
       count(*) FILTER (WHERE proven > 0) AS first_before,
       count(*) FILTER (WHERE proven < 0) AS second_before,
       count(*) FILTER (WHERE proven = 0) AS ambiguous,
       count(*) FILTER (WHERE proven * by_system < 0) AS system_contradicts,
       count(*) FILTER (WHERE proven <> 0 AND by_ntp IS NOT NULL) AS ntp_judged,
       count(*) FILTER (WHERE proven * by_ntp < 0) AS ntp_contradicts
FROM near
WHERE gap_ns <= 1000000000
GROUP BY clock, first_node, second_node, within_ns
ORDER BY clock, first_node, second_node, within_ns;
