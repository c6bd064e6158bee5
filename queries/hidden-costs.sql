-- What is paid for and easily overlooked: hidden iterations, refusals, failures.
--
-- `hidden` is why the calls of a row are here, the first that holds: the kind of a hidden iteration inside a
-- call (compaction of a long conversation, an advisor's or a fallback's turn), refused (the model declined
-- and billed for it), failed (the operation's outcome), cut off (max_tokens was reached: the answer is not
-- whole, and often asked for again). share_pct is of all that was spent in the window.
--
-- kind, stop_reason and outcome are as they were logged, NULL where they were not: what is not logged
-- cannot be found here. None of it is a fault by itself; --by feature shows where it is most. What is
-- billed despite an error status is in billed-errors, what retries cost in rate-limits.
--
-- @window 7d
-- @parameter by dimensions all What makes the rows besides: feature, model, tenant, agent, ….
-- @usage {by}, kind, stop_reason, outcome
-- @unit n_calls count
-- @unit n_iterations count
WITH told AS (
  SELECT
    CASE
      WHEN kind <> 'call' THEN kind
      WHEN stop_reason = 'refusal' OR outcome IN ('refused', 'refused_mid_stream') THEN 'refused'
      WHEN outcome IN ('errored', 'canceled', 'expired') THEN 'failed'
      WHEN stop_reason IN ('max_tokens', 'length') THEN 'cut off'
    END AS cause,
    {by},
    kind,
    stop_reason,
    outcome,
    calls,
    extra_calls,
    priced_calls + priced_extra_calls AS paid,
    cost_usd_nanos,
    output_tokens
  FROM selected_usage
),
summed AS (
  SELECT
    cause,
    {by},
    kind,
    stop_reason,
    outcome,
    COALESCE(SUM(cost_usd_nanos), 0) AS nanos,
    COALESCE(SUM(paid), 0) AS n_priced,
    COALESCE(SUM(calls), 0) AS n_own,
    COALESCE(SUM(extra_calls), 0) AS n_inner,
    COALESCE(SUM(output_tokens), 0) AS written
  FROM told
  GROUP BY cause, {by}, kind, stop_reason, outcome
),
shared AS (
  SELECT
    cause,
    {by},
    kind,
    stop_reason,
    outcome,
    nanos,
    n_priced,
    n_own,
    n_inner,
    written,
    COALESCE(SUM(nanos) OVER (), 0) AS all_nanos
  FROM summed
)
SELECT
  cause AS hidden,
  {by},
  kind,
  stop_reason,
  outcome,
  CASE WHEN n_priced > 0 THEN nanos END AS hidden_usd_nanos,
  CAST(nanos * 100 AS DOUBLE) / NULLIF(all_nanos, 0) AS share_pct,
  n_own AS n_calls,
  n_inner AS n_iterations,
  written AS written_tokens
FROM shared
WHERE cause IS NOT NULL AND n_own + n_inner > 0
ORDER BY
  nanos DESC NULLS LAST, cause NULLS FIRST, {by} NULLS FIRST, kind, stop_reason NULLS FIRST,
  outcome NULLS FIRST
