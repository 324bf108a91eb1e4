// title.vi: Một việc phải nhắc lại nhiều lần
// title.en: Directives on one matter, repeated to one body
// help.vi: Mỗi dòng là một nơi nhận và một chủ đề được chỉ đạo vào ít nhất số ngày khác nhau này.
// help.en: One row an addressee and a topic on which it was instructed on at least this many different days.
// theme: control
// param: times | int | =2 | số ngày khác nhau ít nhất · at least this many days
// param: whom | name | optional | nơi nhận · addressee
// param: topic | name | optional | chủ đề · topic
// column: whom | text
// column: topic | text
// column: times | int
// column: directives | int
// column: issuers | list
// column: first | text
// column: last | text
// column: whom_id | id
// column: topic_id | id
// order: times desc, whom, topic, whom_id, topic_id
// example: kg query repeated -p whom "Sở Y tế"

MATCH (t)<-[:ADDRESSED_TO|LED_BY]-(d:Directive)-[:ABOUT]->(s:Topic)
WHERE size(d.date) >= 10
  AND ($whom = '' OR t.folded CONTAINS $whom_folded OR $whom IN coalesce(t.aliases, []))
  AND ($topic = '' OR s.folded CONTAINS $topic_folded OR $topic IN coalesce(s.aliases, []))
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH t, s, count(DISTINCT d.date) AS times, count(DISTINCT d) AS directives, collect(DISTINCT issuer.name) AS issuers, min(d.date) AS first,
  max(d.date) AS last
WHERE times >= $times
RETURN t.name AS whom, s.name AS topic, times, directives, issuers, first, last, t.id AS whom_id, s.id AS topic_id
ORDER BY times DESC, whom, topic, whom_id, topic_id
