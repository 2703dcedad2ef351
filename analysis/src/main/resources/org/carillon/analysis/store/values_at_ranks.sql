-- The value at each rank that was asked for.
SELECT key, rank, value_ns FROM value_at_rank ORDER BY key, rank;
