-- What was repriced, newest first.
SELECT
  r.id,
  r.repriced_at,
  b.hash AS price_book,
  r.described,
  r.since AS since_at,
  r.until AS until_at,
  r.calls,
  r.changed_calls,
  r.closed_calls,
  COALESCE(SUM(c.cost_usd_nanos_before), 0) AS before_usd_nanos,
  COALESCE(SUM(c.cost_usd_nanos_after), 0) AS after_usd_nanos
FROM repricing AS r
JOIN price_book AS b ON b.id = r.price_book
LEFT JOIN repricing_change AS c ON c.repricing = r.id
GROUP BY r.id
ORDER BY r.id DESC
LIMIT :limit
