-- When features are called, hour by hour.
--
-- For 'forensics audit': what is only ever called at night may wait for a batch.
--
-- @window 30d
-- @usage feature
-- @bucket hour
-- @unit n_calls count
-- @unit occurred_at instant
SELECT
  occurred_at,
  feature,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(cost_usd_nanos), 0) AS total_usd_nanos
FROM selected_usage
GROUP BY occurred_at, feature
ORDER BY occurred_at, feature NULLS FIRST
