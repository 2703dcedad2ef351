-- Rows that could be read but do not count, a few of each file and kind, with their lines, and the node that they name if it
-- is another one than that of the rest of the file.
SELECT file, line, event_id, fate, named, count(*) OVER (PARTITION BY file, fate) AS of_this_kind
FROM (
  SELECT file, line, event_id, CASE WHEN named IS NULL THEN fate ELSE 'misnamed' END AS fate, named
  FROM judged_row WHERE fate <> 'used'
  UNION ALL
  SELECT file, line, event_id, fate, NULL FROM judged_wait WHERE fate <> 'used'
  UNION ALL
  SELECT file, line, event_id, 'duplicate', NULL FROM repeated_event)
QUALIFY row_number() OVER (PARTITION BY file, fate ORDER BY line) <= 5
ORDER BY file, fate, line;
