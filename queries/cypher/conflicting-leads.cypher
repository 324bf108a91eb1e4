// title.vi: Một việc giao cho nhiều cơ quan chủ trì
// title.en: One matter, two bodies in charge
// help.vi: Mỗi dòng là hai chỉ đạo cùng chủ đề, ở cùng cuộc họp hoặc cùng dẫn một văn bản, giao chủ trì cho những cơ quan khác nhau; có thể đúng cả, nên cần đọc câu gốc.
// help.en: One row two directives on one topic, at one meeting or on one document, that put different bodies in charge; both may be right, so read the sentences.
// theme: control
// param: topic | name | optional | chủ đề · topic
// param: whom | name | optional | một trong hai cơ quan, là cơ quan thứ nhất · one of the two bodies, then the first
// column: topic | text
// column: matter | text
// column: lead | text
// column: other_lead | text
// column: date | text
// column: other_date | text
// column: quote | text
// column: other_quote | text
// column: id | id
// column: other_id | id
// column: lead_id | id
// column: other_lead_id | id
// order: topic, matter, id, other_id, lead_id, other_lead_id
// example: kg query conflicting-leads

MATCH (l)<-[:LED_BY]-(d:Directive)-[:ABOUT]->(s:Topic)
WHERE ($whom = '' OR l.folded CONTAINS $whom_folded OR $whom IN coalesce(l.aliases, []))
  AND ($topic = '' OR s.folded CONTAINS $topic_folded OR $topic IN coalesce(s.aliases, []))
MATCH (d)-[:GIVEN_AT|CITES]->(m)<-[:GIVEN_AT|CITES]-(e:Directive)-[:LED_BY]->(o)
WHERE d.id <> e.id AND l.id <> o.id AND ($whom <> '' OR l.name <= o.name)
  AND EXISTS { MATCH (e)-[:ABOUT]->(s) }
  AND NOT EXISTS { MATCH (d)-[:LED_BY]->(o) }
  AND NOT EXISTS { MATCH (e)-[:LED_BY]->(l) }
RETURN DISTINCT s.name AS topic, m.name AS matter, l.name AS lead, o.name AS other_lead, d.date AS date, e.date AS other_date, d.quote AS quote,
  e.quote AS other_quote, d.id AS id, e.id AS other_id, l.id AS lead_id, o.id AS other_lead_id
ORDER BY topic, matter, id, other_id, lead_id, other_lead_id
