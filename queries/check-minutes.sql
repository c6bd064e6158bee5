-- The busiest minute of a window.
--
-- For 'forensics check'. Refused requests count: they used up the limit's patience, too.
SELECT minute * 60000 AS minute_at, n_calls
FROM (
  SELECT occurred_at / 60000 AS minute, COUNT(*) AS n_calls
  FROM call
  WHERE hour >= :since / 3600000 AND hour <= :until / 3600000
    AND occurred_at >= :since AND occurred_at < :until AND kind IS NULL
  GROUP BY minute
)
ORDER BY n_calls DESC, minute
LIMIT 1
