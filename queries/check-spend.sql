-- Spend hour by hour, which projections and anomalies are judged by.
--
-- For 'forensics check'. An hour without calls has no row.
--
-- @window 28d
-- @bucket hour
-- @unit occurred_at instant
SELECT
  occurred_at,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(cost_usd_nanos), 0) AS total_usd_nanos,
  COALESCE(SUM(input_tokens), 0) + COALESCE(SUM(cache_create_tokens), 0)
    + COALESCE(SUM(cache_read_tokens), 0) + COALESCE(SUM(output_tokens), 0) AS all_tokens
FROM selected_usage
GROUP BY occurred_at
ORDER BY occurred_at
