-- The distribution of latency in 201 steps: step i is the value at rank ceil(i·n/200), step 0 the least.
SELECT d.clock, d.node, step, v.value_ns AS latency_ns
FROM distribution d
CROSS JOIN range(0, 201) steps(step)
JOIN value_at_rank v ON v.key = d.key AND v.rank = greatest(1, (step * d.n + 199) // 200)
WHERE d.measure = 'latency' AND d.node IS NOT NULL
ORDER BY d.clock, d.node, step;
