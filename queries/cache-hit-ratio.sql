-- How much of each feature's input came out of the prompt cache.
--
-- reads, writes and fresh are input tokens: read from the cache, written to it, and neither.
-- cache_hit_pct is the share of the reads. Below 20 % the prefix is not stable (a timestamp or a session
-- id in the system prompt is the usual cause), or it is not long enough to be cached at all; such rows
-- are marked.
--
-- @window 24h
-- @parameter by dimensions feature What makes the rows: feature, tenant, model, … or several: tenant,feature.
-- @usage {by}
-- @unit reads tokens
-- @unit writes tokens
-- @unit fresh tokens
-- @highlight cache_hit_pct below 20
WITH cached AS (
  SELECT
    {by},
    COALESCE(SUM(cache_read_tokens), 0) AS reads,
    COALESCE(SUM(cache_create_tokens), 0) AS writes,
    COALESCE(SUM(input_tokens), 0) AS fresh
  FROM selected_usage
  GROUP BY {by}
),
rated AS (
  SELECT
    {by},
    reads,
    writes,
    fresh,
    CAST(reads * 100 AS DOUBLE) / NULLIF(reads + writes + fresh, 0) AS hit_pct
  FROM cached
)
SELECT {by}, reads, writes, fresh, hit_pct AS cache_hit_pct
FROM rated
ORDER BY hit_pct NULLS LAST, {by} NULLS FIRST
