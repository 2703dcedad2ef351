-- The rows of each file that could be read, by what became of them.
SELECT file,
       count(*) FILTER (WHERE fate = 'used') AS used,
       count(*) FILTER (WHERE fate = 'duplicate') AS duplicates,
       count(*) FILTER (WHERE fate = 'foreign') AS foreign_rows
FROM (
  SELECT file, fate FROM judged_row
  UNION ALL
  SELECT file, fate FROM judged_wait
  UNION ALL
  SELECT file, 'duplicate' FROM repeated_event
  UNION ALL
  SELECT file, 'used' FROM event
  UNION ALL
  SELECT file, 'used' FROM sample_row
  UNION ALL
  SELECT file, 'used' FROM clock_row
  UNION ALL
  SELECT file, 'used' FROM reception_row
  UNION ALL
  SELECT file, 'used' FROM model_row)
GROUP BY file
ORDER BY file;
