-- Identical prompts that were paid for again and again.
--
-- A row is a prompt hash within a feature with at least --calls answered calls. repeats_usd is what all but
-- one of them cost, at their average; gap_ms the average time between two calls.
--
-- remedy says what would help, if anything. de-duplicate: every call had the same number of input tokens, so it
-- is the same prompt word for word, and a stored answer would do wherever the same answer will. cache: the
-- hash is of a shared part (their lengths differ), yet less than a fifth of the input came out of the prompt
-- cache. burst: more than 100 calls within 5 minutes at some point, a loop or bulk work: retry-storms tells
-- which. Nothing: the cache is at work already.
--
-- Hashes are what logs hold, or are made of the prompt at import; equal lengths are strong evidence of equal
-- prompts, not proof. Asking several times on purpose (votes, evaluations) looks the same. Calls without a
-- hash are left out and counted; failed calls (status 400 and above) are no repeats.
--
-- @window 7d
-- @parameter calls integer 5 Answered calls from which on a prompt is shown.
-- @parameter limit integer 20 Rows to show.
-- @usage prompt_hash, feature
-- @least calls calls
-- @unit n_calls count
-- @unit n_repeats count
-- @unit gap_ms duration
-- @bar repeats_usd
-- @left-out prompt_hash
WITH sent AS (
  SELECT
    prompt_hash,
    feature,
    COALESCE(SUM(calls), 0) AS n_sent,
    COALESCE(SUM(calls - errors), 0) AS n_answered,
    COALESCE(SUM(cost_usd_nanos), 0) AS all_spent,
    COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced,
    COALESCE(SUM(cache_read_tokens), 0) AS from_cache,
    COALESCE(SUM(input_tokens + cache_create_tokens + cache_read_tokens), 0) AS all_input,
    MIN(min_prompt_tokens) AS shortest,
    MAX(max_prompt_tokens) AS longest,
    MIN(first_at) AS first_seen,
    MAX(last_at) AS last_seen,
    MAX(peak_calls) AS busiest
  FROM selected_usage
  WHERE prompt_hash IS NOT NULL
  GROUP BY prompt_hash, feature
),
repeated AS (
  SELECT
    prompt_hash,
    feature,
    n_sent,
    n_answered,
    CASE WHEN n_priced > 0 THEN all_spent END AS spent,
    CASE WHEN n_priced > 0 THEN all_spent - CAST(all_spent AS DOUBLE) / NULLIF(n_answered, 0) END
      AS repeats,
    CAST(last_seen - first_seen AS DOUBLE) / NULLIF(n_sent - 1, 0) AS gap,
    CASE
      WHEN busiest > 100 THEN 'burst'
      WHEN shortest = longest THEN 'de-duplicate'
      WHEN from_cache * 5 < all_input THEN 'cache'
    END AS help,
    longest,
    CAST(from_cache * 100 AS DOUBLE) / NULLIF(all_input, 0) AS hit,
    first_seen,
    last_seen
  FROM sent
  WHERE n_answered >= :calls AND n_answered > 1
)
SELECT
  prompt_hash,
  feature,
  spent AS total_usd_nanos,
  repeats AS repeats_usd_nanos,
  n_sent AS n_calls,
  n_answered - 1 AS n_repeats,
  gap AS gap_ms,
  longest AS largest_prompt_tokens,
  hit AS cache_hit_pct,
  help AS remedy,
  first_seen AS first_at,
  last_seen AS last_at
FROM repeated
ORDER BY repeats DESC NULLS LAST, prompt_hash NULLS FIRST, feature NULLS FIRST
LIMIT :limit
