-- Which models the work goes to: shares of calls, tokens and spend.
--
-- Shares are of a row's group (--by) and bucket (--bucket); with neither, of the window. before_pct is the share
-- of spend in the window before, or in the bucket before; change_points is the difference in percentage points.
-- A bucket that the window cuts is compared with nothing.
--
-- dear marks models whose output costs --dear dollars or more a million tokens on the shipped list, at the end
-- of the window; a remark below the table has their share of all of it. A model that the list does not have
-- is taken for neither. Half the calls on dear models are no fault: whether a small one does as well is for an
-- evaluation set to say.
--
-- @window 7d
-- @lookback 1 window
-- @parameter by dimensions all What is told apart: columns with commas between them, or all.
-- @parameter bucket one-of:none|hour|day|week|month none Buckets of time.
-- @parameter dear usd 10 Dollars a million output tokens from which on a model is dear.
-- @usage {by}, model
-- @bucket {bucket}
-- @fold model-mix
-- @unit n_calls count
-- @unit dear flag
-- @unit change_points pct
-- @bar spend_usd
SELECT
  CASE WHEN :bucket = 'none' THEN 0 ELSE occurred_at END AS starts,
  CASE WHEN occurred_at < :since THEN 1 ELSE 0 END AS earlier,
  {by},
  model AS used_model,
  COALESCE(SUM(cost_usd_nanos), 0) AS spent,
  COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(input_tokens + cache_create_tokens + cache_read_tokens + output_tokens), 0) AS n_tokens
FROM selected_usage
GROUP BY
  CASE WHEN :bucket = 'none' THEN 0 ELSE occurred_at END,
  CASE WHEN occurred_at < :since THEN 1 ELSE 0 END,
  {by}, model
ORDER BY
  starts NULLS FIRST, earlier NULLS FIRST, {by} NULLS FIRST, model NULLS FIRST
