-- What each task costs: a call of it, its share of the bill, and its models.
--
-- A task is a feature, or what --by says. Tokens in are all of a call's input, cached or not. models has
-- the ones used most, with their share of the task's calls.
--
-- dear_model marks a task that makes up at least --calls-pct of all calls, whose answers have at most --short
-- tokens on average, and that sends most of its calls to a dear model: one whose output costs --dear or more
-- a million tokens on its maker's list, at the end of the window. Such a task may do as well on a small model;
-- dear_usd is what its dear models cost. Try it on an evaluation set first: nothing here knows how hard a task
-- is. Models that the shipped price list does not have are taken for neither; contracts are not looked at.
--
-- @window 7d
-- @parameter by dimension feature What makes a task: feature, agent, workspace and the like.
-- @parameter calls-pct number 2 Share of all calls from which on a task is worth a look.
-- @parameter short number 150 Tokens an answer has at most, on average, to be short.
-- @parameter dear usd 12 Dollars a million output tokens from which on a model is dear.
-- @usage {by}, model
-- @fold cost-per-task
-- @unit n_calls count
-- @unit in_per_call tokens
-- @unit out_per_call tokens
-- @unit dear_model flag
-- @bar spend_usd
SELECT
  {by},
  model AS used_model,
  COALESCE(SUM(calls), 0) AS n_calls,
  COALESCE(SUM(calls - calls_without_usage), 0) AS n_told,
  COALESCE(SUM(input_tokens + cache_create_tokens + cache_read_tokens), 0) AS n_in,
  COALESCE(SUM(output_tokens), 0) AS n_out,
  COALESCE(SUM(cost_usd_nanos), 0) AS spent,
  COALESCE(SUM(priced_calls), 0) AS n_priced
FROM selected_usage
GROUP BY {by}, model
ORDER BY {by} NULLS FIRST, model NULLS FIRST
