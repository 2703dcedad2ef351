-- When a node's counter is known to have stood still: the machine slept.
SELECT raw_time_ns
FROM clock_row c
JOIN input_file f USING (file)
WHERE c.kind = 'suspend' AND raw_time_ns IS NOT NULL AND f.node = ?
ORDER BY raw_time_ns;
