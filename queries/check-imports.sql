-- When logs were imported last, whatever came of it.
--
-- For 'forensics check'. An import that finds nothing new leaves no trace.
SELECT MAX(COALESCE(finished_at, started_at)) AS imported_at
FROM import
WHERE undone_at IS NULL
