-- Prompts sent again and again within minutes: loops, stuck agents, wild retries.
--
-- A storm is every call that lies, with more than --calls of the same fingerprint, in some span of --within, and
-- at --surge times the pace that the fingerprint has over the window and the week before: a prompt that is always
-- busy is traffic.
-- One row a fingerprint: what its storm calls cost, how many of them failed, from when to when, how many
-- came in the busiest minute, and where they came from, the largest share first. n_calls are all calls of
-- the fingerprint in the window. --fingerprint tool looks at tool_hash (tool and arguments), which also finds
-- loops whose prompt grows with every turn; any other column works as well, session for one.
--
-- Honest bulk work looks alike, and is counted below the table instead (--all shows it, with the reason
-- under `honest`): most storm calls are of the batch tier; or, with less than a tenth of errors, they are
-- spread over many sessions (else users, else operations: the first that is logged), none with more than a
-- tenth of them; or the same happened on at least four days, and on half of the days with such calls: a
-- nightly job. The week before the window is read for that, in UTC days.
--
-- It cannot see reworded retries (their hashes differ), storms below the threshold, or who started them
-- where nothing but the hash was logged. A loop that opens a session for each call looks honest.
-- 429s and other unbilled errors cost nothing here; rate-limits counts them.
--
-- @window 24h
-- @lookback 7d
-- @parameter calls integer 100 More calls than this make a storm.
-- @parameter within duration 5m Within this span of time.
-- @parameter surge integer 5 So many times its own usual pace.
-- @parameter fingerprint dimension prompt-hash What the calls share: prompt, tool or any other column.
-- @parameter all one-of:no|yes no Whether honest bulk work is shown, too.
-- @storm {fingerprint} calls within surge only
-- @usage {fingerprint}, storm, tenant_id, feature, deploy_sha, service_tier, session_id, user_id, operation_id
-- @bucket minute
-- @fold retry-storms
-- @unit storm_calls count
-- @unit n_errors count
-- @unit peak_per_minute count
-- @unit n_calls count
-- @bar storm_usd
WITH hot AS (
  SELECT {fingerprint} AS hot_key
  FROM selected_usage
  WHERE storm = 1
  GROUP BY {fingerprint}
)
SELECT
  {fingerprint},
  storm,
  occurred_at AS minute_at,
  tenant_id AS of_tenant,
  feature AS of_feature,
  deploy_sha AS of_deploy,
  service_tier AS of_tier,
  session_id AS of_session,
  user_id AS of_user,
  operation_id AS of_operation,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(errors), 0) AS n_errors,
  COALESCE(SUM(priced_calls), 0) AS n_priced,
  COALESCE(SUM(cost_usd_nanos), 0) AS storm_usd_nanos,
  MIN(first_at) AS started_at,
  MAX(last_at) AS ended_at
FROM selected_usage
JOIN hot ON hot_key = {fingerprint}
GROUP BY
  {fingerprint}, storm, occurred_at, tenant_id, feature, deploy_sha, service_tier, session_id, user_id,
  operation_id
ORDER BY
  {fingerprint} NULLS FIRST, occurred_at, storm NULLS FIRST, of_tenant NULLS FIRST, of_feature NULLS FIRST,
  of_deploy NULLS FIRST, of_tier NULLS FIRST, of_session NULLS FIRST, of_user NULLS FIRST,
  of_operation NULLS FIRST
