-- Which prices a call was priced with, so that its cost can be explained and recomputed for ever.

-- A price list as it was read: the program's own, one of the user's files, or an observation that was taken.
CREATE TABLE price_list (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  csv         TEXT NOT NULL,
  observed_at INTEGER,  -- the day an observation is of
  taken_at    INTEGER,  -- NULL: not by 'prices import'
  dropped_at  INTEGER,  -- taken back; books made with it stay
  UNIQUE (name, csv)
) STRICT;

-- All that decides a price: lists, the one that counts most last, and what was agreed with the vendor.
CREATE TABLE price_book (
  id            INTEGER PRIMARY KEY,
  hash          TEXT NOT NULL UNIQUE,
  first_used_at INTEGER NOT NULL,
  overrides     TEXT NOT NULL  -- JSON
) STRICT;

CREATE TABLE price_book_list (
  book     INTEGER NOT NULL REFERENCES price_book,
  position INTEGER NOT NULL,
  list     INTEGER NOT NULL REFERENCES price_list,
  PRIMARY KEY (book, position)
) STRICT, WITHOUT ROWID;

-- NULL: priced before books were kept.
ALTER TABLE call ADD COLUMN price_book INTEGER REFERENCES price_book;
-- At list prices, where that is not the cost: a contract made it another one, or a commitment covers the call
-- (then there is no cost, and this is what it would be).
ALTER TABLE call ADD COLUMN list_cost_usd_nanos INTEGER CHECK (list_cost_usd_nanos >= 0);

ALTER TABLE usage_sum ADD COLUMN unpriced_tokens     INTEGER NOT NULL DEFAULT 0;
-- Calls that a commitment covers, hidden iterations included, and what they would cost at list prices.
ALTER TABLE usage_sum ADD COLUMN covered_calls       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_sum ADD COLUMN covered_usd_nanos   INTEGER NOT NULL DEFAULT 0;
-- Of all calls, covered ones included.
ALTER TABLE usage_sum ADD COLUMN list_cost_usd_nanos INTEGER NOT NULL DEFAULT 0;

UPDATE usage_sum SET list_cost_usd_nanos = cost_usd_nanos;

CREATE TEMP TABLE unpriced AS
SELECT
  hour, tenant, feature, model, deploy, channel, workspace,
  COALESCE(input_tokens, 0) + COALESCE(cache_create_tokens, 0) + COALESCE(cache_read_tokens, 0)
    + COALESCE(output_tokens, 0) AS tokens
FROM call
WHERE cost_usd_nanos IS NULL;

CREATE TEMP TABLE unpriced_sum (dimension, grain, bucket, value, tokens, PRIMARY KEY (dimension, grain, bucket, value));
INSERT INTO unpriced_sum
SELECT dimension, grain, hour / grain, value, SUM(tokens)
FROM (
  SELECT 0 AS dimension, hour, 0 AS value, tokens FROM unpriced
  UNION ALL SELECT 1, hour, COALESCE(tenant, 0), tokens FROM unpriced
  UNION ALL SELECT 2, hour, COALESCE(feature, 0), tokens FROM unpriced
  UNION ALL SELECT 3, hour, COALESCE(model, 0), tokens FROM unpriced
  UNION ALL SELECT 4, hour, COALESCE(deploy, 0), tokens FROM unpriced
  UNION ALL SELECT 6, hour, COALESCE(channel, 0), tokens FROM unpriced
  UNION ALL SELECT 7, hour, COALESCE(workspace, 0), tokens FROM unpriced
) CROSS JOIN (SELECT 1 AS grain UNION ALL SELECT 24)
GROUP BY dimension, grain, hour / grain, value;

UPDATE usage_sum SET unpriced_tokens = u.tokens
FROM unpriced_sum AS u
WHERE u.dimension = usage_sum.dimension AND u.grain = usage_sum.grain AND u.bucket = usage_sum.bucket
  AND u.value = usage_sum.value;

DROP TABLE unpriced;
DROP TABLE unpriced_sum;

-- Dimension 8: the price book.
INSERT INTO usage_sum (
  dimension, grain, bucket, value, calls, extra_calls, priced_calls, priced_extra_calls,
  calls_without_usage, errors, input_tokens, cache_create_tokens, cache_create_1h_tokens,
  cache_read_tokens, output_tokens, web_search_requests, cost_usd_nanos, latency_ms, latency_calls,
  unpriced_tokens, covered_calls, covered_usd_nanos, list_cost_usd_nanos)
SELECT
  8, grain, bucket, 0, calls, extra_calls, priced_calls, priced_extra_calls,
  calls_without_usage, errors, input_tokens, cache_create_tokens, cache_create_1h_tokens,
  cache_read_tokens, output_tokens, web_search_requests, cost_usd_nanos, latency_ms, latency_calls,
  unpriced_tokens, covered_calls, covered_usd_nanos, list_cost_usd_nanos
FROM usage_sum
WHERE dimension = 0;

-- What was recomputed, when and with which prices, and what it moved.
CREATE TABLE repricing (
  id              INTEGER PRIMARY KEY,
  repriced_at     INTEGER NOT NULL,
  price_book      INTEGER NOT NULL REFERENCES price_book,
  since           INTEGER,           -- NULL: open
  until           INTEGER,
  described       TEXT NOT NULL,     -- as it was asked for
  calls           INTEGER NOT NULL,  -- looked at
  changed_calls   INTEGER NOT NULL,
  closed_calls    INTEGER NOT NULL   -- left alone, because their period is closed
) STRICT;

CREATE TABLE repricing_change (
  repricing            INTEGER NOT NULL REFERENCES repricing,
  month                TEXT NOT NULL,  -- 2026-11, UTC
  model                TEXT NOT NULL,
  changed_calls        INTEGER NOT NULL,
  newly_priced_calls   INTEGER NOT NULL,
  no_longer_priced     INTEGER NOT NULL,
  cost_usd_nanos_before INTEGER NOT NULL,
  cost_usd_nanos_after  INTEGER NOT NULL,
  PRIMARY KEY (repricing, month, model)
) STRICT, WITHOUT ROWID;

-- Periods that finance has closed: their costs no longer move.
CREATE TABLE closed_period (
  starting_at INTEGER NOT NULL,
  ending_at   INTEGER NOT NULL CHECK (ending_at > starting_at),
  closed_at   INTEGER NOT NULL,
  PRIMARY KEY (starting_at, ending_at)
) STRICT, WITHOUT ROWID;

DROP VIEW llm_call;
-- What people query: one row a call, the articles' column names, readable text instead of codes.
CREATE VIEW llm_call AS
SELECT
  c.hour,  -- the table's key: bound it too where a query has to be fast
  c.identity,
  c.occurred_at,
  strftime('%Y-%m-%dT%H:%M:%S', c.occurred_at / 1000, 'unixepoch')
    || printf('.%03dZ', c.occurred_at % 1000) AS occurred_at_utc,
  COALESCE(c.request_id, c.message_id) AS request_id,
  c.message_id,
  (SELECT text FROM name WHERE id = c.tenant) AS tenant_id,
  (SELECT text FROM name WHERE id = c.feature) AS feature,
  (SELECT text FROM name WHERE id = c.deploy) AS deploy_sha,
  (SELECT text FROM name WHERE id = c.model) AS model,
  (SELECT text FROM name WHERE id = COALESCE(c.model_raw, c.model)) AS model_raw,
  COALESCE((SELECT text FROM long_name WHERE code = c.prompt),
           CASE WHEN c.prompt IS NOT NULL THEN printf('%016x', c.prompt) END) AS prompt_hash,
  c.input_tokens,
  c.cache_create_tokens,
  c.cache_create_1h_tokens,
  c.cache_read_tokens,
  c.output_tokens,
  c.web_search_requests,
  -- Half-even, so that the articles' whole micro-dollars stand beside the exact nanos.
  (c.cost_usd_nanos + 499 + (c.cost_usd_nanos / 1000) % 2) / 1000 AS cost_usd_micros,
  c.cost_usd_nanos,
  COALESCE(c.list_cost_usd_nanos, c.cost_usd_nanos) AS list_cost_usd_nanos,
  c.logged_cost_usd_nanos,
  c.status_code,
  c.latency_ms,
  c.ttft_ms,
  (SELECT text FROM name WHERE id = c.service_tier) AS service_tier,
  (SELECT text FROM name WHERE id = c.speed) AS speed,
  (SELECT text FROM name WHERE id = c.inference_geo) AS inference_geo,
  (SELECT text FROM name WHERE id = c.channel) AS channel,
  (SELECT text FROM name WHERE id = c.region) AS region,
  (SELECT text FROM name WHERE id = c.workspace) AS workspace,
  (SELECT text FROM name WHERE id = c.api_key) AS api_key,
  (SELECT text FROM name WHERE id = c.agent) AS agent,
  (SELECT text FROM name WHERE id = c.stop_reason) AS stop_reason,
  (SELECT text FROM name WHERE id = c.stop_category) AS stop_category,
  (SELECT text FROM name WHERE id = c.outcome) AS outcome,
  COALESCE((SELECT text FROM name WHERE id = c.kind), 'call') AS kind,
  (SELECT text FROM long_name WHERE code = c.session) AS session_id,
  (SELECT text FROM long_name WHERE code = c.user) AS user_id,
  (SELECT text FROM long_name WHERE code = c.operation) AS operation_id,
  c.parent_call,
  c.attempt,
  c.max_tokens,
  (SELECT text FROM long_name WHERE code = c.prefix_hash) AS prefix_hash,
  (SELECT text FROM long_name WHERE code = c.tool_hash) AS tool_hash,
  COALESCE(c.time_is_approximate, 0) AS time_is_approximate,
  c.row_version,
  (SELECT format FROM log_file WHERE id = c.source) AS source_format,
  (SELECT path FROM log_file WHERE id = c.source) AS source_file,
  c.source_line,
  (SELECT label FROM log_file WHERE id = c.source) AS source_label,
  c.import AS import_id,
  (SELECT hash FROM price_book WHERE id = c.price_book) AS price_book
FROM call AS c;
