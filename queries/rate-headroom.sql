-- How close the busiest minutes come to the limits on requests and tokens.
--
-- One row a limit and what it counts: requests, input tokens or output tokens in the busiest minute, when
-- that was, and the share of the limit that it used. minutes_above are those over --above per cent of it; a
-- use beyond that is marked. Limits come from forensics.yml:
--
--   rate_limits:
--     sonnet: {requests_per_minute: 4000, input_tokens_per_minute: 400000}
--     claude-opus-4-8: {requests_per_minute: 1000, output_tokens_per_minute: 80000}
--
-- A name is a model, a class of models (a word of their names, such as sonnet: their calls then count
-- together), the start of names, or `all`. `rate_limit: {requests_per_minute: 100}` is a limit of your own
-- on all calls. --tier 1 to 4 takes approximate limits for Sonnet instead. Models without a limit have a row
-- without a percentage.
--
-- Minutes are those of the clock, in UTC, while limits refill all the time: a burst over a minute's end
-- comes out at up to twice of what is shown. Input is what limits count: fresh and cache-written, not read
-- from the cache. Batches have limits of their own and are left out, and so are calls that came back with
-- 429. Calls are counted when they were logged; long ones began before.
--
-- @window 24h
-- @parameter by dimensions model What makes the rows: model, or model,workspace.
-- @parameter limits text - The limits, as NAME=REQUESTS/INPUT/OUTPUT;….
-- @parameter above integer 80 Minutes that used more of a limit than this are counted, in per cent.
-- @usage {by}, status_code, service_tier
-- @bucket minute
-- @fold rate-headroom
-- @unit peak_per_minute count
-- @unit limit_per_minute count
-- @unit minutes_above count
-- @unit n_limited count
-- @highlight used_pct above 80
SELECT
  {by},
  occurred_at AS minute_at,
  COALESCE(SUM(CASE WHEN status_code = 429 THEN 0 ELSE calls END), 0) AS requests,
  COALESCE(SUM(input_tokens + cache_create_tokens), 0) AS input,
  COALESCE(SUM(output_tokens), 0) AS output,
  COALESCE(SUM(CASE WHEN status_code = 429 THEN calls ELSE 0 END), 0) AS n_limited
FROM selected_usage
WHERE COALESCE(service_tier, 'standard') <> 'batch'
GROUP BY {by}, occurred_at
ORDER BY occurred_at, {by} NULLS FIRST
