-- Who told what of a call, so that a wrong import can be taken back and a re-read log corrected.
-- docs/identity.md has the rules.

-- The import that first told the call; NULL for calls stored before this migration (import_part knows).
ALTER TABLE call ADD COLUMN import INTEGER REFERENCES import;

-- Other ids of a call than the one its identity is the hash of, beside the call in time.
CREATE TABLE call_alias (
  hour     INTEGER NOT NULL,
  alias    INTEGER NOT NULL,  -- the identity that the other id alone would give
  identity INTEGER NOT NULL,
  PRIMARY KEY (hour, alias)
) STRICT, WITHOUT ROWID;

-- Calls of sources that copy a record with other times (transcripts): found by identity alone.
CREATE TABLE drifting_call (
  identity INTEGER PRIMARY KEY,
  hour     INTEGER NOT NULL
) STRICT;

-- What each log said of a call that more than one log, or more than one import of a log, told. A call that
-- has none of these was told once, and is its own telling.
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

CREATE INDEX call_telling_replaced ON call_telling (replaced_by) WHERE replaced_by IS NOT NULL;

-- Logs of other machines: a label that keeps equal paths and equal lines apart, and the database
-- they came in with (0: read here).
ALTER TABLE log_file ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE log_file ADD COLUMN origin INTEGER NOT NULL DEFAULT 0;
-- Its id in the database it came in with.
ALTER TABLE log_file ADD COLUMN origin_log INTEGER NOT NULL DEFAULT 0;
-- The settings it was read with, as a hash: with others, records that could not be read may be.
ALTER TABLE log_file ADD COLUMN read_as INTEGER NOT NULL DEFAULT 0;
-- It is being read again; until that is done, what was read before still counts.
ALTER TABLE log_file ADD COLUMN is_rereading INTEGER NOT NULL DEFAULT 0 CHECK (is_rereading IN (0, 1));
CREATE UNIQUE INDEX log_file_by_origin ON log_file (origin, origin_log) WHERE origin <> 0;

-- This database, and those merged into it: 0 is this one.
CREATE TABLE origin (
  id   INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL
) STRICT;
INSERT INTO origin VALUES (0, lower(hex(randomblob(16))), '');

ALTER TABLE import ADD COLUMN undone_at INTEGER;
-- What was imported, as it was named; a database for a merge.
ALTER TABLE import ADD COLUMN described TEXT NOT NULL DEFAULT '';
-- Hours in which it told calls, so that taking it back need not look everywhere.
ALTER TABLE import ADD COLUMN first_hour INTEGER;
ALTER TABLE import ADD COLUMN last_hour INTEGER;

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
  c.import AS import_id
FROM call AS c;
