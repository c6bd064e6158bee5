-- Records that could not be read, the newest import first.
SELECT
  path AS file,
  line,
  offset AS byte_offset,
  bytes,
  reason,
  import.started_at AS rejected_at
FROM reject
JOIN log_file ON log_file.id = reject.source
JOIN import ON import.id = reject.import
ORDER BY import.id DESC, path, offset
LIMIT :limit
