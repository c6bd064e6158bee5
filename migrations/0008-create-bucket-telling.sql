-- Aggregates that providers and tools report: every telling of a bucket is kept, and the one that counts is marked, so
-- that taking an import back brings the one before it to light. More reports, and dimensions of the vendor's
-- choosing.
CREATE TABLE bucket_telling (
  report                 TEXT NOT NULL CHECK (report <> ''),
  starting_at            INTEGER NOT NULL,
  ending_at              INTEGER NOT NULL CHECK (ending_at > starting_at),
  key                    INTEGER NOT NULL,  -- 64-bit hash of grouping and dimensions, NULL kept apart
  source                 INTEGER NOT NULL REFERENCES log_file,
  source_line            INTEGER NOT NULL,
  import                 INTEGER NOT NULL,
  is_current             INTEGER NOT NULL CHECK (is_current IN (0, 1)),
  grouped_by             TEXT NOT NULL,     -- dimensions the page was grouped by, as far as it shows
  fetched_at             INTEGER NOT NULL,  -- when the vendor made the figures, or the log's time
  -- A whole span at once; a part of one, which goes on in other records; a bucket by itself; a total that grows.
  told_as                TEXT NOT NULL DEFAULT 'span' CHECK (told_as IN ('span', 'part', 'single', 'total')),
  workspace_id           TEXT,
  api_key_id             TEXT,
  account_id             TEXT,
  service_account_id     TEXT,
  model                  TEXT,
  service_tier           TEXT,
  context_window         TEXT,
  inference_geo          TEXT,
  speed                  TEXT,
  description            TEXT,
  cost_type              TEXT,
  token_type             TEXT,
  workspace              TEXT,
  api_key                TEXT,
  actor                  TEXT,
  product                TEXT,
  session_id             TEXT,
  other_dimensions       TEXT,              -- a JSON object of whatever else the report tells apart
  input_tokens           INTEGER CHECK (input_tokens >= 0),
  cache_create_tokens    INTEGER CHECK (cache_create_tokens >= 0),
  cache_create_1h_tokens INTEGER CHECK (cache_create_1h_tokens BETWEEN 0 AND cache_create_tokens),
  cache_read_tokens      INTEGER CHECK (cache_read_tokens >= 0),
  output_tokens          INTEGER CHECK (output_tokens >= 0),
  web_search_requests    INTEGER CHECK (web_search_requests >= 0),
  requests               INTEGER CHECK (requests >= 0),
  currency               TEXT,
  amount                 TEXT,              -- the report's own decimal text, in cents
  amount_usd_nanos       INTEGER,           -- the same, rounded half-even to a nano-dollar
  list_amount            TEXT,              -- before discounts
  list_amount_usd_nanos  INTEGER,
  PRIMARY KEY (report, starting_at, ending_at, key, import, source, source_line)
) STRICT, WITHOUT ROWID;

-- A growing total is one bucket whatever its span.
CREATE INDEX bucket_telling_by_key ON bucket_telling (report, key) WHERE told_as = 'total';

INSERT INTO bucket_telling (
  report, starting_at, ending_at, key, source, source_line, import, is_current, grouped_by, fetched_at,
  workspace_id, api_key_id, account_id, service_account_id, model, service_tier, context_window,
  inference_geo, speed, description, cost_type, token_type, input_tokens, cache_create_tokens,
  cache_create_1h_tokens, cache_read_tokens, output_tokens, web_search_requests, currency, amount,
  amount_usd_nanos)
SELECT
  report, starting_at, ending_at, key, b.source, source_line,
  COALESCE((SELECT MAX(import) FROM import_part AS p
            WHERE p.source = b.source AND b.source_line BETWEEN p.first_line AND p.last_line), 0),
  1, grouped_by, fetched_at,
  workspace_id, api_key_id, account_id, service_account_id, model, service_tier, context_window,
  inference_geo, speed, description, cost_type, token_type, input_tokens, cache_create_tokens,
  cache_create_1h_tokens, cache_read_tokens, output_tokens, web_search_requests, currency, amount,
  amount_usd_nanos
FROM usage_bucket AS b;

DROP TABLE usage_bucket;

-- What people query: the telling that counts.
CREATE VIEW usage_bucket AS
SELECT
  report, starting_at, ending_at, grouped_by, fetched_at,
  workspace_id, api_key_id, account_id, service_account_id, model, service_tier, context_window,
  inference_geo, speed, description, cost_type, token_type, workspace, api_key, actor, product, session_id,
  other_dimensions, input_tokens, cache_create_tokens, cache_create_1h_tokens, cache_read_tokens,
  output_tokens, web_search_requests, requests, currency, amount, amount_usd_nanos, list_amount,
  list_amount_usd_nanos, source, source_line, key, import
FROM bucket_telling
WHERE is_current = 1;
