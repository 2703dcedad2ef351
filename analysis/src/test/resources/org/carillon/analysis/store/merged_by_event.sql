-- Every row of the merged table.
FROM merged ORDER BY event_id, node;
