-- Reordered arrivals (RFC 4737 §4.2.1): how many arrivals lie between one and the first before it with a higher id, that one
-- included, which is the reordering extent. Duplicates are not counted among them. Order is that of the file.
WITH arrived AS (
  SELECT node, event_id, row_number() OVER (PARTITION BY node ORDER BY file, line) AS place,
         max(event_id) OVER (PARTITION BY node ORDER BY file, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS highest_before
  FROM arrival),
reordered AS (
  SELECT node, event_id, place FROM arrived WHERE event_id < highest_before),
-- Each new highest id: the lowest of them above an id is the first arrival above it.
record AS (
  SELECT node, event_id, place FROM arrived WHERE highest_before IS NULL OR event_id > highest_before),
extent AS (
  SELECT r.node, r.place - h.place AS places
  FROM reordered r
  ASOF JOIN record h ON r.node = h.node AND r.event_id < h.event_id),
sorted AS (
  SELECT node, list_sort(list(places)) AS sorted_places FROM extent GROUP BY node)
SELECT node, len(sorted_places) AS n,
       nearest_rank(sorted_places, 500) AS p50,
       nearest_rank(sorted_places, 990) AS p99,
       sorted_places[-1] AS most
FROM sorted
ORDER BY node;
