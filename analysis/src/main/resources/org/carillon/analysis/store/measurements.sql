-- The accepted exchanges of a node, on its counter.
SELECT server, t1_raw_ns, t2_ns, t3_ns, t4_raw_ns, error_ns
FROM measured
WHERE node IS NOT DISTINCT FROM ?
ORDER BY t4_raw_ns;
