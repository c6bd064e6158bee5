-- Latency and input of each feature's calls, day by day: exact percentiles.
--
-- @window 7d
-- @usage feature
-- @bucket day
-- @unit started_at instant
SELECT
  occurred_at AS started_at,
  feature,
  MAX(p50_latency_ms) AS median_ms,
  MAX(p99_latency_ms) AS slow_ms,
  MAX(p95_prompt_tokens) AS large_tokens,
  COALESCE(SUM(calls), 0) AS n_calls
FROM selected_usage
GROUP BY occurred_at, feature
ORDER BY occurred_at, feature NULLS FIRST
