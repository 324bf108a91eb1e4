// title.vi: Ai chỉ đạo ai về việc gì
// title.en: Who instructed whom about what
// help.vi: Mỗi dòng là một chỉ đạo, kèm câu gốc và vị trí trong bài; mọi bộ lọc đều có thể bỏ trống.
// help.en: One row a directive, with its sentence and where it stands in the article; every filter may be left out.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo, tên hoặc chức vụ · issuer, by name or post
// param: whom | name | optional | nơi nhận · addressee
// param: about | name | optional | chủ đề, nội dung hoặc câu gốc có chữ này · topic, content or quote that holds these words
// param: cites | name | optional | văn bản được viện dẫn, số hiệu, khóa hoặc tên · document cited, by number, key or name
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// param: place | name | optional | địa bàn của cơ quan ra hoặc nhận chỉ đạo · place of an issuer or addressee
// param: act | string | optional | loại hành vi như instruct, assign, request · speech act
// param: predecessors | string | optional | có chữ bất kỳ: kể cả cơ quan tiền thân của nơi nhận · any word: the addressee's predecessors, too
// column: who | joined
// column: post | joined
// column: verb | text
// column: strength | int
// column: whom | list
// column: about | text
// column: content | text
// column: cites | list
// column: deadline | text
// column: date | text
// column: meeting | text
// column: article | id
// column: quote | text
// column: start | int
// column: end | int
// column: article_id | id
// column: id | id
// column: act | text
// column: whom_ids | list
// column: exact | int
// order: exact desc, date desc, article, start, id
// example: kg query directives -p whom "Sở Y tế"

MATCH (d:Directive)-[:STATED_IN]->(a:ArticleNode)
WHERE ($act = '' OR d.act = $act)
  AND ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($who = ''
    OR EXISTS { MATCH (w)-[:ISSUED]->(d) WHERE w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []) }
    OR EXISTS { MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:OF_POST]->(w:Post) WHERE w.folded CONTAINS $who_folded })
  AND ($whom = ''
    OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY]->(t)
                WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) }
    OR ($predecessors <> '' AND EXISTS {
                MATCH (d)-[:ADDRESSED_TO|LED_BY]->(:Agency)-[:SUCCEEDED_BY*1..4]->(t:Agency)
                WHERE t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []) }))
  AND ($about = '' OR d.folded CONTAINS $about_folded
    OR EXISTS { MATCH (d)-[:ABOUT]->(t:Topic) WHERE t.folded CONTAINS $about_folded })
  AND ($cites = ''
    OR EXISTS { MATCH (d)-[:CITES]->(c:Document)
                WHERE c.folded CONTAINS $cites_folded OR toLower(c.number) CONTAINS toLower($cites)
                  OR toLower(c.key) = toLower($cites)
                  OR $cites IN coalesce(c.aliases, []) })
  AND ($place = ''
    OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Agency)-[:LOCATED_IN]->(b:Place)
                WHERE b.folded CONTAINS $place_folded }
    OR EXISTS { MATCH (d)-[:ADDRESSED_TO|LED_BY|ISSUED]-(:Post)-[:POST_IN]->(:Agency)-[:LOCATED_IN]->(b:Place)
                WHERE b.folded CONTAINS $place_folded }
    OR EXISTS { MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:IN_AGENCY]->(:Agency)-[:LOCATED_IN]->(b:Place)
                WHERE b.folded CONTAINS $place_folded })
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:IN_CAPACITY]->(:Membership)-[:OF_POST]->(p:Post)
WITH d, a, who, collect(DISTINCT p.name) AS post
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH d, a, who, post, collect(DISTINCT addressee.name) AS whom, collect(DISTINCT addressee.id) AS whom_ids
OPTIONAL MATCH (d)-[:CITES]->(c:Document)
WITH d, a, who, post, whom, whom_ids, collect(DISTINCT coalesce(c.number, c.name)) AS cites
OPTIONAL MATCH (d)-[:ABOUT]->(topic:Topic)
OPTIONAL MATCH (d)-[:GIVEN_AT]->(m:Meeting)
RETURN who, post, d.verb AS verb, d.strength AS strength, whom, topic.name AS about, d.content AS content, cites,
  d.deadline AS deadline, d.date AS date, m.name AS meeting, coalesce(a.record_id, a.id) AS article, d.quote AS quote,
  d.start AS start, d.`end` AS `end`, a.id AS article_id, d.id AS id, d.act AS act, whom_ids,
  CASE WHEN $who = '' THEN 0 WHEN $who IN who THEN 2 WHEN any(n IN who WHERE n CONTAINS $who) THEN 1 ELSE 0 END
  + CASE WHEN $whom = '' THEN 0 WHEN $whom IN whom THEN 2 WHEN any(n IN whom WHERE n CONTAINS $whom) THEN 1 ELSE 0 END AS exact
ORDER BY exact DESC, coalesce(d.date, '') DESC, article, start, id
