-- Each distribution but for its percentiles; of all workers together with node null. Its sum is n · mean_ns + beyond_mean_ns.
SELECT key, measure, clock, node, delay_ns, n, mean_ns, beyond_mean_ns, negative
FROM distribution
ORDER BY measure, clock, delay_ns, node NULLS FIRST;
