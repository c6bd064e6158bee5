-- What was spent: by anything, over time, beside the window before.
--
-- --by takes one column or several, such as tenant,model; `all` is the plain total. The largest groups are
-- shown, the rest is one row, (others), so that the column always adds up to the total of the window.
-- share_pct is of that total.
--
-- change_pct compares with the window before, of the same length; what is new has none, what is gone stands
-- at -100. trend is drawn by hours up to two days, by days up to sixty, else by weeks; each row has a
-- scale of its own.
--
-- With --bucket there is a row for every bucket and group, in time order: share_pct is then of the bucket,
-- change_pct is against the bucket before, and neither edge of the window is compared where it cuts a bucket.
--
-- A group none of whose calls has a price shows no amount. What logs did not tell is (none). Retries and
-- failed calls count as far as they were billed.
--
-- @window 7d
-- @lookback 1 window
-- @parameter by dimensions feature What makes the rows: columns with commas between them, or all.
-- @parameter bucket one-of:none|hour|day|week|month none Buckets of time.
-- @parameter limit integer 20 Groups to show; the rest is one row.
-- @usage {by}
-- @bucket {bucket} or trend
-- @fold spend
-- @unit n_calls count
-- @unit n_tokens tokens
-- @bar spend_usd
SELECT
  occurred_at AS starts,
  CASE WHEN occurred_at < :since THEN 1 ELSE 0 END AS earlier,
  {by},
  COALESCE(SUM(cost_usd_nanos), 0) AS spend_usd_nanos,
  COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(input_tokens + cache_create_tokens + cache_read_tokens + output_tokens), 0) AS n_tokens
FROM selected_usage
GROUP BY occurred_at, {by}
ORDER BY occurred_at, {by} NULLS FIRST
