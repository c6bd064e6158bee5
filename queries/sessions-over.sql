-- Sessions that cost more than a threshold.
--
-- A session is what calls with one session id make up, as far as they lie in the window: one that began before
-- it shows only its later part, so give a window that is longer than sessions are. main_feature, tenant and
-- user are those of its dearest calls. largest_prompt_tokens is the longest input of a single call, cached
-- tokens included: a session that re-sends all that was said grows with every turn (tool-recursion tells).
--
-- The threshold is held against what has a price. n_unpriced counts calls and hidden iterations that have none
-- although they were made: such a session cost more than it shows, and may be missing here.
--
-- What is at or below the threshold is counted below the table, and so are calls without a session id.
--
-- @window 7d
-- @parameter usd usd 1.00 Dollars that a session may cost.
-- @parameter limit integer 20 Rows to show.
-- @usage session_id, tenant_id, user_id, feature
-- @fold sessions-over
-- @unit n_calls count
-- @unit n_unpriced count
-- @unit span_ms duration
-- @bar spend_usd
WITH parts AS (
  SELECT
    session_id,
    tenant_id,
    user_id,
    feature,
    COALESCE(SUM(cost_usd_nanos), 0) AS spent,
    COALESCE(SUM(calls), 0) AS n,
    COALESCE(SUM(priced_calls + priced_extra_calls), 0) AS n_paid,
    COALESCE(SUM(calls + extra_calls - priced_calls - priced_extra_calls - covered_calls
      - calls_without_usage), 0) AS n_untold,
    MIN(first_at) AS begun,
    MAX(last_at) AS ended,
    MAX(max_prompt_tokens) AS largest
  FROM selected_usage
  GROUP BY session_id, tenant_id, user_id, feature
),
ranked AS (
  SELECT
    session_id,
    tenant_id,
    user_id,
    feature,
    spent,
    n,
    n_paid,
    n_untold,
    begun,
    ended,
    largest,
    COALESCE(SUM(spent) OVER (PARTITION BY session_id), 0) AS session_spent,
    ROW_NUMBER() OVER (
      PARTITION BY session_id
      ORDER BY spent DESC, n DESC, feature NULLS FIRST, tenant_id NULLS FIRST, user_id NULLS FIRST
    ) AS place
  FROM parts
),
sessions AS (
  SELECT
    session_id,
    CASE
      WHEN session_id IS NULL THEN 'unknown' WHEN session_spent > :usd THEN 'over' ELSE 'below'
    END AS class,
    MAX(CASE WHEN place = 1 THEN feature END) AS main_feature,
    MAX(CASE WHEN place = 1 THEN tenant_id END) AS tenant,
    MAX(CASE WHEN place = 1 THEN user_id END) AS person,
    COALESCE(SUM(spent), 0) AS whole_spent,
    COALESCE(SUM(n), 0) AS n_calls,
    COALESCE(SUM(n_paid), 0) AS n_priced,
    COALESCE(SUM(n_untold), 0) AS n_unpriced,
    MIN(begun) AS first_seen,
    MAX(ended) AS last_seen,
    MAX(largest) AS largest_prompt
  FROM ranked
  GROUP BY session_id, session_spent
)
SELECT
  class,
  CASE WHEN class = 'over' THEN session_id END AS session,
  MAX(main_feature) AS main_feature,
  MAX(tenant) AS tenant,
  MAX(person) AS person,
  COALESCE(SUM(whole_spent), 0) AS spend_usd_nanos,
  COALESCE(SUM(n_calls), 0) AS calls_in_all,
  COALESCE(SUM(n_priced), 0) AS priced_in_all,
  COALESCE(SUM(n_unpriced), 0) AS unpriced_in_all,
  COUNT(*) AS n_sessions,
  MIN(first_seen) AS from_at,
  MAX(last_seen) AS until_at,
  MAX(largest_prompt) AS largest_prompt_tokens
FROM sessions
GROUP BY class, CASE WHEN class = 'over' THEN session_id END
ORDER BY spend_usd_nanos DESC NULLS LAST, session NULLS FIRST, class NULLS FIRST
