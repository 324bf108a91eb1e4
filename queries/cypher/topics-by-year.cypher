// title.vi: Chủ đề theo năm
// title.en: Topics by year
// help.vi: Mỗi dòng là một năm và một chủ đề, với số chỉ đạo và số nơi nhận.
// help.en: One row a year and a topic, with the directives and the addressees.
// theme: coverage
// param: topic | name | optional | chủ đề · topic
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: year | text
// column: topic | text
// column: directives | int
// column: addressees | int
// column: id | id
// order: year desc, directives desc, topic, id
// example: kg query topics-by-year -p since 2024

MATCH (d:Directive)-[:ABOUT]->(s:Topic)
WHERE d.date IS NOT NULL
  AND ($since = '' OR substring(d.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(d.date, 0, size($until)) <= $until)
  AND ($topic = '' OR s.folded CONTAINS $topic_folded OR $topic IN coalesce(s.aliases, []))
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
RETURN substring(d.date, 0, 4) AS year, s.name AS topic, count(DISTINCT d) AS directives, count(DISTINCT addressee) AS addressees, s.id AS id
ORDER BY year DESC, directives DESC, topic, id
