-- What was read, how far, and with what outcome. Moves in the same transaction as the calls.

-- One log, known by its content: path and inode may change, the first and last bytes read do not.
-- Offsets and hashes are of the decompressed content, so a log and its .gz are the same log.
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
) STRICT;
CREATE INDEX log_file_by_path ON log_file (path);
CREATE INDEX log_file_by_head ON log_file (head_hash);

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
  cost_usd_nanos INTEGER NOT NULL DEFAULT 0,
  CHECK (records = inserted + updated + duplicates + rejected + skipped)
) STRICT;

-- Which lines of which log an import read: a call's source and line lead to its import.
CREATE TABLE import_part (
  import     INTEGER NOT NULL REFERENCES import,
  source     INTEGER NOT NULL REFERENCES log_file,
  first_line INTEGER NOT NULL,
  last_line  INTEGER NOT NULL,
  PRIMARY KEY (import, source, first_line)
) STRICT, WITHOUT ROWID;

-- Records that could not be read: where and why, never what they held.
CREATE TABLE reject (
  source   INTEGER NOT NULL REFERENCES log_file,
  offset   INTEGER NOT NULL,
  line     INTEGER NOT NULL,
  bytes    INTEGER NOT NULL,
  reason   TEXT NOT NULL,
  import   INTEGER NOT NULL REFERENCES import,
  PRIMARY KEY (source, offset)
) STRICT, WITHOUT ROWID;
