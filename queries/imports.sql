-- What was imported, newest first.
SELECT
  id,
  started_at,
  CASE
    WHEN undone_at IS NOT NULL THEN 'undone'
    WHEN finished_at IS NULL THEN 'open'
    ELSE 'done'
  END AS state,
  described,
  files,
  records,
  inserted,
  updated,
  duplicates,
  rejected,
  skipped,
  buckets,
  cost_usd_nanos
FROM import
ORDER BY id DESC
LIMIT :limit
