-- Two workers: what one clock said of the arrivals of an event at both.
SELECT a.node AS first_node, b.node AS second_node, event_id, clock,
       a.best_ns AS first_best_ns, a.earliest_ns AS first_earliest_ns, a.latest_ns AS first_latest_ns,
       b.best_ns AS second_best_ns, b.earliest_ns AS second_earliest_ns, b.latest_ns AS second_latest_ns,
       a.system_ns AS first_system_ns, a.true_time_ns AS first_true_time_ns,
       b.system_ns AS second_system_ns, b.true_time_ns AS second_true_time_ns
FROM told_received a
JOIN told_received b USING (event_id, clock)
WHERE a.node < b.node
