-- Hours and days that cost far more than usual, and what made them dear.
--
-- What is usual is the median of the same hour and kind of day (weekday, weekend) in the four weeks before; how far
-- off it a bucket may be is learned from how far off the ones before it were (an exponentially weighted mean and
-- deviation, without the outliers). A bucket is shown if its score is above 3, or above 2 twice in a row, and its
-- excess is worth it: at least --minimum and 2 % of a day's spend. Days are compared with the same weekday and need
-- 28 days of history, hours 14; below that nothing is said. Where many hours are empty, quarter days are scored.
--
-- top_excess names up to three that cost more than their own median of that hour and kind of day, by --by.
--
-- --method zscore is the rolling score that many dashboards use: one mean and deviation for the 14 days before. It is
-- blind at night, where five times the usual is still below the afternoon's mean, and cries over busy afternoons.
-- Neither sees slow growth (see input-creep, and budgets in check), nor spend that falls. docs/alert-maths.md has
-- what both find and miss, measured.
--
-- The hour that is still running is not scored. Days and nights are those of --timezone.
--
-- @window 7d
-- @lookback 56d
-- @parameter method one-of:ewma|zscore ewma How unusual is told: ewma (seasonal), or zscore (rolling).
-- @parameter bucket one-of:hour|day|both both What is scored.
-- @parameter minimum usd 1 The least excess that is shown, in dollars.
-- @parameter by dimension feature Whose part in the excess is named: feature, tenant, model and so on.
-- @usage {by}
-- @bucket hour
-- @fold spend-anomalies
-- @unit score real
-- @unit started_at instant
-- @span started_at {bucket}
SELECT
  occurred_at AS started_at,
  {by},
  COALESCE(SUM(cost_usd_nanos), 0) AS spent_nanos
FROM selected_usage
GROUP BY occurred_at, {by}
ORDER BY occurred_at, {by} NULLS FIRST
