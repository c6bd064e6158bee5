-- 429s and server errors, what retries cost, and the waiting they add.
--
-- limited_pct is the share of 429s among calls with a logged status; above 0.1 % it is marked.
-- server_error_pct is the same for 5xx (529 overloaded among them). Operations are calls less their
-- retries: an attempt after the first, by its logged number, or because a call of the same operation was
-- before it. peak_retries is the most of them in one minute.
--
-- retries_usd is what attempts after the first cost. Not all of it is lost: the retry of a 429, which is
-- free, is what the operation costs. superseded_usd is lost: attempts that were paid for and followed by
-- another one. waited is the time between the end of one attempt and the start of the next, added up.
--
-- --by takes columns (feature, model, tenant, …) and minute or hour, in UTC; rows with neither 429s nor
-- 5xx nor retries are left out there. Without operation ids and attempt numbers retries are not seen,
-- and without operation ids neither is what is superseded or waited. Retries inside an SDK are often not
-- logged at all.
--
-- @window 24h
-- @parameter by dimensions all What makes the rows: feature, model, tenant, ….
-- @parameter per one-of:none|minute|hour none Rows by time as well.
-- @usage {by}, status_code
-- @bucket minute
-- @unit n_calls count
-- @unit n_operations count
-- @unit n_limited count
-- @unit n_server_errors count
-- @unit n_retries count
-- @unit peak_retries count
-- @highlight limited_pct above 0.1
-- @highlight server_error_pct above 0.1
-- @highlight superseded_usd above 0
-- @unit waited_ms duration
-- @span started_at {per}
WITH minutes AS (
  SELECT
    {by},
    occurred_at AS minute_at,
    CASE
      WHEN :per = 'minute' THEN occurred_at - occurred_at % 60000
      WHEN :per = 'hour' THEN occurred_at - occurred_at % 3600000
      ELSE 0
    END AS span_at,
    MIN(first_at) AS minute_start,
    COALESCE(SUM(calls), 0) AS n_calls,
    COALESCE(SUM(CASE WHEN status_code IS NOT NULL THEN calls ELSE 0 END), 0) AS n_told,
    COALESCE(SUM(CASE WHEN status_code = 429 THEN calls ELSE 0 END), 0) AS n_limited,
    COALESCE(SUM(CASE WHEN status_code >= 500 THEN calls ELSE 0 END), 0) AS n_server_errors,
    COALESCE(SUM(retry_calls), 0) AS n_retries,
    COALESCE(SUM(retry_usd_nanos), 0) AS retry_nanos,
    COALESCE(SUM(superseded_usd_nanos), 0) AS superseded_nanos,
    COALESCE(SUM(wait_ms), 0) AS waited
  FROM selected_usage
  GROUP BY {by}, minute_at, span_at
),
spans AS (
  SELECT
    {by},
    span_at,
    MIN(minute_start) AS span_start,
    COALESCE(SUM(n_calls), 0) AS n_attempts,
    COALESCE(SUM(n_told), 0) AS n_with_status,
    COALESCE(SUM(n_limited), 0) AS n_429,
    COALESCE(SUM(n_server_errors), 0) AS n_5xx,
    COALESCE(SUM(n_retries), 0) AS n_again,
    COALESCE(MAX(n_retries), 0) AS n_peak,
    COALESCE(SUM(retry_nanos), 0) AS again_nanos,
    COALESCE(SUM(superseded_nanos), 0) AS lost_nanos,
    COALESCE(SUM(waited), 0) AS waited_sum
  FROM minutes
  GROUP BY {by}, span_at
)
SELECT
  {by},
  CASE WHEN :per = 'none' THEN span_start ELSE span_at END AS started_at,
  again_nanos AS retries_usd_nanos,
  lost_nanos AS superseded_usd_nanos,
  CAST(n_429 * 100 AS DOUBLE) / NULLIF(n_with_status, 0) AS limited_pct,
  CAST(n_5xx * 100 AS DOUBLE) / NULLIF(n_with_status, 0) AS server_error_pct,
  n_attempts AS n_calls,
  n_attempts - n_again AS n_operations,
  n_429 AS n_limited,
  n_5xx AS n_server_errors,
  n_again AS n_retries,
  n_peak AS peak_retries,
  waited_sum AS waited_ms
FROM spans
WHERE n_attempts > 0 AND (:per = 'none' OR n_429 + n_5xx + n_again > 0)
ORDER BY span_at NULLS FIRST, n_429 DESC NULLS LAST, n_5xx DESC NULLS LAST, {by} NULLS FIRST
