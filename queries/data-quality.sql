-- How complete each day's logs are: what was not told, and what did not come.
--
-- A row is a day in --timezone. n_unpriced was used and has no price (what has no usage stands under no_usage), and
-- no commitment covers it; no_… are calls that do not tell it; n_approximate has a time that was taken from its
-- neighbours. Hidden iterations count in n_unpriced only.
--
-- n_gap_hours are hours without a single call on a day that has calls, where that hour had some on at least three
-- other days of the same kind (workday or weekend), on at least four fifths of them, and --busy calls or more
-- each: nights and weekends that are always quiet are no gaps, and neither is chance. n_sources counts what
-- reported that day: labels given at import (--source), else log formats.
--
-- silent names sources that did not report on a day: labels, else the names of log files, in which dates and ids
-- are written as * (app-2026-11-15.jsonl and app-2026-11-16.jsonl are one source). They reported on
-- four fifths of the other days of the kind, from the first day on or for ten such days or more, and --busy calls
-- or more are missed by now. Days that the window cuts are held against no other. The window must be long
-- enough to know a habit: two weeks or more.
--
-- n_duplicates are copies of the day's calls in other logs, one for each further log that tells of a call: a file
-- imported under two names, a gateway beside the application. They are in no other figure. Copies within one log
-- are known by import only: forensics imports.
--
-- @window 28d
-- @parameter busy integer 10 Calls from which on an hour, or a source, is missed.
-- @usage source_label, source_format, source_file
-- @bucket quarter-hour
-- @fold data-quality
-- @unit n_calls count
-- @unit n_duplicates count
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
-- @highlight no_usage above 0
-- @highlight no_tenant above 0
-- @highlight no_feature above 0
-- @highlight silent present
-- @span day_at day
SELECT
  occurred_at AS starts,
  COALESCE(NULLIF(source_label, ''), source_format) AS log_source,
  COALESCE(NULLIF(source_label, ''), source_file) AS log_name,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(cost_usd_nanos), 0) AS spent,
  COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
  COALESCE(SUM(calls + extra_calls - priced_calls - priced_extra_calls - covered_calls
    - calls_without_usage), 0) AS n_unpriced,
  COALESCE(SUM(calls_without_usage), 0) AS no_usage,
  COALESCE(SUM(calls_without_tenant), 0) AS no_tenant,
  COALESCE(SUM(calls_without_feature), 0) AS no_feature,
  COALESCE(SUM(calls_without_prompt), 0) AS no_prompt,
  0 AS n_approximate,
  0 AS n_duplicates
FROM selected_usage
GROUP BY
  occurred_at, COALESCE(NULLIF(source_label, ''), source_format),
  COALESCE(NULLIF(source_label, ''), source_file)
UNION ALL
SELECT occurred_at - occurred_at % 900000, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, COUNT(*), 0
FROM selected_call
WHERE time_is_approximate = 1 AND kind = 'call'
GROUP BY occurred_at - occurred_at % 900000
UNION ALL
SELECT occurred_at - occurred_at % 900000, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, COALESCE(SUM(n_copies), 0)
FROM selected_copy
GROUP BY occurred_at - occurred_at % 900000
ORDER BY starts NULLS FIRST, log_source NULLS FIRST, log_name NULLS FIRST
