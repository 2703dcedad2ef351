-- Reordered arrivals (RFC 4737 §4.2.1): how many arrivals lie between one and the first before it with a higher id, that one
-- included, which is the reordering extent. Duplicates are not counted among them. Order is that of the file.
-- Lines one after the other whose ids are so too, and above all before them, are one run; only what is left is looked at by row.
WITH blocks AS (
  SELECT node, file, line // 64 AS block, min(line) AS line, min(event_id) AS lowest, max(event_id) AS highest, count(*) AS n,
         -- Ids so low are clamped, or the difference might overflow.
         min(greatest(event_id, -4611686018427387904) - line) = max(greatest(event_id, -4611686018427387904) - line) AS is_straight
  FROM arrival
  GROUP BY node, file, block),
judged AS (
  SELECT *, is_straight AND n = highest::HUGEINT - lowest + 1
              AND coalesce(lowest > max(highest) OVER (PARTITION BY node ORDER BY file, line
                                                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true) AS is_run
  FROM blocks),
runs AS (
  SELECT node, file, line, lowest, highest, n FROM judged WHERE is_run
  UNION ALL
  SELECT a.node, a.file, a.line, a.event_id, a.event_id, 1
  FROM arrival a
  JOIN judged j ON j.node = a.node AND j.file = a.file AND j.block = a.line // 64
  WHERE NOT j.is_run),
arrived AS (
  SELECT *, (sum(n) OVER in_file)::BIGINT - n AS place,
         max(highest) OVER (PARTITION BY node ORDER BY file, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before
  FROM runs
  WINDOW in_file AS (PARTITION BY node ORDER BY file, line ROWS UNBOUNDED PRECEDING)),
reordered AS (
  SELECT node, lowest AS event_id, place FROM arrived WHERE lowest < highest_before),
-- Where the highest id so far rises: the lowest of these above an id holds the first arrival above it.
record AS (
  SELECT node, lowest, highest, place FROM arrived WHERE highest_before IS NULL OR highest > highest_before),
extent AS (
  SELECT r.node, r.place - h.place - greatest(0, r.event_id + 1 - h.lowest) AS places
  FROM reordered r
  ASOF JOIN record h ON r.node = h.node AND r.event_id < h.highest),
sorted AS (
  SELECT node, list_sort(list(places)) AS sorted_places FROM extent GROUP BY node)
SELECT node, len(sorted_places) AS n,
       nearest_rank(sorted_places, 500) AS p50,
       nearest_rank(sorted_places, 990) AS p99,
       sorted_places[-1] AS most
FROM sorted
ORDER BY node;
