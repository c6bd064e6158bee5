-- Usage summed up beforehand: one narrow sum per question, kept by batch in the import's transaction.
-- `dimension` says which column `value` is a value of: 0 none, 1 tenant, 2 feature, 3 model, 4 deploy,
-- 5 prompt, 6 channel, 7 workspace. `grain` is the bucket's length in hours (1 or 24); prompts have days only.
-- `value` is the call's code, or 0 where it was not logged (no code is 0).
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
  latency_calls          INTEGER NOT NULL,  -- calls whose latency was logged
  PRIMARY KEY (dimension, grain, bucket, value)
) STRICT, WITHOUT ROWID;
