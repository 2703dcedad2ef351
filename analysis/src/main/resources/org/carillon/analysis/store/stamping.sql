-- Who stamped the arrivals: the kernel, or the program after it had woken up.
SELECT node, timestamp_source AS source, count(*) AS n
FROM arrival WHERE timestamp_source IS NOT NULL
GROUP BY node, timestamp_source
ORDER BY node, source;
