-- What the models that were asked for claim: how much, of which nodes (null: of every node), whether the node is one of this
-- run's, and whether it has samples to judge claims by.
SELECT c.model, c.node, count(*) AS claims,
       CASE WHEN c.node IS NULL OR c.node IN (SELECT node FROM run_node) THEN 1 ELSE 0 END AS in_run,
       CASE WHEN c.node IN (SELECT node FROM shown) OR (c.node IS NULL AND EXISTS (FROM shown)) THEN 1 ELSE 0 END AS sampled
FROM claim c
WHERE c.model NOT IN ('ntp', 'chronotick', 'bounded')
GROUP BY c.model, c.node
ORDER BY c.model, c.node NULLS FIRST;
