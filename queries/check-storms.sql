-- Prompts with more calls within five minutes than a limit.
--
-- For 'forensics check'; 'top-prompts' marks the same prompts.
--
-- @window 24h
-- @parameter burst integer 100 Calls within five minutes that are still no storm.
-- @usage prompt_hash
-- @unit n_calls count
-- @unit busiest count
-- @unit first_seen instant
-- @unit last_seen instant
WITH sent AS (
  SELECT
    prompt_hash,
    COALESCE(SUM(calls), 0) AS n_calls,
    COALESCE(SUM(cost_usd_nanos), 0) AS total_nanos,
    MIN(first_at) AS first_seen,
    MAX(last_at) AS last_seen,
    MAX(peak_calls) AS busiest
  FROM selected_usage
  WHERE prompt_hash IS NOT NULL
  GROUP BY prompt_hash
)
SELECT prompt_hash, n_calls, busiest, total_nanos AS total_usd_nanos, first_seen, last_seen
FROM sent
WHERE busiest > :burst
ORDER BY total_nanos DESC, prompt_hash NULLS FIRST
