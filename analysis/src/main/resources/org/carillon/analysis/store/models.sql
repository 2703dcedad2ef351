-- What clocks and models claimed, and what exchanges with time servers show.

-- A claim: how far a node's clock was from true time at a moment of that clock, at best, at least and at most. Of a model
-- that names no node (node null) it is about every node.
CREATE VIEW claim AS
  WITH named AS NOT MATERIALIZED (
    SELECT NULL AS node, send_time_ns AS time_ns, ntp_offset_ns, ntp_uncertainty_ns, ct_timestamp_ns, ct_lower_bound_ns,
           ct_upper_bound_ns, bc_timestamp_ns, bc_earliest_ns, bc_latest_ns
    FROM event
    UNION ALL
    SELECT node, receive_time_ns, ntp_offset_ns, ntp_uncertainty_ns, ct_timestamp_ns, ct_lower_bound_ns,
           ct_upper_bound_ns, bc_timestamp_ns, bc_earliest_ns, bc_latest_ns
    FROM arrival)
  SELECT 'ntp' AS model, coalesce(node, 'coordinator') AS node, time_ns, ntp_offset_ns AS best_ns,
         ntp_offset_ns - ntp_uncertainty_ns AS least_ns, ntp_offset_ns + ntp_uncertainty_ns AS most_ns
  FROM named WHERE ntp_offset_ns IS NOT NULL AND ntp_uncertainty_ns IS NOT NULL
  UNION ALL
  SELECT 'chronotick', coalesce(node, 'coordinator'), time_ns, ct_timestamp_ns - time_ns,
         ct_lower_bound_ns - time_ns, ct_upper_bound_ns - time_ns
  FROM named WHERE ct_timestamp_ns IS NOT NULL AND ct_lower_bound_ns <= ct_upper_bound_ns
  UNION ALL
  SELECT 'bounded', coalesce(node, 'coordinator'), time_ns, bc_timestamp_ns - time_ns,
         bc_earliest_ns - time_ns, bc_latest_ns - time_ns
  FROM named WHERE bc_timestamp_ns IS NOT NULL AND bc_earliest_ns <= bc_latest_ns
  UNION ALL
  SELECT f.node, m.model_node, coalesce(t_ns, t_ms, t_s), coalesce(o_ns, o_ms, o_s),
         coalesce(o_ns, o_ms, o_s) - coalesce(u_ns, u_ms, u_s), coalesce(o_ns, o_ms, o_s) + coalesce(u_ns, u_ms, u_s)
  FROM model_row m
  JOIN input_file f USING (file)
  WHERE coalesce(t_ns, t_ms, t_s) IS NOT NULL AND coalesce(o_ns, o_ms, o_s) IS NOT NULL
    AND coalesce(u_ns, u_ms, u_s) IS NOT NULL;

-- What an accepted exchange shows: at its end the offset was within error of what it measured. Files without the error
-- of each exchange have what it is made of.
CREATE VIEW shown AS
  SELECT f.node, coalesce(s.t1_ns, s.t4_ns) AS begin_ns, s.t4_ns AS end_ns, s.offset_ns,
         coalesce(s.error_ns,
                  (greatest(s.delay_ns, 0) + coalesce(s.root_delay_ns, 0) + 1) // 2 + coalesce(s.root_dispersion_ns, 0)) AS error_ns
  FROM sample_row s
  JOIN input_file f USING (file)
  WHERE s.verdict = 'accepted' AND s.t4_ns IS NOT NULL AND s.offset_ns IS NOT NULL
    AND (s.error_ns >= 0 OR s.delay_ns IS NOT NULL);

-- The nodes of the run, whatever of them is on record.
CREATE VIEW run_node AS
  SELECT DISTINCT coalesce(nullif(node, ''), 'coordinator') AS node FROM input_file WHERE kind <> 'model_row';
