-- Which deploy moved a feature: its deploys in order, and the one that did it.
--
-- The deploys that served the feature, by first use, each beside the one before it of the same model:
-- quartiles of a call's cost (--metric cost), prompt tokens (input) or output tokens (output), or the
-- share of the prompt that was read from the cache (cache). `moved` marks changes of at least --change
-- per cent, up or down, that are more than chance: the quartiles do not overlap (high confidence), or only
-- the notches do not (medium); where the values grew bit by bit while the deploy served, it is low. The share read from the cache has no quartiles: a change of at least half as
-- many percentage points counts, with medium confidence.
--
-- Below the table stands the deploy with the largest move, or that none did. Deploys with fewer than --calls
-- answered calls are passed over, and counted. Models are kept apart, so that a feature sent to another
-- model does not look like a changed prompt; a changed mix is said. What grows slowly within deploys
-- belongs to input-creep.
--
-- @window 30d
-- @parameter feature text - The feature.
-- @parameter metric one-of:cost|input|output|cache cost What is compared.
-- @parameter change integer 20 A move is at least this much, in per cent.
-- @parameter calls integer 50 Deploys with fewer calls are passed over.
-- @usage feature, model, deploy_sha, status_code
-- @fold deploy-bisect
-- @unit n_calls count
-- @unit moved flag
-- @unit change_points pct
-- @left-out deploy_sha
SELECT
  feature,
  model,
  deploy_sha,
  status_code,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(priced_calls), 0) AS n_priced,
  COALESCE(SUM(cost_usd_nanos), 0) AS paid_usd_nanos,
  COALESCE(SUM(prompt_tokens), 0) AS prompted,
  COALESCE(SUM(cache_read_tokens), 0) AS reads,
  MIN(first_at) AS since_at,
  MAX(last_at) AS until_at,
  MAX(p25_cost_usd_nanos) AS low_cost,
  MAX(p50_cost_usd_nanos) AS mid_cost,
  MAX(p75_cost_usd_nanos) AS high_cost,
  MAX(p25_prompt_tokens) AS low_input,
  MAX(p50_prompt_tokens) AS mid_input,
  MAX(p75_prompt_tokens) AS high_input,
  MAX(p25_output_tokens) AS low_output,
  MAX(p50_output_tokens) AS mid_output,
  MAX(p75_output_tokens) AS high_output
FROM selected_usage
WHERE deploy_sha IS NOT NULL AND COALESCE(status_code, 200) < 400
GROUP BY feature, model, deploy_sha, status_code
ORDER BY
  feature NULLS FIRST, model NULLS FIRST, since_at NULLS FIRST, deploy_sha NULLS FIRST,
  status_code NULLS FIRST
