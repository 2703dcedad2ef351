-- Intervals in hindsight. Two rounds: first by a node's own samples, then with what the events prove besides.
CREATE TABLE own_interval (node VARCHAR, event_id BIGINT NOT NULL, earliest_ns BIGINT, latest_ns BIGINT);
CREATE TABLE hindsight_interval (node VARCHAR, event_id BIGINT NOT NULL, earliest_ns BIGINT, latest_ns BIGINT);

-- Events on each node's counter, the coordinator's with node null: the first and the last moment that the event can have
-- been at, and the interval that was known online. A counter is within 36 years of its start, and times are after 1970;
-- what is not is damage, and would only make numbers overflow.
CREATE VIEW moment AS
  WITH counted AS (
    SELECT NULL AS node, event_id, raw_time_ns, raw_uncertainty_ns, bc_earliest_ns, bc_latest_ns FROM event
    UNION ALL
    SELECT node, event_id, raw_time_ns, raw_uncertainty_ns, bc_earliest_ns, bc_latest_ns FROM arrival)
  SELECT node, event_id, raw_time_ns - raw_uncertainty_ns AS from_ns, raw_time_ns AS to_ns,
         CASE WHEN 0 < bc_earliest_ns AND bc_earliest_ns < bc_latest_ns THEN bc_earliest_ns END AS earliest_ns,
         CASE WHEN 0 < bc_earliest_ns AND bc_earliest_ns < bc_latest_ns THEN bc_latest_ns END AS latest_ns
  FROM counted
  WHERE abs(raw_time_ns) < 1152921504606846976 AND raw_uncertainty_ns BETWEEN 0 AND 1000000000000;

-- Accepted exchanges on the node's counter. The coordinator's stand in samples_coordinator.csv, unless a worker is called so.
CREATE VIEW measured AS
  SELECT CASE WHEN f.node = 'coordinator' AND NOT EXISTS (FROM worker_node w WHERE w.node = f.node)
              THEN NULL ELSE f.node END AS node,
         s.*
  FROM sample_row s
  JOIN input_file f USING (file)
  WHERE s.verdict = 'accepted' AND s.t2_ns > 0 AND s.t3_ns > 0 AND s.error_ns BETWEEN 1 AND 10000000000
    AND abs(s.t1_raw_ns) < 1152921504606846976 AND abs(s.t4_raw_ns) < 1152921504606846976;
