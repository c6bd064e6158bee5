-- What each model was used for: calls, tokens and cost.
--
-- input is what was neither written to the prompt cache nor read from it. Tokens of calls without a price
-- count as tokens and not as spend: a model without any price shows no amount. Hidden iterations inside a
-- call (compaction, advisor, fallback) add to the tokens and to the spend of their own model, not to n_calls.
--
-- @window 7d
-- @usage model
-- @unit n_calls count
-- @unit input tokens
-- @unit output tokens
-- @unit cache_writes tokens
-- @unit cache_reads tokens
-- @bar spend_usd
WITH used AS (
  SELECT
    model,
    COALESCE(SUM(calls), 0) AS n_calls,
    COALESCE(SUM(input_tokens), 0) AS fresh,
    COALESCE(SUM(output_tokens), 0) AS answered,
    COALESCE(SUM(cache_create_tokens), 0) AS writes,
    COALESCE(SUM(cache_read_tokens), 0) AS reads,
    COALESCE(SUM(cost_usd_nanos), 0) AS spent,
    COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced
  FROM selected_usage
  GROUP BY model
)
SELECT
  model,
  n_calls,
  fresh AS input,
  answered AS output,
  writes AS cache_writes,
  reads AS cache_reads,
  CASE WHEN n_priced = 0 THEN NULL ELSE spent END AS spend_usd_nanos,
  CAST(spent * 100 AS DOUBLE) / NULLIF(COALESCE(SUM(spent) OVER (), 0), 0) AS share_pct
FROM used
ORDER BY spent DESC, n_calls DESC, model NULLS FIRST
