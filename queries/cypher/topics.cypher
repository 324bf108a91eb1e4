// title.vi: Các chủ đề
// title.en: The topics
// help.vi: Số chỉ đạo và số nơi nhận của mỗi chủ đề, với ngày đầu và ngày cuối.
// help.en: How many directives each topic has and how many addressees, with the first and last date.
// theme: coverage
// param: topic | name | optional | chủ đề · topic
// column: topic | text
// column: name_en | text
// column: directives | int
// column: addressees | int
// column: first | text
// column: last | text
// column: id | id
// order: directives desc, topic, id
// example: kg query topics -p topic "Y tế"

MATCH (t:Topic)
WHERE t.folded CONTAINS $topic_folded
OPTIONAL MATCH (d:Directive)-[:ABOUT]->(t)
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
RETURN t.name AS topic, t.name_en AS name_en, count(DISTINCT d) AS directives, count(DISTINCT addressee) AS addressees,
  min(d.date) AS first, max(d.date) AS last, t.id AS id
ORDER BY directives DESC, topic, id
