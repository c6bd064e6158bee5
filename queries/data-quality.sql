-- How complete each day's logs are: what was not told, and what did not come.
--
-- A row is a day in --timezone. n_unpriced has no cost and no commitment covers it; no_… are calls that do not
-- tell it; n_approximate has a time that was taken from its neighbours. Hidden iterations count in n_unpriced
-- only.
--
-- n_gap_hours are hours without a single call on a day that has calls, where that hour had some on at least three
-- other days of the same kind (workday or weekend), on at least four fifths of them, and --busy calls or more
-- each: nights and weekends that are always quiet are no gaps, and neither is chance. n_sources counts what reported that day: labels given at import (--source), else
-- log formats. silent names those that reported on the last three days of the kind, or on four fifths of
-- the others, with --busy calls or more each, and not on this one. Days that the window cuts are held against no other. The window must be long
-- enough to know a habit: two weeks or more.
--
-- What was sent twice is never counted twice; how many duplicates each import met is in: forensics imports.
--
-- @window 28d
-- @parameter busy integer 20 Calls from which on an hour, or a source's day, is missed.
-- @usage source_label, source_format
-- @bucket hour
-- @fold data-quality
-- @unit n_calls count
-- @unit n_unpriced count
-- @unit no_usage count
-- @unit no_tenant count
-- @unit no_feature count
-- @unit no_prompt_hash count
-- @unit n_approximate count
-- @unit n_gap_hours count
-- @unit n_sources count
-- @highlight n_gap_hours above 0
-- @highlight n_unpriced above 0
SELECT
  occurred_at AS starts,
  COALESCE(source_label, source_format) AS log_source,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(cost_usd_nanos), 0) AS spent,
  COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
  COALESCE(SUM(calls + extra_calls - priced_calls - priced_extra_calls - covered_calls), 0) AS n_unpriced,
  COALESCE(SUM(calls_without_usage), 0) AS no_usage,
  COALESCE(SUM(calls_without_tenant), 0) AS no_tenant,
  COALESCE(SUM(calls_without_feature), 0) AS no_feature,
  COALESCE(SUM(calls_without_prompt), 0) AS no_prompt,
  0 AS n_approximate
FROM selected_usage
GROUP BY occurred_at, COALESCE(source_label, source_format)
UNION ALL
SELECT hour * 3600000, NULL, 0, 0, 0, 0, 0, 0, 0, 0, COUNT(*)
FROM selected_call
WHERE time_is_approximate = 1 AND kind = 'call'
GROUP BY hour
ORDER BY starts NULLS FIRST, log_source NULLS FIRST
