-- What became of the events at each worker.
SELECT node, received, lost, duplicates, out_of_order, foreign_rows
FROM node_account
ORDER BY node;
