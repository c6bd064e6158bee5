-- Deploys after which a feature's calls cost more or sent more.
--
-- Each deploy is compared with the one that began to serve the feature before it, model by model. A rise
-- is told if the median cost or the median prompt of a call is --change per cent higher, both deploys have
-- --calls answered calls or more, and the notches (median and 1.57 interquartile ranges by the root of
-- the number of calls) do not overlap. `rose` says which of them did: cost, prompt, both, or mix, where
-- the models are as before but dearer ones take more of the calls (model is then "(any)", and before and
-- after are what the two mixes of models cost on average, at equal cost by model).
--
-- extra_usd is what calls cost beyond their number times the average before, from this deploy on and in
-- later ones until the median is back half-way; extra_per_day_usd is that by the days it took, at least
-- one; both are of the calls that have a price, and empty where none has, or where models of a mix have none.
-- n_before and n_after are the calls behind the medians, iqr_pct how far the middle half of the
-- calls before spread, by their median.
--
-- Deploys are compared by what they served, not by the clock: a canary beside the old deploy is compared
-- with it, and one with too few calls, or none of the feature, is passed over. `shape` is gradual where the
-- middle half of the calls after is spread over much of the rise: it grew while the deploy served, and the
-- deploy may have nothing to do with it (see input-creep). Slow growth within deploys that stay for weeks can
-- look like a step all the same, and so does other traffic that came with a deploy by chance. Where statuses are logged for some calls only, the larger
-- group decides the percentiles. --all shows every comparison.
--
-- @window 30d
-- @parameter change integer 20 A rise is at least this much, in per cent.
-- @parameter calls integer 50 Both deploys have at least so many calls.
-- @parameter all one-of:no|yes no Whether comparisons without a rise are shown, too.
-- @usage feature, model, deploy_sha, status_code
-- @fold deploy-regressions
-- @unit n_before count
-- @unit n_after count
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
  MAX(p75_prompt_tokens) AS high_input
FROM selected_usage
WHERE deploy_sha IS NOT NULL AND COALESCE(status_code, 200) < 400
GROUP BY feature, model, deploy_sha, status_code
ORDER BY
  feature NULLS FIRST, model NULLS FIRST, since_at NULLS FIRST, deploy_sha NULLS FIRST,
  status_code NULLS FIRST
