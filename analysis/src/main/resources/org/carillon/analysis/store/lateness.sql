-- The clock that the coordinator's lateness was measured on: the monotonic one where that is on record, else the node's; and
-- how many events left more than 1 ms late by it.
SELECT CASE WHEN count(lateness_ns) > 0 THEN 'monotonic' ELSE 'system' END AS clock,
       CASE WHEN count(lateness_ns) > 0 THEN count(*) FILTER (WHERE lateness_ns > 1000000)
            ELSE count(*) FILTER (WHERE send_time_ns - scheduled_time_ns > 1000000) END AS above_millisecond
FROM event;
