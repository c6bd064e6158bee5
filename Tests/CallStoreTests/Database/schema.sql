CREATE INDEX adjustment_by_booking ON adjustment (booked_at);

CREATE INDEX adjustment_by_hour ON adjustment (hour);

CREATE INDEX bucket_telling_by_key ON bucket_telling (report, key) WHERE told_as = 'total';

CREATE INDEX call_telling_replaced ON call_telling (replaced_by) WHERE replaced_by IS NOT NULL;

CREATE INDEX log_file_by_head ON log_file (head_hash);

CREATE UNIQUE INDEX log_file_by_origin ON log_file (origin, origin_log) WHERE origin <> 0;

CREATE INDEX log_file_by_path ON log_file (path);

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

CREATE TABLE approximate_call (
  identity INTEGER PRIMARY KEY,
  hour     INTEGER NOT NULL
) STRICT;

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
  source_line            INTEGER NOT NULL, import INTEGER REFERENCES import, price_book INTEGER REFERENCES price_book, list_cost_usd_nanos INTEGER CHECK (list_cost_usd_nanos >= 0),
  PRIMARY KEY (hour, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_alias (
  hour     INTEGER NOT NULL,
  alias    INTEGER NOT NULL,  -- the identity that the other id alone would give
  identity INTEGER NOT NULL,
  PRIMARY KEY (hour, alias)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_column (
  hour  INTEGER NOT NULL,
  part  INTEGER NOT NULL,
  name  TEXT    NOT NULL,  -- of the column in `call`
  chunk INTEGER NOT NULL CHECK (chunk >= 0),
  data  BLOB    NOT NULL,
  PRIMARY KEY (hour, part, name, chunk),
  FOREIGN KEY (hour, part) REFERENCES call_part
) STRICT, WITHOUT ROWID;

CREATE TABLE call_part (
  hour  INTEGER NOT NULL,
  part  INTEGER NOT NULL CHECK (part >= 0),
  calls INTEGER NOT NULL CHECK (calls > 0),
  PRIMARY KEY (hour, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_telling (
  hour        INTEGER NOT NULL,  -- of the call, not of the telling
  identity    INTEGER NOT NULL,
  source      INTEGER NOT NULL REFERENCES log_file,
  import      INTEGER NOT NULL REFERENCES import,
  source_line INTEGER NOT NULL,
  replaced_by INTEGER REFERENCES import,  -- the import that read the log again and found other things
  record      BLOB,                       -- what was told; NULL: what the call says
  PRIMARY KEY (hour, identity, source, import)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE drifting_call (
  identity INTEGER PRIMARY KEY,
  hour     INTEGER NOT NULL
) STRICT;

CREATE TABLE import (
  id             INTEGER PRIMARY KEY,
  started_at     INTEGER NOT NULL,
  finished_at    INTEGER,            -- NULL: running, or interrupted
  version        TEXT NOT NULL,
  catalogue      TEXT NOT NULL,      -- id of the price catalogue used
  files          INTEGER NOT NULL DEFAULT 0,
  records        INTEGER NOT NULL DEFAULT 0,
  inserted       INTEGER NOT NULL DEFAULT 0,
  updated        INTEGER NOT NULL DEFAULT 0,
  duplicates     INTEGER NOT NULL DEFAULT 0,
  rejected       INTEGER NOT NULL DEFAULT 0,
  skipped        INTEGER NOT NULL DEFAULT 0,
  unpriced_calls INTEGER NOT NULL DEFAULT 0,
  extra_calls    INTEGER NOT NULL DEFAULT 0,
  buckets        INTEGER NOT NULL DEFAULT 0,
  conflicts      INTEGER NOT NULL DEFAULT 0,  -- equally full records that disagreed on tokens
  cost_usd_nanos INTEGER NOT NULL DEFAULT 0, undone_at INTEGER, described TEXT NOT NULL DEFAULT '', first_hour INTEGER, last_hour INTEGER,
  CHECK (records = inserted + updated + duplicates + rejected + skipped)
) STRICT;

CREATE TABLE import_part (
  import     INTEGER NOT NULL REFERENCES import,
  source     INTEGER NOT NULL REFERENCES log_file,
  first_line INTEGER NOT NULL,
  last_line  INTEGER NOT NULL,
  PRIMARY KEY (import, source, first_line)
) STRICT, WITHOUT ROWID;

CREATE TABLE issued_file (
  closing INTEGER NOT NULL REFERENCES closing,
  name    TEXT    NOT NULL CHECK (name <> '' AND name NOT LIKE '%/%'),
  bytes   INTEGER NOT NULL CHECK (bytes >= 0),
  sha256  TEXT    NOT NULL CHECK (length(sha256) = 64),
  content BLOB    NOT NULL,
  PRIMARY KEY (closing, name)
) STRICT;

CREATE TABLE log_file (
  id               INTEGER PRIMARY KEY,
  path             TEXT NOT NULL,
  format           TEXT NOT NULL,
  device           INTEGER NOT NULL,
  inode            INTEGER NOT NULL,
  size_bytes       INTEGER NOT NULL CHECK (size_bytes >= 0),
  modified_ns      INTEGER NOT NULL,  -- -1: not read to its end, whatever the file looks like
  committed_offset INTEGER NOT NULL CHECK (committed_offset >= 0),
  committed_lines  INTEGER NOT NULL CHECK (committed_lines >= 0),
  head_bytes       INTEGER NOT NULL CHECK (head_bytes BETWEEN 0 AND 4096),
  head_hash        INTEGER NOT NULL,
  tail_bytes       INTEGER NOT NULL CHECK (tail_bytes BETWEEN 0 AND 4096),
  tail_hash        INTEGER NOT NULL,
  header           TEXT NOT NULL DEFAULT '',  -- a CSV's first line, needed to read on behind it
  -- The call of a last row without its line break: withdrawn if the row turns out to go on.
  provisional_hour     INTEGER,
  provisional_identity INTEGER
, label TEXT NOT NULL DEFAULT '', origin INTEGER NOT NULL DEFAULT 0, origin_log INTEGER NOT NULL DEFAULT 0, read_as INTEGER NOT NULL DEFAULT 0, is_rereading INTEGER NOT NULL DEFAULT 0 CHECK (is_rereading IN (0, 1))) STRICT;

CREATE TABLE long_name (
  code INTEGER PRIMARY KEY,
  text TEXT NOT NULL CHECK (text <> '')
) STRICT;

CREATE TABLE name (
  id   INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE CHECK (text <> '')
) STRICT;

CREATE TABLE origin (
  id   INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL
) STRICT;

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

CREATE TABLE price_list (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL CHECK (name <> ''),
  csv         TEXT NOT NULL,
  observed_at INTEGER,  -- the day an observation is of
  taken_at    INTEGER,  -- NULL: not by 'prices import'
  dropped_at  INTEGER,  -- taken back; books made with it stay
  UNIQUE (name, csv)
) STRICT;

CREATE TABLE reject (
  source   INTEGER NOT NULL REFERENCES log_file,
  offset   INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  bytes    INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  import   INTEGER NOT NULL REFERENCES import,
  PRIMARY KEY (source, offset)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE usage_sum (
  dimension              INTEGER NOT NULL,
  grain                  INTEGER NOT NULL CHECK (grain IN (1, 24)),
  bucket                 INTEGER NOT NULL,  -- occurred_at / (grain * 3600000)
  value                  INTEGER NOT NULL,
  calls                  INTEGER NOT NULL,  -- the callers' calls
  extra_calls            INTEGER NOT NULL,  -- hidden iterations inside them
  priced_calls           INTEGER NOT NULL,
  priced_extra_calls     INTEGER NOT NULL,
  calls_without_usage    INTEGER NOT NULL,
  errors                 INTEGER NOT NULL,  -- status 400 and above
  input_tokens           INTEGER NOT NULL,
  cache_create_tokens    INTEGER NOT NULL,
  cache_create_1h_tokens INTEGER NOT NULL,
  cache_read_tokens      INTEGER NOT NULL,
  output_tokens          INTEGER NOT NULL,
  web_search_requests    INTEGER NOT NULL,
  cost_usd_nanos         INTEGER NOT NULL,
  latency_ms             INTEGER NOT NULL,
  latency_calls          INTEGER NOT NULL, unpriced_tokens     INTEGER NOT NULL DEFAULT 0, covered_calls       INTEGER NOT NULL DEFAULT 0, covered_usd_nanos   INTEGER NOT NULL DEFAULT 0, list_cost_usd_nanos INTEGER NOT NULL DEFAULT 0,  -- calls whose latency was logged
  PRIMARY KEY (dimension, grain, bucket, value)
) STRICT, WITHOUT ROWID;

CREATE VIEW closed_period AS
SELECT id AS closing, period, starting_at, ending_at, closed_at
FROM closing
WHERE reopened_at IS NULL;

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
