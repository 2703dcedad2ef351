-- Rows that count for another node than their file's name says.
SELECT file, node, n FROM misplaced_row ORDER BY file, n DESC, node;
