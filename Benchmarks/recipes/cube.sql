-- Spend by tenant, feature and model.
--
-- @window 7d
-- @usage tenant_id, feature, model
SELECT tenant_id, feature, model, COALESCE(SUM(cost_usd_nanos), 0) AS spent_usd_nanos, COALESCE(SUM(calls), 0) AS n_calls
FROM selected_usage
GROUP BY tenant_id, feature, model
ORDER BY tenant_id NULLS FIRST, feature NULLS FIRST, model NULLS FIRST
