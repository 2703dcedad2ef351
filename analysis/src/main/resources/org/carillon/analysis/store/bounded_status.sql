-- The status of our bounded clock, where it was recorded: at the coordinator (node null) and at each worker.
SELECT NULL AS node, bc_status AS status, count(*) AS n FROM event WHERE bc_status IS NOT NULL GROUP BY bc_status
UNION ALL
SELECT node, bc_status, count(*) FROM arrival WHERE bc_status IS NOT NULL GROUP BY node, bc_status
ORDER BY node NULLS FIRST, status;
