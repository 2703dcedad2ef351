-- Which rows count.

-- Each event once: the first row of its id in coordinator.csv.
CREATE TABLE event AS
  SELECT * FROM coordinator_row
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY file, line) = 1;

CREATE TABLE repeated_event AS
  SELECT file, line, event_id FROM coordinator_row
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY file, line) > 1;

-- Every worker row and its fate. Foreign: of an event that the coordinator did not send, or sent more than 100 ms
-- from the time that the row says. Duplicate: another row of the same event at the same node was earlier.
CREATE TABLE judged_row AS
  WITH matched AS (
    SELECT r.*, e.send_time_ns AS sent_time_ns,
           coalesce(r.node_id, f.node) AS node,
           coalesce(abs(r.coordinator_send_time_ns - e.send_time_ns) > 100000000, true) AS is_foreign
    FROM worker_row r
    JOIN input_file f USING (file)
    LEFT JOIN event e USING (event_id)),
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY node, event_id, is_foreign ORDER BY receive_time_ns, file, line) AS rank
    FROM matched)
  SELECT * EXCLUDE (rank, is_foreign),
         CASE WHEN is_foreign THEN 'foreign' WHEN rank > 1 THEN 'duplicate' ELSE 'used' END AS fate
  FROM ranked;

CREATE VIEW arrival AS SELECT * FROM judged_row WHERE fate = 'used';

-- A node whose file holds no row that could be read is still a node: it lost everything.
CREATE TABLE worker_node AS
  SELECT DISTINCT node FROM judged_row
  UNION
  SELECT f.node FROM input_file f
  WHERE f.kind = 'worker_row' AND NOT EXISTS (FROM judged_row r WHERE r.file = f.file);

-- Each row is kept once; a long run would not fit in memory twice.
DROP TABLE coordinator_row;
DROP TABLE worker_row;
