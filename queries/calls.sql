-- The single calls behind any filter, newest first.
--
-- One row a call, with the file and line it was read from. Hidden iterations inside a call (kind other
-- than "call") have rows of their own.
--
-- @window 24h
-- @parameter limit integer 20 Rows to show.
-- @unit status_code text
-- @newest limit
-- @unit source_line text
-- @unit occurred_at instant
SELECT
  occurred_at,
  request_id,
  tenant_id,
  feature,
  model,
  prompt_hash,
  input_tokens,
  cache_create_tokens,
  cache_read_tokens,
  output_tokens,
  cost_usd_nanos,
  status_code,
  latency_ms,
  kind,
  source_file,
  source_line
FROM selected_call
ORDER BY occurred_at DESC, request_id NULLS FIRST, kind, identity
LIMIT :limit
