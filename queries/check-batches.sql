-- Prompts that were sent in batches, where many at once are no storm.
--
-- For 'forensics check', which asks only where it found storms. Grouped by codes over the table itself, and
-- named afterwards.
SELECT
  COALESCE((SELECT text FROM long_name WHERE code = prompt), printf('%016x', prompt)) AS prompt_hash,
  n_calls
FROM (
  SELECT prompt, COUNT(*) AS n_calls
  FROM call
  WHERE hour >= :since / 3600000 AND hour <= :until / 3600000
    AND occurred_at >= :since AND occurred_at < :until AND kind IS NULL AND prompt IS NOT NULL
    AND service_tier = (SELECT id FROM name WHERE text = 'batch')
  GROUP BY prompt
)
ORDER BY n_calls DESC, prompt_hash
