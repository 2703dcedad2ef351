-- Rows of commit_wait_NODE.csv, each event and delay once, of events whose arrival counts.
CREATE TABLE judged_wait AS
  WITH matched AS (
    SELECT w.*, f.node,
           NOT EXISTS (FROM arrival a WHERE a.node = f.node AND a.event_id = w.event_id) AS is_foreign
    FROM commit_wait_row w
    JOIN input_file f USING (file)),
  ranked AS (
    SELECT *, row_number() OVER (PARTITION BY node, event_id, delay_ns, is_foreign ORDER BY file, line) AS rank
    FROM matched)
  SELECT * EXCLUDE (rank, is_foreign),
         CASE WHEN is_foreign THEN 'foreign' WHEN rank > 1 THEN 'duplicate' ELSE 'used' END AS fate
  FROM ranked;

DROP TABLE commit_wait_row;
