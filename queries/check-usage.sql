-- Calls, cost and tokens by one dimension.
--
-- For 'forensics check'.
--
-- @window 24h
-- @parameter by dimension tenant What makes the rows: tenant, feature, session, status and so on.
-- @usage {by}
-- @unit n_calls count
SELECT
  {by},
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(cost_usd_nanos), 0) AS total_usd_nanos,
  COALESCE(SUM(input_tokens), 0) + COALESCE(SUM(cache_create_tokens), 0)
    + COALESCE(SUM(cache_read_tokens), 0) + COALESCE(SUM(output_tokens), 0) AS all_tokens
FROM selected_usage
GROUP BY {by}
ORDER BY {by} NULLS FIRST
