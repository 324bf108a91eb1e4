// title.vi: Một cơ quan được yêu cầu thực hiện những văn bản nào
// title.en: Which documents a body was told to carry out
// help.vi: Mỗi dòng là một nơi nhận và một văn bản được viện dẫn trong chỉ đạo gửi tới nơi ấy.
// help.en: One row an addressee and a document cited in directives to it.
// theme: documents
// param: whom | name | optional | nơi nhận · addressee
// param: topic | name | optional | chủ đề · topic
// column: whom | text
// column: document | text
// column: number | text
// column: key | text
// column: date | text
// column: directives | int
// column: first | text
// column: last | text
// column: whom_id | id
// column: id | id
// order: directives desc, whom, document, whom_id, id
// example: kg query documents-for-body -p whom "Sở Y tế"

MATCH (t:Person|Agency|Post|Group)<-[:ADDRESSED_TO|LED_BY]-(d:Directive)-[:CITES]->(c:Document)
WHERE ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
  AND ($topic = '' OR EXISTS { MATCH (d)-[:ABOUT]->(s:Topic) WHERE s.folded CONTAINS $topic_folded })
RETURN t.name AS whom, c.name AS document, c.number AS number, c.key AS key, c.date AS date, count(DISTINCT d) AS directives,
  min(d.date) AS first, max(d.date) AS last, t.id AS whom_id, c.id AS id
ORDER BY directives DESC, whom, document, whom_id, id
