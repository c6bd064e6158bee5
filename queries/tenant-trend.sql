-- What each tenant cost in this window and in the one before it.
--
-- A tenant that is new has no percentage; one that vanished stands at 0 and -100. A change above +50 %
-- is marked: the tenant grows, or something broke for it, and it is better to know which before they ask.
-- Calls without a logged tenant are one row, (none).
--
-- @window 7d
-- @lookback 1 window
-- @usage tenant_id
-- @highlight pct_change above 50
-- @bar this_week_usd
WITH spent AS (
  SELECT
    tenant_id,
    COALESCE(SUM(CASE WHEN occurred_at >= :since THEN cost_usd_nanos ELSE 0 END), 0) AS this_nanos,
    COALESCE(SUM(CASE WHEN occurred_at < :since THEN cost_usd_nanos ELSE 0 END), 0) AS last_nanos
  FROM selected_usage
  GROUP BY tenant_id
),
trend AS (
  SELECT
    tenant_id,
    this_nanos,
    last_nanos,
    CAST((this_nanos - last_nanos) * 100 AS DOUBLE) / NULLIF(last_nanos, 0) AS change
  FROM spent
)
SELECT
  tenant_id,
  this_nanos AS this_week_usd_nanos,
  last_nanos AS last_week_usd_nanos,
  change AS pct_change
FROM trend
ORDER BY change DESC NULLS LAST, tenant_id NULLS FIRST
