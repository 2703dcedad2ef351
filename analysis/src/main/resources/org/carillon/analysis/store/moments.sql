-- The events of a node on its counter.
SELECT event_id, from_ns, to_ns, earliest_ns, latest_ns
FROM moment
WHERE node IS NOT DISTINCT FROM ?
ORDER BY to_ns;
