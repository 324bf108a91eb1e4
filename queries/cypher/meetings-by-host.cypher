// title.vi: Những cuộc họp tại cơ quan nào
// title.en: Which bodies hosted or were visited
// help.vi: Mỗi dòng là một cơ quan nơi có cuộc họp, buổi làm việc, kiểm tra, với số lần, số chỉ đạo và những người chủ trì.
// help.en: One row a body at which meetings, working sessions or inspections took place, with how often, the directives and who chaired.
// theme: meetings
// param: host | name | optional | cơ quan · body
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: host | text
// column: meetings | int
// column: directives | int
// column: chairs | list
// column: first | text
// column: last | text
// column: id | id
// order: meetings desc, host, id
// example: kg query meetings-by-host -p host "Sở"

MATCH (h)-[:HOSTED]->(m:Meeting)
WHERE ($since = '' OR substring(m.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.date, 0, size($until)) <= $until)
  AND ($host = '' OR h.folded CONTAINS $host_folded OR $host IN coalesce(h.aliases, []))
OPTIONAL MATCH (c)-[:CHAIRED]->(m)
OPTIONAL MATCH (d:Directive)-[:GIVEN_AT]->(m)
RETURN h.name AS host, count(DISTINCT m) AS meetings, count(DISTINCT d) AS directives, collect(DISTINCT c.name) AS chairs, min(m.date) AS first,
  max(m.date) AS last, h.id AS id
ORDER BY meetings DESC, host, id
