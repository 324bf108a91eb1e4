// title.vi: Ngày tháng mâu thuẫn
// title.en: Dates that contradict each other
// help.vi: Thời hạn trước ngày chỉ đạo (deadline), văn bản ban hành sau chỉ đạo viện dẫn nó (document), cuộc họp sau chỉ đạo đưa ra ở đó (meeting).
// help.en: A deadline before the day of the directive (deadline), a document younger than the directive that cites it (document), a meeting after the directive given at it (meeting).
// theme: control
// param: kind | string | optional | deadline, document, meeting
// column: kind | text
// column: date | text
// column: other_date | text
// column: what | text
// column: quote | text
// column: article | id
// column: id | id
// order: kind, date, article, id, what
// example: kg query contradictory-dates -p kind deadline

CALL {
  MATCH (d:Directive)
  WHERE d.deadline_iso IS NOT NULL AND d.date IS NOT NULL
  WITH d, split(coalesce(d.deadline_iso, ''), ':') AS parts
WITH d,
  CASE WHEN parts[0] IN ['before', 'until', 'within'] AND parts[1] >= '0' AND parts[1] < ':' THEN parts[1] END AS due
WITH d, due,
  replace(replace(replace(replace(due, 'Q1', '03'), 'Q2', '06'), 'Q3', '09'), 'Q4', '12') AS due_by
  WHERE substring(due_by, 0, size(d.date)) < substring(d.date, 0, size(due_by))
  RETURN d, 'deadline' AS kind, due_by AS other_date, d.deadline AS what
  UNION
  MATCH (d:Directive)-[:CITES]->(c:Document)
  WHERE substring(c.date, 0, size(d.date)) > substring(d.date, 0, size(c.date))
  RETURN d, 'document' AS kind, c.date AS other_date, c.name AS what
  UNION
  MATCH (d:Directive)-[:GIVEN_AT]->(m:Meeting)
  WHERE substring(m.date, 0, size(d.date)) > substring(d.date, 0, size(m.date))
  RETURN d, 'meeting' AS kind, m.date AS other_date, m.name AS what
}
WITH d, kind, other_date, what
WHERE $kind = '' OR kind = $kind
MATCH (d)-[:STATED_IN]->(a:ArticleNode)
RETURN kind, d.date AS date, other_date, what, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY kind, date, article, id, what
