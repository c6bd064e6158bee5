-- Spend by one dimension and UTC day.
--
-- For 'forensics check'. A day without calls has no row.
--
-- @window 28d
-- @parameter by dimension tenant What makes the rows: tenant or feature.
-- @usage {by}
-- @bucket day
-- @unit occurred_at instant
SELECT
  occurred_at,
  {by},
  COALESCE(SUM(cost_usd_nanos), 0) AS total_usd_nanos
FROM selected_usage
GROUP BY occurred_at, {by}
ORDER BY occurred_at, {by} NULLS FIRST
