// title.vi: Những chỉ đạo mạnh nhất
// title.en: The strongest directives
// help.vi: Các chỉ đạo có mức mạnh ít nhất bằng mức này (1 đến 5; cấp bách hoặc có thời hạn thì tăng một mức).
// help.en: The directives of at least this strength (1 to 5; urgency or a deadline raises it by one).
// theme: directives
// param: strength | int | =5 | mức thấp nhất, 1 đến 5 · the least strength
// param: whom | name | optional | nơi nhận · addressee
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: strength | int
// column: verb | text
// column: who | joined
// column: whom | list
// column: content | text
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: strength desc, date desc, article, id
// example: kg query strong-orders -p strength 5 -p since 2025

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE d.strength >= $strength
  AND ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($whom = '' OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, who, collect(DISTINCT addressee.name) AS whom
RETURN d.strength AS strength, d.verb AS verb, who, whom, d.content AS content, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY strength DESC, coalesce(date, '') DESC, article, id
