-- Beside the events and arrivals of merged.parquet: what does not count, and what became of everything.
DROP TABLE coordinator_row;
DROP TABLE worker_row;

-- Workers' rows that do not count; filled from the merge.
CREATE TABLE set_aside_row (
  file INTEGER NOT NULL, line BIGINT NOT NULL, event_id BIGINT NOT NULL, sequence_number BIGINT,
  receive_time_ns BIGINT NOT NULL, coordinator_send_time_ns BIGINT NOT NULL, node VARCHAR NOT NULL, fate VARCHAR NOT NULL,
  named VARCHAR);

CREATE VIEW judged_row AS
  FROM arrival
  UNION ALL BY NAME
  FROM set_aside_row;

-- In a run that can be merged no event is there twice.
CREATE TABLE repeated_event (file INTEGER NOT NULL, line BIGINT NOT NULL, event_id BIGINT NOT NULL);

CREATE TABLE worker_node AS
  SELECT DISTINCT node FROM input_file WHERE kind = 'worker_row';

-- Rows that count for another node than their file's name says: in a run that can be merged there are none.
CREATE TABLE misplaced_row (file INTEGER NOT NULL, node VARCHAR NOT NULL, n BIGINT NOT NULL);

-- What became of the events at each worker; filled from the merge.
CREATE TABLE node_account (
  node VARCHAR NOT NULL, received BIGINT NOT NULL, lost BIGINT NOT NULL, duplicates BIGINT NOT NULL,
  out_of_order BIGINT NOT NULL, foreign_rows BIGINT NOT NULL);

CREATE VIEW sent AS FROM told_sent;
CREATE VIEW received AS FROM told_received;
CREATE VIEW crossing AS FROM told_crossing;
CREATE VIEW meeting AS FROM told_meeting;
