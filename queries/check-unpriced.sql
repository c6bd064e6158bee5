-- How much of each model's use has no price.
--
-- For 'forensics check'; every recipe's coverage has the same sums.
--
-- @window 24h
-- @usage model
-- @unit n_calls count
-- @unit n_unpriced count
SELECT
  model,
  COALESCE(SUM(calls + extra_calls), 0) AS n_calls,
  COALESCE(SUM(calls + extra_calls - priced_calls - priced_extra_calls - covered_calls
    - calls_without_usage), 0) AS n_unpriced,
  COALESCE(SUM(input_tokens), 0) + COALESCE(SUM(cache_create_tokens), 0)
    + COALESCE(SUM(cache_read_tokens), 0) + COALESCE(SUM(output_tokens), 0) AS all_tokens,
  COALESCE(SUM(unpriced_tokens), 0) AS without_price_tokens
FROM selected_usage
GROUP BY model
ORDER BY model NULLS FIRST
