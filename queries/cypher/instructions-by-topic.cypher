// title.vi: Ai chỉ đạo nhiều nhất về mỗi chủ đề
// title.en: Who instructs most on each topic
// help.vi: Mỗi dòng là một chủ đề và một nơi ra chỉ đạo, với số chỉ đạo và số nơi nhận.
// help.en: One row a topic and an issuer, with the number of directives and of addressees.
// theme: directives
// param: who | name | optional | người hoặc cơ quan ra chỉ đạo · issuer
// param: topic | name | optional | chủ đề · topic
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: topic | text
// column: who | text
// column: directives | int
// column: addressees | int
// column: first | text
// column: last | text
// column: topic_id | id
// column: who_id | id
// order: topic, directives desc, who, who_id, topic_id
// example: kg query instructions-by-topic -p topic "Y tế"

MATCH (s:Topic)
WHERE ($topic = '' OR s.folded CONTAINS $topic_folded OR $topic IN coalesce(s.aliases, []))
MATCH (s)<-[:ABOUT]-(d:Directive)<-[:ISSUED]-(w)
WHERE ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($who = '' OR w.folded CONTAINS $who_folded OR $who IN coalesce(w.aliases, []))
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
RETURN s.name AS topic, w.name AS who, count(DISTINCT d) AS directives, count(DISTINCT addressee) AS addressees, min(d.date) AS first,
  max(d.date) AS last, s.id AS topic_id, w.id AS who_id
ORDER BY topic, directives DESC, who, who_id, topic_id
