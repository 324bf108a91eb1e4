// title.vi: Chỉ đạo không rõ giao cho ai
// title.en: Directives without an addressee
// help.vi: Những chỉ đạo mà bài báo không nói rõ ai phải làm.
// help.en: Directives of which the article doesn't say who must act.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: who | joined
// column: verb | text
// column: content | text
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: date desc, article, id
// example: kg query unaddressed

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE NOT EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->() }
  AND ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($who = '' OR EXISTS { MATCH (w)-[:ISSUED]->(d) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) })
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, collect(DISTINCT issuer.name) AS who
RETURN who, d.verb AS verb, d.content AS content, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY coalesce(date, '') DESC, article, id
