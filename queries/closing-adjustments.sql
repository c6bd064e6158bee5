-- What became known of a closed period's calls, each down to its log line.
--
-- A call that came or went is one row; of a call that is another now, what it was is taken back and what it is
-- is put there. Changes of what finance does not count cancel out, and are not shown.
SELECT
  c.period,
  a.booked_at AS dated_at,
  SUM(a.sign) AS sign,
  a.occurred_at,
  COALESCE(a.request_id, a.message_id) AS call_id,
  (SELECT text FROM name WHERE id = a.tenant) AS tenant_id,
  (SELECT text FROM name WHERE id = a.feature) AS feature,
  (SELECT text FROM name WHERE id = a.workspace) AS workspace,
  (SELECT text FROM name WHERE id = a.model) AS model,
  (SELECT text FROM name WHERE id = a.deploy) AS deploy_sha,
  (SELECT text FROM name WHERE id = a.agent) AS agent,
  (SELECT text FROM name WHERE id = a.channel) AS channel,
  (SELECT text FROM name WHERE id = a.region) AS region,
  (SELECT text FROM name WHERE id = a.service_tier) AS service_tier,
  (SELECT text FROM name WHERE id = a.speed) AS speed,
  (SELECT text FROM name WHERE id = a.inference_geo) AS inference_geo,
  (SELECT text FROM name WHERE id = a.api_key) AS api_key,
  (SELECT text FROM name WHERE id = a.kind) AS kind,
  (SELECT text FROM name WHERE id = a.outcome) AS outcome,
  a.status_code,
  SUM(a.sign * COALESCE(a.input_tokens, 0)) AS input_tokens,
  SUM(a.sign * COALESCE(a.cache_create_tokens, 0)) AS cache_create_tokens,
  SUM(a.sign * COALESCE(a.cache_create_1h_tokens, 0)) AS cache_create_1h_tokens,
  SUM(a.sign * COALESCE(a.cache_read_tokens, 0)) AS cache_read_tokens,
  SUM(a.sign * COALESCE(a.output_tokens, 0)) AS output_tokens,
  SUM(a.sign * COALESCE(a.web_search_requests, 0)) AS web_search_requests,
  SUM(a.sign * (a.kind IS NULL)) AS calls,
  SUM(a.sign * COALESCE(a.cost_usd_nanos, 0)) AS cost_usd_nanos,
  (SELECT path FROM log_file WHERE id = a.source) AS file,
  a.source_line AS line,
  a.import,
  a.recorded_at AS known_at
FROM adjustment AS a
JOIN closing AS c ON c.id = a.closing
WHERE a.closing = :closing
GROUP BY
  a.closing, a.booked_at, a.recorded_at, a.hour, a.identity, a.tenant, a.feature, a.deploy, a.model,
  a.service_tier, a.speed, a.inference_geo, a.channel, a.region, a.workspace, a.api_key,
  a.agent, a.kind, a.outcome, a.status_code, a.input_tokens,
  a.cache_create_tokens, a.cache_create_1h_tokens, a.cache_read_tokens, a.output_tokens,
  a.web_search_requests, a.cost_usd_nanos, a.list_cost_usd_nanos, a.occurred_at
HAVING SUM(a.sign) <> 0
ORDER BY a.booked_at, a.recorded_at, a.occurred_at, a.hour, a.identity, SUM(a.sign), a.id
LIMIT :limit
