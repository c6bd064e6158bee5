-- Features whose prompts grew: since when, by which deploy, at what cost.
--
-- For each day the median and the 95th percentile of a call's prompt tokens (fresh, cache-written and
-- cache-read). The days are split where two levels fit the medians best; a rise is told if the later level
-- is --change per cent higher, both have --days days or more, and the notches of the two (median and 1.57
-- interquartile ranges by the root of the number of days) do not overlap. More traffic does not change a
-- median, and one odd day or weekend does not make a level. Days with fewer than --calls answered calls
-- are left out.
--
-- `shape` is step or gradual: of a step half or more happened within a day, and by_deploy is the deploy that first
-- served the feature then; after a gradual rise rose_at is only where the later level begins to fit
-- best, and no deploy is named. before and after are medians of the days' values. extra_usd is what calls
-- since then cost beyond their number times the average cost before; it includes longer answers and dearer
-- models, and can be negative where a cache took the growth. Calls without a price are in neither. trend draws the daily medians.
--
-- --all shows what did not rise too, --daily every day and deploy as it is. Where several deploys served a
-- day, its median is that of the deploys' medians, weighted by calls. A rise in the last two days is not yet
-- told; look at deploy-bisect.
--
-- @window 30d
-- @parameter by dimension feature What is watched: feature, agent, model, ….
-- @parameter change integer 20 A rise is at least this much, in per cent.
-- @parameter days integer 3 Both levels last at least so many days.
-- @parameter calls integer 20 Days with fewer calls are left out.
-- @parameter show one-of:rises|all|days rises What is shown.
-- @parameter bucket one-of:day day What is compared.
-- @usage {by}, deploy_sha, status_code
-- @bucket {bucket}
-- @fold input-creep
-- @unit n_calls count
-- @unit rose_at instant
SELECT
  {by},
  occurred_at AS day_at,
  deploy_sha AS of_deploy,
  status_code AS of_status,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(priced_calls), 0) AS n_priced,
  COALESCE(SUM(cost_usd_nanos), 0) AS paid_usd_nanos,
  MAX(p50_prompt_tokens) AS median_prompt,
  MAX(p95_prompt_tokens) AS high_prompt,
  MIN(first_at) AS since_at
FROM selected_usage
WHERE COALESCE(status_code, 200) < 400
GROUP BY {by}, occurred_at, deploy_sha, status_code
ORDER BY {by} NULLS FIRST, occurred_at, of_deploy NULLS FIRST, of_status NULLS FIRST
