-- How long calls take: percentiles, first tokens, and the calls over a limit.
--
-- Percentiles are exact, by nearest rank, over the calls whose latency was logged (n_timed); ttft is the time to
-- the first token, where logs tell it. n_slow counts calls above --over, slow_usd is what they cost,
-- slowest_call names the slowest of them.
--
-- Latency is what the log says: with retries inside a client it may be that of all attempts together. Long
-- answers take long; compare features of one kind, or the same one over time.
--
-- @window 24h
-- @parameter by dimensions feature,model What makes the rows: columns with commas between them.
-- @parameter over duration 30s How long a call may take.
-- @parameter limit integer 20 Rows to show.
-- @usage {by}
-- @unit n_calls count
-- @unit n_timed count
-- @unit n_slow count
WITH slow AS (
  SELECT
    {by},
    COALESCE(cost_usd_nanos, 0) AS slow_cost,
    CASE WHEN cost_usd_nanos IS NULL THEN 0 ELSE 1 END AS slow_priced,
    request_id AS slow_id,
    ROW_NUMBER() OVER (
      PARTITION BY {by} ORDER BY latency_ms DESC NULLS LAST, occurred_at, identity
    ) AS place
  FROM selected_call
  WHERE latency_ms > :over AND kind = 'call'
),
merged AS (
  SELECT
    {by},
    calls AS n,
    latency_calls AS timed,
    p50_latency_ms AS p50,
    p90_latency_ms AS p90,
    p95_latency_ms AS p95,
    p99_latency_ms AS p99,
    max_latency_ms AS longest,
    p50_ttft_ms AS first50,
    p95_ttft_ms AS first95,
    0 AS n_over,
    0 AS over_cost,
    0 AS over_priced,
    NULL AS over_id
  FROM selected_usage
  UNION ALL
  SELECT
    {by}, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1, slow_cost, slow_priced,
    CASE WHEN place = 1 THEN slow_id END
  FROM slow
),
timed_calls AS (
  SELECT
    {by},
    COALESCE(SUM(n), 0) AS n_calls,
    COALESCE(SUM(timed), 0) AS n_timed,
    MAX(p50) AS median,
    MAX(p90) AS ninety,
    MAX(p95) AS ninety_five,
    MAX(p99) AS ninety_nine,
    MAX(longest) AS slowest,
    MAX(first50) AS first_median,
    MAX(first95) AS first_ninety_five,
    COALESCE(SUM(n_over), 0) AS n_slow,
    COALESCE(SUM(over_cost), 0) AS slow_spent,
    COALESCE(SUM(over_priced), 0) AS n_slow_priced,
    MAX(over_id) AS slowest_id
  FROM merged
  GROUP BY {by}
)
SELECT
  {by},
  n_calls,
  n_timed,
  median AS p50_ms,
  ninety AS p90_ms,
  ninety_five AS p95_ms,
  ninety_nine AS p99_ms,
  slowest AS slowest_ms,
  first_median AS ttft_p50_ms,
  first_ninety_five AS ttft_p95_ms,
  n_slow,
  CAST(n_slow * 100 AS DOUBLE) / NULLIF(n_timed, 0) AS slow_pct,
  CASE WHEN n_slow = 0 OR n_slow_priced > 0 THEN slow_spent END AS slow_usd_nanos,
  slowest_id AS slowest_call
FROM timed_calls
WHERE n_timed > 0
ORDER BY ninety_five DESC NULLS LAST, n_calls DESC, {by} NULLS FIRST
LIMIT :limit
