// title.vi: Cuộc họp đã giao những việc gì
// title.en: What a meeting ordered
// help.vi: Các chỉ đạo được đưa ra ở những cuộc họp có tên này, theo cuộc họp và vị trí trong bài.
// help.en: The directives given at meetings of this name, by meeting and place in the article.
// theme: meetings
// param: meeting | name | required | tên cuộc họp · name of the meeting
// param: chair | name | optional | người hoặc cơ quan chủ trì · who chaired
// param: since | date | optional | từ ngày · from this date on
// param: until | date | optional | đến hết ngày · up to this date
// column: date | text
// column: meeting | text
// column: who | joined
// column: whom | list
// column: about | text
// column: deadline | text
// column: quote | text
// column: start | int
// column: article | id
// column: meeting_id | id
// column: id | id
// order: date desc, meeting, meeting_id, article, start, id
// example: kg query meeting-directives -p meeting "kiểm tra"

MATCH (m:Meeting)
WHERE m.folded CONTAINS $meeting_folded
  AND ($since = '' OR substring(m.date, 0, size($since)) >= $since)
  AND ($until = '' OR substring(m.date, 0, size($until)) <= $until)
  AND ($chair = '' OR EXISTS { MATCH (w)-[:CHAIRED]->(m) WHERE w.folded CONTAINS $chair_folded OR $chair IN coalesce(w.aliases, []) })
MATCH (m)<-[:GIVEN_AT]-(d:Directive)-[:STATED_IN]->(a:ArticleNode)
OPTIONAL MATCH (issuer)-[:ISSUED]->(d)
WITH m, d, a, collect(DISTINCT issuer.name) AS who
OPTIONAL MATCH (d)-[:ADDRESSED_TO|LED_BY]->(addressee)
WITH m, d, a, who, collect(DISTINCT addressee.name) AS whom
OPTIONAL MATCH (d)-[:ABOUT]->(s:Topic)
RETURN m.date AS date, m.name AS meeting, who, whom, s.name AS about, d.deadline AS deadline, d.quote AS quote, d.start AS start, a.id AS article,
  m.id AS meeting_id, d.id AS id
ORDER BY coalesce(date, '') DESC, meeting, meeting_id, article, start, id
