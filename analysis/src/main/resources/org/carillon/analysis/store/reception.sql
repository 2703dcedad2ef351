-- What reception_NODE.csv tells of each worker; sums that are no counts, or beyond any run, are damage.
WITH counted AS (
  SELECT f.node,
         CASE WHEN received BETWEEN 0 AND 1000000000000 THEN received END AS received,
         CASE WHEN malformed BETWEEN 0 AND 1000000000000 THEN malformed END AS malformed,
         CASE WHEN "foreign" BETWEEN 0 AND 1000000000000 THEN "foreign" END AS of_another_run,
         CASE WHEN kernel_drops BETWEEN 0 AND 1000000000000 THEN kernel_drops END AS kernel_drops,
         CASE WHEN rows_lost BETWEEN 0 AND 1000000000000 THEN rows_lost END AS rows_lost
  FROM reception_row r
  JOIN input_file f USING (file))
SELECT node, count(*) AS seconds,
       coalesce(sum(received), 0)::BIGINT AS received,
       max(received) AS most_received,
       coalesce(sum(malformed), 0)::BIGINT AS malformed,
       coalesce(sum(of_another_run), 0)::BIGINT AS of_another_run,
       count(kernel_drops) AS seconds_with_kernel,
       sum(kernel_drops)::BIGINT AS kernel_drops,
       count(*) FILTER (WHERE kernel_drops > 0) AS seconds_with_drops,
       max(kernel_drops) AS most_drops,
       coalesce(sum(rows_lost), 0)::BIGINT AS rows_lost
FROM counted
GROUP BY node
ORDER BY node;
