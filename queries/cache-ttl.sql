-- What five-minute, one-hour and no prompt caching would have cost.
--
-- Calls of one model, channel and workspace share a prefix when they log the same prefix hash, else the same
-- feature and prompt hash. The gap to the call before says whether a cache entry would still have been there:
-- within_5m_pct and within_1h_pct are the shares of the calls within five minutes and within an hour of it.
--
-- What is shared is what a call read from the cache; where it read nothing, what it wrote there; where nothing was
-- cached, all of its input, and `basis` says "upper bound": a prefix is at most that long. as_it_is_usd is what the
-- shared part and the writes besides come to at the model's standard rates of the window's end (no batch discount, no
-- residency), the other three what they would come to at the same; `best` is the cheapest of the three and saving_usd what it would save. `forensics what-if cache` asks the same call by call at
-- exact prices; without a prefix hash it takes all calls of a feature and model to share a prefix where they cached.
--
-- never_read marks writes to a cache that no call read. broke_at is when a deploy brought the reads of a feature
-- down to less than half of their share in the days before, for the rest of the window; without a logged deploy, the
-- day. A cache that has been cold throughout the window cannot be told from one that never was: widen the window.
--
-- Calls that failed neither read nor write a cache and are left out, as are calls without any hash.
--
-- @window 7d
-- @usage feature, model, channel, deploy_sha, reuse
-- @bucket day
-- @fold cache-ttl
-- @unit n_calls count
-- @unit never_read flag
-- @left-out prompt_hash
SELECT
  feature,
  model,
  channel,
  deploy_sha,
  reuse,
  occurred_at AS started_at,
  MIN(first_at) AS first_seen_at,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(input_tokens), 0) AS fresh,
  COALESCE(SUM(cache_read_tokens), 0) AS reads,
  COALESCE(SUM(cache_create_tokens), 0) AS writes,
  COALESCE(SUM(cache_create_1h_tokens), 0) AS long_writes,
  COALESCE(SUM(shared_tokens), 0) AS shared,
  COALESCE(SUM(added_tokens), 0) AS added
FROM selected_usage
WHERE reuse IS NOT NULL
GROUP BY feature, model, channel, deploy_sha, reuse, occurred_at
ORDER BY
  feature NULLS FIRST, model NULLS FIRST, channel NULLS FIRST, deploy_sha NULLS FIRST, reuse NULLS FIRST, occurred_at
