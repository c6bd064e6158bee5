-- The busiest minute of each model.
--
-- @window 7d
-- @usage model
-- @bucket minute
WITH minutes AS (
  SELECT model, occurred_at AS minute_at, COALESCE(SUM(calls), 0) AS n_calls, COALESCE(SUM(input_tokens), 0) AS fresh
  FROM selected_usage
  GROUP BY model, occurred_at
)
SELECT model, MAX(n_calls) AS most_calls, MAX(fresh) AS most_tokens
FROM minutes
GROUP BY model
ORDER BY model NULLS FIRST
