-- Rows that could be read but do not count, a few of each file and kind, with their lines.
SELECT file, line, event_id, fate, count(*) OVER (PARTITION BY file, fate) AS of_this_kind
FROM (
  SELECT file, line, event_id, fate FROM judged_row WHERE fate <> 'used'
  UNION ALL
  SELECT file, line, event_id, fate FROM judged_wait WHERE fate <> 'used'
  UNION ALL
  SELECT file, line, event_id, 'duplicate' FROM repeated_event)
QUALIFY row_number() OVER (PARTITION BY file, fate ORDER BY line) <= 5
ORDER BY file, fate, line;
