-- Two workers each, the first by name first, and the places of both in the lists of the view stamped.
CREATE TABLE worker_pair AS
  WITH placed AS (
    SELECT node, row_number() OVER (ORDER BY node) AS place FROM worker_node)
  SELECT a.node AS first_node, b.node AS second_node, a.place AS first_place, b.place AS second_place
  FROM placed a
  JOIN placed b ON a.node < b.node;

-- What one clock said of the arrivals of an event at all workers; filled out with hindsight when that is known.
CREATE VIEW stamped AS FROM told_stamped;
