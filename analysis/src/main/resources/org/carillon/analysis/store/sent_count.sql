-- How many events the coordinator sent.
SELECT count(*) AS sent FROM event;
