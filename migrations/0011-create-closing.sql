-- Periods that finance has closed, what was issued for them, and what came to be known of them afterwards.
DROP TABLE closed_period;  -- no command ever filled it

CREATE TABLE closing (
  id               INTEGER PRIMARY KEY,
  period           TEXT    NOT NULL,  -- 2026-10, 2026-W46, FY2027-P07
  timezone         TEXT    NOT NULL,  -- whose days the period's edges are
  starting_at      INTEGER NOT NULL,
  ending_at        INTEGER NOT NULL CHECK (ending_at > starting_at),
  closed_at        INTEGER NOT NULL,
  closed_by        TEXT    NOT NULL,
  program_version  TEXT    NOT NULL,
  catalogue        TEXT    NOT NULL,  -- id of the price book in use then
  calls            INTEGER NOT NULL CHECK (calls >= 0),
  cost_usd_nanos   INTEGER NOT NULL,
  data_hash        TEXT    NOT NULL,  -- of the period's ledger, by names and amounts
  reopened_at      INTEGER,
  reopened_by      TEXT,
  reopened_why     TEXT CHECK (reopened_why <> ''),
  CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)),
  CHECK ((reopened_at IS NULL) = (reopened_why IS NULL))
) STRICT;

CREATE VIEW closed_period AS
SELECT id AS closing, period, starting_at, ending_at, closed_at
FROM closing
WHERE reopened_at IS NULL;

-- The files that were handed out, as they were.
CREATE TABLE issued_file (
  closing INTEGER NOT NULL REFERENCES closing,
  name    TEXT    NOT NULL CHECK (name <> '' AND name NOT LIKE '%/%'),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0),
  sha256  TEXT    NOT NULL CHECK (length(sha256) = 64),
  content BLOB    NOT NULL,
  PRIMARY KEY (closing, name)
) STRICT;

-- What became of calls in closed periods: a call that is gone or was another stands here with sign -1, one that
-- came or is now another with 1. The period as it was closed is its calls less these rows; the open period that
-- they are dated into has them besides its own calls.
CREATE TABLE adjustment (
  id                     INTEGER PRIMARY KEY,
  closing                INTEGER NOT NULL REFERENCES closing,
  sign                   INTEGER NOT NULL CHECK (sign IN (-1, 1)),
  recorded_at            INTEGER NOT NULL,
  booked_at              INTEGER NOT NULL,  -- the start of the next open period
  hour                   INTEGER NOT NULL,
  identity               INTEGER NOT NULL,
  occurred_at            INTEGER NOT NULL,
  time_is_approximate    INTEGER,
  message_id             TEXT,
  request_id             TEXT,
  tenant                 INTEGER REFERENCES name,
  feature                INTEGER REFERENCES name,
  deploy                 INTEGER REFERENCES name,
  model                  INTEGER REFERENCES name,
  model_raw              INTEGER REFERENCES name,
  prompt                 INTEGER,
  input_tokens           INTEGER,
  cache_create_tokens    INTEGER,
  cache_create_1h_tokens INTEGER,
  cache_read_tokens      INTEGER,
  output_tokens          INTEGER,
  web_search_requests    INTEGER,
  cost_usd_nanos         INTEGER,
  logged_cost_usd_nanos  INTEGER,
  status_code            INTEGER,
  latency_ms             INTEGER,
  ttft_ms                INTEGER,
  service_tier           INTEGER REFERENCES name,
  speed                  INTEGER REFERENCES name,
  inference_geo          INTEGER REFERENCES name,
  channel                INTEGER REFERENCES name,
  region                 INTEGER REFERENCES name,
  workspace              INTEGER REFERENCES name,
  api_key                INTEGER REFERENCES name,
  agent                  INTEGER REFERENCES name,
  stop_reason            INTEGER REFERENCES name,
  stop_category          INTEGER REFERENCES name,
  kind                   INTEGER REFERENCES name,
  outcome                INTEGER REFERENCES name,
  session                INTEGER REFERENCES long_name,
  user                   INTEGER REFERENCES long_name,
  operation              INTEGER REFERENCES long_name,
  parent_call            TEXT,
  attempt                INTEGER,
  max_tokens             INTEGER,
  prefix_hash            INTEGER REFERENCES long_name,
  tool_hash              INTEGER REFERENCES long_name,
  row_version            INTEGER NOT NULL,
  source                 INTEGER NOT NULL,
  source_line            INTEGER NOT NULL,
  import                 INTEGER REFERENCES import,
  price_book             INTEGER REFERENCES price_book,
  list_cost_usd_nanos    INTEGER
) STRICT;

CREATE INDEX adjustment_by_hour ON adjustment (hour);
CREATE INDEX adjustment_by_booking ON adjustment (booked_at);
