-- Conversations and tool loops that pay for the same input turn after turn.
--
-- A stateless API gets the whole conversation with every turn, tool results included. Re-sent is, for each
-- call that follows another of its session, what that one had sent or received, as far as the call's own
-- prompt holds it: the rest is new. grown_pct is the share of following calls whose prompt is larger than
-- the one before. --by session names the worst sessions, --by feature or agent where to look.
--
-- resent_usd is an estimate within what was really paid: re-sent input is taken to be read from the cache
-- as far as it was (a tenth of the price), the rest to be fresh; the call's cost is shared out by the
-- vendor's ratios, output 5, cache writes 1.25 and 2, reads 0.1 times the price of input. Other vendors'
-- models and web searches make it less exact. `trap` marks rows where re-sent input is more than --share
-- per cent of the cost, at --turns following calls or more, most of them grown: a healthy chat whose prefix
-- is cached stays below.
--
-- Only calls with a session id are seen. Parallel branches of one session count as one conversation, so
-- their re-sent share is too high. Sessions cut by the window's start lose their first turns.
--
-- @window 7d
-- @parameter by dimension feature What makes the rows: feature, agent, session, model, tenant, ….
-- @parameter limit integer 10 Rows to show.
-- @parameter share integer 50 Mark rows where re-sent input is more of the cost than this, in per cent.
-- @parameter turns integer 3 Mark only rows with so many following calls.
-- @usage {by}
-- @top limit resent_tokens
-- @fold tool-recursion
-- @unit n_calls count
-- @unit n_following count
-- @unit trap flag
-- @left-out session_id
WITH turns AS (
  SELECT
    {by},
    COALESCE(SUM(resent_tokens), 0) AS again_tokens,
    COALESCE(SUM(calls), 0) AS n_calls,
    COALESCE(SUM(following_calls), 0) AS n_following,
    COALESCE(SUM(grown_calls), 0) AS n_grown,
    COALESCE(SUM(input_tokens), 0) AS fresh,
    COALESCE(SUM(cache_create_tokens), 0) AS writes,
    COALESCE(SUM(cache_create_1h_tokens), 0) AS writes_1h,
    COALESCE(SUM(cache_read_tokens), 0) AS reads,
    COALESCE(SUM(output_tokens), 0) AS written,
    COALESCE(SUM(cost_usd_nanos), 0) AS paid_usd_nanos,
    COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_priced
  FROM selected_usage
  GROUP BY {by}
)
SELECT
  {by},
  paid_usd_nanos,
  again_tokens,
  CAST(again_tokens * 100 AS DOUBLE) / NULLIF(fresh + writes + reads, 0) AS resent_pct,
  n_calls,
  n_following,
  CAST(n_grown * 100 AS DOUBLE) / NULLIF(n_following, 0) AS grown_pct,
  fresh,
  writes,
  writes_1h,
  reads,
  written,
  n_priced
FROM turns
ORDER BY again_tokens DESC NULLS LAST, {by} NULLS FIRST
LIMIT :limit
