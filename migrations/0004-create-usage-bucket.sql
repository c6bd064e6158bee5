-- Aggregates that providers report (Admin API pages and the like): for reconciliation, never mixed into
-- the calls. A later report of the same bucket replaces the earlier one.
CREATE TABLE usage_bucket (
  report                 TEXT NOT NULL CHECK (report IN ('usage_report/messages', 'cost_report')),
  starting_at            INTEGER NOT NULL,
  ending_at              INTEGER NOT NULL CHECK (ending_at > starting_at),
  key                    INTEGER NOT NULL,  -- 64-bit hash of grouping and dimensions, NULL kept apart
  grouped_by             TEXT NOT NULL,     -- dimensions the page was grouped by, as far as it shows
  fetched_at             INTEGER NOT NULL,
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
  input_tokens           INTEGER CHECK (input_tokens >= 0),
  cache_create_tokens    INTEGER CHECK (cache_create_tokens >= 0),
  cache_create_1h_tokens INTEGER CHECK (cache_create_1h_tokens BETWEEN 0 AND cache_create_tokens),
  cache_read_tokens      INTEGER CHECK (cache_read_tokens >= 0),
  output_tokens          INTEGER CHECK (output_tokens >= 0),
  web_search_requests    INTEGER CHECK (web_search_requests >= 0),
  currency               TEXT,
  amount                 TEXT,              -- the report's own decimal text, in cents
  amount_usd_nanos       INTEGER,           -- the same, rounded half-even to a nano-dollar
  source                 INTEGER NOT NULL REFERENCES log_file,
  source_line            INTEGER NOT NULL,
  PRIMARY KEY (report, starting_at, ending_at, key)
) STRICT, WITHOUT ROWID;
