-- What a success costs, and what failures do.
--
-- An attempt is a session where one was logged, else an operation, else the call (--per changes that). It
-- ended as the last of its calls did that tells an outcome: ten calls of a session are one attempt, and one success
-- if the last one succeeded; an operation that succeeded at the third try is one success that cost three calls.
--
-- An outcome is what a log says, succeeded or errored, else what status and stop reason tell: an answer is a
-- success, an error or a refusal is none. Whether the answer was of any use only your application knows: let it
-- log `outcome: errored` with the last call of a task that came to nothing.
--
-- per_success_usd spreads all that was spent on attempts with a known outcome over the successes: what one
-- really costs. per_attempt_usd spreads it over all of them. Attempts without an outcome are in neither. Where
-- less than --enough per cent of the calls, or of the spend, belong to attempts with an outcome, both are left
-- empty and too_little is marked: the rest might be anything. So they are where nothing has a price.
--
-- An attempt that several rows share (a session of two features) counts in each; one that begins or ends
-- outside the window is judged by the part inside.
--
-- @window 7d
-- @parameter by dimension feature What makes the rows: feature, agent, model, tenant and the like.
-- @parameter per one-of:session|operation|call session What an attempt is, as far as it was logged.
-- @parameter enough number 50 Per cent of calls and of spend that must tell an outcome.
-- @usage {by}, session_id, operation_id, outcome
-- @unit n_attempts count
-- @unit n_successes count
-- @unit n_failures count
-- @unit n_unknown count
-- @unit too_little flag
-- @highlight too_little above 0
-- @highlight success_pct below 50
WITH marked AS (
  SELECT
    {by},
    CASE WHEN :per = 'session' THEN session_id END AS in_session,
    CASE
      WHEN :per = 'call' OR (:per = 'session' AND session_id IS NOT NULL) THEN NULL
      ELSE operation_id
    END AS in_operation,
    CASE WHEN outcome IS NULL THEN 0 WHEN outcome = 'succeeded' THEN 2 ELSE 1 END AS verdict,
    last_at AS ended,
    calls AS n,
    priced_calls + priced_extra_calls AS n_paid,
    cost_usd_nanos AS spent
  FROM selected_usage
),
parts AS (
  SELECT
    {by},
    in_session,
    in_operation,
    verdict,
    COALESCE(SUM(n), 0) AS part_calls,
    COALESCE(SUM(spent), 0) AS part_spent,
    COALESCE(SUM(n_paid), 0) AS part_paid,
    MAX(ended) AS part_ended
  FROM marked
  GROUP BY {by}, in_session, in_operation, verdict
),
ordered AS (
  SELECT
    {by},
    in_session,
    in_operation,
    CASE WHEN in_session IS NULL AND in_operation IS NULL THEN verdict ELSE 0 END AS own_verdict,
    verdict,
    part_calls,
    part_spent,
    part_paid,
    ROW_NUMBER() OVER (
      PARTITION BY
        {by}, in_session, in_operation,
        CASE WHEN in_session IS NULL AND in_operation IS NULL THEN verdict ELSE 0 END
      ORDER BY
        CASE WHEN verdict = 0 THEN 1 ELSE 0 END NULLS LAST, part_ended DESC NULLS LAST,
        verdict DESC NULLS LAST
    ) AS place
  FROM parts
),
judged AS (
  SELECT
    {by},
    in_session,
    in_operation,
    own_verdict,
    MAX(CASE WHEN place = 1 THEN verdict END) AS final_verdict,
    COALESCE(SUM(part_calls), 0) AS unit_calls,
    COALESCE(SUM(part_spent), 0) AS unit_spent,
    COALESCE(SUM(part_paid), 0) AS unit_paid
  FROM ordered
  GROUP BY {by}, in_session, in_operation, own_verdict
),
counted AS (
  SELECT
    {by},
    final_verdict AS best,
    unit_calls,
    unit_spent,
    unit_paid,
    CASE WHEN in_session IS NULL AND in_operation IS NULL THEN unit_calls ELSE 1 END AS n_units
  FROM judged
),
summed AS (
  SELECT
    {by},
    COALESCE(SUM(unit_spent), 0) AS spent_sum,
    COALESCE(SUM(unit_calls), 0) AS calls_sum,
    COALESCE(SUM(unit_paid), 0) AS n_priced,
    COALESCE(SUM(CASE WHEN best > 0 THEN unit_calls ELSE 0 END), 0) AS told_calls,
    COALESCE(SUM(CASE WHEN best > 0 THEN unit_spent ELSE 0 END), 0) AS told_spent,
    COALESCE(SUM(CASE WHEN best = 1 THEN unit_spent ELSE 0 END), 0) AS failed_spent,
    COALESCE(SUM(CASE WHEN best = 2 THEN n_units ELSE 0 END), 0) AS n_won,
    COALESCE(SUM(CASE WHEN best = 1 THEN n_units ELSE 0 END), 0) AS n_lost,
    COALESCE(SUM(CASE WHEN best = 0 THEN n_units ELSE 0 END), 0) AS n_open
  FROM counted
  GROUP BY {by}
),
guarded AS (
  SELECT
    {by},
    spent_sum,
    calls_sum,
    n_priced,
    told_calls,
    told_spent,
    failed_spent,
    n_won,
    n_lost,
    n_open,
    CASE
      WHEN told_calls * 100 < :enough * calls_sum OR told_spent * 100 < :enough * spent_sum
        OR told_calls = 0 OR n_priced = 0 THEN 1
      ELSE 0
    END AS thin
  FROM summed
)
SELECT
  {by},
  CASE WHEN n_priced > 0 THEN spent_sum END AS spend_usd_nanos,
  CASE WHEN thin = 0 THEN CAST(told_spent AS DOUBLE) / NULLIF(n_won, 0) END
    AS per_success_usd_nanos,
  CASE WHEN thin = 0 THEN CAST(told_spent AS DOUBLE) / NULLIF(n_won + n_lost, 0) END
    AS per_attempt_usd_nanos,
  CASE WHEN n_priced > 0 THEN failed_spent END AS failed_usd_nanos,
  n_won + n_lost AS n_attempts,
  n_won AS n_successes,
  n_lost AS n_failures,
  CAST(n_won * 100 AS DOUBLE) / NULLIF(n_won + n_lost, 0) AS success_pct,
  n_open AS n_unknown,
  CAST(told_calls * 100 AS DOUBLE) / NULLIF(calls_sum, 0) AS told_calls_pct,
  CAST(told_spent * 100 AS DOUBLE) / NULLIF(spent_sum, 0) AS told_spend_pct,
  thin AS too_little
FROM guarded
ORDER BY spent_sum DESC, {by} NULLS FIRST
