-- How far answers stay below max_tokens, and how many were cut off by it.
--
-- A row is a feature and a ceiling that its calls set. Percentiles are exact, of the answers' tokens. used_pct is
-- the 99th percentile's share of the ceiling, headroom_tokens what lies between.
--
-- max_tokens costs nothing by itself, only what is written does: a ceiling far above need is what a runaway
-- answer may cost, and it counts against some rate limits. n_cut and cut_usd are calls that stopped at it
-- (stop_reason max_tokens or length): paid for, and often sent again. advice, from --calls calls on:
--
-- raise: more than --cut per cent were cut off. lower: the ceiling is more than --factor times the 99th
-- percentile. suggested_tokens is then twice the 99th percentile, or twice the ceiling where it should be raised:
-- answers that were cut off do not tell how long they are. Where no max_tokens was logged there is no advice, and
-- suggested_tokens says what would do.
--
-- Rows with advice come first.
--
-- @window 7d
-- @parameter by dimension feature What has a ceiling: feature, agent, model and the like.
-- @parameter factor integer 4 Times the 99th percentile that a ceiling may be.
-- @parameter cut number 1 Per cent of the calls that may be cut off.
-- @parameter calls integer 30 Calls from which on there is advice.
-- @parameter limit integer 20 Rows to show.
-- @usage {by}, max_tokens
-- @unit n_calls count
-- @unit n_cut count
-- @unit max_tokens tokens
WITH merged AS (
  SELECT
    {by},
    max_tokens,
    calls AS n,
    cost_usd_nanos AS spent,
    priced_calls + priced_extra_calls AS paid,
    p50_output_tokens AS p50,
    p95_output_tokens AS p95,
    p99_output_tokens AS p99,
    max_output_tokens AS longest,
    0 AS n_stopped,
    0 AS stopped_cost,
    0 AS stopped_priced
  FROM selected_usage
  UNION ALL
  SELECT {by}, max_tokens, 0, 0, 0, NULL, NULL, NULL, NULL, 1, COALESCE(cost_usd_nanos, 0),
    CASE WHEN cost_usd_nanos IS NULL THEN 0 ELSE 1 END
  FROM selected_call
  WHERE stop_reason IN ('max_tokens', 'length') AND kind = 'call'
),
answers AS (
  SELECT
    {by},
    max_tokens,
    COALESCE(SUM(n), 0) AS n_calls,
    COALESCE(SUM(spent), 0) AS spent_sum,
    COALESCE(SUM(paid), 0) AS n_priced,
    MAX(p50) AS half,
    MAX(p95) AS most,
    MAX(p99) AS nearly_all,
    MAX(longest) AS longest_answer,
    COALESCE(SUM(n_stopped), 0) AS n_cut,
    COALESCE(SUM(stopped_cost), 0) AS cut_spent,
    COALESCE(SUM(stopped_priced), 0) AS n_cut_priced
  FROM merged
  GROUP BY {by}, max_tokens
),
advised AS (
  SELECT
    {by},
    max_tokens,
    n_calls,
    spent_sum,
    n_priced,
    half,
    most,
    nearly_all,
    longest_answer,
    n_cut,
    cut_spent,
    n_cut_priced,
    CASE
      WHEN n_calls < :calls OR nearly_all IS NULL THEN NULL
      WHEN n_cut * 100 > :cut * n_calls THEN 'raise'
      WHEN max_tokens > :factor * nearly_all THEN 'lower'
    END AS advice
  FROM answers
)
SELECT
  {by},
  max_tokens,
  CASE WHEN n_priced > 0 THEN spent_sum END AS spend_usd_nanos,
  n_calls,
  half AS p50_tokens,
  most AS p95_tokens,
  nearly_all AS p99_tokens,
  longest_answer AS longest_tokens,
  CAST(nearly_all * 100 AS DOUBLE) / NULLIF(max_tokens, 0) AS used_pct,
  max_tokens - nearly_all AS headroom_tokens,
  n_cut,
  CASE WHEN n_cut = 0 OR n_cut_priced > 0 THEN cut_spent END AS cut_usd_nanos,
  advice,
  CASE
    WHEN advice = 'raise' AND max_tokens IS NOT NULL THEN 2 * max_tokens
    WHEN advice = 'lower' THEN 2 * nearly_all
    WHEN advice IS NULL AND max_tokens IS NULL AND n_calls >= :calls THEN 2 * nearly_all
  END AS suggested_tokens
FROM advised
WHERE n_calls > 0
ORDER BY
  CASE WHEN advice IS NULL THEN 1 ELSE 0 END NULLS LAST, spent_sum DESC, n_calls DESC, {by} NULLS FIRST, max_tokens NULLS FIRST
LIMIT :limit
