// title.vi: Việc phải xong trong vài ngày
// title.en: Tasks due within days
// help.vi: Các chỉ đạo mà thời hạn cách ngày chỉ đạo không quá số ngày này.
// help.en: Directives whose deadline is at most this many days after the day they were given.
// theme: deadlines
// param: days | int | =7 | số ngày nhiều nhất · at most this many days
// param: whom | name | optional | nơi nhận · addressee
// column: days | int
// column: due | text
// column: deadline | text
// column: whom | list
// column: who | joined
// column: content | text
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: days, date desc, article, id
// example: kg query urgent -p days 30

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE d.deadline_iso IS NOT NULL AND d.date IS NOT NULL
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
WITH d, a, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d, a,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, a, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
WITH d, a, due, CASE WHEN size(d.date) >= 10 AND size(due_by) >= 10
    THEN duration.inDays(date(substring(d.date, 0, 7)), date(substring(due_by, 0, 7))).days
      + toInteger(substring(due_by, 8, 2)) - toInteger(substring(d.date, 8, 2)) END AS days
WHERE days >= 0 AND days <= $days
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, due, days, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, due, days, who, collect(DISTINCT addressee.name) AS whom
RETURN days, due, d.deadline AS deadline, whom, who, d.content AS content, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY days, date DESC, article, id
