-- How many values lie in each bucket: a histogram of each measure. The number of buckets does not grow with the values.
SELECT measure, clock, node, delay_ns, bucket_of(value_ns) AS bucket, count(*) AS n, sum(value_ns) AS sum_ns
FROM observation
GROUP BY measure, clock, node, delay_ns, bucket
