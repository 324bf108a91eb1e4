// title.vi: Dòng thời gian của một cán bộ
// title.en: Timeline of an official
// help.vi: Chức vụ, chỉ đạo, cuộc họp và phát biểu của một người, theo thời gian; event là post, directive, meeting hoặc statement.
// help.en: Posts, directives, meetings and statements of a person, in the order of time; event is post, directive, meeting or statement.
// theme: people
// param: official | name | required | họ tên · name
// column: name | text
// column: date | text
// column: until | text
// column: event | text
// column: what | text
// column: with | joined
// column: id | id
// column: exact | int
// order: exact desc, name, date, event, id
// example: kg query timeline -p official "Trịnh Hữu Thạc"

MATCH (w:Person)
WHERE w.folded CONTAINS $official_folded OR $official IN coalesce(w.aliases, [])
CALL {
  WITH w
  MATCH (w)-[:HAS_MEMBERSHIP]->(m:Membership)-[:OF_POST]->(p:Post)
  OPTIONAL MATCH (m)-[:IN_AGENCY]->(g:Agency)
  RETURN m.id AS id, m.observed_from AS date, m.observed_to AS until, 'post' AS event, p.name AS what, g.name AS other
  UNION
  WITH w
  MATCH (w)-[:ISSUED]->(d:Directive)
  OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t)
  RETURN d.id AS id, d.date AS date, null AS until, 'directive' AS event, d.quote AS what, t.name AS other
  UNION
  WITH w
  MATCH (w)-[:CHAIRED|ATTENDED]->(m:Meeting)
  OPTIONAL MATCH (h)-[:HOSTED]->(m)
  RETURN m.id AS id, m.date AS date, null AS until, 'meeting' AS event, m.name AS what, h.name AS other
  UNION
  WITH w
  MATCH (w)-[:STATED]->(s:Statement)
  OPTIONAL MATCH (s)-[:CONCERNS]->(t)
  RETURN s.id AS id, s.date AS date, null AS until, 'statement' AS event, s.quote AS what, t.name AS other
}
WITH w, id, date, until, event, what, collect(DISTINCT other) AS others
RETURN w.name AS name, date, until, event, what, others AS `with`, id,
  CASE WHEN $official = '' THEN 0 WHEN $official IN [w.name] THEN 2 WHEN any(n IN [w.name] WHERE n CONTAINS $official) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, name, coalesce(date, '~'), event, id
