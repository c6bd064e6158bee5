-- Calls that failed and cost money all the same.
--
-- Failed requests are not billed: the vendor says so of 4xx and 5xx. Where the log shows token counts beside
-- an error, either the status was set by your own code (a time-out, an answer that did not parse), and the
-- money is real; or the log counts what was never billed; or the vendor does bill it, and a ticket gets it
-- back. The example is the dearest of the row's calls: explain it with forensics explain.
--
-- Calls without a logged status are not looked at, and neither are errors without a price.
--
-- @window 7d
-- @unit status_code text
-- @unit n_billed count
WITH billed AS (
  SELECT
    status_code,
    feature,
    model,
    cost_usd_nanos,
    COALESCE(input_tokens, 0) + COALESCE(cache_create_tokens, 0) + COALESCE(cache_read_tokens, 0)
      AS prompted,
    COALESCE(output_tokens, 0) AS answered,
    occurred_at,
    COALESCE(request_id, message_id) AS explained_by,
    ROW_NUMBER() OVER (
      PARTITION BY status_code, feature, model
      ORDER BY cost_usd_nanos DESC NULLS LAST, occurred_at, identity
    ) AS place
  FROM selected_call
  WHERE status_code >= 400 AND cost_usd_nanos > 0
)
SELECT
  status_code,
  feature,
  model,
  COALESCE(SUM(cost_usd_nanos), 0) AS billed_usd_nanos,
  COUNT(*) AS n_billed,
  COALESCE(SUM(prompted), 0) AS prompt_tokens,
  COALESCE(SUM(answered), 0) AS answer_tokens,
  MIN(occurred_at) AS first_at,
  MAX(occurred_at) AS last_at,
  MAX(CASE WHEN place = 1 THEN explained_by END) AS example
FROM billed
GROUP BY status_code, feature, model
ORDER BY
  billed_usd_nanos DESC NULLS LAST, status_code NULLS FIRST, feature NULLS FIRST, model NULLS FIRST
