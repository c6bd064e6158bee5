-- Where calls were processed, against what each tenant allows.
--
-- geography is the logged inference_geo where it names a place, else that of the cloud region the call went to
-- (eu-central-1 and europe-west4 are eu, ca-central-1 is ca, northamerica-northeast1 is ca). global is
-- a place of its own: processed anywhere. A log with neither says nothing of the place, and geography is left
-- empty: Anthropic's own API processes wherever it likes unless inference_geo says otherwise.
--
-- Rules stand in forensics.yml. A place is a geography (eu, us, ca, apac, global …) or a single region:
--
--   residency: {default: [us, eu], tenants: {alder-bank: [eu], brisk-parcel: [ca-central-1]}}
--
-- verdict is violation where the place is not among those allowed, unknown where the log does not tell it, ok
-- otherwise; without a rule for the tenant there is none. Violations come first. What is logged is believed: a
-- cross-region inference profile may process outside of the region that was called.
--
-- @window 30d
-- @parameter rules text - Rules as default=us,eu;alder-bank=eu (those of forensics.yml).
-- @usage tenant_id, channel, region, inference_geo
-- @fold residency
-- @unit n_calls count
-- @unit violation flag
SELECT
  tenant_id,
  channel,
  region,
  inference_geo,
  COALESCE(SUM(cost_usd_nanos), 0) AS spend_usd_nanos,
  COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
  COALESCE(SUM(calls), 0) AS n_calls
FROM selected_usage
GROUP BY tenant_id, channel, region, inference_geo
ORDER BY
  tenant_id NULLS FIRST, channel NULLS FIRST, region NULLS FIRST, inference_geo NULLS FIRST
