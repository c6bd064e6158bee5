-- Calls that lie with more than a hundred of the same prompt within five minutes, by feature.
--
-- @window 7d
-- @parameter calls integer 100 More calls than this.
-- @parameter within duration 5m Within this span.
-- @storm prompt_hash calls within
-- @usage feature, storm
SELECT feature, storm, COALESCE(SUM(calls), 0) AS n_calls, COALESCE(SUM(cost_usd_nanos), 0) AS spent_usd_nanos
FROM selected_usage
GROUP BY feature, storm
ORDER BY feature NULLS FIRST, storm NULLS FIRST
