-- One row a call. People query the view `llm_call` (0005); these tables are the machine's side of it:
-- narrow, integer-coded, and clustered by time, so that a time window is one range of the file.

-- Every text that repeats (tenants, features, models, …) once.
CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE CHECK (text <> '')
) STRICT;

-- Texts with many different values (sessions, users, prompt hashes that are not 16 hex digits),
-- found by their 64-bit hash, so that no look-up is needed to store a call.
CREATE TABLE long_name (
  code INTEGER PRIMARY KEY,
  text TEXT NOT NULL CHECK (text <> '')
) STRICT;

CREATE TABLE call (
  hour                   INTEGER NOT NULL,  -- occurred_at / 3600000
  identity               INTEGER NOT NULL,  -- 64-bit hash of the strongest id; equal in one hour = one call
  occurred_at            INTEGER NOT NULL CHECK (occurred_at BETWEEN 1262304000000 AND 4102444800000),
  time_is_approximate    INTEGER CHECK (time_is_approximate = 1),
  message_id             TEXT,  -- msg_…: one a response
  request_id             TEXT,  -- req_…, or what the source calls the request
  tenant                 INTEGER REFERENCES name,
  feature                INTEGER REFERENCES name,
  deploy                 INTEGER REFERENCES name,
  model                  INTEGER REFERENCES name,  -- canonical
  model_raw              INTEGER REFERENCES name,  -- as logged, where that differs
  prompt                 INTEGER,                  -- 16 hex digits as a number, else a long_name
  input_tokens           INTEGER CHECK (input_tokens           BETWEEN 0 AND 1000000000),
  cache_create_tokens    INTEGER CHECK (cache_create_tokens    BETWEEN 0 AND 1000000000),
  cache_create_1h_tokens INTEGER CHECK (cache_create_1h_tokens BETWEEN 0 AND cache_create_tokens),
  cache_read_tokens      INTEGER CHECK (cache_read_tokens      BETWEEN 0 AND 1000000000),
  output_tokens          INTEGER CHECK (output_tokens          BETWEEN 0 AND 1000000000),
  web_search_requests    INTEGER CHECK (web_search_requests    BETWEEN 0 AND 1000000),
  cost_usd_nanos         INTEGER CHECK (cost_usd_nanos >= 0),         -- NULL: no price, never "free"
  logged_cost_usd_nanos  INTEGER CHECK (logged_cost_usd_nanos >= 0),  -- what the source said
  status_code            INTEGER CHECK (status_code BETWEEN 100 AND 599),
  latency_ms             INTEGER CHECK (latency_ms BETWEEN 0 AND 86400000),
  ttft_ms                INTEGER CHECK (ttft_ms BETWEEN 0 AND 86400000),
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
  kind                   INTEGER REFERENCES name,  -- NULL: the call itself; else a hidden iteration's type
  outcome                INTEGER REFERENCES name,
  session                INTEGER REFERENCES long_name,
  user                   INTEGER REFERENCES long_name,
  operation              INTEGER REFERENCES long_name,
  parent_call            TEXT,
  attempt                INTEGER CHECK (attempt BETWEEN 0 AND 1000000),
  max_tokens             INTEGER CHECK (max_tokens BETWEEN 0 AND 1000000000),
  prefix_hash            INTEGER REFERENCES long_name,
  tool_hash              INTEGER REFERENCES long_name,
  row_version            INTEGER NOT NULL,         -- how full the record was; the fuller one wins
  source                 INTEGER NOT NULL,         -- log_file.id
  source_line            INTEGER NOT NULL,
  PRIMARY KEY (hour, identity)
) STRICT, WITHOUT ROWID;

-- Calls whose record held no time of its own: found by identity alone, whatever hour they were given.
CREATE TABLE approximate_call (
  identity INTEGER PRIMARY KEY,
  hour     INTEGER NOT NULL
) STRICT;
