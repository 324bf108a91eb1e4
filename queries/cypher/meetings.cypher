// title.vi: Các cuộc họp, buổi làm việc
// title.en: Meetings and working sessions
// help.vi: Mỗi dòng là một sự kiện: ngày, ai chủ trì, ở cơ quan nào, bao nhiêu chỉ đạo được đưa ra.
// help.en: One row an event: its date, who chaired it, which body was visited, how many directives were given.
// theme: meetings
// param: chair | name | optional | người hoặc cơ quan chủ trì · who chaired it
// param: kind | name | optional | loại sự kiện, như "buổi làm việc" · kind of event
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: meeting | text
// column: kind | text
// column: date | text
// column: chairs | list
// column: host | text
// column: directives | int
// column: id | id
// order: date desc, meeting, id
// example: kg query meetings -p kind "buổi làm việc"

MATCH (m:Meeting)
WHERE ($kind = '' OR m.folded CONTAINS $kind_folded OR toLower(m.kind) CONTAINS toLower($kind))
  AND ($since = '' OR substring(m.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.date, 0, size($until)) <= $until)
  AND ($chair = '' OR EXISTS { MATCH (w)-[:CHAIRED]->(m) WHERE w.folded CONTAINS $chair_folded OR $chair IN coalesce(w.aliases, []) })
OPTIONAL MATCH (chair)-[:CHAIRED]->(m)
WITH m, collect(DISTINCT chair.name) AS chairs
OPTIONAL MATCH (d:Directive)-[:GIVEN_AT]->(m)
WITH m, chairs, count(DISTINCT d) AS directives
OPTIONAL MATCH (host)-[:HOSTED]->(m)
RETURN m.name AS meeting, m.kind AS kind, m.date AS date, chairs, host.name AS host, directives, m.id AS id
ORDER BY coalesce(m.date, '') DESC, meeting, id
