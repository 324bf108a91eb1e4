// title.vi: Một người hoặc cơ quan đã chỉ đạo những gì
// title.en: What one official or body instructed
// help.vi: Các chỉ đạo của người, chức vụ hoặc cơ quan này, mới nhất trước.
// help.en: The directives of this official, post or body, latest first.
// theme: directives
// param: who | name | required | người, chức vụ hoặc cơ quan · official, post or body
// column: who | joined
// column: whom | list
// column: verb | text
// column: about | text
// column: date | text
// column: deadline | text
// column: quote | text
// column: article | id
// column: id | id
// column: exact | int
// order: exact desc, date desc, article, id
// example: kg query directives-by-issuer -p who "Bí thư Tỉnh ủy"

CALL {
  MATCH (w)-[:ISSUED]->(d:Directive)
  WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, [])
  RETURN d, w.name AS actor
  UNION
  MATCH (w:Post)<-[:OF_POST]-(:Membership)<-[:IN_CAPACITY]-(d:Directive)
  WHERE w.folded CONTAINS $who_folded
  RETURN d, w.name AS actor
}
WITH d, collect(DISTINCT actor) AS actors
MATCH (d)-[:STATED_IN]->(a:ArticleNode)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, actors, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, actors, who, collect(DISTINCT addressee.name) AS whom
OPTIONAL MATCH (d)-[:ABOUT]->(topic:Topic)
RETURN who, whom, d.verb AS verb, topic.name AS about, d.date AS date, d.deadline AS deadline, d.quote AS quote,
  a.id AS article, d.id AS id,
  CASE WHEN $who = '' THEN 0 WHEN $who IN actors THEN 2 WHEN any(n IN actors WHERE n CONTAINS $who) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, coalesce(d.date, '') DESC, article, id
