-- Where calls were answered: tenant, channel, region and geography.
--
-- For 'forensics check'. Grouped by codes over the table itself, and named afterwards: the view would name
-- every call. Hidden iterations are part of their call, here as in residency.
SELECT
  (SELECT text FROM name WHERE id = tenant) AS tenant_id,
  (SELECT text FROM name WHERE id = channel) AS channel,
  (SELECT text FROM name WHERE id = region) AS region,
  (SELECT text FROM name WHERE id = inference_geo) AS inference_geo,
  n_calls,
  last_at
FROM (
  SELECT tenant, channel, region, inference_geo, COUNT(*) AS n_calls, MAX(occurred_at) AS last_at
  FROM call
  WHERE hour >= :since / 3600000 AND hour <= :until / 3600000
    AND occurred_at >= :since AND occurred_at < :until
    AND kind IS NULL AND (status_code IS NULL OR status_code < 400)
  GROUP BY tenant, channel, region, inference_geo
)
ORDER BY tenant_id, channel, region, inference_geo
