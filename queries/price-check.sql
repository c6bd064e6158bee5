-- Where the cost that a log states and the one computed here disagree the most.
--
-- Calls that both have a cost for are compared; they agree within a micro-dollar, what most logs round to.
-- A row is what calls have in common that decides their price: the model, the channel, and what is special
-- about how they are billed. `special` names the first that holds of: free (nothing is billed), logged as 0
-- (whoever wrote the log had no price for the model), hidden iterations (compaction, advisor or fallback
-- inside the call; their cost is added here), contract (a price of your own), the service tier (batch), fast,
-- inference_geo (us), web search, cache 1h and cache 5m (writes), cache read. The worst call is where to look:
-- it has the largest difference of its row.
--
-- difference_usd is what the log states beyond what is computed here; difference_pct is its share of the
-- latter. The row with the most money in disagreement comes first, even where too much and too little
-- cancel out. Calls without a logged cost are left out and counted below the table.
--
-- @window 7d
-- @parameter limit integer 10 Rows to show.
-- @unit n_calls count
-- @unit n_off count
-- @unit worst_line text
-- @needs logged_cost_usd_nanos, kind
-- @left-out logged_cost_usd_nanos
WITH hidden AS (
  SELECT parent_call AS parent, COALESCE(SUM(cost_usd_nanos), 0) AS hidden_nanos
  FROM selected_call
  WHERE kind <> 'call' AND parent_call IS NOT NULL
  GROUP BY parent_call
),
stated AS (
  SELECT
    model,
    channel,
    service_tier,
    speed,
    inference_geo,
    web_search_requests,
    cache_create_1h_tokens,
    cache_create_tokens,
    cache_read_tokens,
    request_id,
    source_file,
    source_line,
    occurred_at,
    identity,
    logged_cost_usd_nanos AS stated_nanos,
    cost_usd_nanos + COALESCE(h.hidden_nanos, 0) AS reckoned_nanos,
    COALESCE(h.hidden_nanos, 0) AS inner_nanos,
    COALESCE(list_cost_usd_nanos - cost_usd_nanos, 0) AS rebate_nanos
  FROM selected_call
  LEFT JOIN hidden AS h ON h.parent = COALESCE(message_id, request_id)
  WHERE kind = 'call' AND logged_cost_usd_nanos IS NOT NULL AND cost_usd_nanos IS NOT NULL
),
told AS (
  SELECT
    model,
    channel,
    request_id,
    source_file,
    source_line,
    occurred_at,
    identity,
    stated_nanos,
    reckoned_nanos,
    COALESCE(ABS(stated_nanos - reckoned_nanos), 0) AS gap_nanos,
    CASE
      WHEN reckoned_nanos = 0 THEN 'free'
      WHEN stated_nanos = 0 THEN 'logged as 0'
      WHEN inner_nanos > 0 THEN 'hidden iterations'
      WHEN rebate_nanos <> 0 THEN 'contract'
      WHEN service_tier <> 'standard' THEN service_tier
      WHEN speed = 'fast' THEN 'fast'
      WHEN inference_geo = 'us' THEN 'us'
      WHEN web_search_requests > 0 THEN 'web search'
      WHEN cache_create_1h_tokens > 0 THEN 'cache 1h'
      WHEN cache_create_tokens > 0 THEN 'cache 5m'
      WHEN cache_read_tokens > 0 THEN 'cache read'
    END AS terms
  FROM stated
),
compared AS (
  SELECT
    model,
    channel,
    terms,
    request_id,
    source_file,
    source_line,
    stated_nanos,
    reckoned_nanos,
    CASE WHEN gap_nanos > 1000 THEN gap_nanos ELSE 0 END AS off_nanos,
    ROW_NUMBER() OVER (
      PARTITION BY model, channel, terms ORDER BY gap_nanos DESC NULLS LAST, occurred_at, identity
    ) AS place
  FROM told
),
summed AS (
  SELECT
    model,
    channel,
    terms,
    COUNT(*) AS n_compared,
    COALESCE(SUM(CASE WHEN off_nanos > 0 THEN 1 ELSE 0 END), 0) AS n_apart,
    COALESCE(SUM(stated_nanos), 0) AS stated_sum,
    COALESCE(SUM(reckoned_nanos), 0) AS reckoned_sum,
    COALESCE(SUM(off_nanos), 0) AS off_sum,
    MAX(CASE WHEN place = 1 THEN request_id END) AS worst_id,
    MAX(CASE WHEN place = 1 THEN source_file END) AS worst_path,
    MAX(CASE WHEN place = 1 THEN source_line END) AS worst_row
  FROM compared
  GROUP BY model, channel, terms
)
SELECT
  model,
  channel,
  terms AS special,
  n_compared AS n_calls,
  n_apart AS n_off,
  stated_sum AS logged_usd_nanos,
  reckoned_sum AS computed_usd_nanos,
  stated_sum - reckoned_sum AS difference_usd_nanos,
  CAST((stated_sum - reckoned_sum) * 100 AS DOUBLE) / NULLIF(reckoned_sum, 0) AS difference_pct,
  worst_id AS worst_call,
  worst_path AS worst_file,
  worst_row AS worst_line
FROM summed
WHERE n_apart > 0
ORDER BY off_sum DESC, model NULLS FIRST, channel NULLS FIRST, terms NULLS FIRST
LIMIT :limit
