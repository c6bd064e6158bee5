-- The prompts that cost the most.
--
-- Calls with the same prompt hash are one row, so a prompt that was sent four hundred times shows its
-- whole cost. `retry_storm` marks a hash with more than 100 calls within 5 minutes at any point of the
-- window: the sign of an agent or a retry loop that got stuck.
--
-- Calls without a logged prompt hash are left out and counted below the table; they would otherwise
-- head every list. Hidden iterations inside a call (compaction, advisor, fallback) count in its cost,
-- not in n_calls.
--
-- @window 24h
-- @parameter limit integer 10 Rows to show.
-- @usage prompt_hash
-- @top limit cost_usd_nanos
-- @unit n_calls count
-- @unit first_seen instant
-- @unit last_seen instant
-- @unit retry_storm flag
-- @bar total_usd
-- @left-out prompt_hash
WITH spent AS (
  SELECT
    prompt_hash,
    COALESCE(SUM(calls), 0) AS n_calls,
    COALESCE(SUM(cost_usd_nanos), 0) AS total_nanos,
    COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
    COALESCE(SUM(latency_ms), 0) AS latency_sum,
    COALESCE(SUM(latency_calls), 0) AS n_timed,
    MIN(first_at) AS first_seen,
    MAX(last_at) AS last_seen,
    MAX(peak_calls) AS busiest
  FROM selected_usage
  WHERE prompt_hash IS NOT NULL
  GROUP BY prompt_hash
)
SELECT
  prompt_hash,
  n_calls,
  CASE WHEN n_priced = 0 THEN NULL ELSE total_nanos END AS total_usd_nanos,
  CAST(latency_sum AS DOUBLE) / NULLIF(n_timed, 0) AS avg_ms,
  first_seen,
  last_seen,
  CASE WHEN busiest > 100 THEN 1 ELSE 0 END AS retry_storm
FROM spent
ORDER BY total_nanos DESC, prompt_hash NULLS FIRST
LIMIT :limit
