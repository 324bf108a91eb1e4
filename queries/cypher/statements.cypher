// title.vi: Khen, phê bình, kiến nghị
// title.en: Praise, criticism, petitions
// help.vi: Những phát biểu không phải chỉ đạo; kind là praise, criticism hoặc petition.
// help.en: Statements that order nobody; kind is praise, criticism or petition.
// theme: control
// param: kind | string | optional | praise, criticism, petition
// param: who | name | optional | người hoặc cơ quan nói · speaker
// param: whom | name | optional | nói về ai, gửi tới ai · whom it concerns
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: kind | text
// column: who | joined
// column: verb | text
// column: whom | list
// column: date | text
// column: quote | text
// column: article | id
// column: start | int
// column: end | int
// column: id | id
// order: date desc, article, start, id
// example: kg query statements -p kind praise

MATCH (s:Statement)-[:STATED_IN]->(a:ArticleNode)
WHERE ($kind = '' OR s.kind = $kind)
  AND ($since = '' OR substring(s.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(s.date, 0, size($until)) <= $until)
  AND ($who = '' OR EXISTS { MATCH (w)-[:STATED]->(s) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) })
  AND ($whom = '' OR EXISTS { MATCH (s)-[:CONCERNS]->(t) WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) })
OPTIONAL MATCH (speaker)-[:STATED]->(s)
WITH s, a, collect(DISTINCT speaker.name) AS who
OPTIONAL MATCH (s)-[:CONCERNS]->(target)
WITH s, a, who, collect(DISTINCT target.name) AS whom
RETURN s.kind AS kind, who, s.verb AS verb, whom, s.date AS date, s.quote AS quote, a.id AS article, s.start AS start,
  s.`end` AS `end`, s.id AS id
ORDER BY coalesce(s.date, '') DESC, article, start, id
