// title.vi: Ai chủ trì bao nhiêu cuộc họp
// title.en: How many meetings each official or body chaired
// help.vi: Mỗi dòng là một người, chức vụ hoặc cơ quan chủ trì, với số cuộc họp và số chỉ đạo ở đó.
// help.en: One row an official, post or body that chaired, with the meetings and the directives given there.
// theme: meetings
// param: chair | name | optional | người hoặc cơ quan chủ trì · who chaired
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: chair | text
// column: meetings | int
// column: directives | int
// column: first | text
// column: last | text
// column: id | id
// order: meetings desc, chair, id
// example: kg query meetings-by-chair -p since 2024-07

MATCH (w)-[:CHAIRED]->(m:Meeting)
WHERE ($since = '' OR substring(m.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.date, 0, size($until)) <= $until)
  AND ($chair = '' OR w.folded CONTAINS $chair_folded OR $chair IN coalesce(w.aliases, []))
OPTIONAL MATCH (d:Directive)-[:GIVEN_AT]->(m)
RETURN w.name AS chair, count(DISTINCT m) AS meetings, count(DISTINCT d) AS directives, min(m.date) AS first, max(m.date) AS last, w.id AS id
ORDER BY meetings DESC, chair, id
