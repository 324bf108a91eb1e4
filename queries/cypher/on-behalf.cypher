// title.vi: Chỉ đạo thay mặt hoặc truyền đạt
// title.en: Directives given on behalf of others or relayed
// help.vi: Những chỉ đạo mà người nói thay mặt một cơ quan, hoặc được người khác truyền đạt.
// help.en: Directives whose speaker acts on behalf of a body, or which somebody else passed on.
// theme: network
// param: who | name | optional | người nói, cơ quan được thay mặt hoặc người truyền đạt · speaker, body spoken for, or relayer
// column: who | joined
// column: on_behalf_of | text
// column: relayed_by | text
// column: whom | list
// column: date | text
// column: quote | text
// column: article | id
// column: id | id
// order: date desc, article, id
// example: kg query on-behalf

MATCH (d:Directive)-[:ON_BEHALF_OF|RELAYED_BY]->(x)
WITH DISTINCT d
MATCH (d)-[:STATED_IN]->(a:ArticleNode)
WHERE $who = '' OR EXISTS { MATCH (d)-[:ISSUED|ON_BEHALF_OF|RELAYED_BY]-(w) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) }
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, who, collect(DISTINCT addressee.name) AS whom
OPTIONAL MATCH (d)-[:ON_BEHALF_OF]->(body)
OPTIONAL MATCH (d)-[:RELAYED_BY]->(relayer)
RETURN who, body.name AS on_behalf_of, relayer.name AS relayed_by, whom, d.date AS date, d.quote AS quote, a.id AS article, d.id AS id
ORDER BY coalesce(date, '') DESC, article, id
