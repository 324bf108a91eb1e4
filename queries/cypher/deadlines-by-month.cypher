// title.vi: Số việc đến hạn mỗi tháng
// title.en: How much is due each month
// help.vi: Mỗi dòng là một tháng (hoặc một năm, nếu câu chỉ nói năm), với số chỉ đạo đến hạn, số nơi phải làm và số nơi giao.
// help.en: One row a month (or a year, where the sentence names no more), with the directives due, the addressees and the issuers.
// theme: deadlines
// param: whom | name | optional | nơi nhận · addressee
// param: after | date | optional | đến hạn từ ngày này · due on or after this date
// param: before | date | optional | đến hạn không muộn hơn ngày này · due on or before this date
// column: month | text
// column: directives | int
// column: addressees | int
// column: issuers | int
// order: month
// example: kg query deadlines-by-month -p after 2024

MATCH (d:Directive)
WHERE d.deadline_iso IS NOT NULL
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
WITH d, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
WHERE due IS NOT NULL
  AND ($after = '' OR substring(due_by, 0, size($after)) >= $after)
  AND ($before = '' OR substring(due_by, 0, size($before)) <= $before)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, due_by, collect(DISTINCT issuer.id) AS issuers
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, due_by, issuers, collect(DISTINCT addressee.id) AS addressees
UNWIND CASE WHEN size(issuers) > 0 THEN issuers ELSE [null] END AS issuer
UNWIND CASE WHEN size(addressees) > 0 THEN addressees ELSE [null] END AS addressee
RETURN substring(due_by, 0, 7) AS month, count(DISTINCT d) AS directives, count(DISTINCT addressee) AS addressees, count(DISTINCT issuer) AS issuers
ORDER BY month
