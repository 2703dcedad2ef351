-- Which rows count.

-- Each event once: the first row of its id in coordinator.csv.
CREATE TABLE event AS
  SELECT * FROM coordinator_row
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY file, line) = 1;

CREATE TABLE repeated_event AS
  SELECT file, line, event_id FROM coordinator_row
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY file, line) > 1;

-- The nodes that the rows of each worker's file name, the commonest one first.
CREATE TABLE named_node AS
  SELECT file, coalesce(r.node_id, f.node) AS node, count(*) AS n,
         row_number() OVER (PARTITION BY file ORDER BY count(*) DESC, coalesce(r.node_id, f.node) = f.node DESC, coalesce(r.node_id, f.node)) AS place
  FROM worker_row r
  JOIN input_file f USING (file)
  GROUP BY file, f.node, coalesce(r.node_id, f.node);

-- Every worker row and its fate. Foreign: of an event that the coordinator did not send, or sent more than 100 ms
-- from the time that the row says; or it names a node (named) that less than a tenth as many rows of the file name as its
-- commonest one, which is damage and no worker. Duplicate: another row of the same event at the same node was earlier.
CREATE TABLE judged_row AS
  WITH owner AS (
    SELECT named.file, named.node AS named_node, common.node AS common_node, 10 * named.n < common.n AS is_misnamed
    FROM named_node named
    JOIN named_node common ON common.file = named.file AND common.place = 1),
  matched AS (
    SELECT r.*, e.send_time_ns AS sent_time_ns,
           CASE WHEN is_misnamed THEN common_node ELSE named_node END AS node,
           CASE WHEN is_misnamed THEN named_node END AS named,
           is_misnamed OR coalesce(abs(r.coordinator_send_time_ns - e.send_time_ns) > 100000000, true) AS is_foreign
    FROM worker_row r
    JOIN input_file f USING (file)
    JOIN owner o ON o.file = r.file AND o.named_node = coalesce(r.node_id, f.node)
    LEFT JOIN event e USING (event_id)),
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY node, event_id, is_foreign ORDER BY receive_time_ns, file, line) AS rank
    FROM matched)
  SELECT * EXCLUDE (rank, is_foreign),
         CASE WHEN is_foreign THEN 'foreign' WHEN rank > 1 THEN 'duplicate' ELSE 'used' END AS fate
  FROM ranked;

CREATE VIEW arrival AS SELECT * FROM judged_row WHERE fate = 'used';

-- A node whose file holds no row that could be read, or none that counts, is still a node: it lost everything. Foreign rows
-- make no other node.
CREATE TABLE worker_node AS
  SELECT node FROM named_node WHERE place = 1
  UNION
  SELECT node FROM judged_row WHERE fate <> 'foreign'
  UNION
  SELECT f.node FROM input_file f
  WHERE f.kind = 'worker_row' AND NOT EXISTS (FROM judged_row r WHERE r.file = f.file);

-- Rows that count for another node than their file's name says, but for a file that holds all rows of one node and was
-- only given another name.
CREATE TABLE misplaced_row AS
  SELECT file, node, n
  FROM (
    SELECT r.file, r.node, f.node AS own_node, count(*) AS n, count(*) OVER (PARTITION BY r.file) AS nodes
    FROM judged_row r JOIN input_file f USING (file)
    WHERE r.fate <> 'foreign'
    GROUP BY r.file, r.node, f.node) counted
  WHERE node <> own_node
    AND (nodes > 1 OR EXISTS (FROM input_file other WHERE other.kind = 'worker_row' AND other.node = counted.node));

DROP TABLE named_node;

-- Each row is kept once; a long run would not fit in memory twice.
DROP TABLE coordinator_row;
DROP TABLE worker_row;
