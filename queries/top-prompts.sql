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
-- @unit n_calls count
-- @unit first_seen instant
-- @unit last_seen instant
-- @unit retry_storm flag
-- @bar total_usd
-- @left-out prompt_hash
WITH ranked AS (
  SELECT
    prompt_hash,
    SUM(CASE WHEN kind = 'call' THEN 1 ELSE 0 END) AS n_calls,
    COALESCE(SUM(cost_usd_nanos), 0) AS total_nanos,
    COUNT(cost_usd_nanos) AS n_priced,
    COALESCE(SUM(latency_ms), 0) AS latency_sum,
    COUNT(latency_ms) AS n_timed,
    MIN(occurred_at) AS first_seen,
    MAX(occurred_at) AS last_seen
  FROM selected_call
  WHERE prompt_hash IS NOT NULL
  GROUP BY prompt_hash
  ORDER BY COALESCE(SUM(cost_usd_nanos), 0) DESC, prompt_hash NULLS FIRST
  LIMIT :limit
),
-- Each call of a busy prompt beside the one a hundred calls before it.
paced AS (
  SELECT
    prompt_hash,
    occurred_at,
    lag(NULLIF(occurred_at, 0), 100) OVER (PARTITION BY prompt_hash ORDER BY occurred_at) AS hundred_before
  FROM selected_call
  WHERE kind = 'call' AND prompt_hash IN (SELECT prompt_hash FROM ranked WHERE n_calls > 100)
),
stormy AS (
  SELECT prompt_hash AS storm_hash, 1 AS is_storm
  FROM paced
  WHERE occurred_at - hundred_before < 300000
  GROUP BY prompt_hash
)
SELECT
  prompt_hash,
  n_calls,
  CASE WHEN n_priced = 0 THEN NULL ELSE total_nanos END AS total_usd_nanos,
  CAST(latency_sum AS DOUBLE) / NULLIF(n_timed, 0) AS avg_ms,
  first_seen,
  last_seen,
  COALESCE(is_storm, 0) AS retry_storm
FROM ranked
LEFT JOIN stormy ON storm_hash = prompt_hash
ORDER BY total_nanos DESC, prompt_hash NULLS FIRST
