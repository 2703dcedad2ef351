-- Which of two workers had the same event first, where the intervals of their arrivals do not overlap.
SELECT clock, first_node, second_node, count(*) AS pairs,
       count(*) FILTER (WHERE first_latest_ns < second_earliest_ns) AS first_before,
       count(*) FILTER (WHERE second_latest_ns < first_earliest_ns) AS second_before,
       count(*) FILTER (WHERE first_latest_ns >= second_earliest_ns AND second_latest_ns >= first_earliest_ns) AS ambiguous
FROM meeting
WHERE first_earliest_ns IS NOT NULL AND second_earliest_ns IS NOT NULL
GROUP BY clock, first_node, second_node
ORDER BY clock, first_node, second_node;
