// title.vi: Việc phải làm và thời hạn
// title.en: What is due and when
// help.vi: Các chỉ đạo có thời hạn, theo ngày đến hạn; due trống khi câu không cho biết năm.
// help.en: Directives with a deadline, by due date; due is empty where the sentence leaves the year open.
// theme: deadlines
// param: before | date | optional | đến hạn không muộn hơn ngày này · due on or before this date
// param: after | date | optional | đến hạn từ ngày này · due on or after this date
// param: whom | name | optional | nơi nhận · addressee
// column: due | text
// column: deadline | text
// column: whom | list
// column: who | joined
// column: content | text
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: due, date, article, id
// example: kg query deadlines -p before 2017-12-31

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE d.deadline IS NOT NULL
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
WITH d, a, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d, a,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, a, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
WHERE ($before = '' OR substring(due_by, 0, size($before)) <= $before)
  AND ($after = '' OR substring(due_by, 0, size($after)) >= $after)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, due, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, due, who, collect(DISTINCT addressee.name) AS whom
RETURN due, d.deadline AS deadline, whom, who, d.content AS content, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY coalesce(due, '~'), coalesce(d.date, '~'), article, id
