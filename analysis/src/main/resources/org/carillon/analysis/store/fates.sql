-- The rows of each file that could be read, by what became of them.
SELECT file,
       count(*) FILTER (WHERE fate = 'used') AS used,
       count(*) FILTER (WHERE fate = 'duplicate') AS duplicates,
       count(*) FILTER (WHERE fate = 'foreign') AS foreign_rows,
       count(named) AS misnamed
FROM (
  SELECT file, fate, named FROM judged_row
  UNION ALL
  SELECT file, fate, NULL FROM judged_wait
  UNION ALL
  SELECT file, 'duplicate', NULL FROM repeated_event
  UNION ALL
  SELECT file, 'used', NULL FROM event
  UNION ALL
  SELECT file, 'used', NULL FROM sample_row
  UNION ALL
  SELECT file, 'used', NULL FROM clock_row
  UNION ALL
  SELECT file, 'used', NULL FROM reception_row
  UNION ALL
  SELECT file, 'used', NULL FROM model_row)
GROUP BY file
ORDER BY file;
