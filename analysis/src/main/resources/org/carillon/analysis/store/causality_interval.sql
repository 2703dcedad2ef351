-- Interval clocks: proven if the send was over before the receive began, violation if the receive was over before the
-- send began, else the intervals overlap and nothing is known.
SELECT clock, node, count(*) AS pairs,
       count(*) FILTER (WHERE sent_latest_ns < received_earliest_ns) AS proven,
       count(*) FILTER (WHERE received_latest_ns >= sent_earliest_ns AND sent_latest_ns >= received_earliest_ns) AS ambiguous,
       count(*) FILTER (WHERE received_latest_ns < sent_earliest_ns) AS violations
FROM crossing
WHERE received_earliest_ns IS NOT NULL AND sent_earliest_ns IS NOT NULL
GROUP BY clock, node
ORDER BY clock, node;
