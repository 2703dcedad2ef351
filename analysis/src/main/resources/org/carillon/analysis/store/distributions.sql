-- Each distribution but for its percentiles; of all workers together with node null.
SELECT key, measure, clock, node, delay_ns, n, mean_ns, negative
FROM distribution
ORDER BY measure, clock, delay_ns, node NULLS FIRST;
