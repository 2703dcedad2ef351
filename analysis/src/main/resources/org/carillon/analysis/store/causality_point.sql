-- Point clocks: an event that was received before it was sent, by the same clock, is a violation.
SELECT clock, node, count(*) AS pairs, count(*) FILTER (WHERE received_best_ns < sent_best_ns) AS violations
FROM crossing
WHERE clock IN ('system', 'ntp')
GROUP BY clock, node
ORDER BY clock, node;
