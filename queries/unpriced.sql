-- Calls that have no cost and are not covered, by what decides a price.
--
-- A row a day, because prices change with days, and kind of usage: 'prices unpriced' asks the book in use
-- what each is missing, and adds them up.
SELECT
  model_raw,
  channel,
  region,
  service_tier,
  speed,
  inference_geo,
  workspace,
  api_key,
  occurred_at / 86400000 AS day,
  COALESCE(input_tokens, cache_create_tokens, cache_read_tokens, output_tokens) IS NOT NULL
    AS has_usage,
  COALESCE(cache_create_tokens, 0) > COALESCE(cache_create_1h_tokens, 0) AS writes_5m,
  COALESCE(cache_create_1h_tokens, 0) > 0 AS writes_1h,
  COALESCE(cache_read_tokens, 0) > 0 AS reads,
  COALESCE(web_search_requests, 0) > 0 AS searches,
  COUNT(*) AS calls,
  COALESCE(SUM(
    COALESCE(input_tokens, 0) + COALESCE(cache_create_tokens, 0) + COALESCE(cache_read_tokens, 0)
      + COALESCE(output_tokens, 0)), 0) AS tokens,
  MIN(occurred_at) AS first_at,
  MAX(occurred_at) AS last_at
FROM selected_call
WHERE cost_usd_nanos IS NULL AND list_cost_usd_nanos IS NULL
GROUP BY
  model_raw, channel, region, service_tier, speed, inference_geo, workspace, api_key, day, has_usage,
  writes_5m, writes_1h, reads, searches
ORDER BY
  model_raw, channel, region, service_tier, speed, inference_geo, workspace, api_key, day, has_usage,
  writes_5m, writes_1h, reads, searches
