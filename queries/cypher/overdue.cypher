// title.vi: Việc đã quá hạn vào một ngày
// title.en: What is overdue at a date
// help.vi: Các chỉ đạo có thời hạn đã qua vào ngày này, quá hạn lâu nhất trước; báo chí ít khi nói việc đã xong hay chưa, nên đây là danh sách để kiểm tra.
// help.en: Directives whose deadline has passed at this date, the oldest first; articles seldom say whether a task was done, so this is a list to check.
// theme: deadlines
// param: at | date | required | vào ngày · at this date
// param: whom | name | optional | nơi nhận · addressee
// column: due | text
// column: days | int
// column: deadline | text
// column: whom | list
// column: who | joined
// column: content | text
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: due, date, article, id
// example: kg query overdue -p at 2025-06-30

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE d.deadline_iso IS NOT NULL
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
WITH d, a, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d, a,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, a, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
WHERE substring(due_by, 0, size($at)) < substring($at, 0, size(due_by))
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, due, due_by, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, due, due_by, who, collect(DISTINCT addressee.name) AS whom
RETURN due, CASE WHEN size(due_by) >= 10 AND size($at) >= 10
    THEN duration.inDays(date(substring(due_by, 0, 7)), date(substring($at, 0, 7))).days
      + toInteger(substring($at, 8, 2)) - toInteger(substring(due_by, 8, 2)) END AS days,
  d.deadline AS deadline, whom, who, d.content AS content, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY due, coalesce(date, '~'), article, id
