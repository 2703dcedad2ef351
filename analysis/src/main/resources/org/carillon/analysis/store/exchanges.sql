-- Accepted exchanges of each node with its time servers, by end: how far its clock was off, and its free-running counter; the
-- error is how far that can be off, and the delay how long question and answer were under way. Of one exchange that is on
-- record twice (basic and interleaved mode) the better row counts. The coordinator's node is null, unless a worker is
-- called so; times that would overflow are damage.
SELECT CASE WHEN f.node = 'coordinator' AND NOT EXISTS (FROM worker_node w WHERE w.node = f.node)
            THEN NULL ELSE f.node END AS node,
       s.server, s.t4_ns, s.offset_ns,
       CASE WHEN s.error_ns > 0 THEN s.error_ns
            WHEN s.delay_ns IS NOT NULL AND s.root_delay_ns BETWEEN 0 AND 1000000000000 AND s.root_dispersion_ns BETWEEN 0 AND 1000000000000
            THEN (greatest(s.delay_ns, 0) + s.root_delay_ns + 1) // 2 + s.root_dispersion_ns END AS error_ns,
       s.delay_ns, s.t4_raw_ns,
       CASE WHEN abs(s.t1_raw_ns) < 1152921504606846976 AND abs(s.t4_raw_ns) < 1152921504606846976
            THEN ((s.t2_ns::HUGEINT - s.t1_raw_ns + (s.t3_ns - s.t4_raw_ns)) // 2)::BIGINT END AS counter_offset_ns
FROM sample_row s
JOIN input_file f USING (file)
WHERE s.verdict = 'accepted' AND s.t4_ns IS NOT NULL AND s.offset_ns IS NOT NULL AND s.t2_ns > 0 AND s.t3_ns > 0
QUALIFY row_number() OVER (PARTITION BY f.node, s.server, s.t4_ns ORDER BY s.error_ns NULLS LAST, s.line) = 1
ORDER BY node NULLS FIRST, server, t4_ns;
