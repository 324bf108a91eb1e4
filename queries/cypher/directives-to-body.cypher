// title.vi: Một cơ quan đã được chỉ đạo những gì
// title.en: What one body was told to do
// help.vi: Các chỉ đạo gửi tới cơ quan, chức vụ hoặc người này, mới nhất trước; role là lead khi được giao chủ trì, coordinate khi phối hợp.
// help.en: The directives addressed to this body, post or person, latest first; role is lead where it was put in charge, coordinate where it helps.
// theme: directives
// param: whom | name | required | nơi nhận · addressee
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: addressee | text
// column: role | text
// column: who | joined
// column: verb | text
// column: about | text
// column: date | text
// column: deadline | text
// column: quote | text
// column: article | id
// column: id | id
// column: exact | int
// order: exact desc, addressee, date desc, article, id, role
// example: kg query directives-to-body -p whom "Sở Y tế"

CALL {
  MATCH (d:Directive)-[:ADDRESSED_TO]->(body)
  WHERE (body.folded CONTAINS $whom_folded OR $whom IN coalesce(body.aliases, [])) AND NOT EXISTS { MATCH (d)-[:LED_BY]->(body) }
  RETURN d, body, 'addressee' AS role
  UNION
  MATCH (d:Directive)-[:LED_BY]->(body)
  WHERE body.folded CONTAINS $whom_folded OR $whom IN coalesce(body.aliases, [])
  RETURN d, body, 'lead' AS role
  UNION
  MATCH (d:Directive)-[:COORDINATED_WITH]->(body)
  WHERE body.folded CONTAINS $whom_folded OR $whom IN coalesce(body.aliases, [])
  RETURN d, body, 'coordinate' AS role
}
WITH d, body.name AS addressee, role
WHERE ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
MATCH (d)-[:STATED_IN]->(a:ArticleNode)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, addressee, role, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ABOUT]->(topic:Topic)
RETURN addressee, role, who, d.verb AS verb, topic.name AS about, d.date AS date, d.deadline AS deadline,
  d.quote AS quote, a.id AS article, d.id AS id,
  CASE WHEN $whom = '' THEN 0 WHEN $whom IN [addressee] THEN 2 WHEN any(n IN [addressee] WHERE n CONTAINS $whom) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, addressee, coalesce(d.date, '') DESC, article, id, role
